/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncuri.h"

#include "vncboxed-private.h"

#include "session/limits.h"
#include "transport/pin.h"
#include "wire/error.h"
#include "wire/wipe.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* What a URI says, by RFC 7869 and for the schemes beside it:
 *
 *   vnc://[USER[:PASSWORD]@][HOST[:PORT]][/][?PARAMETERS]       RFC 7869; port 5900
 *   vncs://…                                                    the same inside of TLS
 *   vnc+unix:///PATH[?PARAMETERS]                               a UNIX socket
 *   vnc+ssh://[USER@]SSHHOST[:SSHPORT][/[HOST[:PORT]]][?PARAMETERS]   a server as SSHHOST sees it; localhost:5900
 *   ws://HOST[:PORT][/PATH][?QUERY], wss://…                    a WebSocket; the query is the web server's
 *
 * After parsing, host and port are the VNC server's in all schemes, and what leads there is in ssh_…. */
struct _VncUri {
  gatomicrefcount  refs;
  const char      *scheme;      /* of `schemes` */
  char            *host;        /* NULL: the URI names none */
  guint16          port;        /* 0 with a UNIX socket */
  char            *path;        /* of the socket, decoded; or what to ask the web server for, with the query, as it came */
  char            *username;
  char            *password;    /* wiped before it is freed */
  char            *ssh_host;
  char            *ssh_user;
  guint16          ssh_port;    /* 0: what ssh takes */
  GPtrArray       *params;      /* name, value, name, value …, decoded, in their order */
};

enum {
  VNC,
  VNCS,
  VNC_UNIX,
  VNC_SSH,
  WS,
  WSS,
  N_SCHEMES
};

static const struct {
  const char *name;
  guint16     port;
} schemes[N_SCHEMES] = {
  [VNC] = { "vnc", 5900 },
  [VNCS] = { "vncs", 5900 },
  [VNC_UNIX] = { "vnc+unix", 0 },
  [VNC_SSH] = { "vnc+ssh", 5900 },
  [WS] = { "ws", 80 },
  [WSS] = { "wss", 443 },
};

/* What must not be seen by passers-by. */
static const char *const secret_params[] = { "VncPassword", "SshPassword" };

GVNC_DEFINE_BOXED_TYPE (VncUri, vnc_uri)

/* Text of the URI for a message: people and links may have put anything into it. */
static char *
uri_quote (const char *text)
{
  return gvnc_quote_peer_text (text, strlen (text), GVNC_LIMIT_QUOTED_CHARS);
}

static gboolean
uri_param_is (const char *name,
              const char *other)
{
  return g_ascii_strcasecmp (name, other) == 0;
}

static gboolean
uri_is_secret (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (secret_params); i++)
    if (uri_param_is (name, secret_params[i]))
      return TRUE;
  return FALSE;
}

static void
uri_add_param (VncUri     *uri,
               const char *name,
               const char *value)
{
  g_ptr_array_add (uri->params, g_strdup (name));
  g_ptr_array_add (uri->params, g_strdup (value));
}

static void
uri_free_param (gpointer text)
{
  gvnc_wipe_string (text);
}

/* What may hold a password: wiped at the end of its scope. */
typedef char *UriSecret;
typedef char **UriSecrets;

static void
uri_free_secrets (UriSecrets texts)
{
  for (guint i = 0; texts[i] != NULL; i++)
    gvnc_wipe (texts[i], strlen (texts[i]));
  g_strfreev (texts);
}

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (UriSecret, gvnc_wipe_string, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (UriSecrets, uri_free_secrets, NULL)

static gboolean
uri_parse_params (VncUri      *uri,
                  const char  *query,
                  GError     **error)
{
  g_auto (UriSecrets) items = g_strsplit (query, "&", -1);

  for (guint i = 0; items[i] != NULL; i++) {
    const char *equals = strchr (items[i], '=');
    g_autofree char *name = g_uri_unescape_segment (items[i], equals != NULL ? equals : items[i] + strlen (items[i]), NULL);
    g_auto (UriSecret) value = g_uri_unescape_string (equals != NULL ? equals + 1 : "", NULL);

    if (*items[i] == '\0')
      continue;
    if (name == NULL || value == NULL || !g_utf8_validate (name, -1, NULL) || !g_utf8_validate (value, -1, NULL)) {
      g_autofree char *quoted = gvnc_quote_peer_text (items[i], strcspn (items[i], "="), GVNC_LIMIT_QUOTED_CHARS);

      /* The value may be a password: it is not shown. */
      return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The parameter “%s” of the address has wrong escapes"), quoted);
    }
    uri_add_param (uri, name, value);
  }
  return TRUE;
}

/* A host is asked for by name or number; what else might be in here is a mistake or an attack. */
static gboolean
uri_check_host (const char  *host,
                GError     **error)
{
  for (const char *p = host; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) || g_ascii_isspace (*p) || strchr ("/?#@<>\"\\", *p) != NULL) {
      g_autofree char *quoted = uri_quote (host);

      return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("“%s” is no name of a host"), quoted);
    }
  /* A colon that came in as an escape is no part of a name either. */
  if (strchr (host, ':') != NULL) {
    g_autofree char *number = g_strndup (host, strcspn (host, "%"));

    if (!g_hostname_is_ip_address (number)) {
      g_autofree char *quoted = uri_quote (host);

      return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("“%s” is no name of a host"), quoted);
    }
  }
  return TRUE;
}

static gboolean
uri_parse_port (const char  *text,
                guint16     *port,
                GError     **error)
{
  g_autofree char *quoted = NULL;
  guint64 number;

  if (g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &number, NULL)) {
    *port = (guint16) number;
    return TRUE;
  }
  quoted = uri_quote (text);
  return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("“%s” is no port number from 1 to 65535"), quoted);
}

/* "/HOST:PORT", "/HOST", "/" or nothing: where the far end of the tunnel connects to. */
static gboolean
uri_parse_ssh_path (VncUri      *uri,
                    const char  *path,
                    GError     **error)
{
  g_autofree char *text = g_uri_unescape_string (path + (*path == '/'), NULL);
  const char *end, *colon;

  if (text == NULL)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The address has wrong escapes behind the SSH host"));
  if (*text == '\0') {
    uri->host = g_strdup ("localhost");
    return TRUE;
  }
  end = *text == '[' ? strchr (text, ']') : NULL;
  colon = strchr (end != NULL ? end : text, ':');
  if (end != NULL)
    uri->host = g_strndup (text + 1, (gsize) (end - text - 1));
  else
    uri->host = g_strndup (text, colon != NULL ? (gsize) (colon - text) : strlen (text));
  if (end != NULL && end[1] != '\0' && end[1] != ':')
    return uri_check_host (text + 1, error) &&
           gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The address has more behind “]” than a port"));
  if (*uri->host == '\0') {
    g_free (uri->host);
    uri->host = g_strdup ("localhost");
  }
  return uri_check_host (uri->host, error) && (colon == NULL || uri_parse_port (colon + 1, &uri->port, error));
}

/* The path means something else in each scheme. */
static gboolean
uri_take_path (VncUri      *uri,
               guint        scheme,
               const char  *path,
               const char  *query,
               GError     **error)
{
  switch (scheme) {
  case VNC_UNIX:
    if (uri->host != NULL)
      return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                             _("The address of a UNIX socket names a host; write vnc+unix:///path with three slashes"));
    uri->path = g_uri_unescape_string (path, NULL);
    if (uri->path == NULL || uri->path[0] != '/' || uri->path[1] == '\0')
      return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The address names no path of a UNIX socket"));
    return TRUE;
  case VNC_SSH:
    uri->ssh_host = g_steal_pointer (&uri->host);
    uri->ssh_port = uri->port;
    uri->port = schemes[VNC_SSH].port;
    if (uri->ssh_host == NULL)
      return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The address names no host for SSH"));
    return uri_parse_ssh_path (uri, path, error);
  case WS:
  case WSS:
    if (uri->host == NULL)
      return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The address of a WebSocket names no host"));
    uri->path = g_strconcat (*path != '\0' ? path : "/", query != NULL ? "?" : NULL, query, NULL);
    return TRUE;
  default:
    if (*path == '\0' || strcmp (path, "/") == 0)
      return TRUE;
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("There is a path in the address, which has no meaning there"));
  }
}

/* What is said of the server's identity must be something that can be checked, or the address would not mean what it says. */
static gboolean
uri_check_pin (VncUri  *uri,
               GError **error)
{
  const char *hash = vnc_uri_get_param (uri, "IdHash");
  g_autofree char *pin = NULL;

  if (hash == NULL)
    return TRUE;
  if (uri->ssh_host != NULL)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("The address has the hash of an SSH server's key, which cannot be checked here; "
                             "leave IdHash out and have ssh know that host"));
  pin = gvnc_pin_parse (vnc_uri_get_param (uri, "IdHashAlgorithm"), hash, error);
  return pin != NULL;
}

/* What RFC 7869 says by parameters and others say in front. */
static gboolean
uri_take_params (VncUri  *uri,
                 guint    scheme,
                 GError **error)
{
  const char *ssh_host = vnc_uri_get_param (uri, "SshHost");
  const char *ssh_port = vnc_uri_get_param (uri, "SshPort");
  const char *username = vnc_uri_get_param (uri, "VncUsername");
  const char *password = vnc_uri_get_param (uri, "VncPassword");

  if (username != NULL && uri->username == NULL)
    uri->username = g_strdup (username);
  if (password != NULL && uri->password == NULL)
    uri->password = g_strdup (password);
  if (scheme != VNC || ssh_host == NULL || *ssh_host == '\0')
    return uri_check_pin (uri, error);
  uri->ssh_host = g_strdup (ssh_host);
  uri->ssh_user = g_strdup (vnc_uri_get_param (uri, "SshUsername"));
  return uri_check_host (ssh_host, error) && (ssh_port == NULL || uri_parse_port (ssh_port, &uri->ssh_port, error)) &&
         uri_check_pin (uri, error);
}

/* GLib would leave copies of a password in memory, so it is taken out before, unless its escapes are wrong, which GLib tells.
 * Returns @text without it, to be wiped. */
static char *
uri_take_password (const char  *text,
                   char       **password)
{
  const char *start = strstr (text, "://");
  gsize len = start != NULL ? strcspn (start + 3, "/?#") : 0;
  const char *at = len > 0 ? memchr (start + 3, '@', len) : NULL;
  const char *colon = at != NULL ? memchr (start + 3, ':', (gsize) (at - start - 3)) : NULL;
  char *rest = g_strdup (text);

  if (colon == NULL)
    return rest;
  *password = g_uri_unescape_segment (colon + 1, at, NULL);
  if (*password != NULL && !g_utf8_validate (*password, -1, NULL))
    gvnc_wipe_string (g_steal_pointer (password));
  if (*password == NULL)
    return rest;
  gvnc_wipe (rest + (colon - text), strlen (colon));
  memcpy (rest + (colon - text), at, strlen (at));
  return rest;
}

static gboolean
uri_split (VncUri      *uri,
           const char  *text,
           GError     **error)
{
  const GUriFlags flags = G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY;
  g_autofree char *name = NULL, *user = NULL, *host = NULL, *path = NULL;
  g_auto (UriSecret) password = NULL;
  g_auto (UriSecret) query = NULL;
  g_auto (UriSecret) rest = uri_take_password (text, &password);
  g_autoptr (GError) cause = NULL;
  guint scheme;
  gint port = -1;

  if (!g_uri_split_with_user (rest, flags, &name, &user, password == NULL ? &password : NULL, NULL, &host, &port, &path,
                              &query, NULL, &cause))
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The address cannot be read: %s"), cause->message);
  for (scheme = 0; scheme < N_SCHEMES; scheme++)
    if (name != NULL && strcmp (name, schemes[scheme].name) == 0)
      break;
  if (scheme == N_SCHEMES || host == NULL) {
    g_autofree char *quoted = uri_quote (name != NULL ? name : "");

    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("“%s” is no scheme of an address that is known; there are vnc://, vncs://, vnc+unix://, "
                             "vnc+ssh://, ws:// and wss://"), quoted);
  }
  uri->scheme = schemes[scheme].name;
  uri->host = *host != '\0' ? g_steal_pointer (&host) : NULL;
  uri->port = schemes[scheme].port;
  if (scheme == VNC_SSH) {
    uri->port = 0;    /* ssh has its own idea */
    uri->ssh_user = g_steal_pointer (&user);
  } else {
    uri->username = g_steal_pointer (&user);
    uri->password = g_steal_pointer (&password);
  }
  if (password != NULL)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("The address has a password for SSH; ssh asks for it by itself, or uses keys"));
  if (port == 0)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("“%s” is no port number from 1 to 65535"), "0");
  if (port > 0)
    uri->port = (guint16) port;
  return (uri->host == NULL || uri_check_host (uri->host, error)) &&
         uri_take_path (uri, scheme, path, query, error) &&
         (query == NULL || scheme >= WS || uri_parse_params (uri, query, error)) &&
         uri_take_params (uri, scheme, error);
}

/**
 * vnc_uri_parse:
 * @text: an address such as `vnc://host:5901`
 * @error: return location for an error
 *
 * Reads the address of a server.
 *
 * These are understood, with parameters by RFC 7869 but for WebSockets, whose query is the web server's:
 *
 * - `vnc://[user[:password]@][host[:port]][?parameters]`
 * - `vncs://…`: the same inside of TLS from the first byte
 * - `vnc+unix:///path/of/socket`
 * - `vnc+ssh://[user@]sshhost[:sshport][/[host[:port]]]`: through the system's `ssh`; the server is host as sshhost sees it,
 *   `localhost:5900` unless said otherwise
 * - `ws://host[:port][/path][?query]` and `wss://…`
 *
 * `vnc://` with the parameter `SshHost` goes through SSH as well.
 *
 * With `IdHash`, the SHA-256 of the server's certificate or key in hexadecimal, a connection to the address trusts that one and no
 * other. What cannot be checked is refused: a hash by a weaker `IdHashAlgorithm`, and one of an SSH server's key.
 *
 * Returns: (transfer full) (nullable): the address, or %NULL with an error of the domain [error@Error]
 *
 * Since: 2.0
 */
VncUri *
vnc_uri_parse (const char  *text,
               GError     **error)
{
  g_autoptr (VncUri) uri = NULL;
  gsize len;

  g_return_val_if_fail (text != NULL, NULL);

  len = strlen (text);
  if (len > GVNC_LIMIT_URI_LEN) {
    gvnc_limit_error (error, _("The address has %zu bytes; at most %d are accepted"),
                      len, GVNC_LIMIT_URI_LEN);
    return NULL;
  }
  if (!g_utf8_validate (text, (gssize) len, NULL)) {
    gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The address is no valid UTF-8"));
    return NULL;
  }
  uri = g_new0 (VncUri, 1);
  g_atomic_ref_count_init (&uri->refs);
  uri->params = g_ptr_array_new_with_free_func (uri_free_param);
  return uri_split (uri, text, error) ? g_steal_pointer (&uri) : NULL;
}

/**
 * vnc_uri_copy:
 * @uri: an address
 *
 * Copies an address.
 *
 * Returns: (transfer full): the copy
 *
 * Since: 2.0
 */
VncUri *
vnc_uri_copy (VncUri *uri)
{
  g_return_val_if_fail (uri != NULL, NULL);

  /* It never changes. */
  g_atomic_ref_count_inc (&uri->refs);
  return uri;
}

/**
 * vnc_uri_free:
 * @uri: (nullable): an address
 *
 * Frees an address; a password in it is cleared from memory.
 *
 * Since: 2.0
 */
void
vnc_uri_free (VncUri *uri)
{
  if (uri == NULL || !g_atomic_ref_count_dec (&uri->refs))
    return;
  g_free (uri->host);
  g_free (uri->path);
  g_free (uri->username);
  gvnc_wipe_string (uri->password);
  g_free (uri->ssh_host);
  g_free (uri->ssh_user);
  g_ptr_array_unref (uri->params);
  g_free (uri);
}

static void
uri_append_escaped (GString    *text,
                    const char *part,
                    const char *allowed)
{
  g_autofree char *escaped = g_uri_escape_string (part, allowed, TRUE);

  g_string_append (text, escaped);
}

static void
uri_append_host (GString    *text,
                 const char *host,
                 guint16     port,
                 guint16     usual)
{
  if (strchr (host, ':') != NULL) {
    g_string_append_c (text, '[');
    uri_append_escaped (text, host, ":");
    g_string_append_c (text, ']');
  } else {
    uri_append_escaped (text, host, NULL);
  }
  if (port != usual)
    g_string_append_printf (text, ":%u", port);
}

static void
uri_append_params (const VncUri *uri,
                   GString      *text,
                   gboolean      secrets)
{
  char separator = '?';

  for (guint i = 0; i < uri->params->len; i += 2) {
    const char *name = g_ptr_array_index (uri->params, i);

    if (uri_is_secret (name) && !secrets)
      continue;
    g_string_append_c (text, separator);
    uri_append_escaped (text, name, NULL);
    g_string_append_c (text, '=');
    uri_append_escaped (text, g_ptr_array_index (uri->params, i + 1), ":/");
    separator = '&';
  }
}

/**
 * vnc_uri_to_string:
 * @uri: an address
 * @secrets: whether passwords are part of it
 *
 * Writes an address in such a way that [func@Uri.parse] reads the same.
 *
 * Without @secrets the text may be shown, stored and logged, as far as parameters that only applications know allow it, and
 * the query of a WebSocket, which may hold a ticket and is left out as well.
 *
 * Returns: (transfer full): the text
 *
 * Since: 2.0
 */
char *
vnc_uri_to_string (const VncUri *uri,
                   gboolean      secrets)
{
  gboolean ssh;
  GString *text;
  guint scheme = 0;

  g_return_val_if_fail (uri != NULL, NULL);

  while (schemes[scheme].name != uri->scheme)
    scheme++;
  ssh = scheme == VNC_SSH;
  text = g_string_new (uri->scheme);
  g_string_append (text, "://");

  if (!ssh && uri->username != NULL && vnc_uri_get_param (uri, "VncUsername") == NULL) {
    uri_append_escaped (text, uri->username, NULL);
    if (uri->password != NULL && secrets && vnc_uri_get_param (uri, "VncPassword") == NULL) {
      g_string_append_c (text, ':');
      uri_append_escaped (text, uri->password, NULL);
    }
    g_string_append_c (text, '@');
  }
  if (ssh) {
    if (uri->ssh_user != NULL) {
      uri_append_escaped (text, uri->ssh_user, NULL);
      g_string_append_c (text, '@');
    }
    uri_append_host (text, uri->ssh_host, uri->ssh_port, 0);
    g_string_append_c (text, '/');
  }
  if (uri->host != NULL)
    uri_append_host (text, uri->host, uri->port, schemes[scheme].port);
  if (scheme == VNC_UNIX) {
    uri_append_escaped (text, uri->path, "/");
  } else if (uri->path != NULL) {
    const char *query = strchr (uri->path, '?');

    g_string_append_len (text, uri->path, query != NULL && !secrets ? query - uri->path : -1);
  }
  uri_append_params (uri, text, secrets);
  return g_string_free (text, FALSE);
}

/**
 * vnc_uri_get_scheme:
 * @uri: an address
 *
 * Gets the scheme.
 *
 * Returns: `vnc`, `vncs`, `vnc+unix`, `vnc+ssh`, `ws` or `wss`
 *
 * Since: 2.0
 */
const char *
vnc_uri_get_scheme (const VncUri *uri)
{
  g_return_val_if_fail (uri != NULL, NULL);

  return uri->scheme;
}

/**
 * vnc_uri_get_host:
 * @uri: an address
 *
 * Gets the host that the server runs on, as the other end of the SSH tunnel knows it if there is one.
 *
 * Returns: (nullable): name or number, without brackets; %NULL when there is none
 *
 * Since: 2.0
 */
const char *
vnc_uri_get_host (const VncUri *uri)
{
  g_return_val_if_fail (uri != NULL, NULL);

  return uri->host;
}

/**
 * vnc_uri_get_port:
 * @uri: an address
 *
 * Gets the TCP port of the server.
 *
 * Returns: the port, the usual one of the scheme if the address says none; 0 for a UNIX socket
 *
 * Since: 2.0
 */
guint16
vnc_uri_get_port (const VncUri *uri)
{
  g_return_val_if_fail (uri != NULL, 0);

  return uri->port;
}

/**
 * vnc_uri_get_path:
 * @uri: an address
 *
 * Gets the path of a UNIX socket, or what to ask a web server for, with its query.
 *
 * Returns: (nullable) (type filename): the path; %NULL in other schemes
 *
 * Since: 2.0
 */
const char *
vnc_uri_get_path (const VncUri *uri)
{
  g_return_val_if_fail (uri != NULL, NULL);

  return uri->path;
}

/**
 * vnc_uri_get_username:
 * @uri: an address
 *
 * Gets the user name for the VNC server.
 *
 * Returns: (nullable): the name, from `VncUsername` or before the host
 *
 * Since: 2.0
 */
const char *
vnc_uri_get_username (const VncUri *uri)
{
  g_return_val_if_fail (uri != NULL, NULL);

  return uri->username;
}

/**
 * vnc_uri_get_password:
 * @uri: an address
 *
 * Gets the password for the VNC server.
 *
 * Returns: (nullable): the password, from `VncPassword` or before the host
 *
 * Since: 2.0
 */
const char *
vnc_uri_get_password (const VncUri *uri)
{
  g_return_val_if_fail (uri != NULL, NULL);

  return uri->password;
}

/**
 * vnc_uri_get_ssh_host:
 * @uri: an address
 *
 * Gets the host that SSH logs in at.
 *
 * Returns: (nullable): its name; %NULL when no SSH is involved
 *
 * Since: 2.0
 */
const char *
vnc_uri_get_ssh_host (const VncUri *uri)
{
  g_return_val_if_fail (uri != NULL, NULL);

  return uri->ssh_host;
}

/**
 * vnc_uri_get_ssh_port:
 * @uri: an address
 *
 * Gets the port of the SSH server.
 *
 * Returns: the port, or 0 for what `ssh` takes by itself
 *
 * Since: 2.0
 */
guint16
vnc_uri_get_ssh_port (const VncUri *uri)
{
  g_return_val_if_fail (uri != NULL, 0);

  return uri->ssh_port;
}

/**
 * vnc_uri_get_ssh_user:
 * @uri: an address
 *
 * Gets the user that SSH logs in as.
 *
 * Returns: (nullable): the name; %NULL for what `ssh` takes by itself
 *
 * Since: 2.0
 */
const char *
vnc_uri_get_ssh_user (const VncUri *uri)
{
  g_return_val_if_fail (uri != NULL, NULL);

  return uri->ssh_user;
}

/**
 * vnc_uri_get_param:
 * @uri: an address
 * @name: a parameter such as `ConnectionName` or `ViewOnly`; upper and lower case are the same
 *
 * Gets a parameter (RFC 7869 section 2.1).
 *
 * Returns: (nullable): the value of the first one of that name, or %NULL
 *
 * Since: 2.0
 */
const char *
vnc_uri_get_param (const VncUri *uri,
                   const char   *name)
{
  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < uri->params->len; i += 2)
    if (uri_param_is (g_ptr_array_index (uri->params, i), name))
      return g_ptr_array_index (uri->params, i + 1);
  return NULL;
}
