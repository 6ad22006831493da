/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A scripted server on a thread of its own, at the other end of a socket. Its lines:
 *
 *   > bytes    send them
 *   < bytes    receive exactly these
 *   x          close the connection; without it, what comes after the script is read until the client closes
 *
 * Bytes are as in lib/script.h. A client that leaves early ends the script; one that sends something else, or nothing for
 * a long time, fails the test. */
typedef struct _GvncPeer GvncPeer;

/* Runs on the peer's thread with the connected socket, which is closed afterwards. */
typedef void (*GvncPeerFunc) (gint     fd,
                              gpointer data);

/* The descriptor for the client goes to @client_fd. @step_len: how many bytes to send at once, 0 for all. */
GvncPeer *gvnc_peer_start        (const char *const *lines,
                                  gsize              step_len,
                                  gint              *client_fd);
GvncPeer *gvnc_peer_start_func   (GvncPeerFunc       func,
                                  gpointer           data,
                                  gint              *client_fd);
/* Takes the first connection of @listen_fd, which is closed afterwards. */
GvncPeer *gvnc_peer_start_listen (const char *const *lines,
                                  gint               listen_fd);
/* Waits for the end; TRUE when all lines were done. */
gboolean  gvnc_peer_finish       (GvncPeer          *peer);

/* For functions: FALSE when the client has left. */
gboolean  gvnc_peer_run          (gint               fd,
                                  const char *const *lines,
                                  gsize              step_len);
gboolean  gvnc_peer_send         (gint               fd,
                                  const guint8      *bytes,
                                  gsize              len);
void      gvnc_peer_drain        (gint               fd);

/* A server of a 4×2 desktop without authentication, up to ServerInit. */
#define GVNC_PEER_DESK \
  "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 01", "< 01", "> 00000000", "< 00", \
  "> 0004 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000004 'desk'"
