/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/drive.h"

/* What VeNCrypt and TLS 18 refuse; tests/session has them in their handshake, where layers are asked for in order. */

static const GvncRefused vencrypt_rows[] = {
  { "a good subtype", "00 02  00  01 00000101  01", NULL },
  { "255 subtypes, one of them good", "00 02  00  ff 00000fff*254 00000101  01", NULL },
  { "version 0.0", "00 00", "*version is 0.0*" },
  { "no agreement to version 0.2", "00 02  ff", "*does not agree to version 0.2*" },
  { "no agreement to version 0.1", "00 01  01", "*does not agree to version 0.1*" },
  { "no subtype", "00 02  00  00", "*no subtype of VeNCrypt" },
  { "subtypes that nobody knows", "00 02  00  02 ffffffff 00000000", "*does not speak: 4294967295, 0" },
  { "VeNCrypt and TLS within VeNCrypt", "00 02  00  02 00000013 00000012", "*does not speak: 19, 18" },
  { "subtypes of version 0.1 that nobody knows", "00 01  00  01 ff", "*does not speak: 255" },
  { "TLS that cannot begin", "00 02  00  01 00000101  00", "*cannot begin TLS*" },
};

static const GvncRefused tls18_rows[] = {
  { "a good type and one that is none", "02 02 00", NULL },
  { "255 types, one of them good", "ff c8*254 02", NULL },
  { "no type inside", "00", "*no security type inside of TLS" },
  { "types inside that nobody knows", "02 c8 00", "*does not speak: 200, 0" },
  { "TLS and VeNCrypt within TLS", "03 12 13 00", "*does not speak: 18, 19, 0" },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_refused_add ("/security/vencrypt/refused", &gvnc_security_vencrypt, vencrypt_rows, G_N_ELEMENTS (vencrypt_rows));
  gvnc_refused_add ("/security/tls18/refused", &gvnc_security_tls, tls18_rows, G_N_ELEMENTS (tls18_rows));
  return g_test_run ();
}
