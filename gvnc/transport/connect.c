/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/connect.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <sys/socket.h>
#include <unistd.h>

/* Seconds for one address to answer. */
#define CONNECT_TIMEOUT_S 30

GvncTarget *
gvnc_target_new (void)
{
  GvncTarget *target = g_new0 (GvncTarget, 1);

  target->fd = -1;
  return target;
}

void
gvnc_target_free (GvncTarget *target)
{
  if (target == NULL)
    return;
  g_free (target->host);
  g_free (target->port);
  g_free (target->hostname);
  g_clear_object (&target->address);
  if (target->fd >= 0)
    close (target->fd);
  g_free (target);
}

gboolean
gvnc_target_is_local (const GvncTarget *target)
{
  return target->address != NULL && G_IS_UNIX_SOCKET_ADDRESS (target->address);
}

static GvncLayer *
connect_fd (GvncTarget  *target,
            GError     **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GSocket) socket = NULL;
  gint type;
  socklen_t type_len = sizeof type;

  /* GSocket warns of such descriptors, as if the program were to blame. */
  if (getsockopt (target->fd, SOL_SOCKET, SO_TYPE, &type, &type_len) < 0) {
    gint code = errno;

    gvnc_set_error (error, GVNC_ERROR_IO, _("Cannot use the file descriptor %d: %s"), target->fd, g_strerror (code));
    if (code == EBADF)
      target->fd = -1;    /* there is nothing to close; the number may be somebody else's by then */
    return NULL;
  }
  socket = g_socket_new_from_fd (target->fd, &cause);
  if (socket == NULL) {
    gvnc_set_error (error, GVNC_ERROR_IO, _("Cannot use the file descriptor %d: %s"), target->fd, cause->message);
    return NULL;
  }
  target->fd = -1;
  return gvnc_socket_layer_new (socket, NULL);
}

static GSocketConnectable *
connect_parse_host (GvncTarget  *target,
                    GError     **error)
{
  g_autofree char *host = g_strdup (target->host);
  gsize len = strlen (host);
  guint64 port;

  if (target->port == NULL || !g_ascii_string_to_unsigned (target->port, 10, 1, 65535, &port, NULL)) {
    gvnc_set_error (error, GVNC_ERROR_IO, _("Cannot connect to %s: “%s” is no port number from 1 to 65535"),
                    target->host, target->port != NULL ? target->port : "");
    return NULL;
  }
  /* An IPv6 address may come in the brackets that it has in addresses with a port. */
  if (len > 2 && host[0] == '[' && host[len - 1] == ']') {
    host[len - 1] = '\0';
    memmove (host, host + 1, len - 1);
  }
  if (host[0] == '\0') {
    gvnc_set_error (error, GVNC_ERROR_IO, _("Cannot connect: the host name is empty"));
    return NULL;
  }
  return g_network_address_new (host, (guint16) port);
}

/* What people call the server that could not be reached. */
static char *
connect_describe (const GvncTarget *target)
{
  if (target->host != NULL)
    return g_strdup_printf (_("%s, port %s"), target->host, target->port);
  if (G_IS_UNIX_SOCKET_ADDRESS (target->address))
    return g_filename_display_name (g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (target->address)));
  return g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (target->address));
}

GvncLayer *
gvnc_connect (GvncTarget    *target,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GSocketConnectable) connectable = NULL;
  g_autoptr (GSocketClient) client = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) cause = NULL;

  if (target->host != NULL) {
    connectable = connect_parse_host (target, error);
    if (connectable == NULL)
      return NULL;
  } else if (target->address != NULL) {
    connectable = g_object_ref (G_SOCKET_CONNECTABLE (target->address));
  } else {
    return connect_fd (target, error);
  }

  client = g_socket_client_new ();
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, CONNECT_TIMEOUT_S);
  connection = g_socket_client_connect (client, connectable, cancellable, &cause);
  if (connection == NULL) {
    g_autofree char *where = connect_describe (target);

    gvnc_set_error (error, GVNC_ERROR_IO, _("Cannot connect to %s: %s"), where, cause->message);
    return NULL;
  }
  return gvnc_socket_layer_new (g_socket_connection_get_socket (connection), G_OBJECT (connection));
}
