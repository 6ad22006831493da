/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Key codes of the QEMU extended key event: the code of an XT keyboard ("set 1"), with bit 7 standing for the prefix
 * 0xe0. 0 is no key. No toolkit is needed here. */

/* How the toolkit's hardware keycodes are numbered. */
typedef enum {
  GVNC_KEYCODES_EVDEV,    /* Linux input codes + 8: X.org's evdev rules, XWayland and Wayland compositors */
  GVNC_KEYCODES_XFREE86,  /* the numbers of old X servers, which Xvnc still uses */
} GvncKeycodes;

/* From what XKB calls the keycodes of the keyboard, as "evdev+aliases(qwerty)"; NULL and unknown names are evdev. */
GvncKeycodes gvnc_keymap_find_keycodes (const char   *xkb_name);

guint16      gvnc_keymap_scancode      (GvncKeycodes  keycodes,
                                        guint         hardware);
/* Where a keysym is on a keyboard with US layout, for keysyms that the current layout does not have. */
guint16      gvnc_keymap_us_scancode   (guint         keysym);
