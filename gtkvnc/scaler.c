/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "scaler.h"

#include <string.h>

/* One axis after the other, in numbers that are exact: where a pixel of the result takes from, and how much, is made
 * once for each column and row from integers. Source rows are read as four 16-bit numbers a pixel, one for each byte, and
 * shrunk or stretched to the width of the result; the last two are kept, as the next row of the result is often made
 * from the same ones. A result row is a weighted sum of them. */

/* Weights are parts of 256, so that the sum of all taps of a pixel fits a 16-bit number. */
#define SCALER_ONE        256
#define SCALER_SHIFT      8

/* Columns at a time, so that all rows in use stay in the cache nearest to the processor. */
#define SCALER_STRIP      512

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

/* What one column or row of the result is made from: source pixels from `first` on, as far as `n` and in proportion to
 * weights[tap], which add up to SCALER_ONE. */
typedef struct {
  guint32 first;
  guint32 n;
  guint32 tap;
} ScalerSpan;

typedef struct {
  int         n_source;
  int         n_result;
  ScalerSpan *spans;        /* n_result */
  guint16    *weights;
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

static void
scaler_span_nearest (ScalerSpan *span, int i, int n_source, int n_result)
{
  span->first = (guint32) ((2 * (gint64) i + 1) * n_source / (2 * (gint64) n_result));
  span->n = 1;
}

/* The middle of the pixel lies between the middles of two source pixels. */
static guint
scaler_span_linear (ScalerSpan *span, guint16 *weights, int i, int n_source, int n_result)
{
  gint64 whole = 2 * (gint64) n_result;
  gint64 position = MAX ((2 * (gint64) i + 1) * n_source - n_result, 0);
  guint16 second = (guint16) ((position % whole * SCALER_ONE + n_result) / whole);

  span->first = (guint32) MIN (position / whole, n_source - 1);
  if (second == 0 || span->first + 1 >= (guint32) n_source) {
    span->n = 1;
    weights[0] = SCALER_ONE;
  } else {
    span->n = 2;
    weights[0] = (guint16) (SCALER_ONE - second);
    weights[1] = second;
  }
  return span->n;
}

/* Rounding is done on what has been covered so far, so that the weights add up. */
static guint
scaler_span_average (ScalerSpan *span, guint16 *weights, int i, int n_source, int n_result)
{
  gint64 begin = (gint64) i * n_source, end = begin + n_source, given = 0;
  gint64 last = (end - 1) / n_result;

  span->first = (guint32) (begin / n_result);
  span->n = (guint32) (last - span->first + 1);
  for (guint32 k = 0; k < span->n; k++) {
    gint64 covered = MIN (((gint64) span->first + k + 1) * n_result, end) - begin;
    gint64 upto = (covered * SCALER_ONE + n_source / 2) / n_source;

    weights[k] = (guint16) (upto - given);
    given = upto;
  }
  return span->n;
}

static void
scaler_axis_init (ScalerAxis *axis, int n_source, int n_result, gboolean smooth)
{
  gsize n_weights = 0;

  axis->n_source = n_source;
  axis->n_result = n_result;
  axis->spans = g_new (ScalerSpan, (gsize) n_result);
  /* An average reads each source pixel once, or twice where two pixels of the result meet in it. */
  axis->weights = g_new (guint16, smooth ? (gsize) n_source + 2 * (gsize) n_result : 1);
  axis->weights[0] = SCALER_ONE;

  for (int i = 0; i < n_result; i++) {
    ScalerSpan *span = &axis->spans[i];

    span->tap = (guint32) n_weights;
    if (!smooth || n_source == n_result)
      scaler_span_nearest (span, i, n_source, n_result);
    else if (n_result > n_source)
      n_weights += scaler_span_linear (span, &axis->weights[n_weights], i, n_source, n_result);
    else
      n_weights += scaler_span_average (span, &axis->weights[n_weights], i, n_source, n_result);
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
  g_free (self->across.spans);
  g_free (self->across.weights);
  g_free (self->down.spans);
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

static guint32
scaler_load (const guint8 *bytes)
{
  guint32 pixel;

  memcpy (&pixel, bytes, sizeof pixel);
  return pixel;
}

static Lanes
lanes_spread (guint32 pixel)
{
  Lanes lanes = pixel;

  lanes = (lanes | lanes << 16) & G_GUINT64_CONSTANT (0x0000ffff0000ffff);
  return (lanes | lanes << 8) & LANES_LOW_BYTES;
}

/* Pixels @begin to @begin + @n of a turned row. */
static void
scaler_fetch (const ScalerSource *source, guint32 row, guint32 begin, guint32 n, Lanes *restrict lanes)
{
  const guint8 *restrict from = source->first + (gssize) row * source->stride + (gssize) begin * source->step;

  if (source->step == SCALER_CHANNELS) {
    guint16 *restrict to = (guint16 *) lanes;

    for (gsize i = 0; i < (gsize) n * SCALER_CHANNELS; i++)
      to[i] = from[i];
  } else {
    for (guint32 i = 0; i < n; i++, from += source->step)
      lanes[i] = lanes_spread (scaler_load (from));
  }
}

/* Smooth */

/* What is needed for one strip of columns. Rows have one Lanes for each pixel, with numbers up to 255. */
typedef struct {
  const GvncScaler *scaler;
  ScalerSource      source;
  int               left;       /* of the strip */
  int               width;
  Lanes            *fetched;    /* a piece of a turned source row */
  Lanes            *rows[2];    /* those pieces at the width of the strip */
  gint64            row_index[2];
  guint             next;       /* the one to be overwritten */
  guint16          *sum;
} ScalerStrip;

/* The whole pixels are multiplied as one number: no lane can reach the next one. */
static void
strip_stretch (const ScalerStrip *strip, const Lanes *restrict fetched, Lanes *restrict row)
{
  const ScalerAxis *axis = &strip->scaler->across;
  const ScalerSpan *spans = &axis->spans[strip->left];
  guint32 begin = spans[0].first;

  for (int i = 0; i < strip->width; i++) {
    const Lanes *pixel = &fetched[spans[i].first - begin];
    const guint16 *weights = &axis->weights[spans[i].tap];
    Lanes sum = LANES_HALF;

    switch (spans[i].n) {
    case 1:
      row[i] = pixel[0];
      continue;
    case 2:
      sum += pixel[0] * weights[0] + pixel[1] * weights[1];
      break;
    case 3:
      sum += pixel[0] * weights[0] + pixel[1] * weights[1] + pixel[2] * weights[2];
      break;
    default:
      for (guint32 k = 0; k < spans[i].n; k++)
        sum += pixel[k] * weights[k];
      break;
    }
    row[i] = sum >> SCALER_SHIFT & LANES_LOW_BYTES;
  }
}

static const guint16 *
strip_get_row (ScalerStrip *strip, guint32 index)
{
  const ScalerAxis *axis = &strip->scaler->across;
  const ScalerSpan *first = &axis->spans[strip->left], *last = &first[strip->width - 1];
  guint which;

  for (which = 0; which < G_N_ELEMENTS (strip->rows); which++)
    if (strip->row_index[which] == index) {
      strip->next = !which;
      return (const guint16 *) strip->rows[which];
    }

  which = strip->next;
  strip->next = !which;
  strip->row_index[which] = index;
  if (axis->n_source == axis->n_result) {
    scaler_fetch (&strip->source, index, first->first, (guint32) strip->width, strip->rows[which]);
  } else {
    scaler_fetch (&strip->source, index, first->first, last->first + last->n - first->first, strip->fetched);
    strip_stretch (strip, strip->fetched, strip->rows[which]);
  }
  return (const guint16 *) strip->rows[which];
}

static void
strip_store (const guint16 *restrict row, guint8 *restrict target, gsize n)
{
  for (gsize i = 0; i < n; i++)
    target[i] = (guint8) row[i];
}

static void
strip_store_two (const guint16 *restrict a, const guint16 *restrict b, const guint16 *weights,
                 guint8 *restrict target, gsize n)
{
  guint16 weight_a = weights[0], weight_b = weights[1];

  for (gsize i = 0; i < n; i++) {
    guint16 sum = (guint16) (a[i] * weight_a + b[i] * weight_b + SCALER_ONE / 2);

    target[i] = (guint8) (sum >> SCALER_SHIFT);
  }
}

static void
strip_add (guint16 *restrict sum, const guint16 *restrict row, guint16 weight, gsize n)
{
  for (gsize i = 0; i < n; i++)
    sum[i] = (guint16) (sum[i] + row[i] * weight);
}

static void
strip_store_sum (const guint16 *restrict sum, guint8 *restrict target, gsize n)
{
  for (gsize i = 0; i < n; i++)
    target[i] = (guint8) ((guint16) (sum[i] + SCALER_ONE / 2) >> SCALER_SHIFT);
}

static void
strip_draw_row (ScalerStrip *strip, int y, guint8 *target)
{
  const ScalerAxis *axis = &strip->scaler->down;
  const ScalerSpan *span = &axis->spans[y];
  const guint16 *weights = &axis->weights[span->tap];
  gsize n = (gsize) strip->width * SCALER_CHANNELS;
  const guint16 *row;

  switch (span->n) {
  case 1:
    strip_store (strip_get_row (strip, span->first), target, n);
    break;
  case 2:
    row = strip_get_row (strip, span->first);
    strip_store_two (row, strip_get_row (strip, span->first + 1), weights, target, n);
    break;
  default:
    memset (strip->sum, 0, n * sizeof *strip->sum);
    for (guint32 k = 0; k < span->n; k++)
      if (weights[k] != 0)
        strip_add (strip->sum, strip_get_row (strip, span->first + k), weights[k], n);
    strip_store_sum (strip->sum, target, n);
    break;
  }
}

static void
scaler_draw_smooth (const GvncScaler *self, const ScalerSource *source,
                    guint8 *target, gsize target_stride, const GvncArea *area)
{
  ScalerStrip strip = { .scaler = self, .source = *source };
  gsize n_columns = (gsize) MIN (area->width, SCALER_STRIP);
  guint32 most = 0;
  g_autofree Lanes *memory = NULL;

  for (int x = 0; x < area->width; x += SCALER_STRIP) {
    const ScalerSpan *first = &self->across.spans[area->x + x];
    const ScalerSpan *last = &self->across.spans[area->x + MIN (x + SCALER_STRIP, area->width) - 1];

    most = MAX (most, last->first + last->n - first->first);
  }
  memory = g_new (Lanes, most + 3 * n_columns);
  strip.fetched = memory;
  strip.rows[0] = memory + most;
  strip.rows[1] = strip.rows[0] + n_columns;
  strip.sum = (guint16 *) (strip.rows[1] + n_columns);

  for (int x = 0; x < area->width; x += SCALER_STRIP) {
    strip.left = area->x + x;
    strip.width = MIN (SCALER_STRIP, area->width - x);
    strip.row_index[0] = strip.row_index[1] = -1;
    strip.next = 0;
    for (int y = 0; y < area->height; y++)
      strip_draw_row (&strip, area->y + y, target + (gsize) y * target_stride + (gsize) x * SCALER_CHANNELS);
  }
}

/* Nearest */

/* The pixel in the middle of what a span reads, which is its only one when nothing is smoothed. */
static gssize
span_middle (const ScalerSpan *span)
{
  return (gssize) (span->first + span->n / 2);
}

static void
scaler_draw_nearest (const GvncScaler *self, const ScalerSource *source,
                     guint8 *target, gsize target_stride, const GvncArea *area)
{
  const ScalerSpan *columns = &self->across.spans[area->x], *rows = &self->down.spans[area->y];
  gsize row_bytes = (gsize) area->width * SCALER_CHANNELS;
  gboolean copy = self->across.n_source == self->across.n_result && source->step == SCALER_CHANNELS;

  for (int y = 0; y < area->height; y++, target += target_stride) {
    const guint8 *from = source->first + span_middle (&rows[y]) * source->stride;

    if (y > 0 && span_middle (&rows[y]) == span_middle (&rows[y - 1]))
      memcpy (target, target - target_stride, row_bytes);
    else if (copy)
      memcpy (target, from + (gsize) area->x * SCALER_CHANNELS, row_bytes);
    else
      for (int x = 0; x < area->width; x++)
        memcpy (target + (gsize) x * SCALER_CHANNELS, from + span_middle (&columns[x]) * source->step,
                SCALER_CHANNELS);
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

/* The first index of the result from which on all spans end behind @position, or begin there at the earliest. Spans
 * never go back, neither where they begin nor where they end. */
static int
scaler_axis_find (const ScalerAxis *axis, guint32 position, gboolean ends)
{
  int low = 0, high = axis->n_result;

  while (low < high) {
    int middle = low + (high - low) / 2;
    const ScalerSpan *span = &axis->spans[middle];

    if (ends ? span->first + span->n > position : span->first >= position)
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
