/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"

#include "wire/rfb.h"

#define MAP &gvnc_test_map8

static const GvncVector vectors[] = {
  /* tiles of Hextile */
  { "raw tile", .width = 2, .height = 1,
    .wire  = "01 01020300 04050600",
    .image = "01020300 04050600" },
  { "background alone", .width = 2, .height = 2,
    .wire  = "02 11223300",
    .image = "11223300*4" },
  { "subrectangles in the foreground", .format = MAP, .width = 4, .height = 3,
    .wire  = "0e 01 02 02  00 00  21 11",
    .image = "02 01 01 01  01 01 02 02  01 01 02 02" },

  /* compressed tiles */
  { "compressed raw tile", .width = 2, .height = 1,
    .wire  = "20 H0{01020300 04050600}",
    .image = "01020300 04050600" },
  { "compressed raw tile with other bits, which mean nothing", .format = MAP, .width = 2, .height = 1,
    .wire  = "7f H0{01 02}",
    .image = "01 02" },
  { "compressed background", .width = 2, .height = 2,
    .wire  = "42 H1{11223300}",
    .image = "11223300*4" },
  { "compressed subrectangles", .format = MAP, .width = 4, .height = 3,
    .wire  = "4e H1{01 02 02  00 00  21 11}",
    .image = "02 01 01 01  01 01 02 02  01 01 02 02" },
  { "compressed coloured subrectangles", .format = MAP, .width = 4, .height = 1,
    .wire  = "5a H1{01 02  05 00 10  06 30 00}",
    .image = "05 05 01 06" },
  { "most subrectangles there can be", .width = 16, .height = 16,
    .wire  = "5a H1{01010100 ff (02020200 ff 00)*255}",
    .image = "01010100*255 02020200" },
  { "raw tile in the other stream", .format = MAP, .width = 2, .height = 1,
    .wire  = "41 H1{01 02}",
    .image = "01 02" },
  { "nothing, compressed", .format = MAP, .width = 17, .height = 1,
    .wire  = "02 05  40 H1{}",
    .image = "05*17" },
  { "colours go on from tile to tile", .format = MAP, .width = 48, .height = 1,
    .wire  = "46 H1{01 02}  48 H1{01 00 00}  20 H0{03*16}",
    .image = "01*16 02 01*15 03*16" },
  { "streams go on from rectangle to rectangle", .format = MAP, .width = 2, .height = 3,
    .rects = { { 0, 0, 2, 1 }, { 0, 1, 2, 1 }, { 0, 2, 2, 1 } },
    .wire  = "20 H0{01 02}  42 H1{03}  20 H0{01 02}",
    .image = "01 02 03 03 01 02" },
  { "big endian 32 bits", .format = &gvnc_test_rgb32_big, .width = 2, .height = 1,
    .wire  = "20 H0{00112233 00445566}",
    .image = "00112233 00445566" },
  { "ten bits a channel", .format = &gvnc_test_rgb30, .width = 1, .height = 1,
    .wire  = "42 H1{ffffff3f}",
    .image = "ffffff3f" },
  { "16 bits", .format = &gvnc_test_rgb16, .width = 2, .height = 1,
    .wire  = "5a H1{00f8 01 1f00 10 00}",
    .image = "00f8 1f00" },
  { "16 bits, big endian", .format = &gvnc_test_rgb16_big, .width = 2, .height = 1,
    .wire  = "20 H0{f800 001f}",
    .image = "f800 001f" },
  { "8 bits", .format = &gvnc_test_rgb8, .width = 2, .height = 1,
    .wire  = "20 H0{07 38}",
    .image = "07 38" },

  /* errors */
  { "unknown kind 128", .format = MAP, .width = 1, .height = 1, .wire = "80", .error = "ZlibHex:*unknown kind 128" },
  { "compressed tile of an unknown kind", .format = MAP, .width = 1, .height = 1,
    .wire  = "c2 H1{01}",
    .error = "ZlibHex:*unknown kind 130" },
  { "no background", .format = MAP, .width = 1, .height = 1,
    .wire  = "40 H1{}",
    .error = "ZlibHex: tile without a background*" },
  { "subrectangle that leaves its tile", .format = MAP, .width = 2, .height = 1,
    .wire  = "5a H1{01 01 05 10 10}",
    .error = "ZlibHex: subrectangle*leaves its 2×1 tile" },
  { "compressed raw tile with a pixel too few", .format = MAP, .width = 3, .height = 1,
    .wire  = "20 H0{01 02}",
    .error = "ZlibHex: the payload of a 3×1 tile has 2 bytes*" },
  { "compressed raw tile with a pixel too many", .format = MAP, .width = 1, .height = 1,
    .wire  = "20 H0{01 02}",
    .error = "ZlibHex: the payload of a 1×1 tile has 2 bytes*" },
  { "compressed subrectangles cut short", .format = MAP, .width = 1, .height = 1,
    .wire  = "5a H1{01 02 01 00 00}",
    .error = "ZlibHex: the payload*" },
  { "payload of far more than a tile", .format = MAP, .width = 1, .height = 1,
    .wire  = "20 H0{01*100000}",
    .error = "ZlibHex: the payload*" },
  { "empty payload", .format = MAP, .width = 1, .height = 1,
    .wire  = "20 0000",
    .error = "ZlibHex: the payload*" },
  { "not a zlib stream", .format = MAP, .width = 1, .height = 1,
    .wire  = "20 0004 01020304",
    .error = "*broken*" },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_vectors_add ("/decoders/zlibhex", GVNC_RFB_ENCODING_ZLIBHEX, vectors, G_N_ELEMENTS (vectors));
  return g_test_run ();
}
