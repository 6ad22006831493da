/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define VNC_TYPE_AUDIO_FORMAT (vnc_audio_format_get_type ())

typedef struct _VncAudioFormat VncAudioFormat;

/**
 * VncAudioFormatType:
 * @VNC_AUDIO_FORMAT_RAW_U8: unsigned 8 bits
 * @VNC_AUDIO_FORMAT_RAW_S8: signed 8 bits
 * @VNC_AUDIO_FORMAT_RAW_U16: unsigned 16 bits, little endian
 * @VNC_AUDIO_FORMAT_RAW_S16: signed 16 bits, little endian
 * @VNC_AUDIO_FORMAT_RAW_U32: unsigned 32 bits, little endian
 * @VNC_AUDIO_FORMAT_RAW_S32: signed 32 bits, little endian
 *
 * How one value of one channel is stored.
 */
typedef enum {
  VNC_AUDIO_FORMAT_RAW_U8  = 0,
  VNC_AUDIO_FORMAT_RAW_S8  = 1,
  VNC_AUDIO_FORMAT_RAW_U16 = 2,
  VNC_AUDIO_FORMAT_RAW_S16 = 3,
  VNC_AUDIO_FORMAT_RAW_U32 = 4,
  VNC_AUDIO_FORMAT_RAW_S32 = 5,
} VncAudioFormatType;

/**
 * VncAudioFormat:
 * @format: a [enum@AudioFormatType]
 * @nchannels: number of channels, 1 or 2
 * @frequency: values per channel and second, in Hz
 *
 * How sound is encoded.
 */
struct _VncAudioFormat {
  guint8  format;
  guint8  nchannels;
  guint32 frequency;
};

GType           vnc_audio_format_get_type (void);
VncAudioFormat *vnc_audio_format_new      (void);
VncAudioFormat *vnc_audio_format_copy     (VncAudioFormat *format);
void            vnc_audio_format_free     (VncAudioFormat *format);

G_END_DECLS
