/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "decoders/canvas.h"
#include "wire/error.h"
#include "wire/reader.h"

/* One encoding: how the bytes of a rectangle become drawing operations.
 *
 * The session reads a rectangle's header, calls begin(), then repeats: while want() is not 0, wait until at least that
 * many bytes are there and call take() with everything that is buffered. take() uses up one or more whole units, as
 * many as it finds, and never looks past the reader's end; what it leaves is handed in again. So partial input exists in
 * the pump only, and a call is made per buffer, not per tile.
 *
 * Rules for take(): it is called with want() bytes or more; it must use up at least one byte or make want() larger
 * (a unit whose length became known); it must not touch bytes that belong to the next rectangle; all operations lie
 * inside of the rectangle and every pixel an operation shows was sent by the server. When it fails the session ends,
 * and nothing of the decoder's state is used again. */

typedef struct _GvncDecoder     GvncDecoder;
typedef struct _GvncDecoderType GvncDecoderType;

struct _GvncDecoder {
  const GvncDecoderType *type;
  gpointer               state;          /* type->state_size zeroed bytes: buffers, zlib streams, progress */

  /* Set by gvnc_decoder_begin() for each rectangle: */
  GvncRect               rect;           /* not empty, inside of the desktop */
  guint                  desktop_width;
  guint                  desktop_height;
  GvncPixelFormat        format;         /* of the pixels in this rectangle */
  guint                  pixel_size;     /* bytes: 1, 2 or 4 */

  /* Set by the session before that: */
  gint                   quality;        /* of JPEG, 0 to 9, as the client asked for it last; -1: it did not */
};

struct _GvncDecoderType {
  gint32      encoding;                  /* the number on the wire */
  const char *name;
  const GvncDecoderType *shares;         /* the type whose decoder is used, zlib streams and all; NULL: its own */
  gsize       state_size;
  void      (*clear) (GvncDecoder *self);                            /* frees what state holds; may be NULL */
  gboolean  (*begin) (GvncDecoder *self, GError **error);            /* may be NULL */
  gsize     (*want)  (const GvncDecoder *self);                      /* fewest bytes to go on; 0: rectangle complete */
  gboolean  (*take)  (GvncDecoder *self, GvncReader *in, GvncCanvas *canvas, GError **error);
};

/* The decoder of @encoding with its state of a fresh session, or NULL when there is none. */
GvncDecoder           *gvnc_decoder_new       (gint32                 encoding);
/* Whether the decoder is the one for @encoding too; then makes it work on that. */
gboolean               gvnc_decoder_turn_to   (GvncDecoder           *self,
                                               gint32                 encoding);
void                   gvnc_decoder_free      (GvncDecoder           *self);
const GvncDecoderType *gvnc_decoder_find_type (gint32                 encoding);

gboolean               gvnc_decoder_begin     (GvncDecoder           *self,
                                               const GvncRect        *rect,
                                               guint                  desktop_width,
                                               guint                  desktop_height,
                                               const GvncPixelFormat *format,
                                               GError               **error);
static inline gsize
gvnc_decoder_want (const GvncDecoder *self)
{
  return self->type->want (self);
}

static inline gboolean
gvnc_decoder_take (GvncDecoder  *self,
                   GvncReader   *in,
                   GvncCanvas   *canvas,
                   GError      **error)
{
  return self->type->take (self, in, canvas, error);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GvncDecoder, gvnc_decoder_free)

/* Each ends its own file; table.c lists them. */
extern const GvncDecoderType gvnc_decoder_raw;
extern const GvncDecoderType gvnc_decoder_copyrect;
extern const GvncDecoderType gvnc_decoder_rre;
extern const GvncDecoderType gvnc_decoder_corre;
extern const GvncDecoderType gvnc_decoder_hextile;
extern const GvncDecoderType gvnc_decoder_zlib;
extern const GvncDecoderType gvnc_decoder_tight;
extern const GvncDecoderType gvnc_decoder_zlibhex;
extern const GvncDecoderType gvnc_decoder_trle;
extern const GvncDecoderType gvnc_decoder_zrle;
extern const GvncDecoderType gvnc_decoder_zywrle;
extern const GvncDecoderType gvnc_decoder_jpeg;
extern const GvncDecoderType gvnc_decoder_tight_png;  /* with libpng only */
