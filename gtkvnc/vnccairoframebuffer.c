/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vnccairoframebuffer.h"

/**
 * VncCairoFramebuffer:
 *
 * A framebuffer in the memory of a cairo surface.
 *
 * The surface has the format `CAIRO_FORMAT_RGB24` and can be painted from at any time between two updates.
 */

struct _VncCairoFramebufferPrivate {
  cairo_surface_t *surface;   /* owned; its memory is what the base class draws on */
};

G_DEFINE_TYPE_WITH_PRIVATE (VncCairoFramebuffer, vnc_cairo_framebuffer, VNC_TYPE_BASE_FRAMEBUFFER)

enum {
  PROP_0,
  PROP_SURFACE,
  N_PROPS,
};

static GParamSpec *cairo_framebuffer_props[N_PROPS];

static void
cairo_framebuffer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VncCairoFramebuffer *self = VNC_CAIRO_FRAMEBUFFER (object);

  switch (id) {
  case PROP_SURFACE:
    g_value_set_pointer (value, self->priv->surface);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
cairo_framebuffer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VncCairoFramebuffer *self = VNC_CAIRO_FRAMEBUFFER (object);
  cairo_surface_t *surface;

  switch (id) {
  case PROP_SURFACE:
    surface = g_value_get_pointer (value);
    self->priv->surface = surface ? cairo_surface_reference (surface) : NULL;
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
cairo_framebuffer_finalize (GObject *object)
{
  VncCairoFramebuffer *self = VNC_CAIRO_FRAMEBUFFER (object);

  g_clear_pointer (&self->priv->surface, cairo_surface_destroy);
  G_OBJECT_CLASS (vnc_cairo_framebuffer_parent_class)->finalize (object);
}

static void
vnc_cairo_framebuffer_class_init (VncCairoFramebufferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cairo_framebuffer_get_property;
  object_class->set_property = cairo_framebuffer_set_property;
  object_class->finalize = cairo_framebuffer_finalize;

  /**
   * VncCairoFramebuffer:surface: (getter get_surface)
   *
   * The surface that holds the pixels.
   */
  cairo_framebuffer_props[PROP_SURFACE] =
    g_param_spec_pointer ("surface", NULL, NULL,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, cairo_framebuffer_props);
}

static void
vnc_cairo_framebuffer_init (VncCairoFramebuffer *self)
{
  self->priv = vnc_cairo_framebuffer_get_instance_private (self);
}

/**
 * vnc_cairo_framebuffer_new:
 * @width: of the desktop in pixels
 * @height: of the desktop in pixels
 * @remoteFormat: the format in which pixels come from the server
 *
 * Makes a black framebuffer with memory of its own.
 *
 * Returns: (transfer full): a new framebuffer; %NULL when cairo cannot make a surface of that size, its limit being
 *   32767 pixels in either direction
 */
VncCairoFramebuffer *
vnc_cairo_framebuffer_new (guint16 width, guint16 height, const VncPixelFormat *remoteFormat)
{
  /* What cairo calls RGB24: a 32-bit number in the order of the host, its highest byte unused. */
  VncPixelFormat local = {
    .bits_per_pixel = 32, .depth = 32, .byte_order = G_BYTE_ORDER, .true_color_flag = TRUE,
    .red_max = 255, .green_max = 255, .blue_max = 255,
    .red_shift = 16, .green_shift = 8, .blue_shift = 0,
  };
  VncCairoFramebuffer *self;
  cairo_surface_t *surface;

  g_return_val_if_fail (remoteFormat != NULL, NULL);

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy (surface);
    return NULL;
  }
  self = g_object_new (VNC_TYPE_CAIRO_FRAMEBUFFER,
                       "surface", surface,
                       "buffer", cairo_image_surface_get_data (surface),
                       "width", width,
                       "height", height,
                       "rowstride", cairo_image_surface_get_stride (surface),
                       "local-format", &local,
                       "remote-format", remoteFormat,
                       NULL);
  cairo_surface_destroy (surface);
  return self;
}

/**
 * vnc_cairo_framebuffer_get_surface:
 * @fb: a framebuffer
 *
 * Gives the surface that holds the pixels.
 *
 * Updates write to its memory behind cairo's back; whoever keeps the surface while the session goes on calls
 * `cairo_surface_mark_dirty()` before painting from it.
 *
 * Returns: (transfer none): the surface
 */
cairo_surface_t *
vnc_cairo_framebuffer_get_surface (VncCairoFramebuffer *fb)
{
  g_return_val_if_fail (VNC_IS_CAIRO_FRAMEBUFFER (fb), NULL);

  return fb->priv->surface;
}
