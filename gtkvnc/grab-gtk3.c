/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncdisplay-private.h"

/* Keyboard and pointer grabs. GDK has one grab for a seat and window, so a change of either takes both anew; the
 * signals tell only what has changed, and always come in pairs. */

static void
grab_release (VncDisplay *self)
{
  GdkWindow *window = g_steal_pointer (&self->priv->grab_window);

  if (window)
    gdk_seat_ungrab (gdk_display_get_default_seat (gdk_window_get_display (window)));
}

/* What could be grabbed. */
static GdkSeatCapabilities
grab_take (VncDisplay *self, GdkSeatCapabilities wanted)
{
  GdkWindow *window = gtk_widget_get_window (GTK_WIDGET (self));
  GdkSeat *seat;

  if (wanted == GDK_SEAT_CAPABILITY_NONE || !window || !gdk_window_is_viewable (window))
    return GDK_SEAT_CAPABILITY_NONE;

  /* Without a shape of its own the grab shows the window's, which may change meanwhile. */
  seat = gdk_display_get_default_seat (gdk_window_get_display (window));
  if (gdk_seat_grab (seat, window, wanted, FALSE, NULL, NULL, NULL, NULL) != GDK_GRAB_SUCCESS)
    return GDK_SEAT_CAPABILITY_NONE;
  self->priv->grab_window = window;
  return wanted;
}

/* Tells the application; the widget may be gone for it afterwards, so callers hold a reference. Who hears of the keyboard may
 * change the grabs: then all has been told from in there. */
static void
grab_changed (VncDisplay *self, gboolean keyboard, gboolean pointer)
{
  VncDisplayPrivate *priv = self->priv;
  gboolean pointer_changed = priv->pointer_grabbed != pointer;

  priv->keyboard_grabbed = keyboard;
  priv->pointer_grabbed = pointer;
  if (pointer_changed) {
    gvnc_relative_reset (&priv->relative);
    gvnc_cursor_update (self);
  }

  if (priv->keyboard_told != priv->keyboard_grabbed) {
    priv->keyboard_told = priv->keyboard_grabbed;
    gvnc_display_emit (self, priv->keyboard_told ? GVNC_DISPLAY_KEYBOARD_GRAB : GVNC_DISPLAY_KEYBOARD_UNGRAB);
  }
  if (priv->pointer_told != priv->pointer_grabbed) {
    priv->pointer_told = priv->pointer_grabbed;
    gvnc_display_emit (self, priv->pointer_told ? GVNC_DISPLAY_POINTER_GRAB : GVNC_DISPLAY_POINTER_UNGRAB);
  }
}

void
gvnc_grab_set (VncDisplay *self, gboolean keyboard, gboolean pointer)
{
  GdkSeatCapabilities wanted = GDK_SEAT_CAPABILITY_NONE, got;

  if (self->priv->keyboard_grabbed == keyboard && self->priv->pointer_grabbed == pointer)
    return;
  if (keyboard)
    wanted |= GDK_SEAT_CAPABILITY_KEYBOARD;
  if (pointer)
    wanted |= GDK_SEAT_CAPABILITY_ALL_POINTING;

  g_object_ref (self);
  grab_release (self);
  got = grab_take (self, wanted);
  grab_changed (self, (got & GDK_SEAT_CAPABILITY_KEYBOARD) != 0, (got & GDK_SEAT_CAPABILITY_POINTER) != 0);
  g_object_unref (self);
}

void
gvnc_grab_toggle (VncDisplay *self)
{
  gboolean grabbed = self->priv->keyboard_grabbed || self->priv->pointer_grabbed;

  gvnc_grab_set (self, !grabbed, !grabbed);
}

gboolean
gvnc_grab_crossing_event (GtkWidget *widget, GdkEventCrossing *event)
{
  VncDisplay *self = VNC_DISPLAY (widget);

  /* Those of other modes are made by grabs, ours and others', not by somebody who moves the pointer. */
  if (event->mode != GDK_CROSSING_NORMAL)
    return FALSE;

  if (event->type == GDK_ENTER_NOTIFY) {
    if (self->priv->grab_keyboard && gtk_widget_has_focus (widget))
      gvnc_grab_set (self, TRUE, self->priv->pointer_grabbed);
  } else if (!self->priv->pointer_grabbed) {
    gvnc_grab_set (self, FALSE, FALSE);
  }
  return FALSE;
}

/* Somebody else took a grab away. */
gboolean
gvnc_grab_broken_event (GtkWidget *widget, GdkEventGrabBroken *event)
{
  VncDisplay *self = VNC_DISPLAY (widget);

  if (self->priv->grab_window && !event->implicit && event->grab_window != self->priv->grab_window)
    gvnc_grab_set (self, FALSE, FALSE);
  return FALSE;
}
