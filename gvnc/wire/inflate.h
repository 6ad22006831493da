/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* One zlib stream that lives as long as the session (RFC 1950), read in pieces: give it compressed bytes, then take
 * inflated bytes into memory of a size that the caller chose. It never writes past that memory, so a stream that holds
 * more than was asked for costs nothing until somebody asks for more.
 *
 * Backed by zlib, or by ISA-L where the build has it. Few large reads are much cheaper than many small ones: ISA-L
 * moves up to 64 KiB of history per call. */
typedef struct _GvncInflate GvncInflate;

GvncInflate *gvnc_inflate_new   (void);
void         gvnc_inflate_free  (GvncInflate *inflate);
/* Forgets all history: the next bytes start a new stream (Tight's reset bits). */
void         gvnc_inflate_reset (GvncInflate *inflate);

/* Sets the compressed bytes to read next; they must stay valid until they are used up or replaced.
 * Whatever was left of earlier ones is dropped. */
void         gvnc_inflate_give  (GvncInflate  *inflate,
                                 const guint8 *compressed,
                                 gsize         len);
/* Compressed bytes not yet used. */
gsize        gvnc_inflate_left  (const GvncInflate *inflate);
/* Drops the end of the latest given bytes that was not used, and says how long it is: that many must be given again. */
gsize        gvnc_inflate_take_back (GvncInflate *inflate);

/* Inflates up to @len bytes to @out and says in @got how many there were; fewer than @len means that the given input
 * is used up. FALSE with GVNC_ERROR_PROTOCOL when the stream is broken, or goes on after its end; the stream is then
 * unusable until a reset. */
gboolean     gvnc_inflate_read  (GvncInflate  *inflate,
                                 guint8       *out,
                                 gsize         len,
                                 gsize        *got,
                                 GError      **error);

/* Uses up the input that is left, such as the marks that a flush puts behind the data, so that the stream is in step
 * for the next payload. FALSE when that holds more data than was read. */
gboolean     gvnc_inflate_finish (GvncInflate  *inflate,
                                  GError      **error);

/* The same with zlib always: it never uses input ahead of the output that was asked for, and tests can compare the two. */
GvncInflate *gvnc_inflate_new_zlib (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GvncInflate, gvnc_inflate_free)
