/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define VNC_TYPE_SCREEN (vnc_screen_get_type ())

typedef struct _VncScreen VncScreen;

/**
 * VncScreen:
 * @id: the server's number of the screen, which no other screen of the desktop has
 * @x: left edge in pixels of the desktop
 * @y: top edge in pixels of the desktop
 * @width: width in pixels
 * @height: height in pixels
 * @flags: bits without a meaning so far; they are to be handed back as the server gave them
 *
 * A part of a desktop that one monitor shows (rfbproto, ExtendedDesktopSize).
 *
 * Since: 2.0
 */
struct _VncScreen {
  guint32 id;
  guint16 x;
  guint16 y;
  guint16 width;
  guint16 height;
  guint32 flags;
};

GType      vnc_screen_get_type (void);
VncScreen *vnc_screen_new      (guint32          id,
                                guint16          x,
                                guint16          y,
                                guint16          width,
                                guint16          height,
                                guint32          flags);
VncScreen *vnc_screen_copy     (VncScreen       *screen);
void       vnc_screen_free     (VncScreen       *screen);
gboolean   vnc_screen_equal    (const VncScreen *screen,
                                const VncScreen *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VncScreen, vnc_screen_free)

G_END_DECLS
