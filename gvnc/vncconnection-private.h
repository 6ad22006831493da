/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "painter.h"
#include "session/quality.h"
#include "session/replay.h"
#include "transport/trust.h"
#include "vncconnection.h"
#include "vnccredentialrequest.h"
#include "vncpixelformat-private.h"

/* What stands behind a VncConnection; main context only. The object holds no reference on itself: dropping the last one
 * closes the connection. vncconnection.c has the class and its calls, -open.c what opens it, -link.c the ways to
 * the server, -reconnect.c what happens when they are lost, -auth.c what concerns
 * authentication, -fallback.c what happens when that fails early, -events.c what arrives, vncclipboard.c the extended clipboard. */
typedef struct _GvncClipboardSide GvncClipboardSide;
typedef struct _GvncOpening GvncOpening;
typedef struct _GvncLink GvncLink;
typedef struct _GvncReconnect GvncReconnect;
typedef struct _GvncFallback GvncFallback;

struct _VncConnectionPrivate {
  GvncReplay     *replay;             /* NULL while closed */
  GvncOpening    *opening;            /* who waits for the session to begin; NULL when nobody does */
  GvncLink       *link;               /* settings of vncconnection-link.c; owned, never NULL */
  GvncReconnect  *reconnect;          /* of vncconnection-reconnect.c; owned, never NULL */
  GvncFallback   *fallback;           /* of vncconnection-fallback.c; owned, never NULL */
  GvncPainter    *painter;
  VncFramebuffer *framebuffer;        /* owned; may be NULL */

  gboolean        shared;             /* settings that outlive a session */
  VncAudio       *audio;              /* owned; may be NULL */
  VncAudioFormat *audio_format;       /* owned; may be NULL */
  gboolean        audio_enabled;
  gboolean        abs_pointer;
  gboolean        auto_quality;

  gboolean        initialized;        /* state of the session, as far as it was replayed; cleared on closing */
  gboolean        has_error;
  guint16         width;
  guint16         height;
  char           *name;
  VncPixelFormat  format;
  VncCursor      *cursor;             /* owned; the shape, shown or not */
  gboolean        cursor_hidden;      /* the server says that it is not to be shown */
  gboolean        cursor_moved;       /* the server has told a position: these two */
  guint16         cursor_x;
  guint16         cursor_y;
  gboolean        ext_key_event;
  gboolean        extended_buttons;
  gint            ledstate;
  gboolean        has_ledstate;       /* the server has told it */
  gboolean        power_control;
  gboolean        resizable;
  GPtrArray      *screens;            /* VncScreen; NULL while the server has told nothing of screens */
  VncConnectionResizeStatus resize_status;
  GQueue          layout_requests;    /* see vncconnection-screens.c */
  gboolean        audio_available;    /* the server can send sound */
  gboolean        audio_playing;      /* the sink was told the begin of a playback, and no end yet */
  gboolean        audio_stale;        /* sound that comes may be in the format before this one */
  GArray         *encodings;          /* gint32: what the application has asked for; NULL before */
  GvncQualityState quality;
  gboolean        few_colours;        /* the server was asked for fewer than the application wants */
  guint           bandwidth_kbit;     /* 0 when unknown */
  gint            latency_ms;         /* -1 when unknown */
  gint            encoding;           /* of the latest pixels; -1 before any */

  GArray         *auth_types;         /* guint32: what may be chosen; NULL before the server's offer */
  gint64          auth_type;          /* the choice, maybe made before the offer; -1 for none */
  gint64          auth_subtype;
  GArray         *auth_subtypes;      /* guint32: what may be chosen; NULL when nothing is asked */
  gboolean        auth_chosen;
  GArray         *auth_order;         /* guint, settings of vncconnection-order.c; NULL: the application chooses */
  GArray         *auth_subtype_order;
  VncCredentialRequest *auth_request; /* owned; what the application was asked with; NULL when nothing is asked */
  char           *host;               /* what the application calls the server; NULL when it does not */
  GArray         *auth_wanted;        /* guint32: credentials that the engine waits for; NULL when it does not */
  char           *credentials[GVNC_N_CREDENTIALS];    /* owned, wiped before they are freed */

  GvncTrustSettings  trust;              /* settings, too */
  char              *secured;            /* how the link is secured; NULL when it is not */
  gboolean           encrypted;
  char              *weakness;           /* what of the login is weak; NULL when nothing is known */
  VncCertificate    *certificate;        /* owned; NULL when the server has shown none */
  gboolean           trust_wanted;       /* the engine waits to hear whether it is trusted */

  gboolean           extended_clipboard; /* a setting, too */
  GvncClipboardSide *clipboard;          /* owned, never NULL */

  GSource        *disconnect_source;  /* will say vnc-disconnected; holds a reference on the object */
};

typedef enum {
  VNC_SIGNAL_CURSOR_CHANGED,
  VNC_SIGNAL_POINTER_MODE_CHANGED,
  VNC_SIGNAL_BELL,
  VNC_SIGNAL_SERVER_CUT_TEXT,
  VNC_SIGNAL_FRAMEBUFFER_UPDATE,
  VNC_SIGNAL_FRAMEBUFFER_UPDATE_END,
  VNC_SIGNAL_DESKTOP_RESIZE,
  VNC_SIGNAL_PIXEL_FORMAT_CHANGED,
  VNC_SIGNAL_AUTH_FAILURE,
  VNC_SIGNAL_AUTH_UNSUPPORTED,
  VNC_SIGNAL_AUTH_CREDENTIAL,
  VNC_SIGNAL_AUTH_CHOOSE_TYPE,
  VNC_SIGNAL_AUTH_CHOOSE_SUBTYPE,
  VNC_SIGNAL_CONNECTED,
  VNC_SIGNAL_INITIALIZED,
  VNC_SIGNAL_DISCONNECTED,
  VNC_SIGNAL_LED_STATE,
  VNC_SIGNAL_ERROR,
  VNC_SIGNAL_POWER_CONTROL_INITIALIZED,
  VNC_SIGNAL_POWER_CONTROL_FAILED,
  VNC_SIGNAL_DESKTOP_RENAME,
  VNC_SIGNAL_SCREENS_CHANGED,
  VNC_SIGNAL_CURSOR_MOVED,
  VNC_SIGNAL_CLIPBOARD_OFFERED,
  VNC_SIGNAL_CLIPBOARD_REQUESTED,
  VNC_SIGNAL_VERIFY_CERTIFICATE,
  VNC_SIGNAL_RECONNECTING,
  VNC_SIGNAL_CREDENTIALS_REQUESTED,
  VNC_N_SIGNALS
} VncConnectionSignal;

extern guint gvnc_connection_signals[VNC_N_SIGNALS];

/* From class_init. */
void gvnc_connection_create_signals (void);

/* What the replay calls. */
extern const GvncReplayFuncs gvnc_connection_replay_funcs;

/* Opens; takes @target over but for its descriptor when it fails. */
gboolean gvnc_connection_open     (VncConnection     *conn,
                                   GvncTarget        *target);
/* The same without any questions. */
void gvnc_connection_start        (VncConnection     *conn,
                                   GvncTarget        *target);
/* The same for @task, which is taken over and ends when there is a session or none. */
gboolean gvnc_connection_open_task (VncConnection    *conn,
                                   GvncTarget        *target,
                                   GTask             *task);
void gvnc_connection_opening_done (VncConnection     *conn);
/* The connection will close for this reason. */
void gvnc_connection_opening_failed (VncConnection   *conn,
                                   guint32            code,
                                   const char        *reason);
/* The connection was closed; frees @self. */
void gvnc_opening_ended           (GvncOpening       *self);
/* Says vnc-disconnected if it is still to be said. */
void gvnc_connection_say_disconnected (VncConnection *conn);

/* The properties of vncconnection-link.c, which has their names; @which counts from 0. */
#define GVNC_N_LINK_PROPS 8
GvncLink *gvnc_link_new           (void);
void gvnc_link_free               (GvncLink          *self);
void gvnc_connection_link_specs   (GParamSpec       **props);
void gvnc_connection_link_get     (VncConnection     *conn,
                                   guint              which,
                                   GValue            *value);
void gvnc_connection_link_set     (VncConnection     *conn,
                                   guint              which,
                                   const GValue      *value);
void gvnc_connection_link_apply   (VncConnection     *conn,
                                   GvncTarget        *target);

GvncReconnect *gvnc_reconnect_new (void);
void gvnc_reconnect_free          (GvncReconnect     *self);
gboolean gvnc_connection_reconnect_get (VncConnection *conn);
/* FALSE when nothing changed. */
gboolean gvnc_connection_reconnect_set (VncConnection *conn,
                                   gboolean           wanted);
/* The application has opened the connection; there is a session. */
void gvnc_connection_reconnect_opened (VncConnection *conn,
                                   const GvncTarget  *target);
void gvnc_connection_reconnect_begun (VncConnection  *conn);
/* An error ends the session: TRUE when that is not to be told, since there will be another. */
gboolean gvnc_connection_reconnect_lost (VncConnection *conn,
                                   guint32            code);
/* It has ended: TRUE when another will follow. */
gboolean gvnc_connection_reconnect_closed (VncConnection *conn);
gboolean gvnc_connection_reconnect_waits (VncConnection *conn);
/* The application allows another connection before there is a session, and there can be one. */
gboolean gvnc_connection_reconnect_may_retry (VncConnection *conn);
/* Forgets everything: there will be no other. */
void gvnc_connection_reconnect_clear (VncConnection  *conn);
/* Milliseconds until the first try; tests are less patient. */
extern guint gvnc_connection_reconnect_ms;

GvncFallback *gvnc_fallback_new   (void);
void gvnc_fallback_free           (GvncFallback      *self);
/* What there is to choose from: @types without those that have failed, a new reference. @preset: no choice is left. */
GArray *gvnc_connection_fallback_types (VncConnection *conn,
                                   GArray            *types,
                                   gboolean           preset);
GArray *gvnc_connection_fallback_subtypes (VncConnection *conn,
                                   GArray            *subtypes,
                                   gboolean           preset);
/* The security type has failed for this reason, and nothing secret was sent: TRUE when that is not to be told, since the
 * next will be tried. */
gboolean gvnc_connection_fallback_failed (VncConnection *conn,
                                   guint32            code,
                                   const char        *reason);
/* Whether @type was tried in vain; with @subtype, unless that is -1. */
gboolean gvnc_connection_fallback_has_failed (VncConnection *conn,
                                   guint32            type,
                                   gint64             subtype);
/* How many tries have failed, when the session that ends now is to be followed by the next; else 0. */
guint gvnc_connection_fallback_pending (VncConnection *conn);
/* There is nothing left to try: the connection ends with the last reason. */
void gvnc_connection_fallback_give_up (VncConnection *conn);
void gvnc_connection_fallback_clear (VncConnection   *conn);

/* Ends the connection with an error of ours. */
void gvnc_connection_end          (VncConnection     *conn,
                                   guint32            code,
                                   const char        *reason);
/* Ends the session at once and forgets its state; no signal. */
void gvnc_connection_drop         (VncConnection     *conn);
/* The same for good; gvnc_connection_say_disconnected() will follow. */
void gvnc_connection_close        (VncConnection     *conn);
/* Sends @command if there is an engine; takes it over in any case. */
void gvnc_connection_send         (VncConnection     *conn,
                                   GvncCommand       *command);
/* Sends a message, which makes sense in an initialized session only. */
void gvnc_connection_send_message (VncConnection     *conn,
                                   GvncCommand       *command);

void gvnc_connection_audio_drop   (VncConnection     *conn);
void gvnc_connection_audio_event  (VncConnection     *conn,
                                   const GvncEvent   *event);

void gvnc_connection_screens_clear (VncConnection    *conn);
void gvnc_connection_screens_take (VncConnection     *conn,
                                   const GvncEvent   *event);

void gvnc_connection_auth_clear   (VncConnection     *conn);
void gvnc_connection_auth_offer   (VncConnection     *conn,
                                   GArray            *types);
void gvnc_connection_auth_offer_subtypes (VncConnection *conn,
                                   guint32            type,
                                   GArray            *subtypes);
void gvnc_connection_auth_ask     (VncConnection     *conn,
                                   GArray            *wanted);
/* Takes over what @values point at, each of which may be NULL; answers if that is all that is wanted. */
void gvnc_connection_auth_take    (VncConnection     *conn,
                                   char              *values[GVNC_N_CREDENTIALS]);
/* What is preferred of @offered, or -1. */
gint64 gvnc_connection_order_pick (const GArray      *order,
                                   const GArray      *offered);
/* Without an order everything is. */
gboolean gvnc_connection_order_allows (const GArray   *order,
                                   guint32            number);

VncCredentialRequest *gvnc_credential_request_new (VncConnection *conn,
                                   const GArray      *wanted);
/* The connection does not wait for it any more. */
void gvnc_credential_request_close (VncCredentialRequest *self);

/* The properties of vncconnection-trust.c, which has their names; @which counts from 0. */
#define GVNC_N_TRUST_PROPS 16
void gvnc_connection_trust_specs  (GParamSpec       **props);
void gvnc_connection_trust_get    (VncConnection     *conn,
                                   guint              which,
                                   GValue            *value);
void gvnc_connection_trust_set    (VncConnection     *conn,
                                   guint              which,
                                   const GValue      *value);
void gvnc_connection_trust_clear  (VncConnection     *conn);
void gvnc_connection_trust_secured (VncConnection    *conn,
                                   const GvncEvent   *event);
void gvnc_connection_trust_weak   (VncConnection     *conn,
                                   const GvncEvent   *event);
void gvnc_connection_trust_certificate (VncConnection *conn,
                                   const GvncEvent   *event);

void gvnc_connection_quality_reset (VncConnection    *conn);
void gvnc_connection_quality_link (VncConnection     *conn,
                                   guint              bandwidth_kbit,
                                   gint               latency_ms);
/* Sends what the application has set, as far as the quality lets it. */
void gvnc_connection_send_encodings (VncConnection   *conn);
void gvnc_connection_send_pixel_format (VncConnection *conn);

GvncClipboardSide *gvnc_clipboard_side_new  (void);
void               gvnc_clipboard_side_free (GvncClipboardSide *self);
void      gvnc_connection_clipboard_drop  (VncConnection     *conn);
void      gvnc_connection_clipboard_event (VncConnection     *conn,
                                           const GvncEvent   *event);
/* The bytes of @encodings, and the extension's if the application wants it. */
GBytes   *gvnc_connection_clipboard_encodings (VncConnection *conn,
                                               const GArray  *encodings);
/* Seconds until a request is given up, from limits.h; tests are less patient. */
extern guint gvnc_connection_clipboard_s;
