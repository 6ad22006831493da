/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "screen.h"

#include <string.h>

#include "font.h"

void
demo_screen_init (DemoScreen *screen, int width, int height, const DemoFormat *format)
{
  memset (screen, 0, sizeof *screen);
  screen->width = width;
  screen->height = height;
  screen->pixels = g_new0 (guint32, (gsize) width * (gsize) height);
  demo_converter_set (&screen->native, format);
  demo_palette_default (screen->palette);
}

void
demo_screen_clear (DemoScreen *screen)
{
  g_clear_pointer (&screen->pixels, g_free);
}

/* The new screen is black: whoever resizes draws it next. */
void
demo_screen_resize (DemoScreen *screen, int width, int height)
{
  g_free (screen->pixels);
  screen->width = width;
  screen->height = height;
  screen->pixels = g_new0 (guint32, (gsize) width * (gsize) height);
}

static guint32
screen_colour (const DemoScreen *screen, guint32 rgb)
{
  return demo_pixel_snap (&screen->native, screen->palette, rgb);
}

static void
screen_damage_all (DemoScreen *screen)
{
  DemoRect all = { 0, 0, screen->width, screen->height };

  if (screen->damaged)
    screen->damaged (&all, screen->data);
}

void
demo_screen_set_format (DemoScreen *screen, const DemoFormat *format)
{
  gsize n = (gsize) screen->width * (gsize) screen->height;

  demo_converter_set (&screen->native, format);
  for (gsize i = 0; i < n; i++)
    screen->pixels[i] = screen_colour (screen, screen->pixels[i] & 0xffffff);
  screen_damage_all (screen);
}

void
demo_screen_set_palette (DemoScreen *screen, guint index, guint32 rgb)
{
  gsize n = (gsize) screen->width * (gsize) screen->height;

  screen->palette[index] = rgb & 0xffffff;
  if (screen->native.format.true_colour)
    return;
  for (gsize i = 0; i < n; i++)
    if (screen->pixels[i] >> 24 == index)
      screen->pixels[i] = index << 24 | (rgb & 0xffffff);
  screen_damage_all (screen);
}

static gboolean
screen_clip (const DemoScreen *screen, const DemoRect *rect, DemoRect *clipped)
{
  DemoRect all = { 0, 0, screen->width, screen->height };

  return demo_rect_intersect (&all, rect, clipped);
}

static inline guint32 *
screen_at (const DemoScreen *screen, int x, int y)
{
  return screen->pixels + (gsize) y * (gsize) screen->width + x;
}

void
demo_screen_fill (DemoScreen *screen, const DemoRect *rect, guint32 rgb)
{
  guint32 colour = screen_colour (screen, rgb);
  DemoRect r;

  if (!screen_clip (screen, rect, &r))
    return;
  for (int y = r.y; y < r.y + r.height; y++)
    for (int x = r.x; x < r.x + r.width; x++)
      *screen_at (screen, x, y) = colour;
  screen->damaged (&r, screen->data);
}

/* Draws dots without reporting damage. */
static void
screen_dot (DemoScreen *screen, int x, int y, guint32 colour)
{
  if (x >= 0 && y >= 0 && x < screen->width && y < screen->height)
    *screen_at (screen, x, y) = colour;
}

static void
screen_damage (DemoScreen *screen, int x, int y, int width, int height)
{
  DemoRect rect = { x, y, width, height };

  if (screen_clip (screen, &rect, &rect))
    screen->damaged (&rect, screen->data);
}

void
demo_screen_text (DemoScreen *screen, int x, int y, int scale, guint32 rgb, const char *text)
{
  guint32 colour = screen_colour (screen, rgb);
  int left = x;

  for (; *text != '\0'; text++, x += DEMO_FONT_WIDTH * scale)
    for (int row = 0; row < (DEMO_FONT_HEIGHT - 1) * scale; row++)
      for (int column = 0; column < (DEMO_FONT_WIDTH - 1) * scale; column++)
        if (demo_font_dot (*text, (guint) (column / scale), (guint) (row / scale)))
          screen_dot (screen, x + column, y + row, colour);
  screen_damage (screen, left, y, x - left, DEMO_FONT_HEIGHT * scale);
}

void
demo_screen_disc (DemoScreen *screen, int x, int y, int radius, guint32 rgb)
{
  guint32 colour = screen_colour (screen, rgb);

  for (int dy = -radius; dy <= radius; dy++)
    for (int dx = -radius; dx <= radius; dx++)
      if (dx * dx + dy * dy <= radius * radius)
        screen_dot (screen, x + dx, y + dy, colour);
  screen_damage (screen, x - radius, y - radius, 2 * radius + 1, 2 * radius + 1);
}

void
demo_screen_ring (DemoScreen *screen, int x, int y, int radius, guint32 rgb)
{
  guint32 colour = screen_colour (screen, rgb);

  for (int dy = -radius; dy <= radius; dy++)
    for (int dx = -radius; dx <= radius; dx++) {
      int distance = dx * dx + dy * dy;

      if (distance <= radius * radius && distance > (radius - 2) * (radius - 2))
        screen_dot (screen, x + dx, y + dy, colour);
    }
  screen_damage (screen, x - radius, y - radius, 2 * radius + 1, 2 * radius + 1);
}

/* Moves what is at from_x, from_y to a rectangle. Both must lie on the screen, or nothing happens. */
void
demo_screen_copy (DemoScreen *screen, int from_x, int from_y, const DemoRect *to)
{
  DemoRect all = { 0, 0, screen->width, screen->height };
  DemoRect from = { from_x, from_y, to->width, to->height };
  int step = to->y > from_y ? -1 : 1;

  if (to->width <= 0 || to->height <= 0 || !demo_rect_contains (&all, to) || !demo_rect_contains (&all, &from))
    return;
  for (int i = 0; i < to->height; i++) {
    int row = step > 0 ? i : to->height - 1 - i;

    memmove (screen_at (screen, to->x, to->y + row), screen_at (screen, from_x, from_y + row),
             (gsize) to->width * sizeof (guint32));
  }
  screen->copied (to, to->x - from_x, to->y - from_y, screen->data);
}

/* A picture computed pixel by pixel; x and y count from the rectangle's corner. */
void
demo_screen_shade (DemoScreen *screen, const DemoRect *rect, DemoShader shader, gconstpointer data)
{
  DemoRect r;

  if (!screen_clip (screen, rect, &r))
    return;
  for (int y = r.y; y < r.y + r.height; y++)
    for (int x = r.x; x < r.x + r.width; x++)
      *screen_at (screen, x, y) = screen_colour (screen, shader (x - rect->x, y - rect->y, rect, data));
  screen->damaged (&r, screen->data);
}

/* Pixel values for a client, and the colours themselves. A part that is no longer on the screen (it became smaller while
 * an update was under way) comes out black. */
void
demo_screen_fetch (const DemoScreen *screen, const DemoRect *rect, const DemoConverter *to,
                   guint32 *values, guint32 *rgb)
{
  gboolean own_index = !screen->native.format.true_colour;

  for (int y = rect->y; y < rect->y + rect->height; y++)
    for (int x = rect->x; x < rect->x + rect->width; x++) {
      guint32 pixel = x < screen->width && y < screen->height ? *screen_at (screen, x, y) : 0;

      if (to->format.true_colour)
        *values++ = to->lut[0][pixel >> 16 & 0xff] | to->lut[1][pixel >> 8 & 0xff] | to->lut[2][pixel & 0xff];
      else
        *values++ = own_index ? pixel >> 24 : demo_palette_index (pixel);
      *rgb++ = pixel & 0xffffff;
    }
}

/* A PPM file of the true picture, complete from the moment it exists under its name. */
gboolean
demo_screen_save (const DemoScreen *screen, const char *path, GError **error)
{
  g_autofree char *head = g_strdup_printf ("P6\n%d %d\n255\n", screen->width, screen->height);
  gsize head_len = strlen (head);
  gsize n = (gsize) screen->width * (gsize) screen->height;
  g_autofree char *data = g_malloc (head_len + 3 * n);
  char *at = data + head_len;

  memcpy (data, head, head_len);
  for (gsize i = 0; i < n; i++) {
    *at++ = (char) (screen->pixels[i] >> 16);
    *at++ = (char) (screen->pixels[i] >> 8);
    *at++ = (char) screen->pixels[i];
  }
  return g_file_set_contents (path, data, (gssize) (head_len + 3 * n), error);
}
