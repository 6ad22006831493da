/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>
#include <vncutil.h>

G_BEGIN_DECLS

#define VNC_TYPE_CURSOR            (vnc_cursor_get_type ())
#define VNC_CURSOR(obj)            (G_TYPE_CHECK_INSTANCE_CAST ((obj), VNC_TYPE_CURSOR, VncCursor))
#define VNC_CURSOR_CLASS(klass)    (G_TYPE_CHECK_CLASS_CAST ((klass), VNC_TYPE_CURSOR, VncCursorClass))
#define VNC_IS_CURSOR(obj)         (G_TYPE_CHECK_INSTANCE_TYPE ((obj), VNC_TYPE_CURSOR))
#define VNC_IS_CURSOR_CLASS(klass) (G_TYPE_CHECK_CLASS_TYPE ((klass), VNC_TYPE_CURSOR))
#define VNC_CURSOR_GET_CLASS(obj)  (G_TYPE_INSTANCE_GET_CLASS ((obj), VNC_TYPE_CURSOR, VncCursorClass))

typedef struct _VncCursor        VncCursor;
typedef struct _VncCursorPrivate VncCursorPrivate;
typedef struct _VncCursorClass   VncCursorClass;

struct _VncCursor {
  GObject           parent;
  VncCursorPrivate *priv;
};

struct _VncCursorClass {
  GObjectClass parent_class;

  gpointer     _vnc_reserved[VNC_PADDING];
};

GType         vnc_cursor_get_type   (void);
VncCursor    *vnc_cursor_new        (guint8    *data,
                                     guint16    hotx,
                                     guint16    hoty,
                                     guint16    width,
                                     guint16    height);
const guint8 *vnc_cursor_get_data   (VncCursor *cursor);
guint16       vnc_cursor_get_hotx   (VncCursor *cursor);
guint16       vnc_cursor_get_hoty   (VncCursor *cursor);
guint16       vnc_cursor_get_width  (VncCursor *cursor);
guint16       vnc_cursor_get_height (VncCursor *cursor);

G_END_DECLS
