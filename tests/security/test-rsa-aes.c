/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"
#include "security/drive.h"
#include "security/rsa-server.h"

#include <string.h>

/* RSA-AES: the numbers with fixed vectors, the steps against a server of our own. */

/* Made with Python's hashlib and the package cryptography: randoms 00 01 02 … of the server, 80 81 82 … of the client. */
typedef struct {
  const char *name;
  gsize       key_len;
  const char *client_key;
  const char *server_key;
  const char *frames[3];    /* of the client: "hello", "", and the 257th, "x" */
  const char *hash;         /* of "client" and "server" */
} RsaVector;

static const RsaVector vectors[] = {
  { "128 bits", 16, "79fb947951bffea03bad516f002564de", "4123ed3c795e1059a90d53a4777e0bdc",
    { "000526d0a960f0a46753813077d8f88f7bfff414c2dad4", "0000788852e8ba826c266bca5fa4a25646ed",
      "0001a1c48c885657336f9f74c65c65f3820ce7" },
    "39b2529253111025cee9e8cbe7ef714abef3b3de" },
  { "256 bits", 32, "692ad7b1734f469491cd141294700a02130a37b7faef4211a272327387360f67",
    "ca19870a307355110b1251e53ec0ddeec3d5a744634715a43e2ac281268b638c",
    { "000564a082f6a3e627a06fe9cf28640effe9b5795815cc", "0000599237c6076c06f3805fc67c7b553bcd",
      "00015e4d5db1fde9160eb7130a9f20220b5bf9" },
    "1cd60bc5822e719ad7d42ffd682027859b20a96fd7c2982d1ed4cdba96327136" },
};

static void
assert_hex (const guint8 *bytes,
            gsize         len,
            const char   *expected)
{
  g_autofree char *hex = gvnc_vectors_hex (bytes, len);

  g_assert_cmpstr (hex, ==, expected);
}

static void
test_vector (gconstpointer data)
{
  const RsaVector *vector = data;
  const GvncRsaAesPublic client = { (const guint8 *) "client", 6 }, server = { (const guint8 *) "server", 6 };
  guint8 randoms[2][32], key[32], hash[32], frame[64], opened[8];
  GvncEax out, in;

  for (guint i = 0; i < 32; i++) {
    randoms[0][i] = (guint8) i;
    randoms[1][i] = (guint8) (0x80 + i);
  }
  gvnc_rsa_aes_derive (randoms[1], randoms[0], vector->key_len, key);
  assert_hex (key, vector->key_len, vector->server_key);
  gvnc_rsa_aes_derive (randoms[0], randoms[1], vector->key_len, key);
  assert_hex (key, vector->key_len, vector->client_key);
  assert_hex (hash, gvnc_rsa_aes_hash (&client, &server, vector->key_len, hash), vector->hash);

  gvnc_eax_init (&out, key, vector->key_len);
  gvnc_eax_init (&in, key, vector->key_len);
  gvnc_eax_seal (&out, (const guint8 *) "hello", 5, frame);
  assert_hex (frame, 23, vector->frames[0]);
  g_assert_true (gvnc_eax_open (&in, frame, 5, opened));
  g_assert_cmpmem (opened, 5, "hello", 5);
  gvnc_eax_seal (&out, (const guint8 *) "", 0, frame);
  assert_hex (frame, 18, vector->frames[1]);
  out.n_frames = 256;
  gvnc_eax_seal (&out, (const guint8 *) "x", 1, frame);
  assert_hex (frame, 19, vector->frames[2]);
  /* It is not that frame's turn. */
  g_assert_false (gvnc_eax_open (&in, frame, 1, opened));
  g_assert_cmpuint (opened[0], ==, 0);
}

/* Any bit of a frame counts. */
static void
test_changed_frame (void)
{
  static const guint8 key[16] = { 1, 2, 3 };
  guint8 frame[GVNC_EAX_EXTRA_LEN + 3], opened[3];

  for (guint bit = 0; bit < 8 * sizeof frame; bit++) {
    GvncEax out, in;

    gvnc_eax_init (&out, key, sizeof key);
    gvnc_eax_init (&in, key, sizeof key);
    gvnc_eax_seal (&out, (const guint8 *) "abc", 3, frame);
    frame[bit / 8] ^= (guint8) (1u << bit % 8);
    if (bit >= 16)   /* the length decides how much is opened */
      g_assert_false (gvnc_eax_open (&in, frame, 3, opened));
  }
}

/* ---- a server ---- */

typedef struct {
  GvncDrive     drive;
  GvncRsaServer rsa;
} Server;

static const GvncDriveApp app = { "p\xc3\xa4ssword", "user", 0 };

static void
server_send (Server     *self,
             const void *bytes,
             guint16     len,
             gint        spoilt)
{
  guint8 frame[GVNC_EAX_EXTRA_LEN + 64];

  gvnc_eax_seal (&self->rsa.out, bytes, len, frame);
  if (spoilt >= 0)
    frame[spoilt] ^= 1;
  gvnc_drive_bytes (&self->drive, &app, frame, GVNC_EAX_EXTRA_LEN + len);
}

/* The client's next frame, opened. */
static guint
server_receive (Server *self,
                guint8  bytes[600])
{
  const guint8 *frame = gvnc_writer_peek (&self->drive.out);
  guint len = (guint) frame[0] << 8 | frame[1];

  g_assert_cmpuint (gvnc_writer_left (&self->drive.out), ==, GVNC_EAX_EXTRA_LEN + len);
  g_assert_true (gvnc_eax_open (&self->rsa.in, frame, (guint16) len, bytes));
  gvnc_writer_consume (&self->drive.out, GVNC_EAX_EXTRA_LEN + len);
  return len;
}

/* Up to the client's key and secret. */
static void
server_begin (Server                 *self,
              const GvncSecurityType *type)
{
  gboolean is_256 = type == &gvnc_security_ra2_256 || type == &gvnc_security_ra2ne_256;

  gvnc_rsa_server_init (&self->rsa, is_256 ? 32 : 16);
  gvnc_drive_init (&self->drive, type);
  g_assert_true (gvnc_drive_start (&self->drive));
  g_assert_true (gvnc_drive_bytes (&self->drive, &app, self->rsa.server_wire, GVNC_RSA_PUBLIC_LEN));
  g_assert_no_error (self->drive.error);

  g_assert_cmpuint (gvnc_writer_left (&self->drive.out), ==, GVNC_RSA_ANSWER_LEN);
  g_assert_true (gvnc_rsa_server_take (&self->rsa, gvnc_writer_peek (&self->drive.out)));
  gvnc_writer_consume (&self->drive.out, GVNC_RSA_ANSWER_LEN);
}

/* The server's secret; @len other than that of a key spoils it. */
static gboolean
server_secret (Server *self,
               gsize   len)
{
  guint8 wire[GVNC_RSA_SECRET_LEN];

  gvnc_rsa_server_secret (&self->rsa, len, wire);
  return gvnc_drive_bytes (&self->drive, &app, wire, sizeof wire);
}

static void
server_hashes (Server *self)
{
  guint8 expected[32], received[600];
  gsize len = gvnc_rsa_server_hash (&self->rsa, TRUE, expected);

  g_assert_cmpuint (server_receive (self, received), ==, len);
  g_assert_cmpmem (received, len, expected, len);
  gvnc_rsa_server_hash (&self->rsa, FALSE, expected);
  server_send (self, expected, (guint16) len, -1);
}

static void
test_steps (gconstpointer data)
{
  const GvncSecurityType *type = data;

  for (guint8 subtype = 1; subtype <= 2; subtype++) {
    guint8 received[600];
    Server server;
    guint len;

    server_begin (&server, type);
    g_assert_cmpuint (server.drive.n_asked, ==, 0);
    g_assert_true (server_secret (&server, server.rsa.key_len));
    server_hashes (&server);
    g_assert_cmpuint (server.drive.n_asked, ==, 0);
    server_send (&server, &subtype, 1, -1);
    g_assert_no_error (server.drive.error);
    g_assert_cmpuint (server.drive.n_asked, ==, 1);

    len = server_receive (&server, received);
    if (subtype == 1)
      g_assert_cmpmem (received, len, "\4user\11p\xc3\xa4ssword", 15);
    else
      g_assert_cmpmem (received, len, "\0\11p\xc3\xa4ssword", 11);

    /* RA2 goes on inside of the layer, with the numbers of the next frames; RA2ne is done. */
    if (type == &gvnc_security_ra2 || type == &gvnc_security_ra2_256) {
      GvncSecureRequest *request = g_steal_pointer (&server.drive.security->layer);
      GvncRsaAesKeys *keys = request->data;

      g_assert_cmpint (request->kind, ==, GVNC_SECURE_RSA_AES);
      g_assert_cmpuint (keys->in.n_frames, ==, 2);
      g_assert_cmpuint (keys->out.n_frames, ==, 2);
      gvnc_secure_request_free (request);
      g_assert_false (server.drive.security->done);
      g_assert_true (type->layered (server.drive.security, &server.drive.out, NULL));
    } else {
      g_assert_null (server.drive.security->layer);
    }
    g_assert_true (server.drive.security->done);
    gvnc_drive_clear (&server.drive);
  }
}

/* @what is told in the table of docs/security.md. */
static void
assert_failed (GvncDrive  *drive,
               const char *what,
               const char *pattern)
{
  g_assert_nonnull (drive->error);
  if (!g_pattern_match_simple (pattern, drive->error->message))
    g_error ("%s: “%s” is not like “%s”", what, drive->error->message, pattern);
  g_assert_cmpuint (drive->n_asked, ==, 0);
  gvnc_drive_clear (drive);
}

/* What a server, or somebody between, may do wrong; a password is asked for in no case. */
static void
test_wrong (void)
{
  static const guint8 zeros[32] = { 0 };
  guint8 beyond[GVNC_RSA_SECRET_LEN];
  Server server;

  server_begin (&server, &gvnc_security_ra2);
  gvnc_drive_bytes (&server.drive, &app, (const guint8 *) "\0\377", 2);
  assert_failed (&server.drive, "a random number of another length", "RA2: *255 bytes in place of 256");

  memset (beyond, 0xff, sizeof beyond);
  beyond[0] = GVNC_RSA_SERVER_LEN >> 8;
  beyond[1] = GVNC_RSA_SERVER_LEN & 0xff;
  server_begin (&server, &gvnc_security_ra2);
  gvnc_drive_bytes (&server.drive, &app, beyond, sizeof beyond);
  assert_failed (&server.drive, "a random number above our modulus", "RA2: *not made with our key");

  server_begin (&server, &gvnc_security_ra2);
  g_assert_false (server_secret (&server, 17));
  assert_failed (&server.drive, "a random number of 17 bytes", "RA2: *not made with our key");

  server_begin (&server, &gvnc_security_ra2_256);
  g_assert_false (server_secret (&server, 16));
  assert_failed (&server.drive, "a random number of 16 bytes for a type of 256 bits", "RA2_256: *not made with our key");

  server_begin (&server, &gvnc_security_ra2);
  server_secret (&server, 16);
  server_send (&server, zeros, 20, -1);
  assert_failed (&server.drive, "a hash of other keys", "RA2: *somebody stands between");

  for (gint spoilt = 2; spoilt < GVNC_EAX_EXTRA_LEN + 20; spoilt += 15) {
    server_begin (&server, &gvnc_security_ra2);
    server_secret (&server, 16);
    server_send (&server, zeros, 20, spoilt);
    assert_failed (&server.drive, "a message that was changed", "RA2: *changed on its way");
  }

  server_begin (&server, &gvnc_security_ra2);
  server_secret (&server, 16);
  server_send (&server, zeros, 20, 1);
  assert_failed (&server.drive, "a message of another length", "RA2: *message of 21 bytes in place of 20");

  for (guint8 subtype = 0; subtype < 5; subtype += 3) {
    server_begin (&server, &gvnc_security_ra2ne);
    server_secret (&server, 16);
    server_hashes (&server);
    server_send (&server, &subtype, 1, -1);
    assert_failed (&server.drive, "credentials of a kind that nobody knows", "RA2ne: *unknown kind*");
  }
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (256, 'a');
  const GvncDriveApp apps[] = { { text, "user", 0 }, { "password", text, 0 }, { text + 1, text + 1, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (apps); i++) {
    guint8 frame[GVNC_EAX_EXTRA_LEN + 1], received[600];
    Server server;

    server_begin (&server, &gvnc_security_ra2ne);
    server_secret (&server, 16);
    server_hashes (&server);
    gvnc_eax_seal (&server.rsa.out, (const guint8 *) "\1", 1, frame);
    g_assert_true (gvnc_drive_bytes (&server.drive, &apps[i], frame, sizeof frame) == (i == 2));
    if (i == 2) {
      g_assert_cmpuint (server_receive (&server, received), ==, 2 + 2 * 255);
      g_assert_cmpuint (received[0], ==, 255);
      g_assert_cmpuint (received[256], ==, 255);
    } else {
      g_assert_true (g_pattern_match_simple ("*256 bytes*room for 255", server.drive.error->message));
      g_assert_cmpuint (gvnc_writer_left (&server.drive.out), ==, 0);
    }
    gvnc_drive_clear (&server.drive);
  }
}

/* Nothing of ours is sent before the key is trusted, but on a link where nobody can stand between. */
static void
test_identity (void)
{
  for (guint local = 0; local < 2; local++) {
    GvncRsaServer server;
    GvncReader in;
    GvncDrive drive;
    GvncSecurity *ra2;

    gvnc_rsa_server_init (&server, 16);
    in = gvnc_reader_init (server.server_wire, GVNC_RSA_PUBLIC_LEN);
    gvnc_drive_init (&drive, &gvnc_security_ra2);
    drive.link.local = local;
    drive.link.hostname = (char *) "example.org";
    ra2 = drive.security;
    g_assert_true (ra2->type->take (ra2, &in, &drive.out, NULL));
    g_assert_true (ra2->type->take (ra2, &in, &drive.out, NULL));
    g_assert_cmpuint (gvnc_writer_left (&drive.out) > 0, ==, local);
    g_assert_true ((ra2->identity == NULL) == (gboolean) local);
    if (!local) {
      g_autofree char *pin = gvnc_identity_pin (server.server_wire, GVNC_RSA_PUBLIC_LEN);

      g_assert_cmpstr (ra2->identity->pin, ==, pin);
      g_assert_cmpstr (ra2->identity->host, ==, "example.org");
      g_assert_cmpuint (ra2->identity->problems, ==, GVNC_PROBLEM_UNKNOWN_CA);
      g_assert_nonnull (ra2->identity->fingerprint);
    }
    gvnc_drive_clear (&drive);
  }
}

/* 1024 bits are taken where weak keys are allowed, and are told of. */
static void
test_weak (void)
{
  for (guint how = 0; how < 2; how++) {
    guint8 wire[4 + 2 * 128] = { 0, 0, 4, 0 };
    GvncReader in = gvnc_reader_init (wire, sizeof wire);
    GvncDrive drive;
    GvncSecurity *ra2;

    memset (wire + 4, 0xff, 128);
    wire[sizeof wire - 1] = 3;
    gvnc_drive_init (&drive, &gvnc_security_ra2);
    drive.link.allow_weak = how;
    ra2 = drive.security;
    g_assert_true (ra2->type->take (ra2, &in, &drive.out, NULL));
    g_assert_true (ra2->type->take (ra2, &in, &drive.out, &drive.error) == (gboolean) how);
    if (how) {
      g_assert_cmpuint (ra2->identity->problems, ==, GVNC_PROBLEM_UNKNOWN_CA | GVNC_PROBLEM_WEAK);
      gvnc_drive_clear (&drive);
    } else {
      assert_failed (&drive, "a key of 1024 bits, unless weak keys are allowed", "*1024 bits; fewer than 2048*");
    }
  }
}

#define KEY(modulus, exponent) "00000400 " modulus " " exponent

static const GvncRefused rows[] = {
  { "a good key", KEY ("ff*128", "00*127 03"), NULL },
  { "no bits", "00000000", "*0 bits; 1024 to 8192*" },
  { "a short key", "000003ff", "*1023 bits; 1024 to 8192*" },
  { "a long key", "00002001", "*8193 bits; 1024 to 8192*" },
  { "the longest key", "ffffffff", "*4294967295 bits; 1024 to 8192*" },
  { "a modulus of 0", KEY ("00*128", "00*127 03"), "*has 0 bits; 1024 to 8192*" },
  { "a modulus of 1", KEY ("00*127 01", "00*127 03"), "*has 1 bits; 1024 to 8192*" },
  { "a modulus with zeros in front", KEY ("00 ff*127", "00*127 03"), "*has 1016 bits; 1024 to 8192*" },
  { "an even modulus", KEY ("ff*127 fe", "00*127 03"), "*modulus*even*" },
  { "an exponent of 0", KEY ("ff*128", "00*128"), "*exponent*is 0" },
  { "an exponent of 1", KEY ("ff*128", "00*127 01"), "*exponent*is 1" },
  { "an even exponent", KEY ("ff*128", "00*127 02"), "*exponent*even*" },
  { "an exponent of the modulus", KEY ("ff*128", "ff*128"), "*exponent*not below*" },
  { "an exponent above the modulus", KEY ("fe ff*127", "ff*128"), "*exponent*not below*" },
};

int
main (int    argc,
      char **argv)
{
  const GvncSecurityType *types[] = {
    &gvnc_security_ra2, &gvnc_security_ra2ne, &gvnc_security_ra2_256, &gvnc_security_ra2ne_256,
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autofree char *path = g_strdup_printf ("/security/rsa-aes/vector/%s", vectors[i].name);

    g_test_add_data_func (path, &vectors[i], test_vector);
  }
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autofree char *path = g_strdup_printf ("/security/rsa-aes/steps/%s", types[i]->name);

    g_test_add_data_func (path, types[i], test_steps);
  }
  g_test_add_func ("/security/rsa-aes/changed frame", test_changed_frame);
  g_test_add_func ("/security/rsa-aes/wrong", test_wrong);
  g_test_add_func ("/security/rsa-aes/too long", test_too_long);
  g_test_add_func ("/security/rsa-aes/identity", test_identity);
  g_test_add_func ("/security/rsa-aes/weak", test_weak);
  gvnc_refused_add ("/security/ra2/refused", &gvnc_security_ra2, rows, G_N_ELEMENTS (rows));
  return g_test_run ();
}
