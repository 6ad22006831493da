/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "encode.h"

#ifdef HAVE_PNG

#include <png.h>

#include "bytes.h"

/* U8 0xa0 | compact length | a PNG file. FALSE, and nothing written, when libpng will not. */
gboolean
demo_encode_tight_png (const DemoTile *tile, GByteArray *out)
{
  guint n = tile->width * tile->height;
  g_autofree guint8 *rgb = g_malloc ((gsize) 3 * n);
  png_image image = { .version = PNG_IMAGE_VERSION, .width = tile->width, .height = tile->height, .format = PNG_FORMAT_RGB };
  png_alloc_size_t len = PNG_IMAGE_PNG_SIZE_MAX (image);
  g_autofree guint8 *file = g_malloc (len);

  for (guint i = 0; i < n; i++) {
    rgb[3 * i] = (guint8) (tile->rgb[i] >> 16);
    rgb[3 * i + 1] = (guint8) (tile->rgb[i] >> 8);
    rgb[3 * i + 2] = (guint8) tile->rgb[i];
  }
  if (!png_image_write_to_memory (&image, file, &len, FALSE, rgb, 0, NULL))
    return FALSE;
  demo_put_u8 (out, 0xa0);
  demo_put_compact (out, len);
  g_byte_array_append (out, file, (guint) len);
  return TRUE;
}

#else

gboolean
demo_encode_tight_png (const DemoTile *tile, GByteArray *out)
{
  return FALSE;
}

#endif
