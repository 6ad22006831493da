/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "security/eax.h"

/* What GVNC_SECURE_RSA_AES gives away: both directions, as far as they have come. */
typedef struct {
  GvncEax in;
  GvncEax out;
} GvncRsaAesKeys;

/* Wipes and frees. */
void gvnc_rsa_aes_keys_free (gpointer keys);

/* A public key as it is on the wire: U32 bits | modulus | exponent, @len bytes each. */
typedef struct {
  const guint8 *wire;
  gsize         len;
} GvncRsaAesPublic;

/* The session key of the side whose random bytes are @second_random: 16 or 32 bytes, as many as each random has. */
void gvnc_rsa_aes_derive (const guint8 *first_random,
                          const guint8 *second_random,
                          gsize         len,
                          guint8       *key);
/* The hash that proves that both saw the same keys, 20 or 32 bytes; returns how many. */
gsize gvnc_rsa_aes_hash  (const GvncRsaAesPublic *own,
                          const GvncRsaAesPublic *other,
                          gsize                   key_len,
                          guint8                  hash[32]);
