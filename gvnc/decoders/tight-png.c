/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/tight.h"

#include "decoders/png.h"
#include "wire/rfb.h"

/* TightPNG, rfbproto "Tight PNG Encoding".
 *   wire:  as Tight, but compression 10 is a PNG picture: length, data
 *   units: as Tight's
 *
 * The specification has no compressed rows in it; libvncserver sends them when pixels have 8 bits. */

static gboolean
tight_png_begin (GvncDecoder  *self,
                 GError      **error)
{
  TightState *tight = self->state;

  if (!tight_begin (self, error))
    return FALSE;
  tight->png = gvnc_png_decode;
  return TRUE;
}

const GvncDecoderType gvnc_decoder_tight_png = {
  .encoding = GVNC_RFB_ENCODING_TIGHT_PNG,
  .name = "TightPNG",
  .shares = &gvnc_decoder_tight,
  .state_size = sizeof (TightState),
  .clear = tight_clear,
  .begin = tight_png_begin,
  .want = tight_want,
  .take = tight_take,
};
