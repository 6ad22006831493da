/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/rsa-server.h"

#include "security/crypto.h"
#include "security/rsa.h"

#include <gnutls/abstract.h>
#include <string.h>

static struct rsa_public_key server_public;
static struct rsa_private_key server_private;

static void
server_make_key (void)
{
  static gsize once;

  if (!g_once_init_enter (&once))
    return;
  rsa_public_key_init (&server_public);
  rsa_private_key_init (&server_private);
  g_assert_true (gvnc_rsa_make_pair (&server_public, &server_private, GVNC_RSA_SERVER_BITS));
  g_once_init_leave (&once, 1);
}

void
gvnc_rsa_server_init (GvncRsaServer *self,
                      gsize          key_len)
{
  server_make_key ();
  *self = (GvncRsaServer) { .key_len = key_len };
  self->server_wire[2] = GVNC_RSA_SERVER_BITS >> 8;
  gvnc_number_write (server_public.n, self->server_wire + 4, GVNC_RSA_SERVER_LEN);
  gvnc_number_write (server_public.e, self->server_wire + 4 + GVNC_RSA_SERVER_LEN, GVNC_RSA_SERVER_LEN);
}

gboolean
gvnc_rsa_server_take (GvncRsaServer *self,
                      const guint8  *answer)
{
  const guint8 *secret = answer + GVNC_RSA_PUBLIC_LEN;

  memcpy (self->client_wire, answer, GVNC_RSA_PUBLIC_LEN);
  return (secret[0] << 8 | secret[1]) == GVNC_RSA_SERVER_LEN &&
         gvnc_rsa_server_open (secret + 2, self->client_random, self->key_len);
}

void
gvnc_rsa_server_secret (GvncRsaServer *self,
                        gsize          random_len,
                        guint8         wire[GVNC_RSA_SECRET_LEN])
{
  guint8 random[64];
  struct rsa_public_key client;

  g_assert_cmpuint (random_len, <=, sizeof random);
  g_assert_true (gvnc_random (random, sizeof random, NULL));
  rsa_public_key_init (&client);
  gvnc_number_read (client.n, self->client_wire + 4, GVNC_RSA_SERVER_LEN);
  gvnc_number_read (client.e, self->client_wire + 4 + GVNC_RSA_SERVER_LEN, GVNC_RSA_SERVER_LEN);
  g_assert_true (rsa_public_key_prepare (&client));
  wire[0] = GVNC_RSA_SERVER_LEN >> 8;
  wire[1] = GVNC_RSA_SERVER_LEN & 0xff;
  g_assert_true (gvnc_rsa_encrypt (&client, random, random_len, wire + 2, NULL));
  rsa_public_key_clear (&client);

  memcpy (self->server_random, random, sizeof self->server_random);
  gvnc_rsa_aes_derive (random, self->client_random, self->key_len, self->client_key);
  gvnc_eax_init (&self->in, self->client_key, self->key_len);
  gvnc_rsa_aes_derive (self->client_random, random, self->key_len, self->server_key);
  gvnc_eax_init (&self->out, self->server_key, self->key_len);
}

gsize
gvnc_rsa_server_hash (GvncRsaServer *self,
                      gboolean       of_client,
                      guint8         hash[32])
{
  const GvncRsaAesPublic server = { self->server_wire, GVNC_RSA_PUBLIC_LEN };
  const GvncRsaAesPublic client = { self->client_wire, GVNC_RSA_PUBLIC_LEN };

  return of_client ? gvnc_rsa_aes_hash (&client, &server, self->key_len, hash)
                   : gvnc_rsa_aes_hash (&server, &client, self->key_len, hash);
}

GBytes *
gvnc_rsa_server_info (void)
{
  guint8 modulus[GVNC_RSA_SERVER_LEN], exponent[8];
  const gnutls_datum_t m = { modulus, sizeof modulus }, e = { exponent, sizeof exponent };
  gnutls_pubkey_t key;
  gnutls_datum_t der;
  GBytes *info;

  server_make_key ();
  gvnc_number_write (server_public.n, modulus, sizeof modulus);
  gvnc_number_write (server_public.e, exponent, sizeof exponent);
  g_assert_cmpint (gnutls_pubkey_init (&key), ==, 0);
  g_assert_cmpint (gnutls_pubkey_import_rsa_raw (key, &m, &e), ==, 0);
  g_assert_cmpint (gnutls_pubkey_export2 (key, GNUTLS_X509_FMT_DER, &der), ==, 0);
  info = g_bytes_new (der.data, der.size);
  gnutls_free (der.data);
  gnutls_pubkey_deinit (key);
  return info;
}

gboolean
gvnc_rsa_server_open (const guint8  sealed[GVNC_RSA_SERVER_LEN],
                      guint8       *bytes,
                      gsize         len)
{
  guint8 opened[GVNC_RSA_SERVER_LEN];
  size_t opened_len = sizeof opened;
  mpz_t number;
  gboolean ok;

  server_make_key ();
  mpz_init (number);
  gvnc_number_read (number, sealed, GVNC_RSA_SERVER_LEN);
  ok = rsa_decrypt (&server_private, &opened_len, opened, number) && opened_len == len;
  mpz_clear (number);
  if (ok)
    memcpy (bytes, opened, len);
  return ok;
}
