/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void         vnc_util_set_debug          (gboolean enabled);
gboolean     vnc_util_get_debug          (void);

gint         vnc_util_get_version        (void);
gboolean     vnc_util_check_version      (gint     major,
                                          gint     minor,
                                          gint     micro);
const gchar *vnc_util_get_version_string (void);

/**
 * VNC_DEBUG:
 * @fmt: format, as of `printf()`
 * @...: its arguments
 *
 * Logs a debug message in the log domain of the file that it stands in.
 */
#define VNC_DEBUG(fmt, ...) g_debug (fmt, ## __VA_ARGS__)

/**
 * VNC_PADDING:
 *
 * How many reserved slots most class structs end with.
 */
#define VNC_PADDING 4

/**
 * VNC_PADDING_LARGE:
 *
 * How many slots classes that are expected to grow set aside.
 */
#define VNC_PADDING_LARGE 20

G_END_DECLS
