/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/rre.h"

#include "decoders/paint.h"
#include "session/limits.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>

/* RRE, RFC 6143 section 7.7.3.
 *   wire:  U32 count | PIXEL background | count * (PIXEL, U16 x, y, w, h)
 *   units: the header, then slices of whole subrectangles
 *
 * A rectangle of few, large subrectangles becomes one fill each. One of many small ones (text has ten pixels in each)
 * is put together first and drawn by one blit, since an operation would cost more than its pixels. */

/* Rectangles with fewer pixels a subrectangle, that fit a block of the store, are put together first. */
#define RRE_SMALL_PX 256

gboolean
rre_begin (GvncDecoder  *self,
           GError      **error)
{
  RreState *rre = self->state;

  rre->has_header = FALSE;
  rre->picture = NULL;
  return TRUE;
}

void
rre_clear (GvncDecoder *self)
{
  RreState *rre = self->state;

  g_clear_pointer (&rre->block, gvnc_block_unref);
}

static gboolean
rre_take_header (GvncDecoder  *self,
                 GvncReader   *in,
                 GvncCanvas   *canvas,
                 gsize         subrect_len,
                 GError      **error)
{
  RreState *rre = self->state;
  const gsize area = gvnc_rect_area (&self->rect);
  const guint8 *background;

  rre->left = gvnc_reader_u32 (in);
  background = gvnc_reader_bytes (in, self->pixel_size);
  rre->has_header = TRUE;

  if (rre->left > area * GVNC_LIMIT_RRE_SUBRECTS_PER_PX)
    return gvnc_limit_error (error, _("%s: %u subrectangles in %u×%u pixels; at most %u a pixel are accepted"),
                             self->type->name, rre->left, self->rect.width, self->rect.height, GVNC_LIMIT_RRE_SUBRECTS_PER_PX);

  if ((guint64) rre->left * RRE_SMALL_PX > area && area * self->pixel_size <= GVNC_BLOCK_SIZE) {
    /* the canvas's memory may be gone at the next call, so it will do only when this call sees all of it */
    if (gvnc_reader_left (in) >= (guint64) rre->left * subrect_len) {
      rre->picture = gvnc_canvas_alloc (canvas, area * self->pixel_size);
    } else {
      rre->block = gvnc_block_new (area * self->pixel_size);
      rre->picture = rre->block->data;
    }
    gvnc_paint_run (rre->picture, area * self->pixel_size, gvnc_paint (background, self->pixel_size));
  } else {
    gvnc_canvas_fill (canvas, &self->rect, background, self->pixel_size);
  }
  return TRUE;
}

static inline __attribute__ ((always_inline)) GvncRect
rre_reader_place (GvncReader  *in,
                  const guint  place_len)
{
  GvncRect place;

  if (place_len == RRE_PLACE_LEN)
    return gvnc_reader_rect (in);
  place.x = gvnc_reader_u8 (in);
  place.y = gvnc_reader_u8 (in);
  place.width = gvnc_reader_u8 (in);
  place.height = gvnc_reader_u8 (in);
  return place;
}

static inline __attribute__ ((always_inline)) gboolean
rre_take_subrects (GvncDecoder  *self,
                   GvncReader   *in,
                   GvncCanvas   *canvas,
                   const guint   size,
                   const guint   place_len,
                   GError      **error)
{
  RreState *rre = self->state;
  const gsize n = MIN (gvnc_reader_left (in) / (size + place_len), rre->left);
  GvncReader slice = gvnc_reader_init (gvnc_reader_bytes (in, n * (size + place_len)), n * (size + place_len));
  guint8 *picture = rre->picture;
  const gsize stride = (gsize) self->rect.width * size;

  for (gsize i = 0; i < n; i++) {
    const guint8 *pixel = gvnc_reader_bytes (&slice, size);
    GvncRect sub = rre_reader_place (&slice, place_len);

    if (G_UNLIKELY (!gvnc_rect_contains (&self->rect, &sub)))
      return gvnc_protocol_error (error, _("%s: subrectangle %u×%u at %u,%u leaves its %u×%u rectangle"),
                                  self->type->name, sub.width, sub.height, sub.x, sub.y, self->rect.width, self->rect.height);
    if (G_UNLIKELY (sub.width == 0 || sub.height == 0))
      continue;
    if (picture != NULL) {
      gvnc_paint_rows (picture + sub.y * stride + sub.x * (gsize) size, stride, sub.width * (gsize) size,
                       sub.height, gvnc_paint (pixel, size));
    } else {
      sub = gvnc_rect_offset (&sub, self->rect.x, self->rect.y);
      gvnc_canvas_fill (canvas, &sub, pixel, size);
    }
  }
  rre->left -= (guint32) n;
  return TRUE;
}

/* The drawing of what was put together, once it is complete. */
static void
rre_finish (GvncDecoder *self,
            GvncCanvas  *canvas)
{
  RreState *rre = self->state;
  const gsize stride = (gsize) self->rect.width * self->pixel_size;

  if (rre->left > 0 || rre->picture == NULL)
    return;
  if (rre->block != NULL)
    gvnc_canvas_blit_block (canvas, &self->rect, GVNC_LAYOUT_PIXEL, g_steal_pointer (&rre->block), stride);
  else
    gvnc_canvas_blit (canvas, &self->rect, GVNC_LAYOUT_PIXEL, rre->picture, stride);
}

static inline __attribute__ ((always_inline)) gboolean
rre_take_places (GvncDecoder  *self,
                 GvncReader   *in,
                 GvncCanvas   *canvas,
                 const guint   place_len,
                 GError      **error)
{
  RreState *rre = self->state;
  gboolean ok;

  if (!rre->has_header && !rre_take_header (self, in, canvas, self->pixel_size + place_len, error))
    return FALSE;

  switch (self->pixel_size) {
  case 1: ok = rre_take_subrects (self, in, canvas, 1, place_len, error); break;
  case 2: ok = rre_take_subrects (self, in, canvas, 2, place_len, error); break;
  default: ok = rre_take_subrects (self, in, canvas, 4, place_len, error); break;
  }
  if (ok)
    rre_finish (self, canvas);
  return ok;
}

gboolean
rre_take_compact (GvncDecoder  *self,
                  GvncReader   *in,
                  GvncCanvas   *canvas,
                  GError      **error)
{
  return rre_take_places (self, in, canvas, CORRE_PLACE_LEN, error);
}

static gsize
rre_want (const GvncDecoder *self)
{
  return rre_want_with (self, RRE_PLACE_LEN);
}

static gboolean
rre_take (GvncDecoder  *self,
          GvncReader   *in,
          GvncCanvas   *canvas,
          GError      **error)
{
  return rre_take_places (self, in, canvas, RRE_PLACE_LEN, error);
}

const GvncDecoderType gvnc_decoder_rre = {
  .encoding = GVNC_RFB_ENCODING_RRE,
  .name = "RRE",
  .state_size = sizeof (RreState),
  .clear = rre_clear,
  .begin = rre_begin,
  .want = rre_want,
  .take = rre_take,
};
