/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "security/identity.h"

/* What an address says of the server's certificate or key (RFC 7869, IdHash and IdHashAlgorithm): the fingerprint of a GvncIdentity
 * that the server must have, whoever vouches for another. */

/* NULL with an error when they say nothing that can be relied on. @algorithm may be NULL. */
char    *gvnc_pin_parse (const char         *algorithm,
                         const char         *hash,
                         GError            **error);
/* FALSE with an error when @identity is not the one of @pin. @server may be NULL. */
gboolean gvnc_pin_check (const char         *pin,
                         const GvncIdentity *identity,
                         const char         *server,
                         GError            **error);
