/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/connect.h"
#include "transport/tls.h"

#include <gnutls/gnutls.h>
#include <sys/socket.h>
#include <unistd.h>

/* The layer against GnuTLS on the other end of a pair of sockets, step by step in one thread. */

typedef struct {
  gnutls_session_t                 session;
  gnutls_anon_server_credentials_t anonymous;
  gint                             fd;
} Server;

static void
server_start (Server *self,
              gint    fd)
{
  self->fd = fd;
  g_assert_cmpint (gnutls_init (&self->session, GNUTLS_SERVER | GNUTLS_NONBLOCK), ==, 0);
  g_assert_cmpint (gnutls_anon_allocate_server_credentials (&self->anonymous), ==, 0);
  gnutls_anon_set_server_known_dh_params (self->anonymous, GNUTLS_SEC_PARAM_MEDIUM);
  g_assert_cmpint (gnutls_credentials_set (self->session, GNUTLS_CRD_ANON, self->anonymous), ==, 0);
  g_assert_cmpint (gnutls_priority_set_direct (self->session, "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+ANON-ECDH:+ANON-DH", NULL),
                   ==, 0);
  gnutls_transport_set_int (self->session, fd);
}

/* Goes without a word. */
static void
server_leave (Server *self)
{
  gnutls_deinit (self->session);
  gnutls_anon_free_server_credentials (self->anonymous);
  close (self->fd);
}

static GvncLayer *
link_new (Server *server)
{
  const GvncTrustSettings trust = { .allow_weak = FALSE };
  const GvncTlsParameters parameters = { .anonymous = TRUE, .trust = &trust };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = NULL;
  gboolean server_done = FALSE;
  GvncLayer *link;
  gint fds[2];
  gssize n;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds), ==, 0);
  server_start (server, fds[1]);
  socket = g_socket_new_from_fd (fds[0], &error);
  g_assert_no_error (error);
  link = gvnc_tls_layer_new (gvnc_socket_layer_new (socket, NULL), NULL, &parameters, &error);
  g_assert_no_error (error);
  do {
    n = link->type->handshake (link, &error);
    g_assert_no_error (error);
    if (!server_done) {
      int status = gnutls_handshake (server->session);

      g_assert_true (status == 0 || status == GNUTLS_E_AGAIN);
      server_done = status == 0;
    }
  } while (n == GVNC_LAYER_AGAIN || !server_done);
  g_assert_cmpint (n, ==, 0);
  return link;
}

/* A server that refuses says so and goes; what the client says in the meantime comes to a closed socket. */
static void
test_last_words (void)
{
  const char words[] = "the reason";
  Server server;
  GvncLayer *link = link_new (&server);
  g_autoptr (GError) error = NULL;
  guint8 buffer[100];

  g_assert_cmpint (gnutls_record_send (server.session, words, sizeof words), ==, sizeof words);
  server_leave (&server);
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpint (gvnc_layer_write (link, (const guint8 *) "x", 1, &error), ==, GVNC_LAYER_END);
    g_assert_no_error (error);
  }
  g_assert_cmpint (gvnc_layer_read (link, buffer, sizeof buffer, &error), ==, sizeof words);
  g_assert_no_error (error);
  g_assert_cmpmem (buffer, sizeof words, words, sizeof words);
  g_assert_cmpint (gvnc_layer_read (link, buffer, sizeof buffer, &error), ==, GVNC_LAYER_END);
  g_assert_no_error (error);
  gvnc_layer_free (link);
}

/* The same when GnuTLS has kept what it could not write before. */
static void
test_last_words_behind_a_full_link (void)
{
  const char words[] = "the reason";
  static guint8 many[16000];
  Server server;
  GvncLayer *link = link_new (&server);
  g_autoptr (GError) error = NULL;
  guint8 buffer[100];
  gssize n;

  do
    n = gvnc_layer_write (link, many, sizeof many, &error);
  while (n > 0);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, GVNC_LAYER_AGAIN);
  g_assert_cmpint (gnutls_record_send (server.session, words, sizeof words), ==, sizeof words);
  server_leave (&server);
  g_assert_cmpint (gvnc_layer_write (link, many, sizeof many, &error), ==, GVNC_LAYER_END);
  g_assert_no_error (error);
  g_assert_cmpint (gvnc_layer_read (link, buffer, sizeof buffer, &error), ==, sizeof words);
  g_assert_no_error (error);
  g_assert_cmpmem (buffer, sizeof words, words, sizeof words);
  g_assert_cmpint (gvnc_layer_read (link, buffer, sizeof buffer, &error), ==, GVNC_LAYER_END);
  gvnc_layer_free (link);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tls-layer/last-words", test_last_words);
  g_test_add_func ("/tls-layer/last-words/behind a full link", test_last_words_behind_a_full_link);
  return g_test_run ();
}
