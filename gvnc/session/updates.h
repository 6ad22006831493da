/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "decoders/decoder.h"
#include "session/batch.h"
#include "session/desktop.h"

/* The rectangles of FramebufferUpdate messages (RFC 6143 section 7.6.1), real ones and pseudo ones.
 *
 * begin() starts a message; want() and take() work as everywhere; want() of 0 means that the message is complete.
 * Owns the decoders, which live as long as the session, and the colour map. */
#define GVNC_MOST_DECODERS 16

typedef enum {
  GVNC_UPDATE_IDLE,
  GVNC_UPDATE_RECT,        /* header of the next rectangle */
  GVNC_UPDATE_DECODE,      /* a decoder's turn */
  GVNC_UPDATE_BODY,        /* body_len bytes of a pseudo-rectangle */
  GVNC_UPDATE_CURSOR,      /* a decoder's turn, drawing an alpha cursor */
} GvncUpdateStep;

typedef struct {
  GvncDesktop     desktop;
  guint16        *colours;         /* owned; 3 for each of n_colours, red, green, blue */
  guint           n_colours;       /* a power of two, or 0 before the server sent any */
  GHashTable     *asked;           /* owned; the encodings that the application has ever asked for */
  gboolean        extended_key;    /* the server takes scan codes */
  gboolean        extended_buttons; /* and more than eight buttons */

  GvncUpdateStep  step;
  guint           n_left;          /* rectangles to come */
  gboolean        until_last;      /* n_left says nothing: LastRect ends the message */
  guint           n_rects;         /* so far in this message */
  GvncRect        rect;
  gint32          encoding;
  gint32          drawn;           /* the encoding of the largest rectangle of pixels in the latest message that had any; -1: none */
  gsize           drawn_area;      /* of that rectangle, 0 before one has come in this message */
  gsize           body_len;
  gboolean        body_known;      /* of bodies that begin with their length: it was read */
  guint           n_screens;       /* of an ExtendedDesktopSize whose length is known */
  guint           cursor_kind;     /* of a VMware cursor, likewise */
  GvncDecoder    *decoder;         /* the one at work */
  GvncDecoder    *decoders[GVNC_MOST_DECODERS];   /* owned; made at first use */
  guint           n_decoders;
  gint            quality;         /* of JPEG, as asked for in the latest SetEncodings; -1: it was not */
  GvncCanvas      cursor;          /* while an alpha cursor is drawn */
  gboolean        has_cursor;
} GvncUpdates;

void     gvnc_updates_init    (GvncUpdates *self);
void     gvnc_updates_clear   (GvncUpdates *self);
void     gvnc_updates_begin   (GvncUpdates *self,
                               guint        n_rects);
/* SetEncodings: decoders of what is lossy want to know how much so. */
void     gvnc_updates_quality (GvncUpdates  *self,
                               const gint32 *encodings,
                               guint         n_encodings);
gsize    gvnc_updates_want    (const GvncUpdates *self);
gboolean gvnc_updates_take    (GvncUpdates  *self,
                               GvncReader   *in,
                               GvncBatch    *batch,
                               GError      **error);

/* SetEncodings: what the server may send from now on. It may have begun before a later list leaves something out, so
 * what was asked for once may come forever. */
void     gvnc_updates_ask     (GvncUpdates  *self,
                               const gint32 *encodings,
                               guint         n_encodings);
gboolean gvnc_updates_has_asked (const GvncUpdates *self,
                                 gint32             encoding);

/* SetColourMapEntries: whether one of the entries is another than before. */
gboolean gvnc_updates_colours (GvncUpdates *self,
                               guint        first,
                               guint        n_colours,
                               GvncReader  *entries,
                               GvncBatch   *batch);
