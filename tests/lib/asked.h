/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Every encoding that a rectangle of the tests can have: as numbers, as a script's command, and the message they make. */
#define GVNC_ASKED_NUMBERS \
  0, 1, 2, 5, 7, 16, -223, -224, -232, -239, -240, -257, -258, -259, -261, -307, -308, -314, \
  -316, 1464686180, 1464686181, 1464686182, 1464686183, 1464686184, 1464686185, 1464686186, \
  -131072, -131071, -131070, -131069

#define GVNC_ASKED_TEXT \
  "0 1 2 5 7 16 -223 -224 -232 -239 -240 -257 -258 -259 -261 -307 -308 -314 -316 1464686180 " \
  "1464686181 1464686182 1464686183 1464686184 1464686185 1464686186 -131072 -131071 -131070 " \
  "-131069"

#define GVNC_ASKED_SENT \
  "02 00 001e 00000000 00000001 00000002 00000005 00000007 00000010 ffffff21 ffffff20 ffffff18 " \
  "ffffff11 ffffff10 fffffeff fffffefe fffffefd fffffefb fffffecd fffffecc fffffec6 fffffec4 " \
  "574d5664 574d5665 574d5666 574d5667 574d5668 574d5669 574d566a fffe0000 fffe0001 fffe0002 " \
  "fffe0003"
