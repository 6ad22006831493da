/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/peer.h"
#include "lib/tls-server.h"
#include "lib/watch.h"

#include <dlfcn.h>
#include <gnutls/gnutls.h>
#include <nettle/rsa.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef HAVE_SASL
#include <sasl/sasl.h>
#endif

/* What takes long while a connection is opened never happens on the main loop's thread: the functions of other libraries that
 * do it are taken here before they come there. With --gaps, nothing is checked: each then takes a second longer, as a
 * Kerberos step may, and what is printed is how long the main loop stood still at most, by a timer of 5 ms. */

#define GAP_MS 5

static GThread *main_thread;
static gboolean slow;
static guint n_calls;

static void
called (const char *what)
{
  if (g_thread_self () == main_thread)
    g_error ("%s is called on the main loop's thread", what);
  g_atomic_int_inc (&n_calls);
  if (slow)
    g_usleep (G_USEC_PER_SEC);
}

/* What @name is behind ours, to *@real. */
static void
find_real (const char *name,
           void       *real)
{
  void *symbol = dlsym (RTLD_NEXT, name);

  g_assert_nonnull (symbol);
  memcpy (real, &symbol, sizeof symbol);
}

int
gnutls_certificate_set_x509_system_trust (gnutls_certificate_credentials_t credentials)
{
  __typeof__ (&gnutls_certificate_set_x509_system_trust) real;

  called ("gnutls_certificate_set_x509_system_trust");
  find_real ("gnutls_certificate_set_x509_system_trust", &real);
  return real (credentials);
}

int
rsa_generate_keypair (struct rsa_public_key  *public_key,
                      struct rsa_private_key *private_key,
                      void                   *random_context,
                      nettle_random_func     *random,
                      void                   *progress_context,
                      nettle_progress_func   *progress,
                      unsigned                bits,
                      unsigned                exponent_bits)
{
  __typeof__ (&rsa_generate_keypair) real;

  called ("nettle_rsa_generate_keypair");
  find_real ("nettle_rsa_generate_keypair", &real);
  return real (public_key, private_key, random_context, random, progress_context, progress,
                                        bits, exponent_bits);
}

#ifdef HAVE_SASL
int
sasl_client_start (sasl_conn_t      *conn,
                   const char       *mechanisms,
                   sasl_interact_t **prompts,
                   const char      **out,
                   unsigned         *out_len,
                   const char      **mechanism)
{
  __typeof__ (&sasl_client_start) real;

  called ("sasl_client_start");
  find_real ("sasl_client_start", &real);
  return real (conn, mechanisms, prompts, out, out_len, mechanism);
}

int
sasl_client_step (sasl_conn_t      *conn,
                  const char       *in,
                  unsigned          in_len,
                  sasl_interact_t **prompts,
                  const char      **out,
                  unsigned         *out_len)
{
  __typeof__ (&sasl_client_step) real;

  called ("sasl_client_step");
  find_real ("sasl_client_step", &real);
  return real (conn, in, in_len, prompts, out, out_len);
}
#endif

/* ---- the main loop ---- */

typedef struct {
  gint64 latest_us;
  gint64 longest_us;
  gint64 worked_us;           /* what this thread had used of the processor before the latest */
  gint64 most_worked_us;      /* other processes have no part in this */
} Gap;

static gint64
worked (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (gint64) t.tv_sec * G_USEC_PER_SEC + t.tv_nsec / 1000;
}

static gboolean
gap_tick (gpointer data)
{
  Gap *gap = data;
  gint64 now_us = g_get_monotonic_time ();

  gap->longest_us = MAX (gap->longest_us, now_us - gap->latest_us - GAP_MS * 1000);
  gap->latest_us = now_us;
  gap->most_worked_us = MAX (gap->most_worked_us, worked () - gap->worked_us);
  gap->worked_us = worked ();
  return G_SOURCE_CONTINUE;
}

static void
gap_print (const Gap  *gap,
           const char *what)
{
  printf ("%-28s %8.1f %8.1f\n", what, (double) gap->longest_us / 1000, (double) gap->most_worked_us / 1000);
}

/* The same without any connection, as this machine is busy. */
static void
gap_of_nothing (void)
{
  Gap gap = { .latest_us = g_get_monotonic_time (), .worked_us = worked () };
  guint timer = g_timeout_add_full (G_PRIORITY_HIGH, GAP_MS, gap_tick, &gap, NULL);

  for (gint64 end = g_get_monotonic_time () + 2 * G_USEC_PER_SEC; g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  printf ("%-28s %8s %8s\n%-28s %8s %8s\n", "longest pause, ms", "of", "of its", "during", "the loop", "own work");
  gap_print (&gap, "nothing");
}

static gboolean
accept_any (VncConnection  *conn,
            VncCertificate *certificate)
{
  return vnc_connection_accept_certificate (conn, VNC_CERTIFICATE_DECISION_ACCEPT);
}

static void
give (GvncWatch  *watch,
      const char *line)
{
  if (g_str_has_prefix (line, "vnc-auth-choose-subtype "))
    vnc_connection_set_auth_subtype (watch->conn, 260);
  else if (g_str_has_prefix (line, "vnc-auth-credential ")) {
    vnc_connection_set_credential (watch->conn, VNC_CONNECTION_CREDENTIAL_USERNAME, "tester");
    vnc_connection_set_credential (watch->conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, "sesame");
    vnc_connection_set_credential (watch->conn, VNC_CONNECTION_CREDENTIAL_CLIENTNAME, "");
  }
}

/* Opens, waits for the end, and says how often something that takes long was called. */
static guint
open_to (GvncPeer   *peer,
         gint        fd,
         gint        auth_type,
         const char *what)
{
  g_autofree char *known = g_build_filename (g_get_user_cache_dir (), "none", NULL);
  GvncWatch watch;
  Gap gap = { .latest_us = g_get_monotonic_time (), .worked_us = worked () };
  guint timer = g_timeout_add_full (G_PRIORITY_HIGH, GAP_MS, gap_tick, &gap, NULL);

  g_atomic_int_set (&n_calls, 0);
  gvnc_watch_init (&watch);
  watch.auth_type = auth_type;
  watch.hook = give;
  g_object_set (watch.conn, "known-hosts-file", known, "allow-plain", TRUE, NULL);
  g_signal_connect (watch.conn, "vnc-verify-certificate", G_CALLBACK (accept_any), NULL);
  g_assert_true (vnc_connection_open_fd_with_hostname (watch.conn, fd, "server.test"));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_peer_finish (peer);
  gvnc_watch_clear (&watch);
  g_source_remove (timer);
  if (slow)
    gap_print (&gap, what);
  return (guint) g_atomic_int_get (&n_calls);
}

static void
test_trust (void)
{
  static const char *const before[] = {
    "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 13", "< 13", "> 0002", "< 0002", "> 00", "> 01 00000104", "< 00000104", "> 01",
    "x", NULL
  };
  static const char *const inside[] = { "> 00000001 00000002 'no'", NULL };
  GvncTlsServer server = { .dns_name = "server.test", .before = before, .inside = inside };
  gint fd;
  GvncPeer *peer = gvnc_peer_start_func (gvnc_tls_server_run, &server, &fd);

  g_assert_cmpuint (open_to (peer, fd, 19, "authorities of the system"), ==, 1);
}

static void
test_rsa (void)
{
  static const char *const lines[] = {
    "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 05", "< 05", "> 00000800 ff*256 00*253 010001", "< 00000800", "x", NULL
  };
  gint fd;
  GvncPeer *peer = gvnc_peer_start (lines, 0, &fd);

  g_assert_cmpuint (open_to (peer, fd, 5, "a key for RSA-AES"), ==, 1);
}

#ifdef HAVE_SASL
static void
test_sasl (void)
{
  static const char *const lines[] = {
    "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 14", "< 14", "> 00000005 'PLAIN'",
    "< 00000005 'PLAIN' 0000000f 00 'tester' 00 'sesame' 00", "> 00000000 01  00000001 00000002 'no'", "x", NULL
  };
  gint fd;
  GvncPeer *peer = gvnc_peer_start (lines, 0, &fd);

  /* once more when the password is there; one of the two calls the other */
  g_assert_cmpuint (open_to (peer, fd, 20, "steps of SASL"), >=, 2);
}
#endif

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  main_thread = g_thread_self ();
  slow = argc > 1 && strcmp (argv[1], "--gaps") == 0;
  if (slow)
    gap_of_nothing ();
  g_test_add_func ("/main-loop/trust", test_trust);
  g_test_add_func ("/main-loop/rsa", test_rsa);
#ifdef HAVE_SASL
  g_test_add_func ("/main-loop/sasl", test_sasl);
#endif
  return g_test_run ();
}
