/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* client-link PORT WARM-UP SECONDS: counts the updates that come in SECONDS after WARM-UP seconds of a session; prints
 * "updates N seconds S bandwidth-kbit B latency-ms L". Options: --continuous asks for continuous updates too,
 * --auto-quality lets the connection choose a quality. Public gvnc-1.0 API only. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vncbaseframebuffer.h>
#include <vncconnection.h>

typedef struct {
  VncConnection *conn;
  GMainLoop     *loop;
  guint8        *pixels;
  guint          warm_up_ms;
  guint          count_ms;
  gboolean       continuous;
  gboolean       counting;
  gint64         begun_at;
  guint          n_updates;
  int            status;
} Link;

static gboolean
link_end (gpointer data)
{
  Link *self = data;

  printf ("updates %u seconds %.3f bandwidth-kbit %u latency-ms %d\n", self->n_updates,
          (g_get_monotonic_time () - self->begun_at) / 1e6, vnc_connection_get_bandwidth (self->conn),
          vnc_connection_get_latency (self->conn));
  self->status = 0;
  vnc_connection_shutdown (self->conn);
  return G_SOURCE_REMOVE;
}

static gboolean
link_begin (gpointer data)
{
  Link *self = data;

  self->counting = TRUE;
  self->n_updates = 0;
  self->begun_at = g_get_monotonic_time ();
  g_timeout_add (self->count_ms, link_end, self);
  return G_SOURCE_REMOVE;
}

static void
link_picture (Link *self)
{
  int width = vnc_connection_get_width (self->conn);
  int height = vnc_connection_get_height (self->conn);
  const VncPixelFormat *remote = vnc_connection_get_pixel_format (self->conn);
  guint8 *pixels = g_malloc0 ((gsize) width * height * 4);
  const VncPixelFormat local = {
    .bits_per_pixel = 32, .depth = 24, .byte_order = G_BYTE_ORDER, .true_color_flag = 1,
    .red_max = 255, .green_max = 255, .blue_max = 255, .red_shift = 16, .green_shift = 8, .blue_shift = 0,
  };
  VncBaseFramebuffer *fb = vnc_base_framebuffer_new (pixels, width, height, width * 4, &local, remote);

  vnc_connection_set_framebuffer (self->conn, VNC_FRAMEBUFFER (fb));
  g_object_unref (fb);
  g_free (self->pixels);
  self->pixels = pixels;
}

static void
link_choose (VncConnection *conn,
             GValueArray   *types)
{
  vnc_connection_set_auth_type (conn, VNC_CONNECTION_AUTH_NONE);
}

static void
link_ask (Link     *self,
          gboolean  incremental)
{
  vnc_connection_framebuffer_update_request (self->conn, incremental, 0, 0, vnc_connection_get_width (self->conn),
                                             vnc_connection_get_height (self->conn));
}

static void
link_initialized (VncConnection *conn,
                  Link          *self)
{
  gint32 encodings[] = {
    VNC_CONNECTION_ENCODING_TIGHT, VNC_CONNECTION_ENCODING_ZRLE, VNC_CONNECTION_ENCODING_COPY_RECT,
    VNC_CONNECTION_ENCODING_RAW, VNC_CONNECTION_ENCODING_LAST_RECT, VNC_CONNECTION_ENCODING_RICH_CURSOR,
    VNC_CONNECTION_ENCODING_FENCE, VNC_CONNECTION_ENCODING_CONTINUOUS_UPDATES,
  };

  link_picture (self);
  vnc_connection_set_encodings (conn, G_N_ELEMENTS (encodings) - (self->continuous ? 0 : 1), encodings);
  link_ask (self, FALSE);
  g_timeout_add (self->warm_up_ms, link_begin, self);
}

static void
link_updated (VncConnection *conn,
              Link          *self)
{
  self->n_updates++;
  link_ask (self, TRUE);
}

static void
link_error (VncConnection *conn,
            const char    *message)
{
  fprintf (stderr, "client-link: %s\n", message);
}

static void
link_disconnected (VncConnection *conn,
                   Link          *self)
{
  g_main_loop_quit (self->loop);
}

int
main (int    argc,
      char **argv)
{
  Link self = { .status = 1 };

  if (argc < 4)
    return 2;
  self.conn = vnc_connection_new ();
  self.loop = g_main_loop_new (NULL, FALSE);
  self.warm_up_ms = (guint) (g_ascii_strtod (argv[2], NULL) * 1000);
  self.count_ms = (guint) (g_ascii_strtod (argv[3], NULL) * 1000);
  for (int i = 4; i < argc; i++) {
    if (strcmp (argv[i], "--continuous") == 0)
      self.continuous = TRUE;
    else if (strcmp (argv[i], "--auto-quality") == 0)
      vnc_connection_set_auto_quality (self.conn, TRUE);
    else
      return 2;
  }
  g_signal_connect (self.conn, "vnc-auth-choose-type", G_CALLBACK (link_choose), NULL);
  g_signal_connect (self.conn, "vnc-initialized", G_CALLBACK (link_initialized), &self);
  g_signal_connect (self.conn, "vnc-framebuffer-update-end", G_CALLBACK (link_updated), &self);
  g_signal_connect (self.conn, "vnc-error", G_CALLBACK (link_error), NULL);
  g_signal_connect (self.conn, "vnc-disconnected", G_CALLBACK (link_disconnected), &self);
  if (vnc_connection_open_host (self.conn, "127.0.0.1", argv[1]))
    g_main_loop_run (self.loop);
  g_object_unref (self.conn);
  g_main_loop_unref (self.loop);
  g_free (self.pixels);
  return self.status;
}
