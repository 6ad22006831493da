/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "geometry.h"
#include "scaler.h"

#include <gdk/gdk.h>

/* The desktop as it looks in the widget when it is not drawn one to one: turned and scaled by a GvncScaler.
 *
 * A copy in pixels of the screen is kept, and made anew only where the desktop has changed and somebody looks: exposing
 * the widget costs what it costs without scaling. A picture that is much larger than the window, of which only a part
 * can be seen at a time, has no copy and is scaled each time it is drawn. */
typedef struct {
  GvncGeometry     geometry;      /* what the rest is made for */
  int              scale_factor;  /* pixels of the screen for one of the toolkit's */
  gboolean         smooth;
  GvncScaler      *scaler;        /* owned; NULL: nothing is made yet */
  cairo_surface_t *copy;          /* owned; NULL: too large */
  cairo_region_t  *stale;         /* owned; pixels of the copy that are out of date */
  cairo_region_t  *blank;         /* owned; those of them that show nothing at all yet */
} GvncPicture;

/* All is to be made anew, and takes no memory until then. */
void     gvnc_picture_clear    (GvncPicture        *self);
/* Says what shall be made, for @window, or for none. Costs nothing when that is what was said before. */
void     gvnc_picture_set_view (GvncPicture        *self,
                                GdkWindow          *window,
                                const GvncGeometry *geometry,
                                int                 scale_factor,
                                gboolean            smooth);
/* @area of the desktop has changed; *@damage of the widget has to be drawn. FALSE: nothing has. */
gboolean gvnc_picture_damage   (GvncPicture        *self,
                                const GvncArea     *area,
                                GvncArea           *damage);
/* Paints what is inside the clip from @desktop. With a @deadline, of g_get_monotonic_time() and not 0, it stops bringing
 * the copy up to date then, and gives what is left to be drawn, in the widget's space; else NULL. */
cairo_region_t *
         gvnc_picture_paint    (GvncPicture        *self,
                                cairo_t            *cr,
                                cairo_surface_t    *desktop,
                                gint64              deadline);
