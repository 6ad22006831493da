/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncdisplay-private.h"

/* Long enough for somebody to drag the edge of a window to where it shall be. */
#define RESIZE_DELAY_MS 500

static gboolean
resize_send (gpointer data)
{
  VncDisplay *self = data;
  GvncView view;
  int width, height;

  self->priv->resize_timer = 0;
  self->priv->resize_early = FALSE;
  if (!self->priv->allow_resize || !vnc_connection_is_initialized (self->priv->conn))
    return G_SOURCE_REMOVE;

  gvnc_display_get_view (self, &view);
  gvnc_geometry_wanted_desktop (&view, &width, &height);
  if (width <= 0 || height <= 0 || width > G_MAXUINT16 || height > G_MAXUINT16)
    return G_SOURCE_REMOVE;
  /* A server that refuses keeps its size; we ask again when ours changes. One that has not said yet that it can do it
   * may say so in one of its next messages. */
  if (width != view.desktop_width || height != view.desktop_height)
    self->priv->resize_early = vnc_connection_set_size (self->priv->conn, (guint) width, (guint) height)
                               == VNC_CONNECTION_RESIZE_STATUS_UNSUPPORTED;
  return G_SOURCE_REMOVE;
}

void
gvnc_resize_retry (VncDisplay *self)
{
  if (self->priv->resize_early && self->priv->resize_timer == 0)
    resize_send (self);
}

void
gvnc_resize_schedule (VncDisplay *self)
{
  gvnc_resize_cancel (self);
  if (self->priv->allow_resize && vnc_connection_is_open (self->priv->conn)
      && gtk_widget_get_realized (GTK_WIDGET (self)))
    self->priv->resize_timer = g_timeout_add (RESIZE_DELAY_MS, resize_send, self);
}

void
gvnc_resize_cancel (VncDisplay *self)
{
  g_clear_handle_id (&self->priv->resize_timer, g_source_remove);
  self->priv->resize_early = FALSE;
}
