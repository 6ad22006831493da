/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/connect.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/socket.h>
#include <unistd.h>

/* Any GIOStream as the lowest layer. A plain socket is used as such. Everything else is pumped: a thread with a main
 * context of its own moves bytes between the stream and one end of a socket pair, and the layer has the other end. GIO
 * drives streams that can be polled without blocking in there, and blocks a thread of its own for those that cannot.
 *
 * The pump lives until both directions have ended and the stream is closed: with a stream that cannot be interrupted that
 * is some time after the layer. */
typedef struct {
  gatomicrefcount  refs;          /* the layer's and the thread's */
  GIOStream       *stream;
  GIOStream       *pipe;          /* our end of the socket pair */
  GMainContext    *context;
  GCancellable    *cancellable;   /* cancelled when the layer is gone */
  guint            n_running;     /* the thread's: directions that have not ended */

  GMutex           lock;          /* for this: */
  char            *failure;       /* why the stream broke, or NULL */
} Pump;

typedef struct {
  GvncLayer  layer;
  GvncLayer *lower;               /* the other end of the socket pair */
  Pump      *pump;
} StreamLayer;

/* ---- the pump's thread ---- */

static void
pump_unref (Pump *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_object_unref (self->stream);
  g_object_unref (self->pipe);
  g_object_unref (self->cancellable);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_free (self->failure);
  g_free (self);
}

static void
pump_failed (Pump         *self,
             const GError *error)
{
  g_mutex_lock (&self->lock);
  if (self->failure == NULL)
    self->failure = g_strdup (error->message);
  g_mutex_unlock (&self->lock);
}

/* The stream has ended: the layer gets what came before, and then the end. */
static void
pump_in_done (GObject      *pipe_out,
              GAsyncResult *result,
              gpointer      data)
{
  Pump *self = data;
  g_autoptr (GError) error = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (pipe_out), result, &error) < 0 &&
      !g_cancellable_is_cancelled (self->cancellable))
    pump_failed (self, error);
  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (self->pipe)), FALSE, TRUE, NULL);
  self->n_running--;
}

/* The layer is gone, or the stream takes nothing more; what it has to say is still read in the latter case. */
static void
pump_out_done (GObject      *stream_out,
               GAsyncResult *result,
               gpointer      data)
{
  Pump *self = data;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (stream_out), result, NULL) >= 0)
    g_cancellable_cancel (self->cancellable);
  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (self->pipe)), TRUE, FALSE, NULL);
  self->n_running--;
}

static gpointer
pump_thread (gpointer data)
{
  Pump *self = data;

  g_main_context_push_thread_default (self->context);
  self->n_running = 2;
  g_output_stream_splice_async (g_io_stream_get_output_stream (self->pipe), g_io_stream_get_input_stream (self->stream),
                                G_OUTPUT_STREAM_SPLICE_NONE, G_PRIORITY_DEFAULT, self->cancellable, pump_in_done, self);
  g_output_stream_splice_async (g_io_stream_get_output_stream (self->stream), g_io_stream_get_input_stream (self->pipe),
                                G_OUTPUT_STREAM_SPLICE_NONE, G_PRIORITY_DEFAULT, self->cancellable, pump_out_done, self);
  while (self->n_running > 0)
    g_main_context_iteration (self->context, TRUE);
  g_io_stream_close (self->stream, NULL, NULL);
  g_io_stream_close (self->pipe, NULL, NULL);
  g_main_context_pop_thread_default (self->context);
  pump_unref (self);
  return NULL;
}

/* ---- the layer ---- */

static gssize
stream_read (GvncLayer  *layer,
             guint8     *buffer,
             gsize       len,
             GError    **error)
{
  StreamLayer *self = (StreamLayer *) layer;
  gssize n = gvnc_layer_read (self->lower, buffer, len, error);

  if (n == GVNC_LAYER_END) {
    g_mutex_lock (&self->pump->lock);
    if (self->pump->failure != NULL) {
      gvnc_set_error (error, GVNC_ERROR_IO, _("The connection to the server broke: %s"), self->pump->failure);
      n = GVNC_LAYER_ERROR;
    }
    g_mutex_unlock (&self->pump->lock);
  }
  return n;
}

static gssize
stream_write (GvncLayer     *layer,
              const guint8  *bytes,
              gsize          len,
              GError       **error)
{
  return gvnc_layer_write (((StreamLayer *) layer)->lower, bytes, len, error);
}

static gint
stream_poll (GvncLayer    *layer,
             GIOCondition  wanted,
             GIOCondition *condition)
{
  StreamLayer *self = (StreamLayer *) layer;

  return gvnc_layer_poll (self->lower, wanted, condition);
}

static void
stream_free (GvncLayer *layer)
{
  StreamLayer *self = (StreamLayer *) layer;

  gvnc_layer_free (self->lower);
  g_cancellable_cancel (self->pump->cancellable);
  pump_unref (self->pump);
  g_free (self);
}

static const GvncLayerType stream_layer_type = {
  .name = "stream",
  .read = stream_read,
  .write = stream_write,
  .poll = stream_poll,
  .free = stream_free,
};

static GSocket *
stream_socket (gint     fd,
               GError **error)
{
  GSocket *socket = g_socket_new_from_fd (fd, error);

  if (socket == NULL)
    close (fd);
  return socket;
}

GvncLayer *
gvnc_stream_layer_new (GIOStream  *stream,
                       GError    **error)
{
  g_autoptr (GSocket) ours = NULL, theirs = NULL;
  g_autoptr (GThread) thread = NULL;
  StreamLayer *self;
  Pump *pump;
  gint fds[2];

  if (g_io_stream_is_closed (stream)) {
    gvnc_set_error (error, GVNC_ERROR_IO, _("Cannot connect: the stream is closed already"));
    return NULL;
  }
  /* Connections that only stand for another stream, such as the one to a proxy in TLS, are sockets in name only. */
  if (G_IS_SOCKET_CONNECTION (stream) && !G_IS_TCP_WRAPPER_CONNECTION (stream))
    return gvnc_socket_layer_new (g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)), G_OBJECT (stream));

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) < 0) {
    gvnc_set_error (error, GVNC_ERROR_IO, _("Cannot connect: %s"), g_strerror (errno));
    return NULL;
  }
  ours = stream_socket (fds[0], error);
  theirs = stream_socket (fds[1], ours != NULL ? error : NULL);
  if (ours == NULL || theirs == NULL)
    return NULL;

  pump = g_new0 (Pump, 1);
  g_atomic_ref_count_init (&pump->refs);
  g_mutex_init (&pump->lock);
  pump->stream = g_object_ref (stream);
  pump->pipe = G_IO_STREAM (g_socket_connection_factory_create_connection (theirs));
  pump->context = g_main_context_new ();
  pump->cancellable = g_cancellable_new ();
  g_atomic_ref_count_inc (&pump->refs);
  thread = g_thread_try_new ("gvnc-pump", pump_thread, pump, error);
  if (thread == NULL) {
    pump_unref (pump);
    pump_unref (pump);
    return NULL;
  }
  self = g_new0 (StreamLayer, 1);
  self->layer.type = &stream_layer_type;
  self->layer.encrypted = G_IS_TLS_CONNECTION (stream);
  self->lower = gvnc_socket_layer_new (ours, NULL);
  self->pump = pump;
  return &self->layer;
}
