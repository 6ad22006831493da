/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "control.h"
#include "server.h"

/* gvnc-demo-server: a remote desktop with nothing behind it, for demonstrations and tests. It shares no code with the
 * client library, so that a mistake in one is not cancelled by the same mistake in the other. */

static struct {
  DemoOptions server;
  char *encoding, *tight_mode, *size, *format, *rfb, *control, *security;
  gboolean print_port, exit_with_parent;
} main_options = {
  .server = { .port = -1, .width = 800, .height = 600, .encoding = -1, .rfb_minor = 8, .seed = 1, .max_fps = 30 },
};

static int main_seed = 1;

static const GOptionEntry main_entries[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &main_options.server.port,
    N_("TCP port on 127.0.0.1; 0 for any free one (default: the first free one from 5901)"), N_("PORT") },
  { "socket", 0, 0, G_OPTION_ARG_FILENAME, &main_options.server.socket_path,
    N_("Listen on this UNIX socket too"), N_("PATH") },
  { "print-port", 0, 0, G_OPTION_ARG_NONE, &main_options.print_port,
    N_("Print PORT=number once listening"), NULL },
  { "password", 0, 0, G_OPTION_ARG_STRING, &main_options.server.password,
    N_("Ask for this password (VNC authentication)"), N_("PASSWORD") },
  { "user", 0, 0, G_OPTION_ARG_STRING, &main_options.server.user,
    N_("The user name that belongs to it, where the type of --security has one"), N_("NAME") },
  { "security", 0, 0, G_OPTION_ARG_STRING, &main_options.security,
    N_("How to ask for it: vnc, ard, mslogon2, ra2, ra2ne, ra2_256 or ra2ne_256"), N_("TYPE") },
  { "encoding", 0, 0, G_OPTION_ARG_STRING, &main_options.encoding,
    N_("raw, copyrect, rre, corre, hextile, zlib, zlibhex, trle, zrle, zywrle, jpeg, tight, tight-png or auto"),
    N_("ENCODING") },
  { "tight-mode", 0, 0, G_OPTION_ARG_STRING, &main_options.tight_mode,
    N_("fill, copy, palette, gradient, jpeg or auto"), N_("MODE") },
  { "size", 0, 0, G_OPTION_ARG_STRING, &main_options.size, N_("Size of the screen"), N_("WxH") },
  { "format", 0, 0, G_OPTION_ARG_STRING, &main_options.format,
    N_("Pixels of the screen: rgb888, bgr888, rgb888x, rgb101010, rgb565, bgr565, rgb555, rgb332, bgr233 or map8, "
       "with -be for big-endian"), N_("FORMAT") },
  { "depth", 0, 0, G_OPTION_ARG_STRING, &main_options.format, N_("Same as --format"), N_("FORMAT") },
  { "rfb", 0, 0, G_OPTION_ARG_STRING, &main_options.rfb, N_("Version of the protocol: 3.3, 3.7 or 3.8"), N_("VERSION") },
  { "name", 0, 0, G_OPTION_ARG_STRING, &main_options.server.name, N_("Name of the desktop"), N_("TEXT") },
  { "still", 0, 0, G_OPTION_ARG_NONE, &main_options.server.still, N_("Do not move anything"), NULL },
  { "no-resize", 0, 0, G_OPTION_ARG_NONE, &main_options.server.no_resize, N_("Refuse a client's wish for another size"),
    NULL },
  { "seed", 0, 0, G_OPTION_ARG_INT, &main_seed, N_("Number that the random parts of the picture depend on"), N_("N") },
  { "max-fps", 0, 0, G_OPTION_ARG_INT, &main_options.server.max_fps, N_("Pictures a second at most"), N_("N") },
  { "dump", 0, 0, G_OPTION_ARG_FILENAME, &main_options.server.dump_path,
    N_("Write the true picture to this PPM file on SIGUSR1"), N_("FILE") },
  { "events", 0, 0, G_OPTION_ARG_FILENAME, &main_options.server.events_path,
    N_("Write a line for each message of a client"), N_("FILE") },
  { "control", 0, 0, G_OPTION_ARG_FILENAME, &main_options.control,
    N_("Read commands from a FIFO, or from standard input (-)"), N_("FIFO") },
  { "once", 0, 0, G_OPTION_ARG_NONE, &main_options.server.once, N_("End when the last client has left"), NULL },
  { "exit-with-parent", 0, 0, G_OPTION_ARG_NONE, &main_options.exit_with_parent,
    N_("End when the process that started this one ends"), NULL },
  { NULL },
};

/* The number that belongs to a word of a list; FALSE if it is none of them. */
typedef struct {
  const char *word;
  int number;
} MainChoice;

static gboolean
main_choose (const char *option, const char *word, const MainChoice *choices, gsize n, int *number)
{
  if (!word)
    return TRUE;
  for (gsize i = 0; i < n; i++)
    if (strcmp (choices[i].word, word) == 0) {
      *number = choices[i].number;
      return TRUE;
    }
  g_printerr (_("--%s cannot be “%s”\n"), option, word);
  return FALSE;
}

static gboolean
main_check_options (void)
{
  static const MainChoice encodings[] = {
    { "auto", -1 }, { "raw", DEMO_ENCODING_RAW }, { "copyrect", DEMO_ENCODING_COPYRECT }, { "rre", DEMO_ENCODING_RRE },
    { "hextile", DEMO_ENCODING_HEXTILE }, { "zrle", DEMO_ENCODING_ZRLE }, { "tight", DEMO_ENCODING_TIGHT },
    { "corre", DEMO_ENCODING_CORRE }, { "zlib", DEMO_ENCODING_ZLIB }, { "zlibhex", DEMO_ENCODING_ZLIBHEX },
    { "trle", DEMO_ENCODING_TRLE }, { "zywrle", DEMO_ENCODING_ZYWRLE }, { "jpeg", DEMO_ENCODING_JPEG },
#ifdef HAVE_PNG
    { "tight-png", DEMO_ENCODING_TIGHT_PNG },
#endif
  };
  static const MainChoice modes[] = {
    { "auto", DEMO_TIGHT_AUTO }, { "fill", DEMO_TIGHT_FILL }, { "copy", DEMO_TIGHT_COPY },
    { "palette", DEMO_TIGHT_PALETTE }, { "gradient", DEMO_TIGHT_GRADIENT }, { "jpeg", DEMO_TIGHT_JPEG },
  };
  static const MainChoice versions[] = { { "3.3", 3 }, { "3.7", 7 }, { "3.8", 8 } };
  static const MainChoice securities[] = {
    { "vnc", 0 }, { "ard", 30 }, { "mslogon2", 113 }, { "ra2", 5 }, { "ra2ne", 6 }, { "ra2_256", 129 }, { "ra2ne_256", 130 },
  };
  DemoOptions *options = &main_options.server;
  int mode = DEMO_TIGHT_AUTO;

  if (!main_choose ("encoding", main_options.encoding, encodings, G_N_ELEMENTS (encodings), &options->encoding) ||
      !main_choose ("tight-mode", main_options.tight_mode, modes, G_N_ELEMENTS (modes), &mode) ||
      !main_choose ("security", main_options.security, securities, G_N_ELEMENTS (securities), &options->security) ||
      !main_choose ("rfb", main_options.rfb, versions, G_N_ELEMENTS (versions), &options->rfb_minor))
    return FALSE;
  options->tight_mode = (DemoTightMode) mode;

  if (!demo_format_parse (main_options.format ? main_options.format : "rgb888", &options->format)) {
    g_printerr (_("--%s cannot be “%s”\n"), "format", main_options.format);
    return FALSE;
  }
  if (main_options.size) {
    char *end;

    options->width = (int) strtol (main_options.size, &end, 10);
    options->height = *end == 'x' ? (int) strtol (end + 1, &end, 10) : 0;
    if (*end != '\0')
      options->height = 0;
  }
  if (options->width < 1 || options->height < 1 ||
      options->width > DEMO_SCREEN_MAX_SIDE || options->height > DEMO_SCREEN_MAX_SIDE) {
    g_printerr (_("--size must be WIDTHxHEIGHT with at most %d on each side\n"), DEMO_SCREEN_MAX_SIDE);
    return FALSE;
  }
  if (options->port < -1 || options->port > 65535) {
    g_printerr (_("--port must be at most 65535\n"));
    return FALSE;
  }
  options->max_fps = CLAMP (options->max_fps, 1, 1000);
  options->seed = (guint) main_seed;
  if (!options->name)
    options->name = g_strdup ("gvnc demo");
  if (options->security != 0 && !options->password) {
    g_printerr (_("--security needs --password\n"));
    return FALSE;
  }
  return TRUE;
}

static gboolean
main_quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
main_dump (gpointer data)
{
  DemoServer *server = data;
  g_autoptr (GError) error = NULL;

  if (server->options->dump_path &&
      !demo_screen_save (&server->screen, server->options->dump_path, &error))
    g_printerr ("%s\n", error->message);
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  pid_t parent = getppid ();
  DemoServer *server;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  setvbuf (stdout, NULL, _IOLBF, 0);

  g_option_context_set_summary (context, _("A small VNC server with a test card, for demonstrations and tests."));
  g_option_context_set_description (context, _(
    "Commands, one a line, each answered with OK or ERROR:\n"
    "  fill X Y W H RRGGBB             copy FROM-X FROM-Y TO-X TO-Y W H\n"
    "  resize W H                      screens X Y W H, X Y W H …\n"
    "  name TEXT                       bell\n"
    "  cuttext TEXT                    cuttext8 TEXT\n"
    "  cursor colour|mono|alpha|none   map INDEX RRGGBB\n"
    "  wmvi FORMAT                     pointer absolute|relative\n"
    "  move X Y                        hide 0|1\n"
    "  leds BITS                       tone HERTZ|off\n"
    "  vmware                          shot FILE\n"
    "  drop                            quit\n"));
  g_option_context_add_main_entries (context, main_entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  if (argc > 1) {
    g_printerr (_("“%s” is not an option\n"), argv[1]);
    return 2;
  }
  if (!main_check_options ())
    return 2;
  if (main_options.exit_with_parent) {
    prctl (PR_SET_PDEATHSIG, SIGTERM);
    if (getppid () != parent)
      return 0;
  }
  signal (SIGPIPE, SIG_IGN);

  server = demo_server_new (&main_options.server, loop, &error);
  if (!server) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  if (main_options.control &&
      !demo_control_open (server, main_options.control, main_options.exit_with_parent, &error)) {
    g_printerr ("%s\n", error->message);
    demo_server_free (server);
    return 1;
  }
  g_unix_signal_add (SIGINT, main_quit, loop);
  g_unix_signal_add (SIGTERM, main_quit, loop);
  g_unix_signal_add (SIGUSR1, main_dump, server);

  g_print ("Listening on 127.0.0.1::%u\n", server->port);
  if (main_options.print_port)
    g_print ("PORT=%u\n", server->port);
  g_main_loop_run (loop);
  demo_server_free (server);
  return 0;
}
