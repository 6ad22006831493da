/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/batch.h"

#include "wire/error.h"

GvncBatch *
gvnc_batch_new (void)
{
  GvncBatch *batch = g_new0 (GvncBatch, 1);

  gvnc_canvas_init (&batch->canvas);
  batch->events = g_array_new (FALSE, TRUE, sizeof (GvncEvent));
  g_array_set_clear_func (batch->events, (GDestroyNotify) gvnc_event_clear);
  return batch;
}

void
gvnc_batch_free (GvncBatch *batch)
{
  if (batch == NULL)
    return;
  gvnc_canvas_clear (&batch->canvas);
  g_array_unref (batch->events);
  g_free (batch);
}

static GvncOp *
batch_mark (GvncBatch *batch)
{
  GvncOp *op = gvnc_canvas_append (&batch->canvas);

  op->kind = GVNC_OP_EVENT;
  op->layout = 0;
  op->rect = (GvncRect) { 0, 0, 0, 0 };
  op->data = NULL;
  return op;
}

GvncEvent *
gvnc_batch_event (GvncBatch     *batch,
                  GvncEventKind  kind)
{
  guint index = batch->events->len;
  GvncEvent *event;

  batch_mark (batch)->value = index;
  g_array_set_size (batch->events, index + 1);
  event = &g_array_index (batch->events, GvncEvent, index);
  event->kind = kind;
  batch->n_bytes += sizeof (GvncEvent);
  return event;
}

void
gvnc_batch_number (GvncBatch     *batch,
                   GvncEventKind  kind,
                   guint32        number)
{
  gvnc_batch_event (batch, kind)->number = number;
}

void
gvnc_batch_format (GvncBatch             *batch,
                   GvncEventKind          kind,
                   const GvncPixelFormat *format)
{
  gvnc_batch_event (batch, kind)->format = *format;
}

GvncEvent *
gvnc_batch_data (GvncBatch     *batch,
                 GvncEventKind  kind,
                 const void    *data,
                 gsize          len)
{
  GvncEvent *event = gvnc_batch_event (batch, kind);

  event->data = g_bytes_new (data, len);
  batch->n_bytes += len;
  return event;
}

GvncEvent *
gvnc_batch_text (GvncBatch     *batch,
                 GvncEventKind  kind,
                 const char    *text)
{
  return gvnc_batch_data (batch, kind, text, strlen (text));
}

void
gvnc_batch_rect (GvncBatch      *batch,
                 const GvncRect *rect)
{
  GvncOp *op = batch_mark (batch);

  op->value = GVNC_MARK_RECT;
  op->rect = *rect;
}

GvncEvent *
gvnc_batch_error (GvncBatch    *batch,
                  const GError *error)
{
  GvncEvent *event = gvnc_batch_text (batch, GVNC_EVENT_ERROR, error->message);

  event->number = error->domain == GVNC_ERROR ? (guint32) error->code : GVNC_ERROR_IO;
  return event;
}
