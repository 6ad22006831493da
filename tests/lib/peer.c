/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/peer.h"

#include "lib/script.h"
#include "lib/vectors.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* After that long a test hangs; it is said to fail. */
#define PATIENCE_MS 30000

struct _GvncPeer {
  GThread           *thread;
  gint               fd;
  gint               listen_fd;    /* or -1 */
  const char *const *lines;
  gsize              step_len;
  GvncPeerFunc       func;
  gpointer           data;
  gboolean           complete;
};

static void
peer_wait (gint  fd,
           short events)
{
  struct pollfd wait = { .fd = fd, .events = events };

  if (poll (&wait, 1, PATIENCE_MS) == 0)
    g_error ("the peer waits in vain");
}

gboolean
gvnc_peer_send (gint          fd,
                const guint8 *bytes,
                gsize         len)
{
  while (len > 0) {
    gssize n = send (fd, bytes, len, MSG_NOSIGNAL | MSG_DONTWAIT);

    if (n < 0 && errno != EAGAIN && errno != EINTR)
      return FALSE;
    if (n < 0) {
      peer_wait (fd, POLLOUT);
      continue;
    }
    bytes += n;
    len -= (gsize) n;
  }
  return TRUE;
}

static gboolean
peer_expect (gint        fd,
             const char *line,
             GBytes     *due)
{
  gsize len = g_bytes_get_size (due), n_read = 0;
  g_autofree guint8 *got = g_malloc (len);
  g_autofree char *due_hex = NULL, *got_hex = NULL;

  while (n_read < len) {
    gssize n;

    peer_wait (fd, POLLIN);
    n = recv (fd, got + n_read, len - n_read, 0);
    if (n <= 0)
      return FALSE;
    n_read += (gsize) n;
  }
  due_hex = gvnc_vectors_hex (g_bytes_get_data (due, NULL), len);
  got_hex = gvnc_vectors_hex (got, len);
  if (strcmp (due_hex, got_hex) != 0)
    g_error ("the client sent %s in place of %s", got_hex, line);
  return TRUE;
}

void
gvnc_peer_drain (gint fd)
{
  guint8 dump[4096];

  do
    peer_wait (fd, POLLIN);
  while (recv (fd, dump, sizeof dump, 0) > 0);
}

gboolean
gvnc_peer_run (gint               fd,
               const char *const *lines,
               gsize              step_len)
{
  for (; *lines != NULL; lines++) {
    g_autoptr (GBytes) bytes = NULL;
    const guint8 *data;
    gsize len;

    if (**lines == 'x')
      return TRUE;
    bytes = gvnc_script_bytes (*lines + 2);
    data = g_bytes_get_data (bytes, &len);
    if (**lines == '<') {
      if (!peer_expect (fd, *lines, bytes))
        return FALSE;
      continue;
    }
    g_assert_cmpint (**lines, ==, '>');
    while (len > 0) {
      gsize n = step_len > 0 ? MIN (step_len, len) : len;

      if (!gvnc_peer_send (fd, data, n))
        return FALSE;
      data += n;
      len -= n;
      if (step_len > 0)
        g_thread_yield ();
    }
  }
  gvnc_peer_drain (fd);
  return TRUE;
}

static gpointer
peer_thread (gpointer data)
{
  GvncPeer *self = data;

  if (self->listen_fd >= 0) {
    peer_wait (self->listen_fd, POLLIN);
    self->fd = accept (self->listen_fd, NULL, NULL);
    close (self->listen_fd);
    g_assert_cmpint (self->fd, >=, 0);
  }
  if (self->func != NULL)
    self->func (self->fd, self->data);
  else
    self->complete = gvnc_peer_run (self->fd, self->lines, self->step_len);
  close (self->fd);
  return NULL;
}

static GvncPeer *
peer_new (GvncPeer  self,
          gint     *client_fd)
{
  GvncPeer *peer = g_new (GvncPeer, 1);
  gint fds[2];

  *peer = self;
  if (client_fd != NULL) {
    g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
    peer->fd = fds[0];
    *client_fd = fds[1];
  }
  peer->thread = g_thread_new ("peer", peer_thread, peer);
  return peer;
}

GvncPeer *
gvnc_peer_start (const char *const *lines,
                 gsize              step_len,
                 gint              *client_fd)
{
  return peer_new ((GvncPeer) { .listen_fd = -1, .lines = lines, .step_len = step_len }, client_fd);
}

GvncPeer *
gvnc_peer_start_func (GvncPeerFunc  func,
                      gpointer      data,
                      gint         *client_fd)
{
  return peer_new ((GvncPeer) { .listen_fd = -1, .func = func, .data = data }, client_fd);
}

GvncPeer *
gvnc_peer_start_listen (const char *const *lines,
                        gint               listen_fd)
{
  return peer_new ((GvncPeer) { .listen_fd = listen_fd, .lines = lines }, NULL);
}

gboolean
gvnc_peer_finish (GvncPeer *peer)
{
  gboolean complete;

  g_thread_join (peer->thread);
  complete = peer->complete;
  g_free (peer);
  return complete;
}
