/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Shows where the screens of the remote desktop are, and asks the server for others. */
#pragma once

#include <gtk-vnc.h>

/* To be shown by the caller; closes itself. display may go first. */
GtkWidget *gvnc_screens_dialog_new (GtkWindow *parent, VncDisplay *display);
