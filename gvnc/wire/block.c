/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "wire/block.h"

/* How many free blocks the process keeps: 4 MiB. */
#define MOST_KEPT 16

static GMutex     store_mutex;
static GvncBlock *store[MOST_KEPT];
static guint      n_stored;

GvncBlock *
gvnc_block_new (gsize size)
{
  GvncBlock *block = NULL;

  if (size <= GVNC_BLOCK_SIZE) {
    size = GVNC_BLOCK_SIZE;
    g_mutex_lock (&store_mutex);
    if (n_stored > 0)
      block = store[--n_stored];
    g_mutex_unlock (&store_mutex);
  }
  if (block == NULL) {
    block = g_malloc (sizeof (GvncBlock) + size);
    block->size = size;
  }
  block->refs = 1;
  return block;
}

GvncBlock *
gvnc_block_ref (GvncBlock *block)
{
  g_atomic_int_inc (&block->refs);
  return block;
}

void
gvnc_block_unref (GvncBlock *block)
{
  if (!g_atomic_int_dec_and_test (&block->refs))
    return;
  if (block->size == GVNC_BLOCK_SIZE) {
    g_mutex_lock (&store_mutex);
    if (n_stored < MOST_KEPT) {
      store[n_stored++] = block;
      block = NULL;
    }
    g_mutex_unlock (&store_mutex);
  }
  g_free (block);
}
