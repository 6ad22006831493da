/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "painter.h"

#include "pixel/convert.h"
#include "vncbaseframebuffer-private.h"
#include "vncpixelformat-private.h"

#define PAINTER_MAX_COLOURS 65536
#define PAINTER_N_LAYOUTS   (GVNC_LAYOUT_XRGB32 + 1)

/* How operations of a layout get onto a framebuffer that has methods of its own. */
typedef enum {
  PAINTER_BLT,            /* bytes as they are */
  PAINTER_BLT_CONVERTED,  /* made pixels of its remote format */
  PAINTER_RGB24,          /* bytes as they are */
  PAINTER_RGB24_CONVERTED,
} PainterWay;

struct _GvncPainter {
  VncFramebuffer        *framebuffer;  /* owned, or NULL */
  gboolean               is_direct;    /* memory is valid; else everything goes through the interface */
  GvncFramebufferMemory  memory;
  guint                  width;        /* of the framebuffer */
  guint                  height;
  GvncPixelFormat        remote;       /* what the interface takes; bits_per_pixel 0: it told none that we know */

  GvncPixelFormat        format;       /* of the operations; bits_per_pixel 0: not told yet */
  guint16               *colours;      /* owned: red, green, blue of n_colours entries, of PAINTER_MAX_COLOURS; or NULL */
  guint                  n_colours;
  gboolean               map_is_new;   /* the interface has not got the colours yet */

  /* By layout; made when first needed, from the fields above. */
  gboolean               ready[PAINTER_N_LAYOUTS];
  PainterWay             ways[PAINTER_N_LAYOUTS];
  GvncConverter          converters[PAINTER_N_LAYOUTS];

  guint8                *scratch;      /* owned: converted rows on their way to the interface */
  gsize                  scratch_size;
};

/* Rows of an operation that one call draws, cut at the edges of the framebuffer. */
typedef struct {
  guint x;
  guint y;       /* of the first row */
  guint first;   /* first row within the operation */
  guint width;
  guint n_rows;
} PainterPart;

GvncPainter *
gvnc_painter_new (void)
{
  return g_new0 (GvncPainter, 1);
}

static void
painter_forget_converters (GvncPainter *painter)
{
  for (guint i = 0; i < PAINTER_N_LAYOUTS; i++) {
    if (painter->ready[i])
      gvnc_converter_clear (&painter->converters[i]);
    painter->ready[i] = FALSE;
  }
}

void
gvnc_painter_free (GvncPainter *painter)
{
  painter_forget_converters (painter);
  g_clear_object (&painter->framebuffer);
  g_free (painter->colours);
  g_free (painter->scratch);
  g_free (painter);
}

void
gvnc_painter_set_framebuffer (GvncPainter    *painter,
                              VncFramebuffer *framebuffer)
{
  const VncPixelFormat *remote;

  g_set_object (&painter->framebuffer, framebuffer);
  painter_forget_converters (painter);
  painter->is_direct = FALSE;
  painter->width = painter->height = 0;
  painter->remote = (GvncPixelFormat) { 0 };
  painter->map_is_new = TRUE;
  if (framebuffer == NULL)
    return;

  painter->is_direct = gvnc_base_framebuffer_peek (framebuffer, &painter->memory);
  painter->width = vnc_framebuffer_get_width (framebuffer);
  painter->height = vnc_framebuffer_get_height (framebuffer);
  remote = vnc_framebuffer_get_remote_format (framebuffer);
  if (remote != NULL) {
    gvnc_pixel_format_from_public (&painter->remote, remote);
    if (!gvnc_pixel_format_check (&painter->remote, NULL))
      painter->remote = (GvncPixelFormat) { 0 };
  }
}

gboolean
gvnc_painter_is_direct (const GvncPainter *painter)
{
  return painter->is_direct || painter->framebuffer == NULL;
}

void
gvnc_painter_set_format (GvncPainter           *painter,
                         const GvncPixelFormat *format)
{
  painter_forget_converters (painter);
  painter->format = *format;
}

void
gvnc_painter_set_colours (GvncPainter   *painter,
                          guint          first,
                          guint          n_colours,
                          const guint16 *rgb)
{
  if (first >= PAINTER_MAX_COLOURS || n_colours == 0)
    return;
  n_colours = MIN (n_colours, PAINTER_MAX_COLOURS - first);

  if (painter->colours == NULL)
    painter->colours = g_new0 (guint16, 3 * PAINTER_MAX_COLOURS);
  memcpy (painter->colours + 3 * first, rgb, 3 * n_colours * sizeof (guint16));
  painter->n_colours = MAX (painter->n_colours, first + n_colours);
  painter->map_is_new = TRUE;
  if (!painter->format.true_colour)
    painter_forget_converters (painter);
}

void
gvnc_painter_reset_colours (GvncPainter *painter)
{
  g_clear_pointer (&painter->colours, g_free);
  painter->n_colours = 0;
  painter->map_is_new = TRUE;
  if (!painter->format.true_colour)
    painter_forget_converters (painter);
}

/* An application that draws on the framebuffer itself, and a framebuffer with methods of its own, need the map. */
static void
painter_hand_over_map (GvncPainter *painter)
{
  guint n = MIN (painter->n_colours, G_MAXUINT16);
  g_autoptr (GObject) held = NULL;
  VncColorMap *map;

  painter->map_is_new = FALSE;
  if (painter->remote.bits_per_pixel == 0 || painter->remote.true_colour)
    return;

  map = vnc_color_map_new (0, (guint16) n);
  for (guint i = 0; i < n; i++) {
    const guint16 *rgb = &painter->colours[3 * i];

    vnc_color_map_set (map, (guint16) i, rgb[0], rgb[1], rgb[2]);
  }
  held = g_object_ref (G_OBJECT (painter->framebuffer)); /* who is told of the change may set another one */
  vnc_framebuffer_set_color_map (painter->framebuffer, map);
  vnc_color_map_free (map);
}

static PainterWay
painter_choose_way (const GvncPainter *painter,
                    GvncLayout         layout)
{
  if (layout == GVNC_LAYOUT_RGB24)
    return PAINTER_RGB24;
  if (layout == GVNC_LAYOUT_PIXEL && gvnc_pixel_formats_alike (&painter->format, &painter->remote))
    return PAINTER_BLT;
  if (layout == GVNC_LAYOUT_XRGB32 || !painter->remote.true_colour)
    return PAINTER_RGB24_CONVERTED;
  return PAINTER_BLT_CONVERTED;
}

/* What the bytes of pixels are taken for. A framebuffer in plain memory says so itself, and applications count on it:
 * gvnccapture names its own format as the remote one to have the channels of the server's swapped. Only formats of the
 * same size can stand for each other, else the framebuffer is older than the session's format; where three bytes of a pixel were
 * sent, they must be all of the other's. */
static const GvncPixelFormat *
painter_source (const GvncPainter *painter,
                GvncLayout         layout)
{
  const GvncPixelFormat *format = &painter->format, *remote = &painter->remote;
  guint offset;

  if (layout == GVNC_LAYOUT_CPIXEL && gvnc_pixel_format_cpixel_size (remote, &offset) != 3)
    return format;
  if (remote->bits_per_pixel == 32 && format->bits_per_pixel == 32 && format->true_colour && remote->true_colour &&
      format->big_endian == remote->big_endian && format->red_max == 255 && format->green_max == 255 &&
      format->blue_max == 255 && remote->red_max == 255 && remote->green_max == 255 && remote->blue_max == 255)
    return remote;
  return format;
}

/* FALSE when operations of @layout cannot be drawn: the framebuffer has no usable format, or ours is not known. */
static gboolean
painter_prepare (GvncPainter *painter,
                 GvncLayout   layout)
{
  GvncConverter *converter = &painter->converters[layout];

  if (painter->ready[layout])
    return TRUE;
  if (painter->format.bits_per_pixel == 0 && (layout == GVNC_LAYOUT_PIXEL || layout == GVNC_LAYOUT_CPIXEL))
    return FALSE;

  if (painter->is_direct) {
    gvnc_converter_init (converter, layout, painter_source (painter, layout), painter->colours, painter->n_colours,
                         &painter->memory.format);
    /* An application may take what is left over for the opacity, as gvnccapture does; servers send zeros there mostly. */
    gvnc_converter_set_opaque (converter);
  } else {
    if (painter->remote.bits_per_pixel == 0)
      return FALSE;
    painter->ways[layout] = painter_choose_way (painter, layout);
    if (painter->ways[layout] == PAINTER_BLT || painter->ways[layout] == PAINTER_BLT_CONVERTED)
      gvnc_converter_init (converter, layout, &painter->format, painter->colours, painter->n_colours, &painter->remote);
    else
      gvnc_converter_init_rgb24 (converter, layout, &painter->format, painter->colours, painter->n_colours);
  }
  painter->ready[layout] = TRUE;
  return TRUE;
}

static guint8 *
painter_at (const GvncPainter *painter,
            guint              x,
            guint              y,
            guint              pixel_size)
{
  return painter->memory.buffer + (gsize) y * painter->memory.rowstride + (gsize) x * pixel_size;
}

static guint8 *
painter_scratch (GvncPainter *painter,
                 gsize        size)
{
  if (painter->scratch_size < size) {
    g_free (painter->scratch);
    painter->scratch = g_malloc (size);
    painter->scratch_size = size;
  }
  return painter->scratch;
}

/* What a fill wants to be: bytes of the target's pixel. */
static void
painter_fill_pixel (const GvncPainter *painter,
                    const GvncOp      *op,
                    guint8            *pixel)
{
  gvnc_converter_pixel (&painter->converters[op->layout], gvnc_op_fill_pixel (op), pixel);
}

static void
painter_fill_direct (const GvncPainter *painter,
                     const GvncOp      *op,
                     const PainterPart *part)
{
  const guint size = painter->converters[op->layout].target_size;
  guint8 pixel[4];

  painter_fill_pixel (painter, op, pixel);
  gvnc_pixels_fill (painter_at (painter, part->x, part->y, size), painter->memory.rowstride, part->width,
                    part->n_rows, pixel, size);
}

static void
painter_fill_interface (GvncPainter       *painter,
                        VncFramebuffer    *framebuffer,
                        const GvncOp      *op,
                        const PainterPart *part)
{
  guint8 pixel[4];

  painter_fill_pixel (painter, op, pixel);
  if (painter->ways[op->layout] == PAINTER_BLT || painter->ways[op->layout] == PAINTER_BLT_CONVERTED) {
    vnc_framebuffer_fill (framebuffer, pixel, (guint16) part->x, (guint16) part->y, (guint16) part->width,
                          (guint16) part->n_rows);
  } else {
    /* no pixel of the remote format has this colour: the interface has a way for pictures, so make it one */
    guint8 *row = painter_scratch (painter, (gsize) part->width * 3);

    for (guint i = 0; i < part->width; i++)
      memcpy (row + 3 * i, pixel, 3);
    for (guint i = 0; i < part->n_rows; i++)
      vnc_framebuffer_rgb24_blt (framebuffer, row, (int) part->width * 3, (guint16) part->x,
                                 (guint16) (part->y + i), (guint16) part->width, 1);
  }
}

static void
painter_blit_direct (const GvncPainter *painter,
                     const GvncOp      *op,
                     const PainterPart *part)
{
  const GvncConverter *converter = &painter->converters[op->layout];
  const guint8 *source = op->data + (gsize) part->first * op->value;
  guint8 *target = painter_at (painter, part->x, part->y, converter->target_size);

  for (guint i = 0; i < part->n_rows; i++, source += op->value, target += painter->memory.rowstride)
    gvnc_converter_row (converter, source, target, part->width);
}

static void
painter_blit_interface (GvncPainter       *painter,
                        VncFramebuffer    *framebuffer,
                        const GvncOp      *op,
                        const PainterPart *part)
{
  const GvncConverter *converter = &painter->converters[op->layout];
  const PainterWay way = painter->ways[op->layout];
  const guint8 *source = op->data + (gsize) part->first * op->value;
  guint8 *pixels = (guint8 *) source;
  gsize stride = op->value;

  if (way == PAINTER_BLT_CONVERTED || way == PAINTER_RGB24_CONVERTED) {
    stride = (gsize) part->width * converter->target_size;
    pixels = painter_scratch (painter, stride * part->n_rows);
    for (guint i = 0; i < part->n_rows; i++)
      gvnc_converter_row (converter, source + (gsize) i * op->value, pixels + i * stride, part->width);
  }
  if (way == PAINTER_BLT || way == PAINTER_BLT_CONVERTED)
    vnc_framebuffer_blt (framebuffer, pixels, (int) stride, (guint16) part->x, (guint16) part->y,
                         (guint16) part->width, (guint16) part->n_rows);
  else
    vnc_framebuffer_rgb24_blt (framebuffer, pixels, (int) stride, (guint16) part->x, (guint16) part->y,
                               (guint16) part->width, (guint16) part->n_rows);
}

static void
painter_copy_direct (const GvncPainter *painter,
                     const PainterPart *part,
                     guint              source_x,
                     guint              source_y,
                     gboolean           upwards)
{
  const guint size = gvnc_pixel_format_size (&painter->memory.format);

  for (guint i = 0; i < part->n_rows; i++) {
    guint row = upwards ? part->n_rows - 1 - i : i;

    memmove (painter_at (painter, part->x, part->y + row, size), painter_at (painter, source_x, source_y + row, size),
             (gsize) part->width * size);
  }
}

/* How much of @length fits between @start and @end. */
static guint
painter_cut (guint start,
             guint length,
             guint end)
{
  return start < end ? MIN (length, end - start) : 0;
}

/* Draws the rows of @part; @framebuffer is the painter's, held by the caller, since methods of an application may set
 * another one. */
static void
painter_draw_part (GvncPainter    *painter,
                   VncFramebuffer *framebuffer,
                   const GvncOp   *op,
                   PainterPart    *part,
                   guint           height)
{
  const guint source_x = gvnc_op_source_x (op);
  guint source_y = gvnc_op_source_y (op);
  const gboolean upwards = op->kind == GVNC_OP_COPY && op->rect.y > source_y;

  /* Downwards the last rows go first, so that none is overwritten before it was copied: row n is the nth from below. */
  if (upwards)
    part->first = height - part->first - part->n_rows;
  part->y = op->rect.y + part->first;
  source_y += part->first;

  if (painter->is_direct) {
    if (op->kind == GVNC_OP_FILL)
      painter_fill_direct (painter, op, part);
    else if (op->kind == GVNC_OP_BLIT)
      painter_blit_direct (painter, op, part);
    else
      painter_copy_direct (painter, part, source_x, source_y, upwards);
  } else {
    if (op->kind == GVNC_OP_FILL)
      painter_fill_interface (painter, framebuffer, op, part);
    else if (op->kind == GVNC_OP_BLIT)
      painter_blit_interface (painter, framebuffer, op, part);
    else
      vnc_framebuffer_copyrect (framebuffer, (guint16) source_x, (guint16) source_y, (guint16) part->x,
                                (guint16) part->y, (guint16) part->width, (guint16) part->n_rows);
  }
}

gboolean
gvnc_painter_draw (GvncPainter  *painter,
                   const GvncOp *op,
                   guint        *row,
                   guint         max_pixels)
{
  PainterPart part = { .x = op->rect.x, .first = *row };
  guint height;

  if (painter->map_is_new && painter->framebuffer != NULL && !painter->format.true_colour)
    painter_hand_over_map (painter);
  if (painter->framebuffer == NULL || op->kind == GVNC_OP_EVENT)
    return TRUE;
  if (op->kind != GVNC_OP_COPY && !painter_prepare (painter, op->layout))
    return TRUE;

  part.width = painter_cut (op->rect.x, op->rect.width, painter->width);
  height = painter_cut (op->rect.y, op->rect.height, painter->height);
  if (op->kind == GVNC_OP_COPY) {
    part.width = painter_cut (gvnc_op_source_x (op), part.width, painter->width);
    height = painter_cut (gvnc_op_source_y (op), height, painter->height);
  }
  if (part.width == 0 || *row >= height)
    return TRUE;
  part.n_rows = height - *row;
  if (part.width * part.n_rows > max_pixels)   /* both are of 16 bits */
    part.n_rows = MAX (1, max_pixels / part.width);
  *row += part.n_rows;

  if (painter->is_direct) {
    painter_draw_part (painter, NULL, op, &part, height);
  } else {
    g_autoptr (GObject) held = g_object_ref (G_OBJECT (painter->framebuffer));

    painter_draw_part (painter, VNC_FRAMEBUFFER (held), op, &part, height);
  }
  return *row >= height;
}
