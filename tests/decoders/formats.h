/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "wire/format.h"
#include "wire/rect.h"

#include <zlib.h>

/* A server that encodes pictures of any pixel format, written from RFC 6143 and the community's specification (rfbproto)
 * alone: of what it checks it shares no more than the structure that holds a pixel format.
 *
 * A picture is made of pixel values, so that every bit of a format is seen; next to each is the colour it stands for,
 * which is what the client's framebuffer must show. */

typedef struct {
  const char            *name;
  GvncPixelFormat        pixel;
} FormatsFormat;

/* Which formats a row is for. */
typedef enum {
  FOR_ALL,
  FOR_GRADIENT,        /* true colour of 16 or 32 bits */
  FOR_NO_GRADIENT,     /* the others */
  FOR_WAVELET,         /* where ZYWRLE says how its coefficients lie in a pixel */
  FOR_NO_WAVELET,      /* where it sends no coefficients: 8 bits, colour maps */
  FOR_8_BITS,
} FormatsUse;

typedef struct FormatsServer FormatsServer;
typedef struct FormatsRow    FormatsRow;

typedef struct {
  GvncRect  rect;
  guint32  *values;      /* pixels in the format */
  guint32  *colours;     /* 0xRRGGBB: what they must look like */
  guint8   *indices;     /* in palette, when it has any */
  guint32   palette[256];
  guint     n_palette;
} FormatsImage;

/* Appends the bytes behind a rectangle's header; may change the colours that are to be shown. */
typedef void (*FormatsEncode) (FormatsServer    *server,
                               const FormatsRow *row,
                               FormatsImage     *image,
                               GByteArray       *wire);

/* One sub-encoding. */
struct FormatsRow {
  const char    *name;
  FormatsEncode  encode;
  guint          kind;        /* for encode; see the kinds below */
  guint          n_colours;   /* of the picture; 0: each pixel is another one */
  guint          side;        /* the picture is made of squares of that side; 0: of short and long runs */
  FormatsUse     use;
  guint          width;       /* of the rectangle; 0: one that no tile's side divides */
  guint          height;
  guint          stream;      /* Tight */
  guint          resets;      /* Tight: streams to start anew, a bit each */
  gboolean       is_plain;    /* Tight: without zlib */
  guint          least_len;   /* Tight: as wide as so many bytes of pixels take, in one line */
  gint           quality;     /* of JPEG that the client asked for, plus one */
  guint          tolerance;   /* by how much a channel may differ */
  gboolean       is_raw;      /* sent as Raw, whatever the encoding is */
  const char    *error;       /* glob; the last row of a run */
};

struct FormatsServer {
  GvncPixelFormat  format;
  guint            size;              /* bytes of a pixel */
  guint32          mask;              /* bits of a pixel that mean something */
  guint16         *map;               /* owned; the colour map, as large as a pixel can say; NULL with true colour */
  guint            n_map;
  guint32          random;
  z_stream         streams[4];
  gboolean         started[4];
  guint            width;             /* of the desktop */
  guint            height;
  guint32         *desktop;           /* owned; what the client must show */
};

/* --- formats-wire.c: pixels, pictures, zlib --- */

void    formats_server_init   (FormatsServer         *server,
                               const GvncPixelFormat *format,
                               guint                  width,
                               guint                  height);
void    formats_server_clear  (FormatsServer         *server);
guint32 formats_random        (FormatsServer         *server);
/* The colour of a pixel value, 0xRRGGBB. */
guint32 formats_colour        (const FormatsServer   *server,
                               guint32                value);
gboolean formats_has_tpixel   (const FormatsServer   *server);
gboolean formats_row_is_for   (const FormatsServer   *server,
                               const FormatsRow      *row);

void    formats_image_init    (FormatsImage          *image,
                               FormatsServer         *server,
                               const FormatsRow      *row);
void    formats_image_clear   (FormatsImage          *image);

void    formats_put_u8        (GByteArray            *wire,
                               guint                  value);
void    formats_put_u16       (GByteArray            *wire,
                               guint                  value);
void    formats_put_u32       (GByteArray            *wire,
                               guint32                value);
/* With anything in the bits that belong to no colour. */
void    formats_put_pixel     (FormatsServer         *server,
                               GByteArray            *wire,
                               guint32                value);
void    formats_put_cpixel    (FormatsServer         *server,
                               GByteArray            *wire,
                               guint32                value);
void    formats_put_tpixel    (FormatsServer         *server,
                               GByteArray            *wire,
                               guint32                value);
/* Appends @plain as the next bytes of a stream, to the last. */
void    formats_deflate       (FormatsServer         *server,
                               guint                  stream,
                               const GByteArray      *plain,
                               GByteArray            *out);
void    formats_reset_stream  (FormatsServer         *server,
                               guint                  stream);

/* --- formats-tiles.c --- */

enum {
  HEX_RAW        = 1 << 0,
  HEX_BACKGROUND = 1 << 1,   /* in each tile; otherwise kept as far as it may be */
  HEX_FOREGROUND = 1 << 2,   /* likewise */
  HEX_COLOURED   = 1 << 3,   /* the subrectangles have colours of their own */
  HEX_MIXED      = 1 << 4,   /* raw, coloured and other tiles take turns */
  HEX_ZLIB       = 1 << 5,   /* ZlibHex: tiles are compressed */
  HEX_ZLIB_SOME  = 1 << 6,   /* ZlibHex: every other tile is */
};

typedef enum {
  TILE_RAW,
  TILE_SOLID,
  TILE_PACKED,
  TILE_RUNS,
  TILE_PALETTE_RUNS,
  TILE_MIXED,               /* the above but solid take turns */
  TILE_REUSE,               /* TRLE: packed; then its palette goes on, in packed tiles and in runs */
  TILE_REUSE_RUNS,          /* TRLE: runs of a palette, which goes on */
} FormatsTile;

void formats_encode_raw      (FormatsServer *server, const FormatsRow *row, FormatsImage *image, GByteArray *wire);
void formats_encode_copyrect (FormatsServer *server, const FormatsRow *row, FormatsImage *image, GByteArray *wire);
void formats_encode_rre      (FormatsServer *server, const FormatsRow *row, FormatsImage *image, GByteArray *wire);
void formats_encode_corre    (FormatsServer *server, const FormatsRow *row, FormatsImage *image, GByteArray *wire);
void formats_encode_hextile  (FormatsServer *server, const FormatsRow *row, FormatsImage *image, GByteArray *wire);
void formats_encode_zlib     (FormatsServer *server, const FormatsRow *row, FormatsImage *image, GByteArray *wire);
void formats_encode_trle     (FormatsServer *server, const FormatsRow *row, FormatsImage *image, GByteArray *wire);
void formats_encode_zrle     (FormatsServer *server, const FormatsRow *row, FormatsImage *image, GByteArray *wire);
/* The pixels of an area, as the tile number @n of a rectangle. */
void formats_put_tile        (FormatsServer *server, FormatsTile kind, const FormatsImage *image, const GvncRect *area,
                              guint n, GByteArray *wire);

/* --- formats-tight.c, formats-zywrle.c --- */

enum {
  TIGHT_COPY,
  TIGHT_COPY_NAMED,         /* with a filter byte */
  TIGHT_PALETTE,
  TIGHT_GRADIENT,
  TIGHT_FILL,
};

enum {
  JPEG_COLOURS,
  JPEG_HALF_COLOURS,        /* 4:2:0 */
  JPEG_GREY,
  JPEG_NO_TABLES,           /* those of the picture before go on */
};

void formats_encode_tight      (FormatsServer *server, const FormatsRow *row, FormatsImage *image, GByteArray *wire);
void formats_encode_tight_jpeg (FormatsServer *server, const FormatsRow *row, FormatsImage *image, GByteArray *wire);
void formats_encode_tight_png  (FormatsServer *server, const FormatsRow *row, FormatsImage *image, GByteArray *wire);
void formats_encode_jpeg       (FormatsServer *server, const FormatsRow *row, FormatsImage *image, GByteArray *wire);
/* kind is FormatsTile of the tiles' inside; the wavelet has as many levels as quality stands for. */
void formats_encode_zywrle     (FormatsServer *server, const FormatsRow *row, FormatsImage *image, GByteArray *wire);
