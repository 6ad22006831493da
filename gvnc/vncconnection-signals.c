/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncclipboard.h"
#include "vncconnection-private.h"
#include "vncconnectionenums.h"

#include "vncconnectionenums.h"

guint gvnc_connection_signals[VNC_N_SIGNALS];

/* Bindings know arrays in signals as GValueArray, deprecated or not. */
/* The arguments are named as introspection has always named them. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

void
gvnc_connection_create_signals (void)
{
  /**
   * VncConnection::vnc-cursor-changed:
   * @conn: the connection
   * @cursor: (nullable): the new shape, or %NULL when the server shows none
   *
   * Emitted when the server has sent another cursor shape.
   */
  gvnc_connection_signals[VNC_SIGNAL_CURSOR_CHANGED] =
    g_signal_new ("vnc-cursor-changed", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_cursor_changed),
                  NULL, NULL, NULL, G_TYPE_NONE, 1, VNC_TYPE_CURSOR);

  /**
   * VncConnection::vnc-pointer-mode-changed:
   * @conn: the connection
   * @object: %TRUE for absolute positions, %FALSE for relative motion
   *
   * Emitted when the server wants to get pointer events in another way.
   */
  gvnc_connection_signals[VNC_SIGNAL_POINTER_MODE_CHANGED] =
    g_signal_new ("vnc-pointer-mode-changed", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_pointer_mode_changed),
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  /**
   * VncConnection::vnc-bell:
   * @conn: the connection
   *
   * Emitted when the server rings the bell (RFC 6143 section 7.6.3).
   */
  gvnc_connection_signals[VNC_SIGNAL_BELL] =
    g_signal_new ("vnc-bell", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_bell),
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * VncConnection::vnc-server-cut-text:
   * @conn: the connection
   * @object: the bytes as the server sent them, in ISO 8859-1 by the specification, up to the first zero
   *
   * Emitted when somebody has copied a text on the server (RFC 6143 section 7.6.4).
   */
  gvnc_connection_signals[VNC_SIGNAL_SERVER_CUT_TEXT] =
    g_signal_new ("vnc-server-cut-text", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_server_cut_text),
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * VncConnection::vnc-framebuffer-update:
   * @conn: the connection
   * @object: left edge in pixels
   * @p0: top edge in pixels
   * @p1: width in pixels
   * @p2: height in pixels
   *
   * Emitted for each rectangle of an update, after its pixels were stored in the framebuffer.
   */
  gvnc_connection_signals[VNC_SIGNAL_FRAMEBUFFER_UPDATE] =
    g_signal_new ("vnc-framebuffer-update", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_framebuffer_update),
                  NULL, NULL, NULL, G_TYPE_NONE, 4, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT);

  /**
   * VncConnection::vnc-framebuffer-update-end:
   * @conn: the connection
   *
   * Emitted when a whole update of one rectangle or more was stored and its other signals were emitted.
   *
   * This is the place to ask for the next update.
   *
   * Since: 2.0
   */
  gvnc_connection_signals[VNC_SIGNAL_FRAMEBUFFER_UPDATE_END] =
    g_signal_new ("vnc-framebuffer-update-end", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * VncConnection::vnc-desktop-resize:
   * @conn: the connection
   * @object: new width in pixels
   * @p0: new height in pixels
   *
   * Emitted when the size of the server's desktop has changed.
   *
   * A new framebuffer should be set in a handler; of what is drawn on one that is too small the rest is lost.
   */
  gvnc_connection_signals[VNC_SIGNAL_DESKTOP_RESIZE] =
    g_signal_new ("vnc-desktop-resize", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_desktop_resize),
                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);

  /**
   * VncConnection::vnc-pixel-format-changed:
   * @conn: the connection
   * @object: the new format
   *
   * Emitted when the server has decided for another pixel format.
   */
  gvnc_connection_signals[VNC_SIGNAL_PIXEL_FORMAT_CHANGED] =
    g_signal_new ("vnc-pixel-format-changed", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_pixel_format_changed),
                  NULL, NULL, NULL, G_TYPE_NONE, 1, VNC_TYPE_PIXEL_FORMAT);

  /**
   * VncConnection::vnc-auth-failure:
   * @conn: the connection
   * @object: why, in the server's words where it gave any
   *
   * Emitted when the server does not let us in. The connection then ends.
   */
  gvnc_connection_signals[VNC_SIGNAL_AUTH_FAILURE] =
    g_signal_new ("vnc-auth-failure", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_auth_failure),
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * VncConnection::vnc-auth-unsupported:
   * @conn: the connection
   * @object: a [enum@ConnectionAuth] value, or a number that it does not know
   *
   * Emitted when no way to authenticate is known to both sides. The connection then ends.
   */
  gvnc_connection_signals[VNC_SIGNAL_AUTH_UNSUPPORTED] =
    g_signal_new ("vnc-auth-unsupported", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_auth_unsupported),
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  /**
   * VncConnection::vnc-auth-credential:
   * @conn: the connection
   * @object: [enum@ConnectionCredential] values
   *
   * Emitted when credentials are needed that were not set before.
   *
   * The connection waits until each of them was given with [method@Connection.set_credential].
   */
  gvnc_connection_signals[VNC_SIGNAL_AUTH_CREDENTIAL] =
    g_signal_new ("vnc-auth-credential", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_auth_credential),
                  NULL, NULL, NULL, G_TYPE_NONE, 1, g_value_array_get_type ());

  /**
   * VncConnection::vnc-credentials-requested:
   * @conn: the connection
   * @request: what is needed, and where it would go
   *
   * Emitted when credentials are needed that were not set before; the connection waits.
   *
   * A handler that returns %TRUE answers the request, at once or later. When none does,
   * [signal@Connection::vnc-auth-credential] is emitted.
   *
   * Returns: %TRUE when the handler sees to the answer
   *
   * Since: 2.0
   */
  gvnc_connection_signals[VNC_SIGNAL_CREDENTIALS_REQUESTED] =
    g_signal_new ("vnc-credentials-requested", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_LAST,
                  0,
                  g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 1, VNC_TYPE_CREDENTIAL_REQUEST);

  /**
   * VncConnection::vnc-auth-choose-type:
   * @conn: the connection
   * @object: [enum@ConnectionAuth] values, in the server's order
   *
   * Emitted when the server has said how one may authenticate.
   *
   * Types that this library does not speak are left out, and with [property@Connection:reconnect] those that have failed
   * already, when the signal comes again. The connection waits until one was chosen with
   * [method@Connection.set_auth_type].
   */
  gvnc_connection_signals[VNC_SIGNAL_AUTH_CHOOSE_TYPE] =
    g_signal_new ("vnc-auth-choose-type", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_auth_choose_type),
                  NULL, NULL, NULL, G_TYPE_NONE, 1, g_value_array_get_type ());

  /**
   * VncConnection::vnc-auth-choose-subtype:
   * @conn: the connection
   * @object: the [enum@ConnectionAuth] value that was chosen before
   * @p0: values of the type's own enumeration, in the server's order
   *
   * Emitted when the chosen type offers a choice of its own.
   *
   * The connection waits until one was chosen with [method@Connection.set_auth_subtype].
   */
  gvnc_connection_signals[VNC_SIGNAL_AUTH_CHOOSE_SUBTYPE] =
    g_signal_new ("vnc-auth-choose-subtype", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_auth_choose_subtype),
                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, g_value_array_get_type ());

  /**
   * VncConnection::vnc-connected:
   * @conn: the connection
   *
   * Emitted when the link to the server is there; nothing has passed over it yet.
   */
  gvnc_connection_signals[VNC_SIGNAL_CONNECTED] =
    g_signal_new ("vnc-connected", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_connected),
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * VncConnection::vnc-initialized:
   * @conn: the connection
   *
   * Emitted when the session begins: size, name and pixel format of the desktop are known.
   *
   * A handler sets a framebuffer, pixel format and encodings, and asks for the first update.
   */
  gvnc_connection_signals[VNC_SIGNAL_INITIALIZED] =
    g_signal_new ("vnc-initialized", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_initialized),
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * VncConnection::vnc-disconnected:
   * @conn: the connection
   *
   * Emitted once when the connection has ended, for whatever reason. It may then be opened again.
   */
  gvnc_connection_signals[VNC_SIGNAL_DISCONNECTED] =
    g_signal_new ("vnc-disconnected", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_disconnected),
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * VncConnection::vnc-led-state:
   * @conn: the connection
   *
   * Emitted when the lights of the server's keyboard have changed; see [method@Connection.get_ledstate].
   */
  gvnc_connection_signals[VNC_SIGNAL_LED_STATE] =
    g_signal_new ("vnc-led-state", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_led_state),
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * VncConnection::vnc-error:
   * @conn: the connection
   * @object: a sentence for people
   *
   * Emitted when the connection ends because something went wrong; [signal@Connection::vnc-disconnected] follows.
   */
  gvnc_connection_signals[VNC_SIGNAL_ERROR] =
    g_signal_new ("vnc-error", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_error),
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * VncConnection::vnc-power-control-initialized:
   * @conn: the connection
   *
   * Emitted when the server allows to control the power of its machine; see [method@Connection.power_control].
   */
  gvnc_connection_signals[VNC_SIGNAL_POWER_CONTROL_INITIALIZED] =
    g_signal_new ("vnc-power-control-initialized", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_power_control_initialized),
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * VncConnection::vnc-power-control-failed:
   * @conn: the connection
   *
   * Emitted when the server could not do what [method@Connection.power_control] had asked for.
   */
  gvnc_connection_signals[VNC_SIGNAL_POWER_CONTROL_FAILED] =
    g_signal_new ("vnc-power-control-failed", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_power_control_failed),
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * VncConnection::vnc-desktop-rename:
   * @conn: the connection
   * @object: the new name
   *
   * Emitted when the server's desktop has got another name.
   */
  gvnc_connection_signals[VNC_SIGNAL_DESKTOP_RENAME] =
    g_signal_new ("vnc-desktop-rename", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncConnectionClass, vnc_desktop_rename),
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * VncConnection::vnc-screens-changed:
   * @conn: the connection
   * @reason: who has changed the screens, or tried to
   * @status: what became of it; only this client's own requests can fail
   *
   * Emitted when the screens of the server's desktop have changed, after the desktop itself, and whenever the server has
   * answered a request of a client for that; see [method@Connection.get_screens].
   *
   * Since: 2.0
   */
  gvnc_connection_signals[VNC_SIGNAL_SCREENS_CHANGED] =
    g_signal_new ("vnc-screens-changed", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  0,
                  NULL, NULL, NULL, G_TYPE_NONE, 2, VNC_TYPE_CONNECTION_RESIZE_REASON, VNC_TYPE_CONNECTION_RESIZE_STATUS);

  /**
   * VncConnection::vnc-cursor-moved:
   * @conn: the connection
   * @x: position in pixels of the desktop
   * @y: position in pixels of the desktop
   *
   * Emitted when the server's pointer has moved by itself, or another client has moved it.
   *
   * Only servers that were asked for it with the encodings PointerPos or VMware Cursor Position tell that. See
   * [method@Connection.get_cursor_position].
   *
   * Since: 2.0
   */
  gvnc_connection_signals[VNC_SIGNAL_CURSOR_MOVED] =
    g_signal_new ("vnc-cursor-moved", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  0,
                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);

  /**
   * VncConnection::vnc-clipboard-offered:
   * @conn: the connection
   * @formats: what there is; 0 when the server's clipboard is empty
   *
   * Emitted when something else is on the server's clipboard, as far as [property@Connection:extended-clipboard] and the
   * server allow it; see [method@Connection.clipboard_request_async].
   *
   * Since: 2.0
   */
  gvnc_connection_signals[VNC_SIGNAL_CLIPBOARD_OFFERED] =
    g_signal_new ("vnc-clipboard-offered", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, VNC_TYPE_CLIPBOARD_FORMATS);

  /**
   * VncConnection::vnc-clipboard-requested:
   * @conn: the connection
   * @format: one format of those that were offered
   *
   * Emitted when the server wants to have what [method@Connection.clipboard_offer] has offered; each one is to be answered
   * with [method@Connection.clipboard_provide].
   *
   * Since: 2.0
   */
  gvnc_connection_signals[VNC_SIGNAL_CLIPBOARD_REQUESTED] =
    g_signal_new ("vnc-clipboard-requested", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, VNC_TYPE_CLIPBOARD_FORMATS);

  /**
   * VncConnection::vnc-verify-certificate:
   * @conn: the connection
   * @certificate: what the server has shown, and what speaks against it
   *
   * Emitted when it cannot be told that the server is who it should be; the connection waits.
   *
   * No credentials were sent yet. A handler that returns %TRUE calls [method@Connection.accept_certificate], at once or
   * after having asked somebody; without one the connection ends with an error.
   *
   * Returns: %TRUE when the handler sees to the answer
   *
   * Since: 2.0
   */
  gvnc_connection_signals[VNC_SIGNAL_VERIFY_CERTIFICATE] =
    g_signal_new ("vnc-verify-certificate", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_LAST,
                  0,
                  g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 1, VNC_TYPE_CERTIFICATE);

  /**
   * VncConnection::vnc-reconnecting:
   * @conn: the connection
   * @attempt: which try will be next, from 1 on; ten in a row are made
   * @delay: milliseconds until then
   *
   * Emitted with [property@Connection:reconnect] when a session has lost its link, or a try to begin it anew has failed; also
   * when a security type has failed before there was a session, and another is tried.
   *
   * It comes in place of [signal@Connection::vnc-error] and [signal@Connection::vnc-disconnected], which tell that it is given up
   * for good. The connection stays open: the framebuffer keeps its picture, credentials of the session are kept in memory,
   * and what is sent has no effect until [signal@Connection::vnc-initialized] comes again, after the signals of any opening.
   * Credentials and choices that are set before the next try are used in place of those of the session.
   * [method@Connection.shutdown] ends it. Descriptors and streams cannot be connected to again.
   *
   * Since: 2.0
   */
  gvnc_connection_signals[VNC_SIGNAL_RECONNECTING] =
    g_signal_new ("vnc-reconnecting", VNC_TYPE_CONNECTION, G_SIGNAL_RUN_FIRST,
                  0,
                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

G_GNUC_END_IGNORE_DEPRECATIONS
