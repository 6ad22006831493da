/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/picture.h"
#include "lib/script.h"
#include "session/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Commands as texts:
 *   type N | subtype N | password [TEXT] | shared N | format NAME | encodings N … | request INCREMENTAL X,Y WxH | key DOWN KEYSYM SCANCODE
 *   | clip-offer FORMATS | clip-request FORMATS | clip-provide FORMAT TEXT | clip-provide-none FORMAT
 *   | pointer MASK X,Y | cut [TEXT] | cut-bytes N | size WxH | layout WxH ID:X,Y+WxH/FLAGS … | power N | audio-format FORMAT CHANNELS HZ | audio ON
 * Keysyms, scan codes and button masks are in hexadecimal; the formats' names are those of lib/picture.h. */
typedef struct {
  const char            *name;
  const GvncPixelFormat *format;
} CommandFormat;

static const CommandFormat formats[] = {
  { "rgb32", &gvnc_test_rgb32 },
  { "rgb32-big", &gvnc_test_rgb32_big },
  { "rgb16", &gvnc_test_rgb16 },
  { "rgb8", &gvnc_test_rgb8 },
  { "map8", &gvnc_test_map8 },
};

static void
command_format (GvncCommand *command,
                const char  *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (formats[i].name, name) == 0) {
      command->format = *formats[i].format;
      return;
    }
  g_error ("no format “%s”", name);
}

static void
command_encodings (GvncCommand *command,
                   const char  *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint32));

  for (guint i = 0; words[i] != NULL; i++) {
    gint32 number = (gint32) atol (words[i]);

    if (*words[i] != '\0')
      g_array_append_val (numbers, number);
  }
  command->data = g_bytes_new (numbers->data, numbers->len * sizeof (gint32));
}

static void
command_layout (GvncCommand *command,
                const char  *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GArray) screens = g_array_new (FALSE, TRUE, sizeof (GvncScreen));
  unsigned int width = 0, height = 0, x = 0, y = 0;

  g_assert_cmpint (sscanf (words[0], "%ux%u", &width, &height), ==, 2);
  command->rect = (GvncRect) { 0, 0, (guint16) width, (guint16) height };
  for (guint i = 1; words[i] != NULL; i++) {
    GvncScreen screen;

    g_assert_cmpint (sscanf (words[i], "%u:%u,%u+%ux%u/%u", &screen.id, &x, &y, &width, &height, &screen.flags), ==, 6);
    screen.rect = (GvncRect) { (guint16) x, (guint16) y, (guint16) width, (guint16) height };
    g_array_append_val (screens, screen);
  }
  command->data = g_bytes_new (screens->data, screens->len * sizeof (GvncScreen));
}

GvncCommand *
gvnc_script_command (const char *text)
{
  g_auto (GStrv) halves = g_strsplit (text, " ", 2);
  const char *word = halves[0];
  const char *rest = halves[1] != NULL ? halves[1] : "";
  GvncCommand *command = gvnc_command_new (GVNC_COMMAND_SHARED, (guint32) atol (rest));
  unsigned int a = 0, b = 0, c = 0, d = 0, e = 0;

  if (strcmp (word, "shared") == 0) {
    command->kind = GVNC_COMMAND_SHARED;
  } else if (strcmp (word, "type") == 0) {
    command->kind = GVNC_COMMAND_AUTH_TYPE;
  } else if (strcmp (word, "subtype") == 0) {
    command->kind = GVNC_COMMAND_AUTH_SUBTYPE;
  } else if (strcmp (word, "password") == 0) {
    command->kind = GVNC_COMMAND_CREDENTIALS;
    command->credentials[0] = g_strdup (rest);
  } else if (strcmp (word, "username") == 0) {      /* and the password, "-" between them */
    g_auto (GStrv) parts = g_strsplit (rest, " - ", 2);

    command->kind = GVNC_COMMAND_CREDENTIALS;
    command->credentials[1] = g_strdup (parts[0]);
    command->credentials[0] = g_strdup (parts[1]);
  } else if (strcmp (word, "clientname") == 0) {
    command->kind = GVNC_COMMAND_CREDENTIALS;
    command->credentials[2] = g_strdup (rest);
  } else if (strcmp (word, "trust") == 0) {
    command->kind = GVNC_COMMAND_TRUST;
  } else if (strcmp (word, "format") == 0) {
    command->kind = GVNC_COMMAND_PIXEL_FORMAT;
    command_format (command, rest);
  } else if (strcmp (word, "encodings") == 0) {
    command->kind = GVNC_COMMAND_ENCODINGS;
    command_encodings (command, rest);
  } else if (strcmp (word, "request") == 0) {
    g_assert_cmpint (sscanf (rest, "%u %u,%u %ux%u", &e, &a, &b, &c, &d), ==, 5);
    command->kind = GVNC_COMMAND_UPDATE_REQUEST;
    command->number = e;
    command->rect = (GvncRect) { (guint16) a, (guint16) b, (guint16) c, (guint16) d };
  } else if (strcmp (word, "key") == 0) {
    g_assert_cmpint (sscanf (rest, "%u %x %x", &a, &b, &c), ==, 3);
    command->kind = GVNC_COMMAND_KEY;
    command->keysym = b;
    command->scancode = (guint16) c;
  } else if (strcmp (word, "pointer") == 0) {
    g_assert_cmpint (sscanf (rest, "%x %u,%u", &a, &b, &c), ==, 3);
    command->kind = GVNC_COMMAND_POINTER;
    command->number = a;
    command->rect = (GvncRect) { (guint16) b, (guint16) c, 0, 0 };
  } else if (strcmp (word, "cut") == 0) {
    command->kind = GVNC_COMMAND_CUT_TEXT;
    command->data = g_bytes_new (rest, strlen (rest));
  } else if (strcmp (word, "cut-bytes") == 0) {
    command->kind = GVNC_COMMAND_CUT_TEXT;
    command->data = g_bytes_new_take (g_malloc0 (command->number), command->number);
  } else if (strcmp (word, "clip-offer") == 0) {
    command->kind = GVNC_COMMAND_CLIPBOARD_OFFER;
  } else if (strcmp (word, "clip-request") == 0) {
    command->kind = GVNC_COMMAND_CLIPBOARD_REQUEST;
  } else if (strcmp (word, "clip-provide") == 0) {
    const char *data = strchr (rest, ' ') + 1;

    command->kind = GVNC_COMMAND_CLIPBOARD_PROVIDE;
    command->data = g_bytes_new (data, strlen (data));
  } else if (strcmp (word, "clip-provide-none") == 0) {
    command->kind = GVNC_COMMAND_CLIPBOARD_PROVIDE;
  } else if (strcmp (word, "size") == 0) {
    g_assert_cmpint (sscanf (rest, "%ux%u", &a, &b), ==, 2);
    command->kind = GVNC_COMMAND_DESKTOP_SIZE;
    command->rect = (GvncRect) { 0, 0, (guint16) a, (guint16) b };
  } else if (strcmp (word, "layout") == 0) {
    command->kind = GVNC_COMMAND_DESKTOP_SIZE;
    command_layout (command, rest);
  } else if (strcmp (word, "power") == 0) {
    command->kind = GVNC_COMMAND_POWER;
  } else if (strcmp (word, "audio-format") == 0) {
    g_assert_cmpint (sscanf (rest, "%u %u %u", &a, &b, &c), ==, 3);
    command->kind = GVNC_COMMAND_AUDIO_FORMAT;
    command->number = a | b << 8;
    command->keysym = c;
  } else if (strcmp (word, "audio") == 0) {
    command->kind = GVNC_COMMAND_AUDIO_ENABLE;
  } else {
    g_error ("no command “%s”", text);
  }
  return command;
}
