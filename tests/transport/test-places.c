/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/secure.h"
#include "transport/trust.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* What known hosts call a server whose connection the application has made by itself. */

/* A connected TCP socket; the server is not heard of again, but keeps its port. */
static gint
tcp_connect (gint    *listen_fd,
             guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK) };
  socklen_t len = sizeof address;
  gint fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  *listen_fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (*listen_fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (*listen_fd, 1), ==, 0);
  g_assert_cmpint (getsockname (*listen_fd, (struct sockaddr *) &address, &len), ==, 0);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  *port = g_ntohs (address.sin_port);
  return fd;
}

static gint
pair_connect (gint *other_fd)
{
  gint fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  *other_fd = fds[1];
  return fds[0];
}

static GIOStream *
stream_of_socket (gint fd)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, NULL);

  return G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
}

static GIOStream *
stream_of_bytes (gint fd)
{
  g_autoptr (GInputStream) in = g_unix_input_stream_new (fd, FALSE);
  g_autoptr (GOutputStream) out = g_unix_output_stream_new (fd, TRUE);

  return g_simple_io_stream_new (in, out);
}

/* Takes over @fd, which @make (or nothing) wraps in a stream. */
static char *
find_place (gint         fd,
            GIOStream *(*make) (gint fd),
            const char  *hostname)
{
  GvncTarget *target = gvnc_target_new ();
  g_autoptr (GError) error = NULL;
  GvncLayer *layer;
  char *place;

  if (make != NULL)
    target->stream = make (fd);
  else
    target->fd = fd;
  target->hostname = g_strdup (hostname);
  layer = gvnc_connect (target, NULL, &error);
  g_assert_no_error (error);
  place = gvnc_secure_place (target);
  gvnc_layer_free (layer);
  gvnc_target_free (target);
  return place;
}

static void
test_inet (void)
{
  GIOStream *(*const makes[]) (gint fd) = { NULL, stream_of_socket };

  for (guint i = 0; i < G_N_ELEMENTS (makes); i++) {
    g_autofree char *place = NULL, *expected = NULL;
    guint16 port;
    gint listen_fd, fd = tcp_connect (&listen_fd, &port);

    place = find_place (fd, makes[i], "Desk.example");
    expected = g_strdup_printf ("[desk.example]:%u", port);
    g_assert_cmpstr (place, ==, expected);
    close (listen_fd);
  }
}

static void
test_no_port (void)
{
  GIOStream *(*const makes[]) (gint fd) = { NULL, stream_of_socket, stream_of_bytes };

  for (guint i = 0; i < G_N_ELEMENTS (makes); i++) {
    g_autofree char *place = NULL;
    gint other_fd, fd = pair_connect (&other_fd);

    place = find_place (fd, makes[i], "desk.example");
    g_assert_cmpstr (place, ==, "[desk.example]:");
    close (other_fd);
  }
}

/* Who has no name cannot be known by it. */
static void
test_nobody (void)
{
  guint16 port;
  gint listen_fd, fd = tcp_connect (&listen_fd, &port);

  g_assert_null (find_place (fd, NULL, NULL));
  close (listen_fd);
}

static gboolean
trust (const char *path,
       const char *place,
       const char *pin)
{
  g_autofree char *file = g_strdup (path);
  g_autoptr (GvncIdentity) identity = gvnc_identity_new (GVNC_IDENTITY_RSA_KEY, "desk.example");
  GvncTrustSettings settings = { .known_hosts = file, .first_use = TRUE };

  identity->pin = g_strdup (pin);
  gvnc_identity_add_problem (identity, GVNC_PROBLEM_UNKNOWN_CA, "nobody knows it");
  return gvnc_trust_judge (&settings, place, identity);
}

/* Each has its own key, and none may have the other's. */
static void
test_two_servers (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "known_hosts", NULL);
  static const char *const pins[] = { "SHA256:one", "SHA256:two" };
  char *places[2];
  gint listen_fds[2];

  for (guint i = 0; i < 2; i++) {
    guint16 port;
    gint fd = tcp_connect (&listen_fds[i], &port);

    places[i] = find_place (fd, NULL, "desk.example");
    g_assert_true (trust (path, places[i], pins[i]));
  }
  for (guint i = 0; i < 2; i++) {
    g_assert_true (trust (path, places[i], pins[i]));
    g_assert_false (trust (path, places[i], pins[1 - i]));
    g_free (places[i]);
    close (listen_fds[i]);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/places/inet", test_inet);
  g_test_add_func ("/places/no-port", test_no_port);
  g_test_add_func ("/places/nobody", test_nobody);
  g_test_add_func ("/places/two-servers", test_two_servers);
  return g_test_run ();
}
