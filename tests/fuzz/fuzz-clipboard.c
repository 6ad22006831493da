/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/fuzz.h"

#include "session/clipboard.h"
#include "session/limits.h"

#include <string.h>

/* The extended clipboard, against a server that sends the bytes and an application that asks for and gives all it can.
 *
 *   U8 how many bytes arrive at a time; 0: all
 *   then messages as on the wire, each with U16 length in place of the header of ServerCutText
 */
typedef struct {
  GvncClipboard  clipboard;
  GvncBatch     *batch;
  GvncWriter     out;
} Target;

/* Answers what was asked, reads all that has come, and checks what the application may rely on. */
static void
target_answer (Target *self)
{
  g_autoptr (GBytes) data = g_bytes_new_static ("a\nb", 3);

  for (guint i = 0; i < self->batch->events->len; i++) {
    const GvncEvent *event = &g_array_index (self->batch->events, GvncEvent, i);
    gsize len;
    const char *bytes;

    switch (event->kind) {
    case GVNC_EVENT_CLIPBOARD_REQUESTED:
      for (guint32 format = 1; format & GVNC_CLIPBOARD_FORMATS; format <<= 1)
        if (event->number & format)
          gvnc_clipboard_provide (&self->clipboard, format, i % 3 == 0 ? NULL : data, &self->out);
      break;
    case GVNC_EVENT_CLIPBOARD_OFFERED:
      gvnc_clipboard_request (&self->clipboard, event->number, &self->out);
      break;
    case GVNC_EVENT_CLIPBOARD_DATA:
      bytes = g_bytes_get_data (event->data, &len);
      g_assert_cmpuint (len, <=, gvnc_clipboard_ceiling (event->number));
      if (event->number == GVNC_CLIPBOARD_TEXT && len > 0) {
        g_assert_true (g_utf8_validate_len (bytes, len, NULL));
        g_assert_null (memchr (bytes, '\r', len));
      }
      break;
    case GVNC_EVENT_CLIPBOARD_REFUSED:
      bytes = g_bytes_get_data (event->data, &len);
      g_assert_true (g_utf8_validate_len (bytes, len, NULL));
      break;
    default:
      break;
    }
  }
}

/* FALSE when the session has ended. */
static gboolean
target_message (Target       *self,
                const guint8 *bytes,
                gsize         len,
                gsize         step_len)
{
  GvncReader all = gvnc_reader_init (bytes, len);

  if (!gvnc_clipboard_begin (&self->clipboard, len, NULL))
    return FALSE;
  for (gsize want; (want = gvnc_clipboard_want (&self->clipboard)) > 0;) {
    gsize n = MIN (MAX (want, step_len), gvnc_reader_left (&all));
    GvncReader in = gvnc_reader_init (all.pos, n);

    g_assert_cmpuint (want, <=, n);
    if (!gvnc_clipboard_take (&self->clipboard, &in, self->batch, &self->out, NULL))
      return FALSE;
    g_assert_false (in.overrun);
    g_assert_cmpuint (gvnc_reader_left (&in), <, n);
    all.pos = in.pos;
  }
  g_assert_cmpuint (gvnc_reader_left (&all), ==, 0);
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  GvncReader in = gvnc_reader_init (data, size);
  guint8 step_len = gvnc_reader_u8 (&in);
  gboolean alive = TRUE;
  Target self = { 0 };

  gvnc_clipboard_init (&self.clipboard);
  gvnc_writer_init (&self.out, GVNC_LIMIT_OUTPUT_LEN);
  gvnc_clipboard_ask (&self.clipboard, TRUE);
  for (guint n = 0; alive && gvnc_reader_left (&in) >= 2; n++) {
    gsize len = gvnc_reader_u16 (&in);

    len = MIN (len, gvnc_reader_left (&in));
    self.batch = gvnc_batch_new ();
    alive = target_message (&self, gvnc_reader_bytes (&in, len), len, step_len > 0 ? step_len : G_MAXUINT16);
    if (alive && n % 4 == 1)
      gvnc_clipboard_offer (&self.clipboard, n % 16, self.batch, &self.out);
    target_answer (&self);
    gvnc_batch_free (self.batch);
    if (gvnc_writer_left (&self.out) > 0)
      gvnc_writer_consume (&self.out, gvnc_writer_left (&self.out));
  }
  gvnc_clipboard_clear (&self.clipboard);
  gvnc_writer_clear (&self.out);
  return 0;
}
