/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "fuzz/fuzz.h"

#include "security/security.h"

/* Feeds @data to a security type whose application answers all it is asked.
 *
 *   U8 bits of what the link is: 3 the version, 4 encrypted, 8 local, 16 weak types and 32 plain passwords allowed
 *   then what the server sends
 */
void gvnc_fuzz_security (const GvncSecurityType *type,
                         const guint8           *data,
                         gsize                   size);
