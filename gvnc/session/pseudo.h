/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session/updates.h"

/* Rectangles that are no pixels: the pseudo-encodings (RFC 6143 section 7.8, rfbproto "Pseudo-encodings"), all but
 * LastRect and the alpha cursor, which updates.c takes itself.
 *
 * The rectangle's header is in @updates. After begin() and after each take() its body_len says how many bytes are to
 * be handed to take(); 0: the rectangle is complete. */

/* What an encoding is called, of pixels or not; NULL for one that is unknown here. */
const char *gvnc_encoding_name (gint32        encoding);

gboolean    gvnc_pseudo_is_known (gint32      encoding);
gboolean    gvnc_pseudo_begin  (GvncUpdates  *updates,
                                GvncBatch    *batch,
                                GError      **error);
gboolean    gvnc_pseudo_take   (GvncUpdates  *updates,
                                GvncReader   *in,
                                GvncBatch    *batch,
                                GError      **error);
