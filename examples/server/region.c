/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "region.h"

gboolean
demo_rect_intersect (const DemoRect *a, const DemoRect *b, DemoRect *result)
{
  int left = MAX (a->x, b->x);
  int top = MAX (a->y, b->y);
  int right = MIN (a->x + a->width, b->x + b->width);
  int bottom = MIN (a->y + a->height, b->y + b->height);

  if (right <= left || bottom <= top)
    return FALSE;
  *result = (DemoRect) { left, top, right - left, bottom - top };
  return TRUE;
}

DemoRect
demo_rect_union (const DemoRect *a, const DemoRect *b)
{
  int left = MIN (a->x, b->x);
  int top = MIN (a->y, b->y);
  int right = MAX (a->x + a->width, b->x + b->width);
  int bottom = MAX (a->y + a->height, b->y + b->height);

  return (DemoRect) { left, top, right - left, bottom - top };
}

gboolean
demo_rect_contains (const DemoRect *outer, const DemoRect *inner)
{
  return inner->x >= outer->x && inner->y >= outer->y &&
         inner->x + inner->width <= outer->x + outer->width &&
         inner->y + inner->height <= outer->y + outer->height;
}

void
demo_region_clear (DemoRegion *region)
{
  region->n = 0;
}

/* Appends a piece, for which there must be room. */
static void
region_append (DemoRegion *region, int x, int y, int width, int height)
{
  DemoRect rect = { x, y, width, height };

  if (width > 0 && height > 0)
    region->rects[region->n++] = rect;
}

void
demo_region_add (DemoRegion *region, const DemoRect *rect)
{
  DemoRect whole = *rect;

  if (rect->width <= 0 || rect->height <= 0)
    return;
  for (guint i = 0; i < region->n; i++)
    if (demo_rect_contains (&region->rects[i], rect))
      return;
  demo_region_subtract (region, rect);
  if (region->n == DEMO_REGION_MAX) {
    for (guint i = 0; i < region->n; i++)
      whole = demo_rect_union (&whole, &region->rects[i]);
    region->n = 0;
  }
  region->rects[region->n++] = whole;
}

void
demo_region_subtract (DemoRegion *region, const DemoRect *rect)
{
  DemoRegion old = *region;
  DemoRect cut;
  guint left = old.n;

  region->n = 0;
  for (guint i = 0; i < old.n; i++, left--) {
    const DemoRect *r = &old.rects[i];

    /* No room for the four pieces beside those not looked at yet: keep this one whole. */
    if (!demo_rect_intersect (r, rect, &cut) || region->n + left + 4 > DEMO_REGION_MAX) {
      region->rects[region->n++] = *r;
      continue;
    }
    region_append (region, r->x, r->y, r->width, cut.y - r->y);
    region_append (region, r->x, cut.y, cut.x - r->x, cut.height);
    region_append (region, cut.x + cut.width, cut.y, r->x + r->width - cut.x - cut.width, cut.height);
    region_append (region, r->x, cut.y + cut.height, r->width, r->y + r->height - cut.y - cut.height);
  }
}

void
demo_region_clip (DemoRegion *region, const DemoRect *rect)
{
  DemoRegion old = *region;
  DemoRect cut;

  region->n = 0;
  for (guint i = 0; i < old.n; i++)
    if (demo_rect_intersect (&old.rects[i], rect, &cut))
      region->rects[region->n++] = cut;
}
