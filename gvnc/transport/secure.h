/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "security/security.h"
#include "transport/connect.h"

/* What the server has to prove that it is called, or NULL when nobody has said; and how known hosts call it. */
char      *gvnc_secure_name  (const GvncTarget *target);
char      *gvnc_secure_place (const GvncTarget *target);

/* Puts the layer that a security type has asked for on top of @lower, which is taken over even on failure, as is
 * @request. @received are bytes that the session has not used up: they came behind the ones that asked for the layer, so
 * the layer reads them first. The layer's handshake() is still to be run. */
GvncLayer *gvnc_secure (GvncSecureRequest  *request,
                        GvncLayer          *lower,
                        GBytes             *received,
                        const GvncTarget   *target,
                        GError            **error);
