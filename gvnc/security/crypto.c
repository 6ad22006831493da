/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/crypto.h"

#include "wire/wipe.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <nettle/aes.h>
#include <nettle/des.h>

/* Bytes of the secret exponent: twice the strength of the greatest prime that we take, and no more, since the time it
 * takes grows with them. */
#define MOST_SECRET_LEN 64

gboolean
gvnc_random (guint8  *bytes,
             gsize    len,
             GError **error)
{
  int status = gnutls_rnd (GNUTLS_RND_KEY, bytes, len);

  if (status < 0)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The system gives no random numbers: %s"),
                           gnutls_strerror (status));
  return TRUE;
}

gboolean
gvnc_field_put (guint8      *field,
                gsize        size,
                const char  *text,
                const char  *what,
                GError     **error)
{
  gsize len = strlen (text);

  if (len >= size)
    return gvnc_set_error (error, GVNC_ERROR_AUTH,
                           _("The %s has %zu bytes; the server's security type has room for %zu"),
                           what, len, size - 1);
  memcpy (field, text, len + 1);
  return TRUE;
}

static guint8
crypto_mirror (guint8 byte)
{
  guint8 mirrored = 0;

  for (guint bit = 0; bit < 8; bit++)
    if (byte & (1u << bit))
      mirrored |= (guint8) (0x80u >> bit);
  return mirrored;
}

static void
crypto_des_key (struct des_ctx *des,
                const guint8    key[8])
{
  guint8 mirrored[DES_KEY_SIZE];

  for (guint i = 0; i < sizeof mirrored; i++)
    mirrored[i] = crypto_mirror (key[i]);
  des_set_key (des, mirrored);   /* tells about weak keys, and takes them nevertheless */
  gvnc_wipe (mirrored, sizeof mirrored);
}

void
gvnc_des_cbc (const guint8 key[8],
              guint8      *bytes,
              gsize        len)
{
  struct des_ctx des;
  const guint8 *before = key;

  crypto_des_key (&des, key);
  for (gsize at = 0; at < len; at += DES_BLOCK_SIZE) {
    for (guint i = 0; i < DES_BLOCK_SIZE; i++)
      bytes[at + i] ^= before[i];
    des_encrypt (&des, DES_BLOCK_SIZE, bytes + at, bytes + at);
    before = bytes + at;
  }
  gvnc_wipe (&des, sizeof des);
}

void
gvnc_des_ecb (const guint8 key[8],
              guint8      *bytes,
              gsize        len)
{
  struct des_ctx des;

  crypto_des_key (&des, key);
  des_encrypt (&des, len, bytes, bytes);
  gvnc_wipe (&des, sizeof des);
}

void
gvnc_aes_ecb (const guint8 key[16],
              guint8      *bytes,
              gsize        len)
{
  struct aes128_ctx aes;

  aes128_set_encrypt_key (&aes, key);
  aes128_encrypt (&aes, len, bytes, bytes);
  gvnc_wipe (&aes, sizeof aes);
}

void
gvnc_number_read (mpz_t         number,
                  const guint8 *bytes,
                  gsize         len)
{
  mpz_import (number, len, 1, 1, 1, 0, bytes);
}

void
gvnc_number_write (const mpz_t  number,
                   guint8      *bytes,
                   gsize        len)
{
  gsize used = mpz_sgn (number) == 0 ? 0 : (mpz_sizeinbase (number, 2) + 7) / 8;

  g_assert (used <= len);
  memset (bytes, 0, len - used);
  if (used > 0)
    mpz_export (bytes + len - used, NULL, 1, 1, 1, 0, number);
}

void
gvnc_number_clear (mpz_t number)
{
  mp_size_t n = (mp_size_t) mpz_size (number);

  if (n > 0)
    gvnc_wipe (mpz_limbs_modify (number, n), (gsize) n * sizeof (mp_limb_t));
  mpz_clear (number);
}

guint
gvnc_dh_bits (const GvncDhOffer *offer)
{
  for (gsize i = 0; i < offer->len; i++)
    if (offer->prime[i] != 0)
      return (guint) ((offer->len - i) * 8 - (guint) __builtin_clz (offer->prime[i]) + 24);
  return 0;
}

/* With a generator or key of 0, 1 or p - 1 the secret is one of two numbers that everybody knows. */
static gboolean
dh_check_number (const GvncDhOffer *offer,
                 const mpz_t        number,
                 const mpz_t        last,
                 const char        *what,
                 GError           **error)
{
  if (mpz_cmp_ui (number, 1) <= 0)
    return gvnc_protocol_error (error, _("%s: the server's %s is %lu; it must be at least 2"),
                                offer->type, what, mpz_get_ui (number));
  if (mpz_cmp (number, last) >= 0)
    return gvnc_protocol_error (error, _("%s: the server's %s is not below its prime less 1"), offer->type, what);
  return TRUE;
}

gboolean
gvnc_dh_check (const GvncDhOffer *offer,
               GError           **error)
{
  guint bits = gvnc_dh_bits (offer);
  mpz_t number, last;
  gboolean ok;

  if (bits <= 1)
    return gvnc_protocol_error (error, _("%s: the server's prime is %u"), offer->type, bits);
  if (offer->prime[offer->len - 1] % 2 == 0)
    return gvnc_protocol_error (error, _("%s: the server's prime is an even number"), offer->type);
  if (bits < offer->least_bits)
    return gvnc_limit_error (error, _("%s: the server's prime has %u bits; at least %u are needed"),
                             offer->type, bits, offer->least_bits);

  mpz_inits (number, last, NULL);
  gvnc_number_read (last, offer->prime, offer->len);
  mpz_sub_ui (last, last, 1);
  gvnc_number_read (number, offer->generator, offer->generator_len);
  ok = dh_check_number (offer, number, last, _("generator"), error);
  if (ok) {
    gvnc_number_read (number, offer->key, offer->len);
    ok = dh_check_number (offer, number, last, _("public key"), error);
  }
  mpz_clears (number, last, NULL);
  return ok;
}

void
gvnc_dh_answer (const GvncDhOffer *offer,
                const guint8      *secret,
                gsize              secret_len,
                guint8            *key,
                guint8            *shared)
{
  mpz_t prime, base, exponent, power;

  mpz_inits (prime, base, exponent, power, NULL);
  gvnc_number_read (prime, offer->prime, offer->len);
  gvnc_number_read (exponent, secret, secret_len);

  gvnc_number_read (base, offer->generator, offer->generator_len);
  mpz_powm_sec (power, base, exponent, prime);
  gvnc_number_write (power, key, offer->len);

  gvnc_number_read (base, offer->key, offer->len);
  mpz_powm_sec (power, base, exponent, prime);
  gvnc_number_write (power, shared, offer->len);

  mpz_clears (prime, base, NULL);
  gvnc_number_clear (exponent);
  gvnc_number_clear (power);
}

gboolean
gvnc_dh_exchange (const GvncDhOffer *offer,
                  guint8            *key,
                  guint8            *shared,
                  GError           **error)
{
  guint8 secret[MOST_SECRET_LEN];
  gsize len = MIN (sizeof secret, offer->len);

  if (!gvnc_random (secret, len, error))
    return FALSE;
  secret[len - 1] |= 1;   /* never zero */
  gvnc_dh_answer (offer, secret, len, key, shared);
  gvnc_wipe (secret, sizeof secret);
  return TRUE;
}
