/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "security/identity.h"
#include "wire/error.h"
#include "wire/reader.h"
#include "wire/writer.h"

/* One security type: what passes between the choice of the type and SecurityResult (RFC 6143 section 7.2).
 *
 * The handshake calls start() once the choice is on the wire, then take() whenever want() bytes are there. A handler
 * that cannot go on by itself says what it waits for, in one of the fields below; the handshake sees to it and calls
 * the function that belongs to it:
 *
 *   asks     credentials are needed                        resume()
 *   choices  the application has to choose a subtype       choose()
 *   layer    the link has to be secured from here on       layered()
 *   identity the server's key is to be trusted, or not     trusted()
 *   next     another type goes on from here                that type's start()
 *   done     SecurityResult comes
 *
 * A layer that is asked for together with done is put in place behind SecurityResult, when that is good; else before
 * anything else passes. What a handler writes before it asks for a layer is sent before the layer is there. Nothing secret is written before
 * the server's identity was checked, where it has one. */

/* The numbers of VncConnectionCredential. */
enum {
  GVNC_CREDENTIAL_PASSWORD,
  GVNC_CREDENTIAL_USERNAME,
  GVNC_CREDENTIAL_CLIENTNAME,
};

/* What a handler may know of the link it works on; kept up by the session. */
typedef struct {
  guint     minor;        /* of the protocol version 3.x: 3, 7 or 8 */
  gboolean  encrypted;    /* a layer of ours encrypts it already */
  gboolean  local;        /* nobody else can listen: a UNIX socket */
  gboolean  allow_plain;  /* the application allows a password to be sent as it is where others can listen */
  gboolean  allow_weak;   /* the application allows keys that are too weak for today */
  gboolean  pinned;       /* the address says which certificate or key the server has, and it has not come yet */
  char     *hostname;     /* owned by the session; what the application calls the server; NULL when unknown */
  char     *local_address;   /* both ends as "address;port"; owned likewise; NULL when there are none */
  char     *remote_address;
} GvncSecurityLink;

/* How a link is secured from a point on; transport/ has the layer for each kind. */
typedef enum {
  GVNC_SECURE_TLS_ANONYMOUS,
  GVNC_SECURE_TLS_X509,     /* data: the client's name whose certificate is shown, or NULL; given away */
  GVNC_SECURE_SASL,         /* data: the SASL connection; given away */
  GVNC_SECURE_RSA_AES,      /* data: the session keys, a GvncRsaAesKeys; given away */
} GvncSecureKind;

typedef struct {
  GvncSecureKind kind;
  gpointer       data;
  GDestroyNotify free_data;   /* NULL when nothing is to be freed */
} GvncSecureRequest;

typedef struct _GvncSecurity     GvncSecurity;
typedef struct _GvncSecurityType GvncSecurityType;

struct _GvncSecurity {
  const GvncSecurityType *type;
  const GvncSecurityLink *link;
  gpointer                state;       /* type->state_size zeroed bytes, wiped at the end */

  const guint8           *asks;        /* n_asks GVNC_CREDENTIAL_… in the order to ask; NULL when nothing is asked */
  guint                   n_asks;
  GArray                 *choices;     /* owned; guint32 in the server's order; NULL when there is no choice */
  GvncSecureRequest      *layer;       /* owned; NULL when none is needed */
  GvncIdentity           *identity;    /* owned; NULL when there is nothing to decide */
  const GvncSecurityType *next;
  char                   *weakness;    /* owned; what of it is weak though it is taken, a clause for people; NULL when nothing */
  gboolean                done;
  gboolean                proving;     /* the server is to prove who it is with a certificate or a key, from here on */
  gboolean                secret;      /* the handler has written something secret of its own, not only what it was given */
};

struct _GvncSecurityType {
  guint32       number;                /* as in the list of security types; subtypes of others have theirs */
  const char   *name;                  /* as people know it; not translated */
  gsize         state_size;
  void        (*clear)   (GvncSecurity *self);                            /* may be NULL; state is wiped after it */
  gboolean    (*start)   (GvncSecurity *self, GvncWriter *out, GError **error);
  gsize       (*want)    (const GvncSecurity *self);                      /* may be NULL: never wants */
  gboolean    (*take)    (GvncSecurity *self, GvncReader *in, GvncWriter *out, GError **error);
  /* Those below may be NULL when the handler never waits for what they bring. */
  gboolean    (*resume)  (GvncSecurity *self, char *const *credentials, GvncWriter *out, GError **error);
  gboolean    (*choose)  (GvncSecurity *self, guint32 number, GvncWriter *out, GError **error);
  gboolean    (*layered) (GvncSecurity *self, GvncWriter *out, GError **error);
  gboolean    (*trusted) (GvncSecurity *self, GvncWriter *out, GError **error);    /* not called when it is not */
};

/* The types of the list that a server sends first. */
const GvncSecurityType *gvnc_security_find_type (guint32                 number);
GvncSecurity           *gvnc_security_new       (const GvncSecurityType *type,
                                                 const GvncSecurityLink *link);
void                    gvnc_security_free      (GvncSecurity           *self);

/* For handlers: */
static inline void
gvnc_security_ask (GvncSecurity *self,
                   const guint8 *credentials,
                   guint         n_credentials)
{
  self->asks = credentials;
  self->n_asks = n_credentials;
}
/* Takes over what @data points at, if @free_data is given. */
void                    gvnc_security_secure    (GvncSecurity   *self,
                                                 GvncSecureKind  kind,
                                                 gpointer        data,
                                                 GDestroyNotify  free_data);
void                    gvnc_secure_request_free (GvncSecureRequest *request);
/* Whether others cannot listen, or the application takes it that the secrets are protected poorly. */
gboolean                gvnc_security_may_be_weak (const GvncSecurity *self);
/* The same for a password that is sent as it is. */
gboolean                gvnc_security_may_be_plain (const GvncSecurity *self);
/* Refuses the type unless it may be weak; @why: what makes it so, as part of a sentence. */
gboolean                gvnc_security_check_weak  (const GvncSecurity *self,
                                                   const char         *why,
                                                   GError            **error);

/* Each ends its own file; table.c lists those that servers offer by themselves. */
extern const GvncSecurityType gvnc_security_none;
extern const GvncSecurityType gvnc_security_vnc;
extern const GvncSecurityType gvnc_security_tls;
extern const GvncSecurityType gvnc_security_vencrypt;
extern const GvncSecurityType gvnc_security_plain;     /* inside of VeNCrypt only */
extern const GvncSecurityType gvnc_security_sasl;      /* with HAVE_SASL only */
extern const GvncSecurityType gvnc_security_tight;
extern const GvncSecurityType gvnc_security_xvp;
extern const GvncSecurityType gvnc_security_apple_rsa;
extern const GvncSecurityType gvnc_security_unix_login;   /* inside of Tight only */
extern const GvncSecurityType gvnc_security_ra2;
extern const GvncSecurityType gvnc_security_ra2ne;
extern const GvncSecurityType gvnc_security_ra2_256;
extern const GvncSecurityType gvnc_security_ra2ne_256;
extern const GvncSecurityType gvnc_security_ard;
extern const GvncSecurityType gvnc_security_mslogon2;
extern const GvncSecurityType gvnc_security_mslogon;

/* The response to a challenge of 16 bytes: DES of both halves with the password as the key (7.2.2). Only the first
 * eight bytes of @password count. */
gboolean gvnc_vnc_auth_response (const char    *password,
                                 const guint8   challenge[16],
                                 guint8         response[16],
                                 GError       **error);
