/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/script.h"

/* Server messages but FramebufferUpdate. */

#define DESK .before = gvnc_script_desk

static const GvncScript messages[] = {
  { "a bell", DESK, { "> 02", "= bell" } },
  { "two bells", DESK, { "> 0202", "= bell", "= bell" } },
  { "an unknown message", DESK, { "> 04", "# *message of type 4, which was never asked for" } },
  { "the last unknown message", DESK, { "> fe", "# *message of type 254*" } },
  { "what came before a broken message is told", DESK, { "> 02 08", "= bell", "# *type 8*" } },
};

static const GvncScript cut_texts[] = {
  { "a text", DESK, { "> 03 000000 00000005 'hello' 02", "= cut-text 'hello'", "= bell" } },
  { "an empty text", DESK, { "> 03 000000 00000000 02", "= cut-text ''", "= bell" } },
  { "bytes of all sorts", DESK, { "> 03 ffffff 00000006 00 0d 0a e9 ff 7f", "= cut-text '\\x00\\x0d\\x0a\\xe9\\xff\\x7f'" } },
  { "a long text", DESK, { "> 03 000000 00030000 61*196608 02", "= cut-text 196608 bytes", "= bell" } },
  { "the longest text begins", DESK, { "> 03 000000 02000000 61*100" } },
  { "a text that is too long", DESK, { "> 03 000000 02000001", "# *33554433 bytes; at most 33554432*" } },
  { "a text of the extended clipboard, never asked for", DESK, { "> 03 000000 fffffffc", "# *4294967292 bytes*" } },
};

static const GvncScript colours[] = {
  { "two entries", DESK, { "> 01 00 0001 0002 ffff 0000 8000  0001 0002 0003", "= colours 1: ffff00008000 000100020003" } },
  { "no entries", DESK, { "> 01 00 ffff 0000 02", "= bell" } },
  { "more than one slice", DESK, { "> 01 00 0000 0801 (0001 0002 0003)*2049 02", "= colours 0: 1024 entries",
                                   "= colours 1024: 1024 entries", "= colours 2048: 000100020003", "= bell" } },
  { "the last entry", DESK, { "> 01 00 ffff 0001 ffff ffff ffff", "= colours 65535: ffffffffffff" } },
  { "one entry too many", DESK, { "> 01 00 ffff 0002", "# *2 colours from number 65535 on*65535" } },
  { "65535 entries too many", DESK, { "> 01 00 ffff ffff", "# *65535 colours from number 65535 on*" } },
  { "the same entry again says nothing new",
    DESK, { "> 01 00 0000 0001 0001 0002 0003", "= colours 0: 000100020003", "> 01 00 0000 0001 0001 0002 0003 02", "= bell" } },
  { "black entries of a new map are told", DESK, { "> 01 00 0000 0001 0000 0000 0000", "= colours 0: 000000000000" } },
};

static const GvncScript power[] = {
  { "xvp that was never asked for", DESK, { "> fa", "# *type 250 (xvp), which was never asked for" } },
  { "xvp is there", DESK, { "! encodings -309", "< 02 00 0001 fffffecb", "> fa 00 01 01", "= power-control 1" } },
  { "xvp failed", DESK, { "! encodings -309", "< 02 00 0001 fffffecb", "> fa 00 01 00 02", "= power-control 0", "= bell" } },
  { "xvp was asked for once", DESK, { "! encodings -309", "< 02 00 0001 fffffecb", "! encodings 0", "< 02 00 0001 00000000",
                                      "> fa 00 01 01", "= power-control 1" } },
  { "xvp of another version is passed over", DESK, { "! encodings -309", "< 02 00 0001 fffffecb", "> fa 00 02 01 02", "= bell" } },
  { "xvp with an unknown code", DESK, { "! encodings -309", "< 02 00 0001 fffffecb", "> fa 00 01 02", "# *power control code 2" } },
  { "actions", DESK, { "! power 2", "< fa 00 01 02", "! power 3", "< fa 00 01 03", "! power 4", "< fa 00 01 04" } },
};

static const GvncScript sound[] = {
  { "sound that was never asked for", DESK, { "> ff", "# *type 255 (QEMU), which was never asked for" } },
  { "start, data, stop", DESK, { "! encodings -259", "< 02 00 0001 fffffefd", "> ff 01 0001", "= audio-start",
                                 "> ff 01 0002 00000004 'beep'", "= audio-data 'beep'", "> ff 01 0000", "= audio-stop" } },
  { "no data", DESK, { "! encodings -259", "< 02 00 0001 fffffefd", "> ff 01 0002 00000000 02", "= bell" } },
  { "long data", DESK, { "! encodings -259", "< 02 00 0001 fffffefd", "> ff 01 0002 00030000 11*196608", "= audio-data 196608 bytes" } },
  { "most data begins", DESK, { "! encodings -259", "< 02 00 0001 fffffefd", "> ff 01 0002 00200000 11*50" } },
  { "too much data", DESK, { "! encodings -259", "< 02 00 0001 fffffefd", "> ff 01 0002 00200001", "# *2097153 bytes*2097152*" } },
  { "an unknown operation", DESK, { "! encodings -259", "< 02 00 0001 fffffefd", "> ff 01 0003", "# *QEMU message 1, operation 3" } },
  { "an unknown kind", DESK, { "! encodings -259", "< 02 00 0001 fffffefd", "> ff 00 0001", "# *QEMU message 0, operation 1" } },
  { "commands", DESK, { "! audio-format 3 2 44100", "< ff 01 0002 03 02 0000ac44", "! audio 1", "< ff 01 0000",
                        "! audio 0", "< ff 01 0001" } },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_scripts_add ("/session/message", messages, G_N_ELEMENTS (messages));
  gvnc_scripts_add ("/session/cut-text", cut_texts, G_N_ELEMENTS (cut_texts));
  gvnc_scripts_add ("/session/colours", colours, G_N_ELEMENTS (colours));
  gvnc_scripts_add ("/session/power", power, G_N_ELEMENTS (power));
  gvnc_scripts_add ("/session/sound", sound, G_N_ELEMENTS (sound));
  return g_test_run ();
}
