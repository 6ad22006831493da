/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"

#include "wire/rfb.h"

#include <png.h>

#define RGB16 &gvnc_test_rgb16

/* A picture by libpng, of pixels in @format. */
static char *
png_hex (guint         width,
         guint         height,
         guint         format,
         const guint8 *pixels,
         const guint8 *palette,
         guint         n_colours)
{
  png_image image = { .version = PNG_IMAGE_VERSION, .width = width, .height = height, .format = format,
                      .colormap_entries = n_colours };
  guint8 out[4096];
  png_alloc_size_t len = sizeof out;

  g_assert_true (png_image_write_to_memory (&image, out, &len, FALSE, pixels, 0, palette));
  return gvnc_vectors_hex (out, len);
}

/* A rectangle of such a picture; takes @hex. */
static char *
png_wire (char *hex)
{
  g_autofree char *owned = hex;

  return g_strdup_printf ("a0 C{%s}", owned);
}

static const GvncVector vectors[] = {
  { "fill", .width = 2, .height = 2,
    .wire  = "80 112233",
    .image = "33221100*4" },
  { "fill with 16 bits", .format = RGB16, .width = 2, .height = 1,
    .wire  = "80 1f00",
    .image = "1f00*2" },
  { "compressed rows, as libvncserver sends with 8 bits", .format = &gvnc_test_rgb8, .width = 4, .height = 4,
    .wire  = "00 T0{07 38 c0 00*13}",
    .image = "07 38 c0 00*13" },
  { "kind 11", .width = 2, .height = 2, .wire = "b0", .error = "*unknown kind 11" },
  { "rows that are not compressed", .width = 2, .height = 2, .wire = "e0 00 01 00*6", .error = "*" },
  { "no PNG", .width = 2, .height = 2, .wire = "a0 C{00*40}", .error = "PNG picture is broken:*" },
  { "empty PNG", .width = 2, .height = 2, .wire = "a0 00", .error = "Tight: empty payload" },
  { "picture of more pixels than the ceiling", .width = 32767, .height = 1025, .wire = "a0",
    .error = "Picture of 32767×1025 pixels; at most 33554432 in all are accepted" },
};

static void
add_pictures (void)
{
  static const guint8 rgb[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
  static const guint8 rgb16[] = { 0, 0, 0xf8, 0xf8, 0xfc, 0xf8, 0xf8, 0, 0, 0, 0xfc, 0 };
  static const guint8 grey[] = { 1, 2, 3, 4 };
  static const guint8 alpha[] = { 1, 2, 3, 255, 4, 5, 6, 255, 7, 8, 9, 255, 10, 11, 12, 255 };
  static const guint8 indices[] = { 0, 1, 1, 0 };
  static GvncVector rows[] = {
    { "picture", .width = 2, .height = 2, .image = "03020100 06050400 09080700 0c0b0a00" },
    { "palette", .width = 2, .height = 2, .image = "03020100 06050400 06050400 03020100" },
    { "grey", .width = 2, .height = 2, .image = "01010100 02020200 03030300 04040400" },
    { "alpha", .width = 2, .height = 2, .image = "03020100 06050400 09080700 0c0b0a00" },
    { "16 bits", .format = RGB16, .width = 2, .height = 2, .image = "1f00 ffff 00f8 e007", .tolerance = 8 },
    { "big endian", .format = &gvnc_test_rgb32_big, .width = 2, .height = 2,
      .image = "00010203 00040506 00070809 000a0b0c" },
    { "one after another", .width = 2, .height = 4, .rects = { { 0, 0, 2, 2 }, { 0, 2, 2, 2 } },
      .image = "(03020100 06050400 09080700 0c0b0a00)*2" },
    { "another size", .width = 2, .height = 3, .error = "PNG picture of 2×2 pixels in a rectangle of 2×3" },
    { "torn", .width = 2, .height = 2, .error = "PNG picture is broken:*" },
  };
  g_autofree char *plain = png_hex (2, 2, PNG_FORMAT_RGB, rgb, NULL, 0);

  rows[0].wire = g_strdup_printf ("a0 C{%s}", plain);
  rows[1].wire = png_wire (png_hex (2, 2, PNG_FORMAT_RGB_COLORMAP, indices, rgb, 2));
  rows[2].wire = png_wire (png_hex (2, 2, PNG_FORMAT_GRAY, grey, NULL, 0));
  rows[3].wire = png_wire (png_hex (2, 2, PNG_FORMAT_RGBA, alpha, NULL, 0));
  rows[4].wire = png_wire (png_hex (2, 2, PNG_FORMAT_RGB, rgb16, NULL, 0));
  rows[5].wire = g_strdup_printf ("a0 C{%s}", plain);
  rows[6].wire = g_strdup_printf ("a0 C{%s} a0 C{%s}", plain, plain);
  rows[7].wire = g_strdup_printf ("a0 C{%s}", plain);
  rows[8].wire = g_strdup_printf ("a0 C{%.*s}", (int) (strlen (plain) - 50), plain);
  gvnc_vectors_add ("/decoders/tight-png", GVNC_RFB_ENCODING_TIGHT_PNG, rows, G_N_ELEMENTS (rows));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_vectors_add ("/decoders/tight-png", GVNC_RFB_ENCODING_TIGHT_PNG, vectors, G_N_ELEMENTS (vectors));
  add_pictures ();
  return g_test_run ();
}
