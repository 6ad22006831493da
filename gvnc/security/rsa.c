/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/rsa.h"

#include "security/crypto.h"
#include "session/limits.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <nettle/sha1.h>
#include <string.h>

static guint
rsa_bits (const struct rsa_public_key *key)
{
  return mpz_sgn (key->n) == 0 ? 0 : (guint) mpz_sizeinbase (key->n, 2);
}

gboolean
gvnc_rsa_check (const char            *type,
                struct rsa_public_key *key,
                gboolean               may_be_weak,
                GError               **error)
{
  guint bits = rsa_bits (key);

  if (bits < GVNC_LIMIT_RSA_LEAST_BITS || bits > GVNC_LIMIT_RSA_BITS)
    return gvnc_limit_error (error, _("%s: the server's key has %u bits; %u to %u are accepted"),
                             type, bits, GVNC_LIMIT_RSA_LEAST_BITS, GVNC_LIMIT_RSA_BITS);
  if (mpz_even_p (key->n))
    return gvnc_protocol_error (error, _("%s: the modulus of the server's key is an even number"), type);
  if (mpz_cmp_ui (key->e, 1) <= 0)
    return gvnc_protocol_error (error, _("%s: the exponent of the server's key is %lu"), type, mpz_get_ui (key->e));
  if (mpz_even_p (key->e))
    return gvnc_protocol_error (error, _("%s: the exponent of the server's key is an even number"), type);
  if (mpz_cmp (key->e, key->n) >= 0)
    return gvnc_protocol_error (error, _("%s: the exponent of the server's key is not below its modulus"), type);
  if (bits < GVNC_LIMIT_RSA_STRONG_BITS && !may_be_weak)
    return gvnc_limit_error (error,
                             _("%s: the server's key has %u bits; fewer than %u are not accepted unless weak security is allowed"),
                             type, bits, GVNC_LIMIT_RSA_STRONG_BITS);
  if (!rsa_public_key_prepare (key))
    return gvnc_protocol_error (error, _("%s: the server's key cannot be used"), type);
  return TRUE;
}

GvncIdentity *
gvnc_rsa_identity (const struct rsa_public_key *key,
                   const char                  *hostname,
                   const guint8                *wire,
                   gsize                        wire_len)
{
  GvncIdentity *identity = gvnc_identity_new (GVNC_IDENTITY_RSA_KEY, hostname);
  struct sha1_ctx sha1;
  guint8 digest[8];
  guint bits = rsa_bits (key);

  sha1_init (&sha1);
  sha1_update (&sha1, wire_len, wire);
  sha1_digest (&sha1, sizeof digest, digest);
  identity->fingerprint = gvnc_identity_fingerprint (wire, wire_len);
  identity->pin = gvnc_identity_pin (wire, wire_len);
  gvnc_identity_add_problem (identity, GVNC_PROBLEM_UNKNOWN_CA,
                             _("its key is not known (servers show it as %02x-%02x-%02x-%02x-%02x-%02x-%02x-%02x)"),
                             digest[0], digest[1], digest[2], digest[3], digest[4], digest[5], digest[6], digest[7]);
  if (bits < GVNC_LIMIT_RSA_STRONG_BITS)
    gvnc_identity_add_problem (identity, GVNC_PROBLEM_WEAK, _("its key has only %u bits"), bits);
  return identity;
}

void
gvnc_rsa_random (void   *data,
                 size_t  len,
                 guint8 *bytes)
{
  gboolean *none = data;

  if (gnutls_rnd (GNUTLS_RND_KEY, bytes, len) < 0) {
    *none = TRUE;
    memset (bytes, 0x5a, len);
  }
}

gboolean
gvnc_rsa_encrypt (const struct rsa_public_key *key,
                  const guint8                *bytes,
                  gsize                        len,
                  guint8                      *sealed,
                  GError                     **error)
{
  gboolean no_random = FALSE;
  mpz_t number;
  gboolean ok;

  mpz_init (number);
  ok = rsa_encrypt (key, &no_random, gvnc_rsa_random, len, bytes, number);
  if (ok)
    gvnc_number_write (number, sealed, key->size);
  mpz_clear (number);
  if (!ok || no_random)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The system gives no random numbers"));
  return TRUE;
}
