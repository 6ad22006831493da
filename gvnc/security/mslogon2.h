/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#define GVNC_MSLOGON2_USERNAME_LEN 256
#define GVNC_MSLOGON2_PASSWORD_LEN 64

/* Enciphers both fields, which lie one behind the other, with the shared secret; each begins a chain of its own. */
void gvnc_mslogon2_seal (const guint8 shared[8],
                         guint8       fields[GVNC_MSLOGON2_USERNAME_LEN + GVNC_MSLOGON2_PASSWORD_LEN]);
