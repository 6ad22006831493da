/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/secure.h"

#include <glib/gi18n-lib.h>

GvncLayer *
gvnc_secure (GvncSecureRequest  *request,
             GvncLayer          *lower,
             GBytes             *received,
             const GvncTarget   *target,
             GError            **error)
{
  GvncLayer *layer = NULL;

  switch (request->kind) {
  case GVNC_SECURE_TLS_ANONYMOUS:
  case GVNC_SECURE_TLS_X509:
  case GVNC_SECURE_SASL:
  case GVNC_SECURE_RSA_AES:
    gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("This build cannot secure the link in the way the server wants"));
    gvnc_layer_free (lower);
    break;
  }
  gvnc_secure_request_free (request);
  return layer;
}
