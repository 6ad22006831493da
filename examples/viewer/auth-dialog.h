/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Asks for what a server wants to know before it lets somebody in. Does not block: the answer comes by a callback,
 * username and password being NULL when they were not asked for. Cancelling gives accepted FALSE. */
#pragma once

#include <gtk/gtk.h>

typedef void (*GvncAuthDone) (gboolean accepted, const char *username, const char *password, gpointer user_data);

/* @link says in a sentence how what is typed is protected on its way. Destroying the dialog before its answer calls nothing. */
GtkWidget *gvnc_auth_dialog_show (GtkWindow   *parent,
                                  const char  *host,
                                  const char  *link,
                                  gboolean     wants_username,
                                  gboolean     wants_password,
                                  const char  *username,
                                  GvncAuthDone done,
                                  gpointer     user_data);
