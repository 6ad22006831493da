/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncconnection-private.h"

/* Whom a connection trusts, and how it is secured. The settings are properties; each holds from the next opening on. */

enum {
  TRUST_TLS_HOSTNAME,
  TRUST_CA_FILE,
  TRUST_CRL_FILE,
  TRUST_CLIENT_CERT_FILE,
  TRUST_CLIENT_KEY_FILE,
  TRUST_CA_DATA,
  TRUST_KNOWN_HOSTS_FILE,
  TRUST_TRUST_ON_FIRST_USE,
  TRUST_ALLOW_PLAIN,
  TRUST_ALLOW_WEAK,
  TRUST_SECURED,
  TRUST_ENCRYPTED,
  TRUST_CERTIFICATE,
  TRUST_WEAKNESS,
  TRUST_AUTH_TYPE,
  TRUST_AUTH_SUBTYPE,
  N_TRUST
};

G_STATIC_ASSERT ((gint) N_TRUST == GVNC_N_TRUST_PROPS);

static GParamSpec *trust_props[N_TRUST];

/* Where the text of a property is kept, or NULL. */
static char **
trust_text (VncConnection *conn,
            guint          which)
{
  GvncTrustSettings *settings = &conn->priv->trust;

  switch (which) {
  case TRUST_TLS_HOSTNAME:
    return &settings->hostname;
  case TRUST_CA_FILE:
    return &settings->ca_file;
  case TRUST_CRL_FILE:
    return &settings->crl_file;
  case TRUST_CLIENT_CERT_FILE:
    return &settings->client_cert;
  case TRUST_CLIENT_KEY_FILE:
    return &settings->client_key;
  case TRUST_KNOWN_HOSTS_FILE:
    return &settings->known_hosts;
  default:
    return NULL;
  }
}

static gboolean *
trust_flag (VncConnection *conn,
            guint          which)
{
  GvncTrustSettings *settings = &conn->priv->trust;

  switch (which) {
  case TRUST_TRUST_ON_FIRST_USE:
    return &settings->first_use;
  case TRUST_ALLOW_PLAIN:
    return &settings->allow_plain;
  case TRUST_ALLOW_WEAK:
    return &settings->allow_weak;
  case TRUST_ENCRYPTED:
    return &conn->priv->encrypted;
  default:
    return NULL;
  }
}

void
gvnc_connection_trust_get (VncConnection *conn,
                           guint          which,
                           GValue        *value)
{
  VncConnectionPrivate *priv = conn->priv;

  if (trust_text (conn, which) != NULL)
    g_value_set_string (value, *trust_text (conn, which));
  else if (trust_flag (conn, which) != NULL)
    g_value_set_boolean (value, *trust_flag (conn, which));
  else if (which == TRUST_CA_DATA)
    g_value_set_boxed (value, priv->trust.ca_data);
  else if (which == TRUST_SECURED)
    g_value_set_string (value, priv->secured);
  else if (which == TRUST_WEAKNESS)
    g_value_set_string (value, priv->weakness);
  else if (which == TRUST_CERTIFICATE)
    g_value_set_boxed (value, priv->certificate);
  else
    g_value_set_uint (value, (guint) MAX (which == TRUST_AUTH_TYPE ? priv->auth_type : priv->auth_subtype, 0));
}

void
gvnc_connection_trust_set (VncConnection *conn,
                           guint          which,
                           const GValue  *value)
{
  VncConnectionPrivate *priv = conn->priv;

  if (trust_text (conn, which) != NULL) {
    g_free (*trust_text (conn, which));
    *trust_text (conn, which) = g_value_dup_string (value);
  } else if (trust_flag (conn, which) != NULL) {
    *trust_flag (conn, which) = g_value_get_boolean (value);
  } else if (which == TRUST_CA_DATA) {
    g_clear_pointer (&priv->trust.ca_data, g_bytes_unref);
    priv->trust.ca_data = g_value_dup_boxed (value);
  }
}

static GParamSpec *
trust_spec_text (const char *name)
{
  return g_param_spec_string (name, NULL, NULL,
                              NULL,
                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
trust_spec_flag (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL,
                               FALSE,
                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
}

void
gvnc_connection_trust_specs (GParamSpec **props)
{
  /**
   * VncConnection:tls-hostname:
   *
   * The name or address that the server's certificate must be for; %NULL, the default, for what the connection is opened
   * with.
   *
   * Since: 2.0
   */
  trust_props[TRUST_TLS_HOSTNAME] = trust_spec_text ("tls-hostname");
  /**
   * VncConnection:ca-file:
   *
   * A file in PEM format with the authorities that may sign a server's certificate.
   *
   * With %NULL, the default, it is the first that exists of `~/.pki/CA/cacert.pem` and `/etc/pki/CA/cacert.pem`; when
   * there is neither, the authorities are the system's.
   *
   * Since: 2.0
   */
  trust_props[TRUST_CA_FILE] = trust_spec_text ("ca-file");
  /**
   * VncConnection:crl-file:
   *
   * A file in PEM format with the certificates that their authorities have taken back.
   *
   * With %NULL, the default, it is the first that exists of `~/.pki/CA/cacrl.pem` and `/etc/pki/CA/cacrl.pem`.
   *
   * Since: 2.0
   */
  trust_props[TRUST_CRL_FILE] = trust_spec_text ("crl-file");
  /**
   * VncConnection:client-cert-file:
   *
   * A file in PEM format with the certificate that is shown to servers which ask for one, and those that lead from it to an
   * authority.
   *
   * With %NULL, the default, it is looked for by the client name, see [enum@ConnectionCredential].
   *
   * Since: 2.0
   */
  trust_props[TRUST_CLIENT_CERT_FILE] = trust_spec_text ("client-cert-file");
  /**
   * VncConnection:client-key-file:
   *
   * A file in PEM format with the private key of [property@Connection:client-cert-file]; %NULL, the default, when it is in that
   * file, too.
   *
   * Since: 2.0
   */
  trust_props[TRUST_CLIENT_KEY_FILE] = trust_spec_text ("client-key-file");
  /**
   * VncConnection:ca-data:
   *
   * The authorities in PEM format in memory, in place of any file; %NULL by default.
   *
   * Since: 2.0
   */
  trust_props[TRUST_CA_DATA] =
    g_param_spec_boxed ("ca-data", NULL, NULL,
                        G_TYPE_BYTES,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * VncConnection:known-hosts-file:
   *
   * Where the keys of servers are remembered; %NULL, the default, for `gtk-vnc/known_hosts` in the user's data directory.
   *
   * It has a line for each server, by its host and port; for a descriptor or a stream, by the name that came with it and the
   * port of the socket's other end. Where there is no such port (a UNIX socket, a pipe, any other stream), all servers of one
   * name share a line. A server without a name (one that has called by itself, a descriptor without a name) is never
   * remembered.
   *
   * It is made when the first key is remembered. A file that is there and cannot be read counts as
   * %VNC_CERTIFICATE_PROBLEMS_OTHER against every server that would have to be in it.
   *
   * Since: 2.0
   */
  trust_props[TRUST_KNOWN_HOSTS_FILE] = trust_spec_text ("known-hosts-file");
  /**
   * VncConnection:trust-on-first-use:
   *
   * Whether a server that is not known yet, and whose certificate no authority vouches for, is trusted and remembered.
   *
   * %FALSE by default. A server that then shows another key is never trusted without asking, whatever this says, nor is any
   * while [property@Connection:known-hosts-file] cannot be read or written. Neither is one that has no name there.
   *
   * Since: 2.0
   */
  trust_props[TRUST_TRUST_ON_FIRST_USE] = trust_spec_flag ("trust-on-first-use");
  /**
   * VncConnection:allow-plain:
   *
   * Whether a password may be sent as it is where others can listen. %FALSE by default.
   *
   * Since: 2.0
   */
  trust_props[TRUST_ALLOW_PLAIN] = trust_spec_flag ("allow-plain");
  /**
   * VncConnection:allow-weak:
   *
   * Whether keys and methods that can be broken today are accepted. %FALSE by default.
   *
   * Since: 2.0
   */
  trust_props[TRUST_ALLOW_WEAK] = trust_spec_flag ("allow-weak");
  /**
   * VncConnection:secured:
   *
   * How the link is secured, in words for people, for example "TLS 1.3, AES-256-GCM, certificate"; %NULL when it is not.
   *
   * Since: 2.0
   */
  trust_props[TRUST_SECURED] =
    g_param_spec_string ("secured", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * VncConnection:encrypted:
   *
   * Whether nobody can read on the way what passes between this client and the server.
   *
   * Since: 2.0
   */
  trust_props[TRUST_ENCRYPTED] =
    g_param_spec_boolean ("encrypted", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * VncConnection:certificate:
   *
   * What the server has proved its identity with; %NULL when it has not.
   *
   * A link that is encrypted without a certificate may be with somebody else than the server.
   *
   * Since: 2.0
   */
  trust_props[TRUST_CERTIFICATE] =
    g_param_spec_boxed ("certificate", NULL, NULL,
                        VNC_TYPE_CERTIFICATE,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * VncConnection:auth-type:
   *
   * The security type that was chosen, a number of [enum@ConnectionAuth] or one beyond it (RFC 6143 section 7.1.2); 0 before.
   *
   * Since: 2.0
   */
  trust_props[TRUST_AUTH_TYPE] =
    g_param_spec_uint ("auth-type", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * VncConnection:auth-subtype:
   *
   * What was chosen inside of [property@Connection:auth-type], for VeNCrypt a number of [enum@ConnectionAuthVencrypt]; 0 when
   * nothing was.
   *
   * Since: 2.0
   */
  trust_props[TRUST_AUTH_SUBTYPE] =
    g_param_spec_uint ("auth-subtype", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * VncConnection:weakness:
   *
   * What of the login is too weak for today, though it was taken, in words for people; %NULL when nothing is known.
   *
   * It is set before credentials are asked for. Weak certificates and keys of RSA are told by their problems.
   *
   * Since: 2.0
   */
  trust_props[TRUST_WEAKNESS] =
    g_param_spec_string ("weakness", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  for (guint i = 0; i < N_TRUST; i++)
    props[i] = trust_props[i];
}

static void
trust_notify (VncConnection *conn)
{
  g_object_notify_by_pspec (G_OBJECT (conn), trust_props[TRUST_SECURED]);
  g_object_notify_by_pspec (G_OBJECT (conn), trust_props[TRUST_ENCRYPTED]);
  g_object_notify_by_pspec (G_OBJECT (conn), trust_props[TRUST_CERTIFICATE]);
  g_object_notify_by_pspec (G_OBJECT (conn), trust_props[TRUST_WEAKNESS]);
}

void
gvnc_connection_trust_clear (VncConnection *conn)
{
  VncConnectionPrivate *priv = conn->priv;

  g_clear_pointer (&priv->secured, g_free);
  g_clear_pointer (&priv->weakness, g_free);
  g_clear_pointer (&priv->certificate, vnc_certificate_free);
  priv->encrypted = FALSE;
  priv->trust_wanted = FALSE;
}

/* A server may have several layers, one in the other; people are told all. */
void
gvnc_connection_trust_secured (VncConnection   *conn,
                               const GvncEvent *event)
{
  VncConnectionPrivate *priv = conn->priv;
  gsize len;
  const char *text = g_bytes_get_data (event->data, &len);
  g_autofree char *how = g_strndup (text, len);
  g_autofree char *outer = g_steal_pointer (&priv->secured);

  priv->secured = outer != NULL ? g_strconcat (outer, ", ", how, NULL) : g_steal_pointer (&how);
  priv->encrypted = priv->encrypted || event->number != 0;
  trust_notify (conn);
}

void
gvnc_connection_trust_weak (VncConnection   *conn,
                            const GvncEvent *event)
{
  gsize len;
  const char *text = g_bytes_get_data (event->data, &len);

  g_free (conn->priv->weakness);
  conn->priv->weakness = g_strndup (text, len);
  g_object_notify_by_pspec (G_OBJECT (conn), trust_props[TRUST_WEAKNESS]);
}

void
gvnc_connection_trust_certificate (VncConnection   *conn,
                                   const GvncEvent *event)
{
  VncConnectionPrivate *priv = conn->priv;
  GvncReplay *replay = priv->replay;
  gboolean handled = FALSE;

  g_clear_pointer (&priv->certificate, vnc_certificate_free);
  priv->certificate = (VncCertificate *) gvnc_identity_ref (event->identity);
  if (event->number == 0)
    return;
  priv->trust_wanted = TRUE;
  g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_VERIFY_CERTIFICATE], 0, priv->certificate, &handled);
  if (priv->replay == replay && !handled)
    vnc_connection_accept_certificate (conn, VNC_CERTIFICATE_DECISION_REFUSE);
}

/**
 * vnc_connection_accept_certificate:
 * @conn: the connection
 * @decision: what to do
 *
 * Answers [signal@Connection::vnc-verify-certificate], in a handler or any time later.
 *
 * Refusing ends the connection with an error that names what spoke against the server.
 *
 * Returns: %FALSE when nothing waits for this answer
 *
 * Since: 2.0
 */
gboolean
vnc_connection_accept_certificate (VncConnection          *conn,
                                   VncCertificateDecision  decision)
{
  VncConnectionPrivate *priv;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  priv = conn->priv;
  if (!priv->trust_wanted)
    return FALSE;
  priv->trust_wanted = FALSE;
  gvnc_connection_send (conn, gvnc_command_new (GVNC_COMMAND_TRUST, (guint32) decision));
  return TRUE;
}
