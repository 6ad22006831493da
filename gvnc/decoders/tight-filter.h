/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "wire/format.h"

/* The filters of Tight: how rows of inflated bytes become rows of pixels.
 *
 * Where the format has TPIXELs, pixels come out in GVNC_LAYOUT_XRGB32, so that the replay has nothing to convert in most
 * sessions; else in the session's format. */

#define TIGHT_FILTER_COPY     0
#define TIGHT_FILTER_PALETTE  1
#define TIGHT_FILTER_GRADIENT 2

typedef struct {
  GvncPixelFormat format;
  gboolean        is_tpixel;      /* pixels are three bytes red, green, blue on the wire */
  guint           tpixel;         /* bytes of a pixel on the wire */
  guint           size;           /* bytes of a pixel that comes out: 1, 2 or 4 */
  guint           width;          /* of the rectangle */

  guint           kind;           /* TIGHT_FILTER_… */
  guint           n_colours;      /* palette: 2 to 256 */
  guint32         palette[256];   /* palette: pixels as they come out, in the first `size` bytes */

  /* Gradient: the channels of the row above, three for each pixel and three zeros before the first. */
  guint16        *above;          /* owned */
  guint           above_width;    /* pixels it has room for */
  gboolean        has_above;
} TightFilter;

void     tight_filter_begin       (TightFilter           *filter,
                                   const GvncPixelFormat *format,
                                   guint                  width);
void     tight_filter_clear       (TightFilter           *filter);

/* Once the kind, and for a palette the number of colours, is set: */
gsize    tight_filter_row_len     (const TightFilter     *filter);

/* @wire: n_colours pixels. */
void     tight_filter_set_palette (TightFilter           *filter,
                                   const guint8          *wire);

/* Turns @n_rows of @row_len bytes into rows of `width` pixels without gaps. The rectangle's rows come in order. */
gboolean tight_filter_rows        (TightFilter           *filter,
                                   const guint8          *rows,
                                   gsize                  row_len,
                                   guint                  n_rows,
                                   guint8                *out,
                                   GError               **error);

/* A TPIXEL as 0x00RRGGBB. */
static inline guint32
tight_filter_rgb (const guint8 *p)
{
  return (guint32) p[0] << 16 | (guint32) p[1] << 8 | p[2];
}
