/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The menus of the header bar. They only name actions; window-actions.c is where these are. */
#pragma once

#include <gtk/gtk.h>

GtkWidget *gvnc_menus_new_send_keys (void);
GtkWidget *gvnc_menus_new_view (void);
GtkWidget *gvnc_menus_new_main (void);
void gvnc_menus_add_accelerators (GtkApplication *application);
