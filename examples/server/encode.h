/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <zlib.h>

#include "pixel.h"

/* Encodings and pseudo-encodings: RFC 6143 section 7.7 and 7.8, and the community's list. */
enum {
  DEMO_ENCODING_RAW = 0,
  DEMO_ENCODING_COPYRECT = 1,
  DEMO_ENCODING_RRE = 2,
  DEMO_ENCODING_CORRE = 4,
  DEMO_ENCODING_HEXTILE = 5,
  DEMO_ENCODING_ZLIB = 6,
  DEMO_ENCODING_TIGHT = 7,
  DEMO_ENCODING_ZLIBHEX = 8,
  DEMO_ENCODING_TRLE = 15,
  DEMO_ENCODING_ZRLE = 16,
  DEMO_ENCODING_ZYWRLE = 17,
  DEMO_ENCODING_JPEG = 21,
  DEMO_ENCODING_TIGHT_PNG = -260,
  DEMO_ENCODING_TIGHT_PLAIN = -317,     /* the client takes rows of Tight that are not compressed */
  DEMO_ENCODING_JPEG_LOW = -32,         /* JPEG quality 0 … 9 */
  DEMO_ENCODING_JPEG_HIGH = -23,
  DEMO_ENCODING_DESKTOP_SIZE = -223,
  DEMO_ENCODING_LAST_RECT = -224,
  DEMO_ENCODING_POINTER_POS = -232,
  DEMO_ENCODING_CURSOR = -239,
  DEMO_ENCODING_XCURSOR = -240,
  DEMO_ENCODING_LEVEL_LOW = -256,       /* compression level 0 … 9 */
  DEMO_ENCODING_LEVEL_HIGH = -247,
  DEMO_ENCODING_POINTER_MOTION = -257,
  DEMO_ENCODING_QEMU_KEY = -258,
  DEMO_ENCODING_AUDIO = -259,
  DEMO_ENCODING_LED_STATE = -261,
  DEMO_ENCODING_DESKTOP_NAME = -307,
  DEMO_ENCODING_EXTENDED_SIZE = -308,
  DEMO_ENCODING_XVP = -309,
  DEMO_ENCODING_FENCE = -312,
  DEMO_ENCODING_CONTINUOUS = -313,
  DEMO_ENCODING_ALPHA_CURSOR = -314,
  DEMO_ENCODING_BUTTONS = -316,
  DEMO_ENCODING_FINE_LOW = -512,        /* JPEG quality 0 … 100 */
  DEMO_ENCODING_FINE_HIGH = -412,
  DEMO_ENCODING_SUBSAMPLING_1X = -768,
  DEMO_ENCODING_SUBSAMPLING_4X = -767,
  DEMO_ENCODING_SUBSAMPLING_2X = -766,
  DEMO_ENCODING_SUBSAMPLING_GREY = -765,
  DEMO_ENCODING_SUBSAMPLING_8X = -764,
  DEMO_ENCODING_SUBSAMPLING_16X = -763,
  DEMO_ENCODING_VMWARE_CURSOR = 0x574d5664,
  DEMO_ENCODING_VMWARE_CURSOR_STATE = 0x574d5665,
  DEMO_ENCODING_VMWARE_CURSOR_POS = 0x574d5666,
  DEMO_ENCODING_VMWARE_KEY_REPEAT = 0x574d5667,
  DEMO_ENCODING_VMWARE_LEDS = 0x574d5668,
  DEMO_ENCODING_WMVI = 0x574d5669,
  DEMO_ENCODING_CLIPBOARD = (int) 0xc0a1e5ce,
  DEMO_ENCODING_VMWARE_STATE = 0x574d566a,
  DEMO_ENCODING_KEYBOARD_LEDS = -0x20000,
  DEMO_ENCODING_SUPPORTED_MESSAGES = -0x1ffff,
  DEMO_ENCODING_SUPPORTED_ENCODINGS = -0x1fffe,
  DEMO_ENCODING_SERVER_IDENTITY = -0x1fffd,
};

typedef enum {
  DEMO_TIGHT_AUTO,
  DEMO_TIGHT_FILL,
  DEMO_TIGHT_COPY,
  DEMO_TIGHT_PALETTE,
  DEMO_TIGHT_GRADIENT,
  DEMO_TIGHT_JPEG,
} DemoTightMode;

/* No rectangle has more pixels than this; so what one rectangle adds to a client's buffer has a bound. */
#define DEMO_TILE_PIXELS 65536
#define DEMO_TILE_WIDTH 2048

/* Of JPEG, for who asks for no quality. */
#define DEMO_JPEG_DEFAULT_QUALITY 75

/* What is to be encoded: one rectangle's pixel values and, for JPEG, its colours 0x00RRGGBB. */
typedef struct {
  guint width, height;
  const guint32 *values;
  const guint32 *rgb;
} DemoTile;

/* A zlib stream that lives as long as its connection. */
typedef struct {
  z_stream z;
  gboolean ready;
  guint uses;
} DemoDeflate;

typedef struct {
  DemoFormat format;
  int jpeg_step;                /* JPEG quality 0 … 9 as the client asks for it, or -1 */
  int jpeg_percent;             /* likewise 0 … 100; it counts more than the other */
  int jpeg_subsampling;         /* an encoding above, or -1: what suits the quality */
  int level;
  DemoTightMode tight_mode;
  gboolean plain;               /* the client takes rows of Tight that are not compressed */
  DemoDeflate zlib;
  DemoDeflate zlibhex[2];       /* raw tiles, other tiles */
  DemoDeflate zrle;
  DemoDeflate tight[4];
  GByteArray *jpeg_tables;      /* those of the latest picture of the encoding JPEG */
  gpointer jpeg;                /* TurboJPEG's handle, made when first needed */
} DemoEncoder;

/* Counts the different values among some pixels, up to a limit. */
typedef struct {
  guint n;
  guint32 values[256];
  guint slots[1024];            /* index + 1 of a value, by hash */
} DemoPalette;

gboolean demo_palette_collect (DemoPalette *palette, const DemoTile *tile,
                               guint x, guint y, guint width, guint height, guint limit);
guint demo_palette_find (const DemoPalette *palette, guint32 value);

void demo_deflate (DemoDeflate *stream, int level, const GByteArray *data, GByteArray *out);
void demo_deflate_end (DemoDeflate *stream);

void demo_encoder_init (DemoEncoder *encoder);
void demo_encoder_clear (DemoEncoder *encoder);
void demo_encoder_tile_size (const DemoEncoder *encoder, int encoding, guint *width, guint *height);
void demo_encode (DemoEncoder *encoder, int encoding, const DemoTile *tile, GByteArray *out);

void demo_encode_raw (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out);
void demo_encode_rre (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out);
void demo_encode_corre (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out);
void demo_encode_zlib (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out);
void demo_encode_zlibhex (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out);
void demo_encode_trle (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out);
void demo_encode_zywrle (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out);
void demo_encode_jpeg (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out);
gboolean demo_encode_tight_png (const DemoTile *tile, GByteArray *out);
void demo_encode_hextile (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out);
void demo_encode_zrle (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out);
void demo_encode_tight (DemoEncoder *encoder, gboolean png, const DemoTile *tile, GByteArray *out);

/* One tile of TRLE or ZRLE; TRLE passes the palette that was sent last, and gets the one that is now. */
void demo_encode_rle_tile (const DemoPixelWriter *writer, const guint32 *pixels, guint width, guint height,
                           DemoPalette *last, GByteArray *out);

/* JPEG's part of a client's list of encodings: none yet, one more, and what it comes to. */
void demo_jpeg_forget (DemoEncoder *encoder);
void demo_jpeg_ask (DemoEncoder *encoder, int encoding);
int demo_jpeg_quality (const DemoEncoder *encoder);             /* 1 … 100, or -1: the client did not ask for JPEG */
char *demo_jpeg_describe (const DemoEncoder *encoder);

/* The picture as a JPEG file, to be freed with tjFree(); NULL when TurboJPEG will not. */
guint8 *demo_jpeg_file (DemoEncoder *encoder, const DemoTile *tile, int quality, unsigned long *len);
gboolean demo_encode_tight_jpeg (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out);
void demo_put_compact (GByteArray *out, gsize len);
