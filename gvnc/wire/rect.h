/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A rectangle as RFB sends it: all four numbers are unsigned 16 bits (RFC 6143 section 7.6.1).
 * Sums of two of them need 32 bits; the helpers below take care of that. */
typedef struct {
  guint16 x;
  guint16 y;
  guint16 width;
  guint16 height;
} GvncRect;

/* Whether @inner, given relative to the origin of @outer, stays inside of @outer. */
static inline gboolean
gvnc_rect_contains (const GvncRect *outer,
                    const GvncRect *inner)
{
  return (guint32) inner->x + inner->width <= outer->width &&
         (guint32) inner->y + inner->height <= outer->height;
}

/* Whether @rect lies inside of a picture of @width times @height pixels. */
static inline gboolean
gvnc_rect_fits (const GvncRect *rect,
                guint           width,
                guint           height)
{
  return (guint32) rect->x + rect->width <= width &&
         (guint32) rect->y + rect->height <= height;
}

/* @rect moved by @x, @y. The caller has checked that the result fits 16 bits. */
static inline GvncRect
gvnc_rect_offset (const GvncRect *rect,
                  guint           x,
                  guint           y)
{
  return (GvncRect) { (guint16) (rect->x + x), (guint16) (rect->y + y), rect->width, rect->height };
}

static inline gsize
gvnc_rect_area (const GvncRect *rect)
{
  return (gsize) rect->width * rect->height;
}
