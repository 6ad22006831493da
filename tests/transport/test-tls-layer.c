/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/memory-layer.h"
#include "lib/tls-server.h"
#include "transport/connect.h"
#include "transport/tls.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The layer against GnuTLS on the other end, step by step in one thread. */

/* ---- over a pair of sockets ---- */

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

/* ---- over a layer that has all in a buffer, so that nothing wakes anybody up ---- */

#define PRIORITY_1_2 "NORMAL:-VERS-ALL:+VERS-TLS1.2"
#define PRIORITY_1_3 "NORMAL:-VERS-ALL:+VERS-TLS1.3"

typedef struct {
  const char *name;
  const char *priority;      /* the server's; NULL: anonymous */
  gboolean    websocket;     /* in between, with a buffer of its own */
  gsize       piece_len;     /* of the handshake's messages, in a record each as long as they are in plain; 0: all */
  guint       n_tickets;     /* before the data */
  guint       n_pauses;      /* at least, over all */
} BufferedRow;

static const BufferedRow buffered_rows[] = {
  { "anonymous", NULL, FALSE, 0, 0, 0 },
  { "anonymous, in pieces", NULL, FALSE, 100, 0, 0 },
  { "anonymous, in small pieces", NULL, FALSE, 7, 0, 2 },
  { "anonymous, in small pieces, over a WebSocket", NULL, TRUE, 7, 0, 2 },
  { "TLS 1.2 in pieces over a WebSocket", PRIORITY_1_2, TRUE, 100, 0, 0 },
  { "TLS 1.3", PRIORITY_1_3, FALSE, 0, 0, 0 },
  { "TLS 1.3 in pieces", PRIORITY_1_3, FALSE, 30, 0, 0 },
  { "a ticket", PRIORITY_1_3, FALSE, 0, 1, 0 },
  { "two tickets over a WebSocket", PRIORITY_1_3, TRUE, 0, 2, 0 },
  { "tickets for ever", PRIORITY_1_3, FALSE, 0, 3 * GVNC_LAYER_ROUNDS, 3 },
  { "tickets for ever over a WebSocket", PRIORITY_1_3, TRUE, 0, 3 * GVNC_LAYER_ROUNDS, 3 },
};

typedef struct {
  const BufferedRow *row;
  GvncMemoryLayer   *memory;      /* below the client */
  GByteArray        *heard;       /* what the client has said, without frames */
  gnutls_session_t   session;
  gboolean           sealed;      /* what the server says from now on */
} BufferedServer;

/* Takes what the client has written. */
static ssize_t
buffered_pull (gnutls_transport_ptr_t data,
               void                  *buffer,
               size_t                 len)
{
  BufferedServer *self = data;
  GByteArray *out = self->memory->out;

  while (out->len > 0) {
    const gsize short_len = out->data[1] & 0x7f;
    const gsize mask_at = short_len == 126 ? 4 : 2;
    const gsize n = short_len == 126 ? (gsize) out->data[2] << 8 | out->data[3] : short_len;

    if (!self->row->websocket) {
      g_byte_array_append (self->heard, out->data, out->len);
      g_byte_array_set_size (out, 0);
      break;
    }
    for (gsize i = 0; i < n; i++)
      out->data[mask_at + 4 + i] ^= out->data[mask_at + i % 4];
    g_byte_array_append (self->heard, out->data + mask_at + 4, (guint) n);
    g_byte_array_remove_range (out, 0, (guint) (mask_at + 4 + n));
  }
  if (self->heard->len == 0) {
    gnutls_transport_set_errno (self->session, EAGAIN);
    return -1;
  }
  len = MIN (len, self->heard->len);
  memcpy (buffer, self->heard->data, len);
  g_byte_array_remove_range (self->heard, 0, (guint) len);
  return (ssize_t) len;
}

static void
buffered_send (BufferedServer *self,
               const guint8   *bytes,
               gsize           len)
{
  const guint8 header[] = { 0x82, 126, (guint8) (len >> 8), (guint8) len };

  if (self->row->websocket)
    g_byte_array_append (self->memory->in, header, sizeof header);
  g_byte_array_append (self->memory->in, bytes, (guint) len);
}

static ssize_t
buffered_push (gnutls_transport_ptr_t data,
               const void            *record,
               size_t                 len)
{
  enum { CHANGE_CIPHER_SPEC = 20, HANDSHAKE = 22 };
  BufferedServer *self = data;
  const guint8 *bytes = record;

  g_assert_cmpuint (len, ==, 5 + ((gsize) bytes[3] << 8 | bytes[4]));
  self->sealed = self->sealed || bytes[0] == CHANGE_CIPHER_SPEC;
  if (self->row->piece_len == 0 || self->sealed || bytes[0] != HANDSHAKE) {
    buffered_send (self, bytes, len);
    return (ssize_t) len;
  }
  for (gsize at = 5; at < len; at += self->row->piece_len) {
    const gsize n = MIN (self->row->piece_len, len - at);
    g_autoptr (GByteArray) piece = g_byte_array_new ();
    const guint8 piece_len[] = { (guint8) (n >> 8), (guint8) n };

    g_byte_array_append (piece, bytes, 3);
    g_byte_array_append (piece, piece_len, sizeof piece_len);
    g_byte_array_append (piece, bytes + at, (guint) n);
    buffered_send (self, piece->data, piece->len);
  }
  return (ssize_t) len;
}

static void
test_buffered (gconstpointer data)
{
  const BufferedRow *row = data;
  GvncTlsAuthority *authority = gvnc_tls_authority_new ("Test Authority");
  g_autoptr (GBytes) ca = gvnc_tls_authority_pem (authority);
  const GvncTrustSettings trust = { .ca_data = ca };
  const GvncTlsParameters parameters = { .anonymous = row->priority == NULL, .trust = &trust };
  const GvncTlsServer certified = { .authority = authority };
  BufferedServer server = { .row = row, .memory = gvnc_memory_layer_new (), .heard = g_byte_array_new () };
  GvncMemoryLayer *memory = server.memory;
  gnutls_certificate_credentials_t certificates;
  gnutls_anon_server_credentials_t anonymous;
  g_autoptr (GError) error = NULL;
  gnutls_datum_t key;
  guint n_pauses = 0;
  guint8 buffer[100];
  GvncLayer *link;
  gssize n;

  g_assert_cmpint (gnutls_init (&server.session, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_AUTO_SEND_TICKET), ==, 0);
  g_assert_cmpint (gnutls_certificate_allocate_credentials (&certificates), ==, 0);
  g_assert_cmpint (gnutls_anon_allocate_server_credentials (&anonymous), ==, 0);
  g_assert_cmpint (gnutls_session_ticket_key_generate (&key), ==, 0);
  gvnc_tls_server_certify (&certified, certificates);
  gnutls_anon_set_server_known_dh_params (anonymous, GNUTLS_SEC_PARAM_MEDIUM);
  gnutls_credentials_set (server.session, GNUTLS_CRD_CERTIFICATE, certificates);
  gnutls_credentials_set (server.session, GNUTLS_CRD_ANON, anonymous);
  g_assert_cmpint (gnutls_priority_set_direct (server.session, row->priority != NULL ? row->priority : PRIORITY_1_2
                                               ":-KX-ALL:+ANON-ECDH", NULL), ==, 0);
  g_assert_cmpint (gnutls_session_ticket_enable_server (server.session, &key), ==, 0);
  gnutls_transport_set_ptr (server.session, &server);
  gnutls_transport_set_pull_function (server.session, buffered_pull);
  gnutls_transport_set_push_function (server.session, buffered_push);

  link = gvnc_tls_layer_new (row->websocket ? gvnc_memory_layer_websocket (memory) : &memory->layer, NULL, &parameters, &error);
  g_assert_no_error (error);
  while ((n = link->type->handshake (link, &error)) == GVNC_LAYER_AGAIN) {
    n_pauses += link->paused;
    /* Who waits has read all that there was, and has answered it. */
    g_assert_true (link->paused || memory->out->len > 0);
    if (!link->paused)
      gnutls_handshake (server.session);
  }
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 0);
  if (memory->out->len > 0)
    g_assert_cmpint (gnutls_handshake (server.session), ==, 0);

  for (guint i = 0; i < row->n_tickets; i++)
    g_assert_cmpint (gnutls_session_ticket_send (server.session, 1, 0), ==, 0);
  g_assert_cmpint (gnutls_record_send (server.session, "data", 4), ==, 4);
  while ((n = gvnc_layer_read (link, buffer, sizeof buffer, &error)) == GVNC_LAYER_AGAIN) {
    g_assert_true (link->paused);
    n_pauses++;
  }
  g_assert_no_error (error);
  g_assert_cmpmem (buffer, (gsize) n, "data", 4);
  g_assert_cmpint (gvnc_layer_read (link, buffer, sizeof buffer, &error), ==, GVNC_LAYER_AGAIN);
  g_assert_false (link->paused);
  g_assert_cmpuint (n_pauses, >=, row->n_pauses);
  g_assert_true (row->n_pauses > 0 || n_pauses == 0);

  gvnc_layer_free (link);
  gnutls_deinit (server.session);
  gnutls_certificate_free_credentials (certificates);
  gnutls_anon_free_server_credentials (anonymous);
  gnutls_free (key.data);
  g_byte_array_unref (server.heard);
  gvnc_tls_authority_free (authority);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tls-layer/last-words", test_last_words);
  g_test_add_func ("/tls-layer/last-words/behind a full link", test_last_words_behind_a_full_link);
  for (guint i = 0; i < G_N_ELEMENTS (buffered_rows); i++) {
    g_autofree char *path = g_strconcat ("/tls-layer/buffered/", buffered_rows[i].name, NULL);

    g_test_add_data_func (path, &buffered_rows[i], test_buffered);
  }
  return g_test_run ();
}
