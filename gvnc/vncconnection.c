/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncconnection-private.h"

#include "session/limits.h"
#include "vncclipboard.h"
#include "vncconnectionenums.h"
#include "vncpixelformat-private.h"

/**
 * VncConnection:
 *
 * A connection to a VNC server.
 *
 * The object lives on the thread that runs the default main context; all signals are emitted and all methods of a
 * framebuffer are called there. Networking and decoding happen on a thread of the connection's own, so that no call
 * blocks. A connection is opened with [method@Connection.open_host] or one of its relatives, ends with
 * [signal@Connection::vnc-disconnected], and may then be opened again. Dropping the last reference closes it.
 *
 * Calls that send something to the server succeed without effect as long as there is no session.
 */

enum {
  PROP_0,
  PROP_FRAMEBUFFER,
  PROP_AUTO_QUALITY,
  PROP_BANDWIDTH,
  PROP_LATENCY,
  PROP_ENCODING,
  PROP_EXTENDED_CLIPBOARD,
  PROP_CLIPBOARD_FORMATS,
  PROP_LINK_FIRST,
  PROP_LINK_LAST = PROP_LINK_FIRST + GVNC_N_LINK_PROPS - 1,
  PROP_TRUST_FIRST,
  PROP_TRUST_LAST = PROP_TRUST_FIRST + GVNC_N_TRUST_PROPS - 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_TYPE_WITH_PRIVATE (VncConnection, vnc_connection, G_TYPE_OBJECT)

/* ---- state ---- */

void
gvnc_connection_drop (VncConnection *conn)
{
  VncConnectionPrivate *priv = conn->priv;
  g_autoptr (VncCredentialRequest) request = g_steal_pointer (&priv->auth_request);
  GvncOpening *opening = g_steal_pointer (&priv->opening);

  g_clear_pointer (&priv->replay, gvnc_replay_stop);
  priv->initialized = FALSE;
  priv->has_error = FALSE;
  priv->width = priv->height = 0;
  g_clear_pointer (&priv->name, g_free);
  g_clear_pointer (&priv->host, g_free);
  priv->format = (VncPixelFormat) { 0 };
  g_clear_object (&priv->cursor);
  priv->cursor_hidden = FALSE;
  priv->cursor_moved = FALSE;
  priv->has_ledstate = FALSE;
  priv->ext_key_event = FALSE;
  priv->extended_buttons = FALSE;
  priv->ledstate = 0;
  priv->power_control = FALSE;
  gvnc_connection_screens_clear (conn);
  gvnc_connection_quality_reset (conn);
  gvnc_connection_auth_clear (conn);
  gvnc_connection_trust_clear (conn);
  /* These call others, who may open the connection again right there: nothing of the session is left. */
  gvnc_connection_clipboard_drop (conn);
  gvnc_connection_audio_drop (conn);
  if (request != NULL)
    gvnc_credential_request_close (request);
  if (opening != NULL)
    gvnc_opening_ended (opening);
}

void
gvnc_connection_send (VncConnection *conn,
                      GvncCommand   *command)
{
  if (conn->priv->replay != NULL)
    gvnc_engine_send (gvnc_replay_get_engine (conn->priv->replay), command);
  else
    gvnc_command_free (command);
}

void
gvnc_connection_send_message (VncConnection *conn,
                              GvncCommand   *command)
{
  if (conn->priv->initialized)
    gvnc_connection_send (conn, command);
  else
    gvnc_command_free (command);
}

void
gvnc_connection_say_disconnected (VncConnection *conn)
{
  g_autoptr (GSource) source = g_steal_pointer (&conn->priv->disconnect_source);

  if (source == NULL)
    return;
  g_object_ref (conn);
  g_source_destroy (source);
  g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_DISCONNECTED], 0);
  g_object_unref (conn);
}

static gboolean
connection_disconnect_idle (gpointer data)
{
  gvnc_connection_say_disconnected (data);
  return G_SOURCE_REMOVE;
}

void
gvnc_connection_close (VncConnection *conn)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_name (source, "gvnc-disconnected");
  g_source_set_callback (source, connection_disconnect_idle, g_object_ref (conn), g_object_unref);
  g_source_attach (source, NULL);
  /* It is there first: who opens again meanwhile has the end of this session said before. */
  conn->priv->disconnect_source = source;
  gvnc_connection_reconnect_clear (conn);
  gvnc_connection_drop (conn);
}

/* ---- object ---- */

static void
connection_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  VncConnection *conn = VNC_CONNECTION (object);

  switch (prop_id) {
  case PROP_FRAMEBUFFER:
    g_value_set_object (value, conn->priv->framebuffer);
    break;
  case PROP_AUTO_QUALITY:
    g_value_set_boolean (value, conn->priv->auto_quality);
    break;
  case PROP_BANDWIDTH:
    g_value_set_uint (value, conn->priv->bandwidth_kbit);
    break;
  case PROP_LATENCY:
    g_value_set_int (value, conn->priv->latency_ms);
    break;
  case PROP_ENCODING:
    g_value_set_int (value, conn->priv->encoding);
    break;
  case PROP_EXTENDED_CLIPBOARD:
    g_value_set_boolean (value, conn->priv->extended_clipboard);
    break;
  case PROP_CLIPBOARD_FORMATS:
    g_value_set_flags (value, vnc_connection_get_clipboard_formats (conn));
    break;
  default:
    if (prop_id >= PROP_TRUST_FIRST && prop_id <= PROP_TRUST_LAST)
      gvnc_connection_trust_get (conn, prop_id - PROP_TRUST_FIRST, value);
    else if (prop_id >= PROP_LINK_FIRST && prop_id <= PROP_LINK_LAST)
      gvnc_connection_link_get (conn, prop_id - PROP_LINK_FIRST, value);
    else
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
connection_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  switch (prop_id) {
  case PROP_FRAMEBUFFER:
    vnc_connection_set_framebuffer (VNC_CONNECTION (object), g_value_get_object (value));
    break;
  case PROP_AUTO_QUALITY:
    vnc_connection_set_auto_quality (VNC_CONNECTION (object), g_value_get_boolean (value));
    break;
  case PROP_EXTENDED_CLIPBOARD:
    vnc_connection_set_extended_clipboard (VNC_CONNECTION (object), g_value_get_boolean (value));
    break;
  default:
    if (prop_id >= PROP_TRUST_FIRST && prop_id <= PROP_TRUST_LAST)
      gvnc_connection_trust_set (VNC_CONNECTION (object), prop_id - PROP_TRUST_FIRST, value);
    else if (prop_id >= PROP_LINK_FIRST && prop_id <= PROP_LINK_LAST)
      gvnc_connection_link_set (VNC_CONNECTION (object), prop_id - PROP_LINK_FIRST, value);
    else
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
connection_dispose (GObject *object)
{
  VncConnection *conn = VNC_CONNECTION (object);
  VncConnectionPrivate *priv = conn->priv;

  gvnc_connection_reconnect_clear (conn);
  gvnc_connection_drop (conn);
  gvnc_painter_set_framebuffer (priv->painter, NULL);
  g_clear_object (&priv->framebuffer);
  g_clear_object (&priv->audio);

  G_OBJECT_CLASS (vnc_connection_parent_class)->dispose (object);
}

static void
connection_finalize (GObject *object)
{
  VncConnectionPrivate *priv = VNC_CONNECTION (object)->priv;

  gvnc_link_free (priv->link);
  gvnc_reconnect_free (priv->reconnect);
  gvnc_fallback_free (priv->fallback);
  gvnc_painter_free (priv->painter);
  gvnc_clipboard_side_free (priv->clipboard);
  gvnc_trust_settings_clear (&priv->trust);
  g_clear_pointer (&priv->audio_format, vnc_audio_format_free);
  g_clear_pointer (&priv->auth_order, g_array_unref);
  g_clear_pointer (&priv->auth_subtype_order, g_array_unref);

  G_OBJECT_CLASS (vnc_connection_parent_class)->finalize (object);
}

static void
vnc_connection_class_init (VncConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = connection_get_property;
  object_class->set_property = connection_set_property;
  object_class->dispose = connection_dispose;
  object_class->finalize = connection_finalize;

  /**
   * VncConnection:framebuffer:
   *
   * Where the server's desktop is drawn; %NULL, the default, drops all pixels.
   */
  props[PROP_FRAMEBUFFER] =
    g_param_spec_object ("framebuffer", NULL, NULL,
                         VNC_TYPE_FRAMEBUFFER,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * VncConnection:auto-quality:
   *
   * Whether the connection chooses encoding, JPEG quality, compression and number of colours by what the link can do.
   *
   * It then adds to the encodings that the application sets, and replaces what they say about quality; on links below
   * 100 Mbit/s those of Tight, ZRLE and Zlib that are among them come first. %FALSE by default: pictures are lossless
   * unless the application asks for something else.
   *
   * Since: 2.0
   */
  props[PROP_AUTO_QUALITY] =
    g_param_spec_boolean ("auto-quality", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * VncConnection:bandwidth:
   *
   * How fast updates arrive when there are any, in thousands of bits a second; 0 before there was enough to measure.
   *
   * Since: 2.0
   */
  props[PROP_BANDWIDTH] =
    g_param_spec_uint ("bandwidth", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * VncConnection:latency:
   *
   * How long a message to the server and its answer take, in milliseconds, what waits before them included; -1 when
   * the server has no fences to measure it with.
   *
   * Since: 2.0
   */
  props[PROP_LATENCY] =
    g_param_spec_int ("latency", NULL, NULL,
                      -1, G_MAXINT, -1,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * VncConnection:encoding:
   *
   * How most of the latest update that had pixels was sent, as a number of [enum@ConnectionEncoding]; -1 before the first.
   *
   * For people who want to know; it varies from update to update.
   *
   * Since: 2.0
   */
  props[PROP_ENCODING] =
    g_param_spec_int ("encoding", NULL, NULL,
                      G_MININT, G_MAXINT, -1,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * VncConnection:extended-clipboard:
   *
   * Whether the server is asked for the extended clipboard: text in UTF-8, and other formats, both ways.
   *
   * With %FALSE, the default, the server sends cut text in ISO 8859-1, which [signal@Connection::vnc-server-cut-text] hands
   * over. With %TRUE, servers that have the extension use [signal@Connection::vnc-clipboard-offered] in its place.
   *
   * Since: 2.0
   */
  props[PROP_EXTENDED_CLIPBOARD] =
    g_param_spec_boolean ("extended-clipboard", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * VncConnection:clipboard-formats:
   *
   * The formats that the server's clipboard takes, and that it may offer; 0, the default, when the server does not have the
   * extended clipboard or has not announced it yet.
   *
   * Since: 2.0
   */
  props[PROP_CLIPBOARD_FORMATS] =
    g_param_spec_flags ("clipboard-formats", NULL, NULL,
                        VNC_TYPE_CLIPBOARD_FORMATS,
                        0,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  gvnc_connection_link_specs (props + PROP_LINK_FIRST);
  gvnc_connection_trust_specs (props + PROP_TRUST_FIRST);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gvnc_connection_create_signals ();
}

static void
vnc_connection_init (VncConnection *conn)
{
  conn->priv = vnc_connection_get_instance_private (conn);
  conn->priv->link = gvnc_link_new ();
  conn->priv->reconnect = gvnc_reconnect_new ();
  conn->priv->fallback = gvnc_fallback_new ();
  conn->priv->painter = gvnc_painter_new ();
  conn->priv->clipboard = gvnc_clipboard_side_new ();
  conn->priv->auth_type = -1;
  conn->priv->auth_subtype = -1;
  gvnc_connection_quality_reset (conn);
}

/* ---- opening and closing ---- */

/**
 * vnc_connection_new:
 *
 * Makes a connection that is not open.
 *
 * Returns: (transfer full): a new connection
 */
VncConnection *
vnc_connection_new (void)
{
  return g_object_new (VNC_TYPE_CONNECTION, NULL);
}

/**
 * vnc_connection_shutdown:
 * @conn: the connection
 *
 * Closes the connection.
 *
 * Returns at once, and no signal of the session comes after that but [signal@Connection::vnc-disconnected], from the
 * main loop. Nothing happens when the connection is closed already.
 */
void
vnc_connection_shutdown (VncConnection *conn)
{
  g_return_if_fail (VNC_IS_CONNECTION (conn));

  if (vnc_connection_is_open (conn))
    gvnc_connection_close (conn);
}

/**
 * vnc_connection_is_open:
 * @conn: the connection
 *
 * Tells whether the connection is open or being opened.
 *
 * Returns: %TRUE from a call that opens it until it ends
 */
gboolean
vnc_connection_is_open (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  return conn->priv->replay != NULL || gvnc_connection_reconnect_waits (conn);
}

/**
 * vnc_connection_is_initialized:
 * @conn: the connection
 *
 * Tells whether there is a session.
 *
 * Returns: %TRUE from [signal@Connection::vnc-initialized] on until the connection ends
 */
gboolean
vnc_connection_is_initialized (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  return conn->priv->initialized;
}

/**
 * vnc_connection_has_error:
 * @conn: the connection
 *
 * Tells whether the connection is about to end because something went wrong.
 *
 * Returns: %TRUE from [signal@Connection::vnc-error] on until the connection ends
 */
gboolean
vnc_connection_has_error (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  return conn->priv->has_error;
}

/* ---- drawing ---- */

/**
 * vnc_connection_set_framebuffer:
 * @conn: the connection
 * @fb: (nullable): where to draw, or %NULL to draw nowhere
 *
 * Sets where the server's desktop is drawn from now on.
 *
 * Its methods are called on the default main context. A reference is kept.
 *
 * Returns: %TRUE
 */
gboolean
vnc_connection_set_framebuffer (VncConnection  *conn,
                                VncFramebuffer *fb)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);
  g_return_val_if_fail (fb == NULL || VNC_IS_FRAMEBUFFER (fb), FALSE);

  if (g_set_object (&conn->priv->framebuffer, fb)) {
    gvnc_painter_set_framebuffer (conn->priv->painter, fb);
    g_object_notify_by_pspec (G_OBJECT (conn), props[PROP_FRAMEBUFFER]);
  }
  return TRUE;
}

/**
 * vnc_connection_set_pixel_format:
 * @conn: the connection
 * @fmt: the format that pixels shall be sent in
 *
 * Asks the server for another pixel format (RFC 6143 section 7.5.1).
 *
 * Pixels that are on their way are still understood in the format they have.
 *
 * Without a session nothing is sent, and there is nothing that would be wrong with it.
 *
 * Returns: %FALSE when no pixel can look like @fmt
 */
gboolean
vnc_connection_set_pixel_format (VncConnection        *conn,
                                 const VncPixelFormat *fmt)
{
  GvncPixelFormat format;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);
  g_return_val_if_fail (fmt != NULL, FALSE);

  if (!conn->priv->initialized)
    return TRUE;
  gvnc_pixel_format_from_public (&format, fmt);
  if (!gvnc_pixel_format_check (&format, NULL))
    return FALSE;
  conn->priv->format = *fmt;
  gvnc_connection_send_pixel_format (conn);
  return TRUE;
}

/**
 * vnc_connection_get_pixel_format:
 * @conn: the connection
 *
 * Gets the pixel format in use: the server's own, or what was asked for since.
 *
 * Returns: (transfer none): the format; all zeros while there is no session
 */
const VncPixelFormat *
vnc_connection_get_pixel_format (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), NULL);

  return &conn->priv->format;
}

/**
 * vnc_connection_set_encodings:
 * @conn: the connection
 * @n_encoding: how many there are, 65535 at most
 * @encoding: (array length=n_encoding): [enum@ConnectionEncoding] values, the best one first
 *
 * Tells the server which encodings and extensions it may use (RFC 6143 section 7.5.2).
 *
 * Returns: %FALSE when @n_encoding is out of range
 */
gboolean
vnc_connection_set_encodings (VncConnection *conn,
                              int            n_encoding,
                              gint32        *encoding)
{
  VncConnectionPrivate *priv;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  priv = conn->priv;
  if (n_encoding < 0 || n_encoding > G_MAXUINT16)
    return FALSE;
  if (!priv->initialized)
    return TRUE;
  g_clear_pointer (&priv->encodings, g_array_unref);
  priv->encodings = g_array_sized_new (FALSE, FALSE, sizeof (gint32), (guint) n_encoding);
  g_array_append_vals (priv->encodings, encoding, (guint) n_encoding);
  gvnc_connection_send_encodings (conn);
  return TRUE;
}

/* What an application that has set none understands: pixels, and nothing that it would have to follow. */
static const gint32 default_encodings[] = {
  VNC_CONNECTION_ENCODING_TIGHT, VNC_CONNECTION_ENCODING_ZRLE, VNC_CONNECTION_ENCODING_COPY_RECT,
  VNC_CONNECTION_ENCODING_HEXTILE, VNC_CONNECTION_ENCODING_RRE, VNC_CONNECTION_ENCODING_RAW,
  VNC_CONNECTION_ENCODING_LAST_RECT,
};

/**
 * vnc_connection_framebuffer_update_request:
 * @conn: the connection
 * @incremental: %TRUE to get only what has changed since it was sent, %FALSE to get all
 * @x: left edge of the area in pixels
 * @y: top edge of the area in pixels
 * @width: width of the area in pixels
 * @height: height of the area in pixels
 *
 * Asks the server for an update of an area (RFC 6143 section 7.5.3).
 *
 * On a session for which no encodings were set until then, good ones are asked for first, as with
 * [method@Connection.set_encodings]. On a link with a noticeable round trip, an incremental request that follows the end of an
 * update at once may be sent again before the next update comes, so that a server need not wait for it.
 *
 * Returns: %TRUE
 */
gboolean
vnc_connection_framebuffer_update_request (VncConnection *conn,
                                           gboolean       incremental,
                                           guint16        x,
                                           guint16        y,
                                           guint16        width,
                                           guint16        height)
{
  GvncCommand *command;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  if (conn->priv->initialized && conn->priv->encodings == NULL)
    vnc_connection_set_encodings (conn, G_N_ELEMENTS (default_encodings), (gint32 *) default_encodings);
  command = gvnc_command_new (GVNC_COMMAND_UPDATE_REQUEST, incremental);
  command->rect = (GvncRect) { x, y, width, height };
  gvnc_connection_send_message (conn, command);
  return TRUE;
}
