/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Keys of servers that somebody has decided to trust: a text file with a line for each server and kind of key,
 *
 *   PLACE KIND PIN
 *
 * PLACE is "[host]:port", "[host]:" over a link that has no port, or "unix:path", with everything but printable ASCII escaped
 * as in URIs; KIND is "x509" or "rsa"; PIN is "SHA256:" and the hash of the public key in base 64. Other lines, for example comments, stay as they are.
 *
 * The file is replaced in one go under a lock, so that programs do not lose each other's lines. Blocks: engine thread. */

typedef enum {
  GVNC_KNOWN_HOSTS_NEW,       /* nothing is known of it */
  GVNC_KNOWN_HOSTS_SAME,
  GVNC_KNOWN_HOSTS_CHANGED,   /* another key is known */
  GVNC_KNOWN_HOSTS_UNREADABLE, /* another key may be known: nobody can tell */
} GvncKnownHostsResult;

/* $XDG_DATA_HOME/gtk-vnc/known_hosts */
char                *gvnc_known_hosts_default  (void);

/* With _CHANGED, @known is the pin that was expected; it may be NULL when nobody wants to know. A file that does not exist
 * knows nothing; with one that cannot be read @error is set. */
GvncKnownHostsResult gvnc_known_hosts_check    (const char  *path,
                                                const char  *place,
                                                const char  *kind,
                                                const char  *pin,
                                                char       **known,
                                                GError     **error);
/* Takes the place of what was known of it. */
gboolean             gvnc_known_hosts_remember (const char  *path,
                                                const char  *place,
                                                const char  *kind,
                                                const char  *pin,
                                                GError     **error);
