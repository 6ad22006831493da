/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncutil.h"

#include "vncversion.h"

#include <string.h>

#define UTIL_DOMAIN   "gtk-vnc"
#define UTIL_VARIABLE "G_MESSAGES_DEBUG"

static gint util_debug; /* atomic: the engine thread may ask */

static gboolean
util_list_has_domain (const char *list)
{
  g_auto (GStrv) domains = g_strsplit_set (list, " ,", -1);

  return g_strv_contains ((const gchar * const *) domains, UTIL_DOMAIN) ||
         g_strv_contains ((const gchar * const *) domains, "all");
}

/**
 * vnc_util_set_debug:
 * @enabled: whether to log debug messages
 *
 * Makes the debug messages of log domain `gtk-vnc` appear.
 *
 * This adds the domain to the environment variable `G_MESSAGES_DEBUG`, where it stays: switching off again has no
 * effect on messages of the domain. As it changes the environment, call it before threads are started.
 */
void
vnc_util_set_debug (gboolean enabled)
{
  const char *list = g_getenv (UTIL_VARIABLE);

  g_atomic_int_set (&util_debug, enabled != FALSE);
  if (!enabled)
    return;

  if (list == NULL || *list == '\0') {
    g_setenv (UTIL_VARIABLE, UTIL_DOMAIN, TRUE);
  } else if (!util_list_has_domain (list)) {
    g_autofree char *longer = g_strconcat (list, " ", UTIL_DOMAIN, NULL);

    g_setenv (UTIL_VARIABLE, longer, TRUE);
  }
}

/**
 * vnc_util_get_debug:
 *
 * Tells what [func@util_set_debug] was last called with.
 *
 * Returns: whether debug messages are logged
 */
gboolean
vnc_util_get_debug (void)
{
  return g_atomic_int_get (&util_debug);
}

/**
 * vnc_util_get_version:
 *
 * Gets the version of the library as one number: the major number times 65536, plus the minor one times 256, plus the
 * micro one.
 *
 * Returns: the version, 0x20000 for 2.0.0
 */
gint
vnc_util_get_version (void)
{
  return VNC_MAJOR_VERSION << 16 | VNC_MINOR_VERSION << 8 | VNC_MICRO_VERSION;
}

/**
 * vnc_util_check_version:
 * @major: first number
 * @minor: second number
 * @micro: third number
 *
 * Tells whether the library is of version @major.@minor.@micro or of a later one.
 *
 * Returns: whether it is
 */
gboolean
vnc_util_check_version (gint major,
                        gint minor,
                        gint micro)
{
  if (major != VNC_MAJOR_VERSION)
    return major < VNC_MAJOR_VERSION;
  if (minor != VNC_MINOR_VERSION)
    return minor < VNC_MINOR_VERSION;
  return micro <= VNC_MICRO_VERSION;
}

/**
 * vnc_util_get_version_string:
 *
 * Gets the version of the library as text.
 *
 * Returns: (transfer none): the version, such as `2.0.0`
 */
const gchar *
vnc_util_get_version_string (void)
{
  return PACKAGE_VERSION;
}
