/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "wire/error.h"

#include <string.h>

static const struct {
  const char *text;
  gsize       max;
  const char *quoted;
} quotes[] = {
  { "hello", 10, "hello" },
  { "", 10, "" },
  { "  padded \n", 10, "padded" },
  { "two\nlines\tand\033[31mred", 40, "two lines and [31mred" },
  { "12345", 5, "12345" },
  { "123456", 5, "12345…" },
  { "grün", 3, "grü…" },
  { "bad \xff byte", 40, "bad \357\277\275 byte" },
};

static void
test_quote (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++) {
    g_autofree char *quoted = gvnc_quote_peer_text (quotes[i].text, strlen (quotes[i].text), quotes[i].max);

    g_assert_cmpstr (quoted, ==, quotes[i].quoted);
    g_assert_true (g_utf8_validate (quoted, -1, NULL));
  }
}

static void
test_quote_zeros (void)
{
  g_autofree char *quoted = gvnc_quote_peer_text ("a\0b", 3, 10);

  g_assert_true (g_utf8_validate (quoted, -1, NULL));
  g_assert_true (g_str_has_prefix (quoted, "a"));
}

static void
test_codes (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (gvnc_protocol_error (&error, "number %d", 5));
  g_assert_error (error, GVNC_ERROR, GVNC_ERROR_PROTOCOL);
  g_assert_cmpstr (error->message, ==, "number 5");
  /* the first error stays, since it is the cause */
  g_assert_false (gvnc_limit_error (&error, "another"));
  g_assert_cmpstr (error->message, ==, "number 5");
  g_clear_error (&error);
  g_assert_false (gvnc_limit_error (&error, "limit"));
  g_assert_error (error, GVNC_ERROR, GVNC_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_false (gvnc_set_error (&error, GVNC_ERROR_TLS, "tls"));
  g_assert_error (error, GVNC_ERROR, GVNC_ERROR_TLS);
  g_assert_false (gvnc_protocol_error (NULL, "nobody listens"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/error/quote", test_quote);
  g_test_add_func ("/wire/error/quote-zeros", test_quote_zeros);
  g_test_add_func ("/wire/error/codes", test_codes);
  return g_test_run ();
}
