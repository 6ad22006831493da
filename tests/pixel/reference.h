/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "decoders/canvas.h"

/* Slow and obvious: what conversions are compared with. Nothing here is shared with pixel/convert.c. */

typedef struct {
  guint32 value[3];  /* red, green, blue */
  guint32 max[3];
} Colour;

/* Names of formats are their channels from the highest bit to the lowest one, and the order of bytes. */
typedef struct {
  const char      *name;
  GvncPixelFormat  format;
} NamedFormat;

extern const NamedFormat reference_formats[];
extern const guint       reference_n_formats;

const GvncPixelFormat *reference_format (const char *name);

guint32 reference_load   (const guint8 *bytes,
                          guint         size,
                          gboolean      big_endian);
void    reference_store  (guint8       *bytes,
                          guint         size,
                          gboolean      big_endian,
                          guint32       value);
/* @colours as of gvnc_converter_init(). */
Colour  reference_colour (const GvncPixelFormat *format,
                          guint32                value,
                          const guint16         *colours,
                          guint                  n_colours);
guint32 reference_value  (const GvncPixelFormat *format,
                          const Colour          *colour);
/* 0x00RRGGBB */
guint32 reference_rgb    (const Colour          *colour);
