/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * gvnccapture: one picture of a remote desktop in a file, without a display. */
#include "config.h"

#include "address.h"
#include "options.h"

#include "../../gtkvnc/auth-choice.h"

#include <gvnc.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

typedef struct {
  GMainLoop *loop;
  VncConnection *connection;
  VncCairoFramebuffer *framebuffer;   /* NULL: no session yet, or its size has changed */
  cairo_region_t *seen;
  GvncAddress *address;
  GvncOptions options;
  const char *path;
  const char *format;                 /* GdkPixbuf's name for the kind of file */
  gboolean is_quiet;
  gboolean was_told;                  /* what went wrong was said */
  gboolean was_saved;
} Capture;

G_GNUC_BEGIN_IGNORE_DEPRECATIONS   /* the signals have a GValueArray */

/* What the file's name ends in says what to write; NULL: nothing that can be written. */
static const char *
capture_format_of (const char *path)
{
  g_autoptr (GSList) formats = gdk_pixbuf_get_formats ();
  const char *dot = strrchr (path, '.');

  for (GSList *item = formats; item != NULL && dot != NULL; item = item->next) {
    g_auto (GStrv) extensions = gdk_pixbuf_format_get_extensions (item->data);

    for (guint i = 0; extensions[i] != NULL; i++)
      if (gdk_pixbuf_format_is_writable (item->data) && g_ascii_strcasecmp (dot + 1, extensions[i]) == 0) {
        g_autofree char *name = gdk_pixbuf_format_get_name (item->data);

        return g_intern_string (name);
      }
  }
  return NULL;
}

/* One line of standard input; what is typed is not shown when it is secret. NULL: there is none. */
static char *
capture_ask (const char *question,
             gboolean    is_secret)
{
  struct termios before, silent;
  char line[1024];
  gboolean is_terminal = tcgetattr (STDIN_FILENO, &before) == 0;
  char *answer = NULL;

  if (is_terminal)
    g_printerr ("%s", question);
  if (is_terminal && is_secret) {
    silent = before;
    silent.c_lflag &= ~(tcflag_t) ECHO;
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  }
  if (fgets (line, sizeof line, stdin) != NULL) {
    line[strcspn (line, "\r\n")] = '\0';
    answer = g_strdup (line);
  }
  if (is_terminal && is_secret) {
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
    g_printerr ("\n");
  }
  explicit_bzero (line, sizeof line);
  return answer;
}

static gboolean
capture_give_credentials (Capture              *self,
                          VncCredentialRequest *request)
{
  char **fields[] = {
    [VNC_CONNECTION_CREDENTIAL_USERNAME] = &self->address->username,
    [VNC_CONNECTION_CREDENTIAL_PASSWORD] = &self->address->password,
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    gboolean is_secret = i == VNC_CONNECTION_CREDENTIAL_PASSWORD;

    if (fields[i] == NULL || !vnc_credential_request_wants (request, i))
      continue;
    if (*fields[i] == NULL)
      *fields[i] = capture_ask (is_secret ? _("Password: ") : _("User name: "), is_secret);
    if (*fields[i] == NULL) {
      vnc_credential_request_refuse (request);
      return TRUE;
    }
    vnc_credential_request_set (request, i, *fields[i]);
  }
  if (vnc_credential_request_wants (request, VNC_CONNECTION_CREDENTIAL_CLIENTNAME))
    vnc_credential_request_set (request, VNC_CONNECTION_CREDENTIAL_CLIENTNAME, "gvnccapture");
  vnc_credential_request_complete (request, NULL);
  return TRUE;
}

static guint *
capture_numbers (const GValueArray *types)
{
  guint *numbers = g_new (guint, types->n_values);

  for (guint i = 0; i < types->n_values; i++)
    numbers[i] = (guint) g_value_get_enum (&types->values[i]);
  return numbers;
}

static void
capture_choose_type (Capture     *self,
                     GValueArray *types)
{
  g_autofree guint *offered = capture_numbers (types);
  guint type = gvnc_auth_choose (offered, types->n_values, FALSE);

  vnc_connection_set_auth_type (self->connection, type);
}

static void
capture_choose_subtype (VncConnection *connection,
                        guint          type,
                        GValueArray   *subtypes,
                        gpointer       unused)
{
  g_autofree guint *offered = capture_numbers (subtypes);

  vnc_connection_set_auth_subtype (connection, gvnc_auth_choose_subtype (offered, subtypes->n_values));
}

static void
capture_tell (Capture    *self,
              const char *message)
{
  if (!self->was_told)
    g_printerr ("%s: %s\n", g_get_prgname (), message);
  self->was_told = TRUE;
}

static void
capture_begin (Capture *self)
{
  static gint32 encodings[] = {
    VNC_CONNECTION_ENCODING_DESKTOP_RESIZE, VNC_CONNECTION_ENCODING_TIGHT, VNC_CONNECTION_ENCODING_ZRLE,
    VNC_CONNECTION_ENCODING_HEXTILE, VNC_CONNECTION_ENCODING_RRE, VNC_CONNECTION_ENCODING_COPY_RECT,
    VNC_CONNECTION_ENCODING_RAW,
  };
  guint16 width = (guint16) vnc_connection_get_width (self->connection);
  guint16 height = (guint16) vnc_connection_get_height (self->connection);
  /* as cairo has its pixels */
  const VncPixelFormat format = {
    .bits_per_pixel = 32, .depth = 24, .byte_order = G_BYTE_ORDER, .true_color_flag = TRUE,
    .red_max = 255, .green_max = 255, .blue_max = 255, .red_shift = 16, .green_shift = 8, .blue_shift = 0,
  };

  if (!vnc_connection_set_pixel_format (self->connection, &format)
      || !vnc_connection_set_encodings (self->connection, G_N_ELEMENTS (encodings), encodings))
    return;
  self->framebuffer = vnc_cairo_framebuffer_new (width, height, &format);
  self->seen = cairo_region_create ();
  vnc_connection_set_framebuffer (self->connection, VNC_FRAMEBUFFER (self->framebuffer));
  vnc_connection_framebuffer_update_request (self->connection, FALSE, 0, 0, width, height);
}

static void
capture_end_picture (Capture *self)
{
  g_clear_object (&self->framebuffer);
  g_clear_pointer (&self->seen, cairo_region_destroy);
}

static void
capture_resized (Capture *self)
{
  capture_end_picture (self);
  capture_begin (self);
}

static void
capture_save (Capture *self)
{
  cairo_surface_t *surface = vnc_cairo_framebuffer_get_surface (self->framebuffer);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf =
    gdk_pixbuf_get_from_surface (surface, 0, 0, cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface));

  self->was_saved = gdk_pixbuf_save (pixbuf, self->path, self->format, &error, NULL);
  if (!self->was_saved)
    capture_tell (self, error->message);
  else if (!self->is_quiet)
    g_print (_("The desktop was saved to %s\n"), self->path);
}

static void
capture_updated (Capture *self,
                 int      x,
                 int      y,
                 int      width,
                 int      height)
{
  cairo_rectangle_int_t part = { x, y, width, height };
  cairo_rectangle_int_t whole = { 0, 0, vnc_connection_get_width (self->connection), vnc_connection_get_height (self->connection) };

  if (self->framebuffer == NULL || self->was_saved || self->was_told)
    return;
  cairo_region_union_rectangle (self->seen, &part);
  if (cairo_region_contains_rectangle (self->seen, &whole) != CAIRO_REGION_OVERLAP_IN)
    return;
  capture_save (self);
  vnc_connection_shutdown (self->connection);
}

static void
capture_opened (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Capture *self = user_data;
  g_autofree char *address = gvnc_address_to_string (self->address);
  g_autoptr (GError) error = NULL;

  if (!vnc_connection_open_uri_finish (self->connection, result, &error))
    capture_tell (self, error->message);
  else if (!self->is_quiet)
    g_print (_("Connected to %s\n"), address);
}

static void
capture_disconnected (Capture *self)
{
  if (!self->was_saved)
    capture_tell (self, _("The server ended the session before it had sent a complete picture"));
  g_main_loop_quit (self->loop);
}

static void
capture_run (Capture *self)
{
  VncConnection *connection = self->connection;

  gvnc_options_apply_link (&self->options, connection);
  vnc_connection_set_shared (connection, TRUE);
  g_signal_connect_swapped (connection, "vnc-auth-choose-type", G_CALLBACK (capture_choose_type), self);
  g_signal_connect (connection, "vnc-auth-choose-subtype", G_CALLBACK (capture_choose_subtype), NULL);
  g_signal_connect_swapped (connection, "vnc-credentials-requested", G_CALLBACK (capture_give_credentials), self);
  g_signal_connect_swapped (connection, "vnc-initialized", G_CALLBACK (capture_begin), self);
  g_signal_connect_swapped (connection, "vnc-desktop-resize", G_CALLBACK (capture_resized), self);
  g_signal_connect_swapped (connection, "vnc-framebuffer-update", G_CALLBACK (capture_updated), self);
  g_signal_connect_swapped (connection, "vnc-error", G_CALLBACK (capture_tell), self);
  g_signal_connect_swapped (connection, "vnc-disconnected", G_CALLBACK (capture_disconnected), self);

  vnc_connection_open_uri_async (connection, self->address->uri, NULL, capture_opened, self);
  g_main_loop_run (self->loop);
}

G_GNUC_END_IGNORE_DEPRECATIONS

static gboolean
capture_prepare (Capture     *self,
                 char       **arguments,
                 const char  *password_path,
                 GError     **error)
{
  if (arguments == NULL || g_strv_length (arguments) != 2) {
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("An address and the name of a file are needed"));
    return FALSE;
  }
  self->path = arguments[1];
  self->format = capture_format_of (self->path);
  if (self->format == NULL) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("%s: the name must end in .png, .jpeg or another kind of picture that can be written"), self->path);
    return FALSE;
  }
  self->address = gvnc_address_parse (arguments[0], error);
  if (self->address == NULL || password_path == NULL)
    return self->address != NULL;
  gvnc_secret_free (g_steal_pointer (&self->address->password));
  if (!g_file_get_contents (password_path, &self->address->password, NULL, error))
    return FALSE;
  self->address->password[strcspn (self->address->password, "\r\n")] = '\0';
  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  Capture capture = { 0 };
  gboolean debug = FALSE, version = FALSE;
  g_autofree char *password_path = NULL;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &capture.is_quiet, N_("Say nothing when all goes well"), NULL },
    { "debug", 'd', 0, G_OPTION_ARG_NONE, &debug, N_("Show what the connection does"), NULL },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_path,
      N_("Take the password from the first line of a file"), N_("FILE") },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &capture.options.ca_path,
      N_("Trust servers whose certificates these authorities have signed"), N_("FILE.pem") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Print the version and quit"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments, NULL, NULL },
    { NULL },
  };

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  context = g_option_context_new (_("ADDRESS FILE"));
  g_option_context_set_summary (context, _("Saves a picture of a remote desktop."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error)
      || (!version && !capture_prepare (&capture, arguments, password_path, &error))) {
    capture_tell (&capture, error->message);
  } else if (version) {
    g_print ("gvnccapture %s\n", PACKAGE_VERSION);
    capture.was_saved = TRUE;
  } else {
    vnc_util_set_debug (debug);
    capture.loop = g_main_loop_new (NULL, FALSE);
    capture.connection = vnc_connection_new ();
    capture_run (&capture);
    capture_end_picture (&capture);
    g_object_unref (capture.connection);
    g_main_loop_unref (capture.loop);
  }
  g_clear_pointer (&capture.address, gvnc_address_free);
  gvnc_options_clear (&capture.options);
  return capture.was_saved ? 0 : 1;
}
