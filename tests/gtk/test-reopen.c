/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fixture.h"

#include <string.h>

/* A handler ends the session, and may begin another: no more is told of the one that has ended, and nothing is done to the
 * other in its place. */

typedef struct {
  const char *name;
  const char *signal;               /* the one whose handler closes */
  gboolean    of_connection;        /* … of the connection, not of the widget */
  void      (*prepare) (Fixture *fixture);
  void      (*provoke) (Fixture *fixture);
  gboolean    opens;                /* … and opens again */
  gboolean    waits;                /* … and runs the main loop, as a dialog does, until the other session has begun */
  const char *told;                 /* what was told since the preparation */
} ReopenCase;

typedef struct {
  Fixture           fixture;
  TestServer       *other;
  const ReopenCase *row;
  gboolean          handled;
} Reopen;

static void
do_nothing (Fixture *fixture)
{
}

static void
do_close (Fixture *fixture)
{
  vnc_display_close (fixture->display);
}

static void
do_grab (Fixture *fixture)
{
  vnc_display_force_grab (fixture->display, TRUE);
}

static void
do_open_and_grab (Fixture *fixture)
{
  fixture_open (fixture);
  do_grab (fixture);
}

static void
do_open (Fixture *fixture)
{
  fixture->server = test_server_new (DESKTOP_WIDTH, DESKTOP_HEIGHT, 1);
  g_assert_true (vnc_display_open_fd (fixture->display, test_server_client_fd (fixture->server)));
}

/* VeNCrypt 0.2 that offers a user's name and password without TLS, and nothing else. */
static void
do_open_refused (Fixture *fixture)
{
  static const guint8 said[] = { 0, 2, 0, 1, 0, 0, 1, 0 };

  fixture->server = test_server_new_types (DESKTOP_WIDTH, DESKTOP_HEIGHT, (const guint8[]) { 19, 0 });
  g_assert_true (vnc_display_open_fd (fixture->display, test_server_client_fd (fixture->server)));
  test_server_expect (fixture->server, "type 19");
  test_server_expect (fixture->server, "closed");     /* the server does not go on by itself */
  test_server_send (fixture->server, said, sizeof said);
}

/* The library below lets no server say this; cairo has no picture of that size, as it has none when memory is short. */
static void
do_resize_beyond_cairo (Fixture *fixture)
{
  g_signal_emit_by_name (vnc_display_get_connection (fixture->display), "vnc-desktop-resize", 40000, 30);
}

static void
do_resize (Fixture *fixture)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  test_update_head (out, 1);
  test_update_rect (out, 0, 0, 50, 20, -223);
  test_server_send_array (fixture->server, out);
}

static void
do_rename (Fixture *fixture)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  test_update_head (out, 1);
  test_update_rect (out, 0, 0, 0, 0, -307);
  test_put_u32 (out, 1);
  g_byte_array_append (out, (const guint8 *) "n", 1);
  test_server_send_array (fixture->server, out);
}

#define BEGUN "vnc-connected vnc-desktop-resize(40,30) vnc-initialized "

static const ReopenCase reopen_cases[] = {
  { "refused, unsupported, closed", "vnc-auth-unsupported", FALSE, do_nothing, do_open_refused, FALSE, FALSE,
    "vnc-connected vnc-auth-unsupported vnc-disconnected " },
  { "refused, unsupported, opened", "vnc-auth-unsupported", FALSE, do_nothing, do_open_refused, TRUE, FALSE,
    "vnc-connected vnc-auth-unsupported vnc-disconnected " BEGUN },
  { "refused, error, closed", "vnc-error", FALSE, do_nothing, do_open_refused, FALSE, FALSE,
    "vnc-connected vnc-auth-unsupported vnc-error vnc-disconnected " },
  { "refused, error, opened", "vnc-error", FALSE, do_nothing, do_open_refused, TRUE, FALSE,
    "vnc-connected vnc-auth-unsupported vnc-error vnc-disconnected " BEGUN },
  { "too large, error, opened", "vnc-error", FALSE, fixture_open, do_resize_beyond_cairo, TRUE, FALSE,
    "vnc-error vnc-disconnected " BEGUN },
  { "begun, framebuffer, opened", "notify::framebuffer", TRUE, do_nothing, do_open, TRUE, FALSE,
    "vnc-connected vnc-disconnected " BEGUN },
  { "begun, width, closed", "notify::width", FALSE, do_nothing, do_open, FALSE, FALSE,
    "vnc-connected vnc-disconnected " },
  { "begun, width, opened", "notify::width", FALSE, do_nothing, do_open, TRUE, FALSE,
    "vnc-connected vnc-disconnected " BEGUN },
  { "begun, size, opened and waited", "vnc-desktop-resize", FALSE, do_nothing, do_open, TRUE, TRUE,
    "vnc-connected vnc-desktop-resize(40,30) vnc-disconnected " BEGUN },
  { "resized, width, opened", "notify::width", FALSE, fixture_open, do_resize, TRUE, FALSE,
    "vnc-disconnected " BEGUN },
  { "renamed, name, opened", "notify::name", FALSE, fixture_open, do_rename, TRUE, FALSE,
    "vnc-disconnected " BEGUN },
  { "closed, ungrab, opened", "vnc-pointer-ungrab", FALSE, do_open_and_grab, do_close, TRUE, FALSE,
    "vnc-keyboard-ungrab vnc-pointer-ungrab vnc-disconnected " BEGUN },
  { "grabbed, keyboard, closed", "vnc-keyboard-grab", FALSE, fixture_open, do_grab, FALSE, FALSE,
    "vnc-keyboard-grab vnc-keyboard-ungrab vnc-disconnected " },
};

static gboolean
reopen_has_begun (gpointer data)
{
  return vnc_connection_is_initialized (vnc_display_get_connection (data));
}

static void
reopen_in_handler (Reopen *self)
{
  if (self->handled)
    return;
  self->handled = TRUE;
  vnc_display_close (self->fixture.display);
  if (!self->row->opens)
    return;
  self->other = test_server_new (DESKTOP_WIDTH, DESKTOP_HEIGHT, 1);
  g_assert_true (vnc_display_open_fd (self->fixture.display, test_server_client_fd (self->other)));
  if (self->row->waits)
    test_wait (reopen_has_begun, self->fixture.display, "the other session");
}

static void
reopen_start (Reopen *self, const ReopenCase *row)
{
  VncDisplay *display;

  *self = (Reopen) { .row = row };
  fixture_init (&self->fixture, 100, 80);
  display = self->fixture.display;
  row->prepare (&self->fixture);
  g_string_truncate (self->fixture.signals, 0);
  g_signal_connect_swapped (row->of_connection ? (gpointer) vnc_display_get_connection (display) : display, row->signal,
                            G_CALLBACK (reopen_in_handler), self);
}

static void
reopen_clear (Reopen *self)
{
  fixture_clear (&self->fixture);
  g_clear_pointer (&self->other, test_server_free);
}

/* The other session works, and has heard nothing but what it began with. */
static void
reopen_expect_other (Reopen *self)
{
  test_wait (reopen_has_begun, self->fixture.display, "the other session");
  test_server_expect (self->other, "shared 0");
  test_server_skip_to (self->other, "request 0 0 0 40 30");
  test_server_expect_none (self->other);
}

static void
test_reopen (gconstpointer data)
{
  const ReopenCase *row = data;
  Reopen self;

  reopen_start (&self, row);
  row->provoke (&self.fixture);
  fixture_wait (&self.fixture, "vnc-disconnected");
  if (row->opens) {
    fixture_wait (&self.fixture, "vnc-initialized");
    fixture_expect (&self.fixture, row->told);
    reopen_expect_other (&self);
  } else {
    fixture_expect (&self.fixture, row->told);
    g_assert_false (vnc_display_is_open (self.fixture.display));
    g_assert_cmpint (vnc_display_get_width (self.fixture.display), ==, 0);
  }
  reopen_clear (&self);
}

static gboolean
display_is_relative (gpointer data)
{
  return !vnc_display_is_pointer_absolute (data);
}

/* The server takes motion, and a click grabs the pointer. */
static void
do_open_relative (Fixture *fixture)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  fixture_open (fixture);
  vnc_display_set_pointer_grab (fixture->display, TRUE);
  test_update_head (out, 1);
  test_update_rect (out, 0, 0, 0, 0, -257);
  test_server_send_array (fixture->server, out);
  test_wait (display_is_relative, fixture->display, "relative mode");
}

static void
do_click (Fixture *fixture)
{
  GdkWindow *window = gtk_widget_get_window (GTK_WIDGET (fixture->display));
  GdkEvent *event = gdk_event_new (GDK_BUTTON_PRESS);

  event->button.window = g_object_ref (window);
  event->button.button = 1;
  event->button.x = event->button.y = 10;
  gdk_event_set_device (event, gdk_seat_get_pointer (gdk_display_get_default_seat (gdk_window_get_display (window))));
  gtk_widget_event (GTK_WIDGET (fixture->display), event);
  gdk_event_free (event);
}

/* A click that grabs is not for the session that began meanwhile. */
static void
test_click (void)
{
  static const ReopenCase row = {
    .signal = "vnc-pointer-grab", .prepare = do_open_relative, .opens = TRUE, .waits = TRUE,
  };
  Reopen self;

  reopen_start (&self, &row);
  do_click (&self.fixture);
  g_assert_true (self.handled);
  reopen_expect_other (&self);
  reopen_clear (&self);
}

/* A widget that is destroyed has no session, even while somebody holds it who has opened one meanwhile. */
static void
test_destroyed (void)
{
  static const ReopenCase row = { .signal = "vnc-pointer-ungrab", .prepare = do_open_and_grab, .opens = TRUE };
  VncDisplay *display;
  Reopen self;

  reopen_start (&self, &row);
  display = g_object_ref (self.fixture.display);
  gtk_widget_destroy (GTK_WIDGET (display));
  g_assert_true (self.handled);
  g_assert_false (vnc_display_is_open (display));
  g_object_unref (display);
  reopen_clear (&self);
}

static void
set_shared_back (VncDisplay *display)
{
  vnc_display_set_shared_flag (display, FALSE);
}

static void
set_remote_back (VncDisplay *display)
{
  vnc_display_set_show_remote_pointer (display, FALSE);
}

/* What a handler has set again stays. */
static void
test_settings (void)
{
  Fixture fixture;

  fixture_init (&fixture, 100, 80);
  g_signal_connect (fixture.display, "notify::shared-flag", G_CALLBACK (set_shared_back), NULL);
  g_signal_connect (fixture.display, "notify::show-remote-pointer", G_CALLBACK (set_remote_back), NULL);
  vnc_display_set_shared_flag (fixture.display, TRUE);
  g_assert_false (vnc_connection_get_shared (vnc_display_get_connection (fixture.display)));

  fixture_open (&fixture);
  test_server_skip_to (fixture.server, "request 0 0 0 40 30");
  vnc_display_set_show_remote_pointer (fixture.display, TRUE);
  for (int i = 0; i < 2; i++) {
    g_autofree char *line = test_server_next (fixture.server);

    g_assert_true (g_str_has_prefix (line, "encodings "));
    g_assert_null (strstr (line, " -232"));
  }
  test_server_expect_none (fixture.server);
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (reopen_cases); i++) {
    g_autofree char *name = g_strconcat ("/reopen/", reopen_cases[i].name, NULL);

    g_test_add_data_func (name, &reopen_cases[i], test_reopen);
  }
  g_test_add_func ("/reopen/click", test_click);
  g_test_add_func ("/reopen/destroyed", test_destroyed);
  g_test_add_func ("/reopen/settings", test_settings);
  return g_test_run ();
}
