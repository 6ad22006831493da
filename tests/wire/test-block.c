/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "wire/block.h"

#include <string.h>

static void
test_sizes (void)
{
  const gsize sizes[] = { 0, 1, GVNC_BLOCK_SIZE, GVNC_BLOCK_SIZE + 1, 5 * 1000 * 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    GvncBlock *block = gvnc_block_new (sizes[i]);

    g_assert_cmpuint (block->size, >=, sizes[i]);
    memset (block->data, 1, block->size);
    gvnc_block_unref (block);
  }
}

static void
test_references (void)
{
  GvncBlock *block = gvnc_block_new (10);

  g_assert_false (gvnc_block_is_shared (block));
  g_assert_true (gvnc_block_ref (block) == block);
  g_assert_true (gvnc_block_is_shared (block));
  gvnc_block_unref (block);
  g_assert_false (gvnc_block_is_shared (block));
  gvnc_block_unref (block);
}

/* A block that was given back is used again; two that are in use never are the same. */
static void
test_store (void)
{
  GvncBlock *blocks[40];

  for (guint round = 0; round < 3; round++) {
    for (guint i = 0; i < G_N_ELEMENTS (blocks); i++) {
      blocks[i] = gvnc_block_new (1);
      for (guint j = 0; j < i; j++)
        g_assert_true (blocks[i] != blocks[j]);
    }
    for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
      gvnc_block_unref (blocks[i]);
  }
}

static gpointer
churn (gpointer data)
{
  for (guint i = 0; i < 2000; i++) {
    GvncBlock *block = gvnc_block_ref (data);
    GvncBlock *own = gvnc_block_new (100);

    memset (own->data, (gint) i, 100);
    g_assert_cmpuint (own->data[99], ==, (guint8) i);
    gvnc_block_unref (own);
    gvnc_block_unref (block);
  }
  return NULL;
}

static void
test_threads (void)
{
  GvncBlock *block = gvnc_block_new (1);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("churn", churn, block);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_false (gvnc_block_is_shared (block));
  gvnc_block_unref (block);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/block/sizes", test_sizes);
  g_test_add_func ("/wire/block/references", test_references);
  g_test_add_func ("/wire/block/store", test_store);
  g_test_add_func ("/wire/block/threads", test_threads);
  return g_test_run ();
}
