/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <vncconnection.h>

G_BEGIN_DECLS

/**
 * VncClipboardFormats:
 * @VNC_CLIPBOARD_FORMAT_TEXT: text in UTF-8 with LF between lines, without a zero anywhere
 * @VNC_CLIPBOARD_FORMAT_RTF: Rich Text Format
 * @VNC_CLIPBOARD_FORMAT_HTML: a fragment of HTML, as Windows has it on its clipboard
 * @VNC_CLIPBOARD_FORMAT_DIB: a picture, a device independent bitmap of version 5 without a file header
 * @VNC_CLIPBOARD_FORMAT_FILES: reserved by the protocol; nothing can be transferred in it
 *
 * What a clipboard may hold (rfbproto, Extended Clipboard).
 *
 * Since: 2.0
 */
typedef enum {
  VNC_CLIPBOARD_FORMAT_TEXT = 1 << 0,
  VNC_CLIPBOARD_FORMAT_RTF = 1 << 1,
  VNC_CLIPBOARD_FORMAT_HTML = 1 << 2,
  VNC_CLIPBOARD_FORMAT_DIB = 1 << 3,
  VNC_CLIPBOARD_FORMAT_FILES = 1 << 4,
} VncClipboardFormats;

void                 vnc_connection_set_extended_clipboard   (VncConnection        *conn,
                                                              gboolean              extended);
gboolean             vnc_connection_get_extended_clipboard   (VncConnection        *conn);
VncClipboardFormats  vnc_connection_get_clipboard_formats    (VncConnection        *conn);

void                 vnc_connection_clipboard_request_async  (VncConnection        *conn,
                                                              VncClipboardFormats   format,
                                                              GCancellable         *cancellable,
                                                              GAsyncReadyCallback   callback,
                                                              gpointer              user_data);
GBytes              *vnc_connection_clipboard_request_finish (VncConnection        *conn,
                                                              GAsyncResult         *result,
                                                              GError              **error);

void                 vnc_connection_clipboard_offer          (VncConnection        *conn,
                                                              VncClipboardFormats   formats);
gboolean             vnc_connection_clipboard_provide        (VncConnection        *conn,
                                                              VncClipboardFormats   format,
                                                              GBytes               *data,
                                                              GError              **error);
gboolean             vnc_connection_clipboard_set_text       (VncConnection        *conn,
                                                              const char           *text,
                                                              GError              **error);

G_END_DECLS
