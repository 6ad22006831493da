/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/fuzz.h"

#include "decoders/decoder.h"
#include "lib/picture.h"

#define HEADER_LEN 4
#define MOST_RECTS 64

guint gvnc_fuzz_side_px = 200;

void
gvnc_fuzz_decoder (gint32        encoding,
                   const guint8 *data,
                   gsize         size)
{
  const GvncPixelFormat *format;
  g_autoptr (GvncDecoder) decoder = NULL;
  g_autoptr (GError) error = NULL;
  GvncBlock *input;
  GvncPicture picture;
  GvncRect rect = { 0 };
  gsize step, used = HEADER_LEN, there;

  if (size < HEADER_LEN)
    return;
  format = gvnc_test_formats[data[0] % gvnc_n_test_formats];
  step = data[1] > 0 ? data[1] : size;
  rect.width = (guint16) (1 + data[2] % gvnc_fuzz_side_px);
  rect.height = (guint16) (1 + data[3] % gvnc_fuzz_side_px);
  there = MIN (HEADER_LEN + step, size);

  decoder = gvnc_decoder_new (encoding);
  decoder->quality = (gint) (data[0] / gvnc_n_test_formats) - 1;
  input = gvnc_block_new (1);
  gvnc_picture_init (&picture, rect.width, rect.height);

  for (guint n = 0; n < MOST_RECTS && used < size && error == NULL; n++) {
    gsize want;

    if (!gvnc_decoder_begin (decoder, &rect, rect.width, rect.height, format, &error))
      break;
    while (error == NULL && (want = gvnc_decoder_want (decoder)) > 0) {
      GvncReader in = gvnc_reader_init (data + used, there - used);
      GvncCanvas canvas;

      if (there - used < want) {
        if (there == size) {
          used = size;
          break;
        }
        there = MIN (there + step, size);
        continue;
      }
      gvnc_canvas_init (&canvas);
      gvnc_canvas_set_input (&canvas, input);
      if (gvnc_decoder_take (decoder, &in, &canvas, &error)) {
        g_assert (!in.overrun);
        g_assert (in.pos > data + used || gvnc_decoder_want (decoder) > want);
        used = (gsize) (in.pos - data);
      } else {
        g_assert (error != NULL);
      }
      gvnc_picture_apply (&picture, format, &canvas, &rect);
      gvnc_canvas_clear (&canvas);
    }
  }
  gvnc_picture_clear (&picture);
  gvnc_block_unref (input);
}
