/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/peer.h"
#include "lib/tls-server.h"
#include "lib/watch.h"
#include "transport/serve.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* All the ways to a server but those of TLS. */

static const char *const desk[] = { GVNC_PEER_DESK, NULL };

static void
begin (GvncWatch *watch)
{
  gvnc_watch_init (watch);
  watch->auth_type = VNC_CONNECTION_AUTH_NONE;
}

/* There is a session; then there is none. */
static void
end_well (GvncWatch *watch)
{
  gvnc_watch_until (watch, "vnc-initialized");
  g_assert_cmpstr (vnc_connection_get_name (watch->conn), ==, "desk");
  gvnc_watch_expect (watch, "vnc-connected", "vnc-auth-choose-type 1", "vnc-initialized");
  vnc_connection_shutdown (watch->conn);
  gvnc_watch_until (watch, "vnc-disconnected");
  gvnc_watch_clear (watch);
}

static void
end_badly (GvncWatch  *watch,
           const char *error)
{
  gvnc_watch_until (watch, "vnc-disconnected");
  if (watch->lines->len == 3)
    gvnc_watch_expect (watch, "vnc-connected", error, "vnc-disconnected");
  else
    gvnc_watch_expect (watch, error, "vnc-disconnected");
  gvnc_watch_clear (watch);
}

static void
open_uri (VncConnection *conn,
          const char    *format,
          ...) G_GNUC_PRINTF (2, 3);

static void
open_uri (VncConnection *conn,
          const char    *format,
          ...)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VncUri) uri = NULL;
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  uri = vnc_uri_parse (text, &error);
  g_assert_no_error (error);
  g_assert_true (vnc_connection_open_uri (conn, uri));
}

/* ---- streams ---- */

static GIOStream *
stream_socket (gint fd)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, NULL);

  return G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
}

static GIOStream *
stream_pollable (gint fd)
{
  g_autoptr (GInputStream) in = g_unix_input_stream_new (fd, FALSE);
  g_autoptr (GOutputStream) out = g_unix_output_stream_new (fd, TRUE);

  return g_simple_io_stream_new (in, out);
}

/* A stream that GIO can only read on a thread that blocks. */
static GIOStream *
stream_blocking (gint fd)
{
  g_autoptr (GInputStream) lower = g_unix_input_stream_new (fd, FALSE);
  g_autoptr (GInputStream) in = g_buffered_input_stream_new (lower);
  g_autoptr (GOutputStream) out = g_unix_output_stream_new (fd, TRUE);

  return g_simple_io_stream_new (in, out);
}

static const struct {
  const char *name;
  GIOStream *(*make) (gint fd);
} streams[] = {
  { "socket", stream_socket },
  { "pollable", stream_pollable },
  { "blocking", stream_blocking },
};

static void
test_stream (gconstpointer data)
{
  GIOStream *(*make) (gint fd) = streams[GPOINTER_TO_UINT (data)].make;
  GvncWatch watch;
  gint fd;
  GvncPeer *peer;
  g_autoptr (GIOStream) stream = NULL;

  peer = gvnc_peer_start (desk, 1, &fd);
  stream = make (fd);
  begin (&watch);
  g_assert_true (vnc_connection_open_stream (watch.conn, stream, "host"));
  g_assert_false (vnc_connection_open_stream (watch.conn, stream, NULL));
  end_well (&watch);
  g_assert_true (gvnc_peer_finish (peer));
}

/* Closing while the stream says nothing at all. */
static void
test_stream_silent (gconstpointer data)
{
  static const char *const silence[] = { NULL };
  GIOStream *(*make) (gint fd) = streams[GPOINTER_TO_UINT (data)].make;
  GvncWatch watch;
  gint fd;
  GvncPeer *peer;
  gint waker;
  g_autoptr (GIOStream) stream = NULL;

  peer = gvnc_peer_start (silence, 0, &fd);
  waker = dup (fd);
  stream = make (fd);
  begin (&watch);
  g_assert_true (vnc_connection_open_stream (watch.conn, stream, NULL));
  gvnc_watch_until (&watch, "vnc-connected");
  vnc_connection_shutdown (watch.conn);
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_clear (&watch);
  shutdown (waker, SHUT_RDWR);    /* frees a thread that blocks */
  close (waker);
  gvnc_peer_finish (peer);
}

static void
test_stream_ends (gconstpointer data)
{
  static const char *const lines[] = { GVNC_PEER_DESK, "x", NULL };
  GIOStream *(*make) (gint fd) = streams[GPOINTER_TO_UINT (data)].make;
  GvncWatch watch;
  gint fd;
  GvncPeer *peer;
  g_autoptr (GIOStream) stream = NULL;

  peer = gvnc_peer_start (lines, 0, &fd);
  stream = make (fd);
  begin (&watch);
  g_assert_true (vnc_connection_open_stream (watch.conn, stream, NULL));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 1", "vnc-initialized", "vnc-error Server closed*",
                     "vnc-disconnected");
  gvnc_watch_clear (&watch);
  gvnc_peer_finish (peer);
}

static void
test_stream_closed (void)
{
  GvncWatch watch;
  gint fds[2];
  g_autoptr (GIOStream) stream = NULL;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  stream = stream_pollable (fds[0]);
  g_io_stream_close (stream, NULL, NULL);
  begin (&watch);
  g_assert_true (vnc_connection_open_stream (watch.conn, stream, NULL));
  end_badly (&watch, "vnc-error *closed already");
  close (fds[1]);
}

/* ---- UNIX sockets ---- */

static void
test_unix (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gvnc XXXXXX", NULL), *path = g_build_filename (folder, "a socket", NULL);
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  gint fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  GvncPeer *peer;
  GvncWatch watch;

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 1), ==, 0);
  peer = gvnc_peer_start_listen (desk, fd);
  begin (&watch);
  open_uri (watch.conn, "vnc+unix://%s", escaped);
  end_well (&watch);
  g_assert_true (gvnc_peer_finish (peer));
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_unix_too_long (void)
{
  g_autofree char *name = g_strnfill (sizeof ((struct sockaddr_un *) NULL)->sun_path, 'a');
  GvncWatch watch;

  begin (&watch);
  open_uri (watch.conn, "vnc+unix:///%s", name);
  end_badly (&watch, "vnc-error *aaa*109 bytes*at most 107*");
}

/* ---- proxies ---- */

typedef struct {
  const char *name;
  const char *scheme;
  ServeFunc   funcs[2];
  const char *asked;
} Proxy;

static const Proxy proxies[] = {
  { "SOCKS5", "socks5", { serve_socks5 }, "desk.example 5907" },
  { "HTTP", "http", { serve_http }, "CONNECT desk.example:5907 *" },
};

static void
test_proxy (gconstpointer data)
{
  const Proxy *row = data;
  g_autofree char *uri = NULL;
  g_autoptr (GProxyResolver) resolver = NULL;
  GvncWatch watch;
  Serve serve;

  serve_start (&serve, row->funcs, desk);
  uri = g_strdup_printf ("%s://127.0.0.1:%u", row->scheme, serve.port);
  resolver = g_simple_proxy_resolver_new (uri, NULL);
  begin (&watch);
  g_object_set (watch.conn, "proxy-resolver", resolver, NULL);
  g_assert_true (vnc_connection_open_host (watch.conn, "desk.example", "5907"));
  end_well (&watch);
  serve_finish (&serve);
  g_assert_true (g_pattern_match_simple (row->asked, serve.asked));
  g_free (serve.asked);
}

/* ---- slow addresses ---- */

/* Answers each question with 127.0.0.2 and 127.0.0.1, in that order. */
typedef struct { GResolver parent; } TwoResolver;
typedef struct { GResolverClass parent_class; } TwoResolverClass;

GType two_resolver_get_type (void);
G_DEFINE_TYPE (TwoResolver, two_resolver, G_TYPE_RESOLVER)

static void
two_free (gpointer list)
{
  g_resolver_free_addresses (list);
}

static void
two_lookup_async (GResolver                *resolver,
                  const gchar              *name,
                  GResolverNameLookupFlags  flags,
                  GCancellable             *cancellable,
                  GAsyncReadyCallback       callback,
                  gpointer                  data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);
  GList *list = NULL;

  if (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY) {
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "none");
    return;
  }
  list = g_list_append (list, g_inet_address_new_from_string ("127.0.0.2"));
  list = g_list_append (list, g_inet_address_new_from_string ("127.0.0.1"));
  g_task_return_pointer (task, list, two_free);
}

static GList *
two_lookup_finish (GResolver     *resolver,
                   GAsyncResult  *result,
                   GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
two_resolver_class_init (TwoResolverClass *klass)
{
  klass->parent_class.lookup_by_name_with_flags_async = two_lookup_async;
  klass->parent_class.lookup_by_name_with_flags_finish = two_lookup_finish;
}

static void
two_resolver_init (TwoResolver *self)
{
}

static void
test_slow_address (void)
{
  g_autoptr (GResolver) usual = g_resolver_get_default (), two = g_object_new (two_resolver_get_type (), NULL);
  static const ServeFunc funcs[] = { serve_plain, NULL };
  GvncWatch watch;
  Serve serve;
  gint deaf, fill[4];

  serve_start (&serve, funcs, desk);
  deaf = serve_listen (2, &serve.port, 0);
  serve_fill (2, serve.port, fill);
  g_resolver_set_default (two);
  begin (&watch);
  g_assert_true (vnc_connection_open_host (watch.conn, "two.example", serve.port_text));
  end_well (&watch);
  g_resolver_set_default (usual);
  serve_finish (&serve);
  close (deaf);
  for (guint i = 0; i < G_N_ELEMENTS (fill); i++)
    close (fill[i]);
}

static void
test_no_answer (void)
{
  GvncWatch watch;
  guint16 port = 0;
  gint deaf = serve_listen (1, &port, 0), fill[4];

  serve_fill (1, port, fill);
  begin (&watch);
  g_object_set (watch.conn, "connect-timeout", 1, NULL);
  open_uri (watch.conn, "vnc://127.0.0.1:%u", port);
  end_badly (&watch, "vnc-error *no answer within 1 seconds");
  close (deaf);
  for (guint i = 0; i < G_N_ELEMENTS (fill); i++)
    close (fill[i]);
}

/* ---- silence ---- */

static void
test_idle (void)
{
  static const char *const lines[] = { GVNC_PEER_DESK, "< 03 00 0000 0000 0001 0001", NULL };
  GvncWatch watch;
  gint fd;
  GvncPeer *peer = gvnc_peer_start (lines, 0, &fd);

  begin (&watch);
  g_object_set (watch.conn, "idle-timeout", 1, NULL);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 1", "vnc-initialized",
                     "vnc-error *silent for 1 seconds", "vnc-disconnected");
  gvnc_watch_clear (&watch);
  g_assert_true (gvnc_peer_finish (peer));
}

/* ---- WebSocket ---- */

static void
test_websocket (void)
{
  static const ServeFunc funcs[] = { serve_websocket, NULL };
  const char *headers[] = { "Cookie: PVEAuthCookie=1", NULL };
  GvncWatch watch;
  Serve serve;

  serve_start (&serve, funcs, desk);
  begin (&watch);
  g_object_set (watch.conn, "websocket-headers", headers, NULL);
  open_uri (watch.conn, "ws://127.0.0.1:%u/a/b?c=d", serve.port);
  end_well (&watch);
  serve_finish (&serve);
  g_assert_true (g_str_has_prefix (serve.asked, "GET /a/b?c=d HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (serve.asked, "\r\nCookie: PVEAuthCookie=1\r\n"));
  g_assert_nonnull (strstr (serve.asked, "\r\nSec-WebSocket-Protocol: binary\r\n"));
  g_free (serve.asked);
}

static GvncTlsServer behind_web;

static void
serve_websocket_tls (Serve *serve,
                     gint   fd)
{
  gint behind_fd;
  GvncPeer *behind = gvnc_peer_start_func (gvnc_tls_server_run, &behind_web, &behind_fd);

  serve_websocket_of (serve, fd, behind, behind_fd);
}

static void
choose_x509none (GvncWatch  *watch,
                 const char *line)
{
  if (strcmp (line, "vnc-auth-choose-subtype 19 260") == 0)
    g_assert_true (vnc_connection_set_auth_subtype (watch->conn, 260));
  else if (strcmp (line, "vnc-auth-credential 2") == 0)
    g_assert_true (vnc_connection_set_credential (watch->conn, VNC_CONNECTION_CREDENTIAL_CLIENTNAME, ""));
}

/* Tickets and what comes behind them are in the WebSocket's buffer, and nobody says more until the client does. They are more
 * than one read goes through. */
static void
test_websocket_tickets (void)
{
  static const char *const before[] = {
    "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 13", "< 13", "> 0002", "< 0002", "> 00", "> 01 00000104", "< 00000104",
    "> 01", "x", NULL
  };
  static const char *const inside[] = {
    "> 00000000", "< 00", "> 0004 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000004 'desk'", NULL
  };
  static const ServeFunc funcs[] = { serve_websocket_tls, NULL };
  GvncTlsAuthority *authority = gvnc_tls_authority_new ("Test Authority");
  g_autoptr (GBytes) ca = gvnc_tls_authority_pem (authority);
  GvncWatch watch;
  Serve serve;

  behind_web = (GvncTlsServer) { .authority = authority, .ip = { 127, 0, 0, 1 }, .before = before, .inside = inside,
                                 .n_tickets = 40 };
  serve_start (&serve, funcs, NULL);
  begin (&watch);
  watch.auth_type = VNC_CONNECTION_AUTH_VENCRYPT;
  watch.hook = choose_x509none;
  g_object_set (watch.conn, "ca-data", ca, "known-hosts-file", "/dev/null", NULL);
  open_uri (watch.conn, "ws://127.0.0.1:%u/", serve.port);
  gvnc_watch_until (&watch, "vnc-initialized");
  vnc_connection_shutdown (watch.conn);
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_clear (&watch);
  serve_finish (&serve);
  g_assert_true (behind_web.established);
  g_free (serve.asked);
  gvnc_tls_authority_free (authority);
}

static void
test_websocket_refused (void)
{
  static const ServeFunc funcs[] = { serve_refusal, NULL };
  GvncWatch watch;
  Serve serve;

  serve_start (&serve, funcs, NULL);
  begin (&watch);
  open_uri (watch.conn, "ws://127.0.0.1:%u/", serve.port);
  end_badly (&watch, "vnc-error *“HTTP/1.1 403 Forbidden”");
  serve_finish (&serve);
  g_free (serve.asked);
}

/* ---- SSH ---- */

/* A server of a desktop, as far as it need not listen. */
#define DESK_SCRIPT \
  "printf 'RFB 003.008\\n\\1\\1\\0\\0\\0\\0\\0\\4\\0\\2\\40\\30\\0\\1\\0\\377\\0\\377\\0\\377\\20\\10\\0\\0\\0\\0\\0\\0\\0\\4desk'; cat >/dev/null"

static void
open_ssh (GvncWatch  *watch,
          const char *script)
{
  const char *command[] = { "sh", "-c", script, NULL };

  begin (watch);
  g_object_set (watch->conn, "ssh-command", command, NULL);
  open_uri (watch->conn, "vnc+ssh://me@far/near:5901");
}

static void
test_ssh (void)
{
  GvncWatch watch;

  open_ssh (&watch, DESK_SCRIPT);
  end_well (&watch);
}

static void
test_ssh_fails (void)
{
  GvncWatch watch;

  open_ssh (&watch, "echo 'far: Permission denied' >&2; exit 255");
  end_badly (&watch, "vnc-error SSH did not get through*: far: Permission denied");
}

static void
test_ssh_missing (void)
{
  const char *command[] = { "/nonexistent/ssh", NULL };
  GvncWatch watch;

  begin (&watch);
  g_object_set (watch.conn, "ssh-command", command, NULL);
  open_uri (watch.conn, "vnc+ssh://far");
  end_badly (&watch, "vnc-error Cannot run /nonexistent/ssh*");
}

static void
test_ssh_injection (void)
{
  GvncWatch watch;

  begin (&watch);
  open_uri (watch.conn, "vnc+ssh://-oProxyCommand=x");
  end_badly (&watch, "vnc-error *not accepted*");
}

/* ---- listening and repeaters ---- */

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gpointer
caller_thread (gpointer data)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((guint16) GPOINTER_TO_UINT (data)),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  gint fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  gvnc_peer_run (fd, desk, 0);
  close (fd);
  return NULL;
}

static void
test_listen (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GThread *caller;
  GvncWatch watch;

  begin (&watch);
  vnc_connection_listen_async (watch.conn, listener, NULL, keep_result, &result);
  g_assert_false (vnc_connection_is_open (watch.conn));
  caller = g_thread_new ("caller", caller_thread, GUINT_TO_POINTER ((guint) port));
  wait_for (&result);
  g_assert_true (vnc_connection_listen_finish (watch.conn, result, &error));
  g_clear_object (&result);
  end_well (&watch);
  g_thread_join (caller);
}

static void
test_listen_cancelled (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GvncWatch watch;

  g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  begin (&watch);
  vnc_connection_listen_async (watch.conn, listener, cancellable, keep_result, &result);
  g_cancellable_cancel (cancellable);
  wait_for (&result);
  g_assert_false (vnc_connection_listen_finish (watch.conn, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  gvnc_watch_expect (&watch, NULL);
  gvnc_watch_clear (&watch);
}

#define REPEATER "> 'RFB 000.000\n'"
#define ZEROS_243 \
  "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" \
  "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" \
  "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" \
  "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" \
  "000000000000000000000000000000000000000000000000000000"

/* @what is told in the table of docs/security.md. */
static void
assert_failed (GvncWatch  *watch,
               const char *what,
               const char *error)
{
  g_autofree char *line = g_strconcat ("vnc-error ", error, NULL);

  g_test_message ("%s", what);
  end_badly (watch, line);
}

static void
open_repeater (GvncWatch         *watch,
               const char *const *lines,
               const char        *destination,
               GvncPeer         **peer)
{
  gint fd;

  *peer = gvnc_peer_start (lines, 0, &fd);
  begin (watch);
  g_object_set (watch->conn, "repeater", destination, NULL);
  g_assert_true (vnc_connection_open_fd (watch->conn, fd));
}

static void
test_repeater (void)
{
  static const char *const lines[] = { REPEATER, "< 'ID:1234' " ZEROS_243, GVNC_PEER_DESK, NULL };
  GvncWatch watch;
  GvncPeer *peer;

  open_repeater (&watch, lines, "ID:1234", &peer);
  end_well (&watch);
  g_assert_true (gvnc_peer_finish (peer));
}

static void
test_repeater_errors (void)
{
  static const char *const lines[] = { REPEATER, NULL };
  static const char *const twice[] = { REPEATER, "< 'ID:1234' " ZEROS_243, REPEATER, NULL };
  g_autofree char *long_name = g_strnfill (250, '1');
  GvncWatch watch;
  GvncPeer *peer;

  open_repeater (&watch, lines, NULL, &peer);
  end_badly (&watch, "vnc-error *repeater*needs to be told*");
  gvnc_peer_finish (peer);
  open_repeater (&watch, lines, long_name, &peer);
  end_badly (&watch, "vnc-error *250 bytes*1 to 249*");
  gvnc_peer_finish (peer);
  open_repeater (&watch, twice, "ID:1234", &peer);
  assert_failed (&watch, "a repeater that passes on to a repeater", "*another repeater");
  gvnc_peer_finish (peer);
}

/* The type that an address names is taken, unless the application leaves it out. */
static void
test_security_type (void)
{
  static const char *const none[] = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 03 02 01 13", "< 01", "> 00000000", "< 00",
                                      "> 0004 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000000", NULL };
  static const char *const vnc[] = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 03 02 01 13", "< 02", "> 00*16", NULL };
  static const ServeFunc once[] = { serve_plain, NULL };
  static const guint without_none[] = { 2 }, with_none[] = { 2, 1 };
  static const struct {
    const guint       *order;
    gsize              n;
    const char *const *lines;
    const char        *until;
  } rows[] = {
    { NULL, 0, none, "vnc-initialized" },
    { with_none, 2, none, "vnc-initialized" },
    { without_none, 1, vnc, "vnc-auth-credential 0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GvncWatch watch;
    Serve serve;

    serve_start (&serve, once, rows[i].lines);
    gvnc_watch_init (&watch);
    vnc_connection_set_auth_order (watch.conn, rows[i].order, rows[i].n);
    open_uri (watch.conn, "vnc://127.0.0.1:%u/?SecurityType=1", serve.port);
    gvnc_watch_until (&watch, rows[i].until);
    gvnc_watch_clear (&watch);
    serve_finish (&serve);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++) {
    g_autofree char *name = g_strdup_printf ("/link/stream/%s", streams[i].name);
    g_autofree char *silent = g_strconcat (name, " is silent", NULL), *ends = g_strconcat (name, " ends", NULL);

    g_test_add_data_func (name, GUINT_TO_POINTER (i), test_stream);
    g_test_add_data_func (silent, GUINT_TO_POINTER (i), test_stream_silent);
    g_test_add_data_func (ends, GUINT_TO_POINTER (i), test_stream_ends);
  }
  g_test_add_func ("/link/stream/closed", test_stream_closed);
  g_test_add_func ("/link/unix", test_unix);
  g_test_add_func ("/link/unix/too long", test_unix_too_long);
  for (guint i = 0; i < G_N_ELEMENTS (proxies); i++) {
    g_autofree char *name = g_strconcat ("/link/proxy/", proxies[i].name, NULL);

    g_test_add_data_func (name, &proxies[i], test_proxy);
  }
  g_test_add_func ("/link/slow first address", test_slow_address);
  g_test_add_func ("/link/no answer", test_no_answer);
  g_test_add_func ("/link/security type", test_security_type);
  g_test_add_func ("/link/idle", test_idle);
  g_test_add_func ("/link/websocket", test_websocket);
  g_test_add_func ("/link/websocket/tickets of TLS", test_websocket_tickets);
  g_test_add_func ("/link/websocket/refused", test_websocket_refused);
  g_test_add_func ("/link/ssh", test_ssh);
  g_test_add_func ("/link/ssh/fails", test_ssh_fails);
  g_test_add_func ("/link/ssh/missing", test_ssh_missing);
  g_test_add_func ("/link/ssh/injection", test_ssh_injection);
  g_test_add_func ("/link/listen", test_listen);
  g_test_add_func ("/link/listen/cancelled", test_listen_cancelled);
  g_test_add_func ("/link/repeater", test_repeater);
  g_test_add_func ("/link/repeater/errors", test_repeater_errors);
  return g_test_run ();
}
