/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session/input.h"
#include "session/session.h"
#include "transport/connect.h"
#include "transport/layer.h"

/* The layers of a link, from the connecting to the last one that is put on, and the server's identity that some of them show.
 * While one of them is being established, or judged, the session is given nothing and writes nothing. Engine thread only. */
typedef struct {
  const GvncTarget *target;
  GvncSession      *session;
  GvncLayer        *top;          /* owned */
  gboolean          securing;     /* the topmost is being established, or the server's identity is being judged */
  gboolean          climbed;      /* all layers that the target wants are there, or being established */
  gboolean          climbing;     /* the one being established is the last of them, and secures nothing by itself */
  gboolean          judged;       /* it is established, and its identity is with whom it concerns */
  GvncIdentity     *identity;     /* what the application is asked about; NULL when nothing */
} GvncLadder;

/* From @link up, which is taken over; the others are borrowed. */
void     gvnc_ladder_init        (GvncLadder       *self,
                                  const GvncTarget *target,
                                  GvncSession      *session,
                                  GvncLayer        *link);
void     gvnc_ladder_clear       (GvncLadder       *self);

/* Puts on the last layer that the target wants before there is a session. */
gboolean gvnc_ladder_climb       (GvncLadder       *self,
                                  GError          **error);
/* Secures the link when a security type has asked for it. @input are bytes that came behind what asked. */
gboolean gvnc_ladder_secure      (GvncLadder       *self,
                                  GvncInput        *input,
                                  GvncBatch        *batch,
                                  GvncWriter       *out,
                                  GError          **error);
/* Goes on establishing the layer; @again says that something has to come first. */
gboolean gvnc_ladder_shake_hands (GvncLadder       *self,
                                  gboolean         *again,
                                  GvncBatch        *batch,
                                  GvncWriter       *out,
                                  GError          **error);
/* The application has decided for the identity that it was asked about, and for the future too. */
void     gvnc_ladder_remember    (GvncLadder       *self);
