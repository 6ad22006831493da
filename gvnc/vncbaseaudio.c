/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncbaseaudio.h"

/**
 * VncBaseAudio:
 *
 * A [iface@Audio] that emits a signal for each thing that happens.
 *
 * Connect to the signals to play sound, or derive a class and override its methods, which are the class handlers of
 * the signals. All of it happens on the main context.
 */
enum {
  SIGNAL_PLAYBACK_START,
  SIGNAL_PLAYBACK_STOP,
  SIGNAL_PLAYBACK_DATA,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void base_audio_interface_init (VncAudioInterface *iface);

G_DEFINE_TYPE_WITH_CODE (VncBaseAudio, vnc_base_audio, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (VNC_TYPE_AUDIO, base_audio_interface_init))

static gboolean
base_audio_playback_start (VncAudio       *audio,
                           VncAudioFormat *format)
{
  g_signal_emit (audio, signals[SIGNAL_PLAYBACK_START], 0, format);
  return TRUE;
}

static gboolean
base_audio_playback_stop (VncAudio *audio)
{
  g_signal_emit (audio, signals[SIGNAL_PLAYBACK_STOP], 0);
  return TRUE;
}

static gboolean
base_audio_playback_data (VncAudio       *audio,
                          VncAudioSample *sample)
{
  g_signal_emit (audio, signals[SIGNAL_PLAYBACK_DATA], 0, sample);
  return TRUE;
}

static void
base_audio_interface_init (VncAudioInterface *iface)
{
  iface->playback_start = base_audio_playback_start;
  iface->playback_stop = base_audio_playback_stop;
  iface->playback_data = base_audio_playback_data;
}

/**
 * VncBaseAudioClass::playback_start:
 * @audio: a sink
 * @format: how samples look
 *
 * Class handler of [signal@BaseAudio::vnc-audio-playback-start].
 *
 * Returns: ignored
 */
/**
 * VncBaseAudioClass::playback_stop:
 * @audio: a sink
 *
 * Class handler of [signal@BaseAudio::vnc-audio-playback-stop].
 *
 * Returns: ignored
 */
/**
 * VncBaseAudioClass::playback_data:
 * @audio: a sink
 * @sample: the sound
 *
 * Class handler of [signal@BaseAudio::vnc-audio-playback-data].
 *
 * Returns: ignored
 */
static void
vnc_base_audio_class_init (VncBaseAudioClass *klass)
{
  /**
   * VncBaseAudio::vnc-audio-playback-start:
   * @audio: the object
   * @object: how the sound that follows is encoded
   *
   * Emitted before sound comes.
   */
  signals[SIGNAL_PLAYBACK_START] =
    g_signal_new ("vnc-audio-playback-start", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncBaseAudioClass, playback_start), NULL, NULL, NULL,
                  G_TYPE_NONE, 1, VNC_TYPE_AUDIO_FORMAT | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * VncBaseAudio::vnc-audio-playback-stop:
   * @audio: the object
   *
   * Emitted when no more sound comes.
   */
  signals[SIGNAL_PLAYBACK_STOP] =
    g_signal_new ("vnc-audio-playback-stop", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncBaseAudioClass, playback_stop), NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * VncBaseAudio::vnc-audio-playback-data:
   * @audio: the object
   * @object: a piece of sound
   *
   * Emitted for each piece of sound.
   */
  signals[SIGNAL_PLAYBACK_DATA] =
    g_signal_new ("vnc-audio-playback-data", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncBaseAudioClass, playback_data), NULL, NULL, NULL,
                  G_TYPE_NONE, 1, VNC_TYPE_AUDIO_SAMPLE | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
vnc_base_audio_init (VncBaseAudio *audio)
{
  audio->priv = NULL; /* nothing is kept; the pointer is part of the layout */
}

/**
 * vnc_base_audio_new:
 *
 * Makes an audio object.
 *
 * Returns: (transfer full): a new audio object
 */
VncBaseAudio *
vnc_base_audio_new (void)
{
  return g_object_new (VNC_TYPE_BASE_AUDIO, NULL);
}
