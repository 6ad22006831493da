/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define VNC_TYPE_AUDIO_SAMPLE (vnc_audio_sample_get_type ())

typedef struct _VncAudioSample VncAudioSample;

/**
 * VncAudioSample:
 * @data: the sound
 * @length: how many bytes of @data are used
 * @capacity: how many bytes @data has room for
 *
 * A piece of sound.
 */
struct _VncAudioSample {
  guint8  *data;
  guint32  length;
  guint32  capacity;
};

GType           vnc_audio_sample_get_type (void);
VncAudioSample *vnc_audio_sample_new      (guint32         capacity);
VncAudioSample *vnc_audio_sample_copy     (VncAudioSample *sample);
void            vnc_audio_sample_free     (VncAudioSample *sample);

G_END_DECLS
