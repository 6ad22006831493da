/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Saving pictures: of the remote desktop for people, and of the whole window for --screenshot, which is how the demo and
 * the tests look at the viewer where there is no screen. */
#pragma once

#include "options.h"

/* Asks for a file name, then writes the desktop as it is at the time of this call. The callback tells of failure. */
typedef void (*GvncCaptureFailed) (GtkWindow *parent, const char *message);
void gvnc_capture_save_desktop (GtkWindow *parent, VncDisplay *display, GvncCaptureFailed failed);

/* Once every pixel of the desktop has come and been drawn, and the delay is over, writes the window to
 * options->screenshot_path and closes it. Call before the display is opened. */
void gvnc_capture_window_when_complete (GtkWindow *window, VncDisplay *display, GvncOptions *options);

/* Says message on stderr, writes the window once it shows it too, sets the exit status to 1 and closes the window.
 * Does nothing for a window that no picture was asked of. */
void gvnc_capture_window_failed (GtkWindow *window, const char *message);
