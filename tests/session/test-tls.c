/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/peer.h"
#include "lib/tls-server.h"
#include "lib/watch.h"
#include "session/engine.h"

#include <glib/gstdio.h>
#include <gnutls/gnutls.h>
#include <string.h>

/* Connections through TLS, to a server of GnuTLS's own at the other end of a socket. */

#define HOST "server.test"

/* Up to the beginning of TLS. */
#define BEFORE(subtype) \
  { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 13", "< 13", "> 0002", "< 0002", "> 00", \
    "> 01 0000" subtype, "< 0000" subtype, "> 01", "x", NULL }

#define DESK "> 0004 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000004 'desk'"

static const char *const before_tlsnone[] = BEFORE ("0101");
static const char *const before_tlsvnc[] = BEFORE ("0102");
static const char *const before_tlsplain[] = BEFORE ("0103");
static const char *const before_x509none[] = BEFORE ("0104");
static const char *const before_x509vnc[] = BEFORE ("0105");
static const char *const before_x509plain[] = BEFORE ("0106");
static const char *const before_tls18[] = { "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 12", "< 12", "x", NULL };

static const char *const inside_none[] = { "> 00000000", "< 00", DESK, NULL };
/* The response is that of tests/security to this challenge and password. */
static const char *const inside_vnc[] = {
  "> 000102030405060708090a0b0c0d0e0f", "< b866924125c8eebb9debc1db61c538e2", "> 00000000", "< 00", DESK, NULL
};
static const char *const inside_plain[] = {
  "< 00000006 00000008 'tester' 'password'", "> 00000000", "< 00", DESK, NULL
};
static const char *const inside_tls18[] = { "> 02 01 02", "< 01", "> 00000000", "< 00", DESK, NULL };
static const char *const inside_nothing[] = { NULL };

/* ---- the application ---- */

/* A file of this test's own; it goes away with the test. */
static char *
own_file (const char *name)
{
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
  return g_build_filename (g_get_user_cache_dir (), name, NULL);
}

static GvncTlsAuthority *authority;
static GBytes *authority_pem;

typedef enum {
  ANSWER_NONE,       /* nobody looks after certificates */
  ANSWER_NO,
  ANSWER_ONCE,
  ANSWER_REMEMBER,
  ANSWER_LATER,      /* yes, from the main loop */
  ANSWER_NEVER,      /* it is being thought about */
} Answer;

typedef struct {
  GvncWatch    watch;
  Answer       answer;
  const char  *client_name;
  guint        problems;       /* of the last certificate that was asked about */
  char        *fingerprint;
  GvncPeer    *peer;
} App;

static gboolean
app_accept (gpointer data)
{
  App *app = data;

  g_assert_true (vnc_connection_accept_certificate (app->watch.conn, VNC_CERTIFICATE_DECISION_ACCEPT));
  return G_SOURCE_REMOVE;
}

static gboolean
app_verify (VncConnection  *conn,
            VncCertificate *certificate,
            App            *app)
{
  g_autofree char *pem = vnc_certificate_to_pem (certificate);

  app->problems = vnc_certificate_get_problems (certificate);
  g_free (app->fingerprint);
  app->fingerprint = g_strdup (vnc_certificate_get_key_fingerprint (certificate));
  g_assert_cmpuint (app->problems, !=, 0);
  g_assert_cmpstr (vnc_certificate_get_problem_text (certificate), !=, "");
  g_assert_cmpuint (strlen (vnc_certificate_get_fingerprint (certificate)), ==, 32 * 3 - 1);
  g_assert_true (g_str_has_prefix (app->fingerprint, "SHA256:"));
  g_assert_true (g_str_has_prefix (pem, "-----BEGIN CERTIFICATE-----\n"));
  g_assert_false (vnc_certificate_is_bare_key (certificate));
  g_assert_cmpstr (vnc_certificate_get_subject (certificate), ==, "O=Test Server");

  switch (app->answer) {
  case ANSWER_NONE:
    return FALSE;
  case ANSWER_NO:
    vnc_connection_accept_certificate (conn, VNC_CERTIFICATE_DECISION_REFUSE);
    break;
  case ANSWER_ONCE:
    vnc_connection_accept_certificate (conn, VNC_CERTIFICATE_DECISION_ACCEPT);
    break;
  case ANSWER_REMEMBER:
    vnc_connection_accept_certificate (conn, VNC_CERTIFICATE_DECISION_REMEMBER);
    break;
  case ANSWER_LATER:
    g_timeout_add (20, app_accept, app);
    break;
  case ANSWER_NEVER:
    break;
  }
  return TRUE;
}

static void
app_hook (GvncWatch  *watch,
          const char *line)
{
  App *app = watch->data;
  guint type, number;

  if (sscanf (line, "vnc-auth-choose-subtype %u %u", &type, &number) == 2)
    g_assert_true (vnc_connection_set_auth_subtype (watch->conn, number));
  else if (strcmp (line, "vnc-auth-choose-type 19") == 0 || strcmp (line, "vnc-auth-choose-type 18") == 0)
    g_assert_true (vnc_connection_set_auth_type (watch->conn, (guint) atoi (strrchr (line, ' '))));
  else if (strcmp (line, "vnc-auth-credential 2") == 0)
    vnc_connection_set_credential (watch->conn, VNC_CONNECTION_CREDENTIAL_CLIENTNAME,
                                   app->client_name != NULL ? app->client_name : "");
  else if (strcmp (line, "vnc-auth-credential 1 0") == 0) {
    vnc_connection_set_credential (watch->conn, VNC_CONNECTION_CREDENTIAL_USERNAME, "tester");
    vnc_connection_set_credential (watch->conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, "password");
  }
}

static void
app_init (App    *app,
          Answer  answer)
{
  g_autofree char *known = own_file ("none");

  *app = (App) { .answer = answer };
  gvnc_watch_init (&app->watch);
  app->watch.hook = app_hook;
  app->watch.data = app;
  app->watch.password = "password";
  g_object_set (app->watch.conn, "ca-data", authority_pem, "known-hosts-file", known, NULL);
  if (answer != ANSWER_NONE)
    g_signal_connect (app->watch.conn, "vnc-verify-certificate", G_CALLBACK (app_verify), app);
}

static void
app_clear (App *app)
{
  gvnc_watch_clear (&app->watch);
  g_free (app->fingerprint);
}

static void
app_open (App           *app,
          GvncTlsServer *server,
          const char    *hostname)
{
  gint fd;

  app->peer = gvnc_peer_start_func (gvnc_tls_server_run, server, &fd);
  g_assert_true (vnc_connection_open_fd_with_hostname (app->watch.conn, fd, hostname));
}

/* Waits for a session and closes it. */
static void
app_enjoy (App *app)
{
  gvnc_watch_until (&app->watch, "vnc-initialized");
  vnc_connection_shutdown (app->watch.conn);
  gvnc_watch_settle (&app->watch);
  gvnc_peer_finish (app->peer);
  g_ptr_array_set_size (app->watch.lines, 0);
}

/* Waits for the end, which comes with an error that reads like @glob. */
static void
app_suffer (App        *app,
            const char *glob)
{
  g_autofree char *line = g_strconcat ("vnc-error ", glob, NULL);

  gvnc_watch_until (&app->watch, "vnc-disconnected");
  gvnc_watch_until (&app->watch, "vnc-error *");
  for (guint i = 0; i < app->watch.lines->len; i++) {
    const char *said = g_ptr_array_index (app->watch.lines, i);

    g_assert_false (g_str_has_prefix (said, "vnc-initialized"));
    if (g_str_has_prefix (said, "vnc-error ") && !g_pattern_match_simple (line, said))
      g_error ("“%s” in place of “%s”", said, line);
  }
  gvnc_peer_finish (app->peer);
  g_ptr_array_set_size (app->watch.lines, 0);
}

/* ---- sessions ---- */

typedef struct {
  const char        *name;
  gboolean           anonymous;
  const char *const *before;
  const char *const *inside;
  const char        *priority;
  const char        *secured;    /* glob */
} Session;

static const Session sessions[] = {
  { "anonymous, none", TRUE, before_tlsnone, inside_none, NULL, "TLS 1.2, *, anonymous" },
  { "anonymous, password", TRUE, before_tlsvnc, inside_vnc, NULL, "TLS 1.2, *, anonymous" },
  { "anonymous, user and password", TRUE, before_tlsplain, inside_plain, NULL, "TLS 1.2, *, anonymous" },
  { "anonymous, Diffie-Hellman only", TRUE, before_tlsnone, inside_none, "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+ANON-DH",
    "TLS 1.2, *, anonymous" },
  { "anonymous, an old version", TRUE, before_tlsnone, inside_none, "NORMAL:-VERS-ALL:+VERS-TLS1.0:-KX-ALL:+ANON-ECDH",
    "TLS 1.0, *, anonymous" },
  { "type 18, none", TRUE, before_tls18, inside_tls18, NULL, "TLS 1.2, *, anonymous" },
  { "certificate, none", FALSE, before_x509none, inside_none, NULL, "TLS 1.3, *, certificate" },
  { "certificate, password", FALSE, before_x509vnc, inside_vnc, NULL, "TLS 1.3, *, certificate" },
  { "certificate, user and password", FALSE, before_x509plain, inside_plain, NULL, "TLS 1.3, *, certificate" },
  { "certificate, version 1.2", FALSE, before_x509none, inside_none, "NORMAL:-VERS-ALL:+VERS-TLS1.2",
    "TLS 1.2, *, certificate" },
};

static void
test_session (gconstpointer data)
{
  const Session *session = data;
  GvncTlsServer server = { .authority = authority, .dns_name = HOST, .anonymous = session->anonymous,
                           .before = session->before, .inside = session->inside, .priority = session->priority };
  VncCertificate *certificate = NULL;
  g_autofree char *secured = NULL;
  gboolean encrypted;
  App app;

  app_init (&app, ANSWER_NONE);
  app_open (&app, &server, HOST);
  gvnc_watch_until (&app.watch, "vnc-initialized");
  g_object_get (app.watch.conn, "secured", &secured, "encrypted", &encrypted, "certificate", &certificate, NULL);
  g_assert_true (g_pattern_match_simple (session->secured, secured));
  g_assert_true (encrypted);
  g_assert_true ((certificate == NULL) == session->anonymous);
  if (certificate != NULL) {
    g_assert_cmpuint (vnc_certificate_get_problems (certificate), ==, 0);
    g_assert_cmpstr (vnc_certificate_get_host (certificate), ==, HOST);
    vnc_certificate_free (certificate);
  }
  app_enjoy (&app);
  g_assert_true (server.established);
  g_assert_true (server.complete);    /* with a good bye */
  g_object_get (app.watch.conn, "encrypted", &encrypted, NULL);
  g_assert_false (encrypted);
  app_clear (&app);
}

/* ---- certificates ---- */

typedef struct {
  const char    *name;
  gboolean       unsigned_;      /* by the authority */
  GvncTlsServer  server;
  const char    *hostname;
  guint          problems;       /* 0: trusted */
  const char    *error;
} Certificate;

static const Certificate certificates[] = {
  { "the right name", FALSE, { .dns_name = HOST }, HOST, 0, NULL },
  { "a wildcard", FALSE, { .dns_name = "*.example.test" }, "desk.example.test", 0, NULL },
  { "an address", FALSE, { .ip = { 127, 0, 0, 1 } }, "127.0.0.1", 0, NULL },
  { "an RSA key", FALSE, { .dns_name = HOST, .rsa_bits = 2048 }, HOST, 0, NULL },
  { "another name", FALSE, { .dns_name = "other.test" }, HOST, GVNC_PROBLEM_WRONG_HOST,
    "The server's certificate is not trusted: it is for “other.test”, not for “" HOST "”" },
  { "another address", FALSE, { .ip = { 127, 0, 0, 2 } }, "127.0.0.1", GVNC_PROBLEM_WRONG_HOST,
    "*it is for “127.0.0.2”, not for “127.0.0.1”" },
  { "no name", FALSE, { .dns_name = NULL }, HOST, GVNC_PROBLEM_WRONG_HOST, "*it names no host, so it is not for “" HOST "”" },
  { "nobody knows the host", FALSE, { .dns_name = HOST }, NULL, GVNC_PROBLEM_WRONG_HOST, "*nobody has said which host*" },
  { "expired", FALSE, { .dns_name = HOST, .from_days = -3, .to_days = -2 }, HOST, GVNC_PROBLEM_EXPIRED,
    "*it has expired on 20*-*:* UTC" },
  { "not valid yet", FALSE, { .dns_name = HOST, .from_days = 2, .to_days = 3 }, HOST, GVNC_PROBLEM_NOT_YET,
    "*it is not valid before 20*-*:* UTC" },
  { "signed by itself", TRUE, { .dns_name = HOST }, HOST, GVNC_PROBLEM_UNKNOWN_CA, "*it is signed by itself, by no authority" },
  { "everything at once", TRUE, { .dns_name = "other.test", .from_days = -3, .to_days = -2 }, HOST,
    GVNC_PROBLEM_UNKNOWN_CA | GVNC_PROBLEM_WRONG_HOST | GVNC_PROBLEM_EXPIRED,
    "*signed by itself*; it has expired on *; it is for “other.test”, not for “" HOST "”" },
};

/* What is wrong is told, and stops what nobody has decided for; what is accepted goes on. */
static void
test_certificate (gconstpointer data)
{
  const Certificate *certificate = data;
  static const Answer answers[] = { ANSWER_NONE, ANSWER_NO, ANSWER_ONCE, ANSWER_LATER };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    GvncTlsServer server = certificate->server;
    gboolean accepted = certificate->problems == 0 || answers[i] == ANSWER_ONCE || answers[i] == ANSWER_LATER;
    App app;

    server.authority = certificate->unsigned_ ? NULL : authority;
    server.before = before_x509none;
    server.inside = accepted ? inside_none : inside_nothing;
    app_init (&app, answers[i]);
    app_open (&app, &server, certificate->hostname);
    if (accepted)
      app_enjoy (&app);
    else
      app_suffer (&app, certificate->error);
    if (answers[i] != ANSWER_NONE)
      g_assert_cmphex (app.problems, ==, certificate->problems);
    app_clear (&app);
  }
}

/* The name may be set apart from where the connection leads. */
static void
test_hostname (void)
{
  GvncTlsServer server = { .authority = authority, .dns_name = HOST, .before = before_x509none, .inside = inside_none };
  App app;

  app_init (&app, ANSWER_NONE);
  g_object_set (app.watch.conn, "tls-hostname", HOST, NULL);
  app_open (&app, &server, "tunnel.test");
  app_enjoy (&app);
  app_clear (&app);
}

/* One of another name, and one that has taken the name. */
static void
test_other_authority (void)
{
  static const char *const names[] = { "Other Authority", "Test Authority" };
  static const char *const errors[] = {
    "*it is signed by “O=Other Authority”, which is not trusted here", "*it says to be signed by “O=Test Authority”, but *"
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    GvncTlsAuthority *other = gvnc_tls_authority_new (names[i]);
    GvncTlsServer server = { .authority = other, .dns_name = HOST, .before = before_x509none, .inside = inside_none };
    App app;

    app_init (&app, ANSWER_NONE);
    app_open (&app, &server, HOST);
    app_suffer (&app, errors[i]);
    app_clear (&app);
    gvnc_tls_authority_free (other);
  }
}

static void
test_revoked (void)
{
  GvncTlsServer server = { .authority = authority, .dns_name = HOST, .before = before_x509none, .inside = inside_none };
  g_autoptr (GBytes) crl = gvnc_tls_authority_crl (authority);
  g_autofree char *path = own_file ("crl.pem");
  gsize len;
  const char *text = g_bytes_get_data (crl, &len);
  App app;

  g_assert_true (g_file_set_contents (path, text, (gssize) len, NULL));
  app_init (&app, ANSWER_NONE);
  g_object_set (app.watch.conn, "crl-file", path, NULL);
  app_open (&app, &server, HOST);
  app_suffer (&app, "*its authority has revoked it");
  app_clear (&app);
}

/* Refused whatever the application says of the certificate, unless it allows what is weak. */
static void
test_too_weak_key (gconstpointer data)
{
  GvncTlsServer server = { .authority = authority, .dns_name = HOST, .before = before_x509none, .inside = inside_none,
                           .rsa_bits = GPOINTER_TO_UINT (data),
                           /* a short key cannot sign */
                           .priority = "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+RSA" };

  for (guint weak = 0; weak < 2; weak++) {
    g_autofree char *secured = NULL;
    g_autofree char *told = g_strdup_printf ("certificate, weak: RSA key of %u bits", server.rsa_bits);
    g_autofree char *refused = g_strdup_printf ("*key of %u bits*too weak*", server.rsa_bits);
    App app;

    app_init (&app, ANSWER_ONCE);
    g_object_set (app.watch.conn, "allow-weak", weak != 0, NULL);
    app_open (&app, &server, HOST);
    if (weak) {
      gvnc_watch_until (&app.watch, "vnc-initialized");
      g_object_get (app.watch.conn, "secured", &secured, NULL);
      g_assert_true (g_str_has_suffix (secured, told));
      app_enjoy (&app);
    } else {
      app_suffer (&app, refused);
    }
    app_clear (&app);
  }
}

/* With a handler that refuses to think of such keys. */
static void
test_weak_key (void)
{
  GvncTlsServer server = { .authority = authority, .dns_name = HOST, .before = before_x509none, .inside = inside_none,
                           .rsa_bits = 1024 };
  g_autofree char *secured = NULL;
  App app;

  app_init (&app, ANSWER_ONCE);
  app_open (&app, &server, HOST);
  gvnc_watch_until (&app.watch, "vnc-initialized");
  g_object_get (app.watch.conn, "secured", &secured, NULL);
  g_assert_true (g_str_has_suffix (secured, "certificate, weak: RSA key of 1024 bits"));
  app_enjoy (&app);
  app_clear (&app);
}

/* ---- files ---- */

typedef struct {
  const char *name;
  const char *property;
  const char *contents;   /* NULL: there is no such file */
  const char *error;
} BadFile;

static const BadFile bad_files[] = {
  { "no file of authorities", "ca-file", NULL, "*No such file*" },
  { "an empty file of authorities", "ca-file", "", "There is no certificate authority in “*”: *" },
  { "garbage in place of authorities", "ca-file", "garbage", "There is no certificate authority in “*”: *" },
  { "no list of revoked certificates", "crl-file", NULL, "*No such file*" },
  { "garbage in place of revoked certificates", "crl-file", "garbage", "There is no list of revoked certificates in “*”: *" },
};

static void
test_bad_file (gconstpointer data)
{
  const BadFile *file = data;
  GvncTlsServer server = { .authority = authority, .dns_name = HOST, .before = before_x509none, .inside = inside_none };
  g_autofree char *path = own_file ("bad.pem");
  App app;

  g_unlink (path);
  if (file->contents != NULL)
    g_assert_true (g_file_set_contents (path, file->contents, -1, NULL));
  app_init (&app, ANSWER_ONCE);
  if (strcmp (file->property, "ca-file") == 0)
    g_object_set (app.watch.conn, "ca-data", NULL, NULL);
  g_object_set (app.watch.conn, file->property, path, NULL);
  app_open (&app, &server, HOST);
  app_suffer (&app, file->error);
  app_clear (&app);
}

/* Files are found below the home, and the client's own certificate by its name. */
static void
test_home (void)
{
  GvncTlsServer server = { .authority = authority, .dns_name = HOST, .before = before_x509none, .inside = inside_none,
                           .asks_client = TRUE };
  g_autofree char *ca_folder = g_build_filename (g_get_home_dir (), ".pki", "CA", NULL);
  g_autofree char *ca_path = g_build_filename (ca_folder, "cacert.pem", NULL);
  g_autofree char *client_folder = g_build_filename (g_get_home_dir (), ".pki", "somebody", NULL);
  gsize len;
  const char *pem = g_bytes_get_data (authority_pem, &len);
  App app;

  g_assert_cmpint (g_mkdir_with_parents (ca_folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (ca_path, pem, (gssize) len, NULL));
  gvnc_tls_write_client (client_folder);

  app_init (&app, ANSWER_NONE);
  g_object_set (app.watch.conn, "ca-data", NULL, NULL);
  app_open (&app, &server, HOST);
  app_enjoy (&app);
  g_assert_false (server.client_shown);
  app.client_name = "somebody";
  app_open (&app, &server, HOST);
  app_enjoy (&app);
  g_assert_true (server.client_shown);
  app.client_name = "nobody";
  app_open (&app, &server, HOST);
  app_enjoy (&app);
  g_assert_false (server.client_shown);
  app.client_name = "../somebody";
  app_open (&app, &server, HOST);
  app_suffer (&app, "*“../somebody” is no client name*");
  app_clear (&app);
  g_assert_cmpint (g_unlink (ca_path), ==, 0);
}

/* Loading them must not be felt on the main loop; how long that took is told, not judged. */
typedef struct {
  gint64 last_us;
  gint64 longest_us;
} Gap;

static gboolean
gap_tick (gpointer data)
{
  Gap *gap = data;
  gint64 now_us = g_get_monotonic_time ();

  gap->longest_us = MAX (gap->longest_us, now_us - gap->last_us);
  gap->last_us = now_us;
  return G_SOURCE_CONTINUE;
}

static void
test_system_trust (void)
{
  GvncTlsServer server = { .authority = authority, .dns_name = HOST, .before = before_x509none, .inside = inside_none };
  Gap gap = { g_get_monotonic_time (), 0 };
  guint timer = g_timeout_add (5, gap_tick, &gap);
  App app;

  app_init (&app, ANSWER_NONE);
  g_object_set (app.watch.conn, "ca-data", NULL, NULL);
  app_open (&app, &server, HOST);
  app_suffer (&app, "*which is not trusted here");
  g_source_remove (timer);
  g_test_message ("longest time between two ticks of 5 ms: %.1f ms", (double) gap.longest_us / 1000);
  app_clear (&app);
}

/* ---- known hosts ---- */

static char *
known_new (App *app)
{
  char *path = own_file ("deep/known_hosts");

  g_unlink (path);
  g_object_set (app->watch.conn, "known-hosts-file", path, NULL);
  return path;
}

static void
test_first_use (void)
{
  GvncTlsServer server = { .dns_name = "whatever.test", .before = before_x509none, .inside = inside_none };
  GvncTlsServer other = { .dns_name = "whatever.test", .before = before_x509none, .inside = inside_nothing, .key_number = 1 };
  g_autofree char *path = NULL, *text = NULL;
  App app;

  app_init (&app, ANSWER_NONE);
  path = known_new (&app);
  app_open (&app, &server, HOST);
  app_suffer (&app, "*signed by itself*");    /* it has to be asked for */
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  g_object_set (app.watch.conn, "trust-on-first-use", TRUE, NULL);
  app_open (&app, &server, HOST);
  app_enjoy (&app);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "[" HOST "]: x509 SHA256:"));    /* a pair of UNIX sockets has no port */

  /* It is known, also without that. */
  g_object_set (app.watch.conn, "trust-on-first-use", FALSE, NULL);
  app_open (&app, &server, HOST);
  app_enjoy (&app);
  g_object_set (app.watch.conn, "trust-on-first-use", TRUE, NULL);
  app_open (&app, &other, HOST);
  app_suffer (&app, "*THE KEY OF * HAS CHANGED: SHA256:* was known, and SHA256:* has come*");
  app_clear (&app);
}

/* Nobody can tell whether it is the first time: it is asked for, and refused when nobody answers. */
static void
test_first_use_unreadable (void)
{
  for (Answer answer = ANSWER_NONE; answer <= ANSWER_ONCE; answer++) {
    GvncTlsServer server = { .dns_name = HOST, .before = before_x509none, .inside = inside_none };
    App app;

    app_init (&app, answer);
    g_object_set (app.watch.conn, "known-hosts-file", g_get_user_cache_dir (), "trust-on-first-use", TRUE, NULL);
    app_open (&app, &server, HOST);
    if (answer == ANSWER_ONCE)
      app_enjoy (&app);
    else
      app_suffer (&app, "*the known hosts cannot be read*” is no regular file*");
    g_assert_cmphex (app.problems, ==,
                     answer == ANSWER_NONE ? 0 : VNC_CERTIFICATE_PROBLEMS_UNKNOWN_CA | VNC_CERTIFICATE_PROBLEMS_OTHER);
    app_clear (&app);
  }
}

static void
test_remember (void)
{
  GvncTlsServer server = { .dns_name = HOST, .before = before_x509none, .inside = inside_none };
  GvncTlsServer renewed = { .dns_name = "renamed.test", .before = before_x509none, .inside = inside_none, .from_days = -9 };
  GvncTlsServer other = { .dns_name = HOST, .before = before_x509none, .inside = inside_none, .key_number = 1 };
  g_autofree char *path = NULL, *first = NULL;
  App app;

  app_init (&app, ANSWER_REMEMBER);
  path = known_new (&app);
  app_open (&app, &server, HOST);
  app_enjoy (&app);
  g_assert_cmphex (app.problems, ==, VNC_CERTIFICATE_PROBLEMS_UNKNOWN_CA);
  first = g_strdup (app.fingerprint);

  /* Nobody is asked again while the key is the same. */
  app.problems = 0;
  app_open (&app, &renewed, HOST);
  app_enjoy (&app);
  g_assert_cmphex (app.problems, ==, 0);

  /* Another host is another matter, and another key is too. */
  app.answer = ANSWER_ONCE;
  app_open (&app, &server, "elsewhere.test");
  app_enjoy (&app);
  g_assert_cmphex (app.problems, ==, VNC_CERTIFICATE_PROBLEMS_UNKNOWN_CA | VNC_CERTIFICATE_PROBLEMS_WRONG_HOST);
  app_open (&app, &other, HOST);
  app_enjoy (&app);
  g_assert_cmphex (app.problems, ==, VNC_CERTIFICATE_PROBLEMS_UNKNOWN_CA | VNC_CERTIFICATE_PROBLEMS_CHANGED);
  g_assert_cmpstr (app.fingerprint, !=, first);

  /* What was accepted once is not kept; what is remembered takes the place of what was known. */
  app.problems = 0;
  app_open (&app, &server, HOST);
  app_enjoy (&app);
  g_assert_cmphex (app.problems, ==, 0);
  app.answer = ANSWER_REMEMBER;
  app_open (&app, &other, HOST);
  app_enjoy (&app);
  app.problems = 0;
  app_open (&app, &other, HOST);
  app_enjoy (&app);
  g_assert_cmphex (app.problems, ==, 0);
  app_clear (&app);
}

/* ---- trouble ---- */

static void
check_cut (const char *const *before,
           gboolean           anonymous,
           gsize              most)
{
  gsize cut = 0;
  GvncTlsServer server;

  /* Every byte would take minutes under a sanitizer; the step is no divisor of any length in there. */
  do {
    App app;

    cut += 53;
    server = (GvncTlsServer) { .authority = authority, .dns_name = HOST, .anonymous = anonymous, .before = before,
                               .inside = inside_none, .most_bytes = cut };
    app_init (&app, ANSWER_ONCE);
    app_open (&app, &server, HOST);
    gvnc_watch_until (&app.watch, "vnc-disconnected");
    gvnc_watch_until (&app.watch, "vnc-error *closed the connection*");
    gvnc_peer_finish (app.peer);
    app_clear (&app);
  } while (cut < most);
}

static void
test_cut (void)
{
  check_cut (before_x509none, FALSE, 600);
  check_cut (before_tlsnone, TRUE, 200);
}

/* @what is told in the table of docs/security.md. */
static void
assert_failed (GvncWatch  *watch,
               const char *what,
               const char *error)
{
  g_autofree char *line = g_strconcat ("vnc-error ", error, NULL);

  g_test_message ("%s", what);
  gvnc_watch_until (watch, line);
  gvnc_watch_until (watch, "vnc-disconnected");
}

static void
test_rehandshake (void)
{
  GvncTlsServer server = { .authority = authority, .dns_name = HOST, .before = before_x509none, .inside = inside_none,
                           .priority = "NORMAL:-VERS-ALL:+VERS-TLS1.2", .rehandshake = TRUE };
  App app;

  app_init (&app, ANSWER_NONE);
  app_open (&app, &server, HOST);
  gvnc_watch_until (&app.watch, "vnc-initialized");
  assert_failed (&app.watch, "a wish to agree anew in the session", "The server wants to agree on TLS anew, which is not allowed");
  gvnc_peer_finish (app.peer);
  app_clear (&app);
}

/* Closing while somebody thinks about a certificate. */
static void
test_close_while_asked (void)
{
  for (guint round = 0; round < 2; round++) {
    GvncTlsServer server = { .dns_name = HOST, .before = before_x509none, .inside = inside_nothing };
    App app;

    app_init (&app, ANSWER_NEVER);
    app_open (&app, &server, HOST);
    gvnc_watch_until (&app.watch, "vnc-verify-certificate *");
    if (round == 0) {
      vnc_connection_shutdown (app.watch.conn);
      g_assert_false (vnc_connection_accept_certificate (app.watch.conn, VNC_CERTIFICATE_DECISION_ACCEPT));
      gvnc_watch_until (&app.watch, "vnc-disconnected");
    } else {
      gvnc_watch_drop (&app.watch);
    }
    gvnc_peer_finish (app.peer);
    app_clear (&app);
  }
}

#define BULK_LEN 600000

/* More than fits into any buffer on the way, in both directions at once. */
static void
test_bulk (void)
{
  static const char *const inside[] = {
    "> 00000000", "< 00", DESK, "> 03 000000 000927c0 78*600000", "< 06 000000 000927c0 79*600000", "> 02", NULL
  };
  GvncTlsServer server = { .authority = authority, .dns_name = HOST, .before = before_x509none, .inside = inside };
  g_autofree char *text = g_malloc (BULK_LEN);
  App app;

  memset (text, 'y', BULK_LEN);
  app_init (&app, ANSWER_NONE);
  app_open (&app, &server, HOST);
  gvnc_watch_until (&app.watch, "vnc-initialized");
  g_assert_true (vnc_connection_client_cut_text (app.watch.conn, text, BULK_LEN));
  gvnc_watch_until (&app.watch, "vnc-server-cut-text xxx*");
  gvnc_watch_until (&app.watch, "vnc-bell");
  app_enjoy (&app);
  g_assert_true (server.complete);
  app_clear (&app);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  authority = gvnc_tls_authority_new ("Test Authority");
  authority_pem = gvnc_tls_authority_pem (authority);

  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++) {
    g_autofree char *path = g_strdup_printf ("/tls/session/%s", sessions[i].name);

    g_test_add_data_func (path, &sessions[i], test_session);
  }
  for (guint i = 0; i < G_N_ELEMENTS (certificates); i++) {
    g_autofree char *path = g_strdup_printf ("/tls/certificate/%s [A14]", certificates[i].name);

    g_test_add_data_func (path, &certificates[i], test_certificate);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad_files); i++) {
    g_autofree char *path = g_strdup_printf ("/tls/file/%s", bad_files[i].name);

    g_test_add_data_func (path, &bad_files[i], test_bad_file);
  }
  g_test_add_func ("/tls/hostname", test_hostname);
  g_test_add_func ("/tls/other-authority", test_other_authority);
  g_test_add_func ("/tls/revoked", test_revoked);
  g_test_add_func ("/tls/weak-key", test_weak_key);
  g_test_add_data_func ("/tls/too-weak-key/512", GUINT_TO_POINTER (512), test_too_weak_key);
  g_test_add_data_func ("/tls/too-weak-key/1023", GUINT_TO_POINTER (1023), test_too_weak_key);
  g_test_add_func ("/tls/home [A15]", test_home);
  g_test_add_func ("/tls/system-trust", test_system_trust);
  g_test_add_func ("/tls/first-use", test_first_use);
  g_test_add_func ("/tls/first-use-unreadable", test_first_use_unreadable);
  g_test_add_func ("/tls/remember", test_remember);
  g_test_add_func ("/tls/cut", test_cut);
  g_test_add_func ("/tls/rehandshake", test_rehandshake);
  g_test_add_func ("/tls/close-while-asked", test_close_while_asked);
  g_test_add_func ("/tls/bulk", test_bulk);
  status = g_test_run ();

  g_bytes_unref (authority_pem);
  gvnc_tls_authority_free (authority);
  return status;
}
