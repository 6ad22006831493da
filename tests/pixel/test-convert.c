/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pixel/convert.h"
#include "reference.h"

#define GUARD 0xa5

/* Every value of 8 and 16 bits; of 32 bits each channel's every value and some thousand others. */
static GByteArray *
sample_pixels (const GvncPixelFormat *format)
{
  const guint size = format->bits_per_pixel / 8;
  GByteArray *pixels = g_byte_array_new ();
  guint8 bytes[4];
  guint32 noise = 12345;

  if (size < 4) {
    for (guint32 v = 0; v < 1u << format->bits_per_pixel; v++) {
      reference_store (bytes, size, format->big_endian, v);
      g_byte_array_append (pixels, bytes, size);
    }
    return pixels;
  }
  for (guint32 v = 0; format->true_colour && v < 2048; v++) {
    guint32 value = (v & format->red_max) << format->red_shift | (v & format->green_max) << format->green_shift |
                    (v & format->blue_max) << format->blue_shift;

    reference_store (bytes, size, format->big_endian, value);
    g_byte_array_append (pixels, bytes, size);
  }
  for (guint i = 0; i < 4099; i++) {
    noise = noise * 1664525 + 1013904223;
    /* indices near the end of a map */
    reference_store (bytes, size, format->big_endian, format->true_colour ? noise : noise >> 15);
    g_byte_array_append (pixels, bytes, size);
  }
  reference_store (bytes, size, format->big_endian, G_MAXUINT32);
  g_byte_array_append (pixels, bytes, size);
  return pixels;
}

/* Bits of a pixel that belong to a channel. */
static guint32
channel_bits (const GvncPixelFormat *format)
{
  return (guint32) format->red_max << format->red_shift | (guint32) format->green_max << format->green_shift |
         (guint32) format->blue_max << format->blue_shift;
}

static void
check_row (const GvncConverter   *converter,
           const GvncPixelFormat *source,
           const GvncPixelFormat *target,
           const guint16         *colours,
           guint                  n_colours,
           const guint8          *pixels,
           gsize                  n)
{
  const guint from_size = source->bits_per_pixel / 8;
  const guint to_size = target->bits_per_pixel / 8;
  const guint32 relevant = converter->is_copy ? channel_bits (target) : G_MAXUINT32;
  g_autofree guint8 *row = g_malloc (n * to_size + 2);
  guint8 *out = row + 1; /* no alignment either */

  row[0] = row[n * to_size + 1] = GUARD;
  gvnc_converter_row (converter, pixels, out, n);
  for (gsize i = 0; i < n; i++) {
    guint32 value = reference_load (pixels + i * from_size, from_size, source->big_endian);
    Colour colour = reference_colour (source, value, colours, n_colours);
    guint32 wanted = reference_value (target, &colour);
    guint32 got = reference_load (out + i * to_size, to_size, target->big_endian);

    if (!converter->is_copy && to_size == 4)
      wanted |= ~channel_bits (target);
    if ((got & relevant) != (wanted & relevant))
      g_error ("pixel %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT ": value %08x became %08x, not %08x", i, n, value, got,
               wanted);
  }
  g_assert_cmphex (row[0], ==, GUARD);
  g_assert_cmphex (row[n * to_size + 1], ==, GUARD);
}

static void
check_pair (const GvncPixelFormat *source,
            const GvncPixelFormat *target,
            const guint16         *colours,
            guint                  n_colours)
{
  g_autoptr (GByteArray) pixels = sample_pixels (source);
  const guint size = source->bits_per_pixel / 8;
  const gsize n = pixels->len / size;
  GvncConverter converter;

  gvnc_converter_init (&converter, GVNC_LAYOUT_PIXEL, source, colours, n_colours, target);
  g_assert_cmpuint (converter.source_size, ==, size);
  g_assert_cmpuint (converter.target_size, ==, target->bits_per_pixel / 8);
  check_row (&converter, source, target, colours, n_colours, pixels->data, n);
  /* lengths around those of vectors and chunks, from places without alignment */
  for (gsize length = 1; length <= 40; length++)
    check_row (&converter, source, target, colours, n_colours, pixels->data + (length % 7) * size, length);
  check_row (&converter, source, target, colours, n_colours, pixels->data + size, 129);
  gvnc_converter_clear (&converter);
}

static void
test_true_colour (gconstpointer data)
{
  const NamedFormat *source = data;

  for (guint i = 0; i < reference_n_formats; i++) {
    g_test_message ("to %s", reference_formats[i].name);
    check_pair (&source->format, &reference_formats[i].format, NULL, 0);
  }
}

static guint16 *
make_colours (guint n)
{
  guint16 *colours = g_new (guint16, 3 * n);
  guint32 noise = 99;

  for (guint i = 0; i < 3 * n; i++) {
    noise = noise * 1664525 + 1013904223;
    colours[i] = (guint16) (noise >> 16);
  }
  for (guint i = 0; i < 3; i++)
    colours[i] = G_MAXUINT16;
  return colours;
}

static void
test_colour_map (void)
{
  static const struct { guint bits; gboolean big; guint n_colours; } rows[] = {
    { 8, FALSE, 256 }, { 8, FALSE, 17 }, { 8, FALSE, 0 }, { 8, FALSE, 300 }, { 16, FALSE, 65536 }, { 16, TRUE, 65536 },
    { 16, TRUE, 1000 }, { 32, FALSE, 65536 }, { 32, TRUE, 256 },
  };
  g_autofree guint16 *colours = make_colours (65536);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GvncPixelFormat source = { .bits_per_pixel = (guint8) rows[i].bits, .depth = 8, .big_endian = rows[i].big };

    for (guint k = 0; k < reference_n_formats; k++)
      check_pair (&source, &reference_formats[k].format, rows[i].n_colours > 0 ? colours : NULL, rows[i].n_colours);
  }
}

/* The bytes that ZRLE leaves out, found by setting all bits of colour. */
static void
test_cpixel (void)
{
  guint n_checked = 0;

  for (guint i = 0; i < reference_n_formats; i++) {
    const GvncPixelFormat *source = &reference_formats[i].format;
    g_autoptr (GByteArray) pixels = NULL;
    g_autoptr (GByteArray) cpixels = g_byte_array_new ();
    guint8 all[4];
    guint skip;

    if (source->bits_per_pixel != 32 || source->depth > 24)
      continue;
    reference_store (all, 4, source->big_endian, channel_bits (source));
    if (all[3] == 0)
      skip = 3;
    else if (all[0] == 0)
      skip = 0;
    else
      continue;
    n_checked++;

    pixels = sample_pixels (source);
    for (guint p = 0; p < pixels->len; p += 4)
      g_byte_array_append (cpixels, pixels->data + p + (skip == 0 ? 1 : 0), 3);

    for (guint k = 0; k < reference_n_formats; k++) {
      const GvncPixelFormat *target = &reference_formats[k].format;
      const guint size = target->bits_per_pixel / 8;
      const gsize n = pixels->len / 4;
      g_autofree guint8 *out = g_malloc (n * size);
      GvncConverter converter;

      gvnc_converter_init (&converter, GVNC_LAYOUT_CPIXEL, source, NULL, 0, target);
      g_assert_cmpuint (converter.source_size, ==, 3);
      gvnc_converter_row (&converter, cpixels->data, out, n);
      gvnc_converter_clear (&converter);
      for (gsize p = 0; p < n; p++) {
        Colour colour = reference_colour (source, reference_load (pixels->data + 4 * p, 4, source->big_endian), NULL, 0);

        g_assert_cmphex (reference_load (out + p * size, size, target->big_endian) & channel_bits (target), ==,
                         reference_value (target, &colour));
      }
    }
  }
  g_assert_cmpuint (n_checked, >=, 8);
}

static void
test_rgb (void)
{
  static const GvncPixelFormat rgb = {
    .bits_per_pixel = 32, .true_colour = TRUE, .red_max = 255, .green_max = 255, .blue_max = 255,
    .red_shift = 16, .green_shift = 8,
  };
  guint8 bytes[3 * 256];
  guint32 words[256];

  for (guint i = 0; i < 256; i++) {
    bytes[3 * i] = (guint8) i;
    bytes[3 * i + 1] = (guint8) (i * 7);
    bytes[3 * i + 2] = (guint8) (255 - i);
    words[i] = 0xee000000 | (guint32) bytes[3 * i] << 16 | (guint32) bytes[3 * i + 1] << 8 | bytes[3 * i + 2];
  }
  for (guint k = 0; k < reference_n_formats; k++) {
    const GvncPixelFormat *target = &reference_formats[k].format;
    const guint size = target->bits_per_pixel / 8;
    GvncConverter from_bytes, from_words;
    guint8 a[256 * 4], b[256 * 4];

    gvnc_converter_init (&from_bytes, GVNC_LAYOUT_RGB24, NULL, NULL, 0, target);
    gvnc_converter_init (&from_words, GVNC_LAYOUT_XRGB32, NULL, NULL, 0, target);
    gvnc_converter_row (&from_bytes, bytes, a, 256);
    gvnc_converter_row (&from_words, (const guint8 *) words, b, 256);
    for (guint i = 0; i < 256; i++) {
      Colour colour = reference_colour (&rgb, words[i], NULL, 0);
      guint32 wanted = reference_value (target, &colour);

      g_assert_cmphex (reference_load (a + i * size, size, target->big_endian) & channel_bits (target), ==, wanted);
      g_assert_cmphex (reference_load (b + i * size, size, target->big_endian) & channel_bits (target), ==, wanted);
    }
    gvnc_converter_clear (&from_bytes);
    gvnc_converter_clear (&from_words);
  }
}

static void
test_to_rgb24_and_rgba (void)
{
  g_autofree guint16 *colours = make_colours (200);
  const GvncPixelFormat indexed = { .bits_per_pixel = 8, .depth = 8 };

  for (guint k = 0; k <= reference_n_formats; k++) {
    const GvncPixelFormat *source = k < reference_n_formats ? &reference_formats[k].format : &indexed;
    const guint size = source->bits_per_pixel / 8;
    g_autoptr (GByteArray) pixels = sample_pixels (source);
    const gsize n = pixels->len / size;
    g_autofree guint8 *rgb = g_malloc (3 * n);
    g_autofree guint8 *rgba = g_malloc (4 * n);
    GvncConverter converter;

    gvnc_converter_init_rgb24 (&converter, GVNC_LAYOUT_PIXEL, source, colours, 200);
    gvnc_converter_row (&converter, pixels->data, rgb, n);
    gvnc_converter_clear (&converter);
    gvnc_convert_to_rgba (source, colours, 200, pixels->data, n, rgba);
    for (gsize i = 0; i < n; i++) {
      Colour colour = reference_colour (source, reference_load (pixels->data + i * size, size, source->big_endian),
                                        colours, 200);
      guint32 wanted = reference_rgb (&colour);

      g_assert_cmphex (reference_load (rgb + 3 * i, 3, TRUE), ==, wanted);
      g_assert_cmphex (reference_load (rgba + 4 * i, 4, TRUE), ==, wanted << 8 | 255);
    }
  }
}

static void
test_full_range (void)
{
  static const guint8 white[2] = { 0xff, 0xff };
  static const guint8 grey[2] = { 0x10, 0x84 }; /* 16, 32, 16 */
  guint8 rgba[4];

  gvnc_convert_to_rgba (reference_format ("r5g6b5 little"), NULL, 0, white, 1, rgba);
  g_assert_cmphex (reference_load (rgba, 4, TRUE), ==, 0xffffffff);
  gvnc_convert_to_rgba (reference_format ("r5g6b5 little"), NULL, 0, grey, 1, rgba);
  g_assert_cmphex (reference_load (rgba, 4, TRUE), ==, 0x848284ff);
}

static void
test_copies (void)
{
  const GvncPixelFormat *xrgb = reference_format ("x8r8g8b8 little");
  const GvncPixelFormat indexed = { .bits_per_pixel = 8, .depth = 8 };
  const GvncPixelFormat indexed_too = { .bits_per_pixel = 8, .depth = 6, .big_endian = TRUE, .red_max = 5 };
  GvncPixelFormat deeper = *xrgb;
  GvncConverter converter;

  deeper.depth = 32;
  g_assert_true (gvnc_pixel_formats_alike (xrgb, &deeper));
  g_assert_true (gvnc_pixel_formats_alike (&indexed, &indexed_too));
  g_assert_false (gvnc_pixel_formats_alike (xrgb, reference_format ("x8r8g8b8 big")));
  g_assert_false (gvnc_pixel_formats_alike (&indexed, reference_format ("r3g3b2")));
  g_assert_false (gvnc_pixel_formats_alike (reference_format ("b2g3r3"), reference_format ("r3g3b2")));

  gvnc_converter_init (&converter, GVNC_LAYOUT_PIXEL, xrgb, NULL, 0, &deeper);
  g_assert_true (converter.is_copy);
  gvnc_converter_clear (&converter);
  gvnc_converter_init (&converter, GVNC_LAYOUT_PIXEL, &indexed, NULL, 0, &indexed_too);
  g_assert_true (converter.is_copy);
  gvnc_converter_clear (&converter);
}

static void
test_fill (void)
{
  static const guint8 pixels[][4] = { { 7, 7, 7, 7 }, { 7, 7, 7, 8 }, { 1, 2, 3, 4 }, { 9, 9, 1, 1 } };

  for (guint p = 0; p < G_N_ELEMENTS (pixels); p++)
    for (guint size = 1; size <= 4; size *= 2) {
      guint8 picture[5 * 64];

      memset (picture, GUARD, sizeof picture);
      gvnc_pixels_fill (picture + 64 + 3, 64, 9, 3, pixels[p], size);
      for (guint i = 0; i < sizeof picture; i++) {
        guint column = i % 64;
        gboolean inside = i / 64 >= 1 && i / 64 <= 3 && column >= 3 && column < 3 + 9 * size;

        g_assert_cmphex (picture[i], ==, inside ? pixels[p][(column - 3) % size] : GUARD);
      }
    }
}

/* Bits of no channel, in pixels that are sent with zeros there. */
static void
test_unused_bits (void)
{
  static const struct {
    const char *source, *target;
    GvncLayout  layout;
    gboolean    opaque;
    guint32     unused;
  } rows[] = {
    { "x8r8g8b8 little", "x8b8g8r8 little", GVNC_LAYOUT_PIXEL, FALSE, 0xff000000 },
    { "r5g6b5 little", "x8r8g8b8 little", GVNC_LAYOUT_PIXEL, FALSE, 0xff000000 },
    { "r5g6b5 big", "x8r8g8b8 little", GVNC_LAYOUT_PIXEL, FALSE, 0xff000000 },
    /* channels stay where they are */
    { "x8r8g8b8 big", "x8r8g8b8 little", GVNC_LAYOUT_PIXEL, FALSE, 0xff000000 },
    { "x8r8g8b8 little", "x8r8g8b8 big", GVNC_LAYOUT_PIXEL, FALSE, 0xff000000 },
    { "x8r8g8b8 little", "x8r8g8b8 little", GVNC_LAYOUT_CPIXEL, FALSE, 0xff000000 },
    { "x8r8g8b8 little", "x8r8g8b8 little", GVNC_LAYOUT_RGB24, FALSE, 0xff000000 },
    /* bytes stay as they are */
    { "x8r8g8b8 little", "x8r8g8b8 little", GVNC_LAYOUT_PIXEL, FALSE, 0 },
    { "x8r8g8b8 little", "x8r8g8b8 little", GVNC_LAYOUT_PIXEL, TRUE, 0xff000000 },
    { "x8r8g8b8 big", "x8r8g8b8 big", GVNC_LAYOUT_PIXEL, TRUE, 0xff000000 },
    { "x8r8g8b8 little", "x8b8g8r8 little", GVNC_LAYOUT_PIXEL, TRUE, 0xff000000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const GvncPixelFormat *source = reference_format (rows[i].source), *target = reference_format (rows[i].target);
    guint8 pixels[4 * 19] = { 0 }, out[4 * 19];
    GvncConverter converter;

    gvnc_converter_init (&converter, rows[i].layout, source, NULL, 0, target);
    if (rows[i].opaque)
      gvnc_converter_set_opaque (&converter);
    gvnc_converter_row (&converter, pixels, out, 19);
    for (guint k = 0; k < 19; k++)
      g_assert_cmphex (reference_load (out + 4 * k, 4, target->big_endian), ==, rows[i].unused);
    gvnc_converter_pixel (&converter, pixels, out);
    g_assert_cmphex (reference_load (out, 4, target->big_endian), ==, rows[i].unused);
    gvnc_converter_clear (&converter);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < reference_n_formats; i++) {
    g_autofree char *path = g_strdup_printf ("/convert/%s", reference_formats[i].name);

    g_test_add_data_func (path, &reference_formats[i], test_true_colour);
  }
  g_test_add_func ("/convert/colour map", test_colour_map);
  g_test_add_func ("/convert/cpixel", test_cpixel);
  g_test_add_func ("/convert/rgb", test_rgb);
  g_test_add_func ("/convert/to rgb24 and rgba", test_to_rgb24_and_rgba);
  g_test_add_func ("/convert/full range", test_full_range);
  g_test_add_func ("/convert/copies", test_copies);
  g_test_add_func ("/convert/fill", test_fill);
  g_test_add_func ("/convert/unused-bits", test_unused_bits);
  return g_test_run ();
}
