/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/decoder.h"

#include "session/limits.h"
#include "wire/inflate.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>

/* Zlib, rfbproto "zlib Encoding".
 *   wire:  U32 length | length bytes of one zlib stream that lasts as long as the session
 *   zlib:  height * width * PIXEL
 *   units: the length, then any bytes of the payload
 *
 * Rows are inflated into the canvas's memory and drawn from there; only a row that the input's end cuts is copied. */

/* How many bytes are inflated at a time, or one row when that is longer: half a block of the store. */
#define ZLIB_SLICE_LEN (GVNC_BLOCK_SIZE / 2)

/* Payload is waited for in pieces of this size, so that a slow link does not cost a call per byte. */
#define ZLIB_PIECE_LEN 1024

typedef struct {
  GvncInflate *inflate;      /* owned; made for the first rectangle */
  guint8      *cut;          /* owned; room for one row */
  gsize        cut_size;
  gsize        pending;      /* bytes of the next row in cut */
  gboolean     has_length;
  guint32      left;         /* payload to come */
  guint        y;            /* rows done */
} ZlibState;

static gsize
zlib_row_len (const GvncDecoder *self)
{
  return (gsize) self->rect.width * self->pixel_size;
}

static gboolean
zlib_begin (GvncDecoder  *self,
            GError      **error)
{
  ZlibState *zlib = self->state;

  if (zlib->inflate == NULL)
    zlib->inflate = gvnc_inflate_new ();
  if (zlib->cut_size < zlib_row_len (self)) {
    g_free (zlib->cut);
    zlib->cut_size = zlib_row_len (self);
    zlib->cut = g_malloc (zlib->cut_size);
  }
  zlib->pending = 0;
  zlib->has_length = FALSE;
  zlib->y = 0;
  return TRUE;
}

static void
zlib_clear (GvncDecoder *self)
{
  ZlibState *zlib = self->state;

  g_clear_pointer (&zlib->inflate, gvnc_inflate_free);
  g_clear_pointer (&zlib->cut, g_free);
}

static gsize
zlib_want (const GvncDecoder *self)
{
  const ZlibState *zlib = self->state;

  return zlib->has_length ? MIN (zlib->left, ZLIB_PIECE_LEN) : 4;
}

/* Inflates and draws some rows; @hungry says that the input is used up. */
static gboolean
zlib_take_rows (GvncDecoder  *self,
                GvncCanvas   *canvas,
                gboolean     *hungry,
                GError      **error)
{
  ZlibState *zlib = self->state;
  const gsize row_len = zlib_row_len (self);
  const gsize most_rows = MAX (ZLIB_SLICE_LEN / row_len, 1);
  const gsize len = row_len * MIN (most_rows, (gsize) (self->rect.height - zlib->y));
  guint8 *out = gvnc_canvas_alloc (canvas, len);
  gsize got, n_rows;

  memcpy (out, zlib->cut, zlib->pending);
  if (!gvnc_inflate_read (zlib->inflate, out + zlib->pending, len - zlib->pending, &got, error))
    return FALSE;
  got += zlib->pending;
  *hungry = got < len;

  n_rows = got / row_len;
  zlib->pending = got - n_rows * row_len;
  memcpy (zlib->cut, out + n_rows * row_len, zlib->pending);
  gvnc_canvas_trim (canvas, out, len, n_rows * row_len);
  if (n_rows > 0) {
    const GvncRect slice = {
      self->rect.x, (guint16) (self->rect.y + zlib->y), self->rect.width, (guint16) n_rows
    };

    gvnc_canvas_blit (canvas, &slice, GVNC_LAYOUT_PIXEL, out, row_len);
    zlib->y += (guint) n_rows;
  }
  return TRUE;
}

static gboolean
zlib_take_length (GvncDecoder  *self,
                  GvncReader   *in,
                  GError      **error)
{
  ZlibState *zlib = self->state;
  const gsize most = gvnc_rect_area (&self->rect) * GVNC_LIMIT_ZLIB_LEN_PER_PX + GVNC_LIMIT_ZLIB_LEN_EXTRA;

  zlib->left = gvnc_reader_u32 (in);
  zlib->has_length = TRUE;
  if (zlib->left > most)
    return gvnc_limit_error (error, _("Zlib: %u bytes for %u×%u pixels; at most %zu are accepted"),
                             zlib->left, self->rect.width, self->rect.height, most);
  return TRUE;
}

static gboolean
zlib_take (GvncDecoder  *self,
           GvncReader   *in,
           GvncCanvas   *canvas,
           GError      **error)
{
  ZlibState *zlib = self->state;
  const gsize most = canvas->n_bytes + GVNC_LIMIT_BATCH_BYTES;
  gboolean hungry = FALSE;
  gsize len;

  if (!zlib->has_length && !zlib_take_length (self, in, error))
    return FALSE;

  len = MIN (gvnc_reader_left (in), zlib->left);
  if (len > 0) {
    gvnc_inflate_give (zlib->inflate, in->pos, len);
    while (zlib->y < self->rect.height && !hungry) {
      if (!zlib_take_rows (self, canvas, &hungry, error))
        return FALSE;
      if (canvas->n_bytes > most && gvnc_inflate_left (zlib->inflate) < len)
        break;
    }
    if (zlib->y == self->rect.height && !gvnc_inflate_finish (zlib->inflate, error))
      return FALSE;
    len -= gvnc_inflate_take_back (zlib->inflate);
    gvnc_reader_bytes (in, len);
    zlib->left -= (guint32) len;
  }
  if (zlib->left == 0 && zlib->y < self->rect.height)
    return gvnc_protocol_error (error, _("Zlib: the payload ends before its rectangle is full"));
  return TRUE;
}

const GvncDecoderType gvnc_decoder_zlib = {
  .encoding = GVNC_RFB_ENCODING_ZLIB,
  .name = "Zlib",
  .state_size = sizeof (ZlibState),
  .clear = zlib_clear,
  .begin = zlib_begin,
  .want = zlib_want,
  .take = zlib_take,
};
