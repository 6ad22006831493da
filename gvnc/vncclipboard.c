/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncclipboard.h"

#include "session/clipboard.h"
#include "session/limits.h"
#include "vncconnection-private.h"
#include "vncerror.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The application's side of the extended clipboard: who waits for the server's data, and the text that we hold for the
 * server. What passes over the wire is the business of session/clipboard.c.
 *
 * Completing a task calls the application, as a signal does: afterwards nothing may be taken for granted. */

guint gvnc_connection_clipboard_s = GVNC_LIMIT_CLIPBOARD_S;

/* Somebody who waits. Its sources are destroyed as soon as it leaves `waiting`, so that it is completed once, whatever a
 * main loop runs meanwhile. */
typedef struct {
  GTask   *task;         /* owned; holds the connection */
  guint32  format;
  GSource *timer;        /* owned */
  GSource *cancelled;    /* owned; NULL without a cancellable */
} ClipboardWait;

struct _GvncClipboardSide {
  guint32    caps;                                /* what the server takes; 0: it has not said, or lacks the extension */
  gboolean   has_offer;                           /* the server has said what it has, */
  guint32    offered;                             /* namely this */
  guint32    asked;                               /* formats that are on their way, as far as we know */
  GBytes    *arrived[GVNC_CLIPBOARD_N_FORMATS];   /* owned: of the message that is being replayed, then unsolicited data */
  GQueue     waiting;                             /* ClipboardWait */
  GBytes    *text;                                /* owned: what set_text gave */
};

static guint
clipboard_index (guint32 format)
{
  return (guint) g_bit_nth_lsf (format, -1);
}

static gboolean
clipboard_is_one (guint32 format)
{
  return format != 0 && (format & (format - 1)) == 0 && (format & GVNC_CLIPBOARD_FORMATS) != 0;
}

static void
clipboard_wait_destroy_sources (gpointer data,
                                gpointer unused)
{
  ClipboardWait *wait = data;

  g_source_destroy (wait->timer);
  if (wait->cancelled != NULL)
    g_source_destroy (wait->cancelled);
}

static void
clipboard_wait_free (ClipboardWait *wait)
{
  g_source_unref (wait->timer);
  g_clear_pointer (&wait->cancelled, g_source_unref);
  g_object_unref (wait->task);
  g_free (wait);
}

/* Takes @error over; @data or @error is NULL. */
static void
clipboard_wait_complete (ClipboardWait *wait,
                         GBytes        *data,
                         GError        *error)
{
  if (error != NULL)
    g_task_return_error (wait->task, error);
  else
    g_task_return_pointer (wait->task, g_bytes_ref (data), (GDestroyNotify) g_bytes_unref);
  clipboard_wait_free (wait);
}

/* Takes out those that wait for one of @formats. */
static GQueue
clipboard_take_waiting (GvncClipboardSide *self,
                        guint32            formats)
{
  GQueue taken = G_QUEUE_INIT;

  for (GList *l = self->waiting.head, *next; l != NULL; l = next) {
    ClipboardWait *wait = l->data;

    next = l->next;
    if (wait->format & formats) {
      g_queue_unlink (&self->waiting, l);
      g_queue_push_tail_link (&taken, l);
    }
  }
  g_queue_foreach (&taken, clipboard_wait_destroy_sources, NULL);
  return taken;
}

/* Takes @error over. */
static void
clipboard_fail (GvncClipboardSide *self,
                guint32            formats,
                GError            *error)
{
  GQueue taken = clipboard_take_waiting (self, formats);
  ClipboardWait *wait;

  while ((wait = g_queue_pop_head (&taken)) != NULL)
    clipboard_wait_complete (wait, NULL, g_error_copy (error));
  g_error_free (error);
}

static void
clipboard_drop_arrived (GvncClipboardSide *self)
{
  for (guint i = 0; i < GVNC_CLIPBOARD_N_FORMATS; i++)
    g_clear_pointer (&self->arrived[i], g_bytes_unref);
}

GvncClipboardSide *
gvnc_clipboard_side_new (void)
{
  GvncClipboardSide *self = g_new0 (GvncClipboardSide, 1);

  g_queue_init (&self->waiting);
  return self;
}

void
gvnc_clipboard_side_free (GvncClipboardSide *self)
{
  /* Who waits holds the connection, so nobody does. */
  clipboard_drop_arrived (self);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_free (self);
}

static gboolean
clipboard_fail_idle (gpointer data)
{
  ClipboardWait *wait;

  while ((wait = g_queue_pop_head (data)) != NULL)
    clipboard_wait_complete (wait, NULL, g_error_new_literal (VNC_ERROR, VNC_ERROR_IO, _("The connection has ended")));
  return G_SOURCE_REMOVE;
}

void
gvnc_connection_clipboard_drop (VncConnection *conn)
{
  GvncClipboardSide *self = conn->priv->clipboard;
  gboolean had_formats = self->caps != 0;

  clipboard_drop_arrived (self);
  g_clear_pointer (&self->text, g_bytes_unref);
  self->caps = self->offered = self->asked = 0;
  self->has_offer = FALSE;
  /* Those who wait are told from the main loop, since a closing connection should call nobody. */
  if (!g_queue_is_empty (&self->waiting)) {
    GQueue *waiting = g_new (GQueue, 1);

    *waiting = clipboard_take_waiting (self, G_MAXUINT32);
    g_idle_add_full (G_PRIORITY_DEFAULT, clipboard_fail_idle, waiting, g_free);
  }
  if (had_formats)
    g_object_notify (G_OBJECT (conn), "clipboard-formats");
}

/* ---- what arrives ---- */

static void
clipboard_send (VncConnection   *conn,
                GvncCommandKind  kind,
                guint32          formats,
                GBytes          *data)
{
  GvncCommand *command = gvnc_command_new (kind, formats);

  command->data = data != NULL ? g_bytes_ref (data) : NULL;
  gvnc_connection_send_message (conn, command);
}

static void
clipboard_offered (VncConnection *conn,
                   guint32        formats)
{
  GvncClipboardSide *self = conn->priv->clipboard;

  self->has_offer = TRUE;
  self->offered = formats;
  g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_CLIPBOARD_OFFERED], 0, formats);
}

/* The server has something new. Who still waits for what is gone, waits in vain. */
static void
clipboard_notified (VncConnection *conn,
                    guint32        formats)
{
  GvncClipboardSide *self = conn->priv->clipboard;
  const GvncReplay *session = conn->priv->replay;

  clipboard_drop_arrived (self);
  self->asked &= formats;
  clipboard_fail (self, ~formats, g_error_new_literal (VNC_ERROR, VNC_ERROR_UNSUPPORTED,
                                                       _("The server's clipboard no longer holds this")));
  if (conn->priv->replay == session)
    clipboard_offered (conn, formats);
}

static void
clipboard_arrived (VncConnection   *conn,
                   const GvncEvent *event)
{
  GvncClipboardSide *self = conn->priv->clipboard;
  guint i = clipboard_index (event->number);

  g_clear_pointer (&self->arrived[i], g_bytes_unref);
  self->arrived[i] = g_bytes_ref (event->data);
}

/* A message with data is complete. Data that somebody asked for goes to whoever waits; other data is the server's way to
 * say that it has something new, and kept until it is fetched. */
static void
clipboard_provided (VncConnection *conn,
                    guint32        formats)
{
  GvncClipboardSide *self = conn->priv->clipboard;
  const GvncReplay *session = conn->priv->replay;
  guint32 answered = self->asked & formats;

  self->asked &= ~formats;
  if (answered == 0) {
    for (guint i = 0; i < GVNC_CLIPBOARD_N_FORMATS; i++)
      if (!(formats & 1u << i))
        g_clear_pointer (&self->arrived[i], g_bytes_unref);
    if (formats != 0)
      clipboard_offered (conn, formats);
    return;
  }
  for (guint i = 0; i < GVNC_CLIPBOARD_N_FORMATS && conn->priv->replay == session; i++)
    if (answered & 1u << i) {
      g_autoptr (GBytes) data = g_steal_pointer (&self->arrived[i]);
      GQueue taken = clipboard_take_waiting (self, 1u << i);
      ClipboardWait *wait;

      while ((wait = g_queue_pop_head (&taken)) != NULL)
        clipboard_wait_complete (wait, data, NULL);
    }
}

static void
clipboard_refused (VncConnection   *conn,
                   const GvncEvent *event)
{
  GvncClipboardSide *self = conn->priv->clipboard;
  gsize len;
  const char *text = g_bytes_get_data (event->data, &len);
  g_autofree char *sentence = g_strndup (text, len);

  self->asked &= ~event->number;
  clipboard_fail (self, event->number, g_error_new_literal (VNC_ERROR, VNC_ERROR_PROTOCOL, sentence));
}

/* The server waits for @formats. */
static void
clipboard_requested (VncConnection *conn,
                     guint32        formats)
{
  guint signal = gvnc_connection_signals[VNC_SIGNAL_CLIPBOARD_REQUESTED];
  const GvncReplay *session = conn->priv->replay;

  for (guint i = 0; i < GVNC_CLIPBOARD_N_FORMATS && conn->priv->replay == session; i++) {
    GvncClipboardSide *self = conn->priv->clipboard;
    guint32 format = formats & 1u << i;

    if (format == 0)
      continue;
    if (format == GVNC_CLIPBOARD_TEXT && self->text != NULL)
      clipboard_send (conn, GVNC_COMMAND_CLIPBOARD_PROVIDE, format, self->text);
    else if (g_signal_has_handler_pending (conn, signal, 0, FALSE))
      g_signal_emit (conn, signal, 0, format);
    else
      clipboard_send (conn, GVNC_COMMAND_CLIPBOARD_PROVIDE, format, NULL);
  }
}

void
gvnc_connection_clipboard_event (VncConnection   *conn,
                                 const GvncEvent *event)
{
  GvncClipboardSide *self = conn->priv->clipboard;

  switch (event->kind) {
  case GVNC_EVENT_CLIPBOARD_CAPS:
    if (self->caps == event->number)
      break;
    self->caps = event->number;
    g_object_notify (G_OBJECT (conn), "clipboard-formats");
    break;
  case GVNC_EVENT_CLIPBOARD_OFFERED:
    clipboard_notified (conn, event->number);
    break;
  case GVNC_EVENT_CLIPBOARD_REQUESTED:
    clipboard_requested (conn, event->number);
    break;
  case GVNC_EVENT_CLIPBOARD_DATA:
    clipboard_arrived (conn, event);
    break;
  case GVNC_EVENT_CLIPBOARD_REFUSED:
    clipboard_refused (conn, event);
    break;
  case GVNC_EVENT_CLIPBOARD_PROVIDED:
    clipboard_provided (conn, event->number);
    break;
  default:
    break;
  }
}

/* ---- the switch ---- */

GBytes *
gvnc_connection_clipboard_encodings (VncConnection *conn,
                                     const GArray  *encodings)
{
  const gint32 ours = GVNC_RFB_ENCODING_EXTENDED_CLIPBOARD;
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) encodings->data, encodings->len * sizeof ours);
  if (conn->priv->extended_clipboard && encodings->len < G_MAXUINT16)
    g_byte_array_append (bytes, (const guint8 *) &ours, sizeof ours);
  return g_byte_array_free_to_bytes (bytes);
}

/**
 * vnc_connection_set_extended_clipboard:
 * @conn: the connection
 * @extended: %TRUE to use the extension
 *
 * Sets the property [property@Connection:extended-clipboard].
 *
 * Since: 2.0
 */
void
vnc_connection_set_extended_clipboard (VncConnection *conn,
                                       gboolean       extended)
{
  VncConnectionPrivate *priv;

  g_return_if_fail (VNC_IS_CONNECTION (conn));

  priv = conn->priv;
  if (priv->extended_clipboard == !!extended)
    return;
  priv->extended_clipboard = !!extended;
  gvnc_connection_send_encodings (conn);
  g_object_notify (G_OBJECT (conn), "extended-clipboard");
}

/**
 * vnc_connection_get_extended_clipboard:
 * @conn: the connection
 *
 * Gets the property [property@Connection:extended-clipboard].
 *
 * Returns: %TRUE when the extension is asked for
 *
 * Since: 2.0
 */
gboolean
vnc_connection_get_extended_clipboard (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  return conn->priv->extended_clipboard;
}

/**
 * vnc_connection_get_clipboard_formats:
 * @conn: the connection
 *
 * Gets which formats the server takes; see [property@Connection:clipboard-formats].
 *
 * Returns: the formats, or 0 when the server lacks the extension or has not announced it yet
 *
 * Since: 2.0
 */
VncClipboardFormats
vnc_connection_get_clipboard_formats (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), 0);

  return conn->priv->clipboard->caps & GVNC_CLIPBOARD_FORMATS;
}

/* ---- from the server ---- */

static void
clipboard_wait_ends (ClipboardWait *wait)
{
  VncConnection *conn = g_task_get_source_object (wait->task);

  g_queue_remove (&conn->priv->clipboard->waiting, wait);
  clipboard_wait_destroy_sources (wait, NULL);
}

static gboolean
clipboard_timed_out (gpointer data)
{
  ClipboardWait *wait = data;

  clipboard_wait_ends (wait);
  clipboard_wait_complete (wait, NULL,
                           g_error_new (VNC_ERROR, VNC_ERROR_TIMED_OUT,
                                        _("The server did not send its clipboard within %u seconds"),
                                        gvnc_connection_clipboard_s));
  return G_SOURCE_REMOVE;
}

static gboolean
clipboard_cancelled (GCancellable *cancellable,
                     gpointer      data)
{
  ClipboardWait *wait = data;
  GError *error = NULL;

  g_cancellable_set_error_if_cancelled (cancellable, &error);
  clipboard_wait_ends (wait);
  clipboard_wait_complete (wait, NULL, error);
  return G_SOURCE_REMOVE;
}

static void
clipboard_wait (VncConnection *conn,
                GTask         *task,
                guint32        format)
{
  GvncClipboardSide *self = conn->priv->clipboard;
  GCancellable *cancellable = g_task_get_cancellable (task);
  ClipboardWait *wait = g_new0 (ClipboardWait, 1);

  wait->task = g_object_ref (task);
  wait->format = format;
  wait->timer = g_timeout_source_new_seconds (gvnc_connection_clipboard_s);
  g_source_set_name (wait->timer, "gvnc-clipboard-timer");
  g_source_set_callback (wait->timer, clipboard_timed_out, wait, NULL);
  g_source_attach (wait->timer, g_task_get_context (task));
  if (cancellable != NULL) {
    wait->cancelled = g_cancellable_source_new (cancellable);
    g_source_set_callback (wait->cancelled, G_SOURCE_FUNC (clipboard_cancelled), wait, NULL);
    g_source_attach (wait->cancelled, g_task_get_context (task));
  }
  g_queue_push_tail (&self->waiting, wait);
}

/* Why @format cannot be had, or NULL. */
static GError *
clipboard_why_not (VncConnection *conn,
                   guint32        format)
{
  GvncClipboardSide *self = conn->priv->clipboard;

  if (!conn->priv->initialized)
    return g_error_new_literal (VNC_ERROR, VNC_ERROR_IO, _("There is no session"));
  if (self->caps == 0)
    return g_error_new_literal (VNC_ERROR, VNC_ERROR_UNSUPPORTED, _("The server does not have an extended clipboard"));
  if ((self->caps & GVNC_CLIPBOARD_REQUEST) == 0)
    return g_error_new_literal (VNC_ERROR, VNC_ERROR_UNSUPPORTED, _("The server's clipboard cannot be asked for"));
  if (self->has_offer && (self->offered & format) == 0)
    return g_error_new_literal (VNC_ERROR, VNC_ERROR_UNSUPPORTED, _("The server's clipboard does not hold this"));
  return NULL;
}

/**
 * vnc_connection_clipboard_request_async:
 * @conn: the connection
 * @format: one format
 * @cancellable: (nullable): to give up earlier
 * @callback: (scope async): called when it is there, or will not come
 * @user_data: for @callback
 *
 * Asks for what is on the server's clipboard.
 *
 * Most servers say what they have with [signal@Connection::vnc-clipboard-offered] first. A server that does not answer is
 * given up after ten seconds; when the connection ends, the request does too.
 *
 * Since: 2.0
 */
void
vnc_connection_clipboard_request_async (VncConnection       *conn,
                                        VncClipboardFormats  format,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GvncClipboardSide *self;
  GBytes *here;
  GError *error;

  g_return_if_fail (VNC_IS_CONNECTION (conn));
  g_return_if_fail (clipboard_is_one (format));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  self = conn->priv->clipboard;
  task = g_task_new (conn, cancellable, callback, user_data);
  if (g_task_return_error_if_cancelled (task))
    return;
  here = self->arrived[clipboard_index (format)];
  if (here != NULL) {
    g_task_return_pointer (task, g_bytes_ref (here), (GDestroyNotify) g_bytes_unref);
    return;
  }
  error = clipboard_why_not (conn, format);
  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }
  /* One message serves all who wait for it. */
  if ((self->asked & format) == 0 || g_queue_is_empty (&self->waiting))
    clipboard_send (conn, GVNC_COMMAND_CLIPBOARD_REQUEST, format, NULL);
  self->asked |= format;
  clipboard_wait (conn, task, format);
}

/**
 * vnc_connection_clipboard_request_finish:
 * @conn: the connection
 * @result: what the callback got
 * @error: return location of a [error@Error], or of %G_IO_ERROR_CANCELLED
 *
 * Gets what [method@Connection.clipboard_request_async] has asked for.
 *
 * Returns: (transfer full): the data; a text is valid UTF-8 with LF between lines and holds no zero
 *
 * Since: 2.0
 */
GBytes *
vnc_connection_clipboard_request_finish (VncConnection  *conn,
                                         GAsyncResult   *result,
                                         GError        **error)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), NULL);
  g_return_val_if_fail (g_task_is_valid (result, conn), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- to the server ---- */

/**
 * vnc_connection_clipboard_offer:
 * @conn: the connection
 * @formats: what there is; 0 for nothing
 *
 * Tells the server that something was copied here.
 *
 * When somebody there wants to have it, or at once when the server takes it unasked,
 * [signal@Connection::vnc-clipboard-requested] asks for it. A server without the extension is told nothing.
 *
 * Since: 2.0
 */
void
vnc_connection_clipboard_offer (VncConnection       *conn,
                                VncClipboardFormats  formats)
{
  g_return_if_fail (VNC_IS_CONNECTION (conn));

  g_clear_pointer (&conn->priv->clipboard->text, g_bytes_unref);
  clipboard_send (conn, GVNC_COMMAND_CLIPBOARD_OFFER, formats & GVNC_CLIPBOARD_FORMATS, NULL);
}

static gboolean
clipboard_check_size (gsize     len,
                      guint32   format,
                      GError  **error)
{
  if (len > gvnc_clipboard_ceiling (format))
    return gvnc_limit_error (error, _("The clipboard holds %zu bytes; at most %zu can be sent"),
                             len, gvnc_clipboard_ceiling (format));
  return TRUE;
}

static gboolean
clipboard_check_text (const char  *text,
                      gsize        len,
                      GError     **error)
{
  const char *bad;

  if (!g_utf8_validate_len (text, len, &bad))
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The text is no UTF-8 at byte %zu"),
                           (gsize) (bad - text));
  return TRUE;
}

/**
 * vnc_connection_clipboard_provide:
 * @conn: the connection
 * @format: one format
 * @data: (nullable): the data, a text in UTF-8 with LF between lines; %NULL when there is none after all
 * @error: return location of a [error@Error]
 *
 * Answers [signal@Connection::vnc-clipboard-requested], inside of its handler or later.
 *
 * Each request is to be answered, be it with %NULL: the server gets the formats that it has asked for together.
 *
 * Returns: %FALSE when the data is too large or a text is no UTF-8, which counts as %NULL
 *
 * Since: 2.0
 */
gboolean
vnc_connection_clipboard_provide (VncConnection        *conn,
                                  VncClipboardFormats   format,
                                  GBytes               *data,
                                  GError              **error)
{
  gboolean good = TRUE;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);
  g_return_val_if_fail (clipboard_is_one (format), FALSE);

  if (data != NULL) {
    gsize len;
    const char *bytes = g_bytes_get_data (data, &len);

    good = clipboard_check_size (len, format, error) &&
           (format != VNC_CLIPBOARD_FORMAT_TEXT || len == 0 || clipboard_check_text (bytes, len, error));
  }
  clipboard_send (conn, GVNC_COMMAND_CLIPBOARD_PROVIDE, format, good ? data : NULL);
  return good;
}

/* Sends cut text in ISO 8859-1, which has no more characters than Unicode's first 256, and LF between lines. */
static gboolean
clipboard_send_latin1 (VncConnection  *conn,
                       const char     *text,
                       gsize           len,
                       GError        **error)
{
  GByteArray *latin1 = g_byte_array_sized_new ((guint) len);
  GvncCommand *command;

  for (const char *p = text; p < text + len; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    guint8 byte = (guint8) c;

    if (c > 0xff) {
      g_byte_array_unref (latin1);
      return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                             _("The server takes text in ISO 8859-1 only, which does not have the character U+%04X"), c);
    }
    if (c == '\r' && p[1] == '\n')
      continue;
    g_byte_array_append (latin1, &byte, 1);
  }
  command = gvnc_command_new (GVNC_COMMAND_CUT_TEXT, 0);
  command->data = g_byte_array_free_to_bytes (latin1);
  gvnc_connection_send_message (conn, command);
  return TRUE;
}

/**
 * vnc_connection_clipboard_set_text:
 * @conn: the connection
 * @text: a text in UTF-8
 * @error: return location of a [error@Error]
 *
 * Tells the server that a text was copied here, and gives it the text when it asks for it.
 *
 * A server without the extension gets the text in ISO 8859-1 at once, if all its characters exist there; otherwise this is
 * %VNC_ERROR_UNSUPPORTED and the server gets nothing. A server may announce the extension only after the session has begun;
 * a text that was set before is then offered.
 *
 * Returns: %FALSE when the server was not told
 *
 * Since: 2.0
 */
gboolean
vnc_connection_clipboard_set_text (VncConnection  *conn,
                                   const char     *text,
                                   GError        **error)
{
  GvncClipboardSide *self;
  gsize len;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  self = conn->priv->clipboard;
  len = strlen (text);
  if (!conn->priv->initialized)
    return gvnc_set_error (error, GVNC_ERROR_IO, "%s", _("There is no session"));
  if (!clipboard_check_size (len, VNC_CLIPBOARD_FORMAT_TEXT, error) || !clipboard_check_text (text, len, error))
    return FALSE;
  g_clear_pointer (&self->text, g_bytes_unref);
  self->text = g_bytes_new (text, len);
  clipboard_send (conn, GVNC_COMMAND_CLIPBOARD_OFFER, VNC_CLIPBOARD_FORMAT_TEXT, NULL);
  return (self->caps & VNC_CLIPBOARD_FORMAT_TEXT) != 0 || clipboard_send_latin1 (conn, text, len, error);
}
