/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/security.h"

#include "session/limits.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Plain, rfbproto "VeNCrypt", subtype Plain: user name and password as they are.
 *   client: U32 length of the name, U32 length of the password, the name, the password
 *
 * Nothing protects them but the link. */

static const guint8 plain_credentials[] = { GVNC_CREDENTIAL_USERNAME, GVNC_CREDENTIAL_PASSWORD };

static gboolean
plain_start (GvncSecurity  *self,
             GvncWriter    *out,
             GError       **error)
{
  if (!gvnc_security_may_be_plain (self))
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("The server wants user name and password unencrypted, which this client does not allow "
                             "where others can listen"));
  gvnc_security_ask (self, plain_credentials, G_N_ELEMENTS (plain_credentials));
  return TRUE;
}

static gboolean
plain_resume (GvncSecurity  *self,
              char *const   *credentials,
              GvncWriter    *out,
              GError       **error)
{
  const char *username = credentials[GVNC_CREDENTIAL_USERNAME];
  const char *password = credentials[GVNC_CREDENTIAL_PASSWORD];
  gsize username_len = strlen (username), password_len = strlen (password);

  if (username_len > GVNC_LIMIT_CREDENTIAL_LEN || password_len > GVNC_LIMIT_CREDENTIAL_LEN)
    return gvnc_limit_error (error, _("User name and password have %zu and %zu bytes; "
                                      "at most %d are sent"), username_len, password_len, GVNC_LIMIT_CREDENTIAL_LEN);
  gvnc_writer_u32 (out, (guint32) username_len);
  gvnc_writer_u32 (out, (guint32) password_len);
  gvnc_writer_bytes (out, username, username_len);
  gvnc_writer_bytes (out, password, password_len);
  self->done = TRUE;
  return TRUE;
}

const GvncSecurityType gvnc_security_plain = {
  .number = GVNC_RFB_VENCRYPT_PLAIN,
  .name = "Plain",
  .start = plain_start,
  .resume = plain_resume,
};
