/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/messages.h"

#include "session/limits.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>

/* Entries of a colour map that are taken at once. */
#define COLOUR_SLICE 1024

static gboolean
messages_colours_head (GvncMessages  *self,
                       GvncReader    *in,
                       GError       **error)
{
  gvnc_reader_bytes (in, 1);
  self->next_colour = gvnc_reader_u16 (in);
  self->n_colours_left = gvnc_reader_u16 (in);
  if (self->next_colour + self->n_colours_left > 65536)
    return gvnc_protocol_error (error, _("The server sent %u colours from number %u on; a colour map ends at 65535"),
                                self->n_colours_left, self->next_colour);
  self->step = self->n_colours_left > 0 ? GVNC_MESSAGE_COLOURS : GVNC_MESSAGE_IDLE;
  return TRUE;
}

static void
messages_colours (GvncMessages *self,
                  GvncReader   *in,
                  GvncBatch    *batch)
{
  guint n = MIN (self->n_colours_left, COLOUR_SLICE);

  if (gvnc_updates_colours (self->updates, self->next_colour, n, in, batch))
    self->colours_changed = TRUE;
  self->next_colour += n;
  self->n_colours_left -= n;
  if (self->n_colours_left == 0)
    self->step = GVNC_MESSAGE_IDLE;
}

static gboolean
messages_body_begin (GvncMessages    *self,
                     gsize            len,
                     GvncMessageStep  step)
{
  self->left = len;
  self->body = g_byte_array_new ();
  self->step = step;
  return TRUE;
}

/* Takes what is there of a body; TRUE when it is complete. */
static gboolean
messages_body_take (GvncMessages *self,
                    GvncReader   *in)
{
  gsize n = MIN (self->left, gvnc_reader_left (in));

  g_byte_array_append (self->body, gvnc_reader_bytes (in, n), (guint) n);
  self->left -= n;
  return self->left == 0;
}

static void
messages_body_end (GvncMessages  *self,
                   GvncEventKind  kind,
                   GvncBatch     *batch)
{
  GvncEvent *event = gvnc_batch_event (batch, kind);
  gsize len = self->body->len;
  g_autoptr (GBytes) terminated = NULL;

  /* Behind the bytes is a zero, so that a text of 32 MiB need not be copied to get one. */
  g_byte_array_append (self->body, (const guint8 *) "", 1);
  terminated = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  event->data = g_bytes_new_from_bytes (terminated, 0, len);
  batch->n_bytes += len;
  self->step = GVNC_MESSAGE_IDLE;
}

static gboolean
messages_cut_text_head (GvncMessages  *self,
                        GvncReader    *in,
                        GvncBatch     *batch,
                        GError       **error)
{
  guint32 len;

  gvnc_reader_bytes (in, 3);
  len = gvnc_reader_u32 (in);
  /* A negative length, to those who know. */
  if (len > G_MAXINT32 && self->clipboard->asked) {
    self->step = GVNC_MESSAGE_CLIPBOARD;
    return gvnc_clipboard_begin (self->clipboard, 0u - len, error);
  }
  if (len > GVNC_LIMIT_CUT_TEXT_LEN)
    return gvnc_limit_error (error, _("The server sent a clipboard text of %u bytes; at most %u are accepted"),
                             len, GVNC_LIMIT_CUT_TEXT_LEN);
  messages_body_begin (self, len, GVNC_MESSAGE_CUT_TEXT);
  if (len == 0)
    messages_body_end (self, GVNC_EVENT_CUT_TEXT, batch);
  return TRUE;
}

/* rfbproto "xvp Server Message" */
static gboolean
messages_xvp (GvncMessages  *self,
              GvncReader    *in,
              GvncBatch     *batch,
              GError       **error)
{
  guint8 version, code;

  gvnc_reader_bytes (in, 1);
  version = gvnc_reader_u8 (in);
  code = gvnc_reader_u8 (in);
  if (code > 1)
    return gvnc_protocol_error (error, _("The server sent the unknown power control code %u"), code);
  if (version == 1)
    gvnc_batch_number (batch, GVNC_EVENT_POWER_CONTROL, code);
  self->step = GVNC_MESSAGE_IDLE;
  return TRUE;
}

/* rfbproto "QEMU Audio Server Message" */
static gboolean
messages_qemu (GvncMessages  *self,
               GvncReader    *in,
               GvncBatch     *batch,
               GError       **error)
{
  guint8 kind = gvnc_reader_u8 (in);
  guint16 operation = gvnc_reader_u16 (in);

  if (kind != GVNC_RFB_QEMU_AUDIO || operation > 2)
    return gvnc_protocol_error (error, _("The server sent the unknown QEMU message %u, operation %u"), kind, operation);
  self->step = operation == 2 ? GVNC_MESSAGE_AUDIO_LEN : GVNC_MESSAGE_IDLE;
  if (operation != 2)
    gvnc_batch_event (batch, operation == 1 ? GVNC_EVENT_AUDIO_START : GVNC_EVENT_AUDIO_STOP);
  return TRUE;
}

static gboolean
messages_audio_len (GvncMessages  *self,
                    GvncReader    *in,
                    GvncBatch     *batch,
                    GError       **error)
{
  guint32 len = gvnc_reader_u32 (in);

  if (len > GVNC_LIMIT_AUDIO_LEN)
    return gvnc_limit_error (error, _("The server sent %u bytes of sound at once; at most %u are accepted"),
                             len, GVNC_LIMIT_AUDIO_LEN);
  self->step = GVNC_MESSAGE_IDLE;
  return len == 0 || messages_body_begin (self, len, GVNC_MESSAGE_AUDIO);
}

void
gvnc_messages_init (GvncMessages  *self,
                    GvncUpdates   *updates,
                    GvncClipboard *clipboard)
{
  *self = (GvncMessages) { .step = GVNC_MESSAGE_IDLE, .updates = updates, .clipboard = clipboard };
}

void
gvnc_messages_clear (GvncMessages *self)
{
  g_clear_pointer (&self->body, g_byte_array_unref);
}

gboolean
gvnc_messages_begin (GvncMessages *self,
                     guint8        type,
                     GvncBatch    *batch)
{
  self->colours_changed = FALSE;
  switch (type) {
  case GVNC_RFB_SET_COLOUR_MAP_ENTRIES:
    self->step = GVNC_MESSAGE_COLOURS_HEAD;
    return TRUE;
  case GVNC_RFB_BELL:
    gvnc_batch_event (batch, GVNC_EVENT_BELL);
    return TRUE;
  case GVNC_RFB_SERVER_CUT_TEXT:
    self->step = GVNC_MESSAGE_CUT_TEXT_HEAD;
    return TRUE;
  case GVNC_RFB_XVP:
    self->step = GVNC_MESSAGE_XVP;
    return gvnc_updates_has_asked (self->updates, GVNC_RFB_ENCODING_XVP);
  case GVNC_RFB_QEMU:
    self->step = GVNC_MESSAGE_QEMU;
    return gvnc_updates_has_asked (self->updates, GVNC_RFB_ENCODING_AUDIO);
  default:
    return FALSE;
  }
}

gsize
gvnc_messages_want (const GvncMessages *self)
{
  switch (self->step) {
  case GVNC_MESSAGE_COLOURS_HEAD:
    return 5;
  case GVNC_MESSAGE_COLOURS:
    return MIN (self->n_colours_left, COLOUR_SLICE) * 6;
  case GVNC_MESSAGE_CUT_TEXT_HEAD:
    return 7;
  case GVNC_MESSAGE_CUT_TEXT:
  case GVNC_MESSAGE_AUDIO:
    return 1;
  case GVNC_MESSAGE_CLIPBOARD:
    return gvnc_clipboard_want (self->clipboard);
  case GVNC_MESSAGE_XVP:
  case GVNC_MESSAGE_QEMU:
    return 3;
  case GVNC_MESSAGE_AUDIO_LEN:
    return 4;
  case GVNC_MESSAGE_IDLE:
    break;
  }
  return 0;
}

gboolean
gvnc_messages_take (GvncMessages  *self,
                    GvncReader    *in,
                    GvncBatch     *batch,
                    GvncWriter    *out,
                    GError       **error)
{
  switch (self->step) {
  case GVNC_MESSAGE_COLOURS_HEAD:
    return messages_colours_head (self, in, error);
  case GVNC_MESSAGE_COLOURS:
    messages_colours (self, in, batch);
    return TRUE;
  case GVNC_MESSAGE_CUT_TEXT_HEAD:
    return messages_cut_text_head (self, in, batch, error);
  case GVNC_MESSAGE_CUT_TEXT:
    if (messages_body_take (self, in))
      messages_body_end (self, GVNC_EVENT_CUT_TEXT, batch);
    return TRUE;
  case GVNC_MESSAGE_CLIPBOARD:
    return gvnc_clipboard_take (self->clipboard, in, batch, out, error);
  case GVNC_MESSAGE_XVP:
    return messages_xvp (self, in, batch, error);
  case GVNC_MESSAGE_QEMU:
    return messages_qemu (self, in, batch, error);
  case GVNC_MESSAGE_AUDIO_LEN:
    return messages_audio_len (self, in, batch, error);
  case GVNC_MESSAGE_AUDIO:
    if (messages_body_take (self, in))
      messages_body_end (self, GVNC_EVENT_AUDIO_DATA, batch);
    return TRUE;
  case GVNC_MESSAGE_IDLE:
    break;
  }
  g_assert_not_reached ();
}
