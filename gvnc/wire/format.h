/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "wire/reader.h"
#include "wire/writer.h"

/* How a pixel looks, without the GObject around it (RFC 6143 section 7.4, PIXEL_FORMAT).
 * The public VncPixelFormat is converted to and from this where the main context meets the engine. */
typedef struct {
  guint8   bits_per_pixel;   /* 8, 16 or 32 */
  guint8   depth;
  gboolean big_endian;       /* order of the bytes of a pixel */
  gboolean true_colour;      /* FALSE: a pixel is an index into the colour map */
  guint16  red_max;          /* each 2^n - 1 */
  guint16  green_max;
  guint16  blue_max;
  guint8   red_shift;
  guint8   green_shift;
  guint8   blue_shift;
} GvncPixelFormat;

#define GVNC_PIXEL_FORMAT_WIRE_LEN 16

static inline guint
gvnc_pixel_format_size (const GvncPixelFormat *format)
{
  return format->bits_per_pixel / 8u;
}

/* Reads the 16 bytes of a PIXEL_FORMAT; fails with a sentence when no decoder could work with it: bits per pixel other
 * than 8, 16 or 32, a maximum that is not 2^n - 1, channels that leave the pixel or overlap.
 * A true-colour flag of any value but 0 is true; with a colour map the maxima and shifts are ignored and zeroed. */
gboolean gvnc_pixel_format_read  (GvncReader            *reader,
                                  GvncPixelFormat       *format,
                                  GError               **error);
/* The check alone, for formats that an application made. */
gboolean gvnc_pixel_format_check (const GvncPixelFormat *format,
                                  GError               **error);
/* Writes the 16 bytes; the padding is zero. */
void     gvnc_pixel_format_write (GvncWriter            *writer,
                                  const GvncPixelFormat *format);
gboolean gvnc_pixel_format_equal (const GvncPixelFormat *a,
                                  const GvncPixelFormat *b);

/* How many bytes a CPIXEL of ZRLE takes (RFC 6143 section 7.7.5): 3 when 32-bit pixels keep all their colour bits in
 * the low or the high three bytes, else as many as a pixel. The depth does not count: libvncserver says 32 and sends
 * three bytes all the same, as other servers would. @offset gets where in the pixel those three bytes start. */
guint    gvnc_pixel_format_cpixel_size (const GvncPixelFormat *format,
                                        guint                 *offset);
/* Whether Tight sends this format as three bytes red, green, blue (TPIXEL): 32 bits per pixel, depth 24, all maxima 255. */
gboolean gvnc_pixel_format_is_tpixel   (const GvncPixelFormat *format);
