/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/peer.h"
#include "lib/watch.h"
#include "session/engine.h"

#include <stdio.h>

/* Servers that announce TLS, and then speak something else, or badly. */

/* What comes in place of TLS, or is no proper TLS, right behind the byte that announces it. Records are U8 kind | U16 version |
 * U16 length; messages of the handshake U8 kind | U24 length (RFC 5246 sections 6.2.1 and 7.4). */
typedef struct {
  const char *name;
  const char *wire;
  const char *error;
} Broken;

#define RECORD(len)    "16 0303 " len " "
#define HELLO(cipher)  RECORD ("002a") "02 000026 0303 55*32 00 " cipher " 00 "
#define DONE           RECORD ("0004") "0e 000000"
#define ANON_DH        HELLO ("00a6")       /* with AES-128 in GCM */
#define PRIME(prime, generator, key) \
  RECORD ("010b") "0c 000107 0080 " prime " 0001 " generator " 0080 " key " " DONE
#define ECDHE_ECDSA    HELLO ("c02b")

static const Broken broken_anonymous[] = {
  { "no TLS", "47 61 72 62 61 67 65 20*100", "No TLS link to the server could be made: *" },
  { "a record that is too long", RECORD ("ffff") "00*65535", "What the server sends is not TLS: *" },
  { "a message that is too long", RECORD ("4000") "02 030000 00*16380 (" RECORD ("4000") "00*16384)*12", "*message of the TLS handshake with more than the 65536 bytes*" },
  { "an alert", "15 0303 0002 02 28", "The server broke the TLS link off: *" },
  { "an alert of one byte", "15 0303 0001 02", "No TLS link to the server could be made: *" },
  { "a kind of record that nobody knows", "63 0303 0001 00", "No TLS link to the server could be made: *" },
  { "data before its time", "17 0303 0001 00", "No TLS link to the server could be made: *" },
  { "a version that is too old", RECORD ("002a") "02 000026 0300 55*32 00 00a6 00", "What the server sends is not TLS: *" },
  { "a version that nobody knows", RECORD ("002a") "02 000026 0399 55*32 00 00a6 00", "What the server sends is not TLS: *" },
  { "a cipher that was not offered", HELLO ("0000"), "No TLS link to the server could be made: *" },
  { "a compression that was not offered", RECORD ("002a") "02 000026 0303 55*32 00 00a6 01", "No TLS link to the server could be made: *" },
  { "a hello that is cut short", RECORD ("0008") "02 000004 0303 5555", "What the server sends is not TLS: *" },
  { "another message than is due", RECORD ("0004") "0e 000000", "No TLS link to the server could be made: *" },
  { "a prime of 0", ANON_DH PRIME ("00*128", "02", "55*128"), "No TLS link to the server could be made: *" },
  { "a prime of 1", ANON_DH PRIME ("00*127 01", "02", "55*128"), "*prime for TLS is too weak; at least 1024 bits*" },
  { "a prime of 504 bits", ANON_DH RECORD ("0089") "0c 000085 003f ff*63 0001 02 003f 55*63 " DONE, "*prime for TLS is too weak; at least 1024 bits*" },
  { "a prime that is cut short", ANON_DH RECORD ("0008") "0c 000004 0080 ffff " DONE, "What the server sends is not TLS: *" },
  { "a generator of 0", ANON_DH PRIME ("ff*128", "00", "55*128"), "No TLS link to the server could be made: *" },
  { "a generator of 1", ANON_DH PRIME ("ff*128", "01", "55*128"), "No TLS link to the server could be made: *" },
  { "a public key of 0", ANON_DH PRIME ("ff*128", "02", "00*128"), "No TLS link to the server could be made: *" },
  { "a public key of 1", ANON_DH PRIME ("ff*128", "02", "00*127 01"), "No TLS link to the server could be made: *" },
  { "a public key of the prime less 1", ANON_DH PRIME ("ff*128", "02", "ff*127 fe"), "No TLS link to the server could be made: *" },
  { "a public key of the prime", ANON_DH PRIME ("ff*128", "02", "ff*128"), "No TLS link to the server could be made: *" },
};

static const Broken broken_x509[] = {
  { "no certificate", ECDHE_ECDSA RECORD ("0007") "0b 000003 000000", "No TLS link to the server could be made: *" },
  { "a certificate of no bytes", ECDHE_ECDSA RECORD ("000a") "0b 000006 000003 000000", "No TLS link to the server could be made: *" },
  { "a certificate that makes no sense", ECDHE_ECDSA RECORD ("001a") "0b 000016 000013 000010 30 0e 55*14", "No TLS link to the server could be made: *" },
  { "a certificate longer than the list", ECDHE_ECDSA RECORD ("001a") "0b 000016 000013 ffffff 30 0e 55*14", "What the server sends is not TLS: *" },
};

static const char *const plain_lines[] = {
  "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 13", "< 13", "> 0002", "< 0002", "> 00",
  "> 01 00000101", "< 00000101", "> 01 00000000", NULL
};

static void
broken_hook (GvncWatch  *watch,
             const char *line)
{
  guint type, number;

  if (sscanf (line, "vnc-auth-choose-subtype %u %u", &type, &number) == 2)
    g_assert_true (vnc_connection_set_auth_subtype (watch->conn, number));
  else if (g_str_equal (line, "vnc-auth-credential 2"))
    vnc_connection_set_credential (watch->conn, VNC_CONNECTION_CREDENTIAL_CLIENTNAME, "");
}

/* The connection ends in an error that reads like @glob. */
static void
broken_run (const char *const *lines,
            const char        *glob)
{
  g_autofree char *line = g_strconcat ("vnc-error ", glob, NULL);
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  watch.hook = broken_hook;
  watch.auth_type = VNC_CONNECTION_AUTH_VENCRYPT;
  peer = gvnc_peer_start (lines, 0, &fd);
  g_assert_true (vnc_connection_open_fd_with_hostname (watch.conn, fd, "server.test"));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_peer_finish (peer);
  g_assert_cmpuint (watch.lines->len, >=, 2);
  g_ptr_array_remove_range (watch.lines, 0, watch.lines->len - 2);   /* what led there */
  gvnc_watch_expect (&watch, line, "vnc-disconnected");
  gvnc_watch_clear (&watch);
}

static void
broken_inside (const Broken *row,
               const char   *subtype)
{
  g_autofree char *offer = g_strconcat ("> 01 ", subtype, NULL), *choice = g_strconcat ("< ", subtype, NULL);
  g_autofree char *tls = g_strconcat ("> 01 ", row->wire, NULL);
  const char *lines[] = {
    "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 13", "< 13", "> 0002", "< 0002", "> 00", offer, choice, tls, NULL
  };

  broken_run (lines, row->error);
}

static void
test_anonymous (gconstpointer row)
{
  broken_inside (row, "00000101");
}

static void
test_x509 (gconstpointer row)
{
  broken_inside (row, "00000104");
}

/* Fewer bytes than a record has, and no more. */
static void
test_none (void)
{
  gvnc_engine_silence_ms = 1000;
  broken_run (plain_lines, "*silent*");
  gvnc_engine_silence_ms = 30000;
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/tls/broken/none", test_none);
  for (guint i = 0; i < G_N_ELEMENTS (broken_anonymous); i++) {
    g_autofree char *path = g_strconcat ("/tls/broken/anonymous/", broken_anonymous[i].name, NULL);

    g_test_add_data_func (path, &broken_anonymous[i], test_anonymous);
  }
  for (guint i = 0; i < G_N_ELEMENTS (broken_x509); i++) {
    g_autofree char *path = g_strconcat ("/tls/broken/certificate/", broken_x509[i].name, NULL);

    g_test_add_data_func (path, &broken_x509[i], test_x509);
  }
  return g_test_run ();
}
