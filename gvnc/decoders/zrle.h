/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "decoders/decoder.h"
#include "decoders/tile.h"
#include "wire/inflate.h"

/* What ZRLE and ZYWRLE have in common: the zlib stream, which servers use for both, and the window that its bytes go
 * through. They differ in what a tile is. */

#define ZRLE_SIDE 64

typedef struct {
  GvncInflate *inflate;      /* owned; made for the first rectangle */
  guint8      *window;       /* owned */
  gsize        start, end;   /* inflated bytes in the window that no tile has used */
  gboolean     has_length;
  guint32      left;         /* payload to come */
  guint        x, y;         /* the next tile, relative to the rectangle; y is its height when all are done */
} ZrleState;

/* Draws the tiles that lie whole in the window. */
typedef gboolean (*ZrleDraw) (GvncDecoder  *self,
                              GvncCanvas   *canvas,
                              GError      **error);

gboolean zrle_begin (GvncDecoder  *self,
                     GError      **error);
void     zrle_clear (GvncDecoder  *self);
gsize    zrle_want  (const GvncDecoder *self);
gboolean zrle_take_with (GvncDecoder  *self,
                         GvncReader   *in,
                         GvncCanvas   *canvas,
                         ZrleDraw      draw,
                         GError      **error);

/* Where the next tile goes, in framebuffer coordinates; FALSE when there is none. */
static inline gboolean
zrle_tile_rect (const GvncDecoder *self,
                const ZrleState   *zrle,
                GvncRect          *rect)
{
  if (zrle->y == self->rect.height)
    return FALSE;
  rect->x = (guint16) (self->rect.x + zrle->x);
  rect->y = (guint16) (self->rect.y + zrle->y);
  rect->width = (guint16) MIN (ZRLE_SIDE, self->rect.width - zrle->x);
  rect->height = (guint16) MIN (ZRLE_SIDE, self->rect.height - zrle->y);
  return TRUE;
}

/* The tile at @rect is done, and @left bytes of the window are. */
static inline void
zrle_tile_done (const GvncDecoder *self,
                ZrleState         *zrle,
                const GvncRect    *rect,
                gsize              left)
{
  zrle->start = zrle->end - left;
  zrle->x += rect->width;
  if (zrle->x == self->rect.width) {
    zrle->x = 0;
    zrle->y += rect->height;
  }
}
