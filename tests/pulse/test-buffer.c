/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How much sound VncAudioPulse lets wait, what comes when there is none, and that a stop plays what is left.
 *
 * What comes out of a null sink's monitor is counted sample by sample; each level tells which call sent it. The sink
 * has the format that is sent, so that a sample comes out as it went in. Nothing is measured in time. A machine under
 * load tears holes into the sound, so half of what has to be heard is enough; what may not wait is never heard. */
#include "config.h"

#include "null-sink.h"

#include <gvncpulse.h>
#include <stdlib.h>
#include <string.h>

#define MS(ms) ((guint64) (ms) * NULL_SINK_RATE / 1000)

/* As the documentation of VncAudioPulse says. */
#define BOUND MS (150)
#define ENOUGH(n) ((n) / 2)
/* So much silence after it was sent, and sound is not expected any more. */
#define LOST MS (10000)

#define QUIET 4000
#define LOUD  16000

typedef struct {
  GSubprocess *recorder;
  guint8       begun[2];     /* a sample of which one byte was read */
  gsize        n_begun;
  guint64      n_quiet;      /* samples of each level since the beginning */
  guint64      n_loud;
  guint64      n_other;      /* neither that nor silent */
  guint64      n_silent;     /* since the last that was not */
  guint64      n_recorded;
} Ear;

static gboolean
ear_is_about (int sample,
              int level)
{
  return abs (abs (sample) - level) < level / 8;
}

/* Takes in what was recorded, or does what else the main context has to do. */
static void
ear_listen (Ear *ear)
{
  GInputStream *pipe = g_subprocess_get_stdout_pipe (ear->recorder);
  guint8 chunk[4096];
  gssize len;

  len = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (pipe), chunk, sizeof chunk, NULL, NULL);
  g_assert_cmpint (len, !=, 0);   /* the recorder runs as long as we do */
  if (len < 0) {
    g_autoptr (GSource) source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (pipe), NULL);

    g_source_set_dummy_callback (source);
    g_source_attach (source, NULL);
    g_main_context_iteration (NULL, TRUE);
    g_source_destroy (source);
    return;
  }

  for (gssize i = 0; i < len; i++) {
    int sample;

    ear->begun[ear->n_begun++] = chunk[i];
    if (ear->n_begun < sizeof ear->begun)
      continue;
    ear->n_begun = 0;
    ear->n_recorded++;
    sample = (gint16) (ear->begun[0] | ear->begun[1] << 8);
    if (abs (sample) < 20) {
      ear->n_silent++;
      continue;
    }
    ear->n_silent = 0;
    if (ear_is_about (sample, QUIET))
      ear->n_quiet++;
    else if (ear_is_about (sample, LOUD))
      ear->n_loud++;
    else
      ear->n_other++;
  }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The monitor gives silence too: once there is some, nothing that is played is missed. */
static void
ear_open (Ear *ear)
{
  memset (ear, 0, sizeof *ear);
  ear->recorder = null_sink_record ();
  while (ear->n_recorded == 0)
    ear_listen (ear);
}

static void
ear_close (Ear *ear)
{
  g_subprocess_force_exit (ear->recorder);
  g_subprocess_wait (ear->recorder, NULL, NULL);
  g_clear_object (&ear->recorder);
  g_assert_cmpuint (ear->n_other, ==, 0);
}

static void
ear_wait_for_silence (Ear     *ear,
                      guint64  n_samples)
{
  ear->n_silent = 0;
  while (ear->n_silent < n_samples)
    ear_listen (ear);
}

/* Until @count is @n_samples, which it never is when they were lost. */
static void
ear_wait_for (Ear     *ear,
              guint64 *count,
              guint64  n_samples)
{
  ear->n_silent = 0;
  while (*count < n_samples && ear->n_silent < LOST)
    ear_listen (ear);
}

static void
buffer_start (VncAudio *audio)
{
  VncAudioFormat format = { .format = VNC_AUDIO_FORMAT_RAW_S16, .nchannels = 2, .frequency = NULL_SINK_RATE };

  vnc_audio_playback_start (audio, &format);
}

/* One packet of @n_frames: a square wave of 500 Hz, of which no sample is silent. */
static void
buffer_send (VncAudio *audio,
             guint64   n_frames,
             int       level)
{
  VncAudioSample *sample = vnc_audio_sample_new ((guint32) n_frames * 4);

  for (guint64 i = 0; i < n_frames; i++) {
    guint16 bits = (guint16) (i / 48 % 2 == 0 ? level : -level);

    for (guint byte = 0; byte < 4; byte++)
      sample->data[4 * i + byte] = (guint8) (bits >> (byte % 2 * 8));
  }
  sample->length = sample->capacity;
  vnc_audio_playback_data (audio, sample);
  vnc_audio_sample_free (sample);
}

/* Before the sound server answered, the newest 150 ms wait, and a stop plays them. */
static void
test_waits_for_the_server (NullSink      *sink,
                           gconstpointer  unused)
{
  g_autoptr (GObject) audio = G_OBJECT (vnc_audio_pulse_new ());
  Ear ear;

  if (!null_sink_start (sink))
    return;
  ear_open (&ear);
  buffer_start (VNC_AUDIO (audio));
  buffer_send (VNC_AUDIO (audio), MS (3000), QUIET);
  for (guint i = 0; i < 15; i++)
    buffer_send (VNC_AUDIO (audio), MS (10), LOUD);
  vnc_audio_playback_stop (VNC_AUDIO (audio));
  ear_wait_for (&ear, &ear.n_loud, ENOUGH (BOUND));
  ear_wait_for_silence (&ear, MS (200));
  g_test_message ("of 3000 and 150 ms %.2f and %.2f ms are heard", (double) ear.n_quiet / MS (1),
                  (double) ear.n_loud / MS (1));
  g_assert_cmpuint (ear.n_loud, >=, ENOUGH (BOUND));
  g_assert_cmpuint (ear.n_quiet + ear.n_loud, <=, BOUND);
  ear_close (&ear);
}

/* While a stream plays, what the sound server has and what waits for it are 150 ms together. */
static void
test_waits_in_a_stream (NullSink      *sink,
                        gconstpointer  unused)
{
  g_autoptr (GObject) audio = G_OBJECT (vnc_audio_pulse_new ());
  Ear ear;

  if (!null_sink_start (sink))
    return;
  ear_open (&ear);
  buffer_start (VNC_AUDIO (audio));
  buffer_send (VNC_AUDIO (audio), MS (60), QUIET);
  ear_wait_for (&ear, &ear.n_quiet, ENOUGH (MS (60)));
  g_assert_cmpuint (ear.n_quiet, >=, ENOUGH (MS (60)));
  for (guint i = 0; i < 300; i++)
    buffer_send (VNC_AUDIO (audio), MS (10), LOUD);
  vnc_audio_playback_stop (VNC_AUDIO (audio));
  ear_wait_for (&ear, &ear.n_loud, MS (20));
  ear_wait_for_silence (&ear, MS (200));
  g_test_message ("of 3000 ms %.2f ms are heard", (double) ear.n_loud / MS (1));
  g_assert_cmpuint (ear.n_loud, >=, MS (20));
  g_assert_cmpuint (ear.n_loud, <=, BOUND);
  ear_close (&ear);
}

/* A short sound and its end at once. */
static void
test_drains (NullSink      *sink,
             gconstpointer  unused)
{
  g_autoptr (GObject) audio = G_OBJECT (vnc_audio_pulse_new ());
  Ear ear;

  if (!null_sink_start (sink))
    return;
  ear_open (&ear);
  /* Through a new stream, one that plays, and after the rest of one before was heard. */
  for (guint i = 0; i < 3; i++) {
    guint64 before;

    buffer_start (VNC_AUDIO (audio));
    if (i == 1) {
      buffer_send (VNC_AUDIO (audio), MS (60), QUIET);
      ear_wait_for (&ear, &ear.n_quiet, ENOUGH (MS (60)));
      g_assert_cmpuint (ear.n_quiet, >=, ENOUGH (MS (60)));
      ear_wait_for_silence (&ear, MS (100));
    }
    before = ear.n_loud;
    for (guint packet = 0; packet < 10; packet++)
      buffer_send (VNC_AUDIO (audio), MS (10), LOUD);
    vnc_audio_playback_stop (VNC_AUDIO (audio));
    ear_wait_for (&ear, &ear.n_loud, before + ENOUGH (MS (100)));
    g_assert_cmpuint (ear.n_loud - before, >=, ENOUGH (MS (100)));
    ear_wait_for_silence (&ear, MS (100));
    g_test_message ("of 100 ms %.2f ms are heard", (double) (ear.n_loud - before) / MS (1));
    g_assert_cmpuint (ear.n_loud - before, <=, MS (100));
  }
  ear_close (&ear);
}

/* A server that sends nothing for a while is silent, and goes on where it was. */
static void
test_silence_between (NullSink      *sink,
                      gconstpointer  unused)
{
  g_autoptr (GObject) audio = G_OBJECT (vnc_audio_pulse_new ());
  Ear ear;

  if (!null_sink_start (sink))
    return;
  ear_open (&ear);
  buffer_start (VNC_AUDIO (audio));
  buffer_send (VNC_AUDIO (audio), MS (100), QUIET);
  ear_wait_for (&ear, &ear.n_quiet, ENOUGH (MS (100)));
  g_assert_cmpuint (ear.n_quiet, >=, ENOUGH (MS (100)));
  ear_wait_for_silence (&ear, MS (200));
  g_assert_cmpuint (ear.n_quiet, <=, MS (100));
  g_assert_cmpuint (ear.n_loud + ear.n_other, ==, 0);

  for (guint i = 0; i < 10; i++)
    buffer_send (VNC_AUDIO (audio), MS (10), LOUD);
  ear_wait_for (&ear, &ear.n_loud, ENOUGH (MS (100)));
  g_assert_cmpuint (ear.n_loud, >=, ENOUGH (MS (100)));
  ear_wait_for_silence (&ear, MS (100));
  g_assert_cmpuint (ear.n_loud, <=, MS (100));
  g_assert_cmpuint (ear.n_quiet, <=, MS (100));
  ear_close (&ear);
  g_test_message ("of 100 ms before and after %.2f and %.2f ms are heard", (double) ear.n_quiet / MS (1),
                  (double) ear.n_loud / MS (1));
  vnc_audio_playback_stop (VNC_AUDIO (audio));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, NullSink, NULL, null_sink_set_up, function, null_sink_tear_down)
  ADD ("/pulse/buffer/waits-for-the-server", test_waits_for_the_server);
  ADD ("/pulse/buffer/waits-in-a-stream", test_waits_in_a_stream);
  ADD ("/pulse/buffer/drains", test_drains);
  ADD ("/pulse/buffer/silence-between", test_silence_between);
#undef ADD
  return g_test_run ();
}
