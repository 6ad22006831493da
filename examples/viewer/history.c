/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "history.h"

#include <errno.h>
#include <glib/gstdio.h>

#define GROUP     "History"
#define KEY       "Addresses"
#define MOST_KEPT 12

static char *
history_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "gvncviewer", "history.ini", NULL);
}

char **
gvnc_history_load (void)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = history_path ();
  char **addresses = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    addresses = g_key_file_get_string_list (file, GROUP, KEY, NULL, NULL);
  return addresses != NULL ? addresses : g_new0 (char *, 1);
}

/* A history that cannot be written is no reason to disturb anybody. */
void
gvnc_history_add (const char *address)
{
  g_auto (GStrv) before = gvnc_history_load ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autofree char *path = history_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (kept, (gpointer) address);
  for (gsize i = 0; before[i] != NULL && kept->len < MOST_KEPT; i++)
    if (!g_str_equal (before[i], address))
      g_ptr_array_add (kept, before[i]);

  g_key_file_set_string_list (file, GROUP, KEY, (const char *const *) kept->pdata, kept->len);
  if (g_mkdir_with_parents (folder, 0700) != 0 || !g_key_file_save_to_file (file, path, &error))
    g_info ("The history was not saved: %s", error != NULL ? error->message : g_strerror (errno));
}

void
gvnc_history_clear (void)
{
  g_autofree char *path = history_path ();

  g_unlink (path);
}
