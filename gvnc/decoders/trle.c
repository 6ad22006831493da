/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/decoder.h"

#include "decoders/tile.h"
#include "session/limits.h"
#include "wire/rfb.h"

/* TRLE, RFC 6143 section 7.7.5.
 *   wire:  tiles of 16×16 pixels, left to right, top to bottom; see tile.h
 *   units: as many whole tiles as there are; what one takes is known only when it was decoded */

#define TRLE_SIDE 16

typedef struct {
  guint       x, y;      /* the next tile, relative to the rectangle; y is its height when all are done */
  gsize       need;      /* more bytes than those that did not suffice for it */
  TilePalette palette;   /* of the latest tile of this rectangle that had one */
} TrleState;

static gboolean
trle_begin (GvncDecoder  *self,
            GError      **error)
{
  TrleState *trle = self->state;

  trle->x = trle->y = 0;
  trle->need = 1;
  trle->palette.n = 0;
  return TRUE;
}

static gsize
trle_want (const GvncDecoder *self)
{
  const TrleState *trle = self->state;

  return trle->y < self->rect.height ? trle->need : 0;
}

static inline __attribute__ ((always_inline)) gboolean
trle_take_tiles (GvncDecoder       *self,
                 GvncReader        *in,
                 GvncCanvas        *canvas,
                 const TilePixels   px,
                 GError           **error)
{
  TrleState *trle = self->state;
  const TileContext context = { "TRLE", &trle->palette, TRUE };
  const gsize most = canvas->n_bytes + GVNC_LIMIT_BATCH_BYTES;

  while (trle->y < self->rect.height && canvas->n_bytes <= most) {
    const GvncRect rect = {
      (guint16) (self->rect.x + trle->x), (guint16) (self->rect.y + trle->y),
      (guint16) MIN (TRLE_SIDE, self->rect.width - trle->x),
      (guint16) MIN (TRLE_SIDE, self->rect.height - trle->y)
    };
    const GvncReader before = *in;

    switch (tile_draw (&context, in, canvas, &rect, px, error)) {
    case TILE_DONE:
      break;
    case TILE_CUT:
      *in = before;
      trle->need = gvnc_reader_left (in) + 1;
      return TRUE;
    case TILE_BROKEN:
    default:
      return FALSE;
    }
    trle->need = 1;
    trle->x += rect.width;
    if (trle->x == self->rect.width) {
      trle->x = 0;
      trle->y += rect.height;
    }
  }
  return TRUE;
}

static gboolean
trle_take (GvncDecoder  *self,
           GvncReader   *in,
           GvncCanvas   *canvas,
           GError      **error)
{
  const TilePixels px = tile_pixels (&self->format);

  if (px.cpixel == 3)
    return trle_take_tiles (self, in, canvas, (TilePixels) { 4, 3, px.shift }, error);
  if (px.size == 4)
    return trle_take_tiles (self, in, canvas, (TilePixels) { 4, 4, 0 }, error);
  if (px.size == 2)
    return trle_take_tiles (self, in, canvas, (TilePixels) { 2, 2, 0 }, error);
  return trle_take_tiles (self, in, canvas, (TilePixels) { 1, 1, 0 }, error);
}

const GvncDecoderType gvnc_decoder_trle = {
  .encoding = GVNC_RFB_ENCODING_TRLE,
  .name = "TRLE",
  .state_size = sizeof (TrleState),
  .begin = trle_begin,
  .want = trle_want,
  .take = trle_take,
};
