/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/layer.h"

#include "security/drive.h"
#include "security/eax.h"
#include "security/sasl.h"
#include "transport/sasl.h"

#include <sasl/sasl.h>
#include <sasl/saslplug.h>
#include <string.h>
#include <sys/uio.h>

/* The layer of SASL; the bytes are as in layer.h. The mechanism below is the target's own: those that come with the
 * library need milliseconds for each connection. Its packets are like theirs, U32 length | a sealed frame of eax.h. */

#define MECHANISM       "FUZZ"
#define MOST_PACKET_LEN 4096

typedef struct {
  GvncEax     in;
  GvncEax     out;
  GByteArray *packet;    /* what has come of the next */
  GByteArray *decoded;
  GByteArray *encoded;
} Mechanism;

static void
mechanism_seal (GvncEax      *eax,
                const guint8 *bytes,
                guint16       len,
                GByteArray   *wire)
{
  guint at = wire->len, frame_len = GVNC_EAX_EXTRA_LEN + len;
  const guint8 head[4] = { 0, 0, (guint8) (frame_len >> 8), (guint8) frame_len };

  g_byte_array_append (wire, head, sizeof head);
  g_byte_array_set_size (wire, at + 4 + frame_len);
  gvnc_eax_seal (eax, bytes, len, wire->data + at + 4);
}

static int
mechanism_encode (void                *context,
                  const struct iovec  *parts,
                  unsigned             n_parts,
                  const char         **output,
                  unsigned            *len)
{
  Mechanism *self = context;

  g_byte_array_set_size (self->encoded, 0);
  for (unsigned i = 0; i < n_parts; i++)
    mechanism_seal (&self->out, parts[i].iov_base, (guint16) parts[i].iov_len, self->encoded);
  *output = (const char *) self->encoded->data;
  *len = self->encoded->len;
  return SASL_OK;
}

/* The packet that is whole; its length is that of the frame in it. */
static int
mechanism_open (Mechanism *self,
                guint      frame_len)
{
  const guint8 *frame = self->packet->data + 4;
  guint16 len = (guint16) (frame_len - GVNC_EAX_EXTRA_LEN);
  guint at = self->decoded->len;

  if (frame_len < GVNC_EAX_EXTRA_LEN || (frame[0] << 8 | frame[1]) != len)
    return SASL_BADPROT;
  g_byte_array_set_size (self->decoded, at + len);
  if (!gvnc_eax_open (&self->in, frame, len, self->decoded->data + at))
    return SASL_BADMAC;
  g_byte_array_remove_range (self->packet, 0, 4 + frame_len);
  return SASL_OK;
}

static int
mechanism_decode (void        *context,
                  const char  *input,
                  unsigned     input_len,
                  const char **output,
                  unsigned    *len)
{
  Mechanism *self = context;

  g_byte_array_append (self->packet, (const guint8 *) input, input_len);
  g_byte_array_set_size (self->decoded, 0);
  while (self->packet->len >= 4) {
    guint32 frame_len;
    int status;

    memcpy (&frame_len, self->packet->data, 4);
    frame_len = GUINT32_FROM_BE (frame_len);
    if (frame_len > MOST_PACKET_LEN + GVNC_EAX_EXTRA_LEN)
      return SASL_BUFOVER;
    if (self->packet->len < 4 + frame_len)
      break;
    status = mechanism_open (self, frame_len);
    if (status != SASL_OK)
      return status;
  }
  *output = (const char *) self->decoded->data;
  *len = self->decoded->len;
  return SASL_OK;
}

static Mechanism *
mechanism_new (void)
{
  static const guint8 in[16] = { 1 }, out[16] = { 2 };
  Mechanism *self = g_new0 (Mechanism, 1);

  gvnc_eax_init (&self->in, in, sizeof in);
  gvnc_eax_init (&self->out, out, sizeof out);
  self->packet = g_byte_array_new ();
  self->decoded = g_byte_array_sized_new (MOST_PACKET_LEN);   /* never a NULL that something is added to */
  self->encoded = g_byte_array_new ();
  return self;
}

static int
mechanism_begin (void                  *global,
                 sasl_client_params_t  *params,
                 void                 **context)
{
  *context = mechanism_new ();
  return SASL_OK;
}

/* Done at once. */
static int
mechanism_step (void                  *context,
                sasl_client_params_t  *params,
                const char            *input,
                unsigned               input_len,
                sasl_interact_t      **prompts,
                const char           **output,
                unsigned              *len,
                sasl_out_params_t     *result)
{
  int status = params->canon_user (params->utils->conn, "user", 0, SASL_CU_AUTHID | SASL_CU_AUTHZID, result);

  *output = NULL;
  *len = 0;
  result->doneflag = 1;
  result->mech_ssf = 128;
  result->maxoutbuf = MOST_PACKET_LEN;
  result->encode_context = result->decode_context = context;
  result->encode = mechanism_encode;
  result->decode = mechanism_decode;
  return status;
}

static void
mechanism_end (void               *context,
               const sasl_utils_t *utils)
{
  Mechanism *self = context;

  g_byte_array_unref (self->packet);
  g_byte_array_unref (self->decoded);
  g_byte_array_unref (self->encoded);
  g_free (self);
}

static int
mechanism_plugin (const sasl_utils_t    *utils,
                  int                    most_version,
                  int                   *version,
                  sasl_client_plug_t   **plugins,
                  int                   *n_plugins)
{
  static sasl_client_plug_t plugin = {
    .mech_name = MECHANISM,
    .max_ssf = 128,
    .security_flags = SASL_SEC_NOPLAINTEXT | SASL_SEC_NOANONYMOUS,
    .mech_new = mechanism_begin,
    .mech_step = mechanism_step,
    .mech_dispose = mechanism_end,
  };

  *version = SASL_CLIENT_PLUG_VERSION;
  *plugins = &plugin;
  *n_plugins = 1;
  return SASL_OK;
}

/* What the client's handler of SASL makes for the layer. */
static sasl_conn_t *
layer_establish (void)
{
  static const GvncDriveApp app = { "password", "user", 0 };
  static gboolean ready;
  sasl_conn_t *client;
  GvncDrive drive;
  gboolean ok;

  if (!ready) {
    ok = sasl_client_init (NULL) == SASL_OK && sasl_client_add_plugin (MECHANISM, mechanism_plugin) == SASL_OK;
    g_assert (ok);
    ready = TRUE;
  }
  gvnc_drive_init (&drive, &gvnc_security_sasl);
  ok = gvnc_drive_feed (&drive, &app, "00000004 '" MECHANISM "' 00000000 01");
  g_assert (ok && drive.security->layer != NULL);
  client = g_steal_pointer (&drive.security->layer->data);
  gvnc_drive_clear (&drive);
  return client;
}

static void
layer_seal (gpointer      server,
            const guint8 *bytes,
            guint16       len,
            GByteArray   *wire)
{
  while (len > 0) {
    guint16 part = MIN (len, MOST_PACKET_LEN);

    mechanism_seal (&((Mechanism *) server)->in, bytes, part, wire);
    bytes += part;
    len = (guint16) (len - part);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  Mechanism *server = mechanism_new ();
  const char *opened = NULL;
  unsigned opened_len = 0;
  GvncFuzzLayer fuzz;
  int status;

  gvnc_fuzz_layer_init (&fuzz, data, size, layer_seal, server);
  gvnc_fuzz_layer_run (&fuzz, gvnc_sasl_layer_new (layer_establish (), &fuzz.memory->layer, fuzz.received));
  server->in = server->out;   /* it opens what the client has sealed */
  status = mechanism_decode (server, (const char *) fuzz.sent->data, fuzz.sent->len, &opened, &opened_len);
  g_assert (status == SASL_OK && opened_len == fuzz.written->len);
  g_assert (opened_len == 0 || memcmp (opened, fuzz.written->data, opened_len) == 0);
  gvnc_fuzz_layer_clear (&fuzz);
  mechanism_end (server, NULL);
  return 0;
}
