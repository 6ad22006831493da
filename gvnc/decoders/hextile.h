/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "decoders/decoder.h"
#include "decoders/paint.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>

/* The tiles of Hextile and ZlibHex.
 *   wire: U8 mask | Raw: PIXEL of each | else: [PIXEL background] [PIXEL foreground] [U8 count, count * subrectangle]
 *         subrectangle: [PIXEL] U8 x << 4 | y, U8 (width − 1) << 4 | (height − 1)
 *
 * Neighbours of one colour become one fill. Tiles with subrectangles are put together side by side in a strip, and
 * neighbours become one blit. */

#define HEXTILE_SIDE 16

/* Columns of pixels in a strip: 16 KiB with the largest pixels, so that it stays in the nearest cache. */
#define HEXTILE_STRIP_PX 256

#define HEXTILE_MASKS \
  (GVNC_RFB_HEXTILE_RAW | GVNC_RFB_HEXTILE_BACKGROUND | GVNC_RFB_HEXTILE_FOREGROUND | \
   GVNC_RFB_HEXTILE_ANY_SUBRECTS | GVNC_RFB_HEXTILE_SUBRECTS_COLOURED)

/* The start of a decoder's state. */
typedef struct {
  guint    x, y;             /* the next tile, relative to the rectangle; y is its height when all are done */
  gsize    need;             /* bytes of the next tile as far as known */
  gboolean has_background;   /* both colours: sent in this rectangle, so that a tile may leave it out */
  gboolean has_foreground;
  guint8   background[4];
  guint8   foreground[4];
} HextileState;

/* Neighbouring tiles of a row that become one operation. */
typedef struct {
  enum { RUN_NONE, RUN_FILL, RUN_STRIP } kind;
  GvncRect rect;             /* relative to the rectangle */
  guint8   pixel[4];         /* RUN_FILL */
  guint8  *strip;            /* HEXTILE_STRIP_PX columns or up to the right edge, or NULL */
  guint    strip_x;
  gsize    stride;
} HextileRun;

static inline gboolean
hextile_begin (GvncDecoder  *self,
               GError      **error)
{
  HextileState *hextile = self->state;

  *hextile = (HextileState) { .need = 1 };
  return TRUE;
}

static inline gsize
hextile_want (const GvncDecoder *self)
{
  const HextileState *hextile = self->state;

  return hextile->y < self->rect.height ? hextile->need : 0;
}

static inline void
hextile_flush (const GvncDecoder *self,
               GvncCanvas        *canvas,
               HextileRun        *run)
{
  GvncRect rect;

  if (run->kind == RUN_NONE)
    return;
  rect = gvnc_rect_offset (&run->rect, self->rect.x, self->rect.y);
  if (run->kind == RUN_FILL)
    gvnc_canvas_fill (canvas, &rect, run->pixel, self->pixel_size);
  else
    gvnc_canvas_blit (canvas, &rect, GVNC_LAYOUT_PIXEL,
                      run->strip + (gsize) (run->rect.x - run->strip_x) * self->pixel_size, run->stride);
  run->kind = RUN_NONE;
}

/* How many bytes the tile at @p takes, as far as @left bytes of it tell. */
static inline gsize
hextile_tile_len (const guint8 *p,
                  gsize         left,
                  guint         n_pixels,
                  guint         size)
{
  gsize len = 1;

  if ((p[0] & GVNC_RFB_HEXTILE_RAW) != 0)
    return 1 + (gsize) n_pixels * size;
  if ((p[0] & GVNC_RFB_HEXTILE_BACKGROUND) != 0)
    len += size;
  if ((p[0] & GVNC_RFB_HEXTILE_FOREGROUND) != 0)
    len += size;
  if ((p[0] & GVNC_RFB_HEXTILE_ANY_SUBRECTS) != 0) {
    len++;
    if (left >= len)
      len += p[len - 1] * (gsize) ((p[0] & GVNC_RFB_HEXTILE_SUBRECTS_COLOURED) != 0 ? size + 2 : 2);
  }
  return len;
}

/* Where the tile's pixels go: lengthens the run of drawn tiles by it, or starts one. */
static inline guint8 *
hextile_strip (const GvncDecoder *self,
               GvncCanvas        *canvas,
               HextileRun        *run,
               const GvncRect    *tile,
               guint              size)
{
  const gboolean fits = run->strip != NULL && (guint) tile->x + tile->width <= run->strip_x + HEXTILE_STRIP_PX;

  if (run->kind == RUN_STRIP && fits) {
    run->rect.width += tile->width;
  } else {
    hextile_flush (self, canvas, run);
    if (!fits) {
      run->strip_x = tile->x;
      run->stride = MIN (HEXTILE_STRIP_PX, (gsize) self->rect.width - tile->x) * size;
      run->strip = gvnc_canvas_alloc (canvas, run->stride * tile->height);
    }
    run->kind = RUN_STRIP;
    run->rect = *tile;
  }
  return run->strip + (gsize) (tile->x - run->strip_x) * size;
}

/* One whole tile of @in. @stays: raw pixels lie where the canvas may refer to them. */
static inline __attribute__ ((always_inline)) gboolean
hextile_take_tile (GvncDecoder    *self,
                   GvncReader     *in,
                   GvncCanvas     *canvas,
                   HextileRun     *run,
                   const GvncRect *tile,
                   const guint     size,
                   const gboolean  stays,
                   GError        **error)
{
  HextileState *hextile = self->state;
  const guint8 mask = gvnc_reader_u8 (in);
  guint8 *pixels;
  guint n;

  if (G_UNLIKELY ((mask & ~HEXTILE_MASKS) != 0))
    return gvnc_protocol_error (error, _("%s: tile of the unknown kind %u"), self->type->name, mask);

  if ((mask & GVNC_RFB_HEXTILE_RAW) != 0) {
    GvncRect rect = gvnc_rect_offset (tile, self->rect.x, self->rect.y);
    const gsize stride = tile->width * (gsize) size;

    const guint8 *raw = gvnc_reader_bytes (in, stride * tile->height);

    hextile_flush (self, canvas, run);
    if (stays) {
      gvnc_canvas_blit_input (canvas, &rect, GVNC_LAYOUT_PIXEL, raw, stride);
    } else {
      guint8 *copy = gvnc_canvas_alloc (canvas, stride * tile->height);

      memcpy (copy, raw, stride * tile->height);
      gvnc_canvas_blit (canvas, &rect, GVNC_LAYOUT_PIXEL, copy, stride);
    }
    return TRUE;
  }

  if ((mask & GVNC_RFB_HEXTILE_BACKGROUND) != 0) {
    memcpy (hextile->background, gvnc_reader_bytes (in, size), size);
    hextile->has_background = TRUE;
  } else if (G_UNLIKELY (!hextile->has_background)) {
    return gvnc_protocol_error (error, _("%s: tile without a background, and no earlier one had one"), self->type->name);
  }
  if ((mask & GVNC_RFB_HEXTILE_FOREGROUND) != 0) {
    memcpy (hextile->foreground, gvnc_reader_bytes (in, size), size);
    hextile->has_foreground = TRUE;
  }
  n = (mask & GVNC_RFB_HEXTILE_ANY_SUBRECTS) != 0 ? gvnc_reader_u8 (in) : 0;

  if (n == 0) {
    if (run->kind == RUN_FILL && memcmp (run->pixel, hextile->background, size) == 0) {
      run->rect.width += tile->width;
    } else {
      hextile_flush (self, canvas, run);
      run->kind = RUN_FILL;
      run->rect = *tile;
      memcpy (run->pixel, hextile->background, 4);
    }
    return TRUE;
  }

  pixels = hextile_strip (self, canvas, run, tile, size);
  {
    const gboolean coloured = (mask & GVNC_RFB_HEXTILE_SUBRECTS_COLOURED) != 0;
    const gsize stride = run->stride, step = coloured ? size + 2 : 2;
    const guint8 *p = gvnc_reader_bytes (in, n * step);
    GvncPaint paint = gvnc_paint (hextile->background, size);

    if (G_LIKELY (tile->width == HEXTILE_SIDE))
      gvnc_paint_rows (pixels, stride, HEXTILE_SIDE * size, tile->height, paint);
    else
      gvnc_paint_rows (pixels, stride, tile->width * (gsize) size, tile->height, paint);

    if (G_UNLIKELY (!coloured && !hextile->has_foreground))
      return gvnc_protocol_error (error, _("%s: subrectangles without a colour, and no earlier tile had one"),
                                  self->type->name);
    paint = gvnc_paint (hextile->foreground, size);

    for (; n > 0; n--, p += step) {
      const guint8 *place = p;
      guint x, y, width, height;

      if (coloured) {
        paint = gvnc_paint (p, size);
        place += size;
      }
      x = place[0] >> 4;
      y = place[0] & 15;
      width = (place[1] >> 4) + 1u;
      height = (place[1] & 15) + 1u;
      if (G_UNLIKELY (x + width > tile->width || y + height > tile->height))
        return gvnc_protocol_error (error, _("%s: subrectangle %u×%u at %u,%u leaves its %u×%u tile"),
                                    self->type->name, width, height, x, y, tile->width, tile->height);
      gvnc_paint_rows (pixels + y * stride + x * (gsize) size, stride, width * (gsize) size, height, paint);
    }
  }
  return TRUE;
}

/* The tile after those that are done, relative to the rectangle; FALSE when there is none. */
static inline gboolean
hextile_next (const GvncDecoder *self,
              GvncRect          *tile)
{
  const HextileState *hextile = self->state;

  if (hextile->y == self->rect.height)
    return FALSE;
  tile->x = (guint16) hextile->x;
  tile->y = (guint16) hextile->y;
  tile->width = (guint16) MIN (HEXTILE_SIDE, self->rect.width - hextile->x);
  tile->height = (guint16) MIN (HEXTILE_SIDE, self->rect.height - hextile->y);
  return TRUE;
}

static inline void
hextile_done (const GvncDecoder *self,
              GvncCanvas        *canvas,
              HextileRun        *run,
              const GvncRect    *tile)
{
  HextileState *hextile = self->state;

  hextile->x += tile->width;
  if (hextile->x == self->rect.width) {
    hextile_flush (self, canvas, run);
    run->strip = NULL;
    hextile->x = 0;
    hextile->y += tile->height;
  }
}
