/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/decoder.h"

#include "wire/rfb.h"

/* Raw, RFC 6143 section 7.7.1.
 *   wire:  height * width * PIXEL
 *   units: slices of whole rows, drawn from where they were received */

typedef struct {
  guint y;  /* rows done */
} RawState;

static gsize
raw_row_len (const GvncDecoder *self)
{
  return (gsize) self->rect.width * self->pixel_size;
}

static gboolean
raw_begin (GvncDecoder  *self,
           GError      **error)
{
  RawState *raw = self->state;

  raw->y = 0;
  return TRUE;
}

static gsize
raw_want (const GvncDecoder *self)
{
  const RawState *raw = self->state;

  return raw->y < self->rect.height ? raw_row_len (self) : 0;
}

static gboolean
raw_take (GvncDecoder  *self,
          GvncReader   *in,
          GvncCanvas   *canvas,
          GError      **error)
{
  RawState *raw = self->state;
  const gsize row_len = raw_row_len (self);
  const gsize n_rows = MIN (gvnc_reader_left (in) / row_len, (gsize) (self->rect.height - raw->y));
  const GvncRect slice = {
    self->rect.x, (guint16) (self->rect.y + raw->y), self->rect.width, (guint16) n_rows
  };

  gvnc_canvas_blit_input (canvas, &slice, GVNC_LAYOUT_PIXEL, gvnc_reader_bytes (in, n_rows * row_len), row_len);
  raw->y += (guint) n_rows;
  return TRUE;
}

const GvncDecoderType gvnc_decoder_raw = {
  .encoding = GVNC_RFB_ENCODING_RAW,
  .name = "Raw",
  .state_size = sizeof (RawState),
  .begin = raw_begin,
  .want = raw_want,
  .take = raw_take,
};
