/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "reference.h"

#define FORMAT(name_, bits, depth_, big, rm, gm, bm, rs, gs, bs) \
  { name_, { .bits_per_pixel = bits, .depth = depth_, .big_endian = big, .true_colour = TRUE, \
             .red_max = rm, .green_max = gm, .blue_max = bm, .red_shift = rs, .green_shift = gs, .blue_shift = bs } }
#define BOTH(name_, bits, depth_, rm, gm, bm, rs, gs, bs) \
  FORMAT (name_ " little", bits, depth_, FALSE, rm, gm, bm, rs, gs, bs), \
  FORMAT (name_ " big", bits, depth_, TRUE, rm, gm, bm, rs, gs, bs)

const NamedFormat reference_formats[] = {
  FORMAT ("r3g3b2", 8, 8, FALSE, 7, 7, 3, 5, 2, 0),
  FORMAT ("b2g3r3", 8, 8, FALSE, 7, 7, 3, 0, 3, 6),
  FORMAT ("r1g1b1", 8, 3, FALSE, 1, 1, 1, 7, 6, 5),
  BOTH ("r5g6b5", 16, 16, 31, 63, 31, 11, 5, 0),
  BOTH ("b5g6r5", 16, 16, 31, 63, 31, 0, 5, 11),
  BOTH ("x1r5g5b5", 16, 15, 31, 31, 31, 10, 5, 0),
  BOTH ("r5g5b5x1", 16, 15, 31, 31, 31, 11, 6, 1),
  BOTH ("x4r4g4b4", 16, 12, 15, 15, 15, 8, 4, 0),
  BOTH ("r2g9b5", 16, 16, 3, 511, 31, 14, 5, 0),
  BOTH ("x8r8g8b8", 32, 24, 255, 255, 255, 16, 8, 0),
  BOTH ("x8b8g8r8", 32, 24, 255, 255, 255, 0, 8, 16),
  BOTH ("r8g8b8x8", 32, 24, 255, 255, 255, 24, 16, 8),
  BOTH ("b8g8r8x8", 32, 24, 255, 255, 255, 8, 16, 24),
  BOTH ("x2r10g10b10", 32, 30, 1023, 1023, 1023, 20, 10, 0),
  BOTH ("r11g11b10", 32, 32, 2047, 2047, 1023, 21, 10, 0),
  BOTH ("r16g8b8", 32, 32, 65535, 255, 255, 16, 8, 0),
  BOTH ("x16r5g6b5", 32, 16, 31, 63, 31, 11, 5, 0),
};

const guint reference_n_formats = G_N_ELEMENTS (reference_formats);

const GvncPixelFormat *
reference_format (const char *name)
{
  for (guint i = 0; i < reference_n_formats; i++)
    if (g_str_equal (reference_formats[i].name, name))
      return &reference_formats[i].format;
  g_error ("no format %s", name);
}

guint32
reference_load (const guint8 *bytes,
                guint         size,
                gboolean      big_endian)
{
  guint32 value = 0;

  for (guint i = 0; i < size; i++)
    value = value << 8 | bytes[big_endian ? i : size - 1 - i];
  return value;
}

void
reference_store (guint8  *bytes,
                 guint    size,
                 gboolean big_endian,
                 guint32  value)
{
  for (guint i = 0; i < size; i++)
    bytes[big_endian ? size - 1 - i : i] = (guint8) (value >> 8 * i);
}

Colour
reference_colour (const GvncPixelFormat *format,
                  guint32                value,
                  const guint16         *colours,
                  guint                  n_colours)
{
  if (!format->true_colour) {
    Colour colour = { { 0, 0, 0 }, { 65535, 65535, 65535 } };

    if (value < n_colours)
      for (guint i = 0; i < 3; i++)
        colour.value[i] = colours[3 * value + i];
    return colour;
  }
  return (Colour) {
    { value >> format->red_shift & format->red_max, value >> format->green_shift & format->green_max,
      value >> format->blue_shift & format->blue_max },
    { format->red_max, format->green_max, format->blue_max },
  };
}

static guint32
reference_scale (guint32 value,
                 guint32 max,
                 guint32 wanted)
{
  /* to the nearest: twice the exact value plus one, halved and rounded down */
  return (guint32) ((2 * (guint64) value * wanted + max) / (2 * (guint64) max));
}

guint32
reference_value (const GvncPixelFormat *format,
                 const Colour          *colour)
{
  return reference_scale (colour->value[0], colour->max[0], format->red_max) << format->red_shift |
         reference_scale (colour->value[1], colour->max[1], format->green_max) << format->green_shift |
         reference_scale (colour->value[2], colour->max[2], format->blue_max) << format->blue_shift;
}

guint32
reference_rgb (const Colour *colour)
{
  return reference_scale (colour->value[0], colour->max[0], 255) << 16 |
         reference_scale (colour->value[1], colour->max[1], 255) << 8 |
         reference_scale (colour->value[2], colour->max[2], 255);
}
