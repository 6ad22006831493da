/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/batch.h"
#include "session/command.h"
#include "session/input.h"
#include "session/output.h"

#include <string.h>

/* The small pieces around the session. */

/* As many of @bytes as there is room for, as a read does. */
static gsize
input_append (GvncInput    *input,
              gsize         want,
              const guint8 *bytes,
              gsize         len)
{
  gsize room;
  guint8 *memory = gvnc_input_reserve (input, want, &room);

  g_assert_cmpuint (room, >, 0);
  len = MIN (len, room);
  memcpy (memory, bytes, len);
  input->end += len;
  return len;
}

static void
test_input_grows (void)
{
  GvncInput input = { 0 };
  const gsize want = 3 * GVNC_BLOCK_SIZE;
  guint8 chunk[1000];
  gsize n = 0;

  while (gvnc_input_left (&input) < want) {
    for (gsize i = 0; i < sizeof chunk; i++)
      chunk[i] = (guint8) ((n + i) * 7 % 251);
    n += input_append (&input, want, chunk, sizeof chunk);
  }
  for (gsize i = 0; i < want; i++)
    g_assert_cmpuint (gvnc_input_peek (&input)[i], ==, (guint8) (i * 7 % 251));

  /* a small wish goes back to blocks of the usual size in the end */
  input.start = input.end;
  input_append (&input, 1, chunk, 1);
  g_assert_cmpuint (gvnc_input_left (&input), ==, 1);
  gvnc_input_clear (&input);
  g_assert_cmpuint (gvnc_input_left (&input), ==, 0);
}

/* Bytes that somebody refers to are neither moved nor written over. */
static void
test_input_keeps_shared (void)
{
  GvncInput input = { 0 };
  GvncBlock *held;
  const guint8 *seen;
  gsize room;

  input_append (&input, 1, (const guint8 *) "abcd", 4);
  held = gvnc_block_ref (input.block);
  seen = gvnc_input_peek (&input);
  input.start += 2;

  for (guint i = 0; i < 5; i++) {
    guint8 *memory = gvnc_input_reserve (&input, GVNC_BLOCK_SIZE - 10, &room);

    memset (memory, 0xee, room);
  }
  g_assert_cmpmem (seen, 4, "abcd", 4);
  g_assert_cmpmem (gvnc_input_peek (&input), gvnc_input_left (&input), "cd", 2);
  gvnc_input_clear (&input);
  gvnc_block_unref (held);
}

static void
test_input_used_up (void)
{
  GvncInput input = { 0 };
  GvncBlock *held;

  input_append (&input, 1, (const guint8 *) "abcd", 4);
  held = gvnc_block_ref (input.block);
  input.start = input.end;
  input_append (&input, 1, (const guint8 *) "wxyz", 4);
  g_assert_cmpmem (held->data, 4, "abcd", 4);
  g_assert_cmpmem (gvnc_input_peek (&input), 4, "wxyz", 4);
  gvnc_input_clear (&input);
  gvnc_block_unref (held);
}

static void
test_batch_order (void)
{
  g_autoptr (GvncBatch) batch = gvnc_batch_new ();
  const GvncRect rect = { 1, 2, 3, 4 };
  guint8 pixel[4] = { 1, 2, 3, 4 };

  g_assert_true (gvnc_batch_is_empty (batch));
  gvnc_batch_event (batch, GVNC_EVENT_CONNECTED);
  gvnc_canvas_fill (&batch->canvas, &rect, pixel, 4);
  gvnc_batch_rect (batch, &rect);
  gvnc_batch_text (batch, GVNC_EVENT_ERROR, "text");
  gvnc_batch_number (batch, GVNC_EVENT_LED_STATE, 7);

  g_assert_false (gvnc_batch_is_empty (batch));
  g_assert_cmpuint (batch->canvas.n_ops, ==, 5);
  g_assert_cmpuint (batch->events->len, ==, 3);
  g_assert_cmpuint (batch->canvas.ops[0].kind, ==, GVNC_OP_EVENT);
  g_assert_cmpuint (batch->canvas.ops[0].value, ==, 0);
  g_assert_cmpuint (batch->canvas.ops[1].kind, ==, GVNC_OP_FILL);
  g_assert_cmpuint (batch->canvas.ops[2].value, ==, GVNC_MARK_RECT);
  g_assert_cmpuint (batch->canvas.ops[2].rect.height, ==, 4);
  g_assert_cmpuint (batch->canvas.ops[3].value, ==, 1);
  g_assert_cmpuint (g_array_index (batch->events, GvncEvent, 1).kind, ==, GVNC_EVENT_ERROR);
  g_assert_cmpuint (g_array_index (batch->events, GvncEvent, 2).number, ==, 7);
}

/* The engine's back-pressure counts on this. */
static void
test_batch_size (void)
{
  g_autoptr (GvncBatch) batch = gvnc_batch_new ();
  gsize before = gvnc_batch_size (batch);
  g_autofree guint8 *data = g_malloc0 (100000);

  gvnc_batch_data (batch, GVNC_EVENT_CUT_TEXT, data, 100000);
  g_assert_cmpuint (gvnc_batch_size (batch), >=, before + 100000);
  before = gvnc_batch_size (batch);
  gvnc_canvas_alloc (&batch->canvas, 100000);
  g_assert_cmpuint (gvnc_batch_size (batch), >=, before + 100000);
}

static void
test_output_desktop_size (void)
{
  static const guint8 due[] = { 251, 0, 1, 2, 3, 4, 2, 0, 0, 0, 0, 9, 0, 5, 0, 6, 0, 7, 0, 8, 0, 0, 0, 3,
                                0, 0, 0, 10, 0, 1, 0, 2, 0, 3, 0, 4, 0, 0, 0, 0 };
  const GvncScreen screens[] = { { 9, { 5, 6, 7, 8 }, 3 }, { 10, { 1, 2, 3, 4 }, 0 } };
  GvncWriter out;

  gvnc_writer_init (&out, 100);
  gvnc_output_desktop_size (&out, 0x0102, 0x0304, screens, G_N_ELEMENTS (screens));
  g_assert_cmpmem (gvnc_writer_peek (&out), gvnc_writer_left (&out), due, sizeof due);
  gvnc_writer_clear (&out);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parts/input/grows", test_input_grows);
  g_test_add_func ("/parts/input/keeps-shared", test_input_keeps_shared);
  g_test_add_func ("/parts/input/used-up", test_input_used_up);
  g_test_add_func ("/parts/batch/order", test_batch_order);
  g_test_add_func ("/parts/batch/size", test_batch_size);
  g_test_add_func ("/parts/output/desktop-size", test_output_desktop_size);
  return g_test_run ();
}
