/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/tight.h"

#include "session/limits.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>

/* Tight, rfbproto "Tight Encoding".
 *   wire:  U8 control: bits 0–3 reset a zlib stream, bits 4–7 say what follows:
 *            8 fill:  TPIXEL
 *            9 JPEG:  length, data
 *            10, 14:  as 0 and 4, but nothing is compressed (in TightPNG 10 is a PNG picture: length, data)
 *            0–7:     bits 4–5 stream; bit 6: U8 filter
 *                     filter 1, palette:  U8 colours − 1, TPIXEL of each
 *                     then filtered rows: as they are when shorter than 12 bytes, else length, data of the zlib stream
 *          length: 7 bits, 7 bits, 8 bits, the lowest first; bit 7 of the first two says that another byte follows
 *   units: each of these parts, and any bytes of compressed rows; a JPEG picture is one unit
 *
 * Rows whose inflated bytes can be drawn as they are go straight into the canvas's memory. Others are inflated to a
 * window, some 100 KiB at a time, so that no rectangle makes us hold all of it twice. */

/* Filtered data shorter than this is not compressed. */
#define TIGHT_LEAST_COMPRESSED 12

/* How many inflated bytes are worked on at a time, or one row when that is longer. Half a block of the store. */
#define TIGHT_WINDOW_LEN (GVNC_BLOCK_SIZE / 2)

/* Compressed rows are waited for in pieces of this size, so that a slow link does not cost a call per byte. */
#define TIGHT_PIECE_LEN 1024

#define TIGHT_FILL            8
#define TIGHT_JPEG            9
#define TIGHT_PNG             10
#define TIGHT_PLAIN           10
#define TIGHT_PLAIN_FILTERED  14

gboolean
tight_begin (GvncDecoder  *self,
             GError      **error)
{
  TightState *tight = self->state;

  tight->part = TIGHT_CONTROL;
  tight->is_plain = tight->is_picture = tight->is_png = FALSE;
  tight->png = NULL;
  tight->y = 0;
  tight->pending = 0;
  tight->n_length = 0;
  tight->left = 0;
  tight_filter_begin (&tight->filter, &self->format, self->rect.width);
  return TRUE;
}

void
tight_clear (GvncDecoder *self)
{
  TightState *tight = self->state;

  for (guint i = 0; i < G_N_ELEMENTS (tight->streams); i++)
    g_clear_pointer (&tight->streams[i], gvnc_inflate_free);
  g_clear_pointer (&tight->jpeg, gvnc_jpeg_free);
  g_clear_pointer (&tight->window, g_free);
  tight_filter_clear (&tight->filter);
}

gsize
tight_want (const GvncDecoder *self)
{
  const TightState *tight = self->state;

  switch (tight->part) {
  case TIGHT_CONTROL:
  case TIGHT_FILTER:
  case TIGHT_PALETTE_COUNT:
  case TIGHT_LENGTH:
    return 1;
  case TIGHT_FILL_PIXEL:
    return tight->filter.tpixel;
  case TIGHT_PALETTE:
    return (gsize) tight->filter.n_colours * tight->filter.tpixel;
  case TIGHT_PLAIN_ROWS:
    return tight->row_len;
  case TIGHT_ROWS:
    return MIN (tight->left, TIGHT_PIECE_LEN);
  case TIGHT_PICTURE:
    return tight->left;
  case TIGHT_DONE:
  default:
    return 0;
  }
}

static gboolean
tight_take_control (GvncDecoder  *self,
                    GvncReader   *in,
                    GError      **error)
{
  TightState *tight = self->state;
  const guint8 control = gvnc_reader_u8 (in);
  const guint kind = control >> 4;

  for (guint i = 0; i < G_N_ELEMENTS (tight->streams); i++)
    if ((control >> i & 1) != 0 && tight->streams[i] != NULL)
      gvnc_inflate_reset (tight->streams[i]);

  tight->filter.kind = TIGHT_FILTER_COPY;
  switch (kind) {
  case TIGHT_FILL:
    tight->part = TIGHT_FILL_PIXEL;
    return TRUE;
  case TIGHT_JPEG:
    tight->is_picture = TRUE;
    tight->part = TIGHT_LENGTH;
    return gvnc_picture_check_area (self->rect.width, self->rect.height, error);
  case TIGHT_PLAIN:
  case TIGHT_PLAIN_FILTERED:
    if (tight->png != NULL && kind == TIGHT_PNG) {
      tight->is_picture = tight->is_png = TRUE;
      tight->part = TIGHT_LENGTH;
      return gvnc_picture_check_area (self->rect.width, self->rect.height, error);
    }
    tight->is_plain = TRUE;
    break;
  default:
    if (kind > TIGHT_JPEG)
      return gvnc_protocol_error (error, _("Tight: compression of the unknown kind %u"), kind);
    tight->stream = kind & 3;
    break;
  }
  tight->part = (kind & 4) != 0 ? TIGHT_FILTER : TIGHT_LENGTH;
  return TRUE;
}

static void
tight_take_fill (GvncDecoder *self,
                 GvncReader  *in,
                 GvncCanvas  *canvas)
{
  TightState *tight = self->state;
  const guint8 *p = gvnc_reader_bytes (in, tight->filter.tpixel);

  if (tight->filter.is_tpixel)
    gvnc_canvas_fill_rgb (canvas, &self->rect, tight_filter_rgb (p));
  else
    gvnc_canvas_fill (canvas, &self->rect, p, self->pixel_size);
  tight->part = TIGHT_DONE;
}

static gboolean
tight_take_filter (GvncDecoder  *self,
                   GvncReader   *in,
                   GError      **error)
{
  TightState *tight = self->state;
  const guint8 filter = gvnc_reader_u8 (in);

  tight->filter.kind = filter;
  tight->part = TIGHT_LENGTH;
  switch (filter) {
  case TIGHT_FILTER_COPY:
    return TRUE;
  case TIGHT_FILTER_PALETTE:
    tight->part = TIGHT_PALETTE_COUNT;
    return TRUE;
  case TIGHT_FILTER_GRADIENT:
    if (!self->format.true_colour || self->pixel_size == 1)
      return gvnc_protocol_error (error, _("Tight: gradient filter with pixels of %u bits%s"),
                                  self->format.bits_per_pixel,
                                  self->format.true_colour ? "" : " that are colour map indices");
    return TRUE;
  default:
    return gvnc_protocol_error (error, _("Tight: unknown filter %u"), filter);
  }
}

/* Draws @n rows of filtered bytes at @rows. */
static gboolean
tight_draw_rows (GvncDecoder   *self,
                 GvncCanvas    *canvas,
                 const guint8  *rows,
                 guint          n,
                 GError       **error)
{
  TightState *tight = self->state;
  const GvncRect slice = {
    self->rect.x, (guint16) (self->rect.y + tight->y), self->rect.width, (guint16) n
  };
  const GvncLayout layout = tight->filter.is_tpixel ? GVNC_LAYOUT_XRGB32 : GVNC_LAYOUT_PIXEL;
  const gsize stride = (gsize) self->rect.width * self->pixel_size;
  guint8 *out = gvnc_canvas_alloc (canvas, stride * n);

  if (!tight_filter_rows (&tight->filter, rows, tight->row_len, n, out, error))
    return FALSE;
  gvnc_canvas_blit (canvas, &slice, layout, out, stride);
  tight->y += n;
  return TRUE;
}

static gboolean
tight_take_plain_rows (GvncDecoder  *self,
                       GvncReader   *in,
                       GvncCanvas   *canvas,
                       GError      **error)
{
  TightState *tight = self->state;
  const gsize stride = (gsize) self->rect.width * self->pixel_size;
  const gsize most_rows = MIN (MAX (GVNC_LIMIT_BATCH_BYTES / stride, 1), (gsize) (self->rect.height - tight->y));
  const guint n = (guint) MIN (gvnc_reader_left (in) / tight->row_len, most_rows);
  const guint8 *rows = gvnc_reader_bytes (in, n * tight->row_len);

  if (tight->filter.kind == TIGHT_FILTER_COPY) {
    const GvncRect slice = {
      self->rect.x, (guint16) (self->rect.y + tight->y), self->rect.width, (guint16) n
    };

    gvnc_canvas_blit_input (canvas, &slice, tight->filter.is_tpixel ? GVNC_LAYOUT_RGB24 : GVNC_LAYOUT_PIXEL,
                            rows, tight->row_len);
    tight->y += n;
  } else if (!tight_draw_rows (self, canvas, rows, n, error)) {
    return FALSE;
  }
  if (tight->y == self->rect.height)
    tight->part = TIGHT_DONE;
  return TRUE;
}

/* Everything before the rows is known: are they compressed? */
static void
tight_start_rows (GvncDecoder *self)
{
  TightState *tight = self->state;

  tight->row_len = tight_filter_row_len (&tight->filter);
  if (tight->row_len * self->rect.height < TIGHT_LEAST_COMPRESSED) {
    tight->part = TIGHT_PLAIN_ROWS;
    return;
  }
  tight->part = TIGHT_LENGTH;
  if (tight->is_plain)
    return;
  if (tight->streams[tight->stream] == NULL)
    tight->streams[tight->stream] = gvnc_inflate_new ();
  if (tight->window_len < MAX (TIGHT_WINDOW_LEN, tight->row_len)) {
    g_free (tight->window);
    tight->window_len = MAX (TIGHT_WINDOW_LEN, tight->row_len);
    tight->window = g_malloc (tight->window_len);
  }
}

static gboolean
tight_take_length (GvncDecoder  *self,
                   GvncReader   *in,
                   GError      **error)
{
  TightState *tight = self->state;
  const guint8 byte = gvnc_reader_u8 (in);
  const gboolean last = tight->n_length == 2;

  tight->left |= (guint32) (last ? byte : byte & 127) << (7 * tight->n_length);
  tight->n_length++;
  if (!last && (byte & 128) != 0)
    return TRUE;

  if (tight->left == 0)
    return gvnc_protocol_error (error, _("Tight: empty payload"));
  if (tight->is_picture) {
    tight->part = TIGHT_PICTURE;
  } else if (tight->is_plain) {
    tight->part = TIGHT_PLAIN_ROWS;
    if (tight->left != tight->row_len * self->rect.height)
      return gvnc_protocol_error (error, _("Tight: %u bytes, not compressed, for rows of %zu"),
                                  tight->left, tight->row_len * self->rect.height);
  } else {
    tight->part = TIGHT_ROWS;
  }
  return TRUE;
}

/* Rows that are drawn as they were inflated: into the canvas's memory, from where they are blitted. */
static gboolean
tight_inflate_in_place (GvncDecoder  *self,
                        GvncInflate  *inflate,
                        GvncCanvas   *canvas,
                        gboolean     *hungry,
                        GError      **error)
{
  TightState *tight = self->state;
  const GvncLayout layout = tight->filter.is_tpixel ? GVNC_LAYOUT_RGB24 : GVNC_LAYOUT_PIXEL;
  const gsize most_rows = MAX (TIGHT_WINDOW_LEN / tight->row_len, 1);
  const gsize len = tight->row_len * MIN (most_rows, (gsize) (self->rect.height - tight->y));
  guint8 *out = gvnc_canvas_alloc (canvas, len);
  gsize got, n_rows;

  /* the start of a row that the last payload's end cut off */
  memcpy (out, tight->window, tight->pending);
  if (!gvnc_inflate_read (inflate, out + tight->pending, len - tight->pending, &got, error))
    return FALSE;
  got += tight->pending;
  *hungry = got < len;

  n_rows = got / tight->row_len;
  tight->pending = got - n_rows * tight->row_len;
  memcpy (tight->window, out + n_rows * tight->row_len, tight->pending);
  gvnc_canvas_trim (canvas, out, len, n_rows * tight->row_len);
  if (n_rows > 0) {
    const GvncRect slice = {
      self->rect.x, (guint16) (self->rect.y + tight->y), self->rect.width, (guint16) n_rows
    };

    gvnc_canvas_blit (canvas, &slice, layout, out, tight->row_len);
    tight->y += (guint) n_rows;
  }
  return TRUE;
}

/* Rows that a filter must turn into pixels. */
static gboolean
tight_inflate_filtered (GvncDecoder  *self,
                        GvncInflate  *inflate,
                        GvncCanvas   *canvas,
                        gboolean     *hungry,
                        GError      **error)
{
  TightState *tight = self->state;
  const gsize stride = (gsize) self->rect.width * self->pixel_size;
  /* as many as fit the window when filtered and half a block when drawn */
  const gsize most_rows = MAX (TIGHT_WINDOW_LEN / MAX (tight->row_len, stride), 1);
  const gsize len = tight->row_len * MIN (most_rows, (gsize) (self->rect.height - tight->y));
  gsize got, n_rows;

  if (!gvnc_inflate_read (inflate, tight->window + tight->pending, len - tight->pending, &got, error))
    return FALSE;
  got += tight->pending;
  *hungry = got < len;

  n_rows = got / tight->row_len;
  tight->pending = got - n_rows * tight->row_len;
  if (n_rows > 0) {
    if (!tight_draw_rows (self, canvas, tight->window, (guint) n_rows, error))
      return FALSE;
    memmove (tight->window, tight->window + n_rows * tight->row_len, tight->pending);
  }
  return TRUE;
}

static gboolean
tight_take_rows (GvncDecoder  *self,
                 GvncReader   *in,
                 GvncCanvas   *canvas,
                 GError      **error)
{
  TightState *tight = self->state;
  GvncInflate *inflate = tight->streams[tight->stream];
  const gsize most_bytes = canvas->n_bytes + GVNC_LIMIT_BATCH_BYTES;
  gsize len = MIN (gvnc_reader_left (in), tight->left);
  gboolean hungry = FALSE;

  gvnc_inflate_give (inflate, in->pos, len);
  while (tight->y < self->rect.height && !hungry) {
    if (tight->filter.kind == TIGHT_FILTER_COPY) {
      if (!tight_inflate_in_place (self, inflate, canvas, &hungry, error))
        return FALSE;
    } else if (!tight_inflate_filtered (self, inflate, canvas, &hungry, error)) {
      return FALSE;
    }
    /* a few bytes may stand for megabytes of pixels: hand over what fills a batch before going on */
    if (canvas->n_bytes > most_bytes && gvnc_inflate_left (inflate) > 0 && gvnc_inflate_left (inflate) < len)
      break;
  }
  if (tight->y == self->rect.height && !gvnc_inflate_finish (inflate, error))
    return FALSE;
  len -= gvnc_inflate_take_back (inflate);
  gvnc_reader_bytes (in, len);
  tight->left -= (guint32) len;
  if (tight->left > 0)
    return TRUE;

  if (tight->y < self->rect.height)
    return gvnc_protocol_error (error, _("Tight: the payload ends before its rectangle is full"));
  tight->part = TIGHT_DONE;
  return TRUE;
}

static gboolean
tight_take_picture (GvncDecoder  *self,
                    GvncReader   *in,
                    GvncCanvas   *canvas,
                    GError      **error)
{
  TightState *tight = self->state;
  const gsize len = tight->left;
  const guint width = self->rect.width, height = self->rect.height;
  const guint8 *data = gvnc_reader_bytes (in, len);
  guint8 *out;

  if (tight->jpeg == NULL)
    tight->jpeg = gvnc_jpeg_new ();
  if (!tight->is_png && !gvnc_jpeg_check (tight->jpeg, data, len, width, height, error))
    return FALSE;
  out = gvnc_canvas_alloc (canvas, (gsize) width * 4 * height);
  if (tight->is_png ? !tight->png (data, len, width, height, out, error)
                    : !gvnc_jpeg_decode (tight->jpeg, data, len, width, height, out, error))
    return FALSE;
  gvnc_canvas_blit (canvas, &self->rect, GVNC_LAYOUT_XRGB32, out, (gsize) width * 4);
  tight->part = TIGHT_DONE;
  return TRUE;
}

static gboolean
tight_take_part (GvncDecoder  *self,
                 GvncReader   *in,
                 GvncCanvas   *canvas,
                 GError      **error)
{
  TightState *tight = self->state;

  switch (tight->part) {
  case TIGHT_CONTROL:
    if (!tight_take_control (self, in, error))
      return FALSE;
    break;
  case TIGHT_FILL_PIXEL:
    tight_take_fill (self, in, canvas);
    return TRUE;
  case TIGHT_FILTER:
    if (!tight_take_filter (self, in, error))
      return FALSE;
    break;
  case TIGHT_PALETTE_COUNT:
    tight->filter.n_colours = gvnc_reader_u8 (in) + 1u;
    tight->part = TIGHT_PALETTE;
    if (tight->filter.n_colours < 2)
      return gvnc_protocol_error (error, _("Tight: palette of one colour"));
    return TRUE;
  case TIGHT_PALETTE:
    tight_filter_set_palette (&tight->filter,
                              gvnc_reader_bytes (in, (gsize) tight->filter.n_colours * tight->filter.tpixel));
    tight->part = TIGHT_LENGTH;
    break;
  case TIGHT_PLAIN_ROWS:
    return tight_take_plain_rows (self, in, canvas, error);
  case TIGHT_LENGTH:
    return tight_take_length (self, in, error);
  case TIGHT_ROWS:
    return tight_take_rows (self, in, canvas, error);
  case TIGHT_PICTURE:
    return tight_take_picture (self, in, canvas, error);
  case TIGHT_DONE:
  default:
    return TRUE;
  }

  if (tight->part == TIGHT_LENGTH && !tight->is_picture)
    tight_start_rows (self);
  return TRUE;
}

gboolean
tight_take (GvncDecoder  *self,
            GvncReader   *in,
            GvncCanvas   *canvas,
            GError      **error)
{
  const TightState *tight = self->state;
  const gsize most_bytes = canvas->n_bytes + GVNC_LIMIT_BATCH_BYTES;

  while (tight->part != TIGHT_DONE && gvnc_reader_left (in) >= tight_want (self) && canvas->n_bytes <= most_bytes)
    if (!tight_take_part (self, in, canvas, error))
      return FALSE;
  return TRUE;
}

const GvncDecoderType gvnc_decoder_tight = {
  .encoding = GVNC_RFB_ENCODING_TIGHT,
  .name = "Tight",
  .state_size = sizeof (TightState),
  .clear = tight_clear,
  .begin = tight_begin,
  .want = tight_want,
  .take = tight_take,
};
