/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "encode.h"

#include "bytes.h"

enum {
  TIGHT_FILL = 0x80,
  TIGHT_JPEG = 0x90,
  TIGHT_PLAIN = 0xa0,
  TIGHT_EXPLICIT_FILTER = 0x40,

  TIGHT_FILTER_COPY = 0,
  TIGHT_FILTER_PALETTE = 1,
  TIGHT_FILTER_GRADIENT = 2,

  /* Which of the four zlib streams is used for what. Any use is allowed; these are ours. */
  TIGHT_STREAM_COPY = 0,
  TIGHT_STREAM_MONO = 1,
  TIGHT_STREAM_PALETTE = 2,
  TIGHT_STREAM_GRADIENT = 3,

  /* Data shorter than this is not compressed and has no length before it. */
  TIGHT_MIN_COMPRESSED = 12,

  /* A stream starts anew after so many uses, so that decoders must follow that too. */
  TIGHT_USES_BEFORE_RESET = 48,
};

/* A length of up to 22 bits: seven, seven and eight bits, the highest bit of a byte saying that one more follows. */
void
demo_put_compact (GByteArray *out, gsize len)
{
  guint value = (guint) len;

  if (value < 0x80) {
    demo_put_u8 (out, value);
  } else if (value < 0x4000) {
    demo_put_u8 (out, (value & 0x7f) | 0x80);
    demo_put_u8 (out, value >> 7);
  } else {
    demo_put_u8 (out, (value & 0x7f) | 0x80);
    demo_put_u8 (out, (value >> 7 & 0x7f) | 0x80);
    demo_put_u8 (out, value >> 14);
  }
}

static void
tight_put_pixel (const DemoFormat *format, const DemoPixelWriter *writer, guint32 value, GByteArray *out)
{
  if (!demo_format_has_tpixel (format)) {
    demo_put_pixel (out, writer, value);
    return;
  }
  for (guint i = 0; i < 3; i++)
    demo_put_u8 (out, value >> format->shift[i] & 0xff);
}

/* Without compression when the client takes that, and asked for the lowest level. */
static gboolean
tight_is_plain (const DemoEncoder *encoder)
{
  return encoder->plain && encoder->level == 0;
}

/* The control byte of a basic rectangle, with the bit that resets its stream when that is due. */
static void
tight_put_control (DemoEncoder *encoder, guint stream, guint filter, GByteArray *out)
{
  guint control = stream << 4;

  if (filter != TIGHT_FILTER_COPY)
    control |= TIGHT_EXPLICIT_FILTER;
  if (tight_is_plain (encoder))
    control = TIGHT_PLAIN | (control & TIGHT_EXPLICIT_FILTER);
  else if (encoder->tight[stream].uses >= TIGHT_USES_BEFORE_RESET) {
    control |= 1u << stream;
    demo_deflate_end (&encoder->tight[stream]);
  }
  demo_put_u8 (out, control);
  if (filter != TIGHT_FILTER_COPY)
    demo_put_u8 (out, filter);
}

static void
tight_put_data (DemoEncoder *encoder, guint stream, const GByteArray *data, GByteArray *out)
{
  g_autoptr (GByteArray) packed = NULL;

  if (data->len < TIGHT_MIN_COMPRESSED) {
    g_byte_array_append (out, data->data, data->len);
    return;
  }
  if (tight_is_plain (encoder)) {
    demo_put_compact (out, data->len);
    g_byte_array_append (out, data->data, data->len);
    return;
  }
  packed = g_byte_array_new ();
  demo_deflate (&encoder->tight[stream], encoder->level, data, packed);
  demo_put_compact (out, packed->len);
  g_byte_array_append (out, packed->data, packed->len);
}

static void
tight_fill (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  DemoPixelWriter writer = demo_pixel_writer (&encoder->format);

  demo_put_u8 (out, TIGHT_FILL);
  tight_put_pixel (&encoder->format, &writer, tile->values[0], out);
}

static void
tight_copy (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  DemoPixelWriter writer = demo_pixel_writer (&encoder->format);
  g_autoptr (GByteArray) data = g_byte_array_new ();

  tight_put_control (encoder, TIGHT_STREAM_COPY, TIGHT_FILTER_COPY, out);
  for (guint i = 0; i < tile->width * tile->height; i++)
    tight_put_pixel (&encoder->format, &writer, tile->values[i], data);
  tight_put_data (encoder, TIGHT_STREAM_COPY, data, out);
}

/* U8 number of colours - 1 | the colours | one bit a pixel for two colours, rows padded; else one byte a pixel */
static void
tight_palette (DemoEncoder *encoder, const DemoTile *tile, const DemoPalette *palette, GByteArray *out)
{
  DemoPixelWriter writer = demo_pixel_writer (&encoder->format);
  guint stream = palette->n == 2 ? TIGHT_STREAM_MONO : TIGHT_STREAM_PALETTE;
  g_autoptr (GByteArray) data = g_byte_array_new ();

  tight_put_control (encoder, stream, TIGHT_FILTER_PALETTE, out);
  demo_put_u8 (out, palette->n - 1);
  for (guint i = 0; i < palette->n; i++)
    tight_put_pixel (&encoder->format, &writer, palette->values[i], out);

  for (guint y = 0; y < tile->height; y++) {
    const guint32 *row = tile->values + y * tile->width;

    if (palette->n > 2) {
      for (guint x = 0; x < tile->width; x++)
        demo_put_u8 (data, demo_palette_find (palette, row[x]));
      continue;
    }
    for (guint x = 0; x < tile->width; x += 8) {
      guint byte = 0;

      for (guint bit = 0; bit < 8 && x + bit < tile->width; bit++)
        if (row[x + bit] == palette->values[1])
          byte |= 0x80u >> bit;
      demo_put_u8 (data, byte);
    }
  }
  tight_put_data (encoder, stream, data, out);
}

/* Each channel as its difference from left + above - above left, kept within the channel's range. */
static void
tight_gradient (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  const DemoFormat *format = &encoder->format;
  DemoPixelWriter writer = demo_pixel_writer (format);
  g_autoptr (GByteArray) data = g_byte_array_new ();

  tight_put_control (encoder, TIGHT_STREAM_GRADIENT, TIGHT_FILTER_GRADIENT, out);
  for (guint y = 0; y < tile->height; y++)
    for (guint x = 0; x < tile->width; x++) {
      const guint32 *at = tile->values + y * tile->width + x;
      guint32 value = 0;

      for (guint i = 0; i < 3; i++) {
        int max = (int) format->max[i];
        guint shift = format->shift[i];
        int left = x > 0 ? (int) (at[-1] >> shift) & max : 0;
        int above = y > 0 ? (int) (*(at - tile->width) >> shift) & max : 0;
        int corner = x > 0 && y > 0 ? (int) (*(at - tile->width - 1) >> shift) & max : 0;
        int guess = CLAMP (left + above - corner, 0, max);

        value |= (guint32) (((int) (*at >> shift) - guess) & max) << shift;
      }
      tight_put_pixel (format, &writer, value, data);
    }
  tight_put_data (encoder, TIGHT_STREAM_GRADIENT, data, out);
}

/* Whether neighbours mostly differ a little: then a gradient or JPEG suits better than zlib alone. */
static gboolean
tight_is_smooth (const DemoTile *tile)
{
  guint near = 0;
  guint n = 0;

  for (guint y = 0; y < tile->height; y += 3)
    for (guint x = 1; x < tile->width; x += 2, n++) {
      guint32 a = tile->rgb[y * tile->width + x - 1];
      guint32 b = tile->rgb[y * tile->width + x];
      int difference = 0;

      for (guint shift = 0; shift < 24; shift += 8)
        difference += ABS ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff));
      near += difference > 0 && difference < 60;
    }
  return near * 2 > n;
}

/* Tight, as the community's specification describes it. What of it fits the rectangle best, or the way asked for where
 * that is possible. TightPNG has no rows, so a picture of more than one colour is a PNG file. */
void
demo_encode_tight (DemoEncoder *encoder, gboolean png, const DemoTile *tile, GByteArray *out)
{
  const DemoFormat *format = &encoder->format;
  gboolean has_channels = format->true_colour && format->bpp != 8;
  gboolean jpeg_possible = has_channels && demo_jpeg_quality (encoder) >= 0;
  DemoTightMode mode = encoder->tight_mode;
  DemoPalette palette;
  gboolean few = demo_palette_collect (&palette, tile, 0, 0, tile->width, tile->height, 256);
  gboolean one = few && palette.n == 1;

  if (png && !one && demo_encode_tight_png (tile, out))
    return;
  if (png)
    mode = DEMO_TIGHT_FILL;
  if (mode == DEMO_TIGHT_AUTO) {
    if (one)
      mode = DEMO_TIGHT_FILL;
    else if (few && palette.n <= MAX (2, MIN (256, tile->width * tile->height / 16)))
      mode = DEMO_TIGHT_PALETTE;
    else if (jpeg_possible && tile->width >= 16 && tile->height >= 16)
      mode = DEMO_TIGHT_JPEG;
    else
      mode = tight_is_smooth (tile) ? DEMO_TIGHT_GRADIENT : DEMO_TIGHT_COPY;
  }

  if (mode == DEMO_TIGHT_FILL && one)
    tight_fill (encoder, tile, out);
  else if (mode == DEMO_TIGHT_PALETTE && few && palette.n >= 2 && (format->bpp != 8 || palette.n == 2))
    tight_palette (encoder, tile, &palette, out);
  else if (mode == DEMO_TIGHT_GRADIENT && has_channels)
    tight_gradient (encoder, tile, out);
  else if (mode == DEMO_TIGHT_JPEG && jpeg_possible && demo_encode_tight_jpeg (encoder, tile, out))
    return;
  else
    tight_copy (encoder, tile, out);
}
