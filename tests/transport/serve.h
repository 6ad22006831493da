/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "lib/peer.h"
#include "lib/tls-server.h"

/* Servers on a TCP port of 127.0.0.1, each on a thread of its own: a list of functions, one for each connection in order;
 * after them nobody listens. */
typedef struct _Serve Serve;

/* @fd is the connection, closed afterwards. @serve keeps what the function has to tell. */
typedef void (*ServeFunc) (Serve *serve,
                           gint   fd);

struct _Serve {
  GThread          *thread;
  gint              listen_fd;
  guint16           port;
  char             *port_text;
  const ServeFunc  *funcs;          /* up to a NULL */
  const char *const *lines;         /* what the functions below run at last */
  char             *asked;          /* what the client has asked a proxy or a web server for; valid after finish */
};

void serve_start   (Serve            *serve,
                    const ServeFunc  *funcs,
                    const char *const *lines);
/* Waits for the functions; everything but `asked` is gone. */
void serve_finish  (Serve            *serve);

/* One connection: @lines, then @tls; either may be NULL. */
typedef struct {
  const char *const *lines;
  GvncTlsServer     *tls;
} ServeLink;

void serve_link (const ServeLink *link, gint fd);

/* Functions: the lines as they are; the lines behind a SOCKS5 proxy, an HTTP proxy, a web server's WebSocket. */
void serve_plain     (Serve *serve, gint fd);
void serve_socks5    (Serve *serve, gint fd);
void serve_http      (Serve *serve, gint fd);
void serve_websocket (Serve *serve, gint fd);
/* A WebSocket with @behind, at the other end of @behind_fd; both are over at the end. */
void serve_websocket_of (Serve *serve, gint fd, GvncPeer *behind, gint behind_fd);
/* A web server that refuses. */
void serve_refusal   (Serve *serve, gint fd);

/* Listens on 127.0.0.@last, a free port if *@port is 0. */
gint serve_listen  (guint8            last,
                    guint16          *port,
                    gint              backlog);
/* Connects until nobody gets through any more; close the descriptors in the end. */
void serve_fill    (guint8            last,
                    guint16           port,
                    gint              fds[4]);
