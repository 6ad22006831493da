/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncdisplay-private.h"

#include <glib/gi18n-lib.h>

/* What an application asks a widget to do: sessions, input, pictures. */

/**
 * vnc_display_open_fd:
 * @obj: a widget
 * @fd: a connected socket, which now belongs to the widget
 *
 * Begins a session over a connection that is there already.
 *
 * Returns: %FALSE when a session is going on, else %TRUE; whether it succeeds is told by signals
 */
gboolean
vnc_display_open_fd (VncDisplay *obj, int fd)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  vnc_connection_set_shared (obj->priv->conn, obj->priv->shared);
  return vnc_connection_open_fd (obj->priv->conn, fd);
}

/**
 * vnc_display_open_fd_with_hostname:
 * @obj: a widget
 * @fd: a connected socket, which now belongs to the widget
 * @hostname: (nullable): whom the server's certificate must name
 *
 * Begins a session over a connection that is there already.
 *
 * Returns: %FALSE when a session is going on, else %TRUE; whether it succeeds is told by signals
 */
gboolean
vnc_display_open_fd_with_hostname (VncDisplay *obj, int fd, const char *hostname)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  vnc_connection_set_shared (obj->priv->conn, obj->priv->shared);
  return vnc_connection_open_fd_with_hostname (obj->priv->conn, fd, hostname);
}

/**
 * vnc_display_open_addr:
 * @obj: a widget
 * @addr: where the server is
 * @hostname: (nullable): whom the server's certificate must name
 *
 * Begins a session with the server at an address, a UNIX socket for example.
 *
 * Returns: %FALSE when a session is going on, else %TRUE; whether it succeeds is told by signals
 */
gboolean
vnc_display_open_addr (VncDisplay *obj, GSocketAddress *addr, const char *hostname)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);
  g_return_val_if_fail (G_IS_SOCKET_ADDRESS (addr), FALSE);

  vnc_connection_set_shared (obj->priv->conn, obj->priv->shared);
  return vnc_connection_open_addr (obj->priv->conn, addr, hostname);
}

/**
 * vnc_display_open_host:
 * @obj: a widget
 * @host: name or address
 * @port: number of the port, as text
 *
 * Begins a session with the server on a host. Does not block.
 *
 * Returns: %FALSE when a session is going on, else %TRUE; whether it succeeds is told by signals
 */
gboolean
vnc_display_open_host (VncDisplay *obj, const char *host, const char *port)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);
  g_return_val_if_fail (host != NULL, FALSE);
  g_return_val_if_fail (port != NULL, FALSE);

  vnc_connection_set_shared (obj->priv->conn, obj->priv->shared);
  return vnc_connection_open_host (obj->priv->conn, host, port);
}

/**
 * vnc_display_is_open:
 * @obj: a widget
 *
 * Tells whether there is a session, or one is about to begin.
 *
 * Returns: %TRUE from opening to closing
 */
gboolean
vnc_display_is_open (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  return vnc_connection_is_open (obj->priv->conn);
}

/**
 * vnc_display_close:
 * @obj: a widget
 *
 * Ends the session. [signal@Display::vnc-disconnected] follows; grabs are given back at once.
 */
void
vnc_display_close (VncDisplay *obj)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  gvnc_session_close (obj);
}

/**
 * vnc_display_get_connection:
 * @obj: a widget
 *
 * Gives the connection that the widget works with.
 *
 * Returns: (transfer none): the connection, the same for the whole life of the widget
 */
VncConnection *
vnc_display_get_connection (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), NULL);

  return obj->priv->conn;
}

/**
 * vnc_display_set_credential:
 * @obj: a widget
 * @type: a [enum@DisplayCredential]
 * @data: (nullable): the answer, or %NULL to forget it
 *
 * Answers what a server wants to know, before it asks or after.
 *
 * Note what it returns: this is the one call of the widget that says %FALSE when all is well.
 *
 * Returns: %TRUE when @type is not one of the enumeration, else %FALSE
 */
gboolean
vnc_display_set_credential (VncDisplay *obj, int type, const gchar *data)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), TRUE);

  switch (type) {
  case VNC_DISPLAY_CREDENTIAL_PASSWORD:
  case VNC_DISPLAY_CREDENTIAL_USERNAME:
  case VNC_DISPLAY_CREDENTIAL_CLIENTNAME:
    return !vnc_connection_set_credential (obj->priv->conn, type, data);
  default:
    return TRUE;
  }
}

/**
 * vnc_display_send_keys:
 * @obj: a widget
 * @keyvals: (array length=nkeyvals): X keysyms
 * @nkeyvals: how many
 *
 * Presses keys in the given order, then releases them in reverse order.
 */
void
vnc_display_send_keys (VncDisplay *obj, const guint *keyvals, int nkeyvals)
{
  vnc_display_send_keys_ex (obj, keyvals, nkeyvals, VNC_DISPLAY_KEY_EVENT_CLICK);
}

/**
 * vnc_display_send_keys_ex:
 * @obj: a widget
 * @keyvals: (array length=nkeyvals): X keysyms
 * @nkeyvals: how many
 * @kind: what to do with them
 *
 * Presses keys in the given order, releases them in reverse order, or both.
 *
 * Does nothing outside of a session and while the widget is read-only.
 */
void
vnc_display_send_keys_ex (VncDisplay *obj, const guint *keyvals, int nkeyvals, VncDisplayKeyEvent kind)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));
  g_return_if_fail (keyvals != NULL || nkeyvals <= 0);

  if (nkeyvals > 0)
    gvnc_keyboard_send (obj, keyvals, (guint) nkeyvals, kind);
}

/**
 * vnc_display_send_pointer:
 * @obj: a widget
 * @x: in remote pixels
 * @y: in remote pixels
 * @button_mask: bit 0 for the first button, and so on
 *
 * Puts the pointer of the server somewhere, with buttons held.
 *
 * Does nothing outside of a session, while the widget is read-only, and in relative mode unless the pointer is grabbed.
 */
void
vnc_display_send_pointer (VncDisplay *obj, gint x, gint y, int button_mask)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  gvnc_pointer_send (obj, x, y, (guint8) button_mask);
}

/**
 * vnc_display_client_cut_text:
 * @obj: a widget
 * @text: the text, in the character set of the server, ISO 8859-1 for most
 *
 * Gives the server a new clipboard text.
 *
 * The bytes are sent as they are. Does nothing outside of a session and while the widget is read-only.
 */
void
vnc_display_client_cut_text (VncDisplay *obj, const gchar *text)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));
  g_return_if_fail (text != NULL);

  if (!obj->priv->read_only && vnc_connection_is_initialized (obj->priv->conn))
    vnc_connection_client_cut_text (obj->priv->conn, text, strlen (text));
}

/**
 * vnc_display_force_grab:
 * @obj: a widget
 * @enable: whether to grab
 *
 * Takes or gives back keyboard and pointer, as the grab keys do, whatever the settings are.
 */
void
vnc_display_force_grab (VncDisplay *obj, gboolean enable)
{
  g_return_if_fail (VNC_IS_DISPLAY (obj));

  gvnc_grab_set (obj, !!enable, !!enable);
}

/**
 * vnc_display_is_pointer_absolute:
 * @obj: a widget
 *
 * Tells whether the server takes pointer positions, rather than motion.
 *
 * Returns: %TRUE for positions
 */
gboolean
vnc_display_is_pointer_absolute (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), TRUE);

  return obj->priv->absolute;
}

/**
 * vnc_display_get_pixbuf:
 * @obj: a widget
 *
 * Takes a picture of the desktop as the server sent it: neither scaled nor turned.
 *
 * Returns: (transfer full) (nullable): a new RGB picture, %NULL outside of a session
 */
GdkPixbuf *
vnc_display_get_pixbuf (VncDisplay *obj)
{
  VncDisplayPrivate *priv;
  cairo_surface_t *surface;

  g_return_val_if_fail (VNC_IS_DISPLAY (obj), NULL);

  priv = obj->priv;
  if (!priv->framebuffer || priv->desktop_width <= 0 || priv->desktop_height <= 0)
    return NULL;
  surface = vnc_cairo_framebuffer_get_surface (priv->framebuffer);
  cairo_surface_mark_dirty (surface);
  return gdk_pixbuf_get_from_surface (surface, 0, 0, priv->desktop_width, priv->desktop_height);
}

/**
 * vnc_display_get_width:
 * @obj: a widget
 *
 * Gives the width of the desktop.
 *
 * Returns: remote pixels, 0 outside of a session
 */
int
vnc_display_get_width (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), 0);

  return obj->priv->framebuffer ? obj->priv->desktop_width : 0;
}

/**
 * vnc_display_get_height:
 * @obj: a widget
 *
 * Gives the height of the desktop.
 *
 * Returns: remote pixels, 0 outside of a session
 */
int
vnc_display_get_height (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), 0);

  return obj->priv->framebuffer ? obj->priv->desktop_height : 0;
}

/**
 * vnc_display_get_name:
 * @obj: a widget
 *
 * Gives the name of the desktop.
 *
 * Returns: (transfer none): the name, %NULL outside of a session
 */
const char *
vnc_display_get_name (VncDisplay *obj)
{
  g_return_val_if_fail (VNC_IS_DISPLAY (obj), NULL);

  return vnc_connection_get_name (obj->priv->conn);
}

/**
 * vnc_display_request_update:
 * @obj: a widget
 *
 * Asks the server to send the whole desktop again.
 *
 * Returns: %TRUE when it was asked, %FALSE outside of a session
 */
gboolean
vnc_display_request_update (VncDisplay *obj)
{
  VncDisplayPrivate *priv;

  g_return_val_if_fail (VNC_IS_DISPLAY (obj), FALSE);

  priv = obj->priv;
  if (!priv->framebuffer || !vnc_connection_is_initialized (priv->conn))
    return FALSE;
  return vnc_connection_framebuffer_update_request (priv->conn, FALSE, 0, 0,
                                                    (guint16) priv->desktop_width, (guint16) priv->desktop_height);
}

static gboolean
calls_option_debug (const char *name, const char *value, gpointer data, GError **error)
{
  vnc_util_set_debug (TRUE);
  return TRUE;
}

static const GOptionEntry calls_options[] = {
  { "gtk-vnc-debug", '\0', G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK,
    G_GNUC_EXTENSION (gpointer) calls_option_debug, N_("Show what the VNC connection does"), NULL },
  { NULL, '\0', 0, 0, NULL, NULL, NULL },
};

/**
 * vnc_display_get_option_group:
 *
 * Makes the command line options of the library, for an option context.
 *
 * Returns: (transfer full): a new group
 */
GOptionGroup *
vnc_display_get_option_group (void)
{
  GOptionGroup *group = g_option_group_new ("gtk-vnc", _("VNC options:"), _("Show the VNC options"), NULL, NULL);

  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_group_add_entries (group, calls_options);
  return group;
}

/**
 * vnc_display_get_option_entries:
 *
 * Gives the command line options of the library.
 *
 * Returns: (array zero-terminated=1) (transfer none): the options
 */
const GOptionEntry *
vnc_display_get_option_entries (void)
{
  return calls_options;
}
