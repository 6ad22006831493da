/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session/engine.h"

/* Gives the engine's batches to their receiver on the main context, in wire order and within a time budget: a dispatch
 * draws for GVNC_LIMIT_REPLAY_MS at most, stops in the middle of an operation if need be, and goes on in the next one,
 * below the priority of GTK's redraw. Main context only.
 *
 * The receiver may stop the replay, and even go away, in any of its functions but hold(); none is called after that
 * except release(). */
typedef struct _GvncReplay GvncReplay;

typedef struct {
  /* Keeps the receiver alive while rect() or event() runs. draw() sees to that itself, where it matters. */
  void     (*hold)    (gpointer receiver);
  void     (*release) (gpointer receiver);
  /* As gvnc_painter_draw(). */
  gboolean (*draw)    (gpointer receiver, const GvncOp *op, guint *row, guint max_pixels);
  /* A rectangle is complete. */
  void     (*rect)    (gpointer receiver, const GvncRect *rect);
  void     (*event)   (gpointer receiver, const GvncEvent *event);
} GvncReplayFuncs;

/* Starts an engine for @target, which is taken over. */
GvncReplay *gvnc_replay_start  (GvncTarget            *target,
                                gboolean               shared,
                                const GvncReplayFuncs *funcs,
                                gpointer               receiver);
/* Stops the engine and frees the replay; returns at once. */
void        gvnc_replay_stop   (GvncReplay            *self);

GvncEngine *gvnc_replay_get_engine (GvncReplay        *self);
