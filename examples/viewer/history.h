/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The servers connected to lately, newest first, in gvncviewer/history.ini below the user's configuration folder.
 * Only what gvnc_address_to_string () gives is kept: no user names, no passwords. */
#pragma once

#include <glib.h>

char **gvnc_history_load (void);
void gvnc_history_add (const char *address);
void gvnc_history_clear (void);
