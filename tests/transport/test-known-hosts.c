/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/limits.h"
#include "transport/known-hosts.h"
#include "transport/trust.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

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

  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:1", "x509", "SHA256:x", NULL, NULL), ==, GVNC_KNOWN_HOSTS_NEW);
  remember (path, "[a]:1", "x509", "SHA256:x");
  remember (path, "[a]:2", "x509", "SHA256:y");
  remember (path, "[a]:1", "rsa", "SHA256:z");
  check_is (path, "[a]:1 x509 SHA256:x\n[a]:2 x509 SHA256:y\n[a]:1 rsa SHA256:z\n");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:1", "x509", "SHA256:x", NULL, NULL), ==, GVNC_KNOWN_HOSTS_SAME);
  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:1", "rsa", "SHA256:z", NULL, NULL), ==, GVNC_KNOWN_HOSTS_SAME);
  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:3", "x509", "SHA256:x", NULL, NULL), ==, GVNC_KNOWN_HOSTS_NEW);
  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:2", "rsa", "SHA256:y", NULL, NULL), ==, GVNC_KNOWN_HOSTS_NEW);
  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:2", "x509", "SHA256:x", &known, NULL), ==, GVNC_KNOWN_HOSTS_CHANGED);
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
  g_assert_cmpint (gvnc_known_hosts_check (path, "[a]:1", "x509", "SHA256:x", NULL, NULL), ==, GVNC_KNOWN_HOSTS_SAME);
  remember (path, "[b]:1\n[c]:1", "x509", "SHA256:y z");
  remember (path, "unix:/a b", "x509", "SHA256:u");
  check_is (path, "# mine\n[a]:1 x509\n[a]:1 x509 SHA256:x and a comment\nnonsense\n"
                  "[b]:1%0A[c]:1 x509 SHA256:y z\nunix:/a%20b x509 SHA256:u\n");
  g_assert_cmpint (gvnc_known_hosts_check (path, "[c]:1", "x509", "SHA256:y", NULL, NULL), ==, GVNC_KNOWN_HOSTS_NEW);
  g_assert_cmpint (gvnc_known_hosts_check (path, "unix:/a b", "x509", "SHA256:u", NULL, NULL), ==, GVNC_KNOWN_HOSTS_SAME);
}

/* ---- files that are none ---- */

#define OLD_LINE "[a]:1 x509 SHA256:old\n"

static void
make_folder (const char *path)
{
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
make_long (const char *path)
{
  g_assert_true (g_file_set_contents (path, OLD_LINE, -1, NULL));
  g_assert_cmpint (truncate (path, GVNC_LIMIT_KNOWN_HOSTS_LEN + 1), ==, 0);
}

static void
make_secret (const char *path)
{
  g_assert_true (g_file_set_contents (path, OLD_LINE, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
}

static void
make_zero (const char *path)
{
  g_assert_true (g_file_set_contents (path, "# \0\n" OLD_LINE, 4 + strlen (OLD_LINE), NULL));
}

/* It can be read, but the lock beside it cannot be taken. */
static void
make_locked (const char *path)
{
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);

  make_folder (lock);
}

typedef struct {
  const char  *name;
  void       (*make) (const char *path);
  gboolean     readable;
  const char  *why;          /* the error names the file and this */
} Unusable;

static const Unusable unusable[] = {
  { "a-folder",        make_folder, FALSE, "is no regular file" },
  { "too-long",        make_long,   FALSE, "has 4194305 bytes; at most 4194304" },
  { "not-permitted",   make_secret, FALSE, "Permission denied" },
  { "a-byte-of-zero",  make_zero,   FALSE, "is no text" },
  { "a-lock-in-vain",  make_locked, TRUE,  "Is a directory" },
};

static void
check_refused (const GvncIdentity *identity,
               const char         *path,
               const char         *why)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmphex (identity->problems, ==, GVNC_PROBLEM_UNKNOWN_CA | GVNC_PROBLEM_OTHER);
  g_assert_false (gvnc_identity_refuse (identity, &error));
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, why));
  g_assert_nonnull (strstr (error->message, "name another"));
}

/* Nobody is trusted on first use while it cannot be told whether it is the first, or it could not be told the next time. */
static void
test_unusable (gconstpointer data)
{
  const Unusable *row = data;
  g_autofree char *path = own_file (row->name);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL, store_error = NULL;
  g_autoptr (GvncIdentity) identity = gvnc_identity_new (GVNC_IDENTITY_RSA_KEY, "a");
  GvncTrustSettings settings = { .known_hosts = path, .first_use = TRUE };
  GvncKnownHostsResult result;

  row->make (path);
  if (row->make == make_secret && g_access (path, R_OK) == 0) {
    g_test_skip ("this user may read everything");
    return;
  }
  g_file_get_contents (path, &before, NULL, NULL);
  result = gvnc_known_hosts_check (path, "[a]:1", "x509", "SHA256:x", NULL, &error);
  g_assert_cmpint (result, ==, row->readable ? GVNC_KNOWN_HOSTS_NEW : GVNC_KNOWN_HOSTS_UNREADABLE);
  g_assert_true ((error == NULL) == row->readable);
  g_assert_false (gvnc_known_hosts_remember (path, "[a]:1", "x509", "SHA256:x", &store_error));
  g_assert_nonnull (store_error);

  identity->pin = g_strdup ("SHA256:x");
  gvnc_identity_add_problem (identity, GVNC_PROBLEM_UNKNOWN_CA, "nobody knows it");
  g_assert_false (gvnc_trust_judge (&settings, "[a]:1", identity));
  check_refused (identity, path, row->why);
  g_file_get_contents (path, &after, NULL, NULL);
  g_assert_cmpstr (before, ==, after);
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
  for (guint i = 0; i < G_N_ELEMENTS (unusable); i++) {
    g_autofree char *path = g_strconcat ("/known-hosts/unusable/", unusable[i].name, NULL);

    g_test_add_data_func (path, &unusable[i], test_unusable);
  }
  g_test_add_func ("/known-hosts/many-writers", test_many_writers);
  return g_test_run ();
}
