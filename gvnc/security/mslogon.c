/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/crypto.h"
#include "security/security.h"
#include "wire/rfb.h"
#include "wire/wipe.h"

#include <glib/gi18n-lib.h>

/* UltraVNC's first logon with a Windows account, which only servers that say 003.003 to 003.006 have. No specification
 * tells of it; this is what such servers take.
 *   server: mask[64] | challenge[16]
 *   client: user name[256] | domain[256] | mask[64], its first 32 bytes xor the password | response[16]
 *   units:  all at once.
 * The password is filled up with zeros, and its first 8 bytes are enciphered with a key that everybody knows, so it is as
 * good as sent in clear; the response is that of VNC authentication. A user name "DOMAIN\user" is split. */
#define MASK_LEN      64
#define CHALLENGE_LEN 16
#define NAME_LEN      256
#define PASSWORD_LEN  32

static const guint8 known_key[8] = { 23, 82, 107, 6, 35, 78, 88, 7 };

typedef struct {
  gboolean has_challenge;
  guint8   mask[MASK_LEN];
  guint8   challenge[CHALLENGE_LEN];
} MslogonState;

static gboolean
mslogon_start (GvncSecurity  *self,
               GvncWriter    *out,
               GError       **error)
{
  self->weakness = g_strdup (_("the login is encrypted with a key that everybody knows"));
  return gvnc_security_check_weak (self, _("it uses a key that everybody knows"), error);
}

static gsize
mslogon_want (const GvncSecurity *self)
{
  const MslogonState *mslogon = self->state;

  return mslogon->has_challenge ? 0 : MASK_LEN + CHALLENGE_LEN;
}

static gboolean
mslogon_take (GvncSecurity  *self,
              GvncReader    *in,
              GvncWriter    *out,
              GError       **error)
{
  static const guint8 credentials[] = { GVNC_CREDENTIAL_USERNAME, GVNC_CREDENTIAL_PASSWORD };
  MslogonState *mslogon = self->state;

  memcpy (mslogon->mask, gvnc_reader_bytes (in, MASK_LEN), MASK_LEN);
  memcpy (mslogon->challenge, gvnc_reader_bytes (in, CHALLENGE_LEN), CHALLENGE_LEN);
  mslogon->has_challenge = TRUE;
  gvnc_security_ask (self, credentials, G_N_ELEMENTS (credentials));
  return TRUE;
}

static gboolean
mslogon_resume (GvncSecurity  *self,
                char *const   *credentials,
                GvncWriter    *out,
                GError       **error)
{
  MslogonState *mslogon = self->state;
  const char *user = credentials[GVNC_CREDENTIAL_USERNAME];
  const char *password = credentials[GVNC_CREDENTIAL_PASSWORD];
  const char *backslash = strchr (user, '\\');
  g_autofree char *domain = g_strndup (user, backslash != NULL ? (gsize) (backslash - user) : 0);
  guint8 names[2 * NAME_LEN] = { 0 };
  guint8 secret[PASSWORD_LEN + 1] = { 0 };
  guint8 key[8] = { 0 };

  if (backslash != NULL)
    user = backslash + 1;
  if (!gvnc_field_put (names, NAME_LEN, user, _("user name"), error) ||
      !gvnc_field_put (names + NAME_LEN, NAME_LEN, domain, _("domain"), error) ||
      !gvnc_field_put (secret, sizeof secret, password, _("password"), error))
    return FALSE;

  memcpy (key, secret, sizeof key);
  gvnc_des_ecb (known_key, secret, 8);
  for (guint i = 0; i < PASSWORD_LEN; i++)
    mslogon->mask[i] ^= secret[i];
  gvnc_des_ecb (key, mslogon->challenge, CHALLENGE_LEN);
  gvnc_wipe (secret, sizeof secret);
  gvnc_wipe (key, sizeof key);

  gvnc_writer_bytes (out, names, sizeof names);
  gvnc_writer_bytes (out, mslogon->mask, MASK_LEN);
  gvnc_writer_bytes (out, mslogon->challenge, CHALLENGE_LEN);
  self->done = TRUE;
  return TRUE;
}

const GvncSecurityType gvnc_security_mslogon = {
  .number = GVNC_RFB_SECURITY_MSLOGON,
  .name = "MSLogon",
  .state_size = sizeof (MslogonState),
  .start = mslogon_start,
  .want = mslogon_want,
  .take = mslogon_take,
  .resume = mslogon_resume,
};
