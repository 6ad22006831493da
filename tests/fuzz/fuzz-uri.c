/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/fuzz.h"

#include "transport/connect.h"
#include "vncuri.h"

#include <string.h>

/* No argument of ssh's that comes from an address may be an option, or be more than a name to a shell. */
static void
check_ssh (const VncUri *uri)
{
  g_autofree char *port = g_strdup_printf ("%u", vnc_uri_get_port (uri));
  g_auto (GStrv) args = NULL;
  GvncTarget target = {
    .host = (char *) vnc_uri_get_host (uri),
    .port = port,
    .ssh_host = (char *) vnc_uri_get_ssh_host (uri),
    .ssh_user = (char *) vnc_uri_get_ssh_user (uri),
    .ssh_port = vnc_uri_get_ssh_port (uri),
  };
  guint n;

  if (target.host == NULL || target.ssh_host == NULL)
    return;
  args = gvnc_ssh_arguments (&target, NULL);
  if (args == NULL)
    return;
  n = g_strv_length (args);
  g_assert (g_str_equal (args[n - 2], "--") && *args[n - 1] != '-');
  for (guint i = 0; i < n; i++)
    for (const char *p = args[i]; *p != '\0'; p++)
      g_assert (g_ascii_isalnum (*p) || strchr ("-._:%+@[]", *p) != NULL);
}

/* The text of an address, without a last newline: what can be read can be written, and read again. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const gsize len = size > 0 && data[size - 1] == '\n' ? size - 1 : size;
  g_autofree char *text = g_strndup (len > 0 ? (const char *) data : "", len), *whole = NULL, *shown = NULL, *again_whole = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (VncUri) uri = vnc_uri_parse (text, &error), again = NULL;

  if (uri == NULL) {
    g_assert (error != NULL && g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  check_ssh (uri);
  shown = vnc_uri_to_string (uri, FALSE);
  g_assert (g_utf8_validate (shown, -1, NULL));
  whole = vnc_uri_to_string (uri, TRUE);
  if (strlen (whole) > 60000)
    return 0;
  again = vnc_uri_parse (whole, NULL);
  g_assert (again != NULL);
  again_whole = vnc_uri_to_string (again, TRUE);
  g_assert (g_str_equal (whole, again_whole));
  return 0;
}
