/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/memory-layer.h"

#include "transport/websocket.h"

#include <string.h>

static gssize
memory_read (GvncLayer  *layer,
             guint8     *buffer,
             gsize       len,
             GError    **error)
{
  GvncMemoryLayer *self = (GvncMemoryLayer *) layer;
  gsize n = MIN (len, self->in->len);

  if (self->step_len > 0)
    n = MIN (n, self->step_len);
  if (n == 0)
    return self->ends ? GVNC_LAYER_END : GVNC_LAYER_AGAIN;
  memcpy (buffer, self->in->data, n);
  g_byte_array_remove_range (self->in, 0, (guint) n);
  return (gssize) n;
}

static gssize
memory_write (GvncLayer     *layer,
              const guint8  *bytes,
              gsize          len,
              GError       **error)
{
  GvncMemoryLayer *self = (GvncMemoryLayer *) layer;
  gsize n = MIN (len, self->room);

  if (self->step_len > 0)
    n = MIN (n, self->step_len);
  if (n == 0)
    return GVNC_LAYER_AGAIN;
  self->room -= n;
  g_byte_array_append (self->out, bytes, (guint) n);
  return (gssize) n;
}

static gint
memory_poll (GvncLayer    *layer,
             GIOCondition  wanted,
             GIOCondition *condition)
{
  *condition = wanted;
  return -1;
}

static void
memory_free (GvncLayer *layer)
{
  GvncMemoryLayer *self = (GvncMemoryLayer *) layer;

  if (self->freed != NULL)
    *self->freed = TRUE;
  g_byte_array_unref (self->in);
  g_byte_array_unref (self->out);
  g_free (self);
}

static const GvncLayerType memory_layer_type = {
  .name = "memory",
  .read = memory_read,
  .write = memory_write,
  .poll = memory_poll,
  .free = memory_free,
};

GvncMemoryLayer *
gvnc_memory_layer_new (void)
{
  GvncMemoryLayer *self = g_new0 (GvncMemoryLayer, 1);

  self->layer.type = &memory_layer_type;
  self->in = g_byte_array_new ();
  self->out = g_byte_array_new ();
  self->room = G_MAXSIZE;
  return self;
}

GvncLayer *
gvnc_memory_layer_websocket (GvncMemoryLayer *memory)
{
  GvncTarget target = { .host = (char *) "host", .port = (char *) "80" };
  GvncLayer *layer = gvnc_websocket_layer_new (&memory->layer, &target, NULL);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *request = NULL, *accept = NULL, *answer = NULL;
  guint8 digest[20];
  gsize len = sizeof digest;
  const char *key;

  g_assert_nonnull (layer);
  g_assert_cmpint (layer->type->handshake (layer, NULL), ==, GVNC_LAYER_AGAIN);
  request = g_strndup ((const char *) memory->out->data, memory->out->len);
  key = strstr (request, "Sec-WebSocket-Key: ");
  g_assert_nonnull (key);
  g_checksum_update (sum, (const guchar *) key + strlen ("Sec-WebSocket-Key: "), 24);
  g_checksum_update (sum, (const guchar *) "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", -1);
  g_checksum_get_digest (sum, digest, &len);
  accept = g_base64_encode (digest, len);
  answer = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nconnection: keep-alive, upgrade\r\n"
                            "Sec-WebSocket-Accept: %s\r\nSec-WebSocket-Protocol: binary\r\n\r\n", accept);
  g_byte_array_append (memory->in, (const guint8 *) answer, (guint) strlen (answer));
  g_assert_cmpint (layer->type->handshake (layer, NULL), ==, 0);
  g_byte_array_set_size (memory->out, 0);
  return layer;
}
