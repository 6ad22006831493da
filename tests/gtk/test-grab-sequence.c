/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncgrabsequence.h"

#include <gdk/gdk.h>

static const struct {
  const char *text;
  const char *printed;
  guint       n_keysyms;
} rows[] = {
  { "Control_L+Alt_L", "Control_L+Alt_L", 2 },
  { "F12", "F12", 1 },
  { "", "", 0 },
  { "Control_L+NoSuchKey", "Control_L", 1 },
  { "NoSuchKey", "", 0 },
  { "+Control_L++Alt_L+", "Control_L+Alt_L", 2 },
  { "a+A+plus", "a+A+plus", 3 },
};

static void
test_text (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    VncGrabSequence *sequence = vnc_grab_sequence_new_from_string (rows[i].text);
    g_autofree char *printed = vnc_grab_sequence_as_string (sequence);

    g_assert_cmpstr (printed, ==, rows[i].printed);
    g_assert_cmpuint (sequence->nkeysyms, ==, rows[i].n_keysyms);
    vnc_grab_sequence_free (sequence);
  }
}

static void
test_keys (void)
{
  guint keysyms[] = { GDK_KEY_Control_L, GDK_KEY_Alt_L };
  VncGrabSequence *sequence = vnc_grab_sequence_new (2, keysyms), *copy, *boxed;

  keysyms[0] = GDK_KEY_a;
  copy = vnc_grab_sequence_copy (sequence);
  vnc_grab_sequence_free (sequence);
  boxed = g_boxed_copy (VNC_TYPE_GRAB_SEQUENCE, copy);
  vnc_grab_sequence_free (copy);
  g_assert_cmpuint (vnc_grab_sequence_get_nth (boxed, 0), ==, GDK_KEY_Control_L);
  g_assert_cmpuint (vnc_grab_sequence_get_nth (boxed, 1), ==, GDK_KEY_Alt_L);
  g_assert_cmpuint (vnc_grab_sequence_get_nth (boxed, 2), ==, 0);
  g_boxed_free (VNC_TYPE_GRAB_SEQUENCE, boxed);
}

static void
test_empty (void)
{
  VncGrabSequence *sequence = vnc_grab_sequence_new (0, NULL);
  VncGrabSequence *copy = vnc_grab_sequence_copy (sequence);

  g_assert_cmpuint (copy->nkeysyms, ==, 0);
  vnc_grab_sequence_free (sequence);
  vnc_grab_sequence_free (copy);
  vnc_grab_sequence_free (NULL);
}

static void
test_nameless (void)
{
  guint keysym = 0x12;
  VncGrabSequence *sequence = vnc_grab_sequence_new (1, &keysym);
  g_autofree char *printed = vnc_grab_sequence_as_string (sequence);

  g_assert_cmpstr (printed, ==, "0x12");
  vnc_grab_sequence_free (sequence);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/grab-sequence/text", test_text);
  g_test_add_func ("/grab-sequence/keys", test_keys);
  g_test_add_func ("/grab-sequence/empty", test_empty);
  g_test_add_func ("/grab-sequence/nameless", test_nameless);
  return g_test_run ();
}
