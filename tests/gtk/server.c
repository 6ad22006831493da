/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "server.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_S 60

struct _TestServer {
  int          fd;
  int          client_fd;
  guint16      width;
  guint16      height;
  guint8       types[8];
  guint8       n_types;
  gboolean     logs_type;
  GThread     *thread;
  GAsyncQueue *lines;         /* of owned char * */
};

/* --- in the thread --- */

static gboolean
server_read (TestServer *self, void *data, gsize len)
{
  guint8 *bytes = data;

  while (len > 0) {
    ssize_t n = read (self->fd, bytes, len);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    bytes += n;
    len -= (gsize) n;
  }
  return TRUE;
}

static guint
u16 (const guint8 *bytes)
{
  return (guint) bytes[0] << 8 | bytes[1];
}

static guint32
u32 (const guint8 *bytes)
{
  return (guint32) u16 (bytes) << 16 | u16 (bytes + 2);
}

static void G_GNUC_PRINTF (2, 3)
server_log (TestServer *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_async_queue_push (self->lines, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static gboolean
server_handshake (TestServer *self)
{
  GByteArray *init = g_byte_array_new ();
  guint8 choice = 0, shared, version[12];
  static const guint8 ok[4] = { 0 };
  static const guint8 format[16] = { 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0 };
  gboolean done;

  test_server_send (self, "RFB 003.008\n", 12);
  done = server_read (self, version, sizeof version);
  test_server_send (self, &self->n_types, 1);
  test_server_send (self, self->types, self->n_types);
  done = done && server_read (self, &choice, 1);
  if (done && self->logs_type)
    server_log (self, "type %u", choice);
  done = done && choice == 1;
  if (done) {
    test_server_send (self, ok, sizeof ok);
    done = server_read (self, &shared, 1);
    if (done)
      server_log (self, "shared %u", shared);
    test_put_u16 (init, self->width);
    test_put_u16 (init, self->height);
    g_byte_array_append (init, format, sizeof format);
    test_put_u32 (init, 4);
    g_byte_array_append (init, (const guint8 *) "test", 4);
    if (done)
      test_server_send (self, init->data, init->len);
  }
  g_byte_array_unref (init);
  return done;
}

static gboolean
server_encodings (TestServer *self)
{
  guint8 head[3], number[4];
  g_autoptr (GString) line = g_string_new ("encodings");

  if (!server_read (self, head, sizeof head))
    return FALSE;
  for (guint n = u16 (head + 1); n > 0; n--) {
    if (!server_read (self, number, sizeof number))
      return FALSE;
    g_string_append_printf (line, " %d", (int) u32 (number));
  }
  server_log (self, "%s", line->str);
  return TRUE;
}

static gboolean
server_cut_text (TestServer *self)
{
  guint8 head[7];
  g_autofree char *text = NULL;

  if (!server_read (self, head, sizeof head))
    return FALSE;
  text = g_malloc0 (u32 (head + 3) + 1);
  if (!server_read (self, text, u32 (head + 3)))
    return FALSE;
  server_log (self, "cut %u %s", u32 (head + 3), text);
  return TRUE;
}

static gboolean
server_message (TestServer *self)
{
  guint8 type, m[24];

  if (!server_read (self, &type, 1))
    return FALSE;
  switch (type) {
  case 0:
    if (!server_read (self, m, 19))
      return FALSE;
    server_log (self, "format %u %u %u %u %u", m[3], m[4], m[13], m[14], m[15]);
    return TRUE;
  case 2:
    return server_encodings (self);
  case 3:
    if (!server_read (self, m, 9))
      return FALSE;
    server_log (self, "request %u %u %u %u %u", m[0], u16 (m + 1), u16 (m + 3), u16 (m + 5), u16 (m + 7));
    return TRUE;
  case 4:
    if (!server_read (self, m, 7))
      return FALSE;
    server_log (self, "key %u 0x%x", m[0], u32 (m + 3));
    return TRUE;
  case 5:
    if (!server_read (self, m, 5))
      return FALSE;
    server_log (self, "pointer %u %u %u", m[0], u16 (m + 1), u16 (m + 3));
    return TRUE;
  case 6:
    return server_cut_text (self);
  case 251:
    if (!server_read (self, m, 7 + 16))
      return FALSE;
    server_log (self, "size %u %u", u16 (m + 1), u16 (m + 3));
    return TRUE;
  case 255:
    if (!server_read (self, m, 11))
      return FALSE;
    server_log (self, "scancode %u 0x%x 0x%x", u16 (m + 1), u32 (m + 3), u32 (m + 7));
    return TRUE;
  default:
    server_log (self, "unknown message %u", type);
    return FALSE;
  }
}

static gpointer
server_thread (gpointer data)
{
  TestServer *self = data;

  if (server_handshake (self))
    while (server_message (self))
      ;
  server_log (self, "closed");
  return NULL;
}

/* --- in the test --- */

static TestServer *
server_start (guint16 width, guint16 height, const guint8 *types, gboolean logs_type)
{
  TestServer *self = g_new0 (TestServer, 1);
  int fds[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM, 0, fds));
  self->fd = fds[0];
  self->client_fd = fds[1];
  self->width = width;
  self->height = height;
  for (; types[self->n_types] != 0; self->n_types++)
    self->types[self->n_types] = types[self->n_types];
  self->logs_type = logs_type;
  self->lines = g_async_queue_new_full (g_free);
  self->thread = g_thread_new ("test-server", server_thread, self);
  return self;
}

TestServer *
test_server_new (guint16 width, guint16 height, guint8 security_type)
{
  return server_start (width, height, (const guint8[]) { security_type, 0 }, FALSE);
}

TestServer *
test_server_new_types (guint16 width, guint16 height, const guint8 *types)
{
  return server_start (width, height, types, TRUE);
}

void
test_server_free (TestServer *self)
{
  shutdown (self->fd, SHUT_RDWR);
  g_thread_join (self->thread);
  close (self->fd);
  if (self->client_fd >= 0)
    close (self->client_fd);
  g_async_queue_unref (self->lines);
  g_free (self);
}

int
test_server_client_fd (TestServer *self)
{
  int fd = self->client_fd;

  g_assert_cmpint (fd, >=, 0);
  self->client_fd = -1;
  return fd;
}

static gboolean
wait_over (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
test_wait (gboolean (*done) (gpointer data), gpointer data, const char *what)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;

  while (!done (data)) {
    /* The server's thread wakes nobody. */
    gboolean over = FALSE;
    guint timer = g_timeout_add (5, wait_over, &over);

    g_main_context_iteration (NULL, TRUE);
    if (!over)
      g_source_remove (timer);
    if (g_get_monotonic_time () > end)
      g_error ("%s did not come within %d s", what, PATIENCE_S);
  }
}

static gboolean
settle_over (gpointer data)
{
  gint64 end = *(gint64 *) data;

  return g_get_monotonic_time () >= end && !g_main_context_pending (NULL);
}

void
test_settle (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_GINT64_CONSTANT (1000);

  test_wait (settle_over, &end, "quiet");
}

static gboolean
server_has_line (gpointer data)
{
  return g_async_queue_length (((TestServer *) data)->lines) > 0;
}

char *
test_server_next (TestServer *self)
{
  test_wait (server_has_line, self, "a message of the client");
  return g_async_queue_pop (self->lines);
}

void
test_server_expect (TestServer *self, const char *line)
{
  g_autofree char *got = test_server_next (self);

  g_assert_cmpstr (got, ==, line);
}

void
test_server_skip_to (TestServer *self, const char *line)
{
  gboolean found = FALSE;

  while (!found) {
    g_autofree char *got = test_server_next (self);

    found = strcmp (got, line) == 0;
    if (!found && strcmp (got, "closed") == 0)
      g_error ("the client has closed, without \"%s\"", line);
  }
}

/* The client answers an update in order, so what it had to say before is here when the answer is. */
void
test_server_expect_none (TestServer *self)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree char *got = NULL;

  test_update_head (out, 1);
  test_update_rect (out, 0, 0, 0, 0, -307);
  test_put_u32 (out, 4);
  g_byte_array_append (out, (const guint8 *) "echo", 4);
  test_server_send_array (self, out);
  got = test_server_next (self);
  if (!g_str_has_prefix (got, "request 1 0 0 "))
    g_error ("the client sent \"%s\"", got);
}

void
test_server_send (TestServer *self, const void *data, gsize len)
{
  const guint8 *bytes = data;

  while (len > 0) {
    ssize_t n = send (self->fd, bytes, len, MSG_NOSIGNAL);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return;      /* the client has gone */
    bytes += n;
    len -= (gsize) n;
  }
}

void
test_put_u16 (GByteArray *out, guint16 value)
{
  guint8 bytes[2] = { (guint8) (value >> 8), (guint8) value };

  g_byte_array_append (out, bytes, sizeof bytes);
}

void
test_put_u32 (GByteArray *out, guint32 value)
{
  test_put_u16 (out, (guint16) (value >> 16));
  test_put_u16 (out, (guint16) value);
}

void
test_update_head (GByteArray *out, guint16 n_rects)
{
  test_put_u16 (out, 0);
  test_put_u16 (out, n_rects);
}

void
test_update_rect (GByteArray *out, int x, int y, int width, int height, gint32 encoding)
{
  test_put_u16 (out, (guint16) x);
  test_put_u16 (out, (guint16) y);
  test_put_u16 (out, (guint16) width);
  test_put_u16 (out, (guint16) height);
  test_put_u32 (out, (guint32) encoding);
}

void
test_server_send_array (TestServer *self, GByteArray *out)
{
  test_server_send (self, out->data, out->len);
}
