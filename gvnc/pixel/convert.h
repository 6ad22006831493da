/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "decoders/canvas.h"

/* Turns pixels as they were sent into pixels of a framebuffer.
 *
 * A converter is made once for a pair of formats; everything that depends on them (tables, multipliers, which loop to
 * run) is settled then, so that a row costs one indirect call and a pixel none.
 *
 * A channel of another width keeps its meaning, the part of its full range: 31 of 31 becomes 255 of 255. The result is
 * rounded to the nearest value, so that a way there and back gives the same value where the target has room for it.
 * Bits of a target pixel of 32 bits that belong to no channel are 1, so that applications which take them for the
 * opacity see a picture (gvnccapture does), and 0 in smaller pixels. Only when source and target are alike and of one
 * size are they what was sent, since the bytes are copied, unless gvnc_converter_set_opaque() says otherwise. */

/* Where a channel of a source pixel is, and how its value becomes that of the target. */
typedef struct {
  guint   source_shift;
  guint32 source_max;
  guint   target_shift;
  guint32 target_max;
  guint64 multiplier;    /* target value = (source value * multiplier + addend) >> precision */
  guint64 addend;
} GvncChannel;

typedef struct _GvncConverter GvncConverter;

struct _GvncConverter {
  void      (*row) (const GvncConverter *converter,
                    const guint8        *source,
                    guint8              *target,
                    gsize                n_pixels);
  guint       source_size;    /* bytes of a pixel */
  guint       target_size;
  gboolean    is_copy;        /* bytes of a pixel stay as they are */

  /* For the loops only: */
  guint8      load;
  guint8      map;
  guint8      store;
  guint       precision;
  guint32     mask;           /* bits of the channels */
  guint32     unused;         /* bits of the target that are set in every pixel */
  GvncChannel channels[3];
  guint32    *table;          /* owned; target value of each source value, of n_table; NULL when none is needed */
  guint       n_table;
};

/* @source is what the pixels of layout PIXEL or CPIXEL look like; the other layouts need none. @colours are the
 * @n_colours entries (red, green and blue each) of its colour map; an index outside of them is black. Both
 * formats are valid (see gvnc_pixel_format_check()), and @target has true colour unless it is like @source. */
void gvnc_converter_init        (GvncConverter         *converter,
                                 GvncLayout             layout,
                                 const GvncPixelFormat *source,
                                 const guint16         *colours,
                                 guint                  n_colours,
                                 const GvncPixelFormat *target);
/* The same for a target of three bytes red, green, blue a pixel. */
void gvnc_converter_init_rgb24  (GvncConverter         *converter,
                                 GvncLayout             layout,
                                 const GvncPixelFormat *source,
                                 const guint16         *colours,
                                 guint                  n_colours);
/* Has bits of 32-bit target pixels that belong to no channel be 1 always, also when source and target are alike. */
void gvnc_converter_set_opaque  (GvncConverter         *converter);
/* Frees what it holds; a cleared or zeroed one may be cleared again. */
void gvnc_converter_clear       (GvncConverter         *converter);

static inline void
gvnc_converter_row (const GvncConverter *converter,
                    const guint8        *source,
                    guint8              *target,
                    gsize                n_pixels)
{
  converter->row (converter, source, target, n_pixels);
}

/* One pixel, which costs less than a row of one when bytes stay as they are. */
static inline void
gvnc_converter_pixel (const GvncConverter *converter,
                      const guint8        *source,
                      guint8              *target)
{
  if (converter->is_copy && converter->target_size == 4)
    memcpy (target, source, 4);
  else
    converter->row (converter, source, target, 1);
}

/* Whether pixels of both formats have the same bytes for the same colour, so that they can be copied. Depth does not
 * matter; nor do maxima and shifts when both are indices into a colour map. */
gboolean gvnc_pixel_formats_alike (const GvncPixelFormat *a,
                                   const GvncPixelFormat *b);

/* Sets @height rows of @width pixels to @pixel, which has @size (1, 2 or 4) bytes. */
void gvnc_pixels_fill (guint8       *target,
                       gsize         stride,
                       guint         width,
                       guint         height,
                       const guint8 *pixel,
                       guint         size);

/* @n pixels as cursor shapes want them: bytes red, green, blue, 255 each. */
void gvnc_convert_to_rgba (const GvncPixelFormat *format,
                           const guint16         *colours,
                           guint                  n_colours,
                           const guint8          *pixels,
                           gsize                  n,
                           guint8                *rgba);
