/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"

#include "wire/rfb.h"

#include <turbojpeg.h>

#define MAP &gvnc_test_map8
#define RGB16 &gvnc_test_rgb16

/* TPIXELs are red, green, blue; pixels of the default format are blue, green, red, nothing. */
static const GvncVector vectors[] = {
  /* fill */
  { "fill", .width = 3, .height = 2, .wire = "80 112233", .image = "33221100*6" },
  { "fill, big endian", .format = &gvnc_test_rgb32_big, .width = 2, .height = 1,
    .wire = "80 112233", .image = "00112233*2" },
  { "fill, high bytes", .format = &gvnc_test_rgb32_high, .width = 2, .height = 1,
    .wire = "80 112233", .image = "00332211*2" },
  { "fill, ten bits a channel", .format = &gvnc_test_rgb30, .width = 2, .height = 1,
    .wire = "80 00fc0f00", .image = "00fc0f00*2" },
  { "fill, 16 bits", .format = RGB16, .width = 2, .height = 1, .wire = "80 00f8", .image = "00f8*2" },
  { "fill, colour map", .format = MAP, .width = 2, .height = 1, .wire = "80 07", .image = "07*2" },

  /* copy */
  { "copy without compression", .width = 3, .height = 1,
    .wire  = "00 112233 445566 778899",
    .image = "33221100 66554400 99887700" },
  { "copy of eleven bytes", .format = MAP, .width = 11, .height = 1,
    .wire  = "00 0102030405060708090a0b",
    .image = "0102030405060708090a0b" },
  { "copy of twelve bytes", .format = MAP, .width = 4, .height = 3,
    .wire  = "00 T0{0102030405060708090a0b0c}",
    .image = "0102030405060708090a0b0c" },
  { "copy of three-byte colours", .width = 4, .height = 2,
    .wire  = "10 T1{112233 445566*3 778899*4}",
    .image = "33221100 66554400*3 99887700*4" },
  { "copy, big endian", .format = &gvnc_test_rgb32_big, .width = 4, .height = 1,
    .wire  = "20 T2{112233*3 445566}",
    .image = "00112233*3 00445566" },
  { "copy, ten bits a channel", .format = &gvnc_test_rgb30, .width = 3, .height = 1,
    .wire  = "30 T3{ffffff3f 00fc0f00 01000000}",
    .image = "ffffff3f 00fc0f00 01000000" },
  { "copy, 16 bits", .format = RGB16, .width = 6, .height = 2,
    .wire  = "00 T0{00f8*6 e007*6}",
    .image = "00f8*6 e007*6" },
  { "copy, big endian 16 bits", .format = &gvnc_test_rgb16_big, .width = 3, .height = 2,
    .wire  = "00 T0{f800 07e0 001f*4}",
    .image = "f800 07e0 001f*4" },
  { "copy with an explicit filter", .format = MAP, .width = 12, .height = 1,
    .wire  = "40 00 T0{0102030405060708090a0b0c}",
    .image = "0102030405060708090a0b0c" },
  { "copy wider than 2048 pixels", .format = MAP, .width = 2500, .height = 2,
    .wire  = "00 T0{0102030405*1000}",
    .image = "0102030405*1000" },
  { "copy of more than a batch", .format = RGB16, .width = 600, .height = 600,
    .wire  = "00 T0{00f81f00e0070000*90000}",
    .image = "00f81f00e0070000*90000" },

  /* palette */
  { "palette of two, rows on bytes", .format = MAP, .width = 10, .height = 6,
    .wire  = "40 01 01 05 06  T0{ffc0 0000 a540 8080 0180 7f00}",
    .image = "06*10 05*10 06 05 06 05*2 06 05 06 05 06  06 05*7 06 05  05*7 06 06 05  05 06*7 05*2" },
  { "palette of two without compression", .width = 9, .height = 2,
    .wire  = "40 01 01 112233 445566  8000 0080",
    .image = "66554400 33221100*16 66554400" },
  { "palette of three", .width = 4, .height = 3,
    .wire  = "50 01 02 112233 445566 778899  T1{00010200 01010101 02020202}",
    .image = "33221100 66554400 99887700 33221100 66554400*4 99887700*4" },
  { "palette of three without compression", .format = RGB16, .width = 3, .height = 1,
    .wire  = "40 01 02 00f8 e007 1f00  02 01 00",
    .image = "1f00 e007 00f8" },
  { "palette of 256", .format = MAP, .width = 4, .height = 3,
    .wire  = "40 01 ff 09*255 0a  T0{ff 00*10 ff}",
    .image = "0a 09*10 0a" },
  { "palette, big endian 16 bits", .format = &gvnc_test_rgb16_big, .width = 12, .height = 1,
    .wire  = "40 01 02 f800 07e0 001f  T0{000102*4}",
    .image = "(f800 07e0 001f)*4" },
  { "palette of two, 16 bits", .format = RGB16, .width = 8, .height = 1,
    .wire  = "40 01 01 00f8 1f00  55",
    .image = "(00f8 1f00)*4" },
  { "palette, ten bits a channel", .format = &gvnc_test_rgb30, .width = 3, .height = 1,
    .wire  = "40 01 02 ffffff3f 00fc0f00 01000000  02 01 00",
    .image = "01000000 00fc0f00 ffffff3f" },

  /* gradient: what is sent is the difference to left + above − above left, kept in range */
  { "gradient", .width = 2, .height = 2,
    .wire  = "40 02 T0{0a1428 010203 fe00ff 000102}",
    .image = "28140a00 2b160b00 27140800 2c170900" },
  { "gradient, big endian", .format = &gvnc_test_rgb32_big, .width = 2, .height = 2,
    .wire  = "40 02 T0{0a1428 010203 fe00ff 000102}",
    .image = "000a1428 000b162b 00081427 0009172c" },
  { "gradient that is kept within 0 and 255", .width = 2, .height = 2,
    .wire  = "40 02 T0{f00a10 0fffff ff0000 ff0100}",
    .image = "100af000 0f09ff00 100aef00 0f0afd00" },
  { "gradient without compression", .width = 3, .height = 1,
    .wire  = "40 02 010101 010101 010101",
    .image = "01010100 02020200 03030300" },
  { "gradient, 16 bits", .format = RGB16, .width = 3, .height = 2,
    .wire  = "40 02 T0{2108 2108 2108 0000 0000 2108}",
    .image = "2108 4210 6318 2108 4210 8420" },
  { "gradient, big endian 16 bits", .format = &gvnc_test_rgb16_big, .width = 3, .height = 2,
    .wire  = "40 02 T0{0821 0821 0821 0000 0000 0821}",
    .image = "0821 1042 1863 0821 1042 2084" },
  { "gradient, ten bits a channel", .format = &gvnc_test_rgb30, .width = 3, .height = 1,
    .wire  = "40 02 T0{01041000 01041000 ffffff3f}",
    .image = "01041000 02082000 01041000" },

  /* streams and rectangles */
  { "streams of their own", .format = MAP, .width = 12, .height = 4,
    .rects = { { 0, 0, 12, 1 }, { 0, 1, 12, 1 }, { 0, 2, 12, 1 }, { 0, 3, 12, 1 } },
    .wire  = "00 T0{01*12}  10 T1{01*12}  00 T0{02*12}  10 T1{02*12}",
    .image = "01*24 02*24" },
  { "stream that is reset", .format = MAP, .width = 12, .height = 2,
    .rects = { { 0, 0, 12, 1 }, { 0, 1, 12, 1 } },
    .wire  = "20 T2{01*12}  N2 24 T2{02*12}",
    .image = "01*12 02*12" },
  { "streams that a fill resets", .format = MAP, .width = 12, .height = 4,
    .rects = { { 0, 0, 12, 1 }, { 0, 1, 12, 1 }, { 0, 2, 12, 1 }, { 0, 3, 12, 1 } },
    .wire  = "00 T0{01*12} 30 T3{02*12}  N0 N3 89 03  30 T3{04*12}",
    .image = "01*12 02*12 03*12 04*12" },
  { "rectangles inside of a desktop", .format = MAP, .width = 5, .height = 3,
    .rects  = { { 1, 0, 4, 3 }, { 0, 1, 2, 2 } },
    .wire   = "00 T0{010203 040506 070809 0a0b0c}  00 11 12 13 14",
    .before = "00*15",
    .image  = "00 01020304  11 12 060708  13 14 0a0b0c" },
  { "kinds after one another", .width = 4, .height = 4,
    .rects = { { 0, 0, 4, 1 }, { 0, 1, 4, 1 }, { 0, 2, 4, 1 }, { 0, 3, 4, 1 } },
    .wire  = "40 02 T0{010000*4}  80 050505  40 01 01 000001 000002 50  40 02 T0{000001*4}",
    .image = "00000100 00000200 00000300 00000400 05050500*4 01000000 02000000 01000000 02000000"
             " 01000000 02000000 03000000 04000000" },

  /* rows that are not compressed */
  { "copied rows, not compressed", .width = 5, .height = 1,
    .wire  = "a0 C{010203 040506 070809 0a0b0c 0d0e0f}",
    .image = "03020100 06050400 09080700 0c0b0a00 0f0e0d00" },
  { "few copied rows, not compressed", .width = 2, .height = 1,
    .wire  = "a0 010203 040506",
    .image = "03020100 06050400" },
  { "filter that copies, not compressed", .format = RGB16, .width = 3, .height = 2,
    .wire  = "e0 00 C{00f8 1f00 e007 ffff 0000 1f00}",
    .image = "00f8 1f00 e007 ffff 0000 1f00" },
  { "palette, not compressed", .format = MAP, .width = 7, .height = 2,
    .wire  = "e0 01 02 05 06 07 C{00 01 02 00 01 02 00  02 02 02 02 02 02 01}",
    .image = "05 06 07 05 06 07 05  07*6 06" },
  { "palette of 2, not compressed", .width = 9, .height = 6,
    .wire  = "e0 01 01 010203 040506 C{aa80*6}",
    .image = "((06050400 03020100)*4 06050400)*6" },
  { "gradient, not compressed", .format = RGB16, .width = 3, .height = 2,
    .wire  = "e0 02 C{0100*6}",
    .image = "0100 0200 0300 0200 0400 0600" },
  { "10 bits a channel, not compressed", .format = &gvnc_test_rgb30, .width = 3, .height = 1,
    .wire  = "a0 C{ffffff3f 00fc0f00 01000000}",
    .image = "ffffff3f 00fc0f00 01000000" },
  { "more than a batch from a palette of 2, not compressed", .width = 2048, .height = 400,
    .wire  = "e0 01 01 010203 040506 C{aa*102400}",
    .image = "(06050400 03020100)*409600" },
  { "streams can be reset all the same", .format = MAP, .width = 12, .height = 3,
    .rects = { { 0, 0, 12, 1 }, { 0, 1, 12, 1 }, { 0, 2, 12, 1 } },
    .wire  = "00 T0{01*12} N0 a1 C{02*12} 00 T0{03*12}",
    .image = "01*12 02*12 03*12" },

  /* errors */
  { "length of another rectangle, not compressed", .format = MAP, .width = 12, .height = 1, .wire = "a0 0b",
    .error = "Tight: 11 bytes, not compressed, for rows of 12" },
  { "kind 15", .width = 2, .height = 2, .wire = "f0", .error = "*unknown kind 15" },
  { "unknown filter", .width = 2, .height = 2, .wire = "40 03", .error = "*unknown filter 3" },
  { "palette of one colour", .width = 2, .height = 2, .wire = "40 01 00 112233", .error = "*one colour" },
  { "colour beyond the palette", .format = MAP, .width = 2, .height = 1,
    .wire  = "40 01 02 05 06 07 00 03",
    .error = "*colour 3 of a palette of 3" },
  { "colour beyond the palette, compressed", .format = MAP, .width = 12, .height = 1,
    .wire  = "40 01 02 05 06 07 T0{00*11 ff}",
    .error = "*colour 255 of a palette of 3" },
  { "gradient with 8 bits", .format = &gvnc_test_rgb8, .width = 2, .height = 2, .wire = "40 02", .error = "*gradient*8 bits*" },
  { "gradient with a colour map", .format = MAP, .width = 2, .height = 2, .wire = "40 02", .error = "*gradient*" },
  { "payload that is too short", .format = MAP, .width = 13, .height = 1,
    .wire  = "00 T0{01*12}",
    .error = "*ends before its rectangle is full" },
  { "payload that is too long", .format = MAP, .width = 12, .height = 1,
    .wire  = "00 T0{01*13}",
    .error = "*more than its rectangle" },
  { "payload of thousands too many", .format = MAP, .width = 12, .height = 1,
    .wire  = "00 T0{01*500000}",
    .error = "*more than its rectangle" },
  { "empty payload", .format = MAP, .width = 12, .height = 1, .wire = "00 00", .error = "*empty payload" },
  { "empty JPEG", .width = 2, .height = 2, .wire = "90 00", .error = "*empty payload" },
  { "length of three bytes, and no zlib stream", .format = MAP, .width = 12, .height = 1,
    .wire  = "00 848000 01020304",
    .error = "*broken*" },
  { "no JPEG", .width = 2, .height = 2, .wire = "90 C{01020304050607}", .error = "JPEG picture is broken:*" },
  { "stream that was reset but goes on", .format = MAP, .width = 12, .height = 2,
    .rects = { { 0, 0, 12, 1 }, { 0, 1, 12, 1 } },
    .wire  = "20 T2{01*12}  24 T2{02*12}",
    .error = "*broken*" },
};

/* --- JPEG, made when the test runs --- */

#define SIDE 24

static char *
jpeg_hex (guint width,
          guint height,
          gint  subsampling,
          gsize cut)
{
  g_autofree guint8 *rgb = g_malloc ((gsize) width * height * 3);
  tjhandle turbo = tjInitCompress ();
  guint8 *jpeg = NULL;
  gulong len = 0;
  char *hex;

  for (guint i = 0; i < width * height; i++) {
    rgb[i * 3] = (guint8) (i % width * 8);
    rgb[i * 3 + 1] = (guint8) (i / width * 8);
    rgb[i * 3 + 2] = 100;
  }
  g_assert_cmpint (tjCompress2 (turbo, rgb, (gint) width, 0, (gint) height, TJPF_RGB, &jpeg, &len,
                                subsampling, 95, 0), ==, 0);
  g_assert_cmpuint (len, >, cut);
  hex = gvnc_vectors_hex (jpeg, len - cut);
  tjFree (jpeg);
  tjDestroy (turbo);
  return hex;
}

/* The same picture as pixels: of 32 bits, or of 16, or without its colours. */
static char *
jpeg_image (const char *kind)
{
  GString *image = g_string_new (NULL);

  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++) {
      const guint red = x * 8, green = y * 8, grey = (red * 299 + green * 587 + 100 * 114 + 500) / 1000;
      const guint pixel = (red >> 3) << 11 | (green >> 2) << 5 | 100 >> 3;

      if (g_str_equal (kind, "32"))
        g_string_append_printf (image, "64%02x%02x00", green, red);
      else if (g_str_equal (kind, "16"))
        g_string_append_printf (image, "%02x%02x", pixel & 255, pixel >> 8);
      else
        g_string_append_printf (image, "%02x%02x%02x00", grey, grey, grey);
    }
  return g_string_free (image, FALSE);
}

static void
add_jpeg_vectors (void)
{
  static GvncVector jpegs[] = {
    { "JPEG", .width = SIDE, .height = SIDE, .tolerance = 6 },
    { "grey JPEG", .width = SIDE, .height = SIDE, .tolerance = 6 },
    { "JPEG with 16 bits", .format = RGB16, .width = SIDE, .height = SIDE, .tolerance = 14 },
    { "JPEG after copied rows", .width = SIDE, .height = SIDE + 1, .tolerance = 12,
      .rects = { { 0, 0, SIDE, 1 }, { 0, 1, SIDE, SIDE } } },
    { "JPEG of another size", .width = SIDE, .height = SIDE,
      .error = "JPEG picture of 25×24 pixels in a rectangle of 24×24" },
    { "JPEG without its end", .width = SIDE, .height = SIDE, .error = "JPEG picture is broken:*" },
  };
  g_autofree char *full = jpeg_hex (SIDE, SIDE, TJSAMP_444, 0);
  g_autofree char *grey = jpeg_hex (SIDE, SIDE, TJSAMP_GRAY, 0);
  g_autofree char *half = jpeg_hex (SIDE, SIDE, TJSAMP_420, 0);
  g_autofree char *wide = jpeg_hex (SIDE + 1, SIDE, TJSAMP_444, 0);
  g_autofree char *torn = jpeg_hex (SIDE, SIDE, TJSAMP_444, 60);
  g_autofree char *image = jpeg_image ("32");

  jpegs[0].wire = g_strdup_printf ("90 C{%s}", full);
  jpegs[0].image = jpeg_image ("32");
  jpegs[1].wire = g_strdup_printf ("90 C{%s}", grey);
  jpegs[1].image = jpeg_image ("grey");
  jpegs[2].wire = g_strdup_printf ("90 C{%s}", full);
  jpegs[2].image = jpeg_image ("16");
  jpegs[3].wire = g_strdup_printf ("00 T0{112233*%u} 90 C{%s}", SIDE, half);
  jpegs[3].image = g_strdup_printf ("33221100*%u %s", SIDE, image);
  jpegs[4].wire = g_strdup_printf ("90 C{%s}", wide);
  jpegs[5].wire = g_strdup_printf ("90 C{%s}", torn);
  gvnc_vectors_add ("/decoders/tight", GVNC_RFB_ENCODING_TIGHT, jpegs, G_N_ELEMENTS (jpegs));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_vectors_add ("/decoders/tight", GVNC_RFB_ENCODING_TIGHT, vectors, G_N_ELEMENTS (vectors));
  add_jpeg_vectors ();
  return g_test_run ();
}
