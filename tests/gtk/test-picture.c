/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fixture.h"

#include <string.h>

/* What is on the screen equals what the server has sent, and no more is drawn than has changed. */

static guint32
screen_pixel_wanted (int x, int y, int left, int top)
{
  if (x < left || y < top || x >= left + DESKTOP_WIDTH || y >= top + DESKTOP_HEIGHT)
    return 0;     /* the border is black */
  return fixture_pixel (x - left, y - top, 0);
}

static void
test_one_to_one (void)
{
  Fixture fixture;
  g_autoptr (GdkPixbuf) screen = NULL;

  fixture_init (&fixture, 100, 80);
  fixture_open (&fixture);
  fixture_send_raw (&fixture, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  screen = fixture_screenshot (&fixture);
  for (int y = 0; y < 80; y++)
    for (int x = 0; x < 100; x++)
      g_assert_cmphex (fixture_pixbuf_at (screen, x, y), ==, screen_pixel_wanted (x, y, 30, 25));
  fixture_clear (&fixture);
}

/* Each screen pixel is the one that the pointer would hit there, whatever the view. */
static void
check_view (Fixture *fixture, guint zoom, guint rotation)
{
  g_autoptr (GdkPixbuf) screen = NULL;
  guint width = DESKTOP_WIDTH * zoom / 100, height = DESKTOP_HEIGHT * zoom / 100, n = 0;
  int turned_width = (int) (rotation % 180 ? height : width), turned_height = (int) (rotation % 180 ? width : height);
  int left = (200 - turned_width) / 2, top = (200 - turned_height) / 2;

  vnc_display_set_zoom_level (fixture->display, zoom);
  vnc_display_set_rotation (fixture->display, rotation);
  screen = fixture_screenshot (fixture);
  for (int y = 0; y < 200; y++)
    for (int x = 0; x < 200; x++) {
      int across = x - left, down = y - top, remote_x, remote_y;
      gboolean inside = across >= 0 && down >= 0 && across < turned_width && down < turned_height;

      switch (rotation) {
      case 90:
        remote_x = down, remote_y = turned_width - 1 - across;
        break;
      case 180:
        remote_x = turned_width - 1 - across, remote_y = turned_height - 1 - down;
        break;
      case 270:
        remote_x = turned_height - 1 - down, remote_y = across;
        break;
      default:
        remote_x = across, remote_y = down;
        break;
      }
      g_assert_cmphex (fixture_pixbuf_at (screen, x, y), ==,
                       inside ? fixture_pixel (remote_x * 100 / (int) zoom, remote_y * 100 / (int) zoom, 0) : 0);
      n += inside;
    }
  g_assert_cmpuint (n, ==, width * height);
}

static void
test_zoom_and_rotation (void)
{
  Fixture fixture;

  fixture_init (&fixture, 200, 200);
  vnc_display_set_smoothing (fixture.display, FALSE);
  fixture_open (&fixture);
  fixture_send_raw (&fixture, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  for (guint rotation = 0; rotation < 360; rotation += 90) {
    check_view (&fixture, 100, rotation);
    check_view (&fixture, 200, rotation);
    check_view (&fixture, 400, rotation);
  }
  fixture_clear (&fixture);
}

static void
test_pixbuf (void)
{
  Fixture fixture;
  g_autoptr (GdkPixbuf) picture = NULL;

  fixture_init (&fixture, 200, 200);
  vnc_display_set_rotation (fixture.display, 90);
  vnc_display_set_zoom_level (fixture.display, 200);
  g_assert_null (vnc_display_get_pixbuf (fixture.display));
  fixture_open (&fixture);
  fixture_send_raw (&fixture, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 3);
  picture = vnc_display_get_pixbuf (fixture.display);
  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, DESKTOP_WIDTH);
  g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, DESKTOP_HEIGHT);
  g_assert_false (gdk_pixbuf_get_has_alpha (picture));
  for (int y = 0; y < DESKTOP_HEIGHT; y++)
    for (int x = 0; x < DESKTOP_WIDTH; x++)
      g_assert_cmphex (fixture_pixbuf_at (picture, x, y), ==, fixture_pixel (x, y, 3));
  fixture_clear (&fixture);
}

/* What one frame or several were clipped to. */
typedef struct {
  guint     n_frames;
  guint     n_pixels;
  GdkPoint  first, last;      /* corners of all of it */
} Drawn;

static gboolean
on_draw (GtkWidget *widget, cairo_t *cr, Drawn *drawn)
{
  cairo_rectangle_list_t *list = cairo_copy_clip_rectangle_list (cr);

  g_assert_cmpint (list->status, ==, CAIRO_STATUS_SUCCESS);
  for (int i = 0; i < list->num_rectangles; i++) {
    const cairo_rectangle_t *r = &list->rectangles[i];

    drawn->n_pixels += (guint) (r->width * r->height);
    drawn->first.x = MIN (drawn->first.x, (int) r->x);
    drawn->first.y = MIN (drawn->first.y, (int) r->y);
    drawn->last.x = MAX (drawn->last.x, (int) (r->x + r->width));
    drawn->last.y = MAX (drawn->last.y, (int) (r->y + r->height));
  }
  drawn->n_frames++;
  cairo_rectangle_list_destroy (list);
  return FALSE;
}

static void
drawn_reset (Drawn *drawn)
{
  *drawn = (Drawn) { .first = { G_MAXINT, G_MAXINT } };
}

static void
test_damage_only (void)
{
  Fixture fixture;
  Drawn drawn;

  fixture_init (&fixture, 100, 80);
  fixture_open (&fixture);
  fixture_send_raw (&fixture, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  fixture_draw (&fixture);

  g_signal_connect (fixture.display, "draw", G_CALLBACK (on_draw), &drawn);
  drawn_reset (&drawn);
  fixture_send_raw (&fixture, 5, 7, 10, 3, 1);
  fixture_draw (&fixture);
  g_assert_cmpuint (drawn.n_pixels, ==, 30);
  g_assert_cmpint (drawn.first.x, ==, 35);
  g_assert_cmpint (drawn.first.y, ==, 32);

  /* Nothing new, nothing drawn. */
  drawn_reset (&drawn);
  test_server_expect_none (fixture.server);
  test_settle (100);
  g_assert_cmpuint (drawn.n_frames, ==, 0);
  fixture_clear (&fixture);
}

/* How often threads of ours have slept and been woken. */
static guint64
count_wakeups (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  guint64 n = 0;
  guint n_threads = 0;
  const char *task;

  while ((task = g_dir_read_name (tasks))) {
    g_autofree char *path = g_build_filename ("/proc/self/task", task, "status", NULL);
    g_autofree char *status = NULL;
    const char *at;

    if (!g_file_get_contents (path, &status, NULL, NULL) || !g_str_has_prefix (status, "Name:\tgvnc"))
      continue;
    at = strstr (status, "\nvoluntary_ctxt_switches:");
    g_assert_nonnull (at);
    n += g_ascii_strtoull (strchr (at, ':') + 1 + strspn (strchr (at, ':') + 1, " \t"), NULL, 10);
    n_threads++;
  }
  g_assert_cmpuint (n_threads, >, 0);
  return n;
}

static gboolean
end_of_idling (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* How often the main loop turns in that time. */
static guint
count_turns (guint ms)
{
  gboolean is_over = FALSE;
  guint n_turns = 0;

  g_timeout_add (ms, end_of_idling, &is_over);
  while (!is_over) {
    g_main_context_iteration (NULL, TRUE);
    n_turns++;
  }
  return n_turns;
}

/* While the server has nothing to say, neither the main loop nor a thread of ours is woken. */
static void
test_idle (void)
{
  guint n_turns;
  guint64 before;
  Fixture fixture;

  if (!g_file_test ("/proc/self/task", G_FILE_TEST_IS_DIR)) {
    g_test_skip ("no /proc/self/task to look at threads in");
    return;
  }
  fixture_init (&fixture, 100, 80);
  fixture_open (&fixture);
  fixture_send_raw (&fixture, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  /* On a busy machine the window system is not done at once with a new window. */
  for (int i = 0; i < 20 && count_turns (500) > 1; i++)
    ;

  before = count_wakeups ();
  n_turns = count_turns (1000);
  /* The end of the second, and one to spare for the window system. */
  g_assert_cmpuint (n_turns, <=, 2);
  g_assert_cmpuint (count_wakeups () - before, ==, 0);
  fixture_clear (&fixture);
}

/* A picture of one colour has that colour up to its edges, however it is filtered. */
static void
test_edges (void)
{
  static const int sizes[][2] = { { 100, 80 }, { 31, 23 }, { 200, 10 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    Fixture fixture;
    g_autoptr (GdkPixbuf) screen = NULL;
    g_autoptr (GByteArray) out = g_byte_array_new ();

    fixture_init (&fixture, sizes[i][0], sizes[i][1]);
    vnc_display_set_scaling (fixture.display, TRUE);
    fixture_open (&fixture);
    test_update_head (out, 1);
    test_update_rect (out, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 2);     /* RRE: a background and nothing else */
    test_put_u32 (out, 0);
    test_put_u32 (out, 0xffffffff);
    test_server_send_array (fixture.server, out);
    test_server_skip_to (fixture.server, "request 1 0 0 40 30");
    screen = fixture_screenshot (&fixture);
    for (int y = 0; y < sizes[i][1]; y++)
      for (int x = 0; x < sizes[i][0]; x++)
        g_assert_cmphex (fixture_pixbuf_at (screen, x, y), ==, 0xffffff);
    fixture_clear (&fixture);
  }
}

/* Every screen pixel of a widget without a session is black. */
static void
test_empty (void)
{
  Fixture fixture;
  g_autoptr (GdkPixbuf) screen = NULL;

  fixture_init (&fixture, 50, 40);
  screen = fixture_screenshot (&fixture);
  for (int y = 0; y < 40; y++)
    for (int x = 0; x < 50; x++)
      g_assert_cmphex (fixture_pixbuf_at (screen, x, y), ==, 0);
  fixture_clear (&fixture);
}

/* Shown only when the session is old, and moved to another window: the picture is there. */
static void
test_move (void)
{
  Fixture fixture;
  g_autoptr (GdkPixbuf) screen = NULL;
  GtkWidget *other = gtk_window_new (GTK_WINDOW_POPUP), *widget;

  fixture_init (&fixture, 100, 80);
  fixture_open (&fixture);
  fixture_send_raw (&fixture, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);

  widget = g_object_ref (GTK_WIDGET (fixture.display));
  gtk_container_remove (GTK_CONTAINER (fixture.window), widget);
  g_assert_true (vnc_display_is_open (fixture.display));
  fixture_send_raw (&fixture, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  gtk_window_set_default_size (GTK_WINDOW (other), 100, 80);
  gtk_container_add (GTK_CONTAINER (other), widget);
  g_object_unref (widget);
  gtk_widget_show_all (other);
  screen = fixture_screenshot (&fixture);
  g_assert_cmphex (fixture_pixbuf_at (screen, 35, 32), ==, fixture_pixel (5, 7, 0));
  g_assert_true (vnc_display_is_open (fixture.display));
  gtk_widget_destroy (other);
  fixture_clear (&fixture);
}

/* What comes while the picture is drawn one to one is there when it is turned again. */
static void
test_there_and_back (void)
{
  Fixture fixture;

  fixture_init (&fixture, 200, 200);
  vnc_display_set_smoothing (fixture.display, FALSE);
  fixture_open (&fixture);
  fixture_send_raw (&fixture, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 1);
  vnc_display_set_zoom_level (fixture.display, 200);
  fixture_draw (&fixture);
  vnc_display_set_zoom_level (fixture.display, 100);
  fixture_draw (&fixture);
  fixture_send_raw (&fixture, 0, 0, DESKTOP_WIDTH, DESKTOP_HEIGHT, 0);
  check_view (&fixture, 200, 0);
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/one-to-one", test_one_to_one);
  g_test_add_func ("/picture/zoom-and-rotation", test_zoom_and_rotation);
  g_test_add_func ("/picture/there-and-back", test_there_and_back);
  g_test_add_func ("/picture/pixbuf", test_pixbuf);
  g_test_add_func ("/picture/damage-only", test_damage_only);
  g_test_add_func ("/picture/idle", test_idle);
  g_test_add_func ("/picture/edges", test_edges);
  g_test_add_func ("/picture/empty", test_empty);
  g_test_add_func ("/picture/move", test_move);
  return g_test_run ();
}
