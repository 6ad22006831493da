/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/decoder.h"

#include "decoders/jpeg.h"
#include "session/limits.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>

/* JPEG, rfbproto "JPEG Encoding".
 *   wire:  a JPEG picture of the rectangle's size; nothing says how long it is
 *   units: any bytes, up to the marker that ends the picture
 *
 * A picture is SOI | segments: FF marker [U16 length, length − 2 bytes] | EOI. Behind the header of a scan follow its
 * bytes, in which FF 00 and FF D0–D7 are no markers. A picture without quantization or Huffman tables uses those that
 * earlier ones defined; they are put in front of it. */

#define JPEG_SOI 0xd8
#define JPEG_EOI 0xd9
#define JPEG_SOS 0xda
#define JPEG_DQT 0xdb
#define JPEG_DHT 0xc4
#define JPEG_JPG 0xc8
#define JPEG_DAC 0xcc

typedef enum {
  JPEG_SIGN,        /* FF of a marker comes next */
  JPEG_MARKER,
  JPEG_LENGTH,
  JPEG_LENGTH_LOW,
  JPEG_BODY,
  JPEG_SCAN,        /* bytes of a scan */
  JPEG_SCAN_SIGN,   /* FF was the last of them */
  JPEG_DONE,
} JpegPart;

/* Bytes of a picture's buffer that are kept for the next one. */
#define KEPT_LEN (1024 * 1024)

/* A table as it is in its segment: the byte that says which it is, then the table. */
typedef struct {
  guint  len;       /* 0: not defined */
  guint8 bytes[1 + 16 + 256];
} JpegTable;

typedef struct {
  GvncJpeg   *jpeg;           /* owned; made for the first rectangle */
  JpegTable   quantization[4];
  JpegTable   huffman[8];     /* four for DC, four for AC */

  /* Of the rectangle: */
  GByteArray *picture;        /* owned; the bytes so far */
  JpegPart    part;
  guint8      marker;
  gsize       body;           /* where in picture the segment's body starts */
  gsize       left;           /* of the body to come */
  gboolean    has_frame;
  gboolean    has_quantization;
  gboolean    has_huffman;
} JpegState;

static gboolean
jpeg_begin (GvncDecoder  *self,
            GError      **error)
{
  JpegState *state = self->state;

  if (!gvnc_picture_check_area (self->rect.width, self->rect.height, error))
    return FALSE;
  if (state->jpeg == NULL) {
    state->jpeg = gvnc_jpeg_new ();
    state->picture = g_byte_array_new ();
  }
  /* One large picture does not hold its memory for the rest of the session. */
  if (state->picture->len > KEPT_LEN) {
    g_byte_array_unref (state->picture);
    state->picture = g_byte_array_new ();
  }
  g_byte_array_set_size (state->picture, 0);
  state->part = JPEG_SIGN;
  state->has_frame = state->has_quantization = state->has_huffman = FALSE;
  return TRUE;
}

static void
jpeg_clear (GvncDecoder *self)
{
  JpegState *state = self->state;

  g_clear_pointer (&state->jpeg, gvnc_jpeg_free);
  g_clear_pointer (&state->picture, g_byte_array_unref);
}

static gsize
jpeg_want (const GvncDecoder *self)
{
  const JpegState *state = self->state;

  return state->part == JPEG_DONE ? 0 : 1;
}

static gboolean
jpeg_broken (GError **error)
{
  return gvnc_protocol_error (error, _("JPEG picture is broken: %s"), _("a segment is too short"));
}

/* DQT, ITU-T T.81 section B.2.4.1: any number of U8 precision << 4 | number, 64 bytes or U16. */
static gboolean
jpeg_keep_quantization (JpegState   *state,
                        GvncReader  *in,
                        GError     **error)
{
  while (gvnc_reader_left (in) > 0) {
    const guint8 which = in->pos[0];
    const guint len = (which >> 4) != 0 ? 1 + 128 : 1 + 64;
    const guint8 *bytes = gvnc_reader_bytes (in, len);

    if (bytes == NULL || (which & 15) >= G_N_ELEMENTS (state->quantization))
      return jpeg_broken (error);
    state->quantization[which & 15].len = len;
    memcpy (state->quantization[which & 15].bytes, bytes, len);
  }
  state->has_quantization = TRUE;
  return TRUE;
}

/* DHT, section B.2.4.2: any number of U8 class << 4 | number, 16 counts, as many values. */
static gboolean
jpeg_keep_huffman (JpegState   *state,
                   GvncReader  *in,
                   GError     **error)
{
  while (gvnc_reader_left (in) > 0) {
    const guint8 *start = in->pos;
    const guint8 which = gvnc_reader_u8 (in);
    const guint8 *counts = gvnc_reader_bytes (in, 16);
    guint n = 0;
    JpegTable *table;

    if (counts == NULL || (which & 15) > 3 || which >> 4 > 1)
      return jpeg_broken (error);
    for (guint i = 0; i < 16; i++)
      n += counts[i];
    if (n > 256 || gvnc_reader_bytes (in, n) == NULL)
      return jpeg_broken (error);
    table = &state->huffman[(which >> 4) * 4 + (which & 15)];
    table->len = 1 + 16 + n;
    memcpy (table->bytes, start, table->len);
  }
  state->has_huffman = TRUE;
  return TRUE;
}

/* SOFn, section B.2.2: U8 precision, U16 height, width, … The size is checked before the rest is waited for. */
static gboolean
jpeg_check_frame (const GvncDecoder *self,
                  JpegState         *state,
                  GvncReader        *in,
                  GError           **error)
{
  guint width, height;

  gvnc_reader_u8 (in);
  height = gvnc_reader_u16 (in);
  width = gvnc_reader_u16 (in);
  if (in->overrun)
    return jpeg_broken (error);
  if (width != self->rect.width || height != self->rect.height)
    return gvnc_protocol_error (error, _("JPEG picture of %d×%d pixels in a rectangle of %u×%u"),
                                (gint) width, (gint) height, self->rect.width, self->rect.height);
  state->has_frame = TRUE;
  return TRUE;
}

/* A segment is complete. */
static gboolean
jpeg_take_segment (const GvncDecoder *self,
                   JpegState         *state,
                   GError           **error)
{
  GvncReader body = gvnc_reader_init (state->picture->data + state->body, state->picture->len - state->body);

  state->part = JPEG_SIGN;
  switch (state->marker) {
  case JPEG_DQT:
    return jpeg_keep_quantization (state, &body, error);
  case JPEG_DHT:
    return jpeg_keep_huffman (state, &body, error);
  case JPEG_JPG:
  case JPEG_DAC:
    return TRUE;
  case JPEG_SOS:
    if (!state->has_frame)
      return gvnc_protocol_error (error, _("JPEG picture is broken: %s"), _("it has no size"));
    state->part = JPEG_SCAN;
    return TRUE;
  default:
    if (state->marker >= 0xc0 && state->marker <= 0xcf)
      return jpeg_check_frame (self, state, &body, error);
    return TRUE;
  }
}

/* The byte behind an FF. */
static gboolean
jpeg_take_marker (JpegState  *state,
                  guint8      marker,
                  GError    **error)
{
  const gboolean first = state->picture->len == 2;

  if (first != (marker == JPEG_SOI))
    return gvnc_protocol_error (error, first ? _("JPEG picture does not start with its mark")
                                             : _("JPEG picture starts anew within itself"));
  state->marker = marker;
  if (marker == JPEG_EOI)
    state->part = JPEG_DONE;
  else if (first || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7))
    state->part = JPEG_SIGN;   /* markers without a length */
  else
    state->part = JPEG_LENGTH;
  return TRUE;
}

static gboolean
jpeg_take_byte (JpegState  *state,
                guint8      byte,
                GError    **error)
{
  g_byte_array_append (state->picture, &byte, 1);
  switch (state->part) {
  case JPEG_SIGN:
    if (byte != 0xff)
      return gvnc_protocol_error (error, _("JPEG picture has the byte %u where a marker should be"), byte);
    state->part = JPEG_MARKER;
    return TRUE;
  case JPEG_MARKER:
    /* any number of FF may stand before a marker */
    return byte == 0xff || jpeg_take_marker (state, byte, error);
  case JPEG_SCAN_SIGN:
    if (byte == 0xff)
      return TRUE;
    if (byte == 0 || (byte >= 0xd0 && byte <= 0xd7)) {
      state->part = JPEG_SCAN;
      return TRUE;
    }
    return jpeg_take_marker (state, byte, error);
  case JPEG_LENGTH:
    state->left = (gsize) byte << 8;
    state->part = JPEG_LENGTH_LOW;
    return TRUE;
  case JPEG_LENGTH_LOW:
  default:
    state->left |= byte;
    if (state->left < 2)
      return jpeg_broken (error);
    state->left -= 2;
    state->body = state->picture->len;
    state->part = JPEG_BODY;
    return TRUE;
  }
}

/* Bytes that need no look at each. */
static void
jpeg_take_bytes (JpegState  *state,
                 GvncReader *in)
{
  gsize len = gvnc_reader_left (in);

  if (state->part == JPEG_BODY) {
    len = MIN (len, state->left);
    state->left -= len;
  } else {
    const guint8 *sign = memchr (in->pos, 0xff, len);

    if (sign != NULL) {
      len = (gsize) (sign - in->pos) + 1;
      state->part = JPEG_SCAN_SIGN;
    }
  }
  g_byte_array_append (state->picture, gvnc_reader_bytes (in, len), (guint) len);
}

static void
jpeg_put_tables (GByteArray      *out,
                 guint8           marker,
                 const JpegTable *tables,
                 guint            n)
{
  guint len = 2;

  for (guint i = 0; i < n; i++)
    len += tables[i].len;
  if (len > 2) {
    const guint8 header[] = { 0xff, marker, (guint8) (len >> 8), (guint8) len };

    g_byte_array_append (out, header, sizeof header);
    for (guint i = 0; i < n; i++)
      g_byte_array_append (out, tables[i].bytes, tables[i].len);
  }
}

static gboolean
jpeg_draw (GvncDecoder  *self,
           GvncCanvas   *canvas,
           GError      **error)
{
  JpegState *state = self->state;
  const gsize stride = (gsize) self->rect.width * 4;
  g_autoptr (GByteArray) tables = g_byte_array_new ();
  guint8 *out;

  if (!state->has_frame)
    return gvnc_protocol_error (error, _("JPEG picture is broken: %s"), _("it has no size"));
  if (!state->has_quantization)
    jpeg_put_tables (tables, JPEG_DQT, state->quantization, G_N_ELEMENTS (state->quantization));
  if (!state->has_huffman)
    jpeg_put_tables (tables, JPEG_DHT, state->huffman, G_N_ELEMENTS (state->huffman));
  if (tables->len > 0) {
    const guint8 start[] = { 0xff, JPEG_SOI };

    g_byte_array_prepend (tables, start, sizeof start);
    g_byte_array_remove_range (state->picture, 0, sizeof start);
    g_byte_array_prepend (state->picture, tables->data, tables->len);
  }

  if (!gvnc_jpeg_check (state->jpeg, state->picture->data, state->picture->len, self->rect.width, self->rect.height,
                        error))
    return FALSE;
  out = gvnc_canvas_alloc (canvas, stride * self->rect.height);
  if (!gvnc_jpeg_decode (state->jpeg, state->picture->data, state->picture->len, self->rect.width, self->rect.height,
                         out, error))
    return FALSE;
  gvnc_canvas_blit (canvas, &self->rect, GVNC_LAYOUT_XRGB32, out, stride);
  return TRUE;
}

static gboolean
jpeg_take (GvncDecoder  *self,
           GvncReader   *in,
           GvncCanvas   *canvas,
           GError      **error)
{
  JpegState *state = self->state;

  while (state->part != JPEG_DONE && gvnc_reader_left (in) > 0) {
    if (state->part == JPEG_BODY || state->part == JPEG_SCAN)
      jpeg_take_bytes (state, in);
    else if (!jpeg_take_byte (state, gvnc_reader_u8 (in), error))
      return FALSE;
    if (state->part == JPEG_BODY && state->left == 0 && !jpeg_take_segment (self, state, error))
      return FALSE;
    if (state->picture->len > GVNC_LIMIT_JPEG_LEN)
      return gvnc_limit_error (error, _("JPEG picture of more than %u bytes, the most that are accepted"),
                               GVNC_LIMIT_JPEG_LEN);
  }
  return state->part != JPEG_DONE || jpeg_draw (self, canvas, error);
}

const GvncDecoderType gvnc_decoder_jpeg = {
  .encoding = GVNC_RFB_ENCODING_JPEG,
  .name = "JPEG",
  .state_size = sizeof (JpegState),
  .clear = jpeg_clear,
  .begin = jpeg_begin,
  .want = jpeg_want,
  .take = jpeg_take,
};
