/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "decoders/canvas.h"
#include "decoders/decoder.h"
#include "decoders/paint.h"

#include <glib/gi18n-lib.h>

/* The tiles that TRLE, ZRLE and ZYWRLE are made of, RFC 6143 sections 7.7.5 and 7.7.6.
 *   wire: U8 kind | 0: CPIXEL of each | 1: CPIXEL | 2–16: palette, packed indices
 *                 | 128: runs of (CPIXEL, length) | 130–255: palette, runs of (index, length)
 *         TRLE only: 127: packed indices, 129: runs of (index, length), both with the palette of an earlier tile
 *
 * A tile is decoded from a reader that may end before it; then nothing is drawn, and it is decoded again when there is
 * more. All of this is inlined with the size of a pixel known, once for each size. */

#define TILE_SIDE_MAX 64

typedef enum {
  TILE_DONE,
  TILE_CUT,      /* the reader ends within the tile */
  TILE_BROKEN,
} TileResult;

/* How CPIXELs become pixels of `size` bytes: the colour's three bytes are put at their place in the pixel. */
typedef struct {
  guint size;      /* of a pixel */
  guint cpixel;    /* of a CPIXEL: as many, or 3 */
  guint shift;     /* bits that three bytes are away from the pixel's start in memory */
} TilePixels;

/* The colours of the tile in work, or for TRLE of the latest tile that had some. */
typedef struct {
  guint   n;
  guint32 colours[128];
} TilePalette;

typedef struct {
  const char  *name;          /* of the encoding */
  TilePalette *palette;
  gboolean     reuse;         /* TRLE: the palette outlives the tile */
} TileContext;

static inline TilePixels
tile_pixels (const GvncPixelFormat *format)
{
  TilePixels px;
  guint offset;

  px.size = gvnc_pixel_format_size (format);
  px.cpixel = gvnc_pixel_format_cpixel_size (format, &offset);
  px.shift = 8 * offset;
  return px;
}

static inline __attribute__ ((always_inline)) guint32
tile_pixel (const guint8     *p,
            const TilePixels  px)
{
  guint32 pixel = 0;

  if (px.cpixel != 3) {
    memcpy (&pixel, p, px.cpixel);
    return pixel;
  }
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  return ((guint32) p[0] | (guint32) p[1] << 8 | (guint32) p[2] << 16) << px.shift;
#else
  return ((guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8) >> px.shift;
#endif
}

static inline __attribute__ ((always_inline)) void
tile_put (guint8           *out,
          gsize             i,
          guint32           pixel,
          const TilePixels  px)
{
  memcpy (out + i * px.size, &pixel, px.size);
}

static inline __attribute__ ((always_inline)) void
tile_read_palette (GvncReader       *in,
                   TilePalette      *palette,
                   guint             n,
                   const TilePixels  px)
{
  const guint8 *p = gvnc_reader_bytes (in, (gsize) n * px.cpixel);

  palette->n = n;
  if (p != NULL)
    for (guint i = 0; i < n; i++)
      palette->colours[i] = tile_pixel (p + (gsize) i * px.cpixel, px);
}

static inline __attribute__ ((always_inline)) TileResult
tile_take_raw (GvncReader       *in,
               guint8           *out,
               gsize             n_pixels,
               const TilePixels  px)
{
  const guint8 *p = gvnc_reader_bytes (in, n_pixels * px.cpixel);
  gsize i = 0;

  if (p == NULL)
    return TILE_CUT;
  if (px.cpixel == px.size) {
    memcpy (out, p, n_pixels * px.size);
    return TILE_DONE;
  }
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  /* two pixels in one word; eight bytes are read, so stop before the last three pixels */
  for (; i + 3 <= n_pixels; i += 2, p += 6) {
    guint64 two;

    memcpy (&two, p, 8);
    two = ((two & 0xffffff) | (two & G_GUINT64_CONSTANT (0xffffff000000)) << 8) << px.shift;
    memcpy (out + i * 4, &two, 8);
  }
#endif
  for (; i < n_pixels; i++, p += 3)
    tile_put (out, i, tile_pixel (p, px), px);
  return TILE_DONE;
}

static inline TileResult
tile_palette_error (const TileContext *context,
                    guint              index,
                    GError           **error)
{
  gvnc_protocol_error (error, _("%s: colour %u of a palette of %u"), context->name, index, context->palette->n);
  return TILE_BROKEN;
}

/* Indices of @bits bits each, the first in the highest bits; a row starts on a byte. */
static inline __attribute__ ((always_inline)) TileResult
tile_take_packed (const TileContext *context,
                  GvncReader        *in,
                  guint8            *out,
                  guint              width,
                  guint              height,
                  const guint        bits,
                  const TilePixels   px,
                  GError           **error)
{
  const gsize row_len = (width * bits + 7) / 8;
  const guint32 *colours = context->palette->colours;
  const guint8 *p = gvnc_reader_bytes (in, row_len * height);
  guint most = 0;

  if (p == NULL)
    return TILE_CUT;

  for (guint y = 0; y < height; y++) {
    const guint8 *row = p + y * row_len;
    guint x = 0;

    for (; x + 8 / bits <= width; row++)
      for (guint i = 0; i < 8 / bits; i++, x++) {
        const guint index = row[0] >> (8 - bits - i * bits) & ((1u << bits) - 1);

        most = MAX (most, index);
        tile_put (out, x, colours[index], px);
      }
    for (guint i = 0; x < width; i++, x++) {
      const guint index = row[0] >> (8 - bits - i * bits) & ((1u << bits) - 1);

      most = MAX (most, index);
      tile_put (out, x, colours[index], px);
    }
    out += width * (gsize) px.size;
  }
  return most < context->palette->n ? TILE_DONE : tile_palette_error (context, most, error);
}

/* The length of a run: one more than the sum of bytes up to one that is not 255. */
static inline gsize
tile_run_len (GvncReader *in)
{
  gsize len = 1;
  guint8 byte;

  do {
    byte = gvnc_reader_u8 (in);
    len += byte;
  } while (byte == 255 && len <= TILE_SIDE_MAX * TILE_SIDE_MAX);
  return len;
}

static inline TileResult
tile_run_error (const TileContext *context,
                gsize              len,
                gsize              left,
                GError           **error)
{
  gvnc_protocol_error (error, _("%s: run of %u pixels where the tile has %u left"),
                       context->name, (guint) len, (guint) left);
  return TILE_BROKEN;
}

static inline __attribute__ ((always_inline)) TileResult
tile_take_runs (const TileContext *context,
                GvncReader        *in,
                guint8            *out,
                gsize              n_pixels,
                const TilePixels   px,
                GError           **error)
{
  while (n_pixels > 0) {
    const guint8 *p = gvnc_reader_bytes (in, px.cpixel);
    guint32 pixel;
    gsize len;

    if (p == NULL)
      return TILE_CUT;
    pixel = tile_pixel (p, px);
    len = tile_run_len (in);
    if (G_UNLIKELY (in->overrun))
      return TILE_CUT;
    if (G_UNLIKELY (len > n_pixels))
      return tile_run_error (context, len, n_pixels, error);
    gvnc_paint_run (out, len * px.size, gvnc_paint ((const guint8 *) &pixel, px.size));
    out += len * px.size;
    n_pixels -= len;
  }
  return TILE_DONE;
}

static inline __attribute__ ((always_inline)) TileResult
tile_take_palette_runs (const TileContext *context,
                        GvncReader        *in,
                        guint8            *out,
                        gsize              n_pixels,
                        const TilePixels   px,
                        GError           **error)
{
  const guint32 *colours = context->palette->colours;
  const guint n_colours = context->palette->n;

  if (in->overrun)
    return TILE_CUT;
  while (n_pixels > 0) {
    const guint8 byte = gvnc_reader_u8 (in);
    const guint index = byte & 127;
    const gsize len = byte >= 128 ? tile_run_len (in) : 1;

    if (G_UNLIKELY (in->overrun))
      return TILE_CUT;
    if (G_UNLIKELY (index >= n_colours))
      return tile_palette_error (context, index, error);
    if (len == 1) {
      tile_put (out, 0, colours[index], px);
    } else {
      if (G_UNLIKELY (len > n_pixels))
        return tile_run_error (context, len, n_pixels, error);
      gvnc_paint_run (out, len * px.size, gvnc_paint ((const guint8 *) &colours[index], px.size));
    }
    out += len * px.size;
    n_pixels -= len;
  }
  return TILE_DONE;
}

/* The pixels of a tile of any kind, one colour included, to @out. @kind was read. */
static inline __attribute__ ((always_inline)) TileResult
tile_take (const TileContext *context,
           GvncReader        *in,
           guint8             kind,
           guint8            *out,
           guint              width,
           guint              height,
           const TilePixels   px,
           GError           **error)
{
  const gsize n_pixels = (gsize) width * height;

  if (kind == 0)
    return tile_take_raw (in, out, n_pixels, px);
  if (kind == 1) {
    const guint8 *p = gvnc_reader_bytes (in, px.cpixel);
    guint32 pixel;

    if (p == NULL)
      return TILE_CUT;
    pixel = tile_pixel (p, px);
    gvnc_paint_run (out, n_pixels * px.size, gvnc_paint ((const guint8 *) &pixel, px.size));
    return TILE_DONE;
  }
  if (kind == 128)
    return tile_take_runs (context, in, out, n_pixels, px, error);

  if (context->reuse && (kind == 127 || kind == 129)) {
    if (context->palette->n == 0 || (kind == 127 && context->palette->n > 16)) {
      gvnc_protocol_error (error, _("%s: tile of the kind %u after a palette of %u colours"),
                           context->name, kind, context->palette->n);
      return TILE_BROKEN;
    }
  } else if (kind <= 16) {
    /* an index may point beyond the colours, which is noticed only after it was looked up */
    memset (context->palette->colours, 0, 16 * sizeof (guint32));
    tile_read_palette (in, context->palette, kind, px);
  } else if (kind >= 130) {
    tile_read_palette (in, context->palette, kind - 128u, px);
  } else {
    gvnc_protocol_error (error, _("%s: tile of the unknown kind %u"), context->name, kind);
    return TILE_BROKEN;
  }

  if (kind >= 128)
    return tile_take_palette_runs (context, in, out, n_pixels, px, error);
  if (context->palette->n == 2)
    return tile_take_packed (context, in, out, width, height, 1, px, error);
  if (context->palette->n <= 4)
    return tile_take_packed (context, in, out, width, height, 2, px, error);
  return tile_take_packed (context, in, out, width, height, 4, px, error);
}

/* Draws the tile at the reader's start, if the reader holds all of it. */
static inline __attribute__ ((always_inline)) TileResult
tile_draw (const TileContext *context,
           GvncReader        *in,
           GvncCanvas        *canvas,
           const GvncRect    *rect,
           const TilePixels   px,
           GError           **error)
{
  const guint8 kind = gvnc_reader_u8 (in);
  const gsize len = gvnc_rect_area (rect) * px.size;
  TileResult result;
  guint8 *out;

  if (in->overrun)
    return TILE_CUT;
  if (kind == 1) {
    const guint8 *p = gvnc_reader_bytes (in, px.cpixel);
    guint32 pixel;

    if (p == NULL)
      return TILE_CUT;
    pixel = tile_pixel (p, px);
    gvnc_canvas_fill (canvas, rect, (const guint8 *) &pixel, px.size);
    return TILE_DONE;
  }

  out = gvnc_canvas_alloc (canvas, len);
  result = tile_take (context, in, kind, out, rect->width, rect->height, px, error);
  if (result == TILE_DONE)
    gvnc_canvas_blit (canvas, rect, GVNC_LAYOUT_PIXEL, out, rect->width * (gsize) px.size);
  else
    gvnc_canvas_trim (canvas, out, len, 0);
  return result;
}
