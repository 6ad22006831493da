/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "encode.h"

#include <string.h>
#include <turbojpeg.h>

static inline guint
palette_hash (guint32 value)
{
  return (value * 2654435761u) >> 22;
}

/* FALSE: there are more than limit (at most 256) different values. */
gboolean
demo_palette_collect (DemoPalette *palette, const DemoTile *tile,
                      guint x, guint y, guint width, guint height, guint limit)
{
  guint32 last = 0;

  palette->n = 0;
  memset (palette->slots, 0, sizeof palette->slots);
  for (guint row = y; row < y + height; row++)
    for (guint column = x; column < x + width; column++) {
      guint32 value = tile->values[row * tile->width + column];
      guint slot = palette_hash (value);

      if (palette->n > 0 && value == last)
        continue;
      last = value;
      while (palette->slots[slot] != 0 && palette->values[palette->slots[slot] - 1] != value)
        slot = (slot + 1) % G_N_ELEMENTS (palette->slots);
      if (palette->slots[slot] != 0)
        continue;
      if (palette->n == limit)
        return FALSE;
      palette->values[palette->n++] = value;
      palette->slots[slot] = palette->n;
    }
  return TRUE;
}

/* The index of a value that was collected. */
guint
demo_palette_find (const DemoPalette *palette, guint32 value)
{
  guint slot = palette_hash (value);

  while (palette->values[palette->slots[slot] - 1] != value)
    slot = (slot + 1) % G_N_ELEMENTS (palette->slots);
  return palette->slots[slot] - 1;
}

/* Appends the data compressed, up to a byte boundary at which the receiver can decode all of it. */
void
demo_deflate (DemoDeflate *stream, int level, const GByteArray *data, GByteArray *out)
{
  guint8 chunk[16384];

  if (!stream->ready) {
    if (deflateInit (&stream->z, level) != Z_OK)
      g_error ("zlib has no memory");
    stream->ready = TRUE;
  }
  stream->uses++;
  stream->z.next_in = data->data;
  stream->z.avail_in = data->len;
  do {
    stream->z.next_out = chunk;
    stream->z.avail_out = sizeof chunk;
    deflate (&stream->z, Z_SYNC_FLUSH);
    g_byte_array_append (out, chunk, (guint) (sizeof chunk - stream->z.avail_out));
  } while (stream->z.avail_out == 0);
}

void
demo_deflate_end (DemoDeflate *stream)
{
  if (stream->ready)
    deflateEnd (&stream->z);
  memset (stream, 0, sizeof *stream);
}

void
demo_encoder_init (DemoEncoder *encoder)
{
  memset (encoder, 0, sizeof *encoder);
  demo_jpeg_forget (encoder);
  encoder->level = 3;
}

void
demo_encoder_clear (DemoEncoder *encoder)
{
  demo_deflate_end (&encoder->zlib);
  demo_deflate_end (&encoder->zlibhex[0]);
  demo_deflate_end (&encoder->zlibhex[1]);
  demo_deflate_end (&encoder->zrle);
  for (guint i = 0; i < G_N_ELEMENTS (encoder->tight); i++)
    demo_deflate_end (&encoder->tight[i]);
  if (encoder->jpeg)
    tjDestroy (encoder->jpeg);
  encoder->jpeg = NULL;
  g_clear_pointer (&encoder->jpeg_tables, g_byte_array_unref);
}

/* Into how large rectangles an update is cut. */
void
demo_encoder_tile_size (const DemoEncoder *encoder, int encoding, guint *width, guint *height)
{
  *width = DEMO_TILE_WIDTH;
  *height = DEMO_TILE_PIXELS / DEMO_TILE_WIDTH;
  if (encoding == DEMO_ENCODING_RRE || encoding == DEMO_ENCODING_CORRE)
    *width = *height = 64;
  else if (encoding == DEMO_ENCODING_TIGHT_PNG || encoding == DEMO_ENCODING_JPEG)
    *width = *height = 128;
  else if (encoding == DEMO_ENCODING_ZRLE || encoding == DEMO_ENCODING_ZYWRLE)
    *width = 1024, *height = 64;
  else if (encoding == DEMO_ENCODING_TIGHT && encoder->tight_mode == DEMO_TIGHT_FILL)
    *width = *height = 32;
  else if (encoding == DEMO_ENCODING_TIGHT && encoder->tight_mode == DEMO_TIGHT_PALETTE)
    *width = *height = 48;
  else if (encoding == DEMO_ENCODING_TIGHT)
    *width = *height = 128;
}

void
demo_encode (DemoEncoder *encoder, int encoding, const DemoTile *tile, GByteArray *out)
{
  switch (encoding) {
  case DEMO_ENCODING_RRE:
    demo_encode_rre (encoder, tile, out);
    break;
  case DEMO_ENCODING_HEXTILE:
    demo_encode_hextile (encoder, tile, out);
    break;
  case DEMO_ENCODING_ZRLE:
    demo_encode_zrle (encoder, tile, out);
    break;
  case DEMO_ENCODING_CORRE:
    demo_encode_corre (encoder, tile, out);
    break;
  case DEMO_ENCODING_ZLIB:
    demo_encode_zlib (encoder, tile, out);
    break;
  case DEMO_ENCODING_ZLIBHEX:
    demo_encode_zlibhex (encoder, tile, out);
    break;
  case DEMO_ENCODING_TRLE:
    demo_encode_trle (encoder, tile, out);
    break;
  case DEMO_ENCODING_ZYWRLE:
    demo_encode_zywrle (encoder, tile, out);
    break;
  case DEMO_ENCODING_JPEG:
    demo_encode_jpeg (encoder, tile, out);
    break;
  case DEMO_ENCODING_TIGHT:
  case DEMO_ENCODING_TIGHT_PNG:
    demo_encode_tight (encoder, encoding == DEMO_ENCODING_TIGHT_PNG, tile, out);
    break;
  default:
    demo_encode_raw (encoder, tile, out);
    break;
  }
}
