/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "wire/format.h"
#include "wire/rect.h"

/* What the main context asks a session to do. Made on the main context, used up by the engine thread.
 *
 * Messages to the server are dropped when they come before the session is initialized; that is what callers expect,
 * since every such call succeeds on a closed connection too. */
typedef enum {
  GVNC_COMMAND_AUTH_TYPE,       /* number: security type that the server had offered */
  GVNC_COMMAND_AUTH_SUBTYPE,    /* number: one of its subtypes */
  GVNC_COMMAND_CREDENTIALS,     /* credentials; wiped after use */
  GVNC_COMMAND_TRUST,           /* number: what the application says of the server's identity, a GvncTrust */
  GVNC_COMMAND_SHARED,          /* number: the shared flag of ClientInit */
  GVNC_COMMAND_PIXEL_FORMAT,    /* format */
  GVNC_COMMAND_ENCODINGS,       /* data: gint32s in host order */
  GVNC_COMMAND_UPDATE_REQUEST,  /* number: incremental; rect */
  GVNC_COMMAND_KEY,             /* number: down; keysym; scancode */
  GVNC_COMMAND_POINTER,         /* number: button mask; rect.x, rect.y */
  GVNC_COMMAND_CUT_TEXT,        /* data */
  GVNC_COMMAND_CLIPBOARD_OFFER,    /* number: formats that the application has */
  GVNC_COMMAND_CLIPBOARD_REQUEST,  /* number: formats to fetch */
  GVNC_COMMAND_CLIPBOARD_PROVIDE,  /* number: format; data, or NULL for none */
  GVNC_COMMAND_DESKTOP_SIZE,    /* rect.width, rect.height; data: GvncScreens, or NULL for the server's first one alone */
  GVNC_COMMAND_POWER,           /* number: xvp code */
  GVNC_COMMAND_AUDIO_FORMAT,    /* number: sample format | channels << 8; keysym: frequency in Hz */
  GVNC_COMMAND_AUDIO_ENABLE,    /* number: on or off */
  GVNC_COMMAND_FENCE,           /* number: flags; data: payload; answers a fence of the server's */
} GvncCommandKind;

typedef enum {
  GVNC_TRUST_NO,
  GVNC_TRUST_ONCE,
  GVNC_TRUST_REMEMBER,   /* and from now on, for this server */
} GvncTrust;

#define GVNC_N_CREDENTIALS 3    /* password, user name, client name: the numbers of VncConnectionCredential */

typedef struct _GvncCommand GvncCommand;

struct _GvncCommand {
  GvncCommandKind  kind;
  guint32          number;
  GvncRect         rect;
  guint32          keysym;
  guint16          scancode;
  GvncPixelFormat  format;
  GBytes          *data;                             /* owned */
  char            *credentials[GVNC_N_CREDENTIALS];  /* owned, each may be NULL */
  GvncCommand     *next;                             /* for the queue's use */
};

GvncCommand *gvnc_command_new  (GvncCommandKind  kind,
                                guint32          number);
void         gvnc_command_free (GvncCommand     *command);
/* A list, the next ones too. */
void         gvnc_command_free_all (GvncCommand *commands);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GvncCommand, gvnc_command_free)
