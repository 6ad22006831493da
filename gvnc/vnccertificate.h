/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define VNC_TYPE_CERTIFICATE (vnc_certificate_get_type ())

typedef struct _VncCertificate VncCertificate;

/**
 * VncCertificateProblems:
 * @VNC_CERTIFICATE_PROBLEMS_UNKNOWN_CA: no authority that is trusted has signed it; always so for a bare key
 * @VNC_CERTIFICATE_PROBLEMS_WRONG_HOST: it is for another host
 * @VNC_CERTIFICATE_PROBLEMS_EXPIRED: it is valid no more
 * @VNC_CERTIFICATE_PROBLEMS_NOT_YET_VALID: it is not valid yet
 * @VNC_CERTIFICATE_PROBLEMS_REVOKED: its authority has taken it back
 * @VNC_CERTIFICATE_PROBLEMS_WEAK: its key, or the way it is signed, is too weak for today
 * @VNC_CERTIFICATE_PROBLEMS_OTHER: something else is wrong with it, or with the file of known hosts that would tell
 *   whether its key has changed
 * @VNC_CERTIFICATE_PROBLEMS_CHANGED: the server is known with another key
 *
 * What speaks against trusting a server.
 *
 * Since: 2.0
 */
typedef enum {
  VNC_CERTIFICATE_PROBLEMS_UNKNOWN_CA = 1 << 0,
  VNC_CERTIFICATE_PROBLEMS_WRONG_HOST = 1 << 1,
  VNC_CERTIFICATE_PROBLEMS_EXPIRED = 1 << 2,
  VNC_CERTIFICATE_PROBLEMS_NOT_YET_VALID = 1 << 3,
  VNC_CERTIFICATE_PROBLEMS_REVOKED = 1 << 4,
  VNC_CERTIFICATE_PROBLEMS_WEAK = 1 << 5,
  VNC_CERTIFICATE_PROBLEMS_OTHER = 1 << 6,
  VNC_CERTIFICATE_PROBLEMS_CHANGED = 1 << 7,
} VncCertificateProblems;

/**
 * VncCertificateDecision:
 * @VNC_CERTIFICATE_DECISION_REFUSE: end the connection
 * @VNC_CERTIFICATE_DECISION_ACCEPT: go on, this time
 * @VNC_CERTIFICATE_DECISION_REMEMBER: go on, and know the server by its key from now on
 *
 * What to do with a server that cannot be trusted without asking; the first two are %FALSE and %TRUE.
 *
 * Since: 2.0
 */
typedef enum {
  VNC_CERTIFICATE_DECISION_REFUSE = 0,
  VNC_CERTIFICATE_DECISION_ACCEPT = 1,
  VNC_CERTIFICATE_DECISION_REMEMBER = 2,
} VncCertificateDecision;

GType                  vnc_certificate_get_type              (void);

VncCertificate        *vnc_certificate_copy                  (VncCertificate       *certificate);
void                   vnc_certificate_free                  (VncCertificate       *certificate);

gboolean               vnc_certificate_is_bare_key           (const VncCertificate *certificate);
VncCertificateProblems vnc_certificate_get_problems          (const VncCertificate *certificate);
const char            *vnc_certificate_get_problem_text      (const VncCertificate *certificate);
const char            *vnc_certificate_get_host              (const VncCertificate *certificate);
const char            *vnc_certificate_get_fingerprint       (const VncCertificate *certificate);
const char            *vnc_certificate_get_key_fingerprint   (const VncCertificate *certificate);
const char            *vnc_certificate_get_known_fingerprint (const VncCertificate *certificate);
const char            *vnc_certificate_get_subject           (const VncCertificate *certificate);
const char            *vnc_certificate_get_issuer            (const VncCertificate *certificate);
gint64                 vnc_certificate_get_not_before        (const VncCertificate *certificate);
gint64                 vnc_certificate_get_not_after         (const VncCertificate *certificate);
char                  *vnc_certificate_to_pem                (const VncCertificate *certificate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VncCertificate, vnc_certificate_free)

G_END_DECLS
