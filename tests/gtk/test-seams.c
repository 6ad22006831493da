/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fixture.h"

/* However the picture is scaled, zoomed and turned: after some updates of parts of it the screen looks, byte for byte, as
 * if all of it were drawn for the first time. */

#define N_VIEWS 30

typedef struct {
  int  width, height;
} Size;

static gboolean
has_size (gpointer data)
{
  Fixture *self = data;
  Size *size = g_object_get_data (G_OBJECT (self->window), "wanted-size");

  return gtk_widget_get_allocated_width (GTK_WIDGET (self->display)) == size->width
         && gtk_widget_get_allocated_height (GTK_WIDGET (self->display)) == size->height;
}

static void
random_view (Fixture *self)
{
  VncDisplay *display = self->display;
  Size size = { g_test_rand_int_range (5, 230), g_test_rand_int_range (5, 170) };

  vnc_display_set_force_size (display, FALSE);
  vnc_display_set_scaling (display, g_test_rand_int_range (0, 3) > 0);
  vnc_display_set_keep_aspect_ratio (display, g_test_rand_bit ());
  vnc_display_set_rotation (display, (guint) g_test_rand_int_range (0, 4) * 90);
  vnc_display_set_zoom_level (display, (guint) g_test_rand_int_range (10, 401));
  vnc_display_set_smoothing (display, g_test_rand_int_range (0, 3) > 0);
  g_test_message ("%d x %d, scaling %d, aspect %d, rotation %u, zoom %u, smoothing %d", size.width, size.height,
                  vnc_display_get_scaling (display), vnc_display_get_keep_aspect_ratio (display),
                  vnc_display_get_rotation (display), vnc_display_get_zoom_level (display),
                  vnc_display_get_smoothing (display));

  gtk_window_set_default_size (GTK_WINDOW (self->window), size.width, size.height);    /* when it is shown again */
  gtk_window_resize (GTK_WINDOW (self->window), size.width, size.height);
  g_object_set_data (G_OBJECT (self->window), "wanted-size", &size);
  test_wait (has_size, self, "the size");
  fixture_draw (self);
}

/* Nothing is kept by a widget without a window. */
static GdkPixbuf *
first_drawing (Fixture *self)
{
  gtk_widget_hide (self->window);
  gtk_widget_unrealize (self->window);
  gtk_widget_show (self->window);
  return fixture_screenshot (self);
}

static gboolean
count_draws (GtkWidget *widget, cairo_t *cr, guint *n_draws)
{
  (*n_draws)++;
  return FALSE;
}

static void
test_seams (void)
{
  guint seed = 0, n_draws = 0;
  Fixture self;

  fixture_init (&self, 100, 80);
  fixture_open (&self);
  fixture_send_raw (&self, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  g_signal_connect (self.display, "draw", G_CALLBACK (count_draws), &n_draws);

  for (int view = 0; view < N_VIEWS; view++) {
    g_autoptr (GdkPixbuf) partial = NULL;
    g_autoptr (GdkPixbuf) whole = NULL;
    int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self.display));

    random_view (&self);
    for (int i = 0; i < 12; i++) {
      int x = g_test_rand_int_range (0, DESKTOP_WIDTH), y = g_test_rand_int_range (0, DESKTOP_HEIGHT);

      fixture_send_raw (&self, x, y, g_test_rand_int_range (1, MIN (DESKTOP_WIDTH - x, 12) + 1),
                        g_test_rand_int_range (1, MIN (DESKTOP_HEIGHT - y, 12) + 1), ++seed);
      if (i % 4 == 3)
        fixture_draw (&self);
    }
    partial = fixture_screenshot (&self);
    whole = first_drawing (&self);

    g_assert_cmpint (gdk_pixbuf_get_width (partial), ==,
                     scale * gtk_widget_get_allocated_width (GTK_WIDGET (self.display)));
    g_assert_cmpint (gdk_pixbuf_get_width (whole), ==, gdk_pixbuf_get_width (partial));
    g_assert_cmpint (gdk_pixbuf_get_height (whole), ==, gdk_pixbuf_get_height (partial));
    for (int y = 0; y < gdk_pixbuf_get_height (whole); y++)
      for (int x = 0; x < gdk_pixbuf_get_width (whole); x++)
        if (fixture_pixbuf_at (partial, x, y) != fixture_pixbuf_at (whole, x, y))
          g_error ("at %d, %d there is 0x%06x rather than 0x%06x", x, y, fixture_pixbuf_at (partial, x, y),
                   fixture_pixbuf_at (whole, x, y));
  }
  /* Some views show too little of the desktop for all of the updates. */
  g_assert_cmpuint (n_draws, >, 2 * N_VIEWS);
  fixture_clear (&self);
}

/* The same with a picture that is much larger than the window, which is scaled as it is drawn. */
static void
test_large (void)
{
  g_autoptr (GdkPixbuf) partial = NULL;
  g_autoptr (GdkPixbuf) whole = NULL;
  Fixture self;

  fixture_init (&self, 30, 20);
  vnc_display_set_force_size (self.display, FALSE);
  vnc_display_set_zoom_level (self.display, 370);
  fixture_open (&self);
  fixture_send_raw (&self, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  fixture_draw (&self);
  for (guint seed = 1; seed < 6; seed++) {
    fixture_send_raw (&self, (int) seed, 2, 3, 2, seed);
    fixture_draw (&self);
  }
  partial = fixture_screenshot (&self);
  whole = first_drawing (&self);
  g_assert_cmpint (gtk_widget_get_allocated_width (GTK_WIDGET (self.display)), ==, 30);
  for (int y = 0; y < gdk_pixbuf_get_height (whole); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (whole); x++)
      g_assert_cmphex (fixture_pixbuf_at (partial, x, y), ==, fixture_pixbuf_at (whole, x, y));
  fixture_clear (&self);
}

/* An application that draws the widget itself gets the same. */
static void
test_elsewhere (void)
{
  g_autoptr (GdkPixbuf) screen = NULL;
  g_autoptr (GdkPixbuf) picture = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;
  int scale;
  Fixture self;

  fixture_init (&self, 131, 77);
  vnc_display_set_scaling (self.display, TRUE);
  fixture_open (&self);
  fixture_send_raw (&self, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  screen = fixture_screenshot (&self);

  scale = gtk_widget_get_scale_factor (GTK_WIDGET (self.display));
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 131 * scale, 77 * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  gtk_widget_draw (GTK_WIDGET (self.display), cr);
  cairo_destroy (cr);
  cairo_surface_set_device_scale (surface, 1, 1);
  picture = gdk_pixbuf_get_from_surface (surface, 0, 0, 131 * scale, 77 * scale);
  cairo_surface_destroy (surface);
  for (int y = 0; y < 77 * scale; y++)
    for (int x = 0; x < 131 * scale; x++)
      g_assert_cmphex (fixture_pixbuf_at (picture, x, y), ==, fixture_pixbuf_at (screen, x, y));
  fixture_clear (&self);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seams/random", test_seams);
  g_test_add_func ("/seams/large", test_large);
  g_test_add_func ("/seams/elsewhere", test_elsewhere);
  return g_test_run ();
}
