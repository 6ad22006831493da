/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "security/security.h"

/* A security type by itself, with an application that gives these credentials whenever it is asked. */
typedef struct {
  const char *password;
  const char *username;
  guint32     subtype;     /* chosen when it is on offer, else what comes first */
} GvncDriveApp;

typedef struct {
  GvncSecurityLink  link;
  GvncSecurity     *security;
  GvncWriter        out;
  GError           *error;
  gsize             n_asked;    /* how often credentials were asked for */
  gboolean          layers;     /* set it: each layer is there as soon as it is asked for, and changes nothing */
} GvncDrive;

void     gvnc_drive_init  (GvncDrive              *self,
                           const GvncSecurityType *type);
void     gvnc_drive_clear (GvncDrive              *self);
gboolean gvnc_drive_start (GvncDrive              *self);
/* Bytes as in lib/vectors.h, and 'text' stands for itself. */
GBytes  *gvnc_drive_wire  (const char             *text);
/* The server sends bytes, written like that; all are used up unless there is an error, which makes it FALSE.
 * The identity of a server is trusted, and `next` followed. */
gboolean gvnc_drive_feed  (GvncDrive              *self,
                           const GvncDriveApp     *app,
                           const char             *wire);
gboolean gvnc_drive_bytes (GvncDrive              *self,
                           const GvncDriveApp     *app,
                           const guint8           *bytes,
                           gsize                   len);
/* What was sent since the last call, in hexadecimal. */
char    *gvnc_drive_sent  (GvncDrive              *self);

/* Bytes that a server sends and the error they end in; NULL: none, then it only must not be one. */
typedef struct {
  const char *name;
  const char *wire;
  const char *error;   /* glob */
} GvncRefused;

/* Adds a test for each of @n rows as @path/name: whole and cut short at every length, where there may be no error but
 * the row's own. */
void     gvnc_refused_add (const char             *path,
                           const GvncSecurityType *type,
                           const GvncRefused      *rows,
                           gsize                   n);
