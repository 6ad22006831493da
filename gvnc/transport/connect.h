/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "transport/layer.h"
#include "transport/trust.h"

#include <gio/gio.h>

/* Where a connection leads, as the application gave it, and how. The first one that is set of stream, ssh_host, host,
 * path, address and fd counts. */
typedef struct {
  GIOStream      *stream;    /* connected already; or NULL */
  char           *host;      /* with port; or NULL */
  char           *port;      /* also of the other end of stream and fd, once connected; NULL when that has none */
  char           *path;      /* of a UNIX socket; or NULL */
  GSocketAddress *address;   /* or NULL */
  gint            fd;        /* owned until the connection is made */
  char           *hostname;  /* the server's name when it differs from host; may be NULL */

  char           *ssh_host;  /* goes first: host and port are as seen from there; or NULL */
  char           *ssh_user;  /* may be NULL */
  guint16         ssh_port;  /* 0: as ssh likes */
  char          **ssh_command; /* the program and its first arguments; NULL for ssh */
  gboolean        tls;       /* from the first byte */
  gboolean        websocket; /* over that */
  char           *web_path;  /* what to ask the web server for, with a query; may be NULL */
  char           *web_protocol; /* sub-protocol; NULL for "binary" */
  char          **web_headers; /* more lines for the request, "Name: value"; may be NULL */
  char           *repeater;  /* whom a repeater passes us on to: "ID:1234" or "host:port"; may be NULL */

  char           *pin;       /* the fingerprint that the server's certificate or key must have, see pin.h; may be NULL */
  GvncTrustSettings trust;   /* whom to believe that it is the server */
  GProxyResolver *proxies;   /* NULL: no proxy */
  guint           connect_ms; /* for all attempts together; 0: no limit */
  guint           idle_s;    /* silence that a session bears; 0: no limit */
} GvncTarget;

GvncTarget *gvnc_target_new  (void);
void        gvnc_target_free (GvncTarget *target);
/* Whether nobody can listen on the way: a UNIX socket. */
gboolean    gvnc_target_is_local (const GvncTarget *target);

/* A copy, or NULL when there is no second connection to that target: it was a descriptor or a stream. */
GvncTarget *gvnc_target_copy (const GvncTarget *target);
/* What the server is called where its identity is checked, or NULL. */
const char *gvnc_target_name (const GvncTarget *target);

/* Makes the connection: resolves the name, tries every address. Blocks, so it is called on the engine thread. The
 * layer's handshake() is still to be run if it has one. The owner puts a WebSocket on top of that. */
GvncLayer  *gvnc_connect     (GvncTarget    *target,
                              GCancellable  *cancellable,
                              GError       **error);

/* A layer on a connected socket; takes a reference on @socket and, when not NULL, on @connection that it came from. */
GvncLayer  *gvnc_socket_layer_new (GSocket *socket,
                                   GObject *connection);
/* A layer on any connected stream. */
GvncLayer  *gvnc_stream_layer_new (GIOStream      *stream,
                                   GError        **error);
/* Runs ssh. */
GvncLayer  *gvnc_ssh_layer_new    (const GvncTarget *target,
                                   GError          **error);
/* The program and arguments for that, or NULL when the target has something in it that could be taken for an option. */
char      **gvnc_ssh_arguments    (const GvncTarget *target,
                                   GError          **error);
