/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/watch.h"

#include "lib/asked.h"

#include <string.h>

#define PATIENCE_S 100

static gint32 asked[] = { GVNC_ASKED_NUMBERS };

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

static void
watch_add_array (GString     *line,
                 GValueArray *array)
{
  for (guint i = 0; i < array->n_values; i++)
    g_string_append_printf (line, " %d", g_value_get_enum (g_value_array_get_nth (array, i)));
}

static void
watch_add_value (GString      *line,
                 const GValue *value)
{
  if (G_VALUE_HOLDS_STRING (value)) {
    g_string_append_printf (line, " %s", g_value_get_string (value));
  } else if (G_VALUE_HOLDS_INT (value)) {
    g_string_append_printf (line, " %d", g_value_get_int (value));
  } else if (G_VALUE_HOLDS_UINT (value)) {
    g_string_append_printf (line, " %u", g_value_get_uint (value));
  } else if (G_VALUE_HOLDS_ENUM (value)) {
    g_string_append_printf (line, " %d", g_value_get_enum (value));
  } else if (G_VALUE_HOLDS_BOOLEAN (value)) {
    g_string_append (line, g_value_get_boolean (value) ? " yes" : " no");
  } else if (G_VALUE_HOLDS_FLAGS (value)) {
    g_string_append_printf (line, " %u", g_value_get_flags (value));
  } else if (G_VALUE_HOLDS (value, g_value_array_get_type ())) {
    watch_add_array (line, g_value_get_boxed (value));
  } else if (G_VALUE_HOLDS (value, VNC_TYPE_CURSOR)) {
    VncCursor *cursor = g_value_get_object (value);

    if (cursor == NULL)
      g_string_append (line, " none");
    else
      g_string_append_printf (line, " %ux%u %u,%u", vnc_cursor_get_width (cursor), vnc_cursor_get_height (cursor),
                              vnc_cursor_get_hotx (cursor), vnc_cursor_get_hoty (cursor));
  } else if (G_VALUE_HOLDS_BOXED (value) || G_VALUE_HOLDS_POINTER (value)) {
    g_string_append (line, " …");
  } else {
    g_error ("a signal has an argument of type %s", G_VALUE_TYPE_NAME (value));
  }
}

G_GNUC_END_IGNORE_DEPRECATIONS

static void
watch_signal (GClosure     *closure,
              GValue       *result,
              guint         n_values,
              const GValue *values,
              gpointer      hint,
              gpointer      data)
{
  GvncWatch *watch = closure->data;
  GString *line = g_string_new (g_signal_name (((GSignalInvocationHint *) hint)->signal_id));
  char *text;

  g_assert_true (g_thread_self () == watch->thread);
  for (guint i = 1; i < n_values; i++)
    watch_add_value (line, &values[i]);
  text = g_string_free (line, FALSE);
  g_ptr_array_add (watch->lines, text);

  if (watch->auth_type >= 0 && g_str_has_prefix (text, "vnc-auth-choose-type"))
    g_assert_true (vnc_connection_set_auth_type (watch->conn, (guint) watch->auth_type));
  if (watch->password != NULL && strcmp (text, "vnc-auth-credential 0") == 0)
    g_assert_true (vnc_connection_set_credential (watch->conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, watch->password));
  if (watch->asks && strcmp (text, "vnc-initialized") == 0)
    g_assert_true (vnc_connection_set_encodings (watch->conn, G_N_ELEMENTS (asked), asked));
  if (watch->hook != NULL)
    watch->hook (watch, text);
}

void
gvnc_watch_init (GvncWatch *watch)
{
  g_autofree guint *ids = NULL;
  guint n_ids;

  *watch = (GvncWatch) { .conn = vnc_connection_new (), .auth_type = -1, .thread = g_thread_self () };
  watch->lines = g_ptr_array_new_with_free_func (g_free);
  ids = g_signal_list_ids (VNC_TYPE_CONNECTION, &n_ids);
  for (guint i = 0; i < n_ids; i++) {
    GClosure *closure;

    /* What is asked in two ways is written down once, in the old one. */
    if (g_str_equal (g_signal_name (ids[i]), "vnc-credentials-requested"))
      continue;
    closure = g_closure_new_simple (sizeof (GClosure), watch);

    g_closure_set_marshal (closure, watch_signal);
    g_signal_connect_closure_by_id (watch->conn, ids[i], 0, closure, FALSE);
  }
}

void
gvnc_watch_drop (GvncWatch *watch)
{
  g_clear_object (&watch->conn);
}

void
gvnc_watch_clear (GvncWatch *watch)
{
  VncConnection *conn = watch->conn;

  if (conn != NULL) {
    g_object_add_weak_pointer (G_OBJECT (conn), (gpointer *) &conn);
    vnc_connection_shutdown (conn);
    gvnc_watch_settle (watch);
    gvnc_watch_drop (watch);
    g_assert_null (conn);    /* nobody else keeps it */
  }
  g_ptr_array_unref (watch->lines);
}

static gboolean
watch_give_up (gpointer data)
{
  GvncWatch *watch = data;

  for (guint i = 0; i < watch->lines->len; i++)
    g_printerr ("# %s\n", (char *) g_ptr_array_index (watch->lines, i));
  g_error ("the main loop runs in vain");
  return G_SOURCE_REMOVE;
}

static gboolean
watch_has (GvncWatch    *watch,
           GPatternSpec *pattern,
           guint        *from)
{
  for (; *from < watch->lines->len; (*from)++)
    if (g_pattern_match_string (pattern, g_ptr_array_index (watch->lines, *from)))
      return TRUE;
  return FALSE;
}

void
gvnc_watch_until (GvncWatch  *watch,
                  const char *glob)
{
  guint source = g_timeout_add_seconds (PATIENCE_S, watch_give_up, watch);
  GPatternSpec *pattern = g_pattern_spec_new (glob);
  guint from = 0;

  while (!watch_has (watch, pattern, &from))
    g_main_context_iteration (NULL, TRUE);
  g_pattern_spec_free (pattern);
  g_source_remove (source);
}

void
gvnc_watch_settle (GvncWatch *watch)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
gvnc_watch_check (GvncWatch         *watch,
                  const char *const *globs)
{
  for (guint i = 0; globs[i] != NULL || i < watch->lines->len; i++) {
    const char *line = i < watch->lines->len ? g_ptr_array_index (watch->lines, i) : "(nothing)";
    const char *glob = globs[i] != NULL ? globs[i] : "(nothing)";

    if (!g_pattern_match_simple (glob, line))
      g_error ("signal %u: “%s” in place of “%s”", i, line, glob);
    if (globs[i] == NULL)
      break;
  }
  g_ptr_array_set_size (watch->lines, 0);
}
