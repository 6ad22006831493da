/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "status-page.h"
#include "window-private.h"

#include <glib/gi18n.h>

/* How the session gets to its server, and back to it. */

/* ---- listening ---- */

static void
window_listened (GObject      *conn,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GvncWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = vnc_connection_listen_finish (VNC_CONNECTION (conn), result, &error);

  /* Another session may have begun since. */
  if (self->display == NULL || vnc_display_get_connection (self->display) != VNC_CONNECTION (conn))
    return;
  gvnc_window_stop_listening (self);
  /* Once a server has called, signals tell the rest. */
  if (!ok && !self->has_ended && !vnc_display_is_open (self->display)) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->error == NULL)
      self->error = g_strdup (error->message);
    gvnc_window_session_ended (self);
  }
}

static gboolean
window_listen (GvncWindow  *self,
               GError     **error)
{
  const GvncAddress *address = self->address;
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autofree char *detail = g_strdup_printf (_("Listening on %s. Anybody who can reach it may connect."), self->host);

  if (address->listen_host != NULL) {
    g_autoptr (GSocketAddress) place = g_inet_socket_address_new (address->listen_host, address->listen_port);

    if (!g_socket_listener_add_address (listener, place, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, NULL, error))
      return FALSE;
  } else if (!g_socket_listener_add_inet_port (listener, address->listen_port, NULL, error)) {
    return FALSE;
  }
  self->listener = g_steal_pointer (&listener);
  self->listening = g_cancellable_new ();
  vnc_connection_listen_async (vnc_display_get_connection (self->display), self->listener, self->listening,
                               window_listened, g_object_ref (self));
  gvnc_status_page_show_busy (GVNC_STATUS_PAGE (self->status), _("Waiting for a server to connect…"), detail);
  return TRUE;
}

void
gvnc_window_stop_listening (GvncWindow *self)
{
  if (self->listener == NULL)
    return;
  g_cancellable_cancel (self->listening);
  g_socket_listener_close (self->listener);
  g_clear_object (&self->listener);
  g_clear_object (&self->listening);
  gvnc_window_update_actions (self);
}

/* ---- opening ---- */

/* What does not begin at all ends at once. */
void
gvnc_window_begin (GvncWindow *self)
{
  VncConnection *conn = vnc_display_get_connection (self->display);
  g_autoptr (GError) error = NULL;

  if (self->address->uri != NULL) {
    if (!vnc_connection_open_uri (conn, self->address->uri) && !self->has_ended)
      gvnc_window_session_ended (self);
  } else if (!window_listen (self, &error)) {
    self->error = g_strdup_printf (_("Cannot listen on %s: %s"), self->host, error->message);
    gvnc_window_session_ended (self);
  }
}

/* ---- reconnecting: a bar over the last picture ---- */

static void
window_reconnect_tell (GvncWindow *self)
{
  gint64 left_us = self->reconnect_us - g_get_monotonic_time ();
  int left_s = (int) ((left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  gboolean waits = left_us > 0;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  when = waits ? g_strdup_printf (ngettext ("Connecting again in %d second…", "Connecting again in %d seconds…", left_s), left_s)
               : g_strdup (_("Connecting again…"));
  text = g_strdup_printf (_("The connection to %s is lost. %s"), self->host, when);
  gtk_label_set_text (GTK_LABEL (self->reconnect_label), text);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "reconnect-now")), waits);
}

static gboolean
window_reconnect_tick (gpointer user_data)
{
  window_reconnect_tell (user_data);
  return G_SOURCE_CONTINUE;
}

static void
window_reconnecting (VncConnection *conn,
                     guint          attempt,
                     guint          delay_ms,
                     GvncWindow    *self)
{
  if (self->dialog != NULL)
    gtk_widget_destroy (self->dialog);
  self->is_reconnecting = TRUE;
  self->reconnect_us = g_get_monotonic_time () + (gint64) delay_ms * 1000;
  if (self->reconnect_source == 0)
    self->reconnect_source = g_timeout_add (500, window_reconnect_tick, self);
  window_reconnect_tell (self);
  /* The picture is not to be taken for the living desktop. */
  gtk_widget_set_opacity (self->desktop, 0.5);
  gtk_widget_show (self->reconnect_bar);
  gvnc_window_update_lock (self);
  gvnc_window_update_actions (self);
}

void
gvnc_window_stop_reconnecting (GvncWindow *self)
{
  if (self->reconnect_source != 0)
    g_source_remove (self->reconnect_source);
  self->reconnect_source = 0;
  self->is_reconnecting = FALSE;
  gtk_widget_set_opacity (self->desktop, 1);
  gtk_widget_hide (self->reconnect_bar);
}

void
gvnc_window_reconnect_now (GvncWindow *self)
{
  if (self->display == NULL || !vnc_connection_reconnect_now (vnc_display_get_connection (self->display)))
    return;
  self->reconnect_us = 0;
  window_reconnect_tell (self);
}

GtkWidget *
gvnc_window_new_reconnect_bar (GvncWindow *self)
{
  GtkWidget *bar = gtk_info_bar_new ();
  GtkWidget *spinner = gtk_spinner_new ();
  GtkWidget *content = gtk_info_bar_get_content_area (GTK_INFO_BAR (bar));
  static const struct {
    const char *label;
    const char *action;
  } buttons[] = {
    { N_("Reconnect _Now"), "win.reconnect-now" },
    { N_("_Cancel"), "win.cancel" },
  };

  self->reconnect_label = gtk_label_new (NULL);
  gtk_label_set_line_wrap (GTK_LABEL (self->reconnect_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->reconnect_label), 0);
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_container_add (GTK_CONTAINER (content), spinner);
  gtk_container_add (GTK_CONTAINER (content), self->reconnect_label);
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++) {
    GtkWidget *button = gtk_button_new_with_mnemonic (_(buttons[i].label));

    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
    gtk_container_add (GTK_CONTAINER (gtk_info_bar_get_action_area (GTK_INFO_BAR (bar))), button);
  }
  gtk_widget_set_valign (bar, GTK_ALIGN_START);
  gtk_widget_show_all (bar);
  gtk_widget_hide (bar);
  return bar;
}

void
gvnc_window_follow_reconnecting (GvncWindow *self)
{
  g_signal_connect_object (vnc_display_get_connection (self->display), "vnc-reconnecting",
                           G_CALLBACK (window_reconnecting), self, 0);
}
