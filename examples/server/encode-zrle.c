/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "encode.h"

#include <string.h>

#include "bytes.h"

enum {
  ZRLE_RAW = 0,
  ZRLE_SOLID = 1,
  ZRLE_PACKED_AGAIN = 127,      /* TRLE: with the palette that was sent last */
  ZRLE_RLE = 128,
  ZRLE_RLE_AGAIN = 129,
};

/* How often the value at i comes in a row. */
static guint
zrle_run (const guint32 *pixels, guint i, guint n)
{
  guint end = i + 1;

  while (end < n && pixels[end] == pixels[i])
    end++;
  return end - i;
}

/* A run length minus one: bytes of 255, then the rest. */
static void
zrle_put_length (GByteArray *out, guint run)
{
  for (run--; run >= 255; run -= 255)
    demo_put_u8 (out, 255);
  demo_put_u8 (out, run);
}

static guint
zrle_packed_bits (guint colours)
{
  return colours <= 2 ? 1 : colours <= 4 ? 2 : 4;
}

static void
zrle_put_packed (const DemoPalette *palette, const guint32 *pixels, guint width, guint height, GByteArray *out)
{
  guint bits = zrle_packed_bits (palette->n);

  for (guint y = 0; y < height; y++) {
    guint byte = 0;
    guint used = 0;

    for (guint x = 0; x < width; x++) {
      byte = byte << bits | demo_palette_find (palette, pixels[y * width + x]);
      used += bits;
      if (used == 8) {
        demo_put_u8 (out, byte);
        byte = used = 0;
      }
    }
    if (used > 0)
      demo_put_u8 (out, byte << (8 - used));
  }
}

/* The kind of a tile with a palette, and the palette unless it was the last. */
static void
zrle_put_palette (const DemoPixelWriter *writer, const DemoPalette *palette, DemoPalette *last, guint kind, guint again,
                  GByteArray *out)
{
  if (last && last->n == palette->n && memcmp (last->values, palette->values, palette->n * sizeof (guint32)) == 0) {
    demo_put_u8 (out, again);
    return;
  }
  demo_put_u8 (out, kind);
  for (guint i = 0; i < palette->n; i++)
    demo_put_pixel (out, writer, palette->values[i]);
  if (last)
    *last = *palette;
}

/* The way that takes the fewest bytes before compression. */
void
demo_encode_rle_tile (const DemoPixelWriter *writer, const guint32 *pixels, guint width, guint height,
                      DemoPalette *last, GByteArray *out)
{
  DemoTile tile = { width, height, pixels, NULL };
  DemoPalette palette;
  guint n = width * height;
  gboolean few = demo_palette_collect (&palette, &tile, 0, 0, width, height, 127);
  guint raw_size = n * writer->size;
  guint rle_size = 0;
  guint palette_rle_size = palette.n * writer->size;
  guint packed_size = G_MAXUINT;

  if (few && palette.n == 1) {
    demo_put_u8 (out, ZRLE_SOLID);
    demo_put_pixel (out, writer, pixels[0]);
    return;
  }
  for (guint i = 0; i < n;) {
    guint run = zrle_run (pixels, i, n);

    rle_size += writer->size + 1 + (run - 1) / 255;
    palette_rle_size += run == 1 ? 1 : 2 + (run - 1) / 255;
    i += run;
  }
  if (few && palette.n <= 16)
    packed_size = palette.n * writer->size + height * ((width * zrle_packed_bits (palette.n) + 7) / 8);
  if (!few)
    palette_rle_size = G_MAXUINT;

  if (packed_size <= MIN (raw_size, MIN (rle_size, palette_rle_size))) {
    zrle_put_palette (writer, &palette, last, palette.n, ZRLE_PACKED_AGAIN, out);
    zrle_put_packed (&palette, pixels, width, height, out);
  } else if (palette_rle_size <= MIN (raw_size, rle_size)) {
    zrle_put_palette (writer, &palette, last, ZRLE_RLE + palette.n, ZRLE_RLE_AGAIN, out);
    for (guint i = 0; i < n;) {
      guint run = zrle_run (pixels, i, n);
      guint index = demo_palette_find (&palette, pixels[i]);

      if (run == 1) {
        demo_put_u8 (out, index);
      } else {
        demo_put_u8 (out, 128 + index);
        zrle_put_length (out, run);
      }
      i += run;
    }
  } else if (rle_size < raw_size) {
    demo_put_u8 (out, ZRLE_RLE);
    for (guint i = 0; i < n;) {
      guint run = zrle_run (pixels, i, n);

      demo_put_pixel (out, writer, pixels[i]);
      zrle_put_length (out, run);
      i += run;
    }
  } else {
    demo_put_u8 (out, ZRLE_RAW);
    for (guint i = 0; i < n; i++)
      demo_put_pixel (out, writer, pixels[i]);
  }
}

/* ZRLE, RFC 6143 section 7.7.6: U32 length | zlib data of tiles of 64 by 64. One zlib stream for the connection. */
void
demo_encode_zrle (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  DemoPixelWriter writer = demo_cpixel_writer (&encoder->format);
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  guint32 pixels[64 * 64];

  for (guint y = 0; y < tile->height; y += 64)
    for (guint x = 0; x < tile->width; x += 64) {
      guint width = MIN (64, tile->width - x);
      guint height = MIN (64, tile->height - y);

      for (guint row = 0; row < height; row++)
        memcpy (pixels + row * width, tile->values + (y + row) * tile->width + x, width * sizeof *pixels);
      demo_encode_rle_tile (&writer, pixels, width, height, NULL, plain);
    }
  demo_deflate (&encoder->zrle, encoder->level, plain, packed);
  demo_put_u32 (out, packed->len);
  g_byte_array_append (out, packed->data, packed->len);
}
