/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define VNC_TYPE_URI (vnc_uri_get_type ())

/**
 * VncUri:
 *
 * The address of a VNC server as a URI, read once and never changed.
 *
 * Since: 2.0
 */
typedef struct _VncUri VncUri;

GType       vnc_uri_get_type     (void);
VncUri     *vnc_uri_parse        (const char   *text,
                                  GError      **error);
VncUri     *vnc_uri_copy         (VncUri       *uri);
void        vnc_uri_free         (VncUri       *uri);
char       *vnc_uri_to_string    (const VncUri *uri,
                                  gboolean      secrets);

const char *vnc_uri_get_scheme   (const VncUri *uri);
const char *vnc_uri_get_host     (const VncUri *uri);
guint16     vnc_uri_get_port     (const VncUri *uri);
const char *vnc_uri_get_path     (const VncUri *uri);
const char *vnc_uri_get_username (const VncUri *uri);
const char *vnc_uri_get_password (const VncUri *uri);
const char *vnc_uri_get_ssh_host (const VncUri *uri);
guint16     vnc_uri_get_ssh_port (const VncUri *uri);
const char *vnc_uri_get_ssh_user (const VncUri *uri);
const char *vnc_uri_get_param    (const VncUri *uri,
                                  const char   *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VncUri, vnc_uri_free)

G_END_DECLS
