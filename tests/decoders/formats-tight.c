/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "formats.h"

#include <turbojpeg.h>
#ifdef HAVE_PNG
#include <png.h>
#endif

#define TIGHT_QUALITY 95

static void
tight_put_length (GByteArray *wire,
                  gsize       len)
{
  g_assert_cmpuint (len, <, 1 << 22);
  formats_put_u8 (wire, (guint) (len & 127) | (len > 127 ? 128 : 0));
  if (len > 127)
    formats_put_u8 (wire, (guint) (len >> 7 & 127) | (len > 16383 ? 128 : 0));
  if (len > 16383)
    formats_put_u8 (wire, (guint) (len >> 14));
}

/* Starts streams anew, and says so. */
static void
tight_put_control (FormatsServer    *server,
                   const FormatsRow *row,
                   guint             kind,
                   GByteArray       *wire)
{
  for (guint i = 0; i < 4; i++)
    if ((row->resets >> i & 1) != 0)
      formats_reset_stream (server, i);
  formats_put_u8 (wire, kind << 4 | row->resets);
}

static void
tight_put_palette (FormatsServer      *server,
                   const FormatsImage *image,
                   GByteArray         *wire,
                   GByteArray         *rows)
{
  const guint width = image->rect.width, n = image->n_palette;

  formats_put_u8 (wire, 1);
  formats_put_u8 (wire, n - 1);
  for (guint i = 0; i < n; i++)
    formats_put_tpixel (server, wire, image->palette[i]);
  for (guint y = 0; y < image->rect.height; y++) {
    const guint8 *indices = image->indices + (gsize) y * width;

    for (guint x = 0; x < width; x += n == 2 ? 8 : 1) {
      guint byte = indices[x];

      if (n == 2) {
        byte = 0;
        for (guint bit = 0; bit < 8 && x + bit < width; bit++)
          byte |= (guint) indices[x + bit] << (7 - bit);
      }
      formats_put_u8 (rows, byte);
    }
  }
}

/* One channel's intensity, 0 outside of the rectangle. */
static gint
tight_intensity (const FormatsImage *image,
                 gint                x,
                 gint                y,
                 guint               shift,
                 guint               max)
{
  if (x < 0 || y < 0)
    return 0;
  return (gint) (image->values[(gsize) y * image->rect.width + (gsize) x] >> shift & max);
}

/* "P[i,j] := V[i-1,j] + V[i,j-1] - V[i-1,j-1]", within 0 and MAX; "D[i,j] := V[i,j] - P[i,j]" */
static void
tight_put_gradient (FormatsServer      *server,
                    const FormatsImage *image,
                    GByteArray         *rows)
{
  const GvncPixelFormat *format = &server->format;
  const guint max[3] = { format->red_max, format->green_max, format->blue_max };
  const guint shift[3] = { format->red_shift, format->green_shift, format->blue_shift };

  for (gint y = 0; y < image->rect.height; y++)
    for (gint x = 0; x < image->rect.width; x++) {
      guint32 differences = 0;

      for (guint c = 0; c < 3; c++) {
        const gint predicted = tight_intensity (image, x - 1, y, shift[c], max[c]) +
                               tight_intensity (image, x, y - 1, shift[c], max[c]) -
                               tight_intensity (image, x - 1, y - 1, shift[c], max[c]);
        const gint difference = tight_intensity (image, x, y, shift[c], max[c]) - CLAMP (predicted, 0, (gint) max[c]);

        differences |= ((guint32) difference & max[c]) << shift[c];
      }
      formats_put_tpixel (server, rows, differences);
    }
}

void
formats_encode_tight (FormatsServer    *server,
                      const FormatsRow *row,
                      FormatsImage     *image,
                      GByteArray       *wire)
{
  const gsize area = gvnc_rect_area (&image->rect);
  const gboolean has_filter = row->kind != TIGHT_COPY;
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  g_autoptr (GByteArray) coded = g_byte_array_new ();

  if (row->kind == TIGHT_FILL) {
    tight_put_control (server, row, 8, wire);
    formats_put_tpixel (server, wire, image->values[0]);
    return;
  }
  tight_put_control (server, row, row->is_plain ? has_filter ? 14 : 10 : (has_filter ? 4 : 0) | row->stream, wire);
  if (row->kind == TIGHT_PALETTE) {
    tight_put_palette (server, image, wire, rows);
  } else if (row->kind == TIGHT_GRADIENT) {
    formats_put_u8 (wire, 2);
    if (row->error == NULL)
      tight_put_gradient (server, image, rows);
  } else {
    if (has_filter)
      formats_put_u8 (wire, 0);
    for (gsize i = 0; i < area; i++)
      formats_put_tpixel (server, rows, image->values[i]);
  }

  if (row->least_len > 0 && row->kind != TIGHT_PALETTE)
    g_assert_cmpint (row->least_len < 12, ==, rows->len < 12);
  if (rows->len < 12) {
    g_byte_array_append (wire, rows->data, rows->len);
    return;
  }
  if (!row->is_plain)
    formats_deflate (server, row->stream, rows, coded);
  else
    g_byte_array_append (coded, rows->data, rows->len);
  tight_put_length (wire, coded->len);
  g_byte_array_append (wire, coded->data, coded->len);
}

/* --- pictures --- */

/* Colours that change slowly, so that JPEG loses little; as bytes red, green and blue. */
static guint8 *
tight_draw_picture (FormatsImage *image,
                    guint         kind)
{
  const gsize area = gvnc_rect_area (&image->rect);
  guint8 *rgb = g_malloc (area * 3);

  for (gsize i = 0; i < area; i++) {
    const guint x = (guint) (i % image->rect.width), y = (guint) (i / image->rect.width);
    guint8 *p = rgb + i * 3;

    p[0] = (guint8) (20 + x * 4);
    p[1] = kind == JPEG_GREY ? p[0] : (guint8) (20 + y * 7);
    p[2] = kind == JPEG_GREY ? p[0] : (guint8) (200 - x * 2 - y * 3);
    image->colours[i] = (guint32) p[0] << 16 | (guint32) p[1] << 8 | p[2];
  }
  return rgb;
}

/* Copies a JPEG without the segments that define tables. */
static void
tight_put_without_tables (GByteArray   *wire,
                          const guint8 *jpeg,
                          gsize         len)
{
  gsize at = 2;

  g_byte_array_append (wire, jpeg, 2);
  for (; at + 4 < len && jpeg[at + 1] != 0xda; at += 2u + (guint) (jpeg[at + 2] << 8 | jpeg[at + 3])) {
    g_assert_cmphex (jpeg[at], ==, 0xff);
    if (jpeg[at + 1] != 0xdb && jpeg[at + 1] != 0xc4)
      g_byte_array_append (wire, jpeg + at, 2u + (guint) (jpeg[at + 2] << 8 | jpeg[at + 3]));
  }
  g_byte_array_append (wire, jpeg + at, (guint) (len - at));
}

void
formats_encode_jpeg (FormatsServer    *server,
                     const FormatsRow *row,
                     FormatsImage     *image,
                     GByteArray       *wire)
{
  const gint sampling = row->kind == JPEG_GREY ? TJSAMP_GRAY : row->kind == JPEG_HALF_COLOURS ? TJSAMP_420 : TJSAMP_444;
  g_autofree guint8 *rgb = tight_draw_picture (image, row->kind);
  tjhandle turbo = tjInitCompress ();
  guint8 *jpeg = NULL;
  gulong len = 0;

  g_assert_cmpint (tjCompress2 (turbo, rgb, image->rect.width, 0, image->rect.height, TJPF_RGB, &jpeg, &len,
                                sampling, TIGHT_QUALITY, 0), ==, 0);
  if (row->kind == JPEG_NO_TABLES)
    tight_put_without_tables (wire, jpeg, len);
  else
    g_byte_array_append (wire, jpeg, (guint) len);
  tjFree (jpeg);
  tjDestroy (turbo);
}

void
formats_encode_tight_jpeg (FormatsServer    *server,
                           const FormatsRow *row,
                           FormatsImage     *image,
                           GByteArray       *wire)
{
  g_autoptr (GByteArray) jpeg = g_byte_array_new ();

  formats_encode_jpeg (server, row, image, jpeg);
  tight_put_control (server, row, 9, wire);
  tight_put_length (wire, jpeg->len);
  g_byte_array_append (wire, jpeg->data, jpeg->len);
}

#ifdef HAVE_PNG
void
formats_encode_tight_png (FormatsServer    *server,
                          const FormatsRow *row,
                          FormatsImage     *image,
                          GByteArray       *wire)
{
  png_image png = { .version = PNG_IMAGE_VERSION, .width = image->rect.width, .height = image->rect.height,
                    .format = PNG_FORMAT_RGB };
  const gsize area = gvnc_rect_area (&image->rect);
  g_autofree guint8 *rgb = g_malloc (area * 3);
  guint8 out[16384];
  png_alloc_size_t len = sizeof out;

  for (gsize i = 0; i < area; i++)
    for (guint c = 0; c < 3; c++)
      rgb[i * 3 + c] = (guint8) (image->colours[i] >> (16 - 8 * c));
  g_assert_true (png_image_write_to_memory (&png, out, &len, FALSE, rgb, 0, NULL));
  tight_put_control (server, row, 10, wire);
  tight_put_length (wire, len);
  g_byte_array_append (wire, out, (guint) len);
}
#endif
