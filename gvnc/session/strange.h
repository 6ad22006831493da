/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* What the application has never asked for, or nobody knows: errors that name it. They set @error and give FALSE. */
gboolean gvnc_strange_message   (guint8    type,
                                 GError  **error);
gboolean gvnc_strange_rectangle (gint32    encoding,
                                 GError  **error);
