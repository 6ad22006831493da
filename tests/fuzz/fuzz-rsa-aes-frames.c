/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/layer.h"

#include "security/rsa-aes.h"
#include "transport/rsa-aes.h"

#include <string.h>

/* The layer of RSA-AES; the bytes are as in layer.h. */

static void
frames_keys (GvncRsaAesKeys *keys)
{
  static const guint8 in[32] = { 1 }, out[16] = { 2 };

  gvnc_eax_init (&keys->in, in, sizeof in);
  gvnc_eax_init (&keys->out, out, sizeof out);
}

/* What was written comes out at the other end. */
static void
frames_check_sent (const GByteArray *wire,
                   const GByteArray *expected)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  static guint8 opened[G_MAXUINT16];
  GvncRsaAesKeys keys;
  gsize at = 0;

  frames_keys (&keys);
  while (at < wire->len) {
    guint16 len = (guint16) (wire->data[at] << 8 | wire->data[at + 1]);

    g_assert (wire->len - at >= (gsize) GVNC_EAX_EXTRA_LEN + len);
    g_assert (gvnc_eax_open (&keys.out, wire->data + at, len, opened));
    g_byte_array_append (text, opened, len);
    at += GVNC_EAX_EXTRA_LEN + len;
  }
  g_assert (text->len == expected->len);
  g_assert (text->len == 0 || memcmp (text->data, expected->data, text->len) == 0);
}

static void
frames_seal (gpointer      server,
             const guint8 *bytes,
             guint16       len,
             GByteArray   *wire)
{
  guint at = wire->len;

  g_byte_array_set_size (wire, at + GVNC_EAX_EXTRA_LEN + len);
  gvnc_eax_seal (&((GvncRsaAesKeys *) server)->in, bytes, len, wire->data + at);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  GvncRsaAesKeys *keys = g_new0 (GvncRsaAesKeys, 1), server;
  GvncFuzzLayer fuzz;

  frames_keys (&server);
  frames_keys (keys);
  gvnc_fuzz_layer_init (&fuzz, data, size, frames_seal, &server);
  gvnc_fuzz_layer_run (&fuzz, gvnc_rsa_aes_layer_new (keys, &fuzz.memory->layer, fuzz.received));
  frames_check_sent (fuzz.sent, fuzz.written);
  gvnc_fuzz_layer_clear (&fuzz);
  return 0;
}
