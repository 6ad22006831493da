/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fixture.h"

#include <string.h>

static void
fixture_note (Fixture *self, const char *name)
{
  g_string_append_printf (self->signals, "%s ", name);
}

static void
fixture_on_resize (VncDisplay *display, int width, int height, Fixture *self)
{
  g_autofree char *text = g_strdup_printf ("vnc-desktop-resize(%d,%d)", width, height);

  fixture_note (self, text);
}

#define NOTE(word) static void fixture_on_##word (Fixture *self)
NOTE (connected) { fixture_note (self, "vnc-connected"); }
NOTE (initialized) { fixture_note (self, "vnc-initialized"); }
NOTE (disconnected) { fixture_note (self, "vnc-disconnected"); }
NOTE (error) { fixture_note (self, "vnc-error"); }
NOTE (unsupported) { fixture_note (self, "vnc-auth-unsupported"); }
NOTE (credential) { fixture_note (self, "vnc-auth-credential"); }
NOTE (cut_text) { fixture_note (self, "vnc-server-cut-text"); }
NOTE (bell) { fixture_note (self, "vnc-bell"); }
NOTE (rename) { fixture_note (self, "vnc-desktop-rename"); }
NOTE (pointer_grab) { fixture_note (self, "vnc-pointer-grab"); }
NOTE (pointer_ungrab) { fixture_note (self, "vnc-pointer-ungrab"); }
NOTE (keyboard_grab) { fixture_note (self, "vnc-keyboard-grab"); }
NOTE (keyboard_ungrab) { fixture_note (self, "vnc-keyboard-ungrab"); }
#undef NOTE

static void
fixture_connect (Fixture *self)
{
  static const struct {
    const char *name;
    void      (*handler) (Fixture *self);
  } handlers[] = {
    { "vnc-connected", fixture_on_connected },
    { "vnc-initialized", fixture_on_initialized },
    { "vnc-disconnected", fixture_on_disconnected },
    { "vnc-error", fixture_on_error },
    { "vnc-auth-unsupported", fixture_on_unsupported },
    { "vnc-auth-credential", fixture_on_credential },
    { "vnc-server-cut-text", fixture_on_cut_text },
    { "vnc-bell", fixture_on_bell },
    { "vnc-desktop-rename", fixture_on_rename },
    { "vnc-pointer-grab", fixture_on_pointer_grab },
    { "vnc-pointer-ungrab", fixture_on_pointer_ungrab },
    { "vnc-keyboard-grab", fixture_on_keyboard_grab },
    { "vnc-keyboard-ungrab", fixture_on_keyboard_ungrab },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_swapped (self->display, handlers[i].name, G_CALLBACK (handlers[i].handler), self);
  g_signal_connect (self->display, "vnc-desktop-resize", G_CALLBACK (fixture_on_resize), self);
}

static gboolean
fixture_is_mapped (gpointer data)
{
  Fixture *self = data;
  GdkWindow *window = gtk_widget_get_window (GTK_WIDGET (self->display));

  return window && gdk_window_is_viewable (window);
}

void
fixture_init (Fixture *self, int width, int height)
{
  *self = (Fixture) { .signals = g_string_new (NULL) };
  /* On X11 there is no window manager; on Wayland only a toplevel gets the keyboard. */
  self->window = gtk_window_new (g_strcmp0 (g_getenv ("GDK_BACKEND"), "wayland") == 0 ? GTK_WINDOW_TOPLEVEL
                                                                                      : GTK_WINDOW_POPUP);
  self->display = VNC_DISPLAY (vnc_display_new ());
  fixture_connect (self);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  gtk_container_add (GTK_CONTAINER (self->window), GTK_WIDGET (self->display));
  gtk_widget_show_all (self->window);
  gtk_widget_grab_focus (GTK_WIDGET (self->display));
  test_wait (fixture_is_mapped, self, "the window");
}

void
fixture_open (Fixture *self)
{
  self->server = test_server_new (DESKTOP_WIDTH, DESKTOP_HEIGHT, 1);
  g_assert_true (vnc_display_open_fd (self->display, test_server_client_fd (self->server)));
  fixture_wait (self, "vnc-initialized");
}

void
fixture_clear (Fixture *self)
{
  gtk_widget_destroy (self->window);
  g_clear_pointer (&self->server, test_server_free);
  g_string_free (self->signals, TRUE);
}

void
fixture_expect (Fixture *self, const char *signals)
{
  g_assert_cmpstr (self->signals->str, ==, signals);
  g_string_truncate (self->signals, 0);
}

typedef struct {
  Fixture    *fixture;
  const char *name;
} Wanted;

static gboolean
fixture_has_signal (gpointer data)
{
  Wanted *wanted = data;

  return strstr (wanted->fixture->signals->str, wanted->name) != NULL;
}

void
fixture_wait (Fixture *self, const char *signal)
{
  Wanted wanted = { self, signal };

  test_wait (fixture_has_signal, &wanted, signal);
}

static gboolean
fixture_is_gone (gpointer data)
{
  return ((Fixture *) data)->display == NULL;
}

void
fixture_wait_gone (Fixture *self)
{
  test_wait (fixture_is_gone, self, "the end of the widget");
}

guint32
fixture_pixel (int x, int y, guint seed)
{
  return ((guint32) (x * 37 + y * 11) * 2654435761u + seed * 40503u) & 0xffffff;
}

void
fixture_send_raw (Fixture *self, int x, int y, int width, int height, guint seed)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree char *answer = NULL;

  test_update_head (out, 1);
  test_update_rect (out, x, y, width, height, 0);
  for (int row = y; row < y + height; row++)
    for (int column = x; column < x + width; column++) {
      guint32 pixel = fixture_pixel (column, row, seed);      /* in the byte order of the host, as was asked for */

      g_byte_array_append (out, (const guint8 *) &pixel, sizeof pixel);
    }
  test_server_send_array (self->server, out);
  answer = g_strdup_printf ("request 1 0 0 %d %d", vnc_display_get_width (self->display),
                            vnc_display_get_height (self->display));
  test_server_skip_to (self->server, answer);
}

guint32
fixture_pixbuf_at (GdkPixbuf *picture, int x, int y)
{
  const guint8 *pixel = gdk_pixbuf_read_pixels (picture) + y * gdk_pixbuf_get_rowstride (picture)
                        + x * gdk_pixbuf_get_n_channels (picture);

  return (guint32) pixel[0] << 16 | (guint32) pixel[1] << 8 | pixel[2];
}

typedef struct {
  gboolean painted;       /* a frame has come to its end */
  gboolean drawn;         /* … and had something of the widget */
} Frame;

static void
frame_on_paint (GdkFrameClock *clock, Frame *frame)
{
  frame->painted = TRUE;
}

static gboolean
frame_on_draw (GtkWidget *widget, cairo_t *cr, Frame *frame)
{
  frame->drawn = TRUE;
  return FALSE;
}

static gboolean
frame_is_painted (gpointer data)
{
  return ((Frame *) data)->painted;
}

void
fixture_draw (Fixture *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->display));
  Frame frame = { .drawn = TRUE };
  gulong painted = g_signal_connect (clock, "after-paint", G_CALLBACK (frame_on_paint), &frame);
  gulong drawn = g_signal_connect (self->display, "draw", G_CALLBACK (frame_on_draw), &frame);

  while (frame.drawn) {
    frame = (Frame) { .painted = FALSE };
    gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
    test_wait (frame_is_painted, &frame, "a frame");
  }
  g_signal_handler_disconnect (clock, painted);
  g_signal_handler_disconnect (self->display, drawn);
}

GdkPixbuf *
fixture_screenshot (Fixture *self)
{
  GtkWidget *widget = GTK_WIDGET (self->display);
  GdkWindow *window = gtk_widget_get_window (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  int width = gtk_widget_get_allocated_width (widget) * scale;
  int height = gtk_widget_get_allocated_height (widget) * scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  GdkPixbuf *picture;
  cairo_t *cr;

  fixture_draw (self);
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  gdk_cairo_set_source_window (cr, window, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_set_device_scale (surface, 1, 1);
  picture = gdk_pixbuf_get_from_surface (surface, 0, 0, width, height);
  cairo_surface_destroy (surface);
  return picture;
}
