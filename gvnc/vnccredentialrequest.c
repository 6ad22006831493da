/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vnccredentialrequest.h"

#include "vncconnection-private.h"
#include "vncerror.h"
#include "wire/wipe.h"

#include <glib/gi18n-lib.h>

/**
 * VncCredentialRequest:
 *
 * Credentials that a connection waits for, and what somebody should know before giving them.
 *
 * It comes with [signal@Connection::vnc-credentials-requested]. A handler that takes it on returns %TRUE, and answers at once or
 * later, when a dialog was closed or a keyring has answered, with [method@CredentialRequest.set] for each that is wanted and then
 * [method@CredentialRequest.complete], or with [method@CredentialRequest.refuse]. The cancellable is cancelled when
 * the connection no longer waits, so it can be handed to whatever looks the credentials up.
 *
 * All calls are to be made on the thread of the default main context. What it tells never changes. Values are kept in memory
 * until they are handed over, and their memory is cleared.
 *
 * Since: 2.0
 */
struct _VncCredentialRequest {
  GObject        parent_instance;
  VncConnection *conn;           /* weak; NULL when it no longer waits */
  GCancellable  *cancellable;
  guint          wanted;         /* a bit for each VncConnectionCredential */
  char          *host;           /* or NULL */
  guint          auth_type;
  guint          auth_subtype;
  gboolean       encrypted;
  gboolean       verified;
  char          *values[GVNC_N_CREDENTIALS];   /* wiped */
};

struct _VncCredentialRequestClass {
  GObjectClass parent_class;
};

G_DEFINE_TYPE (VncCredentialRequest, vnc_credential_request, G_TYPE_OBJECT)

static void
credential_request_forget (VncCredentialRequest *self)
{
  for (guint i = 0; i < GVNC_N_CREDENTIALS; i++)
    gvnc_wipe_string (g_steal_pointer (&self->values[i]));
}

static void
credential_request_finalize (GObject *object)
{
  VncCredentialRequest *self = VNC_CREDENTIAL_REQUEST (object);

  credential_request_forget (self);
  g_object_unref (self->cancellable);
  g_free (self->host);

  G_OBJECT_CLASS (vnc_credential_request_parent_class)->finalize (object);
}

static void
vnc_credential_request_class_init (VncCredentialRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = credential_request_finalize;
}

static void
vnc_credential_request_init (VncCredentialRequest *self)
{
  self->cancellable = g_cancellable_new ();
}

VncCredentialRequest *
gvnc_credential_request_new (VncConnection *conn,
                             const GArray  *wanted)
{
  VncConnectionPrivate *priv = conn->priv;
  VncCredentialRequest *self = g_object_new (VNC_TYPE_CREDENTIAL_REQUEST, NULL);

  self->conn = conn;
  for (guint i = 0; i < wanted->len; i++)
    self->wanted |= 1u << g_array_index (wanted, guint32, i);
  self->host = g_strdup (priv->host);
  self->auth_type = (guint) MAX (priv->auth_type, 0);
  self->auth_subtype = (guint) MAX (priv->auth_subtype, 0);
  self->encrypted = priv->encrypted;
  self->verified = priv->certificate != NULL;
  return self;
}

void
gvnc_credential_request_close (VncCredentialRequest *self)
{
  if (self->conn == NULL)
    return;
  self->conn = NULL;
  credential_request_forget (self);
  g_cancellable_cancel (self->cancellable);
}

/**
 * vnc_credential_request_wants:
 * @request: the request
 * @credential: a kind of credential
 *
 * Tells whether a credential is needed.
 *
 * Returns: %TRUE when it has to be set
 *
 * Since: 2.0
 */
gboolean
vnc_credential_request_wants (VncCredentialRequest    *request,
                              VncConnectionCredential  credential)
{
  g_return_val_if_fail (VNC_IS_CREDENTIAL_REQUEST (request), FALSE);

  return (guint) credential < GVNC_N_CREDENTIALS && (request->wanted & 1u << credential) != 0;
}

/**
 * vnc_credential_request_get_host:
 * @request: the request
 *
 * Gets what the server is called, for people: the name that the connection was opened with.
 *
 * Returns: (transfer none) (nullable): the name; %NULL when nobody has said any
 *
 * Since: 2.0
 */
const char *
vnc_credential_request_get_host (VncCredentialRequest *request)
{
  g_return_val_if_fail (VNC_IS_CREDENTIAL_REQUEST (request), NULL);

  return request->host;
}

/**
 * vnc_credential_request_get_auth_type:
 * @request: the request
 *
 * Gets the security type that was chosen.
 *
 * Returns: a [enum@ConnectionAuth] value
 *
 * Since: 2.0
 */
guint
vnc_credential_request_get_auth_type (VncCredentialRequest *request)
{
  g_return_val_if_fail (VNC_IS_CREDENTIAL_REQUEST (request), 0);

  return request->auth_type;
}

/**
 * vnc_credential_request_get_auth_subtype:
 * @request: the request
 *
 * Gets the subtype that was chosen within the security type.
 *
 * Returns: a [enum@ConnectionAuthVencrypt] value, or the subtype of another type; 0 when it has none
 *
 * Since: 2.0
 */
guint
vnc_credential_request_get_auth_subtype (VncCredentialRequest *request)
{
  g_return_val_if_fail (VNC_IS_CREDENTIAL_REQUEST (request), 0);

  return request->auth_subtype;
}

/**
 * vnc_credential_request_get_encrypted:
 * @request: the request
 *
 * Tells whether the link is encrypted by now; without [method@CredentialRequest.get_verified] somebody in between may still be
 * at its other end.
 *
 * Returns: %TRUE when others cannot read what is sent
 *
 * Since: 2.0
 */
gboolean
vnc_credential_request_get_encrypted (VncCredentialRequest *request)
{
  g_return_val_if_fail (VNC_IS_CREDENTIAL_REQUEST (request), FALSE);

  return request->encrypted;
}

/**
 * vnc_credential_request_get_verified:
 * @request: the request
 *
 * Tells whether the server has shown a certificate or a key that is trusted: by an authority, the known hosts or a handler of
 * [signal@Connection::vnc-verify-certificate].
 *
 * Returns: %TRUE when it is known who the server is
 *
 * Since: 2.0
 */
gboolean
vnc_credential_request_get_verified (VncCredentialRequest *request)
{
  g_return_val_if_fail (VNC_IS_CREDENTIAL_REQUEST (request), FALSE);

  return request->verified;
}

/**
 * vnc_credential_request_get_cancellable:
 * @request: the request
 *
 * Gets what is cancelled when the connection no longer waits: it was answered, or the connection has ended.
 *
 * Returns: (transfer none): the cancellable
 *
 * Since: 2.0
 */
GCancellable *
vnc_credential_request_get_cancellable (VncCredentialRequest *request)
{
  g_return_val_if_fail (VNC_IS_CREDENTIAL_REQUEST (request), NULL);

  return request->cancellable;
}

/**
 * vnc_credential_request_set:
 * @request: the request
 * @credential: a kind of credential
 * @value: (nullable): the value, an empty one included; %NULL to take an earlier one back
 *
 * Gives a credential, which is sent only when the request is completed.
 *
 * Nothing happens when the connection no longer waits.
 *
 * Since: 2.0
 */
void
vnc_credential_request_set (VncCredentialRequest    *request,
                            VncConnectionCredential  credential,
                            const char              *value)
{
  g_return_if_fail (VNC_IS_CREDENTIAL_REQUEST (request));
  g_return_if_fail ((guint) credential < GVNC_N_CREDENTIALS);

  if (request->conn == NULL)
    return;
  gvnc_wipe_string (request->values[credential]);
  request->values[credential] = g_strdup (value);
}

/**
 * vnc_credential_request_complete:
 * @request: the request
 * @error: return location for an error
 *
 * Hands the credentials over, and lets the connection go on.
 *
 * Returns: %TRUE; %FALSE with %G_IO_ERROR_CANCELLED when the connection no longer waits for them, or with
 *   %G_IO_ERROR_INVALID_ARGUMENT when one that is wanted was not set: the connection then still waits
 *
 * Since: 2.0
 */
gboolean
vnc_credential_request_complete (VncCredentialRequest  *request,
                                 GError               **error)
{
  static const char *const names[GVNC_N_CREDENTIALS] = {
    [VNC_CONNECTION_CREDENTIAL_PASSWORD] = N_("the password"),
    [VNC_CONNECTION_CREDENTIAL_USERNAME] = N_("the user name"),
    [VNC_CONNECTION_CREDENTIAL_CLIENTNAME] = N_("the client name"),
  };
  char *values[GVNC_N_CREDENTIALS];
  VncConnection *conn;

  g_return_val_if_fail (VNC_IS_CREDENTIAL_REQUEST (request), FALSE);

  conn = request->conn;
  if (conn == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The connection no longer waits for credentials"));
    return FALSE;
  }
  for (guint i = 0; i < GVNC_N_CREDENTIALS; i++)
    if ((request->wanted & 1u << i) != 0 && request->values[i] == NULL) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("A credential is missing: %s"), _(names[i]));
      return FALSE;
    }
  for (guint i = 0; i < GVNC_N_CREDENTIALS; i++)
    values[i] = g_steal_pointer (&request->values[i]);
  gvnc_connection_auth_take (conn, values);
  return TRUE;
}

/**
 * vnc_credential_request_refuse:
 * @request: the request
 *
 * Says that there will be no credentials: the connection ends with an error of %VNC_ERROR_AUTH.
 *
 * Nothing happens when the connection no longer waits.
 *
 * Since: 2.0
 */
void
vnc_credential_request_refuse (VncCredentialRequest *request)
{
  g_return_if_fail (VNC_IS_CREDENTIAL_REQUEST (request));

  if (request->conn != NULL)
    gvnc_connection_end (request->conn, VNC_ERROR_AUTH, _("No credentials were given"));
}
