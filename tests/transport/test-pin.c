/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/tls-server.h"
#include "lib/watch.h"
#include "transport/serve.h"

#include <stdlib.h>
#include <string.h>

/* Addresses that say which certificate the server has (RFC 7869, IdHash). Whatever the application is asked, it agrees to. */

#define HELLO     "> 'RFB 003.008\n'", "< 'RFB 003.008\n'"
#define CHALLENGE "> 000102030405060708090a0b0c0d0e0f", "< b866924125c8eebb9debc1db61c538e2"
#define INIT      "> 00000000", "< 00", "> 0004 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000004 'desk'"
#define VENCRYPT  "> 0002", "< 0002", "> 00"
#define TLS(number) VENCRYPT, "> 01 0000" number, "< 0000" number, "> 01", "x", NULL

#define MOST_LINKS 2
#define MOST_LINES 12

typedef enum {
  PIN_NONE,
  PIN_RIGHT,
  PIN_WRONG,
} Pin;

typedef struct {
  const char *name;
  const char *scheme;
  Pin         pin;
  ServeLink   links[MOST_LINKS];
  guint       n_links;
  const char *said[MOST_LINES];     /* the signals, as globs */
} Row;

static const char *const x509_vnc[] = { HELLO, "> 01 13", "< 13", TLS ("0105") };
static const char *const x509_vnc_second[] = { HELLO, "> 02 02 13", "< 13", TLS ("0105") };
static const char *const tls_vnc[] = { HELLO, "> 01 13", "< 13", TLS ("0102") };
static const char *const plain_subtype[] = { HELLO, "> 01 13", "< 13", VENCRYPT, "> 01 00000002", "< 00000002", NULL };
static const char *const vnc[] = { HELLO, "> 01 02", "< 02", NULL };
static const char *const vnc_first[] = { HELLO, "> 02 02 13", "< 02", NULL };
static const char *const none[] = { HELLO, "> 01 01", "< 01", NULL };
static const char *const inside_vnc[] = { CHALLENGE, INIT, NULL };
static const char *const inside_all[] = { HELLO, "> 01 02", "< 02", CHALLENGE, INIT, NULL };
static const char *const inside_nothing[] = { NULL };

/* Signed by itself, for another host: only the pin speaks for it. */
static GvncTlsServer stranger = { .dns_name = "server.test", .inside = inside_vnc };
static GvncTlsServer early = { .dns_name = "server.test", .inside = inside_all };
static GvncTlsServer refused = { .dns_name = "server.test", .inside = inside_nothing };
/* An authority that is trusted speaks for it, but it is not the one. */
static GvncTlsServer vouched = { .ip = { 127, 0, 0, 1 }, .inside = inside_nothing };
static GvncTlsServer anonymous = { .anonymous = TRUE, .inside = inside_nothing };
static GvncTlsServer *const servers[] = { &stranger, &early, &refused, &vouched };

#define ASKED_X509 "vnc-auth-choose-type 19", "vnc-auth-choose-subtype 19 261", "vnc-auth-credential 2"
#define LOUD       "vnc-error THE CERTIFICATE OF ?127.0.0.1]:* IS NOT THE ONE OF THE ADDRESS: * was expected, and * has come*"

static const Row rows[] = {
  { "none, so the application is asked", "vnc", PIN_NONE, { { x509_vnc, &stranger } }, 1,
    { "vnc-connected", ASKED_X509, "vnc-verify-certificate *", "vnc-auth-credential 0", "vnc-initialized" } },
  { "the right one", "vnc", PIN_RIGHT, { { x509_vnc, &stranger } }, 1,
    { "vnc-connected", ASKED_X509, "vnc-auth-credential 0", "vnc-initialized" } },
  { "the right one of TLS from the first byte", "vncs", PIN_RIGHT, { { NULL, &early } }, 1,
    { "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-initialized" } },
  { "another one", "vnc", PIN_WRONG, { { x509_vnc, &refused } }, 1,
    { "vnc-connected", ASKED_X509, LOUD, "vnc-disconnected" } },
  { "another one that an authority vouches for", "vnc", PIN_WRONG, { { x509_vnc, &vouched } }, 1,
    { "vnc-connected", ASKED_X509, LOUD, "vnc-disconnected" } },
  { "another one of TLS from the first byte", "vncs", PIN_WRONG, { { NULL, &refused } }, 1,
    { "vnc-connected", LOUD, "vnc-disconnected" } },
  { "VNC authentication shows none", "vnc", PIN_RIGHT, { { vnc, NULL } }, 1,
    { "vnc-connected", "vnc-auth-choose-type 2", "vnc-error *address says*shows none", "vnc-disconnected" } },
  { "None shows none", "vnc", PIN_RIGHT, { { none, NULL } }, 1,
    { "vnc-connected", "vnc-auth-choose-type 1", "vnc-error *address says*“None”*shows none", "vnc-disconnected" } },
  { "anonymous TLS shows none", "vnc", PIN_RIGHT, { { tls_vnc, &anonymous } }, 1,
    { "vnc-connected", "vnc-auth-choose-type 19", "vnc-auth-choose-subtype 19 258", "vnc-error *address says*shows none",
      "vnc-disconnected" } },
  { "a subtype without TLS shows none", "vnc", PIN_RIGHT, { { plain_subtype, NULL } }, 1,
    { "vnc-connected", "vnc-auth-choose-type 19", "vnc-auth-choose-subtype 19 2", "vnc-error *address says*shows none",
      "vnc-disconnected" } },
  { "a type that shows none, then the right one", "vnc", PIN_RIGHT, { { vnc_first, NULL }, { x509_vnc_second, &stranger } }, 2,
    { "vnc-connected", "vnc-auth-choose-type 2 19", "vnc-reconnecting 1 0", "vnc-connected", ASKED_X509, "vnc-auth-credential 0",
      "vnc-initialized" } },
  { "a type that shows none, then another one", "vnc", PIN_WRONG, { { vnc_first, NULL }, { x509_vnc_second, &refused } }, 2,
    { "vnc-connected", "vnc-auth-choose-type 2 19", "vnc-reconnecting 1 0", "vnc-connected", ASKED_X509, LOUD,
      "vnc-disconnected" } },
};

static const Row *current;
static gint n_links;      /* that were made; atomic */

/* The next connection's part. */
static void
pin_serve (Serve *serve,
           gint   fd)
{
  serve_link (&current->links[g_atomic_int_add (&n_links, 1)], fd);
}

static void
pin_hook (GvncWatch  *watch,
          const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  if (g_str_equal (words[0], "vnc-auth-choose-type"))
    vnc_connection_set_auth_type (watch->conn, (guint) atoi (words[1]));
  else if (g_str_equal (words[0], "vnc-auth-choose-subtype"))
    vnc_connection_set_auth_subtype (watch->conn, (guint) atoi (words[2]));
  else if (g_str_equal (line, "vnc-auth-credential 2"))
    vnc_connection_set_credential (watch->conn, VNC_CONNECTION_CREDENTIAL_CLIENTNAME, "");
}

static gboolean
pin_agree (VncConnection *conn)
{
  vnc_connection_accept_certificate (conn, VNC_CERTIFICATE_DECISION_REMEMBER);
  return TRUE;
}

/* The certificate that nobody has, or the one that the last server shows. */
static char *
pin_address (const Row *row,
             guint16    port)
{
  GvncTlsServer *shown = row->links[row->n_links - 1].tls;
  g_autofree char *hash = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    if (servers[i] == shown)
      hash = gvnc_tls_server_prepare (shown);
  if (hash == NULL)
    hash = g_strnfill (64, '1');
  /* One digit makes it another. */
  if (row->pin == PIN_WRONG)
    hash[63] = hash[63] == '0' ? '1' : '0';
  return g_strdup_printf ("%s://127.0.0.1:%u%s%s", row->scheme, port,
                          row->pin != PIN_NONE ? "?IdHashAlgorithm=4&IdHash=" : "", row->pin != PIN_NONE ? hash : "");
}

static void
test_pin (gconstpointer data)
{
  GvncTlsAuthority *authority = gvnc_tls_authority_new ("Test Authority");
  g_autoptr (GBytes) pem = gvnc_tls_authority_pem (authority);
  ServeFunc funcs[MOST_LINKS + 1] = { NULL };
  g_autofree char *known = g_build_filename (g_get_user_cache_dir (), "none", NULL);
  g_autofree char *text = NULL;
  g_autoptr (VncUri) uri = NULL;
  g_autoptr (GError) error = NULL;
  VncCertificate *certificate = NULL;
  GvncWatch watch;
  Serve serve;
  guint n_said = 0;

  current = data;
  vouched.authority = authority;
  for (guint i = 0; i < current->n_links; i++)
    funcs[i] = pin_serve;
  while (n_said < MOST_LINES && current->said[n_said] != NULL)
    n_said++;
  g_atomic_int_set (&n_links, 0);
  serve_start (&serve, funcs, NULL);
  text = pin_address (current, serve.port);
  uri = vnc_uri_parse (text, &error);
  g_assert_no_error (error);

  gvnc_watch_init (&watch);
  watch.password = "password";
  watch.hook = pin_hook;
  g_signal_connect (watch.conn, "vnc-verify-certificate", G_CALLBACK (pin_agree), NULL);
  g_object_set (watch.conn, "ca-data", pem, "reconnect", current->n_links > 1, "known-hosts-file", known, NULL);
  g_assert_true (vnc_connection_open_uri (watch.conn, uri));
  gvnc_watch_until (&watch, current->said[n_said - 1]);
  gvnc_watch_settle (&watch);
  g_object_get (watch.conn, "certificate", &certificate, NULL);
  /* Shown as one that is trusted, or not at all. */
  if (g_str_equal (current->said[n_said - 1], "vnc-initialized") && current->pin == PIN_RIGHT)
    g_assert_cmpuint (vnc_certificate_get_problems (certificate), ==, 0);
  else if (current->pin != PIN_NONE)
    g_assert_null (certificate);
  g_clear_pointer (&certificate, vnc_certificate_free);
  gvnc_watch_check (&watch, current->said);
  gvnc_watch_clear (&watch);
  serve_finish (&serve);
  g_assert_cmpint (g_atomic_int_get (&n_links), ==, current->n_links);
  /* The address is no decision for others. */
  g_assert_true (current->pin == PIN_NONE || !g_file_test (known, G_FILE_TEST_EXISTS));
  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    gvnc_tls_server_clear (servers[i]);
  gvnc_tls_authority_free (authority);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *name = g_strconcat ("/pin/", rows[i].name, NULL);

    g_test_add_data_func (name, &rows[i], test_pin);
  }
  return g_test_run ();
}
