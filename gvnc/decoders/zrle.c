/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/decoder.h"

#include "decoders/paint.h"
#include "session/limits.h"
#include "wire/inflate.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>

/* ZRLE, RFC 6143 section 7.7.5 and rfbproto "ZRLE Encoding".
 *   wire:  U32 length | length bytes of one zlib stream that lasts as long as the session
 *   zlib:  tiles of 64×64 pixels, left to right, top to bottom, each
 *            U8 kind | 0: CPIXEL of each | 1: CPIXEL | 2–16: palette, packed indices
 *                    | 128: runs of (CPIXEL, length) | 130–255: palette, runs of (index, length)
 *   units: the length, then any bytes of the payload
 *
 * Inflated bytes go through a window that any tile fits in. A tile is decoded when the window holds all of it; one that
 * turns out to be cut is given up and decoded again when there is more. */

#define ZRLE_SIDE 64

/* The longest tile is one of 4096 runs, a pixel each; runs of more pixels need more bytes but leave room for fewer. */
#define ZRLE_TILE_LEN_MAX (1 + ZRLE_SIDE * ZRLE_SIDE * 5 + 127 * 4)

/* Large, since inflating in few steps is cheaper; but it should stay in a core's own cache. */
#define ZRLE_WINDOW_LEN (96 * 1024)
G_STATIC_ASSERT (ZRLE_WINDOW_LEN > 2 * ZRLE_TILE_LEN_MAX);

/* Payload is waited for in pieces of this size, so that a slow link does not make us decode a cut tile per byte. */
#define ZRLE_PIECE_LEN 1024

typedef struct {
  GvncInflate *inflate;      /* owned; made for the first rectangle */
  guint8      *window;       /* owned; ZRLE_WINDOW_LEN bytes */
  gsize        start, end;   /* inflated bytes in the window that no tile has used */
  gboolean     has_length;
  guint32      left;         /* payload to come */
  guint        x, y;         /* the next tile, relative to the rectangle; y is its height when all are done */
} ZrleState;

typedef enum { ZRLE_TILE, ZRLE_CUT, ZRLE_BROKEN } ZrleResult;

static gboolean
zrle_begin (GvncDecoder  *self,
            GError      **error)
{
  ZrleState *zrle = self->state;

  if (zrle->inflate == NULL) {
    zrle->inflate = gvnc_inflate_new ();
    zrle->window = g_malloc (ZRLE_WINDOW_LEN);
  }
  zrle->has_length = FALSE;
  zrle->start = zrle->end = 0;
  zrle->x = zrle->y = 0;
  return TRUE;
}

static void
zrle_clear (GvncDecoder *self)
{
  ZrleState *zrle = self->state;

  g_clear_pointer (&zrle->inflate, gvnc_inflate_free);
  g_clear_pointer (&zrle->window, g_free);
}

static gsize
zrle_want (const GvncDecoder *self)
{
  const ZrleState *zrle = self->state;

  return zrle->has_length ? MIN (zrle->left, ZRLE_PIECE_LEN) : 4;
}

/* How CPIXELs become pixels of `size` bytes: the colour's three bytes are put at their place in the pixel. */
typedef struct {
  guint size;      /* of a pixel */
  guint cpixel;    /* of a CPIXEL: as many, or 3 */
  guint shift;     /* bits that three bytes are away from the pixel's start in memory */
} ZrlePixels;

static inline __attribute__ ((always_inline)) guint32
zrle_pixel (const guint8     *p,
            const ZrlePixels  px)
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
zrle_put (guint8           *out,
          gsize             i,
          guint32           pixel,
          const ZrlePixels  px)
{
  memcpy (out + i * px.size, &pixel, px.size);
}

static inline __attribute__ ((always_inline)) void
zrle_read_palette (GvncReader       *in,
                   guint32          *palette,
                   guint             n,
                   const ZrlePixels  px)
{
  const guint8 *p = gvnc_reader_bytes (in, (gsize) n * px.cpixel);

  if (p != NULL)
    for (guint i = 0; i < n; i++)
      palette[i] = zrle_pixel (p + (gsize) i * px.cpixel, px);
}

static inline __attribute__ ((always_inline)) ZrleResult
zrle_take_raw (GvncReader       *in,
               guint8           *out,
               gsize             n_pixels,
               const ZrlePixels  px)
{
  const guint8 *p = gvnc_reader_bytes (in, n_pixels * px.cpixel);
  gsize i = 0;

  if (p == NULL)
    return ZRLE_CUT;
  if (px.cpixel == px.size) {
    memcpy (out, p, n_pixels * px.size);
    return ZRLE_TILE;
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
    zrle_put (out, i, zrle_pixel (p, px), px);
  return ZRLE_TILE;
}

/* Indices of @bits bits each, the first in the highest bits; a row starts on a byte. */
static inline __attribute__ ((always_inline)) ZrleResult
zrle_take_packed (GvncReader       *in,
                  guint8           *out,
                  const GvncRect   *tile,
                  guint             n_colours,
                  const guint       bits,
                  const ZrlePixels  px,
                  GError          **error)
{
  const gsize row_len = (tile->width * bits + 7) / 8;
  guint32 palette[16] = { 0 };
  const guint8 *p;
  guint most = 0;

  zrle_read_palette (in, palette, n_colours, px);
  p = gvnc_reader_bytes (in, row_len * tile->height);
  if (p == NULL)
    return ZRLE_CUT;

  for (guint y = 0; y < tile->height; y++) {
    const guint8 *row = p + y * row_len;
    guint x = 0;

    for (; x + 8 / bits <= tile->width; row++)
      for (guint i = 0; i < 8 / bits; i++, x++) {
        const guint index = row[0] >> (8 - bits - i * bits) & ((1u << bits) - 1);

        most = MAX (most, index);
        zrle_put (out, x, palette[index], px);
      }
    for (guint i = 0; x < tile->width; i++, x++) {
      const guint index = row[0] >> (8 - bits - i * bits) & ((1u << bits) - 1);

      most = MAX (most, index);
      zrle_put (out, x, palette[index], px);
    }
    out += tile->width * (gsize) px.size;
  }
  if (most >= n_colours) {
    gvnc_protocol_error (error, _("ZRLE: colour %u of a palette of %u"), most, n_colours);
    return ZRLE_BROKEN;
  }
  return ZRLE_TILE;
}

/* The length of a run: one more than the sum of bytes up to one that is not 255. */
static inline gsize
zrle_run_len (GvncReader *in)
{
  gsize len = 1;
  guint8 byte;

  do {
    byte = gvnc_reader_u8 (in);
    len += byte;
  } while (byte == 255 && len <= ZRLE_SIDE * ZRLE_SIDE);
  return len;
}

static ZrleResult
zrle_run_error (gsize    len,
                gsize    left,
                GError **error)
{
  gvnc_protocol_error (error, _("ZRLE: run of %u pixels where the tile has %u left"), (guint) len, (guint) left);
  return ZRLE_BROKEN;
}

static inline __attribute__ ((always_inline)) ZrleResult
zrle_take_runs (GvncReader       *in,
                guint8           *out,
                gsize             n_pixels,
                const ZrlePixels  px,
                GError          **error)
{
  while (n_pixels > 0) {
    const guint8 *p = gvnc_reader_bytes (in, px.cpixel);
    guint32 pixel;
    gsize len;

    if (p == NULL)
      return ZRLE_CUT;
    pixel = zrle_pixel (p, px);
    len = zrle_run_len (in);
    if (G_UNLIKELY (in->overrun))
      return ZRLE_CUT;
    if (G_UNLIKELY (len > n_pixels))
      return zrle_run_error (len, n_pixels, error);
    gvnc_paint_run (out, len * px.size, gvnc_paint ((const guint8 *) &pixel, px.size));
    out += len * px.size;
    n_pixels -= len;
  }
  return ZRLE_TILE;
}

static inline __attribute__ ((always_inline)) ZrleResult
zrle_take_palette_runs (GvncReader       *in,
                        guint8           *out,
                        gsize             n_pixels,
                        guint             n_colours,
                        const ZrlePixels  px,
                        GError          **error)
{
  guint32 palette[128];

  zrle_read_palette (in, palette, n_colours, px);
  if (in->overrun)
    return ZRLE_CUT;
  while (n_pixels > 0) {
    const guint8 byte = gvnc_reader_u8 (in);
    const guint index = byte & 127;
    const gsize len = byte >= 128 ? zrle_run_len (in) : 1;

    if (G_UNLIKELY (in->overrun))
      return ZRLE_CUT;
    if (G_UNLIKELY (index >= n_colours)) {
      gvnc_protocol_error (error, _("ZRLE: colour %u of a palette of %u"), index, n_colours);
      return ZRLE_BROKEN;
    }
    if (len == 1) {
      zrle_put (out, 0, palette[index], px);
    } else {
      if (G_UNLIKELY (len > n_pixels))
        return zrle_run_error (len, n_pixels, error);
      gvnc_paint_run (out, len * px.size, gvnc_paint ((const guint8 *) &palette[index], px.size));
    }
    out += len * px.size;
    n_pixels -= len;
  }
  return ZRLE_TILE;
}

/* Draws the tile at the reader's start, if the reader holds all of it. */
static inline __attribute__ ((always_inline)) ZrleResult
zrle_take_tile (const GvncDecoder *self,
                GvncReader        *in,
                GvncCanvas        *canvas,
                const GvncRect    *tile,
                const ZrlePixels   px,
                GError           **error)
{
  const guint8 kind = gvnc_reader_u8 (in);
  const gsize n_pixels = gvnc_rect_area (tile);
  const GvncRect rect = gvnc_rect_offset (tile, self->rect.x, self->rect.y);
  ZrleResult result;
  guint8 *out;

  if (in->overrun)
    return ZRLE_CUT;
  if (kind == 1) {
    const guint8 *p = gvnc_reader_bytes (in, px.cpixel);
    guint32 pixel;

    if (p == NULL)
      return ZRLE_CUT;
    pixel = zrle_pixel (p, px);
    gvnc_canvas_fill (canvas, &rect, (const guint8 *) &pixel, px.size);
    return ZRLE_TILE;
  }

  out = gvnc_canvas_alloc (canvas, n_pixels * px.size);
  if (kind == 0)
    result = zrle_take_raw (in, out, n_pixels, px);
  else if (kind == 2)
    result = zrle_take_packed (in, out, tile, kind, 1, px, error);
  else if (kind <= 4)
    result = zrle_take_packed (in, out, tile, kind, 2, px, error);
  else if (kind <= 16)
    result = zrle_take_packed (in, out, tile, kind, 4, px, error);
  else if (kind == 128)
    result = zrle_take_runs (in, out, n_pixels, px, error);
  else if (kind >= 130)
    result = zrle_take_palette_runs (in, out, n_pixels, kind - 128u, px, error);
  else {
    gvnc_protocol_error (error, _("ZRLE: tile of the unknown kind %u"), kind);
    result = ZRLE_BROKEN;
  }

  if (result == ZRLE_TILE)
    gvnc_canvas_blit (canvas, &rect, GVNC_LAYOUT_PIXEL, out, tile->width * (gsize) px.size);
  else
    gvnc_canvas_trim (canvas, out, n_pixels * px.size, 0);
  return result;
}

/* Decodes the tiles that lie whole in the window. */
static inline __attribute__ ((always_inline)) gboolean
zrle_take_tiles (const GvncDecoder *self,
                 GvncCanvas        *canvas,
                 const ZrlePixels   px,
                 GError           **error)
{
  ZrleState *zrle = self->state;

  while (zrle->y < self->rect.height) {
    const GvncRect tile = {
      (guint16) zrle->x, (guint16) zrle->y,
      (guint16) MIN (ZRLE_SIDE, self->rect.width - zrle->x),
      (guint16) MIN (ZRLE_SIDE, self->rect.height - zrle->y)
    };
    GvncReader in = gvnc_reader_init (zrle->window + zrle->start, zrle->end - zrle->start);

    switch (zrle_take_tile (self, &in, canvas, &tile, px, error)) {
    case ZRLE_TILE:
      break;
    case ZRLE_CUT:
      return TRUE;
    case ZRLE_BROKEN:
    default:
      return FALSE;
    }
    zrle->start = zrle->end - gvnc_reader_left (&in);
    zrle->x += tile.width;
    if (zrle->x == self->rect.width) {
      zrle->x = 0;
      zrle->y += tile.height;
    }
  }
  return TRUE;
}

/* Inflates all of the input that the stream was given, and draws what it makes whole. */
static gboolean
zrle_take_payload (GvncDecoder  *self,
                   GvncCanvas   *canvas,
                   GError      **error)
{
  ZrleState *zrle = self->state;
  ZrlePixels px;
  guint offset;

  px.size = self->pixel_size;
  px.cpixel = gvnc_pixel_format_cpixel_size (&self->format, &offset);
  px.shift = 8 * offset;

  while (zrle->y < self->rect.height) {
    gsize got, room;
    gboolean ok;

    if (zrle->start > 0) {
      memmove (zrle->window, zrle->window + zrle->start, zrle->end - zrle->start);
      zrle->end -= zrle->start;
      zrle->start = 0;
    }
    room = ZRLE_WINDOW_LEN - zrle->end;
    if (!gvnc_inflate_read (zrle->inflate, zrle->window + zrle->end, room, &got, error))
      return FALSE;
    zrle->end += got;

    if (px.cpixel == 3)
      ok = zrle_take_tiles (self, canvas, (ZrlePixels) { 4, 3, px.shift }, error);
    else if (px.size == 4)
      ok = zrle_take_tiles (self, canvas, (ZrlePixels) { 4, 4, 0 }, error);
    else if (px.size == 2)
      ok = zrle_take_tiles (self, canvas, (ZrlePixels) { 2, 2, 0 }, error);
    else
      ok = zrle_take_tiles (self, canvas, (ZrlePixels) { 1, 1, 0 }, error);
    if (!ok)
      return FALSE;
    if (got < room)
      break;
  }

  if (zrle->y < self->rect.height)
    return TRUE;
  if (zrle->start < zrle->end)
    return gvnc_protocol_error (error, _("ZRLE: the payload holds more than its rectangle"));
  return gvnc_inflate_finish (zrle->inflate, error);
}

static gboolean
zrle_take (GvncDecoder  *self,
           GvncReader   *in,
           GvncCanvas   *canvas,
           GError      **error)
{
  ZrleState *zrle = self->state;
  gsize len;

  if (!zrle->has_length) {
    const gsize most = gvnc_rect_area (&self->rect) * GVNC_LIMIT_ZRLE_LEN_PER_PX + GVNC_LIMIT_ZRLE_LEN_EXTRA;

    zrle->left = gvnc_reader_u32 (in);
    zrle->has_length = TRUE;
    if (zrle->left > most)
      return gvnc_limit_error (error, _("ZRLE: %u bytes for %u×%u pixels; at most %" G_GSIZE_FORMAT " are accepted"),
                               zrle->left, self->rect.width, self->rect.height, most);
  }

  len = MIN (gvnc_reader_left (in), zrle->left);
  if (len > 0) {
    zrle->left -= (guint32) len;
    gvnc_inflate_give (zrle->inflate, gvnc_reader_bytes (in, len), len);
    if (!zrle_take_payload (self, canvas, error))
      return FALSE;
  }
  if (zrle->left == 0 && zrle->y < self->rect.height)
    return gvnc_protocol_error (error, _("ZRLE: the payload ends before its rectangle is full"));
  return TRUE;
}

const GvncDecoderType gvnc_decoder_zrle = {
  .encoding = GVNC_RFB_ENCODING_ZRLE,
  .name = "ZRLE",
  .state_size = sizeof (ZrleState),
  .clear = zrle_clear,
  .begin = zrle_begin,
  .want = zrle_want,
  .take = zrle_take,
};
