/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Clipboard text as RFB carries it: ISO 8859-1 with LF line ends (RFC 6143 sections 7.5.6 and 7.6.4).
 * Neither direction fails, whatever the bytes are. */
#pragma once

#include <glib.h>

char *gvnc_latin1_to_utf8 (const char *text);

/* Characters that ISO 8859-1 does not have become question marks, CR LF becomes LF. */
char *gvnc_latin1_from_utf8 (const char *text);
