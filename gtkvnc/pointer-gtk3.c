/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncdisplay-private.h"

#ifdef GDK_WINDOWING_WAYLAND
#include <gdk/gdkwayland.h>
#endif

/* Buttons, motion and the wheel. In absolute mode the server gets the remote pixel under the pointer; in relative mode
 * how far the pointer has moved, and we put it back to the middle when it comes to the edge of the screen. */

/* Nearer than this to the edge of a monitor the pointer is put back. */
#define POINTER_EDGE_PX 2

static gboolean
pointer_may_send (VncDisplay *self)
{
  return !self->priv->read_only && vnc_connection_is_initialized (self->priv->conn);
}

/* What the server has last heard of our pointer. */
static void
pointer_sent (VncDisplay *self, int x, int y)
{
  self->priv->pointer_x = gvnc_absolute_wire (x);
  self->priv->pointer_y = gvnc_absolute_wire (y);
  self->priv->pointer_sent = TRUE;
  self->priv->pointer_sent_us = g_get_monotonic_time ();
  gvnc_remote_pointer_hide (self);
}

static void
pointer_send_here (VncDisplay *self, double x, double y)
{
  VncDisplayPrivate *priv = self->priv;
  GvncGeometry geometry;
  int remote_x, remote_y;

  if (!priv->absolute) {
    vnc_connection_pointer_event_full (priv->conn, priv->button_mask, GVNC_RELATIVE_ZERO, GVNC_RELATIVE_ZERO);
    return;
  }
  gvnc_display_get_geometry (self, &geometry);
  if (!gvnc_geometry_to_desktop (&geometry, x, y, &remote_x, &remote_y))
    return;
  pointer_sent (self, remote_x, remote_y);
  vnc_connection_pointer_event_full (priv->conn, priv->button_mask, priv->pointer_x, priv->pointer_y);
}

/* Wayland lets nobody move the pointer. */
gboolean
gvnc_pointer_can_warp (GdkDisplay *display)
{
#ifdef GDK_WINDOWING_WAYLAND
  if (GDK_IS_WAYLAND_DISPLAY (display))
    return FALSE;
#endif
  return TRUE;
}

/* Puts the pointer back to the middle of its monitor when it cannot go further. */
static void
pointer_turn_back (VncDisplay *self, GdkEventMotion *event)
{
  GdkDisplay *display = gdk_window_get_display (event->window);
  GdkMonitor *monitor = gdk_display_get_monitor_at_point (display, (int) event->x_root, (int) event->y_root);
  GdkRectangle area;
  int middle_x, middle_y;

  if (!monitor || !gvnc_pointer_can_warp (display))
    return;
  gdk_monitor_get_geometry (monitor, &area);
  if (event->x_root >= area.x + POINTER_EDGE_PX && event->x_root < area.x + area.width - POINTER_EDGE_PX
      && event->y_root >= area.y + POINTER_EDGE_PX && event->y_root < area.y + area.height - POINTER_EDGE_PX)
    return;

  middle_x = area.x + area.width / 2;
  middle_y = area.y + area.height / 2;
  gdk_device_warp (gdk_event_get_device ((GdkEvent *) event), gdk_window_get_screen (event->window),
                   middle_x, middle_y);
  gvnc_relative_warp (&self->priv->relative, middle_x, middle_y);
}

gboolean
gvnc_pointer_motion_event (GtkWidget *widget, GdkEventMotion *event)
{
  VncDisplay *self = VNC_DISPLAY (widget);
  VncDisplayPrivate *priv = self->priv;
  int delta_x, delta_y;

  if (!pointer_may_send (self))
    return FALSE;
  if (priv->absolute) {
    pointer_send_here (self, event->x, event->y);
    return TRUE;
  }
  if (!priv->pointer_grabbed)
    return FALSE;

  if (gvnc_relative_motion (&priv->relative, event->x_root, event->y_root, &delta_x, &delta_y))
    vnc_connection_pointer_event_full (priv->conn, priv->button_mask,
                                       gvnc_relative_wire (delta_x), gvnc_relative_wire (delta_y));
  if (!priv->relative.warping)
    pointer_turn_back (self, event);
  return TRUE;
}

gboolean
gvnc_pointer_button_event (GtkWidget *widget, GdkEventButton *event)
{
  VncDisplay *self = VNC_DISPLAY (widget);
  VncDisplayPrivate *priv = self->priv;
  guint16 bit = gvnc_button_bit (event->button, vnc_connection_get_extended_buttons (priv->conn));
  guint session;

  if (event->type == GDK_BUTTON_PRESS && !gtk_widget_has_focus (widget))
    gtk_widget_grab_focus (widget);
  /* What GDK calls double and triple clicks comes in addition to the plain presses. */
  if (!pointer_may_send (self) || bit == 0
      || (event->type != GDK_BUTTON_PRESS && event->type != GDK_BUTTON_RELEASE))
    return FALSE;

  g_object_ref (self);
  session = priv->session;
  if (event->type == GDK_BUTTON_PRESS && priv->grab_pointer && !priv->absolute && !priv->pointer_grabbed) {
    gvnc_grab_set (self, TRUE, TRUE);
    if (priv->pointer_grabbed)
      gvnc_relative_motion (&priv->relative, event->x_root, event->y_root, &(int) { 0 }, &(int) { 0 });
  }
  /* Who heard of the grab may have ended the session; the click is not for the next one. */
  if (priv->session == session && pointer_may_send (self)) {
    if (event->type == GDK_BUTTON_PRESS)
      priv->button_mask |= bit;
    else
      priv->button_mask &= (guint16) ~bit;
    pointer_send_here (self, event->x, event->y);
  }
  g_object_unref (self);
  return TRUE;
}

static void
pointer_click (VncDisplay *self, guint button, int n_clicks, double x, double y)
{
  guint16 bit = gvnc_button_bit (button, FALSE);

  for (; n_clicks > 0; n_clicks--) {
    self->priv->button_mask |= bit;
    pointer_send_here (self, x, y);
    self->priv->button_mask &= (guint16) ~bit;
    pointer_send_here (self, x, y);
  }
}

gboolean
gvnc_pointer_scroll_event (GtkWidget *widget, GdkEventScroll *event)
{
  VncDisplay *self = VNC_DISPLAY (widget);
  VncDisplayPrivate *priv = self->priv;
  int clicks_x, clicks_y;

  if (!pointer_may_send (self))
    return FALSE;

  switch (event->direction) {
  case GDK_SCROLL_UP:
    pointer_click (self, GVNC_BUTTON_UP, 1, event->x, event->y);
    break;
  case GDK_SCROLL_DOWN:
    pointer_click (self, GVNC_BUTTON_DOWN, 1, event->x, event->y);
    break;
  case GDK_SCROLL_LEFT:
    pointer_click (self, GVNC_BUTTON_LEFT, 1, event->x, event->y);
    break;
  case GDK_SCROLL_RIGHT:
    pointer_click (self, GVNC_BUTTON_RIGHT, 1, event->x, event->y);
    break;
  case GDK_SCROLL_SMOOTH:
  default:
    clicks_x = gvnc_scroll_clicks (&priv->scroll_rest_x, event->delta_x);
    clicks_y = gvnc_scroll_clicks (&priv->scroll_rest_y, event->delta_y);
    pointer_click (self, clicks_y < 0 ? GVNC_BUTTON_UP : GVNC_BUTTON_DOWN, ABS (clicks_y), event->x, event->y);
    pointer_click (self, clicks_x < 0 ? GVNC_BUTTON_LEFT : GVNC_BUTTON_RIGHT, ABS (clicks_x), event->x, event->y);
    break;
  }
  return TRUE;
}

void
gvnc_pointer_send (VncDisplay *self, int x, int y, guint8 button_mask)
{
  if (!pointer_may_send (self) || (!self->priv->absolute && !self->priv->pointer_grabbed))
    return;
  if (self->priv->absolute)
    pointer_sent (self, x, y);
  vnc_connection_pointer_event (self->priv->conn, button_mask, gvnc_absolute_wire (x), gvnc_absolute_wire (y));
}

void
gvnc_pointer_release_all (VncDisplay *self)
{
  VncDisplayPrivate *priv = self->priv;

  if (priv->button_mask == 0)
    return;
  priv->button_mask = 0;
  vnc_connection_pointer_event_full (priv->conn, 0, priv->absolute ? priv->pointer_x : GVNC_RELATIVE_ZERO,
                                     priv->absolute ? priv->pointer_y : GVNC_RELATIVE_ZERO);
}

void
gvnc_pointer_forget (VncDisplay *self)
{
  self->priv->button_mask = 0;
  self->priv->pointer_sent = FALSE;
  gvnc_remote_pointer_hide (self);
  self->priv->scroll_rest_x = self->priv->scroll_rest_y = 0;
  gvnc_relative_reset (&self->priv->relative);
}
