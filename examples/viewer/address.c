/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "address.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/un.h>

/* Displays count from here. A number after one colon below it is a display; nobody has so many, but many write a port there. */
#define FIRST_PORT        5900
#define FIRST_LISTEN_PORT 5500

/* Displays from here on are shown as ports, which say more. */
#define FIRST_SHOWN_AS_PORT 100

#define MOST_PATH_LEN ((gint) sizeof (((struct sockaddr_un *) NULL)->sun_path) - 1)

void
gvnc_secret_free (char *secret)
{
  if (secret != NULL) {
    volatile char *at = secret;

    while (*at != '\0')
      *at++ = '\0';
  }
  g_free (secret);
}

/* ---- host and number ---- */

static gboolean
address_is_ipv6 (const char *text)
{
  return strchr (text, ':') != NULL && g_hostname_is_ip_address (text);
}

static gboolean
address_host_is_sane (const char *host)
{
  for (const char *at = host; *at != '\0'; at++)
    if (g_ascii_isspace (*at) || g_ascii_iscntrl (*at) || strchr ("[]@?#\\\"<>", *at) != NULL)
      return FALSE;
  return *host != '\0';
}

/* The number behind a host: ":1", "::5901" or nothing. */
static gboolean
address_parse_number (const char  *text,
                      guint16      first_port,
                      guint16     *port,
                      GError     **error)
{
  const char *digits = text;
  guint64 number;
  gboolean is_port = FALSE;

  *port = first_port;
  if (*text == '\0')
    return TRUE;

  digits++;
  if (*digits == ':') {
    is_port = TRUE;
    digits++;
  }
  if (!g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT16, &number, NULL)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _("“%s” is no display or port number (0 to 65535)"), digits);
    return FALSE;
  }
  if (!is_port && number < first_port)
    number += first_port;
  if (number == 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("Port 0 cannot be connected to"));
    return FALSE;
  }
  *port = (guint16) number;
  return TRUE;
}

/* HOST[:N|::PORT]; the host is NULL where there is only a number. */
static gboolean
address_parse_host (const char  *text,
                    guint16      first_port,
                    char       **host,
                    guint16     *port,
                    GError     **error)
{
  g_autofree char *name = NULL;
  const char *rest;

  *host = NULL;
  *port = first_port;
  if (address_is_ipv6 (text)) {
    *host = g_strdup (text);
    return TRUE;
  }

  if (*text == '[') {
    rest = strchr (text, ']');
    if (rest == NULL || (rest[1] != '\0' && rest[1] != ':')) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("“%s” has no closing bracket behind the address"), text);
      return FALSE;
    }
    name = g_strndup (text + 1, rest - text - 1);
    rest++;
    if (!address_is_ipv6 (name)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” is no IPv6 address"), name);
      return FALSE;
    }
  } else {
    rest = text + strcspn (text, ":");
    name = g_strndup (text, rest - text);
    if (*name == '\0' && *rest != '\0')
      g_clear_pointer (&name, g_free);
    if (name != NULL && !address_host_is_sane (name)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” is no host name"), name);
      return FALSE;
    }
  }

  if (!address_parse_number (rest, first_port, port, error))
    return FALSE;
  *host = g_steal_pointer (&name);
  return TRUE;
}

/* ---- all forms become a URI ---- */

static VncUri *
address_uri_for_host (const char  *text,
                      GError     **error)
{
  g_autofree char *host = NULL, *uri = NULL;
  guint16 port;

  if (!address_parse_host (text, FIRST_PORT, &host, &port, error))
    return NULL;
  uri = g_uri_join (G_URI_FLAGS_NONE, "vnc", NULL, host != NULL ? host : "localhost", port, "", NULL, NULL);
  return vnc_uri_parse (uri, error);
}

/* What is too long would be cut, and lead to another socket. */
static gboolean
address_check_path (const char  *path,
                    GError     **error)
{
  if (strlen (path) <= MOST_PATH_LEN)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _("“%s” is too long for a socket's path; at most %d bytes are possible"), path, MOST_PATH_LEN);
  return FALSE;
}

static VncUri *
address_uri_for_path (const char  *text,
                      GError     **error)
{
  g_autofree char *path = NULL, *uri = NULL;

  if (g_str_has_prefix (text, "~/"))
    path = g_build_filename (g_get_home_dir (), text + 2, NULL);
  else
    path = g_canonicalize_filename (text, NULL);
  uri = g_uri_join (G_URI_FLAGS_NONE, "vnc+unix", NULL, "", -1, path, NULL, NULL);
  return vnc_uri_parse (uri, error);
}

/* What of the parameters is about where a connection leads; NULL: nothing. */
static char *
address_query (const VncUri *uri)
{
  static const char *const names[] = { "Repeater", "IdHash" };
  g_autoptr (GString) query = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = vnc_uri_get_param (uri, names[i]);
    g_autofree char *escaped = NULL;

    if (value == NULL || *value == '\0')
      continue;
    escaped = g_uri_escape_string (value, ":", FALSE);
    g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", names[i], escaped);
  }
  return query->len > 0 ? g_string_free (g_steal_pointer (&query), FALSE) : NULL;
}

/* Where @uri leads, and by which way, as a URI without anything else; @secrets: with the query of a WebSocket. */
static char *
address_bare_uri (const VncUri *uri,
                  gboolean      secrets)
{
  static const struct {
    const char *scheme;
    guint16 port;
  } usual[] = { { "vnc", 5900 }, { "vncs", 5900 }, { "ws", 80 }, { "wss", 443 } };
  const char *scheme = vnc_uri_get_scheme (uri);
  const char *ssh_host = vnc_uri_get_ssh_host (uri);
  const char *host = vnc_uri_get_host (uri) != NULL ? vnc_uri_get_host (uri) : "localhost";
  int port = vnc_uri_get_port (uri);
  g_autofree char *path = g_strdup (vnc_uri_get_path (uri) != NULL ? vnc_uri_get_path (uri) : "");
  g_autofree char *query = address_query (uri);    /* none with a WebSocket, whose query is the web server's */
  gboolean is_web = g_str_equal (scheme, "ws") || g_str_equal (scheme, "wss");

  if (g_str_equal (scheme, "vnc+unix"))
    return g_uri_join (G_URI_FLAGS_ENCODED_QUERY, scheme, NULL, "", -1, path, query, NULL);
  if (ssh_host != NULL) {
    gboolean is_ipv6 = strchr (host, ':') != NULL;
    g_autofree char *target = NULL;

    if (port != FIRST_PORT)
      target = g_strdup_printf ("/%s%s%s:%d", is_ipv6 ? "[" : "", host, is_ipv6 ? "]" : "", port);
    else if (!g_str_equal (host, "localhost"))
      target = g_strconcat (is_ipv6 ? "/[" : "/", host, is_ipv6 ? "]" : NULL, NULL);
    return g_uri_join_with_user (G_URI_FLAGS_ENCODED_QUERY, "vnc+ssh", vnc_uri_get_ssh_user (uri), NULL, NULL, ssh_host,
                                 vnc_uri_get_ssh_port (uri) != 0 ? vnc_uri_get_ssh_port (uri) : -1,
                                 target != NULL ? target : "/", query, NULL);
  }

  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    if (g_str_equal (scheme, usual[i].scheme) && port == usual[i].port)
      port = -1;
  if (is_web) {
    char *asked = strchr (path, '?');

    if (asked != NULL) {
      *asked = '\0';
      query = secrets ? g_strdup (asked + 1) : NULL;
    }
  }
  return g_uri_join (G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY, scheme, NULL, host, port, path, query, NULL);
}

static GvncAddressAnswer
address_answer (const char *text)
{
  static const char *const yes[] = { "true", "1", "yes", "on" };

  if (text == NULL)
    return GVNC_ADDRESS_UNSAID;
  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    if (g_ascii_strcasecmp (text, yes[i]) == 0)
      return GVNC_ADDRESS_YES;
  return GVNC_ADDRESS_NO;
}

static char *
address_take (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

GvncAddress *
gvnc_address_parse (const char  *text,
                    GError     **error)
{
  g_autoptr (GvncAddress) self = NULL;
  g_autoptr (VncUri) uri = NULL;
  g_autofree char *stripped = NULL;
  char *bare;

  g_return_val_if_fail (text != NULL, NULL);

  stripped = g_strstrip (g_strdup (text));
  if (*stripped == '\0') {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("The address is empty"));
    return NULL;
  }
  if (strstr (stripped, "://") != NULL)
    uri = vnc_uri_parse (stripped, error);
  else if (strchr (stripped, G_DIR_SEPARATOR) != NULL)
    uri = address_uri_for_path (stripped, error);
  else
    uri = address_uri_for_host (stripped, error);
  if (uri == NULL)
    return NULL;
  if (g_str_equal (vnc_uri_get_scheme (uri), "vnc+unix") && !address_check_path (vnc_uri_get_path (uri), error))
    return NULL;

  self = g_new0 (GvncAddress, 1);
  self->title = address_take (vnc_uri_get_param (uri, "ConnectionName"));
  self->username = address_take (vnc_uri_get_username (uri));
  self->password = address_take (vnc_uri_get_password (uri));
  self->security = address_take (vnc_uri_get_param (uri, "SecurityType"));
  self->read_only = address_answer (vnc_uri_get_param (uri, "ViewOnly"));
  self->shared = address_answer (vnc_uri_get_param (uri, "Shared"));
  bare = address_bare_uri (uri, TRUE);
  self->uri = vnc_uri_parse (bare, error);
  gvnc_secret_free (bare);
  return self->uri != NULL ? g_steal_pointer (&self) : NULL;
}

GvncAddress *
gvnc_address_parse_listen (const char  *text,
                           GError     **error)
{
  g_autoptr (GvncAddress) self = g_new0 (GvncAddress, 1);
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autofree char *host = NULL;
  guint64 number;

  self->listen_port = FIRST_LISTEN_PORT;
  if (*stripped == '\0')
    return g_steal_pointer (&self);
  if (g_ascii_string_to_unsigned (stripped, 10, 1, G_MAXUINT16, &number, NULL)) {
    self->listen_port = (guint16) number;
    return g_steal_pointer (&self);
  }
  if (!address_parse_host (stripped, FIRST_LISTEN_PORT, &host, &self->listen_port, error))
    return NULL;
  if (host == NULL)
    return g_steal_pointer (&self);
  self->listen_host = g_str_equal (host, "localhost") ? g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4)
                                                      : g_inet_address_new_from_string (host);
  if (self->listen_host == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _("“%s” is no number of one of this computer's addresses, which is needed to listen"), host);
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
gvnc_address_free (GvncAddress *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->uri, vnc_uri_free);
  g_clear_object (&self->listen_host);
  g_free (self->title);
  g_free (self->username);
  gvnc_secret_free (self->password);
  g_free (self->security);
  g_free (self);
}

/* HOST, HOST:DISPLAY or HOST::PORT. */
static char *
address_short (const char *host,
               guint16     port)
{
  gboolean is_ipv6 = address_is_ipv6 (host);
  const char *before = is_ipv6 ? "[" : "", *after = is_ipv6 ? "]" : "";

  if (port == FIRST_PORT)
    return g_strdup (host);
  if (port > FIRST_PORT && port < FIRST_PORT + FIRST_SHOWN_AS_PORT)
    return g_strdup_printf ("%s%s%s:%d", before, host, after, port - FIRST_PORT);
  return g_strdup_printf ("%s%s%s::%d", before, host, after, port);
}

char *
gvnc_address_to_string (const GvncAddress *self)
{
  const char *scheme;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->uri == NULL) {
    g_autofree char *host = self->listen_host != NULL ? g_inet_address_to_string (self->listen_host) : NULL;

    return host != NULL ? g_strdup_printf (_("port %d of %s"), self->listen_port, host)
                        : g_strdup_printf (_("port %d"), self->listen_port);
  }
  scheme = vnc_uri_get_scheme (self->uri);
  /* What would be lost in the short forms is kept: to ask a repeater, or to insist on a certificate. */
  if (vnc_uri_get_param (self->uri, "Repeater") == NULL && vnc_uri_get_param (self->uri, "IdHash") == NULL) {
    if (g_str_equal (scheme, "vnc+unix"))
      return g_strdup (vnc_uri_get_path (self->uri));
    if (g_str_equal (scheme, "vnc"))
      return address_short (vnc_uri_get_host (self->uri), vnc_uri_get_port (self->uri));
  }
  return address_bare_uri (self->uri, FALSE);
}
