/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A dialog that tells once a second how fast the remote desktop comes. */
#pragma once

#include <gtk-vnc.h>

/* To be shown by the caller; closes itself. display may go first. */
GtkWidget *gvnc_statistics_new (GtkWindow *parent, VncDisplay *display);
