/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"

#include "wire/rfb.h"

static const GvncVector vectors[] = {
  { "background alone", .width = 2, .height = 2,
    .wire  = "00000000 11223300",
    .image = "11223300*4" },
  { "one subrectangle over the background", .width = 2, .height = 2,
    .wire  = "00000001 11223300  aabbcc00 01 00 01 02",
    .image = "11223300 aabbcc00 11223300 aabbcc00" },
  { "later subrectangles cover earlier ones", .width = 3, .height = 1,
    .wire  = "00000002 00000000  11111100 00 00 03 01  22222200 01 00 01 01",
    .image = "11111100 22222200 11111100" },
  { "empty subrectangles draw nothing", .width = 2, .height = 2,
    .wire  = "00000002 01010100  020202ff 00 00 00 02  04040400 01 01 01 00",
    .image = "01010100*4" },
  { "big endian 32 bits", .format = &gvnc_test_rgb32_big, .width = 2, .height = 1,
    .wire  = "00000001 00112233 00445566 00 00 01 01",
    .image = "00445566 00112233" },
  { "high three bytes", .format = &gvnc_test_rgb32_high, .width = 2, .height = 1,
    .wire  = "00000001 00112233 00445566 00 00 01 01",
    .image = "00445566 00112233" },
  { "ten bits a channel", .format = &gvnc_test_rgb30, .width = 2, .height = 1,
    .wire  = "00000001 ffffff3f 00fc0f00 01 00 01 01",
    .image = "ffffff3f 00fc0f00" },
  { "16 bits", .format = &gvnc_test_rgb16, .width = 2, .height = 2,
    .wire  = "00000001 00f8  1f00 00 01 02 01",
    .image = "00f8 00f8 1f00 1f00" },
  { "16 bits, big endian", .format = &gvnc_test_rgb16_big, .width = 2, .height = 1,
    .wire  = "00000001 f800 001f 00 00 01 01",
    .image = "001f f800" },
  { "8 bits", .format = &gvnc_test_rgb8, .width = 2, .height = 1,
    .wire  = "00000001 07 38 01 00 01 01",
    .image = "07 38" },
  { "colour map, two rectangles", .format = &gvnc_test_map8, .width = 4, .height = 2,
    .rects  = { { 0, 0, 2, 2 }, { 2, 0, 2, 2 } },
    .wire   = "00000001 01 02 00 00 01 02  00000001 03 04 01 00 01 02",
    .image  = "02 01 03 04  02 01 03 04" },
  { "the largest rectangle there is", .format = &gvnc_test_map8, .width = 255, .height = 255,
    .wire  = "00000002 01 02 00 00 ff fe  03 fe fe 01 01",
    .image = "02*64770 01*254 03" },
  { "a larger one, as nobody sends", .format = &gvnc_test_map8, .width = 300, .height = 2,
    .wire  = "00000001 01 02 ff 00 2d 02",
    .image = "(01*255 02*45)*2" },

  /* errors */
  { "subrectangle one pixel too wide", .width = 2, .height = 2,
    .wire  = "00000001 11223300  aabbcc00 01 00 02 01",
    .error = "CoRRE:*leaves its 2×2 rectangle" },
  { "subrectangle one pixel too low", .width = 2, .height = 2,
    .wire  = "00000001 11223300  aabbcc00 00 01 01 02",
    .error = "CoRRE:*leaves its 2×2 rectangle" },
  { "more subrectangles than pixels", .width = 2, .height = 2,
    .wire  = "00000005 11223300",
    .error = "CoRRE: 5 subrectangles*at most 1 a pixel*" },
  { "the greatest count", .width = 2, .height = 2,
    .wire  = "ffffffff 11223300",
    .error = "CoRRE: 4294967295 subrectangles*" },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_vectors_add ("/decoders/corre", GVNC_RFB_ENCODING_CORRE, vectors, G_N_ELEMENTS (vectors));
  return g_test_run ();
}
