/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/eax.h"

#include <nettle/memops.h>
#include <string.h>

void
gvnc_eax_init (GvncEax      *self,
               const guint8 *key,
               gsize         key_len)
{
  *self = (GvncEax) { 0 };
  if (key_len == AES256_KEY_SIZE) {
    self->cipher = (nettle_cipher_func *) aes256_encrypt;
    aes256_set_encrypt_key (&self->aes.aes256, key);
  } else {
    g_assert (key_len == AES128_KEY_SIZE);
    self->cipher = (nettle_cipher_func *) aes128_encrypt;
    aes128_set_encrypt_key (&self->aes.aes128, key);
  }
  eax_set_key (&self->key, &self->aes, self->cipher);
}

/* The next frame's context, with its number and header in it. */
static void
eax_begin (GvncEax        *self,
           struct eax_ctx *eax,
           guint16         len)
{
  const guint8 header[GVNC_EAX_HEADER_LEN] = { (guint8) (len >> 8), (guint8) len };
  guint8 nonce[16] = { 0 };

  for (guint i = 0; i < 8; i++)
    nonce[i] = (guint8) (self->n_frames >> (8 * i));
  self->n_frames++;
  eax_set_nonce (eax, &self->key, &self->aes, self->cipher, sizeof nonce, nonce);
  eax_update (eax, &self->key, &self->aes, self->cipher, sizeof header, header);
}

void
gvnc_eax_seal (GvncEax      *self,
               const guint8 *bytes,
               guint16       len,
               guint8       *frame)
{
  struct eax_ctx eax;

  eax_begin (self, &eax, len);
  frame[0] = (guint8) (len >> 8);
  frame[1] = (guint8) len;
  eax_encrypt (&eax, &self->key, &self->aes, self->cipher, len, frame + GVNC_EAX_HEADER_LEN, bytes);
  eax_digest (&eax, &self->key, &self->aes, self->cipher, GVNC_EAX_MAC_LEN, frame + GVNC_EAX_HEADER_LEN + len);
}

gboolean
gvnc_eax_open (GvncEax      *self,
               const guint8 *frame,
               guint16       len,
               guint8       *bytes)
{
  struct eax_ctx eax;
  guint8 mac[GVNC_EAX_MAC_LEN];

  eax_begin (self, &eax, len);
  eax_decrypt (&eax, &self->key, &self->aes, self->cipher, len, bytes, frame + GVNC_EAX_HEADER_LEN);
  eax_digest (&eax, &self->key, &self->aes, self->cipher, sizeof mac, mac);
  if (memeql_sec (mac, frame + GVNC_EAX_HEADER_LEN + len, sizeof mac))
    return TRUE;
  memset (bytes, 0, len);   /* nobody shall see what somebody else made */
  return FALSE;
}
