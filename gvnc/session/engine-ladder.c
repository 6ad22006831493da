/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/engine-ladder.h"

#include "transport/address.h"
#include "transport/pin.h"
#include "transport/secure.h"
#include "transport/websocket.h"

#include <glib/gi18n-lib.h>

void
gvnc_ladder_init (GvncLadder       *self,
                  const GvncTarget *target,
                  GvncSession      *session,
                  GvncLayer        *link)
{
  GvncHandshake *handshake = gvnc_session_handshake (session);

  *self = (GvncLadder) { .target = target, .session = session, .top = link };
  self->securing = link->type->handshake != NULL;
  handshake->link.allow_plain = target->trust.allow_plain;
  handshake->link.allow_weak = target->trust.allow_weak;
  handshake->link.pinned = target->pin != NULL;
  handshake->link.local_address = gvnc_layer_local_address (link);
  handshake->link.remote_address = gvnc_layer_remote_address (link);
}

void
gvnc_ladder_clear (GvncLadder *self)
{
  g_clear_pointer (&self->top, gvnc_layer_free);
  g_clear_pointer (&self->identity, gvnc_identity_unref);
}

void
gvnc_ladder_remember (GvncLadder *self)
{
  g_autofree char *place = gvnc_secure_place (self->target);

  if (self->identity != NULL)
    gvnc_trust_remember (&self->target->trust, place, self->identity);
}

/* @trusted tells whether @identity, which is taken over, needs no decision of the application. Nobody is asked about another one
 * than the address wants; what comes inside of the right one is judged as ever. */
static gboolean
ladder_judge (GvncLadder    *self,
              GvncIdentity  *identity,
              gboolean      *trusted,
              GvncBatch     *batch,
              GError       **error)
{
  GvncHandshake *handshake = gvnc_session_handshake (self->session);
  g_autofree char *place = gvnc_secure_place (self->target);

  if (handshake->link.pinned) {
    if (!gvnc_pin_check (self->target->pin, identity, place, error)) {
      gvnc_identity_unref (identity);
      return FALSE;
    }
    handshake->link.pinned = FALSE;
    *trusted = gvnc_trust_known (identity);
  } else {
    *trusted = gvnc_trust_judge (&self->target->trust, place, identity);
  }
  if (*trusted) {
    gvnc_batch_event (batch, GVNC_EVENT_CERTIFICATE)->identity = identity;
  } else {
    g_clear_pointer (&self->identity, gvnc_identity_unref);
    self->identity = gvnc_identity_ref (identity);
    gvnc_handshake_ask_trust (handshake, identity, batch);
  }
  return TRUE;
}

/* A WebSocket comes only when the TLS below it is judged: its request may hold secrets. */
gboolean
gvnc_ladder_climb (GvncLadder  *self,
                   GError     **error)
{
  if (self->climbed)
    return TRUE;
  self->climbed = TRUE;
  if (!self->target->websocket)
    return TRUE;
  self->top = gvnc_websocket_layer_new (self->top, self->target, error);
  self->securing = self->climbing = TRUE;
  return self->top != NULL;
}

/* A security type has a key of the server's that somebody has to trust. */
static gboolean
ladder_identify (GvncLadder  *self,
                 GvncBatch   *batch,
                 GvncWriter  *out,
                 GError     **error)
{
  GvncHandshake *handshake = gvnc_session_handshake (self->session);
  GvncIdentity *identity = handshake != NULL ? gvnc_handshake_take_identity (handshake) : NULL;
  gboolean trusted;

  if (identity == NULL)
    return TRUE;
  if (!ladder_judge (self, identity, &trusted, batch, error))
    return FALSE;
  return !trusted || gvnc_handshake_trusted (handshake, batch, out, error);
}

gboolean
gvnc_ladder_secure (GvncLadder  *self,
                    GvncInput   *input,
                    GvncBatch   *batch,
                    GvncWriter  *out,
                    GError     **error)
{
  GvncSecureRequest *request;
  GvncLayer *lower;
  GBytes *received;

  if (!ladder_identify (self, batch, out, error))
    return FALSE;
  /* What was written before goes out as it is. */
  if (self->securing || gvnc_writer_left (out) > 0)
    return TRUE;
  request = gvnc_session_take_layer (self->session);
  if (request == NULL)
    return TRUE;
  received = g_bytes_new (gvnc_input_peek (input), gvnc_input_left (input));
  input->start = input->end;
  lower = g_steal_pointer (&self->top);
  self->top = gvnc_secure (request, lower, received, self->target, error);
  g_bytes_unref (received);
  self->securing = self->top != NULL;
  return self->top != NULL;
}

/* The layer's own handshake is done: who is it that we talk to? */
static gboolean
ladder_judge_top (GvncLadder  *self,
                  gboolean    *trusted,
                  GvncBatch   *batch,
                  GError     **error)
{
  const GvncLayerType *type = self->top->type;
  GvncIdentity *identity;

  *trusted = TRUE;
  if (type->has_identity == NULL || !type->has_identity (self->top))
    return TRUE;
  identity = type->identify (self->top, error);
  return identity != NULL && ladder_judge (self, identity, trusted, batch, error);
}

gboolean
gvnc_ladder_shake_hands (GvncLadder  *self,
                         gboolean    *again,
                         GvncBatch   *batch,
                         GvncWriter  *out,
                         GError     **error)
{
  const GvncLayerType *type = self->top->type;
  const char *how;

  *again = TRUE;
  if (gvnc_session_phase (self->session) == GVNC_PHASE_WAITING)
    return TRUE;
  if (!self->judged) {
    gssize n = type->handshake != NULL ? type->handshake (self->top, error) : 0;
    gboolean trusted;

    if (n == GVNC_LAYER_AGAIN)
      return TRUE;
    if (n == GVNC_LAYER_END)
      return gvnc_set_error (error, GVNC_ERROR_IO, _("Server closed the connection"));
    if (n == GVNC_LAYER_ERROR)
      return FALSE;
    self->judged = TRUE;
    if (!ladder_judge_top (self, &trusted, batch, error))
      return FALSE;
    if (!trusted)
      return TRUE;
  }
  *again = FALSE;
  self->securing = self->judged = FALSE;
  if (self->climbing) {
    self->climbing = FALSE;
    return TRUE;
  }
  how = self->top->description != NULL ? self->top->description : type->name;
  return gvnc_session_layered (self->session, self->top->encrypted, how, batch, out, error) &&
         gvnc_ladder_climb (self, error);
}
