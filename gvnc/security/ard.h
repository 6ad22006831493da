/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "wire/error.h"

/* User name and password in 64 bytes each, as Apple's servers take them. @block has random bytes at first. */
#define GVNC_ARD_FIELD_LEN 64
#define GVNC_ARD_BLOCK_LEN (2 * GVNC_ARD_FIELD_LEN)

gboolean gvnc_ard_block (const char *username,
                         const char *password,
                         guint8      block[GVNC_ARD_BLOCK_LEN],
                         GError    **error);
/* Enciphers it with the secret that both sides share. */
void     gvnc_ard_seal  (const guint8 *shared,
                         gsize         shared_len,
                         guint8        block[GVNC_ARD_BLOCK_LEN]);
