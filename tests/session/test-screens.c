/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/asked.h"
#include "lib/peer.h"
#include "lib/watch.h"

#include <string.h>

/* Screens of the desktop: what the application sees of them, and what becomes of its requests. */

#define SCREEN      "00000007 0000 0000 0004 0002 00000009"
#define TELLS       "> 00 00 0001  0000 0000 0004 0002 fffffecc 01 000000 " SCREEN
#define REFUSES(status) "> 00 00 0001  0001 " status " 0004 0002 fffffecc 01 000000 " SCREEN
#define BEGIN       GVNC_PEER_DESK, "< " GVNC_ASKED_SENT, TELLS

/* Two screens side by side, as they are asked for and told. */
#define TWO         "02 00 00000007 0000 0000 0004 0004 00000009  00000008 0004 0000 0004 0004 00000000"
#define TWO_TOLD    "02 000000 00000007 0000 0000 0004 0004 00000009  00000008 0004 0000 0004 0004 00000000"

typedef struct {
  GvncWatch     watch;
  GvncPeer     *peer;
  GCancellable *cancellable;
  GString      *answers;      /* "name:status" of each request, in the order they came */
  guint         n_pending;
} Session;

typedef struct {
  Session    *session;
  const char *name;
} Request;

static const VncScreen two[] = { { 7, 0, 0, 4, 4, 9 }, { 8, 4, 0, 4, 4, 0 } };

static const char *
session_error (const GError *error)
{
  g_assert_true (error->domain == G_IO_ERROR);
  switch (error->code) {
  case G_IO_ERROR_CLOSED:
    return "closed";
  case G_IO_ERROR_CANCELLED:
    return "cancelled";
  case G_IO_ERROR_NOT_SUPPORTED:
    return "unsupported";
  case G_IO_ERROR_INVALID_ARGUMENT:
    return "invalid";
  default:
    return error->message;
  }
}

static void
session_answered (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autofree Request *request = data;
  g_autoptr (GError) error = NULL;
  VncConnectionResizeStatus status = vnc_connection_set_layout_finish (VNC_CONNECTION (object), result, &error);
  Session *session = request->session;

  if (error != NULL) {
    g_assert_cmpint (status, ==, VNC_CONNECTION_RESIZE_STATUS_UNSUPPORTED);
    g_string_append_printf (session->answers, "%s:%s ", request->name, session_error (error));
  } else {
    g_string_append_printf (session->answers, "%s:%d ", request->name, status);
  }
  session->n_pending--;
}

static void
session_ask (Session         *session,
             const char      *name,
             guint            width,
             guint            height,
             const VncScreen *screens,
             guint            n_screens)
{
  Request *request = g_new (Request, 1);

  *request = (Request) { session, name };
  session->n_pending++;
  vnc_connection_set_layout_async (session->watch.conn, width, height, screens, n_screens, session->cancellable,
                                   session_answered, request);
}

static void
session_begin (Session           *session,
               const char *const *lines,
               GvncWatchHook      hook)
{
  gint fd;

  *session = (Session) { .answers = g_string_new (NULL) };
  gvnc_watch_init (&session->watch);
  session->watch.auth_type = 1;
  session->watch.asks = TRUE;
  session->watch.hook = hook;
  session->watch.data = session;
  session->peer = gvnc_peer_start (lines, 0, &fd);
  g_assert_true (vnc_connection_open_fd (session->watch.conn, fd));
}

static void
session_end (Session    *session,
             const char *answers)
{
  while (session->n_pending > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (session->answers->str, ==, answers);
  gvnc_watch_clear (&session->watch);
  g_assert_true (gvnc_peer_finish (session->peer));
  g_string_free (session->answers, TRUE);
  g_clear_object (&session->cancellable);
}

/* ---- the list ---- */

static void
list_hook (GvncWatch  *watch,
           const char *line)
{
  g_autoptr (GPtrArray) screens = vnc_connection_get_screens (watch->conn);

  if (strcmp (line, "vnc-initialized") == 0) {
    g_assert_cmpuint (screens->len, ==, 0);
  } else if (strcmp (line, "vnc-bell") == 0) {
    g_assert_cmpuint (screens->len, ==, 2);
    g_assert_true (vnc_screen_equal (screens->pdata[0], &two[0]));
    g_assert_true (vnc_screen_equal (screens->pdata[1], &two[1]));
    g_assert_cmpint (vnc_connection_get_width (watch->conn), ==, 8);
  }
}

static void
test_list (void)
{
  static const char *const lines[] = { BEGIN, "> 00 00 0001  0002 0000 0008 0004 fffffecc " TWO_TOLD " 02", "x", NULL };
  g_autoptr (GPtrArray) screens = NULL;
  Session session;

  session_begin (&session, lines, list_hook);
  gvnc_watch_until (&session.watch, "vnc-disconnected");
  gvnc_watch_expect (&session.watch, "vnc-connected", "vnc-auth-choose-type 1", "vnc-initialized", "vnc-screens-changed 0 0",
                     "vnc-framebuffer-update-end", "vnc-desktop-resize 8 4", "vnc-screens-changed 2 0",
                     "vnc-framebuffer-update-end", "vnc-bell", "vnc-error *", "vnc-disconnected");
  screens = vnc_connection_get_screens (session.watch.conn);
  g_assert_cmpuint (screens->len, ==, 0);
  session_end (&session, "");
}

/* ---- requests ---- */

static void
order_hook (GvncWatch  *watch,
            const char *line)
{
  Session *session = watch->data;

  if (strcmp (line, "vnc-screens-changed 0 0") == 0) {
    session_ask (session, "first", 8, 4, two, 2);
    g_assert_cmpint (vnc_connection_set_size (watch->conn, 6, 5), ==, VNC_CONNECTION_RESIZE_STATUS_OK);
    session_ask (session, "last", 3, 3, NULL, 0);
  } else if (strcmp (line, "vnc-screens-changed 1 1") == 0) {
    g_assert_cmpint (vnc_connection_get_resize_status (watch->conn), ==, VNC_CONNECTION_RESIZE_STATUS_ADMIN_PROHIBITED);
    g_assert_cmpstr (session->answers->str, ==, "first:0 ");
  }
}

static void
test_order (void)
{
  static const char *const lines[] = {
    BEGIN, "< fb 00 0008 0004 " TWO,
    "< fb 00 0006 0005 01 00 00000007 0000 0000 0006 0005 00000009", "< fb 00 0003 0003 01 00 00000007 0000 0000 0003 0003 00000009",
    "> 00 00 0001  0001 0000 0008 0004 fffffecc " TWO_TOLD, REFUSES ("0001"), REFUSES ("0004"), NULL
  };
  Session session;

  session_begin (&session, lines, order_hook);
  gvnc_watch_until (&session.watch, "vnc-screens-changed 1 4");
  session_end (&session, "first:0 last:4 ");
}

static void
refused_hook (GvncWatch  *watch,
              const char *line)
{
  if (strcmp (line, "vnc-screens-changed 0 0") == 0) {
    session_ask (watch->data, "a", 8, 4, two, 2);
    session_ask (watch->data, "b", 8, 4, two, 2);
    session_ask (watch->data, "c", 8, 4, two, 2);
  }
}

static void
test_refused (void)
{
  static const char *const lines[] = {
    BEGIN, "< fb 00 0008 0004 " TWO, "< fb 00 0008 0004 " TWO, "< fb 00 0008 0004 " TWO,
    REFUSES ("0002"), REFUSES ("0003"), REFUSES ("1234"), NULL
  };
  Session session;

  session_begin (&session, lines, refused_hook);
  gvnc_watch_until (&session.watch, "vnc-screens-changed 0 0");
  session_end (&session, "a:2 b:3 c:3 ");
}

/* A server that answers only the last of two. */
static void
merged_hook (GvncWatch  *watch,
             const char *line)
{
  if (strcmp (line, "vnc-screens-changed 0 0") == 0) {
    session_ask (watch->data, "a", 3, 3, NULL, 0);
    session_ask (watch->data, "b", 8, 4, two, 2);
  }
}

static void
test_merged (void)
{
  static const char *const lines[] = {
    BEGIN, "< fb 00 0003 0003 01 00 00000007 0000 0000 0003 0003 00000009", "< fb 00 0008 0004 " TWO,
    "> 00 00 0001  0001 0000 0008 0004 fffffecc " TWO_TOLD, NULL
  };
  Session session;

  session_begin (&session, lines, merged_hook);
  gvnc_watch_until (&session.watch, "vnc-screens-changed 1 0");
  session_end (&session, "a:0 b:0 ");
}

/* The connection ends while a request waits: its callback comes, and not from inside of the call that ended it. */
static void
closed_hook (GvncWatch  *watch,
             const char *line)
{
  Session *session = watch->data;

  if (strcmp (line, "vnc-screens-changed 0 0") == 0) {
    session_ask (session, "a", 8, 4, two, 2);
  } else if (strcmp (line, "vnc-bell") == 0) {
    vnc_connection_shutdown (watch->conn);
    g_assert_cmpstr (session->answers->str, ==, "");
  }
}

static void
test_closed_here (void)
{
  static const char *const lines[] = { BEGIN, "< fb 00 0008 0004 " TWO, "> 02", NULL };
  Session session;

  session_begin (&session, lines, closed_hook);
  gvnc_watch_until (&session.watch, "vnc-bell");
  session_end (&session, "a:closed ");
}

static void
test_closed_there (void)
{
  static const char *const lines[] = { BEGIN, "< fb 00 0008 0004 " TWO, "x", NULL };
  Session session;

  session_begin (&session, lines, closed_hook);
  gvnc_watch_until (&session.watch, "vnc-disconnected");
  session_end (&session, "a:closed ");
}

/* A request that nobody waits for any more is still answered by the server; the answer is for no other one. */
static void
cancelled_hook (GvncWatch  *watch,
                const char *line)
{
  Session *session = watch->data;

  if (strcmp (line, "vnc-screens-changed 0 0") == 0) {
    session->cancellable = g_cancellable_new ();
    session_ask (session, "a", 8, 4, two, 2);
    g_cancellable_cancel (session->cancellable);
    g_clear_object (&session->cancellable);
    session_ask (session, "b", 8, 4, two, 2);
  }
}

static void
test_cancelled (void)
{
  static const char *const lines[] = {
    BEGIN, "< fb 00 0008 0004 " TWO, "< fb 00 0008 0004 " TWO, REFUSES ("0001"), REFUSES ("0002"), NULL
  };
  Session session;

  session_begin (&session, lines, cancelled_hook);
  gvnc_watch_until (&session.watch, "vnc-screens-changed 1 2");
  while (session.n_pending > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (session.answers->str, "a:cancelled "));
  g_assert_nonnull (strstr (session.answers->str, "b:2 "));
  g_string_truncate (session.answers, 0);
  session_end (&session, "");
}

static void
impossible_hook (GvncWatch  *watch,
                 const char *line)
{
  static const VncScreen outside = { 1, 5, 0, 4, 4, 0 }, empty = { 1, 0, 0, 0, 4, 0 };
  Session *session = watch->data;

  if (strcmp (line, "vnc-initialized") == 0) {
    session_ask (session, "early", 8, 4, two, 2);
  } else if (strcmp (line, "vnc-screens-changed 0 0") == 0) {
    session_ask (session, "outside", 8, 4, &outside, 1);
    session_ask (session, "empty", 8, 4, &empty, 1);
    session_ask (session, "small", 0, 4, NULL, 0);
    session_ask (session, "large", 40000, 4, NULL, 0);
    session_ask (session, "huge", 32000, 32000, NULL, 0);
    g_assert_cmpint (vnc_connection_set_size (watch->conn, 32000, 32000), ==, VNC_CONNECTION_RESIZE_STATUS_INVALID_LAOUT);
    session->cancellable = g_cancellable_new ();
    g_cancellable_cancel (session->cancellable);
    session_ask (session, "cancelled", 8, 4, two, 2);
  }
}

static void
test_impossible (void)
{
  static const char *const lines[] = { BEGIN, NULL };
  Session session;

  session_begin (&session, lines, impossible_hook);
  gvnc_watch_until (&session.watch, "vnc-screens-changed 0 0");
  session_end (&session, "early:unsupported outside:invalid empty:invalid small:invalid large:invalid huge:invalid cancelled:cancelled ");
}

/* ---- the value type ---- */

static void
test_screen (void)
{
  g_autoptr (VncScreen) screen = vnc_screen_new (1, 2, 3, 4, 5, 6);
  g_autoptr (VncScreen) copy = vnc_screen_copy (screen);
  VncScreen *boxed = g_boxed_copy (VNC_TYPE_SCREEN, screen);

  g_assert_true (copy != screen && vnc_screen_equal (copy, screen) && vnc_screen_equal (boxed, screen));
  g_boxed_free (VNC_TYPE_SCREEN, boxed);
  for (guint i = 0; i < 6; i++) {
    VncScreen other = { 1u + (i == 0), 2 + (i == 1), 3 + (i == 2), 4 + (i == 3), 5 + (i == 4), 6u + (i == 5) };

    g_assert_false (vnc_screen_equal (screen, &other));
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/screens/list", test_list);
  g_test_add_func ("/screens/order", test_order);
  g_test_add_func ("/screens/refused", test_refused);
  g_test_add_func ("/screens/merged", test_merged);
  g_test_add_func ("/screens/closed-here", test_closed_here);
  g_test_add_func ("/screens/closed-there", test_closed_there);
  g_test_add_func ("/screens/cancelled", test_cancelled);
  g_test_add_func ("/screens/impossible", test_impossible);
  g_test_add_func ("/screens/screen", test_screen);
  return g_test_run ();
}
