/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "sound.h"
#include "window-private.h"

#include <glib/gi18n.h>
#include <stdlib.h>

/* What somebody may set. The settings are states of actions; they outlive the session and are put into each new display. */

static void
setting_scale (GvncWindow *self,
               GVariant   *state)
{
  vnc_display_set_scaling (self->display, g_variant_get_boolean (state));
}

static void
setting_keep_aspect (GvncWindow *self,
                     GVariant   *state)
{
  vnc_display_set_keep_aspect_ratio (self->display, g_variant_get_boolean (state));
}

static void
setting_smooth (GvncWindow *self,
                GVariant   *state)
{
  vnc_display_set_smoothing (self->display, g_variant_get_boolean (state));
}

/* A display that insists on the desktop's size could never be made smaller than it. */
static void
setting_resize_remote (GvncWindow *self,
                       GVariant   *state)
{
  gboolean value = g_variant_get_boolean (state);

  vnc_display_set_force_size (self->display, !value);
  vnc_display_set_allow_resize (self->display, value);
}

static void
setting_rotation (GvncWindow *self,
                  GVariant   *state)
{
  vnc_display_set_rotation (self->display, (guint) atoi (g_variant_get_string (state, NULL)));
}

static void
setting_read_only (GvncWindow *self,
                   GVariant   *state)
{
  vnc_display_set_read_only (self->display, g_variant_get_boolean (state));
}

static void
setting_capture_keyboard (GvncWindow *self,
                          GVariant   *state)
{
  vnc_display_set_keyboard_grab (self->display, g_variant_get_boolean (state));
}

static void
setting_remote_pointer (GvncWindow *self,
                        GVariant   *state)
{
  vnc_display_set_show_remote_pointer (self->display, g_variant_get_boolean (state));
}

static void
setting_shared (GvncWindow *self,
                GVariant   *state)
{
  vnc_display_set_shared_flag (self->display, g_variant_get_boolean (state));
}

static void
setting_reconnect (GvncWindow *self,
                   GVariant   *state)
{
  g_object_set (vnc_display_get_connection (self->display),
                "reconnect", g_variant_get_boolean (state) && self->options->screenshot_path == NULL, NULL);
}

static void
setting_clipboard (GvncWindow *self,
                   GVariant   *state)
{
  if (!g_variant_get_boolean (state))
    g_clear_object (&self->clipboard);
  else if (self->clipboard == NULL)
    self->clipboard = gvnc_clipboard_new (self->display);
}

static void
setting_sound (GvncWindow *self,
               GVariant   *state)
{
  gvnc_sound_play (self->display, g_variant_get_boolean (state));
}

/* The link decides as long as nobody else does; losses from the command line are then only what it begins with. */
static void
setting_quality (GvncWindow *self,
                 GVariant   *state)
{
  const char *quality = g_variant_get_string (state, NULL);
  gboolean automatic = g_str_equal (quality, "automatic");

  vnc_display_set_lossy_encoding (self->display, g_str_equal (quality, "lossy") || (automatic && self->options->lossy));
  vnc_connection_set_auto_quality (vnc_display_get_connection (self->display), automatic);
}

static void
setting_depth (GvncWindow *self,
               GVariant   *state)
{
  VncDisplayDepthColor depth = self->options->depth;

  gvnc_options_parse_depth (g_variant_get_string (state, NULL), &depth);
  if (vnc_display_get_depth (self->display) == depth)
    return;
  vnc_display_set_depth (self->display, depth);
  if (self->is_initialized)
    gvnc_window_notify (self, _("The number of colours changes with the next connection."));
}

static void
setting_all_monitors (GvncWindow *self,
                      GVariant   *state)
{
  gvnc_window_apply_monitors (self);
}

static const struct {
  const char *name;
  void (*apply) (GvncWindow *self, GVariant *state);
} settings[] = {
  { "scale", setting_scale },
  { "keep-aspect", setting_keep_aspect },
  { "smooth", setting_smooth },
  { "resize-remote", setting_resize_remote },
  { "rotation", setting_rotation },
  { "all-monitors", setting_all_monitors },
  { "read-only", setting_read_only },
  { "capture-keyboard", setting_capture_keyboard },
  { "remote-pointer", setting_remote_pointer },
  { "shared", setting_shared },
  { "auto-reconnect", setting_reconnect },
  { "clipboard", setting_clipboard },
  { "quality", setting_quality },
  { "depth", setting_depth },
  { "sound", setting_sound },
};

static void
setting_change (GSimpleAction *action,
                GVariant      *state,
                gpointer       user_data)
{
  GvncWindow *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));

  g_simple_action_set_state (action, state);
  for (gsize i = 0; self->display != NULL && i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i].name, name))
      settings[i].apply (self, state);
}

static const GActionEntry setting_entries[] = {
  { "scale", NULL, NULL, "true", setting_change },
  { "keep-aspect", NULL, NULL, "true", setting_change },
  { "smooth", NULL, NULL, "true", setting_change },
  { "resize-remote", NULL, NULL, "false", setting_change },
  { "rotation", NULL, "s", "'0'", setting_change },
  { "all-monitors", NULL, NULL, "false", setting_change },
  { "read-only", NULL, NULL, "false", setting_change },
  { "capture-keyboard", NULL, NULL, "true", setting_change },
  { "remote-pointer", NULL, NULL, "true", setting_change },
  { "shared", NULL, NULL, "false", setting_change },
  { "auto-reconnect", NULL, NULL, "false", setting_change },
  { "clipboard", NULL, NULL, "true", setting_change },
  { "quality", NULL, "s", "'automatic'", setting_change },
  { "depth", NULL, "s", "'default'", setting_change },
  { "sound", NULL, NULL, "true", setting_change },
};

gboolean
gvnc_window_get_toggle (GvncWindow *self,
                        const char *name)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self), name);

  return g_variant_get_boolean (state);
}

void
gvnc_window_set_toggle (GvncWindow *self,
                        const char *name,
                        gboolean    value)
{
  g_action_group_change_action_state (G_ACTION_GROUP (self), name, g_variant_new_boolean (value));
}

static void
setting_set_choice (GvncWindow *self,
                    const char *name,
                    const char *value)
{
  g_action_group_change_action_state (G_ACTION_GROUP (self), name, g_variant_new_string (value));
}

void
gvnc_window_apply_settings (GvncWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++) {
    g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self), settings[i].name);

    settings[i].apply (self, state);
  }
}

void
gvnc_window_add_settings (GvncWindow *self)
{
  const GvncOptions *options = self->options;
  g_autofree char *rotation = g_strdup_printf ("%d", options->rotation);

  g_action_map_add_action_entries (G_ACTION_MAP (self), setting_entries, G_N_ELEMENTS (setting_entries), self);
  gvnc_window_set_toggle (self, "scale", !options->no_scale);
  gvnc_window_set_toggle (self, "all-monitors", options->all_monitors);
  gvnc_window_set_toggle (self, "read-only", options->read_only);
  gvnc_window_set_toggle (self, "shared", options->shared);
  gvnc_window_set_toggle (self, "auto-reconnect", options->reconnect);
  gvnc_window_set_toggle (self, "clipboard", !options->no_clipboard);
  gvnc_window_set_toggle (self, "sound", !options->no_sound && options->screenshot_path == NULL);
  gvnc_window_set_toggle (self, "remote-pointer", !options->no_remote_pointer && options->screenshot_path == NULL);
  setting_set_choice (self, "rotation", rotation);
  setting_set_choice (self, "quality", !options->fixed_quality ? "automatic" : options->lossy ? "lossy" : "lossless");
  setting_set_choice (self, "depth", gvnc_options_depth_name (options->depth));
}
