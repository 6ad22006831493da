/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session/batch.h"
#include "session/output.h"
#include "wire/error.h"
#include "wire/reader.h"

/* What is known about the server's desktop, and the pseudo-rectangles that change it. */
typedef struct {
  guint16          width;
  guint16          height;
  GvncPixelFormat  format;       /* of the pixels that come next */
  gboolean         resizable;    /* the server announced ExtendedDesktopSize */
  GvncScreen       screen;       /* its first screen */
} GvncDesktop;

/* Fails when a desktop has no pixel or more than the stated ceilings. */
gboolean gvnc_desktop_size_check (guint    width,
                                  guint    height,
                                  GError **error);

/* DesktopSize (7.8.2): @rect is the rectangle's header. */
gboolean gvnc_desktop_resize     (GvncDesktop     *self,
                                  const GvncRect  *rect,
                                  GvncBatch       *batch,
                                  GError         **error);
/* ExtendedDesktopSize (rfbproto): @body has @n_screens screens of 16 bytes. */
#define GVNC_SCREEN_LEN 16
gboolean gvnc_desktop_screens    (GvncDesktop     *self,
                                  const GvncRect  *rect,
                                  guint            n_screens,
                                  GvncReader      *body,
                                  GvncBatch       *batch,
                                  GError         **error);
/* WMVi (rfbproto "VMware Desktop…"): a new pixel format and maybe a new size, decided by the server. */
gboolean gvnc_desktop_reformat   (GvncDesktop     *self,
                                  const GvncRect  *rect,
                                  GvncReader      *body,
                                  GvncBatch       *batch,
                                  GError         **error);
