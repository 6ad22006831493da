/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncdisplay-private.h"

/* The arguments are named `object` and `p0` below because bindings have always seen them so. */
static guint display_signals[GVNC_DISPLAY_N_SIGNALS];

void
gvnc_display_emit (VncDisplay *self, GvncDisplaySignal signal, ...)
{
  va_list arguments;

  va_start (arguments, signal);
  g_signal_emit_valist (self, display_signals[signal], 0, arguments);
  va_end (arguments);
}

/* GValueArray is deprecated, but part of the interface. */
static GType
display_value_array_type (void)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  return g_value_array_get_type ();
  G_GNUC_END_IGNORE_DEPRECATIONS
}

void
gvnc_display_install_signals (void)
{
  /**
   * VncDisplay::vnc-connected:
   *
   * The server was reached; nothing was read from it yet.
   */
  display_signals[GVNC_DISPLAY_CONNECTED] =
    g_signal_new ("vnc-connected", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncDisplayClass, vnc_connected), NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * VncDisplay::vnc-initialized:
   *
   * The session has begun: size, name and picture memory are there, and a first update was asked for.
   */
  display_signals[GVNC_DISPLAY_INITIALIZED] =
    g_signal_new ("vnc-initialized", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncDisplayClass, vnc_initialized), NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * VncDisplay::vnc-disconnected:
   *
   * The session is over, or did not come about. Comes exactly once for each opening; the widget can be opened again.
   */
  display_signals[GVNC_DISPLAY_DISCONNECTED] =
    g_signal_new ("vnc-disconnected", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncDisplayClass, vnc_disconnected), NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * VncDisplay::vnc-error:
   * @display: the widget
   * @object: one sentence for people
   *
   * Something went wrong; [signal@Display::vnc-disconnected] follows.
   */
  display_signals[GVNC_DISPLAY_ERROR] =
    g_signal_new ("vnc-error", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_FIRST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * VncDisplay::vnc-auth-credential:
   * @display: the widget
   * @object: the wanted [enum@DisplayCredential] values
   *
   * The server wants to know something that was not set yet.
   *
   * Answer with [method@Display.set_credential] for each, in the handler or at any time later.
   */
  display_signals[GVNC_DISPLAY_AUTH_CREDENTIAL] =
    g_signal_new ("vnc-auth-credential", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_FIRST,
                  G_STRUCT_OFFSET (VncDisplayClass, vnc_auth_credential), NULL, NULL, NULL,
                  G_TYPE_NONE, 1, display_value_array_type ());

  /**
   * VncDisplay::vnc-pointer-grab:
   *
   * The pointer was grabbed.
   */
  display_signals[GVNC_DISPLAY_POINTER_GRAB] =
    g_signal_new ("vnc-pointer-grab", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_LAST | G_SIGNAL_NO_HOOKS,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * VncDisplay::vnc-pointer-ungrab:
   *
   * The pointer is free again.
   */
  display_signals[GVNC_DISPLAY_POINTER_UNGRAB] =
    g_signal_new ("vnc-pointer-ungrab", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_LAST | G_SIGNAL_NO_HOOKS,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * VncDisplay::vnc-keyboard-grab:
   *
   * The keyboard was grabbed.
   */
  display_signals[GVNC_DISPLAY_KEYBOARD_GRAB] =
    g_signal_new ("vnc-keyboard-grab", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_LAST | G_SIGNAL_NO_HOOKS,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * VncDisplay::vnc-keyboard-ungrab:
   *
   * The keyboard is free again.
   */
  display_signals[GVNC_DISPLAY_KEYBOARD_UNGRAB] =
    g_signal_new ("vnc-keyboard-ungrab", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_LAST | G_SIGNAL_NO_HOOKS,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * VncDisplay::vnc-desktop-resize:
   * @display: the widget
   * @object: its width in pixels
   * @p0: its height in pixels
   *
   * The size of the desktop is known or has changed.
   *
   * The first time in a session it comes before [signal@Display::vnc-initialized].
   */
  display_signals[GVNC_DISPLAY_DESKTOP_RESIZE] =
    g_signal_new ("vnc-desktop-resize", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_LAST | G_SIGNAL_NO_HOOKS,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);

  /**
   * VncDisplay::vnc-desktop-rename:
   * @display: the widget
   * @object: the new name
   *
   * The desktop has a new name.
   */
  display_signals[GVNC_DISPLAY_DESKTOP_RENAME] =
    g_signal_new ("vnc-desktop-rename", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_LAST | G_SIGNAL_NO_HOOKS,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * VncDisplay::vnc-auth-failure:
   * @display: the widget
   * @object: what the server says
   *
   * The server did not accept the credentials; [signal@Display::vnc-disconnected] follows.
   */
  display_signals[GVNC_DISPLAY_AUTH_FAILURE] =
    g_signal_new ("vnc-auth-failure", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_LAST | G_SIGNAL_NO_HOOKS,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * VncDisplay::vnc-auth-unsupported:
   * @display: the widget
   * @object: a [enum@GVnc.ConnectionAuth]
   *
   * The server asks for a way of authentication that is not supported; [signal@Display::vnc-disconnected] follows.
   */
  display_signals[GVNC_DISPLAY_AUTH_UNSUPPORTED] =
    g_signal_new ("vnc-auth-unsupported", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_LAST | G_SIGNAL_NO_HOOKS,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);

  /**
   * VncDisplay::vnc-server-cut-text:
   * @display: the widget
   * @object: the text as the server sent it, in its character set
   *
   * The clipboard of the server has a new text. Not emitted while the widget is read-only.
   */
  display_signals[GVNC_DISPLAY_SERVER_CUT_TEXT] =
    g_signal_new ("vnc-server-cut-text", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_LAST | G_SIGNAL_NO_HOOKS,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * VncDisplay::vnc-bell:
   *
   * The server rings its bell. Nothing is played.
   */
  display_signals[GVNC_DISPLAY_BELL] =
    g_signal_new ("vnc-bell", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_LAST | G_SIGNAL_NO_HOOKS,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * VncDisplay::vnc-power-control-initialized:
   *
   * The server lets itself be shut down and restarted with [method@GVnc.Connection.power_control].
   */
  display_signals[GVNC_DISPLAY_POWER_CONTROL_INITIALIZED] =
    g_signal_new ("vnc-power-control-initialized", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_LAST | G_SIGNAL_NO_HOOKS,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * VncDisplay::vnc-power-control-failed:
   *
   * The server did not do what [method@GVnc.Connection.power_control] asked for.
   */
  display_signals[GVNC_DISPLAY_POWER_CONTROL_FAILED] =
    g_signal_new ("vnc-power-control-failed", VNC_TYPE_DISPLAY, G_SIGNAL_RUN_LAST | G_SIGNAL_NO_HOOKS,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}
