/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pixel/convert.h"

/* A row goes through three short loops, CHUNK pixels at a time so that what is between them stays in the cache nearest
 * to the processor: load reads pixels as numbers, map turns these into numbers of the target's format, store writes
 * them. Numbers of a 32-bit target are made in place. Each loop is plain enough for the compiler to use vectors. */
#define CHUNK 128

/* GCC 12 uses vectors for rows of any length at -O3 only. */
#if defined (__GNUC__) && !defined (__clang__) && defined (__OPTIMIZE__)
#pragma GCC optimize ("O3")
#endif

/* pixels on the wire and in an application's memory have any alignment */
typedef guint16 Pixel16 __attribute__ ((aligned (1), may_alias));
typedef guint32 Pixel32 __attribute__ ((aligned (1), may_alias));

enum {
  LOAD_8,
  LOAD_16,
  LOAD_16_SWAPPED,
  LOAD_24_LITTLE,
  LOAD_24_BIG,
  LOAD_32,
  LOAD_32_SWAPPED,
};

enum {
  MAP_SAME,
  MAP_MASK,       /* channels where they were, other bits as in every pixel */
  MAP_SHIFT,      /* channels as wide as before, elsewhere */
  MAP_SCALE,      /* multiplication fits 32 bits */
  MAP_SCALE_WIDE,
  MAP_TABLE,
};

enum {
  STORE_8,
  STORE_16,
  STORE_16_SWAPPED,
  STORE_24,       /* bytes red, green, blue of 0xRRGGBB */
  STORE_32,
  STORE_32_SWAPPED,
};

static const GvncPixelFormat host_xrgb = {
  .bits_per_pixel = 32, .depth = 24, .big_endian = G_BYTE_ORDER == G_BIG_ENDIAN, .true_colour = TRUE,
  .red_max = 255, .green_max = 255, .blue_max = 255, .red_shift = 16, .green_shift = 8, .blue_shift = 0,
};

/* Three bytes a pixel; four pixels are three words. */
static void
convert_load_24 (const guint8 *restrict source,
                 Pixel32 *restrict      values,
                 gsize                  n,
                 gboolean               big)
{
  gsize i = 0;

  for (; i + 4 <= n; i += 4, source += 12) {
    guint32 words[3];
    guint32 v[4];

    memcpy (words, source, 12);
    words[0] = GUINT32_FROM_LE (words[0]);
    words[1] = GUINT32_FROM_LE (words[1]);
    words[2] = GUINT32_FROM_LE (words[2]);
    v[0] = words[0];
    v[1] = words[0] >> 24 | words[1] << 8;
    v[2] = words[1] >> 16 | words[2] << 16;
    v[3] = words[2] >> 8;
    for (guint k = 0; k < 4; k++)
      values[i + k] = big ? GUINT32_SWAP_LE_BE (v[k]) >> 8 : v[k] & 0xffffff;
  }
  for (; i < n; i++, source += 3)
    values[i] = big ? (guint32) source[0] << 16 | (guint32) source[1] << 8 | source[2]
                    : (guint32) source[2] << 16 | (guint32) source[1] << 8 | source[0];
}

static void
convert_load (guint                  load,
              const guint8 *restrict source,
              Pixel32 *restrict      values,
              gsize                  n)
{
  const Pixel16 *source16 = (const Pixel16 *) source;
  const Pixel32 *source32 = (const Pixel32 *) source;

  switch (load) {
  case LOAD_8:
    for (gsize i = 0; i < n; i++)
      values[i] = source[i];
    break;
  case LOAD_16:
    for (gsize i = 0; i < n; i++)
      values[i] = source16[i];
    break;
  case LOAD_16_SWAPPED:
    for (gsize i = 0; i < n; i++)
      values[i] = (guint16) (source16[i] << 8 | source16[i] >> 8);
    break;
  case LOAD_24_LITTLE:
    convert_load_24 (source, values, n, FALSE);
    break;
  case LOAD_24_BIG:
    convert_load_24 (source, values, n, TRUE);
    break;
  case LOAD_32:
    memcpy (values, source, n * 4);
    break;
  case LOAD_32_SWAPPED:
    for (gsize i = 0; i < n; i++)
      values[i] = GUINT32_SWAP_LE_BE (source32[i]);
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
convert_map (const GvncConverter *converter,
             Pixel32             *values,
             gsize                n)
{
  const GvncChannel red = converter->channels[0];
  const GvncChannel green = converter->channels[1];
  const GvncChannel blue = converter->channels[2];

  switch (converter->map) {
  case MAP_SAME:
    break;
  case MAP_MASK: {
    const guint32 mask = converter->mask;
    const guint32 unused = converter->unused;

    for (gsize i = 0; i < n; i++)
      values[i] = (values[i] & mask) | unused;
    break;
  }
  case MAP_SHIFT: {
    const guint32 unused = converter->unused;

    for (gsize i = 0; i < n; i++) {
      guint32 v = values[i];

      values[i] = unused | (v >> red.source_shift & red.source_max) << red.target_shift |
                  (v >> green.source_shift & green.source_max) << green.target_shift |
                  (v >> blue.source_shift & blue.source_max) << blue.target_shift;
    }
    break;
  }
  case MAP_SCALE: {
    const guint32 red_multiplier = (guint32) red.multiplier, red_addend = (guint32) red.addend;
    const guint32 green_multiplier = (guint32) green.multiplier, green_addend = (guint32) green.addend;
    const guint32 blue_multiplier = (guint32) blue.multiplier, blue_addend = (guint32) blue.addend;
    const guint32 unused = converter->unused;
    const guint precision = converter->precision;

    for (gsize i = 0; i < n; i++) {
      guint32 v = values[i];
      guint32 r = ((v >> red.source_shift & red.source_max) * red_multiplier + red_addend) >> precision;
      guint32 g = ((v >> green.source_shift & green.source_max) * green_multiplier + green_addend) >> precision;
      guint32 b = ((v >> blue.source_shift & blue.source_max) * blue_multiplier + blue_addend) >> precision;

      values[i] = unused | r << red.target_shift | g << green.target_shift | b << blue.target_shift;
    }
    break;
  }
  case MAP_SCALE_WIDE:
    for (gsize i = 0; i < n; i++) {
      guint32 v = values[i];
      guint64 r = ((v >> red.source_shift & red.source_max) * red.multiplier + red.addend) >> converter->precision;
      guint64 g = ((v >> green.source_shift & green.source_max) * green.multiplier + green.addend) >> converter->precision;
      guint64 b = ((v >> blue.source_shift & blue.source_max) * blue.multiplier + blue.addend) >> converter->precision;

      values[i] = converter->unused | (guint32) (r << red.target_shift | g << green.target_shift | b << blue.target_shift);
    }
    break;
  case MAP_TABLE:
    for (gsize i = 0; i < n; i++)
      values[i] = values[i] < converter->n_table ? converter->table[values[i]] : converter->unused;
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
convert_store (guint                   store,
               const Pixel32 *restrict values,
               guint8 *restrict        target,
               gsize                   n)
{
  Pixel16 *target16 = (Pixel16 *) target;
  Pixel32 *target32 = (Pixel32 *) target;

  switch (store) {
  case STORE_8:
    for (gsize i = 0; i < n; i++)
      target[i] = (guint8) values[i];
    break;
  case STORE_16:
    for (gsize i = 0; i < n; i++)
      target16[i] = (guint16) values[i];
    break;
  case STORE_16_SWAPPED:
    for (gsize i = 0; i < n; i++)
      target16[i] = (guint16) ((values[i] & 0xff) << 8 | (values[i] >> 8 & 0xff));
    break;
  case STORE_24:
    for (gsize i = 0; i < n; i++) {
      target[3 * i] = (guint8) (values[i] >> 16);
      target[3 * i + 1] = (guint8) (values[i] >> 8);
      target[3 * i + 2] = (guint8) values[i];
    }
    break;
  case STORE_32_SWAPPED:
    for (gsize i = 0; i < n; i++)
      target32[i] = GUINT32_SWAP_LE_BE (values[i]);
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
convert_row_any (const GvncConverter *converter,
                 const guint8        *source,
                 guint8              *target,
                 gsize                n_pixels)
{
  guint32 chunk[CHUNK];

  while (n_pixels > 0) {
    gsize n = MIN (n_pixels, CHUNK);
    Pixel32 *values = converter->store == STORE_32 ? (Pixel32 *) target : (Pixel32 *) chunk;

    convert_load (converter->load, source, values, n);
    convert_map (converter, values, n);
    if (converter->store != STORE_32)
      convert_store (converter->store, values, target, n);
    source += n * converter->source_size;
    target += n * converter->target_size;
    n_pixels -= n;
  }
}

static void
convert_row_copy (const GvncConverter *converter,
                  const guint8        *source,
                  guint8              *target,
                  gsize                n_pixels)
{
  memcpy (target, source, n_pixels * converter->source_size);
}

/* The same, with bits set; unused is as the target's bytes have it. */
static void
convert_row_opaque (const GvncConverter *converter,
                    const guint8        *source,
                    guint8              *target,
                    gsize                n_pixels)
{
  const Pixel32 *restrict source32 = (const Pixel32 *) source;
  Pixel32 *restrict target32 = (Pixel32 *) target;
  const guint32 unused = converter->unused;

  for (gsize i = 0; i < n_pixels; i++)
    target32[i] = source32[i] | unused;
}

/* 8 bits to a 32-bit target: the table has an entry for every value */
static void
convert_row_table_8 (const GvncConverter *converter,
                     const guint8        *source,
                     guint8              *target,
                     gsize                n_pixels)
{
  const guint32 *table = converter->table;
  Pixel32 *target32 = (Pixel32 *) target;

  for (gsize i = 0; i < n_pixels; i++)
    target32[i] = table[source[i]];
}

/* 16 bits with channels of up to 6 to a 32-bit target with channels of 8: all arithmetic fits 16 bits, so that it can be
 * done on eight pixels at once. Left alone, compilers do it on four 32-bit numbers, which takes twice the time. */
#define NARROW_PRECISION 6
#define NARROW_LANES     8

typedef guint16 Lanes __attribute__ ((vector_size (2 * NARROW_LANES)));

/* A channel of eight target pixels, as it stands in the half of them that it belongs to. */
static inline Lanes
convert_narrow_channel (Lanes              pixels,
                        const GvncChannel *channel)
{
  const guint16 from = (guint16) channel->source_shift, max = (guint16) channel->source_max;
  const guint16 multiplier = (guint16) channel->multiplier, addend = (guint16) channel->addend;
  const guint16 to = channel->target_shift & 15;

  return (((pixels >> from & max) * multiplier + addend) >> NARROW_PRECISION) << to;
}

static inline guint32
convert_narrow_one (guint32            pixel,
                    const GvncChannel *channel)
{
  guint32 value = pixel >> channel->source_shift & channel->source_max;

  return ((value * (guint32) channel->multiplier + (guint32) channel->addend) >> NARROW_PRECISION)
         << channel->target_shift;
}

static inline void
convert_narrow (const GvncConverter *converter,
                const guint8        *source,
                guint8              *target,
                gsize                n_pixels,
                gboolean             swapped)
{
  /* copies, since the target could be the converter for all that the compiler knows */
  const GvncChannel red = converter->channels[0];
  const GvncChannel green = converter->channels[1];
  const GvncChannel blue = converter->channels[2];
  const guint32 unused = converter->unused;
  const guint16 unused_low = (guint16) unused, unused_high = (guint16) (unused >> 16);
  const guint16 red_high = red.target_shift >= 16 ? G_MAXUINT16 : 0;
  const guint16 green_high = green.target_shift >= 16 ? G_MAXUINT16 : 0;
  const guint16 blue_high = blue.target_shift >= 16 ? G_MAXUINT16 : 0;

  for (; n_pixels >= NARROW_LANES; n_pixels -= NARROW_LANES, source += sizeof (Lanes), target += 2 * sizeof (Lanes)) {
    Lanes pixels, r, g, b, high, low, out[2];

    memcpy (&pixels, source, sizeof pixels);
    if (swapped)
      pixels = pixels << 8 | pixels >> 8;
    r = convert_narrow_channel (pixels, &red);
    g = convert_narrow_channel (pixels, &green);
    b = convert_narrow_channel (pixels, &blue);
    high = (r & red_high) | (g & green_high) | (b & blue_high) | unused_high;
    low = (r & (guint16) ~red_high) | (g & (guint16) ~green_high) | (b & (guint16) ~blue_high) |
          unused_low;
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
    out[0] = __builtin_shufflevector (low, high, 0, 8, 1, 9, 2, 10, 3, 11);
    out[1] = __builtin_shufflevector (low, high, 4, 12, 5, 13, 6, 14, 7, 15);
#else
    out[0] = __builtin_shufflevector (high, low, 0, 8, 1, 9, 2, 10, 3, 11);
    out[1] = __builtin_shufflevector (high, low, 4, 12, 5, 13, 6, 14, 7, 15);
#endif
    memcpy (target, out, sizeof out);
  }
  for (gsize i = 0; i < n_pixels; i++) {
    guint16 pixel = ((const Pixel16 *) source)[i];

    if (swapped)
      pixel = GUINT16_SWAP_LE_BE (pixel);
    ((Pixel32 *) target)[i] = unused | convert_narrow_one (pixel, &red) | convert_narrow_one (pixel, &green) |
                              convert_narrow_one (pixel, &blue);
  }
}

static void
convert_row_narrow (const GvncConverter *converter,
                    const guint8        *source,
                    guint8              *target,
                    gsize                n_pixels)
{
  convert_narrow (converter, source, target, n_pixels, FALSE);
}

static void
convert_row_narrow_swapped (const GvncConverter *converter,
                            const guint8        *source,
                            guint8              *target,
                            gsize                n_pixels)
{
  convert_narrow (converter, source, target, n_pixels, TRUE);
}

static guint32
convert_scale (guint32 value,
               guint32 max,
               guint32 target_max)
{
  return (guint32) (((guint64) value * target_max + max / 2) / max);
}

/* Whether a multiplication in 16 bits gives the rounded value for every value of the channel. */
static gboolean
convert_narrow_is_exact (const GvncChannel *channel,
                         guint32            multiplier,
                         guint32            addend)
{
  for (guint32 v = 0; v <= channel->source_max; v++) {
    guint32 product = v * multiplier + addend;

    if (product > G_MAXUINT16 ||
        product >> NARROW_PRECISION != convert_scale (v, channel->source_max, channel->target_max))
      return FALSE;
  }
  return TRUE;
}

/* Finds numbers for it: the multiplier is near the quotient of the maxima, but not always the nearest one. */
static gboolean
convert_channel_narrow (GvncChannel *channel)
{
  const guint32 quotient = (channel->target_max << NARROW_PRECISION) / channel->source_max;

  /* a channel lies in one half of the target pixel */
  if (channel->source_max > 63 || channel->target_max > 255 || (channel->target_shift > 8 && channel->target_shift < 16))
    return FALSE;
  for (guint32 multiplier = quotient; multiplier <= quotient + 1; multiplier++)
    for (guint32 addend = 0; addend < 1 << NARROW_PRECISION; addend++)
      if (convert_narrow_is_exact (channel, multiplier, addend)) {
        channel->multiplier = multiplier;
        channel->addend = addend;
        return TRUE;
      }
  return FALSE;
}

/* As source_max is odd, the exact result is never nearer to the border between two values than 1 / (2 * source_max).
 * With a precision of twice the bits of source_max the error of the multiplier stays below that, so the result is the
 * rounded one. The product of the largest value fits 32 bits when both widths and the precision do. */
static void
convert_channels_scale (GvncConverter *converter)
{
  guint source_bits = 0;
  guint target_bits = 0;

  for (guint i = 0; i < 3; i++) {
    source_bits = MAX (source_bits, g_bit_storage (converter->channels[i].source_max));
    target_bits = MAX (target_bits, g_bit_storage (converter->channels[i].target_max));
  }
  converter->precision = 2 * source_bits;
  converter->map = converter->precision + target_bits <= 32 ? MAP_SCALE : MAP_SCALE_WIDE;
  for (guint i = 0; i < 3; i++) {
    GvncChannel *channel = &converter->channels[i];

    channel->multiplier = (((guint64) channel->target_max << converter->precision) + channel->source_max / 2) /
                          channel->source_max;
    channel->addend = G_GUINT64_CONSTANT (1) << (converter->precision - 1);
  }
}

static guint32
convert_colour (const GvncConverter *converter,
                guint32              red,
                guint32              green,
                guint32              blue,
                const guint32       *maxima)
{
  const GvncChannel *channels = converter->channels;

  return converter->unused |
         convert_scale (red, maxima[0], channels[0].target_max) << channels[0].target_shift |
         convert_scale (green, maxima[1], channels[1].target_max) << channels[1].target_shift |
         convert_scale (blue, maxima[2], channels[2].target_max) << channels[2].target_shift;
}

static void
convert_make_table (GvncConverter         *converter,
                    const GvncPixelFormat *source,
                    const guint16         *colours,
                    guint                  n_colours)
{
  static const guint32 full[3] = { G_MAXUINT16, G_MAXUINT16, G_MAXUINT16 };
  const guint32 maxima[3] = { source->red_max, source->green_max, source->blue_max };

  converter->n_table = source->bits_per_pixel == 8 ? 256 : 65536;
  converter->table = g_new (guint32, converter->n_table);
  for (guint32 i = 0; i < converter->n_table; i++) {
    if (source->true_colour)
      converter->table[i] = convert_colour (converter, i >> source->red_shift & source->red_max,
                                            i >> source->green_shift & source->green_max,
                                            i >> source->blue_shift & source->blue_max, maxima);
    else if (i < n_colours)
      converter->table[i] = convert_colour (converter, colours[3 * i], colours[3 * i + 1], colours[3 * i + 2], full);
    else
      converter->table[i] = converter->unused;
  }
  converter->map = MAP_TABLE;
}

static void
convert_set_channels (GvncConverter         *converter,
                      const GvncPixelFormat *source,
                      const GvncPixelFormat *target)
{
  converter->channels[0] = (GvncChannel) { source->red_shift, source->red_max, target->red_shift, target->red_max, 0, 0 };
  converter->channels[1] = (GvncChannel) { source->green_shift, source->green_max,
                                           target->green_shift, target->green_max, 0, 0 };
  converter->channels[2] = (GvncChannel) { source->blue_shift, source->blue_max, target->blue_shift, target->blue_max,
                                           0, 0 };
}

static void
convert_set_source (GvncConverter   *converter,
                    GvncLayout       layout,
                    GvncPixelFormat *source)
{
  const gboolean swapped = source->big_endian != (G_BYTE_ORDER == G_BIG_ENDIAN);
  guint offset = 0;

  if (layout == GVNC_LAYOUT_CPIXEL && gvnc_pixel_format_cpixel_size (source, &offset) != 3)
    layout = GVNC_LAYOUT_PIXEL;

  if (layout == GVNC_LAYOUT_RGB24) {
    converter->source_size = 3;
    converter->load = LOAD_24_BIG;
  } else if (layout == GVNC_LAYOUT_CPIXEL) {
    converter->source_size = 3;
    converter->load = source->big_endian ? LOAD_24_BIG : LOAD_24_LITTLE;
    /* the byte that is not sent is the pixel's least one */
    if (offset == (source->big_endian ? 0 : 1)) {
      source->red_shift -= 8;
      source->green_shift -= 8;
      source->blue_shift -= 8;
    }
  } else {
    converter->source_size = gvnc_pixel_format_size (source);
    switch (converter->source_size) {
    case 1: converter->load = LOAD_8; break;
    case 2: converter->load = swapped ? LOAD_16_SWAPPED : LOAD_16; break;
    default: converter->load = swapped ? LOAD_32_SWAPPED : LOAD_32; break;
    }
  }
}

/* Bits of a target pixel that belong to no channel. */
static guint32
convert_unused (const GvncConverter *converter)
{
  guint32 unused = G_MAXUINT32;

  for (guint i = 0; i < 3; i++)
    unused &= ~(converter->channels[i].target_max << converter->channels[i].target_shift);
  return unused;
}

static void
convert_choose (GvncConverter         *converter,
                const GvncPixelFormat *source,
                const guint16         *colours,
                guint                  n_colours)
{
  GvncChannel *channels = converter->channels;
  gboolean same_widths = TRUE;
  gboolean same_places = TRUE;

  converter->row = convert_row_any;
  if (converter->target_size == 4)
    converter->unused = convert_unused (converter);
  if (!source->true_colour || converter->source_size == 1) {
    convert_make_table (converter, source, colours, n_colours);
    if (converter->source_size == 1 && converter->store == STORE_32)
      converter->row = convert_row_table_8;
    return;
  }

  for (guint i = 0; i < 3; i++) {
    same_widths = same_widths && channels[i].source_max == channels[i].target_max;
    same_places = same_places && channels[i].source_shift == channels[i].target_shift;
  }
  if (same_widths) {
    for (guint i = 0; i < 3; i++)
      converter->mask |= channels[i].source_max << channels[i].source_shift;
    if (!same_places)
      converter->map = MAP_SHIFT;
    else if (converter->source_size == 3 && converter->mask == 0xffffff && converter->unused == 0)
      converter->map = MAP_SAME;
    else
      converter->map = MAP_MASK;
  } else if (converter->source_size == 2 && converter->store == STORE_32 && convert_channel_narrow (&channels[0]) &&
             convert_channel_narrow (&channels[1]) && convert_channel_narrow (&channels[2])) {
    converter->row = converter->load == LOAD_16 ? convert_row_narrow : convert_row_narrow_swapped;
  } else {
    convert_channels_scale (converter);
  }
}

gboolean
gvnc_pixel_formats_alike (const GvncPixelFormat *a,
                          const GvncPixelFormat *b)
{
  if (a->bits_per_pixel != b->bits_per_pixel || a->true_colour != b->true_colour ||
      (a->bits_per_pixel != 8 && a->big_endian != b->big_endian))
    return FALSE;
  return !a->true_colour ||
         (a->red_max == b->red_max && a->green_max == b->green_max && a->blue_max == b->blue_max &&
          a->red_shift == b->red_shift && a->green_shift == b->green_shift && a->blue_shift == b->blue_shift);
}

void
gvnc_converter_init (GvncConverter         *converter,
                     GvncLayout             layout,
                     const GvncPixelFormat *source,
                     const guint16         *colours,
                     guint                  n_colours,
                     const GvncPixelFormat *target)
{
  const gboolean is_rgb = layout == GVNC_LAYOUT_RGB24 || layout == GVNC_LAYOUT_XRGB32;
  const gboolean swapped = target->big_endian != (G_BYTE_ORDER == G_BIG_ENDIAN);
  GvncPixelFormat format = is_rgb ? host_xrgb : *source;

  *converter = (GvncConverter) { 0 };
  convert_set_source (converter, layout, &format);
  convert_set_channels (converter, &format, target);
  converter->target_size = gvnc_pixel_format_size (target);
  switch (converter->target_size) {
  case 1: converter->store = STORE_8; break;
  case 2: converter->store = swapped ? STORE_16_SWAPPED : STORE_16; break;
  default: converter->store = swapped ? STORE_32_SWAPPED : STORE_32; break;
  }

  if (converter->source_size == converter->target_size && gvnc_pixel_formats_alike (&format, target)) {
    converter->is_copy = TRUE;
    converter->row = convert_row_copy;
  } else {
    convert_choose (converter, &format, colours, n_colours);
  }
}

void
gvnc_converter_init_rgb24 (GvncConverter         *converter,
                           GvncLayout             layout,
                           const GvncPixelFormat *source,
                           const guint16         *colours,
                           guint                  n_colours)
{
  GvncPixelFormat format = layout == GVNC_LAYOUT_RGB24 || layout == GVNC_LAYOUT_XRGB32 ? host_xrgb : *source;

  *converter = (GvncConverter) { 0 };
  convert_set_source (converter, layout, &format);
  convert_set_channels (converter, &format, &host_xrgb);
  converter->target_size = 3;
  converter->store = STORE_24;
  if (layout == GVNC_LAYOUT_RGB24) {
    converter->is_copy = TRUE;
    converter->row = convert_row_copy;
  } else {
    convert_choose (converter, &format, colours, n_colours);
  }
}

void
gvnc_converter_set_opaque (GvncConverter *converter)
{
  guint32 unused = convert_unused (converter);

  if (!converter->is_copy || converter->target_size != 4 || unused == 0)
    return;
  converter->is_copy = FALSE;
  converter->unused = converter->store == STORE_32_SWAPPED ? GUINT32_SWAP_LE_BE (unused) : unused;
  converter->row = convert_row_opaque;
}

void
gvnc_converter_clear (GvncConverter *converter)
{
  g_clear_pointer (&converter->table, g_free);
}

void
gvnc_pixels_fill (guint8       *target,
                  gsize         stride,
                  guint         width,
                  guint         height,
                  const guint8 *pixel,
                  guint         size)
{
  guint16 pixel16;
  guint32 pixel32;

  if (size == 1 || (pixel[0] == pixel[1] && (size == 2 || (pixel[0] == pixel[2] && pixel[0] == pixel[3])))) {
    for (; height > 0; height--, target += stride)
      memset (target, pixel[0], (gsize) width * size);
  } else if (size == 2) {
    memcpy (&pixel16, pixel, 2);
    for (; height > 0; height--, target += stride)
      for (guint i = 0; i < width; i++)
        ((Pixel16 *) target)[i] = pixel16;
  } else {
    memcpy (&pixel32, pixel, 4);
    for (; height > 0; height--, target += stride)
      for (guint i = 0; i < width; i++)
        ((Pixel32 *) target)[i] = pixel32;
  }
}

void
gvnc_convert_to_rgba (const GvncPixelFormat *format,
                      const guint16         *colours,
                      guint                  n_colours,
                      const guint8          *pixels,
                      gsize                  n,
                      guint8                *rgba)
{
  const GvncPixelFormat target = {
    .bits_per_pixel = 32, .depth = 24, .big_endian = TRUE, .true_colour = TRUE,
    .red_max = 255, .green_max = 255, .blue_max = 255, .red_shift = 24, .green_shift = 16, .blue_shift = 8,
  };
  GvncConverter converter;

  gvnc_converter_init (&converter, GVNC_LAYOUT_PIXEL, format, colours, n_colours, &target);
  gvnc_converter_row (&converter, pixels, rgba, n);
  gvnc_converter_clear (&converter);
  for (gsize i = 0; i < n; i++)
    rgba[4 * i + 3] = 255;
}
