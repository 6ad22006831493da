/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <gnutls/gnutls.h>

/* A TLS server at the other end of a socket, with certificates that are made when they are needed. */

typedef struct _GvncTlsAuthority GvncTlsAuthority;

/* An authority that tests trust, or not. */
GvncTlsAuthority *gvnc_tls_authority_new  (const char *name);
void              gvnc_tls_authority_free (GvncTlsAuthority *self);
GBytes           *gvnc_tls_authority_pem  (GvncTlsAuthority *self);
/* A list of revoked certificates with the serial number of every certificate that it makes. */
GBytes           *gvnc_tls_authority_crl  (GvncTlsAuthority *self);

/* What a server is to do. The zero of each field is the usual thing. */
typedef struct {
  GvncTlsAuthority  *authority;    /* NULL: the certificate is signed by itself */
  gboolean           anonymous;    /* no certificate */
  const char        *dns_name;     /* whom it is for; NULL: nobody */
  guint8             ip[4];        /* likewise, if not 0.0.0.0 */
  gint               from_days;    /* validity, from now; 0: a day ago */
  gint               to_days;      /* 0: in a day */
  guint              rsa_bits;     /* 0: an elliptic curve */
  guint              key_number;   /* another key for each; there are three */
  const char        *priority;     /* what GnuTLS is told; NULL: a usual one */
  const char *const *before;       /* lines of lib/peer.h that come before TLS; NULL: none */
  const char *const *inside;       /* lines that come inside; then all is read until the client closes */
  gsize              most_bytes;   /* closes instead of sending more than these; 0: no limit */
  guint              n_tickets;    /* of TLS 1.3, which come at once with the first of the lines that is sent */
  gboolean           rehandshake;  /* asks for one when the lines are over */
  gboolean           asks_client;  /* for a certificate */

  struct gnutls_x509_crt_int *prepared; /* by gvnc_tls_server_prepare(); NULL: another one is made for each connection */

  gboolean           established;  /* out: the handshake came to its end */
  gboolean           complete;     /* out: the lines were done, and the client said good bye */
  gboolean           client_shown; /* out: the client has shown a certificate */
} GvncTlsServer;

/* A GvncPeerFunc; @data is a GvncTlsServer. */
void gvnc_tls_server_run (gint     fd,
                          gpointer data);

/* Makes the certificate that is shown from now on; returns its SHA-256 in hexadecimal. */
char *gvnc_tls_server_prepare (GvncTlsServer *self);
void  gvnc_tls_server_clear   (GvncTlsServer *self);
/* The certificate of such a server alone, for tests that run GnuTLS themselves. */
void gvnc_tls_server_certify (const GvncTlsServer              *self,
                              gnutls_certificate_credentials_t  credentials);

/* Writes a certificate for clients and its key below @folder, as CLIENTNAME folders of ~/.pki are. */
void gvnc_tls_write_client (const char *folder);
