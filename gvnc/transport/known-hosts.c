/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/known-hosts.h"

#include "session/limits.h"
#include "wire/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

char *
gvnc_known_hosts_default (void)
{
  return g_build_filename (g_get_user_data_dir (), "gtk-vnc", "known_hosts", NULL);
}

static char *
known_hosts_escape (const char *place)
{
  return g_uri_escape_string (place, "[]:/", FALSE);
}

/* The lines of the file; none when there is no file. What cannot be a list of hosts is not taken for an empty one: it may
 * have been one before it was damaged. */
static char **
known_hosts_read (const char  *path,
                  GError     **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;
  GStatBuf info;
  gsize len;

  if (g_stat (path, &info) == 0) {
    if (!S_ISREG (info.st_mode)) {
      gvnc_set_error (error, GVNC_ERROR_IO, _("“%s” is no regular file"), shown);
      return NULL;
    }
    if (info.st_size > GVNC_LIMIT_KNOWN_HOSTS_LEN) {
      gvnc_limit_error (error, _("“%s” has %llu bytes; at most %d are read"),
                        shown, (unsigned long long) info.st_size, GVNC_LIMIT_KNOWN_HOSTS_LEN);
      return NULL;
    }
  }
  if (!g_file_get_contents (path, &text, &len, &cause)) {
    if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
      return g_new0 (char *, 1);
    gvnc_set_error (error, GVNC_ERROR_IO, "%s", cause->message);
    return NULL;
  }
  if (memchr (text, '\0', len) != NULL) {
    gvnc_set_error (error, GVNC_ERROR_IO, _("“%s” is no text: it has a byte of zero"), shown);
    return NULL;
  }
  return g_strsplit (text, "\n", -1);
}

/* The pin of a line that is about @place and @kind, or NULL. */
static char *
known_hosts_pin (const char *line,
                 const char *place,
                 const char *kind)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  if (g_strv_length (words) < 3 || strcmp (words[0], place) != 0 || strcmp (words[1], kind) != 0)
    return NULL;
  return g_strchomp (g_strdup (words[2]));
}

GvncKnownHostsResult
gvnc_known_hosts_check (const char  *path,
                        const char  *place,
                        const char  *kind,
                        const char  *pin,
                        char       **known,
                        GError     **error)
{
  g_autofree char *escaped = known_hosts_escape (place);
  g_auto (GStrv) lines = known_hosts_read (path, error);

  if (lines == NULL)
    return GVNC_KNOWN_HOSTS_UNREADABLE;
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *line_pin = known_hosts_pin (lines[i], escaped, kind);

    if (line_pin == NULL)
      continue;
    if (strcmp (line_pin, pin) == 0)
      return GVNC_KNOWN_HOSTS_SAME;
    if (known != NULL)
      *known = g_steal_pointer (&line_pin);
    return GVNC_KNOWN_HOSTS_CHANGED;
  }
  return GVNC_KNOWN_HOSTS_NEW;
}

/* The lines with @pin in the place of what was known. */
static char *
known_hosts_replace (char       **lines,
                     const char  *place,
                     const char  *kind,
                     const char  *pin)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *line_pin = known_hosts_pin (lines[i], place, kind);

    if (line_pin == NULL && lines[i][0] != '\0')
      g_string_append_printf (text, "%s\n", lines[i]);
  }
  g_string_append_printf (text, "%s %s %s\n", place, kind, pin);
  return g_string_free (text, FALSE);
}

static gboolean
known_hosts_replace_locked (const char  *path,
                            const char  *place,
                            const char  *kind,
                            const char  *pin,
                            GError     **error)
{
  g_autofree char *escaped = known_hosts_escape (place);
  g_auto (GStrv) lines = known_hosts_read (path, error);
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;

  if (lines == NULL)
    return FALSE;
  text = known_hosts_replace (lines, escaped, kind, pin);
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &cause))
    return gvnc_set_error (error, GVNC_ERROR_IO, "%s", cause->message);
  return TRUE;
}

gboolean
gvnc_known_hosts_remember (const char  *path,
                           const char  *place,
                           const char  *kind,
                           const char  *pin,
                           GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  gboolean ok;
  gint lock_fd;

  /* The lock is a file of its own, since the list is replaced. */
  g_mkdir_with_parents (folder, 0700);
  lock_fd = g_open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_fd < 0)
    return gvnc_set_error (error, GVNC_ERROR_IO, _("Cannot open “%s”: %s"), lock_path, g_strerror (errno));
  while (flock (lock_fd, LOCK_EX) < 0 && errno == EINTR)
    ;
  ok = known_hosts_replace_locked (path, place, kind, pin, error);
  close (lock_fd);
  return ok;
}
