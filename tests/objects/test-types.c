/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncaudio.h"
#include "vncaudioformat.h"
#include "vncaudiosample.h"
#include "vncbaseaudio.h"
#include "vncbaseframebuffer.h"
#include "vnccolormap.h"
#include "vncconnection.h"
#include "vnccursor.h"
#include "vncframebuffer.h"
#include "vncpixelformat-private.h"
#include "vncutil.h"
#include "vncversion.h"

/* Programs and bindings have these numbers compiled in. */
#if GLIB_SIZEOF_VOID_P == 8
G_STATIC_ASSERT (sizeof (VncConnection) == 32);
G_STATIC_ASSERT (sizeof (VncConnectionClass) == 416);
G_STATIC_ASSERT (G_STRUCT_OFFSET (VncConnectionClass, vnc_cursor_changed) == 136);
G_STATIC_ASSERT (G_STRUCT_OFFSET (VncConnectionClass, vnc_desktop_rename) == 288);
G_STATIC_ASSERT (sizeof (VncCursor) == 32 && sizeof (VncCursorClass) == 168);
G_STATIC_ASSERT (sizeof (VncBaseFramebuffer) == 32 && sizeof (VncBaseFramebufferClass) == 168);
G_STATIC_ASSERT (sizeof (VncBaseAudio) == 32 && sizeof (VncBaseAudioClass) == 160);
G_STATIC_ASSERT (sizeof (VncFramebufferInterface) == 120 && sizeof (VncAudioInterface) == 40);
#endif
G_STATIC_ASSERT (sizeof (VncPixelFormat) == 16);
G_STATIC_ASSERT (sizeof (VncColorMapEntry) == 6);
G_STATIC_ASSERT (sizeof (VncAudioFormat) == 8);
G_STATIC_ASSERT (VNC_CHECK_VERSION (2, 0, 0) && VNC_CHECK_VERSION (1, 99, 99) && !VNC_CHECK_VERSION (99, 0, 0));

static const VncPixelFormat xrgb = {
  .bits_per_pixel = 32, .depth = 24, .byte_order = G_LITTLE_ENDIAN, .true_color_flag = 1,
  .red_max = 255, .green_max = 255, .blue_max = 255, .red_shift = 16, .green_shift = 8, .blue_shift = 0,
};

static void
test_pixel_format (void)
{
  /* one change each */
  static const struct { gsize offset; gsize size; } fields[] = {
#define FIELD(name) { G_STRUCT_OFFSET (VncPixelFormat, name), sizeof (((VncPixelFormat *) NULL)->name) }
    FIELD (bits_per_pixel), FIELD (depth), FIELD (byte_order), FIELD (true_color_flag), FIELD (red_max),
    FIELD (green_max), FIELD (blue_max), FIELD (red_shift), FIELD (green_shift), FIELD (blue_shift),
#undef FIELD
  };
  static const guint8 zero[sizeof (VncPixelFormat)];
  VncPixelFormat *empty = vnc_pixel_format_new ();
  VncPixelFormat format = xrgb;
  VncPixelFormat *copy = g_boxed_copy (VNC_TYPE_PIXEL_FORMAT, &format);

  g_assert_cmpmem (empty, sizeof *empty, zero, sizeof zero);
  g_assert_true (copy != &format);
  g_assert_true (vnc_pixel_format_match (&format, copy));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    VncPixelFormat other = xrgb;

    ((guint8 *) &other)[fields[i].offset + fields[i].size - 1] ^= 0x40;
    g_assert_false (vnc_pixel_format_match (&format, &other));
    g_assert_false (vnc_pixel_format_match (&other, &format));
  }
  vnc_pixel_format_free (empty);
  g_boxed_free (VNC_TYPE_PIXEL_FORMAT, copy);
}

static void
test_pixel_format_private (void)
{
  VncPixelFormat format = xrgb, back;
  GvncPixelFormat ours;

  format.byte_order = G_BIG_ENDIAN;
  format.true_color_flag = 255;
  gvnc_pixel_format_from_public (&ours, &format);
  g_assert_true (ours.big_endian);
  g_assert_cmpint (ours.true_colour, ==, TRUE);
  gvnc_pixel_format_to_public (&ours, &back);
  g_assert_cmpuint (back.true_color_flag, ==, 1);
  back.true_color_flag = 255;
  g_assert_true (vnc_pixel_format_match (&format, &back));
}

static void
test_color_map (void)
{
  VncColorMap *map = vnc_color_map_new (2, 3);
  VncColorMap *copy;
  guint16 r = 9, g = 9, b = 9;

  g_assert_cmpuint (map->offset, ==, 2);
  g_assert_cmpuint (map->size, ==, 3);
  for (guint16 i = 0; i < 10; i++)
    g_assert_cmpint (vnc_color_map_set (map, i, i, 100 + i, 65535), ==, i >= 2 && i <= 4);
  g_assert_false (vnc_color_map_set (map, 65535, 1, 1, 1));

  copy = g_boxed_copy (VNC_TYPE_COLOR_MAP, map);
  g_assert_true (copy->colors != map->colors);
  g_assert_true (vnc_color_map_set (map, 4, 0, 0, 0));
  g_assert_true (vnc_color_map_lookup (copy, 4, &r, &g, &b));
  g_assert_cmpuint (r, ==, 4);
  g_assert_cmpuint (g, ==, 104);
  g_assert_cmpuint (b, ==, 65535);
  g_assert_false (vnc_color_map_lookup (copy, 5, &r, &g, &b));
  g_assert_cmpuint (r | g | b, ==, 0);
  g_assert_false (vnc_color_map_lookup (copy, 1, &r, &g, &b));
  vnc_color_map_free (map);
  vnc_color_map_free (copy);

  /* the last indices there are */
  map = vnc_color_map_new (65535, 3);
  g_assert_true (vnc_color_map_set (map, 65535, 1, 2, 3));
  g_assert_false (vnc_color_map_set (map, 0, 1, 2, 3));
  vnc_color_map_free (map);
  map = vnc_color_map_new (0, 0);
  g_assert_false (vnc_color_map_set (map, 0, 1, 2, 3));
  copy = vnc_color_map_copy (map);
  g_assert_cmpuint (copy->size, ==, 0);
  vnc_color_map_free (map);
  vnc_color_map_free (copy);
}

static void
test_cursor (void)
{
  guint8 *data = g_malloc0 (3 * 2 * 4);
  guint8 *other = g_malloc0 (5 * 4);
  VncCursor *cursor = vnc_cursor_new (data, 1, 2, 3, 2);
  gpointer got;
  gint hotx, hoty, width, height;

  g_assert_true (vnc_cursor_get_data (cursor) == data);
  g_assert_cmpuint (vnc_cursor_get_hotx (cursor), ==, 1);
  g_assert_cmpuint (vnc_cursor_get_hoty (cursor), ==, 2);
  g_assert_cmpuint (vnc_cursor_get_width (cursor), ==, 3);
  g_assert_cmpuint (vnc_cursor_get_height (cursor), ==, 2);

  /* what it had is freed: the address sanitizer tells */
  g_object_set (cursor, "data", other, "width", 5, "height", 1, "hotx", 4, "hoty", 0, NULL);
  g_object_set (cursor, "data", other, NULL);
  g_object_get (cursor, "data", &got, "width", &width, "height", &height, "hotx", &hotx, "hoty", &hoty, NULL);
  g_assert_true (got == other);
  g_assert_cmpint (width, ==, 5);
  g_assert_cmpint (height, ==, 1);
  g_assert_cmpint (hotx, ==, 4);
  g_assert_cmpint (hoty, ==, 0);
  g_assert_finalize_object (cursor);
}

static void
test_base_framebuffer_properties (void)
{
  guint8 memory[8 * 4 * 3];
  VncPixelFormat remote = xrgb;
  VncBaseFramebuffer *fb;
  VncFramebuffer *iface;
  VncColorMap *map = vnc_color_map_new (0, 4), *got_map = NULL;
  VncPixelFormat *local = NULL, *got_remote = NULL;
  gpointer buffer;
  gint width, height, rowstride;

  remote.depth = 32;
  fb = vnc_base_framebuffer_new (memory, 7, 3, 32, &xrgb, &remote);
  iface = VNC_FRAMEBUFFER (fb);
  g_object_get (fb, "buffer", &buffer, "width", &width, "height", &height, "rowstride", &rowstride,
                "local-format", &local, "remote-format", &got_remote, "color-map", &got_map, NULL);
  g_assert_true (buffer == memory);
  g_assert_cmpint (width, ==, 7);
  g_assert_cmpint (height, ==, 3);
  g_assert_cmpint (rowstride, ==, 32);
  g_assert_true (vnc_pixel_format_match (local, &xrgb));
  g_assert_true (vnc_pixel_format_match (got_remote, &remote));
  g_assert_null (got_map);

  g_assert_true (vnc_framebuffer_get_buffer (iface) == memory);
  g_assert_cmpuint (vnc_framebuffer_get_width (iface), ==, 7);
  g_assert_cmpuint (vnc_framebuffer_get_height (iface), ==, 3);
  g_assert_cmpint (vnc_framebuffer_get_rowstride (iface), ==, 32);
  g_assert_true (vnc_pixel_format_match (vnc_framebuffer_get_local_format (iface), &xrgb));
  g_assert_true (vnc_pixel_format_match (vnc_framebuffer_get_remote_format (iface), &remote));
  g_assert_true (vnc_framebuffer_get_local_format (iface) != &xrgb);
  g_assert_false (vnc_framebuffer_perfect_format_match (iface));

  vnc_color_map_set (map, 3, 1, 2, 3);
  vnc_framebuffer_set_color_map (iface, map);
  g_object_get (fb, "color-map", &got_map, NULL);
  g_assert_nonnull (got_map);
  g_assert_cmpuint (got_map->colors[3].green, ==, 2);
  g_object_set (fb, "color-map", NULL, NULL);

  vnc_color_map_free (map);
  vnc_color_map_free (got_map);
  vnc_pixel_format_free (local);
  vnc_pixel_format_free (got_remote);
  g_assert_finalize_object (fb);

  fb = vnc_base_framebuffer_new (memory, 7, 3, 32, &xrgb, &xrgb);
  g_assert_true (vnc_framebuffer_perfect_format_match (VNC_FRAMEBUFFER (fb)));
  g_assert_finalize_object (fb);
}

static guint32
pixel_at (const guint8 *memory,
          guint         stride,
          guint         x,
          guint         y)
{
  const guint8 *p = memory + y * stride + 4 * x;

  return (guint32) p[2] << 16 | (guint32) p[1] << 8 | p[0];
}

/* Every method, also where it leaves the picture of 4×3 pixels: the fifth column of a row and the last row are guards. */
static void
test_base_framebuffer_drawing (void)
{
  enum { STRIDE = 20, ROWS = 4 };
  guint8 memory[STRIDE * ROWS];
  VncPixelFormat remote = {
    .bits_per_pixel = 16, .depth = 16, .byte_order = G_BIG_ENDIAN, .true_color_flag = 1,
    .red_max = 31, .green_max = 63, .blue_max = 31, .red_shift = 11, .green_shift = 5, .blue_shift = 0,
  };
  guint8 red[2] = { 0xf8, 0x00 }, green[2] = { 0x07, 0xe0 }, pair[8] = { 0, 0x1f, 0xff, 0xff, 0xf8, 0, 0, 0x1f };
  guint8 rgb[6] = { 1, 2, 3, 4, 5, 6 };
  VncBaseFramebuffer *fb = vnc_base_framebuffer_new (memory, 4, 3, STRIDE, &xrgb, &remote);
  VncFramebuffer *iface = VNC_FRAMEBUFFER (fb);

  memset (memory, 0xa5, sizeof memory);
  vnc_framebuffer_fill (iface, red, 0, 0, 65535, 65535);
  g_assert_cmphex (pixel_at (memory, STRIDE, 3, 2), ==, 0xff0000);
  vnc_framebuffer_set_pixel_at (iface, green, 1, 0);
  vnc_framebuffer_set_pixel_at (iface, green, 4, 0);
  vnc_framebuffer_set_pixel_at (iface, green, 0, 3);
  g_assert_cmphex (pixel_at (memory, STRIDE, 0, 0), ==, 0xff0000);
  g_assert_cmphex (pixel_at (memory, STRIDE, 1, 0), ==, 0x00ff00);
  vnc_framebuffer_copyrect (iface, 0, 0, 1, 0, 4, 4);
  g_assert_cmphex (pixel_at (memory, STRIDE, 1, 0), ==, 0xff0000);
  g_assert_cmphex (pixel_at (memory, STRIDE, 2, 0), ==, 0x00ff00);
  vnc_framebuffer_blt (iface, pair, 4, 3, 1, 2, 2);
  g_assert_cmphex (pixel_at (memory, STRIDE, 3, 1), ==, 0x0000ff);
  g_assert_cmphex (pixel_at (memory, STRIDE, 3, 2), ==, 0xff0000);
  vnc_framebuffer_rgb24_blt (iface, rgb, 6, 3, 2, 2, 1);
  g_assert_cmphex (pixel_at (memory, STRIDE, 3, 2), ==, 0x010203);
  for (guint y = 0; y < ROWS; y++)
    for (guint x = y < 3 ? 4 : 0; x < 5; x++)
      g_assert_cmphex (pixel_at (memory, STRIDE, x, y), ==, 0xa5a5a5);
  g_assert_finalize_object (fb);
}

static void
test_base_framebuffer_colours (void)
{
  guint8 memory[4 * 4] = { 0 };
  VncPixelFormat remote = { .bits_per_pixel = 8, .depth = 8, .byte_order = G_LITTLE_ENDIAN };
  VncBaseFramebuffer *fb = vnc_base_framebuffer_new (memory, 4, 1, 16, &xrgb, &remote);
  VncFramebuffer *iface = VNC_FRAMEBUFFER (fb);
  VncColorMap *map = vnc_color_map_new (2, 2);
  guint8 indices[4] = { 2, 3, 4, 1 };

  /* before there is a map all is black, and nothing breaks */
  memset (memory, 0xff, sizeof memory);
  vnc_framebuffer_blt (iface, indices, 4, 0, 0, 4, 1);
  g_assert_cmphex (pixel_at (memory, 16, 0, 0), ==, 0);

  vnc_color_map_set (map, 2, 65535, 0, 0);
  vnc_color_map_set (map, 3, 0x8080, 0x4040, 0x2020);
  vnc_framebuffer_set_color_map (iface, map);
  vnc_framebuffer_blt (iface, indices, 4, 0, 0, 4, 1);
  g_assert_cmphex (pixel_at (memory, 16, 0, 0), ==, 0xff0000);
  g_assert_cmphex (pixel_at (memory, 16, 1, 0), ==, 0x804020);
  g_assert_cmphex (pixel_at (memory, 16, 2, 0), ==, 0);
  g_assert_cmphex (pixel_at (memory, 16, 3, 0), ==, 0);

  vnc_color_map_set (map, 2, 0, 0, 65535);
  g_object_set (fb, "color-map", map, NULL);
  vnc_framebuffer_fill (iface, indices, 0, 0, 4, 1);
  g_assert_cmphex (pixel_at (memory, 16, 3, 0), ==, 0x0000ff);
  vnc_color_map_free (map);
  g_assert_finalize_object (fb);
}

/* Of a part of a larger picture: what is behind the last pixel need not be there. */
static void
test_framebuffer_bytes (void)
{
  g_autofree guint8 *memory = g_malloc (20 + 8);
  VncBaseFramebuffer *fb = vnc_base_framebuffer_new (memory, 2, 2, 20, &xrgb, &xrgb);
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *data;
  gsize len;

  memset (memory, 0x55, 20 + 8);
  bytes = vnc_framebuffer_dup_bytes (VNC_FRAMEBUFFER (fb));
  data = g_bytes_get_data (bytes, &len);
  g_assert_cmpuint (len, ==, 40);
  g_assert_cmpmem (data, 28, memory, 28);
  for (guint i = 28; i < 40; i++)
    g_assert_cmphex (data[i], ==, 0);
  g_object_unref (fb);

  /* Without rows there are none. */
  fb = vnc_base_framebuffer_new (memory, 2, 0, 20, &xrgb, &xrgb);
  g_bytes_unref (bytes);
  bytes = vnc_framebuffer_dup_bytes (VNC_FRAMEBUFFER (fb));
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 0);
  g_object_unref (fb);
}

static void
test_audio_types (void)
{
  VncAudioFormat *format = vnc_audio_format_new ();
  VncAudioFormat *format_copy;
  VncAudioSample *sample = vnc_audio_sample_new (10);
  VncAudioSample *sample_copy;

  g_assert_cmpuint (format->format + format->nchannels + format->frequency, ==, 0);
  *format = (VncAudioFormat) { VNC_AUDIO_FORMAT_RAW_S16, 2, 44100 };
  format_copy = g_boxed_copy (VNC_TYPE_AUDIO_FORMAT, format);
  g_assert_cmpuint (format_copy->frequency, ==, 44100);
  g_assert_cmpuint (format_copy->nchannels, ==, 2);

  g_assert_cmpuint (sample->length, ==, 0);
  g_assert_cmpuint (sample->capacity, ==, 10);
  memset (sample->data, 7, 10);
  sample->length = 4;
  sample_copy = g_boxed_copy (VNC_TYPE_AUDIO_SAMPLE, sample);
  g_assert_true (sample_copy->data != sample->data);
  g_assert_cmpuint (sample_copy->capacity, ==, 10);
  g_assert_cmpmem (sample_copy->data, sample_copy->length, "\7\7\7\7", 4);

  vnc_audio_format_free (format);
  g_boxed_free (VNC_TYPE_AUDIO_FORMAT, format_copy);
  vnc_audio_sample_free (sample);
  g_boxed_free (VNC_TYPE_AUDIO_SAMPLE, sample_copy);
  vnc_audio_sample_free (vnc_audio_sample_new (0));
}

static void
on_start (VncBaseAudio   *audio,
          VncAudioFormat *format,
          GString        *log)
{
  g_string_append_printf (log, "start %u ", format->frequency);
}

static void
on_data (VncBaseAudio   *audio,
         VncAudioSample *sample,
         GString        *log)
{
  g_string_append_printf (log, "data %u ", sample->length);
}

static void
on_stop (VncBaseAudio *audio,
         GString      *log)
{
  g_string_append (log, "stop ");
}

static void
test_base_audio (void)
{
  VncBaseAudio *audio = vnc_base_audio_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  VncAudioFormat format = { VNC_AUDIO_FORMAT_RAW_U8, 1, 8000 };
  VncAudioSample sample = { NULL, 0, 0 };

  g_signal_connect (audio, "vnc-audio-playback-start", G_CALLBACK (on_start), log);
  g_signal_connect (audio, "vnc-audio-playback-data", G_CALLBACK (on_data), log);
  g_signal_connect (audio, "vnc-audio-playback-stop", G_CALLBACK (on_stop), log);
  vnc_audio_playback_start (VNC_AUDIO (audio), &format);
  vnc_audio_playback_data (VNC_AUDIO (audio), &sample);
  vnc_audio_playback_stop (VNC_AUDIO (audio));
  g_assert_cmpstr (log->str, ==, "start 8000 data 0 stop ");
  g_assert_finalize_object (audio);
}

static void
test_version (void)
{
  g_assert_cmphex (vnc_util_get_version (), ==,
                   VNC_MAJOR_VERSION << 16 | VNC_MINOR_VERSION << 8 | VNC_MICRO_VERSION);
  g_assert_cmpstr (vnc_util_get_version_string (), ==, PACKAGE_VERSION);
  g_assert_true (vnc_util_check_version (0, 0, 0));
  g_assert_true (vnc_util_check_version (1, 3, 1));
  g_assert_true (vnc_util_check_version (VNC_MAJOR_VERSION - 1, 99, 99));
  g_assert_true (vnc_util_check_version (VNC_MAJOR_VERSION, VNC_MINOR_VERSION, VNC_MICRO_VERSION));
  g_assert_false (vnc_util_check_version (VNC_MAJOR_VERSION, VNC_MINOR_VERSION, VNC_MICRO_VERSION + 1));
  g_assert_false (vnc_util_check_version (VNC_MAJOR_VERSION, VNC_MINOR_VERSION + 1, 0));
  g_assert_false (vnc_util_check_version (99, 0, 0));
}

static void
test_debug (void)
{
  g_unsetenv ("G_MESSAGES_DEBUG");
  g_assert_false (vnc_util_get_debug ());
  vnc_util_set_debug (TRUE);
  g_assert_true (vnc_util_get_debug ());
  g_assert_cmpstr (g_getenv ("G_MESSAGES_DEBUG"), ==, "gtk-vnc");
  vnc_util_set_debug (FALSE);
  g_assert_false (vnc_util_get_debug ());
  g_assert_cmpstr (g_getenv ("G_MESSAGES_DEBUG"), ==, "gtk-vnc");

  g_setenv ("G_MESSAGES_DEBUG", "other", TRUE);
  vnc_util_set_debug (TRUE);
  vnc_util_set_debug (TRUE);
  g_assert_cmpstr (g_getenv ("G_MESSAGES_DEBUG"), ==, "other gtk-vnc");
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  vnc_util_set_debug (TRUE);
  g_assert_cmpstr (g_getenv ("G_MESSAGES_DEBUG"), ==, "all");
  vnc_util_set_debug (FALSE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/types/pixel format", test_pixel_format);
  g_test_add_func ("/types/pixel format, ours", test_pixel_format_private);
  g_test_add_func ("/types/color map", test_color_map);
  g_test_add_func ("/types/cursor", test_cursor);
  g_test_add_func ("/types/base framebuffer/properties", test_base_framebuffer_properties);
  g_test_add_func ("/types/base framebuffer/drawing", test_base_framebuffer_drawing);
  g_test_add_func ("/types/base framebuffer/colours", test_base_framebuffer_colours);
  g_test_add_func ("/types/framebuffer bytes", test_framebuffer_bytes);
  g_test_add_func ("/types/audio", test_audio_types);
  g_test_add_func ("/types/base audio", test_base_audio);
  g_test_add_func ("/types/version", test_version);
  g_test_add_func ("/types/debug", test_debug);
  return g_test_run ();
}
