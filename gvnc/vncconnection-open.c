/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncconnection-private.h"
#include "transport/pin.h"
#include "vncerror.h"

#include <glib/gi18n-lib.h>

/* Opening a connection in all the ways there are. Each makes a target, which the engine connects to on its thread. */

/* Somebody waits for the session to begin. */
struct _GvncOpening {
  GTask   *task;            /* keeps the connection alive */
  GSource *cancel_source;   /* or NULL */
  GError  *error;           /* what went wrong; NULL before */
};

/* ---- waiting ---- */

/* Whoever waits is told. */
static void
opening_return (GvncOpening *opening)
{
  if (opening->cancel_source != NULL) {
    g_source_destroy (opening->cancel_source);
    g_source_unref (opening->cancel_source);
  }
  if (opening->error != NULL)
    g_task_return_error (opening->task, opening->error);
  else
    g_task_return_boolean (opening->task, TRUE);
  g_object_unref (opening->task);
  g_free (opening);
}

void
gvnc_connection_opening_done (VncConnection *conn)
{
  if (conn->priv->opening != NULL)
    opening_return (g_steal_pointer (&conn->priv->opening));
}

void
gvnc_connection_opening_failed (VncConnection *conn,
                                guint32        code,
                                const char    *reason)
{
  GvncOpening *opening = conn->priv->opening;

  if (opening != NULL && opening->error == NULL)
    opening->error = g_error_new_literal (VNC_ERROR, (gint) code, reason);
}

void
gvnc_opening_ended (GvncOpening *self)
{
  if (self->error == NULL)
    self->error = g_error_new_literal (VNC_ERROR, VNC_ERROR_IO, _("The connection was closed before there was a session"));
  opening_return (self);
}

static gboolean
opening_cancelled (GCancellable *cancellable,
                   gpointer      data)
{
  VncConnection *conn = data;
  GvncOpening *opening = conn->priv->opening;

  if (opening != NULL) {   /* else it is being ended in this moment */
    g_clear_error (&opening->error);
    g_cancellable_set_error_if_cancelled (cancellable, &opening->error);
  }
  vnc_connection_shutdown (conn);
  return G_SOURCE_REMOVE;
}

static void
opening_start (VncConnection *conn,
               GTask         *task,
               GCancellable  *cancellable)
{
  GvncOpening *opening = g_new0 (GvncOpening, 1);

  conn->priv->opening = opening;
  opening->task = task;
  if (cancellable == NULL)
    return;
  opening->cancel_source = g_cancellable_source_new (cancellable);
  g_source_set_name (opening->cancel_source, "gvnc-open-cancel");
  g_source_set_callback (opening->cancel_source, G_SOURCE_FUNC (opening_cancelled), conn, NULL);
  g_source_attach (opening->cancel_source, NULL);
}

/* ---- targets ---- */

static GvncTarget *
target_for_host (const char *host,
                 const char *port)
{
  GvncTarget *target = gvnc_target_new ();

  target->host = g_strdup (host);
  target->port = g_strdup (port);
  return target;
}

static GvncTarget *
target_for_addr (GSocketAddress *addr,
                 const char     *hostname)
{
  GvncTarget *target = gvnc_target_new ();

  target->address = g_object_ref (addr);
  target->hostname = g_strdup (hostname);
  return target;
}

static GvncTarget *
target_for_fd (gint        fd,
               const char *hostname)
{
  GvncTarget *target = gvnc_target_new ();

  target->fd = fd;
  target->hostname = g_strdup (hostname);
  return target;
}

static GvncTarget *
target_for_stream (GIOStream  *stream,
                   const char *hostname)
{
  GvncTarget *target = gvnc_target_new ();

  target->stream = g_object_ref (stream);
  target->hostname = g_strdup (hostname);
  return target;
}

static GvncTarget *
target_for_uri (const VncUri *uri)
{
  const char *scheme = vnc_uri_get_scheme (uri);
  GvncTarget *target = gvnc_target_new ();

  target->websocket = g_str_has_prefix (scheme, "ws");
  target->tls = g_str_equal (scheme, "vncs") || g_str_equal (scheme, "wss");
  target->repeater = g_strdup (vnc_uri_get_param (uri, "Repeater"));
  if (vnc_uri_get_param (uri, "IdHash") != NULL)
    target->pin = gvnc_pin_parse (vnc_uri_get_param (uri, "IdHashAlgorithm"), vnc_uri_get_param (uri, "IdHash"), NULL);
  if (g_str_equal (scheme, "vnc+unix")) {
    target->path = g_strdup (vnc_uri_get_path (uri));
    return target;
  }
  target->web_path = g_strdup (vnc_uri_get_path (uri));
  target->host = g_strdup (vnc_uri_get_host (uri) != NULL ? vnc_uri_get_host (uri) : "");
  target->port = g_strdup_printf ("%u", vnc_uri_get_port (uri));
  target->ssh_host = g_strdup (vnc_uri_get_ssh_host (uri));
  target->ssh_user = g_strdup (vnc_uri_get_ssh_user (uri));
  target->ssh_port = vnc_uri_get_ssh_port (uri);
  return target;
}

/* ---- opening ---- */

void
gvnc_connection_start (VncConnection *conn,
                       GvncTarget    *target)
{
  VncConnectionPrivate *priv = conn->priv;

  priv->abs_pointer = TRUE;
  priv->has_error = FALSE;
  g_free (priv->host);
  priv->host = g_strdup (gvnc_target_name (target));
  priv->replay = gvnc_replay_start (target, priv->shared, &gvnc_connection_replay_funcs, conn);
}

gboolean
gvnc_connection_open (VncConnection *conn,
                      GvncTarget    *target)
{
  VncConnectionPrivate *priv = conn->priv;

  /* The end of the session before this one comes first. */
  gvnc_connection_say_disconnected (conn);
  if (vnc_connection_is_open (conn)) {
    target->fd = -1;     /* still the caller's */
    gvnc_target_free (target);
    return FALSE;
  }
  gvnc_trust_settings_copy (&target->trust, &priv->trust);
  gvnc_connection_link_apply (conn, target);
  gvnc_connection_reconnect_opened (conn, target);
  gvnc_connection_start (conn, target);
  return TRUE;
}

/* What the address says beside where the server is. */
static void
open_take_uri (VncConnection *conn,
               VncUri        *uri)
{
  const char *type = vnc_uri_get_param (uri, "SecurityType");
  guint64 number;

  if (vnc_uri_get_username (uri) != NULL)
    vnc_connection_set_credential (conn, VNC_CONNECTION_CREDENTIAL_USERNAME, vnc_uri_get_username (uri));
  if (vnc_uri_get_password (uri) != NULL)
    vnc_connection_set_credential (conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, vnc_uri_get_password (uri));
  /* An address may come from anywhere: what the application rules out stays so. */
  if (type != NULL && g_ascii_string_to_unsigned (type, 10, 1, 255, &number, NULL) &&
      gvnc_connection_order_allows (conn->priv->auth_order, (guint32) number))
    vnc_connection_set_auth_type (conn, (guint) number);
}

gboolean
gvnc_connection_open_task (VncConnection *conn,
                           GvncTarget    *target,
                           GTask         *task)
{
  if (!gvnc_connection_open (conn, target)) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, _("The connection is open already"));
    g_object_unref (task);
    return FALSE;
  }
  opening_start (conn, task, g_task_get_cancellable (task));
  return TRUE;
}

static void
open_async (VncConnection       *conn,
            GvncTarget          *target,
            VncUri              *uri,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  GTask *task = g_task_new (conn, cancellable, callback, user_data);

  /* The reason that we tell is better than none. */
  g_task_set_check_cancellable (task, FALSE);
  if (gvnc_connection_open_task (conn, target, task) && uri != NULL)
    open_take_uri (conn, uri);
}

/**
 * vnc_connection_open_host:
 * @conn: a closed connection
 * @host: host name or address; an IPv6 address may stand in brackets
 * @port: TCP port number as text, 5900 for display 0
 *
 * Connects to a TCP port; every address of the host is tried, the next one a moment after one that does not answer.
 *
 * Returns at once. Whatever goes wrong, a bad port number included, is told by [signal@Connection::vnc-error].
 *
 * Returns: %FALSE when the connection is open already
 */
gboolean
vnc_connection_open_host (VncConnection *conn,
                          const char    *host,
                          const char    *port)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);
  g_return_val_if_fail (host != NULL, FALSE);

  return gvnc_connection_open (conn, target_for_host (host, port));
}

/**
 * vnc_connection_open_addr:
 * @conn: a closed connection
 * @addr: a TCP or UNIX socket address
 * @hostname: (nullable): the server's name, for checks of its identity
 *
 * Connects to a socket address. Like [method@Connection.open_host] in all else.
 *
 * Returns: %FALSE when the connection is open already
 */
gboolean
vnc_connection_open_addr (VncConnection  *conn,
                          GSocketAddress *addr,
                          const char     *hostname)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);
  g_return_val_if_fail (G_IS_SOCKET_ADDRESS (addr), FALSE);

  return gvnc_connection_open (conn, target_for_addr (addr, hostname));
}

/**
 * vnc_connection_open_fd:
 * @conn: a closed connection
 * @fd: descriptor of a connected stream socket, which the connection closes in the end
 *
 * Uses a socket that is connected already.
 *
 * Returns: %FALSE when the connection is open already; the descriptor is then still the caller's
 */
gboolean
vnc_connection_open_fd (VncConnection *conn,
                        int            fd)
{
  return vnc_connection_open_fd_with_hostname (conn, fd, NULL);
}

/**
 * vnc_connection_open_fd_with_hostname:
 * @conn: a closed connection
 * @fd: descriptor of a connected stream socket, which the connection closes in the end
 * @hostname: (nullable): the server's name, for checks of its identity
 *
 * Uses a socket that is connected already, and says which host it leads to.
 *
 * Returns: %FALSE when the connection is open already; the descriptor is then still the caller's
 */
gboolean
vnc_connection_open_fd_with_hostname (VncConnection *conn,
                                      int            fd,
                                      const char    *hostname)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  return gvnc_connection_open (conn, target_for_fd (fd, hostname));
}

/**
 * vnc_connection_open_stream:
 * @conn: a closed connection
 * @stream: a stream that leads to the server, used by nobody else from now on
 * @hostname: (nullable): the server's name, for checks of its identity
 *
 * Uses a stream that is connected already, whatever it is made of. The connection closes it in the end.
 *
 * The stream is read and written on other threads. One that can neither be polled nor be cancelled is let go when what it does
 * at the end has come back; the connection does not wait for it.
 *
 * Returns: %FALSE when the connection is open already
 *
 * Since: 2.0
 */
gboolean
vnc_connection_open_stream (VncConnection *conn,
                            GIOStream     *stream,
                            const char    *hostname)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);
  g_return_val_if_fail (G_IS_IO_STREAM (stream), FALSE);

  return gvnc_connection_open (conn, target_for_stream (stream, hostname));
}

/**
 * vnc_connection_open_uri:
 * @conn: a closed connection
 * @uri: where the server is
 *
 * Connects to the server of an address, in the way that it says.
 *
 * A user name and a password of the address are used as with [method@Connection.set_credential], the parameter `SecurityType`
 * as with [method@Connection.set_auth_type], unless [method@Connection.set_auth_order] leaves that type out. Others, such as
 * `ViewOnly`, are the application's.
 *
 * Returns: %FALSE when the connection is open already
 *
 * Since: 2.0
 */
gboolean
vnc_connection_open_uri (VncConnection *conn,
                         VncUri        *uri)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);
  g_return_val_if_fail (uri != NULL, FALSE);

  if (!gvnc_connection_open (conn, target_for_uri (uri)))
    return FALSE;
  open_take_uri (conn, uri);
  return TRUE;
}

/**
 * vnc_connection_open_host_async:
 * @conn: a closed connection
 * @host: host name or address
 * @port: TCP port number as text
 * @cancellable: (nullable): to give up; the connection is closed at once
 * @callback: (scope async) (closure user_data): called when there is a session, or none can be had
 * @user_data: for @callback
 *
 * As [method@Connection.open_host], and tells what became of it. Credentials and choices are asked for by the signals as
 * always.
 *
 * Since: 2.0
 */
void
vnc_connection_open_host_async (VncConnection       *conn,
                                 const char          *host,
                                 const char          *port,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (VNC_IS_CONNECTION (conn));
  g_return_if_fail (host != NULL);

  open_async (conn, target_for_host (host, port), NULL, cancellable, callback, user_data);
}

/**
 * vnc_connection_open_host_finish:
 * @conn: the connection
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [method@Connection.open_host_async].
 *
 * Returns: %TRUE when there is a session; %FALSE with an error of [error@Error], of %G_IO_ERROR_CANCELLED, or of
 *   %G_IO_ERROR_PENDING when the connection was open already
 *
 * Since: 2.0
 */
gboolean
vnc_connection_open_host_finish (VncConnection  *conn,
                                  GAsyncResult   *result,
                                  GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, conn), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * vnc_connection_open_addr_async:
 * @conn: a closed connection
 * @addr: a TCP or UNIX socket address
 * @hostname: (nullable): the server's name, for checks of its identity
 * @cancellable: (nullable): to give up; the connection is closed at once
 * @callback: (scope async) (closure user_data): called when there is a session, or none can be had
 * @user_data: for @callback
 *
 * As [method@Connection.open_addr], and tells what became of it. Credentials and choices are asked for by the signals as
 * always.
 *
 * Since: 2.0
 */
void
vnc_connection_open_addr_async (VncConnection       *conn,
                                 GSocketAddress      *addr,
                                 const char          *hostname,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (VNC_IS_CONNECTION (conn));
  g_return_if_fail (G_IS_SOCKET_ADDRESS (addr));

  open_async (conn, target_for_addr (addr, hostname), NULL, cancellable, callback, user_data);
}

/**
 * vnc_connection_open_addr_finish:
 * @conn: the connection
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [method@Connection.open_addr_async].
 *
 * Returns: %TRUE when there is a session; %FALSE with an error of [error@Error], of %G_IO_ERROR_CANCELLED, or of
 *   %G_IO_ERROR_PENDING when the connection was open already
 *
 * Since: 2.0
 */
gboolean
vnc_connection_open_addr_finish (VncConnection  *conn,
                                  GAsyncResult   *result,
                                  GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, conn), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * vnc_connection_open_fd_async:
 * @conn: a closed connection
 * @fd: descriptor of a connected stream socket, which the connection closes in the end
 * @hostname: (nullable): the server's name, for checks of its identity
 * @cancellable: (nullable): to give up; the connection is closed at once
 * @callback: (scope async) (closure user_data): called when there is a session, or none can be had
 * @user_data: for @callback
 *
 * As [method@Connection.open_fd_with_hostname], and tells what became of it. Credentials and choices are asked for by the
 * signals as always. The descriptor is still the caller's when the error is %G_IO_ERROR_PENDING.
 *
 * Since: 2.0
 */
void
vnc_connection_open_fd_async (VncConnection       *conn,
                              int                  fd,
                              const char          *hostname,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (VNC_IS_CONNECTION (conn));

  open_async (conn, target_for_fd (fd, hostname), NULL, cancellable, callback, user_data);
}

/**
 * vnc_connection_open_fd_finish:
 * @conn: the connection
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [method@Connection.open_fd_async].
 *
 * Returns: %TRUE when there is a session; %FALSE with an error of [error@Error], of %G_IO_ERROR_CANCELLED, or of
 *   %G_IO_ERROR_PENDING when the connection was open already
 *
 * Since: 2.0
 */
gboolean
vnc_connection_open_fd_finish (VncConnection  *conn,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, conn), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * vnc_connection_open_stream_async:
 * @conn: a closed connection
 * @stream: a stream that leads to the server
 * @hostname: (nullable): the server's name, for checks of its identity
 * @cancellable: (nullable): to give up; the connection is closed at once
 * @callback: (scope async) (closure user_data): called when there is a session, or none can be had
 * @user_data: for @callback
 *
 * As [method@Connection.open_stream], and tells what became of it. Credentials and choices are asked for by the signals as
 * always.
 *
 * Since: 2.0
 */
void
vnc_connection_open_stream_async (VncConnection       *conn,
                                 GIOStream           *stream,
                                 const char          *hostname,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (VNC_IS_CONNECTION (conn));
  g_return_if_fail (G_IS_IO_STREAM (stream));

  open_async (conn, target_for_stream (stream, hostname), NULL, cancellable, callback, user_data);
}

/**
 * vnc_connection_open_stream_finish:
 * @conn: the connection
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [method@Connection.open_stream_async].
 *
 * Returns: %TRUE when there is a session; %FALSE with an error of [error@Error], of %G_IO_ERROR_CANCELLED, or of
 *   %G_IO_ERROR_PENDING when the connection was open already
 *
 * Since: 2.0
 */
gboolean
vnc_connection_open_stream_finish (VncConnection  *conn,
                                  GAsyncResult   *result,
                                  GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, conn), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * vnc_connection_open_uri_async:
 * @conn: a closed connection
 * @uri: where the server is
 * @cancellable: (nullable): to give up; the connection is closed at once
 * @callback: (scope async) (closure user_data): called when there is a session, or none can be had
 * @user_data: for @callback
 *
 * As [method@Connection.open_uri], and tells what became of it. Credentials and choices are asked for by the signals as
 * always.
 *
 * Since: 2.0
 */
void
vnc_connection_open_uri_async (VncConnection       *conn,
                                 VncUri              *uri,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (VNC_IS_CONNECTION (conn));
  g_return_if_fail (uri != NULL);

  open_async (conn, target_for_uri (uri), uri, cancellable, callback, user_data);
}

/**
 * vnc_connection_open_uri_finish:
 * @conn: the connection
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [method@Connection.open_uri_async].
 *
 * Returns: %TRUE when there is a session; %FALSE with an error of [error@Error], of %G_IO_ERROR_CANCELLED, or of
 *   %G_IO_ERROR_PENDING when the connection was open already
 *
 * Since: 2.0
 */
gboolean
vnc_connection_open_uri_finish (VncConnection  *conn,
                                  GAsyncResult   *result,
                                  GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, conn), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
