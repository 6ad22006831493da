/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "encode.h"

#include <turbojpeg.h>

#include "bytes.h"

/* TurboJPEG makes no 8X and 16X; a server may take what comes next to them. */
static const struct {
  int encoding;
  int sampling;
  const char *name;
} jpeg_subsamplings[] = {
  { DEMO_ENCODING_SUBSAMPLING_1X, TJSAMP_444, "1X" },
  { DEMO_ENCODING_SUBSAMPLING_2X, TJSAMP_422, "2X" },
  { DEMO_ENCODING_SUBSAMPLING_4X, TJSAMP_420, "4X" },
  { DEMO_ENCODING_SUBSAMPLING_8X, TJSAMP_420, "8X" },
  { DEMO_ENCODING_SUBSAMPLING_16X, TJSAMP_420, "16X" },
  { DEMO_ENCODING_SUBSAMPLING_GREY, TJSAMP_GRAY, "grey" },
};

void
demo_jpeg_forget (DemoEncoder *encoder)
{
  encoder->jpeg_step = -1;
  encoder->jpeg_percent = -1;
  encoder->jpeg_subsampling = -1;
}

void
demo_jpeg_ask (DemoEncoder *encoder, int encoding)
{
  if (encoding >= DEMO_ENCODING_JPEG_LOW && encoding <= DEMO_ENCODING_JPEG_HIGH)
    encoder->jpeg_step = encoding - DEMO_ENCODING_JPEG_LOW;
  if (encoding >= DEMO_ENCODING_FINE_LOW && encoding <= DEMO_ENCODING_FINE_HIGH)
    encoder->jpeg_percent = encoding - DEMO_ENCODING_FINE_LOW;
  for (guint i = 0; i < G_N_ELEMENTS (jpeg_subsamplings); i++)
    if (encoding == jpeg_subsamplings[i].encoding)
      encoder->jpeg_subsampling = encoding;
}

int
demo_jpeg_quality (const DemoEncoder *encoder)
{
  if (encoder->jpeg_percent >= 0)
    return MAX (encoder->jpeg_percent, 1);
  if (encoder->jpeg_step >= 0)
    return 20 + encoder->jpeg_step * 8;
  return encoder->jpeg_subsampling != -1 ? DEMO_JPEG_DEFAULT_QUALITY : -1;
}

/* What was asked for beyond the ten steps of quality, for the log; NULL when nothing was. */
char *
demo_jpeg_describe (const DemoEncoder *encoder)
{
  const char *name = "any";

  if (encoder->jpeg_percent < 0 && encoder->jpeg_subsampling == -1)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (jpeg_subsamplings); i++)
    if (encoder->jpeg_subsampling == jpeg_subsamplings[i].encoding)
      name = jpeg_subsamplings[i].name;
  return g_strdup_printf ("quality %d subsampling %s", demo_jpeg_quality (encoder), name);
}

static int
jpeg_sampling (const DemoEncoder *encoder, int quality)
{
  for (guint i = 0; i < G_N_ELEMENTS (jpeg_subsamplings); i++)
    if (encoder->jpeg_subsampling == jpeg_subsamplings[i].encoding)
      return jpeg_subsamplings[i].sampling;
  return quality >= 80 ? TJSAMP_444 : TJSAMP_420;
}

guint8 *
demo_jpeg_file (DemoEncoder *encoder, const DemoTile *tile, int quality, unsigned long *len)
{
  guint n = tile->width * tile->height;
  g_autofree guint8 *rgb = g_malloc ((gsize) 3 * n);
  unsigned char *file = NULL;

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
                   &file, len, jpeg_sampling (encoder, quality), quality, 0) == 0)
    return file;
  tjFree (file);
  return NULL;
}

/* U8 0x90 | compact length | a JPEG file. FALSE, and nothing written, when TurboJPEG will not. */
gboolean
demo_encode_tight_jpeg (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  unsigned long len = 0;
  guint8 *file = demo_jpeg_file (encoder, tile, demo_jpeg_quality (encoder), &len);
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
