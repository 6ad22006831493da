/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "scaler.h"

#include <string.h>

/* One axis after the other, in numbers that are exact: where a pixel of the result takes from, and how much, is made
 * once for each column and row from integers. Rows are reduced before columns, so that less is left to be done, but
 * enlarged after them; then the last two rows are kept, as the next one of the result is often made from the same.
 * Between the two, a pixel is four 16-bit numbers, one for each of its bytes. */

/* Weights are parts of 256, so that the sum of all taps of a pixel fits a 16-bit number. */
#define SCALER_ONE        256
#define SCALER_SHIFT      8

/* Columns at a time, so that all rows in use stay in the cache nearest to the processor. */
#define SCALER_STRIP      512

/* Rows that are turned at a time, when the source's columns become rows: all that is in a line of the cache. */
#define SCALER_BLOCK      16

#define SCALER_CHANNELS   4

/* GCC 12 uses vectors for rows of any length at -O3 only. */
#if defined (__GNUC__) && !defined (__clang__) && defined (__OPTIMIZE__)
#pragma GCC optimize ("O3")
#endif

/* Four numbers of 16 bits, in the order of the bytes in memory whatever that is. Sums of them do not overflow into each
 * other. */
typedef guint64 Lanes;

#define LANES_LOW_BYTES   G_GUINT64_CONSTANT (0x00ff00ff00ff00ff)
#define LANES_HALF        G_GUINT64_CONSTANT (0x0080008000800080)

/* Column or row i of the result is made from n_taps pixels of the source, from first[i] on, in proportion to
 * weights[i * n_taps], which add up to SCALER_ONE. */
typedef struct {
  int      n_source;
  int      n_result;
  guint32  n_taps;
  guint32 *first;
  guint16 *weights;
} ScalerAxis;

struct _GvncScaler {
  guint      rotation_degrees;
  int        source_width;
  int        source_height;
  gboolean   smooth;
  ScalerAxis across;        /* of the turned source */
  ScalerAxis down;
};

/* Tables */

/* Each writes the weights and gives the first pixel. */

static guint32
scaler_tap_nearest (guint16 *weights, int i, int n_source, int n_result)
{
  weights[0] = SCALER_ONE;
  return (guint32) ((2 * (gint64) i + 1) * n_source / (2 * (gint64) n_result));
}

/* The middle of the pixel lies between the middles of two source pixels. */
static guint32
scaler_tap_linear (guint16 *weights, int i, int n_source, int n_result)
{
  gint64 whole = 2 * (gint64) n_result;
  gint64 position = MAX ((2 * (gint64) i + 1) * n_source - n_result, 0);
  guint32 first = (guint32) (position / whole);
  guint16 second = (guint16) ((position % whole * SCALER_ONE + n_result) / whole);

  if (first + 1 >= (guint32) n_source) {
    first = (guint32) n_source - 2;
    second = SCALER_ONE;
  }
  weights[0] = (guint16) (SCALER_ONE - second);
  weights[1] = second;
  return first;
}

/* Rounding is done on what has been covered so far, so that the weights add up. */
static guint32
scaler_tap_average (guint16 *weights, guint32 n_taps, int i, int n_source, int n_result)
{
  gint64 begin = (gint64) i * n_source, end = begin + n_source, given = 0;
  guint32 first = MIN ((guint32) (begin / n_result), (guint32) n_source - n_taps);

  for (guint32 k = 0; k < n_taps; k++) {
    gint64 covered = CLAMP (((gint64) first + k + 1) * n_result, begin, end) - begin;
    gint64 upto = (covered * SCALER_ONE + n_source / 2) / n_source;

    weights[k] = (guint16) (upto - given);
    given = upto;
  }
  return first;
}

static void
scaler_axis_init (ScalerAxis *axis, int n_source, int n_result, gboolean smooth)
{
  gboolean nearest = !smooth || n_source == n_result || n_source == 1;

  axis->n_source = n_source;
  axis->n_result = n_result;
  if (nearest)
    axis->n_taps = 1;
  else if (n_result > n_source)
    axis->n_taps = 2;
  else   /* the most that a stretch of this length can touch */
    axis->n_taps = (guint32) MIN ((n_source + n_result - 1) / n_result + 1, n_source);
  axis->first = g_new (guint32, (gsize) n_result);
  axis->weights = g_new (guint16, (gsize) n_result * axis->n_taps);

  for (int i = 0; i < n_result; i++) {
    guint16 *weights = &axis->weights[(gsize) i * axis->n_taps];

    if (nearest)
      axis->first[i] = scaler_tap_nearest (weights, i, n_source, n_result);
    else if (n_result > n_source)
      axis->first[i] = scaler_tap_linear (weights, i, n_source, n_result);
    else
      axis->first[i] = scaler_tap_average (weights, axis->n_taps, i, n_source, n_result);
  }
}

GvncScaler *
gvnc_scaler_new (int source_width, int source_height, guint rotation_degrees, int width, int height, gboolean smooth)
{
  gboolean sideways = rotation_degrees == 90 || rotation_degrees == 270;
  GvncScaler *self;

  g_return_val_if_fail (source_width > 0 && source_height > 0 && width > 0 && height > 0, NULL);

  self = g_new0 (GvncScaler, 1);
  self->rotation_degrees = rotation_degrees;
  self->source_width = source_width;
  self->source_height = source_height;
  scaler_axis_init (&self->across, sideways ? source_height : source_width, width, smooth);
  scaler_axis_init (&self->down, sideways ? source_width : source_height, height, smooth);
  self->smooth = smooth
                 && (self->across.n_source != width || self->down.n_source != height);
  return self;
}

void
gvnc_scaler_free (GvncScaler *self)
{
  g_free (self->across.first);
  g_free (self->across.weights);
  g_free (self->down.first);
  g_free (self->down.weights);
  g_free (self);
}

/* Reading the source, turned */

/* A source as it looks when turned: its first pixel, and how many bytes lie between neighbours. */
typedef struct {
  const guint8 *first;
  gssize        step;
  gssize        stride;
} ScalerSource;

static ScalerSource
scaler_turn (const GvncScaler *self, const guint8 *source, gsize source_stride)
{
  gssize pixel = SCALER_CHANNELS, row = (gssize) source_stride;
  gssize last_x = (self->source_width - 1) * pixel, last_y = (self->source_height - 1) * row;

  switch (self->rotation_degrees) {
  case 90:
    return (ScalerSource) { source + last_y, -row, pixel };
  case 180:
    return (ScalerSource) { source + last_y + last_x, -pixel, -row };
  case 270:
    return (ScalerSource) { source + last_x, row, -pixel };
  default:
    return (ScalerSource) { source, pixel, row };
  }
}

/* Smooth */

/* What is needed for one strip of columns. */
typedef struct {
  const GvncScaler *scaler;
  ScalerSource      source;
  int               left;           /* of the strip */
  int               width;
  guint32           begin;          /* the columns of the turned source that it is made from */
  guint32           n_columns;
  guint32          *block;          /* SCALER_BLOCK rows of these columns, turned */
  gint64            block_index;    /* which they are; -1: none yet */
  Lanes            *wide;           /* one row of these columns */
  Lanes            *rows[2];        /* rows of the strip's width, with numbers up to 255 */
  gint64            row_index[2];
  guint             next;           /* the one to be overwritten */
} ScalerStrip;

static void
strip_turn_block (ScalerStrip *strip, gint64 index)
{
  const ScalerSource *source = &strip->source;
  gint64 first_row = index * SCALER_BLOCK;
  int n_rows = (int) MIN (SCALER_BLOCK, strip->scaler->down.n_source - first_row);
  const guint8 *from = source->first + (gssize) first_row * source->stride + (gssize) strip->begin * source->step;

  strip->block_index = index;
  for (guint32 column = 0; column < strip->n_columns; column++, from += source->step)
    for (int row = 0; row < n_rows; row++)
      memcpy (&strip->block[(gsize) row * strip->n_columns + column], from + row * source->stride, SCALER_CHANNELS);
}

/* A row of the turned source, from the first column on that the strip needs. */
static const guint8 *
strip_source_row (ScalerStrip *strip, guint32 index)
{
  if (strip->source.step == SCALER_CHANNELS)
    return strip->source.first + (gssize) index * strip->source.stride + (gssize) strip->begin * SCALER_CHANNELS;
  if (strip->block_index != index / SCALER_BLOCK)
    strip_turn_block (strip, index / SCALER_BLOCK);
  return (const guint8 *) &strip->block[(gsize) (index % SCALER_BLOCK) * strip->n_columns];
}

static void
strip_widen (const guint8 *restrict bytes, Lanes *restrict lanes, gsize n_pixels)
{
  guint16 *restrict to = (guint16 *) lanes;

  for (gsize i = 0; i < n_pixels * SCALER_CHANNELS; i++)
    to[i] = bytes[i];
}

static void
strip_narrow (const Lanes *restrict lanes, guint8 *restrict bytes, gsize n_pixels)
{
  const guint16 *restrict from = (const guint16 *) lanes;

  for (gsize i = 0; i < n_pixels * SCALER_CHANNELS; i++)
    bytes[i] = (guint8) from[i];
}

/* From `wide` to the width of the strip. Pixels are multiplied as one number: no lane can reach the next one. */
static void
strip_stretch (const ScalerStrip *strip, Lanes *restrict row)
{
  const ScalerAxis *axis = &strip->scaler->across;
  const guint32 *restrict first = &axis->first[strip->left];
  const guint16 *restrict weights = &axis->weights[(gsize) strip->left * axis->n_taps];
  const Lanes *restrict wide = strip->wide;
  guint32 begin = strip->begin, n_taps = axis->n_taps;

  switch (n_taps) {
  case 1:
    for (int i = 0; i < strip->width; i++)
      row[i] = wide[first[i] - begin];
    break;
  case 2:
    for (int i = 0; i < strip->width; i++, weights += 2) {
      const Lanes *pixel = &wide[first[i] - begin];

      row[i] = (pixel[0] * weights[0] + pixel[1] * weights[1] + LANES_HALF) >> SCALER_SHIFT & LANES_LOW_BYTES;
    }
    break;
  case 3:
    for (int i = 0; i < strip->width; i++, weights += 3) {
      const Lanes *pixel = &wide[first[i] - begin];

      row[i] = (pixel[0] * weights[0] + pixel[1] * weights[1] + pixel[2] * weights[2] + LANES_HALF) >> SCALER_SHIFT
               & LANES_LOW_BYTES;
    }
    break;
  default:
    for (int i = 0; i < strip->width; i++, weights += n_taps) {
      const Lanes *pixel = &wide[first[i] - begin];
      Lanes sum = LANES_HALF;

      for (guint32 k = 0; k < n_taps; k++)
        sum += pixel[k] * weights[k];
      row[i] = sum >> SCALER_SHIFT & LANES_LOW_BYTES;
    }
    break;
  }
}

/* Rows are reduced first. */

static void
strip_average_two (const guint8 *restrict a, const guint8 *restrict b, const guint16 *weights,
                   Lanes *restrict lanes, gsize n_pixels)
{
  guint16 *restrict to = (guint16 *) lanes;
  guint16 weight_a = weights[0], weight_b = weights[1];

  for (gsize i = 0; i < n_pixels * SCALER_CHANNELS; i++)
    to[i] = (guint16) (a[i] * weight_a + b[i] * weight_b + SCALER_ONE / 2) >> SCALER_SHIFT;
}

static void
strip_average_three (const guint8 *restrict a, const guint8 *restrict b, const guint8 *restrict c,
                     const guint16 *weights, Lanes *restrict lanes, gsize n_pixels)
{
  guint16 *restrict to = (guint16 *) lanes;
  guint16 weight_a = weights[0], weight_b = weights[1], weight_c = weights[2];

  for (gsize i = 0; i < n_pixels * SCALER_CHANNELS; i++)
    to[i] = (guint16) (a[i] * weight_a + b[i] * weight_b + c[i] * weight_c + SCALER_ONE / 2) >> SCALER_SHIFT;
}

static void
strip_add (const guint8 *restrict bytes, guint16 weight, Lanes *restrict lanes, gsize n_pixels)
{
  guint16 *restrict to = (guint16 *) lanes;

  for (gsize i = 0; i < n_pixels * SCALER_CHANNELS; i++)
    to[i] = (guint16) (to[i] + bytes[i] * weight);
}

static void
strip_round (Lanes *lanes, gsize n_pixels)
{
  guint16 *to = (guint16 *) lanes;

  for (gsize i = 0; i < n_pixels * SCALER_CHANNELS; i++)
    to[i] = (guint16) (to[i] + SCALER_ONE / 2) >> SCALER_SHIFT;
}

static void
strip_draw_reduced (ScalerStrip *strip, int y, guint8 *target)
{
  const ScalerAxis *axis = &strip->scaler->down;
  const guint16 *weights = &axis->weights[(gsize) y * axis->n_taps];
  guint32 first = axis->first[y], n_taps = axis->n_taps;

  /* Those of a block of turned rows are not there all at a time. */
  if (n_taps == 2 && strip->source.step == SCALER_CHANNELS) {
    strip_average_two (strip_source_row (strip, first), strip_source_row (strip, first + 1), weights,
                       strip->wide, strip->n_columns);
  } else if (n_taps == 3 && strip->source.step == SCALER_CHANNELS) {
    strip_average_three (strip_source_row (strip, first), strip_source_row (strip, first + 1),
                         strip_source_row (strip, first + 2), weights, strip->wide, strip->n_columns);
  } else {
    memset (strip->wide, 0, strip->n_columns * sizeof (Lanes));
    for (guint32 k = 0; k < n_taps; k++)
      if (weights[k] != 0)
        strip_add (strip_source_row (strip, first + k), weights[k], strip->wide, strip->n_columns);
    strip_round (strip->wide, strip->n_columns);
  }
  strip_stretch (strip, strip->rows[0]);
  strip_narrow (strip->rows[0], target, (gsize) strip->width);
}

/* Rows are enlarged last, or stay as they are. */

static const Lanes *
strip_get_row (ScalerStrip *strip, guint32 index)
{
  guint which;

  for (which = 0; which < G_N_ELEMENTS (strip->rows); which++)
    if (strip->row_index[which] == index) {
      strip->next = !which;
      return strip->rows[which];
    }

  which = strip->next;
  strip->next = !which;
  strip->row_index[which] = index;
  strip_widen (strip_source_row (strip, index), strip->wide, strip->n_columns);
  strip_stretch (strip, strip->rows[which]);
  return strip->rows[which];
}

static void
strip_mix (const Lanes *restrict a, const Lanes *restrict b, const guint16 *weights,
           guint8 *restrict target, gsize n_pixels)
{
  const guint16 *restrict from_a = (const guint16 *) a, *restrict from_b = (const guint16 *) b;
  guint16 weight_a = weights[0], weight_b = weights[1];

  for (gsize i = 0; i < n_pixels * SCALER_CHANNELS; i++)
    target[i] = (guint8) ((guint16) (from_a[i] * weight_a + from_b[i] * weight_b + SCALER_ONE / 2) >> SCALER_SHIFT);
}

static void
strip_draw_enlarged (ScalerStrip *strip, int y, guint8 *target)
{
  const ScalerAxis *axis = &strip->scaler->down;
  const Lanes *row = strip_get_row (strip, axis->first[y]);

  if (axis->n_taps == 1)
    strip_narrow (row, target, (gsize) strip->width);
  else
    strip_mix (row, strip_get_row (strip, axis->first[y] + 1), &axis->weights[(gsize) y * 2], target,
               (gsize) strip->width);
}

/* The columns of the source behind some of the result. */
static void
scaler_columns (const ScalerAxis *axis, int left, int width, guint32 *begin, guint32 *n)
{
  *begin = axis->first[left];
  *n = axis->first[left + width - 1] + axis->n_taps - *begin;
}

static void
scaler_draw_smooth (const GvncScaler *self, const ScalerSource *source,
                    guint8 *target, gsize target_stride, const GvncArea *area)
{
  void (*draw) (ScalerStrip *strip, int y, guint8 *target) =
    self->down.n_result < self->down.n_source ? strip_draw_reduced : strip_draw_enlarged;
  ScalerStrip strip = { .scaler = self, .source = *source };
  gsize n_pixels = (gsize) MIN (area->width, SCALER_STRIP);
  guint32 most = 0;
  g_autofree Lanes *lanes = NULL;
  g_autofree guint32 *block = NULL;

  for (int x = 0; x < area->width; x += SCALER_STRIP) {
    scaler_columns (&self->across, area->x + x, MIN (SCALER_STRIP, area->width - x), &strip.begin, &strip.n_columns);
    most = MAX (most, strip.n_columns);
  }
  lanes = g_new (Lanes, most + 2 * n_pixels);
  strip.wide = lanes;
  strip.rows[0] = lanes + most;
  strip.rows[1] = strip.rows[0] + n_pixels;
  if (source->step != SCALER_CHANNELS)
    strip.block = block = g_new (guint32, (gsize) most * SCALER_BLOCK);

  for (int x = 0; x < area->width; x += SCALER_STRIP) {
    strip.left = area->x + x;
    strip.width = MIN (SCALER_STRIP, area->width - x);
    scaler_columns (&self->across, strip.left, strip.width, &strip.begin, &strip.n_columns);
    strip.block_index = strip.row_index[0] = strip.row_index[1] = -1;
    strip.next = 0;
    for (int y = 0; y < area->height; y++)
      draw (&strip, area->y + y, target + (gsize) y * target_stride + (gsize) x * SCALER_CHANNELS);
  }
}

/* Nearest */

/* The pixel in the middle of what the result's is made from, which is the only one when nothing is smoothed. */
static gssize
scaler_middle (const ScalerAxis *axis, int i)
{
  return (gssize) (axis->first[i] + axis->n_taps / 2);
}

static void
scaler_draw_nearest (const GvncScaler *self, const ScalerSource *source,
                     guint8 *target, gsize target_stride, const GvncArea *area)
{
  gsize row_bytes = (gsize) area->width * SCALER_CHANNELS;
  gboolean copy = self->across.n_source == self->across.n_result && source->step == SCALER_CHANNELS;
  gssize above = -1;

  for (int y = 0; y < area->height; y++, target += target_stride) {
    gssize row = scaler_middle (&self->down, area->y + y);
    const guint8 *from = source->first + row * source->stride;

    if (row == above)
      memcpy (target, target - target_stride, row_bytes);
    else if (copy)
      memcpy (target, from + (gsize) area->x * SCALER_CHANNELS, row_bytes);
    else
      for (int x = 0; x < area->width; x++)
        memcpy (target + (gsize) x * SCALER_CHANNELS, from + scaler_middle (&self->across, area->x + x) * source->step,
                SCALER_CHANNELS);
    above = row;
  }
}

void
gvnc_scaler_draw (const GvncScaler *self,
                  const guint8 *source, gsize source_stride,
                  guint8 *target, gsize target_stride,
                  const GvncArea *area, gboolean quick)
{
  ScalerSource turned = scaler_turn (self, source, source_stride);

  if (self->smooth && !quick)
    scaler_draw_smooth (self, &turned, target, target_stride, area);
  else
    scaler_draw_nearest (self, &turned, target, target_stride, area);
}

/* From source to result */

/* What one pixel of the result is really made from. */
static void
scaler_axis_span (const ScalerAxis *axis, int i, guint32 *begin, guint32 *end)
{
  const guint16 *weights = &axis->weights[(gsize) i * axis->n_taps];

  *begin = axis->first[i];
  *end = *begin + axis->n_taps;
  while (weights[*end - axis->first[i] - 1] == 0)
    --*end;
  while (weights[*begin - axis->first[i]] == 0)
    ++*begin;
}

/* The first index of the result from which on all spans end behind @position, or begin there at the earliest. Spans
 * never go back, neither where they begin nor where they end. */
static int
scaler_axis_find (const ScalerAxis *axis, guint32 position, gboolean ends)
{
  int low = 0, high = axis->n_result;

  while (low < high) {
    int middle = low + (high - low) / 2;
    guint32 begin, end;

    scaler_axis_span (axis, middle, &begin, &end);
    if (ends ? end > position : begin >= position)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

static void
scaler_axis_reach (const ScalerAxis *axis, int start, int length, int *reached, int *n_reached)
{
  *reached = scaler_axis_find (axis, (guint32) start, TRUE);
  *n_reached = scaler_axis_find (axis, (guint32) (start + length), FALSE) - *reached;
}

gboolean
gvnc_scaler_reach (const GvncScaler *self, const GvncArea *area, GvncArea *reached)
{
  int left = CLAMP (area->x, 0, self->source_width), right = CLAMP (area->x + area->width, left, self->source_width);
  int top = CLAMP (area->y, 0, self->source_height), bottom = CLAMP (area->y + area->height, top, self->source_height);
  GvncArea turned;

  *reached = (GvncArea) { 0 };
  switch (self->rotation_degrees) {
  case 90:
    turned = (GvncArea) { self->source_height - bottom, left, bottom - top, right - left };
    break;
  case 180:
    turned = (GvncArea) { self->source_width - right, self->source_height - bottom, right - left, bottom - top };
    break;
  case 270:
    turned = (GvncArea) { top, self->source_width - right, bottom - top, right - left };
    break;
  default:
    turned = (GvncArea) { left, top, right - left, bottom - top };
    break;
  }
  if (turned.width <= 0 || turned.height <= 0)
    return FALSE;
  scaler_axis_reach (&self->across, turned.x, turned.width, &reached->x, &reached->width);
  scaler_axis_reach (&self->down, turned.y, turned.height, &reached->y, &reached->height);
  return reached->width > 0 && reached->height > 0;
}
