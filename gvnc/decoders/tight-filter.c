/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/tight-filter.h"

#include "wire/error.h"

#include <glib/gi18n-lib.h>

void
tight_filter_begin (TightFilter           *self,
                    const GvncPixelFormat *format,
                    guint                  width)
{
  self->format = *format;
  self->is_tpixel = gvnc_pixel_format_is_tpixel (format);
  self->size = gvnc_pixel_format_size (format);
  self->tpixel = self->is_tpixel ? 3 : self->size;
  self->width = width;
  self->kind = TIGHT_FILTER_COPY;
  self->n_colours = 0;
  self->has_above = FALSE;
}

void
tight_filter_clear (TightFilter *self)
{
  g_clear_pointer (&self->above, g_free);
  self->above_width = 0;
}

gsize
tight_filter_row_len (const TightFilter *self)
{
  if (self->kind != TIGHT_FILTER_PALETTE)
    return (gsize) self->width * self->tpixel;
  return self->n_colours == 2 ? (self->width + 7) / 8 : self->width;
}

void
tight_filter_set_palette (TightFilter  *self,
                          const guint8 *wire)
{
  for (guint i = 0; i < self->n_colours; i++, wire += self->tpixel) {
    if (self->is_tpixel) {
      self->palette[i] = tight_filter_rgb (wire);
    } else {
      self->palette[i] = 0;
      memcpy (&self->palette[i], wire, self->size);
    }
  }
}

/* One bit a pixel, the highest first; each row starts on a byte. */
static inline __attribute__ ((always_inline)) void
filter_bits (const TightFilter *self,
             const guint8      *row,
             guint8            *out,
             const guint        size)
{
  const guint32 *palette = self->palette;
  guint x = 0;

  for (; x + 8 <= self->width; x += 8, row++)
    for (guint bit = 0; bit < 8; bit++, out += size)
      memcpy (out, &palette[row[0] >> (7 - bit) & 1], size);
  for (guint bit = 0; x < self->width; x++, bit++, out += size)
    memcpy (out, &palette[row[0] >> (7 - bit) & 1], size);
}

/* One byte a pixel; says the greatest index. */
static inline __attribute__ ((always_inline)) guint
filter_indices (const TightFilter *self,
                const guint8      *row,
                guint8            *out,
                const guint        size)
{
  const guint32 *palette = self->palette;
  guint most = 0;

  for (guint x = 0; x < self->width; x++, out += size) {
    const guint index = row[x];

    most = MAX (most, index);
    memcpy (out, &palette[index], size);
  }
  return most;
}

static inline __attribute__ ((always_inline)) gboolean
filter_palette (const TightFilter *self,
                const guint8      *row,
                guint8            *out,
                const guint        size,
                GError           **error)
{
  if (self->n_colours == 2) {
    filter_bits (self, row, out, size);
  } else {
    const guint most = filter_indices (self, row, out, size);

    if (G_UNLIKELY (most >= self->n_colours))
      return gvnc_protocol_error (error, _("Tight: colour %u of a palette of %u"), most, self->n_colours);
  }
  return TRUE;
}

/* The row above, before the first row: zeros. */
static void
filter_start_gradient (TightFilter *self)
{
  if (self->has_above)
    return;
  if (self->above_width < self->width) {
    g_free (self->above);
    self->above = g_new (guint16, ((gsize) self->width + 1) * 3);
    self->above_width = self->width;
  }
  memset (self->above, 0, ((gsize) self->width + 1) * 3 * sizeof (guint16));
  self->has_above = TRUE;
}

/* What a channel is expected to be, from its neighbours at the left, above, and above left. */
static inline gint
filter_predict (gint left,
                gint above,
                gint above_left,
                gint max)
{
  return CLAMP (left + above - above_left, 0, max);
}

static void
filter_gradient_rgb (TightFilter  *self,
                     const guint8 *row,
                     guint8       *out)
{
  guint16 *above = self->above + 3;
  gint left[3] = { 0, 0, 0 }, above_left[3] = { 0, 0, 0 };

  for (guint x = 0; x < self->width; x++, row += 3, above += 3, out += 4) {
    guint32 pixel;

    for (guint c = 0; c < 3; c++) {
      const gint predicted = filter_predict (left[c], above[c], above_left[c], 255);

      above_left[c] = above[c];
      left[c] = (predicted + row[c]) & 255;
      above[c] = (guint16) left[c];
    }
    pixel = (guint32) left[0] << 16 | (guint32) left[1] << 8 | (guint32) left[2];
    memcpy (out, &pixel, 4);
  }
}

/* The same for channels anywhere in a pixel of the session's format. */
static inline __attribute__ ((always_inline)) void
filter_gradient_pixels (TightFilter  *self,
                        const guint8 *row,
                        guint8       *out,
                        const guint   size)
{
  const GvncPixelFormat *format = &self->format;
  const guint max[3] = { format->red_max, format->green_max, format->blue_max };
  const guint shift[3] = { format->red_shift, format->green_shift, format->blue_shift };
  const gboolean swap = format->big_endian ? G_BYTE_ORDER == G_LITTLE_ENDIAN : G_BYTE_ORDER == G_BIG_ENDIAN;
  guint16 *above = self->above + 3;
  guint left[3] = { 0, 0, 0 }, above_left[3] = { 0, 0, 0 };

  for (guint x = 0; x < self->width; x++, row += size, above += 3, out += size) {
    guint32 in = 0, pixel = 0;

    if (size == 2) {
      guint16 in16;

      memcpy (&in16, row, 2);
      in = swap ? GUINT16_SWAP_LE_BE (in16) : in16;
    } else {
      memcpy (&in, row, 4);
      in = swap ? GUINT32_SWAP_LE_BE (in) : in;
    }
    for (guint c = 0; c < 3; c++) {
      const guint predicted =
        (guint) filter_predict ((gint) left[c], (gint) above[c], (gint) above_left[c], (gint) max[c]);

      above_left[c] = above[c];
      left[c] = (predicted + (in >> shift[c])) & max[c];
      above[c] = (guint16) left[c];
      pixel |= left[c] << shift[c];
    }
    if (size == 2) {
      guint16 out16 = (guint16) pixel;

      out16 = swap ? GUINT16_SWAP_LE_BE (out16) : out16;
      memcpy (out, &out16, 2);
    } else {
      pixel = swap ? GUINT32_SWAP_LE_BE (pixel) : pixel;
      memcpy (out, &pixel, 4);
    }
  }
}

static void
filter_copy (const TightFilter *self,
             const guint8      *row,
             guint8            *out)
{
  if (!self->is_tpixel) {
    memcpy (out, row, (gsize) self->width * self->size);
    return;
  }
  for (guint x = 0; x < self->width; x++, row += 3, out += 4) {
    const guint32 pixel = tight_filter_rgb (row);

    memcpy (out, &pixel, 4);
  }
}

gboolean
tight_filter_rows (TightFilter   *self,
                   const guint8  *rows,
                   gsize          row_len,
                   guint          n_rows,
                   guint8        *out,
                   GError       **error)
{
  if (self->kind == TIGHT_FILTER_GRADIENT)
    filter_start_gradient (self);

  for (guint y = 0; y < n_rows; y++, rows += row_len, out += (gsize) self->width * self->size) {
    gboolean ok = TRUE;

    switch (self->kind) {
    case TIGHT_FILTER_PALETTE:
      if (self->size == 4)
        ok = filter_palette (self, rows, out, 4, error);
      else if (self->size == 2)
        ok = filter_palette (self, rows, out, 2, error);
      else
        ok = filter_palette (self, rows, out, 1, error);
      break;
    case TIGHT_FILTER_GRADIENT:
      if (self->is_tpixel)
        filter_gradient_rgb (self, rows, out);
      else if (self->size == 2)
        filter_gradient_pixels (self, rows, out, 2);
      else
        filter_gradient_pixels (self, rows, out, 4);
      break;
    default:
      filter_copy (self, rows, out);
      break;
    }
    if (!ok)
      return FALSE;
  }
  return TRUE;
}
