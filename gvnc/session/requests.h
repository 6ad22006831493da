/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session/limits.h"
#include "wire/rect.h"

/* When to ask for updates, of a server that does not send them by itself.
 *
 * An application asks for the next update when it has drawn one, so there would be one update for each way there and back. On a
 * link with a noticeable round trip, requests are therefore sent ahead while updates flow: the application's last one again,
 * about twice for each update that comes, as long as nothing is being received, and no further ahead than one round trip.
 *
 * Most servers only remember that they were asked: requests that wait together are answered by one update. Few answer each.
 * For the first kind, an update answers all that was sent a round trip before it came; for the second, requests and updates
 * are counted. Which kind a server is, is found out once, when requests and updates do not add up: nothing is sent for a
 * moment, and what comes after all that was under way must be answers still owed. Until then no more than `depth` are owed
 * by either count. An application that asks on its own terms (not at once, or never) gets nothing ahead.
 *
 * An application is not told of updates without a rectangle, and nothing is asked for after one, as with gtk-vnc. Only when
 * such a one ends a test is the request sent that waited for it, since nobody else would.
 *
 * Has no clock: time is what it was last told, in microseconds, from anywhere. */

typedef enum {
  GVNC_REQUESTS_UNKNOWN,
  GVNC_REQUESTS_MERGED,        /* requests that wait together get one update */
  GVNC_REQUESTS_EACH,          /* each gets its own */
} GvncRequestsKind;

typedef struct {
  GvncRequestsKind kind;
  gint64    now_us;
  gint64    sent_us[GVNC_LIMIT_REQUESTS];   /* of requests that may be unanswered, the oldest first */
  guint     n_sent;
  guint     n_owed;            /* requests sent less updates that came: what is owed if each is answered, with a
                                * ceiling when that is not so */
  guint     n_impossible;      /* updates that a server of the first kind had no reason for */
  gint64    latest_us;         /* when the latest request was sent */
  gint64    answered_us;       /* when the latest of those was sent that are taken for answered */
  gint64    rtt_us;            /* the shortest round trip seen; G_MAXINT64 before the first */
  gint64    interval_us;       /* between updates, smoothed; 0 before */
  gint64    update_us;         /* when the latest update began */
  gint64    end_us;            /* and ended */
  gint64    asked_us;          /* when the application has asked after it */
  gboolean  receiving;
  gboolean  eager;             /* it has asked, and at once */
  gboolean  ahead;             /* some request was sent ahead; from then on a round trip cannot be measured */
  gboolean  testing;           /* which kind it is; the application's latest request waits for the end of this */
  guint     n_tested;          /* updates that came since all that was under way must have arrived */
  gint64    quiet_us;          /* a test ends when there was no update until then */
  gboolean  unanswered;        /* a request waits for the end of a test; the application asks again when it has an answer */
  gint64    again_us;          /* when it is to be sent, since the answer was empty; 0: it need not be */
  GvncRect  rect;              /* of the application's latest request; around all that wait for the end of a test */
} GvncRequests;

void     gvnc_requests_init       (GvncRequests   *self);
/* A question was answered so late, whatever it was. */
void     gvnc_requests_round_trip (GvncRequests   *self,
                                   gint64          took_us);
/* The application asks for news in @rect; TRUE when this is to be sent now. */
gboolean gvnc_requests_ask        (GvncRequests   *self,
                                   const GvncRect *rect);
/* A request is sent that is no such, or that is due. */
void     gvnc_requests_sent       (GvncRequests   *self);
void     gvnc_requests_begin      (GvncRequests   *self);
void     gvnc_requests_end        (GvncRequests   *self,
                                   gboolean        empty);
/* When to send the next one ahead, for `rect`; G_MAXINT64: not before something happens. */
gint64   gvnc_requests_due        (const GvncRequests *self);
/* It is that time; TRUE when a request is to be sent, for which the caller calls gvnc_requests_sent(). */
gboolean gvnc_requests_act        (GvncRequests   *self);
/* Nothing is sent ahead until the application asks again. TRUE when a request for `rect` was still to be sent. */
gboolean gvnc_requests_stop       (GvncRequests   *self);
/* When no answer can be under way any more, if no update begins before. */
gint64   gvnc_requests_quiet      (const GvncRequests *self);
