/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/sasl.h"

#include "security/sasl.h"

#include <glib/gi18n-lib.h>
#include <sasl/sasl.h>

#define READ_LEN 65536

/* Packets are U32 length and what the mechanism makes of the data; the library puts them together and refuses what is
 * longer than the handler has told it. */
typedef struct {
  GvncLayer     base;
  GvncLayer    *lower;
  sasl_conn_t  *conn;
  GBytes       *received;      /* NULL once used up */
  guint8       *input;         /* READ_LEN bytes */
  const char   *decoded;       /* the library's, until it decodes again */
  unsigned int  decoded_len;
  guint         most_len;      /* of what one packet can take from us */
  const char   *encoded;       /* the library's, until it encodes again */
  unsigned int  encoded_len;
  gsize         covered_len;   /* bytes of ours that `encoded` stands for, told when all of it is sent */
} SaslLayer;

static gssize
sasl_layer_fail (SaslLayer   *self,
                 int          status,
                 const char  *format,
                 GError     **error)
{
  g_autofree char *text = gvnc_sasl_text (self->conn, status);

  gvnc_set_error (error, GVNC_ERROR_TLS, "%s: %s", format, text);
  return GVNC_LAYER_ERROR;
}

static gssize
sasl_layer_read (GvncLayer  *layer,
                 guint8     *buffer,
                 gsize       len,
                 GError    **error)
{
  SaslLayer *self = (SaslLayer *) layer;
  guint rounds = 0;

  layer->paused = FALSE;
  while (self->decoded_len == 0) {
    const char *bytes = (const char *) self->input;
    gssize n;
    int status;

    layer->paused = rounds++ == GVNC_LAYER_ROUNDS;
    if (layer->paused)
      return GVNC_LAYER_AGAIN;
    if (self->received != NULL) {
      gsize size;

      bytes = g_bytes_get_data (self->received, &size);
      n = (gssize) MIN (size, G_MAXINT);
    } else {
      n = gvnc_layer_read (self->lower, self->input, READ_LEN, error);
      if (n <= 0)
        return n;
    }
    status = n > 0 ? sasl_decode (self->conn, bytes, (unsigned) n, &self->decoded, &self->decoded_len) : SASL_OK;
    g_clear_pointer (&self->received, g_bytes_unref);
    if (status != SASL_OK)
      return sasl_layer_fail (self, status, _("What the server sent is no proper SASL packet"), error);
  }

  len = MIN (len, self->decoded_len);
  memcpy (buffer, self->decoded, len);
  self->decoded += len;
  self->decoded_len -= (unsigned) len;
  return (gssize) len;
}

/* The caller comes again with the same bytes until their packet is sent. */
static gssize
sasl_layer_write (GvncLayer     *layer,
                  const guint8  *bytes,
                  gsize          len,
                  GError       **error)
{
  SaslLayer *self = (SaslLayer *) layer;
  gsize covered;

  if (self->encoded_len == 0) {
    int status;

    self->covered_len = MIN (len, self->most_len);
    status = sasl_encode (self->conn, (const char *) bytes, (unsigned) self->covered_len, &self->encoded, &self->encoded_len);
    if (status != SASL_OK)
      return sasl_layer_fail (self, status, _("SASL cannot encode what is to be sent"), error);
  }
  while (self->encoded_len > 0) {
    gssize n = gvnc_layer_write (self->lower, (const guint8 *) self->encoded, self->encoded_len, error);

    if (n <= 0)
      return n;
    self->encoded += n;
    self->encoded_len -= (unsigned) n;
  }
  covered = self->covered_len;
  self->covered_len = 0;
  return (gssize) covered;
}

static gint
sasl_layer_poll (GvncLayer    *layer,
                 GIOCondition  wanted,
                 GIOCondition *condition)
{
  SaslLayer *self = (SaslLayer *) layer;

  return gvnc_layer_poll (self->lower, wanted, condition);
}

static void
sasl_layer_free (GvncLayer *layer)
{
  SaslLayer *self = (SaslLayer *) layer;

  gvnc_sasl_free (self->conn);
  gvnc_layer_free (self->lower);
  g_clear_pointer (&self->received, g_bytes_unref);
  g_free (self->input);
  g_free (self);
}

static const GvncLayerType sasl_layer_type = {
  .name = "SASL",
  .read = sasl_layer_read,
  .write = sasl_layer_write,
  .poll = sasl_layer_poll,
  .free = sasl_layer_free,
};

GvncLayer *
gvnc_sasl_layer_new (gpointer   conn,
                     GvncLayer *lower,
                     GBytes    *received)
{
  SaslLayer *self = g_new0 (SaslLayer, 1);
  const void *value = NULL;

  self->base.type = &sasl_layer_type;
  self->lower = lower;
  self->conn = conn;
  self->received = g_bytes_ref (received);
  self->input = g_malloc (READ_LEN);
  /* A strength of 1 is a seal only. */
  if (sasl_getprop (self->conn, SASL_SSF, &value) == SASL_OK && value != NULL)
    self->base.encrypted = lower->encrypted || *(const sasl_ssf_t *) value > 1;
  value = NULL;
  if (sasl_getprop (self->conn, SASL_MAXOUTBUF, &value) == SASL_OK && value != NULL)
    self->most_len = *(const unsigned *) value;
  if (self->most_len == 0 || self->most_len > READ_LEN)
    self->most_len = self->most_len == 0 ? 256 : READ_LEN;
  return &self->base;
}
