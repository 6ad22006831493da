/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* JPEG pictures by TurboJPEG, straight into the layout that framebuffers mostly have. */
typedef struct _GvncJpeg GvncJpeg;

GvncJpeg *gvnc_jpeg_new    (void);
void      gvnc_jpeg_free   (GvncJpeg *jpeg);

/* Whether a JPEG or PNG picture of that size is accepted at all. */
gboolean  gvnc_picture_check_area (guint     width,
                                   guint     height,
                                   GError  **error);

/* Whether @data starts a picture of that size; asked before memory is made for it. */
gboolean  gvnc_jpeg_check  (GvncJpeg      *jpeg,
                            const guint8  *data,
                            gsize          len,
                            guint          width,
                            guint          height,
                            GError       **error);

/* Decodes @data, which passed the check, to @out: @height rows of @width pixels of GVNC_LAYOUT_XRGB32 without gaps.
 * FALSE when it cannot be decoded without a warning: what is missing would be shown grey, which nobody sent. */
gboolean  gvnc_jpeg_decode (GvncJpeg      *jpeg,
                            const guint8  *data,
                            gsize          len,
                            guint          width,
                            guint          height,
                            guint8        *out,
                            GError       **error);
