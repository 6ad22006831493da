/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "encode.h"

#include <string.h>

#include "bytes.h"

/* The value that is there most often, as far as a vote with one counter can tell. */
static guint32
rre_background (const DemoTile *tile)
{
  guint32 winner = tile->values[0];
  guint votes = 0;

  for (guint i = 0; i < tile->width * tile->height; i++) {
    if (votes == 0)
      winner = tile->values[i];
    votes += tile->values[i] == winner ? 1 : -1;
  }
  return winner;
}

static void
rre_encode (DemoEncoder *encoder, const DemoTile *tile, gboolean compact, GByteArray *out)
{
  void (*put) (GByteArray *, guint) = compact ? demo_put_u8 : demo_put_u16;
  DemoPixelWriter writer = demo_pixel_writer (&encoder->format);
  guint32 background = rre_background (tile);
  guint count_at = out->len;
  guint32 count = 0;
  g_autofree guint8 *done = g_new0 (guint8, tile->width * tile->height);

  demo_put_u32 (out, 0);
  demo_put_pixel (out, &writer, background);
  for (guint y = 0; y < tile->height; y++)
    for (guint x = 0; x < tile->width; x++) {
      const guint32 *row = tile->values + y * tile->width;
      guint32 value = row[x];
      guint width = 1;
      guint height = 1;

      if (value == background || done[y * tile->width + x])
        continue;
      while (x + width < tile->width && row[x + width] == value && !done[y * tile->width + x + width])
        width++;
      for (; y + height < tile->height; height++) {
        const guint32 *below = row + height * tile->width;
        guint same = 0;

        while (same < width && below[x + same] == value && !done[(y + height) * tile->width + x + same])
          same++;
        if (same < width)
          break;
      }
      for (guint i = 0; i < height; i++)
        memset (done + (y + i) * tile->width + x, 1, width);

      demo_put_pixel (out, &writer, value);
      put (out, x);
      put (out, y);
      put (out, width);
      put (out, height);
      count++;
    }
  for (guint i = 0; i < 4; i++)
    out->data[count_at + i] = (guint8) (count >> (24 - 8 * i));
}

/* RRE, RFC 6143 section 7.7.3.
 *   wire:  U32 count | PIXEL background | count * (PIXEL, U16 x, y, width, height) */
void
demo_encode_rre (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  rre_encode (encoder, tile, FALSE, out);
}

/* CoRRE, the same with U8 x, y, width, height. */
void
demo_encode_corre (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  rre_encode (encoder, tile, TRUE, out);
}
