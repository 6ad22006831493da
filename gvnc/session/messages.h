/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session/clipboard.h"
#include "session/updates.h"

/* The server's messages other than FramebufferUpdate and Fence: colours, texts, power control, sound.
 *
 * begin() takes one whose type was read; want() and take() work as everywhere; want() of 0 means that the message is
 * complete. */
typedef enum {
  GVNC_MESSAGE_IDLE,
  GVNC_MESSAGE_COLOURS_HEAD,    /* padding, U16 first, U16 count */
  GVNC_MESSAGE_COLOURS,
  GVNC_MESSAGE_CUT_TEXT_HEAD,   /* 3 padding, U32 length */
  GVNC_MESSAGE_CUT_TEXT,
  GVNC_MESSAGE_CLIPBOARD,
  GVNC_MESSAGE_XVP,             /* padding, U8 version, U8 code */
  GVNC_MESSAGE_QEMU,            /* U8 kind, U16 operation */
  GVNC_MESSAGE_AUDIO_LEN,       /* U32 length */
  GVNC_MESSAGE_AUDIO,
} GvncMessageStep;

typedef struct {
  GvncMessageStep  step;
  GvncUpdates     *updates;           /* borrowed; has the colour map */
  GvncClipboard   *clipboard;         /* borrowed */
  guint            next_colour;
  guint            n_colours_left;
  gboolean         colours_changed;   /* by the message that has ended */
  gsize            left;              /* bytes of a text or of sound still to come */
  GByteArray      *body;              /* owned; what has come of it; grows as it comes */
} GvncMessages;

void     gvnc_messages_init  (GvncMessages  *self,
                              GvncUpdates   *updates,
                              GvncClipboard *clipboard);
void     gvnc_messages_clear (GvncMessages  *self);

/* FALSE when messages of this type are not for us. */
gboolean gvnc_messages_begin (GvncMessages  *self,
                              guint8         type,
                              GvncBatch     *batch);
gsize    gvnc_messages_want  (const GvncMessages *self);
gboolean gvnc_messages_take  (GvncMessages  *self,
                              GvncReader    *in,
                              GvncBatch     *batch,
                              GvncWriter    *out,
                              GError       **error);
