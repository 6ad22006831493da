/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>
#include <vnccolormap.h>
#include <vncpixelformat.h>

G_BEGIN_DECLS

#define VNC_TYPE_FRAMEBUFFER                 (vnc_framebuffer_get_type ())
#define VNC_FRAMEBUFFER(obj)                 (G_TYPE_CHECK_INSTANCE_CAST ((obj), VNC_TYPE_FRAMEBUFFER, VncFramebuffer))
#define VNC_IS_FRAMEBUFFER(obj)              (G_TYPE_CHECK_INSTANCE_TYPE ((obj), VNC_TYPE_FRAMEBUFFER))
#define VNC_FRAMEBUFFER_GET_INTERFACE(inst)  (G_TYPE_INSTANCE_GET_INTERFACE ((inst), VNC_TYPE_FRAMEBUFFER, VncFramebufferInterface))

typedef struct _VncFramebuffer          VncFramebuffer; /* no such struct: an interface */
typedef struct _VncFramebufferInterface VncFramebufferInterface;

/**
 * VncFramebufferInterface:
 * @parent: the parent interface
 * @get_width: width in pixels
 * @get_height: height in pixels
 * @get_rowstride: bytes from the start of a row to the start of the next one
 * @get_buffer: the first byte of the first row
 * @get_local_format: format of the pixels in the buffer
 * @get_remote_format: format of the pixels that drawing methods are given
 * @perfect_format_match: whether both formats are the same
 * @set_pixel_at: sets one pixel
 * @fill: sets all pixels of an area to one pixel
 * @copyrect: copies an area to another place
 * @blt: puts pixels of the remote format
 * @rgb24_blt: puts pixels of three bytes red, green and blue
 * @set_color_map: sets the colours that pixels of a remote format without true colour refer to
 *
 * What a framebuffer implements. All methods must be there and are called from the main context.
 */
struct _VncFramebufferInterface {
  GTypeInterface parent;

  guint16               (*get_width)            (VncFramebuffer *fb);
  guint16               (*get_height)           (VncFramebuffer *fb);
  int                   (*get_rowstride)        (VncFramebuffer *fb);
  guint8               *(*get_buffer)           (VncFramebuffer *fb);
  const VncPixelFormat *(*get_local_format)     (VncFramebuffer *fb);
  const VncPixelFormat *(*get_remote_format)    (VncFramebuffer *fb);
  gboolean              (*perfect_format_match) (VncFramebuffer *fb);
  void                  (*set_pixel_at)         (VncFramebuffer *fb,
                                                 guint8         *src,
                                                 guint16         x,
                                                 guint16         y);
  void                  (*fill)                 (VncFramebuffer *fb,
                                                 guint8         *src,
                                                 guint16         x,
                                                 guint16         y,
                                                 guint16         width,
                                                 guint16         height);
  void                  (*copyrect)             (VncFramebuffer *fb,
                                                 guint16         srcx,
                                                 guint16         srcy,
                                                 guint16         dstx,
                                                 guint16         dsty,
                                                 guint16         width,
                                                 guint16         height);
  void                  (*blt)                  (VncFramebuffer *fb,
                                                 guint8         *src,
                                                 int             rowstride,
                                                 guint16         x,
                                                 guint16         y,
                                                 guint16         width,
                                                 guint16         height);
  void                  (*rgb24_blt)            (VncFramebuffer *fb,
                                                 guint8         *src,
                                                 int             rowstride,
                                                 guint16         x,
                                                 guint16         y,
                                                 guint16         width,
                                                 guint16         height);
  void                  (*set_color_map)        (VncFramebuffer *fb,
                                                 VncColorMap    *map);
};

GType                 vnc_framebuffer_get_type             (void);

guint16               vnc_framebuffer_get_width            (VncFramebuffer *fb);
guint16               vnc_framebuffer_get_height           (VncFramebuffer *fb);
int                   vnc_framebuffer_get_rowstride        (VncFramebuffer *fb);
guint8               *vnc_framebuffer_get_buffer           (VncFramebuffer *fb);
GBytes               *vnc_framebuffer_dup_bytes            (VncFramebuffer *fb);
const VncPixelFormat *vnc_framebuffer_get_local_format     (VncFramebuffer *fb);
const VncPixelFormat *vnc_framebuffer_get_remote_format    (VncFramebuffer *fb);
gboolean              vnc_framebuffer_perfect_format_match (VncFramebuffer *fb);

void                  vnc_framebuffer_set_pixel_at         (VncFramebuffer *fb,
                                                            guint8         *src,
                                                            guint16         x,
                                                            guint16         y);
void                  vnc_framebuffer_fill                 (VncFramebuffer *fb,
                                                            guint8         *src,
                                                            guint16         x,
                                                            guint16         y,
                                                            guint16         width,
                                                            guint16         height);
void                  vnc_framebuffer_copyrect             (VncFramebuffer *fb,
                                                            guint16         srcx,
                                                            guint16         srcy,
                                                            guint16         dstx,
                                                            guint16         dsty,
                                                            guint16         width,
                                                            guint16         height);
void                  vnc_framebuffer_blt                  (VncFramebuffer *fb,
                                                            guint8         *src,
                                                            int             rowstride,
                                                            guint16         x,
                                                            guint16         y,
                                                            guint16         width,
                                                            guint16         height);
void                  vnc_framebuffer_rgb24_blt            (VncFramebuffer *fb,
                                                            guint8         *src,
                                                            int             rowstride,
                                                            guint16         x,
                                                            guint16         y,
                                                            guint16         width,
                                                            guint16         height);
void                  vnc_framebuffer_set_color_map        (VncFramebuffer *fb,
                                                            VncColorMap    *map);

G_END_DECLS
