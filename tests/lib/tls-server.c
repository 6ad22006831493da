/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/tls-server.h"

#include "lib/peer.h"
#include "lib/script.h"
#include "lib/vectors.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>
#include <sys/socket.h>

#define DAY_S    86400
#define N_KEYS   3
#define SERIAL   "\x01\x02\x03\x04"

#define check(status) \
  G_STMT_START { \
    int check_status = (status); \
    if (check_status < 0) \
      g_error ("%s: %s", #status, gnutls_strerror (check_status)); \
  } G_STMT_END

struct _GvncTlsAuthority {
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t     certificate;
};

/* ---- keys and certificates ---- */

static gnutls_x509_privkey_t
key_new (guint rsa_bits)
{
  gnutls_x509_privkey_t key;

  check (gnutls_x509_privkey_init (&key));
  if (rsa_bits > 0)
    check (gnutls_x509_privkey_generate (key, GNUTLS_PK_RSA, rsa_bits, 0));
  else
    check (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0));
  return key;
}

/* They take long to make, so they are made once. */
static gnutls_x509_privkey_t
key_get (guint rsa_bits,
         guint number)
{
  static GMutex lock;
  static GHashTable *keys;
  gpointer which = GUINT_TO_POINTER (rsa_bits * N_KEYS + number);
  gnutls_x509_privkey_t key;

  g_assert_cmpuint (number, <, N_KEYS);
  g_mutex_lock (&lock);
  if (keys == NULL)
    keys = g_hash_table_new (NULL, NULL);
  key = g_hash_table_lookup (keys, which);
  if (key == NULL) {
    key = key_new (rsa_bits);
    g_hash_table_insert (keys, which, key);
  }
  g_mutex_unlock (&lock);
  return key;
}

static gnutls_x509_crt_t
certificate_new (gnutls_x509_privkey_t key,
                 const char           *name,
                 time_t                from,
                 time_t                to)
{
  gnutls_x509_crt_t certificate;

  check (gnutls_x509_crt_init (&certificate));
  check (gnutls_x509_crt_set_version (certificate, 3));
  check (gnutls_x509_crt_set_serial (certificate, SERIAL, sizeof SERIAL - 1));
  check (gnutls_x509_crt_set_activation_time (certificate, from));
  check (gnutls_x509_crt_set_expiration_time (certificate, to));
  check (gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_ORGANIZATION_NAME, 0, name, (unsigned int) strlen (name)));
  check (gnutls_x509_crt_set_key (certificate, key));
  return certificate;
}

GvncTlsAuthority *
gvnc_tls_authority_new (const char *name)
{
  GvncTlsAuthority *self = g_new0 (GvncTlsAuthority, 1);
  time_t now = time (NULL);

  self->key = key_new (0);
  self->certificate = certificate_new (self->key, name, now - DAY_S, now + DAY_S);
  check (gnutls_x509_crt_set_basic_constraints (self->certificate, 1, -1));
  check (gnutls_x509_crt_set_key_usage (self->certificate, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN));
  check (gnutls_x509_crt_sign2 (self->certificate, self->certificate, self->key, GNUTLS_DIG_SHA256, 0));
  return self;
}

void
gvnc_tls_authority_free (GvncTlsAuthority *self)
{
  gnutls_x509_crt_deinit (self->certificate);
  gnutls_x509_privkey_deinit (self->key);
  g_free (self);
}

GBytes *
gvnc_tls_authority_pem (GvncTlsAuthority *self)
{
  gnutls_datum_t pem;
  GBytes *bytes;

  check (gnutls_x509_crt_export2 (self->certificate, GNUTLS_X509_FMT_PEM, &pem));
  bytes = g_bytes_new (pem.data, pem.size);
  gnutls_free (pem.data);
  return bytes;
}

GBytes *
gvnc_tls_authority_crl (GvncTlsAuthority *self)
{
  gnutls_x509_crl_t crl;
  gnutls_datum_t pem;
  GBytes *bytes;
  time_t now = time (NULL);

  check (gnutls_x509_crl_init (&crl));
  check (gnutls_x509_crl_set_version (crl, 2));
  check (gnutls_x509_crl_set_this_update (crl, now - DAY_S));
  check (gnutls_x509_crl_set_next_update (crl, now + DAY_S));
  check (gnutls_x509_crl_set_crt_serial (crl, SERIAL, sizeof SERIAL - 1, now - 60));
  check (gnutls_x509_crl_sign2 (crl, self->certificate, self->key, GNUTLS_DIG_SHA256, 0));
  check (gnutls_x509_crl_export2 (crl, GNUTLS_X509_FMT_PEM, &pem));
  bytes = g_bytes_new (pem.data, pem.size);
  gnutls_free (pem.data);
  gnutls_x509_crl_deinit (crl);
  return bytes;
}

static gnutls_x509_crt_t
server_certificate (const GvncTlsServer *self)
{
  gnutls_x509_privkey_t key = key_get (self->rsa_bits, self->key_number);
  time_t now = time (NULL);
  gnutls_x509_crt_t certificate =
    certificate_new (key, "Test Server",
                     now + (self->from_days != 0 ? self->from_days : -1) * DAY_S,
                     now + (self->to_days != 0 ? self->to_days : 1) * DAY_S);
  static const guint8 no_ip[4];

  if (self->dns_name != NULL)
    check (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, self->dns_name,
                                                 (unsigned int) strlen (self->dns_name), GNUTLS_FSAN_APPEND));
  if (memcmp (self->ip, no_ip, sizeof no_ip) != 0)
    check (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_IPADDRESS, self->ip, sizeof self->ip,
                                                 GNUTLS_FSAN_APPEND));
  if (self->authority != NULL)
    check (gnutls_x509_crt_sign2 (certificate, self->authority->certificate, self->authority->key, GNUTLS_DIG_SHA256, 0));
  else
    check (gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0));
  return certificate;
}

char *
gvnc_tls_server_prepare (GvncTlsServer *self)
{
  gnutls_datum_t der;
  char *hash;

  self->prepared = server_certificate (self);
  check (gnutls_x509_crt_export2 (self->prepared, GNUTLS_X509_FMT_DER, &der));
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der.data, der.size);
  gnutls_free (der.data);
  return hash;
}

void
gvnc_tls_server_clear (GvncTlsServer *self)
{
  g_clear_pointer (&self->prepared, gnutls_x509_crt_deinit);
}

void
gvnc_tls_server_certify (const GvncTlsServer              *self,
                         gnutls_certificate_credentials_t  credentials)
{
  gnutls_x509_crt_t certificate = self->prepared != NULL ? self->prepared : server_certificate (self);

  check (gnutls_certificate_set_x509_key (credentials, &certificate, 1, key_get (self->rsa_bits, self->key_number)));
  if (self->prepared == NULL)
    gnutls_x509_crt_deinit (certificate);
}

void
gvnc_tls_write_client (const char *folder)
{
  g_autofree char *private_folder = g_build_filename (folder, "private", NULL);
  g_autofree char *certificate_path = g_build_filename (folder, "clientcert.pem", NULL);
  g_autofree char *key_path = g_build_filename (private_folder, "clientkey.pem", NULL);
  gnutls_x509_privkey_t key = key_get (0, 0);
  time_t now = time (NULL);
  gnutls_x509_crt_t certificate = certificate_new (key, "Test Client", now - DAY_S, now + DAY_S);
  gnutls_datum_t pem;

  check (gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0));
  g_assert_cmpint (g_mkdir_with_parents (private_folder, 0700), ==, 0);
  check (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &pem));
  g_assert_true (g_file_set_contents (certificate_path, (const char *) pem.data, pem.size, NULL));
  gnutls_free (pem.data);
  check (gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &pem));
  g_assert_true (g_file_set_contents (key_path, (const char *) pem.data, pem.size, NULL));
  gnutls_free (pem.data);
  gnutls_x509_crt_deinit (certificate);
}

/* ---- the server ---- */

typedef struct {
  gint        fd;
  gsize       left;
  guint       n_kept;    /* records that wait for the one behind them */
  GByteArray *kept;
} ServerLink;

static ssize_t
server_push (gnutls_transport_ptr_t data,
             const void            *bytes,
             size_t                 len)
{
  ServerLink *link = data;
  gboolean sent;
  gsize n;

  g_byte_array_append (link->kept, bytes, (guint) len);
  if (link->n_kept > 0) {
    link->n_kept--;
    return (ssize_t) len;
  }
  n = MIN (link->kept->len, link->left);
  link->left -= n;
  sent = gvnc_peer_send (link->fd, link->kept->data, n) && n == link->kept->len;
  g_byte_array_set_size (link->kept, 0);
  if (sent)
    return (ssize_t) len;
  shutdown (link->fd, SHUT_WR);
  errno = EPIPE;
  return -1;
}

static ssize_t
server_pull (gnutls_transport_ptr_t data,
             void                  *bytes,
             size_t                 len)
{
  return recv (((ServerLink *) data)->fd, bytes, len, 0);
}

static gboolean
server_expect (gnutls_session_t  session,
               const char       *line,
               GBytes           *due)
{
  gsize len = g_bytes_get_size (due), n_read = 0;
  g_autofree guint8 *got = g_malloc (len);
  g_autofree char *due_hex = NULL, *got_hex = NULL;

  while (n_read < len) {
    ssize_t n = gnutls_record_recv (session, got + n_read, len - n_read);

    if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
      continue;
    if (n <= 0)
      return FALSE;
    n_read += (gsize) n;
  }
  due_hex = gvnc_vectors_hex (g_bytes_get_data (due, NULL), len);
  got_hex = gvnc_vectors_hex (got, len);
  if (strcmp (due_hex, got_hex) != 0)
    g_error ("the client sent %.200s in place of %.200s", got_hex, line);
  return TRUE;
}

static gboolean
server_run_inside (gnutls_session_t   session,
                   const char *const *lines)
{
  for (; lines != NULL && *lines != NULL; lines++) {
    g_autoptr (GBytes) bytes = gvnc_script_bytes (*lines + 2);
    gsize len;
    const guint8 *data = g_bytes_get_data (bytes, &len);

    if (**lines == '<') {
      if (!server_expect (session, *lines, bytes))
        return FALSE;
      continue;
    }
    g_assert_cmpint (**lines, ==, '>');
    while (len > 0) {
      ssize_t n = gnutls_record_send (session, data, len);

      if (n < 0)
        return FALSE;
      data += n;
      len -= (gsize) n;
    }
  }
  return TRUE;
}

/* TRUE when the client has said good bye. */
static gboolean
server_drain (gnutls_session_t session)
{
  guint8 dump[4096];
  ssize_t n;

  do
    n = gnutls_record_recv (session, dump, sizeof dump);
  while (n > 0 || n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED || n == GNUTLS_E_REHANDSHAKE);
  return n == 0;
}

void
gvnc_tls_server_run (gint     fd,
                     gpointer data)
{
  GvncTlsServer *self = data;
  g_autoptr (GByteArray) kept = g_byte_array_new ();
  ServerLink link = { .fd = fd, .left = self->most_bytes > 0 ? self->most_bytes : G_MAXSIZE, .kept = kept };
  gnutls_certificate_credentials_t certificates;
  gnutls_anon_server_credentials_t anonymous;
  gnutls_session_t session;
  const char *priority = "NORMAL";
  gnutls_datum_t ticket_key;

  self->established = self->complete = self->client_shown = FALSE;
  if (self->before != NULL && !gvnc_peer_run (fd, self->before, 0))
    return;

  check (gnutls_init (&session, GNUTLS_SERVER | GNUTLS_NO_AUTO_SEND_TICKET));
  check (gnutls_session_ticket_key_generate (&ticket_key));
  if (self->n_tickets > 0)
    check (gnutls_session_ticket_enable_server (session, &ticket_key));
  check (gnutls_certificate_allocate_credentials (&certificates));
  check (gnutls_anon_allocate_server_credentials (&anonymous));
  if (self->anonymous) {
    priority = "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+ANON-ECDH:+ANON-DH";
    gnutls_anon_set_server_known_dh_params (anonymous, GNUTLS_SEC_PARAM_MEDIUM);
    check (gnutls_credentials_set (session, GNUTLS_CRD_ANON, anonymous));
  } else {
    gvnc_tls_server_certify (self, certificates);
    check (gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, certificates));
  }
  if (self->asks_client)
    gnutls_certificate_server_set_request (session, GNUTLS_CERT_REQUEST);
  check (gnutls_priority_set_direct (session, self->priority != NULL ? self->priority : priority, NULL));
  gnutls_transport_set_ptr (session, &link);
  gnutls_transport_set_push_function (session, server_push);
  gnutls_transport_set_pull_function (session, server_pull);

  self->established = gnutls_handshake (session) >= 0;
  if (self->established) {
    unsigned int n_shown = 0;
    gboolean done;

    link.n_kept = self->n_tickets;
    for (guint i = 0; i < self->n_tickets; i++)
      check (gnutls_session_ticket_send (session, 1, 0));
    done = server_run_inside (session, self->inside);
    self->client_shown = gnutls_certificate_get_peers (session, &n_shown) != NULL && n_shown > 0;
    if (self->rehandshake)
      gnutls_rehandshake (session);
    self->complete = server_drain (session) && done;
  }
  gnutls_deinit (session);
  gnutls_free (ticket_key.data);
  gnutls_certificate_free_credentials (certificates);
  gnutls_anon_free_server_credentials (anonymous);
}
