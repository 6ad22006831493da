/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/peer.h"
#include "lib/watch.h"
#include "vncbaseaudio.h"

#include <stdio.h>
#include <string.h>

/* What a sink sees of the sound that a server sends, and what the server is told. */

#define BEGIN   "> ff 01 0001"
#define END     "> ff 01 0000"
#define DATA(s) "> ff 01 0002 00000002 '" s "'"
#define ACT     "> 02"               /* a bell; each one runs the next action */
#define ENABLE  "ff 01 0000"
#define DISABLE "ff 01 0001"

typedef struct {
  const char *name;
  gboolean    unset;                 /* the application sets no format */
  const char *peer[12];              /* behind the enabling of sound */
  const char *actions[4];            /* format F C HZ | enable | disable | sink a, b or none | close */
  const char *heard;
} Sound;

static const Sound sounds[] = {
  { "a playback", .peer = { BEGIN, DATA ("ab"), DATA ("cd"), END },
    .heard = "a start 3 1 8000;a data ab;a data cd;a stop;" },
  { "two playbacks", .peer = { BEGIN, DATA ("ab"), END, BEGIN, END },
    .heard = "a start 3 1 8000;a data ab;a stop;a start 3 1 8000;a stop;" },
  { "no format was set", .unset = TRUE, .peer = { BEGIN, DATA ("ab"), END },
    .heard = "a start 3 2 44100;a data ab;a stop;" },
  { "the connection ends in the middle", .peer = { BEGIN, DATA ("ab"), "x" },
    .heard = "a start 3 1 8000;a data ab;a stop;" },
  { "the application closes in the middle", .peer = { BEGIN, DATA ("ab"), ACT, DATA ("cd") }, .actions = { "close" },
    .heard = "a start 3 1 8000;a data ab;a stop;" },
  { "data without a begin", .peer = { DATA ("ab"), DATA ("cd"), END },
    .heard = "a start 3 1 8000;a data ab;a data cd;a stop;" },
  { "an end without a begin", .peer = { END }, .heard = "" },
  { "disabled in the middle", .peer = { BEGIN, DATA ("ab"), ACT, "< " DISABLE, DATA ("cd"), END, BEGIN, DATA ("ef") },
    .actions = { "disable" },
    .heard = "a start 3 1 8000;a data ab;a stop;" },
  { "disabled and enabled", .peer = { BEGIN, DATA ("ab"), ACT, "< " DISABLE, DATA ("cd"), ACT, "< " ENABLE, BEGIN, DATA ("ef"), END },
    .actions = { "disable", "enable" },
    .heard = "a start 3 1 8000;a data ab;a stop;a start 3 1 8000;a data ef;a stop;" },
  { "another format while nothing plays", .peer = { ACT, "< " DISABLE " ff 01 0002 02 02 00005622 " ENABLE, BEGIN, DATA ("ab"), END },
    .actions = { "format 2 2 22050" },
    .heard = "a start 2 2 22050;a data ab;a stop;" },
  { "another format in the middle", .peer = { BEGIN, DATA ("ab"), ACT, "< " DISABLE " ff 01 0002 02 02 00005622 " ENABLE,
                                              DATA ("cd"), BEGIN, DATA ("ef"), END },
    .actions = { "format 2 2 22050" },
    .heard = "a start 3 1 8000;a data ab;a stop;a start 2 2 22050;a data ef;a stop;" },
  { "another format as a playback ends", .peer = { BEGIN, DATA ("ab"), ACT, "< " DISABLE " ff 01 0002 02 02 00005622 " ENABLE,
                                                   END, BEGIN, DATA ("ef"), END },
    .actions = { "format 2 2 22050" },
    .heard = "a start 3 1 8000;a data ab;a stop;a start 2 2 22050;a data ef;a stop;" },
  { "the same format again", .peer = { BEGIN, DATA ("ab"), ACT, ACT, DATA ("cd"), END }, .actions = { "format 3 1 8000" },
    .heard = "a start 3 1 8000;a data ab;a data cd;a stop;" },
  { "another format while disabled", .peer = { ACT, "< " DISABLE, ACT, "< ff 01 0002 00 01 00002b11", ACT, "< " ENABLE, BEGIN, END },
    .actions = { "disable", "format 0 1 11025", "enable" },
    .heard = "a start 0 1 11025;a stop;" },
  { "another sink", .peer = { BEGIN, DATA ("ab"), ACT, DATA ("cd"), END }, .actions = { "sink b" },
    .heard = "a start 3 1 8000;a data ab;a stop;b start 3 1 8000;b data cd;b stop;" },
  { "the same sink again", .peer = { BEGIN, DATA ("ab"), ACT, DATA ("cd"), END }, .actions = { "sink a" },
    .heard = "a start 3 1 8000;a data ab;a data cd;a stop;" },
  { "no sink any more", .peer = { BEGIN, DATA ("ab"), ACT, DATA ("cd"), END }, .actions = { "sink none" },
    .heard = "a start 3 1 8000;a data ab;a stop;" },
  { "a sink for the rest", .peer = { ACT, BEGIN, DATA ("ab"), ACT, DATA ("cd"), END }, .actions = { "sink none", "sink b" },
    .heard = "b start 3 1 8000;b data cd;b stop;" },
};

typedef struct {
  const Sound *sound;
  VncAudio    *sinks[2];
  GString     *heard;
  guint        n_acts;
} Run;

static char
sink_name (Run          *run,
           VncBaseAudio *audio)
{
  return VNC_AUDIO (audio) == run->sinks[0] ? 'a' : 'b';
}

static void
sink_start (VncBaseAudio   *audio,
            VncAudioFormat *format,
            Run            *run)
{
  g_string_append_printf (run->heard, "%c start %u %u %u;", sink_name (run, audio), format->format, format->nchannels,
                          format->frequency);
}

static void
sink_data (VncBaseAudio   *audio,
           VncAudioSample *sample,
           Run            *run)
{
  g_assert_cmpuint (sample->capacity, >=, sample->length);
  g_string_append_printf (run->heard, "%c data %.*s;", sink_name (run, audio), (int) sample->length,
                          (const char *) sample->data);
}

static void
sink_stop (VncBaseAudio *audio,
           Run          *run)
{
  g_string_append_printf (run->heard, "%c stop;", sink_name (run, audio));
}

static VncAudio *
sink_new (Run *run)
{
  VncBaseAudio *audio = vnc_base_audio_new ();

  g_signal_connect (audio, "vnc-audio-playback-start", G_CALLBACK (sink_start), run);
  g_signal_connect (audio, "vnc-audio-playback-data", G_CALLBACK (sink_data), run);
  g_signal_connect (audio, "vnc-audio-playback-stop", G_CALLBACK (sink_stop), run);
  return VNC_AUDIO (audio);
}

static void
act (GvncWatch  *watch,
     Run        *run,
     const char *action)
{
  guint type, channels, frequency;

  if (sscanf (action, "format %u %u %u", &type, &channels, &frequency) == 3) {
    VncAudioFormat format = { .format = (guint8) type, .nchannels = (guint8) channels, .frequency = frequency };

    g_assert_true (vnc_connection_set_audio_format (watch->conn, &format));
    g_assert_cmpuint (vnc_connection_get_audio_format (watch->conn)->frequency, ==, frequency);
  } else if (strcmp (action, "enable") == 0) {
    vnc_connection_audio_enable (watch->conn);
  } else if (strcmp (action, "disable") == 0) {
    vnc_connection_audio_disable (watch->conn);
  } else if (strcmp (action, "close") == 0) {
    vnc_connection_shutdown (watch->conn);
  } else {
    g_assert_true (g_str_has_prefix (action, "sink "));
    vnc_connection_set_audio (watch->conn, action[5] == 'a' ? run->sinks[0] : action[5] == 'b' ? run->sinks[1] : NULL);
  }
}

static void
sound_hook (GvncWatch  *watch,
            const char *line)
{
  gint32 encoding = VNC_CONNECTION_ENCODING_AUDIO;
  Run *run = watch->data;

  if (strcmp (line, "vnc-initialized") == 0)
    vnc_connection_set_encodings (watch->conn, 1, &encoding);
  else if (strcmp (line, "vnc-bell") == 0 && run->n_acts < G_N_ELEMENTS (run->sound->actions) &&
           run->sound->actions[run->n_acts] != NULL)
    act (watch, run, run->sound->actions[run->n_acts++]);
}

static void
test_sound (gconstpointer data)
{
  const Sound *sound = data;
  static const char *const head[] = { GVNC_PEER_DESK, "< 02 00 0001 fffffefd", "> 00 00 0001  0000 0000 0000 0000 fffffefd" };
  VncAudioFormat format = { .format = VNC_AUDIO_FORMAT_RAW_S16, .nchannels = 1, .frequency = 8000 };
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  Run run = { .sound = sound, .heard = g_string_new (NULL) };
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  for (guint i = 0; i < G_N_ELEMENTS (head); i++)
    g_ptr_array_add (lines, (gpointer) head[i]);
  g_ptr_array_add (lines, (gpointer) (sound->unset ? "< ff 01 0002 03 02 0000ac44" : "< ff 01 0002 03 01 00001f40"));
  g_ptr_array_add (lines, (gpointer) ("< " ENABLE));
  for (guint i = 0; sound->peer[i] != NULL; i++)
    g_ptr_array_add (lines, (gpointer) sound->peer[i]);
  g_ptr_array_add (lines, (gpointer) "x");
  g_ptr_array_add (lines, NULL);

  run.sinks[0] = sink_new (&run);
  run.sinks[1] = sink_new (&run);
  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  watch.hook = sound_hook;
  watch.data = &run;
  vnc_connection_set_audio (watch.conn, run.sinks[0]);
  if (!sound->unset)
    g_assert_true (vnc_connection_set_audio_format (watch.conn, &format));
  vnc_connection_audio_enable (watch.conn);
  peer = gvnc_peer_start ((const char *const *) lines->pdata, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  g_assert_cmpstr (run.heard->str, ==, sound->heard);

  gvnc_watch_clear (&watch);
  g_assert_finalize_object (run.sinks[0]);
  g_assert_finalize_object (run.sinks[1]);
  gvnc_peer_finish (peer);
  g_string_free (run.heard, TRUE);
}

static void
test_formats (void)
{
  static const VncAudioFormat bad[] = {
    { .format = 6, .nchannels = 2, .frequency = 44100 },
    { .format = 3, .nchannels = 0, .frequency = 44100 },
    { .format = 3, .nchannels = 3, .frequency = 44100 },
    { .format = 3, .nchannels = 2, .frequency = 0 },
    { .format = 3, .nchannels = 2, .frequency = 48001 },
  };
  VncAudioFormat good = { .format = 5, .nchannels = 1, .frequency = 48000 };
  VncConnection *conn = vnc_connection_new ();

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (vnc_connection_set_audio_format (conn, &bad[i]));
  g_assert_cmpuint (vnc_connection_get_audio_format (conn)->frequency, ==, 0);
  g_assert_true (vnc_connection_set_audio_format (conn, &good));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (vnc_connection_set_audio_format (conn, &bad[i]));
  g_assert_cmpuint (vnc_connection_get_audio_format (conn)->format, ==, 5);
  g_assert_cmpuint (vnc_connection_get_audio_format (conn)->frequency, ==, 48000);
  g_object_unref (conn);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sounds); i++) {
    g_autofree char *path = g_strconcat ("/sound/", sounds[i].name, NULL);

    g_test_add_data_func (path, &sounds[i], test_sound);
  }
  g_test_add_func ("/sound/formats", test_formats);
  return g_test_run ();
}
