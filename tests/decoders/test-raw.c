/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"

#include "wire/rfb.h"

static const GvncVector vectors[] = {
  { "one pixel", .width = 1, .height = 1,
    .wire  = "33221100",
    .image = "33221100" },
  { "rows from the top, pixels from the left", .width = 3, .height = 2,
    .wire  = "01020300 04050600 07080900 0a0b0c00 0d0e0f00 10111200",
    .image = "01020300 04050600 07080900 0a0b0c00 0d0e0f00 10111200" },
  { "big endian 32 bits", .format = &gvnc_test_rgb32_big, .width = 2, .height = 1,
    .wire  = "00112233 00445566",
    .image = "00112233 00445566" },
  { "ten bits a channel", .format = &gvnc_test_rgb30, .width = 2, .height = 1,
    .wire  = "ffffff3f 00fc0f00",
    .image = "ffffff3f 00fc0f00" },
  { "16 bits", .format = &gvnc_test_rgb16, .width = 2, .height = 2,
    .wire  = "00f8 e007 1f00 ffff",
    .image = "00f8 e007 1f00 ffff" },
  { "big endian 16 bits", .format = &gvnc_test_rgb16_big, .width = 2, .height = 2,
    .wire  = "f800 07e0 001f ffff",
    .image = "f800 07e0 001f ffff" },
  { "8 bits", .format = &gvnc_test_rgb8, .width = 3, .height = 1,
    .wire  = "07 38 c0",
    .image = "07 38 c0" },
  { "colour map", .format = &gvnc_test_map8, .width = 3, .height = 1,
    .wire  = "00 7f ff",
    .image = "00 7f ff" },
  { "two rectangles inside of a desktop", .format = &gvnc_test_map8, .width = 4, .height = 3,
    .rects  = { { 1, 0, 2, 2 }, { 2, 1, 2, 2 } },
    .wire   = "01 02 03 04  05 06 07 08",
    .before = "00*12",
    .image  = "00 01 02 00  00 03 05 06  00 00 07 08" },
  { "a row longer than many reads", .format = &gvnc_test_map8, .width = 300, .height = 2,
    .wire  = "0102030405*120",
    .image = "0102030405*120" },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_vectors_add ("/decoders/raw", GVNC_RFB_ENCODING_RAW, vectors, G_N_ELEMENTS (vectors));
  return g_test_run ();
}
