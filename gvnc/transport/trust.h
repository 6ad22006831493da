/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "security/identity.h"

#include <gio/gio.h>

/* Whom to trust, as the application has set it; a copy goes to the engine with each connection. */
typedef struct {
  char     *hostname;       /* the name that a certificate must have; NULL: what the connection was opened with */
  char     *ca_file;        /* PEM; NULL: see gvnc_trust_find_file() */
  char     *crl_file;       /* PEM; NULL: likewise */
  char     *client_cert;    /* PEM, shown to servers that ask; NULL: see gvnc_trust_find_file() */
  char     *client_key;     /* PEM; NULL: in the same file */
  GBytes   *ca_data;        /* PEM; NULL: none; used in place of all files */
  char     *known_hosts;    /* NULL: the user's own */
  gboolean  first_use;      /* trust, and remember, a key that is seen for the first time */
  gboolean  allow_plain;
  gboolean  allow_weak;
} GvncTrustSettings;

void  gvnc_trust_settings_copy  (GvncTrustSettings       *self,
                                 const GvncTrustSettings *other);
void  gvnc_trust_settings_clear (GvncTrustSettings       *self);

/* The first of ~/.pki/@name and /etc/pki/@name that is a file, or NULL. */
char *gvnc_trust_find_file      (const char *name);

/* Looks @identity up among the known hosts, which may clear its problems or add one; TRUE when it is trusted then.
 * @place is the server as known hosts are called; NULL when it cannot be remembered. Blocks: engine thread. */
gboolean gvnc_trust_judge       (const GvncTrustSettings *settings,
                                 const char              *place,
                                 GvncIdentity            *identity);
/* The same when it is known by other means to be the right one. */
gboolean gvnc_trust_known       (GvncIdentity            *identity);
/* The application wants it to be known from now on. A failure is logged: the connection goes on. */
void     gvnc_trust_remember    (const GvncTrustSettings *settings,
                                 const char              *place,
                                 const GvncIdentity      *identity);
