/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What people type to name a server. Accepted forms:
 *   HOST               display 0, TCP port 5900
 *   HOST:N             N below 5900 is a display (port 5900 + N), otherwise a port
 *   HOST::PORT         a TCP port
 *   [IPV6]:N, IPV6     an IPv6 address, in brackets when a number follows
 *   :N                 this machine
 *   SCHEME://…         what VncUri reads; the number in it is always a TCP port
 *   /path, ./path, ~/  a UNIX socket: everything else that has a slash in it
 * All but the URIs are only made into one here. */
#pragma once

#include <gio/gio.h>
#include <vncuri.h>

typedef enum {
  GVNC_ADDRESS_UNSAID,
  GVNC_ADDRESS_NO,
  GVNC_ADDRESS_YES,
} GvncAddressAnswer;

/* Either uri, or the place to wait for a server at. The fields from title on come from a URI and are NULL or UNSAID for
 * the other forms; what the URI said about them is no longer in uri, so that they can change. */
typedef struct {
  VncUri *uri;                  /* owned; how to get there; NULL: listen */
  GInetAddress *listen_host;    /* owned; NULL: all of this computer */
  guint16 listen_port;

  char *title;
  char *username;
  char *password;
  char *security;               /* as gvnc_security_choice_new () reads it */
  GvncAddressAnswer read_only;
  GvncAddressAnswer shared;
} GvncAddress;

GvncAddress *gvnc_address_parse (const char *text, GError **error);

/* PORT, HOST, HOST:N (port 5500 + N below 5500) or HOST::PORT, where HOST is one of this computer's addresses. NULL or nothing:
 * port 5500 of all of them. */
GvncAddress *gvnc_address_parse_listen (const char *text, GError **error);

void gvnc_address_free (GvncAddress *self);

/* The shortest text that leads to the same server; without user name, password, parameters, and what a web server is asked
 * for behind the path, which may be a ticket. For one that listens, only for people. */
char *gvnc_address_to_string (const GvncAddress *self);

/* Overwrites the text before it frees it. */
void gvnc_secret_free (char *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GvncAddress, gvnc_address_free)
