/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/serve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_in
serve_address (guint8  last,
               guint16 port)
{
  return (struct sockaddr_in) { .sin_family = AF_INET, .sin_port = htons (port),
                                .sin_addr.s_addr = htonl (INADDR_LOOPBACK - 1 + last) };
}

gint
serve_listen (guint8   last,
              guint16 *port,
              gint     backlog)
{
  struct sockaddr_in address = serve_address (last, *port);
  socklen_t len = sizeof address;
  gint fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;

  g_assert_cmpint (fd, >=, 0);
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, len), ==, 0);
  g_assert_cmpint (listen (fd, backlog), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &len), ==, 0);
  *port = ntohs (address.sin_port);
  return fd;
}

void
serve_fill (guint8  last,
            guint16 port,
            gint    fds[4])
{
  struct sockaddr_in address = serve_address (last, port);

  for (guint i = 0; i < 4; i++) {
    fds[i] = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (connect (fds[i], (struct sockaddr *) &address, sizeof address) < 0)
      g_assert_cmpint (errno, ==, EINPROGRESS);
  }
}

static gpointer
serve_thread (gpointer data)
{
  Serve *self = data;

  for (guint i = 0; self->funcs[i] != NULL; i++) {
    struct pollfd wait = { .fd = self->listen_fd, .events = POLLIN };
    gint fd;

    if (poll (&wait, 1, 30000) <= 0)
      g_error ("nobody has called the server");
    fd = accept (self->listen_fd, NULL, NULL);
    g_assert_cmpint (fd, >=, 0);
    if (self->funcs[i + 1] == NULL) {
      close (self->listen_fd);
      self->listen_fd = -1;
    }
    self->funcs[i] (self, fd);
    close (fd);
  }
  return NULL;
}

void
serve_start (Serve              *serve,
             const ServeFunc    *funcs,
             const char *const  *lines)
{
  *serve = (Serve) { .funcs = funcs, .lines = lines };
  serve->listen_fd = serve_listen (1, &serve->port, 8);
  serve->port_text = g_strdup_printf ("%u", serve->port);
  serve->thread = g_thread_new ("serve", serve_thread, serve);
}

void
serve_finish (Serve *serve)
{
  g_thread_join (serve->thread);
  if (serve->listen_fd >= 0)
    close (serve->listen_fd);
  g_clear_pointer (&serve->port_text, g_free);
}

void
serve_link (const ServeLink *link,
            gint             fd)
{
  if (link->tls != NULL) {
    link->tls->before = link->lines;
    gvnc_tls_server_run (fd, link->tls);
  } else {
    gvnc_peer_run (fd, link->lines, 0);
  }
}

void
serve_plain (Serve *serve,
             gint   fd)
{
  gvnc_peer_run (fd, serve->lines, 0);
}

/* FALSE when the client has left. */
static gboolean
serve_read (gint    fd,
            guint8 *bytes,
            gsize   len)
{
  while (len > 0) {
    gssize n = recv (fd, bytes, len, 0);

    if (n <= 0)
      return FALSE;
    bytes += n;
    len -= (gsize) n;
  }
  return TRUE;
}

/* RFC 1928, without authentication and with a host name. */
void
serve_socks5 (Serve *serve,
              gint   fd)
{
  guint8 hello[2], methods[255], request[5], host[255], port[2];

  g_assert_true (serve_read (fd, hello, 2) && serve_read (fd, methods, hello[1]));
  g_assert_cmpuint (hello[0], ==, 5);
  g_assert_true (gvnc_peer_send (fd, (const guint8 *) "\5\0", 2));
  g_assert_true (serve_read (fd, request, 5) && serve_read (fd, host, request[4]) && serve_read (fd, port, 2));
  g_assert_cmpuint (request[3], ==, 3);
  serve->asked = g_strdup_printf ("%.*s %u", (gint) request[4], (const char *) host, (guint) port[0] << 8 | port[1]);
  g_assert_true (gvnc_peer_send (fd, (const guint8 *) "\5\0\0\1\0\0\0\0\0\0", 10));
  gvnc_peer_run (fd, serve->lines, 0);
}

/* Up to the empty line. */
static char *
serve_read_head (gint fd)
{
  GString *head = g_string_new (NULL);
  char byte;

  while (!g_str_has_suffix (head->str, "\r\n\r\n")) {
    if (!serve_read (fd, (guint8 *) &byte, 1))
      break;
    g_string_append_c (head, byte);
  }
  return g_string_free (head, FALSE);
}

static void
serve_say (gint        fd,
           const char *text)
{
  gvnc_peer_send (fd, (const guint8 *) text, strlen (text));
}

void
serve_http (Serve *serve,
            gint   fd)
{
  serve->asked = serve_read_head (fd);
  serve_say (fd, "HTTP/1.1 200 OK\r\n\r\n");
  gvnc_peer_run (fd, serve->lines, 0);
}

void
serve_refusal (Serve *serve,
               gint   fd)
{
  serve->asked = serve_read_head (fd);
  serve_say (fd, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
}

/* One frame of the client's to the server behind; FALSE at the end. */
static gboolean
serve_unwrap (gint from,
              gint to)
{
  guint8 head[4], mask[4], payload[65536];
  gsize len;

  if (!serve_read (from, head, 2))
    return FALSE;
  len = head[1] & 0x7f;
  g_assert_cmpuint (len, !=, 127);
  if (len == 126) {
    g_assert_true (serve_read (from, head + 2, 2));
    len = (gsize) head[2] << 8 | head[3];
  }
  g_assert_true (serve_read (from, mask, 4) && serve_read (from, payload, len));
  if (head[0] != 0x82)
    return head[0] == 0x8a;
  for (gsize i = 0; i < len; i++)
    payload[i] ^= mask[i & 3];
  return gvnc_peer_send (to, payload, len);
}

/* What the server behind says as frames, with a ping before each, all at once; FALSE at the end. */
static gboolean
serve_wrap (gint from,
            gint to)
{
  g_autoptr (GByteArray) frames = g_byte_array_new ();
  guint8 said[125 * 128];
  gssize len = recv (from, said, sizeof said, 0);

  for (gssize at = 0; at < len; at += 125) {
    const guint8 n = (guint8) MIN (len - at, 125);
    const guint8 headers[] = { 0x89, 0, 0x82, n };

    g_byte_array_append (frames, headers, sizeof headers);
    g_byte_array_append (frames, said + at, n);
  }
  return len > 0 && gvnc_peer_send (to, frames->data, frames->len);
}

void
serve_websocket (Serve *serve,
                 gint   fd)
{
  gint behind_fd;
  GvncPeer *behind = gvnc_peer_start (serve->lines, 0, &behind_fd);

  serve_websocket_of (serve, fd, behind, behind_fd);
}

void
serve_websocket_of (Serve    *serve,
                    gint      fd,
                    GvncPeer *behind,
                    gint      behind_fd)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *accept = NULL, *answer = NULL;
  guint8 digest[20];
  gsize len = sizeof digest;
  const char *key;
  gboolean goes_on = TRUE;

  serve->asked = serve_read_head (fd);
  key = strstr (serve->asked, "Sec-WebSocket-Key: ");
  g_assert_nonnull (key);
  g_checksum_update (sum, (const guchar *) key + strlen ("Sec-WebSocket-Key: "), 24);
  g_checksum_update (sum, (const guchar *) "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", -1);
  g_checksum_get_digest (sum, digest, &len);
  accept = g_base64_encode (digest, len);
  answer = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Accept: %s\r\nSec-WebSocket-Protocol: binary\r\n\r\n", accept);
  serve_say (fd, answer);

  while (goes_on) {
    struct pollfd fds[] = { { .fd = fd, .events = POLLIN }, { .fd = behind_fd, .events = POLLIN } };

    if (poll (fds, 2, 30000) <= 0)
      g_error ("the WebSocket waits in vain");
    if (fds[0].revents != 0)
      goes_on = serve_unwrap (fd, behind_fd);
    if (goes_on && fds[1].revents != 0)
      goes_on = serve_wrap (behind_fd, fd);
  }
  close (behind_fd);
  gvnc_peer_finish (behind);
}
