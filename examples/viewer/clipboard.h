/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Hands text over between the clipboard here and the one of the remote desktop. RFB text is ISO 8859-1 with LF line
 * ends (RFC 6143 sections 7.5.6 and 7.6.4); characters that it does not have become question marks.
 *
 * Local text is sent only while the display's window is the active one, so that what is copied elsewhere
 * stays here until somebody turns to the remote desktop. */
#pragma once

#include <gtk-vnc.h>

#define GVNC_TYPE_CLIPBOARD (gvnc_clipboard_get_type ())
G_DECLARE_FINAL_TYPE (GvncClipboard, gvnc_clipboard, GVNC, CLIPBOARD, GObject)

/* Works from now until it is disposed of; does not keep the display alive. */
GvncClipboard *gvnc_clipboard_new (VncDisplay *display);

/* Never NULL, whatever the bytes are. */
char *gvnc_clipboard_text_from_remote (const char *text);
char *gvnc_clipboard_text_to_remote (const char *text);
