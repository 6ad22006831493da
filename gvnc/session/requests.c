/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/requests.h"

/* On nearer servers an update is there before anybody would see that it could have been earlier. */
#define LEAST_RTT_US     (20 * 1000)
/* Requests ahead are at least so far apart: nobody sees more updates than that. */
#define LEAST_SPACING_US (16 * 1000)
/* Requests that may be owed before it is known how a server answers them. */
#define MOST_UNKNOWN     4
/* Updates without a reason that make up our mind; one may be a hiccup of the link. */
#define MOST_IMPOSSIBLE  3

void
gvnc_requests_init (GvncRequests *self)
{
  *self = (GvncRequests) { .kind = GVNC_REQUESTS_UNKNOWN, .rtt_us = G_MAXINT64 };
}

void
gvnc_requests_round_trip (GvncRequests *self,
                          gint64        took_us)
{
  self->rtt_us = MIN (self->rtt_us, MAX (took_us, 0));
}

/* Updates flow, and faster when they are asked for earlier. */
static gboolean
requests_flow (const GvncRequests *self)
{
  return self->rtt_us != G_MAXINT64 && self->rtt_us >= LEAST_RTT_US && self->rtt_us <= GVNC_LIMIT_ROUND_TRIP_US &&
         self->interval_us > 0 && self->interval_us < 2 * self->rtt_us;
}

static gint64
requests_spacing (const GvncRequests *self)
{
  return MAX (self->interval_us / 2, LEAST_SPACING_US);
}

/* How many fill a round trip. */
static guint
requests_depth (const GvncRequests *self)
{
  return (guint) MIN (self->rtt_us / requests_spacing (self) + 1, GVNC_LIMIT_REQUESTS);
}

/* Whether one more may be sent ahead, after @n_more that are sent anyway. */
static gboolean
requests_has_room (const GvncRequests *self,
                   guint               n_more)
{
  guint depth = requests_depth (self);

  switch (self->kind) {
  case GVNC_REQUESTS_MERGED:
    return self->n_sent + n_more < depth;
  case GVNC_REQUESTS_EACH:
    return self->n_owed + n_more < depth;
  case GVNC_REQUESTS_UNKNOWN:
    return self->n_owed + n_more < MAX (depth, MOST_UNKNOWN);
  }
  return FALSE;
}

/* It is the count that keeps us from sending ahead, and not what is under way. */
static gboolean
requests_do_not_add_up (const GvncRequests *self)
{
  return self->kind == GVNC_REQUESTS_UNKNOWN && !requests_has_room (self, 1) && self->n_sent + 1 < requests_depth (self);
}

static void
requests_forget (GvncRequests *self,
                 guint         n)
{
  if (n == 0)
    return;
  self->answered_us = self->sent_us[n - 1];
  self->n_sent -= n;
  memmove (self->sent_us, self->sent_us + n, self->n_sent * sizeof *self->sent_us);
}

void
gvnc_requests_sent (GvncRequests *self)
{
  if (self->n_sent == GVNC_LIMIT_REQUESTS)
    requests_forget (self, 1);
  self->sent_us[self->n_sent++] = self->latest_us = self->now_us;
  self->again_us = 0;
  /* Whoever answers several at once never owes so many, and the count would only grow. */
  if (self->n_owed < (self->kind == GVNC_REQUESTS_MERGED ? GVNC_LIMIT_REQUESTS : G_MAXUINT))
    self->n_owed++;
}

static gint64
requests_silence (const GvncRequests *self)
{
  return self->rtt_us + 3 * self->interval_us;
}

/* The smallest rectangle around both; @other has not been checked by anybody. */
static GvncRect
requests_around (const GvncRect *one,
                 const GvncRect *other)
{
  guint x = MIN (one->x, other->x), y = MIN (one->y, other->y);
  guint right = MAX ((guint) one->x + one->width, (guint) other->x + other->width);
  guint bottom = MAX ((guint) one->y + one->height, (guint) other->y + other->height);

  return (GvncRect) { (guint16) x, (guint16) y,
                      (guint16) MIN (right - x, G_MAXUINT16), (guint16) MIN (bottom - y, G_MAXUINT16) };
}

gboolean
gvnc_requests_ask (GvncRequests   *self,
                   const GvncRect *rect)
{
  self->asked_us = self->now_us;
  if (self->testing) {
    self->unanswered = TRUE;
    self->rect = requests_around (&self->rect, rect);
    return FALSE;
  }
  self->rect = *rect;
  self->eager = self->end_us > 0 && self->now_us - self->end_us <= self->rtt_us / 2;
  if (self->eager && requests_flow (self) && self->ahead && requests_do_not_add_up (self)) {
    self->testing = self->unanswered = TRUE;
    self->n_tested = 0;
    self->quiet_us = self->latest_us + self->rtt_us + requests_silence (self);
    return FALSE;
  }
  gvnc_requests_sent (self);
  return TRUE;
}

/* What only a server can have sent that answers each: nothing it could be an answer to was under way between the update before
 * and this one. The round trip may well be half or one and a half of what is known of it. */
static gboolean
requests_is_impossible (const GvncRequests *self)
{
  return self->n_owed > 0 && self->update_us > 0 &&
         self->answered_us < self->update_us - self->rtt_us * 3 / 2 &&
         (self->n_sent == 0 || self->sent_us[0] > self->now_us - self->rtt_us / 2);
}

static void
requests_judge (GvncRequests *self)
{
  if (self->kind == GVNC_REQUESTS_MERGED && requests_flow (self) && requests_is_impossible (self) &&
      ++self->n_impossible >= MOST_IMPOSSIBLE)
    self->kind = GVNC_REQUESTS_EACH;
  if (!self->testing)
    return;
  self->quiet_us = MAX (self->latest_us + self->rtt_us, self->now_us) + requests_silence (self);
  if (self->now_us > self->latest_us + self->rtt_us * 3 / 2)
    self->n_tested++;
  if (self->n_owed == 0 || self->n_tested == 2) {
    self->kind = GVNC_REQUESTS_EACH;
    self->testing = FALSE;
  }
}

void
gvnc_requests_begin (GvncRequests *self)
{
  guint n = MIN (self->n_sent, 1);

  if (!self->ahead && self->n_owed == 1 && self->n_sent == 1)
    gvnc_requests_round_trip (self, self->now_us - self->sent_us[0]);
  if (self->n_owed > 0)
    self->n_owed--;
  requests_judge (self);

  if (self->kind != GVNC_REQUESTS_EACH)
    while (n < self->n_sent && self->now_us - self->sent_us[n] >= self->rtt_us)
      n++;
  requests_forget (self, n);
  if (self->update_us > 0) {
    gint64 interval_us = self->now_us - self->update_us;

    /* A pause ends the flow, however long it was. To ask too often for a while costs less than to be slow. */
    if (self->rtt_us < GVNC_LIMIT_ROUND_TRIP_US)
      interval_us = MIN (interval_us, 3 * self->rtt_us);
    if (self->interval_us == 0)
      self->interval_us = interval_us;
    else if (interval_us < self->interval_us)
      self->interval_us = (self->interval_us + interval_us) / 2;
    else
      self->interval_us = (3 * self->interval_us + interval_us) / 4;
  }
  self->update_us = self->now_us;
  self->receiving = TRUE;
  self->eager = FALSE;
}

void
gvnc_requests_end (GvncRequests *self,
                   gboolean      empty)
{
  self->receiving = FALSE;
  self->end_us = self->now_us;
  self->unanswered = self->unanswered && empty;
  /* Not sooner than anybody would see it, or a server that answers everything by nothing makes us busy. */
  if (self->unanswered && !self->testing)
    self->again_us = MAX (self->latest_us + LEAST_SPACING_US, self->now_us);
}

gboolean
gvnc_requests_stop (GvncRequests *self)
{
  gboolean kept = self->testing || self->again_us > 0;

  self->eager = self->testing = self->unanswered = FALSE;
  self->again_us = 0;
  return kept;
}

gint64
gvnc_requests_due (const GvncRequests *self)
{
  gint64 due_us;

  if (self->testing)
    return self->quiet_us;
  if (self->again_us > 0 && !self->receiving)
    return self->again_us;
  if (self->receiving || !self->eager || !requests_flow (self) || !requests_has_room (self, 0))
    return G_MAXINT64;
  due_us = self->latest_us + requests_spacing (self);
  /* What has not come by then does not wait for a request. */
  return due_us < self->asked_us + self->rtt_us ? due_us : G_MAXINT64;
}

gboolean
gvnc_requests_act (GvncRequests *self)
{
  if (gvnc_requests_due (self) > self->now_us)
    return FALSE;
  if (self->testing) {
    /* Nobody owes us anything: it has answered several at once. */
    self->kind = GVNC_REQUESTS_MERGED;
    self->testing = FALSE;
  } else if (self->again_us == 0) {
    self->ahead = TRUE;
  }
  return TRUE;
}

gint64
gvnc_requests_quiet (const GvncRequests *self)
{
  if (!self->ahead || self->n_owed == 0)
    return self->now_us;
  return MAX (self->end_us, self->latest_us + self->rtt_us) + self->rtt_us / 2;
}
