/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncdisplay-private.h"

/* Draws the framebuffer with cairo. GTK collects the damage as a region and clips each frame to it, so all that is
 * done here costs no more than the pixels that have changed. */

/* With more rectangles than this one operation is cheaper. */
#define RENDERER_CLIPS_MAX 64

/* Whether a remote pixel is one pixel of the screen: no filter is needed then, and none would do anything. */
static gboolean
renderer_is_exact (VncDisplay *self, const GvncGeometry *geometry)
{
  return gvnc_geometry_is_exact (geometry) && gtk_widget_get_scale_factor (GTK_WIDGET (self)) == 1;
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

/* The framebuffer as a pattern in the widget's space. */
static cairo_pattern_t *
renderer_pattern (VncDisplay *self, const GvncGeometry *geometry)
{
  cairo_pattern_t *pattern =
    cairo_pattern_create_for_surface (vnc_cairo_framebuffer_get_surface (self->priv->framebuffer));
  cairo_matrix_t to_desktop;
  GvncMatrix matrix;

  gvnc_geometry_matrix (geometry, &matrix);
  cairo_matrix_init (&to_desktop, matrix.xx, matrix.yx, matrix.xy, matrix.yy, matrix.x0, matrix.y0);
  cairo_matrix_invert (&to_desktop);
  cairo_pattern_set_matrix (pattern, &to_desktop);
  if (renderer_is_exact (self, geometry)) {
    cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  } else {
    /* Without it a filter would mix the outermost pixels with nothing. */
    cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
    cairo_pattern_set_filter (pattern, self->priv->smoothing ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
  }
  return pattern;
}

static void
renderer_draw_picture (VncDisplay *self, cairo_t *cr, const GvncGeometry *geometry)
{
  cairo_pattern_t *pattern = renderer_pattern (self, geometry);
  cairo_rectangle_list_t *clips;

  cairo_save (cr);
  cairo_rectangle (cr, geometry->picture.x, geometry->picture.y, geometry->picture.width, geometry->picture.height);
  cairo_clip (cr);
  cairo_set_source (cr, pattern);
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
  cairo_pattern_destroy (pattern);
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
  if (!gvnc_geometry_is_empty (&geometry))
    renderer_draw_picture (self, cr, &geometry);
  return FALSE;
}

void
gvnc_renderer_damage (VncDisplay *self, const GvncArea *area)
{
  GvncGeometry geometry;
  GvncArea damage;
  gboolean filtered;

  if (!self->priv->framebuffer)
    return;
  /* cairo may hold a copy that it had sent to the display server. */
  cairo_surface_mark_dirty_rectangle (vnc_cairo_framebuffer_get_surface (self->priv->framebuffer),
                                      area->x, area->y, area->width, area->height);

  gvnc_display_get_geometry (self, &geometry);
  filtered = self->priv->smoothing && !renderer_is_exact (self, &geometry);
  if (gvnc_geometry_damage (&geometry, area, filtered, &damage))
    gtk_widget_queue_draw_area (GTK_WIDGET (self), damage.x, damage.y, damage.width, damage.height);
}
