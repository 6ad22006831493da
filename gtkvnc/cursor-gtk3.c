/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncdisplay-private.h"

/* The pointer's shape: the server's when it sends one; else none, since the server draws it into the picture, unless
 * the application wants the local pointer. Outside of a session the shape is inherited, so that the pointer does not
 * vanish over an empty widget.
 *
 * In relative mode the two pointers are at different places. Where the server's is drawn, ours may not look the same:
 * it goes while it is grabbed, and is one of the desktop around the widget before. */

#define CURSOR_BYTES_PER_PX 4   /* red, green, blue, alpha */

GdkPixbuf *
gvnc_cursor_get_pixbuf (VncCursor *shape)
{
  int width = vnc_cursor_get_width (shape), height = vnc_cursor_get_height (shape);
  g_autoptr (GBytes) bytes = g_bytes_new (vnc_cursor_get_data (shape),
                                          (gsize) width * (gsize) height * CURSOR_BYTES_PER_PX);

  return gdk_pixbuf_new_from_bytes (bytes, GDK_COLORSPACE_RGB, TRUE, 8, width, height, width * CURSOR_BYTES_PER_PX);
}

static GdkCursor *
cursor_from_server (GdkDisplay *display, VncCursor *shape)
{
  int width = vnc_cursor_get_width (shape), height = vnc_cursor_get_height (shape);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (!vnc_cursor_get_data (shape) || width <= 0 || height <= 0)
    return gdk_cursor_new_for_display (display, GDK_BLANK_CURSOR);

  pixbuf = gvnc_cursor_get_pixbuf (shape);
  /* A server may put the hot spot anywhere; toolkits want it inside. */
  return gdk_cursor_new_from_pixbuf (display, pixbuf,
                                     MIN (vnc_cursor_get_hotx (shape), width - 1),
                                     MIN (vnc_cursor_get_hoty (shape), height - 1));
}

void
gvnc_cursor_update (VncDisplay *self)
{
  GdkWindow *window = gtk_widget_get_window (GTK_WIDGET (self));
  GdkDisplay *display;
  VncCursor *shape;

  if (!window)
    return;
  display = gdk_window_get_display (window);
  g_clear_object (&self->priv->cursor);
  if (self->priv->framebuffer && !self->priv->absolute && self->priv->remote_shown) {
    if (self->priv->pointer_grabbed)
      self->priv->cursor = gdk_cursor_new_for_display (display, GDK_BLANK_CURSOR);
  } else if (self->priv->framebuffer) {
    shape = vnc_connection_get_cursor (self->priv->conn);
    if (shape)
      self->priv->cursor = cursor_from_server (display, shape);
    else if (!self->priv->local_pointer)
      self->priv->cursor = gdk_cursor_new_for_display (display, GDK_BLANK_CURSOR);
  }
  gdk_window_set_cursor (window, self->priv->cursor);
}
