/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "pixel.h"
#include "region.h"

/* The screen: 0x00RRGGBB, colours already snapped to what its native format can show; with a palette the index is in
 * the highest byte. All drawing is clipped and reports what it changed. */
#define DEMO_SCREEN_MAX_SIDE 4096

typedef struct {
  int width, height;
  guint32 *pixels;
  DemoConverter native;
  guint32 palette[256];

  void (*damaged) (const DemoRect *rect, gpointer data);
  void (*copied) (const DemoRect *to, int dx, int dy, gpointer data);
  gpointer data;
} DemoScreen;

void demo_screen_init (DemoScreen *screen, int width, int height, const DemoFormat *format);
void demo_screen_clear (DemoScreen *screen);
void demo_screen_resize (DemoScreen *screen, int width, int height);
void demo_screen_set_format (DemoScreen *screen, const DemoFormat *format);
void demo_screen_set_palette (DemoScreen *screen, guint index, guint32 rgb);

void demo_screen_fill (DemoScreen *screen, const DemoRect *rect, guint32 rgb);
void demo_screen_text (DemoScreen *screen, int x, int y, int scale, guint32 rgb, const char *text);
void demo_screen_disc (DemoScreen *screen, int x, int y, int radius, guint32 rgb);
void demo_screen_ring (DemoScreen *screen, int x, int y, int radius, guint32 rgb);
void demo_screen_copy (DemoScreen *screen, int from_x, int from_y, const DemoRect *to);
typedef guint32 (*DemoShader) (int x, int y, const DemoRect *rect, gconstpointer data);
void demo_screen_shade (DemoScreen *screen, const DemoRect *rect, DemoShader shader, gconstpointer data);

void demo_screen_fetch (const DemoScreen *screen, const DemoRect *rect, const DemoConverter *to,
                        guint32 *values, guint32 *rgb);
gboolean demo_screen_save (const DemoScreen *screen, const char *path, GError **error);
