/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Decodes the PNG picture @data, which must be of that size, to @out: @height rows of @width pixels of
 * GVNC_LAYOUT_XRGB32 without gaps. */
gboolean gvnc_png_decode (const guint8  *data,
                          gsize          len,
                          guint          width,
                          guint          height,
                          guint8        *out,
                          GError       **error);
