/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncconnection-private.h"

#include "session/limits.h"

/* Calls that send what a person does, and getters of the session's state. */

/**
 * vnc_connection_key_event:
 * @conn: the connection
 * @down_flag: %TRUE when the key was pressed, %FALSE when it was released
 * @key: X keysym, or 0 when the key has none
 * @scancode: the key's place: its code of XT set 1, with bit 7 set for keys of the extended set; 0 when unknown
 *
 * Sends a key press or release.
 *
 * The scan code is used where the server takes it (rfbproto, QEMU Extended Key Event), the keysym elsewhere
 * (RFC 6143 section 7.5.4).
 *
 * Returns: %TRUE
 */
gboolean
vnc_connection_key_event (VncConnection *conn,
                          gboolean       down_flag,
                          guint32        key,
                          guint16        scancode)
{
  GvncCommand *command;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  command = gvnc_command_new (GVNC_COMMAND_KEY, down_flag);
  command->keysym = key;
  command->scancode = scancode;
  gvnc_connection_send_message (conn, command);
  return TRUE;
}

/**
 * vnc_connection_pointer_event:
 * @conn: the connection
 * @button_mask: bit 0 for the first button, and so on, of those held down
 * @x: position in pixels, or 0x7fff plus the motion when the server wants relative motion
 * @y: likewise
 *
 * Sends where the pointer is and which of its buttons are held (RFC 6143 section 7.5.5).
 *
 * Returns: %TRUE
 */
gboolean
vnc_connection_pointer_event (VncConnection *conn,
                              guint8         button_mask,
                              guint16        x,
                              guint16        y)
{
  return vnc_connection_pointer_event_full (conn, button_mask, x, y);
}

/**
 * vnc_connection_pointer_event_full:
 * @conn: the connection
 * @button_mask: bit 0 for the first button, and so on, of those held down: 15 at most
 * @x: position in pixels, or 0x7fff plus the motion when the server wants relative motion
 * @y: likewise
 *
 * Sends where the pointer is and which of its buttons are held.
 *
 * Buttons from the ninth on, of which that is "forward" and the eighth "back", reach servers that take them (rfbproto,
 * ExtendedMouseButtons); others get [method@Connection.pointer_event]'s eight.
 *
 * Returns: %TRUE
 *
 * Since: 2.0
 */
gboolean
vnc_connection_pointer_event_full (VncConnection *conn,
                                   guint16        button_mask,
                                   guint16        x,
                                   guint16        y)
{
  GvncCommand *command;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  command = gvnc_command_new (GVNC_COMMAND_POINTER, button_mask);
  command->rect.x = x;
  command->rect.y = y;
  gvnc_connection_send_message (conn, command);
  return TRUE;
}

/**
 * vnc_connection_client_cut_text:
 * @conn: the connection
 * @data: (nullable): the bytes, in ISO 8859-1 by the specification; they are passed on as they are
 * @length: how many there are, 32 MiB at most
 *
 * Tells the server that a text was copied here (RFC 6143 section 7.5.6).
 *
 * Returns: %FALSE when the text is too long
 */
gboolean
vnc_connection_client_cut_text (VncConnection *conn,
                                const void    *data,
                                size_t         length)
{
  GvncCommand *command;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);
  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  if (length > GVNC_LIMIT_CUT_TEXT_LEN)
    return FALSE;
  command = gvnc_command_new (GVNC_COMMAND_CUT_TEXT, 0);
  command->data = g_bytes_new (data, length);
  gvnc_connection_send_message (conn, command);
  return TRUE;
}

/**
 * vnc_connection_power_control:
 * @conn: the connection
 * @action: what to do
 *
 * Asks the server to shut down, reboot or reset its machine (rfbproto, xvp).
 *
 * When it does not work out, [signal@Connection::vnc-power-control-failed] tells.
 *
 * Returns: %FALSE when the server does not allow it; see [method@Connection.get_power_control]
 */
gboolean
vnc_connection_power_control (VncConnection            *conn,
                              VncConnectionPowerAction  action)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  if (!conn->priv->power_control)
    return FALSE;
  gvnc_connection_send_message (conn, gvnc_command_new (GVNC_COMMAND_POWER, (guint32) action));
  return TRUE;
}

/**
 * vnc_connection_get_power_control:
 * @conn: the connection
 *
 * Tells whether the server allows to control the power of its machine.
 *
 * Returns: %TRUE from [signal@Connection::vnc-power-control-initialized] on
 */
gboolean
vnc_connection_get_power_control (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  return conn->priv->power_control;
}

/* ---- state of the session ---- */

/**
 * vnc_connection_get_name:
 * @conn: the connection
 *
 * Gets the name of the server's desktop; bytes that are no UTF-8 are replaced.
 *
 * Returns: (transfer none) (nullable): the name; %NULL while there is no session
 */
const char *
vnc_connection_get_name (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), NULL);

  return conn->priv->name;
}

/**
 * vnc_connection_get_width:
 * @conn: the connection
 *
 * Gets the width of the server's desktop.
 *
 * Returns: pixels; 0 while there is no session
 */
int
vnc_connection_get_width (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), 0);

  return conn->priv->width;
}

/**
 * vnc_connection_get_height:
 * @conn: the connection
 *
 * Gets the height of the server's desktop.
 *
 * Returns: pixels; 0 while there is no session
 */
int
vnc_connection_get_height (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), 0);

  return conn->priv->height;
}

/**
 * vnc_connection_get_cursor:
 * @conn: the connection
 *
 * Gets the shape of the server's cursor.
 *
 * Returns: (transfer none) (nullable): the shape; %NULL when the server shows none
 */
VncCursor *
vnc_connection_get_cursor (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), NULL);

  return conn->priv->cursor_hidden ? NULL : conn->priv->cursor;
}

/**
 * vnc_connection_get_cursor_position:
 * @conn: the connection
 * @x: (out) (optional): where to put the position in pixels of the desktop
 * @y: (out) (optional): likewise
 *
 * Gets where the server's pointer is, as the server has told; see [signal@Connection::vnc-cursor-moved].
 *
 * It is where this client has put it unless something else has moved it, so drawing it there is of use while this client
 * only watches, or where the server wants relative motion.
 *
 * Returns: %FALSE when the server has told nothing; @x and @y are then 0
 *
 * Since: 2.0
 */
gboolean
vnc_connection_get_cursor_position (VncConnection *conn,
                                    int           *x,
                                    int           *y)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  if (x != NULL)
    *x = conn->priv->cursor_moved ? conn->priv->cursor_x : 0;
  if (y != NULL)
    *y = conn->priv->cursor_moved ? conn->priv->cursor_y : 0;
  return conn->priv->cursor_moved;
}

/**
 * vnc_connection_get_abs_pointer:
 * @conn: the connection
 *
 * Tells how the server wants to get pointer events.
 *
 * Returns: %TRUE for absolute positions, which is so until the server says otherwise; %FALSE for relative motion
 */
gboolean
vnc_connection_get_abs_pointer (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  return conn->priv->abs_pointer;
}

/**
 * vnc_connection_get_ext_key_event:
 * @conn: the connection
 *
 * Tells whether the server takes scan codes.
 *
 * Returns: %TRUE when [method@Connection.key_event] sends them
 */
gboolean
vnc_connection_get_ext_key_event (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  return conn->priv->ext_key_event;
}

/**
 * vnc_connection_get_extended_buttons:
 * @conn: the connection
 *
 * Tells whether the server takes more than eight buttons of a pointer.
 *
 * Returns: %TRUE when [method@Connection.pointer_event_full] sends all of its mask
 *
 * Since: 2.0
 */
gboolean
vnc_connection_get_extended_buttons (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  return conn->priv->extended_buttons;
}

/**
 * vnc_connection_get_ledstate:
 * @conn: the connection
 *
 * Gets which lights of the server's keyboard are on.
 *
 * Returns: bits %VNC_LEDSTATE_SCROLL_LOCK, %VNC_LEDSTATE_NUM_LOCK and %VNC_LEDSTATE_CAPS_LOCK
 */
int
vnc_connection_get_ledstate (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), 0);

  return conn->priv->ledstate;
}

/**
 * vnc_connection_has_ledstate:
 * @conn: the connection
 *
 * Tells whether the server has told which lights of its keyboard are on.
 *
 * Returns: %TRUE when [method@Connection.get_ledstate] means something
 *
 * Since: 2.0
 */
gboolean
vnc_connection_has_ledstate (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  return conn->priv->has_ledstate;
}

/**
 * vnc_connection_set_shared:
 * @conn: the connection
 * @shared: %TRUE to leave other clients connected, %FALSE to have the desktop alone
 *
 * Sets what is asked of the server when the session begins (RFC 6143 section 7.3.1). %FALSE by default.
 *
 * Returns: %FALSE when the session has begun; the value then counts for the next one
 */
gboolean
vnc_connection_set_shared (VncConnection *conn,
                           gboolean       shared)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  conn->priv->shared = shared != FALSE;
  if (conn->priv->initialized)
    return FALSE;
  gvnc_connection_send (conn, gvnc_command_new (GVNC_COMMAND_SHARED, conn->priv->shared));
  return TRUE;
}

/**
 * vnc_connection_get_shared:
 * @conn: the connection
 *
 * Gets what was set with [method@Connection.set_shared].
 *
 * Returns: %TRUE when other clients stay connected
 */
gboolean
vnc_connection_get_shared (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  return conn->priv->shared;
}
