/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#define G_LOG_DOMAIN "gvnc-tls"

#include "transport/tls.h"

#include "session/limits.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <string.h>

/* Certificates: whom we trust, and whom the server says to be. */

#define QUOTED_CHARS 200
/* Names of a certificate that an error lists. */
#define MOST_NAMES 8

/* ---- what is loaded ---- */

static GBytes *
trust_read_file (const char  *path,
                 GError     **error)
{
  g_autoptr (GError) cause = NULL;
  GStatBuf info;
  char *text;
  gsize len;

  if (g_stat (path, &info) == 0 && info.st_size > GVNC_LIMIT_TRUST_FILE_LEN) {
    gvnc_limit_error (error, _("“%s” has %lld bytes; at most %d are accepted"),
                      path, (long long) info.st_size, GVNC_LIMIT_TRUST_FILE_LEN);
    return NULL;
  }
  if (!g_file_get_contents (path, &text, &len, &cause)) {
    gvnc_set_error (error, GVNC_ERROR_TLS, "%s", cause->message);
    return NULL;
  }
  return g_bytes_new_take (text, len);
}

static gnutls_datum_t
trust_datum (GBytes *bytes)
{
  gsize len;
  gconstpointer data = g_bytes_get_data (bytes, &len);

  return (gnutls_datum_t) { (unsigned char *) data, (unsigned int) len };
}

static gboolean
trust_load_authorities (gnutls_certificate_credentials_t   credentials,
                        const GvncTrustSettings           *trust,
                        GError                           **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) pem = NULL;
  gnutls_datum_t datum;
  int n;

  if (trust->ca_data != NULL)
    pem = g_bytes_ref (trust->ca_data);
  else
    path = trust->ca_file != NULL ? g_strdup (trust->ca_file) : gvnc_trust_find_file ("CA/cacert.pem");
  if (pem == NULL && path == NULL) {
    n = gnutls_certificate_set_x509_system_trust (credentials);
    if (n < 0)
      g_warning ("Cannot load the system's certificate authorities: %s", gnutls_strerror (n));
    return TRUE;    /* nobody is trusted then, which shows */
  }
  if (pem == NULL)
    pem = trust_read_file (path, error);
  if (pem == NULL)
    return FALSE;
  datum = trust_datum (pem);
  n = gnutls_certificate_set_x509_trust_mem (credentials, &datum, GNUTLS_X509_FMT_PEM);
  if (n > 0)
    return TRUE;
  if (path != NULL)
    return gvnc_set_error (error, GVNC_ERROR_TLS, _("There is no certificate authority in “%s”: %s"),
                           path, n == 0 ? _("it is empty") : gnutls_strerror (n));
  return gvnc_set_error (error, GVNC_ERROR_TLS, _("There is no certificate authority in the application's list: %s"),
                         n == 0 ? _("it is empty") : gnutls_strerror (n));
}

static gboolean
trust_load_crl (gnutls_certificate_credentials_t   credentials,
                const GvncTrustSettings           *trust,
                GError                           **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) pem = NULL;
  gnutls_datum_t datum;
  int n;

  path = trust->crl_file != NULL ? g_strdup (trust->crl_file) : gvnc_trust_find_file ("CA/cacrl.pem");
  if (path == NULL)
    return TRUE;
  pem = trust_read_file (path, error);
  if (pem == NULL)
    return FALSE;
  datum = trust_datum (pem);
  n = gnutls_certificate_set_x509_crl_mem (credentials, &datum, GNUTLS_X509_FMT_PEM);
  if (n < 0)
    return gvnc_set_error (error, GVNC_ERROR_TLS, _("There is no list of revoked certificates in “%s”: %s"),
                           path, gnutls_strerror (n));
  return TRUE;
}

static gboolean
trust_load_client_files (gnutls_certificate_credentials_t   credentials,
                         const char                        *certificate_path,
                         const char                        *key_path,
                         GError                           **error)
{
  int status = gnutls_certificate_set_x509_key_file (credentials, certificate_path, key_path, GNUTLS_X509_FMT_PEM);

  if (status < 0)
    return gvnc_set_error (error, GVNC_ERROR_TLS, _("The client's certificate “%s” with the key “%s” cannot be used: %s"),
                           certificate_path, key_path, gnutls_strerror (status));
  return TRUE;
}

/* The certificate that the client shows: the files that were named, else that of the name @client_name, where there is one. */
static gboolean
trust_load_client (gnutls_certificate_credentials_t   credentials,
                   const GvncTrustSettings           *trust,
                   const char                        *client_name,
                   GError                           **error)
{
  g_autofree char *certificate_name = NULL, *key_name = NULL, *certificate_path = NULL, *key_path = NULL;

  if (trust->client_cert != NULL)
    return trust_load_client_files (credentials, trust->client_cert,
                                    trust->client_key != NULL ? trust->client_key : trust->client_cert, error);
  if (client_name == NULL || *client_name == '\0')
    return TRUE;
  /* The name is one folder. */
  if (strchr (client_name, '/') != NULL || strcmp (client_name, ".") == 0 || strcmp (client_name, "..") == 0)
    return gvnc_set_error (error, GVNC_ERROR_TLS, _("“%s” is no client name: it must be one folder's"), client_name);
  certificate_name = g_build_filename (client_name, "clientcert.pem", NULL);
  key_name = g_build_filename (client_name, "private", "clientkey.pem", NULL);
  certificate_path = gvnc_trust_find_file (certificate_name);
  key_path = gvnc_trust_find_file (key_name);
  if (certificate_path == NULL || key_path == NULL)
    return TRUE;
  return trust_load_client_files (credentials, certificate_path, key_path, error);
}

gboolean
gvnc_tls_load_trust (gnutls_certificate_credentials_t   credentials,
                     const GvncTlsParameters           *parameters,
                     GError                           **error)
{
  return trust_load_authorities (credentials, parameters->trust, error) &&
         trust_load_crl (credentials, parameters->trust, error) &&
         trust_load_client (credentials, parameters->trust, parameters->client_name, error);
}

/* ---- what the server shows ---- */

static char *
identity_quote (gnutls_datum_t *text)
{
  char *quoted = gvnc_quote_peer_text (text->data, text->size, QUOTED_CHARS);

  gnutls_free (text->data);
  return quoted;
}

/* The names that a certificate is for, quoted for people; NULL when it has none. */
static char *
identity_names (gnutls_x509_crt_t leaf)
{
  GString *names = g_string_new (NULL);
  char name[256];
  size_t len;

  for (unsigned int i = 0; i < MOST_NAMES; i++) {
    g_autofree char *quoted = NULL;
    int type;

    len = sizeof name;
    type = gnutls_x509_crt_get_subject_alt_name (leaf, i, name, &len, NULL);
    if (type == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
      break;
    if (type == GNUTLS_SAN_DNSNAME) {
      quoted = gvnc_quote_peer_text (name, len, QUOTED_CHARS);
    } else if (type == GNUTLS_SAN_IPADDRESS && (len == 4 || len == 16)) {
      g_autoptr (GInetAddress) address =
        g_inet_address_new_from_bytes ((const guint8 *) name, len == 4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6);

      quoted = g_inet_address_to_string (address);
    } else {
      continue;
    }
    g_string_append_printf (names, names->len > 0 ? ", “%s”" : "“%s”", quoted);
  }
  len = sizeof name;
  if (names->len == 0 && gnutls_x509_crt_get_dn_by_oid (leaf, GNUTLS_OID_X520_COMMON_NAME, 0, 0, name, &len) >= 0) {
    g_autofree char *quoted = gvnc_quote_peer_text (name, len, QUOTED_CHARS);

    g_string_append_printf (names, "“%s”", quoted);
  }
  return g_string_free (names, names->len == 0);
}

static void
identity_check_name (GvncIdentity      *identity,
                     gnutls_x509_crt_t  leaf)
{
  g_autofree char *names = NULL;

  if (identity->host == NULL) {
    gvnc_identity_add_problem (identity, GVNC_PROBLEM_WRONG_HOST,
                               _("nobody has said which host the connection leads to, so its name cannot be checked"));
    return;
  }
  if (gnutls_x509_crt_check_hostname2 (leaf, identity->host, 0))
    return;
  names = identity_names (leaf);
  if (names != NULL)
    gvnc_identity_add_problem (identity, GVNC_PROBLEM_WRONG_HOST, _("it is for %s, not for “%s”"), names, identity->host);
  else
    gvnc_identity_add_problem (identity, GVNC_PROBLEM_WRONG_HOST, _("it names no host, so it is not for “%s”"),
                               identity->host);
}

static char *
identity_date (gint64 seconds)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (seconds);

  return date != NULL ? g_date_time_format (date, "%Y-%m-%d %H:%M UTC") : g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
}

static void
identity_check_dates (GvncIdentity *identity,
                      unsigned int  status)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if ((status & GNUTLS_CERT_EXPIRED) != 0) {
    g_autofree char *date = identity_date (identity->not_after);

    if (identity->not_after < now)
      gvnc_identity_add_problem (identity, GVNC_PROBLEM_EXPIRED, _("it has expired on %s"), date);
    else
      gvnc_identity_add_problem (identity, GVNC_PROBLEM_EXPIRED, _("an authority that vouches for it has expired"));
  }
  if ((status & GNUTLS_CERT_NOT_ACTIVATED) != 0) {
    g_autofree char *date = identity_date (identity->not_before);

    if (identity->not_before > now)
      gvnc_identity_add_problem (identity, GVNC_PROBLEM_NOT_YET, _("it is not valid before %s"), date);
    else
      gvnc_identity_add_problem (identity, GVNC_PROBLEM_NOT_YET, _("an authority that vouches for it is not valid yet"));
  }
}

static void
identity_check_chain (GvncIdentity      *identity,
                      gnutls_x509_crt_t  leaf,
                      unsigned int       status)
{
  const unsigned int unsigned_flags = GNUTLS_CERT_SIGNER_NOT_FOUND | GNUTLS_CERT_SIGNER_NOT_CA;
  const unsigned int told = unsigned_flags | GNUTLS_CERT_INVALID | GNUTLS_CERT_EXPIRED | GNUTLS_CERT_NOT_ACTIVATED |
                            GNUTLS_CERT_REVOKED | GNUTLS_CERT_INSECURE_ALGORITHM | GNUTLS_CERT_SIGNATURE_FAILURE;

  if ((status & unsigned_flags) != 0) {
    if (gnutls_x509_crt_check_issuer (leaf, leaf))
      gvnc_identity_add_problem (identity, GVNC_PROBLEM_UNKNOWN_CA, _("it is signed by itself, by no authority"));
    else
      gvnc_identity_add_problem (identity, GVNC_PROBLEM_UNKNOWN_CA, _("it is signed by “%s”, which is not trusted here"),
                                 identity->issuer);
  }
  if ((status & GNUTLS_CERT_SIGNATURE_FAILURE) != 0)
    gvnc_identity_add_problem (identity, GVNC_PROBLEM_UNKNOWN_CA,
                               _("it says to be signed by “%s”, but that authority, as it is known here, has not"),
                               identity->issuer);
  if ((status & GNUTLS_CERT_REVOKED) != 0)
    gvnc_identity_add_problem (identity, GVNC_PROBLEM_REVOKED, _("its authority has revoked it"));
  if ((status & GNUTLS_CERT_INSECURE_ALGORITHM) != 0)
    gvnc_identity_add_problem (identity, GVNC_PROBLEM_WEAK, _("it is signed in a way that is not safe any more"));
  identity_check_dates (identity, status);
  if ((status & ~told) != 0 || (status != 0 && identity->problems == 0)) {
    gnutls_datum_t text;

    if (gnutls_certificate_verification_status_print (status, GNUTLS_CRT_X509, &text, 0) >= 0) {
      g_autofree char *quoted = identity_quote (&text);

      gvnc_identity_add_problem (identity, GVNC_PROBLEM_OTHER, "%s", g_strstrip (quoted));
    } else {
      gvnc_identity_add_problem (identity, GVNC_PROBLEM_OTHER, _("it cannot be verified"));
    }
  }
}

static gboolean
identity_check_key (gnutls_x509_crt_t   leaf,
                    gboolean            allow_weak,
                    GError            **error)
{
  unsigned int bits = 0;
  int algorithm = gnutls_x509_crt_get_pk_algorithm (leaf, &bits);

  if (algorithm < 0)
    return gvnc_set_error (error, GVNC_ERROR_TLS, _("The server's certificate has a key of an unknown kind"));
  if (!allow_weak && gnutls_pk_bits_to_sec_param (algorithm, bits) < GNUTLS_SEC_PARAM_LOW)
    return gvnc_set_error (error, GVNC_ERROR_TLS,
                           _("The server's certificate has a key of %u bits (%s), which is too weak; "
                             "RSA keys have at least 1024"),
                           bits, gnutls_pk_algorithm_get_name (algorithm));
  return TRUE;
}

static gboolean
identity_take_key (GvncIdentity      *identity,
                   gnutls_x509_crt_t  leaf)
{
  gnutls_pubkey_t key = NULL;
  gnutls_datum_t der = { NULL, 0 };
  gboolean ok = gnutls_pubkey_init (&key) >= 0 && gnutls_pubkey_import_x509 (key, leaf, 0) >= 0 &&
                gnutls_pubkey_export2 (key, GNUTLS_X509_FMT_DER, &der) >= 0;

  if (ok)
    identity->pin = gvnc_identity_pin (der.data, der.size);
  gnutls_free (der.data);
  gnutls_pubkey_deinit (key);
  return ok;
}

/* Everything that the certificate says, and everything that speaks against it. */
static gboolean
identity_fill (GvncIdentity          *identity,
               gnutls_x509_crt_t      leaf,
               const gnutls_datum_t  *chain,
               unsigned int           n_chain,
               int                    verified,
               unsigned int           status,
               GError               **error)
{
  gnutls_datum_t text;

  if (gnutls_x509_crt_import (leaf, &chain[0], GNUTLS_X509_FMT_DER) < 0 || !identity_take_key (identity, leaf))
    return gvnc_set_error (error, GVNC_ERROR_TLS, _("The server's certificate makes no sense"));
  identity->chain = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (unsigned int i = 0; i < n_chain; i++)
    g_ptr_array_add (identity->chain, g_bytes_new (chain[i].data, chain[i].size));
  identity->fingerprint = gvnc_identity_fingerprint (chain[0].data, chain[0].size);
  identity->not_before = gnutls_x509_crt_get_activation_time (leaf);
  identity->not_after = gnutls_x509_crt_get_expiration_time (leaf);
  identity->subject = gnutls_x509_crt_get_dn3 (leaf, &text, 0) >= 0 ? identity_quote (&text) : g_strdup ("");
  identity->issuer = gnutls_x509_crt_get_issuer_dn3 (leaf, &text, 0) >= 0 ? identity_quote (&text) : g_strdup ("");

  if (verified < 0)
    gvnc_identity_add_problem (identity, GVNC_PROBLEM_OTHER, _("it cannot be verified: %s"), gnutls_strerror (verified));
  else
    identity_check_chain (identity, leaf, status);
  identity_check_name (identity, leaf);
  return TRUE;
}

GvncIdentity *
gvnc_tls_identity_new (const gnutls_datum_t  *chain,
                       unsigned int           n_chain,
                       int                    verified,
                       unsigned int           status,
                       const char            *hostname,
                       gboolean               allow_weak,
                       GError               **error)
{
  g_autoptr (GvncIdentity) identity = gvnc_identity_new (GVNC_IDENTITY_X509, hostname);
  gnutls_x509_crt_t leaf;
  gboolean ok;

  if (gnutls_x509_crt_init (&leaf) < 0) {
    gvnc_set_error (error, GVNC_ERROR_TLS, _("The server's certificate makes no sense"));
    return NULL;
  }
  ok = identity_fill (identity, leaf, chain, n_chain, verified, status, error) && identity_check_key (leaf, allow_weak, error);
  gnutls_x509_crt_deinit (leaf);
  return ok ? g_steal_pointer (&identity) : NULL;
}

GvncIdentity *
gvnc_tls_identify (gnutls_session_t   session,
                   const char        *hostname,
                   gboolean           allow_weak,
                   GError           **error)
{
  unsigned int n_chain = 0, status = 0;
  const gnutls_datum_t *chain = NULL;
  int verified;

  if (gnutls_certificate_type_get2 (session, GNUTLS_CTYPE_SERVER) == GNUTLS_CRT_X509)
    chain = gnutls_certificate_get_peers (session, &n_chain);
  if (chain == NULL || n_chain == 0) {
    gvnc_set_error (error, GVNC_ERROR_TLS, _("The server has shown no certificate"));
    return NULL;
  }
  verified = gnutls_certificate_verify_peers2 (session, &status);
  return gvnc_tls_identity_new (chain, n_chain, verified, status, hostname, allow_weak, error);
}
