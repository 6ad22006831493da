/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session/batch.h"
#include "session/command.h"
#include "session/handshake.h"
#include "session/updates.h"

/* One RFB session without any I/O: bytes from the server and commands from the application go in; batches of drawing
 * and events, and bytes for the server, come out. It has no thread, and no clock but what it is told; the engine owns it, tests
 * and fuzz targets drive it directly.
 *
 *   while (want() > 0 and that many bytes are there) take()
 *
 * want() of 0 means that nothing goes on before a command came: the application has to choose or to give credentials.
 * After a failure the session is dead; gvnc_session_fail() says so to the application. */
typedef struct _GvncSession GvncSession;

typedef enum {
  GVNC_PHASE_GREETING,     /* the server has said nothing yet */
  GVNC_PHASE_HANDSHAKE,    /* it is the server's turn */
  GVNC_PHASE_WAITING,      /* it is the application's turn */
  GVNC_PHASE_RUNNING,
} GvncPhase;

/* @local says that the link cannot be listened to; @hostname may be NULL. */
GvncSession *gvnc_session_new     (gboolean       shared,
                                   gboolean       local,
                                   const char    *hostname);
void         gvnc_session_free    (GvncSession   *self);

GvncPhase    gvnc_session_phase   (const GvncSession *self);

/* What time it is, in microseconds from anywhere; for what is done next. */
void         gvnc_session_set_time (GvncSession  *self,
                                   gint64         now_us);
/* When it is due to do something by itself, G_MAXINT64: never; and does what is due. */
gint64       gvnc_session_due     (const GvncSession *self);
gboolean     gvnc_session_act     (GvncSession   *self,
                                   GvncBatch     *batch,
                                   GvncWriter    *out,
                                   GError       **error);

gsize        gvnc_session_want    (const GvncSession *self);
/* @in has want() bytes at least; some of them are used up. */
gboolean     gvnc_session_take    (GvncSession   *self,
                                   GvncReader    *in,
                                   GvncBatch     *batch,
                                   GvncWriter    *out,
                                   GError       **error);
/* Takes @command over. */
gboolean     gvnc_session_command (GvncSession   *self,
                                   GvncCommand   *command,
                                   GvncBatch     *batch,
                                   GvncWriter    *out,
                                   GError       **error);
/* What the link has to be secured with before anything else passes, or NULL; given away. All that was written before
 * must be sent, and what comes after the bytes used up belongs to the layer. */
GvncSecureRequest *gvnc_session_take_layer (GvncSession *self);
/* The handshake as long as it runs, then NULL; for its owner to look after identities. */
GvncHandshake *gvnc_session_handshake (GvncSession *self);
/* The layer is there; @how is its description. */
gboolean     gvnc_session_layered (GvncSession   *self,
                                   gboolean       encrypted,
                                   const char    *how,
                                   GvncBatch     *batch,
                                   GvncWriter    *out,
                                   GError       **error);
/* Whether the middle of an update is being received. */
gboolean     gvnc_session_in_update (const GvncSession *self);
/* Measures the round trip: TRUE when a ping was sent, and later, once, when it has come back. None is sent without an update
 * since the one before: an idle session stays silent. */
gboolean     gvnc_session_ping    (GvncSession   *self,
                                   GvncWriter    *out);
gboolean     gvnc_session_pong    (GvncSession   *self);
/* Asks a server that is silent for something it has to answer: a ping, or a pixel that it need not have changed. */
gboolean     gvnc_session_probe   (GvncSession   *self,
                                   GvncBatch     *batch,
                                   GvncWriter    *out,
                                   GError       **error);
/* See gvnc_handshake_hint(). */
void         gvnc_session_hint    (GvncSession   *self,
                                   GvncWriter    *out);
/* Appends the events that tell the application of @error. */
void         gvnc_session_fail    (GvncSession   *self,
                                   const GError  *error,
                                   GvncBatch     *batch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GvncSession, gvnc_session_free)
