/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/mslogon2.h"

#include "security/crypto.h"
#include "security/security.h"
#include "wire/rfb.h"
#include "wire/wipe.h"

#include <glib/gi18n-lib.h>

/* UltraVNC's MSLogonII, rfbproto "MSLogonII Authentication".
 *   server: generator[8] | modulus[8] | key[8]
 *   client: key[8] | user name[256] | password[64], both enciphered with DES, the shared secret as key and vector
 *   units:  all at once.
 * A secret of 64 bits is found in no time by whoever listens, so this needs a link where nobody can. */
#define NUMBER_LEN 8
#define FIELDS_LEN (GVNC_MSLOGON2_USERNAME_LEN + GVNC_MSLOGON2_PASSWORD_LEN)

/* UltraVNC's primes have up to 31 bits. With fewer than these no secret is left at all. */
#define LEAST_BITS 16

typedef struct {
  gboolean has_numbers;
  guint8   numbers[3 * NUMBER_LEN];
} Mslogon2State;

void
gvnc_mslogon2_seal (const guint8 shared[8],
                    guint8       fields[GVNC_MSLOGON2_USERNAME_LEN + GVNC_MSLOGON2_PASSWORD_LEN])
{
  gvnc_des_cbc (shared, fields, GVNC_MSLOGON2_USERNAME_LEN);
  gvnc_des_cbc (shared, fields + GVNC_MSLOGON2_USERNAME_LEN, GVNC_MSLOGON2_PASSWORD_LEN);
}

static gboolean
mslogon2_start (GvncSecurity  *self,
                GvncWriter    *out,
                GError       **error)
{
  return gvnc_security_check_weak (self, _("its key has 64 bits"), error);
}

static gsize
mslogon2_want (const GvncSecurity *self)
{
  const Mslogon2State *mslogon2 = self->state;

  return mslogon2->has_numbers ? 0 : sizeof mslogon2->numbers;
}

static GvncDhOffer
mslogon2_offer (const GvncSecurity *self)
{
  const Mslogon2State *mslogon2 = self->state;

  return (GvncDhOffer) {
    .type = "MSLogonII",
    .generator = mslogon2->numbers,
    .generator_len = NUMBER_LEN,
    .prime = mslogon2->numbers + NUMBER_LEN,
    .key = mslogon2->numbers + 2 * NUMBER_LEN,
    .len = NUMBER_LEN,
    .least_bits = LEAST_BITS,
  };
}

static gboolean
mslogon2_take (GvncSecurity  *self,
               GvncReader    *in,
               GvncWriter    *out,
               GError       **error)
{
  static const guint8 credentials[] = { GVNC_CREDENTIAL_USERNAME, GVNC_CREDENTIAL_PASSWORD };
  Mslogon2State *mslogon2 = self->state;
  GvncDhOffer offer;

  memcpy (mslogon2->numbers, gvnc_reader_bytes (in, sizeof mslogon2->numbers), sizeof mslogon2->numbers);
  mslogon2->has_numbers = TRUE;
  offer = mslogon2_offer (self);
  if (!gvnc_dh_check (&offer, error))
    return FALSE;
  self->weakness = g_strdup (_("the login is encrypted with a key of 64 bits"));
  gvnc_security_ask (self, credentials, G_N_ELEMENTS (credentials));
  return TRUE;
}

static gboolean
mslogon2_resume (GvncSecurity  *self,
                 char *const   *credentials,
                 GvncWriter    *out,
                 GError       **error)
{
  GvncDhOffer offer = mslogon2_offer (self);
  guint8 fields[FIELDS_LEN];
  guint8 key[NUMBER_LEN], shared[NUMBER_LEN];
  gboolean ok = gvnc_random (fields, sizeof fields, error) &&
                gvnc_field_put (fields, GVNC_MSLOGON2_USERNAME_LEN, credentials[GVNC_CREDENTIAL_USERNAME],
                                _("user name"), error) &&
                gvnc_field_put (fields + GVNC_MSLOGON2_USERNAME_LEN, GVNC_MSLOGON2_PASSWORD_LEN,
                                credentials[GVNC_CREDENTIAL_PASSWORD], _("password"), error) &&
                gvnc_dh_exchange (&offer, key, shared, error);

  if (ok) {
    gvnc_mslogon2_seal (shared, fields);
    gvnc_writer_bytes (out, key, sizeof key);
    gvnc_writer_bytes (out, fields, sizeof fields);
    self->done = TRUE;
  }
  gvnc_wipe (fields, sizeof fields);
  gvnc_wipe (shared, sizeof shared);
  return ok;
}

const GvncSecurityType gvnc_security_mslogon2 = {
  .number = GVNC_RFB_SECURITY_MSLOGON2,
  .name = "MSLogonII",
  .state_size = sizeof (Mslogon2State),
  .start = mslogon2_start,
  .want = mslogon2_want,
  .take = mslogon2_take,
  .resume = mslogon2_resume,
};
