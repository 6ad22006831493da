/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/clipboard.h"

#include "session/limits.h"
#include "session/output.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zlib.h>

#define ACTIONS (GVNC_CLIPBOARD_CAPS | GVNC_CLIPBOARD_REQUEST | GVNC_CLIPBOARD_PEEK | GVNC_CLIPBOARD_NOTIFY | \
                 GVNC_CLIPBOARD_PROVIDE)

/* What is inflated at once. */
#define CHUNK (64 * 1024)

void
gvnc_clipboard_init (GvncClipboard *self)
{
  *self = (GvncClipboard) { 0 };
}

static void
clipboard_drop_answers (GvncClipboard *self)
{
  for (guint i = 0; i < GVNC_CLIPBOARD_N_FORMATS; i++)
    g_clear_pointer (&self->answers[i], g_bytes_unref);
}

/* Ends the reading of a provide. */
static void
clipboard_drop_data (GvncClipboard *self)
{
  g_clear_pointer (&self->data, g_byte_array_unref);
  g_clear_pointer (&self->inflate, gvnc_inflate_free);
  self->formats_left = 0;
}

void
gvnc_clipboard_clear (GvncClipboard *self)
{
  clipboard_drop_answers (self);
  clipboard_drop_data (self);
}

void
gvnc_clipboard_ask (GvncClipboard *self,
                    gboolean       with)
{
  self->asked = self->asked || with;
  self->owes_caps = with;
}

gsize
gvnc_clipboard_ceiling (guint32 format)
{
  switch (format) {
  case GVNC_CLIPBOARD_TEXT:
    return GVNC_LIMIT_CLIPBOARD_TEXT_LEN;
  case GVNC_CLIPBOARD_RTF:
  case GVNC_CLIPBOARD_HTML:
    return GVNC_LIMIT_CLIPBOARD_RICH_LEN;
  case GVNC_CLIPBOARD_DIB:
    return GVNC_LIMIT_CLIPBOARD_DIB_LEN;
  default:
    return 0;
  }
}

static guint32
clipboard_lowest (guint32 formats)
{
  return formats & (~formats + 1);
}

static guint
clipboard_index (guint32 format)
{
  return (guint) g_bit_nth_lsf (format, -1);
}

/* ---- messages to the server ---- */

static void
clipboard_message (GvncWriter   *out,
                   guint32       flags,
                   const guint8 *body,
                   gsize         len)
{
  gvnc_output_extended_cut_text (out, flags, body, len);
}

static guint8 *
clipboard_put_u32 (guint8  *to,
                   guint32  value)
{
  for (guint i = 0; i < 4; i++)
    *to++ = (guint8) (value >> (24 - 8 * i));
  return to;
}

static void
clipboard_send_caps (GvncClipboard *self,
                     GvncWriter    *out)
{
  guint8 sizes[4 * GVNC_CLIPBOARD_N_FORMATS];
  guint8 *to = sizes;

  for (guint i = 0; i < GVNC_CLIPBOARD_N_FORMATS; i++)
    to = clipboard_put_u32 (to, self->caps & GVNC_CLIPBOARD_REQUEST ? 0 : (guint32) gvnc_clipboard_ceiling (1u << i));
  clipboard_message (out, ACTIONS | GVNC_CLIPBOARD_FORMATS, sizes, sizeof sizes);
}

static void
clipboard_deflate (z_stream   *z,
                   GByteArray *to,
                   const void *data,
                   gsize       len,
                   gint        flush)
{
  gint result;

  z->next_in = (Bytef *) data;
  z->avail_in = (uInt) len;
  do {
    guint before = to->len;

    g_byte_array_set_size (to, before + CHUNK);
    z->next_out = to->data + before;
    z->avail_out = CHUNK;
    result = deflate (z, flush);
    g_byte_array_set_size (to, before + CHUNK - z->avail_out);
  } while (result == Z_OK && (z->avail_in > 0 || z->avail_out == 0));
}

/* LF, CR and CR LF become CR LF, and a zero ends it. */
static GByteArray *
clipboard_text_to_wire (GBytes *text)
{
  gsize len;
  const gchar *from = g_bytes_get_data (text, &len);
  GByteArray *wire = g_byte_array_sized_new ((guint) (len + len / 16 + 1));
  gsize start = 0;

  for (gsize i = 0; i < len; i++) {
    if (from[i] != '\n' && from[i] != '\r')
      continue;
    g_byte_array_append (wire, (const guint8 *) from + start, (guint) (i - start));
    g_byte_array_append (wire, (const guint8 *) "\r\n", 2);
    if (from[i] == '\r' && i + 1 < len && from[i + 1] == '\n')
      i++;
    start = i + 1;
  }
  g_byte_array_append (wire, len > start ? (const guint8 *) from + start : NULL, (guint) (len - start));
  g_byte_array_append (wire, (const guint8 *) "", 1);
  return wire;
}

/* A provide with all the answers that there are. The stream is flushed and has no end, as those of other clients:
 * libvncserver hangs up on one that ends (0.9.14). */
static void
clipboard_send_answers (GvncClipboard *self,
                        GvncWriter    *out)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  guint32 formats = 0;
  z_stream z = { 0 };

  /* Speed counts for more than size: a text of a mebibyte should not hold up the session for long. */
  if (deflateInit (&z, Z_BEST_SPEED) != Z_OK)
    g_error ("zlib could not start a stream");  /* no memory, or a zlib of another version: neither can go on */
  for (guint i = 0; i < GVNC_CLIPBOARD_N_FORMATS; i++) {
    g_autoptr (GBytes) data = g_steal_pointer (&self->answers[i]);
    guint8 size[4];

    if (data == NULL)
      continue;
    if (1u << i == GVNC_CLIPBOARD_TEXT) {
      GByteArray *wire = clipboard_text_to_wire (data);

      g_bytes_unref (data);
      data = g_byte_array_free_to_bytes (wire);
    }
    if ((self->unsolicited & 1u << i) && g_bytes_get_size (data) > self->max_sizes[i])
      continue;
    formats |= 1u << i;
    clipboard_put_u32 (size, (guint32) g_bytes_get_size (data));
    clipboard_deflate (&z, body, size, sizeof size, Z_NO_FLUSH);
    clipboard_deflate (&z, body, g_bytes_get_data (data, NULL), g_bytes_get_size (data), Z_NO_FLUSH);
  }
  clipboard_deflate (&z, body, NULL, 0, Z_SYNC_FLUSH);
  deflateEnd (&z);
  self->unsolicited = 0;
  if (formats != 0)
    clipboard_message (out, GVNC_CLIPBOARD_PROVIDE | formats, body->data, body->len);
}

/* ---- what the application does ---- */

static void
clipboard_want_from_app (GvncClipboard *self,
                         guint32        formats,
                         GvncBatch     *batch)
{
  self->wanted |= formats;
  if (formats != 0)
    gvnc_batch_number (batch, GVNC_EVENT_CLIPBOARD_REQUESTED, formats);
}

void
gvnc_clipboard_offer (GvncClipboard *self,
                      guint32        formats,
                      GvncBatch     *batch,
                      GvncWriter    *out)
{
  /* What the server waits for is asked for anew, since what it would get is no longer there. */
  guint32 again = self->wanted & ~self->unsolicited & formats;
  guint32 at_once = 0;

  self->offered = formats & GVNC_CLIPBOARD_FORMATS;
  self->wanted = 0;
  self->unsolicited = 0;
  clipboard_drop_answers (self);
  if (self->caps & GVNC_CLIPBOARD_NOTIFY) {
    clipboard_message (out, GVNC_CLIPBOARD_NOTIFY | self->offered, NULL, 0);
  } else if (self->caps & GVNC_CLIPBOARD_PROVIDE) {
    for (guint i = 0; i < GVNC_CLIPBOARD_N_FORMATS; i++)
      if (self->offered & self->caps & 1u << i && self->max_sizes[i] > 0)
        at_once |= 1u << i;
    self->unsolicited = at_once & ~again;
  }
  clipboard_want_from_app (self, again | at_once, batch);
}

void
gvnc_clipboard_request (GvncClipboard *self,
                        guint32        formats,
                        GvncWriter    *out)
{
  if (self->caps & GVNC_CLIPBOARD_REQUEST)
    clipboard_message (out, GVNC_CLIPBOARD_REQUEST | (formats & GVNC_CLIPBOARD_FORMATS), NULL, 0);
}

void
gvnc_clipboard_provide (GvncClipboard *self,
                        guint32        format,
                        GBytes        *data,
                        GvncWriter    *out)
{
  guint i = clipboard_index (format);

  if ((self->caps & GVNC_CLIPBOARD_PROVIDE) == 0)
    return;
  if ((self->wanted & format) == 0) {
    if (data == NULL || (self->caps & format) == 0)
      return;
    self->unsolicited |= format;
  }
  self->wanted &= ~format;
  g_clear_pointer (&self->answers[i], g_bytes_unref);
  if (data != NULL)
    self->answers[i] = g_bytes_ref (data);
  if (self->wanted == 0)
    clipboard_send_answers (self, out);
}

/* ---- messages of the server ---- */

gboolean
gvnc_clipboard_begin (GvncClipboard  *self,
                      gsize           len,
                      GError        **error)
{
  if (len < 4)
    return gvnc_protocol_error (error, _("The server sent an extended clipboard message of %u bytes; "
                                         "its flags alone take 4"), (guint) len);
  if (len > GVNC_LIMIT_CLIPBOARD_LEN)
    return gvnc_limit_error (error, _("The server sent an extended clipboard message of %zu bytes; "
                                      "at most %u are accepted"), len, GVNC_LIMIT_CLIPBOARD_LEN);
  clipboard_drop_data (self);
  self->left = len;
  self->has_flags = FALSE;
  return TRUE;
}

static gsize
clipboard_caps_len (guint32 flags)
{
  gsize len = 0;

  for (guint i = 0; i < 16; i++)
    if (flags & 1u << i)
      len += 4;
  return len;
}

gsize
gvnc_clipboard_want (const GvncClipboard *self)
{
  if (self->left == 0)
    return 0;
  if (!self->has_flags)
    return 4;
  if (self->flags & GVNC_CLIPBOARD_CAPS)
    return MIN (self->left, MAX (clipboard_caps_len (self->flags), 1));
  return 1;
}

static gboolean
clipboard_flags (GvncClipboard  *self,
                 GvncReader     *in,
                 GvncBatch      *batch,
                 GvncWriter     *out,
                 GError        **error)
{
  guint32 flags = gvnc_reader_u32 (in), formats = flags & GVNC_CLIPBOARD_FORMATS, again;

  self->has_flags = TRUE;
  self->flags = flags;
  self->left -= 4;
  if (flags & GVNC_CLIPBOARD_CAPS) {
    if (self->left < clipboard_caps_len (flags))
      return gvnc_protocol_error (error, _("The server sent clipboard capabilities 0x%08x with %zu"
                                           " bytes of sizes; they need %zu"),
                                  flags, self->left, clipboard_caps_len (flags));
    return TRUE;
  }
  switch (flags & 0xff000000u) {
  case GVNC_CLIPBOARD_REQUEST:
    /* A format that we are still waiting for is not asked for twice, however often the server asks. */
    again = formats & self->offered & ~self->wanted;
    self->unsolicited &= ~formats;
    clipboard_want_from_app (self, again, batch);
    return TRUE;
  case GVNC_CLIPBOARD_PEEK:
    if (self->caps & GVNC_CLIPBOARD_NOTIFY)
      clipboard_message (out, GVNC_CLIPBOARD_NOTIFY | self->offered, NULL, 0);
    return TRUE;
  case GVNC_CLIPBOARD_NOTIFY:
    gvnc_batch_number (batch, GVNC_EVENT_CLIPBOARD_OFFERED, formats);
    return TRUE;
  case GVNC_CLIPBOARD_PROVIDE:
    self->formats_left = formats;
    self->formats_read = 0;
    self->n_size = 0;
    /* zlib itself, which never looks beyond what was asked for: what follows the formats that we know is not our business. */
    self->inflate = formats != 0 ? gvnc_inflate_new_zlib () : NULL;
    if (formats != 0 && self->left == 0)
      return gvnc_protocol_error (error, _("The server sent clipboard data 0x%08x of 0 bytes"), flags);
    return TRUE;
  default:
    return gvnc_protocol_error (error, _("The server sent an extended clipboard message with the unknown flags 0x%08x"),
                                flags);
  }
}

static void
clipboard_caps (GvncClipboard *self,
                GvncReader    *in,
                GvncBatch     *batch,
                GvncWriter    *out)
{
  gboolean first = self->caps == 0;

  self->caps = self->flags & (ACTIONS | GVNC_CLIPBOARD_FORMATS);
  for (guint i = 0; i < 16; i++) {
    guint32 size = self->flags & 1u << i ? gvnc_reader_u32 (in) : 0;

    if (i < GVNC_CLIPBOARD_N_FORMATS)
      self->max_sizes[i] = size;
  }
  self->left -= clipboard_caps_len (self->flags);
  self->flags = 0;
  if (self->owes_caps)
    clipboard_send_caps (self, out);
  self->owes_caps = FALSE;
  gvnc_batch_number (batch, GVNC_EVENT_CLIPBOARD_CAPS, self->caps);
  if (first && self->offered != 0)
    gvnc_clipboard_offer (self, self->offered, batch, out);
}

static void
clipboard_refuse (GvncClipboard *self,
                  guint32        format,
                  GvncBatch     *batch,
                  const char    *sentence)
{
  gvnc_batch_text (batch, GVNC_EVENT_CLIPBOARD_REFUSED, sentence)->number = format;
}

/* Checks a text of the server's and gives it LF, in place; NULL, or what is wrong with it. */
static char *
clipboard_text_from_wire (GByteArray *text)
{
  const gchar *bad;
  guint to = 0;

  if (text->len > 0 && text->data[text->len - 1] == '\0')
    g_byte_array_set_size (text, text->len - 1);
  if (text->len == 0)
    return NULL;
  /* A zero is invalid in the eyes of this function too. */
  if (!g_utf8_validate_len ((const gchar *) text->data, text->len, &bad)) {
    guint at = (guint) (bad - (const gchar *) text->data);

    if (*bad == '\0')
      return g_strdup_printf (_("The server's clipboard text has a zero byte at %u of %u bytes"), at, text->len);
    return g_strdup_printf (_("The server's clipboard text is no UTF-8: byte 0x%02x at %u of %u"),
                            (guint) text->data[at], at, text->len);
  }
  for (guint i = 0; i < text->len; i++) {
    if (text->data[i] == '\r') {
      text->data[to++] = '\n';
      if (i + 1 < text->len && text->data[i + 1] == '\n')
        i++;
    } else {
      text->data[to++] = text->data[i];
    }
  }
  g_byte_array_set_size (text, to);
  return NULL;
}

/* All of a format has come. */
static void
clipboard_data_end (GvncClipboard *self,
                    GvncBatch     *batch)
{
  guint32 format = clipboard_lowest (self->formats_left);
  g_autofree char *bad = format == GVNC_CLIPBOARD_TEXT ? clipboard_text_from_wire (self->data) : NULL;

  self->formats_left &= ~format;
  self->n_size = 0;
  if (bad != NULL) {
    clipboard_refuse (self, format, batch, bad);
    g_clear_pointer (&self->data, g_byte_array_unref);
  } else {
    GvncEvent *event = gvnc_batch_event (batch, GVNC_EVENT_CLIPBOARD_DATA);

    self->formats_read |= format;
    batch->n_bytes += self->data->len;
    event->number = format;
    event->data = g_byte_array_free_to_bytes (g_steal_pointer (&self->data));
  }
}

/* The size of the next format is known. A format that is too large makes those behind it unreachable as well. */
static void
clipboard_data_begin (GvncClipboard *self,
                      GvncBatch     *batch)
{
  guint32 format = clipboard_lowest (self->formats_left);
  GvncReader size = gvnc_reader_init (self->size_bytes, sizeof self->size_bytes);

  self->size = gvnc_reader_u32 (&size);
  if (self->size > gvnc_clipboard_ceiling (format)) {
    g_autofree char *sentence =
      g_strdup_printf (_("The server's clipboard holds %zu bytes; at most %zu"
                         " are accepted"), self->size, gvnc_clipboard_ceiling (format));

    for (; self->formats_left != 0; self->formats_left &= self->formats_left - 1)
      clipboard_refuse (self, clipboard_lowest (self->formats_left), batch, sentence);
    clipboard_drop_data (self);
    return;
  }
  self->data = g_byte_array_new ();
  if (self->size == 0)
    clipboard_data_end (self, batch);
}

/* Inflates what can be had of one size or of one format's data; FALSE in @more when the input is used up. */
static gboolean
clipboard_inflate (GvncClipboard  *self,
                   GvncBatch      *batch,
                   gboolean       *more,
                   GError        **error)
{
  gsize got;

  if (self->data == NULL) {
    gsize room = 4 - self->n_size;

    if (!gvnc_inflate_read (self->inflate, self->size_bytes + self->n_size, room, &got, error))
      return FALSE;
    self->n_size += (guint) got;
    *more = got == room;
    if (self->n_size == 4)
      clipboard_data_begin (self, batch);
  } else {
    guint before = self->data->len;
    gsize room = MIN (self->size - before, CHUNK);

    g_byte_array_set_size (self->data, before + (guint) room);
    if (!gvnc_inflate_read (self->inflate, self->data->data + before, room, &got, error))
      return FALSE;
    g_byte_array_set_size (self->data, before + (guint) got);
    *more = got == room;
    if (self->data->len == self->size)
      clipboard_data_end (self, batch);
  }
  return TRUE;
}

/* Bytes of a provide, or such as nobody needs. */
static gboolean
clipboard_data (GvncClipboard  *self,
                GvncReader     *in,
                GvncBatch      *batch,
                GError        **error)
{
  gsize len = MIN (self->left, gvnc_reader_left (in));
  gboolean more = TRUE;

  self->left -= len;
  if (self->formats_left != 0)
    gvnc_inflate_give (self->inflate, gvnc_reader_bytes (in, len), len);
  else
    gvnc_reader_bytes (in, len);
  while (self->formats_left != 0 && more)
    if (!clipboard_inflate (self, batch, &more, error))
      return FALSE;
  if (self->left > 0)
    return TRUE;
  if (self->formats_left != 0)
    return gvnc_protocol_error (error, _("The server's clipboard data ends after %u of %zu bytes"),
                                self->data != NULL ? self->data->len : self->n_size,
                                self->data != NULL ? self->size : sizeof self->size_bytes);
  clipboard_drop_data (self);
  return TRUE;
}

gboolean
gvnc_clipboard_take (GvncClipboard  *self,
                     GvncReader     *in,
                     GvncBatch      *batch,
                     GvncWriter     *out,
                     GError        **error)
{
  if (!self->has_flags) {
    if (!clipboard_flags (self, in, batch, out, error))
      return FALSE;
    /* Without any formats, all has come. */
    if ((self->flags & GVNC_CLIPBOARD_CAPS) && clipboard_caps_len (self->flags) == 0)
      clipboard_caps (self, in, batch, out);
  } else if (self->flags & GVNC_CLIPBOARD_CAPS) {
    clipboard_caps (self, in, batch, out);
  } else if (!clipboard_data (self, in, batch, error)) {
    return FALSE;
  }
  if (self->left == 0 && (self->flags & GVNC_CLIPBOARD_PROVIDE))
    gvnc_batch_number (batch, GVNC_EVENT_CLIPBOARD_PROVIDED, self->formats_read);
  return TRUE;
}
