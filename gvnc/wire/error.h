/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* One domain for everything that can go wrong with a connection; the code says what the caller can do about it. */
#define GVNC_ERROR (gvnc_error_quark ())

typedef enum {
  GVNC_ERROR_IO,          /* the link failed or was closed: try again */
  GVNC_ERROR_TIMED_OUT,   /* the server is silent: try again, check the address */
  GVNC_ERROR_PROTOCOL,    /* the server broke the protocol: nothing to do here */
  GVNC_ERROR_LIMIT,       /* the server asked for more than a stated ceiling */
  GVNC_ERROR_UNSUPPORTED, /* the server wants something that we do not speak */
  GVNC_ERROR_AUTH,        /* wrong or missing credentials */
  GVNC_ERROR_TLS,         /* encryption or certificate trouble */
} GvncErrorCode;

GQuark gvnc_error_quark (void);

/* Both set @error and return FALSE, so that a check reads `return gvnc_protocol_error (error, …);`. */
gboolean gvnc_protocol_error (GError     **error,
                              const char  *format,
                              ...) G_GNUC_PRINTF (2, 3);
gboolean gvnc_limit_error    (GError     **error,
                              const char  *format,
                              ...) G_GNUC_PRINTF (2, 3);
gboolean gvnc_set_error      (GError       **error,
                              GvncErrorCode  code,
                              const char    *format,
                              ...) G_GNUC_PRINTF (3, 4);

/* Text from a peer made fit for people: valid UTF-8, no control characters, at most @max_chars characters,
 * cut with an ellipsis. */
char *gvnc_quote_peer_text (const void *text,
                            gsize       len,
                            gsize       max_chars);
