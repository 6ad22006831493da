/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "capture.h"
#include "sound.h"
#include "window-private.h"

#include <glib/gi18n.h>

/* ---- switches: their state outlives the session and is put into each new display ---- */

static void
action_scale (VncDisplay *display,
              gboolean    value)
{
  vnc_display_set_scaling (display, value);
}

/* A display that insists on the desktop's size could never be made smaller than it. */
static void
action_resize_remote (VncDisplay *display,
                      gboolean    value)
{
  vnc_display_set_force_size (display, !value);
  vnc_display_set_allow_resize (display, value);
}

static void
action_auto_quality (VncDisplay *display,
                     gboolean    value)
{
  vnc_connection_set_auto_quality (vnc_display_get_connection (display), value);
}

static const struct {
  const char *name;
  void (*apply) (VncDisplay *display, gboolean value);
} action_toggles[] = {
  { "scale", action_scale },
  { "keep-aspect", vnc_display_set_keep_aspect_ratio },
  { "smooth", vnc_display_set_smoothing },
  { "resize-remote", action_resize_remote },
  { "read-only", vnc_display_set_read_only },
  { "capture-keyboard", vnc_display_set_keyboard_grab },
  { "shared", vnc_display_set_shared_flag },
  { "lossy", vnc_display_set_lossy_encoding },
  { "auto-quality", action_auto_quality },
  { "sound", gvnc_sound_play },
};

static void
action_change_toggle (GSimpleAction *action,
                      GVariant      *state,
                      gpointer       user_data)
{
  GvncWindow *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));

  g_simple_action_set_state (action, state);
  for (gsize i = 0; self->display != NULL && i < G_N_ELEMENTS (action_toggles); i++)
    if (g_str_equal (action_toggles[i].name, name))
      action_toggles[i].apply (self->display, g_variant_get_boolean (state));
}

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

void
gvnc_window_apply_settings (GvncWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (action_toggles); i++)
    action_toggles[i].apply (self->display, gvnc_window_get_toggle (self, action_toggles[i].name));
}

/* ---- the rest ---- */

static void
action_connect (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  gvnc_window_ask (user_data);
}

static void
action_reconnect (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  gvnc_window_reconnect (user_data);
}

static void
action_cancel (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  gvnc_window_cancel (user_data);
}

static void
action_close (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  gtk_window_close (user_data);
}

static void
action_screenshot_failed (GtkWindow  *window,
                          const char *message)
{
  g_autofree char *text = g_strdup_printf (_("The screenshot was not saved: %s"), message);

  gvnc_window_notify (GVNC_WINDOW (window), text);
}

static void
action_screenshot (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  GvncWindow *self = user_data;

  gvnc_capture_save_desktop (GTK_WINDOW (self), self->display, action_screenshot_failed);
}

static void
action_send_keys (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  static const struct {
    GdkModifierType modifier;
    guint keyval;
  } modifiers[] = {
    { GDK_CONTROL_MASK, GDK_KEY_Control_L },
    { GDK_MOD1_MASK, GDK_KEY_Alt_L },
    { GDK_SHIFT_MASK, GDK_KEY_Shift_L },
    { GDK_SUPER_MASK, GDK_KEY_Super_L },
  };
  GvncWindow *self = user_data;
  guint keyvals[G_N_ELEMENTS (modifiers) + 1];
  int n_keyvals = 0;
  GdkModifierType held;
  guint keyval;

  gtk_accelerator_parse (g_variant_get_string (parameter, NULL), &keyval, &held);
  if (keyval == 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (modifiers); i++)
    if (held & modifiers[i].modifier)
      keyvals[n_keyvals++] = modifiers[i].keyval;
  keyvals[n_keyvals++] = keyval;
  vnc_display_send_keys (self->display, keyvals, n_keyvals);
}

static void
action_change_full_screen (GSimpleAction *action,
                           GVariant      *state,
                           gpointer       user_data)
{
  /* The state follows when the window manager has done it. */
  if (g_variant_get_boolean (state))
    gtk_window_fullscreen (user_data);
  else
    gtk_window_unfullscreen (user_data);
}

/* Zooming means to look at a part, so the picture no longer follows the window. */
static void
action_zoom (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  static const guint levels[] = { 10, 25, 33, 50, 67, 75, 90, 100, 110, 125, 150, 175, 200, 250, 300, 350, 400 };
  GvncWindow *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  guint now = vnc_display_get_zoom_level (self->display);
  guint level = now;

  if (g_str_equal (name, "zoom-normal")) {
    level = 100;
  } else if (g_str_equal (name, "zoom-in")) {
    for (gsize i = 0; i < G_N_ELEMENTS (levels) && level == now; i++)
      if (levels[i] > now)
        level = levels[i];
  } else {
    for (gsize i = G_N_ELEMENTS (levels); i > 0 && level == now; i--)
      if (levels[i - 1] < now)
        level = levels[i - 1];
  }
  gvnc_window_set_toggle (self, "scale", FALSE);
  vnc_display_set_zoom_level (self->display, level);
  gtk_widget_queue_resize (GTK_WIDGET (self->display));
}

static void
action_power (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  GvncWindow *self = user_data;
  VncConnection *connection = vnc_display_get_connection (self->display);
  const char *name = g_action_get_name (G_ACTION (action));

  if (g_str_equal (name, "power-shutdown"))
    vnc_connection_power_control (connection, VNC_CONNECTION_POWER_ACTION_SHUTDOWN);
  else if (g_str_equal (name, "power-reboot"))
    vnc_connection_power_control (connection, VNC_CONNECTION_POWER_ACTION_REBOOT);
  else if (g_str_equal (name, "power-reset"))
    vnc_connection_power_control (connection, VNC_CONNECTION_POWER_ACTION_RESET);
}

static void
action_about (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  gtk_show_about_dialog (user_data,
                         "program-name", _("Remote Desktop Viewer"),
                         "version", PACKAGE_VERSION,
                         "comments", _("Shows and controls remote desktops through VNC"),
                         "license-type", GTK_LICENSE_LGPL_2_1,
                         "logo-icon-name", "preferences-desktop-remote-desktop",
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static const GActionEntry action_entries[] = {
  { "connect", action_connect },
  { "reconnect", action_reconnect },
  { "cancel", action_cancel },
  { "close", action_close },
  { "screenshot", action_screenshot },
  { "send-keys", action_send_keys, "s" },
  { "full-screen", NULL, NULL, "false", action_change_full_screen },
  { "scale", NULL, NULL, "true", action_change_toggle },
  { "keep-aspect", NULL, NULL, "true", action_change_toggle },
  { "smooth", NULL, NULL, "true", action_change_toggle },
  { "resize-remote", NULL, NULL, "false", action_change_toggle },
  { "read-only", NULL, NULL, "false", action_change_toggle },
  { "capture-keyboard", NULL, NULL, "true", action_change_toggle },
  { "shared", NULL, NULL, "false", action_change_toggle },
  { "lossy", NULL, NULL, "false", action_change_toggle },
  { "auto-quality", NULL, NULL, "true", action_change_toggle },
  { "sound", NULL, NULL, "true", action_change_toggle },
  { "zoom-in", action_zoom },
  { "zoom-out", action_zoom },
  { "zoom-normal", action_zoom },
  { "power", action_power },
  { "power-shutdown", action_power },
  { "power-reboot", action_power },
  { "power-reset", action_power },
  { "about", action_about },
};

void
gvnc_window_add_actions (GvncWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), action_entries, G_N_ELEMENTS (action_entries), self);
  gvnc_window_set_toggle (self, "scale", !self->options->no_scale);
  gvnc_window_set_toggle (self, "read-only", self->options->read_only);
  gvnc_window_set_toggle (self, "shared", self->options->shared);
  gvnc_window_set_toggle (self, "lossy", self->options->lossy);
  gvnc_window_set_toggle (self, "auto-quality", !self->options->fixed_quality);
  gvnc_window_set_toggle (self, "sound", !self->options->no_sound && self->options->screenshot_path == NULL);
}

void
gvnc_window_update_actions (GvncWindow *self)
{
  static const char *const session_actions[] = { "screenshot", "send-keys", "zoom-in", "zoom-out", "zoom-normal" };
  static const char *const power_actions[] = { "power", "power-shutdown", "power-reboot", "power-reset" };
  gboolean is_open = self->display != NULL && vnc_display_is_open (self->display);
  gboolean is_live = is_open && self->is_initialized;
  gboolean has_power = is_live && vnc_connection_get_power_control (vnc_display_get_connection (self->display));

#define ENABLE(name, yes) \
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)), yes)

  for (gsize i = 0; i < G_N_ELEMENTS (session_actions); i++)
    ENABLE (session_actions[i], is_live);
  for (gsize i = 0; i < G_N_ELEMENTS (power_actions); i++)
    ENABLE (power_actions[i], has_power);
  ENABLE ("cancel", is_open);
  ENABLE ("reconnect", self->address != NULL && !is_open);

#undef ENABLE
}
