/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * VncError:
 * @VNC_ERROR_IO: the link failed or was closed, or there is none: try again
 * @VNC_ERROR_TIMED_OUT: the server is silent: try again
 * @VNC_ERROR_PROTOCOL: what the server sent breaks the protocol
 * @VNC_ERROR_LIMIT: something is larger than what is accepted
 * @VNC_ERROR_UNSUPPORTED: one side wants something that the other does not have
 * @VNC_ERROR_AUTH: credentials are wrong or missing
 * @VNC_ERROR_TLS: trouble with encryption or a certificate
 *
 * What can go wrong with a connection, by what the caller can do about it.
 *
 * Since: 2.0
 */
typedef enum {
  VNC_ERROR_IO,
  VNC_ERROR_TIMED_OUT,
  VNC_ERROR_PROTOCOL,
  VNC_ERROR_LIMIT,
  VNC_ERROR_UNSUPPORTED,
  VNC_ERROR_AUTH,
  VNC_ERROR_TLS,
} VncError;

/**
 * VNC_ERROR:
 *
 * The domain of errors with the codes of [error@Error].
 *
 * Since: 2.0
 */
#define VNC_ERROR (vnc_error_quark ())

GQuark vnc_error_quark (void);

G_END_DECLS
