/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sound.h"

/* Commands, one a line, from standard input ("-") or from a FIFO. Each is answered with "OK <line>" or "ERROR <line>"
 * on standard output once it is done. */

#define CONTROL_MAX_LINE (64 * 1024)

typedef struct {
  DemoServer *server;
  GString *pending;
  gboolean quit_at_end;
} DemoControl;

static gboolean
control_numbers (const char *text, guint n, int *numbers)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ", -1);
  guint found = 0;

  for (guint i = 0; words[i]; i++) {
    char *end;
    long value;

    if (*words[i] == '\0')
      continue;
    value = strtol (words[i], &end, 10);
    if (*end != '\0' || found == n || value < 0 || value > 65535)
      return FALSE;
    numbers[found++] = (int) value;
  }
  return found == n;
}

/* The last word of a line as RRGGBB, cut off from the rest. */
static gboolean
control_colour (char *text, guint32 *rgb)
{
  char *word = strrchr (text, ' ');
  char *end;

  if (!word || strlen (word) != 7)
    return FALSE;
  *rgb = (guint32) strtoul (word + 1, &end, 16);
  if (*end != '\0')
    return FALSE;
  *word = '\0';
  return TRUE;
}

static gboolean
control_fill (DemoServer *server, char *arguments)
{
  guint32 rgb;
  int n[4];

  if (!control_colour (arguments, &rgb) || !control_numbers (arguments, 4, n))
    return FALSE;
  demo_screen_fill (&server->screen, &(DemoRect) { n[0], n[1], n[2], n[3] }, rgb);
  return TRUE;
}

static gboolean
control_copy (DemoServer *server, char *arguments)
{
  int n[6];

  if (!control_numbers (arguments, 6, n))
    return FALSE;
  demo_screen_copy (&server->screen, n[0], n[1], &(DemoRect) { n[2], n[3], n[4], n[5] });
  return TRUE;
}

static gboolean
control_resize (DemoServer *server, char *arguments)
{
  int n[2];

  return control_numbers (arguments, 2, n) && demo_server_resize (server, n[0], n[1], NULL);
}

/* The layout of the screen as it is: its parts, whose numbers are 1 and up. */
static gboolean
control_screens (DemoServer *server, char *arguments)
{
  DemoMonitor screens[DEMO_MAX_MONITORS];
  g_auto (GStrv) parts = g_strsplit (arguments, ",", DEMO_MAX_MONITORS);
  guint n_screens = g_strv_length (parts);

  for (guint i = 0; i < n_screens; i++) {
    int n[4];

    if (!control_numbers (parts[i], 4, n))
      return FALSE;
    screens[i] = (DemoMonitor) { i + 1, { n[0], n[1], n[2], n[3] }, 0 };
  }
  return demo_server_set_layout (server, server->screen.width, server->screen.height, screens, n_screens, NULL);
}

static gboolean
control_move (DemoServer *server, char *arguments)
{
  int n[2];

  if (!control_numbers (arguments, 2, n))
    return FALSE;
  demo_server_move_pointer (server, n[0], n[1]);
  return TRUE;
}

static gboolean
control_hide (DemoServer *server, char *arguments)
{
  int n[1];

  if (!control_numbers (arguments, 1, n))
    return FALSE;
  demo_server_set_cursor_hidden (server, n[0] != 0);
  return TRUE;
}

static gboolean
control_vmware (DemoServer *server, char *arguments)
{
  demo_server_tell_vmware (server);
  return TRUE;
}

static gboolean
control_name (DemoServer *server, char *arguments)
{
  demo_server_set_name (server, arguments);
  return TRUE;
}

static gboolean
control_bell (DemoServer *server, char *arguments)
{
  demo_server_bell (server);
  return TRUE;
}

static gboolean
control_cuttext (DemoServer *server, char *arguments)
{
  demo_server_cut_text (server, arguments);
  return TRUE;
}

static gboolean
control_cuttext8 (DemoServer *server, char *arguments)
{
  demo_server_offer_text (server, arguments);
  return TRUE;
}

static gboolean
control_cuthtml (DemoServer *server, char *arguments)
{
  demo_server_offer_rich (server, DEMO_RICH_HTML, arguments);
  return TRUE;
}

static gboolean
control_cutrtf (DemoServer *server, char *arguments)
{
  demo_server_offer_rich (server, DEMO_RICH_RTF, arguments);
  return TRUE;
}

static gboolean
control_cursor (DemoServer *server, char *arguments)
{
  DemoCursorKind kind;

  if (!demo_cursor_parse (arguments, &kind))
    return FALSE;
  demo_server_set_cursor (server, kind);
  return TRUE;
}

static gboolean
control_map (DemoServer *server, char *arguments)
{
  guint32 rgb;
  int n[1];

  if (!control_colour (arguments, &rgb) || !control_numbers (arguments, 1, n) || n[0] > 255)
    return FALSE;
  demo_server_set_palette (server, (guint) n[0], rgb);
  return TRUE;
}

static gboolean
control_wmvi (DemoServer *server, char *arguments)
{
  DemoFormat format;

  if (!demo_format_parse (arguments, &format))
    return FALSE;
  demo_server_set_format (server, &format);
  return TRUE;
}

static gboolean
control_pointer (DemoServer *server, char *arguments)
{
  gboolean absolute = strcmp (arguments, "absolute") == 0;

  if (!absolute && strcmp (arguments, "relative") != 0)
    return FALSE;
  demo_server_set_pointer_absolute (server, absolute);
  return TRUE;
}

static gboolean
control_leds (DemoServer *server, char *arguments)
{
  int n[1];

  if (!control_numbers (arguments, 1, n))
    return FALSE;
  demo_server_set_leds (server, (guint) n[0]);
  return TRUE;
}

static gboolean
control_tone (DemoServer *server, char *arguments)
{
  int n[1] = { 0 };

  if (strcmp (arguments, "off") != 0 && (!control_numbers (arguments, 1, n) || n[0] < 1 || n[0] > 20000))
    return FALSE;
  demo_sound_set_tone (server, (guint) n[0]);
  return TRUE;
}

static gboolean
control_drop (DemoServer *server, char *arguments)
{
  demo_server_drop (server);
  return TRUE;
}

static gboolean
control_shot (DemoServer *server, char *arguments)
{
  g_autoptr (GError) error = NULL;

  if (demo_screen_save (&server->screen, arguments, &error))
    return TRUE;
  g_printerr ("%s\n", error->message);
  return FALSE;
}

static gboolean
control_quit (DemoServer *server, char *arguments)
{
  g_main_loop_quit (server->loop);
  return TRUE;
}

static const struct {
  const char *name;
  gboolean (*run) (DemoServer *server, char *arguments);
} control_commands[] = {
  { "fill", control_fill },             /* X Y W H RRGGBB */
  { "copy", control_copy },             /* FROM-X FROM-Y TO-X TO-Y W H */
  { "resize", control_resize },         /* W H */
  { "screens", control_screens },       /* X Y W H, X Y W H … */
  { "move", control_move },             /* X Y */
  { "hide", control_hide },             /* 1: the pointer is not to be shown; 0: it is */
  { "vmware", control_vmware },         /* tells about key repeat and the virtual machine */
  { "name", control_name },             /* TEXT */
  { "bell", control_bell },
  { "cuttext", control_cuttext },       /* TEXT */
  { "cuttext8", control_cuttext8 },     /* TEXT */
  { "cuthtml", control_cuthtml },       /* TEXT */
  { "cutrtf", control_cutrtf },         /* TEXT */
  { "cursor", control_cursor },         /* colour, mono, alpha, none */
  { "map", control_map },               /* INDEX RRGGBB */
  { "wmvi", control_wmvi },             /* FORMAT */
  { "pointer", control_pointer },       /* absolute, relative */
  { "leds", control_leds },             /* bits: 1 scroll, 2 num, 4 caps */
  { "tone", control_tone },             /* HERTZ or off */
  { "drop", control_drop },
  { "shot", control_shot },             /* FILE */
  { "quit", control_quit },
};

static void
control_line (DemoControl *control, char *line)
{
  g_autofree char *copy = g_strdup (line);
  gsize word = strcspn (line, " ");
  char *arguments = line + word;
  gboolean done = FALSE;

  if (*line == '\0')
    return;
  if (*arguments == ' ')
    *arguments++ = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (control_commands); i++)
    if (strcmp (line, control_commands[i].name) == 0)
      done = control_commands[i].run (control->server, arguments);
  g_print ("%s %s\n", done ? "OK" : "ERROR", copy);
}

static gboolean
control_readable (int fd, GIOCondition condition, gpointer data)
{
  DemoControl *control = data;
  char chunk[4096];
  gssize n = read (fd, chunk, sizeof chunk);
  char *end;

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  if (n <= 0) {
    if (control->quit_at_end)
      g_main_loop_quit (control->server->loop);
    return G_SOURCE_REMOVE;
  }
  g_string_append_len (control->pending, chunk, n);
  while ((end = memchr (control->pending->str, '\n', control->pending->len)) != NULL) {
    gsize len = (gsize) (end - control->pending->str);
    g_autofree char *line = g_strndup (control->pending->str, len);

    g_string_erase (control->pending, 0, (gssize) len + 1);
    control_line (control, line);
  }
  if (control->pending->len > CONTROL_MAX_LINE)
    g_string_truncate (control->pending, 0);
  return G_SOURCE_CONTINUE;
}

static void
control_free (gpointer data)
{
  DemoControl *control = data;

  g_string_free (control->pending, TRUE);
  g_free (control);
}

/* A FIFO is opened for writing too, so that it does not end when the first writer goes. */
gboolean
demo_control_open (DemoServer *server, const char *path, gboolean quit_at_end, GError **error)
{
  int fd = strcmp (path, "-") == 0 ? STDIN_FILENO : open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  DemoControl *control;

  if (fd < 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), _("%s cannot be opened: %s"), path,
                 g_strerror (errno));
    return FALSE;
  }
  control = g_new0 (DemoControl, 1);
  control->server = server;
  control->pending = g_string_new (NULL);
  control->quit_at_end = quit_at_end;
  g_unix_fd_add_full (G_PRIORITY_DEFAULT, fd, G_IO_IN | G_IO_HUP, control_readable, control, control_free);
  return TRUE;
}
