/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "capture.h"

#include <glib/gi18n.h>

/* The window takes on its final size in a few turns of the window system; it is drawn when this long nothing moved. */
#define SETTLED_MS  300
#define PATIENCE_S  30

#define CAPTURE_KEY "gvnc-capture"

/* Belongs to the window and dies with it. */
typedef struct {
  GtkWindow *window;
  VncDisplay *display;
  GvncOptions *options;
  cairo_region_t *seen;         /* what has arrived of the desktop so far */
  gboolean is_complete;
  char *message;                /* why there is no desktop in the picture, NULL if there is */
  guint settle_source;
  guint patience_source;
} WindowCapture;

static void
capture_write (WindowCapture *self)
{
  GtkWidget *widget = GTK_WIDGET (self->window);
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                        gtk_widget_get_allocated_width (widget),
                                        gtk_widget_get_allocated_height (widget));
  cr = cairo_create (surface);
  gtk_widget_draw (widget, cr);
  cairo_destroy (cr);
  status = cairo_surface_write_to_png (surface, self->options->screenshot_path);
  cairo_surface_destroy (surface);

  if (status != CAIRO_STATUS_SUCCESS) {
    g_printerr ("%s: %s: %s\n", g_get_prgname (), self->options->screenshot_path, cairo_status_to_string (status));
    self->options->exit_status = 1;
  }
}

static gboolean
capture_take (gpointer user_data)
{
  WindowCapture *self = user_data;

  self->settle_source = 0;
  capture_write (self);
  gtk_widget_destroy (GTK_WIDGET (self->window));
  return G_SOURCE_REMOVE;
}

static void
capture_settle (WindowCapture *self)
{
  guint delay_ms = SETTLED_MS;

  if (self->message == NULL)
    delay_ms += (guint) (1000 * self->options->screenshot_delay_s);
  if (self->settle_source != 0)
    g_source_remove (self->settle_source);
  self->settle_source = g_timeout_add_full (G_PRIORITY_LOW, delay_ms, capture_take, self, NULL);
}

static gboolean
capture_give_up (gpointer user_data)
{
  WindowCapture *self = user_data;
  g_autofree char *message = g_strdup_printf (_("No complete picture came within %d seconds"), PATIENCE_S);

  self->patience_source = 0;
  gvnc_capture_window_failed (self->window, message);
  return G_SOURCE_REMOVE;
}

static void
capture_updated (VncConnection *connection,
                 int            x,
                 int            y,
                 int            width,
                 int            height,
                 gpointer       user_data)
{
  WindowCapture *self = user_data;
  cairo_rectangle_int_t part = { x, y, width, height };
  cairo_rectangle_int_t whole = { 0, 0, vnc_display_get_width (self->display), vnc_display_get_height (self->display) };

  if (self->is_complete)
    return;
  cairo_region_union_rectangle (self->seen, &part);
  if (whole.width == 0 || cairo_region_contains_rectangle (self->seen, &whole) != CAIRO_REGION_OVERLAP_IN)
    return;
  self->is_complete = TRUE;
  capture_settle (self);
}

static void
capture_resized (GtkWidget     *widget,
                 GtkAllocation *allocation,
                 gpointer       user_data)
{
  WindowCapture *self = user_data;

  if (self->settle_source != 0)
    capture_settle (self);
}

static void
capture_free (WindowCapture *self)
{
  if (self->settle_source != 0)
    g_source_remove (self->settle_source);
  if (self->patience_source != 0)
    g_source_remove (self->patience_source);
  g_signal_handlers_disconnect_by_data (vnc_display_get_connection (self->display), self);
  g_signal_handlers_disconnect_by_data (self->display, self);
  g_object_unref (self->display);
  cairo_region_destroy (self->seen);
  g_free (self->message);
  g_free (self);
}

void
gvnc_capture_window_when_complete (GtkWindow   *window,
                                   VncDisplay  *display,
                                   GvncOptions *options)
{
  WindowCapture *self = g_new0 (WindowCapture, 1);

  self->window = window;
  self->display = g_object_ref (display);
  self->options = options;
  self->seen = cairo_region_create ();
  self->patience_source = g_timeout_add_seconds (PATIENCE_S, capture_give_up, self);
  g_signal_connect (vnc_display_get_connection (display), "vnc-framebuffer-update", G_CALLBACK (capture_updated), self);
  g_signal_connect (display, "size-allocate", G_CALLBACK (capture_resized), self);
  g_object_set_data_full (G_OBJECT (window), CAPTURE_KEY, self, (GDestroyNotify) capture_free);
}

void
gvnc_capture_window_failed (GtkWindow  *window,
                            const char *message)
{
  WindowCapture *self = g_object_get_data (G_OBJECT (window), CAPTURE_KEY);

  if (self == NULL || self->message != NULL)
    return;
  g_printerr ("%s: %s\n", g_get_prgname (), message);
  self->message = g_strdup (message);
  self->is_complete = TRUE;
  self->options->exit_status = 1;
  capture_settle (self);
}

/* ---- the desktop, for people ---- */

typedef struct {
  GtkWindow *parent;
  GdkPixbuf *picture;
  GvncCaptureFailed failed;
} DesktopCapture;

static void
capture_desktop_free (DesktopCapture *self)
{
  g_object_unref (self->parent);
  g_object_unref (self->picture);
  g_free (self);
}

/* A large picture takes long to compress, so a thread does it. */
static void
capture_desktop_write (GTask        *task,
                       gpointer      source,
                       gpointer      data,
                       GCancellable *cancellable)
{
  GFile *file = source;
  GdkPixbuf *picture = data;
  g_autofree char *png = NULL;
  gsize png_len;
  GError *error = NULL;

  if (gdk_pixbuf_save_to_buffer (picture, &png, &png_len, "png", &error, NULL)
      && g_file_replace_contents (file, png, png_len, NULL, FALSE, G_FILE_CREATE_NONE, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
capture_desktop_written (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  DesktopCapture *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    self->failed (self->parent, error->message);
  capture_desktop_free (self);
}

static void
capture_desktop_response (GtkNativeDialog *chooser,
                          int              response,
                          gpointer         user_data)
{
  DesktopCapture *self = user_data;

  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
    g_autoptr (GTask) task = g_task_new (file, NULL, capture_desktop_written, self);

    g_task_set_task_data (task, g_object_ref (self->picture), g_object_unref);
    g_task_run_in_thread (task, capture_desktop_write);
  } else {
    capture_desktop_free (self);
  }
  g_object_unref (chooser);
}

void
gvnc_capture_save_desktop (GtkWindow        *parent,
                           VncDisplay       *display,
                           GvncCaptureFailed failed)
{
  GdkPixbuf *picture = vnc_display_get_pixbuf (display);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%d %H.%M.%S");
  g_autofree char *name = NULL;
  GtkFileChooserNative *chooser;
  DesktopCapture *self;

  if (picture == NULL) {
    failed (parent, _("There is no picture to save yet"));
    return;
  }
  self = g_new0 (DesktopCapture, 1);
  self->parent = g_object_ref (parent);
  self->picture = picture;
  self->failed = failed;

  chooser = gtk_file_chooser_native_new (_("Save Screenshot"), parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_do_overwrite_confirmation (GTK_FILE_CHOOSER (chooser), TRUE);
  name = g_strdup_printf (_("Remote desktop %s.png"), stamp);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect (chooser, "response", G_CALLBACK (capture_desktop_response), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
