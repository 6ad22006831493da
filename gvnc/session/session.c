/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/session.h"

#include "session/actions.h"
#include "session/clipboard.h"
#include "session/flow.h"
#include "session/messages.h"
#include "session/requests.h"
#include "session/strange.h"
#include "wire/rfb.h"

/* The message loop: which message comes, and what a command becomes on the wire (RFC 6143 sections 7.5 and 7.6).
 *
 * A change of the pixel format must be in step with updates: once SetPixelFormat is on the wire, the next pixels are in
 * the new format only if no older request was still to be answered. So with a request outstanding the change is held
 * back, with everything that may not overtake it, until an update came; a request for a single pixel makes sure that
 * one comes. If requests were sent ahead, it waits until no answer to them can be under way either. A server that knows
 * fences needs none of that: see flow.h. */

typedef enum {
  STEP_HANDSHAKE,
  STEP_MESSAGE,         /* U8 type */
  STEP_UPDATE_HEAD,     /* padding, U16 count */
  STEP_UPDATE,
  STEP_OTHER,           /* see messages.h */
  STEP_FENCE_HEAD,      /* padding, U32 flags, U8 length */
  STEP_FENCE,
} Step;

struct _GvncSession {
  Step           step;
  GvncHandshake  handshake;
  GvncUpdates    updates;
  GvncFlow       flow;
  GvncClipboard  clipboard;
  GvncMessages   messages;
  GvncRequests   requests;
  gint64         said_us;            /* when we have last said something in the handshake; 0: it was answered */
  gboolean       asked_updates;
  gboolean       updated;            /* an update came since the last ping */
  gboolean       requested;          /* a FramebufferUpdateRequest is on the wire that no update has answered */
  GQueue         held;               /* commands that wait for the pixel format to be in step */
};

GvncSession *
gvnc_session_new (gboolean    shared,
                  gboolean    local,
                  const char *hostname)
{
  GvncSession *self = g_new0 (GvncSession, 1);

  self->step = STEP_HANDSHAKE;
  gvnc_handshake_init (&self->handshake);
  self->handshake.shared = shared;
  self->handshake.link.local = local;
  self->handshake.link.hostname = g_strdup (hostname);
  gvnc_updates_init (&self->updates);
  gvnc_flow_init (&self->flow);
  gvnc_clipboard_init (&self->clipboard);
  gvnc_messages_init (&self->messages, &self->updates, &self->clipboard);
  gvnc_requests_init (&self->requests);
  g_queue_init (&self->held);
  return self;
}

void
gvnc_session_free (GvncSession *self)
{
  if (self == NULL)
    return;
  gvnc_handshake_clear (&self->handshake);
  gvnc_updates_clear (&self->updates);
  gvnc_flow_clear (&self->flow);
  gvnc_messages_clear (&self->messages);
  gvnc_clipboard_clear (&self->clipboard);
  g_queue_clear_full (&self->held, (GDestroyNotify) gvnc_command_free);
  g_free (self);
}

GvncPhase
gvnc_session_phase (const GvncSession *self)
{
  if (self->step != STEP_HANDSHAKE)
    return GVNC_PHASE_RUNNING;
  if (gvnc_handshake_waits_for_app (&self->handshake))
    return GVNC_PHASE_WAITING;
  return self->handshake.step == GVNC_HANDSHAKE_GREETING ? GVNC_PHASE_GREETING : GVNC_PHASE_HANDSHAKE;
}

gsize
gvnc_session_want (const GvncSession *self)
{
  switch (self->step) {
  case STEP_HANDSHAKE:
    return gvnc_handshake_want (&self->handshake);
  case STEP_MESSAGE:
    return 1;
  case STEP_UPDATE_HEAD:
    return 3;
  case STEP_UPDATE:
    return gvnc_updates_want (&self->updates);
  case STEP_OTHER:
    return gvnc_messages_want (&self->messages);
  case STEP_FENCE_HEAD:
    return GVNC_FENCE_HEAD_LEN;
  case STEP_FENCE:
    return self->flow.payload_len;
  }
  return 0;
}

static GvncRect
session_whole_desktop (GvncSession *self)
{
  return (GvncRect) { 0, 0, self->updates.desktop.width, self->updates.desktop.height };
}

/* What the application has asked for, sent by ourselves. */
static void
session_request_news (GvncSession *self,
                      GvncWriter  *out)
{
  gvnc_requests_sent (&self->requests);
  gvnc_output_update_request (out, TRUE, &self->requests.rect);
  self->requested = TRUE;
}

static void
session_request (GvncSession    *self,
                 gboolean        incremental,
                 const GvncRect *rect,
                 GvncWriter     *out)
{
  GvncRect all = session_whole_desktop (self);
  gboolean kept = FALSE;

  gvnc_flow_set_area (&self->flow, &all, out);
  if (self->flow.continuous || !incremental)
    kept = gvnc_requests_stop (&self->requests);
  if (self->flow.continuous && incremental)
    return;
  if (kept && !self->flow.continuous)
    session_request_news (self, out);
  if (!incremental)
    gvnc_requests_sent (&self->requests);
  else if (!gvnc_requests_ask (&self->requests, rect))
    return;
  gvnc_output_update_request (out, incremental, rect);
  self->asked_updates = TRUE;
  self->requested = TRUE;
}

/* What waited for the pixel format to be in step need not wait any more. */
static gboolean
session_release (GvncSession  *self,
                 GvncBatch    *batch,
                 GvncWriter   *out,
                 GError      **error)
{
  GQueue held = self->held;
  GvncCommand *command;

  g_queue_init (&self->held);
  while ((command = g_queue_pop_head (&held)) != NULL)
    if (!gvnc_session_command (self, command, batch, out, error)) {
      g_queue_clear_full (&held, (GDestroyNotify) gvnc_command_free);
      return FALSE;
    }
  return TRUE;
}

/* When that is, or G_MAXINT64. */
static gint64
session_release_due (const GvncSession *self)
{
  if (g_queue_is_empty ((GQueue *) &self->held) || self->requested || self->requests.receiving)
    return G_MAXINT64;
  return gvnc_requests_quiet (&self->requests);
}

/* A FramebufferUpdate is complete. */
static gboolean
session_update_end (GvncSession  *self,
                    GvncBatch    *batch,
                    GvncWriter   *out,
                    GError      **error)
{
  self->step = STEP_MESSAGE;
  gvnc_requests_end (&self->requests, self->updates.n_rects == 0);
  if (self->updates.n_rects == 0)
    return TRUE;
  gvnc_batch_event (batch, GVNC_EVENT_UPDATE_END)->number = (guint32) self->updates.drawn;
  self->updated = TRUE;
  self->requested = FALSE;
  if (self->flow.continuous) {
    GvncRect all = session_whole_desktop (self);

    gvnc_flow_set_area (&self->flow, &all, out);
  }
  return session_release_due (self) > self->requests.now_us || session_release (self, batch, out, error);
}

void
gvnc_session_set_time (GvncSession *self,
                       gint64       now_us)
{
  self->requests.now_us = now_us;
}

gint64
gvnc_session_due (const GvncSession *self)
{
  if (self->step == STEP_HANDSHAKE)
    return G_MAXINT64;
  return MIN (session_release_due (self), gvnc_requests_due (&self->requests));
}

gboolean
gvnc_session_act (GvncSession  *self,
                  GvncBatch    *batch,
                  GvncWriter   *out,
                  GError      **error)
{
  if (gvnc_session_due (self) > self->requests.now_us)
    return TRUE;
  if (session_release_due (self) <= self->requests.now_us)
    return session_release (self, batch, out, error);
  if (gvnc_requests_act (&self->requests))
    session_request_news (self, out);
  return TRUE;
}

/* From here on pixels are in another format. */
static void
session_use_format (GvncSession           *self,
                    const GvncPixelFormat *format,
                    GvncBatch             *batch)
{
  if (gvnc_pixel_format_equal (&self->updates.desktop.format, format))
    return;
  self->updates.desktop.format = *format;
  gvnc_batch_format (batch, GVNC_EVENT_FORMAT, format);
}

static void
session_fence (GvncSession *self,
               GvncReader  *in,
               GvncBatch   *batch,
               GvncWriter  *out)
{
  GvncPixelFormat format;

  self->step = STEP_MESSAGE;
  if (gvnc_flow_fence (&self->flow, in, batch, out, &format))
    session_use_format (self, &format, batch);
}

static void
session_end_continuous (GvncSession *self,
                        GvncWriter  *out)
{
  GvncRect all = session_whole_desktop (self);
  gboolean ended = gvnc_flow_end_continuous (&self->flow);

  if (ended || self->asked_updates)
    session_request (self, TRUE, &all, out);
}

static gboolean
session_message (GvncSession  *self,
                 GvncReader   *in,
                 GvncBatch    *batch,
                 GvncWriter   *out,
                 GError      **error)
{
  guint8 type = gvnc_reader_u8 (in);

  switch (type) {
  case GVNC_RFB_FRAMEBUFFER_UPDATE:
    self->step = STEP_UPDATE_HEAD;
    return TRUE;
  case GVNC_RFB_END_OF_CONTINUOUS_UPDATES:
    if (!self->flow.asked_continuous)
      break;
    session_end_continuous (self, out);
    return TRUE;
  case GVNC_RFB_FENCE:
    if (!self->flow.asked_fence)
      break;
    self->step = STEP_FENCE_HEAD;
    return TRUE;
  default:
    if (!gvnc_messages_begin (&self->messages, type, batch))
      break;
    if (gvnc_messages_want (&self->messages) > 0)
      self->step = STEP_OTHER;
    return TRUE;
  }
  return gvnc_strange_message (type, error);
}

static gboolean
session_other (GvncSession  *self,
               GvncReader   *in,
               GvncBatch    *batch,
               GvncWriter   *out,
               GError      **error)
{
  GvncRect all = session_whole_desktop (self);

  if (!gvnc_messages_take (&self->messages, in, batch, out, error))
    return FALSE;
  if (gvnc_messages_want (&self->messages) > 0)
    return TRUE;
  self->step = STEP_MESSAGE;
  /* We keep colours, not indices: what was drawn with the old ones has to come again. */
  if (self->messages.colours_changed && self->asked_updates && !self->updates.desktop.format.true_colour)
    session_request (self, FALSE, &all, out);
  return TRUE;
}

/* A link can be measured while we take turns on it. */
static void
session_said (GvncSession      *self,
              gsize             waiting,
              const GvncWriter *out)
{
  if (gvnc_writer_left (out) > waiting)
    self->said_us = self->requests.now_us;
}

static gboolean
session_handshake (GvncSession  *self,
                   GvncReader   *in,
                   GvncBatch    *batch,
                   GvncWriter   *out,
                   GError      **error)
{
  gsize waiting = gvnc_writer_left (out);

  if (self->said_us > 0)
    gvnc_requests_round_trip (&self->requests, self->requests.now_us - self->said_us);
  self->said_us = 0;
  if (!gvnc_handshake_take (&self->handshake, in, batch, out, error))
    return FALSE;
  session_said (self, waiting, out);
  if (self->handshake.step == GVNC_HANDSHAKE_DONE) {
    GvncDesktop *desktop = &self->updates.desktop;

    desktop->width = self->handshake.width;
    desktop->height = self->handshake.height;
    desktop->format = self->handshake.format;
    self->step = STEP_MESSAGE;
  }
  return TRUE;
}

gboolean
gvnc_session_take (GvncSession  *self,
                   GvncReader   *in,
                   GvncBatch    *batch,
                   GvncWriter   *out,
                   GError      **error)
{
  switch (self->step) {
  case STEP_HANDSHAKE:
    return session_handshake (self, in, batch, out, error);
  case STEP_MESSAGE:
    return session_message (self, in, batch, out, error);
  case STEP_UPDATE_HEAD:
    gvnc_reader_bytes (in, 1);
    gvnc_updates_begin (&self->updates, gvnc_reader_u16 (in));
    gvnc_requests_begin (&self->requests);
    self->step = STEP_UPDATE;
    break;
  case STEP_UPDATE:
    if (!gvnc_updates_take (&self->updates, in, batch, error))
      return FALSE;
    break;
  case STEP_OTHER:
    return session_other (self, in, batch, out, error);
  case STEP_FENCE_HEAD:
    if (!gvnc_flow_fence_head (&self->flow, in, error))
      return FALSE;
    self->step = STEP_FENCE;
    if (self->flow.payload_len == 0)
      session_fence (self, in, batch, out);
    return TRUE;
  case STEP_FENCE:
    session_fence (self, in, batch, out);
    return TRUE;
  }
  return gvnc_updates_want (&self->updates) > 0 || session_update_end (self, batch, out, error);
}

static void
session_set_pixel_format (GvncSession           *self,
                          const GvncPixelFormat *format,
                          GvncBatch             *batch,
                          GvncWriter            *out)
{
  if (self->flow.has_fence) {
    gvnc_flow_pixel_format (&self->flow, format, out);
    return;
  }
  gvnc_output_pixel_format (out, format);
  session_use_format (self, format, batch);
}

static void
session_set_encodings (GvncSession *self,
                       GvncCommand *command,
                       GvncWriter  *out)
{
  gsize len;
  const gint32 *encodings = g_bytes_get_data (command->data, &len);
  guint n_encodings = (guint) (len / sizeof (gint32));
  gboolean clipboard = FALSE;

  gvnc_output_encodings (out, encodings, n_encodings);
  gvnc_updates_quality (&self->updates, encodings, n_encodings);
  gvnc_updates_ask (&self->updates, encodings, n_encodings);
  for (guint i = 0; i < n_encodings; i++) {
    clipboard = clipboard || encodings[i] == GVNC_RFB_ENCODING_EXTENDED_CLIPBOARD;
    self->flow.asked_fence = self->flow.asked_fence || encodings[i] == GVNC_RFB_ENCODING_FENCE;
    self->flow.asked_continuous = self->flow.asked_continuous || encodings[i] == GVNC_RFB_ENCODING_CONTINUOUS_UPDATES;
  }
  gvnc_clipboard_ask (&self->clipboard, clipboard);
}

/* The command may be sent now. */
static gboolean
session_run_command (GvncSession  *self,
                     GvncCommand  *command,
                     GvncBatch    *batch,
                     GvncWriter   *out,
                     GError      **error)
{
  switch (command->kind) {
  case GVNC_COMMAND_PIXEL_FORMAT:
    session_set_pixel_format (self, &command->format, batch, out);
    return TRUE;
  case GVNC_COMMAND_ENCODINGS:
    session_set_encodings (self, command, out);
    return TRUE;
  case GVNC_COMMAND_UPDATE_REQUEST:
    session_request (self, command->number != 0, &command->rect, out);
    return TRUE;
  case GVNC_COMMAND_CLIPBOARD_OFFER:
    gvnc_clipboard_offer (&self->clipboard, command->number, batch, out);
    return TRUE;
  case GVNC_COMMAND_CLIPBOARD_REQUEST:
    gvnc_clipboard_request (&self->clipboard, command->number, out);
    return TRUE;
  case GVNC_COMMAND_CLIPBOARD_PROVIDE:
    gvnc_clipboard_provide (&self->clipboard, command->number, command->data, out);
    return TRUE;
  case GVNC_COMMAND_FENCE:
    gvnc_flow_answer (command->number, command->data, out);
    return TRUE;
  default:
    /* What is left belongs to the handshake, and comes too late. */
    gvnc_action_send (&self->updates, command, out);
    return TRUE;
  }
}

/* Whether @command must wait until the pixel format is in step; see the top of the file. */
static gboolean
session_holds (GvncSession *self,
               GvncCommand *command)
{
  switch (command->kind) {
  case GVNC_COMMAND_PIXEL_FORMAT:
    return !self->flow.has_fence && (!g_queue_is_empty (&self->held) || self->requested || self->requests.receiving ||
                                     gvnc_requests_quiet (&self->requests) > self->requests.now_us);
  case GVNC_COMMAND_ENCODINGS:
  case GVNC_COMMAND_UPDATE_REQUEST:
    return !g_queue_is_empty (&self->held);
  default:
    return FALSE;
  }
}

gboolean
gvnc_session_command (GvncSession  *self,
                      GvncCommand  *command,
                      GvncBatch    *batch,
                      GvncWriter   *out,
                      GError      **error)
{
  g_autoptr (GvncCommand) owned = command;

  if (self->step == STEP_HANDSHAKE) {
    gsize waiting = gvnc_writer_left (out);
    gboolean ok = gvnc_handshake_command (&self->handshake, command, batch, out, error);

    session_said (self, waiting, out);
    return ok;
  }

  if (session_holds (self, command)) {
    if (g_queue_is_empty (&self->held))
      session_request (self, FALSE, &(GvncRect) { 0, 0, 1, 1 }, out);
    g_queue_push_tail (&self->held, g_steal_pointer (&owned));
    return TRUE;
  }
  return session_run_command (self, command, batch, out, error);
}

GvncSecureRequest *
gvnc_session_take_layer (GvncSession *self)
{
  return self->step == STEP_HANDSHAKE ? gvnc_handshake_take_layer (&self->handshake) : NULL;
}

GvncHandshake *
gvnc_session_handshake (GvncSession *self)
{
  return self->step == STEP_HANDSHAKE ? &self->handshake : NULL;
}

gboolean
gvnc_session_layered (GvncSession  *self,
                      gboolean      encrypted,
                      const char   *how,
                      GvncBatch    *batch,
                      GvncWriter   *out,
                      GError      **error)
{
  self->handshake.link.encrypted = self->handshake.link.encrypted || encrypted;
  gvnc_batch_text (batch, GVNC_EVENT_SECURED, how)->number = encrypted;
  /* One that was there from the first byte on is nobody's in particular. */
  if (self->handshake.step != GVNC_HANDSHAKE_LAYER)
    return TRUE;
  return gvnc_handshake_layered (&self->handshake, batch, out, error);
}

gboolean
gvnc_session_in_update (const GvncSession *self)
{
  return self->step == STEP_UPDATE;
}

gboolean
gvnc_session_ping (GvncSession *self,
                   GvncWriter  *out)
{
  if (self->step == STEP_HANDSHAKE || (self->step != STEP_UPDATE && !self->updated) || !gvnc_flow_ping (&self->flow, out))
    return FALSE;
  self->updated = FALSE;
  return TRUE;
}

gboolean
gvnc_session_probe (GvncSession  *self,
                    GvncBatch    *batch,
                    GvncWriter   *out,
                    GError      **error)
{
  GvncCommand *command;

  if (gvnc_session_ping (self, out))
    return TRUE;
  command = gvnc_command_new (GVNC_COMMAND_UPDATE_REQUEST, FALSE);
  command->rect = (GvncRect) { 0, 0, 1, 1 };
  return gvnc_session_command (self, command, batch, out, error);
}

gboolean
gvnc_session_pong (GvncSession *self)
{
  gboolean ponged = self->flow.ponged;

  self->flow.ponged = FALSE;
  return ponged;
}

void
gvnc_session_hint (GvncSession *self,
                   GvncWriter  *out)
{
  gvnc_handshake_hint (&self->handshake, out);
}

/* Where no mechanism can be used or the library gives up, there is no verdict of the server to come. Applications
 * take it as a failed authentication all the same. */
static gboolean
session_failed_sasl (GvncSession  *self,
                     const GError *error)
{
  const GvncSecurity *security = self->handshake.security;

  return security != NULL && security->type->number == GVNC_RFB_SECURITY_SASL &&
         (g_error_matches (error, GVNC_ERROR, GVNC_ERROR_AUTH) ||
          g_error_matches (error, GVNC_ERROR, GVNC_ERROR_UNSUPPORTED));
}

void
gvnc_session_fail (GvncSession  *self,
                   const GError *error,
                   GvncBatch    *batch)
{
  g_autoptr (GError) suspicion = gvnc_handshake_suspect (&self->handshake, error);

  gvnc_batch_error (batch, suspicion != NULL ? suspicion : error)->rect.x =
    suspicion == NULL && gvnc_handshake_may_try_next (&self->handshake, error);
  /* A server that has said no and then breaks off, or gives a reason that cannot be read, has still said no. */
  if (self->handshake.failure != NULL)
    gvnc_batch_text (batch, GVNC_EVENT_AUTH_FAILURE, self->handshake.failure);
  else if (self->handshake.refused || session_failed_sasl (self, error))
    gvnc_batch_text (batch, GVNC_EVENT_AUTH_FAILURE, error->message);
}
