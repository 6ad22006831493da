/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/rsa-aes.h"

#include "security/rsa-aes.h"
#include "wire/wipe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The frames of security/eax.h. One frame is put together, opened, and given out before the next is looked at; the
 * length field is what bounds it. A frame that its seal does not fit ends the session. */
#define MOST_FRAME_LEN (G_MAXUINT16 + GVNC_EAX_EXTRA_LEN)
/* Bytes that go into one frame of ours: as many as servers put into theirs. */
#define WRITE_LEN 8192

typedef struct {
  GvncLayer       base;
  GvncLayer      *lower;
  GvncRsaAesKeys *keys;
  GBytes         *received;       /* NULL once used up */
  gsize           n_received;     /* of them, used up */
  gsize           frame_len;      /* bytes of the frame that have come */
  gsize           data_len;       /* of the opened frame, not given out yet: at data[data_start] */
  gsize           data_start;
  gsize           sealed_start;   /* of our frame, the first byte not sent yet */
  gsize           sealed_len;     /* 0: no frame of ours waits */
  gsize           covered_len;    /* bytes of ours that it stands for, told when all of it is sent */
  guint8          frame[MOST_FRAME_LEN];
  guint8          data[G_MAXUINT16];
  guint8          sealed[WRITE_LEN + GVNC_EAX_EXTRA_LEN];
} RsaAesLayer;

/* More bytes of the frame: those that the session had received already first. */
static gssize
rsa_aes_read_lower (RsaAesLayer *self,
                    gsize        len,
                    GError     **error)
{
  guint8 *to = self->frame + self->frame_len;
  const guint8 *bytes;
  gsize size;

  if (self->received == NULL)
    return gvnc_layer_read (self->lower, to, len, error);
  bytes = g_bytes_get_data (self->received, &size);
  len = MIN (len, size - self->n_received);
  if (len > 0)
    memcpy (to, bytes + self->n_received, len);
  self->n_received += len;
  if (self->n_received == size)
    g_clear_pointer (&self->received, g_bytes_unref);
  return len > 0 ? (gssize) len : gvnc_layer_read (self->lower, to, 1, error);
}

static gssize
rsa_aes_read (GvncLayer  *layer,
              guint8     *buffer,
              gsize       len,
              GError    **error)
{
  RsaAesLayer *self = (RsaAesLayer *) layer;
  guint rounds = 0;

  layer->paused = FALSE;
  while (self->data_len == 0) {
    gsize content = self->frame_len < GVNC_EAX_HEADER_LEN ? 0 : (gsize) self->frame[0] << 8 | self->frame[1];
    gsize want = self->frame_len < GVNC_EAX_HEADER_LEN ? GVNC_EAX_HEADER_LEN : GVNC_EAX_EXTRA_LEN + content;

    if (self->frame_len < want) {
      gssize n = rsa_aes_read_lower (self, want - self->frame_len, error);

      if (n <= 0)
        return n;
      self->frame_len += (gsize) n;
      continue;
    }
    if (!gvnc_eax_open (&self->keys->in, self->frame, (guint16) content, self->data)) {
      gvnc_set_error (error, GVNC_ERROR_TLS, _("RSA-AES: a message of the server was changed on its way"));
      return GVNC_LAYER_ERROR;
    }
    self->frame_len = 0;
    self->data_start = 0;
    self->data_len = content;
    layer->paused = content == 0 && ++rounds == GVNC_LAYER_ROUNDS;
    if (layer->paused)
      return GVNC_LAYER_AGAIN;
  }

  len = MIN (len, self->data_len);
  memcpy (buffer, self->data + self->data_start, len);
  self->data_start += len;
  self->data_len -= len;
  return (gssize) len;
}

/* The caller comes again with the same bytes until their frame is sent. */
static gssize
rsa_aes_write (GvncLayer     *layer,
               const guint8  *bytes,
               gsize          len,
               GError       **error)
{
  RsaAesLayer *self = (RsaAesLayer *) layer;

  if (self->sealed_len == 0) {
    self->covered_len = MIN (len, WRITE_LEN);
    gvnc_eax_seal (&self->keys->out, bytes, (guint16) self->covered_len, self->sealed);
    self->sealed_start = 0;
    self->sealed_len = self->covered_len + GVNC_EAX_EXTRA_LEN;
  }
  while (self->sealed_len > 0) {
    gssize n = gvnc_layer_write (self->lower, self->sealed + self->sealed_start, self->sealed_len, error);

    if (n <= 0)
      return n;
    self->sealed_start += (gsize) n;
    self->sealed_len -= (gsize) n;
  }
  return (gssize) self->covered_len;
}

static gint
rsa_aes_poll (GvncLayer    *layer,
              GIOCondition  wanted,
              GIOCondition *condition)
{
  RsaAesLayer *self = (RsaAesLayer *) layer;

  return gvnc_layer_poll (self->lower, wanted, condition);
}

static void
rsa_aes_free (GvncLayer *layer)
{
  RsaAesLayer *self = (RsaAesLayer *) layer;

  gvnc_rsa_aes_keys_free (self->keys);
  gvnc_layer_free (self->lower);
  g_clear_pointer (&self->received, g_bytes_unref);
  gvnc_wipe (self, sizeof *self);
  g_free (self);
}

static const GvncLayerType rsa_aes_layer_type = {
  .name = "RSA-AES",
  .read = rsa_aes_read,
  .write = rsa_aes_write,
  .poll = rsa_aes_poll,
  .free = rsa_aes_free,
};

GvncLayer *
gvnc_rsa_aes_layer_new (gpointer   keys,
                        GvncLayer *lower,
                        GBytes    *received)
{
  RsaAesLayer *self = g_new0 (RsaAesLayer, 1);

  self->base.type = &rsa_aes_layer_type;
  self->base.encrypted = TRUE;
  self->lower = lower;
  self->keys = keys;
  self->received = g_bytes_ref (received);
  return &self->base;
}
