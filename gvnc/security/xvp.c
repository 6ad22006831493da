/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/security.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* xvp, rfbproto "xvp Authentication": a proxy in front of virtual machines.
 *   client: U8 length | U8 length | user[length] | target[length]
 *   then VNC authentication.
 * The specification has the server send it; servers wait for the client, and clients do send it. The user name that the
 * application gives is USER@TARGET. */
static gboolean
xvp_start (GvncSecurity  *self,
           GvncWriter    *out,
           GError       **error)
{
  static const guint8 credentials[] = { GVNC_CREDENTIAL_USERNAME };

  gvnc_security_ask (self, credentials, G_N_ELEMENTS (credentials));
  return TRUE;
}

static gboolean
xvp_resume (GvncSecurity  *self,
            char *const   *credentials,
            GvncWriter    *out,
            GError       **error)
{
  const char *user = credentials[GVNC_CREDENTIAL_USERNAME];
  const char *at = strrchr (user, '@');
  gsize user_len, target_len;

  if (at == NULL)
    return gvnc_set_error (error, GVNC_ERROR_AUTH, _("xvp needs a user name of the form USER@TARGET"));
  user_len = (gsize) (at - user);
  target_len = strlen (at + 1);
  if (user_len > G_MAXUINT8 || target_len > G_MAXUINT8)
    return gvnc_set_error (error, GVNC_ERROR_AUTH,
                           _("The user and the target of xvp have %zu and %zu bytes; "
                             "there is room for 255 each"), user_len, target_len);
  gvnc_writer_u8 (out, (guint8) user_len);
  gvnc_writer_u8 (out, (guint8) target_len);
  gvnc_writer_bytes (out, user, user_len);
  gvnc_writer_bytes (out, at + 1, target_len);
  self->next = &gvnc_security_vnc;
  return TRUE;
}

const GvncSecurityType gvnc_security_xvp = {
  .number = GVNC_RFB_SECURITY_XVP,
  .name = "xvp",
  .start = xvp_start,
  .resume = xvp_resume,
};
