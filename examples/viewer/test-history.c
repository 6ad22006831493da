/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "history.h"

/* A folder of the test's own stands in for the user's, because of G_TEST_OPTION_ISOLATE_DIRS. */
static void
history_expect (const char *joined)
{
  g_auto (GStrv) addresses = gvnc_history_load ();
  g_autofree char *found = g_strjoinv (" ", addresses);

  g_assert_cmpstr (found, ==, joined);
}

static void
test_history_newest_first (void)
{
  history_expect ("");
  gvnc_history_add ("a");
  gvnc_history_add ("b:1");
  gvnc_history_add ("/run/c;d.sock");
  history_expect ("/run/c;d.sock b:1 a");
  gvnc_history_add ("a");
  history_expect ("a /run/c;d.sock b:1");
  gvnc_history_clear ();
  history_expect ("");
}

static void
test_history_bounded (void)
{
  for (int i = 0; i < 40; i++) {
    g_autofree char *address = g_strdup_printf ("h%d", i);

    gvnc_history_add (address);
  }
  history_expect ("h39 h38 h37 h36 h35 h34 h33 h32 h31 h30 h29 h28");
}

static void
test_history_broken_file (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "gvncviewer", NULL);
  g_autofree char *path = g_build_filename (folder, "history.ini", NULL);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "[History\nAddresses=\xff;;", -1, NULL));
  history_expect ("");
  gvnc_history_add ("a");
  history_expect ("a");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/viewer/history/newest-first", test_history_newest_first);
  g_test_add_func ("/viewer/history/bounded", test_history_bounded);
  g_test_add_func ("/viewer/history/broken-file", test_history_broken_file);
  return g_test_run ();
}
