/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "security/identity.h"
#include "wire/error.h"

#include <nettle/rsa.h>

/* A server's RSA key: what RSA-AES and Apple's type have in common. */

/* Refuses keys that encrypt nothing or too little, and prepares the others for use; @type is for messages. */
gboolean      gvnc_rsa_check    (const char            *type,
                                 struct rsa_public_key *key,
                                 gboolean               may_be_weak,
                                 GError               **error);
/* The key as a person compares it, and what speaks against it; @wire is what its fingerprints are of. */
GvncIdentity *gvnc_rsa_identity (const struct rsa_public_key *key,
                                 const char                  *hostname,
                                 const guint8                *wire,
                                 gsize                        wire_len);
/* With random padding (PKCS #1 1.5); @sealed has key->size bytes. */
gboolean      gvnc_rsa_encrypt  (const struct rsa_public_key *key,
                                 const guint8                *bytes,
                                 gsize                        len,
                                 guint8                      *sealed,
                                 GError                     **error);
/* nettle's source of random numbers, which cannot be told that there are none: @data is a gboolean that says so. */
void          gvnc_rsa_random   (void                        *data,
                                 size_t                       len,
                                 guint8                      *bytes);
/* A key pair of ours of @bits, both initialized; FALSE when the system gives no random numbers. In a file of its own, so
 * that what has no time to make one for each connection, a fuzz target, can be linked with another. */
gboolean      gvnc_rsa_make_pair (struct rsa_public_key      *key,
                                  struct rsa_private_key     *secret,
                                  guint                       bits);
