/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncdisplay-private.h"

#include <math.h>

/* Where the server's pointer is when it is not where ours was last: another client has moved it, or a program there, or we
 * only watch. While the pointer is grabbed ours follows it, so that the user goes on from there, where the window system
 * allows that; else it is drawn into the picture, in the shape that the server has given, until we move it again.
 *
 * Applications of gtk-vnc compare what they see with the server's picture, so it is done only for those that ask.
 *
 * What a server tells while we move is the echo of places that we have left by then; it counts when we have come to rest. */
#define REMOTE_POINTER_REST_MS 500

/* The part of the widget that the pointer is drawn on, where the desktop's pixel is now. */
static gboolean
remote_pointer_find (VncDisplay *self, GdkRectangle *area)
{
  VncCursor *shape = vnc_connection_get_cursor (self->priv->conn);
  GvncGeometry geometry;
  GvncMatrix matrix;
  double x = self->priv->remote_x + 0.5, y = self->priv->remote_y + 0.5;

  gvnc_display_get_geometry (self, &geometry);
  if (!shape || !vnc_cursor_get_data (shape) || gvnc_geometry_is_empty (&geometry))
    return FALSE;
  gvnc_geometry_matrix (&geometry, &matrix);
  area->x = (int) floor (matrix.xx * x + matrix.xy * y + matrix.x0) - vnc_cursor_get_hotx (shape);
  area->y = (int) floor (matrix.yx * x + matrix.yy * y + matrix.y0) - vnc_cursor_get_hoty (shape);
  area->width = vnc_cursor_get_width (shape);
  area->height = vnc_cursor_get_height (shape);
  return TRUE;
}

static void
remote_pointer_queue (VncDisplay *self)
{
  const GdkRectangle *area = &self->priv->remote_area;

  if (area->width > 0 && area->height > 0)
    gtk_widget_queue_draw_area (GTK_WIDGET (self), area->x, area->y, area->width, area->height);
}

static void
remote_pointer_set (VncDisplay *self, gboolean shown)
{
  VncDisplayPrivate *priv = self->priv;

  remote_pointer_queue (self);
  if (priv->remote_shown != shown) {
    priv->remote_shown = shown;
    gvnc_cursor_update (self);
  }
  if (!shown || !remote_pointer_find (self, &priv->remote_area))
    priv->remote_area = (GdkRectangle) { 0 };
  remote_pointer_queue (self);
}

/* FALSE: it cannot be done here. */
static gboolean
remote_pointer_follow (VncDisplay *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkWindow *window = gtk_widget_get_window (widget);
  GvncGeometry geometry;
  GvncMatrix matrix;
  double x = self->priv->remote_x + 0.5, y = self->priv->remote_y + 0.5;
  int root_x, root_y;

  if (!self->priv->pointer_grabbed || !window || !gvnc_pointer_can_warp (gdk_window_get_display (window)))
    return FALSE;
  gvnc_display_get_geometry (self, &geometry);
  gvnc_geometry_matrix (&geometry, &matrix);
  gdk_window_get_root_coords (window, (int) floor (matrix.xx * x + matrix.xy * y + matrix.x0),
                              (int) floor (matrix.yx * x + matrix.yy * y + matrix.y0), &root_x, &root_y);
  gdk_device_warp (gdk_seat_get_pointer (gdk_display_get_default_seat (gdk_window_get_display (window))),
                   gdk_window_get_screen (window), root_x, root_y);
  return TRUE;
}

/* We are at rest. */
static gboolean
remote_pointer_settle (gpointer data)
{
  VncDisplay *self = data;
  VncDisplayPrivate *priv = self->priv;
  gboolean is_ours;

  priv->remote_timer = 0;
  if (!vnc_connection_get_cursor_position (priv->conn, &priv->remote_x, &priv->remote_y))
    return G_SOURCE_REMOVE;
  is_ours = priv->absolute && priv->pointer_sent
            && priv->remote_x == priv->pointer_x && priv->remote_y == priv->pointer_y;
  remote_pointer_set (self, !is_ours && !(priv->absolute && remote_pointer_follow (self)));
  return G_SOURCE_REMOVE;
}

void
gvnc_remote_pointer_moved (VncDisplay *self)
{
  VncDisplayPrivate *priv = self->priv;
  gint64 rested_ms = (g_get_monotonic_time () - priv->pointer_sent_us) / 1000;

  if (priv->remote_timer != 0 || !priv->show_remote)
    return;
  if (priv->pointer_sent && rested_ms < REMOTE_POINTER_REST_MS)
    priv->remote_timer = g_timeout_add (REMOTE_POINTER_REST_MS - (guint) rested_ms, remote_pointer_settle, self);
  else
    remote_pointer_settle (self);
}

void
gvnc_remote_pointer_reshape (VncDisplay *self)
{
  if (self->priv->remote_shown)
    remote_pointer_set (self, TRUE);
}

/* What the server has told is of the past. */
void
gvnc_remote_pointer_hide (VncDisplay *self)
{
  g_clear_handle_id (&self->priv->remote_timer, g_source_remove);
  if (self->priv->remote_shown)
    remote_pointer_set (self, FALSE);
}

void
gvnc_remote_pointer_draw (VncDisplay *self, cairo_t *cr)
{
  VncDisplayPrivate *priv = self->priv;
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  /* The view may have changed. */
  if (!priv->remote_shown || !remote_pointer_find (self, &priv->remote_area))
    return;
  pixbuf = gvnc_cursor_get_pixbuf (vnc_connection_get_cursor (priv->conn));
  gdk_cairo_set_source_pixbuf (cr, pixbuf, priv->remote_area.x, priv->remote_area.y);
  cairo_rectangle (cr, priv->remote_area.x, priv->remote_area.y, priv->remote_area.width, priv->remote_area.height);
  cairo_fill (cr);
}
