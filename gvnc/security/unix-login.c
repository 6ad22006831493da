/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/security.h"
#include "session/limits.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Tight Unix login, rfbproto "Tight Unix Login Authentication"; inside of Tight only.
 *   client: U32 length | U32 length | user name[length] | password[length]
 * As it is: only where nobody else can listen. */
static gboolean
unix_login_start (GvncSecurity  *self,
                  GvncWriter    *out,
                  GError       **error)
{
  static const guint8 credentials[] = { GVNC_CREDENTIAL_USERNAME, GVNC_CREDENTIAL_PASSWORD };

  if (!gvnc_security_may_be_plain (self))
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("Unix login sends the password as it is; it is not used where others can listen "
                             "unless plain passwords are allowed"));
  gvnc_security_ask (self, credentials, G_N_ELEMENTS (credentials));
  return TRUE;
}

static gboolean
unix_login_resume (GvncSecurity  *self,
                   char *const   *credentials,
                   GvncWriter    *out,
                   GError       **error)
{
  const char *username = credentials[GVNC_CREDENTIAL_USERNAME], *password = credentials[GVNC_CREDENTIAL_PASSWORD];
  gsize username_len = strlen (username), password_len = strlen (password);

  if (MAX (username_len, password_len) > GVNC_LIMIT_CREDENTIAL_LEN)
    return gvnc_set_error (error, GVNC_ERROR_AUTH, _("The user name or the password has more than %u bytes"),
                           GVNC_LIMIT_CREDENTIAL_LEN);
  gvnc_writer_u32 (out, (guint32) username_len);
  gvnc_writer_u32 (out, (guint32) password_len);
  gvnc_writer_bytes (out, username, username_len);
  gvnc_writer_bytes (out, password, password_len);
  self->done = TRUE;
  return TRUE;
}

const GvncSecurityType gvnc_security_unix_login = {
  .number = GVNC_RFB_TIGHT_UNIX_LOGIN,
  .name = "Unix login",
  .start = unix_login_start,
  .resume = unix_login_resume,
};
