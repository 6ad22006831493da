/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/peer.h"
#include "lib/watch.h"

/* What an application says last, and who else gets to run while a server never stops. */

static const char *const keys[] = {
  GVNC_PEER_DESK,
  "< 04 01 0000 0000ffe3", "< 04 01 0000 0000ffe9", "< 04 01 0000 0000ffff",
  "< 04 00 0000 0000ffff", "< 04 00 0000 0000ffe9", "< 04 00 0000 0000ffe3", NULL
};

static void
send_keys (VncConnection *conn)
{
  const guint32 syms[] = { 0xffe3, 0xffe9, 0xffff };

  for (guint i = 0; i < 3; i++)
    vnc_connection_key_event (conn, TRUE, syms[i], 0);
  for (guint i = 3; i > 0; i--)
    vnc_connection_key_event (conn, FALSE, syms[i - 1], 0);
}

/* Keys that were sent before closing arrive, or they would stay pressed on the server. */
static void
test_keys (gconstpointer data)
{
  gboolean drops = GPOINTER_TO_INT (data);

  for (guint i = 0; i < 50; i++) {
    GvncWatch watch;
    gint fd;
    GvncPeer *peer = gvnc_peer_start (keys, 0, &fd);

    gvnc_watch_init (&watch);
    watch.auth_type = 1;
    g_assert_true (vnc_connection_open_fd (watch.conn, fd));
    gvnc_watch_until (&watch, "vnc-initialized*");
    send_keys (watch.conn);
    if (drops)
      gvnc_watch_drop (&watch);
    else
      vnc_connection_shutdown (watch.conn);
    g_assert_true (gvnc_peer_finish (peer));
    gvnc_watch_clear (&watch);
  }
}

#define N_BELLS 100000

static const char *const bells[] = { GVNC_PEER_DESK, "> 02*100000", NULL };

static void
count_bell (VncConnection *conn,
            guint         *n_bells)
{
  ++*n_bells;
}

typedef struct {
  guint n_bells;
  guint n_idles;    /* while bells were ringing */
} Flood;

static gboolean
count_idle (gpointer data)
{
  Flood *flood = data;

  if (flood->n_bells > 0 && flood->n_bells < N_BELLS)
    flood->n_idles++;
  return G_SOURCE_CONTINUE;
}

/* Sources of low priority run even while the server has always something to say. */
static void
test_idle (void)
{
  Flood flood = { 0, 0 };
  GvncWatch watch;
  gint fd;
  guint source = g_idle_add (count_idle, &flood);
  GvncPeer *peer = gvnc_peer_start (bells, 0, &fd);
  VncConnection *conn = vnc_connection_new ();

  gvnc_watch_init (&watch);
  g_signal_connect (conn, "vnc-bell", G_CALLBACK (count_bell), &flood.n_bells);
  vnc_connection_set_auth_type (conn, 1);
  g_assert_true (vnc_connection_open_fd (conn, fd));
  while (flood.n_bells < N_BELLS)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (flood.n_idles, >, 0);
  g_source_remove (source);
  vnc_connection_shutdown (conn);
  gvnc_watch_settle (&watch);
  g_object_unref (conn);
  g_assert_true (gvnc_peer_finish (peer));
  gvnc_watch_clear (&watch);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/leave/keys arrive before closing", GINT_TO_POINTER (FALSE), test_keys);
  g_test_add_data_func ("/leave/keys arrive before the last reference goes", GINT_TO_POINTER (TRUE), test_keys);
  g_test_add_func ("/leave/idle sources run during a flood", test_idle);
  return g_test_run ();
}
