/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/rsa-aes.h"

#include "security/crypto.h"
#include "security/rsa.h"
#include "security/security.h"
#include "session/limits.h"
#include "wire/rfb.h"
#include "wire/wipe.h"

#include <glib/gi18n-lib.h>
#include <nettle/memops.h>
#include <nettle/rsa.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>

/* RSA-AES, rfbproto "RSA-AES Security Type" and those behind it: RA2, RA2ne, and both with 256 bits.
 *   server: key                            key:    U32 bits | modulus[bits / 8] | exponent[bits / 8]
 *   client: key | secret                   secret: U16 length | random[16 or 32], RSA with the other's key
 *   server: secret
 *   then frames as in eax.h:
 *   client: hash of both keys              server: hash of both keys
 *   server: U8 subtype                     client: U8 length | user name | U8 length | password
 *   units:  each length, then what it announces; each frame at once, since its length is known.
 * RA2ne goes on without frames. The random has 32 bytes with 256 bits: servers have it so, the specification is silent.
 * Nothing but the server's key, compared by people or remembered, tells who the server is. */

#define SUBTYPE_USER     1
#define SUBTYPE_PASSWORD 2

#define MOST_KEY_LEN  (GVNC_LIMIT_RSA_BITS / 8)
#define CLIENT_BITS   2048
#define CLIENT_LEN    (CLIENT_BITS / 8)
#define MOST_HASH_LEN SHA256_DIGEST_SIZE

typedef enum {
  RSA_KEY_LEN,
  RSA_KEY,
  RSA_SECRET_LEN,
  RSA_SECRET,
  RSA_HASH,
  RSA_SUBTYPE,
} RsaStep;

typedef struct {
  RsaStep                step;
  guint32                bits;            /* of the server's key, as it says */
  gsize                  size;            /* bytes of each of its numbers */
  guint8                 server[4 + 2 * MOST_KEY_LEN];
  guint8                 client[4 + 2 * CLIENT_LEN];
  gboolean               has_keys;        /* the three below are initialized */
  struct rsa_public_key  server_key;
  struct rsa_public_key  client_key;
  struct rsa_private_key secret_key;
  guint8                 random[32];      /* ours */
  gboolean               asks_user;
  GvncRsaAesKeys        *keys;
} RsaState;

static gboolean
rsa_is_256 (const GvncSecurity *self)
{
  return self->type->number == GVNC_RFB_SECURITY_RA2_256 || self->type->number == GVNC_RFB_SECURITY_RA2NE_256;
}

/* Bytes of a session key, and of a random that goes into it. */
static gsize
rsa_key_len (const GvncSecurity *self)
{
  return rsa_is_256 (self) ? AES256_KEY_SIZE : AES128_KEY_SIZE;
}

static gsize
rsa_hash_len (const GvncSecurity *self)
{
  return rsa_is_256 (self) ? SHA256_DIGEST_SIZE : SHA1_DIGEST_SIZE;
}

void
gvnc_rsa_aes_keys_free (gpointer data)
{
  if (data == NULL)
    return;
  gvnc_wipe (data, sizeof (GvncRsaAesKeys));
  g_free (data);
}

/* SHA-1 or SHA-256 of two strings of bytes. */
static void
rsa_digest (gboolean      is_256,
            const guint8 *first,
            gsize         first_len,
            const guint8 *second,
            gsize         second_len,
            guint8       *digest,
            gsize         digest_len)
{
  if (is_256) {
    struct sha256_ctx sha256;

    sha256_init (&sha256);
    sha256_update (&sha256, first_len, first);
    sha256_update (&sha256, second_len, second);
    sha256_digest (&sha256, digest_len, digest);
    gvnc_wipe (&sha256, sizeof sha256);
  } else {
    struct sha1_ctx sha1;

    sha1_init (&sha1);
    sha1_update (&sha1, first_len, first);
    sha1_update (&sha1, second_len, second);
    sha1_digest (&sha1, digest_len, digest);
    gvnc_wipe (&sha1, sizeof sha1);
  }
}

void
gvnc_rsa_aes_derive (const guint8 *first_random,
                     const guint8 *second_random,
                     gsize         len,
                     guint8       *key)
{
  rsa_digest (len == AES256_KEY_SIZE, first_random, len, second_random, len, key, len);
}

gsize
gvnc_rsa_aes_hash (const GvncRsaAesPublic *own,
                   const GvncRsaAesPublic *other,
                   gsize                   key_len,
                   guint8                  hash[32])
{
  gsize len = key_len == AES256_KEY_SIZE ? SHA256_DIGEST_SIZE : SHA1_DIGEST_SIZE;

  rsa_digest (key_len == AES256_KEY_SIZE, own->wire, own->len, other->wire, other->len, hash, len);
  return len;
}

static gboolean
rsa_start (GvncSecurity  *self,
           GvncWriter    *out,
           GError       **error)
{
  self->proving = TRUE;
  return TRUE;
}

static void
rsa_clear (GvncSecurity *self)
{
  RsaState *rsa = self->state;

  gvnc_rsa_aes_keys_free (rsa->keys);
  if (!rsa->has_keys)
    return;
  rsa_public_key_clear (&rsa->server_key);
  rsa_public_key_clear (&rsa->client_key);
  gvnc_number_clear (rsa->secret_key.d);
  gvnc_number_clear (rsa->secret_key.p);
  gvnc_number_clear (rsa->secret_key.q);
  gvnc_number_clear (rsa->secret_key.a);
  gvnc_number_clear (rsa->secret_key.b);
  gvnc_number_clear (rsa->secret_key.c);
}

static gsize
rsa_want (const GvncSecurity *self)
{
  const RsaState *rsa = self->state;

  switch (rsa->step) {
  case RSA_KEY_LEN:
    return 4;
  case RSA_KEY:
    return 2 * rsa->size;
  case RSA_SECRET_LEN:
    return 2;
  case RSA_SECRET:
    return CLIENT_LEN;
  case RSA_HASH:
    return GVNC_EAX_EXTRA_LEN + rsa_hash_len (self);
  case RSA_SUBTYPE:
    return GVNC_EAX_EXTRA_LEN + 1;
  }
  return 0;
}

static gboolean
rsa_take_key_len (GvncSecurity  *self,
                  GvncReader    *in,
                  GError       **error)
{
  RsaState *rsa = self->state;

  rsa->bits = gvnc_reader_u32 (in);
  if (rsa->bits < GVNC_LIMIT_RSA_LEAST_BITS || rsa->bits > GVNC_LIMIT_RSA_BITS)
    return gvnc_limit_error (error, _("%s: the server's key has %u bits; %u to %u are accepted"),
                             self->type->name, rsa->bits, GVNC_LIMIT_RSA_LEAST_BITS, GVNC_LIMIT_RSA_BITS);
  rsa->size = (rsa->bits + 7) / 8;
  rsa->step = RSA_KEY;
  return TRUE;
}

/* The server is who it should be: our key, and a secret that only the owner of its key can read. */
static gboolean
rsa_trusted (GvncSecurity  *self,
             GvncWriter    *out,
             GError       **error)
{
  RsaState *rsa = self->state;
  gsize random_len = rsa_key_len (self);
  /* The key's bytes are fewer than those on the wire when its length is not that of its modulus. */
  g_autofree guint8 *sealed = g_malloc0 (rsa->size);

  if (!gvnc_rsa_make_pair (&rsa->client_key, &rsa->secret_key, CLIENT_BITS))
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("%s: no key could be made on this system"), self->type->name);
  if (!gvnc_random (rsa->random, random_len, error) ||
      !gvnc_rsa_encrypt (&rsa->server_key, rsa->random, random_len, sealed + rsa->size - rsa->server_key.size, error))
    return FALSE;

  rsa->client[0] = rsa->client[1] = 0;
  rsa->client[2] = CLIENT_BITS >> 8;
  rsa->client[3] = CLIENT_BITS & 0xff;
  gvnc_number_write (rsa->client_key.n, rsa->client + 4, CLIENT_LEN);
  gvnc_number_write (rsa->client_key.e, rsa->client + 4 + CLIENT_LEN, CLIENT_LEN);
  gvnc_writer_bytes (out, rsa->client, sizeof rsa->client);
  gvnc_writer_u16 (out, (guint16) rsa->size);
  gvnc_writer_bytes (out, sealed, rsa->size);
  rsa->step = RSA_SECRET_LEN;
  return TRUE;
}

static gboolean
rsa_take_key (GvncSecurity  *self,
              GvncReader    *in,
              GvncWriter    *out,
              GError       **error)
{
  RsaState *rsa = self->state;
  const guint8 *modulus = gvnc_reader_bytes (in, rsa->size);
  const guint8 *exponent = gvnc_reader_bytes (in, rsa->size);

  for (guint i = 0; i < 4; i++)
    rsa->server[i] = (guint8) (rsa->bits >> (24 - 8 * i));
  memcpy (rsa->server + 4, modulus, rsa->size);
  memcpy (rsa->server + 4 + rsa->size, exponent, rsa->size);

  rsa_public_key_init (&rsa->server_key);
  rsa_public_key_init (&rsa->client_key);
  rsa_private_key_init (&rsa->secret_key);
  rsa->has_keys = TRUE;
  gvnc_number_read (rsa->server_key.n, modulus, rsa->size);
  gvnc_number_read (rsa->server_key.e, exponent, rsa->size);
  if (!gvnc_rsa_check (self->type->name, &rsa->server_key, gvnc_security_may_be_weak (self), error))
    return FALSE;

  if (self->link->local)   /* nobody can stand between */
    return rsa_trusted (self, out, error);
  self->identity = gvnc_rsa_identity (&rsa->server_key, self->link->hostname, rsa->server, 4 + 2 * rsa->size);
  return TRUE;
}

/* Puts what is for the server into a frame. */
static void
rsa_send (RsaState     *rsa,
          GvncWriter   *out,
          const guint8 *bytes,
          gsize         len)
{
  g_autofree guint8 *frame = g_malloc (GVNC_EAX_EXTRA_LEN + len);

  gvnc_eax_seal (&rsa->keys->out, bytes, (guint16) len, frame);
  gvnc_writer_bytes (out, frame, GVNC_EAX_EXTRA_LEN + len);
}

/* Takes a frame of @len bytes out of its seal. */
static gboolean
rsa_receive (GvncSecurity  *self,
             GvncReader    *in,
             guint8        *bytes,
             guint          len,
             GError       **error)
{
  RsaState *rsa = self->state;
  const guint8 *frame = gvnc_reader_bytes (in, GVNC_EAX_EXTRA_LEN + len);
  guint said = (guint) frame[0] << 8 | frame[1];

  if (said != len)
    return gvnc_protocol_error (error, _("%s: the server sent a message of %u bytes in place of %u"),
                                self->type->name, said, len);
  if (!gvnc_eax_open (&rsa->keys->in, frame, (guint16) len, bytes))
    return gvnc_set_error (error, GVNC_ERROR_TLS, _("%s: a message of the server was changed on its way"), self->type->name);
  return TRUE;
}

static gboolean
rsa_take_secret_len (GvncSecurity  *self,
                     GvncReader    *in,
                     GError       **error)
{
  RsaState *rsa = self->state;
  guint len = gvnc_reader_u16 (in);

  if (len != CLIENT_LEN)
    return gvnc_protocol_error (error, _("%s: the server's random number has %u bytes in place of %u"),
                                self->type->name, len, CLIENT_LEN);
  rsa->step = RSA_SECRET;
  return TRUE;
}

/* Our hash: the own key first. */
static void
rsa_send_hash (GvncSecurity *self,
               GvncWriter   *out)
{
  RsaState *rsa = self->state;
  const GvncRsaAesPublic client = { rsa->client, sizeof rsa->client };
  const GvncRsaAesPublic server = { rsa->server, 4 + 2 * rsa->size };
  guint8 hash[MOST_HASH_LEN];
  gsize len = gvnc_rsa_aes_hash (&client, &server, rsa_key_len (self), hash);

  rsa_send (rsa, out, hash, len);
}

static gboolean
rsa_take_secret (GvncSecurity  *self,
                 GvncReader    *in,
                 GvncWriter    *out,
                 GError       **error)
{
  RsaState *rsa = self->state;
  const gsize key_len = rsa_key_len (self);
  guint8 random[CLIENT_LEN], key[AES256_KEY_SIZE];
  size_t len = sizeof random;
  gboolean no_random = FALSE;
  mpz_t number;
  gboolean ok;

  mpz_init (number);
  gvnc_number_read (number, gvnc_reader_bytes (in, CLIENT_LEN), CLIENT_LEN);
  ok = mpz_cmp (number, rsa->client_key.n) < 0 &&
       rsa_decrypt_tr (&rsa->client_key, &rsa->secret_key, &no_random, gvnc_rsa_random, &len, random, number) &&
       len == key_len && !no_random;
  mpz_clear (number);
  if (ok) {
    rsa->keys = g_new0 (GvncRsaAesKeys, 1);
    gvnc_rsa_aes_derive (random, rsa->random, key_len, key);
    gvnc_eax_init (&rsa->keys->out, key, key_len);
    gvnc_rsa_aes_derive (rsa->random, random, key_len, key);
    gvnc_eax_init (&rsa->keys->in, key, key_len);
    rsa_send_hash (self, out);
    rsa->step = RSA_HASH;
  } else {
    gvnc_protocol_error (error, _("%s: the server's random number is not made with our key"), self->type->name);
  }
  gvnc_wipe (random, sizeof random);
  gvnc_wipe (key, sizeof key);
  return ok;
}

static gboolean
rsa_take_hash (GvncSecurity  *self,
               GvncReader    *in,
               GError       **error)
{
  RsaState *rsa = self->state;
  const GvncRsaAesPublic client = { rsa->client, sizeof rsa->client };
  const GvncRsaAesPublic server = { rsa->server, 4 + 2 * rsa->size };
  guint8 expected[MOST_HASH_LEN], hash[MOST_HASH_LEN];
  gsize len = gvnc_rsa_aes_hash (&server, &client, rsa_key_len (self), expected);

  if (!rsa_receive (self, in, hash, (guint) len, error))
    return FALSE;
  if (!memeql_sec (hash, expected, len))
    return gvnc_set_error (error, GVNC_ERROR_TLS,
                           _("%s: the server has seen other keys than were sent; somebody stands between"), self->type->name);
  rsa->step = RSA_SUBTYPE;
  return TRUE;
}

static gboolean
rsa_take_subtype (GvncSecurity  *self,
                  GvncReader    *in,
                  GError       **error)
{
  static const guint8 credentials[] = { GVNC_CREDENTIAL_USERNAME, GVNC_CREDENTIAL_PASSWORD };
  RsaState *rsa = self->state;
  guint8 subtype;

  if (!rsa_receive (self, in, &subtype, 1, error))
    return FALSE;
  if (subtype != SUBTYPE_USER && subtype != SUBTYPE_PASSWORD)
    return gvnc_protocol_error (error, _("%s: the server asks for credentials of the unknown kind %u"),
                                self->type->name, subtype);
  rsa->asks_user = subtype == SUBTYPE_USER;
  gvnc_security_ask (self, rsa->asks_user ? credentials : credentials + 1, rsa->asks_user ? 2 : 1);
  return TRUE;
}

static gboolean
rsa_take (GvncSecurity  *self,
          GvncReader    *in,
          GvncWriter    *out,
          GError       **error)
{
  RsaState *rsa = self->state;

  switch (rsa->step) {
  case RSA_KEY_LEN:
    return rsa_take_key_len (self, in, error);
  case RSA_KEY:
    return rsa_take_key (self, in, out, error);
  case RSA_SECRET_LEN:
    return rsa_take_secret_len (self, in, error);
  case RSA_SECRET:
    return rsa_take_secret (self, in, out, error);
  case RSA_HASH:
    return rsa_take_hash (self, in, error);
  case RSA_SUBTYPE:
    return rsa_take_subtype (self, in, error);
  }
  g_assert_not_reached ();
}

static gboolean
rsa_resume (GvncSecurity  *self,
            char *const   *credentials,
            GvncWriter    *out,
            GError       **error)
{
  RsaState *rsa = self->state;
  const char *username = rsa->asks_user ? credentials[GVNC_CREDENTIAL_USERNAME] : "";
  const char *password = credentials[GVNC_CREDENTIAL_PASSWORD];
  gsize username_len = strlen (username), password_len = strlen (password);
  guint8 message[2 + 2 * (G_MAXUINT8 + 1)];

  /* The field's zero falls on the length, or the end, that follows. */
  if (!gvnc_field_put (message + 1, G_MAXUINT8 + 1, username, _("user name"), error) ||
      !gvnc_field_put (message + 2 + username_len, G_MAXUINT8 + 1, password, _("password"), error))
    return FALSE;
  message[0] = (guint8) username_len;
  message[1 + username_len] = (guint8) password_len;
  rsa_send (rsa, out, message, 2 + username_len + password_len);
  gvnc_wipe (message, sizeof message);

  if (self->type->layered != NULL)
    gvnc_security_secure (self, GVNC_SECURE_RSA_AES, g_steal_pointer (&rsa->keys), gvnc_rsa_aes_keys_free);
  else
    self->done = TRUE;
  return TRUE;
}

static gboolean
rsa_layered (GvncSecurity  *self,
             GvncWriter    *out,
             GError       **error)
{
  self->done = TRUE;
  return TRUE;
}

const GvncSecurityType gvnc_security_ra2 = {
  .number = GVNC_RFB_SECURITY_RA2,
  .name = "RA2",
  .state_size = sizeof (RsaState),
  .clear = rsa_clear,
  .start = rsa_start,
  .want = rsa_want,
  .take = rsa_take,
  .resume = rsa_resume,
  .trusted = rsa_trusted,
  .layered = rsa_layered,
};

const GvncSecurityType gvnc_security_ra2ne = {
  .number = GVNC_RFB_SECURITY_RA2NE,
  .name = "RA2ne",
  .state_size = sizeof (RsaState),
  .clear = rsa_clear,
  .start = rsa_start,
  .want = rsa_want,
  .take = rsa_take,
  .resume = rsa_resume,
  .trusted = rsa_trusted,
};

const GvncSecurityType gvnc_security_ra2_256 = {
  .number = GVNC_RFB_SECURITY_RA2_256,
  .name = "RA2_256",
  .state_size = sizeof (RsaState),
  .clear = rsa_clear,
  .start = rsa_start,
  .want = rsa_want,
  .take = rsa_take,
  .resume = rsa_resume,
  .trusted = rsa_trusted,
  .layered = rsa_layered,
};

const GvncSecurityType gvnc_security_ra2ne_256 = {
  .number = GVNC_RFB_SECURITY_RA2NE_256,
  .name = "RA2ne_256",
  .state_size = sizeof (RsaState),
  .clear = rsa_clear,
  .start = rsa_start,
  .want = rsa_want,
  .take = rsa_take,
  .resume = rsa_resume,
  .trusted = rsa_trusted,
};
