/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "cursor.h"

#include <string.h>

#include "bytes.h"

gboolean
demo_cursor_parse (const char *name, DemoCursorKind *kind)
{
  static const char *const names[] = { "colour", "mono", "alpha", "none" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0) {
      *kind = (DemoCursorKind) i;
      return TRUE;
    }
  return FALSE;
}

/* An arrow, its point in the corner, for the colour and the mono shape; a fading disc for the alpha shape. */
void
demo_cursor_draw (DemoCursor *cursor, DemoCursorKind kind)
{
  memset (cursor, 0, sizeof *cursor);
  if (kind == DEMO_CURSOR_NONE)
    return;

  if (kind == DEMO_CURSOR_ALPHA) {
    int middle = 11;

    cursor->width = cursor->height = 23;
    cursor->hot_x = cursor->hot_y = (guint) middle;
    for (int y = 0; y < 23; y++)
      for (int x = 0; x < 23; x++) {
        int distance = (x - middle) * (x - middle) + (y - middle) * (y - middle);
        int alpha = CLAMP (255 - distance * 2, 0, 255);

        if (distance <= 121)
          cursor->argb[y * 23 + x] = (guint32) alpha << 24 | (guint32) (x * 11) << 16 | 0x4000u | (guint32) (y * 11);
      }
    return;
  }

  cursor->width = 13;           /* not a multiple of eight: mask rows need padding */
  cursor->height = 20;
  cursor->hot_x = cursor->hot_y = 1;
  for (guint y = 0; y < cursor->height; y++)
    for (guint x = 0; x < cursor->width; x++) {
      gboolean inside = y < 17 && x <= MIN (y * 2 / 3, 12);
      gboolean edge = inside && (x == 0 || x == MIN (y * 2 / 3, 12) || y == 16);
      guint32 rgb = kind == DEMO_CURSOR_MONO ? 0xffffff : 0x20a0ff + y * 0x060000;

      if (inside)
        cursor->argb[y * cursor->width + x] = 0xff000000u | (edge ? 0 : rgb);
    }
}

/* One bit a pixel, rows padded to bytes. */
static void
cursor_put_bits (const DemoCursor *cursor, guint32 mask, guint32 least, GByteArray *out)
{
  for (guint y = 0; y < cursor->height; y++)
    for (guint x = 0; x < cursor->width; x += 8) {
      guint byte = 0;

      for (guint bit = 0; bit < 8 && x + bit < cursor->width; bit++)
        if ((cursor->argb[y * cursor->width + x + bit] & mask) >= least)
          byte |= 0x80u >> bit;
      demo_put_u8 (out, byte);
    }
}

/* Cursor, RFC 6143 section 7.8.1: pixels | mask */
void
demo_cursor_put_colour (const DemoCursor *cursor, const DemoConverter *to, GByteArray *out)
{
  DemoPixelWriter writer = demo_pixel_writer (&to->format);

  for (guint i = 0; i < cursor->width * cursor->height; i++) {
    guint32 pixel = cursor->argb[i];
    guint32 value = to->lut[0][pixel >> 16 & 0xff] | to->lut[1][pixel >> 8 & 0xff] | to->lut[2][pixel & 0xff];

    if (!to->format.true_colour)
      value = demo_palette_index (pixel);
    demo_put_pixel (out, &writer, value);
  }
  cursor_put_bits (cursor, 0xff000000u, 0x80000000u, out);
}

/* VMware Cursor: U8 kind, padding | red, green, blue, alpha bytes, or the pixels of a mask that keeps what is below it
 * followed by those of the shape */
void
demo_cursor_put_vmware (const DemoCursor *cursor, gboolean alpha, const DemoConverter *to, GByteArray *out)
{
  DemoPixelWriter writer = demo_pixel_writer (&to->format);
  guint n = cursor->width * cursor->height;

  demo_put_u8 (out, alpha ? 1 : 0);
  demo_put_u8 (out, 0);
  for (guint i = 0; alpha && i < n; i++)
    demo_put_u32 (out, cursor->argb[i] << 8 | cursor->argb[i] >> 24);
  for (guint i = 0; !alpha && i < n; i++)
    demo_put_pixel (out, &writer, cursor->argb[i] >> 24 >= 0x80 ? 0 : 0xffffffffu);
  for (guint i = 0; !alpha && i < n; i++) {
    guint32 pixel = cursor->argb[i];
    guint32 value = to->lut[0][pixel >> 16 & 0xff] | to->lut[1][pixel >> 8 & 0xff] | to->lut[2][pixel & 0xff];

    if (!to->format.true_colour)
      value = demo_palette_index (pixel);
    demo_put_pixel (out, &writer, pixel >> 24 >= 0x80 ? value : 0);
  }
}

/* XCursor: [3 bytes foreground | 3 bytes background | bits that are foreground | mask], nothing for an empty shape */
void
demo_cursor_put_mono (const DemoCursor *cursor, GByteArray *out)
{
  static const guint8 colours[6] = { 0xff, 0xff, 0xff, 0x00, 0x00, 0x00 };

  if (cursor->width == 0)
    return;
  g_byte_array_append (out, colours, sizeof colours);
  cursor_put_bits (cursor, 0x00ff00u, 0x004000u, out);
  cursor_put_bits (cursor, 0xff000000u, 0x80000000u, out);
}

/* Cursor with alpha: S32 inner encoding (Raw) | red, green, blue, alpha bytes, premultiplied */
void
demo_cursor_put_alpha (const DemoCursor *cursor, GByteArray *out)
{
  demo_put_u32 (out, 0);
  for (guint i = 0; i < cursor->width * cursor->height; i++) {
    guint alpha = cursor->argb[i] >> 24;

    for (guint shift = 16;; shift -= 8) {
      demo_put_u8 (out, (cursor->argb[i] >> shift & 0xff) * alpha / 255);
      if (shift == 0)
        break;
    }
    demo_put_u8 (out, alpha);
  }
}
