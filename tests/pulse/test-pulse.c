/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* VncAudioPulse without a sound server, with one that never answers, and with a PulseAudio of our own whose only sink
 * is a null sink: what is played there is recorded from the sink's monitor and its frequency looked at. */

#include "null-sink.h"

#include <gio/gunixsocketaddress.h>
#include <gvncpulse.h>
#include <math.h>
#include <string.h>

#define WINDOW      2400   /* 50 ms, and whole periods of every tone below */

static VncAudioFormat
format_of (guint8  type,
           guint8  nchannels,
           guint32 frequency)
{
  return (VncAudioFormat) { .format = type, .nchannels = nchannels, .frequency = frequency };
}

/* A sine that is sent in real time, in packets as a server would. */
typedef struct {
  VncAudio       *audio;
  VncAudioFormat  format;
  double          hertz;
  gint64          begun_at;
  guint64         n_frames;
} Tone;

static guint
bytes_per_sample (const VncAudioFormat *format)
{
  return 1u << (format->format / 2);
}

static void
put_sample (guint8               *to,
            const VncAudioFormat *format,
            double                value)
{
  guint bytes = bytes_per_sample (format);
  guint32 bits = (guint32) (gint32) (value * 2147483647.0);

  if (format->format % 2 == 0)   /* the unsigned ones */
    bits ^= 0x80000000u;
  bits >>= 32 - 8 * bytes;
  for (guint i = 0; i < bytes; i++)
    to[i] = (guint8) (bits >> (8 * i));
}

static void
tone_send (Tone  *tone,
           guint  n_frames)
{
  guint bytes = bytes_per_sample (&tone->format);
  VncAudioSample *sample = vnc_audio_sample_new (n_frames * bytes * tone->format.nchannels);

  for (guint i = 0; i < n_frames; i++, tone->n_frames++)
    for (guint c = 0; c < tone->format.nchannels; c++)
      put_sample (sample->data + (i * tone->format.nchannels + c) * bytes, &tone->format,
                  0.5 * sin (2 * G_PI * tone->hertz * (double) tone->n_frames / tone->format.frequency));
  sample->length = sample->capacity;
  vnc_audio_playback_data (tone->audio, sample);
  vnc_audio_sample_free (sample);
}

static gboolean
tone_tick (gpointer data)
{
  Tone *tone = data;
  guint64 due = (guint64) (g_get_monotonic_time () - tone->begun_at) * tone->format.frequency / G_USEC_PER_SEC;

  if (due > tone->n_frames)
    tone_send (tone, (guint) MIN (due - tone->n_frames, tone->format.frequency));
  return G_SOURCE_CONTINUE;
}

/* How much of the energy of WINDOW samples has the frequency @hertz; 0 when they are silent. */
static double
purity (const gint16 *samples,
        double        hertz)
{
  double re = 0, im = 0, energy = 0;

  for (guint i = 0; i < WINDOW; i++) {
    double phase = 2 * G_PI * hertz * i / NULL_SINK_RATE;

    re += samples[i] * cos (phase);
    im += samples[i] * sin (phase);
    energy += (double) samples[i] * samples[i];
  }
  if (energy / WINDOW < 1000.0 * 1000.0)
    return 0;
  return 2 * (re * re + im * im) / WINDOW / energy;
}

static gboolean
raise_flag (gpointer flag)
{
  *(gboolean *) flag = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, raise_flag, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* Plays @hertz in @format until enough of it came out of the sink's monitor. */
static void
assert_tone_is_heard (VncAudio       *audio,
                      VncAudioFormat  format,
                      double          hertz)
{
  Tone tone = { .audio = audio, .format = format, .hertz = hertz };
  g_autoptr (GSubprocess) recorder = NULL;
  g_autoptr (GByteArray) heard = g_byte_array_new ();
  GPollableInputStream *pipe;
  guint n_good = 0, n_loud_wrong = 0, ticker;
  gsize done = 0;

  recorder = null_sink_record ();
  pipe = G_POLLABLE_INPUT_STREAM (g_subprocess_get_stdout_pipe (recorder));

  tone.begun_at = g_get_monotonic_time ();
  vnc_audio_playback_start (audio, &tone.format);
  ticker = g_timeout_add (10, tone_tick, &tone);

  /* A machine under load tears holes into the sound, so five good windows are enough; a wrong rate, sign or byte order
   * gives none. Without sound the test runs into its time limit. */
  while (n_good < 5 && n_loud_wrong < 200) {
    guint8 chunk[4096];
    gssize len = g_pollable_input_stream_read_nonblocking (pipe, chunk, sizeof chunk, NULL, NULL);

    if (len > 0)
      g_byte_array_append (heard, chunk, (guint) len);
    else
      g_main_context_iteration (NULL, TRUE);
    for (; done + WINDOW * sizeof (gint16) <= heard->len; done += WINDOW * sizeof (gint16)) {
      gint16 samples[WINDOW];
      double part;

      memcpy (samples, heard->data + done, sizeof samples);
      part = purity (samples, hertz);
      if (part > 0.9)
        n_good++;
      else if (part > 0)
        n_loud_wrong++;
    }
  }
  g_test_message ("format %u, %u channels, %u Hz: %u windows with %g Hz, %u without", format.format, format.nchannels,
                  format.frequency, n_good, hertz, n_loud_wrong);
  g_assert_cmpuint (n_good, >=, 5);

  g_source_remove (ticker);
  vnc_audio_playback_stop (audio);
  g_subprocess_force_exit (recorder);
  g_subprocess_wait (recorder, NULL, NULL);
}

static void
play_all_formats (VncAudio *audio)
{
  for (guint8 type = VNC_AUDIO_FORMAT_RAW_U8; type <= VNC_AUDIO_FORMAT_RAW_S32; type++) {
    Tone tone = { .audio = audio, .format = format_of (type, 2, 44100), .hertz = 1000 };

    vnc_audio_playback_start (audio, &tone.format);
    for (guint i = 0; i < 50; i++)
      tone_send (&tone, 441);
    run_for (5);
    vnc_audio_playback_stop (audio);
  }
}

static void
test_no_server (NullSink      *sink,
                gconstpointer  unused)
{
  g_autoptr (GObject) audio = G_OBJECT (vnc_audio_pulse_new ());

  play_all_formats (VNC_AUDIO (audio));
  play_all_formats (VNC_AUDIO (audio));
}

static void
test_out_of_turn (NullSink      *sink,
                  gconstpointer  unused)
{
  g_autoptr (GObject) audio = G_OBJECT (vnc_audio_pulse_new ());
  Tone tone = { .audio = VNC_AUDIO (audio), .format = format_of (VNC_AUDIO_FORMAT_RAW_S16, 2, 44100), .hertz = 440 };

  vnc_audio_playback_stop (VNC_AUDIO (audio));
  tone_send (&tone, 100);
  vnc_audio_playback_stop (VNC_AUDIO (audio));
  for (guint i = 0; i < 3; i++)
    vnc_audio_playback_start (VNC_AUDIO (audio), &tone.format);
  tone_send (&tone, 100);
  run_for (5);
  tone_send (&tone, 100);
  for (guint i = 0; i < 3; i++)
    vnc_audio_playback_stop (VNC_AUDIO (audio));
  tone_send (&tone, 100);
  run_for (5);
}

static void
test_silent_server (NullSink      *sink,
                    gconstpointer  unused)
{
  g_autoptr (GObject) audio = G_OBJECT (vnc_audio_pulse_new ());
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (sink->socket);
  g_autoptr (GSocket) silent = NULL;
  g_autoptr (GError) error = NULL;

  silent = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (silent, address, FALSE, &error));
  g_assert_true (g_socket_listen (silent, &error));

  /* Were anything to wait for an answer, this would never return. */
  play_all_formats (VNC_AUDIO (audio));
  g_clear_object (&audio);
  run_for (20);
}

static void
test_bad_formats (NullSink      *sink,
                  gconstpointer  unused)
{
  static const VncAudioFormat bad[] = {
    { .format = 6, .nchannels = 2, .frequency = 44100 },
    { .format = 255, .nchannels = 2, .frequency = 44100 },
    { .format = 3, .nchannels = 0, .frequency = 44100 },
    { .format = 3, .nchannels = 255, .frequency = 44100 },
    { .format = 3, .nchannels = 2, .frequency = 0 },
    { .format = 3, .nchannels = 2, .frequency = 0xffffffff },
  };
  g_autoptr (GObject) audio = G_OBJECT (vnc_audio_pulse_new ());
  VncBaseAudio *base = VNC_BASE_AUDIO (audio);
  VncBaseAudioClass *klass = VNC_BASE_AUDIO_GET_CLASS (audio);
  VncAudioSample *sample = vnc_audio_sample_new (64);
  VncAudioFormat good = format_of (VNC_AUDIO_FORMAT_RAW_S16, 2, 44100);

  sample->length = 64;
  memset (sample->data, 0, 64);
  g_assert_true (klass->playback_start (base, &good));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    VncAudioFormat format = bad[i];

    g_assert_false (klass->playback_start (base, &format));
    g_assert_false (klass->playback_data (base, sample));
    g_assert_false (klass->playback_stop (base));
  }
  vnc_audio_sample_free (sample);
}

static void
test_odd_packets (NullSink      *sink,
                  gconstpointer  unused)
{
  g_autoptr (GObject) audio = G_OBJECT (vnc_audio_pulse_new ());
  VncAudioFormat format = format_of (VNC_AUDIO_FORMAT_RAW_U32, 3, 8000);

  if (!null_sink_start (sink))
    return;
  vnc_audio_playback_start (VNC_AUDIO (audio), &format);
  /* Packets that end anywhere, are empty, or hold more than may wait. */
  for (guint32 len = 0; len < 40000; len = len < 64 ? len + 1 : len * 2) {
    VncAudioSample *sample = vnc_audio_sample_new (len);

    sample->length = len;
    if (len > 0)
      memset (sample->data, 0x80, len);
    vnc_audio_playback_data (VNC_AUDIO (audio), sample);
    vnc_audio_sample_free (sample);
    run_for (2);
  }
  vnc_audio_playback_stop (VNC_AUDIO (audio));
  run_for (50);
}

static void
test_tones (NullSink      *sink,
            gconstpointer  unused)
{
  g_autoptr (GObject) audio = G_OBJECT (vnc_audio_pulse_new ());

  if (!null_sink_start (sink))
    return;
  assert_tone_is_heard (VNC_AUDIO (audio), format_of (VNC_AUDIO_FORMAT_RAW_S16, 2, 44100), 440);
  assert_tone_is_heard (VNC_AUDIO (audio), format_of (VNC_AUDIO_FORMAT_RAW_U16, 2, 44100), 1000);
  assert_tone_is_heard (VNC_AUDIO (audio), format_of (VNC_AUDIO_FORMAT_RAW_S8, 1, 22050), 600);
  assert_tone_is_heard (VNC_AUDIO (audio), format_of (VNC_AUDIO_FORMAT_RAW_U8, 1, 8000), 400);
  assert_tone_is_heard (VNC_AUDIO (audio), format_of (VNC_AUDIO_FORMAT_RAW_S32, 2, 48000), 2000);
  assert_tone_is_heard (VNC_AUDIO (audio), format_of (VNC_AUDIO_FORMAT_RAW_U32, 6, 96000), 800);
}

static void
test_server_goes_away (NullSink      *sink,
                       gconstpointer  unused)
{
  g_autoptr (GObject) audio = G_OBJECT (vnc_audio_pulse_new ());
  VncAudioFormat format = format_of (VNC_AUDIO_FORMAT_RAW_S16, 2, 44100);
  Tone tone = { .audio = VNC_AUDIO (audio), .format = format, .hertz = 440 };

  if (!null_sink_start (sink))
    return;
  assert_tone_is_heard (VNC_AUDIO (audio), format, 440);

  vnc_audio_playback_start (VNC_AUDIO (audio), &format);
  tone_send (&tone, 4410);
  null_sink_stop (sink);
  for (guint i = 0; i < 20; i++) {
    tone_send (&tone, 441);
    run_for (10);
  }
  vnc_audio_playback_stop (VNC_AUDIO (audio));

  if (!null_sink_start (sink))
    return;
  /* A missing sound server is not looked for more often than once a second. */
  run_for (1100);
  assert_tone_is_heard (VNC_AUDIO (audio), format, 1000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, NullSink, NULL, null_sink_set_up, function, null_sink_tear_down)
  ADD ("/pulse/no-server", test_no_server);
  ADD ("/pulse/out-of-turn", test_out_of_turn);
  ADD ("/pulse/silent-server", test_silent_server);
  ADD ("/pulse/bad-formats", test_bad_formats);
  ADD ("/pulse/odd-packets", test_odd_packets);
  ADD ("/pulse/tones", test_tones);
  ADD ("/pulse/server-goes-away", test_server_goes_away);
#undef ADD
  return g_test_run ();
}
