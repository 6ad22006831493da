/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vnccertificate.h"

#include "security/identity.h"
#include "vncboxed-private.h"

#include <string.h>

/**
 * VncCertificate:
 *
 * What a server has shown to prove who it is: an X.509 certificate with its chain, or a bare key.
 *
 * It comes with [signal@Connection::vnc-verify-certificate] when something speaks against trusting it, and is found in
 * [property@Connection:certificate] once it is trusted. It never changes.
 *
 * Since: 2.0
 */

/* The public type is the private one under another name. */
#define IDENTITY(certificate) ((const GvncIdentity *) (certificate))

#define SAME(problem, public) \
  G_STATIC_ASSERT ((gint) GVNC_PROBLEM_##problem == (gint) VNC_CERTIFICATE_PROBLEMS_##public)
SAME (UNKNOWN_CA, UNKNOWN_CA);
SAME (WRONG_HOST, WRONG_HOST);
SAME (EXPIRED, EXPIRED);
SAME (NOT_YET, NOT_YET_VALID);
SAME (REVOKED, REVOKED);
SAME (WEAK, WEAK);
SAME (OTHER, OTHER);
SAME (CHANGED, CHANGED);
#undef SAME

GVNC_DEFINE_BOXED_TYPE (VncCertificate, vnc_certificate)

/**
 * vnc_certificate_copy:
 * @certificate: a certificate
 *
 * Makes a copy, which costs next to nothing.
 *
 * Returns: (transfer full): the same
 *
 * Since: 2.0
 */
VncCertificate *
vnc_certificate_copy (VncCertificate *certificate)
{
  g_return_val_if_fail (certificate != NULL, NULL);

  return (VncCertificate *) gvnc_identity_ref ((GvncIdentity *) certificate);
}

/**
 * vnc_certificate_free:
 * @certificate: (nullable): a certificate
 *
 * Frees a certificate.
 *
 * Since: 2.0
 */
void
vnc_certificate_free (VncCertificate *certificate)
{
  gvnc_identity_unref ((GvncIdentity *) certificate);
}

/**
 * vnc_certificate_is_bare_key:
 * @certificate: a certificate
 *
 * Tells whether the server has shown a key alone, which nobody has signed.
 *
 * Returns: %TRUE for a key, %FALSE for an X.509 certificate
 *
 * Since: 2.0
 */
gboolean
vnc_certificate_is_bare_key (const VncCertificate *certificate)
{
  g_return_val_if_fail (certificate != NULL, FALSE);

  return IDENTITY (certificate)->kind != GVNC_IDENTITY_X509;
}

/**
 * vnc_certificate_get_problems:
 * @certificate: a certificate
 *
 * Gets what speaks against trusting it.
 *
 * Returns: the problems; 0 when it is trusted
 *
 * Since: 2.0
 */
VncCertificateProblems
vnc_certificate_get_problems (const VncCertificate *certificate)
{
  g_return_val_if_fail (certificate != NULL, 0);

  return (VncCertificateProblems) IDENTITY (certificate)->problems;
}

/**
 * vnc_certificate_get_problem_text:
 * @certificate: a certificate
 *
 * Gets what speaks against trusting it in words for people: clauses with semicolons between them.
 *
 * Returns: (transfer none): the text; empty when there is nothing
 *
 * Since: 2.0
 */
const char *
vnc_certificate_get_problem_text (const VncCertificate *certificate)
{
  g_return_val_if_fail (certificate != NULL, NULL);

  return IDENTITY (certificate)->reasons->str;
}

/**
 * vnc_certificate_get_host:
 * @certificate: a certificate
 *
 * Gets the name that the server should have.
 *
 * Returns: (transfer none) (nullable): the name, or %NULL when the application has given none
 *
 * Since: 2.0
 */
const char *
vnc_certificate_get_host (const VncCertificate *certificate)
{
  g_return_val_if_fail (certificate != NULL, NULL);

  return IDENTITY (certificate)->host;
}

/**
 * vnc_certificate_get_fingerprint:
 * @certificate: a certificate
 *
 * Gets the SHA-256 fingerprint of the certificate, or of the key when there is no certificate.
 *
 * Returns: (transfer none): 32 bytes as upper case hexadecimal numbers with colons between them
 *
 * Since: 2.0
 */
const char *
vnc_certificate_get_fingerprint (const VncCertificate *certificate)
{
  g_return_val_if_fail (certificate != NULL, NULL);

  return IDENTITY (certificate)->fingerprint;
}

/**
 * vnc_certificate_get_key_fingerprint:
 * @certificate: a certificate
 *
 * Gets the fingerprint of the public key, by which servers are remembered: it outlives the renewal of a certificate.
 *
 * Returns: (transfer none): "SHA256:" and the hash in base 64
 *
 * Since: 2.0
 */
const char *
vnc_certificate_get_key_fingerprint (const VncCertificate *certificate)
{
  g_return_val_if_fail (certificate != NULL, NULL);

  return IDENTITY (certificate)->pin;
}

/**
 * vnc_certificate_get_known_fingerprint:
 * @certificate: a certificate
 *
 * Gets the fingerprint of the public key that the server is known by, when it has shown another one.
 *
 * Returns: (transfer none) (nullable): the fingerprint, or %NULL
 *
 * Since: 2.0
 */
const char *
vnc_certificate_get_known_fingerprint (const VncCertificate *certificate)
{
  g_return_val_if_fail (certificate != NULL, NULL);

  return IDENTITY (certificate)->known_pin;
}

/**
 * vnc_certificate_get_subject:
 * @certificate: a certificate
 *
 * Gets whom the certificate is for, as it says itself.
 *
 * Returns: (transfer none) (nullable): a text for people, or %NULL for a bare key
 *
 * Since: 2.0
 */
const char *
vnc_certificate_get_subject (const VncCertificate *certificate)
{
  g_return_val_if_fail (certificate != NULL, NULL);

  return IDENTITY (certificate)->subject;
}

/**
 * vnc_certificate_get_issuer:
 * @certificate: a certificate
 *
 * Gets who has signed the certificate, as it says itself.
 *
 * Returns: (transfer none) (nullable): a text for people, or %NULL for a bare key
 *
 * Since: 2.0
 */
const char *
vnc_certificate_get_issuer (const VncCertificate *certificate)
{
  g_return_val_if_fail (certificate != NULL, NULL);

  return IDENTITY (certificate)->issuer;
}

/**
 * vnc_certificate_get_not_before:
 * @certificate: a certificate
 *
 * Gets when the certificate becomes valid.
 *
 * Returns: seconds since the beginning of 1970 in UTC; 0 for a bare key
 *
 * Since: 2.0
 */
gint64
vnc_certificate_get_not_before (const VncCertificate *certificate)
{
  g_return_val_if_fail (certificate != NULL, 0);

  return IDENTITY (certificate)->not_before;
}

/**
 * vnc_certificate_get_not_after:
 * @certificate: a certificate
 *
 * Gets how long the certificate is valid.
 *
 * Returns: seconds since the beginning of 1970 in UTC; 0 for a bare key
 *
 * Since: 2.0
 */
gint64
vnc_certificate_get_not_after (const VncCertificate *certificate)
{
  g_return_val_if_fail (certificate != NULL, 0);

  return IDENTITY (certificate)->not_after;
}

/**
 * vnc_certificate_to_pem:
 * @certificate: a certificate
 *
 * Gets the certificate and what the server has sent of its chain, the server's own first, in PEM.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL for a bare key
 *
 * Since: 2.0
 */
char *
vnc_certificate_to_pem (const VncCertificate *certificate)
{
  GString *pem;

  g_return_val_if_fail (certificate != NULL, NULL);

  if (IDENTITY (certificate)->chain == NULL)
    return NULL;
  pem = g_string_new (NULL);
  for (guint i = 0; i < IDENTITY (certificate)->chain->len; i++) {
    gsize len;
    const guint8 *der = g_bytes_get_data (g_ptr_array_index (IDENTITY (certificate)->chain, i), &len);
    g_autofree char *base64 = g_base64_encode (der, len);
    gsize base64_len = strlen (base64);

    g_string_append (pem, "-----BEGIN CERTIFICATE-----\n");
    for (gsize start = 0; start < base64_len; start += 64)
      g_string_append_printf (pem, "%.64s\n", base64 + start);
    g_string_append (pem, "-----END CERTIFICATE-----\n");
  }
  return g_string_free (pem, FALSE);
}
