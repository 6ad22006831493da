/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/fuzz.h"

#include "lib/memory-layer.h"
#include "transport/websocket.h"

/* A WebSocket, against a server that sends the bytes.
 *
 *   U8 how many bytes a read or a write moves at a time; 0: all
 *   U8 0: an answer to the request; else frames, and at most as many bytes are read at a time
 */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  GvncMemoryLayer *memory;
  GvncLayer *layer;
  guint8 buffer[256];
  g_autoptr (GError) error = NULL;
  guint n_again = 0;
  gssize n;

  if (size < 2)
    return 0;
  if (data[1] == 0) {
    gboolean ok = gvnc_websocket_check_answer ((const char *) data + 2, size - 2, "dGhlIHNhbXBsZSBub25jZQ==", "binary", &error);

    g_assert (ok == (error == NULL));
    g_assert (ok || g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  memory = gvnc_memory_layer_new ();
  layer = gvnc_memory_layer_websocket (memory);
  memory->step_len = data[0];
  memory->ends = TRUE;
  g_byte_array_append (memory->in, data + 2, (guint) (size - 2));
  do {
    n = gvnc_layer_read (layer, buffer, data[1], &error);
    g_assert (n <= data[1]);
    if (n == GVNC_LAYER_AGAIN)
      g_assert (++n_again <= size);
  } while (n > 0 || n == GVNC_LAYER_AGAIN);
  g_assert ((n == GVNC_LAYER_ERROR) == (error != NULL));
  g_assert (error == NULL || g_utf8_validate (error->message, -1, NULL));
  gvnc_layer_free (layer);
  return 0;
}
