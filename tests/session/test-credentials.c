/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/peer.h"
#include "lib/watch.h"

/* Credentials that are asked for with an object, which may be answered any time later. */

#define HELLO "> 'RFB 003.008\n'", "< 'RFB 003.008\n'"
#define VNC   HELLO, "> 01 02", "< 02", "> 000102030405060708090a0b0c0d0e0f"

static const char *const locked[] = {
  VNC, "< b866924125c8eebb9debc1db61c538e2", "> 00000000", "< 00",
  "> 0004 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000004 'desk'", NULL
};
static const char *const asks[] = { VNC, NULL };
static const char *const asks_and_closes[] = { VNC, "x", NULL };

typedef struct {
  GvncWatch             watch;
  VncCredentialRequest *request;    /* the last one that came */
  guint                 n_requests;
  gboolean              takes;      /* what the handler says */
} App;

static gboolean
app_requested (VncConnection        *conn,
               VncCredentialRequest *request,
               App                  *app)
{
  app->n_requests++;
  g_ptr_array_add (app->watch.lines, g_strdup ("vnc-credentials-requested"));
  g_set_object (&app->request, request);
  return app->takes;
}

static GvncPeer *
app_begin (App               *app,
           const char *const *lines,
           const char        *until)
{
  GvncPeer *peer;
  gint fd;

  *app = (App) { .takes = TRUE };
  gvnc_watch_init (&app->watch);
  app->watch.auth_type = VNC_CONNECTION_AUTH_VNC;
  g_signal_connect (app->watch.conn, "vnc-credentials-requested", G_CALLBACK (app_requested), app);
  peer = gvnc_peer_start (lines, 0, &fd);
  g_assert_true (vnc_connection_open_fd_with_hostname (app->watch.conn, fd, "server.test"));
  gvnc_watch_until (&app->watch, until);
  return peer;
}

static void
app_end (App      *app,
         GvncPeer *peer)
{
  g_clear_object (&app->request);
  gvnc_watch_clear (&app->watch);
  gvnc_peer_finish (peer);
}

static void
test_later (void)
{
  g_autoptr (GError) error = NULL;
  App app;
  GvncPeer *peer = app_begin (&app, locked, "vnc-credentials-requested");
  GCancellable *cancellable = vnc_credential_request_get_cancellable (app.request);

  g_assert_true (vnc_credential_request_wants (app.request, VNC_CONNECTION_CREDENTIAL_PASSWORD));
  g_assert_false (vnc_credential_request_wants (app.request, VNC_CONNECTION_CREDENTIAL_USERNAME));
  g_assert_false (vnc_credential_request_wants (app.request, VNC_CONNECTION_CREDENTIAL_CLIENTNAME));
  g_assert_cmpstr (vnc_credential_request_get_host (app.request), ==, "server.test");
  g_assert_cmpuint (vnc_credential_request_get_auth_type (app.request), ==, VNC_CONNECTION_AUTH_VNC);
  g_assert_cmpuint (vnc_credential_request_get_auth_subtype (app.request), ==, 0);
  g_assert_false (vnc_credential_request_get_encrypted (app.request));
  g_assert_false (vnc_credential_request_get_verified (app.request));

  g_assert_false (vnc_credential_request_complete (app.request, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  vnc_credential_request_set (app.request, VNC_CONNECTION_CREDENTIAL_PASSWORD, "wrong");
  vnc_credential_request_set (app.request, VNC_CONNECTION_CREDENTIAL_PASSWORD, "password");
  gvnc_watch_settle (&app.watch);
  g_assert_false (vnc_connection_is_initialized (app.watch.conn));
  g_assert_false (g_cancellable_is_cancelled (cancellable));
  g_assert_true (vnc_credential_request_complete (app.request, &error));
  g_assert_no_error (error);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  gvnc_watch_until (&app.watch, "vnc-initialized");
  /* The old signal is not for what was taken on. */
  gvnc_watch_expect (&app.watch, "vnc-connected", "vnc-auth-choose-type 2", "vnc-credentials-requested", "vnc-initialized");
  g_assert_false (vnc_credential_request_complete (app.request, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  vnc_credential_request_refuse (app.request);
  g_assert_true (vnc_connection_is_open (app.watch.conn));
  app_end (&app, peer);
}

static void
test_not_taken (void)
{
  App app;
  GvncPeer *peer;
  gint fd;

  app = (App) { .takes = FALSE };
  gvnc_watch_init (&app.watch);
  app.watch.auth_type = VNC_CONNECTION_AUTH_VNC;
  app.watch.password = "password";
  g_signal_connect (app.watch.conn, "vnc-credentials-requested", G_CALLBACK (app_requested), &app);
  peer = gvnc_peer_start (locked, 0, &fd);
  g_assert_true (vnc_connection_open_fd (app.watch.conn, fd));
  gvnc_watch_until (&app.watch, "vnc-initialized");
  gvnc_watch_expect (&app.watch, "vnc-connected", "vnc-auth-choose-type 2", "vnc-credentials-requested",
                     "vnc-auth-credential 0", "vnc-initialized");
  g_assert_cmpstr (vnc_credential_request_get_host (app.request), ==, NULL);
  g_assert_true (g_cancellable_is_cancelled (vnc_credential_request_get_cancellable (app.request)));
  app_end (&app, peer);
}

/* An answer in the old way is one, too. */
static void
test_old_answer (void)
{
  App app;
  GvncPeer *peer = app_begin (&app, locked, "vnc-credentials-requested");

  g_assert_true (vnc_connection_set_credential (app.watch.conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, "password"));
  g_assert_true (g_cancellable_is_cancelled (vnc_credential_request_get_cancellable (app.request)));
  gvnc_watch_until (&app.watch, "vnc-initialized");
  g_assert_cmpuint (app.n_requests, ==, 1);
  app_end (&app, peer);
}

static void
test_refused (void)
{
  App app;
  GvncPeer *peer = app_begin (&app, asks, "vnc-credentials-requested");

  vnc_credential_request_refuse (app.request);
  gvnc_watch_until (&app.watch, "vnc-disconnected");
  gvnc_watch_expect (&app.watch, "vnc-connected", "vnc-auth-choose-type 2", "vnc-credentials-requested",
                     "vnc-error No credentials were given", "vnc-disconnected");
  app_end (&app, peer);
}

/* The server, or the application, or the last reference goes while somebody is being asked. */
static void
test_ends (gconstpointer data)
{
  const guint who = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  App app;
  GvncPeer *peer = app_begin (&app, who == 0 ? asks_and_closes : asks, "vnc-credentials-requested");

  vnc_credential_request_set (app.request, VNC_CONNECTION_CREDENTIAL_PASSWORD, "password");
  if (who == 0)
    gvnc_watch_until (&app.watch, "vnc-disconnected");
  else if (who == 1)
    vnc_connection_shutdown (app.watch.conn);
  else
    gvnc_watch_drop (&app.watch);
  g_assert_true (g_cancellable_is_cancelled (vnc_credential_request_get_cancellable (app.request)));
  vnc_credential_request_set (app.request, VNC_CONNECTION_CREDENTIAL_PASSWORD, "password");
  g_assert_false (vnc_credential_request_complete (app.request, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  vnc_credential_request_refuse (app.request);
  app_end (&app, peer);
}

/* Nobody is asked for what is there. */
static void
test_given_before (void)
{
  App app = { .takes = TRUE };
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&app.watch);
  app.watch.auth_type = VNC_CONNECTION_AUTH_VNC;
  g_signal_connect (app.watch.conn, "vnc-credentials-requested", G_CALLBACK (app_requested), &app);
  g_assert_true (vnc_connection_set_credential (app.watch.conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, "password"));
  peer = gvnc_peer_start (locked, 0, &fd);
  g_assert_true (vnc_connection_open_fd (app.watch.conn, fd));
  gvnc_watch_until (&app.watch, "vnc-initialized");
  g_assert_cmpuint (app.n_requests, ==, 0);
  app_end (&app, peer);
}

/* Types and subtypes that are chosen by the application's order, or by a handler all the same. */
typedef struct {
  const char *name;
  guint       types[3];         /* up to a 0 */
  guint       subtypes[3];
  gint        chooses;          /* a handler does, -1: none */
  const char *const *lines;
  const char *said[8];     /* up to a NULL */
} Order;

static const char *const offers_both[] = { HELLO, "> 03 01 13 02", "< 02", "> 000102030405060708090a0b0c0d0e0f", NULL };
static const char *const offers_none[] = { HELLO, "> 02 02 01", "< 01", "> 00000000", NULL };
static const char *const offers[] = { HELLO, "> 02 01 02", NULL };
static const char *const offers_subtypes[] = {
  HELLO, "> 01 13", "< 13", "> 0002", "< 0002", "> 00", "> 03 00000102 00000001 00000002", "< 00000002",
  "> 000102030405060708090a0b0c0d0e0f", NULL
};
static const char *const offers_other_subtypes[] = {
  HELLO, "> 01 13", "< 13", "> 0002", "< 0002", "> 00", "> 02 00000102 00000001", NULL
};

static const Order orders[] = {
  { "the best on offer", { 99, 2, 1 }, { 0 }, -1, offers_both,
    { "vnc-connected", "vnc-auth-choose-type 1 19 2", "vnc-auth-credential 0" } },
  { "a handler may choose", { 2, 0 }, { 0 }, 1, offers_none,
    { "vnc-connected", "vnc-auth-choose-type 2 1" } },
  { "nothing on offer", { 19, 129, 0 }, { 0 }, -1, offers,
    { "vnc-connected", "vnc-auth-choose-type 1 2", "vnc-auth-unsupported 1", "vnc-error *offered: 1, 2)", "vnc-disconnected" } },
  { "the best subtype", { 19, 0 }, { 260, 2, 1 }, -1, offers_subtypes,
    { "vnc-connected", "vnc-auth-choose-type 19", "vnc-auth-choose-subtype 19 258 1 2",
      "vnc-auth-credential 0" } },
  { "no subtype on offer", { 19, 0 }, { 260, 0 }, -1, offers_other_subtypes,
    { "vnc-connected", "vnc-auth-choose-type 19", "vnc-auth-choose-subtype 19 258 1", "vnc-auth-unsupported 258",
      "vnc-error *offered: 258, 1)", "vnc-disconnected" } },
};

static gsize
order_len (const guint numbers[3])
{
  gsize n = 0;

  while (n < 3 && numbers[n] != 0)
    n++;
  return n;
}

static void
test_order (gconstpointer data)
{
  const Order *row = data;
  const guint *got;
  GvncWatch watch;
  GvncPeer *peer;
  gsize n, last = 0;
  gint fd;

  gvnc_watch_init (&watch);
  watch.auth_type = row->chooses;
  g_assert_null (vnc_connection_get_auth_order (watch.conn, &n));
  vnc_connection_set_auth_order (watch.conn, row->types, order_len (row->types));
  vnc_connection_set_auth_subtype_order (watch.conn, row->subtypes, order_len (row->subtypes));
  got = vnc_connection_get_auth_order (watch.conn, &n);
  g_assert_cmpmem (got, n * sizeof *got, row->types, order_len (row->types) * sizeof *got);
  got = vnc_connection_get_auth_subtype_order (watch.conn, &n);
  g_assert_cmpmem (got, n * sizeof *got, row->subtypes, order_len (row->subtypes) * sizeof *got);

  /* Its own is as good as any other. */
  vnc_connection_set_auth_subtype_order (watch.conn, got, n);
  got = vnc_connection_get_auth_subtype_order (watch.conn, &n);
  g_assert_cmpmem (got, n * sizeof *got, row->subtypes, order_len (row->subtypes) * sizeof *got);

  peer = gvnc_peer_start (row->lines, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  while (last + 1 < G_N_ELEMENTS (row->said) && row->said[last + 1] != NULL)
    last++;
  gvnc_watch_until (&watch, row->said[last]);
  gvnc_watch_settle (&watch);
  gvnc_watch_check (&watch, row->said);
  /* The order outlives the session. */
  vnc_connection_shutdown (watch.conn);
  g_assert_nonnull (vnc_connection_get_auth_order (watch.conn, NULL));
  vnc_connection_set_auth_order (watch.conn, NULL, 0);
  g_assert_null (vnc_connection_get_auth_order (watch.conn, NULL));
  gvnc_watch_clear (&watch);
  gvnc_peer_finish (peer);
}

/* ---- what of a login is weak ---- */

typedef struct {
  const char *name;
  const char *lines[8];
  const char *weakness;   /* glob; NULL: nothing is weak */
} Weakness;

static const Weakness weaknesses[] = {
  { "a prime of 512 bits", { HELLO, "> 01 1e", "< 1e", "> 0002 0040 ff*64 55*64" }, "*prime has only 512 bits" },
  { "a prime of 2040 bits", { HELLO, "> 01 1e", "< 1e", "> 0002 00ff ff*255 55*255" }, "*prime has only 2040 bits" },
  { "a prime of 2048 bits", { HELLO, "> 01 1e", "< 1e", "> 0002 0100 ff*256 55*256" }, NULL },
  { "MSLogonII", { HELLO, "> 01 71", "< 71", "> 000000003b9aca07 000000007fffffff 000000006ae44d7b" }, "*key of 64 bits" },
  { "MSLogon", { "> 'RFB 003.003\n'", "< 'RFB 003.003\n'", "> fffffffa", "> 00*80" }, "*key that everybody knows" },
};

static char *
weakness_of (VncConnection *conn)
{
  char *weakness;

  g_object_get (conn, "weakness", &weakness, NULL);
  return weakness;
}

static void
weakness_noted (VncConnection *conn,
                GParamSpec    *pspec,
                GPtrArray     *values)
{
  char *weakness = weakness_of (conn);

  if (weakness != NULL)
    g_ptr_array_add (values, weakness);
}

static void
weakness_hook (GvncWatch  *watch,
               const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  if (g_str_equal (words[0], "vnc-auth-choose-type"))
    vnc_connection_set_auth_type (watch->conn, (guint) g_ascii_strtoll (words[1], NULL, 10));
}

static void
test_weakness (gconstpointer data)
{
  const Weakness *row = data;
  g_autoptr (GPtrArray) noted = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *weakness = NULL;
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  watch.hook = weakness_hook;
  g_signal_connect (watch.conn, "notify::weakness", G_CALLBACK (weakness_noted), noted);
  g_assert_null (weakness_of (watch.conn));
  g_object_set (watch.conn, "allow-weak", TRUE, NULL);
  peer = gvnc_peer_start (row->lines, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-auth-credential *");
  weakness = weakness_of (watch.conn);
  if (row->weakness != NULL) {
    g_assert_nonnull (weakness);
    g_assert_true (g_pattern_match_simple (row->weakness, weakness));
    g_assert_cmpuint (noted->len, ==, 1);
    g_assert_cmpstr (noted->pdata[0], ==, weakness);
  } else {
    g_assert_null (weakness);
    g_assert_cmpuint (noted->len, ==, 0);
  }
  vnc_connection_shutdown (watch.conn);
  gvnc_watch_until (&watch, "vnc-disconnected");
  g_assert_null (weakness_of (watch.conn));
  gvnc_watch_clear (&watch);
  gvnc_peer_finish (peer);
}

int
main (int   argc,
      char *argv[])
{
  static const char *const enders[] = { "the server", "the application", "the last reference" };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/credentials/later", test_later);
  g_test_add_func ("/credentials/not-taken", test_not_taken);
  g_test_add_func ("/credentials/old-answer", test_old_answer);
  g_test_add_func ("/credentials/refused", test_refused);
  g_test_add_func ("/credentials/given-before", test_given_before);
  for (guint i = 0; i < G_N_ELEMENTS (enders); i++) {
    g_autofree char *name = g_strconcat ("/credentials/ended by ", enders[i], NULL);

    g_test_add_data_func (name, GUINT_TO_POINTER (i), test_ends);
  }
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++) {
    g_autofree char *name = g_strconcat ("/order/", orders[i].name, NULL);

    g_test_add_data_func (name, &orders[i], test_order);
  }
  for (guint i = 0; i < G_N_ELEMENTS (weaknesses); i++) {
    g_autofree char *name = g_strconcat ("/weakness/", weaknesses[i].name, NULL);

    g_test_add_data_func (name, &weaknesses[i], test_weakness);
  }
  return g_test_run ();
}
