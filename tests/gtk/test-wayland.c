/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fixture.h"
#include "keymap.h"

#include <gdk/gdkwayland.h>
#include <string.h>

/* On a Wayland compositor: the widget draws itself, gets the keyboard, and each key of a virtual keyboard becomes the scan
 * code that it has on X11. */

/* Codes of Linux are those of evdev on X11 less this. */
#define EVDEV_OFFSET 8

static gboolean
has_focus (gpointer data)
{
  return gtk_widget_has_focus (GTK_WIDGET (((Fixture *) data)->display))
         && gtk_window_has_toplevel_focus (GTK_WINDOW (((Fixture *) data)->window));
}

static gboolean
count_draws (GtkWidget *widget, cairo_t *cr, guint *n_draws)
{
  (*n_draws)++;
  return FALSE;
}

static void
begin (Fixture *self)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  fixture_init (self, 100, 80);
  g_assert_true (GDK_IS_WAYLAND_DISPLAY (gtk_widget_get_display (self->window)));
  fixture_open (self);
  test_server_skip_to (self->server, "request 0 0 0 40 30");
  test_update_head (out, 1);
  test_update_rect (out, 0, 0, 0, 0, -258);
  test_server_send_array (self->server, out);
  test_server_expect (self->server, "request 1 0 0 40 30");
}

static void
test_drawing (void)
{
  guint n_draws = 0;
  Fixture self;

  begin (&self);
  vnc_display_set_scaling (self.display, TRUE);
  fixture_draw (&self);
  g_signal_connect (self.display, "draw", G_CALLBACK (count_draws), &n_draws);
  fixture_send_raw (&self, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  fixture_draw (&self);
  g_assert_cmpuint (n_draws, >, 0);
  fixture_clear (&self);
}

/* A line `scancode DOWN KEYSYM CODE`. */
static void
expect_code (Fixture *self, gboolean down, guint code)
{
  g_autofree char *line = test_server_next (self->server);
  g_autofree char *end = g_strdup_printf (" 0x%x", code);

  if (!g_str_has_prefix (line, down ? "scancode 1 " : "scancode 0 ") || !g_str_has_suffix (line, end))
    g_error ("%s rather than code 0x%x, %s", line, code, down ? "down" : "up");
}

static void
test_keys (void)
{
  /* All keys of a keyboard of 105 keys, and some of the many others. GDK drops what the layout has no keysym for. */
  static const guint others[] = { 86, 87, 88, 92, 93, 94, 96, 97, 98, 99, 100, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111,
                                  117, 119, 121, 125, 126, 127, 183, 184, 185 };
  g_autoptr (GPtrArray) command = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GSubprocess) keyboard = NULL;
  g_autoptr (GError) error = NULL;
  Fixture self;

  for (guint code = 1; code <= 83; code++)
    g_array_append_val (keys, code);
  g_array_append_vals (keys, others, G_N_ELEMENTS (others));
  g_ptr_array_add (command, g_strdup (g_getenv ("WAYLAND_KEYS")));
  for (guint i = 0; i < keys->len; i++)
    g_ptr_array_add (command, g_strdup_printf ("%u", g_array_index (keys, guint, i)));
  g_ptr_array_add (command, NULL);

  begin (&self);
  keyboard = g_subprocess_newv ((const char *const *) command->pdata, G_SUBPROCESS_FLAGS_STDIN_PIPE, &error);
  g_assert_no_error (error);
  test_wait (has_focus, &self, "the keyboard");
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (keyboard), "\n", 1, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < keys->len; i++) {
    guint16 code = gvnc_keymap_scancode (GVNC_KEYCODES_EVDEV, g_array_index (keys, guint, i) + EVDEV_OFFSET);

    g_test_message ("key %u", g_array_index (keys, guint, i));
    g_assert_cmpuint (code, !=, 0);
    expect_code (&self, TRUE, code);
    expect_code (&self, FALSE, code);
  }
  g_output_stream_close (g_subprocess_get_stdin_pipe (keyboard), NULL, NULL);
  g_assert_true (g_subprocess_wait_check (keyboard, NULL, &error));
  g_assert_no_error (error);
  fixture_clear (&self);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wayland/drawing", test_drawing);
  g_test_add_func ("/wayland/keys", test_keys);
  return g_test_run ();
}
