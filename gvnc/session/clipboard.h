/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session/batch.h"
#include "wire/error.h"
#include "wire/inflate.h"
#include "wire/reader.h"
#include "wire/writer.h"

/* Extended clipboard (rfbproto "Extended Clipboard Pseudo-Encoding"): the messages that ClientCutText and ServerCutText
 * turn into when their length is negative.
 *
 *   S32 −length | U32 flags | caps:    U32 greatest unsolicited size, for each format in flags
 *                           | provide: zlib (U32 size | data, for each format in flags)
 *
 * Either side notifies the other of the formats it has, and sends what it is asked for. To a server that takes no
 * notification we send what we have at once, as far as it said to take that unsolicited. A server that takes no requests may
 * do the same; one that does is told not to, so that nothing large comes before somebody wants it.
 *
 * Provided data is inflated as it comes, into memory that grows as it comes, never beyond the format's ceiling: neither
 * the compressed data nor what it claims to be the size of makes us allocate anything. What breaks the format of a
 * message ends the session. A text that is too large or no text spoils only itself: it is refused, which the one who
 * waits for it is told.
 *
 * Texts have LF, and no zero at the end, on this side of the functions; CR LF and a zero on the wire. */

#define GVNC_CLIPBOARD_TEXT      (1u << 0)
#define GVNC_CLIPBOARD_RTF       (1u << 1)
#define GVNC_CLIPBOARD_HTML      (1u << 2)
#define GVNC_CLIPBOARD_DIB       (1u << 3)
#define GVNC_CLIPBOARD_FILES     (1u << 4)     /* reserved: nobody knows what it looks like */
#define GVNC_CLIPBOARD_CAPS      (1u << 24)
#define GVNC_CLIPBOARD_REQUEST   (1u << 25)
#define GVNC_CLIPBOARD_PEEK      (1u << 26)
#define GVNC_CLIPBOARD_NOTIFY    (1u << 27)
#define GVNC_CLIPBOARD_PROVIDE   (1u << 28)

#define GVNC_CLIPBOARD_N_FORMATS 4             /* of which we know what they look like: the lowest bits */
#define GVNC_CLIPBOARD_FORMATS   ((1u << GVNC_CLIPBOARD_N_FORMATS) - 1)

typedef struct {
  gboolean     asked;                                /* the application has put it into its encodings */
  gboolean     owes_caps;                            /* one answer of ours for each SetEncodings of ours */
  guint32      caps;                                 /* what the server takes: formats and actions; 0 while unknown */
  guint32      max_sizes[GVNC_CLIPBOARD_N_FORMATS];  /* of each, unsolicited */

  guint32      offered;                              /* formats that the application has */
  guint32      wanted;                               /* of those, what the server waits for */
  guint32      unsolicited;                          /* of those, what it did not ask for */
  GBytes      *answers[GVNC_CLIPBOARD_N_FORMATS];    /* owned: what the application has given of it */

  gsize        left;                                 /* bytes of the server's message still to come */
  gboolean     has_flags;
  guint32      flags;                                /* of that message */
  guint32      formats_left;                         /* of a provide, what was not read yet */
  guint32      formats_read;
  guint        n_size;                               /* bytes of the next size that were read */
  guint8       size_bytes[4];
  gsize        size;                                 /* of the format that is being read */
  GByteArray  *data;                                 /* what has come of it */
  GvncInflate *inflate;                              /* lives for one provide */
} GvncClipboard;

void     gvnc_clipboard_init     (GvncClipboard *self);
void     gvnc_clipboard_clear    (GvncClipboard *self);

/* We have sent SetEncodings with or without it. */
void     gvnc_clipboard_ask      (GvncClipboard *self,
                                  gboolean       with);

/* The server's message: begin, then take() as long as want() is not 0. */
gboolean gvnc_clipboard_begin    (GvncClipboard  *self,
                                  gsize           len,
                                  GError        **error);
gsize    gvnc_clipboard_want     (const GvncClipboard *self);
gboolean gvnc_clipboard_take     (GvncClipboard  *self,
                                  GvncReader     *in,
                                  GvncBatch      *batch,
                                  GvncWriter     *out,
                                  GError        **error);

/* What the application does. It offers formats, and answers each GVNC_EVENT_CLIPBOARD_REQUESTED for each of the formats
 * therein, with NULL for nothing. Data that was not asked for goes out if the server takes it. */
void     gvnc_clipboard_offer    (GvncClipboard  *self,
                                  guint32         formats,
                                  GvncBatch      *batch,
                                  GvncWriter     *out);
void     gvnc_clipboard_request  (GvncClipboard  *self,
                                  guint32         formats,
                                  GvncWriter     *out);
void     gvnc_clipboard_provide  (GvncClipboard  *self,
                                  guint32         format,
                                  GBytes         *data,
                                  GvncWriter     *out);

/* The ceiling of the format in bytes. */
gsize    gvnc_clipboard_ceiling  (guint32         format);
