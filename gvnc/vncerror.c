/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncerror.h"

#include "wire/error.h"

/* Errors of the private parts pass through to the application as they are. */
#define SAME(code) G_STATIC_ASSERT ((gint) VNC_##code == (gint) GVNC_##code)
SAME (ERROR_IO);
SAME (ERROR_TIMED_OUT);
SAME (ERROR_PROTOCOL);
SAME (ERROR_LIMIT);
SAME (ERROR_UNSUPPORTED);
SAME (ERROR_AUTH);
SAME (ERROR_TLS);
#undef SAME

/**
 * vnc_error_quark:
 *
 * Gets the domain of the errors of a connection.
 *
 * Returns: the quark
 *
 * Since: 2.0
 */
GQuark
vnc_error_quark (void)
{
  return gvnc_error_quark ();
}
