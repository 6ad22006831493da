/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncdisplay-private.h"

#ifdef GDK_WINDOWING_X11
#include <X11/XKBlib.h>
#include <gdk/gdkx.h>
#endif

/* Keys: the keysym is what the local layout makes of the key, the scan code is the key itself. The connection sends the
 * scan code to servers that take it. */

static GvncKeycodes
keyboard_find_keycodes (GdkDisplay *display)
{
  GvncKeycodes keycodes = GVNC_KEYCODES_EVDEV;
#ifdef GDK_WINDOWING_X11
  if (GDK_IS_X11_DISPLAY (display)) {
    Display *xdisplay = gdk_x11_display_get_xdisplay (display);
    XkbDescPtr description = XkbAllocKeyboard ();

    gdk_x11_display_error_trap_push (display);
    if (description && XkbGetNames (xdisplay, XkbKeycodesNameMask, description) == Success
        && description->names && description->names->keycodes != None) {
      char *name = XGetAtomName (xdisplay, description->names->keycodes);

      keycodes = gvnc_keymap_find_keycodes (name);
      g_clear_pointer (&name, XFree);
    }
    gdk_x11_display_error_trap_pop_ignored (display);
    if (description)
      XkbFreeKeyboard (description, XkbAllComponentsMask, True);
  }
#endif
  return keycodes;
}

/* The question costs a round trip, so it is asked once for a display. */
static GvncKeycodes
keyboard_get_keycodes (GdkDisplay *display)
{
  static const char key[] = "gvnc-keycodes";
  GvncKeycodes keycodes;
  gpointer known = g_object_get_data (G_OBJECT (display), key);

  if (known)
    return (GvncKeycodes) (GPOINTER_TO_UINT (known) - 1);
  keycodes = keyboard_find_keycodes (display);
  g_object_set_data (G_OBJECT (display), key, GUINT_TO_POINTER (keycodes + 1));
  return keycodes;
}

/* Where a keysym is on the keyboard: by the current layout, else on a US keyboard. */
static guint16
keyboard_find_scancode (VncDisplay *self, guint keysym)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  g_autofree GdkKeymapKey *keys = NULL;
  int n_keys = 0;

  if (display && gdk_keymap_get_entries_for_keyval (gdk_keymap_get_for_display (display), keysym, &keys, &n_keys))
    for (int i = 0; i < n_keys; i++) {
      guint16 scancode = gvnc_keymap_scancode (keyboard_get_keycodes (display), keys[i].keycode);

      if (scancode != 0)
        return scancode;
    }
  return gvnc_keymap_us_scancode (keysym);
}

static void
keyboard_send_key (VncDisplay *self, const GvncKey *key, gboolean down)
{
  vnc_connection_key_event (self->priv->conn, down, key->keysym, key->scancode);
}

static guint
keyboard_local_locks (VncDisplay *self)
{
  GdkKeymap *keymap = gdk_keymap_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  return (gdk_keymap_get_num_lock_state (keymap) ? GVNC_LOCK_NUM : 0) |
         (gdk_keymap_get_caps_lock_state (keymap) ? GVNC_LOCK_CAPS : 0);
}

/* Presses what differs; @keysym is about to be sent, or 0. */
static void
keyboard_sync_locks (VncDisplay *self, guint keysym)
{
  static const struct {
    guint   lock;
    GvncKey key;
  } locks[] = {
    { GVNC_LOCK_NUM, { .keysym = GDK_KEY_Num_Lock, .scancode = 0x45 } },
    { GVNC_LOCK_CAPS, { .keysym = GDK_KEY_Caps_Lock, .scancode = 0x3a } },
  };
  guint wrong = gvnc_lock_state_press (&self->priv->lock_state, keyboard_local_locks (self), keysym);

  for (gsize i = 0; i < G_N_ELEMENTS (locks); i++)
    if (wrong & locks[i].lock) {
      keyboard_send_key (self, &locks[i].key, TRUE);
      keyboard_send_key (self, &locks[i].key, FALSE);
    }
}

void
gvnc_keyboard_focus (VncDisplay *self)
{
  if (!self->priv->read_only && vnc_connection_is_initialized (self->priv->conn))
    keyboard_sync_locks (self, 0);
}

void
gvnc_keyboard_lights (VncDisplay *self)
{
  gvnc_lock_state_told (&self->priv->lock_state, (guint) vnc_connection_get_ledstate (self->priv->conn));
}

static gboolean
keyboard_others_held (VncDisplay *self)
{
  const GvncHeldKeys *held = &self->priv->held_keys;

  for (guint i = 0; i < held->n_keys; i++)
    if (!gvnc_grab_match_has_key (&self->priv->grab_match, held->keys[i].keysym))
      return TRUE;
  return FALSE;
}

static void
keyboard_press (VncDisplay *self, const GvncKey *key)
{
  GvncKey before;

  switch (gvnc_held_keys_press (&self->priv->held_keys, key, &before)) {
  case GVNC_KEY_REPEATED:
    keyboard_send_key (self, &before, FALSE);
    keyboard_send_key (self, key, TRUE);
    break;
  case GVNC_KEY_PRESSED:
    keyboard_sync_locks (self, key->keysym);
    keyboard_send_key (self, key, TRUE);
    break;
  case GVNC_KEY_IGNORED:
  default:
    break;
  }
  gvnc_grab_match_press (&self->priv->grab_match, key->keysym, keyboard_others_held (self));
}

gboolean
gvnc_keyboard_event (GtkWidget *widget, GdkEventKey *event)
{
  VncDisplay *self = VNC_DISPLAY (widget);
  GvncKey key = {
    .hardware = event->hardware_keycode,
    .keysym = event->keyval == GDK_KEY_VoidSymbol ? 0 : event->keyval,
    .scancode = gvnc_keymap_scancode (keyboard_get_keycodes (gtk_widget_get_display (widget)),
                                      event->hardware_keycode),
  };

  if (self->priv->read_only || !vnc_connection_is_initialized (self->priv->conn))
    return FALSE;

  if (event->type == GDK_KEY_PRESS) {
    keyboard_press (self, &key);
  } else if (gvnc_held_keys_release (&self->priv->held_keys, key.hardware, &key)) {
    keyboard_send_key (self, &key, FALSE);
    if (gvnc_grab_match_release (&self->priv->grab_match, key.keysym))
      gvnc_grab_toggle (self);
  }
  return TRUE;
}

void
gvnc_keyboard_send (VncDisplay *self, const guint *keysyms, guint n_keysyms, VncDisplayKeyEvent kind)
{
  g_autofree GvncKey *keys = NULL;

  if (self->priv->read_only || !vnc_connection_is_initialized (self->priv->conn))
    return;

  keys = g_new0 (GvncKey, n_keysyms);
  for (guint i = 0; i < n_keysyms; i++) {
    keys[i].keysym = keysyms[i];
    keys[i].scancode = keyboard_find_scancode (self, keysyms[i]);
  }
  if (kind & VNC_DISPLAY_KEY_EVENT_PRESS)
    for (guint i = 0; i < n_keysyms; i++)
      keyboard_send_key (self, &keys[i], TRUE);
  if (kind & VNC_DISPLAY_KEY_EVENT_RELEASE)
    for (guint i = n_keysyms; i > 0; i--)
      keyboard_send_key (self, &keys[i - 1], FALSE);
}

void
gvnc_keyboard_release_all (VncDisplay *self)
{
  GvncKey key;

  gvnc_grab_match_reset (&self->priv->grab_match);
  while (gvnc_held_keys_pop (&self->priv->held_keys, &key))
    keyboard_send_key (self, &key, FALSE);
}

void
gvnc_keyboard_forget (VncDisplay *self)
{
  gvnc_grab_match_reset (&self->priv->grab_match);
  gvnc_held_keys_forget (&self->priv->held_keys);
  gvnc_lock_state_forget (&self->priv->lock_state);
}
