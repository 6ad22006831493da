/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/websocket.h"

#include "session/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The HTTP that starts a WebSocket (RFC 6455 section 4), pure text. */

#define MAGIC "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

/* These are ours to say. */
static const char *const own_headers[] = {
  "Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol",
  "Sec-WebSocket-Extensions", "Content-Length", "Transfer-Encoding",
};

/* A token of RFC 7230 section 3.2.6. */
static gsize
http_token_len (const char *text)
{
  gsize len = 0;

  while (g_ascii_isalnum (text[len]) || (text[len] != '\0' && strchr ("!#$%&'*+-.^_`|~", text[len]) != NULL))
    len++;
  return len;
}

static gboolean
http_is_header (const char *line,
                gsize       name_len,
                const char *name)
{
  return strlen (name) == name_len && g_ascii_strncasecmp (line, name, name_len) == 0;
}

/* What the application wants to have sent must be one header, or it would be something else than it looks like. */
static gboolean
http_check_header (const char  *line,
                   GError     **error)
{
  gsize len = http_token_len (line);
  g_autofree char *quoted = NULL;

  quoted = gvnc_quote_peer_text (line, len, GVNC_LIMIT_QUOTED_CHARS);    /* without the value, which may be secret */
  if (len == 0 || line[len] != ':')
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("A header for the web server is not of the form “Name: value”"));
  for (const char *p = line + len; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) && *p != '\t')
      return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                             _("The header “%s” for the web server has a control character in it"), quoted);
  for (guint i = 0; i < G_N_ELEMENTS (own_headers); i++)
    if (http_is_header (line, len, own_headers[i]))
      return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                             _("The header “%s” cannot be set, since the WebSocket protocol defines it"), quoted);
  return TRUE;
}

static gboolean
http_has_header (char *const *headers,
                 const char  *name)
{
  for (guint i = 0; headers != NULL && headers[i] != NULL; i++)
    if (http_is_header (headers[i], http_token_len (headers[i]), name))
      return TRUE;
  return FALSE;
}

/* "host" or "host:port" as in a URI. */
static char *
http_authority (const GvncTarget *target)
{
  const char *host = target->host != NULL && *target->host != '\0' ? target->host
                   : target->hostname != NULL ? target->hostname : "localhost";
  gboolean bare = strchr (host, ':') != NULL && *host != '[';
  gboolean usual = target->host == NULL || target->port == NULL || strcmp (target->port, target->tls ? "443" : "80") == 0;

  return g_strdup_printf ("%s%s%s%s%s", bare ? "[" : "", host, bare ? "]" : "", usual ? "" : ":", usual ? "" : target->port);
}

static gboolean
http_check_path (const char  *path,
                 GError     **error)
{
  for (const char *p = path; *p != '\0'; p++)
    if ((guchar) *p <= ' ' || (guchar) *p >= 0x7f)
      return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                             _("The path for the web server has a character in it that must be escaped with %%"));
  return *path == '/' ||
         gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The path for the web server does not begin with “/”"));
}

GString *
gvnc_websocket_request (const GvncTarget  *target,
                        const char        *key,
                        GError           **error)
{
  g_autofree char *authority = http_authority (target);
  const char *path = target->web_path != NULL && *target->web_path != '\0' ? target->web_path : "/";
  const char *protocol = target->web_protocol != NULL ? target->web_protocol : "binary";
  GString *request;

  if (!http_check_path (path, error))
    return NULL;
  for (const char *p = authority; *p != '\0'; p++)
    if ((guchar) *p <= ' ' || *p == 0x7f) {
      gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The name of the web server has a blank or control character in it"));
      return NULL;
    }
  if (http_token_len (protocol) != strlen (protocol)) {
    gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("“%s” is no name of a WebSocket sub-protocol"), protocol);
    return NULL;
  }
  for (guint i = 0; target->web_headers != NULL && target->web_headers[i] != NULL; i++)
    if (!http_check_header (target->web_headers[i], error))
      return NULL;

  request = g_string_new (NULL);
  g_string_append_printf (request, "GET %s HTTP/1.1\r\nHost: %s\r\n", path, authority);
  g_string_append_printf (request, "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                   "Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n", key);
  if (*protocol != '\0')
    g_string_append_printf (request, "Sec-WebSocket-Protocol: %s\r\n", protocol);
  /* Browsers always say where a page came from, and LibVNCServer does not talk to anybody who does not. */
  if (!http_has_header (target->web_headers, "Origin"))
    g_string_append_printf (request, "Origin: %s://%s\r\n", target->tls ? "https" : "http", authority);
  for (guint i = 0; target->web_headers != NULL && target->web_headers[i] != NULL; i++)
    g_string_append_printf (request, "%s\r\n", target->web_headers[i]);
  g_string_append (request, "\r\n");
  return request;
}

/* "HTTP/1.1 101 …" */
static gboolean
http_check_status (const char  *line,
                   GError     **error)
{
  g_autofree char *quoted = NULL;

  if (g_str_has_prefix (line, "HTTP/1.1 101") && (line[12] == ' ' || line[12] == '\0'))
    return TRUE;
  quoted = gvnc_quote_peer_text (line, strlen (line), GVNC_LIMIT_QUOTED_CHARS);
  if (!g_str_has_prefix (line, "HTTP/"))
    return gvnc_protocol_error (error, _("This is no web server: its answer begins with “%s”"), quoted);
  if (g_str_has_prefix (line, "HTTP/1.1 401") || g_str_has_prefix (line, "HTTP/1.1 403"))
    return gvnc_set_error (error, GVNC_ERROR_AUTH, _("The web server does not let us in: “%s”"), quoted);
  return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The web server offers no WebSocket there: “%s”"), quoted);
}

/* Whether @word is in the list @text, whose items are parted by commas. */
static gboolean
http_lists (const char *text,
            const char *word)
{
  g_auto (GStrv) items = g_strsplit (text, ",", -1);

  for (guint i = 0; items[i] != NULL; i++)
    if (g_ascii_strcasecmp (g_strstrip (items[i]), word) == 0)
      return TRUE;
  return FALSE;
}

static char *
http_accept (const char *key)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize len = sizeof digest;

  g_checksum_update (sum, (const guchar *) key, -1);
  g_checksum_update (sum, (const guchar *) MAGIC, -1);
  g_checksum_get_digest (sum, digest, &len);
  return g_base64_encode (digest, len);
}

gboolean
gvnc_websocket_check_answer (const char  *answer,
                             gsize        len,
                             const char  *key,
                             const char  *protocol,
                             GError     **error)
{
  g_autofree char *text = g_strndup (answer, len), *accept = http_accept (key);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean upgrade = FALSE, connection = FALSE, accepted = FALSE;

  if (memchr (answer, '\0', len) != NULL)
    return gvnc_protocol_error (error, _("The web server's answer has a zero byte in it"));
  for (guint i = 0; lines[i] != NULL; i++) {
    char *line = g_strchomp (lines[i]), *value;
    gsize name_len = http_token_len (line);

    if (i == 0) {
      if (!http_check_status (line, error))
        return FALSE;
      continue;
    }
    if (line[name_len] != ':')
      continue;
    value = g_strchug (line + name_len + 1);
    if (http_is_header (line, name_len, "Upgrade")) {
      upgrade = upgrade || http_lists (value, "websocket");
    } else if (http_is_header (line, name_len, "Connection")) {
      connection = connection || http_lists (value, "Upgrade");
    } else if (http_is_header (line, name_len, "Sec-WebSocket-Accept")) {
      accepted = strcmp (value, accept) == 0;
    } else if (http_is_header (line, name_len, "Sec-WebSocket-Extensions") && *value != '\0') {
      return gvnc_protocol_error (error, _("The web server uses a WebSocket extension that nobody asked for"));
    } else if (http_is_header (line, name_len, "Sec-WebSocket-Protocol")) {
      g_autofree char *quoted = gvnc_quote_peer_text (value, strlen (value), GVNC_LIMIT_QUOTED_CHARS);

      if (strcmp (value, protocol) != 0)
        return gvnc_protocol_error (error, _("The web server chose the WebSocket sub-protocol “%s”; “%s” was asked for"),
                                    quoted, protocol);
    }
  }
  if (!upgrade || !connection || !accepted)
    return gvnc_protocol_error (error, _("The web server's answer is not the one to a request for a WebSocket"));
  /* Section 4.1 lets a server leave the sub-protocol away; what comes then is the same in all servers that do. */
  return TRUE;
}
