/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/peer.h"
#include "lib/tls-server.h"
#include "lib/watch.h"
#include "transport/serve.h"

#include <stdlib.h>

/* A security type that fails early: the next one is tried on a new connection, or not. The application takes the first of what
 * is on offer, each time. */

#define HELLO     "> 'RFB 003.008\n'", "< 'RFB 003.008\n'"
#define CHALLENGE "> 000102030405060708090a0b0c0d0e0f", "< b866924125c8eebb9debc1db61c538e2"
#define INIT      "> 00000000", "< 00", "> 0004 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000004 'desk'"
#define VENCRYPT  HELLO, "> 01 13", "< 13", "> 0002", "< 0002", "> 00"
#define SUBTYPES(number) VENCRYPT, "> 02 0000" number " 00000001", "< 0000" number

#define MOST_LINKS 3
#define MOST_LINES 14

typedef struct {
  const char *name;
  ServeLink   links[MOST_LINKS];
  const char *said[MOST_LINES];     /* the signals, as globs */
  gboolean    forbidden;            /* the application does not allow reconnecting */
  guint       preset;               /* what it has chosen before the offer; 0: nothing */
  guint       insists;              /* what it chooses whatever is on offer; 0: the first */
  guint       insists_subtype;      /* likewise */
  gboolean    gives_up;             /* it closes the connection when it is told that no credentials are needed any more */
} Row;

/* MSLogonII is refused where others can listen, before anything is sent but the choice. */
static const char *const mslogon_vnc[] = { HELLO, "> 02 71 02", "< 71", NULL };
static const char *const mslogon_none[] = { HELLO, "> 02 71 01", "< 71", "> 00000001 00000002 'no'", "x", NULL };
static const char *const mslogon_closes[] = { HELLO, "> 02 71 02", "< 71", "x", NULL };
static const char *const then_vnc[] = { HELLO, "> 02 71 02", "< 02", CHALLENGE, INIT, NULL };
static const char *const then_vnc_refused[] = { HELLO, "> 02 71 02", "< 02", CHALLENGE, "> 00000001 00000002 'no'", "x", NULL };
static const char *const then_nothing[] = { HELLO, "> 01 71", NULL };
static const char *const none_refused[] = { HELLO, "> 02 01 02", "< 01", "> 00000001 00000002 'no'", "x", NULL };
static const char *const none_vnc[] = { HELLO, "> 02 01 02", "< 02", CHALLENGE, INIT, NULL };
static const char *const vnc_refused[] = { HELLO, "> 02 02 01", "< 02", CHALLENGE, "> 00000001 00000002 'no'", "x", NULL };
static const char *const vnc_closes[] = { HELLO, "> 02 02 01", "< 02", CHALLENGE, "x", NULL };
static const char *const vnc_hangs_up[] = { HELLO, "> 02 02 01", "< 02", "> 000102030405060708090a0b0c0d0e0f", "x", NULL };
static const char *const plain_none[] = { SUBTYPES ("0100"), NULL };
static const char *const then_subtype_none[] = { VENCRYPT, "> 02 00000100 00000001", "< 00000001", INIT, NULL };
static const char *const plain_none_again[] = { VENCRYPT, "> 02 00000100 00000001", NULL };
static const char *const subtypes_gone[] = { HELLO, "> 02 13 01", "< 13", "> 0002", "< 0002", "> 00", "> 01 00000100", "< 00000100", NULL };
static const char *const then_type_none[] = { HELLO, "> 02 13 01", "< 01", INIT, NULL };
static const char *const tls_closes[] = { SUBTYPES ("0101"), "> 01", "x", NULL };
static const char *const tls_then_none[] = { VENCRYPT, "> 02 00000101 00000001", "< 00000001", INIT, NULL };
static const char *const x509_closes[] = { SUBTYPES ("0104"), "> 01", "x", NULL };
static const char *const x509_shown[] = { SUBTYPES ("0104"), "> 01", "x", NULL };
static const char *const inside_nothing[] = { NULL };

/* Signed by itself. */
static GvncTlsServer stranger = { .dns_name = "server.test", .inside = inside_nothing };

static const Row rows[] = {
  { "the next type", { { mslogon_vnc, NULL }, { then_vnc, NULL } },
    { "vnc-connected", "vnc-auth-choose-type 113 2", "vnc-reconnecting 1 0",
      "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-initialized" } },
  { "the server hangs up on a type", { { mslogon_closes, NULL }, { then_vnc, NULL } },
    { "vnc-connected", "vnc-auth-choose-type 113 2", "vnc-reconnecting 1 0",
      "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-initialized" } },
  { "None is refused", { { none_refused, NULL }, { none_vnc, NULL } },
    { "vnc-connected", "vnc-auth-choose-type 1 2", "vnc-reconnecting 1 0",
      "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-initialized" } },
  { "the next is wrong", { { mslogon_vnc, NULL }, { then_vnc_refused, NULL } },
    { "vnc-connected", "vnc-auth-choose-type 113 2", "vnc-reconnecting 1 0",
      "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-error *: no", "vnc-auth-failure no",
      "vnc-disconnected" } },
  { "the server has changed its offer", { { mslogon_vnc, NULL }, { then_nothing, NULL } },
    { "vnc-connected", "vnc-auth-choose-type 113 2", "vnc-reconnecting 1 0",
      "vnc-connected", "vnc-error *MSLogonII*", "vnc-disconnected" } },
  { "the next subtype", { { plain_none, NULL }, { then_subtype_none, NULL } },
    { "vnc-connected", "vnc-auth-choose-type 19", "vnc-auth-choose-subtype 19 256 1", "vnc-reconnecting 1 0",
      "vnc-connected", "vnc-auth-choose-type 19", "vnc-auth-choose-subtype 19 1", "vnc-initialized" } },
  { "no subtype is left", { { subtypes_gone, NULL }, { then_type_none, NULL } },
    { "vnc-connected", "vnc-auth-choose-type 19 1", "vnc-auth-choose-subtype 19 256", "vnc-reconnecting 2 0",
      "vnc-connected", "vnc-auth-choose-type 1", "vnc-initialized" } },
  { "anonymous TLS fails", { { tls_closes, NULL }, { tls_then_none, NULL } },
    { "vnc-connected", "vnc-auth-choose-type 19", "vnc-auth-choose-subtype 19 257 1", "vnc-reconnecting 1 0",
      "vnc-connected", "vnc-auth-choose-type 19", "vnc-auth-choose-subtype 19 1", "vnc-initialized" } },

  { "not after a password", { { vnc_refused, NULL } },
    { "vnc-connected", "vnc-auth-choose-type 2 1", "vnc-auth-credential 0", "vnc-error *: no", "vnc-auth-failure no",
      "vnc-disconnected" } },
  { "not when it hangs up on a password", { { vnc_closes, NULL } },
    { "vnc-connected", "vnc-auth-choose-type 2 1", "vnc-auth-credential 0", "vnc-error *credentials", "vnc-auth-failure *",
      "vnc-disconnected" } },
  { "not when reconnecting is not allowed", { { mslogon_none, NULL } }, .forbidden = TRUE,
    .said = { "vnc-connected", "vnc-auth-choose-type 113 1", "vnc-error *MSLogonII*", "vnc-disconnected" } },
  { "not when nothing is left", { { then_nothing, NULL } },
    { "vnc-connected", "vnc-auth-choose-type 113", "vnc-error *MSLogonII*", "vnc-disconnected" } },
  { "not when the application has chosen before", { { mslogon_none, NULL } }, .preset = 113,
    .said = { "vnc-connected", "vnc-auth-choose-type 113 1", "vnc-error *MSLogonII*", "vnc-disconnected" } },
  { "not when the application insists", { { mslogon_vnc, NULL }, { then_nothing, NULL } }, .insists = 113,
    .said = { "vnc-connected", "vnc-auth-choose-type 113 2", "vnc-reconnecting 1 0", "vnc-connected",
              "vnc-error *MSLogonII*", "vnc-disconnected" } },
  { "not when the application insists on a subtype", { { plain_none, NULL }, { plain_none_again, NULL } }, .insists_subtype = 256,
    .said = { "vnc-connected", "vnc-auth-choose-type 19", "vnc-auth-choose-subtype 19 256 1", "vnc-reconnecting 1 0",
              "vnc-connected", "vnc-auth-choose-type 19", "vnc-auth-choose-subtype 19 1", "vnc-error *unencrypted*", "vnc-disconnected" } },
  { "not when the application closes", { { vnc_hangs_up, NULL } }, .gives_up = TRUE,
    .said = { "vnc-connected", "vnc-auth-choose-type 2 1", "vnc-disconnected" } },
  { "not when a certificate is refused", { { x509_shown, &stranger } },
    { "vnc-connected", "vnc-auth-choose-type 19", "vnc-auth-choose-subtype 19 260 1", "vnc-auth-credential 2",
      "vnc-verify-certificate …", "vnc-error *certificate is not trusted*", "vnc-disconnected" } },
  { "not when a certificate could have been shown", { { x509_closes, NULL } },
    { "vnc-connected", "vnc-auth-choose-type 19", "vnc-auth-choose-subtype 19 260 1", "vnc-auth-credential 2",
      "vnc-error *", "vnc-disconnected" } },
};

static const Row *current;
static gint n_links;      /* that were made; atomic */

/* The next connection's part. */
static void
fallback_serve (Serve *serve,
                gint   fd)
{
  serve_link (&current->links[g_atomic_int_add (&n_links, 1)], fd);
}

static void
fallback_choose_subtype (VncConnection     *conn,
                         const Row         *row,
                         const char *const *offered)
{
  guint subtype = row->insists_subtype != 0 ? row->insists_subtype : (guint) atoi (offered[0]);
  g_autofree char *text = g_strdup_printf ("%u", subtype);

  g_assert_cmpint (vnc_connection_set_auth_subtype (conn, subtype), ==, g_strv_contains (offered, text));
}

static void
fallback_hook (GvncWatch  *watch,
               const char *line)
{
  const Row *row = watch->data;
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  if (g_str_equal (words[0], "vnc-auth-choose-type") && row->preset == 0)
    vnc_connection_set_auth_type (watch->conn, row->insists != 0 ? row->insists : (guint) atoi (words[1]));
  else if (g_str_equal (words[0], "vnc-auth-choose-subtype"))
    fallback_choose_subtype (watch->conn, row, (const char *const *) words + 2);
  else if (g_str_equal (line, "vnc-auth-credential 2"))
    g_assert_true (vnc_connection_set_credential (watch->conn, VNC_CONNECTION_CREDENTIAL_CLIENTNAME, ""));
}

static gboolean
fallback_asked (VncConnection        *conn,
                VncCredentialRequest *request)
{
  g_signal_connect_object (vnc_credential_request_get_cancellable (request), "cancelled", G_CALLBACK (vnc_connection_shutdown),
                           conn, G_CONNECT_SWAPPED);
  return TRUE;
}

static void
fallback_opened (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
test_fallback (gconstpointer data)
{
  ServeFunc funcs[MOST_LINKS + 1] = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean initialized, succeeds;
  GvncWatch watch;
  Serve serve;
  guint n_said = 0;

  current = data;
  for (guint i = 0; i < MOST_LINKS && current->links[i].lines != NULL; i++)
    funcs[i] = fallback_serve;
  while (n_said < MOST_LINES && current->said[n_said] != NULL)
    n_said++;
  succeeds = g_str_equal (current->said[n_said - 1], "vnc-initialized");

  g_atomic_int_set (&n_links, 0);
  serve_start (&serve, funcs, NULL);
  gvnc_watch_init (&watch);
  watch.password = "password";
  watch.hook = fallback_hook;
  watch.data = (gpointer) current;
  if (current->gives_up)
    g_signal_connect (watch.conn, "vnc-credentials-requested", G_CALLBACK (fallback_asked), NULL);
  g_object_set (watch.conn, "reconnect", !current->forbidden, NULL);
  if (current->preset != 0)
    g_assert_true (vnc_connection_set_auth_type (watch.conn, current->preset));
  vnc_connection_open_host_async (watch.conn, "127.0.0.1", serve.port_text, NULL, fallback_opened, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  gvnc_watch_until (&watch, current->said[n_said - 1]);
  gvnc_watch_settle (&watch);
  /* Whoever waits for a session hears of the last try only. */
  initialized = vnc_connection_open_host_finish (watch.conn, result, &error);
  g_assert_cmpint (initialized, ==, succeeds);
  gvnc_watch_check (&watch, current->said);
  g_clear_object (&result);     /* it holds the connection */
  gvnc_watch_clear (&watch);
  serve_finish (&serve);
  g_assert_cmpint (g_atomic_int_get (&n_links), ==, current->links[1].lines != NULL ? 2 : 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *name = g_strconcat ("/fallback/", rows[i].name, NULL);

    g_test_add_data_func (name, &rows[i], test_fallback);
  }
  return g_test_run ();
}
