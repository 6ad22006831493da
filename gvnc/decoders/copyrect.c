/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/decoder.h"

#include "wire/rfb.h"

#include <glib/gi18n-lib.h>

/* CopyRect, RFC 6143 section 7.7.2.
 *   wire:  U16 source x, U16 source y
 *   units: all of it */

#define COPYRECT_LEN 4

typedef struct {
  gboolean done;
} CopyrectState;

static gboolean
copyrect_begin (GvncDecoder  *self,
                GError      **error)
{
  CopyrectState *copyrect = self->state;

  copyrect->done = FALSE;
  return TRUE;
}

static gsize
copyrect_want (const GvncDecoder *self)
{
  const CopyrectState *copyrect = self->state;

  return copyrect->done ? 0 : COPYRECT_LEN;
}

static gboolean
copyrect_take (GvncDecoder  *self,
               GvncReader   *in,
               GvncCanvas   *canvas,
               GError      **error)
{
  CopyrectState *copyrect = self->state;
  GvncRect source = self->rect;

  source.x = gvnc_reader_u16 (in);
  source.y = gvnc_reader_u16 (in);
  if (!gvnc_rect_fits (&source, self->desktop_width, self->desktop_height))
    return gvnc_protocol_error (error, _("CopyRect: source %u×%u at %u,%u leaves the desktop of %u×%u"),
                                source.width, source.height, source.x, source.y,
                                self->desktop_width, self->desktop_height);
  gvnc_canvas_copy (canvas, &self->rect, source.x, source.y);
  copyrect->done = TRUE;
  return TRUE;
}

const GvncDecoderType gvnc_decoder_copyrect = {
  .encoding = GVNC_RFB_ENCODING_COPYRECT,
  .name = "CopyRect",
  .state_size = sizeof (CopyrectState),
  .begin = copyrect_begin,
  .want = copyrect_want,
  .take = copyrect_take,
};
