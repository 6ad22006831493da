/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "formats.h"

/* ZYWRLE loses what a pixel of 16 bits has no room for, and the lowest bit of two of the three planes. In pictures made
 * of multiples of 8, chosen so that nothing is lost there, it must be exact. */

/* A pixel in planes: luminance, and the halves of how red and blue differ from green. */
typedef struct {
  gint y, u, v;
} Planes;

/* Three values, of which the lower bits are 0, as bytes from the top of a pixel, or its highest five or six bits. */
static guint32
zywrle_pack (const FormatsServer *server,
             gint                 top,
             gint                 middle,
             gint                 low)
{
  const guint32 a = (guint32) top & 255, b = (guint32) middle & 255, c = (guint32) low & 255;

  if (server->size == 4)
    return (a << 16 | b << 8 | c) << (server->mask == 0xffffff00u ? 8 : 0);
  if (server->format.green_max == 63)
    return a >> 3 << 11 | b >> 2 << 5 | c >> 3;
  return a >> 3 << 10 | b >> 3 << 5 | c >> 3;
}

static Planes
zywrle_choose (FormatsServer *server,
               guint32       *value)
{
  for (;;) {
    const guint32 random = formats_random (server) >> 3;
    const gint u = (gint) (random & 15) - 8, v = (gint) (random >> 4 & 15) - 8, y = 1 + (gint) (random >> 8) % 31;
    const gint green = 8 * y - 4 * (u + v), blue = green + 16 * u, red = green + 16 * v;

    if ((u + v) % 2 != 0 || MIN (green, MIN (blue, red)) < 0 || MAX (green, MAX (blue, red)) > 248)
      continue;
    *value = zywrle_pack (server, red, green, blue);
    return (Planes) { 8 * y - 128, 8 * u, 8 * v };
  }
}

/* PLHaar of one pair: of numbers of the same sign the difference, and the one further from 0; of others the sum, and the
 * one further from 0 as the first has it. */
static void
zywrle_haar (gint *first,
             gint *second)
{
  const gint a = *first, b = *second;

  if ((a < 0) == (b < 0)) {
    *first = ABS (a) >= ABS (b) ? a : b;
    *second = a - b;
  } else {
    *first = a + b;
    *second = ABS (a) >= ABS (b) ? a : -b;
  }
}

static void
zywrle_haar_planes (Planes *first,
                    Planes *second)
{
  zywrle_haar (&first->y, &second->y);
  zywrle_haar (&first->u, &second->u);
  zywrle_haar (&first->v, &second->v);
}

/* The values that are sent for the pixels of a tile. */
static void
zywrle_analyze (const FormatsServer *server,
                Planes              *planes,
                const guint32       *values,
                guint                width,
                guint                height,
                guint                levels,
                guint32             *sent)
{
  const guint unit = 1u << levels, w = width / unit * unit, h = height / unit * unit;
  guint n = 0;

  if (w == 0 || h == 0) {
    memcpy (sent, values, sizeof (guint32) * width * height);
    return;
  }
  for (guint step = 1; step < unit; step *= 2) {
    for (guint y = 0; y < h; y += step)
      for (guint x = 0; x < w; x += 2 * step)
        zywrle_haar_planes (&planes[y * width + x], &planes[y * width + x + step]);
    for (guint y = 0; y < h; y += 2 * step)
      for (guint x = 0; x < w; x += step)
        zywrle_haar_planes (&planes[y * width + x], &planes[(y + step) * width + x]);
  }
  for (guint step = 1; step < unit; step *= 2) {
    const guint starts[4][2] = { { step, step }, { 0, step }, { step, 0 }, { 0, 0 } };

    for (guint plane = 0; plane < (2 * step == unit ? 4 : 3); plane++)
      for (guint y = starts[plane][1]; y < h; y += 2 * step)
        for (guint x = starts[plane][0]; x < w; x += 2 * step) {
          const Planes *p = &planes[y * width + x];

          sent[n++] = zywrle_pack (server, p->v, p->y, p->u);
        }
  }
  for (guint y = 0; y < h; y++)
    for (guint x = w; x < width; x++)
      sent[n++] = values[y * width + x];
  for (guint y = h; y < height; y++)
    for (guint x = 0; x < w; x++)
      sent[n++] = values[y * width + x];
  for (guint y = h; y < height; y++)
    for (guint x = w; x < width; x++)
      sent[n++] = values[y * width + x];
  g_assert_cmpuint (n, ==, width * height);
}

void
formats_encode_zywrle (FormatsServer    *server,
                       const FormatsRow *row,
                       FormatsImage     *image,
                       GByteArray       *wire)
{
  const guint levels = row->quality == 0 || row->quality > 6 ? 1 : row->quality > 3 ? 2 : 3;
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GByteArray) coded = g_byte_array_new ();

  for (guint top = 0; top < image->rect.height; top += 64)
    for (guint left = 0; left < image->rect.width; left += 64) {
      const guint width = MIN (64, image->rect.width - left), height = MIN (64, image->rect.height - top);
      const GvncRect tile = { 0, 0, (guint16) width, (guint16) height };
      Planes planes[64 * 64];
      guint32 values[64 * 64], sent[64 * 64];
      const FormatsImage inside = { .rect = tile, .values = sent };

      for (guint i = 0; i < width * height; i++) {
        const guint x = i % width, y = i / width;

        /* runs need something to be alike */
        if (row->kind == TILE_RUNS && (x % 8 != 0 || y % 8 != 0)) {
          planes[i] = planes[(y - y % 8) * width + x - x % 8];
          values[i] = values[(y - y % 8) * width + x - x % 8];
        } else {
          planes[i] = zywrle_choose (server, &values[i]);
        }
        image->colours[(gsize) (top + y) * image->rect.width + left + x] = formats_colour (server, values[i]);
      }
      zywrle_analyze (server, planes, values, width, height, levels, sent);
      formats_put_u8 (plain, 0);
      formats_put_tile (server, row->kind, &inside, &tile, 0, plain);
    }
  formats_deflate (server, 0, plain, coded);
  formats_put_u32 (wire, coded->len);
  g_byte_array_append (wire, coded->data, coded->len);
}
