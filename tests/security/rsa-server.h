/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "security/rsa-aes.h"

/* The other side of RSA-AES and of Apple's type 33, as far as it counts: what a server makes and opens, all in network form. Its key has as many
 * bits as the client's. */
#define GVNC_RSA_SERVER_BITS 2048
#define GVNC_RSA_SERVER_LEN  (GVNC_RSA_SERVER_BITS / 8)
#define GVNC_RSA_PUBLIC_LEN  (4 + 2 * GVNC_RSA_SERVER_LEN)
#define GVNC_RSA_SECRET_LEN  (2 + GVNC_RSA_SERVER_LEN)
/* Both of these are what the client answers to the server's key. */
#define GVNC_RSA_ANSWER_LEN  (GVNC_RSA_PUBLIC_LEN + GVNC_RSA_SECRET_LEN)

typedef struct {
  gsize   key_len;                            /* 16, or 32 with the types of 256 bits */
  guint8  server_wire[GVNC_RSA_PUBLIC_LEN];   /* what it sends first */
  guint8  client_wire[GVNC_RSA_PUBLIC_LEN];
  guint8  client_random[32];
  guint8  server_random[32];                  /* from here on: once its secret is made */
  guint8  client_key[32];                     /* of the session: what each side seals with */
  guint8  server_key[32];
  GvncEax in;
  GvncEax out;
} GvncRsaServer;

/* All servers of a process have the same key, made for the first. */
void     gvnc_rsa_server_init   (GvncRsaServer *self,
                                 gsize          key_len);
/* Takes what the client answers, GVNC_RSA_ANSWER_LEN bytes; FALSE when it is not made as it should be. */
gboolean gvnc_rsa_server_take   (GvncRsaServer *self,
                                 const guint8  *answer);
/* The server's secret; a @random_len other than key_len spoils it. */
void     gvnc_rsa_server_secret (GvncRsaServer *self,
                                 gsize          random_len,
                                 guint8         wire[GVNC_RSA_SECRET_LEN]);
/* The hash of one side, 20 or 32 bytes; returns how many. */
gsize    gvnc_rsa_server_hash   (GvncRsaServer *self,
                                 gboolean       of_client,
                                 guint8         hash[32]);
/* For Apple's type, with the same key. The key as a SubjectPublicKeyInfo; and the @len bytes that were made for it. */
GBytes  *gvnc_rsa_server_info   (void);
gboolean gvnc_rsa_server_open   (const guint8   sealed[GVNC_RSA_SERVER_LEN],
                                 guint8        *bytes,
                                 gsize          len);
