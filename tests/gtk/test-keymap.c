/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "keymap.h"

/* The key tables, against the list of codes that servers were seen to understand. */

/* For each line `x11-evdev/KEYCODE = 0xCODE NAME`. */
static void
for_all_facts (void (*check) (guint keycode, guint code, const char *name))
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (FACTS_FILE, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++) {
    g_auto (GStrv) words = g_strsplit_set (*line, "/= ", -1);

    if (!g_str_has_prefix (*line, "x11-evdev/"))
      continue;
    g_assert_cmpuint (g_strv_length (words), ==, 6);
    check ((guint) g_ascii_strtoull (words[1], NULL, 10), (guint) g_ascii_strtoull (words[4], NULL, 16), words[5]);
    n++;
  }
  g_assert_cmpuint (n, >, 240);
}

static void
check_evdev (guint keycode, guint code, const char *name)
{
  g_test_message ("%u %s", keycode, name);
  g_assert_cmpuint (gvnc_keymap_scancode (GVNC_KEYCODES_EVDEV, keycode), ==, code);
}

static void
test_evdev (void)
{
  for_all_facts (check_evdev);
  g_assert_cmpuint (gvnc_keymap_scancode (GVNC_KEYCODES_EVDEV, 0), ==, 0);
  g_assert_cmpuint (gvnc_keymap_scancode (GVNC_KEYCODES_EVDEV, 256), ==, 0);
  g_assert_cmpuint (gvnc_keymap_scancode (GVNC_KEYCODES_EVDEV, G_MAXUINT), ==, 0);
}

/* Keycodes of XFree86 and of evdev that are the same key. */
static const guint same_keys[][2] = {
  { 9, 9 }, { 38, 38 }, { 96, 96 }, { 97, 110 }, { 98, 111 }, { 99, 112 }, { 100, 113 }, { 102, 114 }, { 103, 115 },
  { 104, 116 }, { 105, 117 }, { 106, 118 }, { 107, 119 }, { 108, 104 }, { 109, 105 }, { 110, 127 }, { 111, 107 },
  { 112, 106 }, { 113, 108 }, { 115, 133 }, { 116, 134 }, { 117, 135 },
};

static void
test_xfree86 (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (same_keys); i++)
    g_assert_cmpuint (gvnc_keymap_scancode (GVNC_KEYCODES_XFREE86, same_keys[i][0]), ==,
                      gvnc_keymap_scancode (GVNC_KEYCODES_EVDEV, same_keys[i][1]));
  g_assert_cmpuint (gvnc_keymap_scancode (GVNC_KEYCODES_XFREE86, 101), ==, 0);
  g_assert_cmpuint (gvnc_keymap_scancode (GVNC_KEYCODES_XFREE86, 200), ==, 0);
  g_assert_cmpuint (gvnc_keymap_scancode (GVNC_KEYCODES_XFREE86, G_MAXUINT), ==, 0);
}

static void
test_names (void)
{
  g_assert_cmpint (gvnc_keymap_find_keycodes ("evdev+aliases(qwerty)"), ==, GVNC_KEYCODES_EVDEV);
  g_assert_cmpint (gvnc_keymap_find_keycodes ("xfree86+aliases(qwerty)"), ==, GVNC_KEYCODES_XFREE86);
  g_assert_cmpint (gvnc_keymap_find_keycodes ("macintosh"), ==, GVNC_KEYCODES_EVDEV);
  g_assert_cmpint (gvnc_keymap_find_keycodes (NULL), ==, GVNC_KEYCODES_EVDEV);
}

/* X11 keysyms, and the evdev keycode where a US keyboard has them. */
static const guint us_keys[][2] = {
  { '1', 10 }, { '!', 10 }, { '=', 21 }, { '+', 21 }, { 'q', 24 }, { 'Q', 24 }, { ']', 35 }, { '}', 35 }, { 'a', 38 },
  { ';', 47 }, { ':', 47 }, { '\'', 48 }, { '"', 48 }, { '`', 49 }, { '~', 49 }, { '\\', 51 }, { '|', 51 }, { 'z', 52 },
  { 'M', 58 }, { '/', 61 }, { '?', 61 }, { ' ', 65 }, { 0xff08, 22 }, { 0xff09, 23 }, { 0xff0d, 36 }, { 0xff1b, 9 },
  { 0xff13, 127 }, { 0xff61, 107 }, { 0xff50, 110 }, { 0xff51, 113 }, { 0xff52, 111 }, { 0xff53, 114 }, { 0xff54, 116 },
  { 0xff55, 112 }, { 0xff56, 117 }, { 0xff57, 115 }, { 0xff63, 118 }, { 0xffff, 119 }, { 0xffbe, 67 }, { 0xffc7, 76 },
  { 0xffc8, 95 }, { 0xffc9, 96 }, { 0xffe1, 50 }, { 0xffe2, 62 }, { 0xffe3, 37 }, { 0xffe4, 105 }, { 0xffe9, 64 },
  { 0xffea, 108 }, { 0xffeb, 133 }, { 0xffec, 134 }, { 0xff67, 135 }, { 0xffe5, 66 }, { 0xff7f, 77 }, { 0xff14, 78 },
  { 0xffb0, 90 }, { 0xffb1, 87 }, { 0xffb3, 89 }, { 0xffb4, 83 }, { 0xffb7, 79 }, { 0xffb9, 81 }, { 0xff8d, 104 },
  { 0xffaf, 106 }, { 0xffaa, 63 },
};

static void
test_us (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (us_keys); i++) {
    g_test_message ("keysym 0x%x", us_keys[i][0]);
    g_assert_cmpuint (gvnc_keymap_us_scancode (us_keys[i][0]), !=, 0);
    g_assert_cmpuint (gvnc_keymap_us_scancode (us_keys[i][0]), ==,
                      gvnc_keymap_scancode (GVNC_KEYCODES_EVDEV, us_keys[i][1]));
  }
  for (guint keysym = 0x21; keysym < 0x7f; keysym++)
    g_assert_cmpuint (gvnc_keymap_us_scancode (keysym), !=, 0);
  g_assert_cmpuint (gvnc_keymap_us_scancode (0), ==, 0);
  g_assert_cmpuint (gvnc_keymap_us_scancode (0xe4), ==, 0);
  g_assert_cmpuint (gvnc_keymap_us_scancode (0x10020ac), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keymap/evdev", test_evdev);
  g_test_add_func ("/keymap/xfree86", test_xfree86);
  g_test_add_func ("/keymap/names", test_names);
  g_test_add_func ("/keymap/us", test_us);
  return g_test_run ();
}
