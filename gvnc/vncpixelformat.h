/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define VNC_TYPE_PIXEL_FORMAT (vnc_pixel_format_get_type ())

typedef struct _VncPixelFormat VncPixelFormat;

/**
 * VncPixelFormat:
 * @bits_per_pixel: bits that a pixel takes in memory or on the wire: 8, 16 or 32
 * @depth: how many of these bits matter
 * @byte_order: order of the bytes of a pixel, `G_BIG_ENDIAN` (4321) or `G_LITTLE_ENDIAN` (1234)
 * @true_color_flag: 0 when a pixel is an index into a colour map, else non-zero
 * @red_max: largest red value, a power of two less one
 * @green_max: largest green value, a power of two less one
 * @blue_max: largest blue value, a power of two less one
 * @red_shift: by how many bits red is shifted to the left
 * @green_shift: by how many bits green is shifted to the left
 * @blue_shift: by how many bits blue is shifted to the left
 *
 * How the colour of a pixel is stored.
 */
struct _VncPixelFormat {
  guint8  bits_per_pixel;
  guint8  depth;
  guint16 byte_order;
  guint8  true_color_flag;
  guint16 red_max;
  guint16 green_max;
  guint16 blue_max;
  guint8  red_shift;
  guint8  green_shift;
  guint8  blue_shift;
};

GType           vnc_pixel_format_get_type (void);
VncPixelFormat *vnc_pixel_format_new      (void);
VncPixelFormat *vnc_pixel_format_copy     (VncPixelFormat       *format);
void            vnc_pixel_format_free     (VncPixelFormat       *format);
gboolean        vnc_pixel_format_match    (const VncPixelFormat *format,
                                           const VncPixelFormat *other);

G_END_DECLS
