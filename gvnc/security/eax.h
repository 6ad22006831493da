/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <nettle/aes.h>
#include <nettle/eax.h>

/* One direction of what RSA-AES puts data in: AES in EAX mode, in frames of
 *   U16 length | data[length], enciphered | mac[16]
 * The length is under the seal too. The nonce is the number of the frame, so each can be opened in its turn only. */

#define GVNC_EAX_HEADER_LEN 2
#define GVNC_EAX_MAC_LEN    16
#define GVNC_EAX_EXTRA_LEN  (GVNC_EAX_HEADER_LEN + GVNC_EAX_MAC_LEN)

typedef struct {
  nettle_cipher_func *cipher;
  union {
    struct aes128_ctx aes128;
    struct aes256_ctx aes256;
  } aes;
  struct eax_key      key;
  guint64             n_frames;
} GvncEax;

/* @key_len is 16 or 32. */
void     gvnc_eax_init (GvncEax      *self,
                        const guint8 *key,
                        gsize         key_len);
/* @frame has room for GVNC_EAX_EXTRA_LEN bytes more than @len. */
void     gvnc_eax_seal (GvncEax      *self,
                        const guint8 *bytes,
                        guint16       len,
                        guint8       *frame);
/* @frame is whole, with @len bytes of data; FALSE when it was not sealed with our key and number. */
gboolean gvnc_eax_open (GvncEax      *self,
                        const guint8 *frame,
                        guint16       len,
                        guint8       *bytes);
