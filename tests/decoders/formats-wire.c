/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "formats.h"

void
formats_server_init (FormatsServer         *server,
                     const GvncPixelFormat *format,
                     guint                  width,
                     guint                  height)
{
  *server = (FormatsServer) { .format = *format, .size = format->bits_per_pixel / 8u, .random = 2463534242u,
                              .width = width, .height = height };
  if (!format->true_colour) {
    server->n_map = 1u << format->bits_per_pixel;
    server->mask = server->n_map - 1;
    server->map = g_new (guint16, (gsize) server->n_map * 3);
    for (guint i = 0; i < server->n_map * 3; i++)
      server->map[i] = (guint16) (formats_random (server) >> 8);
  } else {
    server->mask = (guint32) format->red_max << format->red_shift | (guint32) format->green_max << format->green_shift |
                   (guint32) format->blue_max << format->blue_shift;
  }
  server->desktop = g_new0 (guint32, (gsize) width * height);
}

void
formats_server_clear (FormatsServer *server)
{
  for (guint i = 0; i < G_N_ELEMENTS (server->streams); i++)
    formats_reset_stream (server, i);
  g_clear_pointer (&server->map, g_free);
  g_clear_pointer (&server->desktop, g_free);
}

/* xorshift, the same numbers in every run */
guint32
formats_random (FormatsServer *server)
{
  server->random ^= server->random << 13;
  server->random ^= server->random >> 17;
  server->random ^= server->random << 5;
  return server->random;
}

/* The part of a full range, in 255ths. */
static guint32
formats_scale (guint value,
               guint max)
{
  return (value * 510 + max) / (max * 2);
}

guint32
formats_colour (const FormatsServer *server,
                guint32              value)
{
  const GvncPixelFormat *format = &server->format;

  if (!format->true_colour) {
    const guint16 *entry = &server->map[(gsize) (value & server->mask) * 3];

    return formats_scale (entry[0], 65535) << 16 | formats_scale (entry[1], 65535) << 8 |
           formats_scale (entry[2], 65535);
  }
  return formats_scale (value >> format->red_shift & format->red_max, format->red_max) << 16 |
         formats_scale (value >> format->green_shift & format->green_max, format->green_max) << 8 |
         formats_scale (value >> format->blue_shift & format->blue_max, format->blue_max);
}

/* "where true-colour-flag is non-zero, bits-per-pixel is 32, depth is 24 and all of the bits making up the red, green and
 * blue intensities are exactly 8 bits wide" */
gboolean
formats_has_tpixel (const FormatsServer *server)
{
  const GvncPixelFormat *format = &server->format;

  return format->true_colour && format->bits_per_pixel == 32 && format->depth == 24 &&
         format->red_max == 255 && format->green_max == 255 && format->blue_max == 255;
}

gboolean
formats_row_is_for (const FormatsServer *server,
                    const FormatsRow    *row)
{
  const GvncPixelFormat *format = &server->format;
  const gboolean gradient = format->true_colour && server->size > 1;

  switch (row->use) {
  case FOR_GRADIENT:
    return gradient;
  case FOR_NO_GRADIENT:
    return !gradient;
  case FOR_WAVELET:
    /* three bytes beside one another, or 5-6-5 or 5-5-5 bits */
    return gradient && (server->size == 2 || server->mask == 0xffffff || server->mask == 0xffffff00u);
  case FOR_NO_WAVELET:
    return !gradient;
  case FOR_8_BITS:
    return server->size == 1;
  case FOR_ALL:
  default:
    return TRUE;
  }
}

/* --- pictures --- */

static void
formats_image_make_palette (FormatsImage  *image,
                            FormatsServer *server,
                            guint          n)
{
  for (image->n_palette = 0; image->n_palette < n;) {
    const guint32 value = formats_random (server) & server->mask;
    gboolean is_new = TRUE;

    for (guint i = 0; i < image->n_palette; i++)
      is_new = is_new && image->palette[i] != value;
    if (is_new)
      image->palette[image->n_palette++] = value;
  }
}

/* Which of the palette each pixel has. */
static void
formats_image_draw (FormatsImage     *image,
                    FormatsServer    *server,
                    const FormatsRow *row)
{
  const guint width = image->rect.width, area = width * image->rect.height;
  guint left = 0, index = 0;

  for (guint i = 0; i < area; i++) {
    if (row->side > 0) {
      index = (i % width / row->side * 2 + i / width / row->side * 3) % image->n_palette;
    } else if (left == 0) {
      const guint32 random = formats_random (server) >> 4;

      index = (random >> 12) % image->n_palette;
      left = random % 64 == 0 ? 200 + random / 64 % 700 : 1 + random % 4;
    }
    left -= row->side == 0;
    image->indices[i] = (guint8) index;
    image->values[i] = image->palette[index];
  }
}

void
formats_image_init (FormatsImage     *image,
                    FormatsServer    *server,
                    const FormatsRow *row)
{
  const guint tpixel = formats_has_tpixel (server) ? 3 : server->size;
  guint width = row->width > 0 ? row->width : 37, height = row->height > 0 ? row->height : 21;
  gsize area;

  if (row->least_len > 0) {
    width = row->least_len / tpixel;
    height = 1;
  }
  *image = (FormatsImage) { 0 };
  image->rect.width = (guint16) width;
  image->rect.height = (guint16) height;
  image->rect.x = (guint16) (formats_random (server) % (server->width - width + 1));
  image->rect.y = (guint16) (formats_random (server) % (server->height - height + 1));
  area = (gsize) width * height;
  image->values = g_new0 (guint32, area);
  image->colours = g_new0 (guint32, area);
  image->indices = g_new0 (guint8, area);

  formats_image_make_palette (image, server, row->n_colours);
  if (row->n_colours > 0)
    formats_image_draw (image, server, row);
  for (gsize i = 0; i < area; i++) {
    if (row->n_colours == 0)
      image->values[i] = formats_random (server) & server->mask;
    image->colours[i] = formats_colour (server, image->values[i]);
  }
}

void
formats_image_clear (FormatsImage *image)
{
  g_clear_pointer (&image->values, g_free);
  g_clear_pointer (&image->colours, g_free);
  g_clear_pointer (&image->indices, g_free);
}

/* --- bytes --- */

void
formats_put_u8 (GByteArray *wire,
                guint       value)
{
  const guint8 byte = (guint8) value;

  g_assert_cmpuint (value, <, 256);
  g_byte_array_append (wire, &byte, 1);
}

void
formats_put_u16 (GByteArray *wire,
                 guint       value)
{
  formats_put_u8 (wire, value >> 8);
  formats_put_u8 (wire, value & 255);
}

void
formats_put_u32 (GByteArray *wire,
                 guint32     value)
{
  formats_put_u16 (wire, value >> 16);
  formats_put_u16 (wire, value & 0xffff);
}

/* The lowest @n bytes of @value in the order of the format. */
static void
formats_put_bytes (const FormatsServer *server,
                   GByteArray          *wire,
                   guint32              value,
                   guint                n)
{
  for (guint i = 0; i < n; i++)
    formats_put_u8 (wire, value >> 8 * (server->format.big_endian ? n - 1 - i : i) & 255);
}

void
formats_put_pixel (FormatsServer *server,
                   GByteArray    *wire,
                   guint32        value)
{
  formats_put_bytes (server, wire, value | (formats_random (server) & ~server->mask), server->size);
}

/* "all of the bits making up the red, green and blue intensities fit in either the least significant 3 bytes or the most
 * significant 3 bytes"; "the three least significant bytes are used when both" do. The specification wants a depth of 24
 * or less besides; servers do not look at it, and some call 32 what has 24 (see gvnc_pixel_format_cpixel_size()). */
void
formats_put_cpixel (FormatsServer *server,
                    GByteArray    *wire,
                    guint32        value)
{
  const gboolean may_be_short = server->format.true_colour && server->size == 4;

  value |= formats_random (server) & ~server->mask;
  if (may_be_short && (server->mask & 0xff000000u) == 0)
    formats_put_bytes (server, wire, value & 0xffffff, 3);
  else if (may_be_short && (server->mask & 0xff) == 0)
    formats_put_bytes (server, wire, value >> 8, 3);
  else
    formats_put_bytes (server, wire, value, server->size);
}

void
formats_put_tpixel (FormatsServer *server,
                    GByteArray    *wire,
                    guint32        value)
{
  const GvncPixelFormat *format = &server->format;

  if (!formats_has_tpixel (server)) {
    formats_put_pixel (server, wire, value);
    return;
  }
  formats_put_u8 (wire, value >> format->red_shift & 255);
  formats_put_u8 (wire, value >> format->green_shift & 255);
  formats_put_u8 (wire, value >> format->blue_shift & 255);
}

void
formats_deflate (FormatsServer    *server,
                 guint             stream,
                 const GByteArray *plain,
                 GByteArray       *out)
{
  static const gint levels[] = { 4, 0, 9, 1 };
  z_stream *z = &server->streams[stream];
  const guint start = out->len;

  if (!server->started[stream]) {
    *z = (z_stream) { 0 };
    g_assert_cmpint (deflateInit (z, levels[stream]), ==, Z_OK);
    server->started[stream] = TRUE;
  }
  g_byte_array_set_size (out, start + (guint) deflateBound (z, plain->len) + 64);
  z->next_in = plain->data;
  z->avail_in = plain->len;
  z->next_out = out->data + start;
  z->avail_out = out->len - start;
  g_assert_cmpint (deflate (z, Z_SYNC_FLUSH), ==, Z_OK);
  g_assert_cmpuint (z->avail_out, >, 0);
  g_byte_array_set_size (out, out->len - z->avail_out);
}

void
formats_reset_stream (FormatsServer *server,
                      guint          stream)
{
  if (server->started[stream])
    deflateEnd (&server->streams[stream]);
  server->started[stream] = FALSE;
}
