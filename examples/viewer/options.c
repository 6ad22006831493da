/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "options.h"

#include "address.h"
#include "security-choice.h"

#include <glib/gi18n.h>
#include <string.h>

#define PROXY_OF_SYSTEM "system"

static const char *const depth_names[] = {
  [VNC_DISPLAY_DEPTH_COLOR_DEFAULT] = "default",
  [VNC_DISPLAY_DEPTH_COLOR_FULL] = "full",
  [VNC_DISPLAY_DEPTH_COLOR_MEDIUM] = "medium",
  [VNC_DISPLAY_DEPTH_COLOR_LOW] = "low",
  [VNC_DISPLAY_DEPTH_COLOR_ULTRA_LOW] = "ultra-low",
};

gboolean
gvnc_options_parse_depth (const char           *name,
                          VncDisplayDepthColor *depth)
{
  for (gsize i = 0; i < G_N_ELEMENTS (depth_names); i++)
    if (g_str_equal (depth_names[i], name)) {
      *depth = (VncDisplayDepthColor) i;
      return TRUE;
    }
  return FALSE;
}

const char *
gvnc_options_depth_name (VncDisplayDepthColor depth)
{
  return depth_names[depth];
}

static gboolean
options_check_proxy (const char  *proxy,
                     GError     **error)
{
  static const char *const schemes[] = { "socks", "socks4", "socks4a", "socks5", "http", "https" };
  g_autoptr (GUri) uri = NULL;

  if (g_str_equal (proxy, PROXY_OF_SYSTEM))
    return TRUE;
  uri = g_uri_parse (proxy, G_URI_FLAGS_HAS_PASSWORD, NULL);
  for (gsize i = 0; uri != NULL && i < G_N_ELEMENTS (schemes); i++)
    if (g_str_equal (g_uri_get_scheme (uri), schemes[i]) && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0')
      return TRUE;
  /* A password may be in it, so it is not repeated. */
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("The proxy cannot be read: it is %s, socks5://HOST:PORT or http://HOST:PORT"), PROXY_OF_SYSTEM);
  return FALSE;
}

static gboolean
options_check_repeater (const char  *repeater,
                        GError     **error)
{
  /* The field of the protocol has 250 bytes, with a zero at the end. */
  if (strlen (repeater) < 250 && strpbrk (repeater, " \t\r\n") == NULL && strchr (repeater, ':') != NULL)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("“%s” is nobody a repeater could find: it is ID:NUMBER or HOST:PORT"), repeater);
  return FALSE;
}

/* The libraries would say so only when a server asks for it. */
static gboolean
options_check_file (const char  *path,
                    GError     **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) cause = NULL;

  if (path == NULL)
    return TRUE;
  file = g_file_new_for_path (path);
  stream = g_file_read (file, NULL, &cause);
  if (stream != NULL)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” cannot be read: %s"), path, cause->message);
  return FALSE;
}

gboolean
gvnc_options_check_link (const GvncOptions  *self,
                         GError            **error)
{
  if ((self->client_cert_path != NULL) != (self->client_key_path != NULL)) {
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("A client's certificate and its key are needed together"));
    return FALSE;
  }
  if (!options_check_file (self->ca_path, error) || !options_check_file (self->crl_path, error)
      || !options_check_file (self->client_cert_path, error) || !options_check_file (self->client_key_path, error))
    return FALSE;
  if (self->security != NULL) {
    g_autoptr (GvncSecurityChoice) choice = gvnc_security_choice_new (self->security, error);

    if (choice == NULL)
      return FALSE;
  }
  if (self->ssh_command != NULL) {
    g_auto (GStrv) words = NULL;

    if (!g_shell_parse_argv (self->ssh_command, NULL, &words, error))
      return FALSE;
  }
  return (self->proxy == NULL || options_check_proxy (self->proxy, error))
         && (self->repeater == NULL || options_check_repeater (self->repeater, error));
}

void
gvnc_options_apply_link (const GvncOptions *self,
                         VncConnection     *conn)
{
  g_autoptr (GProxyResolver) proxies = NULL;
  g_auto (GStrv) ssh = NULL;

  if (self->proxy != NULL)
    proxies = g_str_equal (self->proxy, PROXY_OF_SYSTEM) ? g_object_ref (g_proxy_resolver_get_default ())
                                                         : g_simple_proxy_resolver_new (self->proxy, NULL);
  if (self->ssh_command != NULL)
    g_shell_parse_argv (self->ssh_command, NULL, &ssh, NULL);
  g_object_set (conn,
                "ca-file", self->ca_path,
                "crl-file", self->crl_path,
                "tls-hostname", self->tls_name,
                "known-hosts-file", self->known_hosts_path,
                "client-cert-file", self->client_cert_path,
                "client-key-file", self->client_key_path,
                "allow-plain", self->allow_plain,
                "allow-weak", self->allow_weak,
                "proxy-resolver", proxies,
                "ssh-command", ssh,
                "repeater", self->repeater,
                "websocket-headers", self->web_headers,
                NULL);
}

void
gvnc_options_clear (GvncOptions *self)
{
  gvnc_secret_free (self->password);
  g_free (self->title);
  g_free (self->ca_path);
  g_free (self->crl_path);
  g_free (self->tls_name);
  g_free (self->known_hosts_path);
  g_free (self->client_cert_path);
  g_free (self->client_key_path);
  g_free (self->security);
  g_free (self->ssh_command);
  gvnc_secret_free (self->proxy);
  g_free (self->repeater);
  g_strfreev (self->web_headers);
  g_free (self->screenshot_path);
}
