/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/picture.h"

#include "wire/error.h"

static const struct {
  const char *what;
  guint8      wire[16];
  const char *error;  /* NULL: good, and written back as it was */
} formats[] = {
  { "32 bits", { 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0 }, NULL },
  { "32 bits, big endian, ten bits a channel", { 32, 30, 1, 1, 3, 255, 3, 255, 3, 255, 20, 10, 0 }, NULL },
  { "16 bits", { 16, 16, 0, 1, 0, 31, 0, 63, 0, 31, 11, 5, 0 }, NULL },
  { "8 bits", { 8, 8, 0, 1, 0, 7, 0, 7, 0, 3, 0, 3, 6 }, NULL },
  { "colour map", { 8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, NULL },
  { "one bit a channel", { 8, 3, 0, 1, 0, 1, 0, 1, 0, 1, 2, 1, 0 }, NULL },
  { "24 bits", { 24, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0 }, "*24 bits*8, 16 or 32" },
  { "no bits", { 0, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0 }, "*0 bits*" },
  { "24 bits with a colour map", { 24, 8, 0, 0 }, "*24 bits*" },
  { "maximum that is no 2^n - 1", { 32, 24, 0, 1, 0, 255, 0, 254, 0, 255, 16, 8, 0 }, "*green is 254*" },
  { "maximum of zero", { 32, 24, 0, 1, 0, 255, 0, 255, 0, 0, 16, 8, 0 }, "*blue is 0*" },
  { "channel that leaves the pixel", { 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 25, 8, 0 }, "*red*shift 25*32 bits*" },
  { "shift beyond the pixel", { 16, 16, 0, 1, 0, 31, 0, 63, 0, 31, 255, 5, 0 }, "*red*shift 255*" },
  { "wide channel in a narrow pixel", { 8, 8, 0, 1, 255, 255, 0, 7, 0, 3, 0, 3, 6 }, "*red*65535*8 bits*" },
  { "channels that overlap", { 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 9, 0 }, "*green*overlaps*" },
};

static void
test_wire (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    GvncReader reader = gvnc_reader_init (formats[i].wire, 16);
    GvncPixelFormat format;
    g_autoptr (GError) error = NULL;
    const gboolean ok = gvnc_pixel_format_read (&reader, &format, &error);

    g_assert_cmpuint (gvnc_reader_left (&reader), ==, 0);
    g_assert_false (reader.overrun);
    if (formats[i].error == NULL) {
      GvncWriter writer;

      if (!ok)
        g_error ("%s: %s", formats[i].what, error->message);
      gvnc_writer_init (&writer, 16);
      gvnc_pixel_format_write (&writer, &format);
      g_assert_cmpmem (gvnc_writer_peek (&writer), gvnc_writer_left (&writer), formats[i].wire, 16);
      gvnc_writer_clear (&writer);
    } else {
      g_assert_false (ok);
      g_assert_error (error, GVNC_ERROR, GVNC_ERROR_PROTOCOL);
      if (!g_pattern_match_simple (formats[i].error, error->message))
        g_error ("%s: %s", formats[i].what, error->message);
    }
  }
}

static void
test_colour_map (void)
{
  const guint8 wire[16] = { 8, 8, 1, 0, 0, 254, 0, 255, 9, 9, 200, 100, 50 };
  GvncReader reader = gvnc_reader_init (wire, 16);
  GvncPixelFormat format;

  g_assert_true (gvnc_pixel_format_read (&reader, &format, NULL));
  g_assert_cmpuint (format.red_max + format.green_max + format.blue_max, ==, 0);
  g_assert_cmpuint (format.red_shift + format.green_shift + format.blue_shift, ==, 0);
  g_assert_false (format.true_colour);
  g_assert_true (format.big_endian);
}

static void
test_truth (void)
{
  const guint8 wire[16] = { 8, 8, 7, 200, 0, 7, 0, 7, 0, 3, 0, 3, 6 };
  GvncReader reader = gvnc_reader_init (wire, 16);
  GvncPixelFormat format;

  g_assert_true (gvnc_pixel_format_read (&reader, &format, NULL));
  g_assert_true (format.true_colour);
  g_assert_true (format.big_endian);
}

static void
test_equal (void)
{
  GvncPixelFormat other = gvnc_test_rgb32;
  GvncPixelFormat map = gvnc_test_map8;

  for (guint i = 0; i < gvnc_n_test_formats; i++)
    for (guint j = 0; j < gvnc_n_test_formats; j++)
      g_assert_cmpint (gvnc_pixel_format_equal (gvnc_test_formats[i], gvnc_test_formats[j]), ==, i == j);
  other.true_colour = 17;
  g_assert_true (gvnc_pixel_format_equal (&other, &gvnc_test_rgb32));
  other.depth = 23;
  g_assert_false (gvnc_pixel_format_equal (&other, &gvnc_test_rgb32));
  map.red_max = 1;
  g_assert_true (gvnc_pixel_format_equal (&map, &gvnc_test_map8));
}

static void
test_short_pixels (void)
{
  const struct {
    const GvncPixelFormat *format;
    guint                  size, cpixel, offset;
    gboolean               tpixel;
  } rows[] = {
    { &gvnc_test_rgb32, 4, 3, 0, TRUE },
    { &gvnc_test_rgb32_big, 4, 3, 1, TRUE },
    { &gvnc_test_rgb32_high, 4, 3, 1, TRUE },
    { &gvnc_test_rgb32_high_big, 4, 3, 0, TRUE },
    { &gvnc_test_rgb30, 4, 4, 0, FALSE },
    { &gvnc_test_rgb16, 2, 2, 0, FALSE },
    { &gvnc_test_rgb16_big, 2, 2, 0, FALSE },
    { &gvnc_test_rgb8, 1, 1, 0, FALSE },
    { &gvnc_test_map8, 1, 1, 0, FALSE },
  };
  /* 32 bits whose colours fit 16: both ends would do, the low one is taken */
  const GvncPixelFormat middle = { 32, 16, FALSE, TRUE, 15, 15, 15, 12, 16, 8 };
  const GvncPixelFormat spread = { 32, 24, FALSE, TRUE, 255, 255, 255, 24, 16, 0 };
  guint offset;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpuint (gvnc_pixel_format_size (rows[i].format), ==, rows[i].size);
    g_assert_cmpuint (gvnc_pixel_format_cpixel_size (rows[i].format, &offset), ==, rows[i].cpixel);
    g_assert_cmpuint (offset, ==, rows[i].offset);
    g_assert_cmpint (gvnc_pixel_format_is_tpixel (rows[i].format), ==, rows[i].tpixel);
  }
  g_assert_cmpuint (gvnc_pixel_format_cpixel_size (&middle, &offset), ==, 3);
  g_assert_cmpuint (offset, ==, 0);
  g_assert_false (gvnc_pixel_format_is_tpixel (&middle));
  g_assert_cmpuint (gvnc_pixel_format_cpixel_size (&spread, &offset), ==, 4);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/format/wire", test_wire);
  g_test_add_func ("/wire/format/colour-map", test_colour_map);
  g_test_add_func ("/wire/format/any-value-but-zero-is-true", test_truth);
  g_test_add_func ("/wire/format/equal", test_equal);
  g_test_add_func ("/wire/format/short-pixels", test_short_pixels);
  return g_test_run ();
}
