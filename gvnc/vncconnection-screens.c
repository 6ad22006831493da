/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncconnection-private.h"

#include "session/limits.h"
#include "session/output.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The screens of the server's desktop, and requests to change them.
 *
 * A server answers SetDesktopSize requests in order, each with an ExtendedDesktopSize whose reason is this client; so
 * they wait in a queue, those of vnc_connection_set_size() too. Some servers answer only the last of several: an answer
 * with the size of a later request stands for all before that as well. */
typedef struct {
  guint    width;
  guint    height;
  GTask   *task;          /* owned; NULL: nobody waits any more */
  GSource *cancel;        /* owned; while somebody waits who may cancel */
} ScreensRequest;

static void
screens_stop_waiting (ScreensRequest *request)
{
  if (request->cancel != NULL) {
    g_source_destroy (request->cancel);
    g_clear_pointer (&request->cancel, g_source_unref);
  }
  g_clear_object (&request->task);
}

static void
screens_request_free (ScreensRequest *request)
{
  screens_stop_waiting (request);
  g_free (request);
}

static gboolean
screens_cancelled (GCancellable *cancellable,
                   gpointer      data)
{
  ScreensRequest *request = data;
  g_autoptr (GTask) task = g_object_ref (request->task);

  screens_stop_waiting (request);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static gboolean
screens_closed (gpointer data)
{
  g_task_return_new_error (data, G_IO_ERROR, G_IO_ERROR_CLOSED,
                           _("The connection ended before the server answered"));
  return G_SOURCE_REMOVE;
}

/* The tasks fail from the main loop: whoever closes the connection may not expect their callbacks inside of that. */
void
gvnc_connection_screens_clear (VncConnection *conn)
{
  VncConnectionPrivate *priv = conn->priv;
  ScreensRequest *request;

  while ((request = g_queue_pop_head (&priv->layout_requests)) != NULL) {
    if (request->task != NULL) {
      g_autoptr (GSource) source = g_idle_source_new ();

      g_task_attach_source (request->task, source, screens_closed);
    }
    screens_request_free (request);
  }
  g_clear_pointer (&priv->screens, g_ptr_array_unref);
  priv->resizable = FALSE;
  priv->resize_status = VNC_CONNECTION_RESIZE_STATUS_OK;
}

static VncConnectionResizeStatus
screens_status (guint status)
{
  return status <= VNC_CONNECTION_RESIZE_STATUS_FORWARDED ? (VncConnectionResizeStatus) status
                                                          : VNC_CONNECTION_RESIZE_STATUS_INVALID_LAOUT;
}

static VncConnectionResizeReason
screens_reason (guint reason)
{
  return reason <= VNC_CONNECTION_RESIZE_REASON_OTHER_CLIENT ? (VncConnectionResizeReason) reason
                                                             : VNC_CONNECTION_RESIZE_REASON_SERVER;
}

/* Takes the requests off the queue that an answer with this size is for. */
static GQueue
screens_answered (VncConnection *conn,
                  gboolean       refused,
                  guint          width,
                  guint          height)
{
  GQueue *requests = &conn->priv->layout_requests;
  GQueue answered = G_QUEUE_INIT;
  guint n = MIN (1, g_queue_get_length (requests)), i = 0;

  if (!refused)
    for (GList *link = requests->head; link != NULL; link = link->next, i++) {
      const ScreensRequest *request = link->data;

      if (request->width == width && request->height == height) {
        n = i + 1;
        break;
      }
    }
  for (; n > 0; n--)
    g_queue_push_tail (&answered, g_queue_pop_head (requests));
  return answered;
}

/* Whether the list is another one than before. */
static gboolean
screens_store (VncConnection *conn,
               GBytes        *data)
{
  g_autoptr (GPtrArray) screens = g_ptr_array_new_with_free_func ((GDestroyNotify) vnc_screen_free);
  const GPtrArray *before = conn->priv->screens;
  gsize len;
  const GvncScreen *told = g_bytes_get_data (data, &len);
  guint n = (guint) (len / sizeof *told);
  gboolean changed = before == NULL || before->len != n;

  for (guint i = 0; i < n; i++) {
    const GvncRect *rect = &told[i].rect;
    VncScreen *screen = vnc_screen_new (told[i].id, rect->x, rect->y, rect->width, rect->height, told[i].flags);

    changed = changed || !vnc_screen_equal (screen, g_ptr_array_index (before, i));
    g_ptr_array_add (screens, screen);
  }
  if (changed) {
    g_clear_pointer (&conn->priv->screens, g_ptr_array_unref);
    conn->priv->screens = g_steal_pointer (&screens);
  }
  return changed;
}

void
gvnc_connection_screens_take (VncConnection   *conn,
                              const GvncEvent *event)
{
  VncConnectionPrivate *priv = conn->priv;
  VncConnectionResizeReason reason = screens_reason (GVNC_SCREENS_REASON (event->number));
  VncConnectionResizeStatus status = screens_status (GVNC_SCREENS_STATUS (event->number));
  GQueue answered = G_QUEUE_INIT;
  ScreensRequest *request;
  gboolean changed = FALSE;

  priv->resizable = TRUE;
  if (event->data != NULL)
    changed = screens_store (conn, event->data);
  if (reason == VNC_CONNECTION_RESIZE_REASON_THIS_CLIENT) {
    priv->resize_status = status;
    answered = screens_answered (conn, event->data == NULL, event->rect.width, event->rect.height);
  } else {
    status = VNC_CONNECTION_RESIZE_STATUS_OK;
  }

  if (changed || reason != VNC_CONNECTION_RESIZE_REASON_SERVER)
    g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_SCREENS_CHANGED], 0, reason, status);
  while ((request = g_queue_pop_head (&answered)) != NULL) {
    g_autoptr (GTask) task = g_steal_pointer (&request->task);

    screens_request_free (request);
    if (task != NULL)
      g_task_return_int (task, status);
  }
}

/* Sends a request and puts it into the queue; @data may be NULL. */
static ScreensRequest *
screens_send (VncConnection *conn,
              guint          width,
              guint          height,
              GBytes        *data)
{
  GQueue *requests = &conn->priv->layout_requests;
  ScreensRequest *request = g_new0 (ScreensRequest, 1);
  GvncCommand *command = gvnc_command_new (GVNC_COMMAND_DESKTOP_SIZE, 0);

  command->rect.width = (guint16) width;
  command->rect.height = (guint16) height;
  command->data = data;
  gvnc_connection_send_message (conn, command);

  request->width = width;
  request->height = height;
  g_queue_push_tail (requests, request);
  return request;
}

/* A server that does not answer must not fill our memory: the oldest request that nobody waits for is forgotten. */
static void
screens_make_room (VncConnection *conn)
{
  GQueue *requests = &conn->priv->layout_requests;

  if (g_queue_get_length (requests) < GVNC_LIMIT_LAYOUT_REQUESTS)
    return;
  for (GList *link = requests->head; link != NULL; link = link->next) {
    ScreensRequest *request = link->data;

    if (request->task == NULL) {
      g_queue_delete_link (requests, link);
      screens_request_free (request);
      return;
    }
  }
}

/* A desktop that we would not take must not be asked for. */
static gboolean
screens_size_is_possible (guint width,
                          guint height)
{
  return width > 0 && height > 0 && width <= GVNC_LIMIT_DESKTOP_SIDE_PX && height <= GVNC_LIMIT_DESKTOP_SIDE_PX &&
         (gsize) width * height <= GVNC_LIMIT_DESKTOP_AREA_PX;
}

/**
 * vnc_connection_set_size:
 * @conn: the connection
 * @width: width in pixels
 * @height: height in pixels
 *
 * Asks the server for a desktop of another size, with a single screen (rfbproto, SetDesktopSize).
 *
 * Success is told by [signal@Connection::vnc-desktop-resize], what the server answered by
 * [signal@Connection::vnc-screens-changed] and [method@Connection.get_resize_status].
 *
 * Returns: %VNC_CONNECTION_RESIZE_STATUS_OK when the server was asked; otherwise why not
 */
VncConnectionResizeStatus
vnc_connection_set_size (VncConnection *conn,
                         guint          width,
                         guint          height)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), VNC_CONNECTION_RESIZE_STATUS_UNSUPPORTED);

  if (!conn->priv->resizable)
    return VNC_CONNECTION_RESIZE_STATUS_UNSUPPORTED;
  if (!screens_size_is_possible (width, height))
    return VNC_CONNECTION_RESIZE_STATUS_INVALID_LAOUT;
  screens_make_room (conn);
  screens_send (conn, width, height, NULL);
  return VNC_CONNECTION_RESIZE_STATUS_OK;
}

/* The layout as it goes to the server; NULL when it cannot be one. */
static GBytes *
screens_layout (guint             width,
                guint             height,
                const VncScreen  *screens,
                guint             n_screens,
                GError          **error)
{
  g_autoptr (GArray) layout = g_array_new (FALSE, FALSE, sizeof (GvncScreen));

  if (!screens_size_is_possible (width, height)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _("A desktop cannot have %u×%u pixels; at most %u a side and %u in all are possible"),
                 width, height, GVNC_LIMIT_DESKTOP_SIDE_PX, GVNC_LIMIT_DESKTOP_AREA_PX);
    return NULL;
  }
  if (n_screens > GVNC_LIMIT_SCREENS) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _("A desktop cannot have %u screens; at most %u are possible"), n_screens, GVNC_LIMIT_SCREENS);
    return NULL;
  }
  for (guint i = 0; i < n_screens; i++) {
    const VncScreen *screen = &screens[i];
    GvncScreen told = { screen->id, { screen->x, screen->y, screen->width, screen->height }, screen->flags };

    if (gvnc_rect_area (&told.rect) == 0 || !gvnc_rect_fits (&told.rect, width, height)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("The screen of %u×%u pixels at %u,%u leaves its %u×%u desktop"),
                   screen->width, screen->height, screen->x, screen->y, width, height);
      return NULL;
    }
    g_array_append_val (layout, told);
  }
  return g_bytes_new (layout->data, layout->len * sizeof (GvncScreen));
}

/**
 * vnc_connection_set_layout_async:
 * @conn: the connection
 * @width: width of the desktop in pixels
 * @height: height of the desktop in pixels
 * @screens: (array length=n_screens) (nullable): the screens that the desktop shall have; those that stay keep their
 *   @id and @flags
 * @n_screens: how many there are, 255 at most; 0 for the server's first screen, as large as the desktop
 * @cancellable: (nullable): to stop waiting for the answer; the request itself cannot be taken back
 * @callback: (nullable): called on the default main context when the server has answered
 * @data: for @callback
 *
 * Asks the server for a desktop of another size with a number of screens (rfbproto, SetDesktopSize).
 *
 * Requests are answered in their order. What the server made of it is then told by [method@Connection.get_screens].
 *
 * Since: 2.0
 */
void
vnc_connection_set_layout_async (VncConnection       *conn,
                                 guint                width,
                                 guint                height,
                                 const VncScreen     *screens,
                                 guint                n_screens,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) layout = NULL;
  ScreensRequest *request;

  g_return_if_fail (VNC_IS_CONNECTION (conn));
  g_return_if_fail (screens != NULL || n_screens == 0);

  task = g_task_new (conn, cancellable, callback, data);
  g_task_set_name (task, "vnc_connection_set_layout_async");
  if (g_task_return_error_if_cancelled (task))
    return;
  layout = screens_layout (width, height, screens, n_screens, &error);
  if (layout == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (!conn->priv->initialized || !conn->priv->resizable) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                             _("The server does not let clients change its screens"));
    return;
  }
  screens_make_room (conn);
  if (g_queue_get_length (&conn->priv->layout_requests) >= GVNC_LIMIT_LAYOUT_REQUESTS) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY,
                             _("The server has %u requests to answer already"), GVNC_LIMIT_LAYOUT_REQUESTS);
    return;
  }

  request = screens_send (conn, width, height, n_screens > 0 ? g_steal_pointer (&layout) : NULL);
  if (cancellable != NULL) {
    request->cancel = g_cancellable_source_new (cancellable);
    g_source_set_callback (request->cancel, G_SOURCE_FUNC (screens_cancelled), request, NULL);
    g_source_attach (request->cancel, g_task_get_context (task));
  }
  request->task = g_steal_pointer (&task);
}

/**
 * vnc_connection_set_layout_finish:
 * @conn: the connection
 * @result: what the callback got
 * @error: where to put an error, or %NULL
 *
 * Gets what became of a request of [method@Connection.set_layout_async].
 *
 * A server that refuses has answered: that is no error. Errors are %G_IO_ERROR_NOT_SUPPORTED when the server does not let
 * clients change its screens, %G_IO_ERROR_INVALID_ARGUMENT for a layout that cannot be, %G_IO_ERROR_BUSY with too many
 * requests outstanding, %G_IO_ERROR_CLOSED when the connection ended first, and %G_IO_ERROR_CANCELLED.
 *
 * Returns: the server's answer; %VNC_CONNECTION_RESIZE_STATUS_UNSUPPORTED with an error
 *
 * Since: 2.0
 */
VncConnectionResizeStatus
vnc_connection_set_layout_finish (VncConnection  *conn,
                                  GAsyncResult   *result,
                                  GError        **error)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), VNC_CONNECTION_RESIZE_STATUS_UNSUPPORTED);
  g_return_val_if_fail (g_task_is_valid (result, conn), VNC_CONNECTION_RESIZE_STATUS_UNSUPPORTED);

  return (VncConnectionResizeStatus) g_task_propagate_int (G_TASK (result), error);
}

/**
 * vnc_connection_get_screens:
 * @conn: the connection
 *
 * Gets the screens of the server's desktop, in the server's order.
 *
 * Those that do not lie on the desktop are left out.
 *
 * Returns: (transfer container) (element-type VncScreen): the screens, which the array owns; none while the server has told
 *   nothing of screens
 *
 * Since: 2.0
 */
GPtrArray *
vnc_connection_get_screens (VncConnection *conn)
{
  GPtrArray *copy;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), NULL);

  copy = g_ptr_array_new_with_free_func ((GDestroyNotify) vnc_screen_free);
  if (conn->priv->screens != NULL)
    for (guint i = 0; i < conn->priv->screens->len; i++)
      g_ptr_array_add (copy, vnc_screen_copy (g_ptr_array_index (conn->priv->screens, i)));
  return copy;
}

/**
 * vnc_connection_get_resize_status:
 * @conn: the connection
 *
 * Gets the server's answer to the latest request of ours for another size or layout that it has answered.
 *
 * Returns: the answer; %VNC_CONNECTION_RESIZE_STATUS_OK before there was any
 *
 * Since: 2.0
 */
VncConnectionResizeStatus
vnc_connection_get_resize_status (VncConnection *conn)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), VNC_CONNECTION_RESIZE_STATUS_UNSUPPORTED);

  return conn->priv->resize_status;
}
