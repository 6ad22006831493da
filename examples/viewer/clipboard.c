/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "clipboard.h"

#include "latin1.h"

#include <vncclipboard.h>
#include <vncerror.h>

/* last: the text that both sides have, NULL at first. Nothing equal to it is handed over again, which ends the
 * echo of a text that has just come from the other side. */
struct _GvncClipboard {
  GObject parent_instance;

  VncDisplay *display;          /* not owned, NULL once it is gone */
  VncConnection *connection;    /* owned */
  GCancellable *fetching;       /* owned, NULL unless a text is on its way */
  GtkClipboard *local;          /* owned by GTK */
  GtkWidget *toplevel;          /* not owned, NULL when gone */
  char *last;
  gboolean is_pending;          /* local text changed and was not looked at yet */
};

G_DEFINE_TYPE (GvncClipboard, gvnc_clipboard, G_TYPE_OBJECT)

static void
clipboard_take_local (GtkClipboard *local,
                      const char   *text,
                      gpointer      user_data)
{
  g_autoptr (GvncClipboard) self = user_data;

  if (text == NULL || self->display == NULL || g_strcmp0 (text, self->last) == 0)
    return;
  if (vnc_display_is_open (self->display) && !vnc_display_get_read_only (self->display)) {
    g_autoptr (GError) error = NULL;

    /* Some of a text is better than nothing when the server cannot take all of it. */
    if (!vnc_connection_clipboard_set_text (self->connection, text, &error)) {
      g_autofree char *latin1 = gvnc_latin1_from_utf8 (text);

      g_debug ("clipboard: %s", error->message);
      if (!g_error_matches (error, VNC_ERROR, VNC_ERROR_UNSUPPORTED))
        return;
      vnc_display_client_cut_text (self->display, latin1);
    }
    g_free (self->last);
    self->last = g_strdup (text);
  }
}

static void
clipboard_look (GvncClipboard *self)
{
  if (!self->is_pending || self->toplevel == NULL || !gtk_window_is_active (GTK_WINDOW (self->toplevel)))
    return;
  if (self->display == NULL || vnc_display_get_read_only (self->display))
    return;
  self->is_pending = FALSE;
  gtk_clipboard_request_text (self->local, clipboard_take_local, g_object_ref (self));
}

static void
clipboard_local_changed (GtkClipboard *local,
                         GdkEvent     *event,
                         gpointer      user_data)
{
  GvncClipboard *self = user_data;

  self->is_pending = TRUE;
  clipboard_look (self);
}

static void
clipboard_take_remote (GvncClipboard *self,
                       char          *text)
{
  g_free (self->last);
  self->last = text;
  gtk_clipboard_set_text (self->local, self->last, -1);
}

static void
clipboard_fetched (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GvncClipboard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = vnc_connection_clipboard_request_finish (VNC_CONNECTION (source), result, &error);
  gsize len;
  const char *text;

  if (bytes == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_debug ("clipboard: %s", error->message);
    return;
  }
  text = g_bytes_get_data (bytes, &len);
  if (len > 0 && self->local != NULL)
    clipboard_take_remote (self, g_strndup (text, len));
}

static void
clipboard_stop_fetching (GvncClipboard *self)
{
  if (self->fetching != NULL)
    g_cancellable_cancel (self->fetching);
  g_clear_object (&self->fetching);
}

/* The remote desktop has something new: a text is fetched at once, so that it is there when somebody pastes it. */
static void
clipboard_remote_offered (VncConnection       *connection,
                          VncClipboardFormats  formats,
                          gpointer             user_data)
{
  GvncClipboard *self = user_data;

  clipboard_stop_fetching (self);
  if ((formats & VNC_CLIPBOARD_FORMAT_TEXT) == 0)
    return;
  self->fetching = g_cancellable_new ();
  vnc_connection_clipboard_request_async (connection, VNC_CLIPBOARD_FORMAT_TEXT, self->fetching, clipboard_fetched,
                                          g_object_ref (self));
}

static void
clipboard_remote_changed (VncDisplay *display,
                          const char *text,
                          gpointer    user_data)
{
  GvncClipboard *self = user_data;

  /* Some servers say so at the start of a session; that is no reason to drop what is here. */
  if (*text != '\0')
    clipboard_take_remote (self, gvnc_latin1_to_utf8 (text));
}

static void
gvnc_clipboard_dispose (GObject *object)
{
  GvncClipboard *self = GVNC_CLIPBOARD (object);

  clipboard_stop_fetching (self);
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
  if (self->display != NULL)
    g_signal_handlers_disconnect_by_data (self->display, self);
  if (self->toplevel != NULL)
    g_signal_handlers_disconnect_by_data (self->toplevel, self);
  if (self->local != NULL)
    g_signal_handlers_disconnect_by_data (self->local, self);
  g_clear_weak_pointer (&self->display);
  g_clear_weak_pointer (&self->toplevel);
  self->local = NULL;
  G_OBJECT_CLASS (gvnc_clipboard_parent_class)->dispose (object);
}

static void
gvnc_clipboard_finalize (GObject *object)
{
  g_free (GVNC_CLIPBOARD (object)->last);
  G_OBJECT_CLASS (gvnc_clipboard_parent_class)->finalize (object);
}

static void
gvnc_clipboard_class_init (GvncClipboardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gvnc_clipboard_dispose;
  G_OBJECT_CLASS (klass)->finalize = gvnc_clipboard_finalize;
}

static void
gvnc_clipboard_init (GvncClipboard *self)
{
  self->is_pending = TRUE;
}

GvncClipboard *
gvnc_clipboard_new (VncDisplay *display)
{
  GvncClipboard *self = g_object_new (GVNC_TYPE_CLIPBOARD, NULL);

  g_set_weak_pointer (&self->display, display);
  g_set_weak_pointer (&self->toplevel, gtk_widget_get_toplevel (GTK_WIDGET (display)));
  self->local = gtk_widget_get_clipboard (GTK_WIDGET (display), GDK_SELECTION_CLIPBOARD);

  self->connection = g_object_ref (vnc_display_get_connection (display));
  vnc_connection_set_extended_clipboard (self->connection, TRUE);

  g_signal_connect (self->connection, "vnc-clipboard-offered", G_CALLBACK (clipboard_remote_offered), self);
  g_signal_connect (self->local, "owner-change", G_CALLBACK (clipboard_local_changed), self);
  g_signal_connect (display, "vnc-server-cut-text", G_CALLBACK (clipboard_remote_changed), self);
  g_signal_connect_swapped (display, "vnc-initialized", G_CALLBACK (clipboard_look), self);
  g_signal_connect_swapped (self->toplevel, "notify::is-active", G_CALLBACK (clipboard_look), self);
  return self;
}
