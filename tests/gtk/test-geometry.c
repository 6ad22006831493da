/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "geometry.h"

#include <math.h>

/* Where the desktop is drawn and which remote pixel a point stands for: fixed numbers, and what must hold for all. */

typedef struct {
  const char *what;
  GvncView    view;
  double      x, y;
  int         remote_x, remote_y;
} Point;

#define DESKTOP(w, h) .desktop_width = (w), .desktop_height = (h)
#define WIDGET(w, h)  .widget_width = (w), .widget_height = (h)
#define PLAIN(w, h)   { DESKTOP (400, 300), WIDGET (w, h), .zoom_percent = 100 }
#define SCALED(w, h)  { DESKTOP (400, 300), WIDGET (w, h), .zoom_percent = 100, .scaling = TRUE }
#define ASPECT(w, h)  { DESKTOP (400, 300), WIDGET (w, h), .zoom_percent = 100, .scaling = TRUE, .keep_aspect = TRUE }
#define TURNED(d)     { DESKTOP (400, 300), WIDGET (800, 600), .zoom_percent = 100, .rotation_degrees = (d) }
#define ZOOMED(z)     { DESKTOP (400, 300), WIDGET (800, 600), .zoom_percent = (z) }

static const Point points[] = {
  { "in the middle of a bigger widget", PLAIN (800, 600), 200, 150, 0, 0 },
  { "one pixel on", PLAIN (800, 600), 201, 152, 1, 2 },
  { "the picture's last pixel", PLAIN (800, 600), 599, 449, 399, 299 },
  { "left of the picture", PLAIN (800, 600), 3, 300, 0, 150 },
  { "right of and below the picture", PLAIN (800, 600), 799, 599, 399, 299 },
  { "before the widget, while dragging", PLAIN (800, 600), -50, -1, 0, 0 },
  { "a smaller widget shows the first part", PLAIN (100, 100), 50, 60, 50, 60 },
  { "enlarged", SCALED (800, 600), 300, 301, 150, 150 },
  { "enlarged, last pixel", SCALED (800, 600), 799, 599, 399, 299 },
  { "enlarged by no whole number", SCALED (1000, 450), 7, 5, 2, 3 },
  { "reduced", SCALED (200, 150), 10, 11, 20, 22 },
  { "reduced, last pixel", SCALED (200, 150), 199, 149, 399, 299 },
  { "aspect kept, in the border above", ASPECT (800, 800), 400, 20, 200, 0 },
  { "aspect kept, first row", ASPECT (800, 800), 400, 100, 200, 0 },
  { "aspect kept, in the border below", ASPECT (800, 800), 400, 790, 200, 299 },
  { "aspect kept, in the border to the left", ASPECT (1000, 600), 50, 300, 0, 150 },
  { "90 degrees, last corner", TURNED (90), 799, 599, 399, 0 },
  { "90 degrees", TURNED (90), 200, 300, 200, 299 },
  { "180 degrees, last corner", TURNED (180), 799, 599, 0, 0 },
  { "180 degrees", TURNED (180), 200, 300, 399, 150 },
  { "270 degrees, last corner", TURNED (270), 799, 599, 0, 299 },
  { "270 degrees", TURNED (270), 200, 300, 200, 0 },
  { "zoom 200 fills the widget", ZOOMED (200), 301, 300, 150, 150 },
  { "zoom 50 is drawn small", ZOOMED (50), 300, 225, 0, 0 },
  { "zoom 50, one widget pixel on", ZOOMED (50), 301, 226, 2, 2 },
};

static void
test_points (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (points); i++) {
    GvncGeometry geometry;
    int x, y;

    g_test_message ("%s", points[i].what);
    gvnc_geometry_init (&geometry, &points[i].view);
    g_assert_true (gvnc_geometry_to_desktop (&geometry, points[i].x, points[i].y, &x, &y));
    g_assert_cmpint (x, ==, points[i].remote_x);
    g_assert_cmpint (y, ==, points[i].remote_y);
  }
}

/* Calls @check for views of all kinds. */
static void
for_all_views (void (*check) (const GvncView *view, const GvncGeometry *geometry))
{
  static const int sizes[][2] = { { 1, 1 }, { 7, 5 }, { 64, 48 }, { 33, 100 }, { 320, 200 } };
  static const guint zooms[] = { 10, 50, 100, 133, 200, 400 };
  guint n = 0;

  for (gsize d = 0; d < G_N_ELEMENTS (sizes); d++)
    for (gsize w = 0; w < G_N_ELEMENTS (sizes); w++)
      for (guint rotation = 0; rotation < 360; rotation += 90)
        for (gsize z = 0; z < G_N_ELEMENTS (zooms); z++)
          for (int mode = 0; mode < 3; mode++) {
            GvncView view = {
              DESKTOP (sizes[d][0], sizes[d][1]), WIDGET (sizes[w][0], sizes[w][1]),
              .rotation_degrees = rotation, .zoom_percent = zooms[z], .scaling = mode > 0, .keep_aspect = mode > 1,
            };
            GvncGeometry geometry;

            if (mode > 0 && z > 0)     /* zoom does not count */
              continue;
            gvnc_geometry_init (&geometry, &view);
            check (&view, &geometry);
            n++;
          }
  g_assert_cmpuint (n, >, 500);
}

static void
check_picture (const GvncView *view, const GvncGeometry *geometry)
{
  const GvncArea *picture = &geometry->picture;
  int right = view->widget_width - picture->x - picture->width;
  int below = view->widget_height - picture->y - picture->height;

  g_assert_cmpint (picture->width, >, 0);
  g_assert_cmpint (picture->height, >, 0);
  g_assert_cmpint (picture->x, >=, 0);
  g_assert_cmpint (picture->y, >=, 0);
  if (view->scaling) {
    g_assert_cmpint (right, >=, 0);
    g_assert_cmpint (below, >=, 0);
  }
  if (right >= 0)
    g_assert_cmpint (right - picture->x, <=, 1);
  if (below >= 0)
    g_assert_cmpint (below - picture->y, <=, 1);
  if (view->scaling && !view->keep_aspect)
    g_assert_true (picture->width == view->widget_width && picture->height == view->widget_height);
  if (view->keep_aspect) {
    g_assert_true (picture->width == view->widget_width || picture->height == view->widget_height);
    /* Half a pixel of rounding in either direction is all that may be wrong with the shape. */
    g_assert_cmpfloat (fabs ((double) picture->width * geometry->turned_height
                             - (double) picture->height * geometry->turned_width),
                       <=, MAX (geometry->turned_width, geometry->turned_height));
  }
}

static void
test_picture (void)
{
  for_all_views (check_picture);
}

static void
apply (const GvncMatrix *matrix, double x, double y, double *to_x, double *to_y)
{
  *to_x = matrix->xx * x + matrix->xy * y + matrix->x0;
  *to_y = matrix->yx * x + matrix->yy * y + matrix->y0;
}

/* The middle of each remote pixel, drawn to the widget, is found again. */
static void
check_round_trip (const GvncView *view, const GvncGeometry *geometry)
{
  GvncMatrix matrix;
  int step = MAX (view->desktop_width / 16, 1);

  gvnc_geometry_matrix (geometry, &matrix);
  for (int y = 0; y < view->desktop_height; y += step)
    for (int x = 0; x < view->desktop_width; x += step) {
      double widget_x, widget_y;
      int remote_x, remote_y, slack_x, slack_y;

      apply (&matrix, x + 0.5, y + 0.5, &widget_x, &widget_y);
      g_assert_cmpfloat (widget_x, >, geometry->picture.x);
      g_assert_cmpfloat (widget_x, <, geometry->picture.x + geometry->picture.width);
      g_assert_cmpfloat (widget_y, >, geometry->picture.y);
      g_assert_cmpfloat (widget_y, <, geometry->picture.y + geometry->picture.height);

      /* The last pixel of a reduced picture stands for the last remote one, not for all those below it. */
      slack_x = slack_y = 0;
      if (geometry->picture.width < geometry->turned_width || geometry->picture.height < geometry->turned_height) {
        int slack = (int) ceil (MAX ((double) geometry->turned_width / geometry->picture.width,
                                     (double) geometry->turned_height / geometry->picture.height));

        slack_x = slack_y = slack;
      }
      g_assert_true (gvnc_geometry_to_desktop (geometry, widget_x, widget_y, &remote_x, &remote_y));
      g_assert_cmpint (ABS (remote_x - x), <=, slack_x);
      g_assert_cmpint (ABS (remote_y - y), <=, slack_y);
    }
}

static void
test_round_trip (void)
{
  for_all_views (check_round_trip);
}

/* Whatever the view, a point inside of what a remote pixel is drawn on stands for that pixel; and the pixel that a point
 * stands for is drawn there. Only in the last row and column of a reduced picture, where many remote pixels share one of
 * the screen's, the outermost of them is meant. */
static void
test_exact (void)
{
  for (int n = 0; n < 3000; n++) {
    GvncView view = {
      DESKTOP (g_test_rand_int_range (1, 2000), g_test_rand_int_range (1, 2000)),
      WIDGET (g_test_rand_int_range (1, 2000), g_test_rand_int_range (1, 2000)),
      .rotation_degrees = (guint) g_test_rand_int_range (0, 4) * 90,
      .zoom_percent = (guint) g_test_rand_int_range (10, 401),
      .scaling = g_test_rand_bit (), .keep_aspect = g_test_rand_bit (),
    };
    GvncGeometry geometry;
    GvncMatrix matrix;

    gvnc_geometry_init (&geometry, &view);
    gvnc_geometry_matrix (&geometry, &matrix);
    for (int i = 0; i < 20; i++) {
      /* The edges, too. */
      int x = i < 4 ? (i & 1) * (view.desktop_width - 1) : g_test_rand_int_range (0, view.desktop_width);
      int y = i < 4 ? (i >> 1) * (view.desktop_height - 1) : g_test_rand_int_range (0, view.desktop_height);
      double widget_x, widget_y, corner_x, corner_y, end_x, end_y;
      const GvncArea *picture = &geometry.picture;
      int remote_x, remote_y;
      gboolean last;

      apply (&matrix, x + g_test_rand_double_range (0.001, 0.999), y + g_test_rand_double_range (0.001, 0.999),
             &widget_x, &widget_y);
      g_assert_true (gvnc_geometry_to_desktop (&geometry, widget_x, widget_y, &remote_x, &remote_y));
      last = widget_x >= picture->x + picture->width - 1 || widget_y >= picture->y + picture->height - 1;
      if (!last) {
        g_assert_cmpint (remote_x, ==, x);
        g_assert_cmpint (remote_y, ==, y);
      }

      /* Back: at most that last pixel of the screen lies between the point and the pixel's own area. */
      apply (&matrix, remote_x, remote_y, &corner_x, &corner_y);
      apply (&matrix, remote_x + 1, remote_y + 1, &end_x, &end_y);
      g_assert_cmpfloat (widget_x, >=, MIN (corner_x, end_x) - (last ? 1 : 1e-6));
      g_assert_cmpfloat (widget_x, <=, MAX (corner_x, end_x) + 1e-6);
      g_assert_cmpfloat (widget_y, >=, MIN (corner_y, end_y) - (last ? 1 : 1e-6));
      g_assert_cmpfloat (widget_y, <=, MAX (corner_y, end_y) + 1e-6);
    }
  }
}

/* Every edge of the desktop can be reached, and what is reached is always on the desktop. */
static void
check_reach (const GvncView *view, const GvncGeometry *geometry)
{
  const GvncArea *picture = &geometry->picture;
  int least_x = G_MAXINT, least_y = G_MAXINT, most_x = -1, most_y = -1;
  int n = 2 + MAX (picture->width, picture->height) + 2;

  /* Along a row, then along a column, through the whole picture and a little more. */
  for (int i = 0; i < 2 * n; i++) {
    int x = picture->x + (i < n ? i - 2 : 0), y = picture->y + (i < n ? 0 : i - n - 2);
    int remote_x, remote_y;

    g_assert_true (gvnc_geometry_to_desktop (geometry, x, y, &remote_x, &remote_y));
    least_x = MIN (least_x, remote_x);
    least_y = MIN (least_y, remote_y);
    most_x = MAX (most_x, remote_x);
    most_y = MAX (most_y, remote_y);
  }
  g_assert_cmpint (least_x, ==, 0);
  g_assert_cmpint (least_y, ==, 0);
  g_assert_cmpint (most_x, ==, view->desktop_width - 1);
  g_assert_cmpint (most_y, ==, view->desktop_height - 1);
}

static void
test_reach (void)
{
  for_all_views (check_reach);
}

static gboolean
area_holds (const GvncArea *outer, const GvncArea *inner)
{
  return inner->x >= outer->x && inner->y >= outer->y
         && inner->x + inner->width <= outer->x + outer->width
         && inner->y + inner->height <= outer->y + outer->height;
}

/* The damage of an area holds all its pixels, lies in the picture, and is no larger than rounding needs. */
static void
check_damage (const GvncView *view, const GvncGeometry *geometry)
{
  GvncArea all = { 0, 0, view->desktop_width, view->desktop_height }, damage, exact;
  double scale_x = (double) geometry->picture.width / geometry->turned_width;
  double scale_y = (double) geometry->picture.height / geometry->turned_height;
  gboolean sideways = geometry->turned_width != view->desktop_width || view->rotation_degrees % 180 != 0;
  GvncMatrix matrix;

  g_assert_true (gvnc_geometry_damage (geometry, &all, &damage));
  g_assert_true (area_holds (&damage, &geometry->picture) && area_holds (&geometry->picture, &damage));

  gvnc_geometry_matrix (geometry, &matrix);
  for (int i = 0; i < 8; i++) {
    GvncArea area;
    int turned_width, turned_height;

    area.x = g_test_rand_int_range (0, view->desktop_width);
    area.y = g_test_rand_int_range (0, view->desktop_height);
    area.width = g_test_rand_int_range (1, view->desktop_width - area.x + 1);
    area.height = g_test_rand_int_range (1, view->desktop_height - area.y + 1);
    turned_width = sideways ? area.height : area.width;
    turned_height = sideways ? area.width : area.height;

    g_assert_true (gvnc_geometry_damage (geometry, &area, &exact));
    g_assert_true (area_holds (&geometry->picture, &exact));
    g_assert_cmpfloat (exact.width, <, turned_width * scale_x + 2);
    g_assert_cmpfloat (exact.height, <, turned_height * scale_y + 2);

    for (int corner = 0; corner < 4; corner++) {
      double x, y;

      apply (&matrix, area.x + (corner & 1 ? area.width : 0), area.y + (corner & 2 ? area.height : 0), &x, &y);
      g_assert_cmpfloat (x, >=, exact.x - 1e-5);
      g_assert_cmpfloat (y, >=, exact.y - 1e-5);
      g_assert_cmpfloat (x, <=, exact.x + exact.width + 1e-5);
      g_assert_cmpfloat (y, <=, exact.y + exact.height + 1e-5);
    }
  }
}

static void
test_damage (void)
{
  GvncView view = PLAIN (800, 600);
  GvncGeometry geometry;
  GvncArea area = { 10, 20, 3, 4 }, outside = { 400, 0, 5, 5 }, damage;

  gvnc_geometry_init (&geometry, &view);
  g_assert_true (gvnc_geometry_damage (&geometry, &area, &damage));
  g_assert_cmpint (damage.x, ==, 210);
  g_assert_cmpint (damage.y, ==, 170);
  g_assert_cmpint (damage.width, ==, 3);
  g_assert_cmpint (damage.height, ==, 4);
  g_assert_false (gvnc_geometry_damage (&geometry, &outside, &damage));

  for_all_views (check_damage);
}

typedef struct {
  const char *what;
  GvncView    view;
  gboolean    force_size;
  int         minimum[2];
  int         natural[2];
} Request;

static const Request requests[] = {
  { "plain", { DESKTOP (400, 300), .zoom_percent = 100 }, TRUE, { 400, 300 }, { 400, 300 } },
  { "not forced", { DESKTOP (400, 300), .zoom_percent = 100 }, FALSE, { 0, 0 }, { 0, 0 } },
  { "scaling", { DESKTOP (400, 300), .zoom_percent = 100, .scaling = TRUE }, TRUE, { 0, 0 }, { 400, 300 } },
  { "scaling, not forced", { DESKTOP (400, 300), .zoom_percent = 100, .scaling = TRUE }, FALSE, { 0, 0 }, { 0, 0 } },
  { "zoom 200", { DESKTOP (400, 300), .zoom_percent = 200 }, TRUE, { 800, 600 }, { 800, 600 } },
  { "zoom 50", { DESKTOP (400, 300), .zoom_percent = 50 }, TRUE, { 200, 150 }, { 200, 150 } },
  { "zoom 50, scaling", { DESKTOP (400, 300), .zoom_percent = 50, .scaling = TRUE }, TRUE, { 0, 0 }, { 200, 150 } },
  { "turned", { DESKTOP (400, 300), .zoom_percent = 100, .rotation_degrees = 90 }, TRUE, { 300, 400 }, { 300, 400 } },
  { "turned over", { DESKTOP (400, 300), .zoom_percent = 100, .rotation_degrees = 180 }, TRUE,
    { 400, 300 }, { 400, 300 } },
  { "no desktop", { .zoom_percent = 100 }, TRUE, { 0, 0 }, { 0, 0 } },
};

static void
test_request (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++) {
    int minimum_width, minimum_height, natural_width, natural_height;

    g_test_message ("%s", requests[i].what);
    gvnc_geometry_request (&requests[i].view, requests[i].force_size,
                           &minimum_width, &minimum_height, &natural_width, &natural_height);
    g_assert_cmpint (minimum_width, ==, requests[i].minimum[0]);
    g_assert_cmpint (minimum_height, ==, requests[i].minimum[1]);
    g_assert_cmpint (natural_width, ==, requests[i].natural[0]);
    g_assert_cmpint (natural_height, ==, requests[i].natural[1]);
  }
}

static void
test_wanted (void)
{
  GvncView view = { WIDGET (800, 600), .zoom_percent = 200 };
  int width, height;

  gvnc_geometry_wanted_desktop (&view, &width, &height);
  g_assert_cmpint (width, ==, 400);
  g_assert_cmpint (height, ==, 300);
  view.rotation_degrees = 270;
  gvnc_geometry_wanted_desktop (&view, &width, &height);
  g_assert_cmpint (width, ==, 300);
  g_assert_cmpint (height, ==, 400);
}

static void
test_rotation (void)
{
  static const guint rounded[][2] = {
    { 0, 0 }, { 44, 0 }, { 45, 90 }, { 90, 90 }, { 134, 90 }, { 180, 180 }, { 270, 270 }, { 359, 0 }, { 360, 0 },
    { 450, 90 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rounded); i++)
    g_assert_cmpuint (gvnc_geometry_round_rotation (rounded[i][0]), ==, rounded[i][1]);
}

static void
test_nothing (void)
{
  GvncView no_desktop = { WIDGET (100, 100), .zoom_percent = 100, .scaling = TRUE, .keep_aspect = TRUE };
  GvncView no_widget = { DESKTOP (100, 100), .zoom_percent = 100, .scaling = TRUE };
  GvncArea area = { 0, 0, 1, 1 }, damage;
  GvncGeometry geometry;
  int x, y;

  gvnc_geometry_init (&geometry, &no_desktop);
  g_assert_true (gvnc_geometry_is_empty (&geometry));
  g_assert_false (gvnc_geometry_to_desktop (&geometry, 5, 5, &x, &y));
  gvnc_geometry_init (&geometry, &no_widget);
  g_assert_true (gvnc_geometry_is_empty (&geometry));
  g_assert_false (gvnc_geometry_damage (&geometry, &area, &damage));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geometry/points", test_points);
  g_test_add_func ("/geometry/picture", test_picture);
  g_test_add_func ("/geometry/round-trip", test_round_trip);
  g_test_add_func ("/geometry/exact", test_exact);
  g_test_add_func ("/geometry/reach", test_reach);
  g_test_add_func ("/geometry/damage", test_damage);
  g_test_add_func ("/geometry/request", test_request);
  g_test_add_func ("/geometry/wanted-desktop", test_wanted);
  g_test_add_func ("/geometry/rotation", test_rotation);
  g_test_add_func ("/geometry/nothing", test_nothing);
  return g_test_run ();
}
