/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncaudiosample.h"

#include "vncboxed-private.h"

#include <string.h>

GVNC_DEFINE_BOXED_TYPE (VncAudioSample, vnc_audio_sample)

/**
 * vnc_audio_sample_new:
 * @capacity: how many bytes it shall have room for
 *
 * Makes an empty sample, with a length of zero.
 *
 * Returns: (transfer full): a new sample
 */
VncAudioSample *
vnc_audio_sample_new (guint32 capacity)
{
  VncAudioSample *sample = g_new0 (VncAudioSample, 1);

  sample->data = g_malloc0 (capacity);
  sample->capacity = capacity;
  return sample;
}

/**
 * vnc_audio_sample_copy:
 * @sample: a sample
 *
 * Copies a sample with its sound and its capacity.
 *
 * Returns: (transfer full): the copy
 */
VncAudioSample *
vnc_audio_sample_copy (VncAudioSample *sample)
{
  VncAudioSample *copy;

  g_return_val_if_fail (sample != NULL, NULL);

  copy = vnc_audio_sample_new (sample->capacity);
  copy->length = MIN (sample->length, sample->capacity);
  if (copy->length > 0)
    memcpy (copy->data, sample->data, copy->length);
  return copy;
}

/**
 * vnc_audio_sample_free:
 * @sample: a sample
 *
 * Frees a sample and its sound.
 */
void
vnc_audio_sample_free (VncAudioSample *sample)
{
  if (sample == NULL)
    return;
  g_free (sample->data);
  g_free (sample);
}
