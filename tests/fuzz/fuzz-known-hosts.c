/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/fuzz.h"

#include "transport/known-hosts.h"

#include <glib/gstdio.h>
#include <string.h>

#define PLACE "[desk.example]:5900"
#define PIN   "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"

/* Whatever is in the file: what is remembered is known afterwards, and nothing else becomes so. A file that is no text is
 * neither believed nor written over. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("fuzz-known-hosts-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "known_hosts", NULL);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  g_autofree char *other = NULL;
  gboolean is_text = size == 0 || memchr (data, 0, size) == NULL;
  GvncKnownHostsResult before;

  g_assert (g_file_set_contents (path, size > 0 ? (const char *) data : "", (gssize) size, NULL));
  before = gvnc_known_hosts_check (path, "[other.example]:1", "rsa", PIN, &other, NULL);
  g_assert ((before == GVNC_KNOWN_HOSTS_UNREADABLE) == !is_text);
  g_assert ((before == GVNC_KNOWN_HOSTS_CHANGED) == (other != NULL));
  g_assert (gvnc_known_hosts_remember (path, PLACE, "x509", PIN, &error) == is_text);
  if (is_text) {
    g_assert (gvnc_known_hosts_check (path, PLACE, "x509", PIN, NULL, NULL) == GVNC_KNOWN_HOSTS_SAME);
    g_assert (gvnc_known_hosts_check (path, PLACE, "x509", "SHA256:other", NULL, NULL) == GVNC_KNOWN_HOSTS_CHANGED);
  }
  g_assert (gvnc_known_hosts_check (path, "[other.example]:1", "rsa", PIN, NULL, NULL) == before);
  g_unlink (path);
  g_unlink (lock);
  g_rmdir (folder);
  return 0;
}
