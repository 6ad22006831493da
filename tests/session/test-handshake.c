/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/script.h"

/* From the first byte to ServerInit. */

#define INIT_2x2   "> 0002 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000004 'desk'"
/* What a server of version 3.3 is told then. */
#define FORMAT_2x2 "< 00 000000  20 18 00 01 00ff 00ff 00ff 10 08 00 000000"
#define DESK_2x2   "= initialized 2x2 32/24 255<<16 255<<8 255<<0 'desk'"

/* Up to the choice of None. */
#define NONE_38    "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 01", "= auth-types 1", "! type 1", "< 01"

static const GvncScript versions[] = {
  { "3.3", .lines = { "> 'RFB 003.003\n'", "< 'RFB 003.003\n'", "> 00000001", "= auth-types 1", "! type 1", "< 00",
                      INIT_2x2, DESK_2x2, FORMAT_2x2 } },
  { "3.3 with a colour map, of which it is not told",
    .lines = { "> 'RFB 003.003\n'", "< 'RFB 003.003\n'", "> 00000001", "= auth-types 1", "! type 1", "< 00",
               "> 0002 0002  08 08 00 00 0000 0000 0000 00 00 00 000000  00000004 'desk'", "= initialized 2x2 *" } },
  { "3.4 is taken as 3.3", .lines = { "> 'RFB 003.004\n'", "< 'RFB 003.003\n'", "> 00000001", "= auth-types 1" } },
  { "3.5 is taken as 3.3", .lines = { "> 'RFB 003.005\n'", "< 'RFB 003.003\n'", "> 00000001", "= auth-types 1" } },
  { "3.6 is taken as 3.3", .lines = { "> 'RFB 003.006\n'", "< 'RFB 003.003\n'", "> 00000001", "= auth-types 1" } },
  { "3.7", .lines = { "> 'RFB 003.007\n'", "< 'RFB 003.007\n'", "> 01 01", "= auth-types 1", "! type 1", "< 01 00",
                      INIT_2x2, DESK_2x2 } },
  { "3.8", .lines = { NONE_38, "> 00000000", "< 00", INIT_2x2, DESK_2x2 } },
  { "3.9 is taken as 3.8", .lines = { "> 'RFB 003.009\n'", "< 'RFB 003.008\n'", "> 01 01", "= auth-types 1" } },
  { "3.14 of UltraVNC is taken as 3.3", .lines = { "> 'RFB 003.014\n'", "< 'RFB 003.003\n'", "> 00000001", "= auth-types 1" } },
  { "3.16 of UltraVNC is taken as 3.3", .lines = { "> 'RFB 003.016\n'", "< 'RFB 003.003\n'", "> 00000001", "= auth-types 1" } },
  { "3.889 of Apple is taken as 3.8", .lines = { "> 'RFB 003.889\n'", "< 'RFB 003.008\n'", "> 01 01", "= auth-types 1" } },
  { "4.0 of Intel is taken as 3.8", .lines = { "> 'RFB 004.000\n'", "< 'RFB 003.008\n'", "> 01 01", "= auth-types 1" } },
  { "4.1 of RealVNC is taken as 3.8", .lines = { "> 'RFB 004.001\n'", "< 'RFB 003.008\n'", "> 01 01", "= auth-types 1" } },
  { "5.0 of RealVNC is taken as 3.8", .lines = { "> 'RFB 005.000\n'", "< 'RFB 003.008\n'", "> 01 01", "= auth-types 1" } },
  { "0.0 of a repeater is refused", .lines = { "> 'RFB 000.000\n'", "# *repeater*" } },
  { "2.0 is too old", .lines = { "> 'RFB 002.000\n'", "# *version 2.0; 3.3 or later*" } },
  { "3.2 is too old", .lines = { "> 'RFB 003.002\n'", "# *version 3.2; 3.3 or later*" } },
  { "letters in place of digits", .lines = { "> 'RFB 003.00x\n'", "# *“RFB 003.00x*makes no sense" } },
  { "a comma in place of the full stop", .lines = { "> 'RFB 003,008\n'", "# *makes no sense" } },
  { "no end of line", .lines = { "> 'RFB 003.008\r'", "# *makes no sense" } },
  { "a server of HTTP", .lines = { "> 'HTTP'", "# *“HTTP”, not “RFB ”" } },
  { "a server of SSH", .lines = { "> 'SSH-2.0-x'", "# *“SSH-”, not “RFB ”" } },
  { "bytes that are no text", .lines = { "> 00ff80 0a", "# *not “RFB ”" } },
  { "a hint before the server's greeting", .lines = { "! hint", "< 'RFB '", "> 'RFB 003.008\n'", "< '003.008\n'",
                                                     "> 01 01", "= auth-types 1" } },
  { "two hints are one", .lines = { "! hint", "< 'RFB '", "! hint", "> 'RFB 003.003\n'", "< '003.003\n'" } },
  { "a hint after the greeting is none", .lines = { "> 'RFB '", "! hint", "> '003.008\n'", "< 'RFB 003.008\n'" } },
};

static const GvncScript lists[] = {
  { "3.3 refuses with a reason", .lines = { "> 'RFB 003.003\n'", "< 'RFB 003.003\n'", "> 00000000 00000006 'closed'",
                                            "# The server refuses the connection: closed", "= auth-failure 'closed'" } },
  { "3.7 offers nothing and says why", .lines = { "> 'RFB 003.007\n'", "< 'RFB 003.007\n'", "> 00 00000006 'closed'",
                                                  "# The server refuses the connection: closed", "= auth-failure 'closed'" } },
  { "3.8 offers nothing and says why", .lines = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 00 00000006 'closed'",
                                                  "# The server refuses the connection: closed", "= auth-failure 'closed'" } },
  { "3.8 offers nothing without a reason", .lines = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 00 00000000",
                                                      "# The server refuses the connection: *no reason",
                                                      "= auth-failure '*no reason'" } },
  { "a reason that is too long", .lines = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 00 00010001",
                                            "# *65537 bytes; at most 65536*" } },
  { "a reason with control characters and no UTF-8",
    .lines = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 00 00000006 'a' 0a 07 ff 'b' 00",
               "# The server refuses the connection: a*b*", "= auth-failure 'a*b*'" } },
  { "a reason as long as can be is cut", .lines = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 00 00010000 78*65536",
                                                    "# The server refuses the connection: xxx*x…", "= auth-failure * bytes" } },
  { "types that we cannot do are left out", .lines = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 05 c9 02 c8 01 ca",
                                                       "= auth-types 2 1" } },
  { "nothing but types that we cannot do", .lines = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 02 c9 c8",
                                                      "= auth-unsupported 201", "# *does not speak: 201, 200" } },
  { "3.3 decides for a type that we cannot do", .lines = { "> 'RFB 003.003\n'", "< 'RFB 003.003\n'", "> 000000c9",
                                                           "= auth-unsupported 201", "# *does not speak: 201" } },
  { "3.3 decides for a number that is no type", .lines = { "> 'RFB 003.003\n'", "< 'RFB 003.003\n'", "> ffffffff",
                                                           "= auth-unsupported 4294967295", "# *4294967295" } },
  { "255 types", .lines = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> ff c8*254 01", "= auth-types 1" } },
  { "the same type twice", .lines = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 02 01 01", "= auth-types 1 1" } },
  { "a choice that was not offered", .lines = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 01", "= auth-types 1",
                                                "! type 2", "= auth-unsupported 2", "# *security type 2*does not offer" } },
  { "a choice before the offer does nothing", .lines = { "! type 1", "> 'RFB 003.008\n'", "< 'RFB 003.008\n'",
                                                         "> 01 01", "= auth-types 1" } },
  { "a second choice does nothing", .lines = { NONE_38, "! type 1", "> 00000000", "< 00" } },
};

#define VNC_38 "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 02", "= auth-types 2", "! type 2", "< 02", \
               "> 000102030405060708090a0b0c0d0e0f", "= auth-credentials 0"
#define VNC_33 "> 'RFB 003.003\n'", "< 'RFB 003.003\n'", "> 00000002", "= auth-types 2", "! type 2", \
               "> 000102030405060708090a0b0c0d0e0f", "= auth-credentials 0"
#define VNC_37 "> 'RFB 003.007\n'", "< 'RFB 003.007\n'", "> 01 02", "= auth-types 2", "! type 2", "< 02", \
               "> 000102030405060708090a0b0c0d0e0f", "= auth-credentials 0"
/* the challenge above and "password", see tests/security */
#define ANSWER "< b866924125c8eebb9debc1db61c538e2"

static const GvncScript authentication[] = {
  { "None in 3.8 has a result", .lines = { NONE_38, "> 00000000", "< 00" } },
  { "None in 3.8 can fail", .lines = { NONE_38, "> 00000001 00000004 'full'", "# Authentication failed: full",
                                       "= auth-failure 'full'" } },
  { "the shared flag", .lines = { "! shared 1", NONE_38, "> 00000000", "< 01" } },
  { "the shared flag changes its mind", .lines = { "! shared 1", NONE_38, "! shared 0", "> 00000000", "< 00" } },
  { "VNC in 3.8", .lines = { VNC_38, "! password password", ANSWER, "> 00000000", "< 00", INIT_2x2, DESK_2x2 } },
  { "VNC in 3.7", .lines = { VNC_37, "! password password", ANSWER, "> 00000000", "< 00", INIT_2x2, DESK_2x2 } },
  { "VNC in 3.3", .lines = { VNC_33, "! password password", ANSWER, "> 00000000", "< 00", INIT_2x2, DESK_2x2, FORMAT_2x2 } },
  { "only eight characters count", .lines = { VNC_38, "! password password and more", ANSWER, "> 00000000", "< 00" } },
  { "an empty password", .lines = { VNC_38, "! password ", "< 491e890de9ace932838a49792f2213f3", "> 00000000", "< 00" } },
  { "credentials before they are asked for do nothing",
    .lines = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 02", "= auth-types 2", "! password early", "! type 2",
               "< 02", "! password early", "> 00*16", "= auth-credentials 0" } },
  { "a failure in 3.8 has a reason", .lines = { VNC_38, "! password password", ANSWER, "> 00000001 00000005 'wrong'",
                                                "# Authentication failed: wrong", "= auth-failure 'wrong'" } },
  { "a failure in 3.7 has none", .lines = { VNC_37, "! password password", ANSWER, "> 00000001",
                                            "# Authentication failed: *", "= auth-failure '*credentials'" } },
  { "a failure in 3.3 has none", .lines = { VNC_33, "! password password", ANSWER, "> 00000001",
                                            "# Authentication failed: *", "= auth-failure '*credentials'" } },
  { "too many attempts in 3.8", .lines = { VNC_38, "! password password", ANSWER, "> 00000002 00000004 'wait'",
                                           "# Authentication failed: wait", "= auth-failure 'wait'" } },
  { "too many attempts in 3.3", .lines = { VNC_33, "! password password", ANSWER, "> 00000002",
                                           "# Authentication failed: *too many*", "= auth-failure *" } },
  { "an unknown result", .lines = { VNC_38, "! password password", ANSWER, "> 00000003", "# *unknown security result 3" } },
  { "a failure with an over-long reason", .lines = { VNC_38, "! password password", ANSWER, "> 00000001 ffffffff",
                                                     "# *4294967295 bytes; at most 65536*", "= auth-failure *" } },
  { "a failure with an empty reason", .lines = { VNC_38, "! password password", ANSWER, "> 00000001 00000000",
                                                 "# Authentication failed: *no reason", "= auth-failure *no reason'" } },
  { "a failure with a reason that is no UTF-8", .lines = { VNC_38, "! password password", ANSWER,
                                                           "> 00000001 00000003 41 e9 42", "# Authentication failed: A*B",
                                                           "= auth-failure 'A*B'" } },
};

/* Up to what comes behind ServerInit when Tight was chosen. */
#define TIGHT_38 "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 02 10 02", "= auth-types 16 2", "! type 16", "< 10", \
                 "> 00000000 00000000 00000000", "< 00", INIT_2x2
#define TIGHT_CAPABILITIES "(00000000 'TGHTSOMETHIN')"

static const GvncScript tight[] = {
  { "capabilities", .lines = { TIGHT_38, "> 0001 0002 0003 0000", "> " TIGHT_CAPABILITIES "*6", DESK_2x2 } },
  { "no capabilities", .lines = { TIGHT_38, "> 0000 0000 0000 ffff", DESK_2x2 } },
  { "the most of one kind", .lines = { TIGHT_38, "> 0000 0100 0000 0000", "> " TIGHT_CAPABILITIES "*256", DESK_2x2 } },
  { "too many of one kind", .lines = { TIGHT_38, "> 0000 0101 0000 0000", "# *257 Tight capabilities; at most 256*" } },
  { "too many of another", .lines = { TIGHT_38, "> 0001 0000 ffff 0000", "# *65535 Tight capabilities; at most 256*" } },
  { "None in 3.7 has no result", .lines = { "> 'RFB 003.007\n'", "< 'RFB 003.007\n'", "> 01 10", "= auth-types 16", "! type 16",
                                            "< 10", "> 00000000 00000001 00000001 'STDVNOAUTH__'", "< 00000001 00",
                                            INIT_2x2, "> 0000 0000 0000 0000", DESK_2x2 } },
  { "a choice within", .lines = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 10", "= auth-types 16", "! type 16", "< 10",
                                  "> 00000000 00000002 00000001 'STDVNOAUTH__' 00000002 'STDVVNCAUTH_'",
                                  "= auth-subtypes 1 2", "! subtype 2", "< 00000002", "> 00*16", "= auth-credentials 0" } },
};

/* ServerInit with @size and @format. */
#define INIT(size, format, name) .lines = { NONE_38, "> 00000000", "< 00", "> " size " " format " " name
#define FORMAT32 "20 18 00 01 00ff 00ff 00ff 10 08 00 000000"

static const GvncScript inits[] = {
  { "no width", INIT ("0000 0001", FORMAT32, "00000000"), "# *no pixel*0×1" } },
  { "no height", INIT ("0001 0000", FORMAT32, "00000000"), "# *no pixel*1×0" } },
  { "too wide", INIT ("8000 0001", FORMAT32, "00000000"), "# *32768×1*at most 32767*" } },
  { "too high", INIT ("0001 ffff", FORMAT32, "00000000"), "# *1×65535*at most 32767*" } },
  { "too many pixels", INIT ("7fff 7fff", FORMAT32, "00000000"), "# *32767×32767*at most 134217728*" } },
  { "the widest", INIT ("7fff 0001", FORMAT32, "00000000"), "= initialized 32767x1 * ''" } },
  { "no name", INIT ("0001 0001", FORMAT32, "00000000"), "= initialized 1x1 * ''" } },
  { "a name that is no UTF-8", INIT ("0001 0001", FORMAT32, "00000003 41 e9 42"), "= initialized 1x1 * 'A\\xe9B'" } },
  { "the longest name", INIT ("0001 0001", FORMAT32, "00010000 61*65536"), "= initialized 1x1 * 65536 bytes" } },
  { "a name that is too long", INIT ("0001 0001", FORMAT32, "00010001"), "# *65537 bytes; at most 65536*" } },
  { "a pixel of 24 bits", INIT ("0001 0001", "18 18 00 01 00ff 00ff 00ff 10 08 00 000000", "00000000"), "# *24 bits*" } },
  { "a pixel of no bits", INIT ("0001 0001", "00 18 00 01 00ff 00ff 00ff 10 08 00 000000", "00000000"), "# *0 bits*" } },
  { "a colour of no bits", INIT ("0001 0001", "20 18 00 01 0000 00ff 00ff 10 08 00 000000", "00000000"), "# *red is 0*" } },
  { "a maximum that is none", INIT ("0001 0001", "20 18 00 01 00ff 00fe 00ff 10 08 00 000000", "00000000"), "# *green is 254*" } },
  { "a colour that leaves the pixel", INIT ("0001 0001", "20 18 00 01 00ff 00ff 00ff 10 08 19 000000", "00000000"), "# *blue*leaves*" } },
  { "a colour that lies far away", INIT ("0001 0001", "20 18 00 01 00ff 00ff 00ff ff 08 00 000000", "00000000"), "# *red*leaves*" } },
  { "colours that overlap", INIT ("0001 0001", "20 18 00 01 00ff 00ff 00ff 10 08 07 000000", "00000000"), "# *blue*overlaps*" } },
  { "true colour of 255 is true", INIT ("0001 0001", "20 18 00 ff 00ff 00ff 00ff 10 08 00 ffffff", "00000000"),
    "= initialized 1x1 32/24 255<<16 255<<8 255<<0 ''" } },
  { "a colour map needs no maxima", INIT ("0001 0001", "08 08 00 00 0000 1234 0000 ff ff ff 000000", "00000000"),
    "= initialized 1x1 8/8 map ''" } },
  { "16 bits, big end first", INIT ("0001 0001", "10 10 01 01 001f 003f 001f 0b 05 00 000000", "00000000"),
    "= initialized 1x1 16/16 big 31<<11 63<<5 31<<0 ''" } },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_scripts_add ("/session/version", versions, G_N_ELEMENTS (versions));
  gvnc_scripts_add ("/session/list", lists, G_N_ELEMENTS (lists));
  gvnc_scripts_add ("/session/authentication", authentication, G_N_ELEMENTS (authentication));
  gvnc_scripts_add ("/session/tight", tight, G_N_ELEMENTS (tight));
  gvnc_scripts_add ("/session/init", inits, G_N_ELEMENTS (inits));
  return g_test_run ();
}
