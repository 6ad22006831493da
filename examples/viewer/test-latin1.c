/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "latin1.h"

typedef struct {
  const char *utf8;
  const char *latin1;
  const char *back;             /* what latin1 reads as; NULL: utf8 */
} Latin1Row;

static const Latin1Row latin1_rows[] = {
  { "", "" },
  { "plain\ttext\nin two lines", "plain\ttext\nin two lines" },
  { "Grüße, ¿señor?", "Gr\xfc\xdf" "e, \xbfse\xf1or?" },
  { "\xc2\x80\xc2\xa0\xc3\xbf", "\x80\xa0\xff" },
  { "one\r\ntwo\rthree\r\n", "one\ntwo\rthree\n", "one\ntwo\rthree\n" },
  { "5 € – 日本", "5 ? ? ??", "5 ? ? ??" },
  { "broken \xff\xc3 bytes", "broken ?? bytes", "broken ?? bytes" },
};

static void
test_latin1_row (gconstpointer data)
{
  const Latin1Row *row = data;
  g_autofree char *latin1 = gvnc_latin1_from_utf8 (row->utf8);
  g_autofree char *utf8 = gvnc_latin1_to_utf8 (row->latin1);

  g_assert_cmpstr (latin1, ==, row->latin1);
  g_assert_cmpstr (utf8, ==, row->back != NULL ? row->back : row->utf8);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (latin1_rows); i++) {
    g_autofree char *path = g_strdup_printf ("/viewer/latin1/%" G_GSIZE_FORMAT, i);

    g_test_add_data_func (path, &latin1_rows[i], test_latin1_row);
  }
  return g_test_run ();
}
