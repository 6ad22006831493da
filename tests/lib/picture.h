/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "decoders/canvas.h"

/* A picture that drawing operations are applied to one pixel at a time, with conversions of its own: slow, obvious, and
 * sharing nothing with what it checks. */
typedef struct {
  guint    width;
  guint    height;
  guint32 *pixels;  /* 0x00RRGGBB, or GVNC_PICTURE_INDEX and a colour map index, or GVNC_PICTURE_UNSENT */
} GvncPicture;

#define GVNC_PICTURE_INDEX  0x40000000u
#define GVNC_PICTURE_UNSENT 0xffffffffu

/* Pixel formats to test with. */
extern const GvncPixelFormat gvnc_test_rgb32;       /* bytes blue, green, red, nothing */
extern const GvncPixelFormat gvnc_test_rgb32_big;   /* bytes nothing, red, green, blue */
extern const GvncPixelFormat gvnc_test_rgb32_high;  /* bytes nothing, blue, green, red */
extern const GvncPixelFormat gvnc_test_rgb32_high_big; /* bytes red, green, blue, nothing */
extern const GvncPixelFormat gvnc_test_rgb30;       /* ten bits each, little endian */
extern const GvncPixelFormat gvnc_test_rgb16;       /* 5-6-5, little endian */
extern const GvncPixelFormat gvnc_test_rgb16_big;
extern const GvncPixelFormat gvnc_test_rgb15;       /* 5-5-5, little endian */
extern const GvncPixelFormat gvnc_test_rgb8;        /* blue 2, green 3, red 3 bits from the top */
extern const GvncPixelFormat gvnc_test_map8;        /* colour map */

extern const GvncPixelFormat *const gvnc_test_formats[];
extern const guint                  gvnc_n_test_formats;

void     gvnc_picture_init   (GvncPicture           *picture,
                              guint                  width,
                              guint                  height);
void     gvnc_picture_clear  (GvncPicture           *picture);

/* The colour of the pixel at @bytes. */
guint32  gvnc_picture_colour (const GvncPixelFormat *format,
                              const guint8          *bytes);

/* Applies all operations of @canvas; fails the test when one of them leaves @bounds, or shows what was not drawn. */
void     gvnc_picture_apply  (GvncPicture           *picture,
                              const GvncPixelFormat *format,
                              const GvncCanvas      *canvas,
                              const GvncRect        *bounds);
