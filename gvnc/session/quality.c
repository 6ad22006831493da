/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/quality.h"

#include "wire/rfb.h"

/* Bandwidth from which a level is right, in kbit/s. A full 1920×1080 screen of mixed contents takes about 8 Mbit in
 * lossless Tight, 3 Mbit at JPEG quality 8, 1.5 Mbit at 5, 0.7 Mbit at 1. */
static const struct {
  guint       bandwidth_kbit;
  GvncQuality quality;
} levels[] = {
  { 100000, { -1, 1, FALSE, FALSE } },
  {  16000, {  8, 2, FALSE, TRUE } },
  {   4000, {  6, 4, FALSE, TRUE } },
  {   1000, {  4, 6, FALSE, TRUE } },
  {    300, {  1, 9, FALSE, TRUE } },
  {      0, {  1, 9, TRUE,  TRUE } },
};

/* From this round trip on every byte that waits in a queue is felt, and one level less is asked for. */
#define SLOW_LATENCY_MS 150

const GvncQuality *
gvnc_quality_get (guint level)
{
  return &levels[MIN (level, G_N_ELEMENTS (levels) - 1)].quality;
}

static guint
quality_level (guint bandwidth_kbit,
               gint  latency_ms)
{
  guint level = 0;

  while (bandwidth_kbit < levels[level].bandwidth_kbit)
    level++;
  /* A link that is fast for its latency needs no thrift; the step to few colours is for bandwidth alone. */
  if (latency_ms >= SLOW_LATENCY_MS && level > 0 && level + 2 < G_N_ELEMENTS (levels))
    level++;
  return level;
}

gboolean
gvnc_quality_measure (GvncQualityState *self,
                      guint             bandwidth_kbit,
                      gint              latency_ms)
{
  guint level = quality_level (bandwidth_kbit, latency_ms);
  guint last = self->proposed;

  self->proposed = level;
  if (level == self->level || last == self->level || (level > self->level) != (last > self->level))
    return FALSE;
  /* Both point the same way: go as far as the more careful one says. */
  self->level = level > self->level ? MIN (level, last) : MAX (level, last);
  return TRUE;
}

static gboolean
quality_is_about_it (gint32 encoding)
{
  return (encoding >= GVNC_RFB_ENCODING_JPEG_QUALITY_LOWEST && encoding <= GVNC_RFB_ENCODING_JPEG_QUALITY_HIGHEST) ||
         (encoding >= GVNC_RFB_ENCODING_COMPRESSION_LOWEST && encoding <= GVNC_RFB_ENCODING_COMPRESSION_HIGHEST) ||
         (encoding >= GVNC_RFB_ENCODING_FINE_QUALITY_LOWEST && encoding <= GVNC_RFB_ENCODING_FINE_QUALITY_HIGHEST) ||
         (encoding >= GVNC_RFB_ENCODING_SUBSAMPLING_FIRST && encoding <= GVNC_RFB_ENCODING_SUBSAMPLING_LAST);
}

/* What takes the fewest bytes for pictures of all sorts; the best first. Servers take the first of our list that they have. */
static const gint32 small_encodings[] = {
  GVNC_RFB_ENCODING_TIGHT, GVNC_RFB_ENCODING_ZRLE, GVNC_RFB_ENCODING_ZLIB,
};

static gboolean
quality_has (const gint32 *encodings,
             guint         n_encodings,
             gint32        encoding)
{
  for (guint i = 0; i < n_encodings; i++)
    if (encodings[i] == encoding)
      return TRUE;
  return FALSE;
}

/* The small ones that the application has asked for come first where bytes count. */
static void
quality_put_small_first (GArray       *applied,
                         const gint32 *encodings,
                         guint         n_encodings)
{
  for (guint i = 0; i < G_N_ELEMENTS (small_encodings); i++)
    if (quality_has (encodings, n_encodings, small_encodings[i]))
      g_array_append_val (applied, small_encodings[i]);
}

GArray *
gvnc_quality_apply (const GvncQuality *quality,
                    const gint32      *encodings,
                    guint              n_encodings)
{
  GArray *applied = g_array_sized_new (FALSE, FALSE, sizeof (gint32), n_encodings + 2);
  gint32 compression = GVNC_RFB_ENCODING_COMPRESSION_LOWEST + quality->compression;

  if (quality->jpeg_quality >= 0) {
    gint32 jpeg = GVNC_RFB_ENCODING_JPEG_QUALITY_LOWEST + quality->jpeg_quality;

    g_array_append_val (applied, jpeg);
  }
  if (quality->saves_bytes)
    quality_put_small_first (applied, encodings, n_encodings);
  /* ZYWRLE's pixels say nothing of the quality they were made with, so it would have to stay in step with updates. */
  for (guint i = 0; i < n_encodings; i++)
    if (!quality_is_about_it (encodings[i]) && encodings[i] != GVNC_RFB_ENCODING_ZYWRLE &&
        !(quality->saves_bytes && quality_has (small_encodings, G_N_ELEMENTS (small_encodings), encodings[i])))
      g_array_append_val (applied, encodings[i]);
  g_array_append_val (applied, compression);
  return applied;
}
