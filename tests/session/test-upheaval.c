/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/peer.h"
#include "lib/script.h"
#include "lib/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* What applications do at the worst moment, and servers too. */

#define RAW "00000000"

static const VncPixelFormat rgb32 = {
  .bits_per_pixel = 32, .depth = 24, .byte_order = G_LITTLE_ENDIAN, .true_color_flag = 1,
  .red_max = 255, .green_max = 255, .blue_max = 255, .red_shift = 16, .green_shift = 8, .blue_shift = 0
};

/* What its application asks for. */
#define ASKED "< 02 00 0008 00000000 00000001 ffffff21 ffffff10 fffffeff fffffefb fffffecd 574d5669"

static void
ask (VncConnection *conn)
{
  gint32 encodings[] = {
    VNC_CONNECTION_ENCODING_RAW, VNC_CONNECTION_ENCODING_COPY_RECT, VNC_CONNECTION_ENCODING_DESKTOP_RESIZE,
    VNC_CONNECTION_ENCODING_XCURSOR, VNC_CONNECTION_ENCODING_POINTER_CHANGE, VNC_CONNECTION_ENCODING_LED_STATE,
    VNC_CONNECTION_ENCODING_DESKTOP_NAME, VNC_CONNECTION_ENCODING_WMVi
  };

  vnc_connection_set_encodings (conn, G_N_ELEMENTS (encodings), encodings);
}

static void
busy_init (GvncWatch *watch)
{
  gvnc_watch_init (watch);
  watch->auth_type = 2;
  watch->password = "password";
  g_signal_connect (watch->conn, "vnc-initialized", G_CALLBACK (ask), NULL);
}

/* A session with most of the signals in it; it ends in an error of the server's making. */
static const char *const busy[] = {
  "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 02", "< 02", "> 000102030405060708090a0b0c0d0e0f",
  "< b866924125c8eebb9debc1db61c538e2", "> 00000000", "< 00",
  "> 0004 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000004 'desk'", ASKED,
  "> 00 00 0008  0000 0000 0001 0001 " RAW " 332211ff  0001 0000 0001 0001 00000001 0000 0000  0000 0000 0008 0006 ffffff21"
  " 0000 0000 0000 0000 fffffecd 00000003 'new'  0000 0000 0000 0000 fffffeff  0000 0000 0000 0000 fffffefb 05"
  " 0000 0000 0001 0001 ffffff10 112233 445566 80 80"
  " 0000 0000 0008 0006 574d5669 10 10 00 01 001f 003f 001f 0b 05 00 000000",
  "> 02 03 000000 00000003 'abc'  00 00 0001 0000 0000 0002 0001 " RAW " 00f8 e007", "x", NULL
};

static const char *const busy_signals[] = {
  "vnc-connected", "vnc-auth-choose-type 2", "vnc-auth-credential 0", "vnc-initialized", "vnc-framebuffer-update 0 0 1 1",
  "vnc-framebuffer-update 1 0 1 1", "vnc-desktop-resize 8 6", "vnc-desktop-rename new", "vnc-pointer-mode-changed no",
  "vnc-led-state", "vnc-cursor-changed 1x1 0,0", "vnc-pixel-format-changed …", "vnc-framebuffer-update-end", "vnc-bell",
  "vnc-server-cut-text abc", "vnc-framebuffer-update 0 0 2 1", "vnc-framebuffer-update-end", "vnc-error *closed*",
  "vnc-disconnected", NULL
};
#define N_BUSY (G_N_ELEMENTS (busy_signals) - 1)

typedef enum { SHUT, SHUT_AND_REOPEN, DROP, NEST, N_ACTS } Act;

static const char *const act_names[N_ACTS] = { "shutdown", "reopen", "drop", "main-loop" };

typedef struct {
  Act       act;
  guint     at;        /* which signal, counted from 0 */
  GvncPeer *second;    /* the peer of the connection opened in there */
} Upheaval;

static void
upheaval_reopen (GvncWatch *watch,
                 Upheaval  *upheaval)
{
  gint fd;

  vnc_connection_shutdown (watch->conn);
  upheaval->second = gvnc_peer_start (busy, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch->conn, fd));
}

static void
upheaval_nest (void)
{
  gint64 end = g_get_monotonic_time () + 20 * 1000;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

static void
upheaval_hook (GvncWatch  *watch,
               const char *line)
{
  Upheaval *upheaval = watch->data;

  if (watch->count++ != upheaval->at)
    return;
  switch (upheaval->act) {
  case SHUT:
    vnc_connection_shutdown (watch->conn);
    vnc_connection_shutdown (watch->conn);
    break;
  case SHUT_AND_REOPEN:
    upheaval_reopen (watch, upheaval);
    break;
  case DROP:
    gvnc_watch_drop (watch);
    break;
  default:
    upheaval_nest ();
    break;
  }
}

static void
upheaval_check (GvncWatch *watch,
                Upheaval  *upheaval)
{
  const gboolean at_end = upheaval->at == N_BUSY - 1;
  g_autoptr (GPtrArray) due = g_ptr_array_new ();

  for (guint i = 0; i <= upheaval->at; i++)
    g_ptr_array_add (due, (gpointer) busy_signals[i]);
  switch (upheaval->act) {
  case SHUT:
    if (!at_end)
      g_ptr_array_add (due, (gpointer) "vnc-disconnected");
    break;
  case SHUT_AND_REOPEN:
    if (!at_end)
      g_ptr_array_add (due, (gpointer) "vnc-disconnected");
    for (guint i = 0; i < N_BUSY; i++)
      g_ptr_array_add (due, (gpointer) busy_signals[i]);
    break;
  case DROP:
    break;
  default:
    for (guint i = upheaval->at + 1; i < N_BUSY; i++)
      g_ptr_array_add (due, (gpointer) busy_signals[i]);
    break;
  }
  g_ptr_array_add (due, NULL);
  gvnc_watch_check (watch, (const char *const *) due->pdata);
}

/* The act inside of each signal of the session in turn. */
static void
test_act (gconstpointer data)
{
  for (guint at = 0; at < N_BUSY; at++) {
    Upheaval upheaval = { .act = (Act) GPOINTER_TO_INT (data), .at = at };
    VncFramebuffer *framebuffer;
    guint8 *pixels = g_malloc0 (8 * 6 * 4);
    GvncWatch watch;
    GvncPeer *peer;
    gint fd;

    framebuffer = VNC_FRAMEBUFFER (vnc_base_framebuffer_new (pixels, 8, 6, 32, &rgb32, &rgb32));
    busy_init (&watch);
    vnc_connection_set_framebuffer (watch.conn, framebuffer);
    g_object_unref (framebuffer);
    watch.hook = upheaval_hook;
    watch.data = &upheaval;
    peer = gvnc_peer_start (busy, 0, &fd);
    g_assert_true (vnc_connection_open_fd (watch.conn, fd));
    if (upheaval.act == DROP) {
      gvnc_watch_until (&watch, busy_signals[at]);
      while (watch.count <= at)
        g_main_context_iteration (NULL, TRUE);
    } else {
      gvnc_watch_until (&watch, "vnc-disconnected");
      while (vnc_connection_is_open (watch.conn))
        g_main_context_iteration (NULL, TRUE);
    }
    gvnc_watch_settle (&watch);
    gvnc_peer_finish (peer);
    if (upheaval.second != NULL)
      gvnc_peer_finish (upheaval.second);
    gvnc_watch_settle (&watch);
    upheaval_check (&watch, &upheaval);
    gvnc_watch_clear (&watch);
    g_free (pixels);
  }
}

/* ---- a server that sends slowly, or stops anywhere ---- */

static void
test_dribble (void)
{
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  busy_init (&watch);
  peer = gvnc_peer_start (busy, 1, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_check (&watch, busy_signals);
  gvnc_watch_clear (&watch);
  g_assert_true (gvnc_peer_finish (peer));
}

/* Sends only so many bytes. */
static void
cut_peer (gint     fd,
          gpointer data)
{
  gsize n_left = *(const gsize *) data;

  for (guint i = 0; busy[i] != NULL; i++) {
    const char *const line[] = { busy[i], "x", NULL };

    if (*busy[i] == '>') {
      g_autoptr (GBytes) bytes = gvnc_script_bytes (busy[i] + 2);
      const gsize len = MIN (n_left, g_bytes_get_size (bytes));

      gvnc_peer_send (fd, g_bytes_get_data (bytes, NULL), len);
      n_left -= len;
      if (len < g_bytes_get_size (bytes))
        break;
    } else if (!gvnc_peer_run (fd, line, 0)) {
      break;
    }
  }
  shutdown (fd, SHUT_WR);
  gvnc_peer_drain (fd);
}

/* However little comes: what came is told, then one sentence, then the end. */
static void
test_cut (void)
{
  gsize all_len = 0;
  guint n_refused = 0;

  for (guint i = 0; busy[i] != NULL; i++)
    if (busy[i][0] == '>') {
      g_autoptr (GBytes) bytes = gvnc_script_bytes (busy[i] + 2);

      all_len += g_bytes_get_size (bytes);
    }

  for (gsize len = 0; len <= all_len; len++) {
    GvncWatch watch;
    GvncPeer *peer;
    guint n;
    gint fd;

    busy_init (&watch);
    peer = gvnc_peer_start_func (cut_peer, &len, &fd);
    g_assert_true (vnc_connection_open_fd (watch.conn, fd));
    gvnc_watch_until (&watch, "vnc-disconnected");
    gvnc_watch_settle (&watch);
    n = watch.lines->len;
    g_assert_cmpuint (n, >=, 3);
    g_assert_cmpstr (g_ptr_array_index (watch.lines, --n), ==, "vnc-disconnected");
    /* Between the password and the result the end is the answer. */
    if (g_str_has_prefix (g_ptr_array_index (watch.lines, n - 1), "vnc-auth-failure")) {
      n_refused++;
      n -= 2;
      g_assert_cmpstr (g_ptr_array_index (watch.lines, n), ==,
                       "vnc-error Authentication failed: the server closed the connection when it had the credentials");
    } else {
      g_assert_cmpstr (g_ptr_array_index (watch.lines, --n), ==, "vnc-error Server closed the connection");
    }
    for (guint i = 0; i < n; i++)
      g_assert_cmpstr (g_ptr_array_index (watch.lines, i), ==, busy_signals[i]);
    gvnc_watch_clear (&watch);
    gvnc_peer_finish (peer);
  }
  g_assert_cmpuint (n_refused, ==, 4);   /* 0 to 3 bytes of the result */
}

static void
test_several (void)
{
  GvncWatch watches[8];
  GvncPeer *peers[G_N_ELEMENTS (watches)];

  for (guint i = 0; i < G_N_ELEMENTS (watches); i++) {
    gint fd;

    busy_init (&watches[i]);
    peers[i] = gvnc_peer_start (busy, i % 3, &fd);
    g_assert_true (vnc_connection_open_fd (watches[i].conn, fd));
  }
  for (guint i = 0; i < G_N_ELEMENTS (watches); i++) {
    gvnc_watch_until (&watches[i], "vnc-disconnected");
    gvnc_watch_check (&watches[i], busy_signals);
    gvnc_watch_clear (&watches[i]);
    g_assert_true (gvnc_peer_finish (peers[i]));
  }
}

/* Dropped while the engine may be connecting, reading, or at its end. */
static void
test_drop_at_once (void)
{
  for (guint i = 0; i < 100; i++) {
    VncConnection *conn = vnc_connection_new ();
    GvncPeer *peer;
    gint fd;

    peer = gvnc_peer_start (busy, 0, &fd);
    g_assert_true (vnc_connection_open_fd (conn, fd));
    for (guint turn = 0; turn < i % 7; turn++)
      g_main_context_iteration (NULL, FALSE);
    g_object_unref (conn);
    gvnc_peer_finish (peer);
  }
}

/* ---- back-pressure ---- */

/* Far more than may wait; what may wait is GVNC_LIMIT_QUEUE_BYTES, a batch, the input block and the socket's buffers. */
#define FLOOD_LEN       (48 * 1024 * 1024)
#define FLOOD_MOST_LEN  (12 * 1024 * 1024)
#define FLOOD_TEXT_LEN  (64 * 1024)
#define FLOOD_STUCK_MS  300

typedef struct {
  gint  n_taken;       /* atomic: bytes that the client took before it stopped; 0 while it goes on */
} Flood;

/* Numbered texts, one after another; reports when the client has taken nothing for a while. */
static void
flood_peer (gint     fd,
            gpointer data)
{
  static const char *const handshake[] = { GVNC_PEER_DESK, "x", NULL };
  Flood *flood = data;
  g_autofree guint8 *message = g_malloc (8 + FLOOD_TEXT_LEN);
  gsize n_sent = 0;

  if (!gvnc_peer_run (fd, handshake, 0))
    return;
  for (guint i = 0; n_sent < FLOOD_LEN; i++) {
    gsize at = 0;

    memset (message, 'x', 8 + FLOOD_TEXT_LEN);
    memcpy (message, "\3\0\0\0\0\1\0\0", 8);
    g_snprintf ((char *) message + 8, 12, "%010u", i);
    message[8 + 10] = ':';
    while (at < 8 + FLOOD_TEXT_LEN) {
      gssize n = send (fd, message + at, 8 + FLOOD_TEXT_LEN - at, MSG_NOSIGNAL | MSG_DONTWAIT);
      struct pollfd wait = { .fd = fd, .events = POLLOUT };

      if (n > 0) {
        at += (gsize) n;
        n_sent += (gsize) n;
      } else if (errno != EAGAIN) {
        return;
      } else if (poll (&wait, 1, FLOOD_STUCK_MS) == 0) {
        g_atomic_int_compare_and_exchange (&flood->n_taken, 0, (gint) n_sent);
      }
    }
  }
  g_atomic_int_compare_and_exchange (&flood->n_taken, 0, (gint) n_sent);
}

static void
flood_hook (GvncWatch  *watch,
            const char *line)
{
  Flood *flood = watch->data;
  g_autofree char *due = NULL;

  /* The main loop is blocked, as by a slow application. */
  if (strcmp (line, "vnc-initialized") == 0)
    while (g_atomic_int_get (&flood->n_taken) == 0)
      g_usleep (10 * 1000);
  if (!g_str_has_prefix (line, "vnc-server-cut-text"))
    return;
  due = g_strdup_printf ("vnc-server-cut-text %010u:x", watch->count++);
  g_assert_true (g_str_has_prefix (line, due));
  g_ptr_array_set_size (watch->lines, (gint) watch->lines->len - 1);
}

static void
test_back_pressure (void)
{
  Flood flood = { 0 };
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  watch.hook = flood_hook;
  watch.data = &flood;
  peer = gvnc_peer_start_func (flood_peer, &flood, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-initialized");
  g_test_message ("%d bytes of %d were taken while nobody looked", g_atomic_int_get (&flood.n_taken), FLOOD_LEN);
  g_assert_cmpint (g_atomic_int_get (&flood.n_taken), <, FLOOD_MOST_LEN);

  gvnc_watch_until (&watch, "vnc-disconnected");
  g_assert_cmpuint (watch.count, >=, FLOOD_LEN / (FLOOD_TEXT_LEN + 8));
  gvnc_watch_clear (&watch);
  gvnc_peer_finish (peer);
}

/* ---- how long the main loop is kept busy ---- */

#define LARGE_WIDTH  1024
#define LARGE_HEIGHT 768

static void
large_peer (gint     fd,
            gpointer data)
{
  static const char *const lines[] = {
    "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 01", "< 01", "> 00000000", "< 00",
    "> 0400 0300  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000000", "x", NULL
  };
  static const guint8 header[] = { 0, 0, 0, 1, 0, 0, 0, 0, 4, 0, 3, 0, 0, 0, 0, 0 };
  g_autofree guint8 *pixels = g_malloc0 (LARGE_WIDTH * LARGE_HEIGHT * 4);

  if (!gvnc_peer_run (fd, lines, 0))
    return;
  for (guint i = 0; i < 10; i++) {
    memset (pixels, (gint) i, LARGE_WIDTH * LARGE_HEIGHT * 4);
    if (!gvnc_peer_send (fd, header, sizeof header) || !gvnc_peer_send (fd, pixels, LARGE_WIDTH * LARGE_HEIGHT * 4))
      return;
  }
}

typedef struct {
  gint64 last_us;
  gint64 most_us;
} Gap;

static gboolean
gap_tick (gpointer data)
{
  Gap *gap = data;
  const gint64 now_us = g_get_monotonic_time ();

  if (gap->last_us != 0)
    gap->most_us = MAX (gap->most_us, now_us - gap->last_us);
  gap->last_us = now_us;
  return G_SOURCE_CONTINUE;
}

/* No limit is asserted: the machine may be busy with something else. */
static void
test_gap (void)
{
  g_autofree guint8 *pixels = g_malloc0 (LARGE_WIDTH * LARGE_HEIGHT * 4);
  VncFramebuffer *framebuffer;
  Gap gap = { 0 };
  GvncWatch watch;
  GvncPeer *peer;
  guint timer;
  gint fd;

  framebuffer = VNC_FRAMEBUFFER (vnc_base_framebuffer_new (pixels, LARGE_WIDTH, LARGE_HEIGHT, LARGE_WIDTH * 4, &rgb32, &rgb32));
  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  vnc_connection_set_framebuffer (watch.conn, framebuffer);
  timer = g_timeout_add_full (G_PRIORITY_HIGH, 5, gap_tick, &gap, NULL);
  peer = gvnc_peer_start_func (large_peer, NULL, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  g_source_remove (timer);
  g_test_message ("the greatest gap between ticks of 5 ms was %.1f ms", (gdouble) gap.most_us / 1000);
  for (gsize i = 0; i < LARGE_WIDTH * LARGE_HEIGHT * 4; i++)
    if (i % 4 != 3)
      g_assert_cmpuint (pixels[i], ==, 9);
  gvnc_watch_clear (&watch);
  g_object_unref (framebuffer);
  gvnc_peer_finish (peer);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint act = 0; act < N_ACTS; act++) {
    g_autofree char *path = g_strdup_printf ("/upheaval/act/%s", act_names[act]);

    g_test_add_data_func (path, GUINT_TO_POINTER (act), test_act);
  }
  g_test_add_func ("/upheaval/dribble", test_dribble);
  g_test_add_func ("/upheaval/cut", test_cut);
  g_test_add_func ("/upheaval/several", test_several);
  g_test_add_func ("/upheaval/drop-at-once", test_drop_at_once);
  g_test_add_func ("/upheaval/back-pressure", test_back_pressure);
  g_test_add_func ("/upheaval/gap", test_gap);
  return g_test_run ();
}
