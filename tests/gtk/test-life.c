/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fixture.h"

#include <string.h>

/* Settings, and the life of a session. */

static void
test_defaults (void)
{
  VncDisplay *display = VNC_DISPLAY (g_object_ref_sink (vnc_display_new ()));
  VncConnection *conn = vnc_display_get_connection (display);
  g_autofree char *keys = vnc_grab_sequence_as_string (vnc_display_get_grab_keys (display));

  g_assert_cmpint (vnc_display_get_depth (display), ==, VNC_DISPLAY_DEPTH_COLOR_DEFAULT);
  g_assert_true (vnc_display_get_force_size (display));
  g_assert_true (vnc_display_get_smoothing (display));
  g_assert_cmpuint (vnc_display_get_zoom_level (display), ==, 100);
  g_assert_cmpuint (vnc_display_get_rotation (display), ==, 0);
  g_assert_cmpstr (keys, ==, "Control_L+Alt_L");
  g_assert_false (vnc_display_get_allow_resize (display));
  g_assert_false (vnc_display_get_keyboard_grab (display));
  g_assert_false (vnc_display_get_pointer_grab (display));
  g_assert_false (vnc_display_get_keep_aspect_ratio (display));
  g_assert_false (vnc_display_get_pointer_local (display));
  g_assert_false (vnc_display_get_lossy_encoding (display));
  g_assert_false (vnc_display_get_read_only (display));
  g_assert_false (vnc_display_get_scaling (display));
  g_assert_false (vnc_display_get_shared_flag (display));
  g_assert_cmpint (vnc_display_get_width (display), ==, 0);
  g_assert_cmpint (vnc_display_get_height (display), ==, 0);
  g_assert_null (vnc_display_get_name (display));
  g_assert_null (vnc_display_get_pixbuf (display));
  g_assert_true (VNC_IS_CONNECTION (conn));
  g_assert_false (vnc_display_is_open (display));
  g_assert_true (vnc_display_is_pointer_absolute (display));
  g_assert_false (vnc_display_request_update (display));
  g_assert_true (gtk_widget_get_can_focus (GTK_WIDGET (display)));
  g_object_unref (display);
}

static void
test_layout (void)
{
  GTypeQuery query;

  g_type_query (VNC_TYPE_DISPLAY, &query);
  g_assert_cmpuint (query.instance_size, ==, sizeof (VncDisplay));
  g_assert_cmpuint (query.class_size, ==, sizeof (VncDisplayClass));
  g_assert_cmpuint (sizeof (VncDisplayClass) - sizeof (GtkDrawingAreaClass), ==, 4 * sizeof (gpointer));
  g_assert_cmpuint (sizeof (VncDisplay) - sizeof (GtkDrawingArea), ==, sizeof (gpointer));
}

static const char *const flags[] = {
  "allow-resize", "force-size", "grab-keyboard", "grab-pointer", "keep-aspect-ratio", "local-pointer", "lossy-encoding",
  "read-only", "scaling", "shared-flag", "smoothing",
};

static void
count_notify (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
test_properties (void)
{
  VncDisplay *display = VNC_DISPLAY (g_object_ref_sink (vnc_display_new ()));
  guint count = 0, zoom, rotation;

  g_signal_connect (display, "notify", G_CALLBACK (count_notify), &count);
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++) {
    gboolean before, after;

    g_test_message ("%s", flags[i]);
    g_object_get (display, flags[i], &before, NULL);
    count = 0;
    g_object_set (display, flags[i], !before, NULL);
    g_object_get (display, flags[i], &after, NULL);
    g_assert_cmpint (after, ==, !before);
    g_assert_cmpuint (count, ==, 1);
  }

  vnc_display_set_zoom_level (display, 5);
  g_object_get (display, "zoom-level", &zoom, NULL);
  g_assert_cmpuint (zoom, ==, 10);
  vnc_display_set_zoom_level (display, 5000);
  g_assert_cmpuint (vnc_display_get_zoom_level (display), ==, 400);
  vnc_display_set_rotation (display, 360);
  g_object_get (display, "rotation", &rotation, NULL);
  g_assert_cmpuint (rotation, ==, 0);
  vnc_display_set_rotation (display, 100);
  g_assert_cmpuint (vnc_display_get_rotation (display), ==, 90);
  vnc_display_set_depth (display, (VncDisplayDepthColor) 24);
  g_assert_cmpint (vnc_display_get_depth (display), ==, VNC_DISPLAY_DEPTH_COLOR_DEFAULT);
  g_assert_true (vnc_display_set_scaling (display, FALSE));
  g_object_unref (display);
}

static void
test_grab_keys (void)
{
  VncDisplay *display = VNC_DISPLAY (g_object_ref_sink (vnc_display_new ()));
  VncGrabSequence *empty = vnc_grab_sequence_new (0, NULL);
  g_autofree char *again = NULL;

  vnc_display_set_grab_keys (display, empty);
  g_assert_cmpuint (vnc_display_get_grab_keys (display)->nkeysyms, ==, 0);
  g_assert_true (vnc_display_get_grab_keys (display) != empty);
  vnc_grab_sequence_free (empty);
  vnc_display_set_grab_keys (display, NULL);
  again = vnc_grab_sequence_as_string (vnc_display_get_grab_keys (display));
  g_assert_cmpstr (again, ==, "Control_L+Alt_L");
  g_object_unref (display);
}

static void
test_credential (void)
{
  VncDisplay *display = VNC_DISPLAY (g_object_ref_sink (vnc_display_new ()));

  g_assert_false (vnc_display_set_credential (display, VNC_DISPLAY_CREDENTIAL_PASSWORD, "secret"));
  g_assert_false (vnc_display_set_credential (display, VNC_DISPLAY_CREDENTIAL_USERNAME, NULL));
  g_assert_true (vnc_display_set_credential (display, 99, "secret"));
  g_object_unref (display);
}

static void
test_options (void)
{
  const GOptionEntry *entries = vnc_display_get_option_entries ();
  GOptionGroup *group = vnc_display_get_option_group ();

  g_assert_cmpstr (entries[0].long_name, ==, "gtk-vnc-debug");
  g_assert_null (entries[1].long_name);
  g_option_group_unref (group);
}

static void
expect_request (Fixture *fixture, int minimum_width, int minimum_height, int natural_width, int natural_height)
{
  GtkRequisition minimum, natural;

  gtk_widget_get_preferred_size (GTK_WIDGET (fixture->display), &minimum, &natural);
  g_assert_cmpint (minimum.width, ==, minimum_width);
  g_assert_cmpint (minimum.height, ==, minimum_height);
  g_assert_cmpint (natural.width, ==, natural_width);
  g_assert_cmpint (natural.height, ==, natural_height);
}

/* The request follows each setting at once, and stays when the session is over. */
static void
test_size_request (void)
{
  Fixture fixture;

  fixture_init (&fixture, 100, 80);
  fixture_open (&fixture);
  expect_request (&fixture, 40, 30, 40, 30);
  vnc_display_set_zoom_level (fixture.display, 200);
  expect_request (&fixture, 80, 60, 80, 60);
  vnc_display_set_rotation (fixture.display, 270);
  expect_request (&fixture, 60, 80, 60, 80);
  vnc_display_set_scaling (fixture.display, TRUE);
  expect_request (&fixture, 0, 0, 60, 80);
  vnc_display_set_force_size (fixture.display, FALSE);
  expect_request (&fixture, 0, 0, 0, 0);
  vnc_display_set_force_size (fixture.display, TRUE);
  vnc_display_close (fixture.display);
  fixture_wait (&fixture, "vnc-disconnected");
  expect_request (&fixture, 0, 0, 60, 80);
  fixture_clear (&fixture);
}

static void
test_session (void)
{
  Fixture fixture;

  fixture_init (&fixture, 100, 80);
  vnc_display_set_shared_flag (fixture.display, TRUE);
  vnc_display_set_lossy_encoding (fixture.display, TRUE);
  fixture_open (&fixture);
  fixture_expect (&fixture, "vnc-connected vnc-desktop-resize(40,30) vnc-initialized ");
  test_server_expect (fixture.server, "shared 1");
  test_server_expect (fixture.server, "format 32 24 16 8 0");
  test_server_expect (fixture.server, "encodings -27 7 -309 -258 -261 -308 -223 -307 -224 1464686185 -259 -314 -239 "
                                      "-240 -257 16 5 2 1 0 -312 -313 -316 1464686180 1464686181 1464686184 -131072");
  test_server_expect (fixture.server, "request 0 0 0 40 30");
  g_assert_cmpint (vnc_display_get_width (fixture.display), ==, 40);
  g_assert_cmpint (vnc_display_get_height (fixture.display), ==, 30);
  g_assert_cmpstr (vnc_display_get_name (fixture.display), ==, "test");

  g_assert_true (vnc_display_request_update (fixture.display));
  test_server_expect (fixture.server, "request 0 0 0 40 30");

  vnc_display_close (fixture.display);
  g_assert_false (vnc_display_is_open (fixture.display));
  fixture_wait (&fixture, "vnc-disconnected");
  fixture_expect (&fixture, "vnc-disconnected ");
  g_assert_cmpint (vnc_display_get_width (fixture.display), ==, 0);
  g_assert_null (vnc_display_get_name (fixture.display));
  g_assert_null (vnc_display_get_pixbuf (fixture.display));

  /* Once more, with another server of the same size. */
  test_server_free (g_steal_pointer (&fixture.server));
  fixture_open (&fixture);
  fixture_expect (&fixture, "vnc-connected vnc-desktop-resize(40,30) vnc-initialized ");
  fixture_clear (&fixture);
}

static const struct {
  VncDisplayDepthColor depth;
  const char          *format;
} depths[] = {
  { VNC_DISPLAY_DEPTH_COLOR_DEFAULT, "format 32 24 16 8 0" },
  { VNC_DISPLAY_DEPTH_COLOR_FULL, "format 32 24 16 8 0" },
  { VNC_DISPLAY_DEPTH_COLOR_MEDIUM, "format 16 15 11 6 1" },
  { VNC_DISPLAY_DEPTH_COLOR_LOW, "format 8 8 5 2 0" },
  { VNC_DISPLAY_DEPTH_COLOR_ULTRA_LOW, "format 8 3 7 6 5" },
  { (VncDisplayDepthColor) 24, "format 32 24 16 8 0" },
};

static void
test_depth (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (depths); i++) {
    Fixture fixture;

    fixture_init (&fixture, 100, 80);
    vnc_display_set_depth (fixture.display, depths[i].depth);
    fixture_open (&fixture);
    test_server_expect (fixture.server, "shared 0");
    test_server_expect (fixture.server, depths[i].format);
    fixture_clear (&fixture);
  }
}

/* One incremental request for each message that holds anything, and none besides. */
static void
test_requests (void)
{
  Fixture fixture;
  g_autoptr (GByteArray) out = g_byte_array_new ();

  fixture_init (&fixture, 100, 80);
  fixture_open (&fixture);
  test_server_skip_to (fixture.server, "request 0 0 0 40 30");

  test_update_head (out, 0);
  test_update_head (out, 2);
  for (int i = 0; i < 2; i++) {
    test_update_rect (out, 0, 0, 1, 1, 0);
    test_put_u32 (out, 0);
  }
  test_update_head (out, 1);
  test_update_rect (out, 0, 0, 0, 0, -258);
  test_server_send_array (fixture.server, out);
  test_server_expect (fixture.server, "request 1 0 0 40 30");
  test_server_expect (fixture.server, "request 1 0 0 40 30");
  test_server_expect_none (fixture.server);
  fixture_clear (&fixture);
}

static void
test_resize (void)
{
  Fixture fixture;
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GdkPixbuf) picture = NULL;

  fixture_init (&fixture, 100, 80);
  fixture_open (&fixture);
  test_server_skip_to (fixture.server, "request 0 0 0 40 30");
  fixture_expect (&fixture, "vnc-connected vnc-desktop-resize(40,30) vnc-initialized ");
  test_update_head (out, 1);
  test_update_rect (out, 0, 0, 50, 20, -223);
  test_server_send_array (fixture.server, out);
  test_server_expect (fixture.server, "request 0 0 0 50 20");
  test_server_expect (fixture.server, "request 1 0 0 50 20");
  fixture_expect (&fixture, "vnc-desktop-resize(50,20) ");
  expect_request (&fixture, 50, 20, 50, 20);
  picture = vnc_display_get_pixbuf (fixture.display);
  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, 50);
  fixture_clear (&fixture);
}

/* An ExtendedDesktopSize rectangle with one screen. */
static void
announce_resizing (Fixture *fixture)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  test_update_head (out, 1);
  test_update_rect (out, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, -308);
  test_put_u32 (out, 0x01000000);
  test_put_u32 (out, 7);
  test_put_u32 (out, 0);
  test_put_u16 (out, DESKTOP_WIDTH);
  test_put_u16 (out, DESKTOP_HEIGHT);
  test_put_u32 (out, 0);
  test_server_send_array (fixture->server, out);
  test_server_skip_to (fixture->server, "request 1 0 0 40 30");
}

/* The server is asked for the widget's size. */
static void
test_allow_resize (void)
{
  Fixture fixture;

  fixture_init (&fixture, 100, 80);
  vnc_display_set_zoom_level (fixture.display, 200);
  fixture_open (&fixture);
  test_server_skip_to (fixture.server, "request 0 0 0 40 30");
  announce_resizing (&fixture);
  test_server_expect_none (fixture.server);
  vnc_display_set_allow_resize (fixture.display, TRUE);
  test_server_expect (fixture.server, "size 50 40");
  fixture_clear (&fixture);
}

/* … but not before it has said that it can. */
static void
test_allow_resize_early (void)
{
  Fixture fixture;

  fixture_init (&fixture, 100, 80);
  vnc_display_set_allow_resize (fixture.display, TRUE);
  fixture_open (&fixture);
  test_server_skip_to (fixture.server, "request 0 0 0 40 30");
  test_settle (800);
  test_server_expect_none (fixture.server);
  announce_resizing (&fixture);
  test_server_expect (fixture.server, "size 100 80");
  fixture_clear (&fixture);
}

/* … and not when it fits. */
static void
test_allow_resize_fits (void)
{
  Fixture fixture;

  fixture_init (&fixture, DESKTOP_WIDTH, DESKTOP_HEIGHT);
  vnc_display_set_allow_resize (fixture.display, TRUE);
  fixture_open (&fixture);
  test_server_skip_to (fixture.server, "request 0 0 0 40 30");
  announce_resizing (&fixture);
  test_settle (800);
  test_server_expect_none (fixture.server);
  fixture_clear (&fixture);
}

/* The last reference goes while the timer of allow-resize runs. */
static void
test_destroy_early (void)
{
  Fixture fixture;

  fixture_init (&fixture, 100, 80);
  fixture_open (&fixture);
  vnc_display_set_allow_resize (fixture.display, TRUE);
  g_object_add_weak_pointer (G_OBJECT (fixture.display), (gpointer *) &fixture.display);
  gtk_widget_destroy (fixture.window);
  g_assert_null (fixture.display);
  test_settle (700);
  fixture.window = gtk_window_new (GTK_WINDOW_POPUP);
  fixture_clear (&fixture);
}

/* virt-viewer closes, lets go, and quits when vnc-disconnected comes. */
static void
test_let_go_after_close (void)
{
  Fixture fixture;

  fixture_init (&fixture, 100, 80);
  fixture_open (&fixture);
  g_object_add_weak_pointer (G_OBJECT (fixture.display), (gpointer *) &fixture.display);
  g_object_ref (fixture.display);
  gtk_container_remove (GTK_CONTAINER (fixture.window), GTK_WIDGET (fixture.display));
  vnc_display_close (fixture.display);
  g_object_unref (fixture.display);
  g_assert_nonnull (fixture.display);
  fixture_wait (&fixture, "vnc-disconnected");
  fixture_wait_gone (&fixture);
  fixture_clear (&fixture);
}

/* Not a reference is left when the widget is destroyed between close and vnc-disconnected. */
static void
test_destroy_after_close (void)
{
  Fixture fixture;

  fixture_init (&fixture, 100, 80);
  fixture_open (&fixture);
  g_object_add_weak_pointer (G_OBJECT (fixture.display), (gpointer *) &fixture.display);
  vnc_display_close (fixture.display);
  gtk_widget_destroy (fixture.window);
  g_assert_null (fixture.display);
  test_settle (20);
  fixture.window = gtk_window_new (GTK_WINDOW_POPUP);
  fixture_clear (&fixture);
}

static void
test_destroy_inside (void)
{
  static const char *const signals[] = { "vnc-connected", "vnc-desktop-resize", "vnc-initialized" };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++) {
    Fixture fixture;

    fixture_init (&fixture, 100, 80);
    g_signal_connect_swapped (fixture.display, signals[i], G_CALLBACK (gtk_widget_destroy), fixture.window);
    g_object_add_weak_pointer (G_OBJECT (fixture.display), (gpointer *) &fixture.display);
    fixture.server = test_server_new (DESKTOP_WIDTH, DESKTOP_HEIGHT, 1);
    g_assert_true (vnc_display_open_fd (fixture.display, test_server_client_fd (fixture.server)));
    test_server_skip_to (fixture.server, "closed");
    fixture_wait_gone (&fixture);
    fixture.window = gtk_window_new (GTK_WINDOW_POPUP);
    fixture_clear (&fixture);
  }
}

static void
test_unusable_security (void)
{
  Fixture fixture;

  fixture_init (&fixture, 100, 80);
  fixture.server = test_server_new (DESKTOP_WIDTH, DESKTOP_HEIGHT, 99);
  g_assert_true (vnc_display_open_fd (fixture.display, test_server_client_fd (fixture.server)));
  fixture_wait (&fixture, "vnc-disconnected");
  fixture_expect (&fixture, "vnc-connected vnc-auth-unsupported vnc-error vnc-disconnected ");
  fixture_clear (&fixture);
}

typedef struct {
  const char *name;
  const char *chosen;
  guint8      types[8];
  gboolean    first_use;
  gboolean    known_hosts;
  gboolean    asks;           /* there is a handler that knows whom to trust */
  guint       order[3];       /* the connection's; 0: none */
  guint       chosen_before;  /* by vnc_connection_set_auth_type(), as an address does */
} SecurityChoice;

static const SecurityChoice security_choices[] = {
  { "keys for which nobody can vouch come behind passwords", "type 2", { 129, 5, 33, 2 } },
  { "still better than nothing at all", "type 129", { 1, 5, 129 } },
  { "keys that are trusted when they are first seen come first", "type 129", { 2, 5, 129 }, .first_use = TRUE },
  { "keys that are known come first", "type 129", { 2, 5, 129 }, .known_hosts = TRUE },
  { "keys that somebody looks at come first", "type 129", { 2, 5, 129 }, .asks = TRUE },
  { "certificates and anonymous TLS do not wait for anybody", "type 18", { 2, 129, 18 } },
  { "the connection's order comes before the widget's", "type 5", { 2, 5, 129 }, .asks = TRUE, .order = { 5, 2 } },
  { "what was chosen before comes first", "type 2", { 1, 129, 2 }, .asks = TRUE, .chosen_before = 2 },
  { "even before the order", "type 2", { 1, 129, 2 }, .order = { 129 }, .chosen_before = 2 },
};

static gboolean
security_verify (VncConnection *conn, VncCertificate *certificate, gpointer data)
{
  return FALSE;
}

static void
test_security_choice (gconstpointer data)
{
  const SecurityChoice *row = data;
  VncConnection *conn;
  Fixture fixture;

  fixture_init (&fixture, 100, 80);
  conn = vnc_display_get_connection (fixture.display);
  g_object_set (conn, "trust-on-first-use", row->first_use, NULL);
  if (row->known_hosts)
    g_object_set (conn, "known-hosts-file", "/nonexistent/known_hosts", NULL);
  if (row->asks)
    g_signal_connect (conn, "vnc-verify-certificate", G_CALLBACK (security_verify), NULL);
  if (row->order[0] != 0)
    vnc_connection_set_auth_order (conn, row->order, row->order[1] != 0 ? 2 : 1);
  fixture.server = test_server_new_types (DESKTOP_WIDTH, DESKTOP_HEIGHT, row->types);
  g_assert_true (vnc_display_open_fd (fixture.display, test_server_client_fd (fixture.server)));
  if (row->chosen_before != 0)
    g_assert_true (vnc_connection_set_auth_type (conn, row->chosen_before));
  test_server_expect (fixture.server, row->chosen);
  fixture_clear (&fixture);
}

static void
test_password_is_asked (void)
{
  Fixture fixture;

  fixture_init (&fixture, 100, 80);
  fixture.server = test_server_new (DESKTOP_WIDTH, DESKTOP_HEIGHT, 2);
  g_assert_true (vnc_display_open_fd (fixture.display, test_server_client_fd (fixture.server)));
  test_server_expect (fixture.server, "closed");     /* the server does not go on by itself */
  test_server_send (fixture.server, "0123456789abcdef", 16);
  fixture_wait (&fixture, "vnc-auth-credential");
  fixture_expect (&fixture, "vnc-connected vnc-auth-credential ");
  fixture_clear (&fixture);
}

/* No window at all. */
static void
test_without_window (void)
{
  Fixture fixture = { .signals = g_string_new (NULL) };
  GdkPixbuf *picture;

  fixture.display = VNC_DISPLAY (g_object_ref_sink (vnc_display_new ()));
  fixture.server = test_server_new (DESKTOP_WIDTH, DESKTOP_HEIGHT, 1);
  g_assert_true (vnc_display_open_fd (fixture.display, test_server_client_fd (fixture.server)));
  test_server_skip_to (fixture.server, "request 0 0 0 40 30");
  fixture_send_raw (&fixture, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  picture = vnc_display_get_pixbuf (fixture.display);
  g_assert_cmphex (fixture_pixbuf_at (picture, 3, 4), ==, fixture_pixel (3, 4, 0));
  g_object_unref (picture);
  g_object_unref (fixture.display);
  test_server_free (fixture.server);
  g_string_free (fixture.signals, TRUE);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/life/defaults", test_defaults);
  g_test_add_func ("/life/layout", test_layout);
  g_test_add_func ("/life/properties", test_properties);
  g_test_add_func ("/life/grab-keys", test_grab_keys);
  g_test_add_func ("/life/credential", test_credential);
  g_test_add_func ("/life/options", test_options);
  g_test_add_func ("/life/size-request", test_size_request);
  g_test_add_func ("/life/session", test_session);
  g_test_add_func ("/life/depth [W6bF]", test_depth);
  g_test_add_func ("/life/requests", test_requests);
  g_test_add_func ("/life/resize", test_resize);
  g_test_add_func ("/life/allow-resize", test_allow_resize);
  g_test_add_func ("/life/allow-resize-early", test_allow_resize_early);
  g_test_add_func ("/life/allow-resize-fits", test_allow_resize_fits);
  g_test_add_func ("/life/destroy-early", test_destroy_early);
  g_test_add_func ("/life/let-go-after-close", test_let_go_after_close);
  g_test_add_func ("/life/destroy-after-close", test_destroy_after_close);
  g_test_add_func ("/life/destroy-inside", test_destroy_inside);
  g_test_add_func ("/life/unusable-security", test_unusable_security);
  for (gsize i = 0; i < G_N_ELEMENTS (security_choices); i++) {
    g_autofree char *name = g_strconcat ("/life/security/", security_choices[i].name, NULL);

    g_test_add_data_func (name, &security_choices[i], test_security_choice);
  }
  g_test_add_func ("/life/password-is-asked", test_password_is_asked);
  g_test_add_func ("/life/without-window", test_without_window);
  return g_test_run ();
}
