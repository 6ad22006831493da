/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/mailbox.h"

#include "session/limits.h"

#include <errno.h>
#include <glib-unix.h>
#include <unistd.h>

struct _GvncMailbox {
  int              wake_fds[2];     /* a byte in this pipe ends the thread's waiting */
  gint             cork_depth;      /* main context only: the main loop's depth where commands do not wake, or 0 */

  GMutex           lock;            /* for these: */
  gboolean         closed;
  gboolean         woken;           /* there is a byte in the pipe */
  gboolean         starved;         /* the thread waits for the queue to shrink */
  GvncCommand     *first_command;
  GvncCommand     *last_command;
  GvncBatch       *first_batch;
  GvncBatch       *last_batch;
  gsize            n_queued;        /* bytes of all batches that are not done */
  GSource         *source;          /* NULL once closed */
};

GvncMailbox *
gvnc_mailbox_new (GSource *source)
{
  GvncMailbox *self = g_new0 (GvncMailbox, 1);

  g_mutex_init (&self->lock);
  self->source = g_source_ref (source);
  if (g_unix_open_pipe (self->wake_fds, FD_CLOEXEC, NULL)) {
    g_unix_set_fd_nonblocking (self->wake_fds[0], TRUE, NULL);
    g_unix_set_fd_nonblocking (self->wake_fds[1], TRUE, NULL);
  } else {
    self->wake_fds[0] = self->wake_fds[1] = -1;
  }
  return self;
}

void
gvnc_mailbox_free (GvncMailbox *self)
{
  GvncBatch *next;

  gvnc_command_free_all (self->first_command);
  for (GvncBatch *batch = self->first_batch; batch != NULL; batch = next) {
    next = batch->next;
    gvnc_batch_free (batch);
  }
  for (guint i = 0; i < G_N_ELEMENTS (self->wake_fds); i++)
    if (self->wake_fds[i] >= 0)
      close (self->wake_fds[i]);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* The lock is held. */
static void
mailbox_wake_locked (GvncMailbox *self)
{
  if (self->woken || self->wake_fds[1] < 0)
    return;
  self->woken = TRUE;
  while (write (self->wake_fds[1], "", 1) < 0 && errno == EINTR)
    ;
}

/* ---- main context ---- */

void
gvnc_mailbox_close (GvncMailbox *self)
{
  GSource *source;

  g_mutex_lock (&self->lock);
  self->closed = TRUE;
  source = g_steal_pointer (&self->source);
  mailbox_wake_locked (self);
  g_mutex_unlock (&self->lock);
  g_source_unref (source);
}

void
gvnc_mailbox_send (GvncMailbox *self,
                   GvncCommand *command)
{
  g_mutex_lock (&self->lock);
  if (self->last_command != NULL)
    self->last_command->next = command;
  else
    self->first_command = command;
  self->last_command = command;
  if (self->cork_depth == 0 || self->cork_depth != g_main_depth ())
    mailbox_wake_locked (self);
  g_mutex_unlock (&self->lock);
}

gint
gvnc_mailbox_cork (GvncMailbox *self)
{
  gint outer = self->cork_depth;

  self->cork_depth = g_main_depth ();
  return outer;
}

void
gvnc_mailbox_uncork (GvncMailbox *self,
                     gint         outer)
{
  self->cork_depth = outer;
  g_mutex_lock (&self->lock);
  if (self->first_command != NULL)
    mailbox_wake_locked (self);
  g_mutex_unlock (&self->lock);
}

GvncBatch *
gvnc_mailbox_pop (GvncMailbox *self)
{
  GvncBatch *batch;

  g_mutex_lock (&self->lock);
  batch = self->first_batch;
  if (batch != NULL) {
    self->first_batch = batch->next;
    if (self->first_batch == NULL)
      self->last_batch = NULL;
    batch->next = NULL;
  }
  g_mutex_unlock (&self->lock);
  return batch;
}

void
gvnc_mailbox_done (GvncMailbox *self,
                   GvncBatch   *batch)
{
  gsize size = gvnc_batch_size (batch);

  gvnc_batch_free (batch);
  g_mutex_lock (&self->lock);
  self->n_queued -= size;
  if (self->starved && self->n_queued < GVNC_LIMIT_QUEUE_BYTES / 2)
    mailbox_wake_locked (self);
  g_mutex_unlock (&self->lock);
}

/* ---- thread ---- */

int
gvnc_mailbox_get_fd (GvncMailbox *self)
{
  return self->wake_fds[0];
}

gboolean
gvnc_mailbox_look (GvncMailbox  *self,
                   GvncCommand **commands,
                   gboolean     *has_room)
{
  gboolean goes_on;

  g_mutex_lock (&self->lock);
  *commands = self->first_command;
  self->first_command = self->last_command = NULL;
  *has_room = self->n_queued < GVNC_LIMIT_QUEUE_BYTES;
  self->starved = !*has_room;
  if (self->woken) {
    guint8 byte;

    self->woken = FALSE;
    while (read (self->wake_fds[0], &byte, 1) < 0 && errno == EINTR)
      ;
  }
  goes_on = !self->closed;
  g_mutex_unlock (&self->lock);
  return goes_on;
}

void
gvnc_mailbox_hand (GvncMailbox *self,
                   GvncBatch   *batch)
{
  g_mutex_lock (&self->lock);
  self->n_queued += gvnc_batch_size (batch);
  if (self->last_batch != NULL)
    self->last_batch->next = batch;
  else
    self->first_batch = batch;
  self->last_batch = batch;
  if (self->source != NULL)
    g_source_set_ready_time (self->source, 0);
  g_mutex_unlock (&self->lock);
}
