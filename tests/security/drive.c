/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/drive.h"

#include "lib/vectors.h"

#include <string.h>

GBytes *
gvnc_drive_wire (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "'", -1);
  g_autoptr (GString) hex = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    if (i % 2 == 0) {
      g_string_append (hex, parts[i]);
    } else {
      g_autofree char *word = gvnc_vectors_hex ((const guint8 *) parts[i], strlen (parts[i]));

      g_string_append (hex, word);
    }
  return gvnc_vectors_wire (hex->str);
}

void
gvnc_drive_init (GvncDrive              *self,
                 const GvncSecurityType *type)
{
  *self = (GvncDrive) { .link = { .minor = 8 } };
  self->security = gvnc_security_new (type, &self->link);
  gvnc_writer_init (&self->out, 4 * 1024 * 1024);
}

void
gvnc_drive_clear (GvncDrive *self)
{
  gvnc_security_free (self->security);
  gvnc_writer_clear (&self->out);
  g_clear_error (&self->error);
}

/* As the handshake, nothing but what is on offer is chosen. */
static guint32
drive_choice (const GArray *offered,
              guint32       wanted)
{
  for (guint i = 0; i < offered->len; i++)
    if (g_array_index (offered, guint32, i) == wanted)
      return wanted;
  return g_array_index (offered, guint32, 0);
}

/* After every call into the handler. */
static gboolean
drive_go_on (GvncDrive          *self,
             const GvncDriveApp *app)
{
  for (;;) {
    GvncSecurity *security = self->security;

    if (security->next != NULL) {
      self->security = gvnc_security_new (security->next, &self->link);
      gvnc_security_free (security);
      if (!self->security->type->start (self->security, &self->out, &self->error))
        return FALSE;
    } else if (security->done) {
      return TRUE;
    } else if (security->layer != NULL && self->layers) {
      g_clear_pointer (&security->layer, gvnc_secure_request_free);
      self->link.encrypted = TRUE;
      if (!security->type->layered (security, &self->out, &self->error))
        return FALSE;
    } else if (security->identity != NULL) {
      g_clear_pointer (&security->identity, gvnc_identity_unref);
      if (!security->type->trusted (security, &self->out, &self->error))
        return FALSE;
    } else if (security->asks != NULL && app != NULL) {
      char *credentials[3] = { (char *) app->password, (char *) app->username, (char *) "" };

      self->n_asked++;
      security->asks = NULL;
      if (!security->type->resume (security, credentials, &self->out, &self->error))
        return FALSE;
    } else if (security->choices != NULL && app != NULL) {
      g_autoptr (GArray) choices = g_steal_pointer (&security->choices);

      if (!security->type->choose (security, drive_choice (choices, app->subtype), &self->out, &self->error))
        return FALSE;
    } else {
      return TRUE;
    }
  }
}

gboolean
gvnc_drive_start (GvncDrive *self)
{
  return self->security->type->start (self->security, &self->out, &self->error) && drive_go_on (self, NULL);
}

gboolean
gvnc_drive_bytes (GvncDrive          *self,
                  const GvncDriveApp *app,
                  const guint8       *bytes,
                  gsize               len)
{
  /* Some ask before the server says anything. */
  if (!drive_go_on (self, app))
    return FALSE;
  while (len > 0) {
    const GvncSecurityType *type = self->security->type;
    gsize want = type->want != NULL ? type->want (self->security) : 0;
    GvncReader in = gvnc_reader_init (bytes, want);

    if (want == 0 || want > len || self->security->done)
      return TRUE;
    if (!type->take (self->security, &in, &self->out, &self->error))
      return FALSE;
    g_assert_false (in.overrun);
    g_assert_cmpuint (gvnc_reader_left (&in), ==, 0);
    bytes += want;
    len -= want;
    if (!drive_go_on (self, app))
      return FALSE;
  }
  return TRUE;
}

gboolean
gvnc_drive_feed (GvncDrive          *self,
                 const GvncDriveApp *app,
                 const char         *wire)
{
  g_autoptr (GBytes) bytes = gvnc_drive_wire (wire);
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  return gvnc_drive_bytes (self, app, data, len);
}

char *
gvnc_drive_sent (GvncDrive *self)
{
  char *hex = gvnc_vectors_hex (gvnc_writer_peek (&self->out), gvnc_writer_left (&self->out));

  gvnc_writer_consume (&self->out, gvnc_writer_left (&self->out));
  return hex;
}

typedef struct {
  const GvncSecurityType *type;
  const GvncRefused      *row;
} RefusedTest;

static void
test_refused (gconstpointer data)
{
  const RefusedTest *test = data;
  static const GvncDriveApp app = { "password", "user", 0 };
  g_autoptr (GBytes) bytes = gvnc_drive_wire (test->row->wire);
  gsize len;
  const guint8 *wire = g_bytes_get_data (bytes, &len);

  for (gsize cut = 0; cut <= len; cut++) {
    GvncDrive drive;

    /* memory of its own, so that the sanitizer sees reads beyond it */
    g_autofree guint8 *part = g_malloc (MAX (cut, 1));

    memcpy (part, wire, cut);
    gvnc_drive_init (&drive, test->type);
    drive.link.allow_weak = drive.link.allow_plain = drive.layers = TRUE;
    if (gvnc_drive_start (&drive) && gvnc_drive_bytes (&drive, &app, part, cut)) {
      g_assert_no_error (drive.error);
      if (cut == len && test->row->error != NULL)
        g_error ("%s: no error in place of “%s”", test->row->name, test->row->error);
    } else {
      g_assert_nonnull (drive.error);
      if (test->row->error == NULL)
        g_error ("%s: %s", test->row->name, drive.error->message);
      if (!g_pattern_match_simple (test->row->error, drive.error->message))
        g_error ("“%s” is not like “%s”", drive.error->message, test->row->error);
      if (cut == len)
        g_assert_cmpuint (gvnc_writer_left (&drive.out), <, 1024 * 1024);
    }
    gvnc_drive_clear (&drive);
  }
}

/* For seeds/make-seeds: the row as tests/fuzz/security.h has it. */
static void
refused_seed (const char        *path,
              const GvncRefused *row)
{
  const char *folder = g_getenv ("GVNC_SEED_DIR");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GByteArray) seed = NULL;
  g_autofree char *infix = g_strdup_printf ("/%s/", g_getenv ("GVNC_SEED_TYPE"));
  g_autofree char *name = NULL, *file = NULL;

  if (folder == NULL || strstr (path, infix) == NULL)
    return;
  bytes = gvnc_drive_wire (row->wire);
  seed = g_byte_array_new ();
  g_byte_array_append (seed, (const guint8[]) { 3 | 16 | 32 }, 1);
  g_byte_array_append (seed, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  name = g_strdelimit (g_strdup (row->name), " /", '-');
  file = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (file, (const char *) seed->data, (gssize) seed->len, NULL));
}

void
gvnc_refused_add (const char             *path,
                  const GvncSecurityType *type,
                  const GvncRefused      *rows,
                  gsize                   n)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("%s/%s", path, rows[i].name);
    RefusedTest *test = g_new (RefusedTest, 1);

    refused_seed (name, &rows[i]);
    *test = (RefusedTest) { type, &rows[i] };
    g_test_add_data_func_full (name, test, test_refused, g_free);
  }
}
