/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <vncconnection.h>

G_BEGIN_DECLS

#define VNC_TYPE_CREDENTIAL_REQUEST    (vnc_credential_request_get_type ())
#define VNC_CREDENTIAL_REQUEST(obj)    (G_TYPE_CHECK_INSTANCE_CAST ((obj), VNC_TYPE_CREDENTIAL_REQUEST, VncCredentialRequest))
#define VNC_IS_CREDENTIAL_REQUEST(obj) (G_TYPE_CHECK_INSTANCE_TYPE ((obj), VNC_TYPE_CREDENTIAL_REQUEST))

typedef struct _VncCredentialRequest      VncCredentialRequest;
typedef struct _VncCredentialRequestClass VncCredentialRequestClass;

GType         vnc_credential_request_get_type         (void);

gboolean      vnc_credential_request_wants            (VncCredentialRequest    *request,
                                                       VncConnectionCredential  credential);
const char   *vnc_credential_request_get_host         (VncCredentialRequest    *request);
guint         vnc_credential_request_get_auth_type    (VncCredentialRequest    *request);
guint         vnc_credential_request_get_auth_subtype (VncCredentialRequest    *request);
gboolean      vnc_credential_request_get_encrypted    (VncCredentialRequest    *request);
gboolean      vnc_credential_request_get_verified     (VncCredentialRequest    *request);
GCancellable *vnc_credential_request_get_cancellable  (VncCredentialRequest    *request);

void          vnc_credential_request_set              (VncCredentialRequest    *request,
                                                       VncConnectionCredential  credential,
                                                       const char              *value);
gboolean      vnc_credential_request_complete         (VncCredentialRequest    *request,
                                                       GError                 **error);
void          vnc_credential_request_refuse           (VncCredentialRequest    *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VncCredentialRequest, g_object_unref)

G_END_DECLS
