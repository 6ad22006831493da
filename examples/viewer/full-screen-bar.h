/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The menus, where there is no header bar: slides in over a window that fills the screen when the pointer comes to its
 * top edge. */
#pragma once

#include <gtk-vnc.h>

#define GVNC_TYPE_FULL_SCREEN_BAR (gvnc_full_screen_bar_get_type ())
G_DECLARE_FINAL_TYPE (GvncFullScreenBar, gvnc_full_screen_bar, GVNC, FULL_SCREEN_BAR, GtkRevealer)

/* For an overlay. */
GtkWidget *gvnc_full_screen_bar_new (void);
void gvnc_full_screen_bar_set_title (GvncFullScreenBar *self, const char *title);

/* Whether there is one at all. */
void gvnc_full_screen_bar_enable (GvncFullScreenBar *self, gboolean enable);

/* Follows the pointer over a display. */
void gvnc_full_screen_bar_watch (GvncFullScreenBar *self, VncDisplay *display);
