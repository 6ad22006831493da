/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "security/identity.h"
#include "wire/format.h"
#include "wire/rect.h"

/* What the engine tells the main context, beside drawing. Events keep their place among the drawing operations of a
 * batch: an event is replayed after all that was drawn before it. */
typedef enum {
  GVNC_EVENT_CONNECTED,          /* the link is up; nothing was read yet */
  GVNC_EVENT_AUTH_TYPES,         /* numbers: security types to choose from */
  GVNC_EVENT_AUTH_SUBTYPES,      /* number: the security type; numbers: its subtypes to choose from */
  GVNC_EVENT_AUTH_CREDENTIALS,   /* numbers: VncConnectionCredential values that are needed now */
  GVNC_EVENT_AUTH_UNSUPPORTED,   /* number: security type */
  GVNC_EVENT_AUTH_FAILURE,       /* text: reason */
  GVNC_EVENT_CERTIFICATE,        /* identity; number: whether the application has to decide if it is to be trusted */
  GVNC_EVENT_WEAK,               /* text: what of the login is weak, a clause */
  GVNC_EVENT_SECURED,            /* the link is; text: how, as people call it; number: whether it is encrypted */
  GVNC_EVENT_INITIALIZED,        /* rect: size; format; text: name of the desktop */
  GVNC_EVENT_FORMAT,             /* format: of the operations that follow, as the client had asked for */
  GVNC_EVENT_FORMAT_CHANGED,     /* format: of the operations that follow, as the server decided (WMVi) */
  GVNC_EVENT_COLOURS,            /* number: first entry; data: 3 host-order guint16 an entry */
  GVNC_EVENT_UPDATE_END,         /* a FramebufferUpdate message is complete; number: how most of the pixels came last,
                                  * an encoding; -1: none have */
  GVNC_EVENT_DESKTOP_SIZE,       /* rect: new size */
  GVNC_EVENT_SCREENS,            /* the server takes SetDesktopSize; number: GVNC_SCREENS_RESULT of it; rect: the size
                                  * it tells; data: GvncScreens, or NULL when it refused and nothing has changed */
  GVNC_EVENT_DESKTOP_NAME,       /* text */
  GVNC_EVENT_CURSOR,             /* rect: x, y hot spot, size; data: RGBA bytes, or empty for no shape */
  GVNC_EVENT_CURSOR_VISIBLE,     /* number: whether the cursor is to be shown */
  GVNC_EVENT_CURSOR_MOVED,       /* rect: x, y, where the server's pointer is */
  GVNC_EVENT_POINTER_MODE,       /* number: 1 absolute, 0 relative */
  GVNC_EVENT_EXTENDED_KEY,       /* the server takes scan codes */
  GVNC_EVENT_EXTENDED_BUTTONS,   /* the server takes more than eight buttons */
  GVNC_EVENT_LED_STATE,          /* number: 1 scroll, 2 num, 4 caps */
  GVNC_EVENT_POWER_CONTROL,      /* number: 1 available, 0 an action failed */
  GVNC_EVENT_BELL,
  GVNC_EVENT_CUT_TEXT,           /* data: bytes as sent; a zero lies behind them */
  GVNC_EVENT_CLIPBOARD_CAPS,      /* number: formats and actions that the server takes, as in clipboard.h */
  GVNC_EVENT_CLIPBOARD_OFFERED,   /* number: formats that the server has */
  GVNC_EVENT_CLIPBOARD_REQUESTED, /* number: formats that the server waits for */
  GVNC_EVENT_CLIPBOARD_DATA,      /* number: format; data */
  GVNC_EVENT_CLIPBOARD_REFUSED,   /* number: format whose data cannot be used; text: one sentence */
  GVNC_EVENT_CLIPBOARD_PROVIDED,  /* number: formats whose data came before this in the same message */
  GVNC_EVENT_FENCE,              /* number: flags to answer with, when all before it is drawn; data: payload */
  GVNC_EVENT_LINK,               /* number: measured kbit/s, 0 unknown; rect.x: round trip in ms + 1, 0 unknown */
  GVNC_EVENT_AUDIO_AVAILABLE,
  GVNC_EVENT_AUDIO_START,
  GVNC_EVENT_AUDIO_DATA,         /* data: samples */
  GVNC_EVENT_AUDIO_STOP,
  GVNC_EVENT_ERROR,              /* text: one sentence; number: GvncErrorCode; rect.x: 1 when it has befallen a security type
                                  * that has sent nothing secret, so that another may be tried */
  GVNC_EVENT_CLOSED,             /* the last event of all */
} GvncEventKind;

/* number of GVNC_EVENT_SCREENS: which request the message answers and how it went (rfbproto "ExtendedDesktopSize") */
#define GVNC_SCREENS_RESULT(reason, status) ((guint32) (reason) << 16 | (status))
#define GVNC_SCREENS_REASON(result)         ((result) >> 16)
#define GVNC_SCREENS_STATUS(result)         ((result) & 0xffff)
#define GVNC_SCREENS_BY_US                  1

typedef struct {
  GvncEventKind    kind;
  guint32          number;
  GvncRect         rect;
  GvncPixelFormat  format;
  GBytes          *data;    /* owned; for texts without a final zero */
  GArray          *numbers; /* owned, of guint32 */
  GvncIdentity    *identity; /* owned */
} GvncEvent;

void gvnc_event_clear (GvncEvent *event);
