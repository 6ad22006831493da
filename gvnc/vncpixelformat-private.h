/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "vncpixelformat.h"
#include "wire/format.h"

/* The two ways to say a pixel format: the application's (boxed, byte order as a number) and the engine's.
 * What an application made may be nonsense; gvnc_pixel_format_check() tells. */
static inline void
gvnc_pixel_format_from_public (GvncPixelFormat      *format,
                               const VncPixelFormat *other)
{
  *format = (GvncPixelFormat) {
    .bits_per_pixel = other->bits_per_pixel,
    .depth = other->depth,
    .big_endian = other->byte_order == G_BIG_ENDIAN,
    .true_colour = other->true_color_flag != 0,
    .red_max = other->red_max,
    .green_max = other->green_max,
    .blue_max = other->blue_max,
    .red_shift = other->red_shift,
    .green_shift = other->green_shift,
    .blue_shift = other->blue_shift,
  };
}

static inline void
gvnc_pixel_format_to_public (const GvncPixelFormat *format,
                             VncPixelFormat        *other)
{
  *other = (VncPixelFormat) {
    .bits_per_pixel = format->bits_per_pixel,
    .depth = format->depth,
    .byte_order = format->big_endian ? G_BIG_ENDIAN : G_LITTLE_ENDIAN,
    .true_color_flag = format->true_colour ? 1 : 0,
    .red_max = format->red_max,
    .green_max = format->green_max,
    .blue_max = format->blue_max,
    .red_shift = format->red_shift,
    .green_shift = format->green_shift,
    .blue_shift = format->blue_shift,
  };
}
