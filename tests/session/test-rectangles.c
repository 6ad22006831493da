/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/script.h"

/* FramebufferUpdate: what surrounds the decoders, and the pseudo-encodings. */

#define DESK .before = gvnc_script_asked
#define RAW  "00000000"

static const GvncScript updates[] = {
  { "no rectangle", DESK, { "> 00 00 0000 02", "= bell" } },
  { "one rectangle", DESK, { "> 00 00 0001  0001 0000 0002 0001 " RAW " 332211ff 665544ff", "= rect 1,0 2x1 112233 445566", "= update-end" } },
  { "two rectangles", DESK, { "> 00 ff 0002  0000 0000 0001 0001 " RAW " 332211ff  0003 0001 0001 0001 " RAW " 665544ff",
                              "= rect 0,0 1x1 112233", "= rect 3,1 1x1 445566", "= update-end" } },
  { "two messages", DESK, { "> 00 00 0001  0000 0000 0001 0001 " RAW " 332211ff", "= rect 0,0 1x1 112233", "= update-end",
                            "> 00 00 0001  0000 0000 0001 0001 " RAW " 665544ff", "= rect 0,0 1x1 445566", "= update-end" } },
  { "a copy", DESK, { "> 00 00 0002  0000 0000 0001 0002 " RAW " 332211ff 665544ff  0002 0000 0001 0002 00000001 0000 0000",
                      "= rect 0,0 1x2 112233 445566", "= rect 2,0 1x2 112233 445566", "= update-end" } },
  { "too wide by one", DESK, { "> 00 00 0001  0001 0000 0004 0001 " RAW, "# *4×1 at 1,0*leaves its 4×2*" } },
  { "too high by one", DESK, { "> 00 00 0001  0000 0001 0001 0002 " RAW, "# *1×2 at 0,1*leaves its 4×2*" } },
  { "sums beyond 16 bits", DESK, { "> 00 00 0001  ffff ffff ffff ffff " RAW, "# *65535×65535 at 65535,65535*" } },
  { "an unknown encoding", DESK, { "> 00 00 0001  0000 0000 0001 0001 0000002a", "# *encoding 42, which was never asked for" } },
  { "an unknown pseudo-encoding", DESK, { "> 00 00 0001  0000 0000 0001 0001 ffffffd6", "# *encoding -42, *" } },
  { "xvp is no rectangle", DESK, { "> 00 00 0001  0000 0000 0001 0001 fffffecb", "# *encoding -309 (xvp), which was never asked for" } },
  { "an error between two rectangles", DESK, { "> 00 00 0002  0000 0000 0001 0001 " RAW " 332211ff  0000 0000 0001 0001 0000002a",
                                               "= rect 0,0 1x1 112233", "# *encoding 42*" } },
  { "empty, raw", DESK, { "> 00 00 0001  0000 0000 0000 0001 " RAW " 02", "= update-end", "= bell" } },
  { "empty at the far corner", DESK, { "> 00 00 0001  0004 0002 0000 0000 " RAW " 02", "= update-end", "= bell" } },
  { "empty beyond the far corner", DESK, { "> 00 00 0001  0005 0002 0000 0000 " RAW, "# *0×0 at 5,2*" } },
  { "empty, a copy", DESK, { "> 00 00 0001  0000 0000 0001 0000 00000001 ffff ffff 02", "= update-end", "= bell" } },
  { "empty, Hextile", DESK, { "> 00 00 0001  0000 0000 0001 0000 00000005 02", "= update-end", "= bell" } },
  { "empty, RRE", DESK, { "> 00 00 0001  0000 0000 0001 0000 00000002", "# *empty rectangle of 1×0*RRE*" } },
  { "empty, ZRLE", DESK, { "> 00 00 0001  0000 0000 0000 0001 00000010", "# *empty rectangle of 0×1*ZRLE*" } },
  { "empty, Tight", DESK, { "> 00 00 0001  0000 0000 0000 0001 00000007", "# *empty rectangle of 0×1*Tight*" } },
};

#define LAST "0000 0000 0000 0000 ffffff20"

static const GvncScript lasts[] = {
  { "ends an update without a count", DESK, { "> 00 00 ffff  0000 0000 0001 0001 " RAW " 332211ff " LAST " 02",
                                              "= rect 0,0 1x1 112233", "= update-end", "= bell" } },
  { "alone", DESK, { "> 00 00 ffff " LAST " 02", "= update-end", "= bell" } },
  { "ends an update with a count", DESK, { "> 00 00 0003 " LAST " 02", "= update-end", "= bell" } },
  { "is the last of those counted", DESK, { "> 00 00 0001 " LAST " 02", "= update-end", "= bell" } },
  { "after 65536 rectangles", DESK, { "> 00 00 ffff  (0000 0000 0000 0000 " RAW ")*65536 " LAST " 02", "= update-end", "= bell" } },
};

static const GvncScript sizes[] = {
  { "DesktopSize", DESK, { "> 00 00 0001  0000 0000 0008 0003 ffffff21", "= desktop-size 8x3", "= update-end",
                           "> 00 00 0001  0007 0002 0001 0001 " RAW " 332211ff", "= rect 7,2 1x1 112233", "= update-end" } },
  { "smaller", DESK, { "> 00 00 0001  0000 0000 0001 0001 ffffff21", "= desktop-size 1x1", "= update-end",
                       "> 00 00 0001  0001 0000 0001 0001 " RAW, "# *leaves its 1×1*" } },
  { "the same size", DESK, { "> 00 00 0001  0000 0000 0004 0002 ffffff21", "= update-end" } },
  { "position means nothing", DESK, { "> 00 00 0001  ffff ffff 0005 0005 ffffff21", "= desktop-size 5x5", "= update-end" } },
  { "no pixel", DESK, { "> 00 00 0001  0000 0000 0000 0005 ffffff21", "# *no pixel*0×5" } },
  { "too wide", DESK, { "> 00 00 0001  0000 0000 8000 0005 ffffff21", "# *32768×5*32767*" } },
  { "too many pixels", DESK, { "> 00 00 0001  0000 0000 7fff 7fff ffffff21", "# *32767×32767*134217728*" } },
  { "between two rectangles", DESK, { "> 00 00 0003  0000 0000 0001 0001 " RAW " 332211ff  0000 0000 0005 0002 ffffff21"
                                      "  0004 0000 0001 0001 " RAW " 665544ff",
                                      "= rect 0,0 1x1 112233", "= desktop-size 5x2", "= rect 4,0 1x1 445566", "= update-end" } },
  { "extended, by the server", DESK, { "> 00 00 0001  0000 0000 0005 0005 fffffecc 01 000000  00000007 0000 0000 0005 0005 00000009",
                                       "= desktop-size 5x5", "= screens 0 0 7:0,0+5x5/9", "= update-end" } },
  { "extended, of the same size", DESK, { "> 00 00 0001  0000 0000 0004 0002 fffffecc 01 000000  00000007 0000 0000 0004 0002 00000000",
                                          "= screens 0 0 7:0,0+4x2/0", "= update-end" } },
  { "extended, at our wish", DESK, { "> 00 00 0001  0001 0000 0005 0005 fffffecc 01 000000  00000007 0000 0000 0005 0005 00000000",
                                     "= desktop-size 5x5", "= screens 1 0 7:0,0+5x5/0", "= update-end" } },
  { "extended, refused", DESK, { "> 00 00 0001  0001 0001 0009 0009 fffffecc 01 000000  00000007 0000 0000 0004 0002 00000000",
                                 "= screens 1 1 refused", "= update-end" } },
  { "extended, refused with a size that cannot be", DESK, { "> 00 00 0001  0001 0003 0000 0000 fffffecc 00 000000",
                                                            "= screens 1 3 refused", "= update-end" } },
  { "extended, by another client", DESK, { "> 00 00 0001  0002 0000 0005 0005 fffffecc 00 000000",
                                           "= desktop-size 5x5", "= screens 2 0", "= update-end" } },
  { "extended, no screen", DESK, { "> 00 00 0001  0000 0000 0005 0005 fffffecc 00 000000 02",
                                   "= desktop-size 5x5", "= screens 0 0", "= update-end", "= bell" } },
  { "extended, 255 screens of one number", DESK, { "> 00 00 0001  0000 0000 0005 0005 fffffecc ff ffffff"
                                                   " (00000001 0000 0000 0001 0001 00000000)*255 02",
                                                   "= desktop-size 5x5", "= screens 0 0 1:0,0+1x1/0", "= update-end", "= bell" } },
  { "extended, screens outside are left out", DESK, { "> 00 00 0001  0000 0000 0008 0004 fffffecc 05 000000"
                                                      " 00000001 0000 0000 0009 0001 00000000  00000002 0000 0000 0004 0004 00000000"
                                                      " 00000003 0004 0000 0004 0004 00000005  00000004 0000 0000 0000 0004 00000000"
                                                      " ffffffff 0008 0004 ffff ffff ffffffff",
                                                      "= desktop-size 8x4", "= screens 0 0 2:0,0+4x4/0 3:4,0+4x4/5", "= update-end" } },
  { "extended, too wide", DESK, { "> 00 00 0001  0000 0000 ffff 0005 fffffecc 00 000000", "# *65535×5*" } },
  { "a wish names the server's screen", DESK, { "> 00 00 0001  0000 0000 0004 0002 fffffecc 02 000000"
                                                " 00000007 0000 0000 0004 0002 00000009 00000008 0000 0000 0001 0001 00000000",
                                                "= screens 0 0 7:0,0+4x2/9 8:0,0+1x1/0", "= update-end", "! size 6x5",
                                                "< fb 00 0006 0005 01 00 00000007 0000 0000 0006 0005 00000009" } },
  { "a refusal names no screen", DESK, { "> 00 00 0002  0000 0000 0004 0002 fffffecc 01 000000  00000007 0000 0000 0004 0002 00000009"
                                         " 0001 0002 0004 0002 fffffecc 01 000000  00000001 0000 0000 0004 0002 00000000",
                                         "= screens 0 0 7:0,0+4x2/9", "= screens 1 2 refused", "= update-end", "! size 6x5",
                                         "< fb 00 0006 0005 01 00 00000007 0000 0000 0006 0005 00000009" } },
  { "a wish for two screens", DESK, { "! layout 8x4 1:0,0+4x4/0 2:4,0+4x4/3",
                                      "< fb 00 0008 0004 02 00 00000001 0000 0000 0004 0004 00000000 00000002 0004 0000 0004 0004 00000003" } },
};

static const GvncScript names[] = {
  { "a name", DESK, { "> 00 00 0001  0000 0000 0000 0000 fffffecd 00000003 'new' 02", "= desktop-name 'new'", "= update-end", "= bell" } },
  { "an empty name", DESK, { "> 00 00 0001  0000 0000 0000 0000 fffffecd 00000000 02", "= desktop-name ''", "= update-end", "= bell" } },
  { "two names", DESK, { "> 00 00 0002  0000 0000 0000 0000 fffffecd 00000001 'a'  0000 0000 0000 0000 fffffecd 00000001 'b'",
                         "= desktop-name 'a'", "= desktop-name 'b'", "= update-end" } },
  { "the longest name", DESK, { "> 00 00 0001  0000 0000 0000 0000 fffffecd 00010000 61*65536", "= desktop-name 65536 bytes", "= update-end" } },
  { "a name that is too long", DESK, { "> 00 00 0001  0000 0000 0000 0000 fffffecd 00010001", "# *65537 bytes; at most 65536*" } },
};

static const GvncScript cursors[] = {
  { "Cursor", DESK, { "> 00 00 0001  0001 0000 0002 0001 ffffff11 332211ff 665544ff 40", "= cursor 2x1 1,0 00000000 445566ff", "= update-end" } },
  { "Cursor, none", DESK, { "> 00 00 0001  0000 0000 0000 0000 ffffff11 02", "= cursor none", "= update-end", "= bell" } },
  { "Cursor without width", DESK, { "> 00 00 0001  0000 0000 0000 0005 ffffff11 02", "= cursor none", "= update-end", "= bell" } },
  { "Cursor, hot spot outside", DESK, { "> 00 00 0001  ffff 0005 0001 0001 ffffff11 332211ff 80", "= cursor 1x1 0,0 112233ff", "= update-end" } },
  { "Cursor, the largest", DESK, { "> 00 00 0001  0000 0000 0200 0001 ffffff11 (332211ff)*512 ff*64", "= cursor 512x1 0,0 2048 bytes", "= update-end" } },
  { "Cursor, too wide", DESK, { "> 00 00 0001  0000 0000 0201 0001 ffffff11", "# *cursor of 513×1 pixels; at most 512×512*" } },
  { "Cursor, too high", DESK, { "> 00 00 0001  0000 0000 0000 0401 ffffff11", "# *cursor of 0×1025 *" } },
  { "XCursor", DESK, { "> 00 00 0001  0000 0000 0003 0001 ffffff10 112233 445566 80 c0", "= cursor 3x1 0,0 112233ff 445566ff 00000000", "= update-end" } },
  { "XCursor, none", DESK, { "> 00 00 0001  0000 0000 0000 0000 ffffff10 02", "= cursor none", "= update-end", "= bell" } },
  { "XCursor of nine columns", DESK, { "> 00 00 0001  0008 0000 0009 0001 ffffff10 112233 445566 0080 0080",
                                       "= cursor 9x1 8,0 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 112233ff",
                                       "= update-end" } },
  { "XCursor, too high", DESK, { "> 00 00 0001  0000 0000 0001 ffff ffffff10", "# *cursor of 1×65535 *" } },
  { "alpha", DESK, { "> 00 00 0001  0000 0000 0002 0001 fffffec6 " RAW " 80000080 11223300", "= cursor 2x1 0,0 ff000080 00000000", "= update-end" } },
  { "alpha, opaque", DESK, { "> 00 00 0001  0000 0000 0001 0001 fffffec6 " RAW " 112233ff", "= cursor 1x1 0,0 112233ff", "= update-end" } },
  { "alpha, more colour than alpha", DESK, { "> 00 00 0001  0000 0000 0001 0001 fffffec6 " RAW " ffff0001", "= cursor 1x1 0,0 ffff0001", "= update-end" } },
  { "alpha in a session of eight bits", DESK, { "! format rgb8", "< 00 000000 08 08 00 01 0007 0007 0003 00 03 06 000000",
                                                "= format 8/8 7<<0 7<<3 3<<6",
                                                "> 00 00 0002  0000 0000 0001 0001 fffffec6 " RAW " 112233ff  0000 0000 0001 0001 " RAW " 07",
                                                "= cursor 1x1 0,0 112233ff", "= rect 0,0 1x1 ff0000", "= update-end" } },
  { "alpha, none", DESK, { "> 00 00 0001  0000 0000 0000 0000 fffffec6 " RAW " 02", "= cursor none", "= update-end", "= bell" } },
  { "alpha as RRE", DESK, { "> 00 00 0001  0000 0000 0002 0001 fffffec6 00000002 00000001 00000000 ff0000ff 0001 0000 0001 0001",
                            "= cursor 2x1 0,0 00000000 ff0000ff", "= update-end" } },
  { "alpha as a copy", DESK, { "> 00 00 0001  0000 0000 0001 0001 fffffec6 00000001", "# *cursor in the encoding 1*" } },
  { "alpha as a cursor", DESK, { "> 00 00 0001  0000 0000 0001 0001 fffffec6 ffffff11", "# *cursor in the encoding -239*" } },
  { "alpha, too wide", DESK, { "> 00 00 0001  0000 0000 0401 0001 fffffec6", "# *cursor of 1025×1 *" } },
  { "VMware, classic", DESK, { "> 00 00 0001  0001 0000 0002 0001 574d5664 00 00 00000000 ffffffff 332211ff 00000000",
                              "= cursor 2x1 1,0 112233ff 00000000", "= update-end" } },
  { "VMware, inverting", DESK, { "> 00 00 0001  0000 0000 0003 0001 574d5664 00 ff ffffffff ffffffff ffffffff ffffffff 00000000 00000000",
                                "= cursor 3x1 0,0 000000ff ffffffff 00000000", "= update-end" } },
  { "VMware, alpha", DESK, { "> 00 00 0001  0005 0005 0002 0001 574d5664 01 00 11223344 55667700",
                            "= cursor 2x1 1,0 11223344 55667700", "= update-end" } },
  { "VMware, none", DESK, { "> 00 00 0001  0000 0000 0000 0000 574d5664 00 00 02", "= cursor none", "= update-end", "= bell" } },
  { "VMware, of a kind that is none", DESK, { "> 00 00 0001  0000 0000 0001 0001 574d5664 02 00", "# *VMware cursor of the unknown kind 2" } },
  { "VMware, too wide", DESK, { "> 00 00 0001  0000 0000 0401 0001 574d5664", "# *cursor of 1025×1 *" } },
  { "VMware, through a colour map", DESK, { "! format map8", "< 00 000000 08 08 00 00 0000 0000 0000 00 00 00 000000", "= format 8/8 map",
                                           "> 01 00 0000 0002 0000 0000 0000 ffff 8080 0000", "= colours 0: 000000000000 ffff80800000",
                                           "> 00 00 0001  0000 0000 0002 0001 574d5664 00 00 00 ff 01 00",
                                           "= cursor 2x1 0,0 ff8000ff 00000000", "= update-end" } },
  { "VMware, hidden and shown", DESK, { "> 00 00 0002  0000 0000 0000 0000 574d5665 0006  0000 0000 0000 0000 574d5665 0001",
                                       "= cursor-visible 0", "= cursor-visible 1", "= update-end" } },
  { "VMware position", DESK, { "> 00 00 0001  0003 0001 0000 0000 574d5666", "= cursor-moved 3,1", "= update-end" } },
  { "PointerPos", DESK, { "> 00 00 0001  0002 0001 0000 0000 ffffff18", "= cursor-moved 2,1", "= update-end" } },
  { "PointerPos outside", DESK, { "> 00 00 0001  ffff 0002 0000 0000 ffffff18", "= cursor-moved 3,1", "= update-end" } },
  { "Cursor through a colour map", DESK, { "! format map8", "< 00 000000 08 08 00 00 0000 0000 0000 00 00 00 000000", "= format 8/8 map",
                                           "> 01 00 0000 0002 0000 0000 0000 ffff 8080 0000", "= colours 0: 000000000000 ffff80800000",
                                           "> 00 00 0001  0000 0000 0002 0001 ffffff11 01 02 c0", "= cursor 2x1 0,0 ff8000ff 000000ff", "= update-end" } },
};

#define RGB16 "10 10 00 01 001f 003f 001f 0b 05 00 000000"

static const GvncScript others[] = {
  { "WMVi", DESK, { "> 00 00 0002  0000 0000 0003 0003 574d5669 " RGB16 "  0000 0000 0001 0001 " RAW " 00f8",
                    "= format-changed 16/16 31<<11 63<<5 31<<0", "= desktop-size 3x3", "= rect 0,0 1x1 ff0000", "= update-end" } },
  { "WMVi without a change", DESK, { "> 00 00 0001  0000 0000 0004 0002 574d5669 20 18 00 01 00ff 00ff 00ff 10 08 00 000000", "= update-end" } },
  { "WMVi with a format that cannot be", DESK, { "> 00 00 0001  0000 0000 0004 0002 574d5669 00*16", "# *0 bits*" } },
  { "WMVi with a size that cannot be", DESK, { "> 00 00 0001  0000 0000 0004 0000 574d5669 " RGB16, "= format-changed *", "# *4×0" } },
  { "LED state", DESK, { "> 00 00 0001  0000 0000 0001 0001 fffffefb 05 02", "= led-state 5", "= update-end", "= bell" } },
  { "LED state, other bits", DESK, { "> 00 00 0001  0000 0000 0001 0001 fffffefb fa", "= led-state 2", "= update-end" } },
  { "LED state, VMware's", DESK, { "> 00 00 0001  0000 0000 0000 0000 574d5668 fffffff9 02", "= led-state 1", "= update-end", "= bell" } },
  { "LED state, libvncserver's", DESK, { "> 00 00 0003  0002 0000 0000 0000 fffe0000  0080 0000 0000 0000 fffe0000  0300 0000 0000 0000 fffe0000",
                                        "= led-state 4", "= led-state 2", "= led-state 1", "= update-end" } },
  { "key repeat", DESK, { "> 00 00 0001  0000 0000 0000 0000 574d5667 0001 00000064 00000190 02", "= update-end", "= bell" } },
  { "state of a virtual machine", DESK, { "> 00 00 0001  0000 0000 0000 0000 574d566a 0003 02", "= update-end", "= bell" } },
  { "what libvncserver says of itself", DESK,
    { "> 00 00 0003  0040 0000 0040 0000 fffe0001 ff*64  0000 0000 0008 0002 fffe0002 00000000 00000001"
      "  0000 0000 0005 0000 fffe0003 'name' 00  02", "= update-end", "= bell" } },
  { "nothing of itself", DESK, { "> 00 00 0001  0000 0000 0000 0000 fffe0003 02", "= update-end", "= bell" } },
  { "too much of itself", DESK, { "> 00 00 0001  0000 0000 4001 0000 fffe0003", "# *16385 bytes about itself; at most 16384*" } },
  { "more buttons", DESK, { "! pointer 0180 1,1", "< 05 80 0001 0001", "> 00 00 0001  0000 0000 0000 0000 fffffec4", "= extended-buttons", "= update-end",
                            "! pointer 0180 1,1", "< 05 80 0001 0001 03", "! pointer 7f 1,1", "< 05 7f 0001 0001",
                            "! pointer 7fff 3,1", "< 05 ff 0003 0001 ff" } },
  { "pointer mode", DESK, { "> 00 00 0002  0001 0000 0004 0002 fffffeff  0000 0000 0004 0002 fffffeff",
                            "= pointer-mode 1", "= pointer-mode 0", "= update-end" } },
  { "scan codes", DESK, { "> 00 00 0001  0000 0000 0004 0002 fffffefe", "= extended-key", "= update-end" } },
  { "sound", DESK, { "> 00 00 0001  0000 0000 0004 0002 fffffefd", "= audio-available", "= update-end" } },
};

/* What the application has not asked for. */
#define STRANGE(number, glob) { glob, .before = gvnc_script_desk, .lines = { "> 00 00 0001  0000 0000 0001 0001 " number, "# *encoding " glob ", which was never asked for" } }

static const GvncScript strangers[] = {
  STRANGE ("00000001", "1 (CopyRect)"),
  STRANGE ("00000002", "2 (RRE)"),
  STRANGE ("00000004", "4 (CoRRE)"),
  STRANGE ("00000005", "5 (Hextile)"),
  STRANGE ("00000006", "6 (Zlib)"),
  STRANGE ("00000007", "7 (Tight)"),
  STRANGE ("00000008", "8 (ZlibHex)"),
  STRANGE ("0000000f", "15 (TRLE)"),
  STRANGE ("00000010", "16 (ZRLE)"),
  STRANGE ("00000011", "17 (ZYWRLE)"),
  STRANGE ("00000015", "21 (JPEG)"),
  STRANGE ("ffffff21", "-223 (DesktopSize)"),
  STRANGE ("ffffff18", "-232 (PointerPos)"),
  STRANGE ("ffffff11", "-239 (Cursor)"),
  STRANGE ("ffffff10", "-240 (XCursor)"),
  STRANGE ("fffffeff", "-257 (QEMU Pointer Motion Change)"),
  STRANGE ("fffffefe", "-258 (QEMU Extended Key Event)"),
  STRANGE ("fffffefd", "-259 (QEMU Audio)"),
  STRANGE ("fffffefb", "-261 (QEMU LED State)"),
  STRANGE ("fffffecd", "-307 (DesktopName)"),
  STRANGE ("fffffecc", "-308 (ExtendedDesktopSize)"),
  STRANGE ("fffffec8", "-312 (Fence)"),
  STRANGE ("fffffec6", "-314 (Cursor With Alpha)"),
  STRANGE ("fffffec4", "-316 (ExtendedMouseButtons)"),
  STRANGE ("574d5664", "1464686180 (VMware Cursor)"),
  STRANGE ("574d5669", "1464686185 (VMware Display Mode Change)"),
  STRANGE ("fffe0000", "-131072 (KeyboardLedState)"),
  STRANGE ("fffe0003", "-131069 (ServerIdentity)"),
};

static const GvncScript asked[] = {
  { "raw pixels may always come", .before = gvnc_script_desk,
    .lines = { "> 00 00 0001  0000 0000 0001 0001 00000000 332211ff", "= rect 0,0 1x1 112233", "= update-end" } },
  { "pixels in an encoding that was asked for before", .before = gvnc_script_desk,
    .lines = { "! encodings 2", "< 02 00 0001 00000002", "! encodings 0", "< 02 00 0001 00000000",
               "> 00 00 0001  0000 0000 0001 0001 00000002 00000000 332211ff", "= rect 0,0 1x1 112233", "= update-end" } },
  { "the compact form of what was asked for", .before = gvnc_script_desk,
    .lines = { "! encodings 2", "< 02 00 0001 00000002",
               "> 00 00 0001  0000 0000 0001 0001 00000004 00000000 332211ff", "= rect 0,0 1x1 112233", "= update-end" } },
  { "not the full form of it", .before = gvnc_script_desk,
    .lines = { "! encodings 4", "< 02 00 0001 00000004", "> 00 00 0001  0000 0000 0001 0001 00000002", "# *encoding 2 (RRE), which was never asked for" } },
  { "a cursor in pixels that were not asked for", .before = gvnc_script_desk,
    .lines = { "! encodings -314", "< 02 00 0001 fffffec6", "> 00 00 0001  0000 0000 0001 0001 fffffec6 00000010",
               "# *encoding 16 (ZRLE), which was never asked for" } },
  { "the last rectangle may come", .before = gvnc_script_desk,
    .lines = { "> 00 00 ffff  0000 0000 0000 0000 ffffff20", "= update-end" } },
  { "what was asked for once may come", .before = gvnc_script_desk,
    .lines = { "! encodings -239", "< 02 00 0001 ffffff11", "! encodings 0", "< 02 00 0001 00000000",
               "> 00 00 0001  0000 0000 0000 0000 ffffff11", "= cursor none", "= update-end" } },
  { "what was asked for but is unknown here", .before = gvnc_script_desk,
    .lines = { "! encodings 42", "< 02 00 0001 0000002a", "> 00 00 0001  0000 0000 0001 0001 0000002a",
               "# *encoding 42, which is not known here" } },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_scripts_add ("/session/update", updates, G_N_ELEMENTS (updates));
  gvnc_scripts_add ("/session/last", lasts, G_N_ELEMENTS (lasts));
  gvnc_scripts_add ("/session/size", sizes, G_N_ELEMENTS (sizes));
  gvnc_scripts_add ("/session/name", names, G_N_ELEMENTS (names));
  gvnc_scripts_add ("/session/cursor", cursors, G_N_ELEMENTS (cursors));
  gvnc_scripts_add ("/session/other", others, G_N_ELEMENTS (others));
  gvnc_scripts_add ("/session/never-asked", strangers, G_N_ELEMENTS (strangers));
  gvnc_scripts_add ("/session/asked", asked, G_N_ELEMENTS (asked));
  return g_test_run ();
}
