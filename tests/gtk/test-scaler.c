/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "scaler.h"

#include <math.h>
#include <string.h>

/* What the widget's scaler makes of random pictures, compared with a slow one that computes with real numbers; and that
 * pieces are the same as the whole. */

#define N_CASES    400
#define SIZE_MAX_PX 70

typedef struct {
  int         width, height;              /* of the source */
  int         result_width, result_height;
  guint       rotation_degrees;
  gboolean    smooth;
  guint8     *source;                     /* each row has some bytes more than its pixels need */
  gsize       source_stride;
  guint8     *whole;
  gsize       stride;
  GvncScaler *scaler;
} Case;

static void
case_init (Case *self)
{
  self->width = g_test_rand_int_range (1, SIZE_MAX_PX);
  self->height = g_test_rand_int_range (1, SIZE_MAX_PX);
  self->result_width = g_test_rand_int_range (1, SIZE_MAX_PX);
  self->result_height = g_test_rand_int_range (1, SIZE_MAX_PX);
  self->rotation_degrees = (guint) g_test_rand_int_range (0, 4) * 90;
  self->smooth = g_test_rand_bit ();
  /* Sometimes wider than one strip of columns, sometimes a whole number of times as wide. */
  if (g_test_rand_int_range (0, 8) == 0)
    self->result_width = g_test_rand_int_range (500, 1100);
  else if (g_test_rand_int_range (0, 4) == 0)
    self->result_width = (self->rotation_degrees % 180 ? self->height : self->width) * g_test_rand_int_range (1, 3);
  self->source_stride = (gsize) self->width * 4 + 8;
  self->source = g_malloc (self->source_stride * (gsize) self->height);
  for (gsize i = 0; i < self->source_stride * (gsize) self->height; i++)
    self->source[i] = (guint8) g_test_rand_int ();
  self->stride = (gsize) self->result_width * 4;
  self->whole = g_malloc (self->stride * (gsize) self->result_height);
  self->scaler = gvnc_scaler_new (self->width, self->height, self->rotation_degrees,
                                  self->result_width, self->result_height, self->smooth);
}

static void
case_clear (Case *self)
{
  gvnc_scaler_free (self->scaler);
  g_free (self->source);
  g_free (self->whole);
}

static void
case_draw (Case *self)
{
  GvncArea all = { 0, 0, self->result_width, self->result_height };

  gvnc_scaler_draw (self->scaler, self->source, self->source_stride, self->whole, self->stride, &all, FALSE);
}

static void
for_random_cases (void (*check) (Case *self))
{
  for (int i = 0; i < N_CASES; i++) {
    Case self;

    case_init (&self);
    g_test_message ("%d: %d x %d, %u degrees, to %d x %d, %s", i, self.width, self.height, self.rotation_degrees,
                    self.result_width, self.result_height, self.smooth ? "smooth" : "nearest");
    case_draw (&self);
    check (&self);
    case_clear (&self);
  }
}

static GvncArea
random_area (int width, int height)
{
  GvncArea area;

  area.x = g_test_rand_int_range (0, width);
  area.y = g_test_rand_int_range (0, height);
  area.width = g_test_rand_int_range (1, width - area.x + 1);
  area.height = g_test_rand_int_range (1, height - area.y + 1);
  return area;
}

/* The pixel of the turned source. */
static const guint8 *
turned_pixel (const Case *self, int x, int y)
{
  int source_x, source_y;

  switch (self->rotation_degrees) {
  case 90:
    source_x = y, source_y = self->height - 1 - x;
    break;
  case 180:
    source_x = self->width - 1 - x, source_y = self->height - 1 - y;
    break;
  case 270:
    source_x = self->width - 1 - y, source_y = x;
    break;
  default:
    source_x = x, source_y = y;
    break;
  }
  return self->source + (gsize) source_y * self->source_stride + (gsize) source_x * 4;
}

/* How much source pixel @k counts in result pixel @i of an axis. */
static double
weight (int k, int i, int n_source, int n_result, gboolean smooth)
{
  double scale = (double) n_source / n_result, middle, nearest;

  if (!smooth || n_source == n_result)
    return k == (int) ((2 * (gint64) i + 1) * n_source / (2 * (gint64) n_result));
  if (n_result < n_source)
    return MAX (MIN (k + 1, (i + 1) * scale) - MAX (k, i * scale), 0) / scale;
  middle = (i + 0.5) * scale - 0.5;
  nearest = CLAMP (middle, 0, n_source - 1);
  return MAX (1 - fabs (nearest - k), 0);
}

/* Each channel of each pixel is what real numbers make of it, but for rounding: of the sums, in both directions, and of the
 * weights, which are parts of 256 and err independently. */
static double
tolerance (const Case *self, int across, int down)
{
  double taps = MAX (1, across / self->result_width) + MAX (1, down / self->result_height);

  if (!self->smooth || (across == self->result_width && down == self->result_height))
    return 1e-6;
  return 2 + 0.9 * sqrt (taps);
}

static void
check_values (Case *self)
{
  gboolean sideways = self->rotation_degrees % 180 != 0;
  int across = sideways ? self->height : self->width, down = sideways ? self->width : self->height;

  for (int n = 0; n < 60; n++) {
    int x = g_test_rand_int_range (0, self->result_width), y = g_test_rand_int_range (0, self->result_height);
    const guint8 *got = self->whole + (gsize) y * self->stride + (gsize) x * 4;

    for (int channel = 0; channel < 4; channel++) {
      double wanted = 0;

      for (int v = 0; v < down; v++) {
        double weight_down = weight (v, y, down, self->result_height, self->smooth);

        for (int u = 0; weight_down > 0 && u < across; u++)
          wanted += weight_down * weight (u, x, across, self->result_width, self->smooth)
                    * turned_pixel (self, u, v)[channel];
      }
      if (fabs (wanted - got[channel]) > tolerance (self, across, down))
        g_error ("pixel %d, %d, channel %d is %d rather than %g", x, y, channel, got[channel], wanted);
    }
  }
}

static void
test_values (void)
{
  for_random_cases (check_values);
}

static void
check_pieces (Case *self)
{
  for (int n = 0; n < 6; n++) {
    GvncArea area = random_area (self->result_width, self->result_height);
    gsize row = (gsize) area.width * 4;
    g_autofree guint8 *piece = g_malloc (row * (gsize) area.height);

    gvnc_scaler_draw (self->scaler, self->source, self->source_stride, piece, row, &area, FALSE);
    for (int y = 0; y < area.height; y++)
      g_assert_cmpmem (piece + (gsize) y * row, row,
                       self->whole + (gsize) (area.y + y) * self->stride + (gsize) area.x * 4, row);
  }
}

static void
test_pieces (void)
{
  for_random_cases (check_pieces);
}

/* Pixels that are out of reach of a change do not change, and the reach has no row or column too many. */
static void
check_reach (Case *self)
{
  gsize size = self->stride * (gsize) self->result_height;
  GvncArea area = random_area (self->width, self->height), reached;
  g_autofree guint8 *before = g_malloc (size);

  memcpy (before, self->whole, size);
  for (int y = area.y; y < area.y + area.height; y++)
    for (int i = 0; i < area.width * 4; i++)
      self->source[(gsize) y * self->source_stride + (gsize) area.x * 4 + (gsize) i] ^= 0x80;
  case_draw (self);

  if (!gvnc_scaler_reach (self->scaler, &area, &reached))
    reached = (GvncArea) { 0 };
  for (int y = 0; y < self->result_height; y++) {
    gsize row = (gsize) y * self->stride, left = (gsize) reached.x * 4, right = left + (gsize) reached.width * 4;

    if (y < reached.y || y >= reached.y + reached.height)
      left = right = self->stride;
    g_assert_cmpmem (before + row, left, self->whole + row, left);
    g_assert_cmpmem (before + row + right, self->stride - right, self->whole + row + right, self->stride - right);
  }

  if (!self->smooth && reached.width > 0) {
    gsize first = (gsize) reached.y * self->stride + (gsize) reached.x * 4;
    gsize last = (gsize) (reached.y + reached.height - 1) * self->stride + (gsize) (reached.x + reached.width - 1) * 4;

    g_assert_cmpint (memcmp (before + first, self->whole + first, 4), !=, 0);
    g_assert_cmpint (memcmp (before + last, self->whole + last, 4), !=, 0);
  }
}

static void
test_reach (void)
{
  for_random_cases (check_reach);
}

/* One colour stays that colour, up to the edges. */
static void
check_flat (Case *self)
{
  static const guint8 colours[] = { 0, 1, 127, 254, 255 };
  guint8 colour = colours[g_test_rand_int_range (0, G_N_ELEMENTS (colours))];

  memset (self->source, colour, self->source_stride * (gsize) self->height);
  case_draw (self);
  for (gsize i = 0; i < self->stride * (gsize) self->result_height; i++)
    g_assert_cmpuint (self->whole[i], ==, colour);
}

static void
test_flat (void)
{
  for_random_cases (check_flat);
}

/* Unsmoothed, the pixel shown is the one that the pointer is told to be on in the middle of it. */
static void
check_pointer (Case *self)
{
  gboolean sideways = self->rotation_degrees % 180 != 0;
  GvncGeometry geometry = {
    .desktop_width = self->width, .desktop_height = self->height, .rotation_degrees = self->rotation_degrees,
    .turned_width = sideways ? self->height : self->width, .turned_height = sideways ? self->width : self->height,
    .picture = { 0, 0, self->result_width, self->result_height },
  };

  if (self->smooth)
    return;
  /* Odd ratios only put the middle of a pixel between two others. */
  for (int y = 0; y < self->result_height - 1; y++)
    for (int x = 0; x < self->result_width - 1; x++) {
      gboolean between = (2 * x + 1) * geometry.turned_width % (2 * self->result_width) == 0
                         || (2 * y + 1) * geometry.turned_height % (2 * self->result_height) == 0;
      int remote_x, remote_y;

      g_assert_true (gvnc_geometry_to_desktop (&geometry, x + 0.5, y + 0.5, &remote_x, &remote_y));
      if (!between)
        g_assert_cmpmem (self->whole + (gsize) y * self->stride + (gsize) x * 4, 4,
                         self->source + (gsize) remote_y * self->source_stride + (gsize) remote_x * 4, 4);
    }
}

static void
test_pointer (void)
{
  for_random_cases (check_pointer);
}

/* A desktop of the largest size there is, in one pixel and back: no number overflows. */
static void
test_extremes (void)
{
  enum { LONG = G_MAXUINT16 };
  g_autofree guint32 *line = g_new (guint32, LONG);
  g_autofree guint32 *result = g_new (guint32, LONG);
  GvncArea area = { 0, 0, 1, 1 }, reached;

  for (int i = 0; i < LONG; i++)
    line[i] = i < LONG / 2 ? 0 : 0xffffffff;
  for (guint rotation = 0; rotation < 360; rotation += 90) {
    g_autoptr (GvncScaler) narrow = gvnc_scaler_new (LONG, 1, rotation, 1, 1, TRUE);
    g_autoptr (GvncScaler) wide = gvnc_scaler_new (1, 1, rotation, LONG, 1, TRUE);

    area.width = 1;
    gvnc_scaler_draw (narrow, (const guint8 *) line, LONG * 4, (guint8 *) result, 4, &area, FALSE);
    g_assert_cmpuint (result[0] & 0xff, >=, 126);
    g_assert_cmpuint (result[0] & 0xff, <=, 129);
    area.width = LONG;
    gvnc_scaler_draw (wide, (const guint8 *) &line[LONG - 1], 4, (guint8 *) result, LONG * 4, &area, FALSE);
    g_assert_cmphex (result[0], ==, 0xffffffff);
    g_assert_cmphex (result[LONG - 1], ==, 0xffffffff);
    area.width = 1;
    g_assert_true (gvnc_scaler_reach (wide, &area, &reached));
    g_assert_cmpint (reached.width, ==, LONG);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scaler/values", test_values);
  g_test_add_func ("/scaler/pieces", test_pieces);
  g_test_add_func ("/scaler/reach", test_reach);
  g_test_add_func ("/scaler/flat", test_flat);
  g_test_add_func ("/scaler/pointer", test_pointer);
  g_test_add_func ("/scaler/extremes", test_extremes);
  return g_test_run ();
}
