/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/security.h"

#include "wire/rfb.h"

/* None, RFC 6143 section 7.2.1: nothing passes. */
static gboolean
none_start (GvncSecurity  *self,
            GvncWriter    *out,
            GError       **error)
{
  self->done = TRUE;
  return TRUE;
}

const GvncSecurityType gvnc_security_none = {
  .number = GVNC_RFB_SECURITY_NONE,
  .name = "None",
  .start = none_start,
};
