/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/cursor.h"

#include "pixel/convert.h"
#include "session/limits.h"

#include <glib/gi18n-lib.h>

const GvncPixelFormat gvnc_cursor_alpha_format = {
  .bits_per_pixel = 32,
  .depth = 32,
  .big_endian = FALSE,
  .true_colour = TRUE,
  .red_max = 255, .green_max = 255, .blue_max = 255,
  .red_shift = 0, .green_shift = 8, .blue_shift = 16,
};

gboolean
gvnc_cursor_size_check (const GvncRect  *rect,
                        GError         **error)
{
  if (rect->width <= GVNC_LIMIT_CURSOR_PX && rect->height <= GVNC_LIMIT_CURSOR_PX)
    return TRUE;
  return gvnc_limit_error (error, _("The server sent a cursor of %u×%u pixels; at most %u×%u are accepted"),
                           rect->width, rect->height, GVNC_LIMIT_CURSOR_PX, GVNC_LIMIT_CURSOR_PX);
}

static gsize
cursor_mask_len (const GvncRect *rect)
{
  return (rect->width + 7u) / 8u * (gsize) rect->height;
}

gsize
gvnc_cursor_body_len (const GvncRect *rect,
                      guint           pixel_size)
{
  return gvnc_rect_area (rect) * pixel_size + cursor_mask_len (rect);
}

gsize
gvnc_xcursor_body_len (const GvncRect *rect)
{
  return gvnc_rect_area (rect) > 0 ? 6 + 2 * cursor_mask_len (rect) : 0;
}

/* Takes @rgba, which has 4 bytes a pixel; NULL for no shape. */
static void
cursor_append (const GvncRect *rect,
               guint8         *rgba,
               GvncBatch      *batch)
{
  GvncEvent *event = gvnc_batch_event (batch, GVNC_EVENT_CURSOR);
  gsize len = gvnc_rect_area (rect) * 4;

  event->rect = *rect;
  if (rgba == NULL)
    return;
  /* A hot spot outside of the shape cannot be shown; the nearest pixel stands for it. */
  event->rect.x = MIN (rect->x, rect->width - 1);
  event->rect.y = MIN (rect->y, rect->height - 1);
  event->data = g_bytes_new_take (rgba, len);
  batch->n_bytes += len;
}

/* Rows of bits, each padded to a byte, the leftmost pixel in the highest bit. */
static inline gboolean
cursor_bit (const guint8 *bits,
            guint         width,
            guint         x,
            guint         y)
{
  return bits[(gsize) y * ((width + 7) / 8) + x / 8] & (0x80 >> (x % 8));
}

/* wire: PIXEL[width * height] | mask; a pixel is shown where the mask's bit is set. */
void
gvnc_cursor_take (const GvncRect        *rect,
                  const GvncPixelFormat *format,
                  const guint16         *colours,
                  guint                  n_colours,
                  const guint8          *body,
                  GvncBatch             *batch)
{
  gsize area = gvnc_rect_area (rect);
  const guint8 *mask;
  guint8 *rgba;

  if (area == 0) {
    cursor_append (rect, NULL, batch);
    return;
  }
  mask = body + area * gvnc_pixel_format_size (format);
  rgba = g_malloc (area * 4);
  gvnc_convert_to_rgba (format, colours, n_colours, body, area, rgba);
  for (guint y = 0; y < rect->height; y++)
    for (guint x = 0; x < rect->width; x++)
      if (!cursor_bit (mask, rect->width, x, y))
        memset (rgba + ((gsize) y * rect->width + x) * 4, 0, 4);
  cursor_append (rect, rgba, batch);
}

/* wire: U8 red, green, blue of set bits | the same of clear bits | bitmap | mask */
void
gvnc_xcursor_take (const GvncRect *rect,
                   const guint8   *body,
                   GvncBatch      *batch)
{
  gsize area = gvnc_rect_area (rect);
  const guint8 *bitmap, *mask;
  guint8 *rgba;

  if (area == 0) {
    cursor_append (rect, NULL, batch);
    return;
  }
  bitmap = body + 6;
  mask = bitmap + cursor_mask_len (rect);
  rgba = g_malloc0 (area * 4);
  for (guint y = 0; y < rect->height; y++)
    for (guint x = 0; x < rect->width; x++) {
      guint8 *pixel = rgba + ((gsize) y * rect->width + x) * 4;

      if (!cursor_bit (mask, rect->width, x, y))
        continue;
      memcpy (pixel, cursor_bit (bitmap, rect->width, x, y) ? body : body + 3, 3);
      pixel[3] = 255;
    }
  cursor_append (rect, rgba, batch);
}

gsize
gvnc_vmware_cursor_body_len (const GvncRect *rect,
                             guint           kind,
                             guint           pixel_size)
{
  return gvnc_rect_area (rect) * (kind == GVNC_VMWARE_CURSOR_ALPHA ? 4 : 2 * pixel_size);
}

/* The pixels of a colour map are numbers, of which all bits count. */
static gboolean
cursor_all_are (const guint8 *bytes,
                guint         n,
                guint8        value)
{
  for (guint i = 0; i < n; i++)
    if (bytes[i] != value)
      return FALSE;
  return TRUE;
}

/* What inverts the picture below it cannot be shown: it becomes black, here with a white edge so that it is seen on black. */
static void
cursor_edge (guint8         *rgba,
             const guint8   *inverts,
             const GvncRect *rect)
{
  gint width = rect->width, height = rect->height;

  for (gint i = 0; i < width * height; i++) {
    gint x = i % width, y = i / width;

    if (!inverts[i])
      continue;
    for (gint v = MAX (y - 1, 0); v <= MIN (y + 1, height - 1); v++)
      for (gint u = MAX (x - 1, 0); u <= MIN (x + 1, width - 1); u++)
        if (rgba[(gsize) (v * width + u) * 4 + 3] == 0)
          memset (rgba + (gsize) (v * width + u) * 4, 255, 4);
  }
}

/* wire: PIXEL[width * height] and | PIXEL[width * height] xor; shown is (below & and) ^ xor. */
static guint8 *
cursor_classic (const GvncRect        *rect,
                const GvncPixelFormat *format,
                const guint16         *colours,
                guint                  n_colours,
                const guint8          *body)
{
  gsize area = gvnc_rect_area (rect);
  guint size = gvnc_pixel_format_size (format);
  const guint8 *xor = body + area * size;
  guint8 *rgba = g_malloc (area * 4);
  g_autofree guint8 *and = g_malloc (area * 4);
  g_autofree guint8 *inverts = g_malloc0 (area);

  gvnc_convert_to_rgba (format, colours, n_colours, body, area, and);
  gvnc_convert_to_rgba (format, colours, n_colours, xor, area, rgba);
  for (gsize i = 0; i < area; i++) {
    gboolean covers = format->true_colour ? cursor_all_are (and + i * 4, 3, 0) : cursor_all_are (body + i * size, size, 0);
    gboolean leaves = format->true_colour ? cursor_all_are (rgba + i * 4, 3, 0) : cursor_all_are (xor + i * size, size, 0);

    if (covers)
      continue;
    inverts[i] = !leaves;
    memset (rgba + i * 4, 0, 4);
    if (!leaves)
      rgba[i * 4 + 3] = 255;
  }
  cursor_edge (rgba, inverts, rect);
  return rgba;
}

/* The bytes of an alpha cursor are red, green, blue, alpha; the colours are not multiplied. */
void
gvnc_vmware_cursor_take (const GvncRect        *rect,
                         guint                  kind,
                         const GvncPixelFormat *format,
                         const guint16         *colours,
                         guint                  n_colours,
                         const guint8          *body,
                         GvncBatch             *batch)
{
  gsize area = gvnc_rect_area (rect);
  guint8 *rgba = NULL;

  if (area > 0 && kind == GVNC_VMWARE_CURSOR_ALPHA) {
    rgba = g_malloc (area * 4);
    memcpy (rgba, body, area * 4);
  } else if (area > 0) {
    rgba = cursor_classic (rect, format, colours, n_colours, body);
  }
  cursor_append (rect, rgba, batch);
}

/* Applies a drawing operation to the shape, whose pixels keep the bytes of gvnc_cursor_alpha_format. */
static void
cursor_draw (const GvncOp *op,
             guint8       *rgba,
             guint         width)
{
  for (guint y = 0; y < op->rect.height; y++) {
    guint8 *pixel = rgba + (((gsize) op->rect.y + y) * width + op->rect.x) * 4;

    for (guint x = 0; x < op->rect.width; x++, pixel += 4) {
      guint size = op->layout == GVNC_LAYOUT_CPIXEL || op->layout == GVNC_LAYOUT_RGB24 ? 3 : 4;
      const guint8 *source = op->kind == GVNC_OP_FILL ? gvnc_op_fill_pixel (op)
                                                      : op->data + (gsize) y * op->value + (gsize) x * size;

      if (op->layout == GVNC_LAYOUT_PIXEL) {
        memcpy (pixel, source, 4);
      } else if (op->layout == GVNC_LAYOUT_XRGB32) {
        guint32 value;

        memcpy (&value, source, 4);
        pixel[0] = (guint8) (value >> 16);
        pixel[1] = (guint8) (value >> 8);
        pixel[2] = (guint8) value;
        pixel[3] = 255;
      } else {
        memcpy (pixel, source, 3);
        pixel[3] = 255;
      }
    }
  }
}

void
gvnc_alpha_cursor_take (const GvncRect   *rect,
                        const GvncCanvas *canvas,
                        GvncBatch        *batch)
{
  gsize area = gvnc_rect_area (rect);
  guint8 *rgba;

  if (area == 0) {
    cursor_append (rect, NULL, batch);
    return;
  }
  rgba = g_malloc0 (area * 4);
  for (guint i = 0; i < canvas->n_ops; i++)
    if (canvas->ops[i].kind == GVNC_OP_FILL || canvas->ops[i].kind == GVNC_OP_BLIT)
      cursor_draw (&canvas->ops[i], rgba, rect->width);

  for (gsize i = 0; i < area; i++) {
    guint8 *pixel = rgba + i * 4;
    guint alpha = pixel[3];

    if (alpha == 0)
      memset (pixel, 0, 3);
    else if (alpha < 255)
      for (guint c = 0; c < 3; c++)
        pixel[c] = (guint8) MIN (255u, (pixel[c] * 255u + alpha / 2) / alpha);
  }
  cursor_append (rect, rgba, batch);
}
