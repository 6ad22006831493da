/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Hands text over between the clipboard here and the one of the remote desktop. A server without the extended clipboard
 * takes ISO 8859-1 only; latin1.h says what is lost on the way.
 *
 * Local text is sent only while the display's window is the active one, so that what is copied elsewhere
 * stays here until somebody turns to the remote desktop. */
#pragma once

#include <gtk-vnc.h>

#define GVNC_TYPE_CLIPBOARD (gvnc_clipboard_get_type ())
G_DECLARE_FINAL_TYPE (GvncClipboard, gvnc_clipboard, GVNC, CLIPBOARD, GObject)

/* Works from now until it is disposed of; does not keep the display alive. */
GvncClipboard *gvnc_clipboard_new (VncDisplay *display);
