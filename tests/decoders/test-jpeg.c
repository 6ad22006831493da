/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"

#include "wire/rfb.h"

#include <turbojpeg.h>

/* Pictures are made by TurboJPEG when the test runs; what is done to them, segment by segment, here. */

#define SIDE 24

/* Which segments of a picture are left out. */
enum { WITHOUT_QUANTIZATION = 1, WITHOUT_HUFFMAN = 2 };

static char *
jpeg_hex (guint width,
          guint height,
          gint  subsampling,
          gint  flags,
          guint without)
{
  tjhandle turbo = tjInitCompress ();
  g_autofree guint8 *pixels = g_malloc (width * height * 3);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint8 *jpeg = NULL;
  gulong len = 0, at = 2;

  for (guint i = 0; i < width * height; i++) {
    pixels[i * 3] = (guint8) (i % width * 8);
    pixels[i * 3 + 1] = (guint8) (i / width * 8);
    pixels[i * 3 + 2] = 100;
  }
  g_assert_cmpint (tjCompress2 (turbo, pixels, (gint) width, 0, (gint) height, TJPF_RGB, &jpeg, &len, subsampling, 97,
                                flags), ==, 0);
  g_byte_array_append (out, jpeg, 2);
  while (jpeg[at + 1] != 0xda) {
    const gulong segment = 2 + ((gulong) jpeg[at + 2] << 8 | jpeg[at + 3]);

    if (!((jpeg[at + 1] == 0xdb && (without & WITHOUT_QUANTIZATION) != 0) ||
          (jpeg[at + 1] == 0xc4 && (without & WITHOUT_HUFFMAN) != 0)))
      g_byte_array_append (out, jpeg + at, (guint) segment);
    at += segment;
  }
  g_byte_array_append (out, jpeg + at, (guint) (len - at));
  tjFree (jpeg);
  tjDestroy (turbo);
  return gvnc_vectors_hex (out->data, out->len);
}

static char *
jpeg_image (gboolean is_16)
{
  GString *image = g_string_new (NULL);

  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++) {
      const guint pixel = x << 11 | y * 2 << 5 | 100 >> 3;

      if (is_16)
        g_string_append_printf (image, "%02x%02x", pixel & 255, pixel >> 8);
      else
        g_string_append_printf (image, "64%02x%02x00", y * 8, x * 8);
    }
  return g_string_free (image, FALSE);
}

static const GvncVector errors[] = {
  { "no JPEG", .width = 1, .height = 1, .wire = "00", .error = "*the byte 0 where a marker should be" },
  { "another marker first", .width = 1, .height = 1, .wire = "ffda", .error = "*does not start with its mark" },
  { "start within a picture", .width = 1, .height = 1, .wire = "ffd8 ffd8", .error = "*starts anew*" },
  { "no marker after a segment", .width = 1, .height = 1, .wire = "ffd8 fffe0003 00 00", .error = "*the byte 0 where*" },
  { "length below its own", .width = 1, .height = 1, .wire = "ffd8 ffe00001", .error = "*a segment is too short" },
  { "another size", .width = 2, .height = 1, .wire = "ffd8 ffc00011 08 0001 0003 03 012200 021101 031101",
    .error = "JPEG picture of 3×1 pixels in a rectangle of 2×1" },
  { "size left to later", .width = 2, .height = 1, .wire = "ffd8 ffc20011 08 0000 0002 03 012200 021101 031101",
    .error = "JPEG picture of 2×0 pixels in a rectangle of 2×1" },
  { "frame cut short", .width = 1, .height = 1, .wire = "ffd8 ffc00006 08 0001 00", .error = "*a segment is too short" },
  { "scan without a frame", .width = 1, .height = 1, .wire = "ffd8 ffda0003 00", .error = "*it has no size" },
  { "end without a frame", .width = 1, .height = 1, .wire = "ffd8 ffd9", .error = "*it has no size" },
  { "quantization table cut short", .width = 1, .height = 1, .wire = "ffd8 ffdb0042 00 01*63",
    .error = "*a segment is too short" },
  { "quantization table 4", .width = 1, .height = 1, .wire = "ffd8 ffdb0043 04 01*64", .error = "*a segment is too short" },
  { "Huffman table cut short", .width = 1, .height = 1, .wire = "ffd8 ffc40013 00 02 00*15 00",
    .error = "*a segment is too short" },
  { "Huffman table of too many values", .width = 1, .height = 1, .wire = "ffd8 ffc40213 00 ff ff 00*14 00*512",
    .error = "*a segment is too short" },
  { "Huffman table 4", .width = 1, .height = 1, .wire = "ffd8 ffc40013 04 00*16", .error = "*a segment is too short" },
  { "tables that were never sent", .width = 1, .height = 1,
    .wire = "ffd8 ffc0000b 08 0001 0001 01 011100 ffda0008 01 0100 003f00 00 ffd9", .error = "JPEG picture is broken:*" },
  { "picture of more pixels than the ceiling", .width = 32767, .height = 1025, .wire = "ffd8",
    .error = "Picture of 32767×1025 pixels; at most 33554432 in all are accepted" },
};

static void
add_pictures (void)
{
  static GvncVector rows[] = {
    { "picture", .width = SIDE, .height = SIDE, .tolerance = 6 },
    { "halved colours", .width = SIDE, .height = SIDE, .tolerance = 12 },
    { "progressive", .width = SIDE, .height = SIDE, .tolerance = 6 },
    { "fill bytes, restart marks and a comment", .width = SIDE, .height = SIDE, .tolerance = 6 },
    { "16 bits", .format = &gvnc_test_rgb16, .width = SIDE, .height = SIDE, .tolerance = 14 },
    { "big endian", .format = &gvnc_test_rgb16_big, .width = SIDE, .height = SIDE, .tolerance = 14 },
    { "tables of the picture before", .width = SIDE, .height = 2 * SIDE, .tolerance = 6,
      .rects = { { 0, 0, SIDE, SIDE }, { 0, SIDE, SIDE, SIDE } } },
    { "tables of different pictures before", .width = SIDE, .height = 3 * SIDE, .tolerance = 6,
      .rects = { { 0, 0, SIDE, SIDE }, { 0, SIDE, SIDE, SIDE }, { 0, 2 * SIDE, SIDE, SIDE } } },
    { "torn", .width = SIDE, .height = SIDE, .error = "JPEG picture is broken:*" },
  };
  g_autofree char *full = jpeg_hex (SIDE, SIDE, TJSAMP_444, 0, 0);
  g_autofree char *half = jpeg_hex (SIDE, SIDE, TJSAMP_420, 0, 0);
  g_autofree char *progressive = jpeg_hex (SIDE, SIDE, TJSAMP_444, TJFLAG_PROGRESSIVE, 0);
  g_autofree char *bare = jpeg_hex (SIDE, SIDE, TJSAMP_444, 0, WITHOUT_QUANTIZATION | WITHOUT_HUFFMAN);
  g_autofree char *no_quantization = jpeg_hex (SIDE, SIDE, TJSAMP_444, 0, WITHOUT_QUANTIZATION);
  g_autofree char *image = jpeg_image (FALSE);
  g_autofree char *image_16 = jpeg_image (TRUE);
  g_autofree char *big = g_strdup (image_16);

  for (gsize i = 0; big[i] != '\0'; i += 4) {
    memcpy (big + i, image_16 + i + 2, 2);
    memcpy (big + i + 2, image_16 + i, 2);
  }
  rows[0].wire = g_strdup (full);
  rows[1].wire = g_strdup (half);
  rows[2].wire = g_strdup (progressive);
  rows[3].wire = g_strdup_printf ("ffd8 ffffffff fe0005 ffd9aa %s", full + 4);
  rows[4].wire = g_strdup (full);
  rows[5].wire = g_strdup (full);
  rows[6].wire = g_strdup_printf ("%s %s", full, bare);
  rows[7].wire = g_strdup_printf ("%s %s %s", full, no_quantization, bare);
  rows[8].wire = g_strdup_printf ("%.*s ffd9", (int) (strlen (full) - 200), full);
  for (guint i = 0; i < 4; i++)
    rows[i].image = g_strdup (image);
  rows[4].image = g_strdup (image_16);
  rows[5].image = g_strdup (big);
  rows[6].image = g_strdup_printf ("(%s)*2", image);
  rows[7].image = g_strdup_printf ("(%s)*3", image);
  gvnc_vectors_add ("/decoders/jpeg", GVNC_RFB_ENCODING_JPEG, rows, G_N_ELEMENTS (rows));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_vectors_add ("/decoders/jpeg", GVNC_RFB_ENCODING_JPEG, errors, G_N_ELEMENTS (errors));
  add_pictures ();
  return g_test_run ();
}
