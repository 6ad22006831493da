/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "address.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/un.h>

/* A number after one colon below this is a display; nobody has so many, but many write a port there. */
#define FIRST_PORT_AFTER_COLON GVNC_ADDRESS_DEFAULT_PORT

/* Displays from here on are shown as ports, which say more. */
#define FIRST_SHOWN_AS_PORT 100

#define MOST_PATH_LEN ((gint) sizeof (((struct sockaddr_un *) NULL)->sun_path) - 1)

static GvncAddress *
address_new_tcp (char    *host,
                 guint16  port)
{
  GvncAddress *self = g_new0 (GvncAddress, 1);

  self->kind = GVNC_ADDRESS_TCP;
  self->host = host;
  self->port = port;
  return self;
}

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
                      guint16     *port,
                      GError     **error)
{
  const char *digits = text;
  guint64 number;
  gboolean is_port = FALSE;

  *port = GVNC_ADDRESS_DEFAULT_PORT;
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
  if (!is_port && number < FIRST_PORT_AFTER_COLON)
    number += GVNC_ADDRESS_DEFAULT_PORT;
  if (number == 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("Port 0 cannot be connected to"));
    return FALSE;
  }
  *port = (guint16) number;
  return TRUE;
}

static GvncAddress *
address_parse_host (const char  *text,
                    GError     **error)
{
  g_autofree char *host = NULL;
  const char *rest;
  guint16 port;

  if (address_is_ipv6 (text))
    return address_new_tcp (g_strdup (text), GVNC_ADDRESS_DEFAULT_PORT);

  if (*text == '[') {
    rest = strchr (text, ']');
    if (rest == NULL || (rest[1] != '\0' && rest[1] != ':')) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("“%s” has no closing bracket behind the address"), text);
      return NULL;
    }
    host = g_strndup (text + 1, rest - text - 1);
    rest++;
    if (!address_is_ipv6 (host)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” is no IPv6 address"), host);
      return NULL;
    }
  } else {
    rest = text + strcspn (text, ":");
    host = g_strndup (text, rest - text);
    if (*host == '\0' && *rest != '\0') {
      g_free (host);
      host = g_strdup ("localhost");
    }
    if (!address_host_is_sane (host)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” is no host name"), host);
      return NULL;
    }
  }

  if (!address_parse_number (rest, &port, error))
    return NULL;
  return address_new_tcp (g_steal_pointer (&host), port);
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
address_take (GHashTable *params,
              const char *name)
{
  const char *value = g_hash_table_lookup (params, name);

  return value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

static GvncAddress *
address_parse_uri (const char  *text,
                   GError     **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GHashTable) params = NULL;
  g_autoptr (GvncAddress) self = NULL;
  const char *host;
  int port;

  uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY, error);
  if (uri == NULL)
    return NULL;
  if (strcmp (g_uri_get_scheme (uri), "vnc") != 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _("Only vnc:// addresses can be opened, not %s://"), g_uri_get_scheme (uri));
    return NULL;
  }

  host = g_uri_get_host (uri);
  if (host == NULL || *host == '\0')
    host = "localhost";
  if (!address_is_ipv6 (host) && !address_host_is_sane (host)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” is no host name"), host);
    return NULL;
  }
  port = g_uri_get_port (uri);
  if (port == 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("Port 0 cannot be connected to"));
    return NULL;
  }
  self = address_new_tcp (g_strdup (host), port > 0 ? (guint16) port : GVNC_ADDRESS_DEFAULT_PORT);
  self->username = g_strdup (g_uri_get_user (uri));
  self->password = g_strdup (g_uri_get_password (uri));

  if (g_uri_get_query (uri) != NULL) {
    char *value;

    params = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_CASE_INSENSITIVE, error);
    if (params == NULL)
      return NULL;
    if ((value = address_take (params, "VncUsername")) != NULL) {
      g_free (self->username);
      self->username = value;
    }
    if ((value = address_take (params, "VncPassword")) != NULL) {
      gvnc_secret_free (self->password);
      self->password = value;
    }
    self->title = address_take (params, "ConnectionName");
    self->read_only = address_answer (g_hash_table_lookup (params, "ViewOnly"));
    self->shared = address_answer (g_hash_table_lookup (params, "Shared"));
  }
  return g_steal_pointer (&self);
}

static GvncAddress *
address_parse_path (const char  *text,
                    GError     **error)
{
  g_autoptr (GvncAddress) self = g_new0 (GvncAddress, 1);

  self->kind = GVNC_ADDRESS_UNIX;
  if (g_str_has_prefix (text, "~/"))
    self->path = g_build_filename (g_get_home_dir (), text + 2, NULL);
  else
    self->path = g_canonicalize_filename (text, NULL);
  /* What is too long would be cut, and lead to another socket. */
  if (strlen (self->path) > MOST_PATH_LEN) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _("“%s” is too long for a socket's path; at most %d bytes are possible"), self->path, MOST_PATH_LEN);
    return NULL;
  }
  return g_steal_pointer (&self);
}

GvncAddress *
gvnc_address_parse (const char  *text,
                    GError     **error)
{
  g_autofree char *stripped = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  stripped = g_strstrip (g_strdup (text));
  if (*stripped == '\0') {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("The address is empty"));
    return NULL;
  }
  if (strstr (stripped, "://") != NULL)
    return address_parse_uri (stripped, error);
  if (strchr (stripped, G_DIR_SEPARATOR) != NULL)
    return address_parse_path (stripped, error);
  return address_parse_host (stripped, error);
}

GvncAddress *
gvnc_address_copy (const GvncAddress *self)
{
  GvncAddress *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (GvncAddress, 1);
  *copy = *self;
  copy->host = g_strdup (self->host);
  copy->path = g_strdup (self->path);
  copy->title = g_strdup (self->title);
  copy->username = g_strdup (self->username);
  copy->password = g_strdup (self->password);
  return copy;
}

void
gvnc_address_free (GvncAddress *self)
{
  if (self == NULL)
    return;
  g_free (self->host);
  g_free (self->path);
  g_free (self->title);
  g_free (self->username);
  gvnc_secret_free (self->password);
  g_free (self);
}

char *
gvnc_address_to_string (const GvncAddress *self)
{
  gboolean is_ipv6;
  const char *before, *after;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind == GVNC_ADDRESS_UNIX)
    return g_strdup (self->path);

  is_ipv6 = address_is_ipv6 (self->host);
  if (self->port == GVNC_ADDRESS_DEFAULT_PORT)
    return g_strdup (self->host);
  before = is_ipv6 ? "[" : "";
  after = is_ipv6 ? "]" : "";
  if (self->port > GVNC_ADDRESS_DEFAULT_PORT && self->port < GVNC_ADDRESS_DEFAULT_PORT + FIRST_SHOWN_AS_PORT)
    return g_strdup_printf ("%s%s%s:%d", before, self->host, after, self->port - GVNC_ADDRESS_DEFAULT_PORT);
  return g_strdup_printf ("%s%s%s::%d", before, self->host, after, self->port);
}
