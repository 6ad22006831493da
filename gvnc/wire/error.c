/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "wire/error.h"

#include <string.h>

/* Applications see this name. */
G_DEFINE_QUARK (vnc-error-quark, gvnc_error)

static gboolean
set_error_valist (GError       **error,
                  GvncErrorCode  code,
                  const char    *format,
                  va_list        args) G_GNUC_PRINTF (3, 0);

static gboolean
set_error_valist (GError       **error,
                  GvncErrorCode  code,
                  const char    *format,
                  va_list        args)
{
  if (error != NULL && *error == NULL)
    *error = g_error_new_valist (GVNC_ERROR, (gint) code, format, args);
  return FALSE;
}

gboolean
gvnc_protocol_error (GError     **error,
                     const char  *format,
                     ...)
{
  va_list args;

  va_start (args, format);
  set_error_valist (error, GVNC_ERROR_PROTOCOL, format, args);
  va_end (args);
  return FALSE;
}

gboolean
gvnc_limit_error (GError     **error,
                  const char  *format,
                  ...)
{
  va_list args;

  va_start (args, format);
  set_error_valist (error, GVNC_ERROR_LIMIT, format, args);
  va_end (args);
  return FALSE;
}

gboolean
gvnc_set_error (GError       **error,
                GvncErrorCode  code,
                const char    *format,
                ...)
{
  va_list args;

  va_start (args, format);
  set_error_valist (error, code, format, args);
  va_end (args);
  return FALSE;
}

char *
gvnc_quote_peer_text (const void *text,
                      gsize       len,
                      gsize       max_chars)
{
  g_autofree char *valid = NULL;
  GString *quoted;
  gsize n = 0;

  /* QEMU counts the zero that ends its texts. */
  while (len > 0 && ((const char *) text)[len - 1] == '\0')
    len--;
  valid = g_utf8_make_valid (text, (gssize) len);
  quoted = g_string_sized_new (MIN (len, max_chars) + 4);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p), n++) {
    gunichar c = g_utf8_get_char (p);

    if (n == max_chars) {
      g_string_append (quoted, "…");
      break;
    }
    g_string_append_unichar (quoted, g_unichar_isprint (c) ? c : ' ');
  }
  g_strchug (quoted->str);
  quoted->len = strlen (quoted->str);
  g_strchomp (quoted->str);
  return g_string_free (quoted, FALSE);
}
