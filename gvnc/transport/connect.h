/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "transport/layer.h"

#include <gio/gio.h>

/* Where a connection leads, as the application gave it. */
typedef struct {
  char           *host;      /* with port; or NULL */
  char           *port;
  GSocketAddress *address;   /* or NULL */
  gint            fd;        /* when neither is set; owned until the connection is made */
  char           *hostname;  /* the server's name when it differs from host; may be NULL */
} GvncTarget;

GvncTarget *gvnc_target_new  (void);
void        gvnc_target_free (GvncTarget *target);
/* Whether nobody can listen on the way: a UNIX socket. */
gboolean    gvnc_target_is_local (const GvncTarget *target);

/* Makes the connection: resolves the name, tries every address. Blocks, so it is called on the engine thread. */
GvncLayer  *gvnc_connect     (GvncTarget    *target,
                              GCancellable  *cancellable,
                              GError       **error);

/* A layer on a connected socket; takes a reference on @socket and, when not NULL, on @connection that it came from. */
GvncLayer  *gvnc_socket_layer_new (GSocket *socket,
                                   GObject *connection);
