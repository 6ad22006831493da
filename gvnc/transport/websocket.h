/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "transport/connect.h"

/* The WebSocket protocol (RFC 6455) from a client's side, as a layer on any other. It is written here and not taken from a
 * library: over a layer it works on sockets, SSH, proxies and any GIOStream alike, over our own TLS with its checks of
 * certificates, it neither needs a main context nor blocks, and it can be left at any moment.
 *
 * websocket-http.c makes the request and checks the answer, websocket.c has the frames. */

/* Random bytes of the request's key, and of the key in base64 with its final zero. */
#define GVNC_WEBSOCKET_NONCE_LEN 16
#define GVNC_WEBSOCKET_KEY_LEN   25

/* Takes @lower over, even on failure; it is established already. */
GvncLayer *gvnc_websocket_layer_new (GvncLayer        *lower,
                                     const GvncTarget *target,
                                     GError          **error);

/* The request, section 4.1, or NULL when a header that the application gave cannot be sent. */
GString   *gvnc_websocket_request   (const GvncTarget *target,
                                     const char       *key,
                                     GError          **error);
/* Checks the answer, section 4.2.2, up to and with its empty line. */
gboolean   gvnc_websocket_check_answer (const char   *answer,
                                     gsize            len,
                                     const char      *key,
                                     const char      *protocol,
                                     GError         **error);
