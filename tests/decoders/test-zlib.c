/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"

#include "wire/rfb.h"

#define MAP &gvnc_test_map8

static const GvncVector vectors[] = {
  { "rows from the top, pixels from the left", .width = 3, .height = 2,
    .wire  = "Z{01020300 04050600 07080900 0a0b0c00 0d0e0f00 10111200}",
    .image = "01020300 04050600 07080900 0a0b0c00 0d0e0f00 10111200" },
  { "big endian 32 bits", .format = &gvnc_test_rgb32_big, .width = 2, .height = 1,
    .wire  = "Z{00112233 00445566}",
    .image = "00112233 00445566" },
  { "high three bytes", .format = &gvnc_test_rgb32_high, .width = 2, .height = 1,
    .wire  = "Z{00112233 00445566}",
    .image = "00112233 00445566" },
  { "ten bits a channel", .format = &gvnc_test_rgb30, .width = 2, .height = 1,
    .wire  = "Z{ffffff3f 00fc0f00}",
    .image = "ffffff3f 00fc0f00" },
  { "16 bits", .format = &gvnc_test_rgb16, .width = 2, .height = 2,
    .wire  = "Z{00f8 e007 1f00 ffff}",
    .image = "00f8 e007 1f00 ffff" },
  { "big endian 16 bits", .format = &gvnc_test_rgb16_big, .width = 2, .height = 1,
    .wire  = "Z{f800 07e0}",
    .image = "f800 07e0" },
  { "8 bits", .format = &gvnc_test_rgb8, .width = 3, .height = 1,
    .wire  = "Z{07 38 c0}",
    .image = "07 38 c0" },
  { "two rectangles of one stream", .format = MAP, .width = 4, .height = 3,
    .rects  = { { 1, 0, 2, 2 }, { 2, 1, 2, 2 } },
    .wire   = "Z{01 02 01 02}  Z{01 02 01 02}",
    .before = "00*12",
    .image  = "00 01 02 00  00 01 01 02  00 00 01 02" },
  { "more than a batch of pixels", .format = &gvnc_test_rgb16, .width = 640, .height = 700,
    .wire  = "Z{12345678*224000}",
    .image = "12345678*224000" },
  { "a row larger than a slice", .width = 40000, .height = 2,
    .wire  = "Z{(01020300 04050600)*40000}",
    .image = "(01020300 04050600)*40000" },
  { "stored bytes, as a fast server sends", .format = MAP, .width = 2, .height = 1,
    .wire  = "0000000a 7801 00 0300fcff 05 06 07",
    .error = "*more than its rectangle*" },
  { "stream that ends", .format = MAP, .width = 3, .height = 1,
    .wire  = "0000000e 7801 01 0300fcff 00 0506 0013000c",
    .image = "00 05 06" },

  /* errors */
  { "payload that ends within a row", .format = MAP, .width = 3, .height = 1,
    .wire  = "Z{05 06}",
    .error = "*ends before its rectangle is full" },
  { "payload that ends between rows", .format = MAP, .width = 1, .height = 2,
    .wire  = "Z{05}",
    .error = "*ends before its rectangle is full" },
  { "empty payload", .format = MAP, .width = 3, .height = 1,
    .wire  = "00000000",
    .error = "*ends before its rectangle is full" },
  { "payload with a pixel too many", .format = MAP, .width = 1, .height = 1,
    .wire  = "Z{05 06}",
    .error = "*more than its rectangle*" },
  { "payload with a million pixels too many", .format = MAP, .width = 1, .height = 1,
    .wire  = "Z{05*1000000}",
    .error = "*more than its rectangle*" },
  { "payload longer than the ceiling", .format = MAP, .width = 3, .height = 1,
    .wire  = "00010019",
    .error = "*65561 bytes for 3×1 pixels; at most 65560 are accepted" },
  { "not a zlib stream", .format = MAP, .width = 3, .height = 1,
    .wire  = "00000004 01020304",
    .error = "*broken*" },
  { "wrong checksum", .format = MAP, .width = 3, .height = 1,
    .wire  = "0000000e 7801 01 0300fcff 00 0506 0013000d",
    .error = "*broken*" },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_vectors_add ("/decoders/zlib", GVNC_RFB_ENCODING_ZLIB, vectors, G_N_ELEMENTS (vectors));
  return g_test_run ();
}
