/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncpixelformat.h"

#include "vncboxed-private.h"

GVNC_DEFINE_BOXED_TYPE (VncPixelFormat, vnc_pixel_format)

/**
 * vnc_pixel_format_new:
 *
 * Makes a pixel format with all fields zero.
 *
 * Returns: (transfer full): a new pixel format
 */
VncPixelFormat *
vnc_pixel_format_new (void)
{
  return g_new0 (VncPixelFormat, 1);
}

/**
 * vnc_pixel_format_copy:
 * @format: a pixel format
 *
 * Copies a pixel format.
 *
 * Returns: (transfer full): the copy
 */
VncPixelFormat *
vnc_pixel_format_copy (VncPixelFormat *format)
{
  VncPixelFormat *copy;

  g_return_val_if_fail (format != NULL, NULL);

  copy = g_new (VncPixelFormat, 1);
  *copy = *format;
  return copy;
}

/**
 * vnc_pixel_format_free:
 * @format: a pixel format
 *
 * Frees a pixel format.
 */
void
vnc_pixel_format_free (VncPixelFormat *format)
{
  g_free (format);
}

/**
 * vnc_pixel_format_match:
 * @format: a pixel format
 * @other: another one
 *
 * Tells whether all fields of two pixel formats are equal.
 *
 * Returns: whether they are
 */
gboolean
vnc_pixel_format_match (const VncPixelFormat *format,
                        const VncPixelFormat *other)
{
  g_return_val_if_fail (format != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  return format->bits_per_pixel == other->bits_per_pixel &&
         format->depth == other->depth &&
         format->byte_order == other->byte_order &&
         format->true_color_flag == other->true_color_flag &&
         format->red_max == other->red_max &&
         format->green_max == other->green_max &&
         format->blue_max == other->blue_max &&
         format->red_shift == other->red_shift &&
         format->green_shift == other->green_shift &&
         format->blue_shift == other->blue_shift;
}
