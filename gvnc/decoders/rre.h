/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "decoders/decoder.h"

/* What RRE and CoRRE have in common, which is all but the size of a subrectangle's coordinates. */

#define RRE_PLACE_LEN   8  /* bytes of a subrectangle behind its pixel: U16 x, y, width, height */
#define CORRE_PLACE_LEN 4  /* U8 each */

typedef struct {
  gboolean   has_header;
  guint32    left;       /* subrectangles to come */
  guint8    *picture;    /* the rectangle's pixels so far, or NULL when each subrectangle becomes an operation */
  GvncBlock *block;      /* owned: where picture lies, or NULL when that is the canvas's own memory */
} RreState;

gboolean rre_begin        (GvncDecoder  *self,
                           GError      **error);
void     rre_clear        (GvncDecoder  *self);
/* take() of CoRRE */
gboolean rre_take_compact (GvncDecoder  *self,
                           GvncReader   *in,
                           GvncCanvas   *canvas,
                           GError      **error);

static inline gsize
rre_want_with (const GvncDecoder *self,
               gsize              place_len)
{
  const RreState *rre = self->state;

  if (!rre->has_header)
    return 4 + self->pixel_size;
  return rre->left > 0 ? self->pixel_size + place_len : 0;
}
