/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "latin1.h"

char *
gvnc_latin1_to_utf8 (const char *text)
{
  GString *utf8 = g_string_new (NULL);

  for (const guchar *at = (const guchar *) text; *at != '\0'; at++)
    g_string_append_unichar (utf8, *at);
  return g_string_free (utf8, FALSE);
}

char *
gvnc_latin1_from_utf8 (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *latin1 = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (at[0] == '\r' && at[1] == '\n')
      continue;
    g_string_append_c (latin1, c < 0x100 ? (char) c : '?');
  }
  return g_string_free (latin1, FALSE);
}
