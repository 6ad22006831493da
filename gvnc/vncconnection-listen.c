/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncconnection-private.h"
#include "vncerror.h"

#include <glib/gi18n-lib.h>

/* Reverse connections: the server calls, and its side of the protocol is the same from there on. */

static void
listen_accepted (GObject      *listener,
                 GAsyncResult *result,
                 gpointer      data)
{
  GTask *task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) caller = NULL;
  GvncTarget *target;

  caller = g_socket_listener_accept_finish (G_SOCKET_LISTENER (listener), result, NULL, &error);
  if (caller == NULL) {
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_task_return_error (task, g_steal_pointer (&error));
    else
      g_task_return_new_error (task, VNC_ERROR, VNC_ERROR_IO, _("Cannot listen for a server: %s"), error->message);
    g_object_unref (task);
    return;
  }
  target = gvnc_target_new ();
  target->stream = G_IO_STREAM (g_steal_pointer (&caller));
  gvnc_connection_open_task (g_task_get_source_object (task), target, task);
}

/**
 * vnc_connection_listen_async:
 * @conn: a closed connection
 * @listener: what listens, on TCP port 5500 by custom
 * @cancellable: (nullable): to give up; the connection is closed at once
 * @callback: (scope async) (closure user_data): called when there is a session, or none can be had
 * @user_data: for @callback
 *
 * Waits until a server calls, and uses the connection that it makes.
 *
 * One call takes one server; a @listener may be used again for other connections at any time. Nobody knows who calls: anybody
 * who can reach the port may show a picture and see what is typed. The connection counts as open from the moment that the server
 * has called.
 *
 * Since: 2.0
 */
void
vnc_connection_listen_async (VncConnection       *conn,
                             GSocketListener     *listener,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (VNC_IS_CONNECTION (conn));
  g_return_if_fail (G_IS_SOCKET_LISTENER (listener));

  task = g_task_new (conn, cancellable, callback, user_data);
  g_task_set_check_cancellable (task, FALSE);
  if (vnc_connection_is_open (conn)) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, _("The connection is open already"));
    g_object_unref (task);
    return;
  }
  g_socket_listener_accept_async (listener, cancellable, listen_accepted, task);
}

/**
 * vnc_connection_listen_finish:
 * @conn: the connection
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [method@Connection.listen_async].
 *
 * Returns: %TRUE when there is a session; %FALSE with an error of [error@Error], of %G_IO_ERROR_CANCELLED, or of
 *   %G_IO_ERROR_PENDING when the connection was open already
 *
 * Since: 2.0
 */
gboolean
vnc_connection_listen_finish (VncConnection  *conn,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, conn), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
