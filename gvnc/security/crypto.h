/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "wire/error.h"

#include <gmp.h>

/* What several security types count with. */

/* Random bytes fit for keys. */
gboolean gvnc_random          (guint8      *bytes,
                               gsize        len,
                               GError     **error);

/* A credential as a field of fixed size: the text, a zero, then what the field held before; so it is to be filled with
 * random bytes first. A text that does not fit is an error, which tells people about @what. */
gboolean gvnc_field_put       (guint8      *field,
                               gsize        size,
                               const char  *text,
                               const char  *what,
                               GError     **error);

/* DES in chaining mode as VNC's servers on Windows have it: the key's bytes have their bits the other way round, and
 * the same bytes as they are start the chain. @len is a multiple of 8; in place. */
void     gvnc_des_cbc         (const guint8 key[8],
                               guint8      *bytes,
                               gsize        len);
/* The same without a chain, as for VNC authentication. */
void     gvnc_des_ecb         (const guint8 key[8],
                               guint8      *bytes,
                               gsize        len);

/* AES-128, each block by itself; in place. */
void     gvnc_aes_ecb         (const guint8 key[16],
                               guint8      *bytes,
                               gsize        len);

/* Numbers in network byte order. @number is initialized. */
void     gvnc_number_read     (mpz_t         number,
                               const guint8 *bytes,
                               gsize         len);
/* Zeros in front fill up to @len; the number fits. */
void     gvnc_number_write    (const mpz_t   number,
                               guint8       *bytes,
                               gsize         len);
/* Wipes it and frees it. */
void     gvnc_number_clear    (mpz_t         number);

/* The server's part of a Diffie-Hellman exchange. Prime and key have @len bytes each; nothing is owned. */
typedef struct {
  const char   *type;           /* the security type, for messages */
  const guint8 *generator;
  gsize         generator_len;
  const guint8 *prime;
  const guint8 *key;
  gsize         len;
  guint         least_bits;     /* a prime of fewer is refused */
} GvncDhOffer;

/* Refuses numbers that give the secret away, whatever the client does. */
gboolean gvnc_dh_check        (const GvncDhOffer *offer,
                               GError           **error);
/* Bits of the offered prime. */
guint    gvnc_dh_bits         (const GvncDhOffer *offer);
/* Both results have offer->len bytes. The offer was checked, @secret is not zero. */
void     gvnc_dh_answer       (const GvncDhOffer *offer,
                               const guint8      *secret,
                               gsize              secret_len,
                               guint8            *key,
                               guint8            *shared);
/* The same with a random secret. */
gboolean gvnc_dh_exchange     (const GvncDhOffer *offer,
                               guint8            *key,
                               guint8            *shared,
                               GError           **error);
