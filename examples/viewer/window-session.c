/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "auth-dialog.h"
#include "capture.h"
#include "full-screen-bar.h"
#include "history.h"
#include "status-page.h"
#include "window-private.h"

#include <glib/gi18n.h>

/* What this program calls itself where a server wants the name of a client certificate. */
#define CLIENT_NAME "gvncviewer"

static void
window_show_status (GvncWindow *self)
{
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->status);
}

void
gvnc_window_session_ended (GvncWindow *self)
{
  g_autofree char *title = NULL;
  const char *icon_name = "dialog-error-symbolic";
  const char *detail = self->error;
  const char *again = _("_Retry");

  self->has_ended = TRUE;
  gvnc_window_stop_reconnecting (self);
  if (self->is_initialized) {
    title = g_strdup_printf (_("The connection to %s has ended"), self->host);
    icon_name = "network-server-symbolic";
    again = _("_Reconnect");
    if (detail == NULL && !self->is_cancelled)
      detail = _("The server closed the connection.");
  } else if (self->is_cancelled) {
    title = self->address->uri != NULL ? g_strdup_printf (_("Not connected to %s"), self->host) : g_strdup (_("Not connected"));
    detail = _("Connecting was cancelled.");
    icon_name = "network-server-symbolic";
  } else if (self->auth_failure != NULL) {
    title = g_strdup_printf (_("%s refused the login"), self->host);
    if (detail == NULL)
      detail = self->auth_failure;
  } else if (self->address->uri == NULL) {
    title = g_strdup (_("No server has connected"));
  } else {
    title = g_strdup_printf (_("Could not connect to %s"), self->host);
    if (detail == NULL)
      detail = _("The server closed the connection.");
  }

  if (self->is_full_screen)
    gtk_window_unfullscreen (GTK_WINDOW (self));
  gvnc_status_page_show_ended (GVNC_STATUS_PAGE (self->status), icon_name, title, detail, again);
  window_show_status (self);
  gvnc_capture_window_failed (GTK_WINDOW (self), detail != NULL ? detail : title);
}

/* ---- signals of the display ---- */

static void
window_connected (VncDisplay *display,
                  GvncWindow *self)
{
  g_autofree char *title = g_strdup_printf (_("Connecting to %s…"), self->host);

  gvnc_status_page_show_busy (GVNC_STATUS_PAGE (self->status), title, _("Connected. Waiting for the server…"));
}

static void
window_initialized (VncDisplay *display,
                    GvncWindow *self)
{
  self->is_initialized = TRUE;
  gvnc_window_stop_reconnecting (self);
  if (self->address->uri != NULL)
    gvnc_history_add (self->host);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->desktop);
  gtk_widget_grab_focus (GTK_WIDGET (display));
  gvnc_window_update_title (self);
  gvnc_window_update_lock (self);
  gvnc_window_update_actions (self);
}

static void
window_disconnected (VncDisplay *display,
                     GvncWindow *self)
{
  if (self->dialog != NULL)
    gtk_widget_destroy (self->dialog);
  g_clear_object (&self->clipboard);
  self->has_pointer_grab = FALSE;
  if (!self->has_ended)
    gvnc_window_session_ended (self);
  gvnc_window_update_title (self);
  gvnc_window_update_lock (self);
  gvnc_window_update_actions (self);
}

static void
window_error (VncDisplay *display,
              const char *message,
              GvncWindow *self)
{
  if (self->error == NULL)
    self->error = g_utf8_make_valid (message != NULL ? message : "", -1);
}

static void
window_auth_failure (VncDisplay *display,
                     const char *message,
                     GvncWindow *self)
{
  g_free (self->auth_failure);
  self->auth_failure = g_utf8_make_valid (message != NULL ? message : "", -1);

  /* The next try asks again. */
  g_clear_pointer (&self->address->password, gvnc_secret_free);
}

static void
window_auth_unsupported (VncDisplay *display,
                         guint       type,
                         GvncWindow *self)
{
  if (self->error == NULL)
    self->error = gvnc_window_unsupported_text (self, type);
}

static void
window_answer (GvncWindow *self,
               const char *username,
               const char *password)
{
  gboolean failed = FALSE;

  /* FALSE is success here. */
  if (username != NULL)
    failed |= vnc_display_set_credential (self->display, VNC_DISPLAY_CREDENTIAL_USERNAME, username);
  if (password != NULL)
    failed |= vnc_display_set_credential (self->display, VNC_DISPLAY_CREDENTIAL_PASSWORD, password);
  if (failed)
    vnc_display_close (self->display);
}

static void
window_auth_done (gboolean    accepted,
                  const char *username,
                  const char *password,
                  gpointer    user_data)
{
  GvncWindow *self = user_data;

  if (self->display == NULL || !vnc_display_is_open (self->display))
    return;
  if (!accepted) {
    gvnc_window_cancel (self);
    return;
  }
  if (username != NULL) {
    g_free (self->username);
    self->username = g_strdup (username);
  }
  window_answer (self, username, password);
}

static void
window_ask (GvncWindow *self,
            gboolean    wants_username,
            gboolean    wants_password)
{
  g_autofree char *link = gvnc_window_link_text (self);

  if (self->dialog != NULL)
    gtk_widget_destroy (self->dialog);
  g_set_weak_pointer (&self->dialog,
                      gvnc_auth_dialog_show (GTK_WINDOW (self), self->host, link, wants_username, wants_password,
                                             self->username, window_auth_done, self));
}

G_GNUC_BEGIN_IGNORE_DEPRECATIONS
static void
window_auth_credential (VncDisplay  *display,
                        GValueArray *wanted,
                        GvncWindow  *self)
{
  const char *password = self->address->password;
  gboolean wants_username = FALSE, wants_password = FALSE;

  for (guint i = 0; i < wanted->n_values; i++) {
    switch (g_value_get_enum (g_value_array_get_nth (wanted, i))) {
    case VNC_DISPLAY_CREDENTIAL_USERNAME:
      wants_username = TRUE;
      break;
    case VNC_DISPLAY_CREDENTIAL_PASSWORD:
      wants_password = TRUE;
      break;
    case VNC_DISPLAY_CREDENTIAL_CLIENTNAME:
      vnc_display_set_credential (display, VNC_DISPLAY_CREDENTIAL_CLIENTNAME, CLIENT_NAME);
      break;
    default:
      break;
    }
  }
  if (!wants_username && !wants_password)
    return;

  /* What the command line or the URI said is used once. */
  if (!self->has_answered && (!wants_username || self->address->username != NULL)
      && (!wants_password || password != NULL)) {
    self->has_answered = TRUE;
    window_answer (self, wants_username ? self->address->username : NULL, wants_password ? password : NULL);
    return;
  }
  if (self->options->screenshot_path != NULL) {
    self->error = g_strdup (_("The server asks for a password; give it with --password-file."));
    vnc_display_close (display);
    return;
  }
  window_ask (self, wants_username, wants_password);
}
G_GNUC_END_IGNORE_DEPRECATIONS

static void
window_desktop_resize (VncDisplay *display,
                       int         width,
                       int         height,
                       GvncWindow *self)
{
  /* When the remote desktop follows the window, the window must not follow it. */
  if (!self->is_initialized || !gvnc_window_get_toggle (self, "resize-remote"))
    gvnc_window_fit (self, width, height);
}

static void
window_desktop_rename (VncDisplay *display,
                       const char *name,
                       GvncWindow *self)
{
  gvnc_window_update_title (self);
}

#define LEAST_BELL_US (100 * 1000)

static void
window_bell (VncDisplay *display,
             GvncWindow *self)
{
  gint64 now_us = g_get_monotonic_time ();

  /* A server that rings without end is heard, and no more. */
  if (now_us - self->bell_us < LEAST_BELL_US)
    return;
  self->bell_us = now_us;
  gdk_display_beep (gtk_widget_get_display (GTK_WIDGET (display)));
}

static void
window_power_initialized (VncDisplay *display,
                          GvncWindow *self)
{
  gvnc_window_update_actions (self);
}

static void
window_power_failed (VncDisplay *display,
                     GvncWindow *self)
{
  gvnc_window_notify (self, _("The server refused to change its power state."));
}

/* Letting go with the grab keys also leaves the full screen. A grab also ends when the pointer or the focus goes elsewhere, as
 * into the bar; that is not what somebody asked for. */
static void
window_maybe_leave_full_screen (GvncWindow *self)
{
  GdkWindow *window = gtk_widget_get_window (GTK_WIDGET (self));
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  int x, y;

  if (gtk_revealer_get_reveal_child (GTK_REVEALER (self->full_screen_bar)))
    return;
  if (!self->is_full_screen || !self->is_initialized || !gtk_window_is_active (GTK_WINDOW (self)))
    return;
  gdk_window_get_device_position (window, gdk_seat_get_pointer (seat), &x, &y, NULL);
  if (x >= 0 && y >= 0 && x < gdk_window_get_width (window) && y < gdk_window_get_height (window))
    gtk_window_unfullscreen (GTK_WINDOW (self));
}

static void
window_pointer_grab (VncDisplay *display,
                     GvncWindow *self)
{
  self->has_pointer_grab = TRUE;
  gvnc_window_update_title (self);
}

static void
window_pointer_ungrab (VncDisplay *display,
                       GvncWindow *self)
{
  self->has_pointer_grab = FALSE;
  gvnc_window_update_title (self);
  window_maybe_leave_full_screen (self);
}

static void
window_keyboard_ungrab (VncDisplay *display,
                        GvncWindow *self)
{
  if (!self->has_pointer_grab)
    window_maybe_leave_full_screen (self);
}

static void
window_connect_signals (GvncWindow *self)
{
  static const struct {
    const char *name;
    GCallback handler;
  } signals[] = {
    { "vnc-connected", G_CALLBACK (window_connected) },
    { "vnc-initialized", G_CALLBACK (window_initialized) },
    { "vnc-disconnected", G_CALLBACK (window_disconnected) },
    { "vnc-error", G_CALLBACK (window_error) },
    { "vnc-auth-failure", G_CALLBACK (window_auth_failure) },
    { "vnc-auth-unsupported", G_CALLBACK (window_auth_unsupported) },
    { "vnc-auth-credential", G_CALLBACK (window_auth_credential) },
    { "vnc-desktop-resize", G_CALLBACK (window_desktop_resize) },
    { "vnc-desktop-rename", G_CALLBACK (window_desktop_rename) },
    { "vnc-bell", G_CALLBACK (window_bell) },
    { "vnc-power-control-initialized", G_CALLBACK (window_power_initialized) },
    { "vnc-power-control-failed", G_CALLBACK (window_power_failed) },
    { "vnc-pointer-grab", G_CALLBACK (window_pointer_grab) },
    { "vnc-pointer-ungrab", G_CALLBACK (window_pointer_ungrab) },
    { "vnc-keyboard-ungrab", G_CALLBACK (window_keyboard_ungrab) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect (self->display, signals[i].name, signals[i].handler, self);
}

/* ---- beginning and ending ---- */

/* Also called when the window is destroyed: shows nothing. */
void
gvnc_window_close_session (GvncWindow *self)
{
  if (self->dialog != NULL)
    gtk_widget_destroy (self->dialog);
  gvnc_window_stop_reconnecting (self);
  gvnc_window_stop_listening (self);
  g_clear_object (&self->clipboard);
  if (self->display != NULL) {
    VncDisplay *display = g_object_ref (g_steal_pointer (&self->display));

    g_signal_handlers_disconnect_by_data (display, self);
    g_signal_handlers_disconnect_by_data (vnc_display_get_connection (display), self);
    vnc_display_close (display);
    gtk_widget_destroy (GTK_WIDGET (display));
    g_object_unref (display);
  }
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->auth_failure, g_free);
  self->is_initialized = self->is_cancelled = self->has_ended = self->has_answered = self->has_pointer_grab = FALSE;
}

static void
window_start (GvncWindow *self)
{
  g_autofree char *title = g_strdup_printf (_("Connecting to %s…"), self->host);

  gvnc_window_close_session (self);
  self->display = VNC_DISPLAY (vnc_display_new ());
  gtk_container_add (GTK_CONTAINER (self->viewport), GTK_WIDGET (self->display));
  gtk_widget_show (GTK_WIDGET (self->display));
  gtk_widget_realize (GTK_WIDGET (self->display));
  window_connect_signals (self);
  gvnc_window_secure (self);
  gvnc_window_follow_reconnecting (self);
  gvnc_full_screen_bar_watch (GVNC_FULL_SCREEN_BAR (self->full_screen_bar), self->display);

  vnc_display_set_pointer_local (self->display, TRUE);
  vnc_display_set_pointer_grab (self->display, TRUE);
  gvnc_window_apply_settings (self);
  if (self->options->screenshot_path != NULL)
    gvnc_capture_window_when_complete (GTK_WINDOW (self), self->display, self->options);

  gvnc_status_page_show_busy (GVNC_STATUS_PAGE (self->status), title, NULL);
  window_show_status (self);

  gvnc_window_begin (self);
  gvnc_window_update_title (self);
  gvnc_window_update_actions (self);
}

void
gvnc_window_open (GvncWindow  *self,
                  GvncAddress *address)
{
  g_return_if_fail (GVNC_IS_WINDOW (self));
  g_return_if_fail (address != NULL);

  /* A password from the command line is for the first server only, not for what is typed later. */
  if (address->password == NULL)
    address->password = g_steal_pointer (&self->options->password);
  else
    g_clear_pointer (&self->options->password, gvnc_secret_free);

  g_clear_pointer (&self->address, gvnc_address_free);
  g_free (self->host);
  g_free (self->username);
  self->address = address;
  self->host = gvnc_address_to_string (address);
  self->username = g_strdup (address->username);
  if (address->read_only != GVNC_ADDRESS_UNSAID)
    gvnc_window_set_toggle (self, "read-only", address->read_only == GVNC_ADDRESS_YES);
  if (address->shared != GVNC_ADDRESS_UNSAID)
    gvnc_window_set_toggle (self, "shared", address->shared == GVNC_ADDRESS_YES);
  window_start (self);
}

void
gvnc_window_reconnect (GvncWindow *self)
{
  if (self->address != NULL)
    window_start (self);
}

/* The page that says so comes with vnc-disconnected. */
void
gvnc_window_cancel (GvncWindow *self)
{
  if (self->display == NULL || (self->listening == NULL && !vnc_display_is_open (self->display)))
    return;
  self->is_cancelled = TRUE;
  if (self->listening != NULL)
    g_cancellable_cancel (self->listening);
  else
    vnc_display_close (self->display);
}
