/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/picture.h"

const GvncPixelFormat gvnc_test_rgb32 = { 32, 24, FALSE, TRUE, 255, 255, 255, 16, 8, 0 };
const GvncPixelFormat gvnc_test_rgb32_big = { 32, 24, TRUE, TRUE, 255, 255, 255, 16, 8, 0 };
const GvncPixelFormat gvnc_test_rgb32_high = { 32, 24, FALSE, TRUE, 255, 255, 255, 24, 16, 8 };
const GvncPixelFormat gvnc_test_rgb32_high_big = { 32, 24, TRUE, TRUE, 255, 255, 255, 24, 16, 8 };
const GvncPixelFormat gvnc_test_rgb30 = { 32, 30, FALSE, TRUE, 1023, 1023, 1023, 20, 10, 0 };
const GvncPixelFormat gvnc_test_rgb16 = { 16, 16, FALSE, TRUE, 31, 63, 31, 11, 5, 0 };
const GvncPixelFormat gvnc_test_rgb16_big = { 16, 16, TRUE, TRUE, 31, 63, 31, 11, 5, 0 };
const GvncPixelFormat gvnc_test_rgb15 = { 16, 15, FALSE, TRUE, 31, 31, 31, 10, 5, 0 };
const GvncPixelFormat gvnc_test_rgb8 = { 8, 8, FALSE, TRUE, 7, 7, 3, 0, 3, 6 };
const GvncPixelFormat gvnc_test_map8 = { 8, 8, FALSE, FALSE, 0, 0, 0, 0, 0, 0 };

const GvncPixelFormat *const gvnc_test_formats[] = {
  &gvnc_test_rgb32, &gvnc_test_rgb32_big, &gvnc_test_rgb32_high, &gvnc_test_rgb32_high_big, &gvnc_test_rgb30,
  &gvnc_test_rgb16, &gvnc_test_rgb16_big, &gvnc_test_rgb8, &gvnc_test_map8,
  &gvnc_test_rgb15,
};
const guint gvnc_n_test_formats = G_N_ELEMENTS (gvnc_test_formats);

void
gvnc_picture_init (GvncPicture *picture,
                   guint        width,
                   guint        height)
{
  picture->width = width;
  picture->height = height;
  picture->pixels = g_new (guint32, (gsize) width * height);
  for (gsize i = 0; i < (gsize) width * height; i++)
    picture->pixels[i] = GVNC_PICTURE_UNSENT;
}

void
gvnc_picture_clear (GvncPicture *picture)
{
  g_clear_pointer (&picture->pixels, g_free);
}

guint32
gvnc_picture_colour (const GvncPixelFormat *format,
                     const guint8          *bytes)
{
  const guint size = gvnc_pixel_format_size (format);
  guint32 pixel = 0, red, green, blue;

  for (guint i = 0; i < size; i++)
    pixel |= (guint32) bytes[i] << 8 * (format->big_endian ? size - 1 - i : i);
  if (!format->true_colour)
    return GVNC_PICTURE_INDEX | pixel;
  red = (pixel >> format->red_shift & format->red_max) * 255 / format->red_max;
  green = (pixel >> format->green_shift & format->green_max) * 255 / format->green_max;
  blue = (pixel >> format->blue_shift & format->blue_max) * 255 / format->blue_max;
  return red << 16 | green << 8 | blue;
}

static guint32
picture_blit_colour (const GvncPixelFormat *format,
                     const GvncOp          *op,
                     guint                  x,
                     guint                  y)
{
  const guint8 *row = op->data + (gsize) y * op->value;
  guint8 pixel[4] = { 0 };
  guint32 rgb;
  guint offset;

  switch (op->layout) {
  case GVNC_LAYOUT_PIXEL:
    return gvnc_picture_colour (format, row + (gsize) x * gvnc_pixel_format_size (format));
  case GVNC_LAYOUT_CPIXEL:
    g_assert_cmpuint (gvnc_pixel_format_cpixel_size (format, &offset), ==, 3);
    memcpy (pixel + offset, row + (gsize) x * 3, 3);
    return gvnc_picture_colour (format, pixel);
  case GVNC_LAYOUT_RGB24:
    row += (gsize) x * 3;
    return (guint32) row[0] << 16 | (guint32) row[1] << 8 | row[2];
  case GVNC_LAYOUT_XRGB32:
    g_assert_cmpuint (GPOINTER_TO_SIZE (row) % 4, ==, 0);
    memcpy (&rgb, row + (gsize) x * 4, 4);
    return rgb & 0xffffff;
  default:
    g_assert_not_reached ();
  }
}

static void
picture_copy (GvncPicture  *picture,
              const GvncOp *op)
{
  const gsize area = gvnc_rect_area (&op->rect);
  g_autofree guint32 *copy = g_new (guint32, area);
  const GvncRect source = { gvnc_op_source_x (op), gvnc_op_source_y (op), op->rect.width, op->rect.height };

  g_assert_true (gvnc_rect_fits (&source, picture->width, picture->height));
  for (gsize i = 0; i < area; i++)
    copy[i] = picture->pixels[(source.y + i / source.width) * picture->width + source.x + i % source.width];
  for (gsize i = 0; i < area; i++)
    picture->pixels[(op->rect.y + i / source.width) * picture->width + op->rect.x + i % source.width] = copy[i];
}

static void
picture_apply_op (GvncPicture           *picture,
                  const GvncPixelFormat *format,
                  const GvncOp          *op)
{
  if (op->kind == GVNC_OP_COPY) {
    picture_copy (picture, op);
    return;
  }
  for (guint y = 0; y < op->rect.height; y++)
    for (guint x = 0; x < op->rect.width; x++) {
      guint32 *pixel = &picture->pixels[(gsize) (op->rect.y + y) * picture->width + op->rect.x + x];

      if (op->kind == GVNC_OP_BLIT)
        *pixel = picture_blit_colour (format, op, x, y);
      else if (op->layout == GVNC_LAYOUT_XRGB32)
        *pixel = op->value & 0xffffff;
      else
        *pixel = gvnc_picture_colour (format, gvnc_op_fill_pixel (op));
    }
}

void
gvnc_picture_apply (GvncPicture           *picture,
                    const GvncPixelFormat *format,
                    const GvncCanvas      *canvas,
                    const GvncRect        *bounds)
{
  for (guint i = 0; i < canvas->n_ops; i++) {
    const GvncOp *op = &canvas->ops[i];

    g_assert_cmpuint (op->kind, <=, GVNC_OP_BLIT);
    g_assert_cmpuint (op->rect.x, >=, bounds->x);
    g_assert_cmpuint (op->rect.y, >=, bounds->y);
    g_assert_cmpuint (op->rect.x + op->rect.width, <=, bounds->x + bounds->width);
    g_assert_cmpuint (op->rect.y + op->rect.height, <=, bounds->y + bounds->height);
    g_assert_true (gvnc_rect_fits (&op->rect, picture->width, picture->height));
    picture_apply_op (picture, format, op);
  }
}
