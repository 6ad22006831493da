/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"

#include "wire/rfb.h"

#define MAP &gvnc_test_map8

static const GvncVector vectors[] = {
  /* kinds of tiles */
  { "raw tile", .width = 3, .height = 1,
    .wire  = "00 010203 040506 070809",
    .image = "01020300 04050600 07080900" },
  { "solid tile", .width = 3, .height = 2,
    .wire  = "01 010203",
    .image = "01020300*6" },
  { "palette of 2", .format = MAP, .width = 10, .height = 2,
    .wire  = "02 05 06  a5 40  00 80",
    .image = "06 05 06 05 05 06 05 06 05 06  05*8 06 05" },
  { "palette of 3", .format = MAP, .width = 5, .height = 2,
    .wire  = "03 05 06 07  18 80  86 40",
    .image = "05 06 07 05 07  07 05 06 07 06" },
  { "palette of 5", .format = MAP, .width = 3, .height = 2,
    .wire  = "05 05 06 07 08 09  04 30  21 0f",
    .image = "05 09 08  07 06 05" },
  { "palette of 16", .format = MAP, .width = 16, .height = 1,
    .wire  = "10 a0a1a2a3a4a5a6a7a8a9aaabacadaeaf  0123456789abcdef",
    .image = "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf" },
  { "plain runs", .format = MAP, .width = 4, .height = 2,
    .wire  = "80 05 00  06 04  07 01",
    .image = "05 06*5 07*2" },
  { "palette runs", .format = MAP, .width = 4, .height = 2,
    .wire  = "82 05 06  00 81 03 00 80 01",
    .image = "05 06*4 05 05*2" },
  { "a run of a whole tile", .format = MAP, .width = 16, .height = 16,
    .wire  = "80 05 ff00",
    .image = "05*256" },

  /* palettes of earlier tiles */
  { "packed, with the palette of the tile before", .format = MAP, .width = 18, .height = 1,
    .wire  = "02 05 06 aaaa  7f 40",
    .image = "(06 05)*8 05 06" },
  { "runs, with the palette of the tile before", .format = MAP, .width = 18, .height = 1,
    .wire  = "02 05 06 aaaa  81 81 01",
    .image = "(06 05)*8 06 06" },
  { "packed, with the palette of runs", .format = MAP, .width = 18, .height = 1,
    .wire  = "83 05 06 07 82 0f  7f 60",
    .image = "07*16 06 07" },
  { "palette of a tile before the last", .format = MAP, .width = 50, .height = 1,
    .wire  = "02 05 06 aaaa  01 09  7f 5555  81 00 01",
    .image = "(06 05)*8 09*16 (05 06)*8 05 06" },

  /* formats */
  { "three bytes, big endian", .format = &gvnc_test_rgb32_big, .width = 2, .height = 1,
    .wire  = "00 010203 040506",
    .image = "00010203 00040506" },
  { "high three bytes", .format = &gvnc_test_rgb32_high, .width = 4, .height = 1,
    .wire  = "00 010203 040506 070809 0a0b0c",
    .image = "00010203 00040506 00070809 000a0b0c" },
  { "high three bytes, big endian", .format = &gvnc_test_rgb32_high_big, .width = 2, .height = 1,
    .wire  = "80 010203 00 040506 00",
    .image = "01020300 04050600" },
  { "ten bits a channel need four bytes", .format = &gvnc_test_rgb30, .width = 3, .height = 1,
    .wire  = "02 ffffff3f 00fc0f00 40",
    .image = "ffffff3f 00fc0f00 ffffff3f" },
  { "16 bits", .format = &gvnc_test_rgb16, .width = 3, .height = 1,
    .wire  = "03 00f8 1f00 e007 18",
    .image = "00f8 1f00 e007" },
  { "16 bits, big endian", .format = &gvnc_test_rgb16_big, .width = 4, .height = 1,
    .wire  = "82 f800 001f 81 02 00",
    .image = "001f*3 f800" },
  { "8 bits", .format = &gvnc_test_rgb8, .width = 2, .height = 1,
    .wire  = "00 07 38",
    .image = "07 38" },

  /* tiles and rectangles */
  { "tiles at the right and bottom edges are smaller", .format = MAP, .width = 17, .height = 18,
    .wire  = "01 01  01 02  01 03  00 04 05",
    .image = "(01*16 02)*16 03*16 04 03*16 05" },
  { "two rectangles", .format = MAP, .width = 4, .height = 3,
    .rects  = { { 1, 0, 2, 2 }, { 2, 1, 2, 2 } },
    .wire   = "00 01020102  00 01020102",
    .before = "00*12",
    .image  = "00 01 02 00  00 01 01 02  00 00 01 02" },
  { "more than a batch of pixels", .format = &gvnc_test_rgb16, .width = 640, .height = 480,
    .wire  = "(80 1234 ff00)*1200",
    .image = "1234*307200" },

  /* errors */
  { "unknown kind 17", .format = MAP, .width = 2, .height = 1, .wire = "11 00*64", .error = "TRLE:*unknown kind 17" },
  { "unknown kind 126", .format = MAP, .width = 2, .height = 1, .wire = "7e 00*64", .error = "TRLE:*unknown kind 126" },
  { "packed, with a palette that was never sent", .format = MAP, .width = 2, .height = 1,
    .wire  = "7f 00",
    .error = "TRLE: tile of the kind 127 after a palette of 0 colours" },
  { "runs, with a palette that was never sent", .format = MAP, .width = 2, .height = 1,
    .wire  = "81 00",
    .error = "TRLE: tile of the kind 129 after a palette of 0 colours" },
  { "palette of another rectangle", .format = MAP, .width = 4, .height = 1,
    .rects = { { 0, 0, 2, 1 }, { 2, 0, 2, 1 } },
    .wire  = "02 05 06 40  7f 40",
    .error = "TRLE: tile of the kind 127 after a palette of 0 colours" },
  { "packed, with a palette of more than 16", .format = MAP, .width = 18, .height = 1,
    .wire  = "91 05*17 80 0f  7f 00",
    .error = "TRLE: tile of the kind 127 after a palette of 17 colours" },
  { "colour beyond a packed palette", .format = MAP, .width = 2, .height = 1,
    .wire  = "03 05 06 07 30",
    .error = "TRLE: colour 3 of a palette of 3" },
  { "colour beyond an earlier palette", .format = MAP, .width = 18, .height = 1,
    .wire  = "02 05 06 aaaa  81 02 00",
    .error = "TRLE: colour 2 of a palette of 2" },
  { "plain run beyond the tile", .format = MAP, .width = 2, .height = 1,
    .wire  = "80 05 02",
    .error = "TRLE: run of 3 pixels where the tile has 2 left" },
  { "palette run beyond the tile", .format = MAP, .width = 2, .height = 1,
    .wire  = "82 05 06 81 02",
    .error = "TRLE: run of 3 pixels where the tile has 2 left" },
  { "endless run", .format = MAP, .width = 16, .height = 16,
    .wire  = "80 05 ff*5000",
    .error = "TRLE: run of * pixels where the tile has 256 left" },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_vectors_add ("/decoders/trle", GVNC_RFB_ENCODING_TRLE, vectors, G_N_ELEMENTS (vectors));
  return g_test_run ();
}
