/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "wire/reader.h"

static const guint8 bytes[] = { 1, 2, 3, 0xff, 0xff, 0xff, 0xfe, 0, 5, 0, 6, 0x80, 7, 0, 8 };

static void
test_order (void)
{
  GvncReader reader = gvnc_reader_init (bytes, sizeof bytes);
  GvncRect rect;

  g_assert_cmpuint (gvnc_reader_u8 (&reader), ==, 1);
  g_assert_cmpuint (gvnc_reader_u16 (&reader), ==, 0x0203);
  g_assert_cmpint (gvnc_reader_s32 (&reader), ==, -2);
  rect = gvnc_reader_rect (&reader);
  g_assert_cmpuint (rect.x, ==, 5);
  g_assert_cmpuint (rect.y, ==, 6);
  g_assert_cmpuint (rect.width, ==, 0x8007);
  g_assert_cmpuint (rect.height, ==, 8);
  g_assert_cmpuint (gvnc_reader_left (&reader), ==, 0);
  g_assert_false (reader.overrun);

  reader = gvnc_reader_init (bytes + 3, 4);
  g_assert_cmpuint (gvnc_reader_u32 (&reader), ==, 0xfffffffeu);
}

static void
test_overrun (void)
{
  GvncReader reader = gvnc_reader_init (bytes, 3);

  g_assert_cmpuint (gvnc_reader_u16 (&reader), ==, 0x0102);
  g_assert_cmpuint (gvnc_reader_u32 (&reader), ==, 0);
  g_assert_true (reader.overrun);
  /* the flag is sticky, and what was left is gone */
  g_assert_cmpuint (gvnc_reader_left (&reader), ==, 0);
  g_assert_cmpuint (gvnc_reader_u8 (&reader), ==, 0);
  g_assert_null (gvnc_reader_bytes (&reader, 1));
  g_assert_true (reader.overrun);
}

static void
test_empty (void)
{
  GvncReader reader = gvnc_reader_init (NULL, 0);

  g_assert_cmpuint (gvnc_reader_left (&reader), ==, 0);
  g_assert_null (gvnc_reader_bytes (&reader, 0));
  g_assert_false (reader.overrun);
  g_assert_cmpuint (gvnc_reader_u8 (&reader), ==, 0);
  g_assert_true (reader.overrun);
}

static void
test_in_place (void)
{
  GvncReader reader = gvnc_reader_init (bytes, sizeof bytes);

  g_assert_true (gvnc_reader_bytes (&reader, 4) == bytes);
  g_assert_true (gvnc_reader_bytes (&reader, sizeof bytes - 4) == bytes + 4);
  g_assert_false (reader.overrun);
  g_assert_null (gvnc_reader_bytes (&reader, G_MAXSIZE));
  g_assert_true (reader.overrun);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/reader/order", test_order);
  g_test_add_func ("/wire/reader/overrun", test_overrun);
  g_test_add_func ("/wire/reader/empty", test_empty);
  g_test_add_func ("/wire/reader/in-place", test_in_place);
  return g_test_run ();
}
