/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "pixel.h"

typedef enum {
  DEMO_CURSOR_COLOUR,
  DEMO_CURSOR_MONO,
  DEMO_CURSOR_ALPHA,
  DEMO_CURSOR_NONE,
} DemoCursorKind;

/* The shape as ARGB, not premultiplied; of 0 by 0 for DEMO_CURSOR_NONE. */
#define DEMO_CURSOR_MAX 24

typedef struct {
  guint width, height, hot_x, hot_y;
  guint32 argb[DEMO_CURSOR_MAX * DEMO_CURSOR_MAX];
} DemoCursor;

gboolean demo_cursor_parse (const char *name, DemoCursorKind *kind);
void demo_cursor_draw (DemoCursor *cursor, DemoCursorKind kind);

void demo_cursor_put_colour (const DemoCursor *cursor, const DemoConverter *to, GByteArray *out);
void demo_cursor_put_mono (const DemoCursor *cursor, GByteArray *out);
void demo_cursor_put_vmware (const DemoCursor *cursor, gboolean alpha, const DemoConverter *to, GByteArray *out);
void demo_cursor_put_alpha (const DemoCursor *cursor, GByteArray *out);
