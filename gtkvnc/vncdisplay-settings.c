/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "offer.h"
#include "vncdisplay-private.h"

/* The settings of a widget, one setter and getter each. All can be changed at any time; what the server has to know
 * counts from the next handshake on. */

#define SETTINGS_DEFAULT_GRAB_KEYS "Control_L+Alt_L"

/* What is drawn, and where, has changed. */
static void
display_view_changed (VncDisplay *self)
{
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* TRUE when the setting has changed. */
static gboolean
display_set_flag (VncDisplay *self, gboolean *flag, gboolean enable, const char *property)
{
  enable = !!enable;
  if (*flag == enable)
    return FALSE;
  *flag = enable;
  g_object_notify (G_OBJECT (self), property);
  return TRUE;
}

/**
 * vnc_display_set_grab_keys:
 * @obj: a widget
 * @seq: (nullable): the keys, which are copied
 *
 * Sets the keys that take and give back keyboard and pointer.
 *
 * %NULL sets the default, `Control_L+Alt_L`. A sequence without a key turns the combination off.
 */
void
vnc_display_set_grab_keys (VncDisplay *obj, VncGrabSequence *seq)
{
  VncDisplayPrivate *priv;
  VncGrabSequence *copy;

  g_return_if_fail (VNC_IS_DISPLAY (obj));

  priv = obj->priv;
  copy = seq ? vnc_grab_sequence_copy (seq) : vnc_grab_sequence_new_from_string (SETTINGS_DEFAULT_GRAB_KEYS);
  g_clear_pointer (&priv->grab_keys, vnc_grab_sequence_free);
  priv->grab_keys = copy;
  gvnc_grab_match_set_keys (&priv->grab_match, copy->keysyms, copy->nkeysyms);
  g_object_notify (G_OBJECT (obj), "grab-keys");
}

/**
 * vnc_display_get_grab_keys:
 * @obj: a widget
 *
 * Gives the keys that take and give back keyboard and pointer.
 *
 * Returns: (transfer none): the keys
 */
VncGrabSequence *
vnc_display_get_grab_keys (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), NULL);

  return obj->priv->grab_keys;
}

/**
 * vnc_display_set_pointer_grab:
 * @obj: a widget
 * @enable: whether clicks grab
 *
 * Sets whether a click grabs the pointer when the server wants relative motion.
 */
void
vnc_display_set_pointer_grab (VncDisplay *obj, gboolean enable)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  display_set_flag (obj, &obj->priv->grab_pointer, enable, "grab-pointer");
}

/**
 * vnc_display_get_pointer_grab:
 * @obj: a widget
 *
 * Tells whether a click grabs the pointer in relative mode.
 *
 * Returns: the setting
 */
gboolean
vnc_display_get_pointer_grab (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  return obj->priv->grab_pointer;
}

/**
 * vnc_display_set_keyboard_grab:
 * @obj: a widget
 * @enable: whether entering grabs
 *
 * Sets whether the keyboard is grabbed while the pointer is in the focused widget.
 */
void
vnc_display_set_keyboard_grab (VncDisplay *obj, gboolean enable)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  display_set_flag (obj, &obj->priv->grab_keyboard, enable, "grab-keyboard");
}

/**
 * vnc_display_get_keyboard_grab:
 * @obj: a widget
 *
 * Tells whether the keyboard is grabbed while the pointer is in the focused widget.
 *
 * Returns: the setting
 */
gboolean
vnc_display_get_keyboard_grab (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  return obj->priv->grab_keyboard;
}

/**
 * vnc_display_set_pointer_local:
 * @obj: a widget
 * @enable: whether to show it
 *
 * Sets whether the local pointer is shown while the server sends no shape for it.
 */
void
vnc_display_set_pointer_local (VncDisplay *obj, gboolean enable)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  if (display_set_flag (obj, &obj->priv->local_pointer, enable, "local-pointer"))
    gvnc_cursor_update (obj);
}

/**
 * vnc_display_get_pointer_local:
 * @obj: a widget
 *
 * Tells whether the local pointer is shown while the server sends no shape for it.
 *
 * Returns: the setting
 */
gboolean
vnc_display_get_pointer_local (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  return obj->priv->local_pointer;
}

/**
 * vnc_display_set_read_only:
 * @obj: a widget
 * @enable: whether the user may only look
 *
 * Sets whether keys, pointer and clipboard are kept from the server.
 *
 * Keys and buttons that are held are released first.
 */
void
vnc_display_set_read_only (VncDisplay *obj, gboolean enable)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  if (enable) {
    gvnc_keyboard_release_all (obj);
    gvnc_pointer_release_all (obj);
  }
  display_set_flag (obj, &obj->priv->read_only, enable, "read-only");
}

/**
 * vnc_display_get_read_only:
 * @obj: a widget
 *
 * Tells whether the user may only look.
 *
 * Returns: the setting
 */
gboolean
vnc_display_get_read_only (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  return obj->priv->read_only;
}

/**
 * vnc_display_set_lossy_encoding:
 * @obj: a widget
 * @enable: whether JPEG is allowed
 *
 * Sets whether the server may send JPEG, from the next handshake on.
 */
void
vnc_display_set_lossy_encoding (VncDisplay *obj, gboolean enable)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  display_set_flag (obj, &obj->priv->lossy, enable, "lossy-encoding");
}

/**
 * vnc_display_get_lossy_encoding:
 * @obj: a widget
 *
 * Tells whether the server may send JPEG.
 *
 * Returns: the setting
 */
gboolean
vnc_display_get_lossy_encoding (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  return obj->priv->lossy;
}

/**
 * vnc_display_set_shared_flag:
 * @obj: a widget
 * @shared: whether to share
 *
 * Sets whether the server is asked to let other clients stay, from the next handshake on.
 */
void
vnc_display_set_shared_flag (VncDisplay *obj, gboolean shared)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  /* Who is notified may set it again. */
  if (display_set_flag (obj, &obj->priv->shared, shared, "shared-flag"))
    vnc_connection_set_shared (obj->priv->conn, obj->priv->shared);
}

/**
 * vnc_display_get_shared_flag:
 * @obj: a widget
 *
 * Tells whether the server is asked to let other clients stay.
 *
 * Returns: the setting
 */
gboolean
vnc_display_get_shared_flag (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  return obj->priv->shared;
}

/**
 * vnc_display_set_depth:
 * @obj: a widget
 * @depth: how many colours
 *
 * Sets how many colours the server is asked to send, from the next handshake on.
 *
 * A value that the enumeration does not have counts as %VNC_DISPLAY_DEPTH_COLOR_DEFAULT.
 */
void
vnc_display_set_depth (VncDisplay *obj, VncDisplayDepthColor depth)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  if ((guint) depth > VNC_DISPLAY_DEPTH_COLOR_ULTRA_LOW)
    depth = VNC_DISPLAY_DEPTH_COLOR_DEFAULT;
  if (obj->priv->depth == depth)
    return;
  obj->priv->depth = depth;
  g_object_notify (G_OBJECT (obj), "depth");
}

/**
 * vnc_display_get_depth:
 * @obj: a widget
 *
 * Tells how many colours the server is asked to send.
 *
 * Returns: the setting
 */
VncDisplayDepthColor
vnc_display_get_depth (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), VNC_DISPLAY_DEPTH_COLOR_DEFAULT);

  return obj->priv->depth;
}

/**
 * vnc_display_set_scaling:
 * @obj: a widget
 * @enable: whether to scale
 *
 * Sets whether the picture is made to fill the widget.
 *
 * Returns: always %TRUE
 */
gboolean
vnc_display_set_scaling (VncDisplay *obj, gboolean enable)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), TRUE);

  if (display_set_flag (obj, &obj->priv->scaling, enable, "scaling"))
    display_view_changed (obj);
  return TRUE;
}

/**
 * vnc_display_get_scaling:
 * @obj: a widget
 *
 * Tells whether the picture is made to fill the widget.
 *
 * Returns: the setting
 */
gboolean
vnc_display_get_scaling (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  return obj->priv->scaling;
}

/**
 * vnc_display_set_keep_aspect_ratio:
 * @obj: a widget
 * @enable: whether to keep it
 *
 * Sets whether scaling leaves a black border rather than distorting the picture.
 */
void
vnc_display_set_keep_aspect_ratio (VncDisplay *obj, gboolean enable)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  if (display_set_flag (obj, &obj->priv->keep_aspect, enable, "keep-aspect-ratio"))
    gtk_widget_queue_draw (GTK_WIDGET (obj));
}

/**
 * vnc_display_get_keep_aspect_ratio:
 * @obj: a widget
 *
 * Tells whether scaling leaves a black border rather than distorting the picture.
 *
 * Returns: the setting
 */
gboolean
vnc_display_get_keep_aspect_ratio (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  return obj->priv->keep_aspect;
}

/**
 * vnc_display_set_force_size:
 * @obj: a widget
 * @enable: whether to ask for room
 *
 * Sets whether the widget asks for room for the whole desktop.
 */
void
vnc_display_set_force_size (VncDisplay *obj, gboolean enable)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  if (display_set_flag (obj, &obj->priv->force_size, enable, "force-size"))
    display_view_changed (obj);
}

/**
 * vnc_display_get_force_size:
 * @obj: a widget
 *
 * Tells whether the widget asks for room for the whole desktop.
 *
 * Returns: the setting
 */
gboolean
vnc_display_get_force_size (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  return obj->priv->force_size;
}

/**
 * vnc_display_set_allow_resize:
 * @obj: a widget
 * @enable: whether to ask the server
 *
 * Sets whether the server is asked for a desktop of the widget's size.
 *
 * Half a second after the widget's size has changed, or this was switched on, servers that allow it are asked for that
 * size divided by the zoom.
 */
void
vnc_display_set_allow_resize (VncDisplay *obj, gboolean enable)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  if (display_set_flag (obj, &obj->priv->allow_resize, enable, "allow-resize"))
    gvnc_resize_schedule (obj);
}

/**
 * vnc_display_set_show_remote_pointer:
 * @obj: a widget
 * @enable: whether to show it
 *
 * Sets whether the server's pointer is shown where the server says it is (PointerPos, VMware's cursor position), when
 * another client or the server itself has moved it. It is drawn in the shape that the server gives until the user moves
 * the pointer over this widget; while [method@Display.force_grab] or the grab keys hold the pointer, the local one is put
 * there where the window system allows it.
 *
 * It takes effect at once. Call it in the thread of GTK.
 *
 * Since: 2.0
 */
void
vnc_display_set_show_remote_pointer (VncDisplay *obj, gboolean enable)
{
  VncDisplayPrivate *priv;

  g_return_if_fail (VNC_IS_DISPLAY (obj));

  priv = obj->priv;
  if (!display_set_flag (obj, &priv->show_remote, enable, "show-remote-pointer"))
    return;
  /* Who is notified may have set it again. */
  if (!priv->show_remote)
    gvnc_remote_pointer_hide (obj);
  if (priv->framebuffer != NULL && vnc_connection_is_initialized (priv->conn))
    gvnc_offer_encodings (priv->conn, priv->lossy, priv->show_remote);
}

/**
 * vnc_display_get_show_remote_pointer:
 * @obj: a widget
 *
 * Tells whether the server's pointer is shown where the server says it is.
 *
 * Returns: the setting
 *
 * Since: 2.0
 */
gboolean
vnc_display_get_show_remote_pointer (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  return obj->priv->show_remote;
}

/**
 * vnc_display_get_allow_resize:
 * @obj: a widget
 *
 * Tells whether the server is asked for a desktop of the widget's size.
 *
 * Returns: the setting
 */
gboolean
vnc_display_get_allow_resize (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  return obj->priv->allow_resize;
}

/**
 * vnc_display_set_smoothing:
 * @obj: a widget
 * @enable: whether to filter
 *
 * Sets whether a picture that is not drawn one to one is filtered.
 */
void
vnc_display_set_smoothing (VncDisplay *obj, gboolean enable)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  if (display_set_flag (obj, &obj->priv->smoothing, enable, "smoothing"))
    gtk_widget_queue_draw (GTK_WIDGET (obj));
}

/**
 * vnc_display_get_smoothing:
 * @obj: a widget
 *
 * Tells whether a picture that is not drawn one to one is filtered.
 *
 * Returns: the setting
 */
gboolean
vnc_display_get_smoothing (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  return obj->priv->smoothing;
}

/**
 * vnc_display_set_rotation:
 * @obj: a widget
 * @rotation: degrees clockwise
 *
 * Sets how far the picture is turned: 0, 90, 180 or 270 degrees. Other values are rounded to the nearest of these.
 */
void
vnc_display_set_rotation (VncDisplay *obj, guint rotation)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  rotation = gvnc_geometry_round_rotation (rotation);
  if (obj->priv->rotation_degrees == rotation)
    return;
  obj->priv->rotation_degrees = rotation;
  g_object_notify (G_OBJECT (obj), "rotation");
  display_view_changed (obj);
}

/**
 * vnc_display_get_rotation:
 * @obj: a widget
 *
 * Tells how far the picture is turned clockwise.
 *
 * Returns: 0, 90, 180 or 270 degrees
 */
guint
vnc_display_get_rotation (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), 0);

  return obj->priv->rotation_degrees;
}

/**
 * vnc_display_set_zoom_level:
 * @obj: a widget
 * @zoom: percent; values outside of 10 to 400 are moved to these
 *
 * Sets how large one remote pixel is drawn.
 */
void
vnc_display_set_zoom_level (VncDisplay *obj, guint zoom)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  zoom = CLAMP (zoom, GVNC_ZOOM_MIN_PERCENT, GVNC_ZOOM_MAX_PERCENT);
  if (obj->priv->zoom_percent == zoom)
    return;
  obj->priv->zoom_percent = zoom;
  g_object_notify (G_OBJECT (obj), "zoom-level");
  display_view_changed (obj);
}

/**
 * vnc_display_get_zoom_level:
 * @obj: a widget
 *
 * Tells how large one remote pixel is drawn.
 *
 * Returns: percent
 */
guint
vnc_display_get_zoom_level (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), 100);

  return obj->priv->zoom_percent;
}
