/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One window, at most one session in it. */
#pragma once

#include "address.h"
#include "options.h"

#define GVNC_TYPE_WINDOW (gvnc_window_get_type ())
G_DECLARE_FINAL_TYPE (GvncWindow, gvnc_window, GVNC, WINDOW, GtkApplicationWindow)

/* options stay the caller's and must outlive the window. */
GtkWidget *gvnc_window_new (GtkApplication *application, GvncOptions *options);

/* Ends the session if there is one and starts another. Takes the address over. */
void gvnc_window_open (GvncWindow *self, GvncAddress *address);

/* Shows the dialog that asks for an address. */
void gvnc_window_ask (GvncWindow *self);
