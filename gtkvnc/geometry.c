/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "geometry.h"

#include <math.h>

/* Keeps the noise of the last binary digits from adding a row or column of pixels. */
#define GEOMETRY_NOISE 1e-6

static gboolean
geometry_is_sideways (guint rotation_degrees)
{
  return rotation_degrees == 90 || rotation_degrees == 270;
}

static int
geometry_zoomed (int length, guint zoom_percent)
{
  if (length <= 0)
    return 0;
  return (int) MAX (((gint64) length * zoom_percent + 50) / 100, 1);
}

guint
gvnc_geometry_round_rotation (guint degrees)
{
  return ((degrees % 360) + 45) / 90 % 4 * 90;
}

void
gvnc_geometry_init (GvncGeometry *self, const GvncView *view)
{
  gboolean sideways = geometry_is_sideways (view->rotation_degrees);

  *self = (GvncGeometry) {
    .desktop_width = view->desktop_width,
    .desktop_height = view->desktop_height,
    .turned_width = sideways ? view->desktop_height : view->desktop_width,
    .turned_height = sideways ? view->desktop_width : view->desktop_height,
    .rotation_degrees = view->rotation_degrees,
  };
  if (self->turned_width <= 0 || self->turned_height <= 0 || view->widget_width <= 0 || view->widget_height <= 0)
    return;

  if (!view->scaling) {
    self->picture.width = geometry_zoomed (self->turned_width, view->zoom_percent);
    self->picture.height = geometry_zoomed (self->turned_height, view->zoom_percent);
  } else if (!view->keep_aspect) {
    self->picture.width = view->widget_width;
    self->picture.height = view->widget_height;
  } else {
    double scale = MIN ((double) view->widget_width / self->turned_width,
                        (double) view->widget_height / self->turned_height);

    self->picture.width = CLAMP ((int) lround (self->turned_width * scale), 1, view->widget_width);
    self->picture.height = CLAMP ((int) lround (self->turned_height * scale), 1, view->widget_height);
  }

  /* In the middle; but a picture that does not fit begins at the corner, so that its first part can be seen. */
  self->picture.x = MAX ((view->widget_width - self->picture.width) / 2, 0);
  self->picture.y = MAX ((view->widget_height - self->picture.height) / 2, 0);
}

gboolean
gvnc_geometry_is_empty (const GvncGeometry *self)
{
  return self->picture.width <= 0 || self->picture.height <= 0;
}

gboolean
gvnc_geometry_equal (const GvncGeometry *self, const GvncGeometry *other)
{
  return self->desktop_width == other->desktop_width && self->desktop_height == other->desktop_height
         && self->rotation_degrees == other->rotation_degrees
         && self->picture.x == other->picture.x && self->picture.y == other->picture.y
         && self->picture.width == other->picture.width && self->picture.height == other->picture.height;
}

gboolean
gvnc_geometry_is_exact (const GvncGeometry *self)
{
  return self->picture.width == self->turned_width && self->picture.height == self->turned_height;
}

void
gvnc_geometry_matrix (const GvncGeometry *self, GvncMatrix *matrix)
{
  double left = self->picture.x, right = left + self->picture.width;
  double top = self->picture.y, bottom = top + self->picture.height;
  double scale_x = (double) self->picture.width / MAX (self->turned_width, 1);
  double scale_y = (double) self->picture.height / MAX (self->turned_height, 1);

  switch (self->rotation_degrees) {
  case 90:
    *matrix = (GvncMatrix) { .xy = -scale_x, .x0 = right, .yx = scale_y, .y0 = top };
    break;
  case 180:
    *matrix = (GvncMatrix) { .xx = -scale_x, .x0 = right, .yy = -scale_y, .y0 = bottom };
    break;
  case 270:
    *matrix = (GvncMatrix) { .xy = scale_x, .x0 = left, .yx = -scale_y, .y0 = bottom };
    break;
  default:
    *matrix = (GvncMatrix) { .xx = scale_x, .x0 = left, .yy = scale_y, .y0 = top };
    break;
  }
}

/* A coordinate of the widget as one of the turned desktop. The last pixel of the picture counts as its far edge, so
 * that the last remote pixel can be reached however much the picture is reduced, and whichever way it is turned. */
static double
geometry_unstretch (double position, int start, int length, int turned_length)
{
  double offset = position - start;

  if (!(offset > 0))          /* not a number comes here too */
    return 0;
  if (offset >= length - 1)
    return turned_length;
  return offset * turned_length / length;
}

gboolean
gvnc_geometry_to_desktop (const GvncGeometry *self, double x, double y, int *desktop_x, int *desktop_y)
{
  double across, down, remote_x, remote_y;

  *desktop_x = *desktop_y = 0;
  if (gvnc_geometry_is_empty (self))
    return FALSE;

  across = geometry_unstretch (x, self->picture.x, self->picture.width, self->turned_width);
  down = geometry_unstretch (y, self->picture.y, self->picture.height, self->turned_height);

  switch (self->rotation_degrees) {
  case 90:
    remote_x = down;
    remote_y = self->desktop_height - across;
    break;
  case 180:
    remote_x = self->desktop_width - across;
    remote_y = self->desktop_height - down;
    break;
  case 270:
    remote_x = self->desktop_width - down;
    remote_y = across;
    break;
  default:
    remote_x = across;
    remote_y = down;
    break;
  }
  *desktop_x = CLAMP ((int) floor (remote_x), 0, self->desktop_width - 1);
  *desktop_y = CLAMP ((int) floor (remote_y), 0, self->desktop_height - 1);
  return TRUE;
}

static gboolean
geometry_clip (GvncArea *area, int left, int top, int right, int bottom)
{
  int area_right = MIN (area->x + area->width, right);
  int area_bottom = MIN (area->y + area->height, bottom);

  area->x = MAX (area->x, left);
  area->y = MAX (area->y, top);
  area->width = area_right - area->x;
  area->height = area_bottom - area->y;
  return area->width > 0 && area->height > 0;
}

gboolean
gvnc_geometry_damage (const GvncGeometry *self, const GvncArea *area, GvncArea *damage)
{
  GvncArea source = *area;
  GvncMatrix matrix;
  double x1, y1, x2, y2, left, top, right, bottom;

  *damage = (GvncArea) { 0 };
  if (gvnc_geometry_is_empty (self) || !geometry_clip (&source, 0, 0, self->desktop_width, self->desktop_height))
    return FALSE;

  gvnc_geometry_matrix (self, &matrix);
  x1 = source.x;
  y1 = source.y;
  x2 = source.x + source.width;
  y2 = source.y + source.height;

  left = matrix.xx * x1 + matrix.xy * y1 + matrix.x0;
  top = matrix.yx * x1 + matrix.yy * y1 + matrix.y0;
  right = matrix.xx * x2 + matrix.xy * y2 + matrix.x0;
  bottom = matrix.yx * x2 + matrix.yy * y2 + matrix.y0;

  damage->x = (int) floor (MIN (left, right) + GEOMETRY_NOISE);
  damage->y = (int) floor (MIN (top, bottom) + GEOMETRY_NOISE);
  damage->width = (int) ceil (MAX (left, right) - GEOMETRY_NOISE) - damage->x;
  damage->height = (int) ceil (MAX (top, bottom) - GEOMETRY_NOISE) - damage->y;

  return geometry_clip (damage, self->picture.x, self->picture.y,
                        self->picture.x + self->picture.width, self->picture.y + self->picture.height);
}

void
gvnc_geometry_request (const GvncView *view, gboolean force_size,
                       int *minimum_width, int *minimum_height, int *natural_width, int *natural_height)
{
  gboolean sideways = geometry_is_sideways (view->rotation_degrees);

  *minimum_width = *minimum_height = *natural_width = *natural_height = 0;
  if (!force_size)
    return;

  *natural_width = geometry_zoomed (sideways ? view->desktop_height : view->desktop_width, view->zoom_percent);
  *natural_height = geometry_zoomed (sideways ? view->desktop_width : view->desktop_height, view->zoom_percent);
  if (!view->scaling) {
    *minimum_width = *natural_width;
    *minimum_height = *natural_height;
  }
}

void
gvnc_geometry_wanted_desktop (const GvncView *view, int *width, int *height)
{
  gboolean sideways = geometry_is_sideways (view->rotation_degrees);
  guint zoom_percent = MAX (view->zoom_percent, 1);

  *width = (int) ((gint64) (sideways ? view->widget_height : view->widget_width) * 100 / zoom_percent);
  *height = (int) ((gint64) (sideways ? view->widget_width : view->widget_height) * 100 / zoom_percent);
}
