/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/connect.h"

#include "transport/address.h"
#include "transport/secure.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <sys/socket.h>
#include <sys/un.h>

/* Trying to connect, in a main context of its own: only GSocketClient's asynchronous call tries the next address while one
 * is silent (RFC 8305), and only it can be left at any moment. */
typedef struct {
  GMainContext      *context;
  GCancellable      *cancellable;   /* cancelled by the caller's, and when the time is over */
  gboolean           late;
  gboolean           done;
  GSocketConnection *connection;
  GError            *error;
} Attempt;

static void
attempt_done (GObject      *client,
              GAsyncResult *result,
              gpointer      data)
{
  Attempt *attempt = data;

  attempt->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (client), result, &attempt->error);
  attempt->done = TRUE;
}

static gboolean
attempt_late (gpointer data)
{
  Attempt *attempt = data;

  attempt->late = TRUE;
  g_cancellable_cancel (attempt->cancellable);
  return G_SOURCE_REMOVE;
}

static void
attempt_cancelled (GCancellable *outer,
                   gpointer      inner)
{
  g_cancellable_cancel (inner);
}

static void
attempt_run (Attempt            *attempt,
             GSocketClient      *client,
             GSocketConnectable *connectable,
             guint               timeout_ms,
             GCancellable       *cancellable)
{
  gulong handler;

  attempt->context = g_main_context_new ();
  attempt->cancellable = g_cancellable_new ();
  g_main_context_push_thread_default (attempt->context);
  if (timeout_ms > 0) {
    g_autoptr (GSource) timer = g_timeout_source_new (timeout_ms);

    g_source_set_callback (timer, attempt_late, attempt, NULL);
    g_source_attach (timer, attempt->context);
  }
  handler = g_cancellable_connect (cancellable, G_CALLBACK (attempt_cancelled), g_object_ref (attempt->cancellable),
                                   g_object_unref);
  g_socket_client_connect_async (client, connectable, attempt->cancellable, attempt_done, attempt);
  while (!attempt->done)
    g_main_context_iteration (attempt->context, TRUE);
  g_cancellable_disconnect (cancellable, handler);

  /* What lost the race goes away. */
  g_cancellable_cancel (attempt->cancellable);
  while (g_main_context_iteration (attempt->context, FALSE))
    ;
  g_main_context_pop_thread_default (attempt->context);
  g_main_context_unref (attempt->context);
  g_object_unref (attempt->cancellable);
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
  if (type != SOCK_STREAM) {
    gvnc_set_error (error, GVNC_ERROR_IO, _("Cannot use the file descriptor %d: it is no stream socket"), target->fd);
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

static gboolean
connect_check_path (const char  *path,
                    gsize        len,
                    GError     **error)
{
  const gsize most = sizeof ((struct sockaddr_un *) NULL)->sun_path - 1;
  g_autofree char *shown = NULL;

  if (len <= most)
    return TRUE;
  shown = g_filename_display_name (path);
  return gvnc_set_error (error, GVNC_ERROR_IO,
                         _("Cannot connect to %s: the path of the socket has %zu bytes; this system "
                           "accepts at most %zu"), shown, len, most);
}

static GSocketConnectable *
connect_find (GvncTarget  *target,
              GError     **error)
{
  if (target->host != NULL)
    return connect_parse_host (target, error);
  if (target->path != NULL)
    return connect_check_path (target->path, strlen (target->path), error)
             ? G_SOCKET_CONNECTABLE (g_unix_socket_address_new (target->path)) : NULL;
  if (G_IS_UNIX_SOCKET_ADDRESS (target->address)) {
    GUnixSocketAddress *address = G_UNIX_SOCKET_ADDRESS (target->address);

    if (!connect_check_path (g_unix_socket_address_get_path (address), g_unix_socket_address_get_path_len (address), error))
      return NULL;
  }
  return g_object_ref (G_SOCKET_CONNECTABLE (target->address));
}

/* What people call the server that could not be reached. */
static char *
connect_describe (const GvncTarget *target)
{
  if (target->host != NULL)
    return g_strdup_printf (_("%s, port %s"), target->host, target->port);
  if (target->path != NULL)
    return g_filename_display_name (target->path);
  if (G_IS_UNIX_SOCKET_ADDRESS (target->address))
    return g_filename_display_name (g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (target->address)));
  return g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (target->address));
}

static GvncLayer *
connect_socket (GvncTarget    *target,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GSocketConnectable) connectable = connect_find (target, error);
  g_autoptr (GSocketClient) client = NULL;
  g_autofree char *where = NULL;
  Attempt attempt = { 0 };
  GvncLayer *layer;

  if (connectable == NULL)
    return NULL;
  client = g_socket_client_new ();
  g_socket_client_set_enable_proxy (client, target->proxies != NULL);
  if (target->proxies != NULL)
    g_socket_client_set_proxy_resolver (client, target->proxies);
  attempt_run (&attempt, client, connectable, target->connect_ms, cancellable);
  if (attempt.connection != NULL) {
    layer = gvnc_stream_layer_new (G_IO_STREAM (attempt.connection), error);
    g_object_unref (attempt.connection);
    return layer;
  }
  where = connect_describe (target);
  if (attempt.late)
    gvnc_set_error (error, GVNC_ERROR_TIMED_OUT, _("Cannot connect to %s: no answer within %u seconds"),
                    where, (target->connect_ms + 999) / 1000);
  else
    gvnc_set_error (error, GVNC_ERROR_IO, _("Cannot connect to %s: %s"), where, attempt.error->message);
  g_error_free (attempt.error);
  return NULL;
}

static GvncLayer *
connect_lowest (GvncTarget    *target,
                GCancellable  *cancellable,
                GError       **error)
{
  if (target->stream != NULL)
    return gvnc_stream_layer_new (target->stream, error);
  if (target->ssh_host != NULL)
    return gvnc_ssh_layer_new (target, error);
  if (target->host != NULL || target->path != NULL || target->address != NULL)
    return connect_socket (target, cancellable, error);
  return connect_fd (target, error);
}

static GvncLayer *
connect_tls (GvncTarget  *target,
             GvncLayer   *lower,
             GError     **error)
{
  GvncSecureRequest *request = g_new0 (GvncSecureRequest, 1);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  request->kind = GVNC_SECURE_TLS_X509;
  return gvnc_secure (request, lower, nothing, target, error);
}

/* One host may have many servers: the application has said its name, and only the socket can tell the port. */
static void
connect_find_port (GvncTarget *target,
                   GvncLayer  *layer)
{
  guint16 port;

  if (target->hostname == NULL || target->host != NULL || target->path != NULL || target->address != NULL)
    return;
  port = gvnc_layer_remote_port (layer);
  if (port != 0)
    target->port = g_strdup_printf ("%u", port);
}

GvncLayer *
gvnc_connect (GvncTarget    *target,
              GCancellable  *cancellable,
              GError       **error)
{
  GvncLayer *layer = connect_lowest (target, cancellable, error);

  if (layer != NULL)
    connect_find_port (target, layer);
  if (layer != NULL && target->tls)
    layer = connect_tls (target, layer, error);
  return layer;
}
