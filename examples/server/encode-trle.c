/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "encode.h"

#include <string.h>

/* TRLE, RFC 6143 section 7.7.5: tiles of 16 by 16, not compressed further; a palette may be used again. */
void
demo_encode_trle (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  DemoPixelWriter writer = demo_cpixel_writer (&encoder->format);
  g_autofree DemoPalette *last = g_new0 (DemoPalette, 1);
  guint32 pixels[16 * 16];

  for (guint y = 0; y < tile->height; y += 16)
    for (guint x = 0; x < tile->width; x += 16) {
      guint width = MIN (16, tile->width - x);
      guint height = MIN (16, tile->height - y);

      for (guint row = 0; row < height; row++)
        memcpy (pixels + row * width, tile->values + (y + row) * tile->width + x, width * sizeof *pixels);
      demo_encode_rle_tile (&writer, pixels, width, height, last, out);
    }
}
