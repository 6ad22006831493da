/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/security.h"

#include "security/drive.h"
#include "security/rsa-server.h"
#include "security/rsa.h"

/* RSA-AES. The first byte is as for other types, and
 *
 *   128: the types of 256 bits
 *   64: the server's key and secret are as they should be, since nobody guesses what is behind a seal; then messages:
 *       U8 length | bytes[length], to be sealed; a length of 0: the right hash; of 255: all the rest, as it is
 */
#define RA2_GOOD 64
#define RA2_256  128

static void
ra2_random (void   *data,
            size_t  len,
            guint8 *bytes)
{
  guint32 *state = data;

  for (size_t i = 0; i < len; i++) {
    *state = *state * 1664525 + 1013904223;
    bytes[i] = (guint8) (*state >> 24);
  }
}

/* In place of the library's: one pair for all runs, and the same in each process. To make one takes most of a second. */
gboolean
gvnc_rsa_make_pair (struct rsa_public_key  *key,
                    struct rsa_private_key *secret,
                    guint                   bits)
{
  static struct rsa_public_key public_key;
  static struct rsa_private_key private_key;
  static guint made_bits;

  if (made_bits == 0) {
    guint32 state = 1;

    rsa_public_key_init (&public_key);
    rsa_private_key_init (&private_key);
    mpz_set_ui (public_key.e, 65537);
    g_assert (rsa_generate_keypair (&public_key, &private_key, &state, ra2_random, NULL, NULL, bits, 0));
    made_bits = bits;
  }
  g_assert (bits == made_bits);
  key->size = public_key.size;
  mpz_set (key->n, public_key.n);
  mpz_set (key->e, public_key.e);
  secret->size = private_key.size;
  mpz_set (secret->d, private_key.d);
  mpz_set (secret->p, private_key.p);
  mpz_set (secret->q, private_key.q);
  mpz_set (secret->a, private_key.a);
  mpz_set (secret->b, private_key.b);
  mpz_set (secret->c, private_key.c);
  return TRUE;
}

/* What is behind the exchange of keys. */
static void
ra2_go_on (GvncDrive          *drive,
           const GvncDriveApp *app,
           const guint8       *data,
           gsize               size,
           gsize               key_len)
{
  GvncRsaServer server;
  guint8 wire[GVNC_RSA_SECRET_LEN], frame[GVNC_EAX_EXTRA_LEN + G_MAXUINT8], hash[32];
  gboolean ok;

  gvnc_rsa_server_init (&server, key_len);
  ok = gvnc_drive_start (drive) && gvnc_drive_bytes (drive, app, server.server_wire, GVNC_RSA_PUBLIC_LEN) &&
       gvnc_rsa_server_take (&server, gvnc_writer_peek (&drive->out));
  g_assert (ok);
  gvnc_rsa_server_secret (&server, key_len, wire);
  ok = gvnc_drive_bytes (drive, app, wire, sizeof wire);
  g_assert (ok);

  while (ok && size > 0 && !drive->security->done) {
    guint8 said = data[0];
    gsize len = said == G_MAXUINT8 ? size - 1 : MIN (said, size - 1);

    if (said == G_MAXUINT8) {
      ok = gvnc_drive_bytes (drive, app, data + 1, len);
    } else if (said == 0) {
      len = gvnc_rsa_server_hash (&server, FALSE, hash);
      gvnc_eax_seal (&server.out, hash, (guint16) len, frame);
      ok = gvnc_drive_bytes (drive, app, frame, GVNC_EAX_EXTRA_LEN + len);
      len = 0;
    } else {
      gvnc_eax_seal (&server.out, data + 1, (guint16) len, frame);
      ok = gvnc_drive_bytes (drive, app, frame, GVNC_EAX_EXTRA_LEN + len);
    }
    g_assert (ok == (drive->error == NULL));
    data += 1 + len;
    size -= 1 + len;
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const GvncDriveApp app = { "password", "user", 0 };
  gboolean is_256 = size > 0 && (data[0] & RA2_256) != 0;
  GvncDrive drive;

  if (size == 0 || (data[0] & RA2_GOOD) == 0) {
    gvnc_fuzz_security (is_256 ? &gvnc_security_ra2_256 : &gvnc_security_ra2, data, size);
    return 0;
  }
  gvnc_drive_init (&drive, is_256 ? &gvnc_security_ra2_256 : &gvnc_security_ra2);
  drive.layers = TRUE;
  ra2_go_on (&drive, &app, data + 1, size - 1, is_256 ? 32 : 16);
  gvnc_drive_clear (&drive);
  return 0;
}
