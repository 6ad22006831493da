/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "picture-gtk3.h"

#include <math.h>

/* A copy may have so many times the pixels of the window on the screen. */
#define PICTURE_COPY_WINDOWS 2

/* Rows between two looks at the clock. */
#define PICTURE_BAND_ROWS    32

/* The largest piece of a picture without a copy that is made at a time. */
#define PICTURE_TILE_PX      512

/* A region of more rectangles costs more than it saves. */
#define PICTURE_STALE_MAX    256

void
gvnc_picture_clear (GvncPicture *self)
{
  g_clear_pointer (&self->scaler, gvnc_scaler_free);
  g_clear_pointer (&self->copy, cairo_surface_destroy);
  g_clear_pointer (&self->stale, cairo_region_destroy);
  g_clear_pointer (&self->blank, cairo_region_destroy);
}

static GdkRectangle
picture_bounds (const GvncPicture *self)
{
  return (GdkRectangle) {
    0, 0, self->geometry.picture.width * self->scale_factor, self->geometry.picture.height * self->scale_factor,
  };
}

static gint64
picture_window_px (const GvncPicture *self, GdkWindow *window)
{
  GdkWindow *toplevel = window ? gdk_window_get_toplevel (window) : NULL;

  if (!toplevel)
    return 0;
  return (gint64) gdk_window_get_width (toplevel) * gdk_window_get_height (toplevel)
         * self->scale_factor * self->scale_factor;
}

static void
picture_make_copy (GvncPicture *self, GdkWindow *window)
{
  GdkRectangle all = picture_bounds (self);
  cairo_surface_t *surface;

  if ((gint64) all.width * all.height > PICTURE_COPY_WINDOWS * picture_window_px (self, window)) {
    g_clear_pointer (&self->copy, cairo_surface_destroy);
    return;
  }
  if (self->copy)
    return;
  surface = gdk_window_create_similar_image_surface (window, CAIRO_FORMAT_RGB24, all.width, all.height,
                                                     self->scale_factor);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy (surface);
    return;
  }
  self->copy = surface;
  g_clear_pointer (&self->stale, cairo_region_destroy);
  g_clear_pointer (&self->blank, cairo_region_destroy);
  self->stale = cairo_region_create_rectangle (&all);
  self->blank = cairo_region_create_rectangle (&all);
}

void
gvnc_picture_set_view (GvncPicture *self, GdkWindow *window, const GvncGeometry *geometry,
                       int scale_factor, gboolean smooth)
{
  gboolean same = self->scaler && self->scale_factor == scale_factor && self->smooth == smooth
                  && gvnc_geometry_equal (&self->geometry, geometry);

  if (!same) {
    gvnc_picture_clear (self);
    self->geometry = *geometry;
    self->scale_factor = scale_factor;
    self->smooth = smooth;
    self->scaler = gvnc_scaler_new (geometry->desktop_width, geometry->desktop_height, geometry->rotation_degrees,
                                    geometry->picture.width * scale_factor, geometry->picture.height * scale_factor,
                                    smooth);
  }
  picture_make_copy (self, window);
}

/* The widget's pixels that hold any of these of the picture. */
static void
picture_to_widget (const GvncPicture *self, const GdkRectangle *pixels, GdkRectangle *widget)
{
  int scale = self->scale_factor;

  widget->x = pixels->x / scale;
  widget->y = pixels->y / scale;
  widget->width = (pixels->x + pixels->width + scale - 1) / scale - widget->x;
  widget->height = (pixels->y + pixels->height + scale - 1) / scale - widget->y;
  widget->x += self->geometry.picture.x;
  widget->y += self->geometry.picture.y;
}

static void
picture_add_stale (GvncPicture *self, const GdkRectangle *pixels)
{
  cairo_region_union_rectangle (self->stale, pixels);
  if (cairo_region_num_rectangles (self->stale) > PICTURE_STALE_MAX) {
    GdkRectangle all;

    cairo_region_get_extents (self->stale, &all);
    cairo_region_union_rectangle (self->stale, &all);
  }
}

gboolean
gvnc_picture_damage (GvncPicture *self, const GvncArea *area, GvncArea *damage)
{
  GdkRectangle pixels, widget;
  GvncArea reached;

  if (!gvnc_scaler_reach (self->scaler, area, &reached))
    return FALSE;
  pixels = (GdkRectangle) { reached.x, reached.y, reached.width, reached.height };
  if (self->copy)
    picture_add_stale (self, &pixels);
  picture_to_widget (self, &pixels, &widget);
  *damage = (GvncArea) { widget.x, widget.y, widget.width, widget.height };
  return TRUE;
}

/* The pixels of the picture that are inside the clip. */
static cairo_region_t *
picture_clip (const GvncPicture *self, cairo_t *cr)
{
  cairo_region_t *region = cairo_region_create ();
  cairo_rectangle_list_t *list = cairo_copy_clip_rectangle_list (cr);
  GdkRectangle all = picture_bounds (self);
  cairo_rectangle_t whole, *clips = list->rectangles;
  int n_clips = list->num_rectangles;

  /* A clip that cannot be told as rectangles, for example on a canvas that is turned. */
  if (list->status != CAIRO_STATUS_SUCCESS) {
    double right, bottom;

    cairo_clip_extents (cr, &whole.x, &whole.y, &right, &bottom);
    whole.width = right - whole.x;
    whole.height = bottom - whole.y;
    clips = &whole;
    n_clips = 1;
  }
  for (int i = 0; i < n_clips; i++) {
    double x = (clips[i].x - self->geometry.picture.x) * self->scale_factor;
    double y = (clips[i].y - self->geometry.picture.y) * self->scale_factor;
    double right = MIN (x + clips[i].width * self->scale_factor, all.width);
    double bottom = MIN (y + clips[i].height * self->scale_factor, all.height);
    GdkRectangle pixels;

    pixels.x = (int) floor (CLAMP (x, 0, all.width));
    pixels.y = (int) floor (CLAMP (y, 0, all.height));
    pixels.width = (int) ceil (MAX (right, 0)) - pixels.x;
    pixels.height = (int) ceil (MAX (bottom, 0)) - pixels.y;
    if (pixels.width > 0 && pixels.height > 0)
      cairo_region_union_rectangle (region, &pixels);
  }
  cairo_rectangle_list_destroy (list);
  return region;
}

static void
picture_scale (GvncPicture *self, cairo_surface_t *desktop, cairo_surface_t *target, const GdkRectangle *origin,
               const GdkRectangle *pixels, gboolean quick)
{
  GvncArea area = { pixels->x, pixels->y, pixels->width, pixels->height };
  gsize stride = (gsize) cairo_image_surface_get_stride (target);
  gsize x = (gsize) (pixels->x - origin->x), y = (gsize) (pixels->y - origin->y);

  gvnc_scaler_draw (self->scaler,
                    cairo_image_surface_get_data (desktop), (gsize) cairo_image_surface_get_stride (desktop),
                    cairo_image_surface_get_data (target) + y * stride + x * sizeof (guint32), stride,
                    &area, quick);
}

static gboolean
picture_is_late (gint64 deadline)
{
  return deadline != 0 && g_get_monotonic_time () >= deadline;
}

/* Makes @pixels of the copy anew, from the top down, as far as time allows. Tells how many rows that were. */
static int
picture_refresh_rectangle (GvncPicture *self, cairo_surface_t *desktop, const GdkRectangle *pixels, gint64 deadline)
{
  GdkRectangle all = picture_bounds (self);
  int n_rows = 0;

  do {
    GdkRectangle band = { pixels->x, pixels->y + n_rows, pixels->width,
                          MIN (PICTURE_BAND_ROWS, pixels->height - n_rows) };

    picture_scale (self, desktop, self->copy, &all, &band, FALSE);
    n_rows += band.height;
  } while (n_rows < pixels->height && !picture_is_late (deadline));
  return n_rows;
}

static void
picture_refresh (GvncPicture *self, cairo_surface_t *desktop, const cairo_region_t *wanted, gint64 deadline)
{
  cairo_region_t *todo = cairo_region_copy (wanted);
  GdkRectangle all = picture_bounds (self);

  cairo_region_intersect (todo, self->stale);
  if (!cairo_region_is_empty (todo))
    cairo_surface_flush (self->copy);
  /* Something in each frame, or it would never be done. */
  for (int i = 0; i < cairo_region_num_rectangles (todo) && (i == 0 || !picture_is_late (deadline)); i++) {
    GdkRectangle pixels;

    cairo_region_get_rectangle (todo, i, &pixels);
    pixels.height = picture_refresh_rectangle (self, desktop, &pixels, deadline);
    cairo_surface_mark_dirty_rectangle (self->copy, pixels.x, pixels.y, pixels.width, pixels.height);
    cairo_region_subtract_rectangle (self->stale, &pixels);
  }

  /* An old picture may stand a moment longer; where there is none, a rough one is better than nothing. */
  cairo_region_intersect (self->blank, self->stale);
  cairo_region_intersect (todo, self->blank);
  for (int i = 0; i < cairo_region_num_rectangles (todo); i++) {
    GdkRectangle pixels;

    cairo_region_get_rectangle (todo, i, &pixels);
    picture_scale (self, desktop, self->copy, &all, &pixels, TRUE);
    cairo_surface_mark_dirty_rectangle (self->copy, pixels.x, pixels.y, pixels.width, pixels.height);
  }
  cairo_region_subtract (self->blank, todo);
  cairo_region_destroy (todo);
}

/* Paints @pixels of the picture from a surface that begins with those of @origin. */
static void
picture_paint_rectangle (const GvncPicture *self, cairo_t *cr, cairo_surface_t *surface,
                         const GdkRectangle *origin, const GdkRectangle *pixels)
{
  double scale = self->scale_factor;

  cairo_set_source_surface (cr, surface, self->geometry.picture.x + origin->x / scale,
                            self->geometry.picture.y + origin->y / scale);
  cairo_rectangle (cr, self->geometry.picture.x + pixels->x / scale, self->geometry.picture.y + pixels->y / scale,
                   pixels->width / scale, pixels->height / scale);
  cairo_fill (cr);
}

static void
picture_paint_tiles (GvncPicture *self, cairo_t *cr, cairo_surface_t *desktop, const GdkRectangle *pixels)
{
  for (int y = 0; y < pixels->height; y += PICTURE_TILE_PX)
    for (int x = 0; x < pixels->width; x += PICTURE_TILE_PX) {
      GdkRectangle tile = { pixels->x + x, pixels->y + y, MIN (PICTURE_TILE_PX, pixels->width - x),
                            MIN (PICTURE_TILE_PX, pixels->height - y) };
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, tile.width, tile.height);

      if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS) {
        picture_scale (self, desktop, surface, &tile, &tile, FALSE);
        cairo_surface_mark_dirty (surface);
        cairo_surface_set_device_scale (surface, self->scale_factor, self->scale_factor);
        picture_paint_rectangle (self, cr, surface, &tile, &tile);
      }
      cairo_surface_destroy (surface);
    }
}

/* What of @wanted is still out of date, in the widget's space; NULL: nothing. */
static cairo_region_t *
picture_left_over (const GvncPicture *self, const cairo_region_t *wanted)
{
  cairo_region_t *left = cairo_region_copy (wanted), *region = NULL;

  cairo_region_intersect (left, self->stale);
  for (int i = 0; i < cairo_region_num_rectangles (left); i++) {
    GdkRectangle pixels, widget;

    cairo_region_get_rectangle (left, i, &pixels);
    picture_to_widget (self, &pixels, &widget);
    if (!region)
      region = cairo_region_create ();
    cairo_region_union_rectangle (region, &widget);
  }
  cairo_region_destroy (left);
  return region;
}

cairo_region_t *
gvnc_picture_paint (GvncPicture *self, cairo_t *cr, cairo_surface_t *desktop, gint64 deadline)
{
  GdkRectangle all = picture_bounds (self);
  cairo_region_t *wanted = picture_clip (self, cr), *left = NULL;

  if (self->copy)
    picture_refresh (self, desktop, wanted, deadline);
  cairo_save (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  /* One by one, or cairo sends the display server all that lies between two rectangles that are far apart. */
  for (int i = 0; i < cairo_region_num_rectangles (wanted); i++) {
    GdkRectangle pixels;

    cairo_region_get_rectangle (wanted, i, &pixels);
    if (self->copy)
      picture_paint_rectangle (self, cr, self->copy, &all, &pixels);
    else
      picture_paint_tiles (self, cr, desktop, &pixels);
  }
  cairo_restore (cr);
  if (self->copy)
    left = picture_left_over (self, wanted);
  cairo_region_destroy (wanted);
  return left;
}
