/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "wire/block.h"
#include "wire/format.h"
#include "wire/rect.h"

#include <string.h>

/* What decoders draw on: a list of drawing operations in wire order.
 *
 * Nothing is drawn when a verb is called. The list travels to the main context, where the replay applies it to the
 * framebuffer, converting each pixel once. Tests and cursor shapes apply it to a picture of their own.
 *
 * Pixels of an operation are not copied: they lie in a block, which the canvas keeps a reference of until the list is
 * cleared. That is either the block the unit was received in (`input`) or memory from gvnc_canvas_alloc(). */

/* How the bytes of an operation look. */
typedef enum {
  GVNC_LAYOUT_PIXEL,   /* pixels as in the session's pixel format, bits_per_pixel / 8 bytes each */
  GVNC_LAYOUT_CPIXEL,  /* three bytes each, as ZRLE sends them; see gvnc_pixel_format_cpixel_size() */
  GVNC_LAYOUT_RGB24,   /* three bytes each: red, green, blue, 8 bits per channel */
  GVNC_LAYOUT_XRGB32,  /* a guint32 in host order each, 0xXXRRGGBB, aligned to 4; the top byte means nothing */
} GvncLayout;

typedef enum {
  GVNC_OP_FILL,   /* fill rect with one pixel */
  GVNC_OP_COPY,   /* copy rect from another place of the framebuffer, as if through a second buffer */
  GVNC_OP_BLIT,   /* put pixels */
  GVNC_OP_EVENT,  /* not drawing: the session's own mark, `value` is its index in the session's event list */
} GvncOpKind;

typedef struct {
  guint8        kind;    /* GvncOpKind */
  guint8        layout;  /* GvncLayout, of FILL (PIXEL and XRGB32 only) and BLIT */
  GvncRect      rect;    /* in framebuffer coordinates, inside of it */
  guint32       value;   /* FILL: see gvnc_op_fill_pixel(); COPY: source x | source y << 16; BLIT: bytes from row to row */
  const guint8 *data;    /* BLIT: first pixel */
} GvncOp;

typedef struct {
  GvncOp     *ops;
  guint       n_ops;
  guint       n_allocated;
  GPtrArray  *blocks;      /* owned references of all blocks that ops point into */
  gsize       n_bytes;     /* memory that waits here: blocks and ops; the engine's back-pressure looks at it */
  GvncBlock  *arena;       /* the last of blocks that gvnc_canvas_alloc() made, or NULL */
  gsize       arena_used;
  GvncBlock  *input;       /* not owned: block of the unit being taken, set by the pump; NULL when none */
  gboolean    input_kept;  /* whether blocks has a reference of input already */
} GvncCanvas;

void    gvnc_canvas_init   (GvncCanvas *canvas);
/* Drops all operations and block references. */
void    gvnc_canvas_clear  (GvncCanvas *canvas);

/* Which block the bytes of the next unit lie in; called by the pump. */
void    gvnc_canvas_set_input (GvncCanvas *canvas,
                               GvncBlock  *input);

/* Memory for @len bytes of pixels, aligned to 16, that lives as long as the list. Not cleared: write every byte that an
 * operation shows. */
guint8 *gvnc_canvas_alloc  (GvncCanvas *canvas,
                            gsize       len);
/* Gives back the end of the latest allocation, so that only its first @used bytes are taken. */
void    gvnc_canvas_trim   (GvncCanvas   *canvas,
                            const guint8 *memory,
                            gsize         len,
                            gsize         used);

GvncOp *gvnc_canvas_append_slow (GvncCanvas *canvas);

static inline GvncOp *
gvnc_canvas_append (GvncCanvas *canvas)
{
  if (G_UNLIKELY (canvas->n_ops == canvas->n_allocated))
    return gvnc_canvas_append_slow (canvas);
  canvas->n_bytes += sizeof (GvncOp);
  return &canvas->ops[canvas->n_ops++];
}

/* @pixel points at @pixel_size (1, 2 or 4) bytes, which are copied. */
static inline void
gvnc_canvas_fill (GvncCanvas     *canvas,
                  const GvncRect *rect,
                  const guint8   *pixel,
                  guint           pixel_size)
{
  GvncOp *op = gvnc_canvas_append (canvas);
  guint8 bytes[4] = { 0, 0, 0, 0 };

  switch (pixel_size) {
  case 1: bytes[0] = pixel[0]; break;
  case 2: memcpy (bytes, pixel, 2); break;
  default: memcpy (bytes, pixel, 4); break;
  }
  op->kind = GVNC_OP_FILL;
  op->layout = GVNC_LAYOUT_PIXEL;
  op->rect = *rect;
  memcpy (&op->value, bytes, 4);
  op->data = NULL;
}

/* @colour is 0x00RRGGBB. */
static inline void
gvnc_canvas_fill_rgb (GvncCanvas     *canvas,
                      const GvncRect *rect,
                      guint32         colour)
{
  GvncOp *op = gvnc_canvas_append (canvas);

  op->kind = GVNC_OP_FILL;
  op->layout = GVNC_LAYOUT_XRGB32;
  op->rect = *rect;
  op->value = colour;
  op->data = NULL;
}

/* The pixel of a FILL of layout PIXEL, as its bytes were on the wire. */
static inline const guint8 *
gvnc_op_fill_pixel (const GvncOp *op)
{
  return (const guint8 *) &op->value;
}

/* The caller has checked that the source lies inside of the framebuffer. */
static inline void
gvnc_canvas_copy (GvncCanvas     *canvas,
                  const GvncRect *rect,
                  guint16         source_x,
                  guint16         source_y)
{
  GvncOp *op = gvnc_canvas_append (canvas);

  op->kind = GVNC_OP_COPY;
  op->layout = 0;
  op->rect = *rect;
  op->value = (guint32) source_x | (guint32) source_y << 16;
  op->data = NULL;
}

static inline guint16
gvnc_op_source_x (const GvncOp *op)
{
  return (guint16) op->value;
}

static inline guint16
gvnc_op_source_y (const GvncOp *op)
{
  return (guint16) (op->value >> 16);
}

void gvnc_canvas_keep_input (GvncCanvas *canvas);

/* @pixels lie in memory from gvnc_canvas_alloc(); @stride is in bytes. */
static inline void
gvnc_canvas_blit (GvncCanvas     *canvas,
                  const GvncRect *rect,
                  GvncLayout      layout,
                  const guint8   *pixels,
                  gsize           stride)
{
  GvncOp *op = gvnc_canvas_append (canvas);

  op->kind = GVNC_OP_BLIT;
  op->layout = (guint8) layout;
  op->rect = *rect;
  op->value = (guint32) stride;
  op->data = pixels;
}

/* The same for pixels at the start of @block, a reference of which the canvas takes over: for a picture that took
 * several units to put together. */
void gvnc_canvas_blit_block (GvncCanvas     *canvas,
                             const GvncRect *rect,
                             GvncLayout      layout,
                             GvncBlock      *block,
                             gsize           stride);

/* The same for @pixels that lie in the unit being taken. */
static inline void
gvnc_canvas_blit_input (GvncCanvas     *canvas,
                        const GvncRect *rect,
                        GvncLayout      layout,
                        const guint8   *pixels,
                        gsize           stride)
{
  if (!canvas->input_kept)
    gvnc_canvas_keep_input (canvas);
  gvnc_canvas_blit (canvas, rect, layout, pixels, stride);
}
