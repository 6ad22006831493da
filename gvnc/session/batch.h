/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "decoders/canvas.h"
#include "session/event.h"

/* A piece of a session's history on its way to the main context: drawing operations and events in wire order.
 *
 * Every event has an operation of kind GVNC_OP_EVENT in the canvas that marks its place; `value` is its index in
 * `events`, or GVNC_MARK_RECT for the commonest event, a rectangle that is complete: that one is the operation's rect
 * and needs no event. */
typedef struct _GvncBatch GvncBatch;

struct _GvncBatch {
  GvncCanvas  canvas;
  GArray     *events;    /* of GvncEvent */
  gsize       n_bytes;   /* of the events' data; those of the canvas are counted there */
  GvncBatch  *next;      /* for the queue's use */
};

#define GVNC_MARK_RECT G_MAXUINT32

GvncBatch *gvnc_batch_new      (void);
void       gvnc_batch_free     (GvncBatch *batch);

static inline gboolean
gvnc_batch_is_empty (const GvncBatch *batch)
{
  return batch->canvas.n_ops == 0;
}

/* Memory that waits in it. */
static inline gsize
gvnc_batch_size (const GvncBatch *batch)
{
  return batch->n_bytes + batch->canvas.n_bytes;
}

/* Appends an event and its mark, and returns it to be filled in; valid until the next call. */
GvncEvent *gvnc_batch_event    (GvncBatch     *batch,
                                GvncEventKind  kind);
void       gvnc_batch_number   (GvncBatch     *batch,
                                GvncEventKind  kind,
                                guint32        number);
void       gvnc_batch_format   (GvncBatch             *batch,
                                GvncEventKind          kind,
                                const GvncPixelFormat *format);
/* Takes a copy of @len bytes. Like the next, gives the event as gvnc_batch_event() does. */
GvncEvent *gvnc_batch_data     (GvncBatch     *batch,
                                GvncEventKind  kind,
                                const void    *data,
                                gsize          len);
/* @text is a sentence for people. */
GvncEvent *gvnc_batch_text     (GvncBatch     *batch,
                                GvncEventKind  kind,
                                const char    *text);
/* What the connection ends because of. */
GvncEvent *gvnc_batch_error    (GvncBatch     *batch,
                                const GError  *error);
/* The rectangle is complete and drawn. */
void       gvnc_batch_rect     (GvncBatch      *batch,
                                const GvncRect *rect);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GvncBatch, gvnc_batch_free)
