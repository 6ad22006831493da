/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "wire/error.h"
#include "wire/reader.h"
#include "wire/writer.h"

/* One security type: what passes between the choice of the type and SecurityResult (RFC 6143 section 7.2).
 *
 * The handshake calls start() once the choice is on the wire, then take() whenever want() bytes are there, until done is
 * set. A handler that needs credentials says so in its table entry; when it sets `asks`, the handshake asks the
 * application and calls resume() with them. Nothing secret is written before that.
 *
 * Types that wrap others (TLS, VeNCrypt) will ask for a transport layer and a nested type; both belong here, as further
 * requests beside `asks`. */

/* The numbers of VncConnectionCredential. */
enum {
  GVNC_CREDENTIAL_PASSWORD,
  GVNC_CREDENTIAL_USERNAME,
  GVNC_CREDENTIAL_CLIENTNAME,
};

typedef struct _GvncSecurity     GvncSecurity;
typedef struct _GvncSecurityType GvncSecurityType;

struct _GvncSecurity {
  const GvncSecurityType *type;
  gpointer                state;   /* type->state_size zeroed bytes, wiped at the end */
  gboolean                asks;    /* the handler waits for credentials */
  gboolean                done;
};

struct _GvncSecurityType {
  guint32       number;
  const char   *name;              /* as people know it; not translated */
  const guint8 *credentials;       /* GVNC_CREDENTIAL_…, in the order to ask */
  guint         n_credentials;
  gsize         state_size;
  gboolean    (*start)  (GvncSecurity *self, GvncWriter *out, GError **error);
  gsize       (*want)   (const GvncSecurity *self);                              /* may be NULL: never wants */
  gboolean    (*take)   (GvncSecurity *self, GvncReader *in, GvncWriter *out, GError **error);
  gboolean    (*resume) (GvncSecurity *self, char *const *credentials, GvncWriter *out, GError **error);
};

const GvncSecurityType *gvnc_security_find_type (guint32                 number);
GvncSecurity           *gvnc_security_new       (const GvncSecurityType *type);
void                    gvnc_security_free      (GvncSecurity           *self);

/* Each ends its own file; table.c lists them. */
extern const GvncSecurityType gvnc_security_none;
extern const GvncSecurityType gvnc_security_vnc;

/* The response to a challenge of 16 bytes: DES of both halves with the password as the key (7.2.2). Only the first
 * eight bytes of @password count. */
gboolean gvnc_vnc_auth_response (const char    *password,
                                 const guint8   challenge[16],
                                 guint8         response[16],
                                 GError       **error);
