/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/script.h"

/* VeNCrypt and TLS up to the session inside; what TLS itself does is in test-tls.c. */

#define INIT "> 0002 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000004 'desk'"
#define DESK "= initialized 2x2 32/24 255<<16 255<<8 255<<0 'desk'"

#define TYPE_19 "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 13", "= auth-types 19", "! type 19", "< 13"
#define VERSION_02 TYPE_19, "> 00 02", "< 00 02", "> 00"
#define OFFER(number, decimal) VERSION_02, "> 01 0000" number, "= auth-subtypes " decimal, "! subtype " decimal, "< 0000" number
#define TYPE_18 "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 12", "= auth-types 18", "! type 18", "< 12"
#define TYPE_18_37 "> 'RFB 003.007\n'", "< 'RFB 003.007\n'", "> 01 12", "= auth-types 18", "! type 18", "< 12"

#define CHALLENGE "> 000102030405060708090a0b0c0d0e0f"
#define RESPONSE  "< b866924125c8eebb9debc1db61c538e2"

static const GvncScript vencrypt[] = {
  { "anonymous, none", .lines = { OFFER ("0101", "257"), "> 01", "! layer anonymous", "= secured 'anonymous'",
                                  "> 00000000", "< 00", INIT, DESK } },
  { "anonymous, password", .lines = { OFFER ("0102", "258"), "> 01", "! layer anonymous", "= secured 'anonymous'",
                                      CHALLENGE, "= auth-credentials 0", "! password password", RESPONSE,
                                      "> 00000000", "< 00", INIT, DESK } },
  { "anonymous, user and password", .lines = { OFFER ("0103", "259"), "> 01", "! layer anonymous", "= secured 'anonymous'",
                                               "= auth-credentials 1 0", "! username me - secret",
                                               "< 00000002 00000006 'me' 'secret'", "> 00000000", "< 00", INIT, DESK } },
  { "certificate, none", .lines = { OFFER ("0104", "260"), "= auth-credentials 2", "! clientname me", "> 01", "! layer x509",
                                    "= secured 'x509'", "> 00000000", "< 00", INIT, DESK } },
  { "certificate, password", .lines = { OFFER ("0105", "261"), "= auth-credentials 2", "! clientname me", "> 01",
                                        "! layer x509", "= secured 'x509'", CHALLENGE, "= auth-credentials 0",
                                        "! password password", RESPONSE, "> 00000000", "< 00", INIT, DESK } },
  { "certificate, user and password", .lines = { OFFER ("0106", "262"), "= auth-credentials 2", "! clientname ", "> 01",
                                                 "! layer x509", "= secured 'x509'", "= auth-credentials 1 0",
                                                 "! username  - ", "< 00000000 00000000", "> 00000000", "< 00", INIT, DESK } },
  { "the server refuses the password", .lines = { OFFER ("0102", "258"), "> 01", "! layer anonymous", "= secured 'anonymous'",
                                                  CHALLENGE, "= auth-credentials 0", "! password password", RESPONSE,
                                                  "> 00000001 00000002 'no'", "# Authentication failed: no",
                                                  "= auth-failure 'no'" } },
  { "x11vnc refuses user and password with the reason alone",
    .lines = { OFFER ("0103", "259"), "> 01", "! layer anonymous", "= secured 'anonymous'", "= auth-credentials 1 0",
               "! username me - secret", "< 00000002 00000006 'me' 'secret'", "> 00000005 'wrong'",
               "# Authentication failed: wrong", "= auth-failure 'wrong'" } },
  { "wayvnc 0.5 refuses user and password with one byte, and a length that looks like a desktop",
    .lines = { OFFER ("0103", "259"), "> 01", "! layer anonymous", "= secured 'anonymous'", "= auth-credentials 1 0",
               "! username me - secret", "< 00000002 00000006 'me' 'secret'", "> 00 000000", "< 00", "> 1c 00*28",
               "# *no pixel: its size is 7168×0", "= auth-failure '*does not accept these credentials'" } },
  { "a desktop without a pixel after user and password",
    .lines = { OFFER ("0103", "259"), "> 01", "! layer anonymous", "= secured 'anonymous'", "= auth-credentials 1 0",
               "! username me - secret", "< 00000002 00000006 'me' 'secret'", "> 00000000", "< 00", "> 00*24",
               "# *no pixel*" } },
  { "an unknown result for user and password",
    .lines = { OFFER ("0103", "259"), "> 01", "! layer anonymous", "= secured 'anonymous'", "= auth-credentials 1 0",
               "! username me - secret", "< 00000002 00000006 'me' 'secret'", "> ffffffff",
               "# *unknown security result 4294967295" } },
  { "none without TLS", .lines = { OFFER ("0001", "1"), "> 00000000", "< 00", INIT, DESK } },
  { "password without TLS", .lines = { OFFER ("0002", "2"), CHALLENGE, "= auth-credentials 0", "! password password", RESPONSE,
                                       "> 00000000", "< 00", INIT, DESK } },
  { "user and password without TLS are not sent", .lines = { OFFER ("0100", "256"),
                                                             "# *user name and password unencrypted*" } },
  { "what we cannot do is left out", .lines = { VERSION_02, "> 04 00000107*2 00000104 00000101 00000fff",
                                                "= auth-subtypes*260 257" } },
  { "nothing that we can do", .lines = { VERSION_02, "> 02 00000fff 00000000", "# *does not speak: 4095, 0" } },
  { "no subtype", .lines = { VERSION_02, "> 00", "# *no subtype of VeNCrypt" } },
  { "255 subtypes", .lines = { VERSION_02, "> ff 00000fff*254 00000101", "= auth-subtypes 257" } },
  { "a choice that was not offered", .lines = { VERSION_02, "> 01 00000101", "= auth-subtypes 257", "! subtype 260",
                                                "= auth-unsupported 260", "# *subtype 260*does not offer" } },
  { "the server cannot begin", .lines = { OFFER ("0101", "257"), "> 00", "# *cannot begin TLS*" } },
  { "the server does not agree to the version", .lines = { TYPE_19, "> 00 02", "< 00 02", "> ff",
                                                           "# *does not agree to version 0.2*" } },
  { "no version", .lines = { TYPE_19, "> 00 00", "# *0.0*" } },
  { "a later version", .lines = { TYPE_19, "> 01 05", "< 00 02", "> 00 01 00000101", "= auth-subtypes 257" } },
  { "version 0.1", .lines = { TYPE_19, "> 00 01", "< 00 01", "> 00 03 14 17 63", "= auth-subtypes 257 260", "! subtype 260",
                              "< 17", "= auth-credentials 2", "! clientname me", "> 01", "! layer x509", "= secured 'x509'",
                              "> 00000000", "< 00", INIT, DESK } },
};

static const GvncScript tls[] = {
  { "none", .lines = { TYPE_18, "! layer anonymous", "= secured 'anonymous'", "> 01 01", "= auth-subtypes 1", "! subtype 1",
                       "< 01", "> 00000000", "< 00", INIT, DESK } },
  { "none before 3.8 has no result", .lines = { TYPE_18_37, "! layer anonymous", "= secured 'anonymous'", "> 01 01",
                                                "= auth-subtypes 1", "! subtype 1", "< 01 00", INIT, DESK } },
  { "password", .lines = { TYPE_18, "! layer anonymous", "= secured 'anonymous'", "> 02 02 01", "= auth-subtypes 2 1",
                           "! subtype 2", "< 02", CHALLENGE, "= auth-credentials 0", "! password password", RESPONSE,
                           "> 00000000", "< 00", INIT, DESK } },
  { "TLS within TLS is left out", .lines = { TYPE_18, "! layer anonymous", "= secured 'anonymous'", "> 03 12 13 02",
                                             "= auth-subtypes 2" } },
  { "nothing that we can do", .lines = { TYPE_18, "! layer anonymous", "= secured 'anonymous'", "> 02 12 c8",
                                         "# *inside of TLS that this client does not speak: 18, 200" } },
  { "an empty list", .lines = { TYPE_18, "! layer anonymous", "= secured 'anonymous'", "> 00",
                                "# *no security type inside of TLS" } },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_scripts_add ("/vencrypt", vencrypt, G_N_ELEMENTS (vencrypt));
  gvnc_scripts_add ("/tls18", tls, G_N_ELEMENTS (tls));
  return g_test_run ();
}
