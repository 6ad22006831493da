/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "auth-choice.h"
#include "grab-match.h"
#include "input-state.h"
#include "lock-state.h"
#include "offer.h"

#include <math.h>

/* What is held, what motion means, when the grab keys were pressed, and what a server is asked for. */

static void
test_held_order (void)
{
  GvncHeldKeys held = { .n_keys = 0 };
  GvncKey key, before;

  for (guint i = 1; i <= 3; i++) {
    key = (GvncKey) { .hardware = i, .keysym = 0x60 + i };
    g_assert_cmpint (gvnc_held_keys_press (&held, &key, &before), ==, GVNC_KEY_PRESSED);
  }
  g_assert_true (gvnc_held_keys_release (&held, 2, &key));
  g_assert_cmpuint (key.keysym, ==, 0x62);
  g_assert_false (gvnc_held_keys_release (&held, 2, &key));
  g_assert_true (gvnc_held_keys_pop (&held, &key));
  g_assert_cmpuint (key.keysym, ==, 0x61);
  g_assert_true (gvnc_held_keys_pop (&held, &key));
  g_assert_cmpuint (key.keysym, ==, 0x63);
  g_assert_false (gvnc_held_keys_pop (&held, &key));
}

/* A release carries the keysym of the press, though shift is up by then. */
static void
test_held_repeat (void)
{
  GvncHeldKeys held = { .n_keys = 0 };
  GvncKey upper = { .hardware = 38, .keysym = 'A' }, lower = { .hardware = 38, .keysym = 'a' }, key;

  g_assert_cmpint (gvnc_held_keys_press (&held, &upper, &key), ==, GVNC_KEY_PRESSED);
  g_assert_cmpint (gvnc_held_keys_press (&held, &lower, &key), ==, GVNC_KEY_REPEATED);
  g_assert_cmpuint (key.keysym, ==, 'A');
  g_assert_true (gvnc_held_keys_release (&held, 38, &key));
  g_assert_cmpuint (key.keysym, ==, 'a');
  g_assert_cmpuint (held.n_keys, ==, 0);
}

static void
test_held_full (void)
{
  GvncHeldKeys held = { .n_keys = 0 };
  GvncKey key = { .hardware = 0 }, before;

  for (guint i = 0; i < GVNC_HELD_KEYS_MAX; i++) {
    key.hardware = i;
    g_assert_cmpint (gvnc_held_keys_press (&held, &key, &before), ==, GVNC_KEY_PRESSED);
  }
  key.hardware = GVNC_HELD_KEYS_MAX;
  g_assert_cmpint (gvnc_held_keys_press (&held, &key, &before), ==, GVNC_KEY_IGNORED);
  g_assert_false (gvnc_held_keys_release (&held, GVNC_HELD_KEYS_MAX, &key));
  gvnc_held_keys_forget (&held);
  g_assert_false (gvnc_held_keys_pop (&held, &key));
}

static void
test_buttons (void)
{
  for (guint button = 1; button <= 8; button++)
    g_assert_cmpuint (gvnc_button_bit (button, FALSE), ==, 1u << (button - 1));
  g_assert_cmpuint (gvnc_button_bit (0, TRUE), ==, 0);
  g_assert_cmpuint (gvnc_button_bit (9, FALSE), ==, 0);
  g_assert_cmpuint (gvnc_button_bit (9, TRUE), ==, 0x100);
  g_assert_cmpuint (gvnc_button_bit (10, TRUE), ==, 0);
  g_assert_cmpuint (gvnc_button_bit (G_MAXUINT, TRUE), ==, 0);
}

static void
test_scroll (void)
{
  double rest = 0;

  g_assert_cmpint (gvnc_scroll_clicks (&rest, 1.0), ==, 1);
  g_assert_cmpint (gvnc_scroll_clicks (&rest, 0.5), ==, 0);
  g_assert_cmpint (gvnc_scroll_clicks (&rest, 0.5), ==, 1);
  g_assert_cmpint (gvnc_scroll_clicks (&rest, 0.75), ==, 0);
  g_assert_cmpint (gvnc_scroll_clicks (&rest, -0.75), ==, 0);
  g_assert_cmpint (gvnc_scroll_clicks (&rest, -0.25), ==, -1);
  g_assert_cmpint (gvnc_scroll_clicks (&rest, -2.5), ==, -2);
  g_assert_cmpint (gvnc_scroll_clicks (&rest, 1e9), ==, GVNC_SCROLL_CLICKS_MAX);
  g_assert_cmpint (gvnc_scroll_clicks (&rest, NAN), ==, 0);
}

static void
test_relative (void)
{
  GvncRelative relative = { .has_last = FALSE };
  int x, y;

  g_assert_false (gvnc_relative_motion (&relative, 100, 100, &x, &y));
  g_assert_true (gvnc_relative_motion (&relative, 103, 98, &x, &y));
  g_assert_cmpint (x, ==, 3);
  g_assert_cmpint (y, ==, -2);
  g_assert_false (gvnc_relative_motion (&relative, 103, 98, &x, &y));

  /* Slow motion of half pixels adds up. */
  g_assert_false (gvnc_relative_motion (&relative, 103.5, 98, &x, &y));
  g_assert_true (gvnc_relative_motion (&relative, 104, 98, &x, &y));
  g_assert_cmpint (x, ==, 1);
}

/* Motion that was on its way when the pointer was put back is dropped, what comes after counts from there. */
static void
test_relative_warp (void)
{
  GvncRelative relative = { .has_last = FALSE };
  int x, y;

  gvnc_relative_motion (&relative, 1000, 500, &x, &y);
  gvnc_relative_motion (&relative, 1023, 500, &x, &y);
  gvnc_relative_warp (&relative, 512, 384);
  g_assert_false (gvnc_relative_motion (&relative, 1023, 510, &x, &y));
  g_assert_true (gvnc_relative_motion (&relative, 517, 384, &x, &y));
  g_assert_cmpint (x, ==, 5);
  g_assert_cmpint (y, ==, 0);
}

static void
test_wire (void)
{
  g_assert_cmpuint (gvnc_relative_wire (0), ==, 0x7fff);
  g_assert_cmpuint (gvnc_relative_wire (-3), ==, 0x7ffc);
  g_assert_cmpuint (gvnc_relative_wire (G_MAXINT), ==, 0xffff);
  g_assert_cmpuint (gvnc_relative_wire (G_MININT), ==, 0);
  g_assert_cmpuint (gvnc_absolute_wire (-1), ==, 0);
  g_assert_cmpuint (gvnc_absolute_wire (70000), ==, 0xffff);
}

/* Steps of a grab test: a press is upper case, a release lower case; C and A belong to the sequence, X does not. `*`
 * stands after a release that has to match. */
static const struct {
  const char *what;
  const char *keys;
  const char *steps;
} grab_rows[] = {
  { "all down, one up", "CA", "C A c* a" },
  { "in whatever order", "CA", "A C c* a" },
  { "and the other one up", "CA", "C A a* c" },
  { "twice", "CA", "C A c* a C A a* c" },
  { "again with one kept down", "CA", "C A a* A a* c" },
  { "one only", "CA", "C c A a" },
  { "another key in between", "CA", "C A X x c a" },
  { "another key in between, still down", "CA", "C A X c x a" },
  { "another key first", "CA", "X C A c a x" },
  { "another key before the last", "CA", "C X x A a c" },
  { "after a spoilt one all must come up", "CA", "C A X x a A a c C A c* a" },
  { "a key that repeats", "CA", "C C A A c* a" },
  { "one key", "C", "C c* C c*" },
  { "no key", "", "C c A a X x" },
};

static void
test_grab_match (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (grab_rows); i++) {
    GvncGrabMatch match;
    guint keysyms[8], n_keysyms = 0;
    gboolean other = FALSE;

    for (const char *key = grab_rows[i].keys; *key; key++)
      keysyms[n_keysyms++] = (guint) *key;
    gvnc_grab_match_set_keys (&match, keysyms, n_keysyms);

    for (const char *step = grab_rows[i].steps; *step; step++) {
      guint keysym = (guint) g_ascii_toupper (*step);

      if (!g_ascii_isalpha (*step))
        continue;
      g_test_message ("%s: \"%s\" at %s", grab_rows[i].what, grab_rows[i].steps, step);
      if (keysym == 'X')
        other = g_ascii_isupper (*step);
      if (g_ascii_isupper (*step))
        gvnc_grab_match_press (&match, keysym, other);
      else
        g_assert_cmpint (gvnc_grab_match_release (&match, keysym), ==, step[1] == '*');
    }
  }
}

static void
test_grab_match_reset (void)
{
  GvncGrabMatch match;
  guint keysyms[GVNC_GRAB_KEYS_MAX + 1] = { 'C', 'A' };

  gvnc_grab_match_set_keys (&match, keysyms, 2);
  gvnc_grab_match_press (&match, 'C', FALSE);
  gvnc_grab_match_press (&match, 'A', FALSE);
  gvnc_grab_match_reset (&match);
  g_assert_false (gvnc_grab_match_release (&match, 'A'));
  g_assert_true (gvnc_grab_match_has_key (&match, 'A'));
  g_assert_false (gvnc_grab_match_has_key (&match, 'B'));

  gvnc_grab_match_set_keys (&match, keysyms, GVNC_GRAB_KEYS_MAX + 1);
  g_assert_false (gvnc_grab_match_has_key (&match, 'A'));
}

static void
test_auth (void)
{
  static const guint both[] = { 1, 2 }, tight[] = { 16, 2, 99 }, strange[] = { 99, 17 };
  static const guint known[] = { 1, 22, 16, 33, 6, 130, 5, 129, 2, 30, 113, 20, 18, 19 };
  static const guint safest_first[] = { 19, 129, 5, 18, 20, 130, 6, 33, 113, 30, 2, 16, 22, 1 };
  static const guint without_keys[] = { 19, 18, 20, 113, 30, 2, 129, 5, 130, 6, 33, 16, 22, 1 };
  guint left[G_N_ELEMENTS (known)];
  static const guint unix_login[] = { 1, 129, 2 }, old_windows[] = { 1, 0xfffffffa };
  static const guint subtypes[] = { 256, 257, 258, 259, 260, 261, 262, 263, 264 };
  static const guint subtypes_safest_first[] = { 263, 262, 261, 260, 264, 259, 258, 257 };

  g_assert_cmpuint (gvnc_auth_choose (both, 2, TRUE), ==, VNC_CONNECTION_AUTH_VNC);
  g_assert_cmpuint (gvnc_auth_choose (both, 1, TRUE), ==, VNC_CONNECTION_AUTH_NONE);
  g_assert_cmpuint (gvnc_auth_choose (tight, 3, TRUE), ==, VNC_CONNECTION_AUTH_VNC);
  g_assert_cmpuint (gvnc_auth_choose (strange, 2, TRUE), ==, 0);
  g_assert_cmpuint (gvnc_auth_choose (NULL, 0, TRUE), ==, 0);
  /* The best of all, then of all but that, and so on. */
  for (guint keys = 0; keys < 2; keys++) {
    const guint *wanted = keys ? safest_first : without_keys;

    memcpy (left, known, sizeof left);
    for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
      g_assert_cmpuint (gvnc_auth_choose (left, G_N_ELEMENTS (left), keys), ==, wanted[i]);
      for (guint k = 0; k < G_N_ELEMENTS (left); k++)
        if (left[k] == wanted[i])
          left[k] = 0;
    }
  }
  g_assert_cmpuint (gvnc_auth_choose (old_windows, 2, TRUE), ==, 0xfffffffa);
  g_assert_cmpuint (gvnc_auth_choose_subtype (unix_login, 3), ==, 2);
  g_assert_cmpuint (gvnc_auth_choose_subtype (unix_login, 2), ==, 129);
  g_assert_cmpuint (gvnc_auth_choose_subtype (strange, 2), ==, 0);
  /* VeNCrypt's in the same way, and never the one without TLS. */
  memcpy (left, subtypes, sizeof subtypes);
  for (guint i = 0; i < G_N_ELEMENTS (subtypes_safest_first); i++) {
    g_assert_cmpuint (gvnc_auth_choose_subtype (left, G_N_ELEMENTS (subtypes)), ==, subtypes_safest_first[i]);
    left[subtypes_safest_first[i] - subtypes[0]] = 0;
  }
  g_assert_cmpuint (gvnc_auth_choose_subtype (left, G_N_ELEMENTS (subtypes)), ==, 0);
}

static void
test_offer (void)
{
  static const struct {
    GvncDepth depth;
    guint     bits, depth_bits, max[3], shift[3];
  } rows[] = {
    { GVNC_DEPTH_24, 32, 24, { 255, 255, 255 }, { 16, 8, 0 } },
    { GVNC_DEPTH_15, 16, 15, { 31, 31, 31 }, { 11, 6, 1 } },
    { GVNC_DEPTH_8, 8, 8, { 7, 7, 3 }, { 5, 2, 0 } },
    { GVNC_DEPTH_3, 8, 3, { 1, 1, 1 }, { 7, 6, 5 } },
    { GVNC_DEPTH_SERVER, 16, 16, { 31, 63, 31 }, { 11, 5, 0 } },
    { (GvncDepth) 24, 16, 16, { 31, 63, 31 }, { 11, 5, 0 } },
  };
  VncPixelFormat server = {
    .bits_per_pixel = 16, .depth = 16, .true_color_flag = 1, .red_max = 31, .green_max = 63, .blue_max = 31,
    .red_shift = 11, .green_shift = 5, .byte_order = G_BYTE_ORDER == G_BIG_ENDIAN ? G_LITTLE_ENDIAN : G_BIG_ENDIAN,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    VncPixelFormat format;

    gvnc_offer_pixel_format (rows[i].depth, &server, &format);
    g_assert_cmpuint (format.bits_per_pixel, ==, rows[i].bits);
    g_assert_cmpuint (format.depth, ==, rows[i].depth_bits);
    g_assert_cmpuint (format.true_color_flag, ==, 1);
    g_assert_cmpuint (format.byte_order, ==, G_BYTE_ORDER);
    g_assert_cmpuint (format.red_max, ==, rows[i].max[0]);
    g_assert_cmpuint (format.green_max, ==, rows[i].max[1]);
    g_assert_cmpuint (format.blue_max, ==, rows[i].max[2]);
    g_assert_cmpuint (format.red_shift, ==, rows[i].shift[0]);
    g_assert_cmpuint (format.green_shift, ==, rows[i].shift[1]);
    g_assert_cmpuint (format.blue_shift, ==, rows[i].shift[2]);
  }
}

/* ---- lock keys ---- */

#define NUM  GVNC_LOCK_NUM
#define CAPS GVNC_LOCK_CAPS

typedef struct {
  const char *name;
  struct {
    char  what;        /* 'L': the server tells its lights; 'K': a key is about to be sent; 0: the end */
    guint locks;       /* the server's, or ours */
    guint keysym;
    guint due;         /* to be pressed there before */
  } steps[10];
} LockCase;

static const LockCase lock_cases[] = {
  { "a server that tells nothing is left alone", { { 'K', CAPS, 'A', 0 }, { 'K', NUM, 0, 0 } } },
  { "in step", { { 'L', 0, 0, 0 }, { 'K', 0, 'a', 0 }, { 'L', CAPS | NUM, 0, 0 }, { 'K', CAPS | NUM, 'A', 0 } } },
  { "on there, off here", { { 'L', CAPS, 0, 0 }, { 'K', 0, 'a', CAPS }, { 'K', 0, 'b', 0 } } },
  { "off there, on here", { { 'L', 0, 0, 0 }, { 'K', NUM, '1', NUM }, { 'L', NUM, 0, 0 }, { 'K', NUM, '2', 0 } } },
  { "both", { { 'L', CAPS, 0, 0 }, { 'K', NUM, 'a', CAPS | NUM }, { 'K', NUM, 'b', 0 } } },
  { "the keyboard comes", { { 'L', CAPS, 0, 0 }, { 'K', 0, 0, CAPS }, { 'K', 0, 'a', 0 } } },
  { "a lock that does nothing there is tried once", { { 'L', 0, 0, 0 }, { 'K', CAPS, 'A', CAPS }, { 'K', CAPS, 'B', 0 }, { 'K', CAPS, 'C', 0 } } },
  { "and once more when the server says so", { { 'L', 0, 0, 0 }, { 'K', CAPS, 'A', CAPS }, { 'L', 0, 0, 0 }, { 'K', CAPS, 'B', CAPS } } },
  { "our lock key goes there by itself", { { 'L', 0, 0, 0 }, { 'K', CAPS, 0xffe5, 0 }, { 'K', CAPS, 'A', 0 }, { 'L', CAPS, 0, 0 },
                                           { 'K', CAPS, 0xffe5, 0 }, { 'K', 0, 'a', 0 } } },
  { "our lock key out of step", { { 'L', CAPS, 0, 0 }, { 'K', CAPS, 0xffe5, 0 }, { 'K', CAPS, 'A', CAPS }, { 'K', CAPS, 'B', 0 } } },
  { "num lock's own key", { { 'L', NUM, 0, 0 }, { 'K', 0, 0xff7f, 0 }, { 'K', 0, '1', 0 } } },
  { "scroll lock counts for nothing", { { 'L', 1, 0, 0 }, { 'K', 0, 'a', 0 }, { 'K', 1, 0xff14, 0 }, { 'K', 1, 'a', 0 } } },
};

static void
test_lock (gconstpointer data)
{
  const LockCase *lock_case = data;
  GvncLockState state;

  gvnc_lock_state_forget (&state);
  for (guint i = 0; i < G_N_ELEMENTS (lock_case->steps) && lock_case->steps[i].what != 0; i++)
    if (lock_case->steps[i].what == 'L')
      gvnc_lock_state_told (&state, lock_case->steps[i].locks);
    else
      g_assert_cmpuint (gvnc_lock_state_press (&state, lock_case->steps[i].locks, lock_case->steps[i].keysym), ==,
                        lock_case->steps[i].due);
  gvnc_lock_state_forget (&state);
  g_assert_cmpuint (gvnc_lock_state_press (&state, NUM | CAPS, 'a'), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/input/held/order", test_held_order);
  g_test_add_func ("/input/held/repeat", test_held_repeat);
  g_test_add_func ("/input/held/full", test_held_full);
  g_test_add_func ("/input/buttons", test_buttons);
  g_test_add_func ("/input/scroll", test_scroll);
  g_test_add_func ("/input/relative", test_relative);
  g_test_add_func ("/input/relative-warp", test_relative_warp);
  g_test_add_func ("/input/wire", test_wire);
  g_test_add_func ("/input/grab-match", test_grab_match);
  g_test_add_func ("/input/grab-match-reset", test_grab_match_reset);
  g_test_add_func ("/input/auth-choice", test_auth);
  g_test_add_func ("/input/offer", test_offer);
  for (gsize i = 0; i < G_N_ELEMENTS (lock_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/input/lock/%s", lock_cases[i].name);

    g_test_add_data_func (path, &lock_cases[i], test_lock);
  }
  return g_test_run ();
}
