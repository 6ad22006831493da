/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security-choice.h"

/* The order of security types and that of VeNCrypt's, each ended by 0, or an error. */
typedef struct {
  const char *names;
  guint types[8];
  guint inside[20];
  const char *error;
} ChoiceRow;

static const ChoiceRow choice_rows[] = {
  { "vncauth", { 2 }, { 2 } },
  { " VNCAuth , none", { 2, 1 }, { 2, 1 } },
  { "none,vncauth", { 1, 2 }, { 1, 2 } },
  { "x509vnc", { 19 }, { 261 } },
  { "tlsvnc,x509vnc", { 19 }, { 258, 261 } },
  { "tlsvnc,vncauth,x509vnc,vncauth", { 19, 2 }, { 258, 2, 261 } },
  { "x509", { 19 }, { 263, 262, 261, 260 } },
  { "encrypted", { 19, 129, 5, 18 }, { 263, 262, 261, 260, 129, 5, 264, 259, 258, 257, 18 } },
  { "19", { 19 } },
  { "vncauth,vencrypt", { 2, 19 } },
  { "x509none,vencrypt,tls", { 19, 18 } },
  { "262,2", { 19, 2 }, { 262, 2 } },
  { "mslogon", { 0xfffffffa }, { 0xfffffffa } },
  { "", .error = "*No security type*" },
  { " , ", .error = "*No security type*" },
  { "vncauth,rot13", .error = "*“rot13”*" },
  { "0", .error = "*“0”*" },
  { "-6", .error = "*“-6”*" },
};

static gsize
choice_count (const guint *numbers)
{
  gsize n = 0;

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
  const guint *numbers;
  gsize n;

  if (row->error != NULL) {
    g_assert_null (choice);
    if (!g_pattern_match_simple (row->error, error->message))
      g_error ("“%s” says “%s”, not “%s”", row->names, error->message, row->error);
    return;
  }
  g_assert_no_error (error);
  numbers = gvnc_security_choice_get_types (choice, &n);
  g_assert_cmpmem (numbers, n * sizeof (guint), row->types, choice_count (row->types) * sizeof (guint));
  numbers = gvnc_security_choice_get_subtypes (choice, 19, &n);
  g_assert_cmpint (numbers == NULL, ==, n == 0);
  g_assert_cmpmem (numbers, n * sizeof (guint), row->inside, choice_count (row->inside) * sizeof (guint));
  /* TLS and Tight have other numbers inside of them, of which the list says nothing. */
  g_assert_null (gvnc_security_choice_get_subtypes (choice, 18, &n));
  g_assert_cmpuint (n, ==, 0);
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
  g_test_add_func ("/viewer/security-choice/names", test_choice_names);
  return g_test_run ();
}
