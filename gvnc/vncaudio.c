/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncaudio.h"

/**
 * VncAudio:
 *
 * Something that plays the sound of a remote desktop.
 *
 * An object with this interface is given to [method@Connection.set_audio]; [class@BaseAudio] passes everything on as
 * signals.
 */
G_DEFINE_INTERFACE (VncAudio, vnc_audio, G_TYPE_OBJECT)

static void
vnc_audio_default_init (VncAudioInterface *iface)
{
}

/**
 * vnc_audio_playback_start:
 * @aud: an audio object
 * @format: (transfer none): how the sound that follows is encoded
 *
 * Says that sound follows.
 */
void
vnc_audio_playback_start (VncAudio       *aud,
                          VncAudioFormat *format)
{
  VncAudioInterface *iface;

  g_return_if_fail (VNC_IS_AUDIO (aud));

  iface = VNC_AUDIO_GET_INTERFACE (aud);
  if (iface->playback_start != NULL)
    iface->playback_start (aud, format);
}

/**
 * vnc_audio_playback_stop:
 * @aud: an audio object
 *
 * Says that no more sound follows.
 */
void
vnc_audio_playback_stop (VncAudio *aud)
{
  VncAudioInterface *iface;

  g_return_if_fail (VNC_IS_AUDIO (aud));

  iface = VNC_AUDIO_GET_INTERFACE (aud);
  if (iface->playback_stop != NULL)
    iface->playback_stop (aud);
}

/**
 * vnc_audio_playback_data:
 * @aud: an audio object
 * @sample: (transfer none): a piece of sound
 *
 * Hands over a piece of sound, which is valid during the call.
 */
void
vnc_audio_playback_data (VncAudio       *aud,
                         VncAudioSample *sample)
{
  VncAudioInterface *iface;

  g_return_if_fail (VNC_IS_AUDIO (aud));

  iface = VNC_AUDIO_GET_INTERFACE (aud);
  if (iface->playback_data != NULL)
    iface->playback_data (aud, sample);
}
