/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "transport/layer.h"
#include "transport/trust.h"

#include <gnutls/gnutls.h>

/* TLS by GnuTLS over any other layer. */

typedef struct {
  gboolean                 anonymous;      /* no certificates: encrypted, but with nobody knows whom */
  const char              *hostname;       /* the server's name, or NULL */
  const char              *client_name;    /* whose certificate to show, or NULL */
  const GvncTrustSettings *trust;
} GvncTlsParameters;

/* Takes @lower over, even on failure. @received is read before what @lower has. Loads what is trusted, which takes some
 * 20 ms with the system's list. */
GvncLayer    *gvnc_tls_layer_new (GvncLayer               *lower,
                                  GBytes                  *received,
                                  const GvncTlsParameters *parameters,
                                  GError                 **error);

/* Parts in tls-identity.c: */

/* What certificates are accepted, and the client's own. */
gboolean      gvnc_tls_load_trust     (gnutls_certificate_credentials_t  credentials,
                                       const GvncTlsParameters          *parameters,
                                       GError                          **error);
/* What the server has shown; NULL with @error when it is refused whatever anybody says of it. */
GvncIdentity *gvnc_tls_identify       (gnutls_session_t                  session,
                                       const char                       *hostname,
                                       gboolean                          allow_weak,
                                       GError                          **error);
/* The same of a chain, its first the server's own; @verified: what gnutls_certificate_verify_peers2() has returned, with @status. */
GvncIdentity *gvnc_tls_identity_new   (const gnutls_datum_t             *chain,
                                       unsigned int                      n_chain,
                                       int                               verified,
                                       unsigned int                      status,
                                       const char                       *hostname,
                                       gboolean                          allow_weak,
                                       GError                          **error);
