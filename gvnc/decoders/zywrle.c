/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/decoder.h"

#include "decoders/zrle.h"
#include "wire/rfb.h"

/* ZYWRLE, by Hitachi; as libvncserver and QEMU send it.
 *   wire:  as ZRLE, with the same zlib stream
 *   tiles: as those of ZRLE, but kind 0 is followed by another whole tile: coefficients of a wavelet in place of pixels
 *
 * How many levels the wavelet has is not sent: it follows from the JPEG quality that the client asked for. Pixels of
 * eight bits and indices into a colour map, which have no mean, have none, and are sent as by ZRLE.
 *
 * The coefficients of a w×h tile, the sides cut to multiples of 2^levels, come in planes, the finest first: of each level
 * those between two pixels in both directions, downwards, to the right; of the last level also the mean. Each plane is
 * row by row. The pixels that the cutting left over follow as they are: the right edge, the bottom edge, the corner.
 * A coefficient is three signed bytes V, Y, U, held like red, green, blue in a pixel. */

#define ZYWRLE_PIXELS (ZRLE_SIDE * ZRLE_SIDE)

/* Where a pixel keeps its three bytes; for 16 bits their highest five or six bits. */
typedef enum { ZYWRLE_32, ZYWRLE_16, ZYWRLE_15 } ZywrleLayout;

typedef struct {
  ZywrleLayout layout;
  guint        shift;    /* ZYWRLE_32: of the lowest of the three bytes */
  guint        size;     /* bytes of a pixel */
  gboolean     swap;     /* the pixel's bytes are not in the order of this machine */
} ZywrlePixels;

typedef struct {
  gint8 v, y, u;
} ZywrleCoefficient;

/* Levels of the wavelet by JPEG quality. */
static guint
zywrle_levels (const GvncDecoder *self)
{
  if (self->pixel_size == 1 || !self->format.true_colour)
    return 0;
  if (self->quality < 0 || self->quality > 5)
    return 1;
  return self->quality < 3 ? 3 : 2;
}

static ZywrlePixels
zywrle_pixels (const GvncPixelFormat *format)
{
  ZywrlePixels px = { ZYWRLE_32, 0, gvnc_pixel_format_size (format), FALSE };
  guint offset;

  px.swap = format->big_endian ? G_BYTE_ORDER == G_LITTLE_ENDIAN : G_BYTE_ORDER == G_BIG_ENDIAN;
  if (px.size == 2)
    px.layout = format->green_max > 31 ? ZYWRLE_16 : ZYWRLE_15;
  else if (gvnc_pixel_format_cpixel_size (format, &offset) == 3)
    px.shift = (offset == 0) == !format->big_endian ? 0 : 8;
  return px;
}

static inline guint32
zywrle_load (const guint8       *p,
             const ZywrlePixels  px)
{
  guint32 value;
  guint16 value16;

  if (px.size == 2) {
    memcpy (&value16, p, 2);
    return px.swap ? GUINT16_SWAP_LE_BE (value16) : value16;
  }
  memcpy (&value, p, 4);
  return px.swap ? GUINT32_SWAP_LE_BE (value) : value;
}

static inline void
zywrle_store (guint8             *p,
              guint32             value,
              const ZywrlePixels  px)
{
  guint16 value16;

  if (px.size == 2) {
    value16 = (guint16) value;
    value16 = px.swap ? GUINT16_SWAP_LE_BE (value16) : value16;
    memcpy (p, &value16, 2);
    return;
  }
  value = px.swap ? GUINT32_SWAP_LE_BE (value) : value;
  memcpy (p, &value, 4);
}

/* The three bytes in a pixel: 0x00RRGGBB. */
static inline guint32
zywrle_unpack (guint32             value,
               const ZywrlePixels  px)
{
  switch (px.layout) {
  case ZYWRLE_16:
    return (value & 0xf800) << 8 | (value & 0x07e0) << 5 | (value & 0x001f) << 3;
  case ZYWRLE_15:
    return (value & 0x7c00) << 9 | (value & 0x03e0) << 6 | (value & 0x001f) << 3;
  case ZYWRLE_32:
  default:
    return value >> px.shift & 0xffffff;
  }
}

static inline guint32
zywrle_pack (guint32             rgb,
             const ZywrlePixels  px)
{
  switch (px.layout) {
  case ZYWRLE_16:
    return (rgb >> 8 & 0xf800) | (rgb >> 5 & 0x07e0) | (rgb >> 3 & 0x001f);
  case ZYWRLE_15:
    return (rgb >> 9 & 0x7c00) | (rgb >> 6 & 0x03e0) | (rgb >> 3 & 0x001f);
  case ZYWRLE_32:
  default:
    return rgb << px.shift;
  }
}

/* Piecewise-linear Haar transform of two signed bytes into two, its own inverse (Senecal and others, "An Improved N-Bit to
 * N-Bit Reversible Haar-Like Transform", 2004). */
static inline void
zywrle_haar (gint8 *low,
             gint8 *high)
{
  const gint a = *low, b = *high;
  gint sum = b, difference = a;

  if ((a < 0) != (b < 0)) {
    sum = a + b;
    if ((sum & 0x80) == (b & 0x80))
      difference = a - sum;
  } else {
    difference = a - b;
    if ((difference & 0x80) == (a & 0x80))
      sum = b + difference;
  }
  *low = (gint8) sum;
  *high = (gint8) difference;
}

static inline void
zywrle_haar_pair (ZywrleCoefficient *low,
                  ZywrleCoefficient *high)
{
  zywrle_haar (&low->v, &high->v);
  zywrle_haar (&low->y, &high->y);
  zywrle_haar (&low->u, &high->u);
}

/* Turns coefficients, each at its place in the picture, into colours of pixels. */
static void
zywrle_inverse (ZywrleCoefficient *c,
                guint              width,
                guint              height,
                guint              levels)
{
  for (guint level = levels; level-- > 0;) {
    const guint step = 1u << level;

    for (guint y = 0; y + step < height; y += 2 * step)
      for (guint x = 0; x < width; x += step)
        zywrle_haar_pair (&c[y * width + x], &c[(y + step) * width + x]);
    for (guint y = 0; y < height; y += step)
      for (guint x = 0; x + step < width; x += 2 * step)
        zywrle_haar_pair (&c[y * width + x], &c[y * width + x + step]);
  }
}

static inline guint32
zywrle_rgb (const ZywrleCoefficient *c)
{
  const gint y = c->y + 128, u = c->u * 2, v = c->v * 2;
  const gint green = y - ((u + v) >> 2);
  const gint blue = u + green, red = v + green;

  return (guint32) CLAMP (red, 0, 255) << 16 | (guint32) CLAMP (green, 0, 255) << 8 | (guint32) CLAMP (blue, 0, 255);
}

/* Copies the pixels of an area that the wavelet leaves out; says where the next follow. */
static const guint8 *
zywrle_copy_area (const guint8   *coded,
                  guint8         *out,
                  guint           out_width,
                  const GvncRect *area,
                  guint           size)
{
  const gsize len = area->width * (gsize) size;

  for (guint y = area->y; y < (guint) area->y + area->height; y++, coded += len)
    memcpy (out + (y * (gsize) out_width + area->x) * size, coded, len);
  return coded;
}

/* Makes the pixels of a tile from its coefficients. */
static void
zywrle_synthesize (const guint8       *coded,
                   guint8             *out,
                   guint               width,
                   guint               height,
                   guint               levels,
                   const ZywrlePixels  px)
{
  const guint w = width & ~((1u << levels) - 1), h = height & ~((1u << levels) - 1);
  const guint8 *p = coded;
  ZywrleCoefficient c[ZYWRLE_PIXELS];
  GvncRect area;

  if (w == 0 || h == 0) {
    memcpy (out, coded, (gsize) width * height * px.size);
    return;
  }

  for (guint level = 0; level < levels; level++) {
    const guint half = 1u << level;

    for (guint plane = 4; plane-- > (level == levels - 1 ? 0u : 1u);)
      for (guint y = (plane & 2) != 0 ? half : 0; y < h; y += 2 * half)
        for (guint x = (plane & 1) != 0 ? half : 0; x < w; x += 2 * half, p += px.size) {
          const guint32 rgb = zywrle_unpack (zywrle_load (p, px), px);

          c[y * w + x] = (ZywrleCoefficient) { (gint8) (rgb >> 16 & 255), (gint8) (rgb >> 8 & 255), (gint8) (rgb & 255) };
        }
  }
  zywrle_inverse (c, w, h, levels);
  for (guint y = 0; y < h; y++)
    for (guint x = 0; x < w; x++)
      zywrle_store (out + (y * (gsize) width + x) * px.size, zywrle_pack (zywrle_rgb (&c[y * w + x]), px), px);

  area = (GvncRect) { (guint16) w, 0, (guint16) (width - w), (guint16) h };
  p = zywrle_copy_area (p, out, width, &area, px.size);
  area = (GvncRect) { 0, (guint16) h, (guint16) w, (guint16) (height - h) };
  p = zywrle_copy_area (p, out, width, &area, px.size);
  area = (GvncRect) { (guint16) w, (guint16) h, (guint16) (width - w), (guint16) (height - h) };
  zywrle_copy_area (p, out, width, &area, px.size);
}

/* A tile of coefficients, whose outer kind was read. */
static TileResult
zywrle_draw_wavelet (const GvncDecoder *self,
                     const TileContext *context,
                     GvncReader        *in,
                     GvncCanvas        *canvas,
                     const GvncRect    *rect,
                     const TilePixels   px,
                     GError           **error)
{
  const guint8 kind = gvnc_reader_u8 (in);
  guint8 coded[ZYWRLE_PIXELS * 4];
  TileResult result;
  guint8 *out;

  if (in->overrun)
    return TILE_CUT;
  result = tile_take (context, in, kind, coded, rect->width, rect->height, px, error);
  if (result != TILE_DONE)
    return result;
  out = gvnc_canvas_alloc (canvas, gvnc_rect_area (rect) * px.size);
  zywrle_synthesize (coded, out, rect->width, rect->height, zywrle_levels (self), zywrle_pixels (&self->format));
  gvnc_canvas_blit (canvas, rect, GVNC_LAYOUT_PIXEL, out, rect->width * (gsize) px.size);
  return TILE_DONE;
}

static gboolean
zywrle_draw (GvncDecoder  *self,
             GvncCanvas   *canvas,
             GError      **error)
{
  ZrleState *zrle = self->state;
  const TilePixels px = tile_pixels (&self->format);
  const gboolean has_wavelet = zywrle_levels (self) > 0;
  GvncRect rect;

  while (zrle_tile_rect (self, zrle, &rect)) {
    GvncReader in = gvnc_reader_init (zrle->window + zrle->start, zrle->end - zrle->start);
    TilePalette palette;
    const TileContext context = { "ZYWRLE", &palette, FALSE };
    TileResult result;

    if (has_wavelet && gvnc_reader_left (&in) > 0 && in.pos[0] == 0) {
      gvnc_reader_u8 (&in);
      result = zywrle_draw_wavelet (self, &context, &in, canvas, &rect, px, error);
    } else {
      result = tile_draw (&context, &in, canvas, &rect, px, error);
    }
    if (result != TILE_DONE)
      return result == TILE_CUT;
    zrle_tile_done (self, zrle, &rect, gvnc_reader_left (&in));
  }
  return TRUE;
}

static gboolean
zywrle_take (GvncDecoder  *self,
             GvncReader   *in,
             GvncCanvas   *canvas,
             GError      **error)
{
  return zrle_take_with (self, in, canvas, zywrle_draw, error);
}

const GvncDecoderType gvnc_decoder_zywrle = {
  .encoding = GVNC_RFB_ENCODING_ZYWRLE,
  .name = "ZYWRLE",
  .shares = &gvnc_decoder_zrle,
  .state_size = sizeof (ZrleState),
  .clear = zrle_clear,
  .begin = zrle_begin,
  .want = zrle_want,
  .take = zywrle_take,
};
