/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/ard.h"

#include "security/crypto.h"
#include "security/security.h"
#include "session/limits.h"
#include "wire/rfb.h"
#include "wire/wipe.h"

#include <glib/gi18n-lib.h>
#include <nettle/md5.h>

/* Apple Remote Desktop, rfbproto "Diffie-Hellman Authentication".
 *   server: U16 generator | U16 length | prime[length] | key[length]
 *   client: block[128], user name and password, AES-128 with the MD5 of the shared secret | key[length]
 *   units:  the header, then prime and key.
 * The length is the server's choice: 128 bytes for long, 512 and more on newer macOS. */
#define HEADER_LEN 4

/* A prime with fewer bits is taken, as older servers have no other, and told. */
#define GOOD_BITS 2048

typedef struct {
  guint8 generator[2];
  guint  len;                               /* of prime and key each; 0 before the header */
  guint8 numbers[2 * GVNC_LIMIT_DH_LEN];    /* prime, then key */
} ArdState;

gboolean
gvnc_ard_block (const char *username,
                const char *password,
                guint8      block[GVNC_ARD_BLOCK_LEN],
                GError    **error)
{
  return gvnc_field_put (block, GVNC_ARD_FIELD_LEN, username, _("user name"), error) &&
         gvnc_field_put (block + GVNC_ARD_FIELD_LEN, GVNC_ARD_FIELD_LEN, password, _("password"), error);
}

void
gvnc_ard_seal (const guint8 *shared,
               gsize         shared_len,
               guint8        block[GVNC_ARD_BLOCK_LEN])
{
  struct md5_ctx md5;
  guint8 key[MD5_DIGEST_SIZE];

  md5_init (&md5);
  md5_update (&md5, shared_len, shared);
  md5_digest (&md5, sizeof key, key);
  gvnc_aes_ecb (key, block, GVNC_ARD_BLOCK_LEN);
  gvnc_wipe (key, sizeof key);
  gvnc_wipe (&md5, sizeof md5);
}

static gboolean
ard_start (GvncSecurity  *self,
           GvncWriter    *out,
           GError       **error)
{
  return TRUE;
}

static gsize
ard_want (const GvncSecurity *self)
{
  const ArdState *ard = self->state;

  return ard->len == 0 ? HEADER_LEN : 2 * ard->len;
}

static gboolean
ard_take_header (ArdState    *ard,
                 GvncReader  *in,
                 GError     **error)
{
  memcpy (ard->generator, gvnc_reader_bytes (in, sizeof ard->generator), sizeof ard->generator);
  ard->len = gvnc_reader_u16 (in);
  if (ard->len == 0)
    return gvnc_protocol_error (error, _("%s: the server's key has no bytes"), "Apple Remote Desktop");
  if (ard->len > GVNC_LIMIT_DH_LEN)
    return gvnc_limit_error (error, _("%s: the server's key has %u bytes; at most %u are accepted"),
                             "Apple Remote Desktop", ard->len, GVNC_LIMIT_DH_LEN);
  return TRUE;
}

static GvncDhOffer
ard_offer (const GvncSecurity *self)
{
  const ArdState *ard = self->state;

  return (GvncDhOffer) {
    .type = "Apple Remote Desktop",
    .generator = ard->generator,
    .generator_len = sizeof ard->generator,
    .prime = ard->numbers,
    .key = ard->numbers + ard->len,
    .len = ard->len,
    .least_bits = gvnc_security_may_be_weak (self) ? GVNC_LIMIT_DH_LEAST_BITS : GVNC_LIMIT_DH_STRONG_BITS,
  };
}

static gboolean
ard_take (GvncSecurity  *self,
          GvncReader    *in,
          GvncWriter    *out,
          GError       **error)
{
  static const guint8 credentials[] = { GVNC_CREDENTIAL_USERNAME, GVNC_CREDENTIAL_PASSWORD };
  ArdState *ard = self->state;
  GvncDhOffer offer;

  if (ard->len == 0)
    return ard_take_header (ard, in, error);
  memcpy (ard->numbers, gvnc_reader_bytes (in, 2 * ard->len), 2 * ard->len);
  offer = ard_offer (self);
  if (!gvnc_dh_check (&offer, error))
    return FALSE;
  if (gvnc_dh_bits (&offer) < GOOD_BITS)
    self->weakness = g_strdup_printf (_("the server's Diffie-Hellman prime has only %u bits"), gvnc_dh_bits (&offer));
  gvnc_security_ask (self, credentials, G_N_ELEMENTS (credentials));
  return TRUE;
}

static gboolean
ard_resume (GvncSecurity  *self,
            char *const   *credentials,
            GvncWriter    *out,
            GError       **error)
{
  GvncDhOffer offer = ard_offer (self);
  guint8 block[GVNC_ARD_BLOCK_LEN];
  guint8 *key = g_malloc (2 * offer.len);
  guint8 *shared = key + offer.len;
  gboolean ok = gvnc_random (block, sizeof block, error) &&
                gvnc_ard_block (credentials[GVNC_CREDENTIAL_USERNAME], credentials[GVNC_CREDENTIAL_PASSWORD], block, error) &&
                gvnc_dh_exchange (&offer, key, shared, error);

  if (ok) {
    gvnc_ard_seal (shared, offer.len, block);
    gvnc_writer_bytes (out, block, sizeof block);
    gvnc_writer_bytes (out, key, offer.len);
    self->done = TRUE;
  }
  gvnc_wipe (block, sizeof block);
  gvnc_wipe (shared, offer.len);
  g_free (key);
  return ok;
}

const GvncSecurityType gvnc_security_ard = {
  .number = GVNC_RFB_SECURITY_ARD,
  .name = "Apple Remote Desktop",
  .state_size = sizeof (ArdState),
  .start = ard_start,
  .want = ard_want,
  .take = ard_take,
  .resume = ard_resume,
};
