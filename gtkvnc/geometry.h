/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Where the remote desktop is drawn in the widget, and which remote pixel a point of the widget stands for.
 *
 * Three spaces: the desktop in remote pixels; the same turned clockwise by the rotation; and the widget, in the
 * toolkit's logical pixels. The turned desktop is stretched to `picture`, whose edges lie between widget pixels, so
 * that the border is crisp whatever the scale. No toolkit is needed here. */

typedef struct {
  int x;
  int y;
  int width;
  int height;
} GvncArea;

/* What decides the geometry. */
typedef struct {
  int      desktop_width;
  int      desktop_height;
  int      widget_width;
  int      widget_height;
  guint    rotation_degrees;  /* clockwise: 0, 90, 180 or 270 */
  guint    zoom_percent;      /* of the picture when `scaling` is off; of the natural size always */
  gboolean scaling;           /* the picture fills the widget */
  gboolean keep_aspect;       /* … as far as it can without being distorted */
} GvncView;

typedef struct {
  int      desktop_width;
  int      desktop_height;
  int      turned_width;
  int      turned_height;
  guint    rotation_degrees;
  GvncArea picture;           /* may reach beyond the widget when not scaling; empty without a desktop */
} GvncGeometry;

/* Desktop to widget: x' = xx * x + xy * y + x0, y' = yx * x + yy * y + y0. */
typedef struct {
  double xx, yx, xy, yy, x0, y0;
} GvncMatrix;

/* The nearest multiple of 90 in 0 to 270. */
guint    gvnc_geometry_round_rotation (guint degrees);

void     gvnc_geometry_init           (GvncGeometry   *self,
                                       const GvncView *view);
gboolean gvnc_geometry_is_empty       (const GvncGeometry *self);
gboolean gvnc_geometry_equal          (const GvncGeometry *self,
                                       const GvncGeometry *other);
/* One remote pixel is one widget pixel. */
gboolean gvnc_geometry_is_exact       (const GvncGeometry *self);
void     gvnc_geometry_matrix         (const GvncGeometry *self,
                                       GvncMatrix         *matrix);

/* The remote pixel under a point of the widget; points outside the picture count as its nearest edge. A point between
 * two remote pixels belongs to the one with the greater coordinate. FALSE and 0, 0 when there is no desktop. */
gboolean gvnc_geometry_to_desktop     (const GvncGeometry *self,
                                       double              x,
                                       double              y,
                                       int                *desktop_x,
                                       int                *desktop_y);
/* The widget pixels that hold any of the remote @area; FALSE when none does. */
gboolean gvnc_geometry_damage         (const GvncGeometry *self,
                                       const GvncArea     *area,
                                       GvncArea           *damage);

/* What the widget asks its parent for, at least and preferably. Only the desktop, rotation, zoom and scaling of @view
 * count. */
void     gvnc_geometry_request        (const GvncView *view,
                                       gboolean        force_size,
                                       int            *minimum_width,
                                       int            *minimum_height,
                                       int            *natural_width,
                                       int            *natural_height);
/* The desktop size that would fill the widget at this zoom and rotation. */
void     gvnc_geometry_wanted_desktop (const GvncView *view,
                                       int            *width,
                                       int            *height);
