/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "auth-choice.h"
#include "offer.h"
#include "vncdisplay-private.h"
#include "vncdisplayenums.h"

#include <glib/gi18n-lib.h>
#include <vncconnectionenums.h>

/* What the connection tells, and what the widget does about it.
 *
 * Who asks for updates: the widget, not the connection. For the whole desktop once the session is initialized and after
 * each change of size; incrementally when a message of the server that holds an update, of pixels or of anything else,
 * was drawn and told, once for each.
 *
 * The handlers run inside the connection's signals. An application may close, open or destroy from within the widget's
 * signals, so a handler holds a reference, and before it goes on it asks whether the session is still the one that it has
 * begun with: to find the connection open says nothing, it may be another one by then. */

/* Whether the session that began when priv->session was @session is still there. */
static gboolean
session_goes_on (VncDisplay *self, guint session)
{
  return self->priv->session == session && vnc_connection_is_open (self->priv->conn);
}

static void
session_on_connected (VncConnection *conn, VncDisplay *self)
{
  vnc_connection_set_shared (conn, self->priv->shared);
  gvnc_display_emit (self, GVNC_DISPLAY_CONNECTED);
}

/* Security */

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

/* The numbers in an array of enum values of whatever type. */
static guint *
session_numbers (const GValueArray *array)
{
  guint *numbers = g_new0 (guint, array->n_values + 1);

  for (guint i = 0; i < array->n_values; i++)
    numbers[i] = (guint) g_value_get_enum (&array->values[i]);
  return numbers;
}

/* The end that the widget wants itself. An application may let go of the widget right after vnc_display_close() and wait
 * for vnc-disconnected all the same, as virt-viewer does before it quits: until then the widget holds itself. */
static void
session_shutdown (VncDisplay *self)
{
  /* First: what waits for the connection hears of the end, and may open it again, which says vnc-disconnected. */
  if (!self->priv->closing) {
    self->priv->closing = TRUE;
    g_object_ref (self);
  }
  vnc_connection_shutdown (self->priv->conn);
}

/* Drops the reference that session_shutdown() took; the caller has another one. */
static void
session_let_go (VncDisplay *self)
{
  if (!self->priv->closing)
    return;
  self->priv->closing = FALSE;
  g_object_unref (self);
}

static void
session_refuse (VncDisplay *self, const guint *offered, guint n_offered)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *message = NULL;
  guint session = self->priv->session;

  for (guint i = 0; i < n_offered; i++)
    g_string_append_printf (list, "%s%u", i ? ", " : "", offered[i]);
  message = g_strdup_printf (_("The server offers no security type that is supported here (offered: %s)"), list->str);

  g_object_ref (self);
  gvnc_display_emit (self, GVNC_DISPLAY_AUTH_UNSUPPORTED, offered[0]);
  if (session_goes_on (self, session))
    gvnc_display_emit (self, GVNC_DISPLAY_ERROR, message);
  if (session_goes_on (self, session))
    session_shutdown (self);
  g_object_unref (self);
}

/* Whether somebody can say that the server's key is the right one: a handler, or what is remembered. */
static gboolean
session_knows_keys (VncConnection *conn)
{
  g_autofree char *known_hosts = NULL;
  gboolean first_use;

  g_object_get (conn, "trust-on-first-use", &first_use, "known-hosts-file", &known_hosts, NULL);
  return first_use || known_hosts
         || g_signal_has_handler_pending (conn, g_signal_lookup ("vnc-verify-certificate", VNC_TYPE_CONNECTION), 0, FALSE);
}

/* What was chosen before there was an offer, by the application, its address or the session that was lost, holds: the address
 * knows its server, and a lost session comes back no weaker than it was. */
static gboolean
session_has_chosen (VncConnection *conn, const char *property)
{
  guint number;

  g_object_get (conn, property, &number, NULL);
  return number != 0;
}

static void
session_on_auth_choose_type (VncConnection *conn, GValueArray *types, VncDisplay *self)
{
  g_autofree guint *offered = session_numbers (types);
  guint type;

  if (session_has_chosen (conn, "auth-type") || vnc_connection_get_auth_order (conn, NULL))
    return;
  type = gvnc_auth_choose (offered, types->n_values, session_knows_keys (conn));
  if (type != VNC_CONNECTION_AUTH_INVALID)
    vnc_connection_set_auth_type (conn, type);
  else
    session_refuse (self, offered, types->n_values);
}

static void
session_on_auth_choose_subtype (VncConnection *conn, guint type, GValueArray *subtypes, VncDisplay *self)
{
  g_autofree guint *offered = session_numbers (subtypes);
  guint subtype;

  if (session_has_chosen (conn, "auth-subtype") || vnc_connection_get_auth_subtype_order (conn, NULL))
    return;
  subtype = gvnc_auth_choose_subtype (offered, subtypes->n_values);
  if (subtype != 0)
    vnc_connection_set_auth_subtype (conn, subtype);
  else
    session_refuse (self, offered, subtypes->n_values);
}

/* The widget has an enumeration of its own, with the same numbers. */
static void
session_on_auth_credential (VncConnection *conn, GValueArray *wanted, VncDisplay *self)
{
  g_autofree guint *numbers = session_numbers (wanted);
  GValueArray *list = g_value_array_new (wanted->n_values);

  for (guint i = 0; i < wanted->n_values; i++) {
    GValue value = G_VALUE_INIT;

    g_value_init (&value, VNC_TYPE_DISPLAY_CREDENTIAL);
    g_value_set_enum (&value, (int) numbers[i]);
    g_value_array_append (list, &value);
    g_value_unset (&value);
  }
  gvnc_display_emit (self, GVNC_DISPLAY_AUTH_CREDENTIAL, list);
  g_value_array_free (list);
}

G_GNUC_END_IGNORE_DEPRECATIONS

static void
session_on_auth_failure (VncConnection *conn, const char *reason, VncDisplay *self)
{
  gvnc_display_emit (self, GVNC_DISPLAY_AUTH_FAILURE, reason);
}

static void
session_on_auth_unsupported (VncConnection *conn, guint type, VncDisplay *self)
{
  gvnc_display_emit (self, GVNC_DISPLAY_AUTH_UNSUPPORTED, type);
}

/* Picture */

static void
session_request_all (VncDisplay *self, gboolean incremental)
{
  vnc_connection_framebuffer_update_request (self->priv->conn, incremental, 0, 0,
                                             (guint16) self->priv->desktop_width,
                                             (guint16) self->priv->desktop_height);
}

/* Makes memory for a desktop of this size. FALSE: there cannot be one, and the session is over; or somebody has ended it who
 * heard of the new framebuffer. */
static gboolean
session_make_framebuffer (VncDisplay *self, int width, int height, const VncPixelFormat *remote)
{
  VncDisplayPrivate *priv = self->priv;
  VncCairoFramebuffer *framebuffer = NULL;
  g_autofree char *message = NULL;
  guint session = priv->session;

  if (width >= 0 && width <= G_MAXUINT16 && height >= 0 && height <= G_MAXUINT16)
    framebuffer = vnc_cairo_framebuffer_new ((guint16) width, (guint16) height, remote);
  if (!framebuffer) {
    message = g_strdup_printf (_("The desktop of %d×%d pixels is too large to be shown"), width, height);
    gvnc_display_emit (self, GVNC_DISPLAY_ERROR, message);
    if (session_goes_on (self, session))
      session_shutdown (self);
    return FALSE;
  }

  g_set_object (&priv->framebuffer, framebuffer);
  g_object_unref (framebuffer);
  gvnc_renderer_reset (self);
  priv->desktop_width = width;
  priv->desktop_height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  /* Last: it is a property of the connection, and others may listen. */
  vnc_connection_set_framebuffer (priv->conn, VNC_FRAMEBUFFER (priv->framebuffer));
  return session_goes_on (self, session);
}

static gboolean
session_is_alive (VncDisplay *self)
{
  return self->priv->framebuffer && vnc_connection_is_initialized (self->priv->conn);
}

static void
session_on_initialized (VncConnection *conn, VncDisplay *self)
{
  VncDisplayPrivate *priv = self->priv;
  VncPixelFormat format;
  guint session = priv->session;

  g_object_ref (self);
  priv->absolute = vnc_connection_get_abs_pointer (conn);
  priv->outdated = FALSE;
  gvnc_keyboard_forget (self);
  gvnc_pointer_forget (self);

  gvnc_offer_pixel_format ((GvncDepth) priv->depth, vnc_connection_get_pixel_format (conn), &format);
  vnc_connection_set_pixel_format (conn, &format);
  if (session_make_framebuffer (self, vnc_connection_get_width (conn), vnc_connection_get_height (conn), &format)) {
    gvnc_offer_encodings (conn, priv->lossy, priv->show_remote);
    session_request_all (self, FALSE);
    gvnc_cursor_update (self);
    gvnc_display_notify_desktop (self);
    gvnc_display_notify_name (self);
    if (session_goes_on (self, session))
      gvnc_display_emit (self, GVNC_DISPLAY_DESKTOP_RESIZE, priv->desktop_width, priv->desktop_height);
    if (session_goes_on (self, session) && session_is_alive (self))
      gvnc_display_emit (self, GVNC_DISPLAY_INITIALIZED);
  }
  g_object_unref (self);
}

static void
session_on_framebuffer_update (VncConnection *conn, int x, int y, int width, int height, VncDisplay *self)
{
  GvncArea area = { x, y, width, height };

  if (session_is_alive (self))
    gvnc_renderer_damage (self, &area);
}

static void
session_on_framebuffer_update_end (VncConnection *conn, VncDisplay *self)
{
  VncDisplayPrivate *priv = self->priv;

  if (!session_is_alive (self))
    return;
  if (priv->outdated)
    session_request_all (self, FALSE);
  priv->outdated = FALSE;
  session_request_all (self, TRUE);
  gvnc_resize_retry (self);
}

static void
session_on_desktop_resize (VncConnection *conn, int width, int height, VncDisplay *self)
{
  VncDisplayPrivate *priv = self->priv;
  VncPixelFormat format;
  guint session = priv->session;
  gboolean fits;

  if (!session_is_alive (self))
    return;
  g_object_ref (self);
  format = *vnc_connection_get_pixel_format (conn);
  /* After a change of format all may be done already. */
  fits = priv->desktop_width == width && priv->desktop_height == height
         && vnc_pixel_format_match (vnc_framebuffer_get_remote_format (VNC_FRAMEBUFFER (priv->framebuffer)), &format);
  if (!fits && session_make_framebuffer (self, width, height, &format))
    fits = priv->outdated = TRUE;
  if (fits) {
    gvnc_display_notify_desktop (self);
    if (session_goes_on (self, session))
      gvnc_display_emit (self, GVNC_DISPLAY_DESKTOP_RESIZE, width, height);
  }
  g_object_unref (self);
}

/* The server has chosen another format by itself, and perhaps another size, which a signal of its own tells. */
static void
session_on_pixel_format_changed (VncConnection *conn, VncPixelFormat *format, VncDisplay *self)
{
  if (!session_is_alive (self))
    return;
  g_object_ref (self);
  if (session_make_framebuffer (self, vnc_connection_get_width (conn), vnc_connection_get_height (conn), format))
    self->priv->outdated = TRUE;
  g_object_unref (self);
}

/* The rest */

static void
session_on_cursor_changed (VncConnection *conn, VncCursor *cursor, VncDisplay *self)
{
  gvnc_cursor_update (self);
  gvnc_remote_pointer_reshape (self);
}

static void
session_on_cursor_moved (VncConnection *conn, int x, int y, VncDisplay *self)
{
  if (session_is_alive (self))
    gvnc_remote_pointer_moved (self);
}

static void
session_on_pointer_mode_changed (VncConnection *conn, gboolean absolute, VncDisplay *self)
{
  self->priv->absolute = absolute;
  gvnc_cursor_update (self);
  /* Nothing is left that the pointer would have to be held for. */
  if (absolute && self->priv->pointer_grabbed)
    gvnc_grab_set (self, FALSE, FALSE);
}

static void
session_on_desktop_rename (VncConnection *conn, const char *name, VncDisplay *self)
{
  guint session = self->priv->session;

  g_object_ref (self);
  gvnc_display_notify_name (self);
  if (session_goes_on (self, session))
    gvnc_display_emit (self, GVNC_DISPLAY_DESKTOP_RENAME, name);
  g_object_unref (self);
}

static void
session_on_server_cut_text (VncConnection *conn, const char *text, VncDisplay *self)
{
  if (!self->priv->read_only)
    gvnc_display_emit (self, GVNC_DISPLAY_SERVER_CUT_TEXT, text);
}

static void
session_on_bell (VncConnection *conn, VncDisplay *self)
{
  gvnc_display_emit (self, GVNC_DISPLAY_BELL);
}

static void
session_on_led_state (VncConnection *conn, VncDisplay *self)
{
  gvnc_keyboard_lights (self);
}

static void
session_on_power_control_initialized (VncConnection *conn, VncDisplay *self)
{
  gvnc_display_emit (self, GVNC_DISPLAY_POWER_CONTROL_INITIALIZED);
}

static void
session_on_power_control_failed (VncConnection *conn, VncDisplay *self)
{
  gvnc_display_emit (self, GVNC_DISPLAY_POWER_CONTROL_FAILED);
}

static void
session_on_error (VncConnection *conn, const char *message, VncDisplay *self)
{
  gvnc_display_emit (self, GVNC_DISPLAY_ERROR, message);
}

/* What belongs to a session goes; the size request stays, so that the window keeps its size. */
static void
session_clear (VncDisplay *self)
{
  VncDisplayPrivate *priv = self->priv;

  gvnc_resize_cancel (self);
  gvnc_keyboard_forget (self);
  gvnc_pointer_forget (self);
  priv->absolute = TRUE;
  if (priv->framebuffer) {
    g_clear_object (&priv->framebuffer);
    gvnc_renderer_reset (self);
    gtk_widget_queue_draw (GTK_WIDGET (self));
  }
  gvnc_cursor_update (self);
}

static void
session_on_disconnected (VncConnection *conn, VncDisplay *self)
{
  g_object_ref (self);
  /* First: a handler may open and close again. */
  self->priv->session++;
  session_let_go (self);
  session_clear (self);
  gvnc_grab_set (self, FALSE, FALSE);
  gvnc_display_notify_desktop (self);
  gvnc_display_notify_name (self);
  gvnc_display_emit (self, GVNC_DISPLAY_DISCONNECTED);
  g_object_unref (self);
}

void
gvnc_session_close (VncDisplay *self)
{
  guint session = self->priv->session;
  gboolean was_open = vnc_connection_is_open (self->priv->conn);

  g_object_ref (self);
  gvnc_grab_set (self, FALSE, FALSE);
  if (was_open && session_goes_on (self, session)) {
    gvnc_keyboard_release_all (self);
    session_shutdown (self);
  }
  g_object_unref (self);
}

void
gvnc_session_dispose (VncDisplay *self)
{
  gvnc_session_close (self);
  /* Who heard that the grabs have ended may have opened again. */
  vnc_connection_shutdown (self->priv->conn);
  session_let_go (self);
}

void
gvnc_session_attach (VncDisplay *self)
{
  static const struct {
    const char *signal;
    GCallback   handler;
  } handlers[] = {
    { "vnc-connected", G_CALLBACK (session_on_connected) },
    { "vnc-auth-choose-type", G_CALLBACK (session_on_auth_choose_type) },
    { "vnc-auth-choose-subtype", G_CALLBACK (session_on_auth_choose_subtype) },
    { "vnc-auth-credential", G_CALLBACK (session_on_auth_credential) },
    { "vnc-auth-failure", G_CALLBACK (session_on_auth_failure) },
    { "vnc-auth-unsupported", G_CALLBACK (session_on_auth_unsupported) },
    { "vnc-initialized", G_CALLBACK (session_on_initialized) },
    { "vnc-framebuffer-update", G_CALLBACK (session_on_framebuffer_update) },
    { "vnc-framebuffer-update-end", G_CALLBACK (session_on_framebuffer_update_end) },
    { "vnc-desktop-resize", G_CALLBACK (session_on_desktop_resize) },
    { "vnc-pixel-format-changed", G_CALLBACK (session_on_pixel_format_changed) },
    { "vnc-cursor-changed", G_CALLBACK (session_on_cursor_changed) },
    { "vnc-cursor-moved", G_CALLBACK (session_on_cursor_moved) },
    { "vnc-pointer-mode-changed", G_CALLBACK (session_on_pointer_mode_changed) },
    { "vnc-desktop-rename", G_CALLBACK (session_on_desktop_rename) },
    { "vnc-server-cut-text", G_CALLBACK (session_on_server_cut_text) },
    { "vnc-bell", G_CALLBACK (session_on_bell) },
    { "vnc-led-state", G_CALLBACK (session_on_led_state) },
    { "vnc-power-control-initialized", G_CALLBACK (session_on_power_control_initialized) },
    { "vnc-power-control-failed", G_CALLBACK (session_on_power_control_failed) },
    { "vnc-error", G_CALLBACK (session_on_error) },
    { "vnc-disconnected", G_CALLBACK (session_on_disconnected) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->priv->conn, handlers[i].signal, handlers[i].handler, self, 0);
}
