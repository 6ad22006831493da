/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/known-hosts.h"

#include <glib/gstdio.h>
#include <string.h>

/* The file of known hosts. */

static char *
own_file (const char *name)
{
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
  return g_build_filename (g_get_user_cache_dir (), name, NULL);
}

static void
remember (const char *path,
          const char *place,
          const char *kind,
          const char *pin)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gvnc_known_hosts_remember (path, place, kind, pin, &error));
  g_assert_no_error (error);
}

static void
check_is (const char *path,
          const char *text)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, text);
}

static void
test_life (void)
{
  g_autofree char *path = own_file ("deep/er/known_hosts");
  g_autofree char *known = NULL;
  GStatBuf info;

  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:1", "x509", "SHA256:x", NULL), ==, GVNC_KNOWN_HOSTS_NEW);
  remember (path, "[a]:1", "x509", "SHA256:x");
  remember (path, "[a]:2", "x509", "SHA256:y");
  remember (path, "[a]:1", "rsa", "SHA256:z");
  check_is (path, "[a]:1 x509 SHA256:x\n[a]:2 x509 SHA256:y\n[a]:1 rsa SHA256:z\n");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:1", "x509", "SHA256:x", NULL), ==, GVNC_KNOWN_HOSTS_SAME);
  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:1", "rsa", "SHA256:z", NULL), ==, GVNC_KNOWN_HOSTS_SAME);
  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:3", "x509", "SHA256:x", NULL), ==, GVNC_KNOWN_HOSTS_NEW);
  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:2", "rsa", "SHA256:y", NULL), ==, GVNC_KNOWN_HOSTS_NEW);
  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:2", "x509", "SHA256:x", &known), ==, GVNC_KNOWN_HOSTS_CHANGED);
  g_assert_cmpstr (known, ==, "SHA256:y");

  remember (path, "[a]:1", "x509", "SHA256:n");
  check_is (path, "[a]:2 x509 SHA256:y\n[a]:1 rsa SHA256:z\n[a]:1 x509 SHA256:n\n");
}

/* What people write, and what a host name may try. */
static void
test_strange (void)
{
  g_autofree char *path = own_file ("known_hosts");

  g_assert_true (g_file_set_contents (path, "# mine\n\n[a]:1 x509\n[a]:1 x509 SHA256:x and a comment\nnonsense", -1, NULL));
  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:1", "x509", "SHA256:x", NULL), ==, GVNC_KNOWN_HOSTS_SAME);
  remember (path, "[b]:1\n[c]:1", "x509", "SHA256:y z");
  remember (path, "unix:/a b", "x509", "SHA256:u");
  check_is (path, "# mine\n[a]:1 x509\n[a]:1 x509 SHA256:x and a comment\nnonsense\n"
                  "[b]:1%0A[c]:1 x509 SHA256:y z\nunix:/a%20b x509 SHA256:u\n");
  g_assert_cmpint (gvnc_known_hosts_check (path, "[c]:1", "x509", "SHA256:y", NULL), ==, GVNC_KNOWN_HOSTS_NEW);
  g_assert_cmpint (gvnc_known_hosts_check (path, "unix:/a b", "x509", "SHA256:u", NULL), ==, GVNC_KNOWN_HOSTS_SAME);
}

static void
test_unusable (void)
{
  g_autofree char *path = own_file ("folder");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_test_expect_message ("gvnc-tls", G_LOG_LEVEL_WARNING, "Cannot read the known hosts: *");
  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:1", "x509", "SHA256:x", NULL), ==, GVNC_KNOWN_HOSTS_NEW);
  g_test_assert_expected_messages ();
  g_assert_false (gvnc_known_hosts_remember (path, "[a]:1", "x509", "SHA256:x", &error));
  g_assert_nonnull (error);
}

#define N_WRITERS 4
#define N_LINES   25

static gpointer
writer (gpointer data)
{
  g_autofree char *path = own_file ("shared");

  for (guint i = 0; i < N_LINES; i++) {
    g_autofree char *place = g_strdup_printf ("[host%d]:%u", GPOINTER_TO_INT (data), i);

    remember (path, place, "x509", "SHA256:x");
  }
  return NULL;
}

/* Nobody loses what another has written. */
static void
test_many_writers (void)
{
  g_autofree char *path = own_file ("shared");
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  GThread *threads[N_WRITERS];

  for (gint i = 0; i < N_WRITERS; i++)
    threads[i] = g_thread_new ("writer", writer, GINT_TO_POINTER (i));
  for (gint i = 0; i < N_WRITERS; i++)
    g_thread_join (threads[i]);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  lines = g_strsplit (contents, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, N_WRITERS * N_LINES + 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/known-hosts/life", test_life);
  g_test_add_func ("/known-hosts/strange", test_strange);
  g_test_add_func ("/known-hosts/unusable", test_unusable);
  g_test_add_func ("/known-hosts/many-writers", test_many_writers);
  return g_test_run ();
}
