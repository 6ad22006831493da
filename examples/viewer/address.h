/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What people type to name a server. Accepted forms:
 *   HOST               display 0, TCP port 5900
 *   HOST:N             N below 100 is a display (port 5900 + N), otherwise a port
 *   HOST::PORT         a TCP port
 *   [IPV6]:N, IPV6     an IPv6 address, in brackets when a number follows
 *   :N                 this machine
 *   vnc://…            RFC 7869; the number in it is always a TCP port
 *   /path, ./path, ~/  a UNIX socket: everything else that has a slash in it */
#pragma once

#include <gio/gio.h>

#define GVNC_ADDRESS_DEFAULT_PORT 5900

typedef enum {
  GVNC_ADDRESS_TCP,
  GVNC_ADDRESS_UNIX,
} GvncAddressKind;

typedef enum {
  GVNC_ADDRESS_UNSAID,
  GVNC_ADDRESS_NO,
  GVNC_ADDRESS_YES,
} GvncAddressAnswer;

/* host is set for TCP only, path for UNIX only. The fields from title on come from the parameters of a URI and
 * are NULL or UNSAID for the other forms. */
typedef struct {
  GvncAddressKind kind;
  char *host;
  guint16 port;
  char *path;

  char *title;
  char *username;
  char *password;
  GvncAddressAnswer read_only;
  GvncAddressAnswer shared;
} GvncAddress;

GvncAddress *gvnc_address_parse (const char *text, GError **error);
GvncAddress *gvnc_address_copy (const GvncAddress *self);
void gvnc_address_free (GvncAddress *self);

/* The shortest text that gvnc_address_parse () reads as the same server; without user name, password and parameters. */
char *gvnc_address_to_string (const GvncAddress *self);

/* Overwrites the text before it frees it. */
void gvnc_secret_free (char *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GvncAddress, gvnc_address_free)
