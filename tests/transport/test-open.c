/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/peer.h"
#include "lib/watch.h"
#include "transport/serve.h"
#include "vncconnection-private.h"

#include <string.h>
#include <unistd.h>
#include <sys/socket.h>

/* Opening that tells what became of it, and beginning a lost session anew. */

#define HELLO "> 'RFB 003.008\n'", "< 'RFB 003.008\n'"
#define VNC   "> 01 02", "< 02", "> 000102030405060708090a0b0c0d0e0f", "< b866924125c8eebb9debc1db61c538e2"
#define INIT  "> 00000000", "< 00", "> 0004 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000004 'desk'"

static const char *const desk[] = { GVNC_PEER_DESK, NULL };
static const char *const locked[] = { HELLO, VNC, INIT, "x", NULL };
static const char *const refusing[] = { HELLO, VNC, "> 00000001 00000002 'no'", "x", NULL };

/* ---- asynchronous calls ---- */

typedef struct {
  GvncWatch     watch;
  GCancellable *cancellable;
  GAsyncResult *result;
} Opening;

static void
opening_done (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  ((Opening *) data)->result = g_object_ref (result);
}

static void
opening_begin (Opening *self)
{
  *self = (Opening) { .cancellable = g_cancellable_new () };
  gvnc_watch_init (&self->watch);
}

static void
opening_wait (Opening *self)
{
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
opening_clear (Opening *self)
{
  g_clear_object (&self->result);
  g_clear_object (&self->cancellable);
  gvnc_watch_clear (&self->watch);
}

static void
test_open_host (void)
{
  static const ServeFunc funcs[] = { serve_plain, NULL };
  g_autoptr (GError) error = NULL;
  Opening opening;
  Serve serve;

  serve_start (&serve, funcs, desk);
  opening_begin (&opening);
  opening.watch.auth_type = VNC_CONNECTION_AUTH_NONE;
  vnc_connection_open_host_async (opening.watch.conn, "127.0.0.1", serve.port_text, opening.cancellable,
                                  opening_done, &opening);
  g_assert_true (vnc_connection_is_open (opening.watch.conn));
  opening_wait (&opening);
  g_assert_true (vnc_connection_open_host_finish (opening.watch.conn, opening.result, &error));
  g_assert_no_error (error);
  g_assert_true (vnc_connection_is_initialized (opening.watch.conn));
  /* It is too late for that. */
  g_cancellable_cancel (opening.cancellable);
  gvnc_watch_settle (&opening.watch);
  g_assert_true (vnc_connection_is_open (opening.watch.conn));
  opening_clear (&opening);
  serve_finish (&serve);
}

/* The second opening leaves its descriptor alone. */
static void
test_open_fd (void)
{
  g_autoptr (GError) error = NULL;
  Opening opening, second;
  GvncPeer *peer;
  gint fd, fds[2];

  opening_begin (&opening);
  opening.watch.auth_type = VNC_CONNECTION_AUTH_NONE;
  peer = gvnc_peer_start (desk, 0, &fd);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
  vnc_connection_open_fd_async (opening.watch.conn, fd, "server.test", opening.cancellable, opening_done, &opening);
  second.result = NULL;
  vnc_connection_open_fd_async (opening.watch.conn, fds[0], NULL, NULL, opening_done, &second);
  opening_wait (&opening);
  while (second.result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (vnc_connection_open_fd_finish (opening.watch.conn, second.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  g_assert_cmpint (write (fds[0], "x", 1), ==, 1);
  g_assert_true (vnc_connection_open_fd_finish (opening.watch.conn, opening.result, &error));
  g_assert_no_error (error);
  g_assert_true (vnc_connection_is_initialized (opening.watch.conn));
  g_object_unref (second.result);
  opening_clear (&opening);
  close (fds[0]);
  close (fds[1]);
  gvnc_peer_finish (peer);
}

typedef struct {
  const char *name;
  const char *const *lines;
  gint        auth_type;
  VncError    code;
  const char *message;
} Failure;

static const char *const no_rfb[] = { "> 'HTTP/1.0 400'", "x", NULL };
static const char *const closes[] = { "x", NULL };
static const char *const unknown[] = { HELLO, "> 01 c8", NULL };

static const Failure failures[] = {
  { "closed at once", closes, 1, VNC_ERROR_IO, "*closed*" },
  { "no VNC", no_rfb, 1, VNC_ERROR_PROTOCOL, "*“HTTP”*" },
  { "unknown type", unknown, 1, VNC_ERROR_UNSUPPORTED, "*200*" },
  { "wrong password", refusing, 2, VNC_ERROR_AUTH, "*: no" },
};

static void
test_open_fails (gconstpointer data)
{
  const Failure *row = data;
  static const ServeFunc funcs[] = { serve_plain, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  Opening opening;
  Serve serve;

  serve_start (&serve, funcs, row->lines);
  opening_begin (&opening);
  opening.watch.auth_type = row->auth_type;
  opening.watch.password = "password";
  address = g_inet_socket_address_new_from_string ("127.0.0.1", serve.port);
  vnc_connection_open_addr_async (opening.watch.conn, address, NULL, opening.cancellable, opening_done, &opening);
  opening_wait (&opening);
  g_assert_false (vnc_connection_open_addr_finish (opening.watch.conn, opening.result, &error));
  g_assert_error (error, VNC_ERROR, (gint) row->code);
  g_assert_true (g_pattern_match_simple (row->message, error->message));
  g_assert_false (vnc_connection_is_open (opening.watch.conn));
  opening_clear (&opening);
  serve_finish (&serve);
}

/* At each point: before anything runs, while the server is silent, while a choice is due. */
static void
test_open_cancelled (gconstpointer data)
{
  static const char *const silence[] = { NULL };
  static const char *const choice[] = { HELLO, "> 01 02", NULL };
  const guint point = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) stream = NULL;
  g_autoptr (GSocket) socket = NULL;
  Opening opening;
  gint fd;
  GvncPeer *peer = gvnc_peer_start (point < 2 ? silence : choice, 0, &fd);

  socket = g_socket_new_from_fd (fd, NULL);
  stream = G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
  opening_begin (&opening);
  vnc_connection_open_stream_async (opening.watch.conn, stream, NULL, opening.cancellable, opening_done, &opening);
  if (point == 1)
    gvnc_watch_until (&opening.watch, "vnc-connected");
  else if (point == 2)
    gvnc_watch_until (&opening.watch, "vnc-auth-choose-type 2");
  g_cancellable_cancel (opening.cancellable);
  opening_wait (&opening);
  g_assert_false (vnc_connection_open_stream_finish (opening.watch.conn, opening.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (vnc_connection_is_open (opening.watch.conn));
  gvnc_watch_until (&opening.watch, "vnc-disconnected");
  opening_clear (&opening);
  g_object_unref (g_steal_pointer (&stream));
  g_object_unref (g_steal_pointer (&socket));
  gvnc_peer_finish (peer);
}

static void
test_open_closed (void)
{
  static const char *const silence[] = { NULL };
  static const ServeFunc funcs[] = { serve_plain, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (VncUri) uri = NULL;
  g_autofree char *text = NULL;
  Opening opening, second;
  Serve serve;

  serve_start (&serve, funcs, silence);
  text = g_strdup_printf ("vnc://127.0.0.1:%u", serve.port);
  uri = vnc_uri_parse (text, NULL);
  opening_begin (&opening);
  vnc_connection_open_uri_async (opening.watch.conn, uri, NULL, opening_done, &opening);

  /* There is one already, and it is none of the second call's business. */
  second = (Opening) { 0 };
  vnc_connection_open_uri_async (opening.watch.conn, uri, NULL, opening_done, &second);
  opening_wait (&second);
  g_assert_false (vnc_connection_open_uri_finish (opening.watch.conn, second.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  g_clear_object (&second.result);

  gvnc_watch_until (&opening.watch, "vnc-connected");
  vnc_connection_shutdown (opening.watch.conn);
  opening_wait (&opening);
  g_assert_false (vnc_connection_open_uri_finish (opening.watch.conn, opening.result, &error));
  g_assert_error (error, VNC_ERROR, VNC_ERROR_IO);
  opening_clear (&opening);
  serve_finish (&serve);
}

/* Whoever is told that it has failed opens again right there: the end of the first comes before anything of the second. */
typedef struct {
  const char        *name;
  const char *const *lines;
  gboolean           cancels;
  const char        *said[8];
} Again;

static const char *const silent[] = { NULL };

static const Again agains[] = {
  { "the server closes", closes, FALSE,
    { "vnc-connected", "vnc-error *closed*", "vnc-disconnected", "vnc-connected", "vnc-auth-choose-type 1", "vnc-initialized" } },
  { "cancelled", silent, TRUE,
    { "vnc-connected", "vnc-disconnected", "vnc-connected", "vnc-auth-choose-type 1", "vnc-initialized" } },
};

typedef struct {
  Opening opening;
  gint    first_fd;
  gint    fd;
} Reopening;

static void
opening_again (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  Reopening *self = data;

  g_assert_false (vnc_connection_open_fd_finish (VNC_CONNECTION (source), result, NULL));
  vnc_connection_open_fd_async (VNC_CONNECTION (source), self->fd, NULL, NULL, opening_done, &self->opening);
}

static void
again_hook (GvncWatch  *watch,
            const char *line)
{
  if (g_str_equal (line, "vnc-disconnected"))
    g_assert_false (vnc_connection_is_open (watch->conn));
}

/* Within the main loop, as programs do: only then may a task call back from where it ends. */
static gboolean
opening_first (gpointer data)
{
  Reopening *self = data;

  vnc_connection_open_fd_async (self->opening.watch.conn, self->first_fd, NULL, self->opening.cancellable, opening_again, self);
  return G_SOURCE_REMOVE;
}

static void
test_open_again (gconstpointer data)
{
  const Again *row = data;
  g_autoptr (GError) error = NULL;
  Reopening again;
  GvncPeer *peers[2];

  opening_begin (&again.opening);
  again.opening.watch.auth_type = VNC_CONNECTION_AUTH_NONE;
  again.opening.watch.hook = again_hook;
  peers[0] = gvnc_peer_start (row->lines, 0, &again.first_fd);
  peers[1] = gvnc_peer_start (desk, 0, &again.fd);
  g_idle_add (opening_first, &again);
  gvnc_watch_until (&again.opening.watch, "vnc-connected");
  if (row->cancels)
    g_cancellable_cancel (again.opening.cancellable);
  opening_wait (&again.opening);
  g_assert_true (vnc_connection_open_fd_finish (again.opening.watch.conn, again.opening.result, &error));
  g_assert_no_error (error);
  gvnc_watch_settle (&again.opening.watch);
  gvnc_watch_check (&again.opening.watch, row->said);
  g_assert_true (vnc_connection_is_initialized (again.opening.watch.conn));
  opening_clear (&again.opening);
  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    gvnc_peer_finish (peers[i]);
}

/* ---- reconnecting ---- */

static void
begin (GvncWatch *watch)
{
  gvnc_watch_init (watch);
  watch->auth_type = VNC_CONNECTION_AUTH_VNC;
  watch->password = "password";
  g_object_set (watch->conn, "reconnect", TRUE, NULL);
}

/* The password is asked for once. */
static void
test_reconnect (void)
{
  static const ServeFunc funcs[] = { serve_plain, serve_plain, NULL };
  GvncWatch watch;
  Serve serve;

  serve_start (&serve, funcs, locked);
  begin (&watch);
  g_assert_true (vnc_connection_open_host (watch.conn, "127.0.0.1", serve.port_text));
  gvnc_watch_until (&watch, "vnc-reconnecting 1 *");
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-initialized",
                     "vnc-reconnecting 1 *");
  g_assert_true (vnc_connection_is_open (watch.conn));
  g_assert_false (vnc_connection_is_initialized (watch.conn));
  g_assert_false (vnc_connection_has_error (watch.conn));
  g_assert_false (vnc_connection_open_host (watch.conn, "127.0.0.1", serve.port_text));
  gvnc_watch_until (&watch, "vnc-reconnecting 1 *");
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 2", "vnc-initialized", "vnc-reconnecting 1 *");
  serve_finish (&serve);

  /* Nobody listens any more. */
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_expect (&watch, "vnc-reconnecting 2 *", "vnc-reconnecting 3 *", "vnc-reconnecting 4 *", "vnc-reconnecting 5 *",
                     "vnc-reconnecting 6 *", "vnc-reconnecting 7 *", "vnc-reconnecting 8 *", "vnc-reconnecting 9 *",
                     "vnc-reconnecting 10 *", "vnc-error *refused*", "vnc-disconnected");
  g_assert_false (vnc_connection_is_open (watch.conn));
  gvnc_watch_clear (&watch);
}

static void
serve_refusing (Serve *serve,
                gint   fd)
{
  gvnc_peer_run (fd, refusing, 0);
}

/* Long before its time. */
static void
test_reconnect_now (void)
{
  static const ServeFunc funcs[] = { serve_plain, serve_plain, NULL };
  guint before_ms = gvnc_connection_reconnect_ms;
  GvncWatch watch;
  Serve serve;

  gvnc_connection_reconnect_ms = G_MAXINT32 / 4;
  serve_start (&serve, funcs, locked);
  begin (&watch);
  g_assert_false (vnc_connection_reconnect_now (watch.conn));
  g_assert_true (vnc_connection_open_host (watch.conn, "127.0.0.1", serve.port_text));
  g_assert_false (vnc_connection_reconnect_now (watch.conn));
  gvnc_watch_until (&watch, "vnc-reconnecting 1 *");
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-initialized",
                     "vnc-reconnecting 1 *");
  g_assert_true (vnc_connection_reconnect_now (watch.conn));
  g_assert_false (vnc_connection_reconnect_now (watch.conn));
  gvnc_watch_until (&watch, "vnc-reconnecting 1 *");
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 2", "vnc-initialized", "vnc-reconnecting 1 *");
  gvnc_watch_clear (&watch);
  serve_finish (&serve);
  gvnc_connection_reconnect_ms = before_ms;
}

static void
serve_empty (Serve *serve,
             gint   fd)
{
  static const char *const lines[] = {
    HELLO, "> 01 02", "< 02", "> 000102030405060708090a0b0c0d0e0f", "< 491e890de9ace932838a49792f2213f3", INIT, "x", NULL
  };

  gvnc_peer_run (fd, lines, 0);
}

static void
serve_none (Serve *serve,
            gint   fd)
{
  static const char *const lines[] = { HELLO, "> 02 02 01", "< 01", INIT, "x", NULL };

  gvnc_peer_run (fd, lines, 0);
}

static void
other_hook (GvncWatch  *watch,
            const char *line)
{
  if (!g_str_has_prefix (line, "vnc-reconnecting") || ++watch->count > 2)
    return;
  watch->auth_type = -1;     /* it chooses nothing more when there is an offer */
  if (watch->count == 1)
    g_assert_true (vnc_connection_set_credential (watch->conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, ""));
  else
    g_assert_true (vnc_connection_set_auth_type (watch->conn, VNC_CONNECTION_AUTH_NONE));
}

/* What the application says while it waits counts for more than what it has said before. */
static void
test_reconnect_otherwise (void)
{
  static const ServeFunc funcs[] = { serve_plain, serve_empty, serve_none, NULL };
  GvncWatch watch;
  Serve serve;

  serve_start (&serve, funcs, locked);
  begin (&watch);
  watch.hook = other_hook;
  g_assert_true (vnc_connection_open_host (watch.conn, "127.0.0.1", serve.port_text));
  for (guint i = 0; i < 3; i++) {
    gvnc_watch_until (&watch, "vnc-reconnecting 1 *");
    gvnc_watch_check (&watch, i == 0 ? (const char *const []) { "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0",
                                                                "vnc-initialized", "vnc-reconnecting 1 *", NULL } :
                              i == 1 ? (const char *const []) { "vnc-connected", "vnc-auth-choose-type 2", "vnc-initialized",
                                                                "vnc-reconnecting 1 *", NULL } :
                                       (const char *const []) { "vnc-connected", "vnc-auth-choose-type 2 1", "vnc-initialized",
                                                                "vnc-reconnecting 1 *", NULL });
  }
  gvnc_watch_clear (&watch);
  serve_finish (&serve);
}

/* The second time the password is wrong: that is told as always. */
static void
test_reconnect_refused (void)
{
  static const ServeFunc funcs[] = { serve_plain, serve_refusing, NULL };
  GvncWatch watch;
  Serve serve;

  serve_start (&serve, funcs, locked);
  begin (&watch);
  g_assert_true (vnc_connection_open_host (watch.conn, "127.0.0.1", serve.port_text));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-initialized",
                     "vnc-reconnecting 1 *", "vnc-connected", "vnc-auth-choose-type 2", "vnc-error *: no",
                     "vnc-auth-failure no", "vnc-disconnected");
  gvnc_watch_clear (&watch);
  serve_finish (&serve);
}

static void
close_hook (GvncWatch  *watch,
            const char *line)
{
  if (g_str_has_prefix (line, "vnc-reconnecting")) {
    if (watch->count++ == 0)
      vnc_connection_shutdown (watch->conn);
    else
      gvnc_watch_drop (watch);
  }
}

/* Closing, and going away, while it waits. */
static void
test_reconnect_closed (void)
{
  GvncWatch watch;

  for (guint round = 0; round < 2; round++) {
    static const ServeFunc funcs[] = { serve_plain, NULL };
    Serve serve;

    serve_start (&serve, funcs, locked);
    begin (&watch);
    watch.hook = close_hook;
    watch.count = round;
    g_assert_true (vnc_connection_open_host (watch.conn, "127.0.0.1", serve.port_text));
    gvnc_watch_until (&watch, round == 0 ? "vnc-disconnected" : "vnc-reconnecting 1 *");
    gvnc_watch_settle (&watch);
    if (round == 0)
      gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-initialized",
                         "vnc-reconnecting 1 *", "vnc-disconnected");
    gvnc_watch_clear (&watch);
    serve_finish (&serve);
  }
}

/* What cannot be connected to again, or was never reached, is not tried again. */
static void
test_reconnect_not (void)
{
  GvncWatch watch;
  gint fd;
  GvncPeer *peer = gvnc_peer_start (locked, 0, &fd);
  static const ServeFunc funcs[] = { serve_plain, NULL };
  Serve serve;

  begin (&watch);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-initialized",
                     "vnc-error *closed*", "vnc-disconnected");
  gvnc_peer_finish (peer);

  serve_start (&serve, funcs, closes);
  g_assert_true (vnc_connection_open_host (watch.conn, "127.0.0.1", serve.port_text));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-error *closed*", "vnc-disconnected");
  gvnc_watch_clear (&watch);
  serve_finish (&serve);
}

int
main (int   argc,
      char *argv[])
{
  static const char *const points[] = { "at once", "while the server is silent", "while a choice is due" };

  g_test_init (&argc, &argv, NULL);
  gvnc_connection_reconnect_ms = 1;
  g_test_add_func ("/open/host", test_open_host);
  g_test_add_func ("/open/fd", test_open_fd);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++) {
    g_autofree char *name = g_strconcat ("/open/fails/", failures[i].name, NULL);

    g_test_add_data_func (name, &failures[i], test_open_fails);
  }
  for (guint i = 0; i < G_N_ELEMENTS (points); i++) {
    g_autofree char *name = g_strconcat ("/open/cancelled/", points[i], NULL);

    g_test_add_data_func (name, GUINT_TO_POINTER (i), test_open_cancelled);
  }
  g_test_add_func ("/open/closed", test_open_closed);
  for (guint i = 0; i < G_N_ELEMENTS (agains); i++) {
    g_autofree char *name = g_strconcat ("/open/again, ", agains[i].name, NULL);

    g_test_add_data_func (name, &agains[i], test_open_again);
  }
  g_test_add_func ("/reconnect/again", test_reconnect);
  g_test_add_func ("/reconnect/now", test_reconnect_now);
  g_test_add_func ("/reconnect/otherwise", test_reconnect_otherwise);
  g_test_add_func ("/reconnect/refused", test_reconnect_refused);
  g_test_add_func ("/reconnect/closed", test_reconnect_closed);
  g_test_add_func ("/reconnect/not", test_reconnect_not);
  return g_test_run ();
}
