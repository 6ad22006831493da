/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "decoders/decoder.h"
#include "decoders/jpeg.h"
#include "decoders/tight-filter.h"
#include "wire/inflate.h"

/* What Tight and TightPNG have in common, the zlib streams included: all but the meaning of two kinds of compression. */

/* What comes next on the wire. */
typedef enum {
  TIGHT_CONTROL,
  TIGHT_FILL_PIXEL,
  TIGHT_FILTER,
  TIGHT_PALETTE_COUNT,
  TIGHT_PALETTE,
  TIGHT_PLAIN_ROWS,
  TIGHT_LENGTH,
  TIGHT_ROWS,
  TIGHT_PICTURE,
  TIGHT_DONE,
} TightPart;

/* As gvnc_png_decode(). */
typedef gboolean (*TightDecode) (const guint8  *data,
                                 gsize          len,
                                 guint          width,
                                 guint          height,
                                 guint8        *out,
                                 GError       **error);

typedef struct {
  /* Last as long as the session: */
  GvncInflate *streams[4];    /* owned; made when first used */
  GvncJpeg    *jpeg;          /* owned; made when first used */
  guint8      *window;        /* owned; inflated bytes of the rows in work */
  gsize        window_len;
  TightFilter  filter;

  /* Of the rectangle: */
  TightPart    part;          /* comes next on the wire */
  gboolean     is_plain;      /* rows are not compressed, however many there are */
  gboolean     is_picture;    /* JPEG or PNG */
  gboolean     is_png;
  TightDecode  png;           /* PNG pictures are decoded by it; NULL: there are none, as in Tight */
  guint        stream;
  gsize        row_len;       /* bytes of a filtered row */
  guint        y;             /* rows done */
  gsize        pending;       /* bytes at the start of window of the row after those */
  guint        n_length;      /* bytes of the length seen */
  guint32      left;          /* payload to come, or the length so far */
} TightState;

gboolean tight_begin (GvncDecoder  *self,
                      GError      **error);
void     tight_clear (GvncDecoder  *self);
gsize    tight_want  (const GvncDecoder *self);
gboolean tight_take  (GvncDecoder  *self,
                      GvncReader   *in,
                      GvncCanvas   *canvas,
                      GError      **error);
