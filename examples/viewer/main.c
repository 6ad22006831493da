/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * gvncviewer: shows a remote desktop in a window. Uses the public API of libgtk-vnc-2.0 only. */
#include "config.h"

#include "menus.h"
#include "window.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

/* Lives in main (). The option parser writes into it. */
typedef struct {
  GvncOptions options;
  GvncAddress *address;         /* NULL: ask */
  char **arguments;
  char *depth_name;
  gboolean listen;
  char *password_path;
  gboolean scale;
  gboolean version;
} Viewer;

static char *
main_read_password (const char  *path,
                    GError     **error)
{
  char *password;

  if (!g_file_get_contents (path, &password, NULL, error))
    return NULL;
  password[strcspn (password, "\r\n")] = '\0';
  return password;
}

/* Negative: go on. */
static int
main_handle_options (GApplication *application,
                     GVariantDict *dict,
                     gpointer      user_data)
{
  Viewer *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->version) {
    g_print ("gvncviewer %s\n", PACKAGE_VERSION);
    return 0;
  }
  if (self->scale && self->options.no_scale)
    error = g_error_new_literal (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                                 _("--scale and --no-scale exclude each other"));
  else if (self->arguments != NULL && self->arguments[0] != NULL && self->arguments[1] != NULL)
    error = g_error_new_literal (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("More than one address was given"));
  else if (self->depth_name != NULL && !gvnc_options_parse_depth (self->depth_name, &self->options.depth))
    error = g_error_new (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("“%s” is no depth: it is default, full, medium, low or ultra-low"), self->depth_name);
  else if (self->options.rotation % 90 != 0 || self->options.rotation < 0 || self->options.rotation > 270)
    error = g_error_new (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("The rotation is %d degrees; it can be 0, 90, 180 or 270"),
                         self->options.rotation);
  else if (self->options.screenshot_path != NULL && self->arguments == NULL && !self->listen)
    error = g_error_new_literal (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--screenshot needs an address"));
  if (error == NULL && self->password_path != NULL)
    self->options.password = main_read_password (self->password_path, &error);
  if (error == NULL && gvnc_options_check_link (&self->options, &error)) {
    const char *text = self->arguments != NULL ? self->arguments[0] : NULL;

    if (self->listen)
      self->address = gvnc_address_parse_listen (text, &error);
    else if (text != NULL)
      self->address = gvnc_address_parse (text, &error);
  }

  if (error != NULL) {
    g_printerr ("%s: %s\n", g_get_prgname (), error->message);
    return 1;
  }
  return -1;
}

/* Only now the window manager knows where the window is, and can put the dialog over it. */
static gboolean
main_window_mapped (GtkWidget *window,
                    GdkEvent  *event,
                    gpointer   user_data)
{
  g_signal_handlers_disconnect_by_data (window, user_data);
  gvnc_window_ask (GVNC_WINDOW (window));
  return GDK_EVENT_PROPAGATE;
}

static void
main_activate (GApplication *application,
               gpointer      user_data)
{
  Viewer *self = user_data;
  GtkWidget *window = gvnc_window_new (GTK_APPLICATION (application), &self->options);

  if (self->address == NULL)
    g_signal_connect (window, "map-event", G_CALLBACK (main_window_mapped), self);
  gtk_window_present (GTK_WINDOW (window));
  if (self->address != NULL)
    gvnc_window_open (GVNC_WINDOW (window), g_steal_pointer (&self->address));
}

static void
main_startup (GApplication *application,
              gpointer      user_data)
{
  gvnc_menus_add_accelerators (GTK_APPLICATION (application));
}

static void
main_add_options (GApplication *application,
                  Viewer       *self)
{
  GvncOptions *options = &self->options;
  const GOptionEntry entries[] = {
    { "full-screen", 'f', 0, G_OPTION_ARG_NONE, &options->full_screen, N_("Fill the screen"), NULL },
    { "all-monitors", 0, 0, G_OPTION_ARG_NONE, &options->all_monitors, N_("Fill all screens of this computer"), NULL },
    { "read-only", 0, 0, G_OPTION_ARG_NONE, &options->read_only, N_("Watch only: send no keys and no pointer"), NULL },
    { "view-only", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->read_only, NULL, NULL },
    { "scale", 0, 0, G_OPTION_ARG_NONE, &self->scale, N_("Scale the desktop to the window (the default)"), NULL },
    { "no-scale", 0, 0, G_OPTION_ARG_NONE, &options->no_scale, N_("Show each remote pixel as one, and scroll"), NULL },
    { "rotation", 0, 0, G_OPTION_ARG_INT, &options->rotation,
      N_("Turn the desktop clockwise by 90, 180 or 270 degrees"), N_("DEGREES") },
    { "shared", 0, 0, G_OPTION_ARG_NONE, &options->shared, N_("Share the desktop with other viewers"), NULL },
    { "lossy", 0, 0, G_OPTION_ARG_NONE, &options->lossy, N_("Let the server compress pictures with losses"), NULL },
    { "fixed-quality", 0, 0, G_OPTION_ARG_NONE, &options->fixed_quality,
      N_("Do not choose quality and colours by the speed of the link"), NULL },
    { "no-sound", 0, 0, G_OPTION_ARG_NONE, &options->no_sound, N_("Do not play the sound of the desktop"), NULL },
    { "no-remote-pointer", 0, 0, G_OPTION_ARG_NONE, &options->no_remote_pointer,
      N_("Do not show where the pointer of the desktop is"), NULL },
    { "no-clipboard", 0, 0, G_OPTION_ARG_NONE, &options->no_clipboard,
      N_("Do not copy and paste between the desktop and this computer"), NULL },
    { "reconnect", 0, 0, G_OPTION_ARG_NONE, &options->reconnect, N_("Connect again when the link breaks"), NULL },
    { "listen", 0, 0, G_OPTION_ARG_NONE, &self->listen,
      N_("Wait for a server to connect; the address is the port, 5500 by default"), NULL },
    { "depth", 0, 0, G_OPTION_ARG_STRING, &self->depth_name,
      N_("Colour depth: default, full, medium, low or ultra-low"), N_("DEPTH") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &self->password_path,
      N_("Take the password from the first line of a file"), N_("FILE") },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &options->ca_path,
      N_("Trust servers whose certificates these authorities have signed"), N_("FILE.pem") },
    { "crl-file", 0, 0, G_OPTION_ARG_FILENAME, &options->crl_path,
      N_("Do not trust these certificates, which were revoked"), N_("FILE.pem") },
    { "tls-name", 0, 0, G_OPTION_ARG_STRING, &options->tls_name,
      N_("The name that the server's certificate must have, in place of the host's"), N_("NAME") },
    { "known-hosts", 0, 0, G_OPTION_ARG_FILENAME, &options->known_hosts_path,
      N_("Where the keys of servers are remembered"), N_("FILE") },
    { "client-cert", 0, 0, G_OPTION_ARG_FILENAME, &options->client_cert_path,
      N_("The certificate to show to servers that ask for one"), N_("FILE.pem") },
    { "client-key", 0, 0, G_OPTION_ARG_FILENAME, &options->client_key_path,
      N_("The key of that certificate"), N_("FILE.pem") },
    { "security", 0, 0, G_OPTION_ARG_STRING, &options->security,
      N_("Use these security types only, best first: encrypted, x509, tls, vncauth, none, …"), N_("TYPE,…") },
    { "ssh-command", 0, 0, G_OPTION_ARG_STRING, &options->ssh_command,
      N_("The program for vnc+ssh:// in place of ssh"), N_("COMMAND") },
    { "proxy", 0, 0, G_OPTION_ARG_STRING, &options->proxy,
      N_("Connect through a proxy: socks5://HOST:PORT, http://HOST:PORT or system"), N_("PROXY") },
    { "repeater", 0, 0, G_OPTION_ARG_STRING, &options->repeater,
      N_("Whom an UltraVNC repeater at the address shall connect to: ID:NUMBER or HOST:PORT"), N_("TARGET") },
    { "header", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->web_headers,
      N_("One more line for the request to a WebSocket; may be repeated"), N_("NAME: VALUE") },
    { "allow-plain", 0, 0, G_OPTION_ARG_NONE, &options->allow_plain,
      N_("Send user name and password also where others can read them"), NULL },
    { "allow-weak", 0, 0, G_OPTION_ARG_NONE, &options->allow_weak,
      N_("Accept keys and methods that are too weak for today"), NULL },
    { "title", 0, 0, G_OPTION_ARG_STRING, &options->title, N_("Name in the window's title"), N_("TEXT") },
    { "screenshot", 0, 0, G_OPTION_ARG_FILENAME, &options->screenshot_path,
      N_("Write a picture of the window when the desktop is complete, and quit"), N_("FILE.png") },
    { "screenshot-delay", 0, 0, G_OPTION_ARG_DOUBLE, &options->screenshot_delay_s,
      N_("Wait before the picture is taken"), N_("SECONDS") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("Print the version and quit"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->arguments, NULL, NULL },
    { NULL },
  };

  g_application_add_main_option_entries (application, entries);
  g_application_add_option_group (application, vnc_display_get_option_group ());
  g_application_set_option_context_parameter_string (application,
                                                     _("[HOST[:DISPLAY|::PORT] | vnc://… | wss://… | /path/to/socket]"));
  g_application_set_option_context_summary (application, _("Shows and controls a remote desktop through VNC."));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GtkApplication) application = NULL;
  Viewer viewer = { 0 };
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_set_application_name (_("Remote Desktop Viewer"));
  gtk_window_set_default_icon_name ("org.gnome.gvncviewer");
  application = gtk_application_new ("org.gnome.gvncviewer", G_APPLICATION_NON_UNIQUE);
  main_add_options (G_APPLICATION (application), &viewer);
  g_signal_connect (application, "handle-local-options", G_CALLBACK (main_handle_options), &viewer);
  g_signal_connect (application, "startup", G_CALLBACK (main_startup), NULL);
  g_signal_connect (application, "activate", G_CALLBACK (main_activate), &viewer);

  status = g_application_run (G_APPLICATION (application), argc, argv);

  gvnc_address_free (viewer.address);
  gvnc_options_clear (&viewer.options);
  g_free (viewer.depth_name);
  g_free (viewer.password_path);
  g_strfreev (viewer.arguments);
  return status != 0 ? status : viewer.options.exit_status;
}
