/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#define G_LOG_DOMAIN "gvnc-tls"

#include "transport/tls.h"

#include "session/limits.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <gnutls/x509.h>
#include <string.h>

/* The least bits of a Diffie-Hellman prime. */
#define DH_LEAST_BITS      1024
#define DH_LEAST_WEAK_BITS 512
/* What is said to be weak, though it is taken. */
#define DH_STRONG_BITS     2048

/* Nobody vouches for anybody in an anonymous exchange, so an old version does not make it worse; vino and x11vnc have no
 * newer one than 1.2, since version 1.3 has no such exchange. */
#define PRIORITY_ANONYMOUS \
  "NORMAL:-VERS-ALL:+VERS-TLS1.2:+VERS-TLS1.1:+VERS-TLS1.0:-KX-ALL:+ANON-ECDH:+ANON-DH"
/* With certificates the system's own policy holds, unless the application allows what is weak. */
#define PRIORITY_WEAK "NORMAL:+VERS-TLS1.1:+VERS-TLS1.0:+SHA1:%VERIFY_ALLOW_SIGN_WITH_SHA1:%PROFILE_VERY_WEAK"

/* The state of GnuTLS, and what stands below. GnuTLS reads and writes through tls_pull() and tls_push(), which never block. */
typedef struct {
  GvncLayer                         layer;
  GvncLayer                        *lower;            /* owned */
  GBytes                           *received;         /* owned; read first; NULL when used up */
  gsize                             received_start;
  GError                           *lower_error;      /* what went wrong below, for who called GnuTLS */
  gnutls_session_t                  session;
  gnutls_certificate_credentials_t  certificates;     /* one of these two is NULL */
  gnutls_anon_client_credentials_t  anonymous;
  char                             *hostname;         /* may be NULL */
  gboolean                          allow_weak;
  gboolean                          established;
  gboolean                          heard;            /* something has come through it */
  gboolean                          ended;            /* the server has closed, maybe in the middle of something */
  gboolean                          broken;           /* nothing can be said to the server any more */
  gboolean                          cannot_write;     /* the server has closed; what it sent before may still be read */
  gsize                             blocked_len;      /* bytes that GnuTLS keeps since it could not write them; 0: none */
  gboolean                          read_wants_out;   /* reading goes on when something can be written */
  gboolean                          must_wait;        /* the layer below has said AGAIN since tls_starts() */
  guint                             rounds;           /* calls of GnuTLS since tls_starts() */
} TlsLayer;

/* ---- what GnuTLS calls ---- */

static ssize_t
tls_pull (gnutls_transport_ptr_t data,
          void                  *buffer,
          size_t                 len)
{
  TlsLayer *self = data;
  gssize n;

  if (self->received != NULL) {
    gsize received_len;
    const guint8 *received = g_bytes_get_data (self->received, &received_len);

    len = MIN (len, received_len - self->received_start);
    memcpy (buffer, received + self->received_start, len);
    self->received_start += len;
    if (self->received_start == received_len)
      g_clear_pointer (&self->received, g_bytes_unref);
    return (ssize_t) len;
  }
  g_clear_error (&self->lower_error);
  n = gvnc_layer_read (self->lower, buffer, len, &self->lower_error);
  if (n >= 0)
    return n;
  if (n == GVNC_LAYER_END) {
    self->ended = TRUE;
    return 0;
  }
  self->must_wait = n == GVNC_LAYER_AGAIN;
  gnutls_transport_set_errno (self->session, n == GVNC_LAYER_AGAIN ? EAGAIN : EIO);
  return -1;
}

static ssize_t
tls_push (gnutls_transport_ptr_t data,
          const void            *bytes,
          size_t                 len)
{
  TlsLayer *self = data;
  gssize n;

  g_clear_error (&self->lower_error);
  n = gvnc_layer_write (self->lower, bytes, len, &self->lower_error);
  if (n >= 0)
    return n;
  /* GnuTLS would read no more after this, and the server's reason may be in what it sent before. */
  if (n == GVNC_LAYER_END && self->established) {
    self->cannot_write = TRUE;
    return (ssize_t) len;
  }
  self->must_wait = n == GVNC_LAYER_AGAIN;
  gnutls_transport_set_errno (self->session, n == GVNC_LAYER_AGAIN ? EAGAIN : n == GVNC_LAYER_END ? EPIPE : EIO);
  return -1;
}

/* We never let GnuTLS wait. */
static int
tls_pull_timeout (gnutls_transport_ptr_t data,
                  unsigned int           ms)
{
  return 1;
}

/* ---- errors ---- */

/* What GnuTLS could not do, in words. A server that just goes is GVNC_LAYER_END for everybody but the handshake. */
static gssize
tls_failed (TlsLayer  *self,
            int        status,
            GError   **error)
{
  self->broken = TRUE;
  if (self->lower_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&self->lower_error));
    return GVNC_LAYER_ERROR;
  }
  /* Half a message is nonsense to GnuTLS, whatever became of the rest. */
  if (self->ended && status != GNUTLS_E_FATAL_ALERT_RECEIVED)
    status = GNUTLS_E_PREMATURE_TERMINATION;
  switch (status) {
  case GNUTLS_E_PREMATURE_TERMINATION:
  case GNUTLS_E_SESSION_EOF:
  case GNUTLS_E_PUSH_ERROR:
    if (self->established)
      return GVNC_LAYER_END;
    gvnc_set_error (error, GVNC_ERROR_TLS,
                    self->anonymous != NULL
                      ? _("The server closed the connection while an anonymous TLS link was being agreed on")
                      : _("The server closed the connection while a TLS link was being agreed on"));
    break;
  case GNUTLS_E_FATAL_ALERT_RECEIVED:
    gvnc_set_error (error, GVNC_ERROR_TLS, _("The server broke the TLS link off: %s"),
                    gnutls_alert_get_name (gnutls_alert_get (self->session)));
    break;
  case GNUTLS_E_DH_PRIME_UNACCEPTABLE:
    gvnc_set_error (error, GVNC_ERROR_TLS,
                    _("The server's Diffie-Hellman prime for TLS is too weak; at least %d bits are needed"),
                    self->allow_weak ? DH_LEAST_WEAK_BITS : DH_LEAST_BITS);
    break;
  case GNUTLS_E_REHANDSHAKE:
    gvnc_set_error (error, GVNC_ERROR_TLS, _("The server wants to agree on TLS anew, which is not allowed"));
    break;
  case GNUTLS_E_UNEXPECTED_PACKET_LENGTH:
  case GNUTLS_E_RECORD_OVERFLOW:
  case GNUTLS_E_UNSUPPORTED_VERSION_PACKET:
    gvnc_set_error (error, GVNC_ERROR_TLS, _("What the server sends is not TLS: %s"), gnutls_strerror (status));
    break;
  case GNUTLS_E_HANDSHAKE_TOO_LARGE:
    gvnc_set_error (error, GVNC_ERROR_LIMIT,
                    _("The server sent a message of the TLS handshake with more than the %d bytes that are accepted"),
                    GVNC_LIMIT_TLS_HANDSHAKE_LEN);
    break;
  default:
    gvnc_set_error (error, GVNC_ERROR_TLS,
                    self->established ? _("The TLS link to the server failed: %s")
                                      : _("No TLS link to the server could be made: %s"),
                    gnutls_strerror (status));
  }
  return GVNC_LAYER_ERROR;
}

/* A read or the handshake. */
static void
tls_starts (TlsLayer *self)
{
  self->must_wait = FALSE;
  self->layer.paused = FALSE;
  self->rounds = 0;
}

/* Whether GnuTLS is to be called once more: nothing that a server says without an effect may keep us from going on. That is not
 * only alerts. GnuTLS says AGAIN also behind a ticket, and behind each record of a message in pieces, though there may be more
 * in what was received or in a buffer below, which wakes nobody up. It is time to wait when the layer below says so. */
static gboolean
tls_goes_on (TlsLayer *self,
             gssize    status)
{
  if (status != GNUTLS_E_WARNING_ALERT_RECEIVED && status != GNUTLS_E_INTERRUPTED &&
      (status != GNUTLS_E_AGAIN || self->must_wait))
    return FALSE;
  self->layer.paused = ++self->rounds == GVNC_LAYER_ROUNDS;
  return !self->layer.paused;
}

/* ---- the layer ---- */

/* "TLS 1.2, AES-256-GCM, anonymous" */
static char *
tls_describe (TlsLayer *self)
{
  GString *text = g_string_new (NULL);
  const char *version = gnutls_protocol_get_name (gnutls_protocol_get_version (self->session));
  gnutls_kx_algorithm_t kx = gnutls_kx_get (self->session);

  if (g_str_has_prefix (version, "TLS"))
    g_string_append_printf (text, "TLS %s", version + 3);
  else
    g_string_append (text, version);
  g_string_append_printf (text, ", %s, ", gnutls_cipher_get_name (gnutls_cipher_get (self->session)));
  g_string_append (text, self->anonymous != NULL ? _("anonymous") : _("certificate"));
  if (kx == GNUTLS_KX_ANON_DH || kx == GNUTLS_KX_DHE_RSA || kx == GNUTLS_KX_DHE_DSS) {
    int bits = gnutls_dh_get_prime_bits (self->session);

    if (bits > 0 && bits < DH_STRONG_BITS)
      g_string_append_printf (text, _(", weak: Diffie-Hellman of %d bits"), bits);
  }
  if (self->certificates != NULL) {
    gnutls_x509_crt_t leaf;
    unsigned int n_chain = 0, bits = 0;
    const gnutls_datum_t *chain = gnutls_certificate_get_peers (self->session, &n_chain);

    if (n_chain > 0 && gnutls_x509_crt_init (&leaf) >= 0) {
      if (gnutls_x509_crt_import (leaf, &chain[0], GNUTLS_X509_FMT_DER) >= 0 &&
          gnutls_x509_crt_get_pk_algorithm (leaf, &bits) == GNUTLS_PK_RSA && bits < 2048)
        g_string_append_printf (text, _(", weak: RSA key of %u bits"), bits);
      gnutls_x509_crt_deinit (leaf);
    }
  }
  return g_string_free (text, FALSE);
}

static gssize
tls_handshake (GvncLayer  *layer,
               GError    **error)
{
  TlsLayer *self = (TlsLayer *) layer;
  int status;

  tls_starts (self);
  do
    status = gnutls_handshake (self->session);
  while (tls_goes_on (self, status));
  if (self->layer.paused || status == GNUTLS_E_AGAIN)
    return GVNC_LAYER_AGAIN;
  if (status < 0)
    return tls_failed (self, status, error);
  self->established = TRUE;
  layer->description = tls_describe (self);
  g_debug ("The link is secured: %s", layer->description);
  return 0;
}

static GvncIdentity *
tls_identify (GvncLayer  *layer,
              GError    **error)
{
  TlsLayer *self = (TlsLayer *) layer;

  return gvnc_tls_identify (self->session, self->hostname, self->allow_weak, error);
}

static gboolean
tls_has_identity (GvncLayer *layer)
{
  return ((TlsLayer *) layer)->certificates != NULL;
}

/* The server has closed. With version 1.3 a server learns only behind the handshake that the client has no certificate. */
static gssize
tls_ended (TlsLayer  *self,
           GError   **error)
{
  if (self->heard || self->certificates == NULL || gnutls_certificate_client_get_request_status (self->session) == 0 ||
      gnutls_certificate_get_ours (self->session) != NULL)
    return GVNC_LAYER_END;
  gvnc_set_error (error, GVNC_ERROR_TLS,
                  _("The server closed the connection. It had asked for a client certificate, and there was none to show"));
  return GVNC_LAYER_ERROR;
}

static gssize
tls_read (GvncLayer  *layer,
          guint8     *buffer,
          gsize       len,
          GError    **error)
{
  TlsLayer *self = (TlsLayer *) layer;
  ssize_t n;

  tls_starts (self);
  do
    n = gnutls_record_recv (self->session, buffer, len);
  while (tls_goes_on (self, n));
  self->read_wants_out = n == GNUTLS_E_AGAIN && gnutls_record_get_direction (self->session) == 1;
  if (n > 0) {
    self->heard = TRUE;
    return n;
  }
  if (self->layer.paused || n == GNUTLS_E_AGAIN)
    return GVNC_LAYER_AGAIN;
  n = n == 0 ? GVNC_LAYER_END : tls_failed (self, (int) n, error);
  return n == GVNC_LAYER_END ? tls_ended (self, error) : n;
}

static gssize
tls_write (GvncLayer     *layer,
           const guint8  *bytes,
           gsize          len,
           GError       **error)
{
  TlsLayer *self = (TlsLayer *) layer;
  ssize_t n;

  /* What GnuTLS could not write it has kept; it says how much that was when it can. */
  do
    n = self->blocked_len > 0 ? gnutls_record_send (self->session, NULL, 0) : gnutls_record_send (self->session, bytes, len);
  while (n == GNUTLS_E_INTERRUPTED);
  if (n == GNUTLS_E_AGAIN) {
    if (self->blocked_len == 0)
      self->blocked_len = len;
    return GVNC_LAYER_AGAIN;
  }
  self->blocked_len = 0;
  if (n >= 0 && self->cannot_write)
    return GVNC_LAYER_END;
  return n >= 0 ? n : tls_failed (self, (int) n, error);
}

static gint
tls_poll (GvncLayer    *layer,
          GIOCondition  wanted,
          GIOCondition *condition)
{
  TlsLayer *self = (TlsLayer *) layer;

  if (!self->established)
    wanted = wanted == 0 ? 0 : gnutls_record_get_direction (self->session) == 1 ? G_IO_OUT : G_IO_IN;
  else if (self->read_wants_out && (wanted & G_IO_IN) != 0)
    wanted |= G_IO_OUT;
  return gvnc_layer_poll (self->lower, wanted, condition);
}

static void
tls_free (GvncLayer *layer)
{
  TlsLayer *self = (TlsLayer *) layer;

  /* One try: who is in a hurry to go does not wait for the server to read. */
  if (self->session != NULL && self->established && !self->broken && !self->cannot_write && self->blocked_len == 0)
    gnutls_bye (self->session, GNUTLS_SHUT_WR);
  g_clear_pointer (&self->session, gnutls_deinit);
  g_clear_pointer (&self->certificates, gnutls_certificate_free_credentials);
  g_clear_pointer (&self->anonymous, gnutls_anon_free_client_credentials);
  g_clear_pointer (&self->received, g_bytes_unref);
  g_clear_error (&self->lower_error);
  g_free (self->hostname);
  g_free (layer->description);
  gvnc_layer_free (self->lower);
  g_free (self);
}

static const GvncLayerType tls_layer_type = {
  .name = "TLS",
  .handshake = tls_handshake,
  .has_identity = tls_has_identity,
  .identify = tls_identify,
  .read = tls_read,
  .write = tls_write,
  .poll = tls_poll,
  .free = tls_free,
};

static int
tls_set_up (TlsLayer                *self,
            const GvncTlsParameters *parameters)
{
  int status;

  if (parameters->anonymous)
    status = gnutls_priority_set_direct (self->session, PRIORITY_ANONYMOUS, NULL);
  else if (self->allow_weak)
    status = gnutls_priority_set_direct (self->session, PRIORITY_WEAK, NULL);
  else
    status = gnutls_set_default_priority (self->session);
  if (status < 0)
    return status;

  if (parameters->anonymous)
    status = gnutls_credentials_set (self->session, GNUTLS_CRD_ANON, self->anonymous);
  else
    status = gnutls_credentials_set (self->session, GNUTLS_CRD_CERTIFICATE, self->certificates);
  if (status < 0)
    return status;
  /* Addresses are no names for this extension. */
  if (!parameters->anonymous && self->hostname != NULL && !g_hostname_is_ip_address (self->hostname))
    status = gnutls_server_name_set (self->session, GNUTLS_NAME_DNS, self->hostname, strlen (self->hostname));
  gnutls_dh_set_prime_bits (self->session, self->allow_weak ? DH_LEAST_WEAK_BITS : DH_LEAST_BITS);
  gnutls_handshake_set_max_packet_length (self->session, GVNC_LIMIT_TLS_HANDSHAKE_LEN);
  gnutls_transport_set_ptr (self->session, self);
  gnutls_transport_set_pull_function (self->session, tls_pull);
  gnutls_transport_set_push_function (self->session, tls_push);
  gnutls_transport_set_pull_timeout_function (self->session, tls_pull_timeout);
  return status;
}

GvncLayer *
gvnc_tls_layer_new (GvncLayer               *lower,
                    GBytes                  *received,
                    const GvncTlsParameters *parameters,
                    GError                 **error)
{
  TlsLayer *self = g_new0 (TlsLayer, 1);
  int status;

  self->layer.type = &tls_layer_type;
  self->layer.encrypted = TRUE;
  self->lower = lower;
  self->received = received != NULL && g_bytes_get_size (received) > 0 ? g_bytes_ref (received) : NULL;
  self->hostname = g_strdup (parameters->hostname);
  self->allow_weak = parameters->trust->allow_weak;

  if (parameters->anonymous)
    status = gnutls_anon_allocate_client_credentials (&self->anonymous);
  else
    status = gnutls_certificate_allocate_credentials (&self->certificates);
  if (status >= 0 && self->certificates != NULL && !gvnc_tls_load_trust (self->certificates, parameters, error)) {
    gvnc_layer_free (&self->layer);
    return NULL;
  }
  if (status >= 0)
    status = gnutls_init (&self->session, GNUTLS_CLIENT | GNUTLS_NONBLOCK);
  if (status >= 0)
    status = tls_set_up (self, parameters);
  if (status >= 0)
    return &self->layer;
  gvnc_set_error (error, GVNC_ERROR_TLS, _("TLS cannot be used here: %s"), gnutls_strerror (status));
  gvnc_layer_free (&self->layer);
  return NULL;
}
