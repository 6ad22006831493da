/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "encode.h"

#include <string.h>

#include "bytes.h"

/* ZYWRLE: as ZRLE, but what would be a raw tile is a U8 0 and a tile of wavelet coefficients. None of them is rounded, so
 * that only the way from RGB to YUV and back loses something. */

enum { ZYWRLE_SIDE = 64 };

/* V, Y and U of one pixel. */
typedef struct {
  int c[3];
} ZywrleVyu;

static guint
zywrle_levels (const DemoEncoder *encoder)
{
  int quality = encoder->jpeg_step < 0 ? 9 : encoder->jpeg_step;

  return quality < 3 ? 3 : quality < 6 ? 2 : 1;
}

/* How many bits of a channel's byte are there, and where the byte's lowest is in a value. */
static void
zywrle_layout (const DemoFormat *format, int shift[3], guint bits[3])
{
  if (format->bpp == 16) {
    gboolean six = format->max[1] > 31;

    bits[0] = bits[2] = 5;
    bits[1] = six ? 6 : 5;
    shift[0] = six ? 11 : 10;
    shift[1] = 5;
    shift[2] = 0;
  } else {
    DemoPixelWriter writer = demo_cpixel_writer (format);

    for (int i = 0; i < 3; i++) {
      bits[i] = 8;
      shift[i] = 16 - 8 * i + (int) writer.shift;
    }
  }
}

static int
zywrle_wrap (int value)
{
  return ((value + 128) & 255) - 128;
}

/* The piecewise-linear Haar transform of two signed bytes. */
static void
zywrle_haar (int *low, int *high)
{
  int a = *low;
  int b = *high;
  gboolean same = (a < 0) == (b < 0);
  int other = same ? a - b : a + b;

  if (same) {
    *low = (other < 0) == (a < 0) ? a : b;
    *high = zywrle_wrap (other);
  } else {
    *low = zywrle_wrap (other);
    *high = (other < 0) == (b < 0) ? zywrle_wrap (-b) : a;
  }
}

static void
zywrle_pairs (ZywrleVyu *low, ZywrleVyu *high)
{
  for (guint i = 0; i < 3; i++)
    zywrle_haar (&low->c[i], &high->c[i]);
}

static void
zywrle_forward (ZywrleVyu *pixels, guint width, guint height, guint levels)
{
  for (guint step = 1; step < 1u << levels; step *= 2) {
    for (guint y = 0; y < height; y += step)
      for (guint x = 0; x < width; x += 2 * step)
        zywrle_pairs (&pixels[y * width + x], &pixels[y * width + x + step]);
    for (guint x = 0; x < width; x += step)
      for (guint y = 0; y < height; y += 2 * step)
        zywrle_pairs (&pixels[y * width + x], &pixels[(y + step) * width + x]);
  }
}

static ZywrleVyu
zywrle_from_value (guint32 value, const int shift[3], const guint bits[3])
{
  int rgb[3];
  ZywrleVyu vyu;

  for (guint i = 0; i < 3; i++)
    rgb[i] = (int) ((value >> shift[i] & ((1u << bits[i]) - 1)) << (8 - bits[i]));
  vyu.c[0] = (rgb[0] - rgb[1]) >> 1;
  vyu.c[1] = ((rgb[0] + 2 * rgb[1] + rgb[2]) >> 2) - 128;
  vyu.c[2] = (rgb[2] - rgb[1]) >> 1;
  for (guint i = 0; i < 3; i++) {
    /* as many bits as there are to send; -128 has no opposite */
    int unit = 1 << (8 - bits[i]);

    vyu.c[i] &= ~(unit - 1);
    if (vyu.c[i] == -128)
      vyu.c[i] += unit;
  }
  return vyu;
}

static guint32
zywrle_to_value (const ZywrleVyu *vyu, const int shift[3], const guint bits[3])
{
  guint32 value = 0;

  for (guint i = 0; i < 3; i++)
    value |= ((guint32) vyu->c[i] & 255) >> (8 - bits[i]) << shift[i];
  return value;
}

/* Turns the pixels into coefficients: planes from the finest on, then what the wavelet leaves out. */
static void
zywrle_analyze (const DemoFormat *format, guint32 *pixels, guint width, guint height, guint levels)
{
  guint w = width >> levels << levels;
  guint h = height >> levels << levels;
  g_autofree ZywrleVyu *vyu = g_new (ZywrleVyu, ZYWRLE_SIDE * ZYWRLE_SIDE);
  guint32 coded[ZYWRLE_SIDE * ZYWRLE_SIDE];
  guint n = 0;
  int shift[3];
  guint bits[3];

  if (w == 0 || h == 0)
    return;
  zywrle_layout (format, shift, bits);
  for (guint y = 0; y < h; y++)
    for (guint x = 0; x < w; x++)
      vyu[y * w + x] = zywrle_from_value (pixels[y * width + x], shift, bits);
  zywrle_forward (vyu, w, h, levels);

  for (guint level = 0; level < levels; level++) {
    guint half = 1u << level;
    guint first = level + 1 == levels ? 0 : 1;

    for (guint plane = 4; plane-- > first;)
      for (guint y = plane & 2 ? half : 0; y < h; y += 2 * half)
        for (guint x = plane & 1 ? half : 0; x < w; x += 2 * half)
          coded[n++] = zywrle_to_value (&vyu[y * w + x], shift, bits);
  }
  for (guint y = 0; y < h; y++)
    for (guint x = w; x < width; x++)
      coded[n++] = pixels[y * width + x];
  for (guint y = h; y < height; y++)
    for (guint x = 0; x < w; x++)
      coded[n++] = pixels[y * width + x];
  for (guint y = h; y < height; y++)
    for (guint x = w; x < width; x++)
      coded[n++] = pixels[y * width + x];
  memcpy (pixels, coded, n * sizeof *pixels);
}

void
demo_encode_zywrle (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  DemoPixelWriter writer = demo_cpixel_writer (&encoder->format);
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  guint32 pixels[ZYWRLE_SIDE * ZYWRLE_SIDE];

  for (guint y = 0; y < tile->height; y += ZYWRLE_SIDE)
    for (guint x = 0; x < tile->width; x += ZYWRLE_SIDE) {
      guint width = MIN (ZYWRLE_SIDE, tile->width - x);
      guint height = MIN (ZYWRLE_SIDE, tile->height - y);
      guint at = plain->len;

      for (guint row = 0; row < height; row++)
        memcpy (pixels + row * width, tile->values + (y + row) * tile->width + x, width * sizeof *pixels);
      demo_encode_rle_tile (&writer, pixels, width, height, NULL, plain);
      if (encoder->format.bpp > 8 && plain->data[at] == 0) {
        g_byte_array_set_size (plain, at + 1);
        zywrle_analyze (&encoder->format, pixels, width, height, zywrle_levels (encoder));
        demo_encode_rle_tile (&writer, pixels, width, height, NULL, plain);
      }
    }
  demo_deflate (&encoder->zrle, encoder->level, plain, packed);
  demo_put_u32 (out, packed->len);
  g_byte_array_append (out, packed->data, packed->len);
}
