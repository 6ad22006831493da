/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/script.h"
#include "session/requests.h"

/* Requests that are sent ahead of updates: in scripts, and with servers that are played millisecond by millisecond. */

#define RAW     "00000000"
#define ALL     "03 00 0000 0000 0004 0002"
#define NEWS    "03 01 0000 0000 0004 0002"
#define ASK     "! request 1 0,0 4x2"
#define PIXEL   "> 00 00 0001  0000 0000 0001 0001 " RAW " 332211ff", "= rect 0,0 1x1 112233", "= update-end"
#define FORMAT16 "00 000000 10 10 00 01 001f 003f 001f 0b 05 00 000000"
#define PIXEL16 "> 00 00 0001  0000 0000 0001 0001 " RAW " 00f8", "= rect 0,0 1x1 ff0000", "= update-end"

/* The desk of lib/script.h, so far away. */
#define FAR_DESK(turn) \
  "! time 1000", "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", turn, "> 01 01", "= auth-types 1", "! type 1", "< 01", turn, \
  "> 00000000", "< 00", turn, "> 0004 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000004 'desk'", \
  "= initialized 4x2 32/24 255<<16 255<<8 255<<0 'desk'", \
  "! request 0 0,0 4x2", "< " ALL, turn, PIXEL, ASK, "< " NEWS, turn, PIXEL

static const char *const far_desk[] = { FAR_DESK ("! time 100"), NULL };
static const char *const near_desk[] = { FAR_DESK ("! time 5"), NULL };
static const char *const moon_desk[] = { FAR_DESK ("! time 2500"), NULL };

static const GvncScript scripts[] = {
  { "one ahead when a flow begins", far_desk,
    { ASK, "< " NEWS, "! time 49", "! time 1", "< " NEWS, "! time 49", "! time 1", PIXEL } },
  { "closer when updates come closer", far_desk,
    { ASK, "< " NEWS, "! time 50", "< " NEWS, "! time 10", PIXEL, ASK, "< " NEWS, "! time 39", "! time 1", "< " NEWS } },
  { "none when an answer is late", far_desk, { ASK, "< " NEWS, "! time 50", "< " NEWS, "! time 500", "! time 500" } },
  { "none on a near link", near_desk, { ASK, "< " NEWS, "! time 3", "! time 3", "! time 500", PIXEL, ASK, "< " NEWS } },
  { "none when a round trip takes too long", moon_desk, { ASK, "< " NEWS, "! time 1200", "! time 1200", PIXEL } },
  { "none for an application that takes its time", far_desk,
    { "! time 60", ASK, "< " NEWS, "! time 50", "! time 50", PIXEL } },
  { "none for an application that does not ask", far_desk, { "! time 50", "! time 50" } },
  { "none while an update is received", far_desk,
    { ASK, "< " NEWS, "! time 40", "> 00 00 0001  0000 0000 0001 0001 " RAW, "! time 10", "! time 40",
      "> 332211ff", "= rect 0,0 1x1 112233", "= update-end", ASK, "< " NEWS } },
  { "none while continuous updates come", far_desk,
    { "! encodings 0 -223 -312 -313", "< 02 00 0004 00000000 ffffff21 fffffec8 fffffec7",
      ASK, "< " NEWS, "> 96", "< 96 01 0000 0000 0004 0002", "! time 50", "! time 50" } },
  { "in what the application asked for last", far_desk,
    { "! request 1 1,0 2x1", "< 03 01 0001 0000 0002 0001", "! time 50", "< 03 01 0001 0000 0002 0001" } },
  { "a pixel format waits for all of them", far_desk,
    { ASK, "< " NEWS, "! time 50", "< " NEWS, "! format rgb16", "< 03 00 0000 0000 0001 0001",
      "! time 50", PIXEL, ASK, "! time 50", PIXEL, ASK, "! time 49", "! time 1",
      "< " FORMAT16 " " NEWS " " NEWS, "= format 16/16 *", "! time 10", PIXEL16 } },
  { "also between an update and the application's next request", far_desk,
    { ASK, "< " NEWS, "! time 50", "< " NEWS, "! time 50", PIXEL, "! format rgb16", "< 03 00 0000 0000 0001 0001",
      "! time 50", PIXEL, ASK, "! time 50", PIXEL, "= format 16/16 *", "< " FORMAT16 " " NEWS } },
  { "also while an update is received that nobody asked for", near_desk,
    { "> 00 00 0001  0000 0000 0001 0001 " RAW, "! format rgb16", "< 03 00 0000 0000 0001 0001",
      "> 332211ff", "= rect 0,0 1x1 112233", "= update-end", "= format 16/16 *", "< " FORMAT16, PIXEL16 } },
  { "not again when the answer was empty", near_desk, { ASK, "< " NEWS, "! time 5", "> 00 00 0000", "! time 500", PIXEL, "! time 500" } },
  { "not again when nobody waits for an answer", near_desk, { "> 00 00 0000", "! time 500" } },
};

/* ---- a test of the server ---- */

/* Updates come at a pace of their own, and do not add up with the requests that were sent ahead. */
static GvncRequests
until_tested (void)
{
  const GvncRect all = { 0, 0, 4, 2 };
  GvncRequests requests;

  gvnc_requests_init (&requests);
  gvnc_requests_round_trip (&requests, 100 * 1000);
  for (int n = 0; n < 1000 && !requests.testing; n++) {
    requests.now_us += 5 * 1000;
    if (gvnc_requests_act (&requests))
      gvnc_requests_sent (&requests);
    if (n % 10 != 0)
      continue;
    gvnc_requests_begin (&requests);
    gvnc_requests_end (&requests, FALSE);
    gvnc_requests_ask (&requests, &all);
  }
  g_assert_true (requests.testing);
  return requests;
}

static void
test_regions_wait_together (void)
{
  GvncRequests requests = until_tested ();

  requests.rect = (GvncRect) { 10, 20, 30, 40 };
  g_assert_false (gvnc_requests_ask (&requests, &(GvncRect) { 5, 50, 10, 20 }));
  g_assert_false (gvnc_requests_ask (&requests, &(GvncRect) { 11, 21, 1, 1 }));
  requests.now_us = gvnc_requests_due (&requests);
  g_assert_true (gvnc_requests_act (&requests));
  g_assert_cmpint (requests.rect.x, ==, 5);
  g_assert_cmpint (requests.rect.y, ==, 20);
  g_assert_cmpint (requests.rect.width, ==, 35);
  g_assert_cmpint (requests.rect.height, ==, 50);
}

static void
test_kept_request_is_not_lost (void)
{
  GvncRequests requests = until_tested ();

  g_assert_true (gvnc_requests_stop (&requests));
  g_assert_cmpint (gvnc_requests_due (&requests), ==, G_MAXINT64);
  g_assert_false (gvnc_requests_stop (&requests));
}

/* The application hears of none of these updates, so it asks for nothing after the test. */
static void
test_empty_updates_end_a_test (void)
{
  GvncRequests requests = until_tested ();

  for (int n = 0; n < 100 && requests.testing; n++) {
    requests.now_us += 30 * 1000;
    gvnc_requests_begin (&requests);
    gvnc_requests_end (&requests, TRUE);
  }
  g_assert_false (requests.testing);
  g_assert_cmpint (requests.kind, ==, GVNC_REQUESTS_EACH);
  g_assert_cmpint (gvnc_requests_due (&requests), <, G_MAXINT64);
  requests.now_us = gvnc_requests_due (&requests);
  g_assert_true (gvnc_requests_act (&requests));
}

/* What waits for the last answer, a pixel format, does not wait for ever when a server goes on without being asked. */
static void
test_quiet_comes (void)
{
  const GvncRect all = { 0, 0, 4, 2 };
  GvncRequests requests = until_tested ();
  guint n_unasked = 0;

  requests.now_us = gvnc_requests_due (&requests);
  g_assert_true (gvnc_requests_act (&requests));
  g_assert_cmpint (requests.kind, ==, GVNC_REQUESTS_MERGED);
  for (int n = 0; n < 1000; n++) {
    requests.now_us += 25 * 1000;
    if (gvnc_requests_act (&requests))
      gvnc_requests_sent (&requests);
    if (n % 2 != 0)
      continue;
    gvnc_requests_begin (&requests);
    gvnc_requests_end (&requests, FALSE);
    gvnc_requests_ask (&requests, &all);
  }
  g_assert_cmpint (gvnc_requests_quiet (&requests), >, requests.now_us);
  do {
    requests.now_us += 25 * 1000;
    gvnc_requests_begin (&requests);
    gvnc_requests_end (&requests, FALSE);
    n_unasked++;
    g_assert_cmpuint (n_unasked, <=, GVNC_LIMIT_REQUESTS);
  } while (gvnc_requests_quiet (&requests) > requests.now_us);
}

/* ---- servers ---- */

#define PLAYED_MS 20000
#define MOST      4096

typedef struct {
  const char       *name;
  gboolean          each;          /* answers each request, however many wait */
  int               rtt_ms;
  int               frame_ms;      /* something changes so often */
  int               work_ms;       /* an update is made in so long */
  int               pause_ms;      /* nothing changes for so long every second; then a burst */
  int               least_percent; /* updates that have to come, of those that it could send */
  guint             most_waiting;  /* requests at the server and on the way there */
} Played;

static const Played played[] = {
  { "merges", FALSE, 100, 33, 1, 0, 90, 8 },
  { "merges, with pauses", FALSE, 100, 33, 1, 500, 65, 8 },
  { "merges, far away", FALSE, 300, 33, 1, 0, 80, 16 },
  { "answers each", TRUE, 100, 33, 1, 0, 92, 8 },
  { "answers each, with pauses", TRUE, 100, 33, 1, 500, 85, 8 },
  { "answers each, far away", TRUE, 300, 33, 1, 0, 85, 16 },
  { "merges, late", FALSE, 100, 33, 150, 0, 50, 1 },
  { "answers each, late", TRUE, 100, 33, 150, 0, 50, 1 },
  { "merges, a little late", FALSE, 100, 33, 60, 0, 88, 5 },
  { "answers each, a little late", TRUE, 100, 33, 60, 0, 90, 5 },
  { "is near", FALSE, 4, 33, 1, 0, 95, 1 },
  { "merges, hardly ever has news", FALSE, 100, 5000, 1, 0, 100, 8 },
  { "answers each, hardly ever has news", TRUE, 100, 5000, 1, 0, 100, 8 },
};

static void
test_played (gconstpointer data)
{
  const Played *server = data;
  g_autofree int *request_at = g_new (int, MOST), *update_at = g_new (int, MOST);
  guint n_sent = 0, n_arrived = 0, n_made = 0, n_come = 0, n_waiting = 0, most_waiting = 0, n_possible = 0;
  const GvncRect all = { 0, 0, 4, 2 };
  gboolean dirty = TRUE;
  int busy = 0, longest_ms = 0, last_ms = 0;
  GvncRequests requests;

  gvnc_requests_init (&requests);
  gvnc_requests_round_trip (&requests, server->rtt_ms * 1000);
  for (int now = 1; now < PLAYED_MS; now++) {
    gboolean pauses = server->pause_ms > 0 && now % 1000 < server->pause_ms, asks = now == 1, sends;

    /* the server */
    for (; n_arrived < n_sent && request_at[n_arrived] <= now; n_arrived++)
      n_waiting = server->each ? n_waiting + 1 : 1;
    dirty = dirty || (!pauses && now % server->frame_ms == 0);
    n_possible += !pauses && now % MAX (server->frame_ms, server->work_ms) == 0;
    if (busy > 0 && --busy == 0)
      update_at[n_made++] = now + server->rtt_ms / 2;
    if (busy == 0 && dirty && n_waiting > 0) {
      dirty = FALSE;
      n_waiting--;
      busy = server->work_ms;
    }

    /* the client */
    requests.now_us = (gint64) now * 1000;
    for (; n_come < n_made && update_at[n_come] <= now; n_come++) {
      gvnc_requests_begin (&requests);
      gvnc_requests_end (&requests, FALSE);
      asks = TRUE;
      longest_ms = MAX (longest_ms, pauses ? 0 : now - last_ms);
      last_ms = now;
    }
    sends = asks && gvnc_requests_ask (&requests, &all);
    if (gvnc_requests_act (&requests)) {
      gvnc_requests_sent (&requests);
      sends = TRUE;
    }
    if (sends) {
      g_assert_cmpuint (n_sent, <, MOST);
      /* A desktop that does not change costs nothing. */
      g_assert_cmpint (now - last_ms, <=, 8 * server->rtt_ms);
      request_at[n_sent++] = now + server->rtt_ms / 2;
    }
    most_waiting = MAX (most_waiting, n_waiting + n_sent - n_arrived);
  }
  g_test_message ("%u updates of %u, %u requests, %u waiting at most, longest pause %d ms, kind %d",
                  n_come, n_possible, n_sent, most_waiting, longest_ms, requests.kind);
  if (requests.kind != GVNC_REQUESTS_UNKNOWN)
    g_assert_cmpint (requests.kind, ==, server->each ? GVNC_REQUESTS_EACH : GVNC_REQUESTS_MERGED);
  g_assert_cmpuint (n_come * 100, >=, n_possible * (guint) server->least_percent);
  g_assert_cmpuint (most_waiting, <=, server->most_waiting);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gvnc_scripts_add ("/requests", scripts, G_N_ELEMENTS (scripts));
  g_test_add_func ("/tested/regions that wait go together", test_regions_wait_together);
  g_test_add_func ("/tested/a request that waits is not lost", test_kept_request_is_not_lost);
  g_test_add_func ("/tested/empty updates end a test", test_empty_updates_end_a_test);
  g_test_add_func ("/tested/quiet comes", test_quiet_comes);
  for (guint i = 0; i < G_N_ELEMENTS (played); i++) {
    g_autofree char *path = g_strdup_printf ("/played/%s", played[i].name);

    g_test_add_data_func (path, &played[i], test_played);
  }
  return g_test_run ();
}
