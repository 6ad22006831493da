/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncconnection-private.h"

/* What the link can do, and what is asked of the server because of it. With VncConnection:auto-quality the encodings
 * that the application has set are sent with another quality whenever the link turns out to be better or worse; its
 * pixel format gives way to one of eight bits on the slowest links, which the painter converts from. */

/* Eight bits, as in the lowest depth of VncDisplay that still shows colours. */
static const GvncPixelFormat few_colours = {
  .bits_per_pixel = 8, .depth = 8, .true_colour = TRUE,
  .red_max = 7, .green_max = 7, .blue_max = 3,
  .red_shift = 5, .green_shift = 2, .blue_shift = 0,
};

/* Before anything was measured: no losses. A slow link is found out in the middle of the first picture. */
#define FIRST_LEVEL 0

void
gvnc_connection_quality_reset (VncConnection *conn)
{
  VncConnectionPrivate *priv = conn->priv;

  g_clear_pointer (&priv->encodings, g_array_unref);
  priv->quality = (GvncQualityState) { .level = FIRST_LEVEL, .proposed = FIRST_LEVEL };
  priv->few_colours = FALSE;
  priv->bandwidth_kbit = 0;
  priv->latency_ms = -1;
  priv->encoding = -1;
}

void
gvnc_connection_send_encodings (VncConnection *conn)
{
  VncConnectionPrivate *priv = conn->priv;
  GvncCommand *command;
  GArray *encodings;

  if (priv->encodings == NULL)
    return;
  if (priv->auto_quality)
    encodings = gvnc_quality_apply (gvnc_quality_get (priv->quality.level),
                                    (const gint32 *) (gpointer) priv->encodings->data, priv->encodings->len);
  else
    encodings = g_array_ref (priv->encodings);
  command = gvnc_command_new (GVNC_COMMAND_ENCODINGS, 0);
  command->data = gvnc_connection_clipboard_encodings (conn, encodings);
  g_array_unref (encodings);
  gvnc_connection_send_message (conn, command);
}

void
gvnc_connection_send_pixel_format (VncConnection *conn)
{
  GvncCommand *command = gvnc_command_new (GVNC_COMMAND_PIXEL_FORMAT, 0);

  if (conn->priv->few_colours)
    command->format = few_colours;
  else
    gvnc_pixel_format_from_public (&command->format, &conn->priv->format);
  gvnc_connection_send_message (conn, command);
}

/* Sends what the level, or the lack of one, asks for. */
static void
quality_send (VncConnection *conn)
{
  VncConnectionPrivate *priv = conn->priv;
  gboolean few = priv->auto_quality && gvnc_quality_get (priv->quality.level)->few_colours;

  gvnc_connection_send_encodings (conn);
  if (few == priv->few_colours)
    return;
  priv->few_colours = few;
  gvnc_connection_send_pixel_format (conn);
  /* What was drawn with few colours comes again with all of them. */
  if (!few)
    vnc_connection_framebuffer_update_request (conn, FALSE, 0, 0, priv->width, priv->height);
}

void
gvnc_connection_quality_link (VncConnection *conn,
                              guint          bandwidth_kbit,
                              gint           latency_ms)
{
  VncConnectionPrivate *priv = conn->priv;
  GObject *object = G_OBJECT (conn);
  gboolean measured = bandwidth_kbit > 0 && bandwidth_kbit != priv->bandwidth_kbit;

  g_object_freeze_notify (object);
  if (measured) {
    priv->bandwidth_kbit = bandwidth_kbit;
    g_object_notify (object, "bandwidth");
  }
  if (latency_ms != priv->latency_ms) {
    priv->latency_ms = latency_ms;
    g_object_notify (object, "latency");
  }
  if (measured && gvnc_quality_measure (&priv->quality, bandwidth_kbit, latency_ms) && priv->auto_quality)
    quality_send (conn);
  g_object_thaw_notify (object);
}

/**
 * vnc_connection_set_auto_quality:
 * @conn: the connection
 * @auto_quality: %TRUE to let the connection choose
 *
 * Sets [property@Connection:auto-quality].
 *
 * Since: 2.0
 */
void
vnc_connection_set_auto_quality (VncConnection *conn,
                                 gboolean       auto_quality)
{
  g_return_if_fail (VNC_IS_CONNECTION (conn));

  if (conn->priv->auto_quality == !!auto_quality)
    return;
  conn->priv->auto_quality = !!auto_quality;
  quality_send (conn);
  g_object_notify (G_OBJECT (conn), "auto-quality");
}

/**
 * vnc_connection_get_auto_quality:
 * @conn: the connection
 *
 * Gets [property@Connection:auto-quality].
 *
 * Returns: %TRUE when the connection chooses
 *
 * Since: 2.0
 */
gboolean
vnc_connection_get_auto_quality (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  return conn->priv->auto_quality;
}

/**
 * vnc_connection_get_bandwidth:
 * @conn: the connection
 *
 * Gets [property@Connection:bandwidth].
 *
 * Returns: thousands of bits a second; 0 before there was enough to measure
 *
 * Since: 2.0
 */
guint
vnc_connection_get_bandwidth (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), 0);

  return conn->priv->bandwidth_kbit;
}

/**
 * vnc_connection_get_latency:
 * @conn: the connection
 *
 * Gets [property@Connection:latency].
 *
 * Returns: milliseconds; -1 when unknown
 *
 * Since: 2.0
 */
int
vnc_connection_get_latency (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), -1);

  return conn->priv->latency_ms;
}
