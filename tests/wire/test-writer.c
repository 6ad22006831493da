/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "wire/writer.h"

static void
test_order (void)
{
  const guint8 expected[] = { 1, 2, 3, 4, 5, 6, 7, 0, 0, 'a', 'b' };
  GvncWriter writer;

  gvnc_writer_init (&writer, 100);
  gvnc_writer_u8 (&writer, 1);
  gvnc_writer_u16 (&writer, 0x0203);
  gvnc_writer_u32 (&writer, 0x04050607);
  gvnc_writer_zeros (&writer, 2);
  gvnc_writer_bytes (&writer, "ab", 2);
  gvnc_writer_bytes (&writer, NULL, 0);
  g_assert_cmpmem (gvnc_writer_peek (&writer), gvnc_writer_left (&writer), expected, sizeof expected);
  g_assert_false (writer.full);
  gvnc_writer_clear (&writer);
}

static void
test_ceiling (void)
{
  GvncWriter writer;

  gvnc_writer_init (&writer, 6);
  gvnc_writer_u32 (&writer, 1);
  gvnc_writer_u16 (&writer, 2);
  g_assert_false (writer.full);
  gvnc_writer_u8 (&writer, 3);
  g_assert_true (writer.full);
  g_assert_cmpuint (gvnc_writer_left (&writer), ==, 6);
  /* the flag is sticky: a message without its middle must not go out */
  gvnc_writer_consume (&writer, 6);
  gvnc_writer_u8 (&writer, 4);
  g_assert_cmpuint (gvnc_writer_left (&writer), ==, 0);
  gvnc_writer_clear (&writer);
  g_assert_false (writer.full);

  gvnc_writer_init (&writer, 6);
  gvnc_writer_zeros (&writer, G_MAXSIZE);
  g_assert_true (writer.full);
  g_assert_cmpuint (gvnc_writer_left (&writer), ==, 0);
  gvnc_writer_clear (&writer);
}

/* As a queue that is written and consumed in odd pieces. */
static void
test_queue (void)
{
  GvncWriter writer;
  guint8 next_in = 0, next_out = 0;

  gvnc_writer_init (&writer, 5000);
  for (guint round = 1; round < 3000; round++) {
    const guint n_in = round * 7 % 61, n_out = round * 11 % 67;

    for (guint i = 0; i < n_in && gvnc_writer_left (&writer) < 5000; i++)
      gvnc_writer_u8 (&writer, next_in++);
    for (guint i = 0; i < n_out && gvnc_writer_left (&writer) > 0; i++) {
      g_assert_cmpuint (*gvnc_writer_peek (&writer), ==, next_out++);
      gvnc_writer_consume (&writer, 1);
    }
    g_assert_cmpuint (writer.allocated, <=, 5000);
  }
  g_assert_false (writer.full);
  gvnc_writer_clear (&writer);
}

static void
test_wiped (void)
{
  GvncWriter writer;

  gvnc_writer_init (&writer, 100);
  gvnc_writer_bytes (&writer, "secret", 6);
  gvnc_writer_u8 (&writer, 9);
  gvnc_writer_consume (&writer, 6);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (writer.data[i], ==, 0);
  g_assert_cmpuint (*gvnc_writer_peek (&writer), ==, 9);
  gvnc_writer_clear (&writer);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/writer/order", test_order);
  g_test_add_func ("/wire/writer/ceiling", test_ceiling);
  g_test_add_func ("/wire/writer/queue", test_queue);
  g_test_add_func ("/wire/writer/wiped", test_wiped);
  return g_test_run ();
}
