/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/canvas.h"
#include "decoders/decoder.h"
#include "decoders/paint.h"

static void
test_order (void)
{
  const GvncRect rect = { 1, 2, 3, 4 };
  const guint8 pixel[4] = { 9, 8, 7, 6 };
  GvncCanvas canvas;
  guint8 *memory;

  gvnc_canvas_init (&canvas);
  memory = gvnc_canvas_alloc (&canvas, 48);
  gvnc_canvas_fill (&canvas, &rect, pixel, 2);
  gvnc_canvas_fill_rgb (&canvas, &rect, 0x123456);
  gvnc_canvas_copy (&canvas, &rect, 0xfffe, 0xfffd);
  gvnc_canvas_blit (&canvas, &rect, GVNC_LAYOUT_XRGB32, memory, 12);

  g_assert_cmpuint (canvas.n_ops, ==, 4);
  g_assert_cmpuint (canvas.ops[0].kind, ==, GVNC_OP_FILL);
  g_assert_cmpmem (gvnc_op_fill_pixel (&canvas.ops[0]), 2, pixel, 2);
  g_assert_cmpuint (canvas.ops[1].layout, ==, GVNC_LAYOUT_XRGB32);
  g_assert_cmpuint (canvas.ops[1].value, ==, 0x123456);
  g_assert_cmpuint (gvnc_op_source_x (&canvas.ops[2]), ==, 0xfffe);
  g_assert_cmpuint (gvnc_op_source_y (&canvas.ops[2]), ==, 0xfffd);
  g_assert_true (canvas.ops[3].data == memory);
  g_assert_cmpuint (canvas.ops[3].value, ==, 12);
  gvnc_canvas_clear (&canvas);
}

static void
test_memory (void)
{
  GvncCanvas canvas;
  guint8 *a, *b, *c;

  gvnc_canvas_init (&canvas);
  a = gvnc_canvas_alloc (&canvas, 100);
  b = gvnc_canvas_alloc (&canvas, 100);
  g_assert_cmpuint (GPOINTER_TO_SIZE (b) % 16, ==, 0);
  g_assert_true (b >= a + 100);
  /* only the latest can be given back */
  gvnc_canvas_trim (&canvas, a, 100, 0);
  c = gvnc_canvas_alloc (&canvas, 10);
  g_assert_true (c >= b + 100);
  gvnc_canvas_trim (&canvas, c, 10, 0);
  g_assert_true (gvnc_canvas_alloc (&canvas, 20) == c);

  a = gvnc_canvas_alloc (&canvas, 3 * GVNC_BLOCK_SIZE);
  memset (a, 1, 3 * GVNC_BLOCK_SIZE);
  b = gvnc_canvas_alloc (&canvas, 1);
  g_assert_true (b < a || b >= a + 3 * GVNC_BLOCK_SIZE);
  g_assert_cmpuint (canvas.n_bytes, >, 3 * GVNC_BLOCK_SIZE);
  gvnc_canvas_clear (&canvas);
}

static void
test_input (void)
{
  const GvncRect rect = { 0, 0, 1, 1 };
  GvncBlock *input = gvnc_block_new (10);
  GvncCanvas canvas;

  gvnc_canvas_init (&canvas);
  gvnc_canvas_set_input (&canvas, input);
  g_assert_false (gvnc_block_is_shared (input));
  gvnc_canvas_blit_input (&canvas, &rect, GVNC_LAYOUT_PIXEL, input->data, 4);
  g_assert_true (gvnc_block_is_shared (input));
  g_assert_cmpuint (canvas.blocks->len, ==, 1);
  gvnc_canvas_blit_input (&canvas, &rect, GVNC_LAYOUT_PIXEL, input->data, 4);
  g_assert_cmpuint (canvas.blocks->len, ==, 1);
  gvnc_canvas_clear (&canvas);
  g_assert_false (gvnc_block_is_shared (input));
  gvnc_block_unref (input);
}

static void
test_block (void)
{
  const GvncRect rect = { 0, 0, 1, 1 };
  GvncBlock *block = gvnc_block_ref (gvnc_block_new (10));
  GvncCanvas canvas;

  gvnc_canvas_init (&canvas);
  gvnc_canvas_blit_block (&canvas, &rect, GVNC_LAYOUT_PIXEL, block, 4);
  g_assert_true (canvas.ops[0].data == block->data);
  g_assert_true (gvnc_block_is_shared (block));
  gvnc_canvas_clear (&canvas);
  g_assert_false (gvnc_block_is_shared (block));
  gvnc_block_unref (block);
}

static void
test_many (void)
{
  GvncCanvas canvas;

  gvnc_canvas_init (&canvas);
  for (guint i = 0; i < 5000; i++) {
    const GvncRect rect = { (guint16) i, 0, 1, 1 };

    gvnc_canvas_fill_rgb (&canvas, &rect, i);
  }
  for (guint i = 0; i < 5000; i++) {
    g_assert_cmpuint (canvas.ops[i].rect.x, ==, i);
    g_assert_cmpuint (canvas.ops[i].value, ==, i);
  }
  g_assert_cmpuint (canvas.n_bytes, ==, 5000 * sizeof (GvncOp));
  gvnc_canvas_clear (&canvas);
}

static void
test_paint (void)
{
  const guint8 pixel[4] = { 0xa1, 0xb2, 0xc3, 0xd4 };
  guint8 out[100];

  for (guint size = 1; size <= 4; size *= 2)
    for (guint n = 0; n * size <= 80; n++) {
      memset (out, 0, sizeof out);
      gvnc_paint_run (out + 3, n * size, gvnc_paint (pixel, size));
      for (guint i = 0; i < sizeof out; i++)
        g_assert_cmpuint (out[i], ==, i >= 3 && i < 3 + n * size ? pixel[(i - 3) % size] : 0);
    }
}

static void
test_types (void)
{
  const gint32 encodings[] = { 0, 1, 2, 5, 7, 16 };

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++) {
    g_autoptr (GvncDecoder) decoder = gvnc_decoder_new (encodings[i]);

    g_assert_nonnull (decoder);
    g_assert_cmpint (decoder->type->encoding, ==, encodings[i]);
    g_assert_true (gvnc_decoder_find_type (encodings[i]) == decoder->type);
  }
  g_assert_null (gvnc_decoder_new (-1));
  g_assert_null (gvnc_decoder_find_type (G_MAXINT32));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decoders/canvas/order", test_order);
  g_test_add_func ("/decoders/canvas/memory", test_memory);
  g_test_add_func ("/decoders/canvas/input", test_input);
  g_test_add_func ("/decoders/canvas/block", test_block);
  g_test_add_func ("/decoders/canvas/many", test_many);
  g_test_add_func ("/decoders/paint", test_paint);
  g_test_add_func ("/decoders/types", test_types);
  return g_test_run ();
}
