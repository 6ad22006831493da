/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security-choice.h"

/* What is picked of an offer, each ended by 0; or an error. */
typedef struct {
  const char *names;
  guint offered[8];
  guint picked;
  guint inside[8];
  guint picked_inside;
  const char *error;
} ChoiceRow;

static const ChoiceRow choice_rows[] = {
  { "vncauth", { 1, 2, 19 }, 2, { 0 }, 0 },
  { " VNCAuth , none", { 1 }, 1, { 0 }, 0 },
  { "none,vncauth", { 2, 1 }, 1, { 0 }, 0 },
  { "x509vnc", { 2, 19 }, 19, { 257, 261, 2 }, 261 },
  { "x509vnc", { 2, 19 }, 19, { 257, 258 }, 0 },
  { "x509vnc", { 1, 2 }, 0, { 0 }, 0 },
  { "tlsvnc,x509vnc", { 19 }, 19, { 261, 258 }, 258 },
  { "x509", { 19, 2 }, 19, { 257, 260, 262 }, 262 },
  { "encrypted", { 2, 18, 129 }, 129, { 0 }, 0 },
  { "encrypted", { 1, 2 }, 0, { 0 }, 0 },
  { "19", { 2, 19 }, 19, { 0 }, 0 },
  { "262,2", { 2, 19 }, 19, { 262 }, 262 },
  { "mslogon", { 0xfffffffa, 2 }, 0xfffffffa, { 0 }, 0 },
  { "", .error = "*No security type*" },
  { " , ", .error = "*No security type*" },
  { "vncauth,rot13", .error = "*“rot13”*" },
  { "0", .error = "*“0”*" },
  { "-6", .error = "*“-6”*" },
};

static guint
choice_count (const guint *numbers)
{
  guint n = 0;

  while (numbers[n] != 0)
    n++;
  return n;
}

static void
test_choice_row (gconstpointer data)
{
  const ChoiceRow *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GvncSecurityChoice) choice = gvnc_security_choice_new (row->names, &error);

  if (row->error != NULL) {
    g_assert_null (choice);
    if (!g_pattern_match_simple (row->error, error->message))
      g_error ("“%s” says “%s”, not “%s”", row->names, error->message, row->error);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (gvnc_security_choice_pick (choice, row->offered, choice_count (row->offered)), ==, row->picked);
  if (!gvnc_security_choice_takes_vencrypt (choice))
    g_assert_cmpuint (gvnc_security_choice_pick_vencrypt (choice, row->inside, choice_count (row->inside)), ==, row->picked_inside);
}

static void
test_choice_all_of_vencrypt (void)
{
  g_autoptr (GvncSecurityChoice) all = gvnc_security_choice_new ("vncauth,vencrypt", NULL);
  g_autoptr (GvncSecurityChoice) some = gvnc_security_choice_new ("encrypted,none", NULL);

  g_assert_true (gvnc_security_choice_takes_vencrypt (all));
  g_assert_false (gvnc_security_choice_takes_vencrypt (some));
}

static void
test_choice_names (void)
{
  g_assert_cmpstr (gvnc_security_name (2), ==, "vncauth");
  g_assert_cmpstr (gvnc_security_name (261), ==, "x509vnc");
  g_assert_null (gvnc_security_name (99));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (choice_rows); i++) {
    g_autofree char *path = g_strdup_printf ("/viewer/security-choice/%" G_GSIZE_FORMAT, i);

    g_test_add_data_func (path, &choice_rows[i], test_choice_row);
  }
  g_test_add_func ("/viewer/security-choice/all-of-vencrypt", test_choice_all_of_vencrypt);
  g_test_add_func ("/viewer/security-choice/names", test_choice_names);
  return g_test_run ();
}
