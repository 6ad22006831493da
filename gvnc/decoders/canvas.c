/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/canvas.h"

#define FIRST_OPS 64
#define ALIGNMENT 16

void
gvnc_canvas_init (GvncCanvas *canvas)
{
  *canvas = (GvncCanvas) { 0 };
  canvas->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) gvnc_block_unref);
}

void
gvnc_canvas_clear (GvncCanvas *canvas)
{
  g_clear_pointer (&canvas->ops, g_free);
  g_clear_pointer (&canvas->blocks, g_ptr_array_unref);
  *canvas = (GvncCanvas) { 0 };
}

GvncOp *
gvnc_canvas_append_slow (GvncCanvas *canvas)
{
  canvas->n_allocated = MAX (FIRST_OPS, canvas->n_allocated * 2);
  canvas->ops = g_renew (GvncOp, canvas->ops, canvas->n_allocated);
  canvas->n_bytes += sizeof (GvncOp);
  return &canvas->ops[canvas->n_ops++];
}

void
gvnc_canvas_set_input (GvncCanvas *canvas,
                       GvncBlock  *input)
{
  if (canvas->input == input)
    return;
  canvas->input = input;
  canvas->input_kept = FALSE;
}

void
gvnc_canvas_keep_input (GvncCanvas *canvas)
{
  g_assert (canvas->input != NULL);

  g_ptr_array_add (canvas->blocks, gvnc_block_ref (canvas->input));
  canvas->n_bytes += canvas->input->size;
  canvas->input_kept = TRUE;
}

void
gvnc_canvas_blit_block (GvncCanvas     *canvas,
                        const GvncRect *rect,
                        GvncLayout      layout,
                        GvncBlock      *block,
                        gsize           stride)
{
  g_ptr_array_add (canvas->blocks, block);
  canvas->n_bytes += block->size;
  gvnc_canvas_blit (canvas, rect, layout, block->data, stride);
}

guint8 *
gvnc_canvas_alloc (GvncCanvas *canvas,
                   gsize       len)
{
  gsize at = (canvas->arena_used + ALIGNMENT - 1) & ~(gsize) (ALIGNMENT - 1);

  if (canvas->arena == NULL || at > canvas->arena->size || canvas->arena->size - at < len) {
    canvas->arena = gvnc_block_new (len);
    g_ptr_array_add (canvas->blocks, canvas->arena);
    canvas->n_bytes += canvas->arena->size;
    at = 0;
  }
  canvas->arena_used = at + len;
  return canvas->arena->data + at;
}

void
gvnc_canvas_trim (GvncCanvas   *canvas,
                  const guint8 *memory,
                  gsize         len,
                  gsize         used)
{
  g_assert (used <= len);

  if (canvas->arena != NULL && memory + len == canvas->arena->data + canvas->arena_used)
    canvas->arena_used -= len - used;
}
