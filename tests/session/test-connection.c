/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/peer.h"
#include "lib/watch.h"
#include "session/engine.h"
#include "session/limits.h"

#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Opening, authenticating and closing a VncConnection. */

static void
check_is_closed (VncConnection *conn)
{
  const VncPixelFormat *format = vnc_connection_get_pixel_format (conn);

  g_assert_false (vnc_connection_is_open (conn));
  g_assert_false (vnc_connection_is_initialized (conn));
  g_assert_false (vnc_connection_has_error (conn));
  g_assert_null (vnc_connection_get_name (conn));
  g_assert_null (vnc_connection_get_cursor (conn));
  g_assert_cmpint (vnc_connection_get_width (conn), ==, 0);
  g_assert_cmpint (vnc_connection_get_height (conn), ==, 0);
  g_assert_cmpint (vnc_connection_get_ledstate (conn), ==, 0);
  g_assert_false (vnc_connection_get_ext_key_event (conn));
  g_assert_false (vnc_connection_get_power_control (conn));
  g_assert_nonnull (format);
  g_assert_cmpuint (format->bits_per_pixel, ==, 0);
  g_assert_cmpuint (format->depth, ==, 0);
  g_assert_cmpuint (format->red_max, ==, 0);
}

static void
test_new (void)
{
  GvncWatch watch;

  gvnc_watch_init (&watch);
  check_is_closed (watch.conn);
  g_assert_false (vnc_connection_get_abs_pointer (watch.conn));
  g_assert_false (vnc_connection_get_shared (watch.conn));
  vnc_connection_shutdown (watch.conn);
  gvnc_watch_settle (&watch);
  gvnc_watch_expect (&watch, NULL);
  gvnc_watch_clear (&watch);
}

/* Calls that send succeed without effect. */
static void
test_send_while_closed (void)
{
  GvncWatch watch;
  gint32 encodings[] = { 0 };
  VncPixelFormat format = { .bits_per_pixel = 32, .depth = 24, .byte_order = G_LITTLE_ENDIAN, .true_color_flag = 1,
                            .red_max = 255, .green_max = 255, .blue_max = 255,
                            .red_shift = 16, .green_shift = 8, .blue_shift = 0 };

  gvnc_watch_init (&watch);
  g_assert_true (vnc_connection_key_event (watch.conn, TRUE, 'a', 0x1e));
  g_assert_true (vnc_connection_pointer_event (watch.conn, 1, 2, 3));
  g_assert_true (vnc_connection_client_cut_text (watch.conn, "x", 1));
  g_assert_true (vnc_connection_set_encodings (watch.conn, 1, encodings));
  g_assert_true (vnc_connection_set_pixel_format (watch.conn, &format));
  g_assert_true (vnc_connection_framebuffer_update_request (watch.conn, FALSE, 0, 0, 1, 1));
  g_assert_true (vnc_connection_audio_enable (watch.conn));
  g_assert_true (vnc_connection_audio_disable (watch.conn));
  g_assert_false (vnc_connection_power_control (watch.conn, VNC_CONNECTION_POWER_ACTION_RESET));
  g_assert_cmpint (vnc_connection_set_size (watch.conn, 10, 10), ==, VNC_CONNECTION_RESIZE_STATUS_UNSUPPORTED);
  check_is_closed (watch.conn);
  gvnc_watch_settle (&watch);
  gvnc_watch_expect (&watch, NULL);
  gvnc_watch_clear (&watch);
}

static const char *const desk[] = { GVNC_PEER_DESK, NULL };

static void
life_hook (GvncWatch  *watch,
           const char *line)
{
  VncConnection *conn = watch->conn;

  if (strcmp (line, "vnc-initialized") == 0) {
    g_assert_true (vnc_connection_is_initialized (conn));
    g_assert_cmpstr (vnc_connection_get_name (conn), ==, "desk");
    g_assert_cmpint (vnc_connection_get_width (conn), ==, 4);
    g_assert_cmpint (vnc_connection_get_height (conn), ==, 2);
    g_assert_cmpuint (vnc_connection_get_pixel_format (conn)->bits_per_pixel, ==, 32);
    g_assert_cmpuint (vnc_connection_get_pixel_format (conn)->red_shift, ==, 16);
  } else if (strcmp (line, "vnc-disconnected") == 0) {
    check_is_closed (conn);
  } else {
    g_assert_true (vnc_connection_is_open (conn));
    g_assert_false (vnc_connection_is_initialized (conn));
    g_assert_null (vnc_connection_get_name (conn));
    g_assert_cmpint (vnc_connection_get_width (conn), ==, 0);
  }
}

/* Open, be told, close, and the same again with the same object. */
static void
test_life (void)
{
  GvncWatch watch;

  gvnc_watch_init (&watch);
  watch.auth_type = VNC_CONNECTION_AUTH_NONE;
  watch.hook = life_hook;

  for (guint round = 0; round < 3; round++) {
    gint fd;
    GvncPeer *peer = gvnc_peer_start (desk, 0, &fd);

    g_assert_true (vnc_connection_open_fd (watch.conn, fd));
    g_assert_true (vnc_connection_is_open (watch.conn));
    g_assert_true (vnc_connection_get_abs_pointer (watch.conn));
    g_assert_false (vnc_connection_open_fd (watch.conn, 0));
    g_assert_false (vnc_connection_open_host (watch.conn, "localhost", "1"));
    gvnc_watch_expect (&watch, NULL);
    gvnc_watch_until (&watch, "vnc-initialized");
    gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 1", "vnc-initialized");

    vnc_connection_shutdown (watch.conn);
    check_is_closed (watch.conn);
    gvnc_watch_expect (&watch, NULL);
    vnc_connection_shutdown (watch.conn);
    gvnc_watch_until (&watch, "vnc-disconnected");
    gvnc_watch_settle (&watch);
    gvnc_watch_expect (&watch, "vnc-disconnected");
    g_assert_true (vnc_connection_get_abs_pointer (watch.conn));
    g_assert_true (gvnc_peer_finish (peer));
  }
  gvnc_watch_clear (&watch);
}

/* A descriptor that was refused is still the caller's. */
static void
test_refused_descriptor (void)
{
  GvncWatch watch;
  gint fd, other[2];
  GvncPeer *peer = gvnc_peer_start (desk, 0, &fd);

  gvnc_watch_init (&watch);
  g_assert_cmpint (pipe (other), ==, 0);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  g_assert_false (vnc_connection_open_fd (watch.conn, other[0]));
  g_assert_cmpint (fcntl (other[0], F_GETFD), !=, -1);
  close (other[0]);
  close (other[1]);
  gvnc_watch_clear (&watch);
  gvnc_peer_finish (peer);
}

/* ---- a table of sessions that end by themselves ---- */

typedef struct {
  const char *name;
  gint        auth_type;
  const char *password;
  const char *peer[20];
  const char *signals[12];
} Session;

#define HELLO "> 'RFB 003.008\n'", "< 'RFB 003.008\n'"
#define VNC   "> 01 02", "< 02", "> 000102030405060708090a0b0c0d0e0f", "< b866924125c8eebb9debc1db61c538e2"

static const Session sessions[] = {
  { "the server closes during the session", 1, NULL, { GVNC_PEER_DESK, "x" },
    { "vnc-connected", "vnc-auth-choose-type 1", "vnc-initialized", "vnc-error Server closed the connection", "vnc-disconnected" } },
  { "the server closes at once", -1, NULL, { "x" },
    { "vnc-connected", "vnc-error Server closed the connection", "vnc-disconnected" } },
  { "the server closes while the application has to choose", -1, NULL, { HELLO, "> 01 01", "x" },
    { "vnc-connected", "vnc-auth-choose-type 1", "vnc-error Server closed the connection", "vnc-disconnected" } },
  { "no RFB", -1, NULL, { "> 'HTTP/1.0 400 Bad'", "x" },
    { "vnc-connected", "vnc-error *“HTTP”*", "vnc-disconnected" } },
  { "version 2.0", -1, NULL, { "> 'RFB 002.000\n'", "x" },
    { "vnc-connected", "vnc-error *2.0*", "vnc-disconnected" } },
  { "the server refuses us", -1, NULL, { HELLO, "> 00 00000006 'closed'", "x" },
    { "vnc-connected", "vnc-error *closed", "vnc-auth-failure closed", "vnc-disconnected" } },
  { "3.3 refuses us", -1, NULL, { "> 'RFB 003.003\n'", "< 'RFB 003.003\n'", "> 00000000 00000006 'closed'", "x" },
    { "vnc-connected", "vnc-error *closed", "vnc-auth-failure closed", "vnc-disconnected" } },
  { "only types that nobody speaks", -1, NULL, { HELLO, "> 02 c9 c8", "x" },
    { "vnc-connected", "vnc-auth-unsupported 201", "vnc-error *201, 200", "vnc-disconnected" } },
  { "the server's order of types, without those that nobody speaks", 1, NULL,
    { HELLO, "> 04 c9 02 c8 01", "< 01", "> 00000000", "< 00", "x" },
    { "vnc-connected", "vnc-auth-choose-type 2 1", "vnc-error *closed*", "vnc-disconnected" } },
  { "3.3 asks too, and nothing is sent for it", 1, NULL, { "> 'RFB 003.003\n'", "< 'RFB 003.003\n'", "> 00000001", "< 00", "x" },
    { "vnc-connected", "vnc-auth-choose-type 1", "vnc-error *closed*", "vnc-disconnected" } },
  { "an unknown type is chosen", 201, NULL, { HELLO, "> 01 02" },
    { "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-unsupported 201", "vnc-error *security type 201*", "vnc-disconnected" } },
  { "VNC authentication", 2, "password", { HELLO, VNC, "> 00000000", "< 00", "x" },
    { "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-error *closed*", "vnc-disconnected" } },
  { "a wrong password", 2, "password", { HELLO, VNC, "> 00000001 00000006 'wrong!'", "x" },
    { "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-error *wrong!", "vnc-auth-failure wrong!",
      "vnc-disconnected" } },
  { "an empty password is one", 2, "", { HELLO, "> 01 02", "< 02", "> 000102030405060708090a0b0c0d0e0f",
                                         "< 491e890de9ace932838a49792f2213f3", "> 00000001 00000006 'wrong!'", "x" },
    { "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-error *wrong!", "vnc-auth-failure wrong!",
      "vnc-disconnected" } },
  { "a server that says no and nothing else", 2, "password", { HELLO, VNC, "> 00000001", "x" },
    { "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-error ?*", "vnc-auth-failure ?*", "vnc-disconnected" } },
  { "too many attempts", 2, "password", { HELLO, VNC, "> 00000002 00000004 'wait'", "x" },
    { "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-error *wait", "vnc-auth-failure wait", "vnc-disconnected" } },
};

static void
test_session (gconstpointer data)
{
  const Session *session = data;
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  watch.auth_type = session->auth_type;
  watch.password = session->password;
  peer = gvnc_peer_start (session->peer, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_settle (&watch);
  gvnc_watch_check (&watch, session->signals);
  gvnc_watch_clear (&watch);
  g_assert_true (gvnc_peer_finish (peer));
}

/* ---- choosing and credentials ---- */

static const char *const vnc_server[] = { HELLO, VNC, "> 00000000", "< 00", "x", NULL };

static void
test_all_given_before (void)
{
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  peer = gvnc_peer_start (vnc_server, 0, &fd);
  g_assert_true (vnc_connection_set_auth_type (watch.conn, VNC_CONNECTION_AUTH_VNC));
  g_assert_false (vnc_connection_set_auth_type (watch.conn, VNC_CONNECTION_AUTH_NONE));
  g_assert_true (vnc_connection_set_credential (watch.conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, "password"));
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 2", "vnc-error *closed*", "vnc-disconnected");
  g_assert_true (gvnc_peer_finish (peer));
  gvnc_watch_clear (&watch);
}

static gboolean
later_choose (gpointer data)
{
  g_assert_true (vnc_connection_set_auth_type (data, VNC_CONNECTION_AUTH_VNC));
  g_assert_false (vnc_connection_set_auth_type (data, VNC_CONNECTION_AUTH_VNC));
  return G_SOURCE_REMOVE;
}

static gboolean
later_answer (gpointer data)
{
  g_assert_true (vnc_connection_set_credential (data, VNC_CONNECTION_CREDENTIAL_USERNAME, "nobody asked"));
  g_assert_true (vnc_connection_set_credential (data, VNC_CONNECTION_CREDENTIAL_PASSWORD, "password"));
  return G_SOURCE_REMOVE;
}

static void
later_hook (GvncWatch  *watch,
            const char *line)
{
  if (g_str_has_prefix (line, "vnc-auth-choose-type"))
    g_timeout_add (5, later_choose, watch->conn);
  else if (strcmp (line, "vnc-auth-credential 0") == 0)
    g_timeout_add (5, later_answer, watch->conn);
}

static void
test_all_given_later (void)
{
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  watch.hook = later_hook;
  peer = gvnc_peer_start (vnc_server, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-error *closed*",
                     "vnc-disconnected");
  g_assert_true (gvnc_peer_finish (peer));
  gvnc_watch_clear (&watch);
}

static void
dialog_hook (GvncWatch  *watch,
             const char *line)
{
  g_autoptr (GMainLoop) loop = NULL;

  if (strcmp (line, "vnc-auth-credential 0") != 0)
    return;
  loop = g_main_loop_new (NULL, FALSE);
  g_timeout_add (20, (GSourceFunc) later_answer, watch->conn);
  g_timeout_add_full (G_PRIORITY_LOW, 40, (GSourceFunc) G_CALLBACK (g_main_loop_quit), loop, NULL);
  g_main_loop_run (loop);
}

/* A dialog that asks for the password runs a main loop of its own inside of the handler. */
static void
test_dialog (void)
{
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  watch.hook = dialog_hook;
  watch.auth_type = 2;
  peer = gvnc_peer_start (vnc_server, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-error *closed*",
                     "vnc-disconnected");
  g_assert_true (gvnc_peer_finish (peer));
  gvnc_watch_clear (&watch);
}

static void
test_credential_rules (void)
{
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  peer = gvnc_peer_start (vnc_server, 0, &fd);
  g_assert_false (vnc_connection_set_credential (watch.conn, -1, "x"));
  g_assert_false (vnc_connection_set_credential (watch.conn, 3, "x"));
  g_assert_false (vnc_connection_set_credential (watch.conn, 1000, NULL));
  g_assert_true (vnc_connection_set_credential (watch.conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, "taken back"));
  g_assert_true (vnc_connection_set_credential (watch.conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, NULL));
  watch.auth_type = 2;
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-auth-credential 0");
  g_assert_true (vnc_connection_set_credential (watch.conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, NULL));
  gvnc_watch_settle (&watch);
  g_assert_true (vnc_connection_set_credential (watch.conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, "password"));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-error *closed*",
                     "vnc-disconnected");
  g_assert_true (gvnc_peer_finish (peer));
  gvnc_watch_clear (&watch);
}

/* A type that was not offered is refused, and the right one may still be chosen. */
static void
test_type_not_offered (void)
{
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;
  const char *const lines[] = { GVNC_PEER_DESK, NULL };

  gvnc_watch_init (&watch);
  peer = gvnc_peer_start (lines, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-auth-choose-type 1");
  g_assert_false (vnc_connection_set_auth_type (watch.conn, VNC_CONNECTION_AUTH_VNC));
  g_assert_true (vnc_connection_set_auth_type (watch.conn, VNC_CONNECTION_AUTH_NONE));
  g_assert_false (vnc_connection_set_auth_type (watch.conn, VNC_CONNECTION_AUTH_NONE));
  gvnc_watch_until (&watch, "vnc-initialized");
  gvnc_watch_clear (&watch);
  g_assert_true (gvnc_peer_finish (peer));
}

static void
test_shared (void)
{
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;
  const char *const lines[] = { HELLO, "> 01 01", "< 01", "> 00000000", "< 01", "x", NULL };

  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  g_assert_true (vnc_connection_set_shared (watch.conn, TRUE));
  g_assert_true (vnc_connection_get_shared (watch.conn));
  peer = gvnc_peer_start (lines, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  g_assert_true (vnc_connection_get_shared (watch.conn));
  gvnc_watch_clear (&watch);
  g_assert_true (gvnc_peer_finish (peer));
}

/* ---- reaching a server ---- */

typedef struct {
  const char *name;
  const char *host;
  const char *port;
  const char *error;
} Unreachable;

static const Unreachable unreachables[] = {
  { "a port with letters", "127.0.0.1", "abc", "vnc-error *abc*" },
  { "an empty port", "127.0.0.1", "", "vnc-error *“”*" },
  { "no port", "127.0.0.1", NULL, "vnc-error *port*" },
  { "port 0", "127.0.0.1", "0", "vnc-error *“0”*" },
  { "a port that is too great", "127.0.0.1", "65536", "vnc-error *65536*" },
  { "a port below zero", "127.0.0.1", "-1", "vnc-error *-1*" },
  { "a port with a sign", "127.0.0.1", "+5900", "vnc-error *+5900*" },
  { "a port with a blank", "127.0.0.1", " 5900", "vnc-error * 5900*" },
  { "a port with more behind it", "127.0.0.1", "5900x", "vnc-error *5900x*" },
  { "an unknown host", "nowhere.invalid", "5900", "vnc-error *nowhere.invalid*" },
  { "an empty host", "", "5900", "vnc-error ?*" },
  { "a host of brackets alone", "[]", "5900", "vnc-error ?*" },
};

static void
check_unreachable (GvncWatch  *watch,
                   const char *error)
{
  g_assert_true (vnc_connection_is_open (watch->conn));
  gvnc_watch_until (watch, "vnc-disconnected");
  gvnc_watch_settle (watch);
  check_is_closed (watch->conn);
  gvnc_watch_expect (watch, error, "vnc-disconnected");
}

static void
test_unreachable (gconstpointer data)
{
  const Unreachable *place = data;
  GvncWatch watch;

  gvnc_watch_init (&watch);
  g_assert_true (vnc_connection_open_host (watch.conn, place->host, place->port));
  check_unreachable (&watch, place->error);
  gvnc_watch_clear (&watch);
}

static void
test_bad_descriptors (void)
{
  GvncWatch watch;

  gvnc_watch_init (&watch);
  g_assert_true (vnc_connection_open_fd (watch.conn, -1));
  check_unreachable (&watch, "vnc-error *-1*");
  g_assert_true (vnc_connection_open_fd (watch.conn, 100000));
  check_unreachable (&watch, "vnc-error *100000*");
  g_assert_true (vnc_connection_open_fd (watch.conn, open ("/dev/null", O_RDWR | O_CLOEXEC)));
  check_unreachable (&watch, "vnc-error *descriptor*");
  gvnc_watch_clear (&watch);
}

/* A listening socket on @family's loopback address, and its port; -1 when there is no such family here. */
static gint
place_listen (gint   family,
              char **port)
{
  struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
  struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_addr = { htonl (INADDR_LOOPBACK) } };
  struct sockaddr_storage bound;
  socklen_t len = sizeof bound;
  gint fd = socket (family, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (fd < 0)
    return -1;
  if (bind (fd, family == AF_INET6 ? (struct sockaddr *) &v6 : (struct sockaddr *) &v4,
            family == AF_INET6 ? sizeof v6 : sizeof v4) < 0 || listen (fd, 1) < 0) {
    close (fd);
    return -1;
  }
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &bound, &len), ==, 0);
  memcpy (&v4, &bound, sizeof v4);    /* the port lies at the same place in both */
  *port = g_strdup_printf ("%u", ntohs (v4.sin_port));
  return fd;
}

static void
test_refused (void)
{
  g_autofree char *port = NULL, *error = NULL;
  gint fd = place_listen (AF_INET, &port);
  GvncWatch watch;

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  gvnc_watch_init (&watch);
  g_assert_true (vnc_connection_open_host (watch.conn, "127.0.0.1", port));
  error = g_strdup_printf ("vnc-error *127.0.0.1*%s*: ?*", port);
  check_unreachable (&watch, error);
  gvnc_watch_clear (&watch);
}

static void
place_check (GvncWatch *watch,
             GvncPeer  *peer)
{
  gvnc_watch_until (watch, "vnc-initialized");
  gvnc_watch_expect (watch, "vnc-connected", "vnc-auth-choose-type 1", "vnc-initialized");
  vnc_connection_shutdown (watch->conn);
  gvnc_watch_until (watch, "vnc-disconnected");
  gvnc_watch_clear (watch);
  g_assert_true (gvnc_peer_finish (peer));
}

static void
test_host (gconstpointer data)
{
  const char *host = data;
  g_autofree char *port = NULL;
  gint fd = place_listen (strchr (host, ':') != NULL ? AF_INET6 : AF_INET, &port);
  GvncWatch watch;
  GvncPeer *peer;

  if (fd < 0) {
    g_test_skip ("this machine has no IPv6 loopback address");
    return;
  }
  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  peer = gvnc_peer_start_listen (desk, fd);
  g_assert_true (vnc_connection_open_host (watch.conn, host, port));
  place_check (&watch, peer);
}

static void
test_unix (void)
{
  g_autofree char *dir = g_dir_make_tmp ("gvnc-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "socket", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  struct sockaddr_un bound = { .sun_family = AF_UNIX };
  gint fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  GvncWatch watch;
  GvncPeer *peer;

  g_strlcpy (bound.sun_path, path, sizeof bound.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &bound, sizeof bound), ==, 0);
  g_assert_cmpint (listen (fd, 1), ==, 0);
  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  peer = gvnc_peer_start_listen (desk, fd);
  g_assert_true (vnc_connection_open_addr (watch.conn, address, NULL));
  place_check (&watch, peer);

  /* nobody listens any more */
  gvnc_watch_init (&watch);
  g_assert_true (vnc_connection_open_addr (watch.conn, address, NULL));
  check_unreachable (&watch, "vnc-error */socket: ?*");
  unlink (path);
  g_assert_true (vnc_connection_open_addr (watch.conn, address, NULL));
  check_unreachable (&watch, "vnc-error */socket: ?*");
  gvnc_watch_clear (&watch);
  rmdir (dir);
}

static void
test_silence (void)
{
  const char *const lines[] = { "< 'RFB '", NULL };
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_engine_hint_ms = 20;
  gvnc_engine_silence_ms = 60;
  gvnc_watch_init (&watch);
  peer = gvnc_peer_start (lines, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-error *silent*", "vnc-disconnected");
  gvnc_watch_clear (&watch);
  g_assert_true (gvnc_peer_finish (peer));
  gvnc_engine_hint_ms = GVNC_LIMIT_GREETING_HINT_MS;
  gvnc_engine_silence_ms = GVNC_LIMIT_HANDSHAKE_MS;
}

/* The user may take as long as they like, and so may a session without news. */
static void
test_no_hurry (void)
{
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  /* The server has to be in time on a busy machine too. */
  gvnc_engine_silence_ms = 500;
  gvnc_watch_init (&watch);
  peer = gvnc_peer_start (desk, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-auth-choose-type 1");
  g_usleep (700 * 1000);
  g_assert_true (vnc_connection_set_auth_type (watch.conn, VNC_CONNECTION_AUTH_NONE));
  gvnc_watch_until (&watch, "vnc-initialized");
  g_usleep (700 * 1000);
  gvnc_watch_settle (&watch);
  gvnc_watch_expect (&watch, "vnc-connected", "vnc-auth-choose-type 1", "vnc-initialized");
  gvnc_watch_clear (&watch);
  g_assert_true (gvnc_peer_finish (peer));
  gvnc_engine_silence_ms = GVNC_LIMIT_HANDSHAKE_MS;
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connection/new", test_new);
  g_test_add_func ("/connection/send-while-closed", test_send_while_closed);
  g_test_add_func ("/connection/life", test_life);
  g_test_add_func ("/connection/refused-descriptor", test_refused_descriptor);
  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++) {
    g_autofree char *path = g_strdup_printf ("/connection/session/%s", sessions[i].name);

    g_test_add_data_func (path, &sessions[i], test_session);
  }
  g_test_add_func ("/connection/given/before", test_all_given_before);
  g_test_add_func ("/connection/given/later", test_all_given_later);
  g_test_add_func ("/connection/given/in-a-dialog", test_dialog);
  g_test_add_func ("/connection/credential-rules [A10]", test_credential_rules);
  g_test_add_func ("/connection/type-not-offered", test_type_not_offered);
  g_test_add_func ("/connection/shared", test_shared);
  for (guint i = 0; i < G_N_ELEMENTS (unreachables); i++) {
    g_autofree char *path = g_strdup_printf ("/connection/unreachable/%s", unreachables[i].name);

    g_test_add_data_func (path, &unreachables[i], test_unreachable);
  }
  g_test_add_func ("/connection/unreachable/descriptors", test_bad_descriptors);
  g_test_add_func ("/connection/unreachable/refused", test_refused);
  g_test_add_data_func ("/connection/host/127.0.0.1", "127.0.0.1", test_host);
  g_test_add_data_func ("/connection/host/localhost", "localhost", test_host);
  g_test_add_data_func ("/connection/host/::1", "::1", test_host);
  g_test_add_data_func ("/connection/host/[::1]", "[::1]", test_host);
  g_test_add_func ("/connection/unix", test_unix);
  g_test_add_func ("/connection/silence [O18F]", test_silence);
  g_test_add_func ("/connection/no-hurry", test_no_hurry);
  return g_test_run ();
}
