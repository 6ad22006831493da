/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/security.h"

#include "wire/rfb.h"
#include "wire/wipe.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

/* VNC authentication, RFC 6143 section 7.2.2.
 *   server: challenge[16]
 *   client: response[16], the challenge's halves each enciphered with DES, the password as the key
 *   units:  the challenge. */
#define CHALLENGE_LEN 16
#define KEY_LEN       8

typedef struct {
  gboolean has_challenge;
  guint8   challenge[CHALLENGE_LEN];
} VncAuthState;

/* Everybody's DES takes a key byte's bits the other way round than the first VNC did. */
static guint8
vncauth_mirror (guint8 byte)
{
  guint8 mirrored = 0;

  for (guint bit = 0; bit < 8; bit++)
    if (byte & (1u << bit))
      mirrored |= (guint8) (0x80u >> bit);
  return mirrored;
}

gboolean
gvnc_vnc_auth_response (const char    *password,
                        const guint8   challenge[16],
                        guint8         response[16],
                        GError       **error)
{
  guint8 key[KEY_LEN] = { 0 };
  int status = GNUTLS_E_SUCCESS;

  for (guint i = 0; i < KEY_LEN && password[i] != '\0'; i++)
    key[i] = vncauth_mirror ((guint8) password[i]);

  /* GnuTLS has DES in chaining mode only; with a zero vector each half by itself is the plain mode. */
  for (guint half = 0; half < CHALLENGE_LEN && status == GNUTLS_E_SUCCESS; half += 8) {
    guint8 vector[8] = { 0 };
    gnutls_datum_t key_datum = { key, sizeof key };
    gnutls_datum_t vector_datum = { vector, sizeof vector };
    gnutls_cipher_hd_t cipher;

    status = gnutls_cipher_init (&cipher, GNUTLS_CIPHER_DES_CBC, &key_datum, &vector_datum);
    if (status != GNUTLS_E_SUCCESS)
      break;
    status = gnutls_cipher_encrypt2 (cipher, challenge + half, 8, response + half, 8);
    gnutls_cipher_deinit (cipher);
  }
  gvnc_wipe (key, sizeof key);

  if (status != GNUTLS_E_SUCCESS)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("This system's GnuTLS refuses DES, which VNC authentication needs: %s"),
                           gnutls_strerror (status));
  return TRUE;
}

static gboolean
vncauth_start (GvncSecurity  *self,
               GvncWriter    *out,
               GError       **error)
{
  return TRUE;
}

static gsize
vncauth_want (const GvncSecurity *self)
{
  const VncAuthState *vnc = self->state;

  return vnc->has_challenge ? 0 : CHALLENGE_LEN;
}

static const guint8 vncauth_credentials[] = { GVNC_CREDENTIAL_PASSWORD };

static gboolean
vncauth_take (GvncSecurity  *self,
              GvncReader    *in,
              GvncWriter    *out,
              GError       **error)
{
  VncAuthState *vnc = self->state;

  memcpy (vnc->challenge, gvnc_reader_bytes (in, CHALLENGE_LEN), CHALLENGE_LEN);
  vnc->has_challenge = TRUE;
  gvnc_security_ask (self, vncauth_credentials, G_N_ELEMENTS (vncauth_credentials));
  return TRUE;
}

static gboolean
vncauth_resume (GvncSecurity  *self,
                char *const   *credentials,
                GvncWriter    *out,
                GError       **error)
{
  VncAuthState *vnc = self->state;
  guint8 response[CHALLENGE_LEN];

  if (!gvnc_vnc_auth_response (credentials[GVNC_CREDENTIAL_PASSWORD], vnc->challenge, response, error))
    return FALSE;
  gvnc_writer_bytes (out, response, sizeof response);
  gvnc_wipe (response, sizeof response);
  self->done = TRUE;
  return TRUE;
}

const GvncSecurityType gvnc_security_vnc = {
  .number = GVNC_RFB_SECURITY_VNC,
  .name = "VNC authentication",
  .state_size = sizeof (VncAuthState),
  .start = vncauth_start,
  .want = vncauth_want,
  .take = vncauth_take,
  .resume = vncauth_resume,
};
