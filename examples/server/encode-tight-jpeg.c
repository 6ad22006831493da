/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "encode.h"

#include <turbojpeg.h>

#include "bytes.h"

/* U8 0x90 | compact length | a JPEG file. FALSE, and nothing written, when TurboJPEG will not. */
gboolean
demo_encode_tight_jpeg (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  guint n = tile->width * tile->height;
  g_autofree guint8 *rgb = g_malloc ((gsize) 3 * n);
  unsigned char *file = NULL;
  unsigned long len = 0;
  int sampling = encoder->jpeg_quality >= 80 ? TJSAMP_444 : TJSAMP_420;
  gboolean written = FALSE;

  if (!encoder->jpeg)
    encoder->jpeg = tjInitCompress ();
  if (!encoder->jpeg)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    rgb[3 * i] = (guint8) (tile->rgb[i] >> 16);
    rgb[3 * i + 1] = (guint8) (tile->rgb[i] >> 8);
    rgb[3 * i + 2] = (guint8) tile->rgb[i];
  }
  if (tjCompress2 (encoder->jpeg, rgb, (int) tile->width, 0, (int) tile->height, TJPF_RGB,
                   &file, &len, sampling, encoder->jpeg_quality, 0) == 0 && len < 1 << 22) {
    demo_put_u8 (out, 0x90);
    demo_put_compact (out, len);
    g_byte_array_append (out, file, (guint) len);
    written = TRUE;
  }
  tjFree (file);
  return written;
}
