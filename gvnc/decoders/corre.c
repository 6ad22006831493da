/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/rre.h"

#include "wire/rfb.h"

/* CoRRE, rfbproto "CoRRE Encoding".
 *   wire:  U32 count | PIXEL background | count * (PIXEL, U8 x, y, w, h)
 *   units: the header, then slices of whole subrectangles
 *
 * RRE with short coordinates; servers send rectangles of at most 255×255 pixels, but larger ones make sense too. */

static gsize
corre_want (const GvncDecoder *self)
{
  return rre_want_with (self, CORRE_PLACE_LEN);
}

const GvncDecoderType gvnc_decoder_corre = {
  .encoding = GVNC_RFB_ENCODING_CORRE,
  .name = "CoRRE",
  .state_size = sizeof (RreState),
  .clear = rre_clear,
  .begin = rre_begin,
  .want = corre_want,
  .take = rre_take_compact,
};
