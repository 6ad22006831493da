/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/fuzz.h"

#include <string.h>

/* A main() without a fuzzer: runs the target on every file of the directories named on the command line, and on its
 * beginnings, since servers may close at any byte. */

#define MOST_CUTS 64

static guint
driver_run_file (const char *path)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize len;

  if (!g_file_get_contents (path, &contents, &len, &error))
    g_error ("%s", error->message);
  for (gsize cut = 0; cut <= len; cut += MIN (len / MOST_CUTS + 1, MAX (len - cut, 1))) {
    /* a copy of just that size, so that a sanitizer sees a read beyond it */
    g_autofree guint8 *copy = g_malloc (cut);

    if (cut > 0)
      memcpy (copy, contents, cut);
    LLVMFuzzerTestOneInput (copy, cut);
  }
  return 1;
}

int
main (int    argc,
      char **argv)
{
  guint n = 0;

  for (gint i = 1; i < argc; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GDir) dir = g_dir_open (argv[i], 0, &error);
    const char *name;

    if (dir == NULL)
      g_error ("%s", error->message);
    while ((name = g_dir_read_name (dir)) != NULL) {
      g_autofree char *path = g_build_filename (argv[i], name, NULL);

      n += driver_run_file (path);
    }
  }
  if (n == 0) {
    g_printerr ("no seeds\n");
    return 1;
  }
  g_print ("%u seeds\n", n);
  return 0;
}
