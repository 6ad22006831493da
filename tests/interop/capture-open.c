/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "capture-open.h"

#include <gio/gunixsocketaddress.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static GSocketAddress *
capture_address (const CaptureWhere *where)
{
  if (where->socket != NULL)
    return g_unix_socket_address_new (where->socket);
  return g_inet_socket_address_new_from_string (where->host, (guint) atoi (where->port));
}

static void
capture_listened_cb (GObject *conn, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  /* What goes wrong behind the call comes as signals, too. */
  if (!vnc_connection_listen_finish (VNC_CONNECTION (conn), result, &error) && error->domain == G_IO_ERROR)
    fprintf (stderr, "%s\n", error->message);
}

static gboolean
capture_listen (VncConnection *conn, const CaptureWhere *where, GError **error)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", (guint) where->listen);

  if (!g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, NULL, error))
    return FALSE;
  vnc_connection_listen_async (conn, listener, NULL, capture_listened_cb, NULL);
  return TRUE;
}

static gboolean
capture_open_fd (VncConnection *conn, const CaptureWhere *where, GError **error)
{
  g_autoptr (GSocketAddress) address = capture_address (where);
  g_autoptr (GSocket) sock =
    g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);

  if (sock == NULL || !g_socket_connect (sock, address, NULL, error))
    return FALSE;
  return vnc_connection_open_fd (conn, dup (g_socket_get_fd (sock)));
}

gboolean
capture_open (VncConnection *conn, const CaptureWhere *where, GError **error)
{
  g_autoptr (VncUri) uri = where->uri != NULL ? vnc_uri_parse (where->uri, error) : NULL;
  g_autoptr (GSocketAddress) address = NULL;

  if (where->proxy != NULL) {
    g_autoptr (GProxyResolver) proxies = g_simple_proxy_resolver_new (where->proxy, NULL);

    g_object_set (conn, "proxy-resolver", proxies, NULL);
  }
  if (where->uri != NULL)
    return uri != NULL && vnc_connection_open_uri (conn, uri);
  if (where->listen != 0)
    return capture_listen (conn, where, error);
  if (where->by_fd)
    return capture_open_fd (conn, where, error);
  if (where->socket == NULL)
    return vnc_connection_open_host (conn, where->host, where->port);
  address = capture_address (where);
  return vnc_connection_open_addr (conn, address, NULL);
}
