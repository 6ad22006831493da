/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "wire/block.h"

/* Received bytes that the session has not used up. They lie in a block that drawing operations may refer to, so bytes
 * once received are never moved or written over while somebody else holds the block. Engine thread only. */
typedef struct {
  GvncBlock *block;   /* owned; NULL when nothing was read yet */
  gsize      start;   /* first byte not used up */
  gsize      end;     /* one past the last received byte */
} GvncInput;

void    gvnc_input_clear   (GvncInput *self);

static inline gsize
gvnc_input_left (const GvncInput *self)
{
  return self->end - self->start;
}

static inline const guint8 *
gvnc_input_peek (const GvncInput *self)
{
  return self->block->data + self->start;
}

/* Memory to receive to, such that @want bytes from the start on are in one piece in the end; @len gets its size. */
guint8 *gvnc_input_reserve (GvncInput *self,
                            gsize      want,
                            gsize     *len);
