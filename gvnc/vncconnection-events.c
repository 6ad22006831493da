/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncconnection-private.h"

#include "session/limits.h"
#include "vncpixelformat-private.h"

#include <string.h>

/* What arrives from the engine becomes the object's state, and then a signal. A handler may close the connection, open
 * it again, or drop the object's last reference but the replay's: after an emission nothing may be taken for granted. */

static void
events_emit (VncConnection       *conn,
             VncConnectionSignal  signal)
{
  g_signal_emit (conn, gvnc_connection_signals[signal], 0);
}

/* The bytes as a string; what comes behind a zero is lost, as in all of GObject. */
static char *
events_text (const GvncEvent *event)
{
  gsize len;
  const char *text = g_bytes_get_data (event->data, &len);

  return g_strndup (text != NULL ? text : "", len);
}

/* Names are shown to people and cross into bindings: they become valid UTF-8. */
static void
events_set_name (VncConnection   *conn,
                 const GvncEvent *event)
{
  g_autofree char *text = events_text (event);

  g_free (conn->priv->name);
  conn->priv->name = g_utf8_make_valid (text, -1);
}

static void
events_set_format (VncConnection   *conn,
                   const GvncEvent *event)
{
  gvnc_pixel_format_to_public (&event->format, &conn->priv->format);
  gvnc_painter_set_format (conn->priv->painter, &event->format);
}

static void
events_initialized (VncConnection   *conn,
                    const GvncEvent *event)
{
  VncConnectionPrivate *priv = conn->priv;

  priv->width = event->rect.width;
  priv->height = event->rect.height;
  priv->initialized = TRUE;
  events_set_name (conn, event);
  gvnc_painter_reset_colours (priv->painter);
  events_set_format (conn, event);
  gvnc_connection_reconnect_begun (conn);
  events_emit (conn, VNC_SIGNAL_INITIALIZED);
  if (priv->initialized)
    gvnc_connection_opening_done (conn);
}

static void
events_update_end (VncConnection   *conn,
                   const GvncEvent *event)
{
  VncConnectionPrivate *priv = conn->priv;
  const GvncReplay *replay = priv->replay;

  if (priv->encoding != (gint) event->number) {
    priv->encoding = (gint) event->number;
    g_object_notify (G_OBJECT (conn), "encoding");
  }
  /* A handler may have closed the connection. */
  if (priv->replay == replay)
    events_emit (conn, VNC_SIGNAL_FRAMEBUFFER_UPDATE_END);
}

static void
events_resize (VncConnection   *conn,
               const GvncEvent *event)
{
  conn->priv->width = event->rect.width;
  conn->priv->height = event->rect.height;
  g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_DESKTOP_RESIZE], 0,
                 (gint) event->rect.width, (gint) event->rect.height);
}

static void
events_cursor (VncConnection   *conn,
               const GvncEvent *event)
{
  VncConnectionPrivate *priv = conn->priv;

  g_clear_object (&priv->cursor);
  if (event->data != NULL) {
    gsize len;
    const guint8 *rgba = g_bytes_get_data (event->data, &len);
    guint8 *copy = g_malloc (len);

    memcpy (copy, rgba, len);
    priv->cursor = vnc_cursor_new (copy, event->rect.x, event->rect.y, event->rect.width, event->rect.height);
  }
  if (!priv->cursor_hidden)
    g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_CURSOR_CHANGED], 0, priv->cursor);
}

/* A hidden shape is told as none. */
static void
events_cursor_visible (VncConnection   *conn,
                       const GvncEvent *event)
{
  VncConnectionPrivate *priv = conn->priv;
  gboolean hidden = event->number == 0;

  if (hidden == priv->cursor_hidden)
    return;
  priv->cursor_hidden = hidden;
  if (priv->cursor != NULL)
    g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_CURSOR_CHANGED], 0, hidden ? NULL : priv->cursor);
}

static void
events_cursor_moved (VncConnection   *conn,
                     const GvncEvent *event)
{
  VncConnectionPrivate *priv = conn->priv;

  priv->cursor_moved = TRUE;
  priv->cursor_x = event->rect.x;
  priv->cursor_y = event->rect.y;
  g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_CURSOR_MOVED], 0, (gint) priv->cursor_x, (gint) priv->cursor_y);
}

static void
events_power_control (VncConnection   *conn,
                      const GvncEvent *event)
{
  if (event->number == 0) {
    events_emit (conn, VNC_SIGNAL_POWER_CONTROL_FAILED);
  } else {
    conn->priv->power_control = TRUE;
    events_emit (conn, VNC_SIGNAL_POWER_CONTROL_INITIALIZED);
  }
}

void
gvnc_connection_end (VncConnection *conn,
                     guint32        code,
                     const char    *reason)
{
  GvncReplay *replay = conn->priv->replay;

  g_object_ref (conn);
  conn->priv->has_error = TRUE;
  gvnc_connection_opening_failed (conn, code, reason);
  g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_ERROR], 0, reason);
  if (conn->priv->replay == replay)
    vnc_connection_shutdown (conn);
  g_object_unref (conn);
}

/* The connection ends because of this. */
static void
events_error (VncConnection   *conn,
              const GvncEvent *event)
{
  g_autofree char *text = events_text (event);

  if ((event->rect.x != 0 && gvnc_connection_fallback_failed (conn, event->number, text)) ||
      gvnc_connection_reconnect_lost (conn, event->number))
    return;
  conn->priv->has_error = TRUE;
  gvnc_connection_opening_failed (conn, event->number, text);
  g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_ERROR], 0, text);
}

static void
events_text_signal (VncConnection       *conn,
                    VncConnectionSignal  signal,
                    const GvncEvent     *event)
{
  g_autofree char *text = events_text (event);

  g_signal_emit (conn, gvnc_connection_signals[signal], 0, text);
}

/* The zero behind the bytes makes them a string, and the signal's scope is this call: nothing is copied. */
static void
events_cut_text (VncConnection   *conn,
                 const GvncEvent *event)
{
  const char *text = g_bytes_get_data (event->data, NULL);

  g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_SERVER_CUT_TEXT], 0, text != NULL ? text : "");
}

static void
events_colours (VncConnection   *conn,
                const GvncEvent *event)
{
  gsize len;
  const guint16 *rgb = g_bytes_get_data (event->data, &len);

  gvnc_painter_set_colours (conn->priv->painter, event->number, (guint) (len / (3 * sizeof (guint16))), rgb);
}

/* All that came before it is drawn. */
static void
events_fence (VncConnection   *conn,
              const GvncEvent *event)
{
  GvncCommand *command = gvnc_command_new (GVNC_COMMAND_FENCE, event->number);

  command->data = g_bytes_ref (event->data);
  gvnc_connection_send_message (conn, command);
}

static void
events_take (gpointer         receiver,
             const GvncEvent *event)
{
  VncConnection *conn = receiver;
  VncConnectionPrivate *priv = conn->priv;

  switch (event->kind) {
  case GVNC_EVENT_CONNECTED:
    events_emit (conn, VNC_SIGNAL_CONNECTED);
    break;
  case GVNC_EVENT_AUTH_TYPES:
    gvnc_connection_auth_offer (conn, event->numbers);
    break;
  case GVNC_EVENT_AUTH_SUBTYPES:
    gvnc_connection_auth_offer_subtypes (conn, event->number, event->numbers);
    break;
  case GVNC_EVENT_CERTIFICATE:
    gvnc_connection_trust_certificate (conn, event);
    break;
  case GVNC_EVENT_WEAK:
    gvnc_connection_trust_weak (conn, event);
    break;
  case GVNC_EVENT_SECURED:
    gvnc_connection_trust_secured (conn, event);
    break;
  case GVNC_EVENT_AUTH_CREDENTIALS:
    gvnc_connection_auth_ask (conn, event->numbers);
    break;
  case GVNC_EVENT_AUTH_UNSUPPORTED:
    g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_AUTH_UNSUPPORTED], 0, event->number);
    break;
  case GVNC_EVENT_AUTH_FAILURE:
    if (priv->has_error)
      events_text_signal (conn, VNC_SIGNAL_AUTH_FAILURE, event);
    break;
  case GVNC_EVENT_INITIALIZED:
    events_initialized (conn, event);
    break;
  case GVNC_EVENT_FORMAT:
    gvnc_painter_set_format (priv->painter, &event->format);
    break;
  case GVNC_EVENT_FORMAT_CHANGED:
    events_set_format (conn, event);
    g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_PIXEL_FORMAT_CHANGED], 0, &priv->format);
    break;
  case GVNC_EVENT_COLOURS:
    events_colours (conn, event);
    break;
  case GVNC_EVENT_UPDATE_END:
    events_update_end (conn, event);
    break;
  case GVNC_EVENT_DESKTOP_SIZE:
    events_resize (conn, event);
    break;
  case GVNC_EVENT_SCREENS:
    gvnc_connection_screens_take (conn, event);
    break;
  case GVNC_EVENT_DESKTOP_NAME:
    events_set_name (conn, event);
    g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_DESKTOP_RENAME], 0, priv->name);
    break;
  case GVNC_EVENT_CURSOR:
    events_cursor (conn, event);
    break;
  case GVNC_EVENT_CURSOR_VISIBLE:
    events_cursor_visible (conn, event);
    break;
  case GVNC_EVENT_CURSOR_MOVED:
    events_cursor_moved (conn, event);
    break;
  case GVNC_EVENT_POINTER_MODE:
    priv->abs_pointer = event->number != 0;
    g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_POINTER_MODE_CHANGED], 0, priv->abs_pointer);
    break;
  case GVNC_EVENT_EXTENDED_KEY:
    priv->ext_key_event = TRUE;
    break;
  case GVNC_EVENT_EXTENDED_BUTTONS:
    priv->extended_buttons = TRUE;
    break;
  case GVNC_EVENT_LED_STATE:
    priv->ledstate = (gint) event->number;
    priv->has_ledstate = TRUE;
    events_emit (conn, VNC_SIGNAL_LED_STATE);
    break;
  case GVNC_EVENT_POWER_CONTROL:
    events_power_control (conn, event);
    break;
  case GVNC_EVENT_BELL:
    events_emit (conn, VNC_SIGNAL_BELL);
    break;
  case GVNC_EVENT_CUT_TEXT:
    events_cut_text (conn, event);
    break;
  case GVNC_EVENT_LINK:
    gvnc_connection_quality_link (conn, event->number, (gint) event->rect.x - 1);
    break;
  case GVNC_EVENT_CLIPBOARD_CAPS:
  case GVNC_EVENT_CLIPBOARD_OFFERED:
  case GVNC_EVENT_CLIPBOARD_REQUESTED:
  case GVNC_EVENT_CLIPBOARD_DATA:
  case GVNC_EVENT_CLIPBOARD_REFUSED:
  case GVNC_EVENT_CLIPBOARD_PROVIDED:
    gvnc_connection_clipboard_event (conn, event);
    break;
  case GVNC_EVENT_FENCE:
    events_fence (conn, event);
    break;
  case GVNC_EVENT_AUDIO_AVAILABLE:
  case GVNC_EVENT_AUDIO_START:
  case GVNC_EVENT_AUDIO_DATA:
  case GVNC_EVENT_AUDIO_STOP:
    gvnc_connection_audio_event (conn, event);
    break;
  case GVNC_EVENT_ERROR:
    events_error (conn, event);
    break;
  case GVNC_EVENT_CLOSED:
    if (gvnc_connection_reconnect_closed (conn))
      break;
    gvnc_connection_close (conn);
    gvnc_connection_say_disconnected (conn);
    break;
  }
}

static void
events_rect (gpointer        receiver,
             const GvncRect *rect)
{
  g_signal_emit (receiver, gvnc_connection_signals[VNC_SIGNAL_FRAMEBUFFER_UPDATE], 0,
                 (gint) rect->x, (gint) rect->y, (gint) rect->width, (gint) rect->height);
}

static gboolean
events_draw (gpointer      receiver,
             const GvncOp *op,
             guint        *row,
             guint         max_pixels)
{
  VncConnection *conn = receiver;
  gboolean complete;

  if (gvnc_painter_is_direct (conn->priv->painter))
    return gvnc_painter_draw (conn->priv->painter, op, row, max_pixels);

  /* An application's framebuffer may do anything in its methods. */
  g_object_ref (conn);
  complete = gvnc_painter_draw (conn->priv->painter, op, row, max_pixels);
  g_object_unref (conn);
  return complete;
}

static void
events_hold (gpointer receiver)
{
  g_object_ref (receiver);
}

static void
events_release (gpointer receiver)
{
  g_object_unref (receiver);
}

const GvncReplayFuncs gvnc_connection_replay_funcs = {
  .hold = events_hold,
  .release = events_release,
  .draw = events_draw,
  .rect = events_rect,
  .event = events_take,
};
