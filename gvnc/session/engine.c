/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/engine.h"

#include "session/engine-ladder.h"
#include "session/input.h"
#include "session/limits.h"
#include "session/mailbox.h"
#include "session/meter.h"
#include "session/session.h"
#include "transport/address.h"

#include <glib/gi18n-lib.h>

/* How often the round trip is measured while updates come. */
#define PING_INTERVAL_US (2 * G_USEC_PER_SEC)

/* Most that is read ahead while the application has not chosen or given credentials yet. */
#define READ_AHEAD_LEN 4096

guint gvnc_engine_hint_ms = GVNC_LIMIT_GREETING_HINT_MS;
guint gvnc_engine_silence_ms = GVNC_LIMIT_HANDSHAKE_MS;

struct _GvncEngine {
  gatomicrefcount  refs;            /* one for the main context, one for the thread */
  GvncMailbox     *mailbox;         /* between the two */
  GCancellable    *cancellable;     /* for the time of connecting */

  /* The thread's own: */
  GvncTarget      *target;
  gboolean         shared;
  GvncSession     *session;
  GvncLadder       ladder;
  GvncInput        input;
  GvncWriter       out;
  GvncBatch       *batch;           /* being filled; never NULL while the thread runs */
  gboolean         cannot_write;    /* the peer takes nothing any more; what it sent is still read */
  gint64           progress_us;     /* when the server was last heard of */
  gboolean         probed;          /* it was asked whether it is still there, since then */
  GvncMeter        meter;
  gint64           ping_us;         /* when the last ping was sent; 0 before the first */
  gint             latency_ms;      /* of the last one that came back; -1 before */
};

static void
engine_unref (GvncEngine *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  gvnc_mailbox_free (self->mailbox);
  g_object_unref (self->cancellable);
  g_free (self);
}

/* ---- thread ---- */

/* Hands the batch over, if there is anything in it. */
static void
engine_flush (GvncEngine *self)
{
  GvncBatch *batch = self->batch;

  if (gvnc_batch_is_empty (batch))
    return;
  gvnc_canvas_set_input (&batch->canvas, NULL);
  self->batch = gvnc_batch_new ();
  gvnc_mailbox_hand (self->mailbox, batch);
}

static gboolean
engine_obey (GvncEngine   *self,
             GvncCommand  *commands,
             GError      **error)
{
  gboolean waited = gvnc_session_phase (self->session) == GVNC_PHASE_WAITING;
  gboolean ok = TRUE;

  while (commands != NULL) {
    GvncCommand *command = commands;

    commands = command->next;
    command->next = NULL;
    if (command->kind == GVNC_COMMAND_TRUST && command->number == GVNC_TRUST_REMEMBER)
      gvnc_ladder_remember (&self->ladder);
    if (ok)
      ok = gvnc_session_command (self->session, command, self->batch, &self->out, error);
    else
      gvnc_command_free (command);
  }
  if (waited && ok && gvnc_session_phase (self->session) != GVNC_PHASE_WAITING)
    self->progress_us = g_get_monotonic_time ();
  return ok;
}

/* Decodes what was received, as far as it goes; stops early when a batch is full. */
static gboolean
engine_digest (GvncEngine  *self,
               GError     **error)
{
  gsize want;

  while ((want = gvnc_session_want (self->session)) > 0 && gvnc_input_left (&self->input) >= want) {
    gsize left = gvnc_input_left (&self->input);
    GvncReader in = gvnc_reader_init (gvnc_input_peek (&self->input), left);

    gvnc_canvas_set_input (&self->batch->canvas, self->input.block);
    if (!gvnc_session_take (self->session, &in, self->batch, &self->out, error))
      return FALSE;
    g_assert (!in.overrun);
    self->input.start += left - gvnc_reader_left (&in);
    if (gvnc_batch_size (self->batch) >= GVNC_LIMIT_BATCH_BYTES)
      break;
  }
  return TRUE;
}

/* Whether the session can go on with what was received. */
static gboolean
engine_can_digest (GvncEngine *self)
{
  gsize want = gvnc_session_want (self->session);

  return want > 0 && gvnc_input_left (&self->input) >= want;
}

static gboolean
engine_write (GvncEngine  *self,
              GError     **error)
{
  if (self->out.full)
    return gvnc_limit_error (error, _("The server does not read what is sent to it; more than %d bytes wait"),
                             GVNC_LIMIT_OUTPUT_LEN);
  if (self->ladder.securing)
    return TRUE;
  while (gvnc_writer_left (&self->out) > 0) {
    gssize n;

    if (self->cannot_write) {
      gvnc_writer_consume (&self->out, gvnc_writer_left (&self->out));
      break;
    }
    n = gvnc_layer_write (self->ladder.top, gvnc_writer_peek (&self->out), gvnc_writer_left (&self->out), error);
    if (n > 0)
      gvnc_writer_consume (&self->out, (gsize) n);
    else if (n == GVNC_LAYER_END)
      self->cannot_write = TRUE;   /* the reason may still be in what it sent before */
    else
      return n != GVNC_LAYER_ERROR;
  }
  return TRUE;
}

/* Reads once; @again says that there is nothing to read now. */
static gboolean
engine_read (GvncEngine  *self,
             gboolean    *again,
             GError     **error)
{
  gsize room;
  guint8 *memory = gvnc_input_reserve (&self->input, gvnc_session_want (self->session), &room);
  gssize n = gvnc_layer_read (self->ladder.top, memory, room, error);

  *again = n == GVNC_LAYER_AGAIN;
  if (n > 0) {
    self->input.end += (gsize) n;
    self->progress_us = g_get_monotonic_time ();
    return TRUE;
  }
  if (n == GVNC_LAYER_END)
    return gvnc_set_error (error, GVNC_ERROR_IO, _("Server closed the connection"));
  return n != GVNC_LAYER_ERROR;
}

/* A session may be silent because nothing changes on its desktop. So the server is asked for something that it has to answer
 * when half of the time is over. */
static gboolean
engine_check_idle (GvncEngine  *self,
                   gint64       silent_ms,
                   gint        *timeout_ms,
                   GError     **error)
{
  const gint64 limit_ms = (gint64) self->target->idle_s * 1000;

  if (silent_ms < limit_ms / 2) {
    self->probed = FALSE;
    *timeout_ms = (gint) MIN (limit_ms / 2 - silent_ms, G_MAXINT);
    return TRUE;
  }
  if (silent_ms >= limit_ms)
    return gvnc_set_error (error, GVNC_ERROR_TIMED_OUT, _("The server has been silent for %u seconds"), self->target->idle_s);
  *timeout_ms = (gint) MIN (limit_ms - silent_ms, G_MAXINT);
  if (self->probed)
    return TRUE;
  self->probed = TRUE;
  return gvnc_session_probe (self->session, self->batch, &self->out, error);
}

/* Milliseconds until the server has been silent for too long, or -1; acts when it has. */
static gboolean
engine_check_time (GvncEngine  *self,
                   gint        *timeout_ms,
                   GError     **error)
{
  GvncPhase phase = gvnc_session_phase (self->session);
  gint64 silent_ms = (g_get_monotonic_time () - self->progress_us) / 1000, limit_ms;
  gboolean is_far;

  *timeout_ms = -1;
  if (phase == GVNC_PHASE_RUNNING && self->target->idle_s > 0)
    return engine_check_idle (self, silent_ms, timeout_ms, error);
  if (phase != GVNC_PHASE_GREETING && phase != GVNC_PHASE_HANDSHAKE)
    return TRUE;
  is_far = phase == GVNC_PHASE_GREETING && (self->target->ssh_host != NULL || self->target->repeater != NULL);
  limit_ms = is_far ? GVNC_LIMIT_FAR_GREETING_MS : gvnc_engine_silence_ms;
  if (silent_ms >= limit_ms)
    return gvnc_set_error (error, GVNC_ERROR_TIMED_OUT,
                           _("The server has been silent for %d seconds; is it a VNC server?"), (gint) limit_ms / 1000);
  *timeout_ms = (gint) (limit_ms - silent_ms);
  if (phase == GVNC_PHASE_GREETING && !self->ladder.securing && !is_far) {
    if (silent_ms >= gvnc_engine_hint_ms)
      gvnc_session_hint (self->session, &self->out);
    else
      *timeout_ms = (gint) (gvnc_engine_hint_ms - silent_ms);
  }
  return TRUE;
}

static void
engine_wait (GvncEngine *self,
             gboolean    reads,
             gint        timeout_ms)
{
  gint64 due_us = gvnc_session_due (self->session);
  GPollFD fds[2] = {
    { .fd = gvnc_mailbox_get_fd (self->mailbox), .events = G_IO_IN },
  };
  GIOCondition wanted = 0, condition;

  if (due_us < G_MAXINT64) {
    gint due_ms = (gint) CLAMP ((due_us - g_get_monotonic_time () + 999) / 1000, 0, G_MAXINT);

    timeout_ms = timeout_ms < 0 ? due_ms : MIN (timeout_ms, due_ms);
  }
  if (reads)
    wanted |= G_IO_IN;
  if (gvnc_writer_left (&self->out) > 0)
    wanted |= G_IO_OUT;
  fds[1].fd = gvnc_layer_poll (self->ladder.top, wanted, &condition);
  fds[1].events = (gushort) condition;
  if (fds[1].fd < 0)
    timeout_ms = 0;
  /* Without a wish the descriptor is left out: a hang-up would be reported again and again. */
  g_poll (fds, condition != 0 && fds[1].fd >= 0 ? 2 : 1, timeout_ms);
}

static void
engine_tell_link (GvncEngine *self)
{
  GvncEvent *event = gvnc_batch_event (self->batch, GVNC_EVENT_LINK);

  event->number = self->meter.bandwidth_kbit;
  event->rect.x = (guint16) MIN (self->latency_ms + 1, G_MAXUINT16);
}

/* Measures the round trip now and then. */
static void
engine_ping (GvncEngine *self)
{
  gint64 now_us;

  if (gvnc_session_pong (self->session)) {
    self->latency_ms = (gint) MIN ((g_get_monotonic_time () - self->ping_us) / 1000, G_MAXUINT16);
    engine_tell_link (self);
  }
  now_us = g_get_monotonic_time ();
  if (now_us - self->ping_us >= PING_INTERVAL_US && gvnc_session_ping (self->session, &self->out))
    self->ping_us = now_us;
}

/* The application has closed the connection: what it said before that, released keys above all, still goes out as far as
 * the link takes it at once. */
static void
engine_take_leave (GvncEngine  *self,
                   GvncCommand *commands)
{
  if (gvnc_session_phase (self->session) == GVNC_PHASE_RUNNING) {
    if (engine_obey (self, commands, NULL))
      engine_write (self, NULL);
    return;
  }
  gvnc_command_free_all (commands);
}

static gboolean
engine_run (GvncEngine  *self,
            GError     **error)
{
  gint64 waited_us = 0;

  for (;;) {
    GvncCommand *commands;
    gboolean has_room, reads, again = TRUE;
    gboolean receiving;
    gint timeout_ms;

    if (!gvnc_mailbox_look (self->mailbox, &commands, &has_room)) {
      engine_take_leave (self, commands);
      return TRUE;
    }
    gvnc_session_set_time (self->session, g_get_monotonic_time ());
    if (!engine_obey (self, commands, error) ||
        (has_room && !engine_digest (self, error)) ||
        !gvnc_session_act (self->session, self->batch, &self->out, error) ||
        !engine_check_time (self, &timeout_ms, error) ||
        !engine_write (self, error))
      return FALSE;

    /* A batch that is full is handed over even while more can be read, or it would hide from the queue's ceiling. */
    if ((has_room && engine_can_digest (self)) || gvnc_batch_size (self->batch) >= GVNC_LIMIT_BATCH_BYTES) {
      engine_flush (self);
      continue;
    }
    receiving = gvnc_session_in_update (self->session);
    engine_ping (self);
    if (!gvnc_ladder_secure (&self->ladder, &self->input, self->batch, &self->out, error))
      return FALSE;
    if (self->ladder.securing) {
      if (!gvnc_ladder_shake_hands (&self->ladder, &again, self->batch, &self->out, error))
        return FALSE;
      if (!again) {
        self->progress_us = g_get_monotonic_time ();
        continue;
      }
      engine_flush (self);
      engine_wait (self, gvnc_session_phase (self->session) != GVNC_PHASE_WAITING, timeout_ms);
      continue;
    }
    reads = has_room && (gvnc_session_want (self->session) > 0 || gvnc_input_left (&self->input) < READ_AHEAD_LEN);
    if (reads) {
      gsize end = gvnc_input_left (&self->input);

      if (!engine_read (self, &again, error))
        return FALSE;
      if (receiving && !again) {
        if (gvnc_meter_add (&self->meter, gvnc_input_left (&self->input) - end, waited_us))
          engine_tell_link (self);
        waited_us = 0;
      }
    }
    if (again) {
      gint64 start_us = g_get_monotonic_time ();

      engine_flush (self);
      engine_wait (self, reads, timeout_ms);
      /* Only waits for the rest of an update tell how fast the link is. */
      waited_us = receiving && reads ? waited_us + g_get_monotonic_time () - start_us : 0;
    }
  }
}

/* TRUE when the main context stopped us; else the error is set. */
static gboolean
engine_connect (GvncEngine  *self,
                GError     **error)
{
  GvncLayer *link;

  if (gvnc_mailbox_get_fd (self->mailbox) < 0)
    return gvnc_set_error (error, GVNC_ERROR_IO, _("Cannot connect: this process has too many files open"));
  link = gvnc_connect (self->target, self->cancellable, error);
  if (link == NULL)
    return FALSE;
  self->session = gvnc_session_new (self->shared, gvnc_target_is_local (self->target),
                                    self->target->hostname != NULL ? self->target->hostname : self->target->host);
  gvnc_session_handshake (self->session)->repeater = self->target->repeater;
  gvnc_ladder_init (&self->ladder, self->target, self->session, link);
  self->latency_ms = -1;
  self->progress_us = g_get_monotonic_time ();
  gvnc_batch_event (self->batch, GVNC_EVENT_CONNECTED);
  if (!self->ladder.securing && link->encrypted)
    gvnc_session_layered (self->session, TRUE, link->type->name, self->batch, &self->out, NULL);
  engine_flush (self);
  return self->ladder.securing || gvnc_ladder_climb (&self->ladder, error);
}

static gpointer
engine_thread (gpointer data)
{
  GvncEngine *self = data;
  g_autoptr (GError) error = NULL;

  self->batch = gvnc_batch_new ();
  gvnc_writer_init (&self->out, GVNC_LIMIT_OUTPUT_LEN);

  if (!engine_connect (self, &error) || !engine_run (self, &error)) {
    if (self->session != NULL)
      gvnc_session_fail (self->session, error, self->batch);
    else
      gvnc_batch_error (self->batch, error);
    gvnc_batch_event (self->batch, GVNC_EVENT_CLOSED);
    engine_flush (self);
  }

  gvnc_ladder_clear (&self->ladder);
  gvnc_session_free (self->session);
  gvnc_batch_free (self->batch);
  gvnc_input_clear (&self->input);
  gvnc_writer_clear (&self->out);
  gvnc_target_free (self->target);
  engine_unref (self);
  return NULL;
}

/* ---- main context ---- */

/* There is no thread: what it would have done last is done here. */
static void
engine_stillborn (GvncEngine   *self,
                  const GError *cause)
{
  g_autofree char *text = g_strdup_printf (_("Cannot connect: no thread can be started: %s"), cause->message);

  self->batch = gvnc_batch_new ();
  gvnc_batch_text (self->batch, GVNC_EVENT_ERROR, text);
  gvnc_batch_event (self->batch, GVNC_EVENT_CLOSED);
  engine_flush (self);
  g_clear_pointer (&self->batch, gvnc_batch_free);
  g_clear_pointer (&self->target, gvnc_target_free);
  engine_unref (self);
}

GvncEngine *
gvnc_engine_start (GvncTarget *target,
                   gboolean    shared,
                   GSource    *source)
{
  GvncEngine *self = g_new0 (GvncEngine, 1);
  g_autoptr (GError) error = NULL;
  GThread *thread;

  g_atomic_ref_count_init (&self->refs);
  g_atomic_ref_count_inc (&self->refs);
  self->mailbox = gvnc_mailbox_new (source);
  self->cancellable = g_cancellable_new ();
  self->target = target;
  self->shared = shared;
  thread = g_thread_try_new ("gvnc-engine", engine_thread, self, &error);
  if (thread != NULL)
    g_thread_unref (thread);
  else
    engine_stillborn (self, error);
  return self;
}

void
gvnc_engine_stop (GvncEngine *self)
{
  gvnc_mailbox_close (self->mailbox);
  g_cancellable_cancel (self->cancellable);
  engine_unref (self);
}

void
gvnc_engine_send (GvncEngine  *self,
                  GvncCommand *command)
{
  gvnc_mailbox_send (self->mailbox, command);
}

gint
gvnc_engine_cork (GvncEngine *self)
{
  return gvnc_mailbox_cork (self->mailbox);
}

void
gvnc_engine_uncork (GvncEngine *self,
                    gint        outer)
{
  gvnc_mailbox_uncork (self->mailbox, outer);
}

GvncBatch *
gvnc_engine_pop (GvncEngine *self)
{
  return gvnc_mailbox_pop (self->mailbox);
}

void
gvnc_engine_done (GvncEngine *self,
                  GvncBatch  *batch)
{
  gvnc_mailbox_done (self->mailbox, batch);
}
