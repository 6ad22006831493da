/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/connect.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

/* The lowest layer: a connected stream socket of any family. GSocket owns the descriptor; bytes go past it, since each
 * of its reads costs a lock and a poll. */
typedef struct {
  GvncLayer  layer;
  GSocket   *socket;
  GObject   *connection;
  gint       fd;
} SocketLayer;

static gssize
socket_failed (gint      code,
               GError  **error)
{
  if (code == EAGAIN || code == EWOULDBLOCK || code == EINTR)
    return GVNC_LAYER_AGAIN;
  if (code == ECONNRESET || code == EPIPE)
    return GVNC_LAYER_END;
  gvnc_set_error (error, GVNC_ERROR_IO, _("The connection to the server broke: %s"), g_strerror (code));
  return GVNC_LAYER_ERROR;
}

static gssize
socket_read (GvncLayer  *layer,
             guint8     *buffer,
             gsize       len,
             GError    **error)
{
  SocketLayer *self = (SocketLayer *) layer;
  gssize n = recv (self->fd, buffer, len, MSG_DONTWAIT);

  if (n > 0)
    return n;
  return n == 0 ? GVNC_LAYER_END : socket_failed (errno, error);
}

static gssize
socket_write (GvncLayer     *layer,
              const guint8  *bytes,
              gsize          len,
              GError       **error)
{
  SocketLayer *self = (SocketLayer *) layer;
  gssize n = send (self->fd, bytes, len, MSG_DONTWAIT | MSG_NOSIGNAL);

  return n >= 0 ? n : socket_failed (errno, error);
}

static gint
socket_poll (GvncLayer    *layer,
             GIOCondition  wanted,
             GIOCondition *condition)
{
  *condition = wanted;
  return ((SocketLayer *) layer)->fd;
}

static void
socket_free (GvncLayer *layer)
{
  SocketLayer *self = (SocketLayer *) layer;

  g_socket_close (self->socket, NULL);
  g_clear_object (&self->connection);
  g_object_unref (self->socket);
  g_free (self);
}

static const GvncLayerType socket_layer_type = {
  .name = "socket",
  .read = socket_read,
  .write = socket_write,
  .poll = socket_poll,
  .free = socket_free,
};

GvncLayer *
gvnc_socket_layer_new (GSocket *socket,
                       GObject *connection)
{
  SocketLayer *self = g_new0 (SocketLayer, 1);

  self->layer.type = &socket_layer_type;
  self->socket = g_object_ref (socket);
  self->connection = connection != NULL ? g_object_ref (connection) : NULL;
  self->fd = g_socket_get_fd (socket);
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_keepalive (socket, TRUE);
  /* Key strokes must not wait for company; on sockets that are not TCP this fails and does not matter. */
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  /* A peer that is gone is noticed within two minutes, not two hours. */
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPIDLE, 60, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPINTVL, 15, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPCNT, 4, NULL);
  return &self->layer;
}
