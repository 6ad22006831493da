/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "security/security.h"
#include "session/batch.h"
#include "session/command.h"

/* From the first byte to ServerInit (RFC 6143 section 7.1 and 7.3), with everything that differs between the protocol
 * versions: nothing behind the handshake knows which version was agreed on.
 *
 * want() of 0 with `waits_for_app` means that the application has to choose or to give credentials. */

typedef enum {
  GVNC_HANDSHAKE_GREETING,      /* "RFB " of the server's version */
  GVNC_HANDSHAKE_VERSION,       /* the rest of it */
  GVNC_HANDSHAKE_TYPE_33,       /* 3.3: the type that the server decided for */
  GVNC_HANDSHAKE_N_TYPES,
  GVNC_HANDSHAKE_TYPES,
  GVNC_HANDSHAKE_CHOICE,        /* waits for the application */
  GVNC_HANDSHAKE_SECURITY,      /* the handler's turn */
  GVNC_HANDSHAKE_CREDENTIALS,   /* waits for the application */
  GVNC_HANDSHAKE_SUBTYPE,       /* waits for the application */
  GVNC_HANDSHAKE_LAYER,         /* waits for the owner to secure the link */
  GVNC_HANDSHAKE_IDENTITY,      /* waits for the owner to look the server's key up */
  GVNC_HANDSHAKE_TRUST,         /* waits for the application */
  GVNC_HANDSHAKE_RESULT,
  GVNC_HANDSHAKE_REASON_LEN,
  GVNC_HANDSHAKE_REASON,
  GVNC_HANDSHAKE_INIT,
  GVNC_HANDSHAKE_NAME,
  GVNC_HANDSHAKE_N_CAPABILITIES, /* these two with Tight only */
  GVNC_HANDSHAKE_CAPABILITIES,
  GVNC_HANDSHAKE_DONE,
} GvncHandshakeStep;

typedef struct {
  GvncHandshakeStep  step;
  gboolean           hinted;          /* "RFB " was sent before the server's version; the answer goes on from there */
  GvncSecurityLink   link;            /* its minor version is the one in use */
  guint              n_types;
  GArray            *types;           /* guint32: what the server offers and we can do */
  GvncSecurity      *security;
  gboolean           shared;
  gboolean           answered;        /* a password was given, and no result has come yet */
  gboolean           secret;          /* a user name or a password was given to the security type */
  gboolean           proved;          /* the server has proved who it is with its certificate */
  gboolean           refused;         /* the reason to come is for an authentication that failed */
  GvncIdentity      *identity;        /* what the application is asked about; NULL when nothing */
  GvncHandshakeStep  asked_in;        /* the step that it has interrupted: _IDENTITY when it is the handler's, else a layer's */
  const char        *repeater;        /* whom a repeater shall pass us on to, once; the owner's; may be NULL */
  gboolean           repeated;        /* it was told */
  char              *failure;         /* why the server did not let us in, once it said so */
  guint32            reason_len;
  guint32            name_len;
  GBytes            *name;            /* of the desktop, while there is more to come */
  gboolean           tight;           /* the Tight security type was chosen: ServerInit is longer */
  guint              n_capabilities;
  guint16            width;           /* of the desktop; valid when done */
  guint16            height;
  GvncPixelFormat    format;
} GvncHandshake;

void     gvnc_handshake_init    (GvncHandshake  *self);
void     gvnc_handshake_clear   (GvncHandshake  *self);
gsize    gvnc_handshake_want    (const GvncHandshake *self);
gboolean gvnc_handshake_take    (GvncHandshake  *self,
                                 GvncReader     *in,
                                 GvncBatch      *batch,
                                 GvncWriter     *out,
                                 GError        **error);
gboolean gvnc_handshake_command (GvncHandshake  *self,
                                 GvncCommand    *command,
                                 GvncBatch      *batch,
                                 GvncWriter     *out,
                                 GError        **error);

/* The server is silent: sends the start of our version, on which a server of another protocol hangs up. */
void     gvnc_handshake_hint    (GvncHandshake  *self,
                                 GvncWriter     *out);

/* What the link has to be secured with before anything else passes, or NULL; given away. */
GvncSecureRequest *gvnc_handshake_take_layer (GvncHandshake *self);
/* It is. */
gboolean gvnc_handshake_layered (GvncHandshake  *self,
                                 GvncBatch      *batch,
                                 GvncWriter     *out,
                                 GError        **error);

/* A key that a handler wants to be trusted, or NULL; given away. The owner looks it up and then calls one of the next two. */
GvncIdentity *gvnc_handshake_take_identity (GvncHandshake *self);
/* Takes @identity over; the application decides, with GVNC_COMMAND_TRUST. Also for the identity that a layer has found. */
void     gvnc_handshake_ask_trust (GvncHandshake *self,
                                 GvncIdentity   *identity,
                                 GvncBatch      *batch);
/* The handler's key is trusted. */
gboolean gvnc_handshake_trusted (GvncHandshake  *self,
                                 GvncBatch      *batch,
                                 GvncWriter     *out,
                                 GError        **error);

/* What the failure @error of the link means when credentials wait for their result: some servers just hang up on wrong ones.
 * NULL when it means nothing else than it says. */
GError  *gvnc_handshake_suspect (GvncHandshake  *self,
                                 const GError   *error);

/* Whether the security type in use has failed with @error in a way that lets another one be tried on a new link: nothing secret
 * was sent, and it is no sign of somebody in between. */
gboolean gvnc_handshake_may_try_next (const GvncHandshake *self,
                                 const GError   *error);

static inline gboolean
gvnc_handshake_waits_for_app (const GvncHandshake *self)
{
  return self->step == GVNC_HANDSHAKE_CHOICE || self->step == GVNC_HANDSHAKE_CREDENTIALS ||
         self->step == GVNC_HANDSHAKE_SUBTYPE || self->step == GVNC_HANDSHAKE_TRUST;
}
