/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Asks where to connect to; the servers of the history are offered. Does not block. The callback is called once for an
 * address that can be read, never after cancelling. It takes the address over. */
#pragma once

#include "address.h"
#include "options.h"

#include <gtk/gtk.h>

typedef void (*GvncConnectDone) (GvncAddress *address, gpointer user_data);

/* options may be changed, too. */
GtkWidget *gvnc_connect_dialog_show (GtkWindow      *parent,
                                     GvncOptions    *options,
                                     const char     *text,
                                     gboolean        read_only,
                                     gboolean        shared,
                                     GvncConnectDone done,
                                     gpointer        user_data);
