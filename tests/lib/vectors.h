/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "lib/picture.h"

/* Table-driven tests of decoders: a row is a sentence, the bytes of one or more rectangles, and the picture they make or
 * the error they end in.
 *
 * Each row is run whole, byte by byte, and cut short at every length; each time twice, with other garbage in the
 * memory that pixels are put together in, so that a pixel nobody sent is seen to differ.
 *
 * Bytes are written in hexadecimal, blanks between them as you like, and:
 *   112233*4     the byte string before the star, four times; also (11 22*3)*4
 *   Z{…}         a ZRLE payload: U32 length and the bytes in braces, deflated and flushed, in the row's one stream
 *   T0{…}…T3{…}  a payload of Tight's stream 0 to 3: compact length and the bytes deflated
 *   H0{…} H1{…}  a payload of ZlibHex: U16 length and the bytes deflated, in stream 0 or 1
 *   N0…N4        starts that stream anew, as after one of Tight's reset bits; 4 is the stream of ZRLE
 *   C{…}         compact length and the bytes as they are
 */
typedef struct {
  const char            *name;
  const GvncPixelFormat *format;     /* NULL: &gvnc_test_rgb32 */
  guint                  quality;    /* of JPEG as the client asked for it, plus one; 0: it did not */
  guint                  width;      /* of the desktop */
  guint                  height;
  GvncRect               rects[8];   /* one after another, up to an empty one; none: one as large as the desktop */
  const char            *wire;
  const char            *before;     /* pixels that the desktop has at first; NULL: none, and none may be shown */
  const char            *image;      /* pixels in the session's format, row by row; NULL when error is set */
  guint                  tolerance;  /* by how much a channel may differ (JPEG) */
  const char            *error;      /* glob */
} GvncVector;

/* Adds a test for each of @n rows as @path/name. */
void    gvnc_vectors_add     (const char        *path,
                              gint32             encoding,
                              const GvncVector  *vectors,
                              gsize              n);

/* The bytes that a text as above stands for. */
GBytes *gvnc_vectors_wire    (const char        *text);

/* Bytes as such a text. */
char   *gvnc_vectors_hex     (const guint8      *bytes,
                              gsize              len);
