/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/fuzz.h"

#include "security/identity.h"
#include "transport/tls.h"

#include <gnutls/x509.h>

/* What a server's certificate says, in whatever state the verification has left it; see gvnc_tls_identify ().
 *
 *   U8 the lower half of how it was verified, as GnuTLS's flags from 32 on; 255: it could not be
 *   U8 bit 0: weak keys are allowed; bit 1: nobody has said what the host is
 *   then the certificate, DER
 */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GvncIdentity) identity = NULL;
  g_autoptr (GError) error = NULL;
  gnutls_datum_t chain;
  unsigned int status;

  if (size < 2)
    return 0;
  /* GnuTLS never leaves out what the others come with. */
  status = data[0] != 0 ? (unsigned int) data[0] << 5 | GNUTLS_CERT_INVALID : 0;
  chain = (gnutls_datum_t) { (unsigned char *) data + 2, (unsigned int) (size - 2) };
  identity = gvnc_tls_identity_new (&chain, 1, data[0] == 255 ? GNUTLS_E_INTERNAL_ERROR : 0, status,
                                    (data[1] & 2) != 0 ? NULL : "desk.example", (data[1] & 1) != 0, &error);
  g_assert ((identity == NULL) == (error != NULL));
  g_assert (error == NULL || g_utf8_validate (error->message, -1, NULL));
  if (identity == NULL)
    return 0;
  g_assert (identity->pin != NULL && identity->fingerprint != NULL);
  g_assert (g_utf8_validate (identity->subject, -1, NULL) && g_utf8_validate (identity->issuer, -1, NULL));
  g_assert (status == 0 || identity->problems != 0);
  return 0;
}
