/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A client without a display, for tests against real servers: public libgvnc API only.
 *
 * Each signal is printed as one line on standard output when it comes. Commands are read from standard input, one a
 * line, and are done in order:
 *   shot FILE              writes the framebuffer as PPM, then prints "shot FILE"
 *   refresh                asks for the whole desktop
 *   key KEYSYM CODE        presses and releases a key        keydown, keyup KEYSYM CODE    one half of that
 *   pointer MASK X Y       pointer event                     cuttext TEXT                  client cut text
 *   format NAME            asks for another pixel format
 *   resize W H             asks for a size                   password TEXT                 gives a credential
 *   settext FILE           set_text with the file's bytes    fetch FILE               the server's text, to a file
 *   state                  prints what the getters say       close                         ends the connection
 * The program ends when the connection is closed, with status 0, or when standard input ends. */
#include "config.h"

#include "capture-open.h"

#include <errno.h>
#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <vncbaseframebuffer.h>
#include <vncclipboard.h>
#include <vncconnection.h>

#define ASK_AGAIN_MS 150

typedef struct {
  VncConnection *conn;
  GMainLoop     *loop;
  GString       *input;      /* commands read and not done yet */
  guint8        *pixels;     /* 32 bits each, red in bits 16 to 23 */
  int            width;
  int            height;
  guint          ask_id;     /* idle source of the next incremental request, 0: none */
  guint          n_updates;
} Capture;

static CaptureWhere where;
static char *opt_password;
static char *opt_username;
static char *opt_client_name;
static char *opt_types;
static char *opt_subtypes;
static char *opt_settings;
static char *opt_trust;
static char *opt_encodings;
static char *opt_format;
static gboolean opt_once;
static gboolean opt_updates;
static gboolean opt_clipboard;

static const GOptionEntry capture_options[] = {
  { "host", 0, 0, G_OPTION_ARG_STRING, &where.host, "Host (default 127.0.0.1)", "HOST" },
  { "port", 0, 0, G_OPTION_ARG_STRING, &where.port, "Port", "PORT" },
  { "socket", 0, 0, G_OPTION_ARG_FILENAME, &where.socket, "UNIX socket, opened by address", "PATH" },
  { "fd", 0, 0, G_OPTION_ARG_NONE, &where.by_fd, "Connect here and hand the descriptor over", NULL },
  { "uri", 0, 0, G_OPTION_ARG_STRING, &where.uri, "Address, in place of the others", "URI" },
  { "proxy", 0, 0, G_OPTION_ARG_STRING, &where.proxy, "Go through this proxy", "URI" },
  { "listen", 0, 0, G_OPTION_ARG_INT, &where.listen, "Wait for the server to call", "PORT" },
  { "password", 0, 0, G_OPTION_ARG_STRING, &opt_password, "Password (without it: a command gives it)", "TEXT" },
  { "username", 0, 0, G_OPTION_ARG_STRING, &opt_username, "User name", "TEXT" },
  { "client-name", 0, 0, G_OPTION_ARG_STRING, &opt_client_name, "Client name (default: none)", "TEXT" },
  { "types", 0, 0, G_OPTION_ARG_STRING, &opt_types, "Security types to choose from, best first", "LIST" },
  { "subtypes", 0, 0, G_OPTION_ARG_STRING, &opt_subtypes, "Likewise within a type", "LIST" },
  { "set", 0, 0, G_OPTION_ARG_STRING, &opt_settings, "Properties of the connection", "NAME=VALUE,…" },
  { "trust", 0, 0, G_OPTION_ARG_STRING, &opt_trust, "What to say of certificates that are not trusted: no, once, remember", "WHAT" },
  { "encodings", 0, 0, G_OPTION_ARG_STRING, &opt_encodings, "Names or numbers, comma separated", "LIST" },
  { "format", 0, 0, G_OPTION_ARG_STRING, &opt_format, "native, 32le, 32be, 16le, 16be, 15le or 8", "NAME" },
  { "once", 0, 0, G_OPTION_ARG_NONE, &opt_once, "Ask for one update only; commands may ask for more", NULL },
  { "updates", 0, 0, G_OPTION_ARG_NONE, &opt_updates, "Print each updated rectangle", NULL },
  { "clipboard", 0, 0, G_OPTION_ARG_NONE, &opt_clipboard, "Use the extended clipboard", NULL },
  { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
};

static const struct {
  const char *name;
  gint32      number;
} capture_encodings[] = {
  { "raw", VNC_CONNECTION_ENCODING_RAW },
  { "copyrect", VNC_CONNECTION_ENCODING_COPY_RECT },
  { "rre", VNC_CONNECTION_ENCODING_RRE },
  { "hextile", VNC_CONNECTION_ENCODING_HEXTILE },
  { "tight", VNC_CONNECTION_ENCODING_TIGHT },
  { "zrle", VNC_CONNECTION_ENCODING_ZRLE },
  { "corre", VNC_CONNECTION_ENCODING_CORRE },
  { "zlib", VNC_CONNECTION_ENCODING_ZLIB },
  { "zlibhex", VNC_CONNECTION_ENCODING_ZLIBHEX },
  { "trle", VNC_CONNECTION_ENCODING_TRLE },
  { "zywrle", VNC_CONNECTION_ENCODING_ZYWRLE },
  { "jpeg", VNC_CONNECTION_ENCODING_JPEG },
  { "tightpng", VNC_CONNECTION_ENCODING_TIGHT_PNG },
  { "plaintight", VNC_CONNECTION_ENCODING_TIGHT_WITHOUT_ZLIB },
  { "level0", VNC_CONNECTION_ENCODING_COMPRESS_LEVEL0 },
  { "finequality0", VNC_CONNECTION_ENCODING_FINE_QUALITY0 },
  { "finequality100", VNC_CONNECTION_ENCODING_FINE_QUALITY100 },
  { "sub1x", VNC_CONNECTION_ENCODING_SUBSAMPLE_NONE },
  { "sub2x", VNC_CONNECTION_ENCODING_SUBSAMPLE_2X },
  { "sub4x", VNC_CONNECTION_ENCODING_SUBSAMPLE_4X },
  { "sub8x", VNC_CONNECTION_ENCODING_SUBSAMPLE_8X },
  { "sub16x", VNC_CONNECTION_ENCODING_SUBSAMPLE_16X },
  { "grey", VNC_CONNECTION_ENCODING_SUBSAMPLE_GREY },
  { "jpeg9", VNC_CONNECTION_ENCODING_TIGHT_JPEG9 },
  { "jpeg5", VNC_CONNECTION_ENCODING_TIGHT_JPEG5 },
  { "jpeg4", VNC_CONNECTION_ENCODING_TIGHT_JPEG4 },
  { "jpeg1", VNC_CONNECTION_ENCODING_TIGHT_JPEG1 },
  { "desktopsize", VNC_CONNECTION_ENCODING_DESKTOP_RESIZE },
  { "lastrect", VNC_CONNECTION_ENCODING_LAST_RECT },
  { "cursor", VNC_CONNECTION_ENCODING_RICH_CURSOR },
  { "xcursor", VNC_CONNECTION_ENCODING_XCURSOR },
  { "alphacursor", VNC_CONNECTION_ENCODING_ALPHA_CURSOR },
  { "pointermode", VNC_CONNECTION_ENCODING_POINTER_CHANGE },
  { "extkey", VNC_CONNECTION_ENCODING_EXT_KEY_EVENT },
  { "led", VNC_CONNECTION_ENCODING_LED_STATE },
  { "name", VNC_CONNECTION_ENCODING_DESKTOP_NAME },
  { "extdesktopsize", VNC_CONNECTION_ENCODING_EXTENDED_DESKTOP_RESIZE },
  { "wmvi", VNC_CONNECTION_ENCODING_WMVi },
  { "xvp", VNC_CONNECTION_ENCODING_XVP },
  { "fence", VNC_CONNECTION_ENCODING_FENCE },
  { "continuous", VNC_CONNECTION_ENCODING_CONTINUOUS_UPDATES },
  { "buttons", VNC_CONNECTION_ENCODING_EXTENDED_MOUSE_BUTTONS },
  { "pointerpos", VNC_CONNECTION_ENCODING_CURSOR_POS },
  { "vmcursor", VNC_CONNECTION_ENCODING_VMWARE_CURSOR },
  { "vmcursorstate", VNC_CONNECTION_ENCODING_VMWARE_CURSOR_STATE },
  { "vmcursorpos", VNC_CONNECTION_ENCODING_VMWARE_CURSOR_POSITION },
  { "vmkeyrepeat", VNC_CONNECTION_ENCODING_VMWARE_KEY_REPEAT },
  { "vmled", VNC_CONNECTION_ENCODING_VMWARE_LED_STATE },
  { "vmstate", VNC_CONNECTION_ENCODING_VMWARE_VM_STATE },
  { "keyboardled", VNC_CONNECTION_ENCODING_KEYBOARD_LED_STATE },
  { "messages", VNC_CONNECTION_ENCODING_SUPPORTED_MESSAGES },
  { "encodings", VNC_CONNECTION_ENCODING_SUPPORTED_ENCODINGS },
  { "identity", VNC_CONNECTION_ENCODING_SERVER_IDENTITY },
};

/* Wire formats by name; native keeps the server's. */
static const struct {
  const char    *name;
  VncPixelFormat format;
} capture_formats[] = {
  { "32le", { .bits_per_pixel = 32, .depth = 24, .byte_order = G_LITTLE_ENDIAN, .true_color_flag = 1, .red_max = 255,
              .green_max = 255, .blue_max = 255, .red_shift = 16, .green_shift = 8, .blue_shift = 0 } },
  { "32be", { .bits_per_pixel = 32, .depth = 24, .byte_order = G_BIG_ENDIAN, .true_color_flag = 1, .red_max = 255,
              .green_max = 255, .blue_max = 255, .red_shift = 0, .green_shift = 8, .blue_shift = 16 } },
  { "16le", { .bits_per_pixel = 16, .depth = 16, .byte_order = G_LITTLE_ENDIAN, .true_color_flag = 1, .red_max = 31,
              .green_max = 63, .blue_max = 31, .red_shift = 11, .green_shift = 5, .blue_shift = 0 } },
  { "16be", { .bits_per_pixel = 16, .depth = 16, .byte_order = G_BIG_ENDIAN, .true_color_flag = 1, .red_max = 31,
              .green_max = 63, .blue_max = 31, .red_shift = 11, .green_shift = 5, .blue_shift = 0 } },
  { "15le", { .bits_per_pixel = 16, .depth = 15, .byte_order = G_LITTLE_ENDIAN, .true_color_flag = 1, .red_max = 31,
              .green_max = 31, .blue_max = 31, .red_shift = 10, .green_shift = 5, .blue_shift = 0 } },
  { "8", { .bits_per_pixel = 8, .depth = 8, .byte_order = G_LITTLE_ENDIAN, .true_color_flag = 1, .red_max = 7,
           .green_max = 7, .blue_max = 3, .red_shift = 0, .green_shift = 3, .blue_shift = 6 } },
};

static void capture_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
capture_say (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  vprintf (format, args);
  va_end (args);
  putchar ('\n');
  fflush (stdout);
}

/* ---------------------------------------------------------------- picture */

static gboolean
capture_ask_cb (gpointer data)
{
  Capture *self = data;

  self->ask_id = 0;
  if (vnc_connection_is_initialized (self->conn))
    vnc_connection_framebuffer_update_request (self->conn, TRUE, 0, 0, self->width, self->height);
  return G_SOURCE_REMOVE;
}

/* An update without pixels uses up a request and may show in no signal, so one is sent now and then in any case. */
static gboolean
capture_ask_again_cb (gpointer data)
{
  Capture *self = data;

  if (self->ask_id == 0 && !opt_once)
    capture_ask_cb (self);
  return G_SOURCE_CONTINUE;
}

/* One request for all the rectangles that one turn of the main loop brings. */
static void
capture_ask (Capture *self)
{
  if (self->ask_id == 0 && !opt_once)
    self->ask_id = g_idle_add (capture_ask_cb, self);
}

static void
capture_new_picture (Capture *self, int width, int height)
{
  const VncPixelFormat local = {
    .bits_per_pixel = 32, .depth = 24, .byte_order = G_BYTE_ORDER, .true_color_flag = 1, .red_max = 255,
    .green_max = 255, .blue_max = 255, .red_shift = 16, .green_shift = 8, .blue_shift = 0,
  };
  guint8 *pixels = g_malloc0 ((gsize) width * height * 4);
  VncBaseFramebuffer *fb =
    vnc_base_framebuffer_new (pixels, width, height, width * 4, &local, vnc_connection_get_pixel_format (self->conn));

  vnc_connection_set_framebuffer (self->conn, VNC_FRAMEBUFFER (fb));
  g_object_unref (fb);
  g_free (self->pixels);
  self->pixels = pixels;
  self->width = width;
  self->height = height;
}

static void
capture_shot (Capture *self, const char *path)
{
  g_autofree guint8 *row = g_malloc ((gsize) self->width * 3 + 1);
  FILE *file = fopen (path, "wb");

  if (file == NULL) {
    capture_say ("cannot-write %s", path);
    return;
  }
  fprintf (file, "P6\n%d %d\n255\n", self->width, self->height);
  for (int y = 0; y < self->height; y++) {
    for (int x = 0; x < self->width; x++) {
      guint32 pixel;

      memcpy (&pixel, self->pixels + ((gsize) y * self->width + x) * 4, 4);
      row[3 * x] = pixel >> 16;
      row[3 * x + 1] = pixel >> 8;
      row[3 * x + 2] = pixel;
    }
    fwrite (row, 3, self->width, file);
  }
  fclose (file);
  capture_say ("shot %s", path);
}

/* ---------------------------------------------------------------- signals */

static void
capture_connected_cb (VncConnection *conn, Capture *self)
{
  capture_say ("connected");
}

/* The first of @wanted, a list of numbers, that is on offer; 0 when there is none. */
static unsigned int
capture_choose (const char *wanted, GValueArray *offered)
{
  g_auto (GStrv) numbers = g_strsplit (wanted, ",", -1);

  for (guint k = 0; numbers[k] != NULL; k++)
    for (guint i = 0; i < offered->n_values; i++)
      if ((unsigned int) g_value_get_enum (&offered->values[i]) == strtoul (numbers[k], NULL, 10))
        return (unsigned int) g_value_get_enum (&offered->values[i]);
  return 0;
}

static void
capture_subtypes_cb (VncConnection *conn, unsigned int type, GValueArray *subtypes, Capture *self)
{
  g_autoptr (GString) list = g_string_new (NULL);
  unsigned int choice = capture_choose (opt_subtypes != NULL ? opt_subtypes : "262,261,260,259,258,257,2,1", subtypes);

  for (guint i = 0; i < subtypes->n_values; i++)
    g_string_append_printf (list, " %d", g_value_get_enum (&subtypes->values[i]));
  capture_say ("auth-subtypes %u:%s", type, list->str);
  if (choice != 0)
    vnc_connection_set_auth_subtype (conn, choice);
  else
    vnc_connection_shutdown (conn);
}

static gboolean
capture_certificate_cb (VncConnection *conn, VncCertificate *certificate, Capture *self)
{
  capture_say ("certificate %u %s", vnc_certificate_get_problems (certificate),
               vnc_certificate_get_problem_text (certificate));
  if (opt_trust == NULL)
    return FALSE;
  vnc_connection_accept_certificate (conn, strcmp (opt_trust, "remember") == 0 ? VNC_CERTIFICATE_DECISION_REMEMBER
                                           : strcmp (opt_trust, "once") == 0   ? VNC_CERTIFICATE_DECISION_ACCEPT
                                                                               : VNC_CERTIFICATE_DECISION_REFUSE);
  return TRUE;
}

static void
capture_secured_cb (VncConnection *conn, GParamSpec *pspec, Capture *self)
{
  g_autofree char *secured = NULL;
  gboolean encrypted;

  g_object_get (conn, "secured", &secured, "encrypted", &encrypted, NULL);
  if (secured != NULL)
    capture_say ("secured %d %s", encrypted, secured);
}

/* Texts, and flags as 0 and 1. */
static void
capture_set (Capture *self)
{
  g_auto (GStrv) settings = g_strsplit (opt_settings != NULL ? opt_settings : "", ",", -1);

  for (guint i = 0; settings[i] != NULL && *settings[i] != '\0'; i++) {
    g_auto (GStrv) halves = g_strsplit (settings[i], "=", 2);
    GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (self->conn), halves[0]);

    if (pspec == NULL || halves[1] == NULL)
      capture_say ("unknown-setting %s", settings[i]);
    else if (pspec->value_type == G_TYPE_BOOLEAN)
      g_object_set (self->conn, halves[0], atoi (halves[1]) != 0, NULL);
    else
      g_object_set (self->conn, halves[0], halves[1], NULL);
  }
}

static void
capture_types_cb (VncConnection *conn, GValueArray *types, Capture *self)
{
  g_autoptr (GString) list = g_string_new (NULL);
  unsigned int choice = 0;

  for (guint i = 0; i < types->n_values; i++) {
    unsigned int type = (unsigned int) g_value_get_enum (&types->values[i]);

    g_string_append_printf (list, " %u", type);
    if (opt_types == NULL && choice == 0 && (type == VNC_CONNECTION_AUTH_NONE || type == VNC_CONNECTION_AUTH_VNC))
      choice = type;
  }
  if (opt_types != NULL)
    choice = capture_choose (opt_types, types);
  capture_say ("auth-types%s", list->str);
  if (choice != 0)
    vnc_connection_set_auth_type (conn, choice);
  else
    vnc_connection_shutdown (conn);
}

static void
capture_credential_cb (VncConnection *conn, GValueArray *wanted, Capture *self)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < wanted->n_values; i++)
    g_string_append_printf (list, " %d", g_value_get_enum (&wanted->values[i]));
  capture_say ("credentials%s", list->str);
  for (guint i = 0; i < wanted->n_values; i++) {
    int type = g_value_get_enum (&wanted->values[i]);

    if (type == VNC_CONNECTION_CREDENTIAL_PASSWORD && opt_password != NULL)
      vnc_connection_set_credential (conn, type, opt_password);
    else if (type == VNC_CONNECTION_CREDENTIAL_USERNAME && opt_username != NULL)
      vnc_connection_set_credential (conn, type, opt_username);
    else if (type == VNC_CONNECTION_CREDENTIAL_CLIENTNAME)
      vnc_connection_set_credential (conn, type, opt_client_name != NULL ? opt_client_name : "");
  }
}

static void
capture_use_format (Capture *self, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (capture_formats); i++)
    if (strcmp (capture_formats[i].name, name) == 0)
      vnc_connection_set_pixel_format (self->conn, &capture_formats[i].format);
}

static void
capture_initialized_cb (VncConnection *conn, Capture *self)
{
  gint32 encodings[64];
  int n = 0;
  g_auto (GStrv) names = g_strsplit (opt_encodings != NULL ? opt_encodings : "raw", ",", -1);

  capture_say ("initialized %d %d %s", vnc_connection_get_width (conn), vnc_connection_get_height (conn),
               vnc_connection_get_name (conn));
  if (opt_format != NULL)
    capture_use_format (self, opt_format);
  for (gsize i = 0; names[i] != NULL && n < (int) G_N_ELEMENTS (encodings); i++) {
    gsize j = 0;

    while (j < G_N_ELEMENTS (capture_encodings) && strcmp (capture_encodings[j].name, names[i]) != 0)
      j++;
    encodings[n++] = j < G_N_ELEMENTS (capture_encodings) ? capture_encodings[j].number : atoi (names[i]);
  }
  vnc_connection_set_encodings (conn, n, encodings);
  capture_new_picture (self, vnc_connection_get_width (conn), vnc_connection_get_height (conn));
  vnc_connection_framebuffer_update_request (conn, FALSE, 0, 0, self->width, self->height);
}

static void
capture_update_cb (VncConnection *conn, guint16 x, guint16 y, guint16 width, guint16 height, Capture *self)
{
  self->n_updates++;
  if (opt_updates)
    capture_say ("update %u %u %u %u", x, y, width, height);
  capture_ask (self);
}

static void
capture_resize_cb (VncConnection *conn, guint16 width, guint16 height, Capture *self)
{
  capture_say ("resize %u %u", width, height);
  if (!vnc_connection_is_initialized (conn))
    return;
  capture_new_picture (self, width, height);
  vnc_connection_framebuffer_update_request (conn, FALSE, 0, 0, width, height);
}

static void
capture_format_cb (VncConnection *conn, VncPixelFormat *format, Capture *self)
{
  capture_say ("pixel-format %u %u", format->bits_per_pixel, format->depth);
  capture_new_picture (self, self->width, self->height);
  vnc_connection_framebuffer_update_request (conn, FALSE, 0, 0, self->width, self->height);
}

static void
capture_cursor_cb (VncConnection *conn, VncCursor *cursor, Capture *self)
{
  capture_ask (self);
  if (cursor == NULL) {
    capture_say ("cursor none");
    return;
  }

  gsize n = (gsize) vnc_cursor_get_width (cursor) * vnc_cursor_get_height (cursor) * 4;
  g_autoptr (GString) hex = g_string_sized_new (n * 2);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (hex, "%02x", vnc_cursor_get_data (cursor)[i]);
  capture_say ("cursor %u %u %u %u %s", vnc_cursor_get_width (cursor), vnc_cursor_get_height (cursor),
               vnc_cursor_get_hotx (cursor), vnc_cursor_get_hoty (cursor), hex->str);
}

static void
capture_text_cb (VncConnection *conn, const char *text, Capture *self)
{
  g_autoptr (GString) hex = g_string_new (NULL);

  for (gsize i = 0; text[i] != '\0'; i++)
    g_string_append_printf (hex, "%02x", (guint8) text[i]);
  capture_say ("cut-text %s", hex->str);
}

static void
capture_bell_cb (VncConnection *conn, Capture *self)
{
  capture_say ("bell");
}

static void
capture_rename_cb (VncConnection *conn, const char *name, Capture *self)
{
  capture_say ("rename %s", name);
  capture_ask (self);
}

static void
capture_led_cb (VncConnection *conn, Capture *self)
{
  capture_say ("led %d", vnc_connection_get_ledstate (conn));
  capture_ask (self);
}

static void
capture_pointer_mode_cb (VncConnection *conn, gboolean absolute, Capture *self)
{
  capture_say ("pointer-mode %s", absolute ? "absolute" : "relative");
  capture_ask (self);
}

static void
capture_update_end_cb (VncConnection *conn, Capture *self)
{
  capture_ask (self);
}

static void
capture_screens_cb (VncConnection *conn, VncConnectionResizeReason reason, VncConnectionResizeStatus status, Capture *self)
{
  g_autoptr (GPtrArray) screens = vnc_connection_get_screens (conn);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < screens->len; i++) {
    const VncScreen *screen = g_ptr_array_index (screens, i);

    g_string_append_printf (line, " %u:%u,%u+%ux%u/%u", screen->id, screen->x, screen->y, screen->width, screen->height,
                            screen->flags);
  }
  capture_say ("screens %d %d%s", reason, status, line->str);
}

static void
capture_layout_cb (GObject *conn, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  int status = vnc_connection_set_layout_finish (VNC_CONNECTION (conn), result, &error);

  capture_say ("layout %d %s", status, error != NULL ? error->message : "");
}

/* layout WIDTH HEIGHT [ID:X,Y+WxH/FLAGS …] */
static void
capture_layout (Capture *self, const char *rest)
{
  g_auto (GStrv) words = g_strsplit (rest, " ", -1);
  guint n_words = g_strv_length (words), n = 0;
  g_autofree VncScreen *screens = g_new0 (VncScreen, n_words + 1);

  if (n_words < 2)
    return;
  for (guint i = 2; i < n_words; i++, n++)
    if (sscanf (words[i], "%u:%hu,%hu+%hux%hu/%u", &screens[n].id, &screens[n].x, &screens[n].y, &screens[n].width,
                &screens[n].height, &screens[n].flags) != 6)
      return;
  vnc_connection_set_layout_async (self->conn, (guint) atoi (words[0]), (guint) atoi (words[1]), screens, n, NULL,
                                   capture_layout_cb, NULL);
}

static void
capture_moved_cb (VncConnection *conn, int x, int y, Capture *self)
{
  capture_say ("moved %d %d", x, y);
}

static void
capture_power_cb (VncConnection *conn, Capture *self)
{
  capture_say ("power");
}

static void
capture_power_failed_cb (VncConnection *conn, Capture *self)
{
  capture_say ("power-failed");
}

static void
capture_error_cb (VncConnection *conn, const char *message, Capture *self)
{
  capture_say ("error %s", message);
}

static void
capture_auth_failure_cb (VncConnection *conn, const char *message, Capture *self)
{
  capture_say ("auth-failure %s", message);
}

static void
capture_auth_unsupported_cb (VncConnection *conn, unsigned int type, Capture *self)
{
  capture_say ("auth-unsupported %u", type);
}

static void
capture_disconnected_cb (VncConnection *conn, Capture *self)
{
  capture_say ("disconnected");
  g_main_loop_quit (self->loop);
}

static void
capture_offered_cb (VncConnection *conn, VncClipboardFormats formats, Capture *self)
{
  capture_say ("clipboard-offered %u", formats);
}

static void
capture_formats_cb (VncConnection *conn, GParamSpec *pspec, Capture *self)
{
  capture_say ("clipboard-formats %u", vnc_connection_get_clipboard_formats (conn));
}

/* ---------------------------------------------------------------- commands */

static void
capture_set_text (Capture *self, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error) || !vnc_connection_clipboard_set_text (self->conn, text, &error))
    capture_say ("text-refused %s", error->message);
  else
    capture_say ("text-set");
}

static void
capture_fetched_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autofree char *path = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = vnc_connection_clipboard_request_finish (VNC_CONNECTION (object), result, &error);

  if (text == NULL || !g_file_set_contents (path, g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text), &error))
    capture_say ("not-fetched %s", error->message);
  else
    capture_say ("fetched %" G_GSIZE_FORMAT, g_bytes_get_size (text));
}

static void
capture_key (Capture *self, const char *word, const char *rest)
{
  unsigned int keysym = 0, code = 0;

  if (sscanf (rest, "%i %i", (int *) &keysym, (int *) &code) < 1)
    return;
  if (strcmp (word, "keyup") != 0)
    vnc_connection_key_event (self->conn, TRUE, keysym, code);
  if (strcmp (word, "keydown") != 0)
    vnc_connection_key_event (self->conn, FALSE, keysym, code);
}

static void
capture_command (Capture *self, char *line)
{
  char *rest = strchr (line, ' ');
  int a = 0, b = 0, c = 0;

  if (rest != NULL)
    *rest++ = '\0';
  else
    rest = line + strlen (line);

  if (strcmp (line, "shot") == 0)
    capture_shot (self, rest);
  else if (strcmp (line, "refresh") == 0)
    vnc_connection_framebuffer_update_request (self->conn, FALSE, 0, 0, self->width, self->height);
  else if (strcmp (line, "format") == 0)
    capture_use_format (self, rest);
  else if (g_str_has_prefix (line, "key"))
    capture_key (self, line, rest);
  else if (strcmp (line, "pointer") == 0 && sscanf (rest, "%d %d %d", &a, &b, &c) == 3)
    vnc_connection_pointer_event_full (self->conn, a, b, c);
  else if (strcmp (line, "layout") == 0)
    capture_layout (self, rest);
  else if (strcmp (line, "power") == 0)
    capture_say ("asked %d", vnc_connection_power_control (self->conn, (VncConnectionPowerAction) atoi (rest)));
  else if (strcmp (line, "cuttext") == 0)
    vnc_connection_client_cut_text (self->conn, rest, strlen (rest));
  else if (strcmp (line, "settext") == 0)
    capture_set_text (self, rest);
  else if (strcmp (line, "fetch") == 0)
    vnc_connection_clipboard_request_async (self->conn, VNC_CLIPBOARD_FORMAT_TEXT, NULL, capture_fetched_cb, g_strdup (rest));
  else if (strcmp (line, "resize") == 0 && sscanf (rest, "%d %d", &a, &b) == 2)
    capture_say ("set-size %d", vnc_connection_set_size (self->conn, a, b));
  else if (strcmp (line, "password") == 0)
    vnc_connection_set_credential (self->conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, rest);
  else if (strcmp (line, "state") == 0)
    capture_say ("state open %d initialized %d size %d %d led %d extkey %d absolute %d updates %u",
                 vnc_connection_is_open (self->conn), vnc_connection_is_initialized (self->conn),
                 vnc_connection_get_width (self->conn), vnc_connection_get_height (self->conn),
                 vnc_connection_get_ledstate (self->conn), vnc_connection_get_ext_key_event (self->conn),
                 vnc_connection_get_abs_pointer (self->conn), self->n_updates);
  else if (strcmp (line, "close") == 0)
    vnc_connection_shutdown (self->conn);
  else
    capture_say ("unknown-command %s", line);
}

static gboolean
capture_input_cb (int fd, GIOCondition condition, gpointer data)
{
  Capture *self = data;
  char buffer[4096];
  ssize_t n = read (fd, buffer, sizeof buffer);
  char *end;

  if (n <= 0) {
    g_main_loop_quit (self->loop);
    return G_SOURCE_REMOVE;
  }
  g_string_append_len (self->input, buffer, n);
  while ((end = strchr (self->input->str, '\n')) != NULL) {
    g_autofree char *line = g_strndup (self->input->str, end - self->input->str);

    g_string_erase (self->input, 0, end - self->input->str + 1);
    capture_command (self, line);
  }
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Capture self = { 0 };

  g_option_context_add_main_entries (context, capture_options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || (where.port == NULL && where.socket == NULL && where.uri == NULL && where.listen == 0)) {
    fprintf (stderr, "%s\n", error != NULL ? error->message : "a port, a socket or an address is needed");
    return 2;
  }
  if (where.host == NULL)
    where.host = g_strdup ("127.0.0.1");

  self.loop = g_main_loop_new (NULL, FALSE);
  self.input = g_string_new (NULL);
  self.conn = vnc_connection_new ();
  g_signal_connect (self.conn, "vnc-connected", G_CALLBACK (capture_connected_cb), &self);
  g_signal_connect (self.conn, "vnc-auth-choose-type", G_CALLBACK (capture_types_cb), &self);
  g_signal_connect (self.conn, "vnc-auth-choose-subtype", G_CALLBACK (capture_subtypes_cb), &self);
  g_signal_connect (self.conn, "vnc-verify-certificate", G_CALLBACK (capture_certificate_cb), &self);
  g_signal_connect (self.conn, "notify::secured", G_CALLBACK (capture_secured_cb), &self);
  capture_set (&self);
  g_signal_connect (self.conn, "vnc-auth-credential", G_CALLBACK (capture_credential_cb), &self);
  g_signal_connect (self.conn, "vnc-auth-failure", G_CALLBACK (capture_auth_failure_cb), &self);
  g_signal_connect (self.conn, "vnc-auth-unsupported", G_CALLBACK (capture_auth_unsupported_cb), &self);
  g_signal_connect (self.conn, "vnc-initialized", G_CALLBACK (capture_initialized_cb), &self);
  g_signal_connect (self.conn, "vnc-framebuffer-update", G_CALLBACK (capture_update_cb), &self);
  g_signal_connect (self.conn, "vnc-desktop-resize", G_CALLBACK (capture_resize_cb), &self);
  g_signal_connect (self.conn, "vnc-pixel-format-changed", G_CALLBACK (capture_format_cb), &self);
  g_signal_connect (self.conn, "vnc-cursor-changed", G_CALLBACK (capture_cursor_cb), &self);
  g_signal_connect (self.conn, "vnc-server-cut-text", G_CALLBACK (capture_text_cb), &self);
  g_signal_connect (self.conn, "vnc-bell", G_CALLBACK (capture_bell_cb), &self);
  g_signal_connect (self.conn, "vnc-desktop-rename", G_CALLBACK (capture_rename_cb), &self);
  g_signal_connect (self.conn, "vnc-led-state", G_CALLBACK (capture_led_cb), &self);
  g_signal_connect (self.conn, "vnc-pointer-mode-changed", G_CALLBACK (capture_pointer_mode_cb), &self);
  g_signal_connect (self.conn, "vnc-framebuffer-update-end", G_CALLBACK (capture_update_end_cb), &self);
  g_signal_connect (self.conn, "vnc-screens-changed", G_CALLBACK (capture_screens_cb), &self);
  g_signal_connect (self.conn, "vnc-cursor-moved", G_CALLBACK (capture_moved_cb), &self);
  g_signal_connect (self.conn, "vnc-power-control-initialized", G_CALLBACK (capture_power_cb), &self);
  g_signal_connect (self.conn, "vnc-power-control-failed", G_CALLBACK (capture_power_failed_cb), &self);
  g_signal_connect (self.conn, "vnc-error", G_CALLBACK (capture_error_cb), &self);
  g_signal_connect (self.conn, "vnc-disconnected", G_CALLBACK (capture_disconnected_cb), &self);
  g_signal_connect (self.conn, "vnc-clipboard-offered", G_CALLBACK (capture_offered_cb), &self);
  g_signal_connect (self.conn, "notify::clipboard-formats", G_CALLBACK (capture_formats_cb), &self);
  vnc_connection_set_extended_clipboard (self.conn, opt_clipboard);

  if (!capture_open (self.conn, &where, &error)) {
    fprintf (stderr, "%s\n", error != NULL ? error->message : "the connection was not opened");
    return 1;
  }
  guint again_id = g_timeout_add (ASK_AGAIN_MS, capture_ask_again_cb, &self);
  guint input_id = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, capture_input_cb, &self);

  g_main_loop_run (self.loop);

  GSource *input = g_main_context_find_source_by_id (NULL, input_id);
  if (input != NULL)
    g_source_destroy (input);
  g_source_remove (again_id);
  if (self.ask_id != 0)
    g_source_remove (self.ask_id);
  g_signal_handlers_disconnect_by_data (self.conn, &self);
  g_object_unref (self.conn);
  g_free (self.pixels);
  g_string_free (self.input, TRUE);
  g_main_loop_unref (self.loop);
  g_free (where.uri);
  g_free (where.proxy);
  g_free (where.host);
  g_free (where.port);
  g_free (where.socket);
  g_free (opt_password);
  g_free (opt_username);
  g_free (opt_encodings);
  g_free (opt_format);
  return 0;
}
