/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/asked.h"
#include "lib/peer.h"
#include "lib/watch.h"
#include "vncbaseaudio.h"

#include <string.h>

/* What a server sends becomes the object's state and signals, in order; what the application calls becomes messages. */

#define RAW  "00000000"
#define LAST "vnc-error *closed*", "vnc-disconnected"
#define FIRST "vnc-connected", "vnc-auth-choose-type 1", "vnc-initialized"

typedef struct {
  const char *name;
  const char *peer[20];      /* behind the handshake */
  const char *signals[14];   /* between vnc-initialized and the end */
} Told;

static const Told tolds[] = {
  { "each rectangle, then the update", { "> 00 00 0002  0001 0000 0001 0001 " RAW " 332211ff  0002 0000 0001 0001 00000001 0001 0000" },
    { "vnc-framebuffer-update 1 0 1 1", "vnc-framebuffer-update 2 0 1 1", "vnc-framebuffer-update-end" } },
  { "no rectangle", { "> 00 00 0000 02" }, { "vnc-bell" } },
  { "an empty rectangle", { "> 00 00 0001  0000 0000 0000 0000 " RAW }, { "vnc-framebuffer-update-end" } },
  { "a new size", { "> 00 00 0001  0000 0000 0008 0006 ffffff21" }, { "vnc-desktop-resize 8 6", "vnc-framebuffer-update-end" } },
  { "the same size", { "> 00 00 0001  0000 0000 0004 0002 ffffff21" }, { "vnc-framebuffer-update-end" } },
  { "a refused size", { "> 00 00 0001  0001 0001 0009 0009 fffffecc 00 000000" }, { "vnc-screens-changed 1 1", "vnc-framebuffer-update-end" } },
  { "screens", { "> 00 00 0003  0000 0000 0008 0006 fffffecc 01 000000  00000001 0000 0000 0008 0006 00000000"
                 "  0000 0000 0008 0006 fffffecc 01 000000  00000001 0000 0000 0008 0006 00000000"
                 "  0002 0000 0008 0006 fffffecc 01 000000  00000001 0000 0000 0008 0006 00000000" },
    { "vnc-desktop-resize 8 6", "vnc-screens-changed 0 0", "vnc-screens-changed 2 0", "vnc-framebuffer-update-end" } },
  { "screens, for a reason that is none", { "> 00 00 0001  0009 0009 0004 0002 fffffecc 01 000000  00000001 0000 0000 0004 0002 00000000" },
    { "vnc-screens-changed 0 0", "vnc-framebuffer-update-end" } },
  { "screens, with an answer that is none", { "> 00 00 0001  0001 0009 0004 0002 fffffecc 00 000000" },
    { "vnc-screens-changed 1 3", "vnc-framebuffer-update-end" } },
  { "a pointer that moves", { "> 00 00 0002  0003 0001 0000 0000 574d5666  0002 0000 0000 0000 ffffff18" },
    { "vnc-cursor-moved 3 1", "vnc-cursor-moved 2 0", "vnc-framebuffer-update-end" } },
  { "a cursor that is hidden", { "> 00 00 0005  0000 0000 0000 0000 574d5665 0000  0001 0000 0002 0001 ffffff11 332211ff 665544ff c0"
                                 "  0000 0000 0000 0000 574d5665 0000  0000 0000 0000 0000 574d5665 0001  0000 0000 0000 0000 574d5665 0002" },
    { "vnc-cursor-changed 2x1 1,0", "vnc-cursor-changed none", "vnc-framebuffer-update-end" } },
  { "WMVi", { "> 00 00 0001  0000 0000 0008 0006 574d5669 10 10 00 01 001f 003f 001f 0b 05 00 000000" },
    { "vnc-pixel-format-changed …", "vnc-desktop-resize 8 6", "vnc-framebuffer-update-end" } },
  { "a name", { "> 00 00 0001  0000 0000 0000 0000 fffffecd 00000003 'new'" }, { "vnc-desktop-rename new", "vnc-framebuffer-update-end" } },
  { "a name that is no UTF-8", { "> 00 00 0001  0000 0000 0000 0000 fffffecd 00000003 41 e9 42" },
    { "vnc-desktop-rename A\xef\xbf\xbd" "B", "vnc-framebuffer-update-end" } },
  { "a cursor, and none", { "> 00 00 0002  0001 0000 0002 0001 ffffff11 332211ff 665544ff c0  0000 0000 0000 0000 ffffff10" },
    { "vnc-cursor-changed 2x1 1,0", "vnc-cursor-changed none", "vnc-framebuffer-update-end" } },
  { "an alpha cursor", { "> 00 00 0001  0001 0000 0002 0001 fffffec6 " RAW " 80000080 11223300" },
    { "vnc-cursor-changed 2x1 1,0", "vnc-framebuffer-update-end" } },
  { "LED state", { "> 00 00 0001  0000 0000 0000 0000 fffffefb 05" }, { "vnc-led-state", "vnc-framebuffer-update-end" } },
  { "pointer mode", { "> 00 00 0002  0000 0000 0000 0000 fffffeff  0001 0000 0000 0000 fffffeff" },
    { "vnc-pointer-mode-changed no", "vnc-pointer-mode-changed yes", "vnc-framebuffer-update-end" } },
  { "a bell", { "> 02" }, { "vnc-bell" } },
  { "a text", { "> 03 000000 00000003 'a' 0d 0a" }, { "vnc-server-cut-text a\r\n" } },
  { "an empty text", { "> 03 000000 00000000" }, { "vnc-server-cut-text " } },
  { "a text in ISO 8859-1", { "> 03 000000 00000001 e9" }, { "vnc-server-cut-text \xe9" } },
};

static void
check_session (GvncWatch         *watch,
               const char *const *after)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  static const char *const first[] = { FIRST };
  static const char *const last[] = { LAST, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    g_ptr_array_add (all, (gpointer) first[i]);
  for (; *after != NULL; after++)
    g_ptr_array_add (all, (gpointer) *after);
  for (guint i = 0; i < G_N_ELEMENTS (last); i++)
    g_ptr_array_add (all, (gpointer) last[i]);
  gvnc_watch_check (watch, (const char *const *) all->pdata);
}

static void
told_peer (gint     fd,
           gpointer data)
{
  static const char *const handshake[] = { GVNC_PEER_DESK, "< " GVNC_ASKED_SENT, "x", NULL };
  const Told *told = data;

  if (gvnc_peer_run (fd, handshake, 0)) {
    const char *lines[G_N_ELEMENTS (told->peer) + 1] = { NULL };
    guint n = 0;

    while (told->peer[n] != NULL) {
      lines[n] = told->peer[n];
      n++;
    }
    lines[n] = "x";
    gvnc_peer_run (fd, lines, 0);
  }
}

static void
test_told (gconstpointer data)
{
  const Told *told = data;
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  watch.asks = TRUE;
  peer = gvnc_peer_start_func (told_peer, (gpointer) told, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  check_session (&watch, told->signals);
  gvnc_watch_clear (&watch);
  gvnc_peer_finish (peer);
}

/* ---- getters tell what was replayed ---- */

static void
state_hook (GvncWatch  *watch,
            const char *line)
{
  VncConnection *conn = watch->conn;

  if (strcmp (line, "vnc-bell") == 0) {
    g_assert_cmpint (vnc_connection_get_width (conn), ==, 4);
    g_assert_cmpstr (vnc_connection_get_name (conn), ==, "desk");
    g_assert_false (vnc_connection_get_ext_key_event (conn));
    g_assert_null (vnc_connection_get_cursor (conn));
  } else if (strcmp (line, "vnc-framebuffer-update-end") == 0) {
    g_assert_cmpint (vnc_connection_get_width (conn), ==, 8);
    g_assert_cmpint (vnc_connection_get_height (conn), ==, 6);
    g_assert_cmpstr (vnc_connection_get_name (conn), ==, "new");
    g_assert_true (vnc_connection_get_ext_key_event (conn));
    g_assert_false (vnc_connection_get_abs_pointer (conn));
    g_assert_cmpint (vnc_connection_get_ledstate (conn), ==, 5);
    g_assert_nonnull (vnc_connection_get_cursor (conn));
    g_assert_cmpuint (vnc_connection_get_pixel_format (conn)->bits_per_pixel, ==, 16);
  }
}

static void
test_getters (void)
{
  static const char *const lines[] = {
    GVNC_PEER_DESK, "< " GVNC_ASKED_SENT, "> 02",
    "> 00 00 0007  0000 0000 0008 0006 ffffff21  0000 0000 0000 0000 fffffecd 00000003 'new'"
    " 0000 0000 0000 0000 fffffefe  0000 0000 0000 0000 fffffeff  0000 0000 0000 0000 fffffefb 05"
    " 0000 0000 0001 0001 ffffff10 112233 445566 80 80"
    " 0000 0000 0008 0006 574d5669 10 10 00 01 001f 003f 001f 0b 05 00 000000", "x", NULL
  };
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  watch.asks = TRUE;
  watch.hook = state_hook;
  peer = gvnc_peer_start (lines, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  g_assert_null (vnc_connection_get_cursor (watch.conn));
  gvnc_watch_clear (&watch);
  g_assert_true (gvnc_peer_finish (peer));
}

/* ---- calls ---- */

static void
calls_hook (GvncWatch  *watch,
            const char *line)
{
  VncConnection *conn = watch->conn;
  gint32 encodings[] = { VNC_CONNECTION_ENCODING_XVP, VNC_CONNECTION_ENCODING_EXT_KEY_EVENT,
                         VNC_CONNECTION_ENCODING_EXTENDED_DESKTOP_RESIZE };
  VncPixelFormat format = { .bits_per_pixel = 16, .depth = 16, .byte_order = G_LITTLE_ENDIAN, .true_color_flag = 1,
                            .red_max = 31, .green_max = 63, .blue_max = 31,
                            .red_shift = 11, .green_shift = 5, .blue_shift = 0 };

  if (strcmp (line, "vnc-initialized") == 0) {
    g_assert_cmpint (vnc_connection_set_size (conn, 10, 10), ==, VNC_CONNECTION_RESIZE_STATUS_UNSUPPORTED);
    g_assert_false (vnc_connection_power_control (conn, VNC_CONNECTION_POWER_ACTION_RESET));
    g_assert_false (vnc_connection_set_shared (conn, TRUE));
    g_assert_true (vnc_connection_set_pixel_format (conn, &format));
    format.red_max = 30;
    g_assert_false (vnc_connection_set_pixel_format (conn, &format));
    g_assert_true (vnc_connection_set_encodings (conn, G_N_ELEMENTS (encodings), encodings));
    g_assert_false (vnc_connection_set_encodings (conn, 65536, encodings));
    g_assert_false (vnc_connection_set_encodings (conn, -1, encodings));
    g_assert_true (vnc_connection_framebuffer_update_request (conn, TRUE, 1, 0, 3, 2));
    g_assert_true (vnc_connection_key_event (conn, TRUE, 0x61, 0x1e));
    g_assert_true (vnc_connection_pointer_event (conn, 0x81, 3, 1));
    g_assert_true (vnc_connection_client_cut_text (conn, "a\0b", 3));
    g_assert_false (vnc_connection_client_cut_text (conn, "", 32 * 1024 * 1024 + 1));
    g_assert_cmpuint (vnc_connection_get_pixel_format (conn)->bits_per_pixel, ==, 16);
  } else if (strcmp (line, "vnc-framebuffer-update-end") == 0) {
    g_assert_cmpint (vnc_connection_set_size (conn, 0, 10), ==, VNC_CONNECTION_RESIZE_STATUS_INVALID_LAOUT);
    g_assert_cmpint (vnc_connection_set_size (conn, 6, 5), ==, VNC_CONNECTION_RESIZE_STATUS_OK);
    g_assert_true (vnc_connection_key_event (conn, FALSE, 0x61, 0x1e));
  } else if (strcmp (line, "vnc-power-control-initialized") == 0) {
    g_assert_true (vnc_connection_get_power_control (conn));
    g_assert_true (vnc_connection_power_control (conn, VNC_CONNECTION_POWER_ACTION_RESET));
  }
}

static void
test_calls (void)
{
  static const char *const lines[] = {
    GVNC_PEER_DESK,
    "< 00 000000 10 10 00 01 001f 003f 001f 0b 05 00 000000",
    "< 02 00 0003 fffffecb fffffefe fffffecc",
    "< 03 01 0001 0000 0003 0002",
    "< 04 01 0000 00000061",
    "< 05 81 0003 0001",
    "< 06 000000 00000003 61 00 62",
    "> 00 00 0002  0000 0000 0000 0000 fffffefe  0000 0000 0004 0002 fffffecc 01 000000 00000007 0000 0000 0004 0002 00000009",
    "< fb 00 0006 0005 01 00 00000007 0000 0000 0006 0005 00000009",
    "< ff 00 0000 00000061 0000001e",
    "> fa 00 01 01",
    "< fa 00 01 04",
    "> fa 00 01 00",
    "x", NULL
  };
  static const char *const due[] = { "vnc-screens-changed 0 0", "vnc-framebuffer-update-end", "vnc-power-control-initialized",
                                     "vnc-power-control-failed", NULL };
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  watch.hook = calls_hook;
  peer = gvnc_peer_start (lines, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  check_session (&watch, due);
  g_assert_false (vnc_connection_power_control (watch.conn, VNC_CONNECTION_POWER_ACTION_RESET));
  gvnc_watch_clear (&watch);
  g_assert_true (gvnc_peer_finish (peer));
}

/* ---- sound ---- */

static void
sound_start (VncBaseAudio   *audio,
             VncAudioFormat *format,
             GString        *log)
{
  g_string_append_printf (log, "start %u %u %u;", format->format, format->nchannels, format->frequency);
}

static void
sound_data (VncBaseAudio   *audio,
            VncAudioSample *sample,
            GString        *log)
{
  g_assert_cmpuint (sample->capacity, >=, sample->length);
  g_string_append_printf (log, "data %.*s;", (gint) sample->length, (const char *) sample->data);
}

static void
sound_stop (VncBaseAudio *audio,
            GString      *log)
{
  g_string_append (log, "stop;");
}

static void
sound_hook (GvncWatch  *watch,
            const char *line)
{
  gint32 encoding = VNC_CONNECTION_ENCODING_AUDIO;

  if (strcmp (line, "vnc-initialized") == 0)
    vnc_connection_set_encodings (watch->conn, 1, &encoding);
  else if (strcmp (line, "vnc-bell") == 0)
    vnc_connection_audio_disable (watch->conn);
}

static void
test_sound (void)
{
  static const char *const lines[] = {
    GVNC_PEER_DESK, "< 02 00 0001 fffffefd",
    "> 00 00 0002  0000 0000 0000 0000 fffffefd  0000 0000 0000 0000 fffffefd",
    "< ff 01 0002 03 02 0000ac44", "< ff 01 0000",
    "> ff 01 0001", "> ff 01 0002 00000002 'ab'", "> ff 01 0002 00000000", "> ff 01 0002 00000003 'cde'", "> ff 01 0000", "> 02",
    "< ff 01 0001", "x", NULL
  };
  VncBaseAudio *audio = vnc_base_audio_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  VncAudioFormat format = { .format = VNC_AUDIO_FORMAT_RAW_S16, .nchannels = 2, .frequency = 44100 };
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  g_signal_connect (audio, "vnc-audio-playback-start", G_CALLBACK (sound_start), log);
  g_signal_connect (audio, "vnc-audio-playback-data", G_CALLBACK (sound_data), log);
  g_signal_connect (audio, "vnc-audio-playback-stop", G_CALLBACK (sound_stop), log);
  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  watch.hook = sound_hook;
  vnc_connection_set_audio (watch.conn, VNC_AUDIO (audio));
  vnc_connection_set_audio_format (watch.conn, &format);
  vnc_connection_audio_enable (watch.conn);
  peer = gvnc_peer_start (lines, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  g_assert_cmpstr (log->str, ==, "start 3 2 44100;data ab;data cde;stop;");
  g_object_unref (audio);
  gvnc_watch_clear (&watch);
  g_assert_true (gvnc_peer_finish (peer));
}

/* ---- pixels ---- */

static const VncPixelFormat rgb32 = {
  .bits_per_pixel = 32, .depth = 24, .byte_order = G_LITTLE_ENDIAN, .true_color_flag = 1,
  .red_max = 255, .green_max = 255, .blue_max = 255, .red_shift = 16, .green_shift = 8, .blue_shift = 0
};

typedef struct {
  guint8          pixels[4 * 2 * 4];
  VncFramebuffer *framebuffer;
} Canvas;

static void
pixels_hook (GvncWatch  *watch,
             const char *line)
{
  Canvas *canvas = watch->data;
  gint32 copy = VNC_CONNECTION_ENCODING_COPY_RECT;

  if (strcmp (line, "vnc-initialized") == 0) {
    g_assert_true (vnc_connection_set_encodings (watch->conn, 1, &copy));
    canvas->framebuffer = VNC_FRAMEBUFFER (vnc_base_framebuffer_new (canvas->pixels, 4, 2, 16, &rgb32,
                                                                     vnc_connection_get_pixel_format (watch->conn)));
    vnc_connection_set_framebuffer (watch->conn, canvas->framebuffer);
  } else if (strcmp (line, "vnc-framebuffer-update 1 0 2 1") == 0) {
    /* the pixels of this rectangle are there, those of the next one are not */
    g_assert_cmpmem (canvas->pixels + 4, 3, "\x33\x22\x11", 3);
    g_assert_cmpmem (canvas->pixels + 8, 3, "\x66\x55\x44", 3);
    g_assert_cmpmem (canvas->pixels + 16, 4, "\0\0\0\0", 4);
  } else if (strcmp (line, "vnc-framebuffer-update 0 1 2 1") == 0) {
    g_assert_cmpmem (canvas->pixels + 16, 3, "\x33\x22\x11", 3);
    g_assert_cmpmem (canvas->pixels + 20, 3, "\x66\x55\x44", 3);
  }
}

static void
test_pixels (void)
{
  static const char *const lines[] = {
    GVNC_PEER_DESK,
    "< 02 00 0001 00000001", "> 00 00 0002  0001 0000 0002 0001 " RAW " 33221100 66554400  0000 0001 0002 0001 00000001 0001 0000", "x", NULL
  };
  Canvas canvas = { .framebuffer = NULL };
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  watch.hook = pixels_hook;
  watch.data = &canvas;
  peer = gvnc_peer_start (lines, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_expect (&watch, FIRST, "vnc-framebuffer-update 1 0 2 1", "vnc-framebuffer-update 0 1 2 1",
                     "vnc-framebuffer-update-end", LAST);
  gvnc_watch_clear (&watch);
  g_object_unref (canvas.framebuffer);
  g_assert_true (gvnc_peer_finish (peer));
}

/* ---- the link ---- */

static void
link_hook (GvncWatch  *watch,
           const char *line)
{
  gint32 encoding = VNC_CONNECTION_ENCODING_FENCE;

  if (strcmp (line, "vnc-initialized") == 0)
    vnc_connection_set_encodings (watch->conn, 1, &encoding);
}

static void
link_measured (VncConnection *conn,
               GParamSpec    *pspec,
               guint         *n_measured)
{
  if (vnc_connection_get_latency (conn) >= 0)
    ++*n_measured;
}

/* A fence that comes back tells the latency. It is sent after the smallest of updates too, and not without one. */
static void
test_latency (void)
{
  static const char *const lines[] = {
    GVNC_PEER_DESK, "< 02 00 0001 fffffec8", "> f8 000000 80000000 00", "< f8 000000 00000000 00", "> 02",
    "> 00 00 0001  0000 0000 0000 0000 " RAW, "< f8 000000 80000000 04 'ping'", "> f8 000000 00000000 04 'ping'", "x", NULL
  };
  guint n_measured = 0;
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  watch.hook = link_hook;
  g_signal_connect (watch.conn, "notify::latency", G_CALLBACK (link_measured), &n_measured);
  peer = gvnc_peer_start (lines, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  g_assert_cmpuint (n_measured, ==, 1);
  gvnc_watch_clear (&watch);
  g_assert_true (gvnc_peer_finish (peer));
}

static void
link_encoding (VncConnection *conn,
               GParamSpec    *pspec,
               GString       *seen)
{
  gint encoding;

  g_object_get (conn, "encoding", &encoding, NULL);
  g_string_append_printf (seen, " %d", encoding);
}

static void
link_auth (VncConnection *conn,
           GParamSpec    *pspec,
           GString       *seen)
{
  guint type, subtype;

  g_object_get (conn, "auth-type", &type, "auth-subtype", &subtype, NULL);
  g_string_append_printf (seen, " auth %u %u", type, subtype);
}

/* The largest rectangle of pixels in an update counts; an update without any changes nothing. */
static void
test_told_how (void)
{
  static const char *const lines[] = {
    GVNC_PEER_DESK, "< " GVNC_ASKED_SENT,
    "> 00 00 0003  0000 0000 0001 0001 " RAW " 332211ff  0002 0000 0002 0001 00000001 0000 0000  0003 0000 0001 0001 " RAW " 332211ff",
    "> 00 00 0001  0000 0000 0000 0000 fffffefb 05", "> 00 00 0001  0000 0000 0001 0001 " RAW " 332211ff", "x", NULL
  };
  g_autoptr (GString) seen = g_string_new (NULL);
  GvncWatch watch;
  GvncPeer *peer;
  gint fd, encoding;

  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  watch.asks = TRUE;
  g_signal_connect (watch.conn, "notify::encoding", G_CALLBACK (link_encoding), seen);
  g_signal_connect (watch.conn, "notify::auth-type", G_CALLBACK (link_auth), seen);
  peer = gvnc_peer_start (lines, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  g_assert_cmpstr (seen->str, ==, " auth 1 0 1 0");
  g_object_get (watch.conn, "encoding", &encoding, NULL);
  g_assert_cmpint (encoding, ==, -1);
  gvnc_watch_clear (&watch);
  g_assert_true (gvnc_peer_finish (peer));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tolds); i++) {
    g_autofree char *path = g_strdup_printf ("/signals/told/%s", tolds[i].name);

    g_test_add_data_func (path, &tolds[i], test_told);
  }
  g_test_add_func ("/signals/getters", test_getters);
  g_test_add_func ("/signals/calls [C1]", test_calls);
  g_test_add_func ("/signals/sound", test_sound);
  g_test_add_func ("/signals/pixels", test_pixels);
  g_test_add_func ("/signals/latency", test_latency);
  g_test_add_func ("/signals/how", test_told_how);
  return g_test_run ();
}
