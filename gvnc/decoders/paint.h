/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <string.h>

/* Filling memory with pixels of 1, 2 or 4 bytes, for decoders that put a picture together before they blit it.
 *
 * A pixel is spread to 16 bytes once; any run of whole pixels is then that pattern cut to the run's length, whatever
 * the size of a pixel. Runs are mostly a few pixels long, so a call of memset() or a loop with a prologue would cost
 * more than the stores. */
typedef struct {
  guint64 half;  /* the pattern's first eight bytes; the other eight are the same */
} GvncPaint;

/* @pixel holds the pixel's bytes in its first @size bytes of memory. */
static inline GvncPaint
gvnc_paint (const guint8 *pixel,
            guint         size)
{
  GvncPaint paint;

  if (size == 1) {
    paint.half = pixel[0] * G_GUINT64_CONSTANT (0x0101010101010101);
  } else if (size == 2) {
    guint16 value;

    memcpy (&value, pixel, 2);
    paint.half = value * G_GUINT64_CONSTANT (0x0001000100010001);
  } else {
    guint32 value;

    memcpy (&value, pixel, 4);
    paint.half = (guint64) value << 32 | value;
  }
  return paint;
}

/* @len bytes at @at; a whole number of pixels. */
static inline void
gvnc_paint_run (guint8   *at,
                gsize     len,
                GvncPaint paint)
{
  guint8 *const end = at + len;

  /* the last store may overlap the one before: all begin on a pixel */
  if (len >= 16) {
    for (; at + 16 <= end; at += 16) {
      memcpy (at, &paint.half, 8);
      memcpy (at + 8, &paint.half, 8);
    }
    memcpy (end - 16, &paint.half, 8);
    memcpy (end - 8, &paint.half, 8);
  } else if (len >= 8) {
    memcpy (at, &paint.half, 8);
    memcpy (end - 8, &paint.half, 8);
  } else if (len >= 4) {
    memcpy (at, &paint.half, 4);
    memcpy (end - 4, &paint.half, 4);
  } else if (len >= 2) {
    memcpy (at, &paint.half, 2);
    memcpy (end - 2, &paint.half, 2);
  } else if (len == 1) {
    memcpy (at, &paint.half, 1);
  }
}

/* @height rows of @len bytes. */
static inline void
gvnc_paint_rows (guint8   *at,
                 gsize     stride,
                 gsize     len,
                 guint     height,
                 GvncPaint paint)
{
  for (; height > 0; height--, at += stride)
    gvnc_paint_run (at, len, paint);
}
