/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fixture.h"

/* Keys, pointer, grabs, clipboard: what the server gets for events of the widget. The events are made here, so that
 * neither a window manager nor a real pointer is needed. The widget is 100 x 80, the desktop 40 x 30 in its middle. */

#define HARDWARE_A         38
#define HARDWARE_B         56
#define HARDWARE_SHIFT     50
#define HARDWARE_CONTROL   37
#define HARDWARE_ALT       64
#define HARDWARE_UNKNOWN   255

static GdkEvent *
event_new (Fixture *self, GdkEventType type)
{
  GdkWindow *window = gtk_widget_get_window (GTK_WIDGET (self->display));
  GdkSeat *seat = gdk_display_get_default_seat (gdk_window_get_display (window));
  GdkEvent *event = gdk_event_new (type);

  event->any.window = g_object_ref (window);
  event->any.send_event = TRUE;
  gdk_event_set_device (event, type == GDK_KEY_PRESS || type == GDK_KEY_RELEASE ? gdk_seat_get_keyboard (seat)
                                                                               : gdk_seat_get_pointer (seat));
  return event;
}

static void
event_send (Fixture *self, GdkEvent *event)
{
  gtk_widget_event (GTK_WIDGET (self->display), event);
  gdk_event_free (event);
}

static void
key (Fixture *self, gboolean down, guint hardware, guint keysym)
{
  GdkEvent *event = event_new (self, down ? GDK_KEY_PRESS : GDK_KEY_RELEASE);

  event->key.hardware_keycode = (guint16) hardware;
  event->key.keyval = keysym;
  event_send (self, event);
}

static void
motion (Fixture *self, double x, double y)
{
  GdkEvent *event = event_new (self, GDK_MOTION_NOTIFY);

  event->motion.x = event->motion.x_root = x;
  event->motion.y = event->motion.y_root = y;
  event_send (self, event);
}

static void
button (Fixture *self, gboolean down, guint number, double x, double y)
{
  GdkEvent *event = event_new (self, down ? GDK_BUTTON_PRESS : GDK_BUTTON_RELEASE);

  event->button.button = number;
  event->button.x = event->button.x_root = x;
  event->button.y = event->button.y_root = y;
  event_send (self, event);
}

static void
scroll (Fixture *self, GdkScrollDirection direction, double delta_x, double delta_y)
{
  GdkEvent *event = event_new (self, GDK_SCROLL);

  event->scroll.direction = direction;
  event->scroll.delta_x = delta_x;
  event->scroll.delta_y = delta_y;
  event->scroll.x = 50;
  event->scroll.y = 40;
  event_send (self, event);
}

static void
crossing (Fixture *self, GdkEventType type)
{
  GdkEvent *event = event_new (self, type);

  event->crossing.mode = GDK_CROSSING_NORMAL;
  event->crossing.detail = GDK_NOTIFY_NONLINEAR;
  event_send (self, event);
}

static void
focus (Fixture *self, gboolean in)
{
  GdkEvent *event = event_new (self, GDK_FOCUS_CHANGE);

  event->focus_change.in = (gint16) in;
  gtk_widget_send_focus_change (GTK_WIDGET (self->display), event);
  gdk_event_free (event);
}

/* A session in which nothing is left to be said. */
static void
begin (Fixture *self)
{
  fixture_init (self, 100, 80);
  fixture_open (self);
  test_server_skip_to (self->server, "request 0 0 0 40 30");
  g_string_truncate (self->signals, 0);
}

/* An update with one empty rectangle, which says something about the server. */
static void
announce (Fixture *self, int x, gint32 encoding)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  test_update_head (out, 1);
  test_update_rect (out, x, 0, 0, 0, encoding);
  test_server_send_array (self->server, out);
  test_server_expect (self->server, "request 1 0 0 40 30");
}

static void
test_keys (void)
{
  Fixture self;

  begin (&self);
  key (&self, TRUE, HARDWARE_SHIFT, GDK_KEY_Shift_L);
  test_server_expect (self.server, "key 1 0xffe1");
  key (&self, TRUE, HARDWARE_A, GDK_KEY_A);
  test_server_expect (self.server, "key 1 0x41");
  key (&self, FALSE, HARDWARE_SHIFT, GDK_KEY_Shift_L);
  test_server_expect (self.server, "key 0 0xffe1");
  key (&self, FALSE, HARDWARE_A, GDK_KEY_a);
  test_server_expect (self.server, "key 0 0x41");

  /* A release that nobody has pressed. */
  key (&self, FALSE, HARDWARE_B, GDK_KEY_b);
  test_server_expect_none (self.server);

  /* A key that the layout has nothing for. */
  key (&self, TRUE, HARDWARE_UNKNOWN, GDK_KEY_VoidSymbol);
  test_server_expect (self.server, "key 1 0x0");
  fixture_clear (&self);
}

/* The server tells its lights; none is on here. */
static void
lights (Fixture *self, guint8 bits)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  test_update_head (out, 1);
  test_update_rect (out, 0, 0, 1, 1, -261);
  g_byte_array_append (out, &bits, 1);
  test_server_send_array (self->server, out);
  test_server_expect (self->server, "request 1 0 0 40 30");
}

static void
test_locks (void)
{
  Fixture self;

  begin (&self);
  lights (&self, 4);
  key (&self, TRUE, HARDWARE_A, GDK_KEY_a);
  test_server_expect (self.server, "key 1 0xffe5");
  test_server_expect (self.server, "key 0 0xffe5");
  test_server_expect (self.server, "key 1 0x61");
  key (&self, TRUE, HARDWARE_B, GDK_KEY_b);
  test_server_expect (self.server, "key 1 0x62");
  key (&self, FALSE, HARDWARE_A, GDK_KEY_a);
  test_server_expect (self.server, "key 0 0x61");
  key (&self, FALSE, HARDWARE_B, GDK_KEY_b);
  test_server_expect (self.server, "key 0 0x62");

  lights (&self, 2);
  focus (&self, TRUE);
  test_server_expect (self.server, "key 1 0xff7f");
  test_server_expect (self.server, "key 0 0xff7f");

  lights (&self, 6);
  vnc_display_set_read_only (self.display, TRUE);
  focus (&self, TRUE);
  test_server_expect_none (self.server);
  fixture_clear (&self);
}

static void
test_repeat (void)
{
  Fixture self;

  begin (&self);
  key (&self, TRUE, HARDWARE_A, GDK_KEY_a);
  key (&self, TRUE, HARDWARE_A, GDK_KEY_a);
  key (&self, FALSE, HARDWARE_A, GDK_KEY_a);
  test_server_expect (self.server, "key 1 0x61");
  test_server_expect (self.server, "key 0 0x61");
  test_server_expect (self.server, "key 1 0x61");
  test_server_expect (self.server, "key 0 0x61");
  test_server_expect_none (self.server);
  fixture_clear (&self);
}

static void
test_focus_out (void)
{
  Fixture self;

  begin (&self);
  key (&self, TRUE, HARDWARE_B, GDK_KEY_b);
  key (&self, TRUE, HARDWARE_A, GDK_KEY_a);
  focus (&self, FALSE);
  key (&self, FALSE, HARDWARE_A, GDK_KEY_a);
  test_server_expect (self.server, "key 1 0x62");
  test_server_expect (self.server, "key 1 0x61");
  test_server_expect (self.server, "key 0 0x62");
  test_server_expect (self.server, "key 0 0x61");
  test_server_expect_none (self.server);
  fixture_clear (&self);
}

static void
test_scancodes (void)
{
  static const guint keysyms[] = { GDK_KEY_Control_L, GDK_KEY_Alt_L, GDK_KEY_Delete };
  static const guint letters[] = { GDK_KEY_A, 0x10000041 };
  Fixture self;

  begin (&self);
  announce (&self, 0, -258);
  key (&self, TRUE, HARDWARE_A, GDK_KEY_Cyrillic_ef);
  test_server_expect (self.server, "scancode 1 0x6c6 0x1e");
  key (&self, FALSE, HARDWARE_A, GDK_KEY_Cyrillic_ef);
  test_server_expect (self.server, "scancode 0 0x6c6 0x1e");
  key (&self, TRUE, HARDWARE_UNKNOWN, GDK_KEY_Find);
  test_server_expect (self.server, "key 1 0xff68");
  key (&self, FALSE, HARDWARE_UNKNOWN, GDK_KEY_Find);
  test_server_expect (self.server, "key 0 0xff68");

  vnc_display_send_keys (self.display, keysyms, 3);
  test_server_expect (self.server, "scancode 1 0xffe3 0x1d");
  test_server_expect (self.server, "scancode 1 0xffe9 0x38");
  test_server_expect (self.server, "scancode 1 0xffff 0xd3");
  test_server_expect (self.server, "scancode 0 0xffff 0xd3");
  test_server_expect (self.server, "scancode 0 0xffe9 0x38");
  test_server_expect (self.server, "scancode 0 0xffe3 0x1d");
  vnc_display_send_keys_ex (self.display, letters, 2, VNC_DISPLAY_KEY_EVENT_PRESS);
  test_server_expect (self.server, "scancode 1 0x41 0x1e");
  test_server_expect (self.server, "key 1 0x10000041");
  vnc_display_send_keys_ex (self.display, letters, 1, VNC_DISPLAY_KEY_EVENT_RELEASE);
  test_server_expect (self.server, "scancode 0 0x41 0x1e");
  test_server_expect_none (self.server);
  fixture_clear (&self);
}

static void
test_pointer (void)
{
  Fixture self;

  begin (&self);
  motion (&self, 50, 40);
  test_server_expect (self.server, "pointer 0 20 15");
  motion (&self, 99, 79);
  test_server_expect (self.server, "pointer 0 39 29");
  motion (&self, 0, 0);
  test_server_expect (self.server, "pointer 0 0 0");
  for (guint number = 1; number <= 8; number++) {
    g_autofree char *down = g_strdup_printf ("pointer %u 1 2", 1u << (number - 1));

    button (&self, TRUE, number, 31, 27);
    test_server_expect (self.server, down);
    button (&self, FALSE, number, 31, 27);
    test_server_expect (self.server, "pointer 0 1 2");
  }
  button (&self, TRUE, 9, 31, 27);
  button (&self, FALSE, 9, 31, 27);
  test_server_expect_none (self.server);

  /* dragging */
  button (&self, TRUE, 1, 31, 27);
  motion (&self, 32, 28);
  button (&self, TRUE, 3, 32, 28);
  button (&self, FALSE, 1, 32, 28);
  test_server_expect (self.server, "pointer 1 1 2");
  test_server_expect (self.server, "pointer 1 2 3");
  test_server_expect (self.server, "pointer 5 2 3");
  test_server_expect (self.server, "pointer 4 2 3");
  button (&self, FALSE, 3, 32, 28);
  test_server_expect (self.server, "pointer 0 2 3");

  vnc_display_send_pointer (self.display, 100, 200, 3);
  test_server_expect (self.server, "pointer 3 100 200");
  fixture_clear (&self);
}

static void
test_pointer_scaled (void)
{
  Fixture self;

  fixture_init (&self, 100, 80);
  vnc_display_set_scaling (self.display, TRUE);
  fixture_open (&self);
  test_server_skip_to (self.server, "request 0 0 0 40 30");
  motion (&self, 10, 16);
  test_server_expect (self.server, "pointer 0 4 6");
  motion (&self, 99, 79);
  test_server_expect (self.server, "pointer 0 39 29");
  vnc_display_set_keep_aspect_ratio (self.display, TRUE);
  motion (&self, 10, 12);
  test_server_expect (self.server, "pointer 0 4 4");
  vnc_display_set_rotation (self.display, 180);
  motion (&self, 10, 12);
  test_server_expect (self.server, "pointer 0 36 26");
  fixture_clear (&self);
}

static void
test_wheel (void)
{
  Fixture self;

  begin (&self);
  scroll (&self, GDK_SCROLL_UP, 0, 0);
  test_server_expect (self.server, "pointer 8 20 15");
  test_server_expect (self.server, "pointer 0 20 15");
  scroll (&self, GDK_SCROLL_RIGHT, 0, 0);
  test_server_expect (self.server, "pointer 64 20 15");
  test_server_expect (self.server, "pointer 0 20 15");
  scroll (&self, GDK_SCROLL_SMOOTH, 0, 0.6);
  test_server_expect_none (self.server);
  scroll (&self, GDK_SCROLL_SMOOTH, 0, 0.6);
  test_server_expect (self.server, "pointer 16 20 15");
  test_server_expect (self.server, "pointer 0 20 15");
  scroll (&self, GDK_SCROLL_SMOOTH, -1, 0);
  test_server_expect (self.server, "pointer 32 20 15");
  test_server_expect (self.server, "pointer 0 20 15");
  fixture_clear (&self);
}

static void
test_relative (void)
{
  Fixture self;

  begin (&self);
  vnc_display_set_pointer_grab (self.display, TRUE);
  announce (&self, 0, -257);
  g_assert_false (vnc_display_is_pointer_absolute (self.display));

  motion (&self, 50, 40);
  vnc_display_send_pointer (self.display, 1, 2, 0);
  test_server_expect_none (self.server);
  button (&self, TRUE, 1, 50, 40);
  fixture_expect (&self, "vnc-desktop-rename vnc-keyboard-grab vnc-pointer-grab ");
  test_server_expect (self.server, "pointer 1 32767 32767");
  motion (&self, 53, 38);
  test_server_expect (self.server, "pointer 1 32770 32765");
  button (&self, FALSE, 1, 53, 38);
  test_server_expect (self.server, "pointer 0 32767 32767");

  announce (&self, 1, -257);
  fixture_expect (&self, "vnc-keyboard-ungrab vnc-pointer-ungrab ");
  motion (&self, 50, 40);
  test_server_expect (self.server, "pointer 0 20 15");
  fixture_clear (&self);
}

static void
press_grab_keys (Fixture *self)
{
  key (self, TRUE, HARDWARE_CONTROL, GDK_KEY_Control_L);
  key (self, TRUE, HARDWARE_ALT, GDK_KEY_Alt_L);
  key (self, FALSE, HARDWARE_CONTROL, GDK_KEY_Control_L);
  key (self, FALSE, HARDWARE_ALT, GDK_KEY_Alt_L);
}

static void
test_grab_keys (void)
{
  VncGrabSequence *empty = vnc_grab_sequence_new (0, NULL);
  Fixture self;

  begin (&self);
  press_grab_keys (&self);
  fixture_expect (&self, "vnc-keyboard-grab vnc-pointer-grab ");
  press_grab_keys (&self);
  fixture_expect (&self, "vnc-keyboard-ungrab vnc-pointer-ungrab ");
  test_server_expect (self.server, "key 1 0xffe3");
  test_server_expect (self.server, "key 1 0xffe9");
  test_server_expect (self.server, "key 0 0xffe3");
  test_server_expect (self.server, "key 0 0xffe9");

  vnc_display_set_grab_keys (self.display, empty);
  press_grab_keys (&self);
  fixture_expect (&self, "");
  vnc_grab_sequence_free (empty);
  fixture_clear (&self);
}

static void
test_grab_forced (void)
{
  Fixture self;

  begin (&self);
  vnc_display_force_grab (self.display, TRUE);
  vnc_display_force_grab (self.display, TRUE);
  fixture_expect (&self, "vnc-keyboard-grab vnc-pointer-grab ");
  vnc_display_force_grab (self.display, FALSE);
  fixture_expect (&self, "vnc-keyboard-ungrab vnc-pointer-ungrab ");

  /* Closing gives back what is held. */
  vnc_display_force_grab (self.display, TRUE);
  vnc_display_close (self.display);
  fixture_wait (&self, "vnc-disconnected");
  fixture_expect (&self, "vnc-keyboard-grab vnc-pointer-grab vnc-keyboard-ungrab vnc-pointer-ungrab vnc-disconnected ");
  fixture_clear (&self);
}

static void
test_grab_entering (void)
{
  Fixture self;

  begin (&self);
  vnc_display_set_keyboard_grab (self.display, TRUE);
  focus (&self, TRUE);
  crossing (&self, GDK_ENTER_NOTIFY);
  fixture_expect (&self, "vnc-keyboard-grab ");
  crossing (&self, GDK_LEAVE_NOTIFY);
  fixture_expect (&self, "vnc-keyboard-ungrab ");

  /* A server that wants positions changes nothing about the keyboard. */
  crossing (&self, GDK_ENTER_NOTIFY);
  announce (&self, 0, -257);
  announce (&self, 1, -257);
  fixture_expect (&self, "vnc-keyboard-grab ");
  crossing (&self, GDK_LEAVE_NOTIFY);
  fixture_expect (&self, "vnc-keyboard-ungrab ");

  /* The combination frees a keyboard that entering has taken. */
  crossing (&self, GDK_ENTER_NOTIFY);
  press_grab_keys (&self);
  fixture_expect (&self, "vnc-keyboard-grab vnc-keyboard-ungrab ");
  fixture_clear (&self);
}

static void
test_read_only (void)
{
  static const guint keysyms[] = { GDK_KEY_a };
  g_autoptr (GByteArray) out = g_byte_array_new ();
  Fixture self;

  begin (&self);
  key (&self, TRUE, HARDWARE_A, GDK_KEY_a);
  test_server_expect (self.server, "key 1 0x61");
  button (&self, TRUE, 1, 31, 27);
  test_server_expect (self.server, "pointer 1 1 2");
  vnc_display_set_read_only (self.display, TRUE);
  test_server_expect (self.server, "key 0 0x61");
  test_server_expect (self.server, "pointer 0 1 2");

  key (&self, TRUE, HARDWARE_B, GDK_KEY_b);
  press_grab_keys (&self);
  motion (&self, 50, 40);
  button (&self, TRUE, 1, 50, 40);
  button (&self, FALSE, 1, 50, 40);
  scroll (&self, GDK_SCROLL_UP, 0, 0);
  vnc_display_send_keys (self.display, keysyms, 1);
  vnc_display_send_pointer (self.display, 1, 2, 3);
  vnc_display_client_cut_text (self.display, "text");

  /* ServerCutText and Bell */
  test_put_u32 (out, 0x03000000);
  test_put_u32 (out, 1);
  g_byte_array_append (out, (const guint8 *) "x", 1);
  g_byte_array_append (out, (const guint8 *) "\2", 1);
  test_server_send_array (self.server, out);
  test_server_expect_none (self.server);
  fixture_expect (&self, "vnc-bell vnc-desktop-rename ");
  fixture_clear (&self);
}

static void
test_clipboard (void)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  Fixture self;

  begin (&self);
  vnc_display_client_cut_text (self.display, "caf\xe9");
  vnc_display_client_cut_text (self.display, "");
  test_server_expect (self.server, "cut 4 caf\xe9");
  test_server_expect (self.server, "cut 0 ");
  test_put_u32 (out, 0x03000000);
  test_put_u32 (out, 0);
  test_server_send_array (self.server, out);
  fixture_wait (&self, "vnc-server-cut-text");
  fixture_clear (&self);
}

/* The server's shape is shown, else none, else the local one. */
static void
test_cursor (void)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  static const guint8 mask[2] = { 0xc0, 0x80 };
  GdkWindow *window;
  GdkCursor *cursor;
  Fixture self;

  fixture_init (&self, 100, 80);
  window = gtk_widget_get_window (GTK_WIDGET (self.display));
  g_assert_null (gdk_window_get_cursor (window));
  fixture_open (&self);
  g_assert_cmpint (gdk_cursor_get_cursor_type (gdk_window_get_cursor (window)), ==, GDK_BLANK_CURSOR);
  vnc_display_set_pointer_local (self.display, TRUE);
  g_assert_null (gdk_window_get_cursor (window));

  test_server_skip_to (self.server, "request 0 0 0 40 30");
  test_update_head (out, 1);
  test_update_rect (out, 9, 9, 2, 2, -239);         /* its hot spot is outside */
  for (int i = 0; i < 4; i++)
    test_put_u32 (out, 0x00112233);
  g_byte_array_append (out, mask, sizeof mask);
  test_server_send_array (self.server, out);
  test_server_expect (self.server, "request 1 0 0 40 30");
  cursor = gdk_window_get_cursor (window);
  g_assert_nonnull (cursor);
  g_assert_cmpint (gdk_cursor_get_cursor_type (cursor), ==, GDK_CURSOR_IS_PIXMAP);

  announce (&self, 0, -239);
  g_assert_null (gdk_window_get_cursor (window));
  fixture_clear (&self);
}

/* A shape of 2 x 2 pixels of one colour, pointing with its second pixel. */
#define SHAPE_COLOUR 0x00c01020u

static void
send_shape (Fixture *self)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  static const guint8 mask[2] = { 0xc0, 0xc0 };
  guint32 pixel = SHAPE_COLOUR;

  test_update_head (out, 1);
  test_update_rect (out, 1, 0, 2, 2, -239);
  for (int i = 0; i < 4; i++)
    g_byte_array_append (out, (const guint8 *) &pixel, sizeof pixel);
  g_byte_array_append (out, mask, sizeof mask);
  test_server_send_array (self->server, out);
  test_server_skip_to (self->server, "request 1 0 0 40 30");
}

static void
send_position (Fixture *self, int x, int y, gint32 encoding)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  test_update_head (out, 1);
  test_update_rect (out, x, y, 0, 0, encoding);
  test_server_send_array (self->server, out);
  test_server_skip_to (self->server, "request 1 0 0 40 30");
}

/* The first pixel of the widget in the colour of the shape, and how many there are. */
static void
expect_shape (Fixture *self, int x, int y, guint n_wanted)
{
  g_autoptr (GdkPixbuf) screen = fixture_screenshot (self);
  guint n = 0;

  for (int row = 0; row < gdk_pixbuf_get_height (screen); row++)
    for (int column = 0; column < gdk_pixbuf_get_width (screen); column++)
      if (fixture_pixbuf_at (screen, column, row) == SHAPE_COLOUR && n++ == 0) {
        g_assert_cmpint (column, ==, x);
        g_assert_cmpint (row, ==, y);
      }
  g_assert_cmpuint (n, ==, n_wanted);
}

static void
test_remote_pointer (void)
{
  Fixture self;

  begin (&self);
  vnc_display_set_show_remote_pointer (self.display, TRUE);
  test_server_expect (self.server, "encodings 7 -309 -258 -261 -308 -223 -307 -224 1464686185 -259 -314 -239 "
                                   "-240 -257 16 5 2 1 0 -312 -313 -316 1464686180 1464686181 1464686184 -131072 1464686182 -232");
  fixture_send_raw (&self, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  /* Without a shape the server draws it. */
  send_position (&self, 5, 6, -232);
  expect_shape (&self, 0, 0, 0);
  send_shape (&self);
  expect_shape (&self, 34, 31, 4);
  send_position (&self, 20, 10, 0x574d5666);
  expect_shape (&self, 49, 35, 4);
  vnc_display_set_zoom_level (self.display, 50);      /* 20 x 15 in the middle */
  expect_shape (&self, 49, 37, 4);
  vnc_display_set_zoom_level (self.display, 100);

  /* What the desktop shows below it may change. */
  fixture_send_raw (&self, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 1);
  expect_shape (&self, 49, 35, 4);

  /* Ours goes on from wherever it is. */
  motion (&self, 50, 40);
  test_server_skip_to (self.server, "pointer 0 20 15");
  expect_shape (&self, 0, 0, 0);

  /* An echo of where we have been says nothing; what it says when we have come to rest does. */
  send_position (&self, 19, 15, -232);
  expect_shape (&self, 0, 0, 0);
  send_position (&self, 20, 15, -232);
  test_settle (700);
  expect_shape (&self, 0, 0, 0);
  send_position (&self, 7, 7, -232);
  expect_shape (&self, 36, 32, 4);
  send_position (&self, 20, 15, -232);
  expect_shape (&self, 0, 0, 0);

  /* Who wants it no longer does not see it, whatever still comes. */
  send_position (&self, 7, 7, -232);
  expect_shape (&self, 36, 32, 4);
  vnc_display_set_show_remote_pointer (self.display, FALSE);
  test_server_expect (self.server, "encodings 7 -309 -258 -261 -308 -223 -307 -224 1464686185 -259 -314 -239 "
                                   "-240 -257 16 5 2 1 0 -312 -313 -316 1464686180 1464686181 1464686184 -131072");
  expect_shape (&self, 0, 0, 0);
  send_position (&self, 8, 8, -232);
  expect_shape (&self, 0, 0, 0);
  vnc_display_set_show_remote_pointer (self.display, TRUE);

  /* The end of the session is its end. */
  send_position (&self, 7, 7, -232);
  vnc_display_close (self.display);
  fixture_wait (&self, "vnc-disconnected");
  expect_shape (&self, 0, 0, 0);
  fixture_clear (&self);
}

/* While it is grabbed the pointer follows. */
static void
test_remote_pointer_grabbed (void)
{
  GdkDevice *pointer = gdk_seat_get_pointer (gdk_display_get_default_seat (gdk_display_get_default ()));
  int root_x, root_y, x, y;
  Fixture self;

  begin (&self);
  vnc_display_set_show_remote_pointer (self.display, TRUE);
  send_shape (&self);
  vnc_display_force_grab (self.display, TRUE);
  fixture_expect (&self, "vnc-keyboard-grab vnc-pointer-grab ");
  send_position (&self, 8, 9, -232);
  test_server_skip_to (self.server, "pointer 0 8 9");     /* the motion that this makes */
  gdk_window_get_origin (gtk_widget_get_window (GTK_WIDGET (self.display)), &root_x, &root_y);
  gdk_device_get_position (pointer, NULL, &x, &y);
  g_assert_cmpint (x - root_x, ==, 38);
  g_assert_cmpint (y - root_y, ==, 34);
  expect_shape (&self, 0, 0, 0);
  vnc_display_force_grab (self.display, FALSE);
  fixture_clear (&self);
}

static void
expect_cursor (Fixture *self, GdkCursorType wanted)
{
  GdkCursor *cursor = gdk_window_get_cursor (gtk_widget_get_window (GTK_WIDGET (self->display)));

  g_assert_cmpint (cursor ? gdk_cursor_get_cursor_type (cursor) : GDK_LAST_CURSOR, ==, wanted);
}

/* Of a pointer that is moved by deltas the server's place is drawn: there are not two of its shape. */
static void
test_remote_pointer_relative (void)
{
  Fixture self;

  begin (&self);
  vnc_display_set_show_remote_pointer (self.display, TRUE);
  send_shape (&self);
  expect_cursor (&self, GDK_CURSOR_IS_PIXMAP);
  send_position (&self, 0, 0, -257);
  g_assert_false (vnc_display_is_pointer_absolute (self.display));
  expect_cursor (&self, GDK_CURSOR_IS_PIXMAP);
  send_position (&self, 5, 6, -232);
  expect_shape (&self, 34, 31, 4);
  expect_cursor (&self, GDK_LAST_CURSOR);
  vnc_display_force_grab (self.display, TRUE);
  expect_cursor (&self, GDK_BLANK_CURSOR);
  expect_shape (&self, 34, 31, 4);
  vnc_display_force_grab (self.display, FALSE);
  expect_cursor (&self, GDK_LAST_CURSOR);
  send_position (&self, 1, 0, -257);
  expect_cursor (&self, GDK_CURSOR_IS_PIXMAP);
  fixture_clear (&self);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/events/keys", test_keys);
  g_test_add_func ("/events/locks", test_locks);
  g_test_add_func ("/events/repeat", test_repeat);
  g_test_add_func ("/events/focus-out", test_focus_out);
  g_test_add_func ("/events/scancodes", test_scancodes);
  g_test_add_func ("/events/pointer", test_pointer);
  g_test_add_func ("/events/pointer-scaled", test_pointer_scaled);
  g_test_add_func ("/events/wheel", test_wheel);
  g_test_add_func ("/events/relative", test_relative);
  g_test_add_func ("/events/grab-keys", test_grab_keys);
  g_test_add_func ("/events/grab-forced", test_grab_forced);
  g_test_add_func ("/events/grab-entering", test_grab_entering);
  g_test_add_func ("/events/read-only", test_read_only);
  g_test_add_func ("/events/clipboard", test_clipboard);
  g_test_add_func ("/events/cursor", test_cursor);
  g_test_add_func ("/events/remote-pointer", test_remote_pointer);
  g_test_add_func ("/events/remote-pointer-relative", test_remote_pointer_relative);
  g_test_add_func ("/events/remote-pointer-grabbed", test_remote_pointer_grabbed);
  return g_test_run ();
}
