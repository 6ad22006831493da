/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/drive.h"
#include "wire/rfb.h"

#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <nettle/aes.h>
#include <string.h>

/* Types that lead to others, Tight and xvp, and Apple's type with RSA. */

static const GvncDriveApp app = { "password", "user", 2 };

#define NO_TUNNEL  "00000000 'TGHTNOTUNNEL'"
#define NO_AUTH    "00000001 'STDVNOAUTH__'"
#define VNC_AUTH   "00000002 'STDVVNCAUTH_'"
#define VENCRYPT   "00000013 'VENCVENCRYPT'"
#define UNIX_LOGIN "00000081 'TGHTULGNAUTH'"
#define CHALLENGE  "000102030405060708090a0b0c0d0e0f"
#define RESPONSE   "b866924125c8eebb9debc1db61c538e2"

typedef struct {
  const char *name;
  const char *wire;
  const char *sent;
  guint32     type;      /* that it ends with */
  gboolean    plain;     /* others cannot listen */
  gboolean    done;
} TightRow;

static const TightRow tight_rows[] = {
  { "no tunnel, no authentication", "00000000 00000000", "", 1, FALSE, TRUE },
  { "one tunnel, no authentication", "00000001" NO_TUNNEL "00000000", "00000000", 1, FALSE, TRUE },
  { "several tunnels", "00000003 00000001 'SSHXTUNNELLY'" NO_TUNNEL "00000002 'TGHTNOTUNNEL' 00000000", "00000000", 1, FALSE, TRUE },
  { "None by name", "00000000 00000001" NO_AUTH, "00000001", 1, FALSE, TRUE },
  { "VNC", "00000000 00000001" VNC_AUTH CHALLENGE, "00000002" RESPONSE, 2, FALSE, TRUE },
  { "VNC behind a tunnel", "00000001" NO_TUNNEL "00000001" VNC_AUTH CHALLENGE, "00000000 00000002" RESPONSE, 2, FALSE, TRUE },
  { "a choice", "00000000 00000002" NO_AUTH VNC_AUTH CHALLENGE, "00000002" RESPONSE, 2, FALSE, TRUE },
  { "unknown ones and a known one", "00000000 00000003 000000ff 'ABCDEFGHIJKL' 00000001 'STDVVNCAUTH_'" VNC_AUTH CHALLENGE,
    "00000002" RESPONSE, 2, FALSE, TRUE },
  { "VeNCrypt", "00000000 00000001" VENCRYPT, "00000013", GVNC_RFB_SECURITY_VENCRYPT, FALSE, FALSE },
  { "Unix login where nobody listens", "00000000 00000001" UNIX_LOGIN, "00000081 00000004 00000008 'user' 'password'",
    GVNC_RFB_TIGHT_UNIX_LOGIN, TRUE, TRUE },
  { "Unix login gives way where others listen", "00000000 00000002" UNIX_LOGIN NO_AUTH, "00000001", 1, FALSE, TRUE },
};

static void
test_tight (gconstpointer data)
{
  const TightRow *row = data;
  g_autoptr (GBytes) wire = gvnc_drive_wire (row->wire), expected = gvnc_drive_wire (row->sent);
  gsize len, sent_len;
  const guint8 *bytes = g_bytes_get_data (wire, &len), *sent = g_bytes_get_data (expected, &sent_len);
  GvncDrive drive;

  gvnc_drive_init (&drive, &gvnc_security_tight);
  drive.link.local = row->plain;
  g_assert_true (gvnc_drive_start (&drive));
  g_assert_true (gvnc_drive_bytes (&drive, &app, bytes, len));
  g_assert_no_error (drive.error);
  g_assert_cmpuint (drive.security->type->number, ==, row->type);
  g_assert_true (drive.security->done == row->done);
  g_assert_cmpmem (gvnc_writer_peek (&drive.out), gvnc_writer_left (&drive.out), sent, sent_len);
  gvnc_drive_clear (&drive);
}

static const GvncRefused tight_refused[] = {
  { "the most tunnels", "00000100 (" NO_TUNNEL ")*256 00000000", NULL },
  { "too many tunnels", "00000101", "*257 Tight capabilities; at most 256*" },
  { "the most of a number", "ffffffff", "*4294967295 Tight capabilities; at most 256*" },
  { "tunnels that nobody knows", "00000001 00000001 'SSHXTUNNELLY'", "*Tight tunnel*not known*" },
  { "no tunnel of another vendor", "00000001 00000000 'XXXXNOTUNNEL'", "*Tight tunnel*not known*" },
  { "no tunnel of another number", "00000001 00000001 'TGHTNOTUNNEL'", "*Tight tunnel*not known*" },
  { "too many authentications", "00000000 00000101", "*257 Tight capabilities; at most 256*" },
  { "authentications that nobody knows", "00000000 00000002 00000005 'REALRSA_____' 00000082 'TGHTXTRNAUTH'", "*: 5, 130" },
  { "another's name", "00000000 00000001 00000002 'STDVVNCAUTHX'", "*: 2" },
};

static void
test_unix_login_refused (void)
{
  GvncDrive drive;

  gvnc_drive_init (&drive, &gvnc_security_tight);
  g_assert_false (gvnc_drive_feed (&drive, &app, "00000000 00000001" UNIX_LOGIN));
  g_assert_true (g_pattern_match_simple ("*cannot be used on this link: 129", drive.error->message));
  g_assert_cmpuint (drive.n_asked, ==, 0);
  gvnc_drive_clear (&drive);
}

static void
test_xvp (void)
{
  g_autofree char *longest = g_strnfill (255, 'a');
  g_autofree char *too_long = g_strdup_printf ("%sa@target", longest);
  const GvncDriveApp apps[] = {
    { "password", "me@example@vm 1", 0 }, { "password", "@", 0 }, { "password", "me", 0 }, { "password", too_long, 0 },
  };
  const char *sent[] = { "0a04 'me@example' 'vm 1'", "0000" };

  for (guint i = 0; i < G_N_ELEMENTS (apps); i++) {
    char *credentials[3] = { NULL, (char *) apps[i].username, NULL };
    GvncDrive drive;
    gboolean ok;

    gvnc_drive_init (&drive, &gvnc_security_xvp);
    g_assert_true (gvnc_drive_start (&drive));
    g_assert_cmpuint (drive.security->n_asks, ==, 1);
    g_assert_cmpuint (drive.security->asks[0], ==, GVNC_CREDENTIAL_USERNAME);
    ok = drive.security->type->resume (drive.security, credentials, &drive.out, &drive.error);
    g_assert_true (ok == (i < 2));
    if (ok) {
      g_autoptr (GBytes) expected = gvnc_drive_wire (sent[i]);

      g_assert_cmpmem (gvnc_writer_peek (&drive.out), gvnc_writer_left (&drive.out),
                       g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
      g_assert_true (drive.security->next == &gvnc_security_vnc);
    } else {
      g_assert_true (g_pattern_match_simple (i == 2 ? "*USER@TARGET" : "*256 and 6 bytes*255*", drive.error->message));
      g_assert_cmpuint (gvnc_writer_left (&drive.out), ==, 0);
    }
    gvnc_drive_clear (&drive);
  }
}

/* ---- Apple ---- */

static void
test_apple (void)
{
  gnutls_x509_privkey_t private_key;
  gnutls_privkey_t secret;
  gnutls_pubkey_t public_key;
  gnutls_datum_t der, sealed, key;
  g_autoptr (GByteArray) wire = g_byte_array_new ();
  struct aes128_ctx aes;
  guint8 block[128];
  const guint8 *sent;
  GvncDrive drive;

  g_assert_cmpint (gnutls_x509_privkey_init (&private_key), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_generate (private_key, GNUTLS_PK_RSA, 2048, 0), ==, 0);
  g_assert_cmpint (gnutls_privkey_init (&secret), ==, 0);
  g_assert_cmpint (gnutls_privkey_import_x509 (secret, private_key, 0), ==, 0);
  g_assert_cmpint (gnutls_pubkey_init (&public_key), ==, 0);
  g_assert_cmpint (gnutls_pubkey_import_privkey (public_key, secret, 0, 0), ==, 0);
  g_assert_cmpint (gnutls_pubkey_export2 (public_key, GNUTLS_X509_FMT_DER, &der), ==, 0);

  gvnc_drive_init (&drive, &gvnc_security_apple_rsa);
  g_assert_true (gvnc_drive_start (&drive));
  g_assert_cmpmem (gvnc_writer_peek (&drive.out), gvnc_writer_left (&drive.out), "\0\0\0\12\1\0RSA1\0\0\0\0", 14);
  gvnc_writer_consume (&drive.out, 14);

  g_byte_array_append (wire, (const guint8[]) { 0, 0, (guint8) ((der.size + 7) >> 8), (guint8) (der.size + 7), 1, 0,
                                                0, 0, (guint8) (der.size >> 8), (guint8) der.size }, 10);
  g_byte_array_append (wire, der.data, der.size);
  g_byte_array_append (wire, (const guint8 *) "", 1);
  g_assert_true (gvnc_drive_bytes (&drive, &app, wire->data, wire->len));
  g_assert_no_error (drive.error);
  g_assert_false (drive.security->done);

  g_assert_cmpuint (gvnc_writer_left (&drive.out), ==, 4 + 0x18a);
  sent = gvnc_writer_peek (&drive.out);
  g_assert_cmpmem (sent, 12, "\0\0\1\212\1\0RSA1\0\1", 12);
  g_assert_cmpmem (sent + 140, 2, "\0\1", 2);
  sealed = (gnutls_datum_t) { (guint8 *) sent + 142, 256 };
  g_assert_cmpint (gnutls_privkey_decrypt_data (secret, 0, &sealed, &key), ==, 0);
  g_assert_cmpuint (key.size, ==, 16);
  aes128_set_decrypt_key (&aes, key.data);
  aes128_decrypt (&aes, sizeof block, block, sent + 12);
  g_assert_cmpstr ((const char *) block, ==, app.username);
  g_assert_cmpstr ((const char *) block + 64, ==, app.password);

  g_assert_true (gvnc_drive_feed (&drive, &app, "00000000"));
  g_assert_true (drive.security->done);
  gvnc_drive_clear (&drive);
  gnutls_free (key.data);
  gnutls_free (der.data);
  gnutls_pubkey_deinit (public_key);
  gnutls_privkey_deinit (secret);
  gnutls_x509_privkey_deinit (private_key);
}

/* An RSA key of 16 bits with a modulus of 0xc001 and an exponent of 3. */
#define TINY "301c 300d 0609 2a864886f70d010101 0500 030b 00 3008 0203 00c001 0201 03"

static const GvncRefused apple_refused[] = {
  { "no key", "00000007 0100 00000000", "*0 bytes; 1 to 4096*" },
  { "a long key", "00001008 0100 00001001", "*4097 bytes; 1 to 4096*" },
  { "the longest key", "00000006 0100 ffffffff", "*4294967295 bytes; 1 to 4096*" },
  { "lengths that do not fit", "00000020 0100 00000020", "*32 bytes cannot hold a key of 32" },
  { "no DER", "00000027 0100 00000020 00*33", "*no RSA key" },
  { "a tiny key", "00000025 0100 0000001e" TINY "00", "*16 bits; 1024 to 8192*" },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tight_rows); i++) {
    g_autofree char *path = g_strdup_printf ("/security/tight/%s", tight_rows[i].name);

    g_test_add_data_func (path, &tight_rows[i], test_tight);
  }
  gvnc_refused_add ("/security/sec-tight/refused", &gvnc_security_tight, tight_refused, G_N_ELEMENTS (tight_refused));
  g_test_add_func ("/security/tight/unix login where others listen", test_unix_login_refused);
  g_test_add_func ("/security/xvp", test_xvp);
  g_test_add_func ("/security/apple-rsa/steps", test_apple);
  gvnc_refused_add ("/security/apple-rsa/refused", &gvnc_security_apple_rsa, apple_refused, G_N_ELEMENTS (apple_refused));
  return g_test_run ();
}
