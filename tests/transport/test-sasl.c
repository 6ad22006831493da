/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/layer.h"

#include "security/drive.h"
#include "security/sasl.h"
#include "transport/sasl.h"

#include <sasl/sasl.h>
#include <sasl/saslplug.h>
#include <string.h>

/* The layer of SASL with what a mechanism of the library's own, DIGEST-MD5, puts data in, against the library's server. */

#define MECHANISM "DIGEST-MD5"

/* ---- the library's server, which knows everybody's password ---- */

static int
layer_option (void        *context,
              const char  *plugin,
              const char  *option,
              const char **value,
              unsigned    *len)
{
  static const char *const options[][2] = { { "mech_list", MECHANISM }, { "auxprop_plugin", "test" } };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (g_str_equal (option, options[i][0])) {
      *value = options[i][1];
      if (len != NULL)
        *len = (unsigned) strlen (options[i][1]);
      return SASL_OK;
    }
  return SASL_FAIL;
}

static int
layer_lookup (void                 *glob,
              sasl_server_params_t *params,
              unsigned              flags,
              const char           *user,
              unsigned              len)
{
  for (const struct propval *wanted = params->utils->prop_get (params->propctx); wanted != NULL && wanted->name != NULL; wanted++)
    if (g_str_has_suffix (wanted->name, "userPassword"))
      params->utils->prop_set (params->propctx, wanted->name, "password", -1);
  return SASL_OK;
}

static int
layer_plugin (const sasl_utils_t     *utils,
              int                     most_version,
              int                    *version,
              sasl_auxprop_plug_t   **plugin,
              const char             *name)
{
  static sasl_auxprop_plug_t test = { .auxprop_lookup = layer_lookup, .name = (char *) "test" };

  *version = SASL_AUXPROP_PLUG_VERSION;
  *plugin = &test;
  return SASL_OK;
}

static sasl_conn_t *
layer_server (gboolean enciphers)
{
  static const sasl_callback_t callbacks[] = {
    { SASL_CB_GETOPT, (int (*) (void)) (void (*) (void)) layer_option, NULL },
    { SASL_CB_LIST_END, NULL, NULL },
  };
  const sasl_security_properties_t properties = { .max_ssf = enciphers ? 128 : 1, .min_ssf = 1, .maxbufsize = 4096 };
  static gboolean ready;
  sasl_conn_t *conn = NULL;
  int status;

  if (!ready) {
    status = sasl_server_init (callbacks, "test");
    g_assert (status == SASL_OK);
    status = sasl_auxprop_add_plugin ("test", layer_plugin);
    g_assert (status == SASL_OK);
    ready = TRUE;
  }
  status = sasl_server_new ("vnc", "localhost", "realm", NULL, NULL, callbacks, SASL_SUCCESS_DATA, &conn);
  g_assert (status == SASL_OK);
  status = sasl_setprop (conn, SASL_SEC_PROPS, &properties);
  g_assert (status == SASL_OK);
  return conn;
}

/* ---- the client's handler of SASL, up to its layer ---- */

static void
layer_tell (GvncDrive          *drive,
            const GvncDriveApp *app,
            const char         *bytes,
            unsigned            len,
            guint8              complete)
{
  g_autoptr (GByteArray) wire = g_byte_array_new ();
  const guint8 head[4] = { 0, 0, (guint8) ((len + 1) >> 8), (guint8) (len + 1) }, tail[2] = { 0, complete };
  gboolean ok;

  g_byte_array_append (wire, head, sizeof head);
  g_byte_array_append (wire, (const guint8 *) bytes, len);
  g_byte_array_append (wire, tail, sizeof tail);
  ok = gvnc_drive_bytes (drive, app, wire->data, wire->len);
  g_assert (ok);
}

/* The client's end of it; NULL when the mechanism is not installed. */
static sasl_conn_t *
layer_establish (sasl_conn_t *server)
{
  /* The mechanism goes a shorter way for one that it has seen before. */
  static guint n_users;
  g_autofree char *user = g_strdup_printf ("user-%u", n_users++);
  const GvncDriveApp app = { "password", user, 0 };
  sasl_conn_t *client = NULL;
  const char *bytes = NULL;
  unsigned len = 0;
  GvncDrive drive;
  int status;

  gvnc_drive_init (&drive, &gvnc_security_sasl);
  drive.link.allow_plain = TRUE;   /* or it insists on being enciphered */
  if (gvnc_drive_feed (&drive, &app, "0000000a '" MECHANISM "'")) {
    gsize before_len = 4 + strlen (MECHANISM) + 4;

    status = sasl_server_start (server, MECHANISM, NULL, 0, &bytes, &len);
    g_assert (status == SASL_CONTINUE);
    layer_tell (&drive, &app, bytes, len, FALSE);
    status = sasl_server_step (server, (const char *) gvnc_writer_peek (&drive.out) + before_len + 4,
                               (unsigned) (gvnc_writer_left (&drive.out) - before_len - 5), &bytes, &len);
    g_assert (status == SASL_OK);
    layer_tell (&drive, &app, bytes, len, TRUE);
    g_assert (drive.security->done && drive.security->layer != NULL);
    client = g_steal_pointer (&drive.security->layer->data);
  }
  gvnc_drive_clear (&drive);
  return client;
}

static void
layer_seal (gpointer      server,
            const guint8 *bytes,
            guint16       len,
            GByteArray   *wire)
{
  const char *sealed = NULL;
  unsigned sealed_len = 0;
  int status = len > 0 ? sasl_encode (server, (const char *) bytes, len, &sealed, &sealed_len) : SASL_OK;

  g_assert (status == SASL_OK);
  if (sealed_len > 0)
    g_byte_array_append (wire, (const guint8 *) sealed, sealed_len);
}

/* As in fuzz/layer.h; where something is not sealed right, nothing behind it comes out. */
typedef struct {
  const char *name;
  const char *wire;
  const char *error;   /* NULL: none */
} Row;

static const Row rows[] = {
  { "a session", "07 10 05  00 000c 'RFB 003.008\n' 02 000c 'RFB 003.008\n' 00 012c 00*300 02 0003 'abc'", NULL },
  { "all at once", "00 ff 00  00 03e8 61*1000 00 03e8 62*1000", NULL },
  { "a byte at a time", "01 01 01  00 0005 'hello' 02 0005 'world'", NULL },
  { "all there before the layer", "00 08 ff  00 0005 'hello' 00 0005 'again'", NULL },
  { "much is written", "80 08 00  02 3000 78*12288 00 0001 'y'", NULL },
  { "no seal", "00 08 00  00 0004 'good' 01 0024 00000020 55*32 00 0001 'x'", "*no proper SASL packet*" },
  { "the greatest length", "00 08 00  01 0004 ffffffff 00 0001 'x'", "*no proper SASL packet*" },
  { "a length of zero", "00 08 00  01 0004 00000000 00 0001 'x'", "*no proper SASL packet*" },
};

/* A server whose packets bring nothing does not keep the thread in one read; here they come a byte at a time. */
static void
test_little (void)
{
  g_autoptr (GBytes) bytes = gvnc_drive_wire ("01 ff 00  00 03e8 61*1000");
  sasl_conn_t *server = layer_server (FALSE);
  sasl_conn_t *client = layer_establish (server);
  GvncFuzzLayer layer;

  if (client == NULL) {
    g_test_skip ("the package with DIGEST-MD5 is not installed");
    gvnc_sasl_free (server);
    return;
  }
  gvnc_fuzz_layer_init (&layer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), layer_seal, server);
  gvnc_fuzz_layer_run (&layer, gvnc_sasl_layer_new (client, &layer.memory->layer, layer.received));
  g_assert_no_error (layer.error);
  g_assert_cmpuint (layer.n_pauses, >=, 1000 / GVNC_LAYER_ROUNDS);
  gvnc_fuzz_layer_clear (&layer);
  gvnc_sasl_free (server);
}

static void
test_layer (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GBytes) bytes = gvnc_drive_wire (row->wire);

  for (guint enciphers = 0; enciphers < 2; enciphers++) {
    sasl_conn_t *server = layer_server (enciphers);
    sasl_conn_t *client = layer_establish (server);
    const char *opened = NULL;
    unsigned opened_len = 0;
    GvncFuzzLayer layer;

    if (client == NULL) {
      g_test_skip ("the package with DIGEST-MD5 is not installed");
      gvnc_sasl_free (server);
      return;
    }
    gvnc_fuzz_layer_init (&layer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), layer_seal, server);
    gvnc_fuzz_layer_run (&layer, gvnc_sasl_layer_new (client, &layer.memory->layer, layer.received));
    if (layer.sent->len > 0)
      g_assert_cmpint (sasl_decode (server, (const char *) layer.sent->data, layer.sent->len, &opened, &opened_len), ==, SASL_OK);
    g_assert_cmpmem (opened, opened_len, layer.written->data, layer.written->len);
    g_assert_cmpint (layer.error != NULL, ==, row->error != NULL);
    if (row->error != NULL && !g_pattern_match_simple (row->error, layer.error->message))
      g_error ("“%s” is not like “%s”", layer.error->message, row->error);
    gvnc_fuzz_layer_clear (&layer);
    gvnc_sasl_free (server);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/transport/sasl/", rows[i].name, NULL);

    g_test_add_data_func (path, &rows[i], test_layer);
  }
  g_test_add_func ("/transport/sasl/little at a time", test_little);
  return g_test_run ();
}
