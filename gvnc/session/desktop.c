/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/desktop.h"

#include "session/limits.h"

#include <glib/gi18n-lib.h>

gboolean
gvnc_desktop_size_check (guint    width,
                         guint    height,
                         GError **error)
{
  if (width == 0 || height == 0)
    return gvnc_protocol_error (error, _("The server's desktop has no pixel: its size is %u×%u"), width, height);
  if (width > GVNC_LIMIT_DESKTOP_SIDE_PX || height > GVNC_LIMIT_DESKTOP_SIDE_PX)
    return gvnc_limit_error (error, _("The server's desktop is %u×%u pixels; at most %u a side are accepted"),
                             width, height, GVNC_LIMIT_DESKTOP_SIDE_PX);
  if ((gsize) width * height > GVNC_LIMIT_DESKTOP_AREA_PX)
    return gvnc_limit_error (error, _("The server's desktop is %u×%u pixels; at most %u in all are accepted"),
                             width, height, GVNC_LIMIT_DESKTOP_AREA_PX);
  return TRUE;
}

gboolean
gvnc_desktop_resize (GvncDesktop     *self,
                     const GvncRect  *rect,
                     GvncBatch       *batch,
                     GError         **error)
{
  if (!gvnc_desktop_size_check (rect->width, rect->height, error))
    return FALSE;
  if (rect->width == self->width && rect->height == self->height)
    return TRUE;
  self->width = rect->width;
  self->height = rect->height;
  gvnc_batch_event (batch, GVNC_EVENT_DESKTOP_SIZE)->rect = (GvncRect) { 0, 0, rect->width, rect->height };
  return TRUE;
}

/* Whether a screen can be told to the application: it has pixels, lies on the desktop, and its number is new. */
static gboolean
desktop_takes_screen (const GvncRect   *desktop,
                      const GvncScreen *screen,
                      const GArray     *before)
{
  if (gvnc_rect_area (&screen->rect) == 0 || !gvnc_rect_fits (&screen->rect, desktop->width, desktop->height))
    return FALSE;
  for (guint i = 0; i < before->len; i++)
    if (g_array_index (before, GvncScreen, i).id == screen->id)
      return FALSE;
  return TRUE;
}

/* wire: U8 count, 3 padding | count * (U32 id, U16 x, y, width, height, U32 flags)
 * The header's x is the reason: 0 the server, 1 this client, 2 another one; its y the status: 0 is success. */
gboolean
gvnc_desktop_screens (GvncDesktop     *self,
                      const GvncRect  *rect,
                      guint            n_screens,
                      GvncReader      *body,
                      GvncBatch       *batch,
                      GError         **error)
{
  /* A refused request changes nothing, whatever the rectangle says. */
  gboolean refused = rect->x == GVNC_SCREENS_BY_US && rect->y != 0;
  g_autoptr (GArray) screens = g_array_sized_new (FALSE, FALSE, sizeof (GvncScreen), n_screens);
  GvncEvent *event;

  if (!refused && !gvnc_desktop_resize (self, rect, batch, error))
    return FALSE;
  for (guint i = 0; i < n_screens; i++) {
    GvncScreen screen;

    screen.id = gvnc_reader_u32 (body);
    screen.rect = gvnc_reader_rect (body);
    screen.flags = gvnc_reader_u32 (body);
    if (i == 0 && !refused)
      self->screen = screen;
    if (!refused && desktop_takes_screen (rect, &screen, screens))
      g_array_append_val (screens, screen);
  }
  self->resizable = TRUE;

  event = gvnc_batch_event (batch, GVNC_EVENT_SCREENS);
  event->number = GVNC_SCREENS_RESULT (rect->x, rect->y);
  event->rect = *rect;
  if (!refused)
    event->data = g_bytes_new (screens->data, screens->len * sizeof (GvncScreen));
  return TRUE;
}

gboolean
gvnc_desktop_reformat (GvncDesktop     *self,
                       const GvncRect  *rect,
                       GvncReader      *body,
                       GvncBatch       *batch,
                       GError         **error)
{
  GvncPixelFormat format;

  if (!gvnc_pixel_format_read (body, &format, error))
    return FALSE;
  if (!gvnc_pixel_format_equal (&format, &self->format)) {
    self->format = format;
    gvnc_batch_format (batch, GVNC_EVENT_FORMAT_CHANGED, &format);
  }
  return gvnc_desktop_resize (self, rect, batch, error);
}
