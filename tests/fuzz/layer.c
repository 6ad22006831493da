/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/layer.h"

#include <string.h>

void
gvnc_fuzz_layer_init (GvncFuzzLayer *self,
                      const guint8  *data,
                      gsize          size,
                      GvncFuzzSeal   seal,
                      gpointer       server)
{
  g_autoptr (GByteArray) wire = g_byte_array_new ();
  guint8 head[3] = { 0 };
  guint early_len;

  if (size > 0) {
    const gsize head_len = MIN (size, sizeof head);

    memcpy (head, data, head_len);
    data += head_len;
    size -= head_len;
  }
  *self = (GvncFuzzLayer) {
    .memory = gvnc_memory_layer_new (),
    .read_len = MAX (head[1], 1),
    .expected = g_byte_array_new (),
    .all_good = TRUE,
    .written = g_byte_array_new (),
  };

  while (size >= 3) {
    guint16 len = (guint16) MIN ((gsize) data[1] << 8 | data[2], size - 3);
    const guint8 *bytes = data + 3;

    if (data[0] == 0) {
      seal (server, bytes, len, wire);
      if (self->all_good)
        g_byte_array_append (self->expected, bytes, len);
    } else if (data[0] == 1) {
      g_byte_array_append (wire, bytes, len);
      self->all_good = self->all_good && len == 0;
    } else {
      g_byte_array_append (self->written, bytes, len);
    }
    data += 3 + len;
    size -= (gsize) 3 + len;
  }

  early_len = MIN (head[2], wire->len);
  self->received = g_bytes_new (wire->data, early_len);
  if (wire->len > early_len)
    g_byte_array_append (self->memory->in, wire->data + early_len, wire->len - early_len);
  self->memory->step_len = head[0];
  self->memory->ends = TRUE;
  self->sent = g_byte_array_ref (self->memory->out);
}

/* There is room for a step only, each time. */
static void
layer_write (GvncFuzzLayer *self,
             GvncLayer     *layer)
{
  gsize step_len = self->memory->step_len > 0 ? self->memory->step_len : G_MAXUINT16;
  gsize at = 0;

  self->memory->room = 0;
  while (at < self->written->len) {
    gssize n = gvnc_layer_write (layer, self->written->data + at, self->written->len - at, NULL);

    if (n == GVNC_LAYER_AGAIN) {
      self->memory->room += step_len;
      continue;
    }
    g_assert (n > 0 && (gsize) n <= self->written->len - at);
    at += (gsize) n;
  }
}

void
gvnc_fuzz_layer_run (GvncFuzzLayer *self,
                     GvncLayer     *layer)
{
  g_autoptr (GByteArray) got = g_byte_array_new ();
  guint8 buffer[G_MAXUINT8];
  gssize n;

  layer_write (self, layer);
  while ((n = gvnc_layer_read (layer, buffer, self->read_len, &self->error)) > 0 || (n == GVNC_LAYER_AGAIN && layer->paused)) {
    self->n_pauses += n == GVNC_LAYER_AGAIN;
    g_assert (n <= (gssize) self->read_len);
    g_byte_array_append (got, buffer, (guint) MAX (n, 0));
  }
  g_assert (n == GVNC_LAYER_END || n == GVNC_LAYER_ERROR);
  g_assert ((n == GVNC_LAYER_ERROR) == (self->error != NULL));
  g_assert (self->error == NULL || (!self->all_good && g_utf8_validate (self->error->message, -1, NULL)));
  /* A layer may open several packets at once, and give none out when one of them is bad. */
  g_assert (self->error != NULL ? got->len <= self->expected->len : got->len == self->expected->len);
  g_assert (got->len == 0 || memcmp (got->data, self->expected->data, got->len) == 0);
  gvnc_layer_free (layer);
  self->memory = NULL;
}

void
gvnc_fuzz_layer_clear (GvncFuzzLayer *self)
{
  g_bytes_unref (self->received);
  g_byte_array_unref (self->expected);
  g_byte_array_unref (self->written);
  g_byte_array_unref (self->sent);
  g_clear_error (&self->error);
}
