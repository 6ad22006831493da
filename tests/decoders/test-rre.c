/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"

#include "wire/rfb.h"

static const GvncVector vectors[] = {
  { "background alone", .width = 2, .height = 2,
    .wire  = "00000000 11223300",
    .image = "11223300*4" },
  { "one subrectangle over the background", .width = 2, .height = 2,
    .wire  = "00000001 11223300  aabbcc00 0001 0000 0001 0002",
    .image = "11223300 aabbcc00 11223300 aabbcc00" },
  { "later subrectangles cover earlier ones", .width = 3, .height = 1,
    .wire  = "00000002 00000000  11111100 0000 0000 0003 0001  22222200 0001 0000 0001 0001",
    .image = "11111100 22222200 11111100" },
  { "empty subrectangles draw nothing", .width = 2, .height = 2,
    .wire  = "00000003 01010100  020202ff 0000 0000 0000 0002  03030300 0002 0002 0000 0000  04040400 0001 0001 0001 0000",
    .image = "01010100*4" },
  { "so few subrectangles that each becomes a fill", .format = &gvnc_test_map8, .width = 40, .height = 40,
    .wire  = "00000001 01  02 0000 0001 0028 0026",
    .image = "01*40 02*1520 01*40" },
  { "a rectangle too large for one block", .format = &gvnc_test_rgb16, .width = 1024, .height = 256,
    .rects = { { 0, 0, 1024, 256 } },
    .wire  = "00000001 0100  0200 0000 0000 0400 00ff",
    .image = "0200*261120 0100*1024" },
  { "8 bits", .format = &gvnc_test_rgb8, .width = 3, .height = 3,
    .wire  = "00000001 07  38 0001 0001 0001 0001",
    .image = "07*4 38 07*4" },
  { "16 bits", .format = &gvnc_test_rgb16, .width = 3, .height = 1,
    .wire  = "00000001 00f8  1f00 0002 0000 0001 0001",
    .image = "00f8*2 1f00" },
  { "big endian 16 bits", .format = &gvnc_test_rgb16_big, .width = 3, .height = 1,
    .wire  = "00000001 f800  001f 0002 0000 0001 0001",
    .image = "f800*2 001f" },
  { "big endian 32 bits", .format = &gvnc_test_rgb32_big, .width = 2, .height = 1,
    .wire  = "00000001 00112233  00445566 0000 0000 0001 0001",
    .image = "00445566 00112233" },
  { "two rectangles inside of a desktop", .format = &gvnc_test_map8, .width = 4, .height = 3,
    .rects  = { { 1, 0, 2, 2 }, { 2, 1, 2, 2 } },
    .wire   = "00000001 01  02 0001 0001 0001 0001   00000000 03",
    .before = "00*12",
    .image  = "00 01 01 00  00 01 03 03  00 00 03 03" },
  { "long runs of every length", .format = &gvnc_test_map8, .width = 40, .height = 6,
    .wire  = "00000006 00  01 0000 0000 0001 0001  02 0001 0001 0003 0001  03 0002 0002 0007 0001"
             " 04 0003 0003 000f 0001  05 0000 0004 001f 0001  06 0001 0005 0027 0001",
    .image = "01 00*39  00 02*3 00*36  00*2 03*7 00*31  00*3 04*15 00*22  05*31 00*9  00 06*39" },
  { "subrectangle one pixel too wide", .width = 2, .height = 2,
    .wire  = "00000001 112233ff  aabbccff 0001 0000 0002 0001",
    .error = "*subrectangle 2×1 at 1,0 leaves its 2×2 rectangle" },
  { "subrectangle one pixel too high", .width = 2, .height = 2,
    .wire  = "00000001 112233ff  aabbccff 0000 0001 0001 0002",
    .error = "*leaves its 2×2 rectangle" },
  { "subrectangle that wraps around 16 bits", .width = 2, .height = 2,
    .wire  = "00000001 112233ff  aabbccff ffff 0000 0002 0001",
    .error = "*leaves its 2×2 rectangle" },
  { "empty subrectangle outside", .width = 2, .height = 2,
    .wire  = "00000001 112233ff  aabbccff 0003 0000 0000 0000",
    .error = "*leaves its 2×2 rectangle" },
  { "more subrectangles than pixels", .width = 2, .height = 2,
    .wire  = "00000005 112233ff",
    .error = "*5 subrectangles in 2×2 pixels*" },
  { "four billion subrectangles", .width = 2, .height = 2,
    .wire  = "ffffffff 112233ff",
    .error = "*4294967295 subrectangles*" },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_vectors_add ("/decoders/rre", GVNC_RFB_ENCODING_RRE, vectors, G_N_ELEMENTS (vectors));
  return g_test_run ();
}
