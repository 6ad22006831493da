/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A reference-counted piece of memory that pixels live in on their way from the socket to the framebuffer.
 *
 * The engine thread fills a block (received or inflated bytes); events refer into it and hold a reference; the last
 * unref, on whichever thread, gives a block of the standard size back to a small process-wide store, so that the same
 * warm memory is used again. Contents are never cleared: whoever hands out bytes of a block has written them first. */
typedef struct {
  gsize  size;    /* usable bytes at data */
  gint   refs;    /* atomic */
  guint8 data[] __attribute__ ((aligned (16)));
} GvncBlock;

#define GVNC_BLOCK_SIZE (256 * 1024 - 64)

/* A block of at least @size bytes; blocks of up to GVNC_BLOCK_SIZE come from the store. */
GvncBlock *gvnc_block_new   (gsize      size);
GvncBlock *gvnc_block_ref   (GvncBlock *block);
void       gvnc_block_unref (GvncBlock *block);

static inline gboolean
gvnc_block_is_shared (GvncBlock *block)
{
  return g_atomic_int_get (&block->refs) > 1;
}
