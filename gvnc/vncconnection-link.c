/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncconnection-private.h"

#include <gio/gio.h>

/* How a connection gets to its server. The settings are properties; each holds from the next opening on. */
struct _GvncLink {
  GProxyResolver  *proxies;         /* owned; NULL: no proxy */
  guint            connect_s;
  guint            idle_s;
  char            *web_protocol;    /* NULL: "binary" */
  char           **web_headers;     /* may be NULL */
  char           **ssh_command;     /* NULL: ssh */
  char            *repeater;        /* may be NULL */
};

enum {
  LINK_PROXY_RESOLVER,
  LINK_CONNECT_TIMEOUT,
  LINK_IDLE_TIMEOUT,
  LINK_WEBSOCKET_PROTOCOL,
  LINK_WEBSOCKET_HEADERS,
  LINK_SSH_COMMAND,
  LINK_REPEATER,
  LINK_RECONNECT,
  N_LINK
};

G_STATIC_ASSERT ((gint) N_LINK == GVNC_N_LINK_PROPS);

#define CONNECT_S 30

static GParamSpec *link_props[N_LINK];

GvncLink *
gvnc_link_new (void)
{
  GvncLink *self = g_new0 (GvncLink, 1);

  self->connect_s = CONNECT_S;
  return self;
}

void
gvnc_link_free (GvncLink *self)
{
  g_clear_object (&self->proxies);
  g_free (self->web_protocol);
  g_strfreev (self->web_headers);
  g_strfreev (self->ssh_command);
  g_free (self->repeater);
  g_free (self);
}

void
gvnc_connection_link_apply (VncConnection *conn,
                            GvncTarget    *target)
{
  const GvncLink *self = conn->priv->link;

  if (self->proxies != NULL)
    target->proxies = g_object_ref (self->proxies);
  target->connect_ms = self->connect_s * 1000;
  target->idle_s = self->idle_s;
  target->web_protocol = g_strdup (self->web_protocol);
  target->web_headers = g_strdupv (self->web_headers);
  target->ssh_command = g_strdupv (self->ssh_command);
  if (target->repeater == NULL)
    target->repeater = g_strdup (self->repeater);
}

void
gvnc_connection_link_get (VncConnection *conn,
                          guint          which,
                          GValue        *value)
{
  const GvncLink *self = conn->priv->link;

  switch (which) {
  case LINK_PROXY_RESOLVER:
    g_value_set_object (value, self->proxies);
    break;
  case LINK_CONNECT_TIMEOUT:
    g_value_set_uint (value, self->connect_s);
    break;
  case LINK_IDLE_TIMEOUT:
    g_value_set_uint (value, self->idle_s);
    break;
  case LINK_WEBSOCKET_PROTOCOL:
    g_value_set_string (value, self->web_protocol != NULL ? self->web_protocol : "binary");
    break;
  case LINK_WEBSOCKET_HEADERS:
    g_value_set_boxed (value, self->web_headers);
    break;
  case LINK_SSH_COMMAND:
    g_value_set_boxed (value, self->ssh_command);
    break;
  case LINK_REPEATER:
    g_value_set_string (value, self->repeater);
    break;
  default:
    g_value_set_boolean (value, gvnc_connection_reconnect_get (conn));
    break;
  }
}

static void
link_set_number (VncConnection *conn,
                 guint          which,
                 guint         *place,
                 guint          number)
{
  if (*place == number)
    return;
  *place = number;
  g_object_notify_by_pspec (G_OBJECT (conn), link_props[which]);
}

static void
link_set_text (VncConnection *conn,
               guint          which,
               char         **place,
               const char    *text)
{
  if (g_strcmp0 (*place, text) == 0)
    return;
  g_free (*place);
  *place = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (conn), link_props[which]);
}

static void
link_set_list (VncConnection   *conn,
               guint            which,
               char          ***place,
               char           **list)
{
  g_strfreev (*place);
  *place = g_strdupv (list);
  g_object_notify_by_pspec (G_OBJECT (conn), link_props[which]);
}

void
gvnc_connection_link_set (VncConnection *conn,
                          guint          which,
                          const GValue  *value)
{
  GvncLink *self = conn->priv->link;

  switch (which) {
  case LINK_PROXY_RESOLVER:
    if (g_set_object (&self->proxies, g_value_get_object (value)))
      g_object_notify_by_pspec (G_OBJECT (conn), link_props[which]);
    break;
  case LINK_CONNECT_TIMEOUT:
    link_set_number (conn, which, &self->connect_s, g_value_get_uint (value));
    break;
  case LINK_IDLE_TIMEOUT:
    link_set_number (conn, which, &self->idle_s, g_value_get_uint (value));
    break;
  case LINK_WEBSOCKET_PROTOCOL:
    link_set_text (conn, which, &self->web_protocol, g_value_get_string (value));
    break;
  case LINK_WEBSOCKET_HEADERS:
    link_set_list (conn, which, &self->web_headers, g_value_get_boxed (value));
    break;
  case LINK_SSH_COMMAND:
    link_set_list (conn, which, &self->ssh_command, g_value_get_boxed (value));
    break;
  case LINK_REPEATER:
    link_set_text (conn, which, &self->repeater, g_value_get_string (value));
    break;
  default:
    if (gvnc_connection_reconnect_set (conn, g_value_get_boolean (value)))
      g_object_notify_by_pspec (G_OBJECT (conn), link_props[which]);
    break;
  }
}

void
gvnc_connection_link_specs (GParamSpec **props)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  /**
   * VncConnection:proxy-resolver:
   *
   * Who says which proxy leads to a host; %NULL, the default, for none.
   *
   * [func@Gio.ProxyResolver.get_default] gives the desktop's, [func@Gio.SimpleProxyResolver.new] a fixed one, such as
   * `socks5://localhost:1080` or `http://proxy:3128`. It holds for TCP and WebSockets, and is off by default since the desktop's
   * proxy is seldom the way to a VNC server, and sees all that is not encrypted.
   *
   * Since: 2.0
   */
  link_props[LINK_PROXY_RESOLVER] =
    g_param_spec_object ("proxy-resolver", NULL, NULL, G_TYPE_PROXY_RESOLVER, flags);
  /**
   * VncConnection:connect-timeout:
   *
   * Seconds until it is given up to reach a TCP port or UNIX socket, all addresses and proxies included; 0 for no limit but the
   * system's. 30 by default.
   *
   * Since: 2.0
   */
  link_props[LINK_CONNECT_TIMEOUT] =
    g_param_spec_uint ("connect-timeout", NULL, NULL, 0, 86400, CONNECT_S, flags);
  /**
   * VncConnection:idle-timeout:
   *
   * Seconds of silence after which a server counts as lost; 0, the default, for no limit.
   *
   * When half of them are over, the server is asked for something that it has to answer: one whose desktop does not change is
   * not lost.
   *
   * Since: 2.0
   */
  link_props[LINK_IDLE_TIMEOUT] =
    g_param_spec_uint ("idle-timeout", NULL, NULL, 0, 86400, 0, flags);
  /**
   * VncConnection:websocket-protocol:
   *
   * The sub-protocol that is asked for with `ws://` and `wss://`; an empty one asks for none. `binary` by default, which all
   * VNC servers know.
   *
   * Since: 2.0
   */
  link_props[LINK_WEBSOCKET_PROTOCOL] =
    g_param_spec_string ("websocket-protocol", NULL, NULL, "binary", flags);
  /**
   * VncConnection:websocket-headers:
   *
   * More lines for the request to a web server, each `Name: value`, such as `Cookie: PVEAuthCookie=…`, `Authorization: …` or an
   * `Origin` in place of the server's own.
   *
   * Those that the WebSocket protocol defines are refused. With `wss://` nothing is sent before the server's certificate is
   * accepted.
   *
   * Since: 2.0
   */
  link_props[LINK_WEBSOCKET_HEADERS] =
    g_param_spec_boxed ("websocket-headers", NULL, NULL, G_TYPE_STRV, flags);
  /**
   * VncConnection:ssh-command:
   *
   * The program that is run for `vnc+ssh://`, and its first arguments; %NULL, the default, for `ssh` from the path.
   *
   * It gets `-T -a -x -W HOST:PORT [-p PORT] [-l USER] -- SSHHOST` behind them, and its standard input and output lead to the
   * server. No shell is involved.
   *
   * Since: 2.0
   */
  link_props[LINK_SSH_COMMAND] =
    g_param_spec_boxed ("ssh-command", NULL, NULL, G_TYPE_STRV, flags);
  /**
   * VncConnection:repeater:
   *
   * Whom an UltraVNC repeater shall pass the connection on to: `ID:` and the number that the server has given itself, or
   * `HOST:PORT`. %NULL by default. Servers that are no repeaters are not told.
   *
   * Since: 2.0
   */
  link_props[LINK_REPEATER] =
    g_param_spec_string ("repeater", NULL, NULL, NULL, flags);
  /**
   * VncConnection:reconnect:
   *
   * Whether a session that has lost its link is begun anew; %FALSE by default.
   *
   * Before there is a session, it also allows another security type to be tried on a new connection, when one has failed
   * before anything secret was sent; [signal@Connection::vnc-auth-choose-type] then comes again with what is left. That is not done
   * when the application has chosen before the server made its offer, nor when the server's certificate or key is refused or
   * what was encrypted was changed on its way: those end the connection.
   *
   * See [signal@Connection::vnc-reconnecting].
   *
   * Since: 2.0
   */
  link_props[LINK_RECONNECT] =
    g_param_spec_boolean ("reconnect", NULL, NULL, FALSE, flags);
  memcpy (props, link_props, sizeof link_props);
}
