/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

typedef struct {
  int x, y, width, height;
} DemoRect;

/* An area made of at most DEMO_REGION_MAX rectangles, which normally do not overlap. When there is no room to cut it
 * finely it becomes larger than asked for; for damage that only means that a little more is sent. */
#define DEMO_REGION_MAX 48

typedef struct {
  guint n;
  DemoRect rects[DEMO_REGION_MAX];
} DemoRegion;

gboolean demo_rect_intersect (const DemoRect *a, const DemoRect *b, DemoRect *result);
DemoRect demo_rect_union (const DemoRect *a, const DemoRect *b);
gboolean demo_rect_contains (const DemoRect *outer, const DemoRect *inner);

void demo_region_clear (DemoRegion *region);
void demo_region_add (DemoRegion *region, const DemoRect *rect);
void demo_region_subtract (DemoRegion *region, const DemoRect *rect);
void demo_region_clip (DemoRegion *region, const DemoRect *rect);
