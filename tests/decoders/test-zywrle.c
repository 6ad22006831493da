/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"

#include "wire/rfb.h"

#define MAP &gvnc_test_map8

static const GvncVector vectors[] = {
  /* made by a forward transform that shares nothing with the decoder */
  { "one level", .width = 4, .height = 4,
    .wire  = "Z{00 00 "
             "ee0408db0aec27ed0509fd2ceffbea06fe100ee2e8070bdcd0f6da0209101be31d18e52435bfd23ae6d135b6d03de4d0}",
    .image = "445c000095351500a2743600cb5721007a4c0000972d4900c45c260097791b008f25000080640400c3494100da903000"
             "7d474700a5572700bb4f3700b96b6300" },
  { "one level, with edges that no wavelet covers", .quality = 9, .width = 5, .height = 3,
    .wire  = "Z{00 00 "
             "eaebeec02ed102cd0d1220ec08dc0ecdcecc21a1e344cdcfda9324c4a64d6838417b3720915c35c99956cdb15f}",
    .image = "462000007d3b23008d851d00d64e5400da932400884a34007f6d3300a7430900c3794900c4a64d00683841007b372000"
             "915c3500c9995600cdb15f00" },
  { "two levels", .quality = 6, .width = 9, .height = 5,
    .wire  = "Z{00 00 "
             "d805efc108e2fbed04f9110f1bfa08ec00fb0e0ef4f411fef817fe16f00a040ce10cfb0d02121cf4f2eb05fa00f80f08"
             "12f90ec7fadce7fb00fe0608e2e80818e318e90cd9080b16f2f5f302ec0518f20cf706f202cf0c00e5093bbbc9333cba"
             "ffd576ffeb70ffbd7ffffd957d642186635fb67f1fd97751ffb25cffd666ffeb4bffe569fff776}",
    .image = "815f0900a35505007a823a00c94b5300c4a23000ffab3100febc6800ffaf3d00ffd576008e30000061530100c57b2700"
             "c5873f00bf9b5f00cd814d00fec63a00fed05200ffeb70008e4e4200af694d0083712900afa53700ffaf4700eb896f00"
             "ffb17900fea84800ffbd7f00635d0900a2600c008c5c4800a7ad6900e7bd5500fea67400ff995500feb04000fffd9500"
             "7d64210086635f00b67f1f00d9775100ffb25c00ffd66600ffeb4b00ffe56900fff77600" },
  { "three levels", .quality = 1, .width = 9, .height = 8,
    .wire  = "Z{00 00 "
             "f2fadf24c10e0ee7f1f5fedc16000c16d906eb05f60207012014f8201bfd240929f506e62f0403001126ee09e406f4f8"
             "eeee1ceacffbf613e911e317fdfb0e21ebfe24f61d01fbf3f519f70cd21527f10001fd07e5f9e9f9e0f8f0f9f6010c09"
             "12dc27e5bf0f14e2ef0ff921f8f21404e716dcfd0e03f4fffad70fd9d8e122e04303f9fadbf000f2e2160aee1b16e20e"
             "0624f1e9041100ea050712eef8f0f706f9fd04e8f613e505e3cbfe21de1108bf111ae703fd09f807a208f5a810434eb6"
             "ffbc56ffcf87ffdb8dffed5cfff66affff8bffffa6fff775}",
    .image = "483a0a006963270074400800b2903a00ea781600e69c5c00ff8d3700ff954500ffbc560072401a00897b070098803600"
             "d0702400f46e3a00ef754500feae7200ffcd4900ffcf87006636320069552900bb4b1500de9a3800c8965a00fe844000"
             "ffc74900ffcd4f00ffdb8d005c521a008f591100a59b5d00b7892b00c0ac4a00e2b03200f5bf5b00ffcb6900ffed5c00"
             "a7551100987a2800be742a00d27a6e00f1797500f4c43a00feca6c00feba9000fff66a00663e1c00c65e1e009aa83400"
             "f9ab6f00cea85200fed44a00ffbd7900ffd36700ffff8b009d7331009c863e00a07a6600d7953500ebc95900ffcd5f00"
             "ffd35d00ffff7d00ffffa60078765c00d1715d00c8944400f3a37300faa88400ffd17500fed45c00fff56100fff77500" },
  { "sides too short for the levels", .quality = 1, .width = 7, .height = 2,
    .wire  = "Z{00 00 "
             "69343b922938863e1dc97915ed8c2fe2b726ff9b237432166f3610b18e5494611eca7d17ef8a35ffa051}",
    .image = "69343b0092293800863e1d00c9791500ed8c2f00e2b72600ff9b2300743216006f361000b18e540094611e00ca7d1700"
             "ef8a3500ffa05100" },
  { "big endian", .format = &gvnc_test_rgb32_big, .quality = 9, .width = 5, .height = 3,
    .wire  = "Z{00 00 "
             "08fd1cd407ef1fe2fefdf6e20b0dfc100218e2b030c6ea33329ac12291e31a5a561c59711191994396b35fb3f6}",
    .image = "00341e7a00162a56001084ae0036728e00329ac100275f87000846a6004a60c6001987bd002291e3001a5a56001c5971"
             "00119199004396b3005fb3f6" },
  { "high three bytes", .format = &gvnc_test_rgb32_high, .quality = 9, .width = 4, .height = 2,
    .wire  = "Z{00 00 "
             "ed0a110cfa090c03fb16f204f4ecfe1cf21036b1e82be4be}",
    .image = "006d2715009b2f0000bc660a00a88a0e007a2600007b353100af850f00a39915" },
  { "16 bits", .format = &gvnc_test_rgb16, .quality = 9, .width = 5, .height = 3,
    .wire  = "Z{00 00 "
             "411024073eff3f1f20f0dbfea4e546cebc14fb4c0a0a360b903ab4437a5d}",
    .image = "2c020a02510a573bbc149022513af10b9a13fb4c0a0a360b903ab4437a5d" },
  { "16 bits, big endian, two levels", .format = &gvnc_test_rgb16_big, .quality = 4, .width = 5, .height = 5,
    .wire  = "Z{00 00 "
             "091d07c61721e7a30802f87d07bd0fbef7dd071ff7802f8300bf00000ebcd5c73d1e635c335d3c5c09cd523624f963fb"
             "355b}",
    .image = "230c09cd03163cd13d1e024b330e130e131a635c024b1b4d23163414335d0ad112104ad9139c3c5c09cd523624f963fb"
             "355b" },
  { "15 bits, three levels", .format = &gvnc_test_rgb15, .quality = 3, .width = 9, .height = 9,
    .wire  = "Z{00 00 "
             "c51323007f081d6cc507a77be21be31ffd73a317de10a40f1e004317c17b827ffe7bdc7f2000ff77d97b847f2078206c"
             "04086000df7b2308e3076214a303030482135e74dd078273da0347174217c2173e70c10b3f0b45035e005f7f827b6277"
             "9e07617f2078bf03a1072104c1075f787e0f410f7f0fa0072208a27ea20e28593f37df3a7f2f7f3bdf4bff3fff3bff3f"
             "f12d531a791eff36ff329f3b7f4fdf4fff47}",
    .image = "6d148a11d609711579263d0edc12ff3e3f37cc10d210d8115a19f7057f1e9e2a5e3bdf3a690daf0d16017316d8311e2b"
             "9e3a7f1f7f2f8e1916119229581a1a1a9e32bd2ebf3e7f3bb1153325da29bb1ed83a1e239e32de43df4bf10def0d390e"
             "da195a1a1e435e239e43ff3f1422b5159639dc3a5e1ade3a9e223f4fff3b5422121ad61a58321e337f3f5e335e43ff3f"
             "f12d531a791eff36ff329f3b7f4fdf4fff47" },

  /* coefficients: the mean is V 0, Y 0x10, U 0, which is the grey 0x90 */
  { "coefficients in runs of a palette", .width = 2, .height = 2,
    .wire  = "Z{00 82 000000 001000 80 02 01}",
    .image = "90909000*4" },
  { "coefficients in a packed palette", .width = 2, .height = 2,
    .wire  = "Z{00 02 000000 001000 00 40}",
    .image = "90909000*4" },
  { "coefficients in plain runs", .width = 2, .height = 2,
    .wire  = "Z{00 80 000000 02 001000 00}",
    .image = "90909000*4" },

  /* tiles that are no coefficients */
  { "solid tile", .width = 3, .height = 2,
    .wire  = "Z{01 010203}",
    .image = "01020300*6" },
  { "palette", .width = 3, .height = 1,
    .wire  = "Z{02 010203 040506 a0}",
    .image = "04050600 01020300 04050600" },
  { "runs", .width = 3, .height = 1,
    .wire  = "Z{80 010203 01 040506 00}",
    .image = "01020300*2 04050600" },
  { "8 bits have no wavelet", .format = &gvnc_test_rgb8, .width = 3, .height = 1,
    .wire  = "Z{00 07 38 c0}",
    .image = "07 38 c0" },
  { "nor has a colour map", .format = MAP, .width = 3, .height = 1,
    .wire  = "Z{00 07 38 c0}",
    .image = "07 38 c0" },
  { "four bytes of colour", .format = &gvnc_test_rgb30, .width = 3, .height = 1,
    .wire  = "Z{80 ffffff3f 01 00fc0f00 00}",
    .image = "ffffff3f*2 00fc0f00" },
  { "several tiles and rectangles", .width = 66, .height = 2,
    .rects = { { 0, 0, 66, 1 }, { 0, 1, 66, 1 } },
    .wire  = "Z{01 010203  00 00 040506 070809}  Z{01 010203  00 00 040506 070809}",
    .image = "(01020300*64 04050600 07080900)*2" },

  /* errors */
  { "unknown kind 17", .width = 2, .height = 1, .wire = "Z{11 00*64}", .error = "ZYWRLE:*unknown kind 17" },
  { "coefficients of an unknown kind", .width = 2, .height = 1, .wire = "Z{00 81 00*64}",
    .error = "ZYWRLE:*unknown kind 129" },
  { "coefficients beyond a palette", .width = 2, .height = 1, .wire = "Z{00 82 00*6 02}",
    .error = "ZYWRLE: colour 2 of a palette of 2" },
  { "payload that ends within coefficients", .width = 3, .height = 1,
    .wire  = "Z{00 00 010203}",
    .error = "ZYWRLE:*ends before its rectangle is full" },
  { "payload that ends between the kinds", .width = 3, .height = 1,
    .wire  = "Z{00}",
    .error = "ZYWRLE:*ends before its rectangle is full" },
  { "payload with a tile too many", .width = 1, .height = 1,
    .wire  = "Z{01 010203 01 010203}",
    .error = "ZYWRLE:*more than its rectangle*" },
  { "payload longer than the ceiling", .width = 3, .height = 1,
    .wire  = "00010019",
    .error = "ZYWRLE: 65561 bytes for 3×1 pixels; at most 65560 are accepted" },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_vectors_add ("/decoders/zywrle", GVNC_RFB_ENCODING_ZYWRLE, vectors, G_N_ELEMENTS (vectors));
  return g_test_run ();
}
