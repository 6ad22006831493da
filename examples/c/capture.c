/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Saves what a remote desktop shows, without a display: capture HOST PORT FILE.png (password in VNC_PASSWORD)
 *
 *   cc -o capture capture.c $(pkg-config --cflags --libs gtk-vnc-2.0)
 */
#include <gtk-vnc.h>

typedef struct {
  VncConnection       *connection;
  VncCairoFramebuffer *framebuffer;
  GMainLoop           *loop;
  const char          *path;
  const char          *password;  /* NULL: none */
  guint                missing;   /* pixels that have not arrived */
  gboolean             saved;
} Capture;

static void
choose_type (Capture *capture)
{
  vnc_connection_set_auth_type (capture->connection,
                                capture->password != NULL ? VNC_CONNECTION_AUTH_VNC : VNC_CONNECTION_AUTH_NONE);
}

static void
give_password (Capture *capture)
{
  vnc_connection_set_credential (capture->connection, VNC_CONNECTION_CREDENTIAL_PASSWORD,
                                 capture->password != NULL ? capture->password : "");
}

static void
begin (Capture *capture)
{
  static gint32 encodings[] = {
    VNC_CONNECTION_ENCODING_TIGHT, VNC_CONNECTION_ENCODING_ZRLE, VNC_CONNECTION_ENCODING_RAW,
  };
  VncConnection *connection = capture->connection;
  guint16 width = (guint16) vnc_connection_get_width (connection);
  guint16 height = (guint16) vnc_connection_get_height (connection);

  capture->framebuffer = vnc_cairo_framebuffer_new (width, height, vnc_connection_get_pixel_format (connection));
  capture->missing = (guint) width * height;
  vnc_connection_set_framebuffer (connection, VNC_FRAMEBUFFER (capture->framebuffer));
  vnc_connection_set_encodings (connection, G_N_ELEMENTS (encodings), encodings);
  vnc_connection_framebuffer_update_request (connection, FALSE, 0, 0, width, height);
}

/* A whole update has each pixel once. */
static void
update (VncConnection *connection,
        int            x,
        int            y,
        int            width,
        int            height,
        Capture       *capture)
{
  capture->missing -= (guint) (width * height);
  if (capture->missing > 0)
    return;

  capture->saved = cairo_surface_write_to_png (vnc_cairo_framebuffer_get_surface (capture->framebuffer),
                                               capture->path) == CAIRO_STATUS_SUCCESS;
  vnc_connection_shutdown (connection);
}

static void
tell (VncConnection *connection,
      const char    *message,
      gpointer       unused)
{
  g_printerr ("%s\n", message);
}

int
main (int    argc,
      char **argv)
{
  Capture capture = { .password = g_getenv ("VNC_PASSWORD") };

  if (argc != 4) {
    g_printerr ("usage: %s HOST PORT FILE.png\n", argv[0]);
    return 2;
  }
  capture.path = argv[3];
  capture.loop = g_main_loop_new (NULL, FALSE);
  capture.connection = vnc_connection_new ();

  g_signal_connect_swapped (capture.connection, "vnc-auth-choose-type", G_CALLBACK (choose_type), &capture);
  g_signal_connect_swapped (capture.connection, "vnc-auth-credential", G_CALLBACK (give_password), &capture);
  g_signal_connect_swapped (capture.connection, "vnc-initialized", G_CALLBACK (begin), &capture);
  g_signal_connect (capture.connection, "vnc-framebuffer-update", G_CALLBACK (update), &capture);
  g_signal_connect (capture.connection, "vnc-error", G_CALLBACK (tell), NULL);
  g_signal_connect_swapped (capture.connection, "vnc-disconnected", G_CALLBACK (g_main_loop_quit), capture.loop);

  vnc_connection_open_host (capture.connection, argv[1], argv[2]);
  g_main_loop_run (capture.loop);

  g_object_unref (capture.connection);
  g_clear_object (&capture.framebuffer);
  g_main_loop_unref (capture.loop);
  return capture.saved ? 0 : 1;
}
