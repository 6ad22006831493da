/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "decoders/canvas.h"
#include "vncframebuffer.h"

/* Draws the operations of a canvas list on a VncFramebuffer. Main context only.
 *
 * A framebuffer that keeps all methods of VncBaseFramebuffer is written directly: its memory, stride and format are
 * read once, when it is set. Any other implementation, a script's included, is drawn on through its interface, with
 * pixels in the format that it calls its remote one.
 *
 * Operations that leave the framebuffer, which is so while the application has not replaced it after a resize, are cut
 * off at its edges. Without a framebuffer they are dropped. */
typedef struct _GvncPainter GvncPainter;

GvncPainter *gvnc_painter_new  (void);
void         gvnc_painter_free (GvncPainter *painter);

/* @framebuffer may be NULL; a reference of it is kept. */
void gvnc_painter_set_framebuffer (GvncPainter           *painter,
                                   VncFramebuffer        *framebuffer);
/* Whether drawing calls no methods of the framebuffer's, so that nobody else's code runs in there. */
gboolean gvnc_painter_is_direct       (const GvncPainter     *painter);
/* The pixel format of the operations that follow. */
void gvnc_painter_set_format      (GvncPainter           *painter,
                                   const GvncPixelFormat *format);
/* Entries @first to @first + @n_colours - 1 of the colour map of the operations that follow, red, green and blue each;
 * those beyond 65535 are dropped. */
void gvnc_painter_set_colours     (GvncPainter           *painter,
                                   guint                  first,
                                   guint                  n_colours,
                                   const guint16         *rgb);
/* All entries become black. */
void gvnc_painter_reset_colours   (GvncPainter           *painter);

/* Draws @op from its row *@row on: about @max_pixels pixels, but one row at least. TRUE when the operation is complete;
 * else *@row is where to go on. The first call for an operation has *@row 0. */
gboolean gvnc_painter_draw (GvncPainter  *painter,
                            const GvncOp *op,
                            guint        *row,
                            guint         max_pixels);
