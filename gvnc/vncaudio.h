/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>
#include <vncaudioformat.h>
#include <vncaudiosample.h>

G_BEGIN_DECLS

#define VNC_TYPE_AUDIO                (vnc_audio_get_type ())
#define VNC_AUDIO(obj)                (G_TYPE_CHECK_INSTANCE_CAST ((obj), VNC_TYPE_AUDIO, VncAudio))
#define VNC_IS_AUDIO(obj)             (G_TYPE_CHECK_INSTANCE_TYPE ((obj), VNC_TYPE_AUDIO))
#define VNC_AUDIO_GET_INTERFACE(inst) (G_TYPE_INSTANCE_GET_INTERFACE ((inst), VNC_TYPE_AUDIO, VncAudioInterface))

typedef struct _VncAudio          VncAudio; /* no such struct: an interface */
typedef struct _VncAudioInterface VncAudioInterface;

/**
 * VncAudioInterface:
 * @parent: the parent interface
 * @playback_start: sound in the given format follows
 * @playback_stop: no more sound follows
 * @playback_data: a piece of sound
 *
 * What a player of sound implements. The methods are called from the main context and must not block it; they return
 * whether they could do what was asked.
 */
struct _VncAudioInterface {
  GTypeInterface parent;

  gboolean (*playback_start) (VncAudio       *audio,
                              VncAudioFormat *format);
  gboolean (*playback_stop)  (VncAudio       *audio);
  gboolean (*playback_data)  (VncAudio       *audio,
                              VncAudioSample *sample);
};

GType vnc_audio_get_type       (void);

void  vnc_audio_playback_start (VncAudio       *aud,
                                VncAudioFormat *format);
void  vnc_audio_playback_stop  (VncAudio       *aud);
void  vnc_audio_playback_data  (VncAudio       *aud,
                                VncAudioSample *sample);

G_END_DECLS
