/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/layer.h"

#include "security/drive.h"
#include "security/rsa-aes.h"
#include "transport/rsa-aes.h"

/* The layer of RSA-AES, against the server's side of it; bytes as in fuzz/layer.h. */

typedef struct {
  const char *name;
  const char *wire;
  const char *error;   /* NULL: none */
} Row;

static const Row rows[] = {
  { "a session", "07 10 05  00 000c 'RFB 003.008\n' 02 000c 'RFB 003.008\n' 00 012c 00*300 02 0003 'abc'", NULL },
  { "a byte at a time", "01 01 01  00 0005 'hello' 02 0005 'world'", NULL },
  { "all there before the layer", "00 08 ff  00 0005 'hello' 00 0005 'again'", NULL },
  { "an empty message", "00 08 00  00 0000 00 0001 'x'", NULL },
  { "the longest message", "00 ff 00  00 ffff 61*65535 00 0001 'x'", NULL },
  { "much is written", "80 08 00  02 3000 78*12288 00 0001 'y'", NULL },
  { "cut short", "00 08 00  00 0004 'good' 01 0004 00400000", NULL },
  { "no seal", "00 08 00  00 0004 'good' 01 0016 0004 55*20 00 0001 'x'", "*changed on its way" },
  { "an empty message without a seal", "00 08 00  01 0012 0000 00*16", "*changed on its way" },
  { "a length that is not the message's", "00 08 00  01 0001 00 00 0100 55*256 00 0001 'x'", "*changed on its way" },
};

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

static void
frames_run (GvncFuzzLayer *layer,
            const char    *wire)
{
  static const guint8 keys[2][16] = { { 1 }, { 2 } };
  g_autoptr (GBytes) bytes = gvnc_drive_wire (wire);
  GvncRsaAesKeys server, *client = g_new0 (GvncRsaAesKeys, 1);

  gvnc_eax_init (&server.in, keys[0], sizeof keys[0]);
  gvnc_eax_init (&client->in, keys[0], sizeof keys[0]);
  gvnc_eax_init (&client->out, keys[1], sizeof keys[1]);
  gvnc_fuzz_layer_init (layer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), frames_seal, &server);
  gvnc_fuzz_layer_run (layer, gvnc_rsa_aes_layer_new (client, &layer->memory->layer, layer->received));
}

static void
test_frames (gconstpointer data)
{
  const Row *row = data;
  GvncFuzzLayer layer;
  gsize sent_len;

  frames_run (&layer, row->wire);
  /* frames of 8192 bytes at most */
  sent_len = layer.written->len + (layer.written->len + 8191) / 8192 * GVNC_EAX_EXTRA_LEN;
  g_assert_cmpuint (layer.sent->len, ==, sent_len);
  g_assert_cmpint (layer.error != NULL, ==, row->error != NULL);
  if (row->error != NULL && !g_pattern_match_simple (row->error, layer.error->message))
    g_error ("“%s” is not like “%s”", layer.error->message, row->error);
  gvnc_fuzz_layer_clear (&layer);
}

/* A server that sends nothing else does not keep the thread in one read. */
static void
test_many_empty (void)
{
  g_autoptr (GString) wire = g_string_new ("00 08 00 ");
  GvncFuzzLayer layer;

  for (guint i = 0; i < 5 * GVNC_LAYER_ROUNDS; i++)
    g_string_append (wire, " 00 0000");
  g_string_append (wire, " 00 0001 'x'");
  frames_run (&layer, wire->str);
  g_assert_no_error (layer.error);
  g_assert_cmpuint (layer.n_pauses, ==, 5);
  gvnc_fuzz_layer_clear (&layer);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/transport/rsa-aes/", rows[i].name, NULL);

    g_test_add_data_func (path, &rows[i], test_frames);
  }
  g_test_add_func ("/transport/rsa-aes/many empty messages", test_many_empty);
  return g_test_run ();
}
