/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/script.h"

/* What becomes of the application's commands; above all, that the pixel format stays in step with updates. */

#define DESK .before = gvnc_script_asked
#define RAW  "00000000"

#define FORMAT16 "00 000000 10 10 00 01 001f 003f 001f 0b 05 00 000000"
#define FORMAT8  "00 000000 08 08 00 01 0007 0007 0003 00 03 06 000000"
#define PIXEL    "03 00 0000 0000 0001 0001"    /* the request for a single one */
#define ALL      "03 00 0000 0000 0004 0002"
#define NEWS     "03 01 0000 0000 0004 0002"

static const GvncScript formats[] = {
  { "before any request it goes out at once", DESK,
    { "! format rgb16", "< " FORMAT16, "= format 16/16 31<<11 63<<5 31<<0", "! request 0 0,0 4x2", "< " ALL,
      "> 00 00 0001  0000 0000 0001 0001 " RAW " 00f8", "= rect 0,0 1x1 ff0000", "= update-end" } },
  { "the same format is sent, and told to nobody", DESK,
    { "! format rgb32", "< 00 000000 20 18 00 01 00ff 00ff 00ff 10 08 00 000000" } },
  { "with a request outstanding it waits for the update", DESK,
    { "! request 0 0,0 4x2", "< " ALL, "! format rgb16", "< " PIXEL,
      "> 00 00 0001  0000 0000 0001 0001 " RAW " 332211ff", "= rect 0,0 1x1 112233", "= update-end",
      "= format 16/16 31<<11 63<<5 31<<0", "< " FORMAT16 } },
  { "what may not overtake it waits behind it, in order", DESK,
    { "! request 1 0,0 4x2", "< " NEWS, "! format rgb16", "< " PIXEL, "! encodings 0", "! request 0 0,0 4x2",
      "> 00 00 0001  0000 0000 0001 0001 " RAW " 332211ff", "= rect 0,0 1x1 112233", "= update-end", "= format 16/16 *",
      "< " FORMAT16 " 02 00 0001 00000000 " ALL,
      "> 00 00 0001  0000 0000 0001 0001 " RAW " 00f8", "= rect 0,0 1x1 ff0000", "= update-end" } },
  { "keys and the pointer overtake it", DESK,
    { "! request 1 0,0 4x2", "< " NEWS, "! format rgb16", "< " PIXEL, "! key 1 61 0", "< 04 01 0000 00000061",
      "! pointer 1 3,1", "< 05 01 0003 0001", "! cut x", "< 06 000000 00000001 'x'",
      "> 00 00 0001  0000 0000 0001 0001 " RAW " 332211ff", "= rect 0,0 1x1 112233", "= update-end", "= format *", "< " FORMAT16 } },
  { "an update without a rectangle answers nothing", DESK,
    { "! request 1 0,0 4x2", "< " NEWS, "! format rgb16", "< " PIXEL, "> 00 00 0000",
      "> 00 00 0001  0000 0000 0001 0001 " RAW " 332211ff", "= rect 0,0 1x1 112233", "= update-end", "= format *", "< " FORMAT16 } },
  { "a pseudo-rectangle does answer", DESK,
    { "! request 1 0,0 4x2", "< " NEWS, "! format rgb16", "< " PIXEL,
      "> 00 00 0001  0000 0000 0000 0000 ffffff11", "= cursor none", "= update-end", "= format *", "< " FORMAT16 } },
  { "two changes with a request between them", DESK,
    { "! request 1 0,0 4x2", "< " NEWS, "! format rgb16", "< " PIXEL, "! request 0 0,0 4x2", "! format rgb8",
      "> 00 00 0001  0000 0000 0001 0001 " RAW " 332211ff", "= rect 0,0 1x1 112233", "= update-end", "= format 16/16 *",
      "< " FORMAT16 " " ALL " " PIXEL,
      "> 00 00 0001  0000 0000 0001 0001 " RAW " 00f8", "= rect 0,0 1x1 ff0000", "= update-end", "= format 8/8 *", "< " FORMAT8,
      "> 00 00 0001  0000 0000 0001 0001 " RAW " 07", "= rect 0,0 1x1 ff0000", "= update-end" } },
  { "two changes at once", DESK,
    { "! request 1 0,0 4x2", "< " NEWS, "! format rgb16", "< " PIXEL, "! format rgb8",
      "> 00 00 0001  0000 0000 0001 0001 " RAW " 332211ff", "= rect 0,0 1x1 112233", "= update-end",
      "= format 16/16 *", "= format 8/8 *", "< " FORMAT16 " " FORMAT8 } },
  { "a session that ends while a change waits", DESK,
    { "! request 1 0,0 4x2", "< " NEWS, "! format rgb16", "< " PIXEL, "! encodings 0", "> 77", "# *type 119*" } },
  { "the server's own change while ours waits", DESK,
    { "! request 1 0,0 4x2", "< " NEWS, "! format rgb16", "< " PIXEL,
      "> 00 00 0002  0000 0000 0004 0002 574d5669 08 08 00 01 0007 0007 0003 00 03 06 000000  0000 0000 0001 0001 " RAW " 07",
      "= format-changed 8/8 *", "= rect 0,0 1x1 ff0000", "= update-end", "= format 16/16 *", "< " FORMAT16 } },
  { "a new colour map has all drawn again", DESK,
    { "! format map8", "< 00 000000 08 08 00 00 0000 0000 0000 00 00 00 000000", "= format 8/8 map",
      "! request 1 0,0 4x2", "< " NEWS, "> 01 00 0000 0001 0001 0002 0003", "= colours 0: 000100020003", "< " ALL } },
  { "also between an update and the next request", DESK,
    { "! format map8", "< 00 000000 08 08 00 00 0000 0000 0000 00 00 00 000000", "= format 8/8 map",
      "! request 1 0,0 4x2", "< " NEWS, "> 00 00 0001  0000 0000 0001 0001 " RAW " 07", "= rect 0,0 1x1 #7", "= update-end",
      "> 01 00 0000 0001 0001 0002 0003", "= colours 0: 000100020003", "< " ALL } },
  { "the same colours again ask for nothing", DESK,
    { "! format map8", "< 00 000000 08 08 00 00 0000 0000 0000 00 00 00 000000", "= format 8/8 map",
      "> 01 00 0000 0001 0001 0002 0003", "= colours 0: 000100020003",
      "! request 1 0,0 4x2", "< " NEWS, "> 01 00 0000 0001 0001 0002 0003" } },
  { "a colour map in true colour asks for nothing", DESK,
    { "! request 1 0,0 4x2", "< " NEWS, "> 01 00 0000 0001 0001 0002 0003", "= colours 0: 000100020003" } },
};

static const GvncScript inputs[] = {
  { "a key without scan codes", DESK, { "! key 1 ff0d 1c", "< 04 01 0000 0000ff0d", "! key 0 ff0d 1c", "< 04 00 0000 0000ff0d" } },
  { "a key with scan codes", DESK, { "> 00 00 0001  0000 0000 0000 0000 fffffefe", "= extended-key", "= update-end",
                                     "! key 1 ff0d 1c", "< ff 00 0001 0000ff0d 0000001c", "! key 0 ff0d 9c", "< ff 00 0000 0000ff0d 0000009c" } },
  { "a key whose scan code is unknown", DESK, { "> 00 00 0001  0000 0000 0000 0000 fffffefe", "= extended-key", "= update-end",
                                                "! key 1 61 0", "< 04 01 0000 00000061" } },
  { "the pointer", DESK, { "! pointer ff 65535,32767", "< 05 ff ffff 7fff" } },
  { "a text", DESK, { "! cut hello", "< 06 000000 00000005 'hello'", "! cut ", "< 06 000000 00000000" } },
  { "no encodings", DESK, { "! encodings ", "< 02 00 0000" } },
  { "several encodings", DESK, { "! encodings 7 -309 1464686185", "< 02 00 0003 00000007 fffffecb 574d5669" } },
  { "before the session nothing is sent", .lines = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "! key 1 61 0", "! pointer 0 0,0",
                                                     "! cut x", "! encodings 0", "! format rgb16", "! request 0 0,0 1x1", "! power 2",
                                                     "> 01 01", "= auth-types 1", "! size 3x3", "! audio 1", "! type 1", "< 01" } },
  { "authentication is over", DESK, { "! type 2", "! password x", "! shared 1" } },
};

/* More than the ceiling is refused as a whole, and the writer says so. */
static void
test_ceiling (void)
{
  GvncWriter out;

  gvnc_writer_init (&out, 16);
  gvnc_output_cut_text (&out, "12345678", 8);
  g_assert_false (out.full);
  gvnc_output_key (&out, TRUE, 'a');
  g_assert_true (out.full);
  g_assert_cmpuint (gvnc_writer_left (&out), <=, 16);
  gvnc_writer_consume (&out, gvnc_writer_left (&out));
  gvnc_output_key (&out, TRUE, 'a');
  g_assert_cmpuint (gvnc_writer_left (&out), ==, 0);    /* a message in pieces is worse than none */
  gvnc_writer_clear (&out);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_scripts_add ("/session/format", formats, G_N_ELEMENTS (formats));
  gvnc_scripts_add ("/session/input", inputs, G_N_ELEMENTS (inputs));
  g_test_add_func ("/session/ceiling", test_ceiling);
  return g_test_run ();
}
