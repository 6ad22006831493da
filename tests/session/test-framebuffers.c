/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/peer.h"
#include "lib/watch.h"

#include <string.h>

/* An application's own framebuffer: its methods are called on the main thread, in order with the signals, and may do
 * anything. */

#define RAW "00000000"

typedef void (*OwnAct) (GvncWatch *watch);

#define OWN_TYPE_SCREEN (own_screen_get_type ())
G_DECLARE_FINAL_TYPE (OwnScreen, own_screen, OWN, SCREEN, GObject)

struct _OwnScreen {
  GObject         parent_instance;
  VncPixelFormat  format;
  guint8          pixels[4 * 2 * 4];
  GvncWatch      *watch;
  OwnAct          act;      /* in the first drawing method that is called; may be NULL */
  guint           n_calls;
};

static void own_screen_interface_init (VncFramebufferInterface *iface);

G_DEFINE_TYPE_WITH_CODE (OwnScreen, own_screen, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (VNC_TYPE_FRAMEBUFFER, own_screen_interface_init))

static void
own_called (VncFramebuffer *fb,
            const char     *format,
            ...) G_GNUC_PRINTF (2, 3);

static void
own_called (VncFramebuffer *fb,
            const char     *format,
            ...)
{
  OwnScreen *own = OWN_SCREEN (fb);
  va_list args;

  g_assert_true (g_thread_self () == own->watch->thread);
  va_start (args, format);
  g_ptr_array_add (own->watch->lines, g_strdup_vprintf (format, args));
  va_end (args);
  if (own->n_calls++ == 0 && own->act != NULL)
    own->act (own->watch);
}

static guint16
own_get_width (VncFramebuffer *fb)
{
  return 4;
}

static guint16
own_get_height (VncFramebuffer *fb)
{
  return 2;
}

static int
own_get_rowstride (VncFramebuffer *fb)
{
  return 16;
}

static guint8 *
own_get_buffer (VncFramebuffer *fb)
{
  return OWN_SCREEN (fb)->pixels;
}

static const VncPixelFormat *
own_get_format (VncFramebuffer *fb)
{
  return &OWN_SCREEN (fb)->format;
}

static gboolean
own_perfect_format_match (VncFramebuffer *fb)
{
  return TRUE;
}

static void
own_set_pixel_at (VncFramebuffer *fb,
                  guint8         *src,
                  guint16         x,
                  guint16         y)
{
  own_called (fb, "pixel %u,%u", x, y);
}

static void
own_fill (VncFramebuffer *fb,
          guint8         *src,
          guint16         x,
          guint16         y,
          guint16         width,
          guint16         height)
{
  own_called (fb, "fill %u,%u %ux%u %02x", x, y, width, height, src[0]);
}

static void
own_copyrect (VncFramebuffer *fb,
              guint16         srcx,
              guint16         srcy,
              guint16         dstx,
              guint16         dsty,
              guint16         width,
              guint16         height)
{
  own_called (fb, "copy %u,%u %u,%u %ux%u", srcx, srcy, dstx, dsty, width, height);
}

static void
own_blt (VncFramebuffer *fb,
         guint8         *src,
         int             rowstride,
         guint16         x,
         guint16         y,
         guint16         width,
         guint16         height)
{
  const guint8 first = src[0];

  own_called (fb, "blt %u,%u %ux%u %02x", x, y, width, height, first);
  /* whatever was done in there, these bytes are ours to read until we return */
  for (guint row = 0; row < height; row++)
    for (guint i = 0; i < width * 4u; i++)
      OWN_SCREEN (fb)->pixels[(y + row) * 16 + x * 4 + i] = src[(gsize) row * (gsize) rowstride + i];
  g_assert_cmpuint (src[0], ==, first);
}

static void
own_rgb24_blt (VncFramebuffer *fb,
               guint8         *src,
               int             rowstride,
               guint16         x,
               guint16         y,
               guint16         width,
               guint16         height)
{
  own_called (fb, "rgb24 %u,%u %ux%u", x, y, width, height);
}

static void
own_set_color_map (VncFramebuffer *fb,
                   VncColorMap    *map)
{
  own_called (fb, "map");
}

static void
own_screen_interface_init (VncFramebufferInterface *iface)
{
  iface->get_width = own_get_width;
  iface->get_height = own_get_height;
  iface->get_rowstride = own_get_rowstride;
  iface->get_buffer = own_get_buffer;
  iface->get_local_format = own_get_format;
  iface->get_remote_format = own_get_format;
  iface->perfect_format_match = own_perfect_format_match;
  iface->set_pixel_at = own_set_pixel_at;
  iface->fill = own_fill;
  iface->copyrect = own_copyrect;
  iface->blt = own_blt;
  iface->rgb24_blt = own_rgb24_blt;
  iface->set_color_map = own_set_color_map;
}

static void
own_screen_class_init (OwnScreenClass *klass)
{
}

static void
own_screen_init (OwnScreen *own)
{
  own->format = (VncPixelFormat) { .bits_per_pixel = 32, .depth = 24, .byte_order = G_LITTLE_ENDIAN, .true_color_flag = 1,
                                   .red_max = 255, .green_max = 255, .blue_max = 255,
                                   .red_shift = 16, .green_shift = 8, .blue_shift = 0 };
}

/* ---- */

static void
screen_attach (GvncWatch *watch,
               OwnAct     act)
{
  OwnScreen *own = g_object_new (OWN_TYPE_SCREEN, NULL);

  own->watch = watch;
  own->act = act;
  vnc_connection_set_framebuffer (watch->conn, VNC_FRAMEBUFFER (own));
  g_object_unref (own);
}

static void
act_shutdown (GvncWatch *watch)
{
  vnc_connection_shutdown (watch->conn);
}

static void
act_drop (GvncWatch *watch)
{
  gvnc_watch_drop (watch);
}

static void
act_no_framebuffer (GvncWatch *watch)
{
  vnc_connection_set_framebuffer (watch->conn, NULL);
}

static void
act_another_framebuffer (GvncWatch *watch)
{
  screen_attach (watch, NULL);
}

static void
act_main_loop (GvncWatch *watch)
{
  gint64 end = g_get_monotonic_time () + 30 * 1000;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

#define FIRST "vnc-connected", "vnc-auth-choose-type 1", "vnc-initialized"
#define LAST  "vnc-error *closed*", "vnc-disconnected"

typedef struct {
  const char *name;
  OwnAct      act;
  const char *lines[20];
} Case;

static const Case cases[] = {
  { "draws", NULL,
    { FIRST, "blt 0,0 4x2 11", "vnc-framebuffer-update 0 0 4 2", "copy 0,0 2,0 2x2", "vnc-framebuffer-update 2 0 2 2",
      "* 0,0 4x1 44", "vnc-framebuffer-update 0 0 4 1", "vnc-framebuffer-update-end", "vnc-bell", LAST } },
  { "shuts down", act_shutdown, { FIRST, "blt 0,0 4x2 11", "vnc-disconnected" } },
  { "drops the connection", act_drop, { FIRST, "blt 0,0 4x2 11" } },
  { "takes itself away", act_no_framebuffer,
    { FIRST, "blt 0,0 4x2 11", "vnc-framebuffer-update 0 0 4 2", "vnc-framebuffer-update 2 0 2 2",
      "vnc-framebuffer-update 0 0 4 1", "vnc-framebuffer-update-end", "vnc-bell", LAST } },
  { "puts another in its place", act_another_framebuffer,
    { FIRST, "blt 0,0 4x2 11", "vnc-framebuffer-update 0 0 4 2", "copy 0,0 2,0 2x2", "vnc-framebuffer-update 2 0 2 2",
      "* 0,0 4x1 44", "vnc-framebuffer-update 0 0 4 1", "vnc-framebuffer-update-end", "vnc-bell", LAST } },
  { "runs a main loop", act_main_loop,
    { FIRST, "blt 0,0 4x2 11", "vnc-framebuffer-update 0 0 4 2", "copy 0,0 2,0 2x2", "vnc-framebuffer-update 2 0 2 2",
      "* 0,0 4x1 44", "vnc-framebuffer-update 0 0 4 1", "vnc-framebuffer-update-end", "vnc-bell", LAST } },
};

static const char *const drawing[] = {
  GVNC_PEER_DESK, "< 02 00 0003 00000001 00000002 00000000",
  "> 00 00 0003  0000 0000 0004 0002 " RAW " 11223300*8  0002 0000 0002 0002 00000001 0000 0000"
  " 0000 0000 0004 0001 00000002 00000001 44000000 55000000 0001 0000 0002 0001 02", "x", NULL
};

static void
ask (VncConnection *conn)
{
  gint32 encodings[] = { VNC_CONNECTION_ENCODING_COPY_RECT, VNC_CONNECTION_ENCODING_RRE, VNC_CONNECTION_ENCODING_RAW };

  vnc_connection_set_encodings (conn, G_N_ELEMENTS (encodings), encodings);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  GvncWatch watch;
  GvncPeer *peer;
  guint n_lines = 0;
  gint fd;

  while (test->lines[n_lines] != NULL)
    n_lines++;
  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  g_signal_connect (watch.conn, "vnc-initialized", G_CALLBACK (ask), NULL);
  screen_attach (&watch, test->act);
  peer = gvnc_peer_start (drawing, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, test->lines[n_lines - 1]);
  gvnc_peer_finish (peer);
  gvnc_watch_settle (&watch);
  gvnc_watch_check (&watch, test->lines);
  gvnc_watch_clear (&watch);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/framebuffer/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  return g_test_run ();
}
