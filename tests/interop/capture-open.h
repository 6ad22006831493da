/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <vncconnection.h>

/* Where the capture program finds its server; the first one that is set counts. */
typedef struct {
  char *uri;
  int   listen;      /* TCP port of 127.0.0.1 to listen on; 0: none */
  char *socket;      /* path */
  char *host;        /* with port */
  char *port;
  char *proxy;       /* URI of a proxy that leads there; NULL: none */
  int   by_fd;       /* socket, or host and port: connect here and hand the descriptor over */
} CaptureWhere;

gboolean capture_open (VncConnection *conn, const CaptureWhere *where, GError **error);
