/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session/batch.h"
#include "wire/error.h"
#include "wire/reader.h"

/* Cursor shapes: from what the server sends to RGBA, not premultiplied, as VncCursor has it.
 * A shape without a pixel means that the server shows no pointer. */

/* Fails when a shape is larger than the stated ceiling. */
gboolean gvnc_cursor_size_check (const GvncRect *rect,
                                 GError        **error);

/* How many bytes follow the header of a Cursor (7.8.1) and an XCursor (rfbproto) rectangle. */
gsize    gvnc_cursor_body_len   (const GvncRect *rect,
                                 guint           pixel_size);
gsize    gvnc_xcursor_body_len  (const GvncRect *rect);

/* A VMware Cursor (rfbproto), behind its kind and padding. */
#define GVNC_VMWARE_CURSOR_CLASSIC 0
#define GVNC_VMWARE_CURSOR_ALPHA   1
gsize    gvnc_vmware_cursor_body_len (const GvncRect *rect,
                                      guint           kind,
                                      guint           pixel_size);

/* All append a GVNC_EVENT_CURSOR; @rect is the rectangle's header, @body has the length above. */
void     gvnc_cursor_take       (const GvncRect        *rect,
                                 const GvncPixelFormat *format,
                                 const guint16         *colours,
                                 guint                  n_colours,
                                 const guint8          *body,
                                 GvncBatch             *batch);
void     gvnc_xcursor_take      (const GvncRect        *rect,
                                 const guint8          *body,
                                 GvncBatch             *batch);
void     gvnc_vmware_cursor_take (const GvncRect        *rect,
                                 guint                  kind,
                                 const GvncPixelFormat *format,
                                 const guint16         *colours,
                                 guint                  n_colours,
                                 const guint8          *body,
                                 GvncBatch             *batch);
/* @canvas has drawn the shape at 0, 0 in the format of gvnc_cursor_alpha_format. */
void     gvnc_alpha_cursor_take (const GvncRect        *rect,
                                 const GvncCanvas      *canvas,
                                 GvncBatch             *batch);

/* Pixels of alpha cursors: bytes red, green, blue, alpha; the colours multiplied by alpha. */
extern const GvncPixelFormat gvnc_cursor_alpha_format;
