/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the window shows while there is no desktop: a title, a sentence and buttons for what can be done now.
 * The buttons activate the window's actions win.cancel, win.reconnect and win.connect. */
#pragma once

#include <gtk/gtk.h>

#define GVNC_TYPE_STATUS_PAGE (gvnc_status_page_get_type ())
G_DECLARE_FINAL_TYPE (GvncStatusPage, gvnc_status_page, GVNC, STATUS_PAGE, GtkBox)

GtkWidget *gvnc_status_page_new (void);

void gvnc_status_page_show_idle (GvncStatusPage *self);
void gvnc_status_page_show_busy (GvncStatusPage *self, const char *title, const char *detail);

/* again_label: text of the button that connects to the same server once more. */
void gvnc_status_page_show_ended (GvncStatusPage *self,
                                  const char     *icon_name,
                                  const char     *title,
                                  const char     *detail,
                                  const char     *again_label);
