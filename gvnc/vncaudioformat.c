/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncaudioformat.h"

#include "vncboxed-private.h"

GVNC_DEFINE_BOXED_TYPE (VncAudioFormat, vnc_audio_format)

/**
 * vnc_audio_format_new:
 *
 * Makes an audio format with all fields zero.
 *
 * Returns: (transfer full): a new audio format
 */
VncAudioFormat *
vnc_audio_format_new (void)
{
  return g_new0 (VncAudioFormat, 1);
}

/**
 * vnc_audio_format_copy:
 * @format: an audio format
 *
 * Copies an audio format.
 *
 * Returns: (transfer full): the copy
 */
VncAudioFormat *
vnc_audio_format_copy (VncAudioFormat *format)
{
  VncAudioFormat *copy;

  g_return_val_if_fail (format != NULL, NULL);

  copy = g_new (VncAudioFormat, 1);
  *copy = *format;
  return copy;
}

/**
 * vnc_audio_format_free:
 * @format: an audio format
 *
 * Frees an audio format.
 */
void
vnc_audio_format_free (VncAudioFormat *format)
{
  g_free (format);
}
