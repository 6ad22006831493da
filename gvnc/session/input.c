/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/input.h"

#include <string.h>

/* Less room than this is not worth a system call. */
#define LEAST_ROOM (32 * 1024)

void
gvnc_input_clear (GvncInput *self)
{
  g_clear_pointer (&self->block, gvnc_block_unref);
  self->start = self->end = 0;
}

guint8 *
gvnc_input_reserve (GvncInput *self,
                    gsize      want,
                    gsize     *len)
{
  gsize left = gvnc_input_left (self);
  gsize least;

  if (self->block != NULL && left == 0 && !gvnc_block_is_shared (self->block) && self->block->size == GVNC_BLOCK_SIZE)
    self->start = self->end = 0;

  /* A unit that is being waited for is not moved about while the block has room for it. */
  least = left < want ? want - left : LEAST_ROOM;
  if (self->block == NULL || self->block->size - self->end < MIN (least, LEAST_ROOM) ||
      self->block->size - self->start < want) {
    if (self->block != NULL && !gvnc_block_is_shared (self->block) &&
        self->block->size >= MAX (want, left + LEAST_ROOM)) {
      memmove (self->block->data, self->block->data + self->start, left);
    } else {
      GvncBlock *block = gvnc_block_new (MAX (want, left + LEAST_ROOM));

      if (left > 0)
        memcpy (block->data, self->block->data + self->start, left);
      if (self->block != NULL)
        gvnc_block_unref (self->block);
      self->block = block;
    }
    self->start = 0;
    self->end = left;
  }
  *len = self->block->size - self->end;
  return self->block->data + self->end;
}
