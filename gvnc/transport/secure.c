/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/secure.h"

#include "transport/rsa-aes.h"
#include "transport/sasl.h"
#include "transport/tls.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* An IPv6 address may come in the brackets that it has in addresses with a port. */
static char *
secure_strip_brackets (const char *host)
{
  gsize len = strlen (host);

  return len > 2 && host[0] == '[' && host[len - 1] == ']' ? g_strndup (host + 1, len - 2) : g_strdup (host);
}

static char *
secure_server (const GvncTarget *target)
{
  if (target->hostname != NULL)
    return secure_strip_brackets (target->hostname);
  if (target->host != NULL)
    return secure_strip_brackets (target->host);
  if (target->address != NULL && G_IS_INET_SOCKET_ADDRESS (target->address))
    return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (target->address)));
  return NULL;
}

char *
gvnc_secure_name (const GvncTarget *target)
{
  return target->trust.hostname != NULL ? secure_strip_brackets (target->trust.hostname) : secure_server (target);
}

char *
gvnc_secure_place (const GvncTarget *target)
{
  g_autofree char *name = secure_server (target);
  g_autofree char *server = name != NULL ? g_ascii_strdown (name, -1) : NULL;

  if (target->path != NULL)
    return g_strdup_printf ("unix:%s", target->path);
  if (target->address != NULL && G_IS_UNIX_SOCKET_ADDRESS (target->address))
    return g_strdup_printf ("unix:%s", g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (target->address)));
  if (server == NULL)
    return NULL;
  if (target->host == NULL && target->address != NULL && G_IS_INET_SOCKET_ADDRESS (target->address))
    return g_strdup_printf ("[%s]:%u", server, g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (target->address)));
  /* Pipes and the like have no port. The same name and port is somebody else behind another host. */
  return g_strdup_printf ("[%s]:%s%s%s%s%s", server, target->port != NULL ? target->port : "",
                          target->ssh_host != NULL ? "/ssh:" : "", target->ssh_host != NULL ? target->ssh_host : "",
                          target->repeater != NULL ? "/repeater:" : "", target->repeater != NULL ? target->repeater : "");
}

static GvncLayer *
secure_tls (GvncSecureRequest  *request,
            GvncLayer          *lower,
            GBytes             *received,
            const GvncTarget   *target,
            GError            **error)
{
  g_autofree char *hostname = gvnc_secure_name (target);
  GvncTlsParameters parameters = {
    .anonymous = request->kind == GVNC_SECURE_TLS_ANONYMOUS,
    .hostname = hostname,
    .client_name = request->data,
    .trust = &target->trust,
  };

  return gvnc_tls_layer_new (lower, received, &parameters, error);
}

GvncLayer *
gvnc_secure (GvncSecureRequest  *request,
             GvncLayer          *lower,
             GBytes             *received,
             const GvncTarget   *target,
             GError            **error)
{
  GvncLayer *layer = NULL;

  switch (request->kind) {
  case GVNC_SECURE_TLS_ANONYMOUS:
  case GVNC_SECURE_TLS_X509:
    layer = secure_tls (request, lower, received, target, error);
    break;
  case GVNC_SECURE_RSA_AES:
    layer = gvnc_rsa_aes_layer_new (g_steal_pointer (&request->data), lower, received);
    request->free_data = NULL;
    break;
  case GVNC_SECURE_SASL:
#ifdef HAVE_SASL
    layer = gvnc_sasl_layer_new (g_steal_pointer (&request->data), lower, received);
    request->free_data = NULL;
#else
    gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("This build cannot secure the link in the way the server wants"));
    gvnc_layer_free (lower);
#endif
    break;
  }
  gvnc_secure_request_free (request);
  return layer;
}
