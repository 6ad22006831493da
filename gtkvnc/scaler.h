/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "geometry.h"

/* Turns and stretches a picture of 32-bit pixels, any rectangle of the result at a time.
 *
 * A pixel of the result is a function of the source and of its own place, never of the rectangle that is asked for: a
 * result that was put together from pieces has no seams. Smooth: linear between the middles of two pixels where the
 * picture is enlarged, the average of the area that a pixel covers where it is reduced. Else each pixel is the one
 * under its middle. No toolkit is needed here. */
typedef struct _GvncScaler GvncScaler;

/* The result has @width x @height pixels, after turning by 0, 90, 180 or 270 degrees clockwise. No size is 0. */
GvncScaler *gvnc_scaler_new   (int               source_width,
                               int               source_height,
                               guint             rotation_degrees,
                               int               width,
                               int               height,
                               gboolean          smooth);
void        gvnc_scaler_free  (GvncScaler       *self);

/* Makes the pixels of @area, which lies in the result. @source begins with the source's first pixel, @target with the
 * first one of @area; strides are in bytes. @quick: nearest pixels, whatever was asked for. */
void        gvnc_scaler_draw  (const GvncScaler *self,
                               const guint8     *source,
                               gsize             source_stride,
                               guint8           *target,
                               gsize             target_stride,
                               const GvncArea   *area,
                               gboolean          quick);

/* The pixels of the result that are made from any pixel in @area of the source; FALSE when none is. */
gboolean    gvnc_scaler_reach (const GvncScaler *self,
                               const GvncArea   *area,
                               GvncArea         *reached);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GvncScaler, gvnc_scaler_free)
