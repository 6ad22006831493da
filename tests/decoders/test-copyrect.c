/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"

#include "wire/rfb.h"

#define MAP &gvnc_test_map8

static const GvncVector vectors[] = {
  { "one pixel to the right", .format = MAP, .width = 2, .height = 1, .rects = { { 1, 0, 1, 1 } },
    .before = "0102",
    .wire   = "0000 0000",
    .image  = "0101" },
  { "down over itself", .format = MAP, .width = 2, .height = 4, .rects = { { 0, 1, 2, 3 } },
    .before = "0102 0304 0506 0708",
    .wire   = "0000 0000",
    .image  = "0102 0102 0304 0506" },
  { "up and left over itself", .format = MAP, .width = 3, .height = 3, .rects = { { 0, 0, 2, 2 } },
    .before = "010203 040506 070809",
    .wire   = "0001 0001",
    .image  = "050603 080906 070809" },
  { "one after another", .format = MAP, .width = 4, .height = 1, .rects = { { 1, 0, 1, 1 }, { 2, 0, 2, 1 } },
    .before = "01020304",
    .wire   = "0000 0000  0000 0000",
    .image  = "01010101" },
  { "32 bits", .width = 2, .height = 1, .rects = { { 0, 0, 1, 1 } },
    .before = "11223300 44556600",
    .wire   = "0001 0000",
    .image  = "44556600 44556600" },
  { "source one pixel beyond the right edge", .format = MAP, .width = 4, .height = 4, .rects = { { 0, 0, 2, 2 } },
    .before = "00*16",
    .wire   = "0003 0000",
    .error  = "*source 2×2 at 3,0 leaves the desktop of 4×4" },
  { "source one pixel below the bottom", .format = MAP, .width = 4, .height = 4, .rects = { { 0, 0, 2, 2 } },
    .before = "00*16",
    .wire   = "0000 0003",
    .error  = "*source 2×2 at 0,3 leaves the desktop of 4×4" },
  { "source that wraps around 16 bits", .format = MAP, .width = 4, .height = 4, .rects = { { 0, 0, 2, 2 } },
    .before = "00*16",
    .wire   = "ffff ffff",
    .error  = "*source 2×2 at 65535,65535 leaves the desktop*" },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_vectors_add ("/decoders/copyrect", GVNC_RFB_ENCODING_COPYRECT, vectors, G_N_ELEMENTS (vectors));
  return g_test_run ();
}
