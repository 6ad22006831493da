/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "formats.h"

#include "decoders/decoder.h"
#include "painter.h"
#include "vncbaseframebuffer.h"
#include "vncpixelformat-private.h"
#include "wire/rfb.h"

/* Every encoding with every pixel format: each of its sub-encodings, or, where a format rules one out, the error. The
 * rectangles of a case are one session: streams and tables go on from row to row. Each session is run twice: with all
 * bytes of a rectangle there at once, and byte by byte. After each rectangle the whole framebuffer is compared. */

#define WIDTH   83
#define HEIGHT  71
#define TRAILER 16      /* bytes of the next rectangle, not the decoder's to touch */

#define RGB(bits, depth, big, red, green, blue, red_at, green_at, blue_at) \
  { bits, depth, big, TRUE, red, green, blue, red_at, green_at, blue_at }

static const FormatsFormat formats[] = {
  { "8-map", { .bits_per_pixel = 8, .depth = 8 } },
  { "8-rgb332", RGB (8, 8, FALSE, 7, 7, 3, 5, 2, 0) },
  { "8-bgr233", RGB (8, 8, FALSE, 7, 7, 3, 0, 3, 6) },
  { "16-map-le", { .bits_per_pixel = 16, .depth = 16 } },
  { "16-map-be", { .bits_per_pixel = 16, .depth = 16, .big_endian = TRUE } },
  { "16-rgb565-le", RGB (16, 16, FALSE, 31, 63, 31, 11, 5, 0) },
  { "16-rgb565-be", RGB (16, 16, TRUE, 31, 63, 31, 11, 5, 0) },
  { "16-bgr565-le", RGB (16, 16, FALSE, 31, 63, 31, 0, 5, 11) },
  { "16-bgr565-be", RGB (16, 16, TRUE, 31, 63, 31, 0, 5, 11) },
  { "16-rgb555-le", RGB (16, 15, FALSE, 31, 31, 31, 10, 5, 0) },
  { "16-rgb555-be", RGB (16, 15, TRUE, 31, 31, 31, 10, 5, 0) },
  { "32-xrgb-le", RGB (32, 24, FALSE, 255, 255, 255, 16, 8, 0) },
  { "32-xrgb-be", RGB (32, 24, TRUE, 255, 255, 255, 16, 8, 0) },
  { "32-xbgr-le", RGB (32, 24, FALSE, 255, 255, 255, 0, 8, 16) },
  { "32-xbgr-be", RGB (32, 24, TRUE, 255, 255, 255, 0, 8, 16) },
  { "32-rgbx-le", RGB (32, 24, FALSE, 255, 255, 255, 24, 16, 8) },
  { "32-rgbx-be", RGB (32, 24, TRUE, 255, 255, 255, 24, 16, 8) },
  { "32-bgrx-le", RGB (32, 24, FALSE, 255, 255, 255, 8, 16, 24) },
  { "32-bgrx-be", RGB (32, 24, TRUE, 255, 255, 255, 8, 16, 24) },
  /* four bytes a CPIXEL, three a TPIXEL */
  { "32-apart-le", RGB (32, 24, FALSE, 255, 255, 255, 24, 8, 0) },
  { "32-apart-be", RGB (32, 24, TRUE, 255, 255, 255, 24, 8, 0) },
  /* three bytes a CPIXEL, four a TPIXEL */
  { "32-depth32-le", RGB (32, 32, FALSE, 255, 255, 255, 16, 8, 0) },
  { "32-depth32-be", RGB (32, 32, TRUE, 255, 255, 255, 16, 8, 0) },
  /* four bytes a CPIXEL and a TPIXEL */
  { "32-rgb30-le", RGB (32, 30, FALSE, 1023, 1023, 1023, 20, 10, 0) },
  { "32-rgb30-be", RGB (32, 30, TRUE, 1023, 1023, 1023, 20, 10, 0) },
  /* three bytes a CPIXEL, four a TPIXEL; the first's bits are in the lower three and in the higher three */
  { "32-depth16-le", RGB (32, 16, FALSE, 31, 63, 31, 19, 13, 8) },
  { "32-depth16-be", RGB (32, 16, TRUE, 31, 63, 31, 11, 5, 0) },
};

/* --- sub-encodings --- */

static const FormatsRow raw_rows[] = {
  { "pixels", formats_encode_raw },
  { "one pixel", formats_encode_raw, .width = 1, .height = 1 },
  { "the whole desktop", formats_encode_raw, .width = WIDTH, .height = HEIGHT },
};

static const FormatsRow copyrect_rows[] = {
  { "the picture", formats_encode_raw, .width = WIDTH, .height = HEIGHT, .is_raw = TRUE },
  { "itself", formats_encode_copyrect, 0 },
  { "from below, overlapping", formats_encode_copyrect, 1 },
  { "from the left, overlapping", formats_encode_copyrect, 2 },
  { "from above, overlapping", formats_encode_copyrect, 3 },
  { "upwards and from the left", formats_encode_copyrect, 4 },
  { "from the far corner", formats_encode_copyrect, 5, .width = 9, .height = 9 },
};

static const FormatsRow rre_rows[] = {
  { "background alone", formats_encode_rre, .n_colours = 1 },
  { "two colours", formats_encode_rre, .n_colours = 2 },
  { "many colours", formats_encode_rre, .n_colours = 40 },
  { "squares", formats_encode_rre, .n_colours = 5, .side = 6 },
};

static const FormatsRow corre_rows[] = {
  { "background alone", formats_encode_corre, .n_colours = 1 },
  { "two colours", formats_encode_corre, .n_colours = 2 },
  { "many colours", formats_encode_corre, .n_colours = 40 },
  { "squares", formats_encode_corre, .n_colours = 5, .side = 6 },
};

#define HEXTILE_ROWS(how, called) \
  { called "raw", formats_encode_hextile, HEX_RAW | (how) }, \
  { called "background in each tile", formats_encode_hextile, HEX_BACKGROUND | (how), 3, 16 }, \
  { called "background kept", formats_encode_hextile, how, 1 }, \
  { called "background and foreground in each tile", formats_encode_hextile, \
    HEX_BACKGROUND | HEX_FOREGROUND | (how), 2 }, \
  { called "background kept, foreground in each tile", formats_encode_hextile, HEX_FOREGROUND | (how), 2 }, \
  { called "background in each tile, foreground kept", formats_encode_hextile, HEX_BACKGROUND | (how), 2, 5 }, \
  { called "background and foreground kept", formats_encode_hextile, how, 2 }, \
  { called "coloured subrectangles", formats_encode_hextile, HEX_BACKGROUND | HEX_COLOURED | (how), 30 }, \
  { called "coloured subrectangles, background kept", formats_encode_hextile, HEX_COLOURED | (how), 30, 3 }, \
  { called "kinds in turns", formats_encode_hextile, HEX_MIXED | (how), 2 }

static const FormatsRow hextile_rows[] = {
  HEXTILE_ROWS (0, ""),
};

static const FormatsRow zlibhex_rows[] = {
  HEXTILE_ROWS (0, ""),
  HEXTILE_ROWS (HEX_ZLIB, "compressed: "),
  { "some compressed: raw", formats_encode_hextile, HEX_RAW | HEX_ZLIB_SOME },
  { "some compressed: background and foreground kept", formats_encode_hextile, HEX_ZLIB_SOME, 2 },
  { "some compressed: kinds in turns", formats_encode_hextile, HEX_MIXED | HEX_ZLIB_SOME, 2 },
};

static const FormatsRow zlib_rows[] = {
  { "pixels", formats_encode_zlib },
  { "the stream goes on", formats_encode_zlib, .n_colours = 4 },
  { "one pixel", formats_encode_zlib, .width = 1, .height = 1 },
};

/* Larger than a tile of ZRLE in both directions. */
#define LARGE .width = 67, .height = 66

#define TILE_ROWS(encode) \
  { "solid", encode, TILE_SOLID, 3, 64, LARGE }, \
  { "packed, palette of 2", encode, TILE_PACKED, 2, LARGE }, \
  { "packed, palette of 3", encode, TILE_PACKED, 3, LARGE }, \
  { "packed, palette of 4", encode, TILE_PACKED, 4 }, \
  { "packed, palette of 5", encode, TILE_PACKED, 5, LARGE }, \
  { "packed, palette of 16", encode, TILE_PACKED, 16 }, \
  { "plain runs", encode, TILE_RUNS, 50, LARGE }, \
  { "plain runs of one", encode, TILE_RUNS, 0 }, \
  { "runs of a palette of 2", encode, TILE_PALETTE_RUNS, 2, LARGE }, \
  { "runs of a palette of 17", encode, TILE_PALETTE_RUNS, 17 }, \
  { "runs of a palette of 127", encode, TILE_PALETTE_RUNS, 127, LARGE }

static const FormatsRow trle_rows[] = {
  { "raw", formats_encode_trle, TILE_RAW },
  TILE_ROWS (formats_encode_trle),
  { "kinds in turns", formats_encode_trle, TILE_MIXED, 9, LARGE },
  { "palette of 2 kept", formats_encode_trle, TILE_REUSE, 2 },
  { "palette of 4 kept", formats_encode_trle, TILE_REUSE, 4 },
  { "palette of 16 kept", formats_encode_trle, TILE_REUSE, 16, LARGE },
  { "palette of 17 kept", formats_encode_trle, TILE_REUSE_RUNS, 17 },
  { "palette of 127 kept", formats_encode_trle, TILE_REUSE_RUNS, 127, LARGE },
};

static const FormatsRow zrle_rows[] = {
  { "raw", formats_encode_zrle, TILE_RAW, LARGE },
  TILE_ROWS (formats_encode_zrle),
  { "kinds in turns", formats_encode_zrle, TILE_MIXED, 9, LARGE },
};

static const FormatsRow zywrle_rows[] = {
  TILE_ROWS (formats_encode_zrle),
  { "raw where there is no wavelet", formats_encode_zrle, TILE_RAW, LARGE, .use = FOR_NO_WAVELET },
  { "raw there, whatever the quality", formats_encode_zrle, TILE_RAW, .use = FOR_NO_WAVELET, .quality = 1 },
  { "wavelet of one level", formats_encode_zywrle, TILE_RAW, LARGE, .use = FOR_WAVELET },
  { "wavelet of one level by quality", formats_encode_zywrle, TILE_RAW, .use = FOR_WAVELET, .quality = 10 },
  { "wavelet of two levels", formats_encode_zywrle, TILE_RAW, LARGE, .use = FOR_WAVELET, .quality = 5 },
  { "wavelet of three levels", formats_encode_zywrle, TILE_RAW, LARGE, .use = FOR_WAVELET, .quality = 2 },
  { "wavelet in runs", formats_encode_zywrle, TILE_RUNS, LARGE, .use = FOR_WAVELET, .quality = 5 },
  { "no wavelet after it", formats_encode_zrle, TILE_PACKED, 7 },
};

#define TIGHT_FILLS \
  { "fill", formats_encode_tight, TIGHT_FILL, 1 }, \
  { "fill of one pixel", formats_encode_tight, TIGHT_FILL, 1, .width = 1, .height = 1 }

#define TIGHT_SHORT(plain) \
  { "copy of less than 12 bytes", formats_encode_tight, TIGHT_COPY, .is_plain = plain, .least_len = 11 }, \
  { "copy of 12 bytes", formats_encode_tight, TIGHT_COPY, .is_plain = plain, .least_len = 12 }, \
  { "named copy of less than 12 bytes", formats_encode_tight, TIGHT_COPY_NAMED, .is_plain = plain, .least_len = 11 }, \
  { "palette of 2, less than 12 bytes", formats_encode_tight, TIGHT_PALETTE, 2, .is_plain = plain, \
    .width = 13, .height = 5 }, \
  { "palette of 2, 12 bytes", formats_encode_tight, TIGHT_PALETTE, 2, .is_plain = plain, .width = 13, .height = 6 }, \
  { "palette of 5, 11 bytes", formats_encode_tight, TIGHT_PALETTE, 5, .is_plain = plain, .width = 11, .height = 1 }, \
  { "gradient of less than 12 bytes", formats_encode_tight, TIGHT_GRADIENT, .is_plain = plain, .least_len = 11, \
    .use = FOR_GRADIENT }

static const FormatsRow tight_rows[] = {
  TIGHT_FILLS,
  { "copy", formats_encode_tight, TIGHT_COPY },
  { "copy, stream goes on", formats_encode_tight, TIGHT_COPY, 5 },
  { "named copy, stream 1", formats_encode_tight, TIGHT_COPY_NAMED, .stream = 1 },
  { "palette of 2, stream 2", formats_encode_tight, TIGHT_PALETTE, 2, .stream = 2 },
  { "palette of 3, stream 3", formats_encode_tight, TIGHT_PALETTE, 3, .stream = 3 },
  { "palette of 256, stream goes on", formats_encode_tight, TIGHT_PALETTE, 256, .stream = 3, .width = 61, .height = 43 },
  { "gradient", formats_encode_tight, TIGHT_GRADIENT, .stream = 1, .use = FOR_GRADIENT },
  { "gradient of few colours", formats_encode_tight, TIGHT_GRADIENT, 6, .stream = 1, .use = FOR_GRADIENT },
  TIGHT_SHORT (FALSE),
  { "copy, stream anew", formats_encode_tight, TIGHT_COPY, .resets = 1 << 0 },
  { "palette of 2, stream anew", formats_encode_tight, TIGHT_PALETTE, 2, .stream = 2, .resets = 1 << 2 },
  { "palette of 9, all streams anew", formats_encode_tight, TIGHT_PALETTE, 9, .stream = 3, .resets = 15 },
  { "gradient, another stream anew", formats_encode_tight, TIGHT_GRADIENT, .stream = 1, .resets = 1 << 3,
    .use = FOR_GRADIENT },
  { "fill, streams anew", formats_encode_tight, TIGHT_FILL, 1, .resets = 1 << 0 | 1 << 3 },
  { "copy after it", formats_encode_tight, TIGHT_COPY, .stream = 3 },
  { "gradient where it may not be", formats_encode_tight, TIGHT_GRADIENT, .use = FOR_NO_GRADIENT,
    .error = "Tight: gradient filter with pixels of * bits*" },
};

static const FormatsRow tight_plain_rows[] = {
  { "copy", formats_encode_tight, TIGHT_COPY, .is_plain = TRUE },
  { "named copy", formats_encode_tight, TIGHT_COPY_NAMED, .is_plain = TRUE },
  { "palette of 2", formats_encode_tight, TIGHT_PALETTE, 2, .is_plain = TRUE },
  { "palette of 3", formats_encode_tight, TIGHT_PALETTE, 3, .is_plain = TRUE },
  { "palette of 256", formats_encode_tight, TIGHT_PALETTE, 256, .is_plain = TRUE },
  { "gradient", formats_encode_tight, TIGHT_GRADIENT, .is_plain = TRUE, .use = FOR_GRADIENT },
  TIGHT_SHORT (TRUE),
  { "with zlib in between", formats_encode_tight, TIGHT_COPY, .stream = 1 },
  { "copy, stream anew", formats_encode_tight, TIGHT_COPY, .is_plain = TRUE, .resets = 1 << 1 },
  { "with zlib after it", formats_encode_tight, TIGHT_COPY, .stream = 1 },
  { "gradient where it may not be", formats_encode_tight, TIGHT_GRADIENT, .is_plain = TRUE, .use = FOR_NO_GRADIENT,
    .error = "Tight: gradient filter with pixels of * bits*" },
};

/* A server may send pictures with 16 and 32 bits only. One that does so with 8 is understood: a picture says what it
 * looks like, whatever the pixel format is. */
static const FormatsRow tight_jpeg_rows[] = {
  { "picture", formats_encode_tight_jpeg, JPEG_COLOURS, .tolerance = 5 },
  { "picture with fewer colours", formats_encode_tight_jpeg, JPEG_HALF_COLOURS, .tolerance = 10 },
  { "grey picture", formats_encode_tight_jpeg, JPEG_GREY, .tolerance = 5 },
  { "copy", formats_encode_tight, TIGHT_COPY, .stream = 2 },
  { "picture, stream anew", formats_encode_tight_jpeg, JPEG_COLOURS, .resets = 1 << 2, .tolerance = 5 },
  { "copy after it", formats_encode_tight, TIGHT_COPY, .stream = 2 },
};

static const FormatsRow jpeg_rows[] = {
  { "picture", formats_encode_jpeg, JPEG_COLOURS, .tolerance = 5 },
  { "tables of the picture before", formats_encode_jpeg, JPEG_NO_TABLES, .tolerance = 5 },
  { "picture with fewer colours", formats_encode_jpeg, JPEG_HALF_COLOURS, .tolerance = 10 },
  { "grey picture", formats_encode_jpeg, JPEG_GREY, .tolerance = 5 },
};

#ifdef HAVE_PNG
static const FormatsRow tight_png_rows[] = {
  TIGHT_FILLS,
  { "PNG", formats_encode_tight_png },
  { "PNG of few colours", formats_encode_tight_png, .n_colours = 3 },
  { "PNG of one pixel", formats_encode_tight_png, .width = 1, .height = 1 },
  { "JPEG", formats_encode_tight_jpeg, JPEG_COLOURS, .tolerance = 5 },
  { "copy, as libvncserver sends with 8 bits", formats_encode_tight, TIGHT_COPY, .use = FOR_8_BITS },
  { "PNG, stream anew", formats_encode_tight_png, .resets = 1 << 0 },
  { "copy after it", formats_encode_tight, TIGHT_COPY, .use = FOR_8_BITS },
};
#endif

typedef struct {
  const char       *name;
  gint32            encoding;
  const FormatsRow *rows;
  guint             n_rows;
} Encoding;

static const Encoding encodings[] = {
  { "raw", GVNC_RFB_ENCODING_RAW, raw_rows, G_N_ELEMENTS (raw_rows) },
  { "copyrect", GVNC_RFB_ENCODING_COPYRECT, copyrect_rows, G_N_ELEMENTS (copyrect_rows) },
  { "rre", GVNC_RFB_ENCODING_RRE, rre_rows, G_N_ELEMENTS (rre_rows) },
  { "corre", GVNC_RFB_ENCODING_CORRE, corre_rows, G_N_ELEMENTS (corre_rows) },
  { "hextile", GVNC_RFB_ENCODING_HEXTILE, hextile_rows, G_N_ELEMENTS (hextile_rows) },
  { "zlib", GVNC_RFB_ENCODING_ZLIB, zlib_rows, G_N_ELEMENTS (zlib_rows) },
  { "tight", GVNC_RFB_ENCODING_TIGHT, tight_rows, G_N_ELEMENTS (tight_rows) },
  { "tight-without-zlib", GVNC_RFB_ENCODING_TIGHT, tight_plain_rows, G_N_ELEMENTS (tight_plain_rows) },
  { "tight-jpeg", GVNC_RFB_ENCODING_TIGHT, tight_jpeg_rows, G_N_ELEMENTS (tight_jpeg_rows) },
#ifdef HAVE_PNG
  { "tight-png", GVNC_RFB_ENCODING_TIGHT_PNG, tight_png_rows, G_N_ELEMENTS (tight_png_rows) },
#endif
  { "zlibhex", GVNC_RFB_ENCODING_ZLIBHEX, zlibhex_rows, G_N_ELEMENTS (zlibhex_rows) },
  { "trle", GVNC_RFB_ENCODING_TRLE, trle_rows, G_N_ELEMENTS (trle_rows) },
  { "zrle", GVNC_RFB_ENCODING_ZRLE, zrle_rows, G_N_ELEMENTS (zrle_rows) },
  { "zywrle", GVNC_RFB_ENCODING_ZYWRLE, zywrle_rows, G_N_ELEMENTS (zywrle_rows) },
  { "jpeg", GVNC_RFB_ENCODING_JPEG, jpeg_rows, G_N_ELEMENTS (jpeg_rows) },
};

/* --- the client: a decoder, the painter, a framebuffer --- */

typedef struct {
  FormatsServer   server;
  guint32         pixels[WIDTH * HEIGHT];   /* the framebuffer's memory, 0xXXRRGGBB */
  VncFramebuffer *framebuffer;              /* owned */
  GvncPainter    *painter;                  /* owned */
  GvncDecoder    *decoder;                  /* owned */
  GvncDecoder    *raw;                      /* owned */
} Client;

static Client *
client_new (const Encoding      *encoding,
            const FormatsFormat *format)
{
  const GvncPixelFormat host = RGB (32, 24, G_BYTE_ORDER == G_BIG_ENDIAN, 255, 255, 255, 16, 8, 0);
  Client *client = g_new0 (Client, 1);
  VncPixelFormat local, remote;

  formats_server_init (&client->server, &format->pixel, WIDTH, HEIGHT);
  gvnc_pixel_format_to_public (&host, &local);
  gvnc_pixel_format_to_public (&format->pixel, &remote);
  client->framebuffer = VNC_FRAMEBUFFER (vnc_base_framebuffer_new ((guint8 *) client->pixels, WIDTH, HEIGHT,
                                                                   WIDTH * 4, &local, &remote));
  client->painter = gvnc_painter_new ();
  gvnc_painter_set_framebuffer (client->painter, client->framebuffer);
  gvnc_painter_set_format (client->painter, &format->pixel);
  if (!format->pixel.true_colour)
    gvnc_painter_set_colours (client->painter, 0, client->server.n_map, client->server.map);
  client->decoder = gvnc_decoder_new (encoding->encoding);
  client->raw = gvnc_decoder_new (GVNC_RFB_ENCODING_RAW);
  return client;
}

static void
client_free (Client *client)
{
  gvnc_decoder_free (client->decoder);
  gvnc_decoder_free (client->raw);
  gvnc_painter_free (client->painter);
  g_object_unref (client->framebuffer);
  formats_server_clear (&client->server);
  g_free (client);
}

static void
client_draw (Client           *client,
             const GvncCanvas *canvas)
{
  for (guint i = 0; i < canvas->n_ops; i++)
    for (guint row = 0; !gvnc_painter_draw (client->painter, &canvas->ops[i], &row, WIDTH * HEIGHT);)
      ;
}

/* Feeds one rectangle and something behind it, @step bytes at a time; says how many were used. */
static gsize
client_feed (Client            *client,
             const FormatsRow  *row,
             const GvncRect    *rect,
             const GByteArray  *wire,
             gsize              step,
             GError           **error)
{
  GvncDecoder *decoder = row->is_raw ? client->raw : client->decoder;
  const gsize len = wire->len + TRAILER;
  g_autofree guint8 *bytes = g_malloc (len);
  gsize there = MIN (step, len), used = 0, want;
  gboolean is_ok = TRUE;
  GvncBlock *input;

  memcpy (bytes, wire->data, wire->len);
  memset (bytes + wire->len, 0xee, TRAILER);
  decoder->quality = row->quality - 1;
  if (!gvnc_decoder_begin (decoder, rect, WIDTH, HEIGHT, &client->server.format, error))
    return 0;
  input = gvnc_block_new (1);
  while ((want = gvnc_decoder_want (decoder)) > 0) {
    GvncCanvas canvas;
    GvncReader in;

    if (there - used < want) {
      if (there == len)
        g_error ("%s: %zu bytes more are wanted behind %zu, but the rectangle has %u", row->name, want, used, wire->len);
      there = MIN (there + step, len);
      continue;
    }
    gvnc_canvas_init (&canvas);
    gvnc_canvas_set_input (&canvas, input);
    in = gvnc_reader_init (bytes + used, there - used);
    is_ok = gvnc_decoder_take (decoder, &in, &canvas, error);
    g_assert_false (in.overrun);
    used = (gsize) (in.pos - bytes);
    client_draw (client, &canvas);
    gvnc_canvas_clear (&canvas);
    if (!is_ok)
      break;
  }
  gvnc_block_unref (input);
  return used;
}

static gboolean
client_is_near (guint32 shown,
                guint32 meant,
                guint   tolerance)
{
  for (guint shift = 0; shift < 24; shift += 8)
    if (ABS ((gint) (shown >> shift & 255) - (gint) (meant >> shift & 255)) > (gint) tolerance)
      return FALSE;
  return TRUE;
}

/* Compares the framebuffer with the desktop, in which the rectangle is new. */
static void
client_compare (Client             *client,
                const FormatsRow   *row,
                const FormatsImage *image)
{
  const GvncRect *rect = &image->rect;
  guint32 *desktop = client->server.desktop;

  for (guint y = 0; y < rect->height; y++)
    memcpy (desktop + (rect->y + y) * WIDTH + rect->x, image->colours + y * rect->width, rect->width * sizeof (guint32));
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++) {
      const guint32 shown = client->pixels[y * WIDTH + x] & 0xffffff;
      const gboolean is_new = x >= rect->x && y >= rect->y && x < (guint) rect->x + rect->width &&
                              y < (guint) rect->y + rect->height;

      if (!client_is_near (shown, desktop[y * WIDTH + x], is_new ? row->tolerance : 0))
        g_error ("%s: pixel %u,%u is %06x, not %06x; the rectangle is %u×%u at %u,%u", row->name, x, y, shown,
                 desktop[y * WIDTH + x], rect->width, rect->height, rect->x, rect->y);
      desktop[y * WIDTH + x] = shown;
    }
}

static gsize
client_run_row (Client           *client,
                const FormatsRow *row,
                gsize             step)
{
  g_autoptr (GByteArray) wire = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  FormatsImage image;
  gsize used;

  formats_image_init (&image, &client->server, row);
  row->encode (&client->server, row, &image, wire);
  used = client_feed (client, row, &image.rect, wire, step, &error);
  if (row->error != NULL) {
    if (error == NULL || !g_pattern_match_simple (row->error, error->message))
      g_error ("%s: “%s”, not an error like “%s”", row->name, error != NULL ? error->message : "no error",
               row->error);
  } else {
    if (error != NULL)
      g_error ("%s: %s", row->name, error->message);
    if (used != wire->len)
      g_error ("%s: %zu bytes were used of %u", row->name, used, wire->len);
    client_compare (client, row, &image);
  }
  formats_image_clear (&image);
  return wire->len;
}

/* --- cases --- */

typedef struct {
  const Encoding      *encoding;
  const FormatsFormat *format;
} Case;

static void
case_run (gconstpointer data)
{
  const Case *self = data;
  const gsize steps[] = { G_MAXSIZE / 2, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    Client *client = client_new (self->encoding, self->format);
    guint n_rows = 0;
    gsize n_bytes = 0;

    for (guint j = 0; j < self->encoding->n_rows; j++)
      if (formats_row_is_for (&client->server, &self->encoding->rows[j])) {
        n_bytes += client_run_row (client, &self->encoding->rows[j], steps[i]);
        n_rows++;
      }
    g_test_message ("%u sub-encodings, %zu bytes%s", n_rows, n_bytes, steps[i] == 1 ? ", byte by byte" : "");
    client_free (client);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    for (guint j = 0; j < G_N_ELEMENTS (formats); j++) {
      g_autofree char *path = g_strdup_printf ("/formats/%s/%s", encodings[i].name, formats[j].name);
      Case *self = g_new (Case, 1);

      *self = (Case) { &encodings[i], &formats[j] };
      g_test_add_data_func_full (path, self, case_run, g_free);
    }
  return g_test_run ();
}
