/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session/batch.h"
#include "session/command.h"

/* All that the main context and the engine's thread share: commands go down, batches come up, each in order. Closed by the
 * main context, after which no batch is told of. The engine owns it. */
typedef struct _GvncMailbox GvncMailbox;

/* @source is set ready whenever there is a batch to pop. */
GvncMailbox *gvnc_mailbox_new    (GSource      *source);
void         gvnc_mailbox_free   (GvncMailbox  *self);

/* ---- main context ---- */

void         gvnc_mailbox_close  (GvncMailbox  *self);
/* Takes @command over. */
void         gvnc_mailbox_send   (GvncMailbox  *self,
                                  GvncCommand  *command);
/* See gvnc_engine_cork(). */
gint         gvnc_mailbox_cork   (GvncMailbox  *self);
void         gvnc_mailbox_uncork (GvncMailbox  *self,
                                  gint          outer);
/* The next batch, or NULL. Its memory counts as waiting until it is given to gvnc_mailbox_done(). */
GvncBatch   *gvnc_mailbox_pop    (GvncMailbox  *self);
void         gvnc_mailbox_done   (GvncMailbox  *self,
                                  GvncBatch    *batch);

/* ---- thread ---- */

/* Readable when there is a reason to look; -1 when the process has no file left for it. */
int          gvnc_mailbox_get_fd (GvncMailbox  *self);
/* What the main context wants, a list to be taken over; FALSE when it has closed. @has_room says whether decoding may go
 * on. */
gboolean     gvnc_mailbox_look   (GvncMailbox  *self,
                                  GvncCommand **commands,
                                  gboolean     *has_room);
/* Takes @batch over. */
void         gvnc_mailbox_hand   (GvncMailbox  *self,
                                  GvncBatch    *batch);
