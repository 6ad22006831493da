/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncdisplay-private.h"

/* Draws the framebuffer with cairo. GTK collects the damage as a region and clips each frame to it, so all that is
 * done here costs no more than the pixels that have changed. What is neither scaled nor turned is painted from the
 * framebuffer itself, the rest from a GvncPicture. */

/* With more rectangles than this one operation is cheaper. */
#define RENDERER_CLIPS_MAX 64

/* How long a frame may scale; what is left comes in the next ones, so that the application can do its work between. */
#define RENDERER_FRAME_US  8000

/* Whether the framebuffer's pixels are those of the screen. */
static gboolean
renderer_is_plain (VncDisplay *self, const GvncGeometry *geometry)
{
  return gvnc_geometry_is_exact (geometry) && geometry->rotation_degrees == 0
         && gtk_widget_get_scale_factor (GTK_WIDGET (self)) == 1;
}

static void
renderer_draw_border (cairo_t *cr, const GvncGeometry *geometry, int width, int height)
{
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  if (!gvnc_geometry_is_empty (geometry))
    cairo_rectangle (cr, geometry->picture.x, geometry->picture.y, geometry->picture.width, geometry->picture.height);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
renderer_draw_plain (VncDisplay *self, cairo_t *cr, const GvncGeometry *geometry)
{
  cairo_surface_t *surface = vnc_cairo_framebuffer_get_surface (self->priv->framebuffer);
  cairo_rectangle_list_t *clips;

  cairo_save (cr);
  cairo_rectangle (cr, geometry->picture.x, geometry->picture.y, geometry->picture.width, geometry->picture.height);
  cairo_clip (cr);
  cairo_set_source_surface (cr, surface, geometry->picture.x, geometry->picture.y);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);

  /* One by one, or cairo sends the display server all that lies between two rectangles that are far apart. */
  clips = cairo_copy_clip_rectangle_list (cr);
  if (clips->status == CAIRO_STATUS_SUCCESS && clips->num_rectangles <= RENDERER_CLIPS_MAX) {
    for (int i = 0; i < clips->num_rectangles; i++) {
      const cairo_rectangle_t *clip = &clips->rectangles[i];

      cairo_rectangle (cr, clip->x, clip->y, clip->width, clip->height);
      cairo_fill (cr);
    }
  } else {
    cairo_paint (cr);
  }
  cairo_rectangle_list_destroy (clips);
  cairo_restore (cr);
}

static void
renderer_set_view (VncDisplay *self, const GvncGeometry *geometry)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gvnc_picture_set_view (&self->priv->picture, gtk_widget_get_window (widget), geometry,
                         gtk_widget_get_scale_factor (widget), self->priv->smoothing);
}

static void
renderer_draw_picture (VncDisplay *self, cairo_t *cr, const GvncGeometry *geometry)
{
  cairo_surface_t *surface = vnc_cairo_framebuffer_get_surface (self->priv->framebuffer);
  /* An application that draws us somewhere else wants the whole picture, now. */
  gboolean is_frame = gdk_cairo_get_drawing_context (cr) != NULL;
  cairo_region_t *left;

  renderer_set_view (self, geometry);
  left = gvnc_picture_paint (&self->priv->picture, cr, surface,
                             is_frame ? g_get_monotonic_time () + RENDERER_FRAME_US : 0);
  if (left) {
    gtk_widget_queue_draw_region (GTK_WIDGET (self), left);
    cairo_region_destroy (left);
  }
}

gboolean
gvnc_renderer_draw (GtkWidget *widget, cairo_t *cr)
{
  VncDisplay *self = VNC_DISPLAY (widget);
  GvncGeometry geometry = { 0 };

  if (self->priv->framebuffer)
    gvnc_display_get_geometry (self, &geometry);
  renderer_draw_border (cr, &geometry, gtk_widget_get_allocated_width (widget),
                        gtk_widget_get_allocated_height (widget));
  if (gvnc_geometry_is_empty (&geometry))
    return FALSE;
  if (renderer_is_plain (self, &geometry))
    renderer_draw_plain (self, cr, &geometry);
  else
    renderer_draw_picture (self, cr, &geometry);
  gvnc_remote_pointer_draw (self, cr);
  return FALSE;
}

void
gvnc_renderer_damage (VncDisplay *self, const GvncArea *area)
{
  GvncGeometry geometry;
  GvncArea damage;
  gboolean visible;

  if (!self->priv->framebuffer)
    return;
  /* cairo may hold a copy that it had sent to the display server. */
  cairo_surface_mark_dirty_rectangle (vnc_cairo_framebuffer_get_surface (self->priv->framebuffer),
                                      area->x, area->y, area->width, area->height);

  gvnc_display_get_geometry (self, &geometry);
  if (gvnc_geometry_is_empty (&geometry) || !gtk_widget_get_realized (GTK_WIDGET (self)))
    return;
  if (renderer_is_plain (self, &geometry)) {
    /* What is left of a scaled view would not hear of it. */
    gvnc_renderer_reset (self);
    visible = gvnc_geometry_damage (&geometry, area, &damage);
  } else {
    renderer_set_view (self, &geometry);
    visible = gvnc_picture_damage (&self->priv->picture, area, &damage);
  }
  if (visible)
    gtk_widget_queue_draw_area (GTK_WIDGET (self), damage.x, damage.y, damage.width, damage.height);
}

void
gvnc_renderer_reset (VncDisplay *self)
{
  gvnc_picture_clear (&self->priv->picture);
}
