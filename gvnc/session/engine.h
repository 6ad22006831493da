/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session/batch.h"
#include "session/command.h"
#include "transport/connect.h"

/* The thread that owns a connection: it connects, reads, decodes and writes. Commands go down, batches come up, in
 * order; nothing else is shared. All functions here are for the main context; what the thread runs is in engine.c.
 *
 * Stopping returns at once whatever the thread is doing; the thread then ends by itself and frees everything. */
typedef struct _GvncEngine GvncEngine;

/* Milliseconds of silence before a hint and before giving up, from limits.h. Tests, which are less patient, may set them
 * while no engine runs. */
extern guint gvnc_engine_hint_ms;
extern guint gvnc_engine_silence_ms;

/* Takes @target over. Sets @source ready whenever there is a batch to pop, until the engine is stopped. */
GvncEngine *gvnc_engine_start   (GvncTarget  *target,
                                 gboolean     shared,
                                 GSource     *source);
/* No batch comes after this. Drops the caller's reference. */
void        gvnc_engine_stop    (GvncEngine  *self);

/* Takes @command over. */
void        gvnc_engine_send    (GvncEngine  *self,
                                 GvncCommand *command);
/* Commands between the two wake the thread once, at the end. Those of a main loop that runs inside wake it at once, since
 * it may run for long. @outer is what cork gave. */
gint        gvnc_engine_cork    (GvncEngine  *self);
void        gvnc_engine_uncork  (GvncEngine  *self,
                                 gint         outer);

/* The next batch, or NULL. Its memory counts as waiting until it is given to gvnc_engine_done(). */
GvncBatch  *gvnc_engine_pop     (GvncEngine  *self);
void        gvnc_engine_done    (GvncEngine  *self,
                                 GvncBatch   *batch);
