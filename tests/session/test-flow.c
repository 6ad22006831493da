/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/script.h"
#include "session/flow.h"
#include "session/meter.h"
#include "session/quality.h"
#include "wire/rfb.h"

/* Fences, continuous updates, and what is made of the link's speed. */

#define DESK .before = gvnc_script_desk
#define RAW  "00000000"

#define ASK      "! encodings 0 -223 -312 -313", "< 02 00 0004 00000000 ffffff21 fffffec8 fffffec7"
#define ALL      "03 00 0000 0000 0004 0002"
#define NEWS     "03 01 0000 0000 0004 0002"
#define ENABLE   "96 01 0000 0000 0004 0002"
#define FORMAT16 "00 000000 10 10 00 01 001f 003f 001f 0b 05 00 000000"
#define PIXEL32  "> 00 00 0001  0000 0000 0001 0001 " RAW " 332211ff", "= rect 0,0 1x1 112233", "= update-end"
#define PIXEL16  "> 00 00 0001  0000 0000 0001 0001 " RAW " 00f8", "= rect 0,0 1x1 ff0000", "= update-end"

static const GvncScript fences[] = {
  { "one for its own sake is answered at once", DESK,
    { ASK, "> f8 000000 80000000 03 'abc'", "< f8 000000 00000000 03 'abc'" } },
  { "one without a payload", DESK,
    { ASK, "> f8 000000 80000000 00", "< f8 000000 00000000 00", "> 02", "= bell" } },
  { "flags that we honour are kept, others are cleared", DESK,
    { ASK, "> f8 000000 fffffffe 01 aa", "< f8 000000 00000006 01 aa" } },
  { "one that waits for drawing goes through the application", DESK,
    { ASK, "> f8 000000 80000001 02 0102", "= fence 1 *" } },
  { "an answer that nobody waits for", DESK,
    { ASK, "> f8 000000 00000000 08 'gvnc' 00000001", "> f8 000000 00000000 00", "> 02", "= bell" } },
  { "the longest payload", DESK,
    { ASK, "> f8 000000 80000000 40 '0123456789012345678901234567890123456789012345678901234567890123'",
      "< f8 000000 00000000 40 '0123456789012345678901234567890123456789012345678901234567890123'" } },
  { "a payload that is too long", DESK, { ASK, "> f8 000000 80000000 41", "# *fence of 65 bytes; at most 64*" } },
  { "one that was never asked for", DESK, { "> f8", "# *type 248*" } },
  { "marks from where on a pixel format counts", DESK,
    { ASK, "> f8 000000 80000000 00", "< f8 000000 00000000 00", "! request 1 0,0 4x2", "< " NEWS,
      "! format rgb16", "< f8 000000 80000004 08 'gvnc' 00000001 " FORMAT16,
      PIXEL32, "> f8 000000 00000004 08 'gvnc' 00000001", "= format 16/16 *", PIXEL16 } },
  { "marks two changes in their order", DESK,
    { ASK, "> f8 000000 80000000 00", "< f8 000000 00000000 00", "! format rgb16",
      "< f8 000000 80000004 08 'gvnc' 00000001 " FORMAT16, "! format rgb32",
      "< f8 000000 80000004 08 'gvnc' 00000002 00 000000 20 18 00 01 00ff 00ff 00ff 10 08 00 000000",
      "> f8 000000 00000004 08 'gvnc' 00000002", PIXEL32,
      "> f8 000000 00000004 08 'gvnc' 00000001", "= format 16/16 *", PIXEL16,
      "> f8 000000 00000004 08 'gvnc' 00000002", "= format 32/24 *", PIXEL32 } },
};

static const GvncScript continuous[] = {
  { "wait for the announcement", DESK,
    { ASK, "! request 0 0,0 4x2", "< " ALL, "! request 1 0,0 4x2", "< " NEWS } },
  { "announced after the first request", DESK,
    { ASK, "! request 0 0,0 4x2", "< " ALL, "> 96", "< " ENABLE, "! request 1 0,0 4x2", PIXEL32, "! request 1 0,0 4x2" } },
  { "announced before the first request", DESK,
    { ASK, "> 96", "! request 0 0,0 4x2", "< " ENABLE " " ALL, PIXEL32, "! request 1 0,0 4x2" } },
  { "a full request still goes out", DESK,
    { ASK, "> 96", "! request 1 0,0 4x2", "< " ENABLE, "! request 0 0,0 4x2", "< " ALL } },
  { "the area follows a resize", DESK,
    { ASK, "> 96", "! request 1 0,0 4x2", "< " ENABLE,
      "> 00 00 0001  0000 0000 0003 0005 ffffff21", "= desktop-size 3x5", "= update-end", "< 96 01 0000 0000 0003 0005" } },
  { "ended by the server, updates are asked for again", DESK,
    { ASK, "> 96", "! request 1 0,0 4x2", "< " ENABLE, "> 96", "< " NEWS, PIXEL32, "! request 1 0,0 4x2", "< " NEWS } },
  { "never asked for", DESK, { "> 96", "# *type 150*" } },
};

static void
test_meter (void)
{
  GvncMeter meter = { 0 };

  g_assert_false (gvnc_meter_add (&meter, 100, 1000));
  g_assert_cmpuint (meter.bandwidth_kbit, ==, 0);
  /* little, but waited for for long: 125 000 bytes in a second */
  g_assert_true (gvnc_meter_add (&meter, 124900, 999000));
  g_assert_cmpuint (meter.bandwidth_kbit, ==, 1000);
  /* much in no time does not divide by zero, and is smoothed */
  g_assert_true (gvnc_meter_add (&meter, 1000 * 1000, 0));
  g_assert_cmpuint (meter.bandwidth_kbit, ==, (1000 + 8000 * 1000) / 2);
}

static void
test_levels (void)
{
  GvncQualityState state = { .level = 1, .proposed = 1 };

  /* one measurement changes nothing, two do */
  g_assert_false (gvnc_quality_measure (&state, 2000, 20));
  g_assert_true (gvnc_quality_measure (&state, 2000, 20));
  g_assert_cmpuint (state.level, ==, 3);
  /* one that points elsewhere starts anew; two that agree go to the nearer */
  g_assert_false (gvnc_quality_measure (&state, 200, 20));
  g_assert_false (gvnc_quality_measure (&state, 200 * 1000, 20));
  g_assert_true (gvnc_quality_measure (&state, 20 * 1000, 20));
  g_assert_cmpuint (state.level, ==, 1);
  /* latency costs a level, but neither the best nor colours */
  g_assert_false (gvnc_quality_measure (&state, 20 * 1000, 300));
  g_assert_true (gvnc_quality_measure (&state, 20 * 1000, 300));
  g_assert_cmpuint (state.level, ==, 2);
  g_assert_false (gvnc_quality_measure (&state, 500, 300));
  g_assert_true (gvnc_quality_measure (&state, 500, 300));
  g_assert_false (gvnc_quality_get (state.level)->few_colours);
  g_assert_false (gvnc_quality_measure (&state, 100, -1));
  g_assert_true (gvnc_quality_measure (&state, 100, -1));
  g_assert_true (gvnc_quality_get (state.level)->few_colours);
  g_assert_cmpint (gvnc_quality_get (1000)->compression, ==, 9);
}

static void
test_encodings (void)
{
  const gint32 asked[] = { -27, 5, 16, -250, 17, 7, -500, 1, -768, 0 };
  const gint32 good[] = { -32 + 8, 7, 16, 5, 1, 0, -256 + 2 };
  const gint32 best[] = { 5, 16, 7, 1, 0, -256 + 1 };
  g_autoptr (GArray) first = gvnc_quality_apply (gvnc_quality_get (1), asked, G_N_ELEMENTS (asked));
  g_autoptr (GArray) second = gvnc_quality_apply (gvnc_quality_get (0), asked, G_N_ELEMENTS (asked));

  g_assert_cmpmem (first->data, first->len * 4, good, sizeof good);
  g_assert_cmpmem (second->data, second->len * 4, best, sizeof best);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gvnc_scripts_add ("/fence", fences, G_N_ELEMENTS (fences));
  gvnc_scripts_add ("/continuous", continuous, G_N_ELEMENTS (continuous));
  g_test_add_func ("/quality/meter", test_meter);
  g_test_add_func ("/quality/levels", test_levels);
  g_test_add_func ("/quality/encodings", test_encodings);
  return g_test_run ();
}
