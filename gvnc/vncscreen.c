/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncscreen.h"

#include "vncboxed-private.h"

GVNC_DEFINE_BOXED_TYPE (VncScreen, vnc_screen)

/**
 * vnc_screen_new:
 * @id: number of the screen
 * @x: left edge in pixels of the desktop
 * @y: top edge in pixels of the desktop
 * @width: width in pixels
 * @height: height in pixels
 * @flags: the server's flags, 0 for a new screen
 *
 * Makes a screen.
 *
 * Returns: (transfer full): a new screen
 *
 * Since: 2.0
 */
VncScreen *
vnc_screen_new (guint32 id,
                guint16 x,
                guint16 y,
                guint16 width,
                guint16 height,
                guint32 flags)
{
  VncScreen *screen = g_new (VncScreen, 1);

  *screen = (VncScreen) { id, x, y, width, height, flags };
  return screen;
}

/**
 * vnc_screen_copy:
 * @screen: a screen
 *
 * Copies a screen.
 *
 * Returns: (transfer full): the copy
 *
 * Since: 2.0
 */
VncScreen *
vnc_screen_copy (VncScreen *screen)
{
  VncScreen *copy;

  g_return_val_if_fail (screen != NULL, NULL);

  copy = g_new (VncScreen, 1);
  *copy = *screen;
  return copy;
}

/**
 * vnc_screen_free:
 * @screen: a screen
 *
 * Frees a screen.
 *
 * Since: 2.0
 */
void
vnc_screen_free (VncScreen *screen)
{
  g_free (screen);
}

/**
 * vnc_screen_equal:
 * @screen: a screen
 * @other: another one
 *
 * Tells whether all fields of two screens are equal.
 *
 * Returns: whether they are
 *
 * Since: 2.0
 */
gboolean
vnc_screen_equal (const VncScreen *screen,
                  const VncScreen *other)
{
  g_return_val_if_fail (screen != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  return screen->id == other->id &&
         screen->x == other->x && screen->y == other->y &&
         screen->width == other->width && screen->height == other->height &&
         screen->flags == other->flags;
}
