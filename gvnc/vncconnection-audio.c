/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncconnection-private.h"

/* Sound. A server that is able to sends a QEMU audio rectangle; from then on it may be told a format, and to begin and to
 * end. What it sends goes to the application's sink, which sees each playback begin and end, whatever the server does:
 *
 *   server: begin, data …, end        a sink that was set in the middle sees the rest of a playback
 *   data without a begin              a server that plays to others already may leave it out: the playback begins here
 *   disabled, or another format       the playback ends here; what is still on its way is dropped
 *   the connection ends               the playback ends, so that the sink plays out what it has
 *
 * Data does not say what format it is in. After a change of the format only the server's next begin shows that it is in
 * the new one, so until then (`stale`) data counts for nothing. QEMU looks at the format only when sound is enabled;
 * hence a change is sent between a disable and an enable. */

/* QEMU hangs up on more. */
#define HIGHEST_FREQUENCY 48000

/* QEMU's own, told all the same: then it is known. */
static const VncAudioFormat audio_default = {
  .format = VNC_AUDIO_FORMAT_RAW_S16, .nchannels = 2, .frequency = 44100
};

static const VncAudioFormat *
audio_format (VncConnection *conn)
{
  return conn->priv->audio_format != NULL ? conn->priv->audio_format : &audio_default;
}

static void
audio_send_format (VncConnection *conn)
{
  const VncAudioFormat *format = audio_format (conn);
  GvncCommand *command = gvnc_command_new (GVNC_COMMAND_AUDIO_FORMAT, format->format | (guint32) format->nchannels << 8);

  command->keysym = format->frequency;
  gvnc_connection_send_message (conn, command);
}

static void
audio_send_enable (VncConnection *conn,
                   gboolean       enable)
{
  gvnc_connection_send_message (conn, gvnc_command_new (GVNC_COMMAND_AUDIO_ENABLE, enable));
}

/* A sink may do anything in its methods: nothing may be taken for granted after these. */

static void
audio_start (VncConnection *conn)
{
  VncAudio *audio = g_object_ref (conn->priv->audio);
  VncAudioFormat format = *audio_format (conn);

  conn->priv->audio_playing = TRUE;
  vnc_audio_playback_start (audio, &format);
  g_object_unref (audio);
}

static void
audio_stop (VncConnection *conn)
{
  VncAudio *audio;

  if (!conn->priv->audio_playing)
    return;
  audio = g_object_ref (conn->priv->audio);
  conn->priv->audio_playing = FALSE;
  vnc_audio_playback_stop (audio);
  g_object_unref (audio);
}

static void
audio_data (VncConnection *conn,
            GBytes        *data)
{
  VncConnectionPrivate *priv = conn->priv;
  gsize len;
  const guint8 *bytes = g_bytes_get_data (data, &len);
  VncAudioSample sample = { 0 };
  VncAudio *audio;

  if (priv->audio_stale)
    return;
  if (!priv->audio_playing)
    audio_start (conn);
  if (!priv->audio_playing)
    return;
  audio = g_object_ref (priv->audio);
  /* Nobody else has these bytes: a sink may even change them. */
  sample.data = (guint8 *) bytes;
  sample.capacity = sample.length = (guint32) len;
  vnc_audio_playback_data (audio, &sample);
  g_object_unref (audio);
}

void
gvnc_connection_audio_event (VncConnection   *conn,
                             const GvncEvent *event)
{
  VncConnectionPrivate *priv = conn->priv;

  if (event->kind == GVNC_EVENT_AUDIO_AVAILABLE) {
    if (priv->audio_available)
      return;
    priv->audio_available = TRUE;
    if (priv->audio_enabled || priv->audio_format != NULL)
      audio_send_format (conn);
    if (priv->audio_enabled)
      audio_send_enable (conn, TRUE);
    return;
  }

  if (event->kind == GVNC_EVENT_AUDIO_START)
    priv->audio_stale = FALSE;
  if (!priv->audio_enabled || priv->audio == NULL)
    return;
  if (event->kind == GVNC_EVENT_AUDIO_START)
    audio_start (conn);
  else if (event->kind == GVNC_EVENT_AUDIO_STOP)
    audio_stop (conn);
  else
    audio_data (conn, event->data);
}

void
gvnc_connection_audio_drop (VncConnection *conn)
{
  conn->priv->audio_available = FALSE;
  conn->priv->audio_stale = FALSE;
  audio_stop (conn);
}

/**
 * vnc_connection_set_audio:
 * @conn: the connection
 * @audio: (nullable): where sound is played, or %NULL for nowhere
 *
 * Sets where sound is played that the server sends. A reference is kept.
 *
 * When a playback is under way it ends for the sink before, and begins for the new one with the next sound.
 *
 * Returns: %TRUE
 */
gboolean
vnc_connection_set_audio (VncConnection *conn,
                          VncAudio      *audio)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);
  g_return_val_if_fail (audio == NULL || VNC_IS_AUDIO (audio), FALSE);

  if (audio == conn->priv->audio)
    return TRUE;
  audio_stop (conn);
  g_set_object (&conn->priv->audio, audio);
  return TRUE;
}

/**
 * vnc_connection_set_audio_format:
 * @conn: the connection
 * @fmt: the format that sound shall be sent in
 *
 * Sets the format of sound, in this session and later ones.
 *
 * Servers take one or two channels, up to 48000 Hz and the sample formats of [enum@AudioFormatType]; nothing else is
 * sent to them. Without a format, 16 bits signed of two channels at 44100 Hz are asked for. When a playback is under
 * way it ends, and another one begins when the server has changed over.
 *
 * Returns: %TRUE; %FALSE if @fmt is none of these, and the format then stays as it was
 */
gboolean
vnc_connection_set_audio_format (VncConnection        *conn,
                                 const VncAudioFormat *fmt)
{
  VncConnectionPrivate *priv;
  const VncAudioFormat *before;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);
  g_return_val_if_fail (fmt != NULL, FALSE);

  priv = conn->priv;
  if (fmt->format > VNC_AUDIO_FORMAT_RAW_S32 || fmt->nchannels < 1 || fmt->nchannels > 2 ||
      fmt->frequency < 1 || fmt->frequency > HIGHEST_FREQUENCY)
    return FALSE;
  before = audio_format (conn);
  if (priv->audio_available && priv->audio_enabled) {
    if (fmt->format == before->format && fmt->nchannels == before->nchannels && fmt->frequency == before->frequency)
      return TRUE;
    audio_send_enable (conn, FALSE);
    priv->audio_stale = TRUE;
  }
  if (priv->audio_format == NULL)
    priv->audio_format = vnc_audio_format_new ();
  *priv->audio_format = *fmt;
  if (!priv->audio_available)
    return TRUE;
  audio_send_format (conn);
  if (priv->audio_enabled) {
    audio_send_enable (conn, TRUE);
    audio_stop (conn);
  }
  return TRUE;
}

/**
 * vnc_connection_get_audio_format:
 * @conn: the connection
 *
 * Gets the format of sound.
 *
 * Returns: (transfer none): the format; all fields are zero before one was set
 */
const VncAudioFormat *
vnc_connection_get_audio_format (VncConnection *conn)
{
  static const VncAudioFormat none = { 0 };

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), NULL);

  return conn->priv->audio_format != NULL ? conn->priv->audio_format : &none;
}

/**
 * vnc_connection_audio_enable:
 * @conn: the connection
 *
 * Asks for sound, from the server of this session as soon as it offers any, and from those of later ones.
 *
 * Returns: %TRUE
 */
gboolean
vnc_connection_audio_enable (VncConnection *conn)
{
  VncConnectionPrivate *priv;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  priv = conn->priv;
  if (priv->audio_available) {
    if (!priv->audio_enabled && priv->audio_format == NULL)
      audio_send_format (conn);
    audio_send_enable (conn, TRUE);
  }
  priv->audio_enabled = TRUE;
  return TRUE;
}

/**
 * vnc_connection_audio_disable:
 * @conn: the connection
 *
 * Asks for no more sound. A playback that is under way ends at once.
 *
 * Returns: %TRUE
 */
gboolean
vnc_connection_audio_disable (VncConnection *conn)
{
  VncConnectionPrivate *priv;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  priv = conn->priv;
  priv->audio_enabled = FALSE;
  if (priv->audio_available)
    audio_send_enable (conn, FALSE);
  audio_stop (conn);
  return TRUE;
}
