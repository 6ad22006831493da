/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "formats.h"

static gsize
tiles_at (const FormatsImage *image,
          guint               x,
          guint               y)
{
  return (gsize) y * image->rect.width + x;
}

/* The tile number @n of side @side, left to right and top to bottom; FALSE: there are no more. */
static gboolean
tiles_get (const FormatsImage *image,
           guint               side,
           guint               n,
           GvncRect           *tile)
{
  const guint across = (image->rect.width + side - 1u) / side;
  const guint x = n % across * side, y = n / across * side;

  if (y >= image->rect.height)
    return FALSE;
  *tile = (GvncRect) { (guint16) x, (guint16) y, (guint16) MIN (side, image->rect.width - x),
                       (guint16) MIN (side, image->rect.height - y) };
  return TRUE;
}

static void
tiles_put_pixels (FormatsServer      *server,
                  const FormatsImage *image,
                  const GvncRect     *tile,
                  GByteArray         *wire)
{
  for (guint y = tile->y; y < (guint) tile->y + tile->height; y++)
    for (guint x = tile->x; x < (guint) tile->x + tile->width; x++)
      formats_put_pixel (server, wire, image->values[tiles_at (image, x, y)]);
}

void
formats_encode_raw (FormatsServer    *server,
                    const FormatsRow *row,
                    FormatsImage     *image,
                    GByteArray       *wire)
{
  const GvncRect all = { 0, 0, image->rect.width, image->rect.height };

  tiles_put_pixels (server, image, &all, wire);
}

void
formats_encode_zlib (FormatsServer    *server,
                     const FormatsRow *row,
                     FormatsImage     *image,
                     GByteArray       *wire)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GByteArray) coded = g_byte_array_new ();

  formats_encode_raw (server, row, image, plain);
  formats_deflate (server, 0, plain, coded);
  formats_put_u32 (wire, coded->len);
  g_byte_array_append (wire, coded->data, coded->len);
}

/* The kind says from where: an index in this list, relative to the rectangle. */
void
formats_encode_copyrect (FormatsServer    *server,
                         const FormatsRow *row,
                         FormatsImage     *image,
                         GByteArray       *wire)
{
  static const gint moves[][2] = { { 0, 0 }, { 3, 2 }, { -2, 5 }, { 4, -3 }, { -5, -1 }, { 1000, 1000 } };
  const GvncRect *rect = &image->rect;
  const guint x = (guint) CLAMP (rect->x + moves[row->kind][0], 0, (gint) server->width - rect->width);
  const guint y = (guint) CLAMP (rect->y + moves[row->kind][1], 0, (gint) server->height - rect->height);

  formats_put_u16 (wire, x);
  formats_put_u16 (wire, y);
  for (guint j = 0; j < rect->height; j++)
    for (guint i = 0; i < rect->width; i++)
      image->colours[tiles_at (image, i, j)] = server->desktop[(y + j) * server->width + x + i];
}

/* --- subrectangles --- */

typedef struct {
  GvncRect rect;
  guint32  value;
} Subrect;

/* Rectangles of one value each that make the tile over @background; places are the tile's. */
static GArray *
tiles_find_subrects (const FormatsImage *image,
                     const GvncRect     *tile,
                     guint32             background)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Subrect));
  g_autofree guint8 *done = g_malloc0 ((gsize) tile->width * tile->height);

  for (guint y = 0; y < tile->height; y++)
    for (guint x = 0; x < tile->width; x++) {
      const guint32 value = image->values[tiles_at (image, tile->x + x, tile->y + y)];
      guint width = 0, height = 0;
      gboolean same = TRUE;
      Subrect sub;

      if (value == background || done[y * tile->width + x])
        continue;
      while (x + width < tile->width && !done[y * tile->width + x + width] &&
             image->values[tiles_at (image, tile->x + x + width, tile->y + y)] == value)
        width++;
      while (same && y + ++height < tile->height)
        for (guint i = 0; i < width; i++)
          same = same && !done[(y + height) * tile->width + x + i] &&
                 image->values[tiles_at (image, tile->x + x + i, tile->y + y + height)] == value;
      for (guint i = 0; i < width * height; i++)
        done[(y + i / width) * tile->width + x + i % width] = 1;
      sub = (Subrect) { { (guint16) x, (guint16) y, (guint16) width, (guint16) height }, value };
      g_array_append_val (found, sub);
    }
  return found;
}

static void
tiles_encode_rre (FormatsServer      *server,
                  const FormatsImage *image,
                  gboolean            is_compact,
                  GByteArray         *wire)
{
  const GvncRect all = { 0, 0, image->rect.width, image->rect.height };
  g_autoptr (GArray) subs = tiles_find_subrects (image, &all, image->palette[0]);

  formats_put_u32 (wire, subs->len);
  formats_put_pixel (server, wire, image->palette[0]);
  for (guint i = 0; i < subs->len; i++) {
    const Subrect *sub = &g_array_index (subs, Subrect, i);
    const guint16 places[] = { sub->rect.x, sub->rect.y, sub->rect.width, sub->rect.height };

    formats_put_pixel (server, wire, sub->value);
    for (guint j = 0; j < G_N_ELEMENTS (places); j++)
      (is_compact ? formats_put_u8 : formats_put_u16) (wire, places[j]);
  }
}

void
formats_encode_rre (FormatsServer    *server,
                    const FormatsRow *row,
                    FormatsImage     *image,
                    GByteArray       *wire)
{
  tiles_encode_rre (server, image, FALSE, wire);
}

void
formats_encode_corre (FormatsServer    *server,
                      const FormatsRow *row,
                      FormatsImage     *image,
                      GByteArray       *wire)
{
  tiles_encode_rre (server, image, TRUE, wire);
}

/* --- Hextile, ZlibHex --- */

/* What a client has kept of the tiles before. */
typedef struct {
  gboolean has_background, has_foreground;
  guint32  background, foreground;
} HexKept;

/* Appends what follows the mask, which it returns. */
static guint
hex_put_tile (FormatsServer      *server,
              guint               how,
              const FormatsImage *image,
              const GvncRect     *tile,
              HexKept            *kept,
              GByteArray         *wire)
{
  const guint32 first = image->values[tiles_at (image, tile->x, tile->y)];
  const gboolean coloured = (how & HEX_COLOURED) != 0;
  g_autoptr (GArray) subs = NULL;
  guint mask = 0;

  if ((how & HEX_RAW) != 0) {
    tiles_put_pixels (server, image, tile, wire);
    kept->has_background = kept->has_foreground = FALSE;
    return 1;
  }
  /* of two colours the one that was kept stays the background, also where the tile begins with the other */
  if ((how & HEX_BACKGROUND) != 0 || !kept->has_background || (image->n_palette == 1 && kept->background != first)) {
    mask |= 2;
    kept->background = first;
    kept->has_background = TRUE;
    formats_put_pixel (server, wire, kept->background);
  }
  subs = tiles_find_subrects (image, tile, kept->background);
  g_assert_cmpuint (subs->len, <, 256);
  if (subs->len == 0)
    return mask;
  if (!coloured) {
    const guint32 foreground = g_array_index (subs, Subrect, 0).value;

    if ((how & HEX_FOREGROUND) != 0 || !kept->has_foreground || kept->foreground != foreground) {
      mask |= 4;
      kept->foreground = foreground;
      kept->has_foreground = TRUE;
      formats_put_pixel (server, wire, foreground);
    }
  }
  mask |= coloured ? 8 | 16 : 8;
  formats_put_u8 (wire, subs->len);
  for (guint i = 0; i < subs->len; i++) {
    const Subrect *sub = &g_array_index (subs, Subrect, i);

    if (coloured)
      formats_put_pixel (server, wire, sub->value);
    else
      g_assert_cmphex (sub->value, ==, kept->foreground);
    formats_put_u8 (wire, (guint) sub->rect.x << 4 | sub->rect.y);
    formats_put_u8 (wire, (guint) (sub->rect.width - 1) << 4 | (guint) (sub->rect.height - 1));
  }
  if (coloured)
    kept->has_foreground = FALSE;
  return mask;
}

void
formats_encode_hextile (FormatsServer    *server,
                        const FormatsRow *row,
                        FormatsImage     *image,
                        GByteArray       *wire)
{
  static const guint turns[] = { 0, HEX_COLOURED, 0, HEX_RAW, HEX_BACKGROUND, 0 };
  HexKept kept = { 0 };
  GvncRect tile;

  for (guint n = 0; tiles_get (image, 16, n, &tile); n++) {
    const guint how = (row->kind & HEX_MIXED) != 0 ? turns[n % G_N_ELEMENTS (turns)] : row->kind;
    const gboolean is_coded = (row->kind & HEX_ZLIB) != 0 || ((row->kind & HEX_ZLIB_SOME) != 0 && n % 2 == 1);
    g_autoptr (GByteArray) plain = g_byte_array_new ();
    g_autoptr (GByteArray) coded = g_byte_array_new ();
    const guint mask = hex_put_tile (server, how, image, &tile, &kept, plain);

    /* zlib has nothing to say about no bytes */
    if (is_coded && plain->len > 0) {
      formats_deflate (server, mask == 1 ? 0 : 1, plain, coded);
      formats_put_u8 (wire, mask == 1 ? 32 : 64 | mask);
      formats_put_u16 (wire, coded->len);
      g_byte_array_append (wire, coded->data, coded->len);
    } else {
      formats_put_u8 (wire, mask);
      g_byte_array_append (wire, plain->data, plain->len);
    }
  }
}

/* --- TRLE, ZRLE --- */

static void
tile_put_palette (FormatsServer      *server,
                  const FormatsImage *image,
                  GByteArray         *wire)
{
  for (guint i = 0; i < image->n_palette; i++)
    formats_put_cpixel (server, wire, image->palette[i]);
}

static void
tile_put_packed (const FormatsImage *image,
                 const GvncRect     *tile,
                 GByteArray         *wire)
{
  const guint bits = image->n_palette <= 2 ? 1 : image->n_palette <= 4 ? 2 : 4;

  for (guint y = tile->y; y < (guint) tile->y + tile->height; y++) {
    guint byte = 0, used = 0;

    for (guint x = tile->x; x < (guint) tile->x + tile->width; x++) {
      used += bits;
      byte |= (guint) image->indices[tiles_at (image, x, y)] << (8 - used);
      if (used == 8 || x + 1 == (guint) tile->x + tile->width) {
        formats_put_u8 (wire, byte);
        byte = used = 0;
      }
    }
  }
}

/* Runs go on from line to line. */
static void
tile_put_runs (FormatsServer      *server,
               const FormatsImage *image,
               const GvncRect     *tile,
               gboolean            with_palette,
               GByteArray         *wire)
{
  const guint area = (guint) tile->width * tile->height;

  for (guint i = 0, run; i < area; i += run) {
    const gsize at = tiles_at (image, tile->x + i % tile->width, tile->y + i / tile->width);
    guint rest;

    for (run = 1; i + run < area; run++)
      if (image->values[tiles_at (image, tile->x + (i + run) % tile->width, tile->y + (i + run) / tile->width)] !=
          image->values[at])
        break;
    if (!with_palette)
      formats_put_cpixel (server, wire, image->values[at]);
    else
      formats_put_u8 (wire, image->indices[at] | (run > 1 ? 128 : 0));
    if (with_palette && run == 1)
      continue;
    for (rest = run - 1; rest >= 255; rest -= 255)
      formats_put_u8 (wire, 255);
    formats_put_u8 (wire, rest);
  }
}

void
formats_put_tile (FormatsServer      *server,
                  FormatsTile         kind,
                  const FormatsImage *image,
                  const GvncRect     *tile,
                  guint               n,
                  GByteArray         *wire)
{
  static const FormatsTile turns[] = { TILE_PACKED, TILE_RAW, TILE_PALETTE_RUNS, TILE_RUNS };
  gboolean reuse = FALSE;

  if (kind == TILE_MIXED)
    kind = turns[n % G_N_ELEMENTS (turns)];
  if (kind == TILE_REUSE || kind == TILE_REUSE_RUNS) {
    reuse = n > 0;
    kind = kind == TILE_REUSE && n % 3 != 1 ? TILE_PACKED : TILE_PALETTE_RUNS;
  }

  switch (kind) {
  case TILE_SOLID:
    formats_put_u8 (wire, 1);
    formats_put_cpixel (server, wire, image->values[tiles_at (image, tile->x, tile->y)]);
    break;
  case TILE_PACKED:
    formats_put_u8 (wire, reuse ? 127 : image->n_palette);
    if (!reuse)
      tile_put_palette (server, image, wire);
    tile_put_packed (image, tile, wire);
    break;
  case TILE_RUNS:
    formats_put_u8 (wire, 128);
    tile_put_runs (server, image, tile, FALSE, wire);
    break;
  case TILE_PALETTE_RUNS:
    formats_put_u8 (wire, reuse ? 129 : 128 + image->n_palette);
    if (!reuse)
      tile_put_palette (server, image, wire);
    tile_put_runs (server, image, tile, TRUE, wire);
    break;
  case TILE_RAW:
  default:
    formats_put_u8 (wire, 0);
    for (guint y = tile->y; y < (guint) tile->y + tile->height; y++)
      for (guint x = tile->x; x < (guint) tile->x + tile->width; x++)
        formats_put_cpixel (server, wire, image->values[tiles_at (image, x, y)]);
    break;
  }
}

void
formats_encode_trle (FormatsServer    *server,
                     const FormatsRow *row,
                     FormatsImage     *image,
                     GByteArray       *wire)
{
  GvncRect tile;

  for (guint n = 0; tiles_get (image, 16, n, &tile); n++)
    formats_put_tile (server, row->kind, image, &tile, n, wire);
}

void
formats_encode_zrle (FormatsServer    *server,
                     const FormatsRow *row,
                     FormatsImage     *image,
                     GByteArray       *wire)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GByteArray) coded = g_byte_array_new ();
  GvncRect tile;

  for (guint n = 0; tiles_get (image, 64, n, &tile); n++)
    formats_put_tile (server, row->kind, image, &tile, n, plain);
  formats_deflate (server, 0, plain, coded);
  formats_put_u32 (wire, coded->len);
  g_byte_array_append (wire, coded->data, coded->len);
}
