/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "server.h"

typedef enum {
  CLIENT_VERSION,
  CLIENT_SECURITY,
  CLIENT_CHALLENGE,
  CLIENT_KEYS,                  /* security.c's turn */
  CLIENT_INIT,
  CLIENT_RUNNING,
} DemoClientState;

/* What a client can be told outside of pixels; bits of DemoClient.offers and, once something is due, of .due. */
typedef enum {
  DEMO_HAS_COPYRECT = 1 << 0,
  DEMO_HAS_LAST_RECT = 1 << 1,
  DEMO_HAS_DESKTOP_SIZE = 1 << 2,
  DEMO_HAS_EXTENDED_SIZE = 1 << 3,
  DEMO_HAS_NAME = 1 << 4,
  DEMO_HAS_CURSOR = 1 << 5,
  DEMO_HAS_XCURSOR = 1 << 6,
  DEMO_HAS_ALPHA_CURSOR = 1 << 7,
  DEMO_HAS_WMVI = 1 << 8,
  DEMO_HAS_QEMU_KEY = 1 << 9,
  DEMO_HAS_LEDS = 1 << 10,
  DEMO_HAS_POINTER_MOTION = 1 << 11,
  DEMO_HAS_POINTER_POS = 1 << 12,
  DEMO_HAS_VMWARE_CURSOR = 1 << 13,
  DEMO_HAS_VMWARE_CURSOR_STATE = 1 << 14,
  DEMO_HAS_VMWARE_CURSOR_POS = 1 << 15,
  DEMO_HAS_VMWARE_KEY_REPEAT = 1 << 16,
  DEMO_HAS_VMWARE_LEDS = 1 << 17,
  DEMO_HAS_VMWARE_STATE = 1 << 18,
  DEMO_HAS_KEYBOARD_LEDS = 1 << 19,
  DEMO_HAS_SUPPORTED_MESSAGES = 1 << 20,
  DEMO_HAS_SUPPORTED_ENCODINGS = 1 << 21,
  DEMO_HAS_IDENTITY = 1 << 22,
  DEMO_HAS_BUTTONS = 1 << 23,
  DEMO_HAS_XVP = 1 << 24,
  DEMO_HAS_FENCE = 1 << 25,
  DEMO_HAS_CONTINUOUS = 1 << 26,
  DEMO_HAS_AUDIO = 1 << 27,
  DEMO_HAS_CLIPBOARD = 1 << 28,
} DemoOffer;

#define DEMO_HAS_ANY_CURSOR (DEMO_HAS_CURSOR | DEMO_HAS_XCURSOR | DEMO_HAS_ALPHA_CURSOR | DEMO_HAS_VMWARE_CURSOR)
#define DEMO_HAS_ANY_LEDS (DEMO_HAS_LEDS | DEMO_HAS_VMWARE_LEDS | DEMO_HAS_KEYBOARD_LEDS)
#define DEMO_HAS_ANY_POSITION (DEMO_HAS_POINTER_POS | DEMO_HAS_VMWARE_CURSOR_POS)

/* The answers to SetDesktopSize that are not yet sent: reason and result. A client that asks for more of them without
 * taking updates loses the oldest. */
#define DEMO_MAX_SIZE_REPLIES 8

typedef struct {
  guint8 reason, result;
} DemoSizeReply;

/* Fences and continuous updates; see extension.h. */
typedef struct {
  gboolean continuous;
  DemoRect area;
  gboolean hold;                /* no update may begin before the client's next message was taken */
  guint window;                 /* bytes */
  gboolean full;                /* it holds an update back */
  guint64 drawn;                /* the client has drawn what came before this byte */
  gint64 least_us;              /* the quickest answer to a fence; 0: none yet */
  GQueue pings;                 /* fences on their way */
} DemoFlow;

/* See sound.h. A format is taken over when sound is enabled. */
typedef struct {
  gboolean enabled;
  guint format, n_channels, hertz;
  guint next_format, next_n_channels, next_hertz;
  gint64 begun_us;
  guint64 n_frames;             /* sent since */
  double phase;                 /* of the tone, 0 … 1 */
} DemoSound;

typedef struct _DemoSecurity DemoSecurity;

struct DemoClient {
  DemoServer *server;
  guint id;
  GSocketConnection *connection;
  GSocket *socket;
  GSource *in_source;           /* NULL while input must wait */
  GSource *out_source;          /* only while output waits */
  guint timeout_id;             /* until the handshake is over */
  GByteArray *in;
  GByteArray *out;
  guint out_sent;               /* of out */
  guint64 n_sent;               /* bytes in all */
  GByteArray *later;            /* messages that must not come in the middle of the update under way */
  gboolean waiting;             /* a whole message in .in waits for the end of the update */
  gboolean closing;             /* once all output is sent */
  gboolean dead;

  DemoClientState state;
  guint rfb_minor;
  guint8 challenge[16];
  DemoSecurity *security;       /* NULL with None and VNC authentication */

  DemoConverter to;
  gboolean set_format;          /* the client chose its format itself */
  int encoding;
  guint offers;
  DemoEncoder encoder;

  int width, height;            /* of the screen as the client knows it */
  guint due;                    /* what is to be sent with the next update, as bits of DemoOffer */
  guint n_replies;
  DemoSizeReply replies[DEMO_MAX_SIZE_REPLIES];

  DemoFlow flow;
  DemoSound sound;
  gboolean requested;
  DemoRect request;
  DemoRegion damage;
  gboolean has_copy;
  DemoRect copy_to;
  int copy_dx, copy_dy;

  /* The update under way: rectangles still to be encoded. */
  GArray *tiles;                /* DemoRect */
  guint next_tile;
  gboolean last_rect;           /* ends with a LastRect */
  guint32 *values;              /* room for one rectangle */
  guint32 *rgb;
};

DemoClient *demo_client_new (DemoServer *server, GSocketConnection *connection);
void demo_client_free (DemoClient *client);
void demo_client_drop (DemoClient *client, const char *why);
void demo_client_send (DemoClient *client);
void demo_client_advance (DemoClient *client);
GByteArray *demo_client_message (DemoClient *client);
gboolean demo_client_is_updating (const DemoClient *client);
gboolean demo_client_is_ready (const DemoClient *client);

/* Each takes one message from the bytes that have come: how many it used, 0 if it is not complete or must wait, -1 if
 * the client was dropped. */
gssize demo_handshake_take (DemoClient *client, const guint8 *bytes, gsize n);
gssize demo_messages_take (DemoClient *client, const guint8 *bytes, gsize n);
void demo_handshake_begin (DemoClient *client);
void demo_handshake_result (DemoClient *client, gboolean ok);

void demo_update_damage (DemoClient *client, const DemoRect *rect);
void demo_update_copied (DemoClient *client, const DemoRect *to, int dx, int dy);
void demo_update_resized (DemoClient *client, guint reason, guint result);
void demo_update_request (DemoClient *client, gboolean incremental, const DemoRect *rect);
void demo_update_format_changed (DemoClient *client);
void demo_update_put_palette (DemoClient *client, guint first, guint n);
void demo_update_pump (DemoClient *client);

void demo_clipboard_announce (DemoClient *client);
void demo_clipboard_notify (DemoClient *client);
gssize demo_clipboard_take (DemoClient *client, const guint8 *bytes, gsize n);

/* Types with keys. */
void demo_security_begin (DemoClient *client, guint type);
gssize demo_security_take (DemoClient *client, const guint8 *bytes, gsize n);
void demo_security_free (DemoSecurity *security);
/* A link that is encrypted: what is to be sent, was sent, and has come. */
void demo_security_seal (DemoClient *client);
void demo_security_sent (DemoClient *client, gsize n);
gboolean demo_security_open (DemoClient *client, const guint8 *bytes, gsize n);

void demo_vncauth_encrypt (const char *password, const guint8 *challenge, guint8 *response);
