/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pixel.h"

#include <string.h>

#include "bytes.h"

static const struct {
  const char *name;
  DemoFormat format;
} pixel_formats[] = {
  { "rgb888", { 32, 24, FALSE, TRUE, { 255, 255, 255 }, { 16, 8, 0 } } },
  { "bgr888", { 32, 24, FALSE, TRUE, { 255, 255, 255 }, { 0, 8, 16 } } },
  { "rgb888x", { 32, 24, FALSE, TRUE, { 255, 255, 255 }, { 24, 16, 8 } } },
  { "rgb101010", { 32, 30, FALSE, TRUE, { 1023, 1023, 1023 }, { 20, 10, 0 } } },
  { "rgb565", { 16, 16, FALSE, TRUE, { 31, 63, 31 }, { 11, 5, 0 } } },
  { "bgr565", { 16, 16, FALSE, TRUE, { 31, 63, 31 }, { 0, 5, 11 } } },
  { "rgb555", { 16, 15, FALSE, TRUE, { 31, 31, 31 }, { 10, 5, 0 } } },
  { "rgb332", { 8, 8, FALSE, TRUE, { 7, 7, 3 }, { 5, 2, 0 } } },
  { "bgr233", { 8, 8, FALSE, TRUE, { 7, 7, 3 }, { 0, 3, 6 } } },
  { "map8", { 8, 8, FALSE, FALSE, { 0, 0, 0 }, { 0, 0, 0 } } },
};

gboolean
demo_format_parse (const char *name, DemoFormat *format)
{
  gboolean big_endian = g_str_has_suffix (name, "-be");
  gsize len = strlen (name) - (big_endian ? 3 : 0);

  for (guint i = 0; i < G_N_ELEMENTS (pixel_formats); i++) {
    if (strlen (pixel_formats[i].name) != len || strncmp (pixel_formats[i].name, name, len) != 0)
      continue;
    *format = pixel_formats[i].format;
    format->big_endian = big_endian;
    return TRUE;
  }
  return FALSE;
}

/* wire: U8 bpp, depth, big-endian, true-colour | U16 red, green, blue max | U8 red, green, blue shift | 3 bytes padding */
gboolean
demo_format_from_wire (const guint8 *bytes, DemoFormat *format)
{
  guint32 used = 0;

  *format = (DemoFormat) {
    .bpp = bytes[0], .depth = bytes[1], .big_endian = bytes[2] != 0, .true_colour = bytes[3] != 0,
  };
  if (format->bpp != 8 && format->bpp != 16 && format->bpp != 32)
    return FALSE;
  if (format->depth == 0 || format->depth > format->bpp)
    return FALSE;
  if (!format->true_colour)
    return format->bpp == 8;

  for (guint i = 0; i < 3; i++) {
    guint max = demo_get_u16 (bytes + 4 + 2 * i);
    guint shift = bytes[10 + i];
    guint64 mask = (guint64) max << MIN (shift, 32);

    if (max == 0 || (max & (max + 1)) != 0 || mask >> format->bpp != 0 || (used & mask) != 0)
      return FALSE;
    used |= (guint32) mask;
    format->max[i] = max;
    format->shift[i] = shift;
  }
  return TRUE;
}

void
demo_format_to_wire (const DemoFormat *format, guint8 *bytes)
{
  memset (bytes, 0, DEMO_FORMAT_BYTES);
  bytes[0] = (guint8) format->bpp;
  bytes[1] = (guint8) format->depth;
  bytes[2] = format->big_endian ? 1 : 0;
  bytes[3] = format->true_colour ? 1 : 0;
  for (guint i = 0; i < 3; i++) {
    bytes[4 + 2 * i] = (guint8) (format->max[i] >> 8);
    bytes[5 + 2 * i] = (guint8) format->max[i];
    bytes[10 + i] = (guint8) format->shift[i];
  }
}

void
demo_converter_set (DemoConverter *converter, const DemoFormat *format)
{
  converter->format = *format;
  for (guint i = 0; i < 3; i++)
    for (guint value = 0; value < 256; value++)
      converter->lut[i][value] = ((value * format->max[i] + 127) / 255) << format->shift[i];
}

/* The palette: twenty greys, a cube of six steps a channel, twenty more greys. The greys are there so that an index is
 * not by accident also a colour. */
#define PALETTE_CUBE 20

guint
demo_palette_index (guint32 rgb)
{
  guint red = ((rgb >> 16 & 0xff) * 5 + 127) / 255;
  guint green = ((rgb >> 8 & 0xff) * 5 + 127) / 255;
  guint blue = ((rgb & 0xff) * 5 + 127) / 255;

  return PALETTE_CUBE + red * 36 + green * 6 + blue;
}

void
demo_palette_default (guint32 *palette)
{
  for (guint i = 0; i < 256; i++) {
    guint cube = i - PALETTE_CUBE;

    if (i < PALETTE_CUBE || cube >= 216)
      palette[i] = (i < PALETTE_CUBE ? 3 + i * 6 : i - 110) * 0x010101u;
    else
      palette[i] = cube / 36 * 51 << 16 | cube / 6 % 6 * 51 << 8 | cube % 6 * 51;
  }
}

/* The colour that a screen of this format really shows for the one asked for. With a palette the index is kept in the
 * highest byte, so that a later change of the palette changes what is on the screen. */
guint32
demo_pixel_snap (const DemoConverter *converter, const guint32 *palette, guint32 rgb)
{
  const DemoFormat *format = &converter->format;
  guint32 result = 0;

  if (!format->true_colour) {
    guint index = demo_palette_index (rgb);

    return (guint32) index << 24 | palette[index];
  }
  if (format->max[0] == 255 && format->max[1] == 255 && format->max[2] == 255)
    return rgb & 0xffffff;
  for (guint i = 0; i < 3; i++) {
    guint max = format->max[i];
    guint32 value = converter->lut[i][rgb >> (16 - 8 * i) & 0xff] >> format->shift[i];

    result = result << 8 | (value * 255 + max / 2) / max;
  }
  return result;
}

DemoPixelWriter
demo_pixel_writer (const DemoFormat *format)
{
  return (DemoPixelWriter) { format->bpp / 8, 0, format->big_endian };
}

/* CPIXEL of RFC 6143 section 7.7.5: three bytes when the colours fit in the low or in the high three of four. */
DemoPixelWriter
demo_cpixel_writer (const DemoFormat *format)
{
  DemoPixelWriter writer = demo_pixel_writer (format);
  guint32 used = 0;

  if (!format->true_colour || format->bpp != 32 || format->depth > 24)
    return writer;
  for (guint i = 0; i < 3; i++)
    used |= format->max[i] << format->shift[i];
  if (used <= 0xffffff) {
    writer.size = 3;
  } else if ((used & 0xff) == 0) {
    writer.size = 3;
    writer.shift = 8;
  }
  return writer;
}

/* TPIXEL of the Tight encoding: then a pixel is its red, green and blue byte, whatever the shifts say. */
gboolean
demo_format_has_tpixel (const DemoFormat *format)
{
  return format->true_colour && format->bpp == 32 && format->depth == 24 &&
         format->max[0] == 255 && format->max[1] == 255 && format->max[2] == 255;
}
