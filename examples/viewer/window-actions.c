/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "capture.h"
#include "screens-dialog.h"
#include "statistics.h"
#include "window-private.h"

#include <glib/gi18n.h>

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
action_reconnect_now (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  gvnc_window_reconnect_now (user_data);
}

static void
action_refresh (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GvncWindow *self = user_data;

  vnc_display_request_update (self->display);
}

static void
action_screens (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GvncWindow *self = user_data;

  gvnc_window_show_dialog (self, gvnc_screens_dialog_new (GTK_WINDOW (self), self->display));
}

static void
action_statistics (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  GvncWindow *self = user_data;

  gvnc_window_show_dialog (self, gvnc_statistics_new (GTK_WINDOW (self), self->display));
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
action_power_response (GtkDialog *dialog,
                       int        response,
                       gpointer   user_data)
{
  GvncWindow *self = user_data;

  if (response >= 0 && self->display != NULL)
    vnc_connection_power_control (vnc_display_get_connection (self->display), (VncConnectionPowerAction) response);
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

/* What cannot be taken back is asked about. */
static void
action_power (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  static const struct {
    const char *name;
    VncConnectionPowerAction power;
    const char *question;
    const char *detail;
    const char *answer;
  } kinds[] = {
    { "power-shutdown", VNC_CONNECTION_POWER_ACTION_SHUTDOWN, N_("Shut down the remote computer?"),
      N_("Everybody who works there is disturbed, and somebody may have to switch it on again."), N_("Shut _Down") },
    { "power-reboot", VNC_CONNECTION_POWER_ACTION_REBOOT, N_("Reboot the remote computer?"),
      N_("Everybody who works there is disturbed."), N_("Re_boot") },
    { "power-reset", VNC_CONNECTION_POWER_ACTION_RESET, N_("Reset the remote computer?"),
      N_("What was not saved there is lost."), N_("R_eset") },
  };
  GvncWindow *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    GtkWidget *dialog, *button;

    if (!g_str_equal (name, kinds[i].name))
      continue;
    dialog = gtk_message_dialog_new (GTK_WINDOW (self), GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                                     GTK_MESSAGE_QUESTION, GTK_BUTTONS_NONE, "%s", _(kinds[i].question));
    gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s: %s", self->host, _(kinds[i].detail));
    gtk_dialog_add_button (GTK_DIALOG (dialog), _("_Cancel"), GTK_RESPONSE_CANCEL);
    button = gtk_dialog_add_button (GTK_DIALOG (dialog), _(kinds[i].answer), (int) kinds[i].power);
    gtk_style_context_add_class (gtk_widget_get_style_context (button), GTK_STYLE_CLASS_DESTRUCTIVE_ACTION);
    gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
    g_signal_connect (dialog, "response", G_CALLBACK (action_power_response), self);
    gvnc_window_show_dialog (self, dialog);
  }
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
                         "logo-icon-name", "org.gnome.gvncviewer",
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static const GActionEntry action_entries[] = {
  { "connect", action_connect },
  { "reconnect", action_reconnect },
  { "cancel", action_cancel },
  { "close", action_close },
  { "reconnect-now", action_reconnect_now },
  { "refresh", action_refresh },
  { "screens", action_screens },
  { "statistics", action_statistics },
  { "screenshot", action_screenshot },
  { "send-keys", action_send_keys, "s" },
  { "full-screen", NULL, NULL, "false", action_change_full_screen },
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
  gvnc_window_add_settings (self);
}

void
gvnc_window_update_actions (GvncWindow *self)
{
  static const char *const session_actions[] = { "screenshot", "send-keys", "zoom-in", "zoom-out", "zoom-normal",
                                                 "refresh", "screens", "statistics" };
  static const char *const power_actions[] = { "power", "power-shutdown", "power-reboot", "power-reset" };
  gboolean is_open = self->display != NULL && vnc_display_is_open (self->display);
  gboolean is_live = is_open && self->is_initialized && !self->is_reconnecting;
  gboolean has_power = is_live && vnc_connection_get_power_control (vnc_display_get_connection (self->display));

#define ENABLE(name, yes) \
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)), yes)

  for (gsize i = 0; i < G_N_ELEMENTS (session_actions); i++)
    ENABLE (session_actions[i], is_live);
  for (gsize i = 0; i < G_N_ELEMENTS (power_actions); i++)
    ENABLE (power_actions[i], has_power);
  ENABLE ("cancel", is_open || self->listening != NULL);
  ENABLE ("reconnect", self->address != NULL && !is_open && self->listening == NULL);
  ENABLE ("reconnect-now", self->is_reconnecting);

#undef ENABLE
}
