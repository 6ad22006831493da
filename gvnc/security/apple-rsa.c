/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/ard.h"
#include "security/crypto.h"
#include "security/rsa.h"
#include "security/security.h"
#include "session/limits.h"
#include "wire/rfb.h"
#include "wire/wipe.h"

#include <glib/gi18n-lib.h>
#include <gnutls/abstract.h>
#include <string.h>

/* Apple's type 33. No specification tells of it; this is what macOS takes.
 *   client: U32 10 | U16 0x100 | 'RSA1' | U16 0 | U16 0
 *   server: U32 length | U16 version | U32 length | key[length], a SubjectPublicKeyInfo in DER | U8
 *   client: U32 length | U16 0x100 | 'RSA1' | U16 1 | block[128], AES-128 | U16 1 | AES key, RSA with the server's key
 *   server: U32
 *   units:  the header, the key with what follows it, the last number.
 * The key is all that tells who the server is, so it is trusted before the credentials are asked for. */
#define VERSION    0x100
#define MAGIC      "RSA1"
#define HEADER_LEN 10

typedef enum {
  APPLE_HEADER,
  APPLE_KEY,
  APPLE_CREDENTIALS,
  APPLE_ANSWER,
} AppleStep;

typedef struct {
  AppleStep             step;
  guint32               key_len;
  gboolean              has_key;
  struct rsa_public_key key;
} AppleState;

static gboolean
apple_start (GvncSecurity  *self,
             GvncWriter    *out,
             GError       **error)
{
  self->proving = TRUE;
  gvnc_writer_u32 (out, 2 + strlen (MAGIC) + 4);
  gvnc_writer_u16 (out, VERSION);
  gvnc_writer_bytes (out, MAGIC, strlen (MAGIC));
  gvnc_writer_u32 (out, 0);
  return TRUE;
}

static void
apple_clear (GvncSecurity *self)
{
  AppleState *apple = self->state;

  if (apple->has_key)
    rsa_public_key_clear (&apple->key);
}

static gsize
apple_want (const GvncSecurity *self)
{
  const AppleState *apple = self->state;

  switch (apple->step) {
  case APPLE_HEADER:
    return HEADER_LEN;
  case APPLE_KEY:
    return (gsize) apple->key_len + 1;
  case APPLE_CREDENTIALS:
    break;
  case APPLE_ANSWER:
    return 4;
  }
  return 0;
}

static gboolean
apple_take_header (AppleState  *apple,
                   GvncReader  *in,
                   GError     **error)
{
  guint32 len = gvnc_reader_u32 (in);

  gvnc_reader_u16 (in);
  apple->key_len = gvnc_reader_u32 (in);
  if (apple->key_len == 0 || apple->key_len > GVNC_LIMIT_RSA_DER_LEN)
    return gvnc_limit_error (error, _("Apple RSA: the server's key has %u bytes; 1 to %u are accepted"),
                             apple->key_len, GVNC_LIMIT_RSA_DER_LEN);
  if (len != HEADER_LEN - 4 + apple->key_len + 1)
    return gvnc_protocol_error (error, _("Apple RSA: a message of %u bytes cannot hold a key of %u"), len, apple->key_len);
  apple->step = APPLE_KEY;
  return TRUE;
}

static gboolean
apple_read_key (AppleState    *apple,
                const guint8  *der,
                GError       **error)
{
  gnutls_datum_t datum = { (guint8 *) der, apple->key_len }, modulus, exponent;
  gnutls_pubkey_t key;
  gboolean ok = FALSE;

  if (gnutls_pubkey_init (&key) == GNUTLS_E_SUCCESS) {
    ok = gnutls_pubkey_import (key, &datum, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS &&
         gnutls_pubkey_get_pk_algorithm (key, NULL) == GNUTLS_PK_RSA &&
         gnutls_pubkey_export_rsa_raw (key, &modulus, &exponent) == GNUTLS_E_SUCCESS;
    gnutls_pubkey_deinit (key);
  }
  if (!ok)
    return gvnc_protocol_error (error, _("Apple RSA: what the server sent is no RSA key"));

  rsa_public_key_init (&apple->key);
  apple->has_key = TRUE;
  gvnc_number_read (apple->key.n, modulus.data, modulus.size);
  gvnc_number_read (apple->key.e, exponent.data, exponent.size);
  gnutls_free (modulus.data);
  gnutls_free (exponent.data);
  return TRUE;
}

static gboolean
apple_trusted (GvncSecurity  *self,
               GvncWriter    *out,
               GError       **error)
{
  static const guint8 credentials[] = { GVNC_CREDENTIAL_USERNAME, GVNC_CREDENTIAL_PASSWORD };
  AppleState *apple = self->state;

  apple->step = APPLE_CREDENTIALS;
  gvnc_security_ask (self, credentials, G_N_ELEMENTS (credentials));
  return TRUE;
}

static gboolean
apple_take_key (GvncSecurity  *self,
                GvncReader    *in,
                GvncWriter    *out,
                GError       **error)
{
  AppleState *apple = self->state;
  const guint8 *der = gvnc_reader_bytes (in, apple->key_len);

  gvnc_reader_u8 (in);
  if (!apple_read_key (apple, der, error) ||
      !gvnc_rsa_check (self->type->name, &apple->key, gvnc_security_may_be_weak (self), error))
    return FALSE;
  if (self->link->local)   /* nobody can stand between */
    return apple_trusted (self, out, error);
  self->identity = gvnc_rsa_identity (&apple->key, self->link->hostname, der, apple->key_len);
  return TRUE;
}

static gboolean
apple_take (GvncSecurity  *self,
            GvncReader    *in,
            GvncWriter    *out,
            GError       **error)
{
  AppleState *apple = self->state;

  switch (apple->step) {
  case APPLE_HEADER:
    return apple_take_header (apple, in, error);
  case APPLE_KEY:
    return apple_take_key (self, in, out, error);
  case APPLE_ANSWER:
    gvnc_reader_u32 (in);
    self->done = TRUE;
    return TRUE;
  case APPLE_CREDENTIALS:
    break;
  }
  g_assert_not_reached ();
}

static gboolean
apple_resume (GvncSecurity  *self,
              char *const   *credentials,
              GvncWriter    *out,
              GError       **error)
{
  AppleState *apple = self->state;
  guint8 block[GVNC_ARD_BLOCK_LEN], key[16];
  g_autofree guint8 *sealed = g_malloc (apple->key.size);
  gboolean ok = gvnc_random (block, sizeof block, error) && gvnc_random (key, sizeof key, error) &&
                gvnc_ard_block (credentials[GVNC_CREDENTIAL_USERNAME], credentials[GVNC_CREDENTIAL_PASSWORD], block, error) &&
                gvnc_rsa_encrypt (&apple->key, key, sizeof key, sealed, error);

  if (ok) {
    gvnc_aes_ecb (key, block, sizeof block);
    gvnc_writer_u32 (out, (guint32) (2 + strlen (MAGIC) + 2 + sizeof block + 2 + apple->key.size));
    gvnc_writer_u16 (out, VERSION);
    gvnc_writer_bytes (out, MAGIC, strlen (MAGIC));
    gvnc_writer_u16 (out, 1);
    gvnc_writer_bytes (out, block, sizeof block);
    gvnc_writer_u16 (out, 1);
    gvnc_writer_bytes (out, sealed, apple->key.size);
    apple->step = APPLE_ANSWER;
  }
  gvnc_wipe (block, sizeof block);
  gvnc_wipe (key, sizeof key);
  return ok;
}

const GvncSecurityType gvnc_security_apple_rsa = {
  .number = GVNC_RFB_SECURITY_APPLE_RSA,
  .name = "Apple RSA",
  .state_size = sizeof (AppleState),
  .clear = apple_clear,
  .start = apple_start,
  .want = apple_want,
  .take = apple_take,
  .resume = apple_resume,
  .trusted = apple_trusted,
};
