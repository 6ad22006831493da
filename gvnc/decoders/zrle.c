/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/zrle.h"

#include "session/limits.h"
#include "wire/rfb.h"

/* ZRLE, RFC 6143 section 7.7.6.
 *   wire:  U32 length | length bytes of one zlib stream that lasts as long as the session
 *   zlib:  tiles of 64×64 pixels, left to right, top to bottom; see tile.h
 *   units: the length, then any bytes of the payload
 *
 * Inflated bytes go through a window that any tile fits in. A tile is decoded when the window holds all of it; one that
 * turns out to be cut is given up and decoded again when there is more. */

/* The longest tile is one of 4096 runs, a pixel each; runs of more pixels need more bytes but leave room for fewer. One
 * more byte for ZYWRLE. */
#define ZRLE_TILE_LEN_MAX (2 + ZRLE_SIDE * ZRLE_SIDE * 5 + 127 * 4)

/* Large, since inflating in few steps is cheaper; but it should stay in a core's own cache. */
#define ZRLE_WINDOW_LEN (96 * 1024)
G_STATIC_ASSERT (ZRLE_WINDOW_LEN > 2 * ZRLE_TILE_LEN_MAX);

/* Payload is waited for in pieces of this size, so that a slow link does not make us decode a cut tile per byte. */
#define ZRLE_PIECE_LEN 1024

gboolean
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

void
zrle_clear (GvncDecoder *self)
{
  ZrleState *zrle = self->state;

  g_clear_pointer (&zrle->inflate, gvnc_inflate_free);
  g_clear_pointer (&zrle->window, g_free);
}

gsize
zrle_want (const GvncDecoder *self)
{
  const ZrleState *zrle = self->state;

  return zrle->has_length ? MIN (zrle->left, ZRLE_PIECE_LEN) : 4;
}

/* Inflates the input that the stream was given, and draws what it makes whole; stops early when that is a lot and there is
 * input left. */
static gboolean
zrle_take_payload (GvncDecoder  *self,
                   gsize         len,
                   GvncCanvas   *canvas,
                   ZrleDraw      draw,
                   GError      **error)
{
  ZrleState *zrle = self->state;
  const gsize most = canvas->n_bytes + GVNC_LIMIT_BATCH_BYTES;

  while (zrle->y < self->rect.height) {
    gsize got, room;

    if (canvas->n_bytes > most && gvnc_inflate_left (zrle->inflate) > 0 && gvnc_inflate_left (zrle->inflate) < len)
      return TRUE;
    if (zrle->start > 0) {
      memmove (zrle->window, zrle->window + zrle->start, zrle->end - zrle->start);
      zrle->end -= zrle->start;
      zrle->start = 0;
    }
    room = ZRLE_WINDOW_LEN - zrle->end;
    if (!gvnc_inflate_read (zrle->inflate, zrle->window + zrle->end, room, &got, error))
      return FALSE;
    zrle->end += got;
    if (!draw (self, canvas, error))
      return FALSE;
    if (got < room)
      break;
  }

  if (zrle->y < self->rect.height)
    return TRUE;
  if (zrle->start < zrle->end)
    return gvnc_protocol_error (error, _("%s: the payload holds more than its rectangle"), self->type->name);
  return gvnc_inflate_finish (zrle->inflate, error);
}

gboolean
zrle_take_with (GvncDecoder  *self,
                GvncReader   *in,
                GvncCanvas   *canvas,
                ZrleDraw      draw,
                GError      **error)
{
  ZrleState *zrle = self->state;
  gsize len;

  if (!zrle->has_length) {
    const gsize most = gvnc_rect_area (&self->rect) * GVNC_LIMIT_ZRLE_LEN_PER_PX + GVNC_LIMIT_ZRLE_LEN_EXTRA;

    zrle->left = gvnc_reader_u32 (in);
    zrle->has_length = TRUE;
    if (zrle->left > most)
      return gvnc_limit_error (error, _("%s: %u bytes for %u×%u pixels; at most %zu are accepted"),
                               self->type->name, zrle->left, self->rect.width, self->rect.height, most);
  }

  len = MIN (gvnc_reader_left (in), zrle->left);
  if (len > 0) {
    gvnc_inflate_give (zrle->inflate, in->pos, len);
    if (!zrle_take_payload (self, len, canvas, draw, error))
      return FALSE;
    len -= gvnc_inflate_take_back (zrle->inflate);
    gvnc_reader_bytes (in, len);
    zrle->left -= (guint32) len;
  }
  if (zrle->left == 0 && zrle->y < self->rect.height)
    return gvnc_protocol_error (error, _("%s: the payload ends before its rectangle is full"), self->type->name);
  return TRUE;
}

static inline __attribute__ ((always_inline)) gboolean
zrle_draw_tiles (const GvncDecoder *self,
                 GvncCanvas        *canvas,
                 const TilePixels   px,
                 GError           **error)
{
  ZrleState *zrle = self->state;
  TilePalette palette;
  const TileContext context = { "ZRLE", &palette, FALSE };
  GvncRect rect;

  while (zrle_tile_rect (self, zrle, &rect)) {
    GvncReader in = gvnc_reader_init (zrle->window + zrle->start, zrle->end - zrle->start);
    const TileResult result = tile_draw (&context, &in, canvas, &rect, px, error);

    if (result != TILE_DONE)
      return result == TILE_CUT;
    zrle_tile_done (self, zrle, &rect, gvnc_reader_left (&in));
  }
  return TRUE;
}

static gboolean
zrle_draw (GvncDecoder  *self,
           GvncCanvas   *canvas,
           GError      **error)
{
  const TilePixels px = tile_pixels (&self->format);

  if (px.cpixel == 3)
    return zrle_draw_tiles (self, canvas, (TilePixels) { 4, 3, px.shift }, error);
  if (px.size == 4)
    return zrle_draw_tiles (self, canvas, (TilePixels) { 4, 4, 0 }, error);
  if (px.size == 2)
    return zrle_draw_tiles (self, canvas, (TilePixels) { 2, 2, 0 }, error);
  return zrle_draw_tiles (self, canvas, (TilePixels) { 1, 1, 0 }, error);
}

static gboolean
zrle_take (GvncDecoder  *self,
           GvncReader   *in,
           GvncCanvas   *canvas,
           GError      **error)
{
  return zrle_take_with (self, in, canvas, zrle_draw, error);
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
