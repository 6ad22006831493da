/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/hextile.h"

#include "session/limits.h"

/* Hextile, RFC 6143 section 7.7.4.
 *   wire:  tiles of 16×16 pixels, left to right, top to bottom; see hextile.h
 *   units: as many whole tiles as there are
 *
 * Raw tiles are drawn from where they were received. */

static inline __attribute__ ((always_inline)) gboolean
hextile_take_tiles (GvncDecoder *self,
                    GvncReader  *in,
                    GvncCanvas  *canvas,
                    const guint  size,
                    GError     **error)
{
  HextileState *hextile = self->state;
  const gsize most = canvas->n_bytes + GVNC_LIMIT_BATCH_BYTES;
  HextileRun run = { RUN_NONE };
  GvncRect tile;

  while (hextile_next (self, &tile)) {
    const gsize left = gvnc_reader_left (in);

    hextile->need = left > 0 ? hextile_tile_len (in->pos, left, (guint) tile.width * tile.height, size) : 1;
    if (left < hextile->need)
      break;
    if (!hextile_take_tile (self, in, canvas, &run, &tile, size, TRUE, error))
      return FALSE;
    hextile_done (self, canvas, &run, &tile);
    if (G_UNLIKELY (canvas->n_bytes > most)) {
      hextile->need = 1;
      break;
    }
  }
  hextile_flush (self, canvas, &run);
  return TRUE;
}

static gboolean
hextile_take (GvncDecoder  *self,
              GvncReader   *in,
              GvncCanvas   *canvas,
              GError      **error)
{
  switch (self->pixel_size) {
  case 1: return hextile_take_tiles (self, in, canvas, 1, error);
  case 2: return hextile_take_tiles (self, in, canvas, 2, error);
  default: return hextile_take_tiles (self, in, canvas, 4, error);
  }
}

const GvncDecoderType gvnc_decoder_hextile = {
  .encoding = GVNC_RFB_ENCODING_HEXTILE,
  .name = "Hextile",
  .state_size = sizeof (HextileState),
  .begin = hextile_begin,
  .want = hextile_want,
  .take = hextile_take,
};
