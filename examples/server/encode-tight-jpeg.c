/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "encode.h"

#include <turbojpeg.h>

#include "bytes.h"

guint8 *
demo_jpeg_file (DemoEncoder *encoder, const DemoTile *tile, int quality, unsigned long *len)
{
  guint n = tile->width * tile->height;
  g_autofree guint8 *rgb = g_malloc ((gsize) 3 * n);
  unsigned char *file = NULL;
  int sampling = quality >= 80 ? TJSAMP_444 : TJSAMP_420;

  if (!encoder->jpeg)
    encoder->jpeg = tjInitCompress ();
  if (!encoder->jpeg)
    return NULL;
  for (guint i = 0; i < n; i++) {
    rgb[3 * i] = (guint8) (tile->rgb[i] >> 16);
    rgb[3 * i + 1] = (guint8) (tile->rgb[i] >> 8);
    rgb[3 * i + 2] = (guint8) tile->rgb[i];
  }
  if (tjCompress2 (encoder->jpeg, rgb, (int) tile->width, 0, (int) tile->height, TJPF_RGB,
                   &file, len, sampling, quality, 0) == 0)
    return file;
  tjFree (file);
  return NULL;
}

/* U8 0x90 | compact length | a JPEG file. FALSE, and nothing written, when TurboJPEG will not. */
gboolean
demo_encode_tight_jpeg (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  unsigned long len = 0;
  guint8 *file = demo_jpeg_file (encoder, tile, encoder->jpeg_quality, &len);
  gboolean written = FALSE;

  if (!file)
    return FALSE;
  if (len < 1 << 22) {
    demo_put_u8 (out, 0x90);
    demo_put_compact (out, len);
    g_byte_array_append (out, file, (guint) len);
    written = TRUE;
  }
  tjFree (file);
  return written;
}
