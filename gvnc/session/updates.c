/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/updates.h"

#include "session/cursor.h"
#include "session/limits.h"
#include "session/pseudo.h"
#include "session/strange.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>

#define HEADER_LEN 12
#define MOST_COLOURS 65536

void
gvnc_updates_init (GvncUpdates *self)
{
  *self = (GvncUpdates) { .step = GVNC_UPDATE_IDLE, .quality = -1, .drawn = -1 };
  self->asked = g_hash_table_new (NULL, NULL);
}

void
gvnc_updates_clear (GvncUpdates *self)
{
  for (guint i = 0; i < self->n_decoders; i++)
    gvnc_decoder_free (self->decoders[i]);
  self->n_decoders = 0;
  g_clear_pointer (&self->colours, g_free);
  if (self->has_cursor)
    gvnc_canvas_clear (&self->cursor);
  self->has_cursor = FALSE;
  g_clear_pointer (&self->asked, g_hash_table_unref);
}

/* Goes on to the next rectangle, or ends the message. */
static void
updates_next (GvncUpdates *self)
{
  self->step = self->until_last || self->n_left > 0 ? GVNC_UPDATE_RECT : GVNC_UPDATE_IDLE;
}

void
gvnc_updates_begin (GvncUpdates *self,
                    guint        n_rects)
{
  self->until_last = n_rects == GVNC_RFB_RECTS_UNTIL_LAST;
  self->n_left = n_rects;
  self->n_rects = 0;
  self->drawn_area = 0;
  updates_next (self);
}

void
gvnc_updates_quality (GvncUpdates  *self,
                      const gint32 *encodings,
                      guint         n_encodings)
{
  self->quality = -1;
  for (guint i = 0; i < n_encodings; i++)
    if (encodings[i] >= GVNC_RFB_ENCODING_JPEG_QUALITY_LOWEST && encodings[i] <= GVNC_RFB_ENCODING_JPEG_QUALITY_HIGHEST)
      self->quality = encodings[i] - GVNC_RFB_ENCODING_JPEG_QUALITY_LOWEST;
}

gsize
gvnc_updates_want (const GvncUpdates *self)
{
  switch (self->step) {
  case GVNC_UPDATE_RECT:
    return HEADER_LEN;
  case GVNC_UPDATE_DECODE:
  case GVNC_UPDATE_CURSOR:
    return gvnc_decoder_want (self->decoder);
  case GVNC_UPDATE_BODY:
    return self->body_len;
  case GVNC_UPDATE_IDLE:
    break;
  }
  return 0;
}

/* The session's decoder of @encoding, made at first use; NULL when there is none. */
static GvncDecoder *
updates_decoder (GvncUpdates *self,
                 gint32       encoding)
{
  GvncDecoder *decoder;

  for (guint i = 0; i < self->n_decoders; i++)
    if (gvnc_decoder_turn_to (self->decoders[i], encoding))
      return self->decoders[i];
  decoder = gvnc_decoder_new (encoding);
  if (decoder != NULL) {
    g_assert (self->n_decoders < GVNC_MOST_DECODERS);
    self->decoders[self->n_decoders++] = decoder;
  }
  return decoder;
}

static void
updates_drawn (GvncUpdates *self,
               GvncBatch   *batch)
{
  gvnc_batch_rect (batch, &self->rect);
  updates_next (self);
}

/* A rectangle of pixels. */
static gboolean
updates_begin_pixels (GvncUpdates  *self,
                      GvncBatch    *batch,
                      GError      **error)
{
  const GvncDesktop *desktop = &self->desktop;

  if (!gvnc_rect_fits (&self->rect, desktop->width, desktop->height))
    return gvnc_protocol_error (error, _("The server sent a rectangle of %u×%u at %u,%u, which leaves its %u×%u desktop"),
                                self->rect.width, self->rect.height, self->rect.x, self->rect.y,
                                desktop->width, desktop->height);

  if (gvnc_rect_area (&self->rect) > self->drawn_area) {
    self->drawn = self->encoding;
    self->drawn_area = gvnc_rect_area (&self->rect);
  }
  if (gvnc_rect_area (&self->rect) == 0) {
    /* Nothing to draw; but what its encoding sends must still be passed over. */
    switch (self->encoding) {
    case GVNC_RFB_ENCODING_RAW:
    case GVNC_RFB_ENCODING_HEXTILE:
      updates_next (self);
      return TRUE;
    case GVNC_RFB_ENCODING_COPYRECT:
      self->body_len = 4;
      self->step = GVNC_UPDATE_BODY;
      return TRUE;
    default:
      return gvnc_protocol_error (error, _("The server sent an empty rectangle of %u×%u in the encoding %s"),
                                  self->rect.width, self->rect.height, self->decoder->type->name);
    }
  }

  self->decoder->quality = self->quality;
  if (!gvnc_decoder_begin (self->decoder, &self->rect, desktop->width, desktop->height, &desktop->format, error))
    return FALSE;
  self->step = GVNC_UPDATE_DECODE;
  if (gvnc_decoder_want (self->decoder) == 0)
    updates_drawn (self, batch);
  return TRUE;
}

void
gvnc_updates_ask (GvncUpdates  *self,
                  const gint32 *encodings,
                  guint         n_encodings)
{
  for (guint i = 0; i < n_encodings; i++)
    g_hash_table_add (self->asked, GINT_TO_POINTER (encodings[i]));
}

static gboolean
updates_was_asked (const GvncUpdates *self,
                   gint32             encoding)
{
  return g_hash_table_contains (self->asked, GINT_TO_POINTER (encoding));
}

gboolean
gvnc_updates_has_asked (const GvncUpdates *self,
                        gint32             encoding)
{
  switch (encoding) {
  case GVNC_RFB_ENCODING_RAW:         /* may always come, 7.7.1 */
  case GVNC_RFB_ENCODING_LAST_RECT:   /* carries nothing, and its message could not end without it */
    return TRUE;
  /* Sessions that were recorded with these two are replayed to programs that know only what gtk-vnc could ask for: they may
   * come for what they are a lesser form of. */
  case GVNC_RFB_ENCODING_CORRE:
    return updates_was_asked (self, encoding) || updates_was_asked (self, GVNC_RFB_ENCODING_RRE);
  case GVNC_RFB_ENCODING_ZLIB:
    return updates_was_asked (self, encoding) || updates_was_asked (self, GVNC_RFB_ENCODING_TIGHT);
  default:
    return updates_was_asked (self, encoding);
  }
}

/* Goes on with the rest of a pseudo-rectangle, or with what comes after it. */
static gboolean
updates_body (GvncUpdates *self)
{
  if (self->body_len > 0)
    self->step = GVNC_UPDATE_BODY;
  else
    updates_next (self);
  return TRUE;
}

/* wire: U16 x, y, width, height | S32 encoding */
static gboolean
updates_take_header (GvncUpdates  *self,
                     GvncReader   *in,
                     GvncBatch    *batch,
                     GError      **error)
{
  self->rect = gvnc_reader_rect (in);
  self->encoding = gvnc_reader_s32 (in);
  self->n_rects++;
  if (!self->until_last)
    self->n_left--;

  if (!gvnc_updates_has_asked (self, self->encoding))
    return gvnc_strange_rectangle (self->encoding, error);
  self->decoder = updates_decoder (self, self->encoding);
  if (self->decoder != NULL)
    return updates_begin_pixels (self, batch, error);

  if (self->encoding == GVNC_RFB_ENCODING_LAST_RECT) {
    self->until_last = FALSE;
    self->n_left = 0;
  } else if (!gvnc_pseudo_is_known (self->encoding)) {
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("The server sent a rectangle in the encoding %d, which is not known here"), self->encoding);
  } else {
    return gvnc_pseudo_begin (self, batch, error) && updates_body (self);
  }
  updates_next (self);
  return TRUE;
}

/* wire: S32 encoding | the shape in that encoding; its decoder's state is the one of the session's pixels */
static gboolean
updates_begin_alpha_cursor (GvncUpdates  *self,
                            GvncReader   *in,
                            GvncBatch    *batch,
                            GError      **error)
{
  gint32 encoding = gvnc_reader_s32 (in);
  GvncRect shape = { 0, 0, self->rect.width, self->rect.height };

  if (!gvnc_updates_has_asked (self, encoding))
    return gvnc_strange_rectangle (encoding, error);
  self->decoder = encoding == GVNC_RFB_ENCODING_COPYRECT ? NULL : updates_decoder (self, encoding);
  if (self->decoder == NULL)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("The server sent a cursor in the encoding %d, which cannot hold one"), encoding);

  gvnc_canvas_init (&self->cursor);
  self->has_cursor = TRUE;
  self->step = GVNC_UPDATE_CURSOR;
  if (gvnc_rect_area (&shape) > 0)
    return gvnc_decoder_begin (self->decoder, &shape, shape.width, shape.height, &gvnc_cursor_alpha_format, error);
  gvnc_alpha_cursor_take (&self->rect, &self->cursor, batch);
  gvnc_canvas_clear (&self->cursor);
  self->has_cursor = FALSE;
  updates_next (self);
  return TRUE;
}

static gboolean
updates_take_cursor (GvncUpdates  *self,
                     GvncReader   *in,
                     GvncBatch    *batch,
                     GError      **error)
{
  gboolean taken;

  gvnc_canvas_set_input (&self->cursor, batch->canvas.input);
  taken = gvnc_decoder_take (self->decoder, in, &self->cursor, error);
  gvnc_canvas_set_input (&self->cursor, NULL);
  if (!taken)
    return FALSE;
  if (gvnc_decoder_want (self->decoder) > 0)
    return TRUE;
  gvnc_alpha_cursor_take (&self->rect, &self->cursor, batch);
  gvnc_canvas_clear (&self->cursor);
  self->has_cursor = FALSE;
  updates_next (self);
  return TRUE;
}

static gboolean
updates_take_body (GvncUpdates  *self,
                   GvncReader   *in,
                   GvncBatch    *batch,
                   GError      **error)
{
  switch (self->encoding) {
  case GVNC_RFB_ENCODING_COPYRECT:
    gvnc_reader_bytes (in, self->body_len);
    updates_next (self);
    return TRUE;
  case GVNC_RFB_ENCODING_ALPHA_CURSOR:
    return updates_begin_alpha_cursor (self, in, batch, error);
  default:
    return gvnc_pseudo_take (self, in, batch, error) && updates_body (self);
  }
}

gboolean
gvnc_updates_take (GvncUpdates  *self,
                   GvncReader   *in,
                   GvncBatch    *batch,
                   GError      **error)
{
  switch (self->step) {
  case GVNC_UPDATE_RECT:
    return updates_take_header (self, in, batch, error);
  case GVNC_UPDATE_DECODE:
    if (!gvnc_decoder_take (self->decoder, in, &batch->canvas, error))
      return FALSE;
    if (gvnc_decoder_want (self->decoder) == 0)
      updates_drawn (self, batch);
    return TRUE;
  case GVNC_UPDATE_BODY:
    return updates_take_body (self, in, batch, error);
  case GVNC_UPDATE_CURSOR:
    return updates_take_cursor (self, in, batch, error);
  case GVNC_UPDATE_IDLE:
    break;
  }
  g_assert_not_reached ();
}

gboolean
gvnc_updates_colours (GvncUpdates *self,
                      guint        first,
                      guint        n_colours,
                      GvncReader  *entries,
                      GvncBatch   *batch)
{
  guint end = first + n_colours;
  gboolean changed = FALSE;

  g_assert (end <= MOST_COLOURS);

  if (end > self->n_colours) {
    guint wanted = 256;

    while (wanted < end)
      wanted *= 2;
    self->colours = g_renew (guint16, self->colours, (gsize) wanted * 3);
    memset (self->colours + (gsize) self->n_colours * 3, 0, (gsize) (wanted - self->n_colours) * 3 * sizeof (guint16));
    self->n_colours = wanted;
    changed = TRUE;
  }
  for (gsize i = (gsize) first * 3; i < (gsize) end * 3; i++) {
    guint16 value = gvnc_reader_u16 (entries);

    changed = changed || self->colours[i] != value;
    self->colours[i] = value;
  }
  if (changed)
    gvnc_batch_data (batch, GVNC_EVENT_COLOURS,
                     self->colours + (gsize) first * 3, (gsize) n_colours * 3 * sizeof (guint16))->number = first;
  return changed;
}
