/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* client-gvnc: public gvnc-1.0 API only, so that the same binary runs with
 * any libgvnc-1.0.so.0 */
#include "harness.h"
#include <vncbaseframebuffer.h>
#include <vncconnection.h>

static GMainLoop *loop;
static guint8 *pixels;
static int width, height, wire16, failed, debug;

static void make_fb(VncConnection *conn, int w, int h)
{
    const VncPixelFormat *remote = vnc_connection_get_pixel_format(conn);
    VncPixelFormat local = {
        .bits_per_pixel = 32, .depth = 24, .byte_order = G_BYTE_ORDER,
        .true_color_flag = 1, .red_max = 255, .green_max = 255, .blue_max = 255,
        .red_shift = 16, .green_shift = 8, .blue_shift = 0,
    };
    width = w;
    height = h;
    wire16 = remote->bits_per_pixel == 16;
    g_free(pixels);
    pixels = g_malloc0((gsize)w * h * 4);
    VncBaseFramebuffer *fb = vnc_base_framebuffer_new(pixels, w, h, w * 4, &local, remote);
    vnc_connection_set_framebuffer(conn, VNC_FRAMEBUFFER(fb));
    g_object_unref(fb);
}
static void on_initialized(VncConnection *conn, gpointer opaque)
{
    (void)opaque;
    gint32 encs[] = {
        VNC_CONNECTION_ENCODING_TIGHT_JPEG5, VNC_CONNECTION_ENCODING_TIGHT,
        VNC_CONNECTION_ENCODING_DESKTOP_RESIZE, VNC_CONNECTION_ENCODING_ZRLE,
        VNC_CONNECTION_ENCODING_HEXTILE, VNC_CONNECTION_ENCODING_RRE,
        VNC_CONNECTION_ENCODING_COPY_RECT, VNC_CONNECTION_ENCODING_RAW,
    };
    make_fb(conn, vnc_connection_get_width(conn), vnc_connection_get_height(conn));
    vnc_connection_set_encodings(conn, G_N_ELEMENTS(encs), encs);
    vnc_connection_framebuffer_update_request(conn, FALSE, 0, 0, width, height);
}
static void on_resize(VncConnection *conn, guint16 w, guint16 h, gpointer opaque)
{
    (void)opaque;
    make_fb(conn, w, h);
}
static void on_update(VncConnection *conn, guint16 x, guint16 y, guint16 w,
                      guint16 h, gpointer opaque)
{
    (void)opaque;
    h_rects++;
    h_rect(pixels, width * 4, x, y, w, h, 0, wire16);
    vnc_connection_framebuffer_update_request(conn, TRUE, 0, 0, width, height);
}
static void on_disconnected(VncConnection *conn, gpointer opaque)
{
    (void)conn; (void)opaque;
    g_main_loop_quit(loop);
}
static void on_error(VncConnection *conn, const char *msg, gpointer opaque)
{
    (void)conn; (void)opaque;
    if (debug) fprintf(stderr, "gvnc error: %s\n", msg);
}
static void on_choose(VncConnection *conn, GValueArray *types, gpointer opaque)
{
    (void)types; (void)opaque;
    vnc_connection_set_auth_type(conn, VNC_CONNECTION_AUTH_NONE);
}
static void on_auth_fail(VncConnection *conn, const char *msg, gpointer opaque)
{
    (void)conn; (void)opaque;
    fprintf(stderr, "auth failure: %s\n", msg);
    failed = 1;
}

int main(int argc, char **argv)
{
    debug = getenv("HARNESS_DEBUG") != NULL;
    loop = g_main_loop_new(NULL, FALSE);
    h_start(argc, argv);
    for (int i = 0; i < h_loops; i++) {
        h_pass(i);
        VncConnection *conn = vnc_connection_new();
        g_signal_connect(conn, "vnc-initialized", G_CALLBACK(on_initialized), NULL);
        g_signal_connect(conn, "vnc-desktop-resize", G_CALLBACK(on_resize), NULL);
        g_signal_connect(conn, "vnc-framebuffer-update", G_CALLBACK(on_update), NULL);
        g_signal_connect(conn, "vnc-disconnected", G_CALLBACK(on_disconnected), NULL);
        g_signal_connect(conn, "vnc-error", G_CALLBACK(on_error), NULL);
        g_signal_connect(conn, "vnc-auth-choose-type", G_CALLBACK(on_choose), NULL);
        g_signal_connect(conn, "vnc-auth-failure", G_CALLBACK(on_auth_fail), NULL);
        if (strchr(h_addr, '/'))
            vnc_connection_open_fd(conn, h_connect());
        else
            vnc_connection_open_host(conn, "127.0.0.1", h_addr);
        g_main_loop_run(loop);
        g_object_unref(conn);
    }
    h_report("gvnc", pixels, width, height, width * 4, 0, wire16);
    return failed || !pixels;
}
