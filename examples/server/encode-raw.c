/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "encode.h"

/* Raw, RFC 6143 section 7.7.1: the pixels, row by row. */
void
demo_encode_raw (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  DemoPixelWriter writer = demo_pixel_writer (&encoder->format);
  guint n = tile->width * tile->height;
  guint start = out->len;
  guint8 *to;

  g_byte_array_set_size (out, start + n * writer.size);
  to = out->data + start;
  for (guint i = 0; i < n; i++)
    to = demo_write_pixel (&writer, to, tile->values[i]);
}
