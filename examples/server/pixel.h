/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* PIXEL_FORMAT of RFC 6143 section 7.4. Channels are numbered red, green, blue. */
typedef struct {
  guint bpp, depth;
  gboolean big_endian;
  gboolean true_colour;
  guint max[3];
  guint shift[3];
} DemoFormat;

/* Turns 0x00RRGGBB into the pixel values of a format. */
typedef struct {
  DemoFormat format;
  guint32 lut[3][256];
} DemoConverter;

#define DEMO_FORMAT_BYTES 16

gboolean demo_format_parse (const char *name, DemoFormat *format);
gboolean demo_format_from_wire (const guint8 *bytes, DemoFormat *format);
void demo_format_to_wire (const DemoFormat *format, guint8 *bytes);

void demo_converter_set (DemoConverter *converter, const DemoFormat *format);
guint32 demo_pixel_snap (const DemoConverter *converter, const guint32 *palette, guint32 rgb);
guint demo_palette_index (guint32 rgb);
void demo_palette_default (guint32 *palette);

/* How a pixel value stands in a stream: its number of bytes, and which of them come first. */
typedef struct {
  guint size;
  guint shift;          /* drop so many low bits first (compact pixels of ZRLE) */
  gboolean big_endian;
} DemoPixelWriter;

DemoPixelWriter demo_pixel_writer (const DemoFormat *format);
DemoPixelWriter demo_cpixel_writer (const DemoFormat *format);
gboolean demo_format_has_tpixel (const DemoFormat *format);

static inline guint8 *
demo_write_pixel (const DemoPixelWriter *writer, guint8 *to, guint32 value)
{
  value >>= writer->shift;
  for (guint i = 0; i < writer->size; i++) {
    guint from = writer->big_endian ? writer->size - 1 - i : i;

    to[i] = (guint8) (value >> (8 * from));
  }
  return to + writer->size;
}

static inline void
demo_put_pixel (GByteArray *out, const DemoPixelWriter *writer, guint32 value)
{
  guint8 bytes[4];

  demo_write_pixel (writer, bytes, value);
  g_byte_array_append (out, bytes, writer->size);
}
