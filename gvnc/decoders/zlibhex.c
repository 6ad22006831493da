/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/hextile.h"

#include "session/limits.h"
#include "wire/inflate.h"

/* ZlibHex, rfbproto "zlibhex Encoding".
 *   wire:  tiles of 16×16 pixels, left to right, top to bottom, each
 *            U8 mask | ZlibRaw or Zlib: U16 length, length bytes of a zlib stream | else: as in Hextile
 *   zlib:  ZlibRaw: PIXEL of each; Zlib: what follows the mask in Hextile. Each has its stream that lasts as long as the
 *          session.
 *   units: as many whole tiles as there are */

/* The most that follows a mask: 255 subrectangles, each with a colour. */
#define ZLIBHEX_TILE_LEN_MAX (4 + 4 + 1 + 255 * (4 + 2))

typedef struct {
  HextileState tiles;    /* the first, since hextile.h works on it */
  GvncInflate *raw;      /* owned; both made when first used */
  GvncInflate *other;
} ZlibHexState;

static void
zlibhex_clear (GvncDecoder *self)
{
  ZlibHexState *zlibhex = self->state;

  g_clear_pointer (&zlibhex->raw, gvnc_inflate_free);
  g_clear_pointer (&zlibhex->other, gvnc_inflate_free);
}

static gboolean
zlibhex_is_compressed (guint8 mask)
{
  return (mask & (GVNC_RFB_HEXTILE_ZLIB_RAW | GVNC_RFB_HEXTILE_ZLIB)) != 0;
}

/* How many bytes the tile at @p takes, as far as @left bytes of it tell. */
static gsize
zlibhex_tile_len (const guint8 *p,
                  gsize         left,
                  guint         n_pixels,
                  guint         size)
{
  if (!zlibhex_is_compressed (p[0]))
    return hextile_tile_len (p, left, n_pixels, size);
  return left < 3 ? 3 : 3 + ((gsize) p[1] << 8 | p[2]);
}

/* Inflates the tile at the reader to @plain, as Hextile has it, which takes @plain_len bytes. */
static gboolean
zlibhex_inflate (GvncDecoder     *self,
                 GvncReader      *in,
                 const GvncRect  *tile,
                 guint8          *plain,
                 gsize           *plain_len,
                 GError         **error)
{
  ZlibHexState *zlibhex = self->state;
  const guint8 mask = gvnc_reader_u8 (in);
  const gsize len = gvnc_reader_u16 (in);
  const gboolean is_raw = (mask & GVNC_RFB_HEXTILE_ZLIB_RAW) != 0;
  GvncInflate **stream = is_raw ? &zlibhex->raw : &zlibhex->other;
  gsize got;

  /* many small pieces: ISA-L would copy its history for each */
  if (*stream == NULL)
    *stream = gvnc_inflate_new_zlib ();
  gvnc_inflate_give (*stream, gvnc_reader_bytes (in, len), len);
  if (!gvnc_inflate_read (*stream, plain + 1, ZLIBHEX_TILE_LEN_MAX, &got, error))
    return FALSE;

  plain[0] = is_raw ? GVNC_RFB_HEXTILE_RAW : mask & ~GVNC_RFB_HEXTILE_ZLIB;
  *plain_len = 1 + got;
  if (*plain_len != hextile_tile_len (plain, *plain_len, (guint) tile->width * tile->height, self->pixel_size))
    return gvnc_protocol_error (error, _("ZlibHex: the payload of a %u×%u tile has %u bytes, which is not its length"),
                                tile->width, tile->height, (guint) got);
  return gvnc_inflate_finish (*stream, error);
}

static gboolean
zlibhex_take_tile (GvncDecoder    *self,
                   GvncReader     *in,
                   GvncCanvas     *canvas,
                   HextileRun     *run,
                   const GvncRect *tile,
                   GError        **error)
{
  guint8 plain[1 + ZLIBHEX_TILE_LEN_MAX];
  GvncReader inflated;
  gsize len;

  if (!zlibhex_is_compressed (in->pos[0]))
    return hextile_take_tile (self, in, canvas, run, tile, self->pixel_size, TRUE, error);

  if (!zlibhex_inflate (self, in, tile, plain, &len, error))
    return FALSE;
  inflated = gvnc_reader_init (plain, len);
  return hextile_take_tile (self, &inflated, canvas, run, tile, self->pixel_size, FALSE, error);
}

static gboolean
zlibhex_take (GvncDecoder  *self,
              GvncReader   *in,
              GvncCanvas   *canvas,
              GError      **error)
{
  HextileState *tiles = self->state;
  const gsize most = canvas->n_bytes + GVNC_LIMIT_BATCH_BYTES;
  HextileRun run = { RUN_NONE };
  GvncRect tile;

  while (hextile_next (self, &tile)) {
    const gsize left = gvnc_reader_left (in);

    tiles->need = left > 0 ? zlibhex_tile_len (in->pos, left, (guint) tile.width * tile.height, self->pixel_size) : 1;
    if (left < tiles->need)
      break;
    if (!zlibhex_take_tile (self, in, canvas, &run, &tile, error))
      return FALSE;
    hextile_done (self, canvas, &run, &tile);
    if (canvas->n_bytes > most) {
      tiles->need = 1;
      break;
    }
  }
  hextile_flush (self, canvas, &run);
  return TRUE;
}

const GvncDecoderType gvnc_decoder_zlibhex = {
  .encoding = GVNC_RFB_ENCODING_ZLIBHEX,
  .name = "ZlibHex",
  .state_size = sizeof (ZlibHexState),
  .clear = zlibhex_clear,
  .begin = hextile_begin,
  .want = hextile_want,
  .take = zlibhex_take,
};
