/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* What a server has shown to prove who it is, and what speaks against believing it.
 *
 * A layer or a security handler makes one; the engine asks the store of known hosts, and when anything still speaks
 * against it the application decides. Nothing changes it after that; references may be held on any thread. */

typedef enum {
  GVNC_IDENTITY_X509,      /* a certificate, inside of TLS */
  GVNC_IDENTITY_RSA_KEY,   /* a bare key, inside of RSA-AES */
} GvncIdentityKind;

/* What speaks against it: the numbers of VncCertificateProblems. */
enum {
  GVNC_PROBLEM_UNKNOWN_CA  = 1 << 0,   /* nobody whom we trust has signed it; bare keys always have this one */
  GVNC_PROBLEM_WRONG_HOST  = 1 << 1,
  GVNC_PROBLEM_EXPIRED     = 1 << 2,
  GVNC_PROBLEM_NOT_YET     = 1 << 3,
  GVNC_PROBLEM_REVOKED     = 1 << 4,
  GVNC_PROBLEM_WEAK        = 1 << 5,   /* its key or the way it is signed */
  GVNC_PROBLEM_OTHER       = 1 << 6,
  GVNC_PROBLEM_CHANGED     = 1 << 7,   /* another key is known for this server */
};

typedef struct {
  gatomicrefcount   refs;
  GvncIdentityKind  kind;
  guint             problems;
  char             *host;          /* what the application calls the server; may be NULL */
  char             *fingerprint;   /* SHA-256 of the certificate or of the key, as people compare it */
  char             *pin;           /* SHA-256 of the public key, as known hosts are remembered */
  char             *known_pin;     /* with GVNC_PROBLEM_CHANGED: what was expected; else NULL */
  GString          *reasons;       /* the problems as clauses for people, "; " between them */
  char             *subject;       /* whom a certificate is for, quoted for people; may be NULL */
  char             *issuer;        /* may be NULL */
  gint64            not_before;    /* seconds since 1970; 0 without a certificate */
  gint64            not_after;
  GPtrArray        *chain;         /* GBytes in DER, the server's own first; NULL without a certificate */
} GvncIdentity;

GvncIdentity *gvnc_identity_new         (GvncIdentityKind    kind,
                                         const char         *host);
GvncIdentity *gvnc_identity_ref         (GvncIdentity       *self);
void          gvnc_identity_unref       (GvncIdentity       *self);

/* Only while it is being made: */
void          gvnc_identity_add_problem (GvncIdentity       *self,
                                         guint               problem,
                                         const char         *format,
                                         ...) G_GNUC_PRINTF (3, 4);

/* Sets @error to one sentence that names everything that speaks against it; returns FALSE. */
gboolean      gvnc_identity_refuse      (const GvncIdentity *self,
                                         GError            **error);

/* "AB:CD:…" and "SHA256:…" of some bytes. */
char         *gvnc_identity_fingerprint (const void         *bytes,
                                         gsize               len);
char         *gvnc_identity_pin         (const void         *bytes,
                                         gsize               len);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GvncIdentity, gvnc_identity_unref)
