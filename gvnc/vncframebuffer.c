/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncframebuffer.h"

/**
 * VncFramebuffer:
 *
 * A picture that a remote desktop is drawn on.
 *
 * The *remote format* is that of the pixels which drawing methods are given, the *local format* that of the pixels in
 * the framebuffer's memory. All coordinates are in pixels from the upper left corner. A connection calls the methods
 * from the main context.
 *
 * Most applications want [class@BaseFramebuffer] or `GtkVnc.CairoFramebuffer` and hear of changes from
 * [signal@Connection::vnc-framebuffer-update]. Scripts may implement this interface too, and are called for everything
 * that is drawn; they see the pixel of `fill` and `set_pixel_at` as four bytes and the first pixel of `rgb24_blt`, but not the
 * pixels of `blt`, since what the introspection data says of it is part of the interface.
 */
G_DEFINE_INTERFACE (VncFramebuffer, vnc_framebuffer, G_TYPE_OBJECT)

static void
vnc_framebuffer_default_init (VncFramebufferInterface *iface)
{
}

#define FRAMEBUFFER_MAX_PIXEL 4 /* bytes; the typelib says so to the methods of scripts */

/* The typelib tells scripts that a pixel has four bytes, and they read as many: a shorter one gets zeros behind it. */
static guint8 *
framebuffer_pad_pixel (VncFramebuffer *fb,
                       guint8         *src,
                       guint8          padded[FRAMEBUFFER_MAX_PIXEL])
{
  const VncPixelFormat *remote = vnc_framebuffer_get_remote_format (fb);
  gsize size = remote != NULL ? remote->bits_per_pixel / 8u : FRAMEBUFFER_MAX_PIXEL;

  if (size >= FRAMEBUFFER_MAX_PIXEL)
    return src;
  memset (padded, 0, FRAMEBUFFER_MAX_PIXEL);
  memcpy (padded, src, size);
  return padded;
}

/**
 * vnc_framebuffer_get_width:
 * @fb: a framebuffer
 *
 * Gets the width.
 *
 * Returns: the width in pixels
 */
guint16
vnc_framebuffer_get_width (VncFramebuffer *fb)
{
  VncFramebufferInterface *iface;

  g_return_val_if_fail (VNC_IS_FRAMEBUFFER (fb), 0);

  iface = VNC_FRAMEBUFFER_GET_INTERFACE (fb);
  return iface->get_width != NULL ? iface->get_width (fb) : 0;
}

/**
 * vnc_framebuffer_get_height:
 * @fb: a framebuffer
 *
 * Gets the height.
 *
 * Returns: the height in pixels
 */
guint16
vnc_framebuffer_get_height (VncFramebuffer *fb)
{
  VncFramebufferInterface *iface;

  g_return_val_if_fail (VNC_IS_FRAMEBUFFER (fb), 0);

  iface = VNC_FRAMEBUFFER_GET_INTERFACE (fb);
  return iface->get_height != NULL ? iface->get_height (fb) : 0;
}

/**
 * vnc_framebuffer_get_rowstride:
 * @fb: a framebuffer
 *
 * Gets how far rows are apart in memory.
 *
 * Returns: bytes from the start of a row to that of the next one
 */
int
vnc_framebuffer_get_rowstride (VncFramebuffer *fb)
{
  VncFramebufferInterface *iface;

  g_return_val_if_fail (VNC_IS_FRAMEBUFFER (fb), 0);

  iface = VNC_FRAMEBUFFER_GET_INTERFACE (fb);
  return iface->get_rowstride != NULL ? iface->get_rowstride (fb) : 0;
}

/**
 * vnc_framebuffer_get_buffer:
 * @fb: a framebuffer
 *
 * Gets the memory of the picture.
 *
 * Returns: (transfer none) (array): the first byte of the first row
 */
guint8 *
vnc_framebuffer_get_buffer (VncFramebuffer *fb)
{
  VncFramebufferInterface *iface;

  g_return_val_if_fail (VNC_IS_FRAMEBUFFER (fb), NULL);

  iface = VNC_FRAMEBUFFER_GET_INTERFACE (fb);
  return iface->get_buffer != NULL ? iface->get_buffer (fb) : NULL;
}

/**
 * vnc_framebuffer_dup_bytes:
 * @fb: a framebuffer
 *
 * Copies the picture as it is now, for languages that cannot read the memory of
 * [method@Framebuffer.get_buffer].
 *
 * There are [method@Framebuffer.get_height] rows of [method@Framebuffer.get_rowstride] bytes, each beginning with
 * [method@Framebuffer.get_width] pixels of the local format; behind the last pixel of all there are zeros. To be called where the connection runs, from its main context.
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL when the framebuffer has no memory
 *
 * Since: 2.0
 */
GBytes *
vnc_framebuffer_dup_bytes (VncFramebuffer *fb)
{
  const VncPixelFormat *local;
  const guint8 *buffer;
  guint8 *copy;
  int rowstride;
  gsize len, behind = 0;

  g_return_val_if_fail (VNC_IS_FRAMEBUFFER (fb), NULL);

  buffer = vnc_framebuffer_get_buffer (fb);
  rowstride = vnc_framebuffer_get_rowstride (fb);
  local = vnc_framebuffer_get_local_format (fb);
  if (buffer == NULL || rowstride <= 0)
    return NULL;
  len = (gsize) rowstride * vnc_framebuffer_get_height (fb);
  if (len == 0)
    return g_bytes_new (NULL, 0);
  /* The memory of a part of a larger picture may end with its last pixel. */
  if (local != NULL)
    behind = (gsize) rowstride - MIN ((gsize) rowstride, vnc_framebuffer_get_width (fb) * (local->bits_per_pixel / 8u));
  copy = g_malloc (len);
  memcpy (copy, buffer, len - behind);
  memset (copy + len - behind, 0, behind);
  return g_bytes_new_take (copy, len);
}

/**
 * vnc_framebuffer_get_local_format:
 * @fb: a framebuffer
 *
 * Gets the format of the pixels in memory.
 *
 * Returns: (transfer none): the local format
 */
const VncPixelFormat *
vnc_framebuffer_get_local_format (VncFramebuffer *fb)
{
  VncFramebufferInterface *iface;

  g_return_val_if_fail (VNC_IS_FRAMEBUFFER (fb), NULL);

  iface = VNC_FRAMEBUFFER_GET_INTERFACE (fb);
  return iface->get_local_format != NULL ? iface->get_local_format (fb) : NULL;
}

/**
 * vnc_framebuffer_get_remote_format:
 * @fb: a framebuffer
 *
 * Gets the format of the pixels that drawing methods are given.
 *
 * Returns: (transfer none): the remote format
 */
const VncPixelFormat *
vnc_framebuffer_get_remote_format (VncFramebuffer *fb)
{
  VncFramebufferInterface *iface;

  g_return_val_if_fail (VNC_IS_FRAMEBUFFER (fb), NULL);

  iface = VNC_FRAMEBUFFER_GET_INTERFACE (fb);
  return iface->get_remote_format != NULL ? iface->get_remote_format (fb) : NULL;
}

/**
 * vnc_framebuffer_perfect_format_match:
 * @fb: a framebuffer
 *
 * Tells whether the local and the remote format are the same, so that pixels are copied as they are.
 *
 * Returns: whether they are the same
 */
gboolean
vnc_framebuffer_perfect_format_match (VncFramebuffer *fb)
{
  VncFramebufferInterface *iface;

  g_return_val_if_fail (VNC_IS_FRAMEBUFFER (fb), FALSE);

  iface = VNC_FRAMEBUFFER_GET_INTERFACE (fb);
  return iface->perfect_format_match != NULL ? iface->perfect_format_match (fb) : FALSE;
}

/**
 * vnc_framebuffer_set_pixel_at:
 * @fb: a framebuffer
 * @src: (array): a pixel of the remote format
 * @x: column
 * @y: row
 *
 * Sets one pixel.
 */
void
vnc_framebuffer_set_pixel_at (VncFramebuffer *fb,
                              guint8         *src,
                              guint16         x,
                              guint16         y)
{
  VncFramebufferInterface *iface;
  guint8 padded[FRAMEBUFFER_MAX_PIXEL];

  g_return_if_fail (VNC_IS_FRAMEBUFFER (fb));

  iface = VNC_FRAMEBUFFER_GET_INTERFACE (fb);
  if (iface->set_pixel_at != NULL)
    iface->set_pixel_at (fb, framebuffer_pad_pixel (fb, src, padded), x, y);
}

/**
 * vnc_framebuffer_fill:
 * @fb: a framebuffer
 * @src: (array): a pixel of the remote format
 * @x: left edge
 * @y: upper edge
 * @width: width in pixels
 * @height: height in pixels
 *
 * Sets all pixels of an area to one pixel.
 */
void
vnc_framebuffer_fill (VncFramebuffer *fb,
                      guint8         *src,
                      guint16         x,
                      guint16         y,
                      guint16         width,
                      guint16         height)
{
  VncFramebufferInterface *iface;
  guint8 padded[FRAMEBUFFER_MAX_PIXEL];

  g_return_if_fail (VNC_IS_FRAMEBUFFER (fb));

  iface = VNC_FRAMEBUFFER_GET_INTERFACE (fb);
  if (iface->fill != NULL)
    iface->fill (fb, framebuffer_pad_pixel (fb, src, padded), x, y, width, height);
}

/**
 * vnc_framebuffer_copyrect:
 * @fb: a framebuffer
 * @srcx: left edge of the source
 * @srcy: upper edge of the source
 * @dstx: left edge of the target
 * @dsty: upper edge of the target
 * @width: width in pixels
 * @height: height in pixels
 *
 * Copies an area to another place. The two may overlap; what arrives is what the source was before.
 */
void
vnc_framebuffer_copyrect (VncFramebuffer *fb,
                          guint16         srcx,
                          guint16         srcy,
                          guint16         dstx,
                          guint16         dsty,
                          guint16         width,
                          guint16         height)
{
  VncFramebufferInterface *iface;

  g_return_if_fail (VNC_IS_FRAMEBUFFER (fb));

  iface = VNC_FRAMEBUFFER_GET_INTERFACE (fb);
  if (iface->copyrect != NULL)
    iface->copyrect (fb, srcx, srcy, dstx, dsty, width, height);
}

/**
 * vnc_framebuffer_blt:
 * @fb: a framebuffer
 * @src: pixels of the remote format
 * @rowstride: bytes from one row of @src to the next
 * @x: left edge
 * @y: upper edge
 * @width: width in pixels
 * @height: height in pixels
 *
 * Puts pixels.
 */
void
vnc_framebuffer_blt (VncFramebuffer *fb,
                     guint8         *src,
                     int             rowstride,
                     guint16         x,
                     guint16         y,
                     guint16         width,
                     guint16         height)
{
  VncFramebufferInterface *iface;

  g_return_if_fail (VNC_IS_FRAMEBUFFER (fb));

  iface = VNC_FRAMEBUFFER_GET_INTERFACE (fb);
  if (iface->blt != NULL)
    iface->blt (fb, src, rowstride, x, y, width, height);
}

/**
 * vnc_framebuffer_rgb24_blt:
 * @fb: a framebuffer
 * @src: (array): pixels of three bytes red, green and blue
 * @rowstride: bytes from one row of @src to the next
 * @x: left edge
 * @y: upper edge
 * @width: width in pixels
 * @height: height in pixels
 *
 * Puts pixels that are not in the remote format but three bytes each.
 */
void
vnc_framebuffer_rgb24_blt (VncFramebuffer *fb,
                           guint8         *src,
                           int             rowstride,
                           guint16         x,
                           guint16         y,
                           guint16         width,
                           guint16         height)
{
  VncFramebufferInterface *iface;

  g_return_if_fail (VNC_IS_FRAMEBUFFER (fb));

  iface = VNC_FRAMEBUFFER_GET_INTERFACE (fb);
  if (iface->rgb24_blt != NULL)
    iface->rgb24_blt (fb, src, rowstride, x, y, width, height);
}

/**
 * vnc_framebuffer_set_color_map:
 * @fb: a framebuffer
 * @map: (transfer none): the colours
 *
 * Sets the colours that pixels refer to when the remote format has no true colour.
 *
 * The framebuffer keeps a copy. Libraries before 2.0 declare this function but do not have it.
 */
void
vnc_framebuffer_set_color_map (VncFramebuffer *fb,
                               VncColorMap    *map)
{
  VncFramebufferInterface *iface;

  g_return_if_fail (VNC_IS_FRAMEBUFFER (fb));

  iface = VNC_FRAMEBUFFER_GET_INTERFACE (fb);
  if (iface->set_color_map != NULL)
    iface->set_color_map (fb, map);
}
