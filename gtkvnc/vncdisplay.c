/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncdisplay-private.h"
#include "vncdisplayenums.h"

/**
 * VncDisplay:
 *
 * A widget that shows the desktop of a VNC server and lets the user work on it.
 *
 * The widget can be made, connected to and opened at any time, with or without a window, and can be moved to another
 * container while a session goes on. After [method@Display.open_host] and its relatives everything happens from the
 * main loop: [signal@Display::vnc-connected], then [signal@Display::vnc-auth-credential] when the server wants to know
 * something, then [signal@Display::vnc-desktop-resize] and [signal@Display::vnc-initialized]. Every session, also one
 * that never came about, ends with [signal@Display::vnc-disconnected], which [signal@Display::vnc-error] precedes when
 * something went wrong.
 *
 * All functions are to be called on the thread of GTK's main loop, and all signals are emitted there.
 *
 * A pointer that the server moves by itself, or for another client, is shown with
 * [property@Display:show-remote-pointer].
 */

G_DEFINE_TYPE_WITH_PRIVATE (VncDisplay, vnc_display, GTK_TYPE_DRAWING_AREA)

enum {
  PROP_0,
  PROP_CONNECTION,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_NAME,
  PROP_GRAB_KEYS,
  PROP_GRAB_POINTER,
  PROP_GRAB_KEYBOARD,
  PROP_LOCAL_POINTER,
  PROP_READ_ONLY,
  PROP_LOSSY_ENCODING,
  PROP_SHARED_FLAG,
  PROP_DEPTH,
  PROP_FORCE_SIZE,
  PROP_SCALING,
  PROP_KEEP_ASPECT_RATIO,
  PROP_SMOOTHING,
  PROP_SHOW_REMOTE_POINTER,
  PROP_ALLOW_RESIZE,
  PROP_ROTATION,
  PROP_ZOOM_LEVEL,
  N_PROPS,
};

static GParamSpec *display_props[N_PROPS];

/* For the other parts */

void
gvnc_display_notify_desktop (VncDisplay *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), display_props[PROP_WIDTH]);
  g_object_notify_by_pspec (G_OBJECT (self), display_props[PROP_HEIGHT]);
}

void
gvnc_display_notify_name (VncDisplay *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), display_props[PROP_NAME]);
}

void
gvnc_display_get_view (VncDisplay *self, GvncView *view)
{
  *view = (GvncView) {
    .desktop_width = self->priv->desktop_width,
    .desktop_height = self->priv->desktop_height,
    .widget_width = gtk_widget_get_allocated_width (GTK_WIDGET (self)),
    .widget_height = gtk_widget_get_allocated_height (GTK_WIDGET (self)),
    .rotation_degrees = self->priv->rotation_degrees,
    .zoom_percent = self->priv->zoom_percent,
    .scaling = self->priv->scaling,
    .keep_aspect = self->priv->keep_aspect,
  };
}

void
gvnc_display_get_geometry (VncDisplay *self, GvncGeometry *geometry)
{
  GvncView view;

  gvnc_display_get_view (self, &view);
  gvnc_geometry_init (geometry, &view);
}

/* Widget */

static void
display_get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  GvncView view;
  int minimum_height, natural_height;

  gvnc_display_get_view (VNC_DISPLAY (widget), &view);
  gvnc_geometry_request (&view, VNC_DISPLAY (widget)->priv->force_size,
                         minimum, &minimum_height, natural, &natural_height);
}

static void
display_get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  GvncView view;
  int minimum_width, natural_width;

  gvnc_display_get_view (VNC_DISPLAY (widget), &view);
  gvnc_geometry_request (&view, VNC_DISPLAY (widget)->priv->force_size,
                         &minimum_width, minimum, &natural_width, natural);
}

static void
display_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  GTK_WIDGET_CLASS (vnc_display_parent_class)->size_allocate (widget, allocation);
  gvnc_resize_schedule (VNC_DISPLAY (widget));
}

static void
display_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (vnc_display_parent_class)->realize (widget);
  gvnc_cursor_update (VNC_DISPLAY (widget));
}

/* Without a window nothing can be held, but the session goes on: the widget may be on its way to another container. */
static void
display_unrealize (GtkWidget *widget)
{
  gvnc_grab_set (VNC_DISPLAY (widget), FALSE, FALSE);
  gvnc_keyboard_release_all (VNC_DISPLAY (widget));
  gvnc_pointer_release_all (VNC_DISPLAY (widget));
  g_clear_object (&VNC_DISPLAY (widget)->priv->cursor);
  gvnc_renderer_reset (VNC_DISPLAY (widget));
  GTK_WIDGET_CLASS (vnc_display_parent_class)->unrealize (widget);
}

static void
display_unmap (GtkWidget *widget)
{
  gvnc_grab_set (VNC_DISPLAY (widget), FALSE, FALSE);
  GTK_WIDGET_CLASS (vnc_display_parent_class)->unmap (widget);
}

static gboolean
display_focus_in (GtkWidget *widget, GdkEventFocus *event)
{
  gvnc_keyboard_focus (VNC_DISPLAY (widget));
  return GTK_WIDGET_CLASS (vnc_display_parent_class)->focus_in_event (widget, event);
}

static gboolean
display_focus_out (GtkWidget *widget, GdkEventFocus *event)
{
  gvnc_keyboard_release_all (VNC_DISPLAY (widget));
  return GTK_WIDGET_CLASS (vnc_display_parent_class)->focus_out_event (widget, event);
}

/* Object */

static void
display_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VncDisplay *self = VNC_DISPLAY (object);
  VncDisplayPrivate *priv = self->priv;

  switch (id) {
  case PROP_CONNECTION:
    g_value_set_object (value, priv->conn);
    break;
  case PROP_WIDTH:
    g_value_set_int (value, vnc_display_get_width (self));
    break;
  case PROP_HEIGHT:
    g_value_set_int (value, vnc_display_get_height (self));
    break;
  case PROP_NAME:
    g_value_set_string (value, vnc_display_get_name (self));
    break;
  case PROP_GRAB_KEYS:
    g_value_set_boxed (value, priv->grab_keys);
    break;
  case PROP_GRAB_POINTER:
    g_value_set_boolean (value, priv->grab_pointer);
    break;
  case PROP_GRAB_KEYBOARD:
    g_value_set_boolean (value, priv->grab_keyboard);
    break;
  case PROP_LOCAL_POINTER:
    g_value_set_boolean (value, priv->local_pointer);
    break;
  case PROP_READ_ONLY:
    g_value_set_boolean (value, priv->read_only);
    break;
  case PROP_LOSSY_ENCODING:
    g_value_set_boolean (value, priv->lossy);
    break;
  case PROP_SHARED_FLAG:
    g_value_set_boolean (value, priv->shared);
    break;
  case PROP_DEPTH:
    g_value_set_enum (value, (int) priv->depth);
    break;
  case PROP_FORCE_SIZE:
    g_value_set_boolean (value, priv->force_size);
    break;
  case PROP_SCALING:
    g_value_set_boolean (value, priv->scaling);
    break;
  case PROP_KEEP_ASPECT_RATIO:
    g_value_set_boolean (value, priv->keep_aspect);
    break;
  case PROP_SMOOTHING:
    g_value_set_boolean (value, priv->smoothing);
    break;
  case PROP_SHOW_REMOTE_POINTER:
    g_value_set_boolean (value, priv->show_remote);
    break;
  case PROP_ALLOW_RESIZE:
    g_value_set_boolean (value, priv->allow_resize);
    break;
  case PROP_ROTATION:
    g_value_set_uint (value, priv->rotation_degrees);
    break;
  case PROP_ZOOM_LEVEL:
    g_value_set_uint (value, priv->zoom_percent);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
display_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VncDisplay *self = VNC_DISPLAY (object);

  switch (id) {
  case PROP_GRAB_KEYS:
    vnc_display_set_grab_keys (self, g_value_get_boxed (value));
    break;
  case PROP_GRAB_POINTER:
    vnc_display_set_pointer_grab (self, g_value_get_boolean (value));
    break;
  case PROP_GRAB_KEYBOARD:
    vnc_display_set_keyboard_grab (self, g_value_get_boolean (value));
    break;
  case PROP_LOCAL_POINTER:
    vnc_display_set_pointer_local (self, g_value_get_boolean (value));
    break;
  case PROP_READ_ONLY:
    vnc_display_set_read_only (self, g_value_get_boolean (value));
    break;
  case PROP_LOSSY_ENCODING:
    vnc_display_set_lossy_encoding (self, g_value_get_boolean (value));
    break;
  case PROP_SHARED_FLAG:
    vnc_display_set_shared_flag (self, g_value_get_boolean (value));
    break;
  case PROP_DEPTH:
    vnc_display_set_depth (self, (VncDisplayDepthColor) g_value_get_enum (value));
    break;
  case PROP_FORCE_SIZE:
    vnc_display_set_force_size (self, g_value_get_boolean (value));
    break;
  case PROP_SCALING:
    vnc_display_set_scaling (self, g_value_get_boolean (value));
    break;
  case PROP_KEEP_ASPECT_RATIO:
    vnc_display_set_keep_aspect_ratio (self, g_value_get_boolean (value));
    break;
  case PROP_SMOOTHING:
    vnc_display_set_smoothing (self, g_value_get_boolean (value));
    break;
  case PROP_SHOW_REMOTE_POINTER:
    vnc_display_set_show_remote_pointer (self, g_value_get_boolean (value));
    break;
  case PROP_ALLOW_RESIZE:
    vnc_display_set_allow_resize (self, g_value_get_boolean (value));
    break;
  case PROP_ROTATION:
    vnc_display_set_rotation (self, g_value_get_uint (value));
    break;
  case PROP_ZOOM_LEVEL:
    vnc_display_set_zoom_level (self, g_value_get_uint (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
display_dispose (GObject *object)
{
  VncDisplay *self = VNC_DISPLAY (object);

  gvnc_resize_cancel (self);
  gvnc_remote_pointer_hide (self);
  gvnc_session_dispose (self);
  G_OBJECT_CLASS (vnc_display_parent_class)->dispose (object);
}

static void
display_finalize (GObject *object)
{
  VncDisplayPrivate *priv = VNC_DISPLAY (object)->priv;

  gvnc_resize_cancel (VNC_DISPLAY (object));
  gvnc_remote_pointer_hide (VNC_DISPLAY (object));
  gvnc_renderer_reset (VNC_DISPLAY (object));
  g_clear_object (&priv->cursor);
  g_clear_object (&priv->framebuffer);
  g_clear_object (&priv->conn);
  g_clear_pointer (&priv->grab_keys, vnc_grab_sequence_free);
  G_OBJECT_CLASS (vnc_display_parent_class)->finalize (object);
}

static void
display_install_properties (GObjectClass *object_class)
{
  /**
   * VncDisplay:connection:
   *
   * The connection that the widget works with; the same one for the whole life of the widget.
   */
  display_props[PROP_CONNECTION] =
    g_param_spec_object ("connection", NULL, NULL,
                         VNC_TYPE_CONNECTION,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:width:
   *
   * The width of the desktop in remote pixels, 0 outside of a session.
   */
  display_props[PROP_WIDTH] =
    g_param_spec_int ("width", NULL, NULL,
                      0, G_MAXINT, 0,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:height:
   *
   * The height of the desktop in remote pixels, 0 outside of a session.
   */
  display_props[PROP_HEIGHT] =
    g_param_spec_int ("height", NULL, NULL,
                      0, G_MAXINT, 0,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:name:
   *
   * The name of the desktop, %NULL outside of a session.
   */
  display_props[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:grab-keys:
   *
   * The keys that take and give back keyboard and pointer when they are held together and one of them is released.
   *
   * `Control_L+Alt_L` unless something else is set; %NULL sets that again. A sequence without a key turns the
   * combination off.
   */
  display_props[PROP_GRAB_KEYS] =
    g_param_spec_boxed ("grab-keys", NULL, NULL,
                        VNC_TYPE_GRAB_SEQUENCE,
                        G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:depth:
   *
   * How many colours the server is asked to send, from the next session on.
   */
  display_props[PROP_DEPTH] =
    g_param_spec_enum ("depth", NULL, NULL,
                       VNC_TYPE_DISPLAY_DEPTH_COLOR, VNC_DISPLAY_DEPTH_COLOR_DEFAULT,
                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:rotation:
   *
   * How far the picture is turned clockwise, in degrees: 0, 90, 180 or 270. Other values are rounded to these.
   */
  display_props[PROP_ROTATION] =
    g_param_spec_uint ("rotation", NULL, NULL,
                       0, 270, 0,
                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:zoom-level:
   *
   * How large one remote pixel is drawn, in percent of a local one.
   *
   * From 10 to 400; 100 draws pixels one to one. With [property@Display:scaling] it only counts for the size that the
   * widget would like to have.
   */
  display_props[PROP_ZOOM_LEVEL] =
    g_param_spec_uint ("zoom-level", NULL, NULL,
                       GVNC_ZOOM_MIN_PERCENT, GVNC_ZOOM_MAX_PERCENT, 100,
                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:grab-pointer:
   *
   * Whether a click grabs the pointer when the server wants relative motion.
   *
   * Changing it does not end a grab.
   */
  display_props[PROP_GRAB_POINTER] =
    g_param_spec_boolean ("grab-pointer", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:grab-keyboard:
   *
   * Whether the keyboard is grabbed while the pointer is in the focused widget.
   *
   * Changing it does not end a grab.
   */
  display_props[PROP_GRAB_KEYBOARD] =
    g_param_spec_boolean ("grab-keyboard", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:local-pointer:
   *
   * Whether the local pointer is shown while the server sends no shape for it.
   */
  display_props[PROP_LOCAL_POINTER] =
    g_param_spec_boolean ("local-pointer", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:read-only:
   *
   * Whether nothing that the user does is sent to the server, and no clipboard of it is taken.
   */
  display_props[PROP_READ_ONLY] =
    g_param_spec_boolean ("read-only", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:lossy-encoding:
   *
   * Whether the server may send JPEG. Counts from the next session on.
   */
  display_props[PROP_LOSSY_ENCODING] =
    g_param_spec_boolean ("lossy-encoding", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:shared-flag:
   *
   * Whether the server is asked to let other clients stay. Counts from the next session on.
   */
  display_props[PROP_SHARED_FLAG] =
    g_param_spec_boolean ("shared-flag", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:force-size:
   *
   * Whether the widget asks for room for the whole desktop.
   *
   * With [property@Display:scaling] that is only what it would like to have.
   */
  display_props[PROP_FORCE_SIZE] =
    g_param_spec_boolean ("force-size", NULL, NULL,
                          TRUE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:scaling:
   *
   * Whether the picture is made to fill the widget.
   */
  display_props[PROP_SCALING] =
    g_param_spec_boolean ("scaling", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:keep-aspect-ratio:
   *
   * Whether scaling leaves a black border rather than distorting the picture.
   */
  display_props[PROP_KEEP_ASPECT_RATIO] =
    g_param_spec_boolean ("keep-aspect-ratio", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:smoothing:
   *
   * Whether a picture that is not drawn one to one is filtered.
   */
  display_props[PROP_SMOOTHING] =
    g_param_spec_boolean ("smoothing", NULL, NULL,
                          TRUE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:show-remote-pointer:
   *
   * Whether the server's pointer is shown where the server says it is, when it is not where ours was last.
   *
   * Since: 2.0
   */
  display_props[PROP_SHOW_REMOTE_POINTER] =
    g_param_spec_boolean ("show-remote-pointer", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * VncDisplay:allow-resize:
   *
   * Whether the server is asked for a desktop of the widget's size when that has changed, half a second later.
   */
  display_props[PROP_ALLOW_RESIZE] =
    g_param_spec_boolean ("allow-resize", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, display_props);
}

static void
vnc_display_class_init (VncDisplayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = display_get_property;
  object_class->set_property = display_set_property;
  object_class->dispose = display_dispose;
  object_class->finalize = display_finalize;

  widget_class->get_preferred_width = display_get_preferred_width;
  widget_class->get_preferred_height = display_get_preferred_height;
  widget_class->size_allocate = display_size_allocate;
  widget_class->realize = display_realize;
  widget_class->unrealize = display_unrealize;
  widget_class->unmap = display_unmap;
  widget_class->focus_in_event = display_focus_in;
  widget_class->focus_out_event = display_focus_out;
  widget_class->draw = gvnc_renderer_draw;
  widget_class->key_press_event = gvnc_keyboard_event;
  widget_class->key_release_event = gvnc_keyboard_event;
  widget_class->button_press_event = gvnc_pointer_button_event;
  widget_class->button_release_event = gvnc_pointer_button_event;
  widget_class->motion_notify_event = gvnc_pointer_motion_event;
  widget_class->scroll_event = gvnc_pointer_scroll_event;
  widget_class->enter_notify_event = gvnc_grab_crossing_event;
  widget_class->leave_notify_event = gvnc_grab_crossing_event;
  widget_class->grab_broken_event = gvnc_grab_broken_event;

  display_install_properties (object_class);
  gvnc_display_install_signals ();
}

static void
vnc_display_init (VncDisplay *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->priv = vnc_display_get_instance_private (self);
  self->priv->conn = vnc_connection_new ();
  self->priv->absolute = TRUE;

  gtk_widget_set_can_focus (widget, TRUE);
  gtk_widget_add_events (widget,
                         GDK_POINTER_MOTION_MASK | GDK_BUTTON_MOTION_MASK
                         | GDK_BUTTON_PRESS_MASK | GDK_BUTTON_RELEASE_MASK
                         | GDK_SCROLL_MASK | GDK_SMOOTH_SCROLL_MASK
                         | GDK_KEY_PRESS_MASK
                         | GDK_ENTER_NOTIFY_MASK | GDK_LEAVE_NOTIFY_MASK);
  gvnc_session_attach (self);
}

/**
 * vnc_display_new:
 *
 * Makes a widget that is not connected to anything.
 *
 * Returns: (transfer full): a new widget, with a floating reference
 */
GtkWidget *
vnc_display_new (void)
{
  return g_object_new (VNC_TYPE_DISPLAY, NULL);
}
