/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fixture.h"

#include <string.h>

/* Whatever an application does with the widget, nothing breaks; every warning of GLib or GTK fails the test. */

/* One of each signal that a session without a password has. */
static const char *const signals[] = {
  "vnc-connected", "vnc-desktop-resize", "vnc-initialized", "vnc-bell", "vnc-server-cut-text", "vnc-desktop-rename",
  "vnc-keyboard-grab", "vnc-pointer-grab", "vnc-keyboard-ungrab", "vnc-pointer-ungrab", "vnc-error", "vnc-disconnected",
};

static void
say_everything (Fixture *self)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  static const guint8 bell = 2, cut_text[9] = { 3, 0, 0, 0, 0, 0, 0, 1, 'x' };

  g_byte_array_append (out, &bell, 1);
  g_byte_array_append (out, cut_text, sizeof cut_text);
  test_update_head (out, 3);
  test_update_rect (out, 0, 0, 0, 0, -307);
  test_put_u32 (out, 1);
  g_byte_array_append (out, (const guint8 *) "n", 1);
  test_update_rect (out, 3, 4, 0, 0, -232);
  test_update_rect (out, 0, 0, 50, 20, -223);
  test_server_send_array (self->server, out);
}

/* Whether the client comes to send this; else it has closed. */
static gboolean
says (Fixture *self, const char *line)
{
  for (;;) {
    g_autofree char *got = test_server_next (self->server);

    if (strcmp (got, line) == 0 || strcmp (got, "closed") == 0)
      return strcmp (got, "closed") != 0;
  }
}

static void
count_call (GtkWidget *window, gpointer *seen)
{
  *seen = window;
}

/* @scaled: with a copy, and the view of the renderer that goes with it. */
static void
destroy_in (const char *signal, gboolean scaled)
{
  static const guint8 nonsense = 99;     /* a message that nobody knows */
  gpointer seen = NULL;
  gboolean is_open;
  Fixture self;

  g_test_message ("%s", signal);
  fixture_init (&self, 100, 80);
  vnc_display_set_scaling (self.display, scaled);
  g_object_add_weak_pointer (G_OBJECT (self.display), (gpointer *) &self.display);
  g_signal_connect_swapped (self.display, signal, G_CALLBACK (gtk_widget_destroy), self.window);
  g_signal_connect (self.window, "destroy", G_CALLBACK (count_call), &seen);
  self.server = test_server_new (DESKTOP_WIDTH, DESKTOP_HEIGHT, 1);
  g_assert_true (vnc_display_open_fd (self.display, test_server_client_fd (self.server)));
  is_open = says (&self, "request 0 0 0 40 30");
  if (is_open) {
    say_everything (&self);
    is_open = says (&self, "request 1 0 0 50 20");
  }
  if (seen == NULL)
    vnc_display_force_grab (self.display, TRUE);
  if (seen == NULL)
    vnc_display_force_grab (self.display, FALSE);
  if (is_open) {
    test_server_send (self.server, &nonsense, 1);
    test_server_skip_to (self.server, "closed");
  }
  fixture_wait_gone (&self);
  g_assert_nonnull (seen);
  self.window = gtk_window_new (GTK_WINDOW_POPUP);
  fixture_clear (&self);
}

static void
test_destroy (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    destroy_in (signals[i], i % 2 == 0);
}

/* In a scrolled window, which draws its child into a picture of its own, and in a window that is on no screen. */
static void
test_containers (void)
{
  GtkWidget *containers[] = { gtk_scrolled_window_new (NULL, NULL), gtk_event_box_new () };
  GtkWidget *offscreen = gtk_offscreen_window_new (), *widget;
  g_autoptr (GdkPixbuf) picture = NULL;
  Fixture self;

  fixture_init (&self, 100, 80);
  vnc_display_set_zoom_level (self.display, 400);
  vnc_display_set_smoothing (self.display, FALSE);
  fixture_open (&self);
  fixture_send_raw (&self, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  widget = g_object_ref (GTK_WIDGET (self.display));
  for (gsize i = 0; i < G_N_ELEMENTS (containers); i++) {
    g_autoptr (GdkPixbuf) screen = NULL;

    gtk_container_remove (GTK_CONTAINER (gtk_widget_get_parent (widget)), widget);
    gtk_container_add (GTK_CONTAINER (containers[i]), widget);
    gtk_container_add (GTK_CONTAINER (self.window), containers[i]);
    gtk_widget_show_all (self.window);
    fixture_draw (&self);
    fixture_send_raw (&self, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, (guint) i + 1);
    screen = fixture_screenshot (&self);
    g_assert_cmphex (fixture_pixbuf_at (screen, 41, 22), ==, fixture_pixel (10, 5, (guint) i + 1));
    gtk_container_remove (GTK_CONTAINER (containers[i]), widget);
    gtk_container_add (GTK_CONTAINER (offscreen), widget);
    gtk_container_remove (GTK_CONTAINER (self.window), containers[i]);
  }
  gtk_widget_show_all (offscreen);
  fixture_draw (&self);
  picture = gtk_offscreen_window_get_pixbuf (GTK_OFFSCREEN_WINDOW (offscreen));
  g_assert_cmphex (fixture_pixbuf_at (picture, 41, 22), ==, fixture_pixel (10, 5, 2));
  g_object_unref (widget);
  gtk_widget_destroy (offscreen);
  fixture_clear (&self);
}

/* Another theme, no window and a window again, hidden and shown, insensitive: the picture stays. */
static void
test_window (void)
{
  g_autoptr (GdkPixbuf) before = NULL;
  g_autoptr (GdkPixbuf) after = NULL;
  Fixture self;

  fixture_init (&self, 133, 71);
  vnc_display_set_scaling (self.display, TRUE);
  fixture_open (&self);
  fixture_send_raw (&self, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  before = fixture_screenshot (&self);
  g_object_set (gtk_settings_get_default (), "gtk-theme-name", "HighContrast", NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self.display), FALSE);
  gtk_widget_set_opacity (GTK_WIDGET (self.display), 0.5);
  fixture_draw (&self);
  vnc_display_force_grab (self.display, TRUE);
  gtk_widget_hide (GTK_WIDGET (self.display));
  fixture_send_raw (&self, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  gtk_widget_unrealize (GTK_WIDGET (self.display));
  fixture_send_raw (&self, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  gtk_widget_set_opacity (GTK_WIDGET (self.display), 1);
  gtk_widget_set_sensitive (GTK_WIDGET (self.display), TRUE);
  gtk_widget_show (GTK_WIDGET (self.display));
  after = fixture_screenshot (&self);
  for (int y = 0; y < 71; y++)
    for (int x = 0; x < 133; x++)
      g_assert_cmphex (fixture_pixbuf_at (after, x, y), ==, fixture_pixbuf_at (before, x, y));
  fixture_clear (&self);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/robust/destroy", test_destroy);
  g_test_add_func ("/robust/containers", test_containers);
  g_test_add_func ("/robust/window", test_window);
  return g_test_run ();
}
