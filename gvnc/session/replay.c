/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/replay.h"

#include "session/limits.h"

/* GTK 3 and 4 redraw at GDK_PRIORITY_REDRAW, which is G_PRIORITY_HIGH_IDLE + 20. */
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 25)

/* How much is drawn between two looks at the clock; half a millisecond at the slowest conversion. */
#define SLICE_PX  (64 * 1024)
#define SLICE_OPS 256

/* What a rectangle's signal may cost, in pixels; other events are followed by a look at the clock. */
#define RECT_PX   4096

/* After a dispatch that has used up its time, in microseconds: what has less priority than we is to run at times too. */
#define REST_US   500

struct _GvncReplay {
  gint                   refs;       /* the owner's, and one for each dispatch that is running */
  const GvncReplayFuncs *funcs;
  gpointer               receiver;
  GvncEngine            *engine;     /* NULL once stopped */
  GSource               *source;
  GvncBatch             *batch;      /* being replayed, or NULL */
  guint                  next_op;
  guint                  next_row;   /* of that operation */
  gboolean               drawing;    /* the batch's memory is in use, even if we are stopped */
};

static void
replay_unref (GvncReplay *self)
{
  if (--self->refs == 0)
    g_free (self);
}

/* Drops the batch, which was replayed or will not be. */
static void
replay_drop_batch (GvncReplay *self)
{
  if (self->batch != NULL && !self->drawing)
    gvnc_engine_done (self->engine, g_steal_pointer (&self->batch));
  self->next_op = 0;
  self->next_row = 0;
}

/* Draws an operation, or a part of it; gives roughly how many pixels it cost. */
static guint
replay_draw (GvncReplay   *self,
             const GvncOp *op)
{
  guint n_pixels = (op->rect.height - self->next_row) * (guint) op->rect.width;
  gboolean complete;

  self->drawing = TRUE;
  complete = self->funcs->draw (self->receiver, op, &self->next_row, SLICE_PX);
  self->drawing = FALSE;
  if (self->engine == NULL) {
    /* A framebuffer of the application's own has stopped us. */
    g_clear_pointer (&self->batch, gvnc_batch_free);
    return 0;
  }
  if (!complete)
    return SLICE_PX;
  self->next_op++;
  self->next_row = 0;
  return n_pixels;
}

/* One operation or event; gives roughly how many pixels it cost. */
static guint
replay_step (GvncReplay *self)
{
  const GvncOp *op = &self->batch->canvas.ops[self->next_op];
  guint n_pixels = SLICE_PX;

  if (op->kind != GVNC_OP_EVENT)
    return replay_draw (self, op);

  /* The receiver may stop us in there, which frees the batch; so the place is left before. It may also lose its last
   * owner: then it goes away right here, and tells nobody what came behind. */
  self->next_op++;
  self->funcs->hold (self->receiver);
  if (op->value == GVNC_MARK_RECT) {
    GvncRect rect = op->rect;

    n_pixels = RECT_PX;
    self->funcs->rect (self->receiver, &rect);
  } else {
    GvncEvent *event = &g_array_index (self->batch->events, GvncEvent, op->value);
    GvncEvent taken = *event;

    *event = (GvncEvent) { .kind = taken.kind };
    /* A handler may run a main loop for long, a dialog's; what it has asked for before does not wait for that. */
    gvnc_engine_uncork (self->engine, 0);
    self->funcs->event (self->receiver, &taken);
    if (self->engine != NULL)
      gvnc_engine_cork (self->engine);
    gvnc_event_clear (&taken);
  }
  self->funcs->release (self->receiver);
  return n_pixels;
}

/* Whether anything is left to do. */
static gboolean
replay_run (GvncReplay *self)
{
  gint64 end_us = g_get_monotonic_time () + GVNC_LIMIT_REPLAY_MS * 1000;
  guint n_pixels = 0, n_ops = 0;

  while (self->engine != NULL) {
    if (self->batch == NULL)
      self->batch = gvnc_engine_pop (self->engine);
    if (self->batch == NULL)
      return FALSE;

    /* A main loop that runs inside of a handler may replay on, and leave us without the batch or with another one. */
    while (self->batch != NULL && self->next_op < self->batch->canvas.n_ops) {
      n_pixels += replay_step (self);
      n_ops++;
      if (n_pixels >= SLICE_PX || n_ops >= SLICE_OPS) {
        if (g_get_monotonic_time () >= end_us)
          return TRUE;
        n_pixels = n_ops = 0;
      }
    }
    replay_drop_batch (self);
  }
  return FALSE;
}

static gboolean
replay_dispatch (GSource     *source,
                 GSourceFunc  callback,
                 gpointer     data)
{
  GvncReplay *self = data;
  gint outer;

  /* A framebuffer that runs a main loop while it is drawn on gets no second drawing inside of the first. */
  g_source_set_ready_time (source, -1);
  if (self->drawing)
    return G_SOURCE_CONTINUE;
  self->refs++;
  outer = gvnc_engine_cork (self->engine);
  if (replay_run (self))
    g_source_set_ready_time (source, g_get_monotonic_time () + REST_US);
  if (self->engine != NULL)
    gvnc_engine_uncork (self->engine, outer);
  replay_unref (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
replay_never_called (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs replay_source_funcs = {
  .dispatch = replay_dispatch,
};

GvncReplay *
gvnc_replay_start (GvncTarget            *target,
                   gboolean               shared,
                   const GvncReplayFuncs *funcs,
                   gpointer               receiver)
{
  GvncReplay *self = g_new0 (GvncReplay, 1);

  self->refs = 1;
  self->funcs = funcs;
  self->receiver = receiver;
  self->source = g_source_new (&replay_source_funcs, sizeof (GSource));
  g_source_set_name (self->source, "gvnc-replay");
  g_source_set_priority (self->source, PRIORITY);
  /* Handlers run their own main loops, in dialogs; the session goes on in there. */
  g_source_set_can_recurse (self->source, TRUE);
  g_source_set_callback (self->source, replay_never_called, self, NULL);
  g_source_attach (self->source, NULL);
  self->engine = gvnc_engine_start (target, shared, self->source);
  return self;
}

void
gvnc_replay_stop (GvncReplay *self)
{
  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  replay_drop_batch (self);
  gvnc_engine_stop (g_steal_pointer (&self->engine));
  replay_unref (self);
}

GvncEngine *
gvnc_replay_get_engine (GvncReplay *self)
{
  return self->engine;
}
