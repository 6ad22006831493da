/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A client without a picture that plays a server's sound: public API only. player PORT
 *
 * Says "ready", "start FORMAT CHANNELS HERTZ", "stop", "error TEXT" and "closed" on standard output as these come, and does commands from
 * standard input, one a line:
 *   format FORMAT CHANNELS HERTZ    another format of sound
 *   enable | disable                sound on or off; it begins off
 *   key KEYSYM CODE                 presses and releases a key
 *   close                           ends the connection, and waits a second so that the rest is heard */
#include "config.h"

#include <gio/gio.h>
#include <gvncpulse.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <vncconnection.h>

#define REST_MS 1000

typedef struct {
  VncConnection *conn;
  GMainLoop     *loop;
  GIOChannel    *input;
} Player;

static void player_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
player_say (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  vprintf (format, args);
  va_end (args);
  putchar ('\n');
  fflush (stdout);
}

static void
player_ask (Player   *self,
            gboolean  incremental)
{
  vnc_connection_framebuffer_update_request (self->conn, incremental, 0, 0, 1, 1);
}

static void
player_choose (VncConnection *conn,
               GValueArray   *types)
{
  vnc_connection_set_auth_type (conn, VNC_CONNECTION_AUTH_NONE);
}

static void
player_initialized (VncConnection *conn,
                    Player        *self)
{
  gint32 encodings[] = {
    VNC_CONNECTION_ENCODING_AUDIO, VNC_CONNECTION_ENCODING_EXT_KEY_EVENT, VNC_CONNECTION_ENCODING_RAW
  };

  vnc_connection_set_encodings (conn, G_N_ELEMENTS (encodings), encodings);
  player_ask (self, FALSE);
  player_say ("ready");
}

static void
player_updated (VncConnection *conn,
                Player        *self)
{
  player_ask (self, TRUE);
}

static gboolean
player_quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
player_disconnected (VncConnection *conn,
                     Player        *self)
{
  player_say ("closed");
  g_timeout_add (REST_MS, player_quit, self->loop);
}

static void
player_error (VncConnection *conn,
              const char    *message)
{
  player_say ("error %s", message);
}

static void
player_start (VncBaseAudio   *audio,
              VncAudioFormat *format)
{
  player_say ("start %u %u %u", format->format, format->nchannels, format->frequency);
}

static void
player_stop (VncBaseAudio *audio)
{
  player_say ("stop");
}

static void
player_command (Player     *self,
                const char *line)
{
  guint a, b, c;

  if (sscanf (line, "format %u %u %u", &a, &b, &c) == 3) {
    VncAudioFormat format = { .format = (guint8) a, .nchannels = (guint8) b, .frequency = c };

    if (!vnc_connection_set_audio_format (self->conn, &format))
      player_say ("no such format");
  } else if (sscanf (line, "key %u %u", &a, &b) == 2) {
    vnc_connection_key_event (self->conn, TRUE, a, (guint16) b);
    vnc_connection_key_event (self->conn, FALSE, a, (guint16) b);
  } else if (strcmp (line, "enable") == 0) {
    vnc_connection_audio_enable (self->conn);
  } else if (strcmp (line, "disable") == 0) {
    vnc_connection_audio_disable (self->conn);
  } else {
    vnc_connection_shutdown (self->conn);
  }
}

static gboolean
player_input (GIOChannel   *channel,
              GIOCondition  condition,
              gpointer      data)
{
  Player *self = data;
  g_autofree char *line = NULL;
  gsize end;

  if (g_io_channel_read_line (channel, &line, NULL, &end, NULL) != G_IO_STATUS_NORMAL) {
    vnc_connection_shutdown (self->conn);
    return G_SOURCE_REMOVE;
  }
  line[end] = '\0';
  player_command (self, line);
  return G_SOURCE_CONTINUE;
}

int
main (int    argc,
      char **argv)
{
  VncAudioPulse *audio = vnc_audio_pulse_new ();
  Player self = { .conn = vnc_connection_new (), .loop = g_main_loop_new (NULL, FALSE) };

  if (argc != 2)
    return 2;
  self.input = g_io_channel_unix_new (STDIN_FILENO);
  g_io_channel_set_encoding (self.input, NULL, NULL);
  g_io_add_watch (self.input, G_IO_IN | G_IO_HUP, player_input, &self);

  g_signal_connect (audio, "vnc-audio-playback-start", G_CALLBACK (player_start), NULL);
  g_signal_connect (audio, "vnc-audio-playback-stop", G_CALLBACK (player_stop), NULL);
  g_signal_connect (self.conn, "vnc-auth-choose-type", G_CALLBACK (player_choose), NULL);
  g_signal_connect (self.conn, "vnc-initialized", G_CALLBACK (player_initialized), &self);
  g_signal_connect (self.conn, "vnc-framebuffer-update-end", G_CALLBACK (player_updated), &self);
  g_signal_connect (self.conn, "vnc-error", G_CALLBACK (player_error), NULL);
  g_signal_connect (self.conn, "vnc-disconnected", G_CALLBACK (player_disconnected), &self);
  vnc_connection_set_audio (self.conn, VNC_AUDIO (audio));
  if (vnc_connection_open_host (self.conn, "127.0.0.1", argv[1]))
    g_main_loop_run (self.loop);

  g_object_unref (self.conn);
  g_object_unref (audio);
  g_io_channel_unref (self.input);
  g_main_loop_unref (self.loop);
  return 0;
}
