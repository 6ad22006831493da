/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "encode.h"

#include <string.h>

#include "bytes.h"

enum {
  HEXTILE_RAW = 1,
  HEXTILE_BACKGROUND = 2,
  HEXTILE_FOREGROUND = 4,
  HEXTILE_SUBRECTS = 8,
  HEXTILE_COLOURED = 16,
  HEXTILE_ZLIB_RAW = 32,
  HEXTILE_ZLIB = 64,

  HEXTILE_MIN_COMPRESSED = 20,
};

/* What the decoder still knows from the tiles before. */
typedef struct {
  gboolean has_background, has_foreground;
  guint32 background, foreground;
} HextileState;

/* Appends the subrectangles of a 16 by 16 tile that differ from the background, and returns their number. */
static guint
hextile_subrects (const guint32 *pixels, guint width, guint height, guint32 background,
                  const DemoPixelWriter *coloured, GByteArray *out)
{
  guint8 done[256] = { 0 };
  guint count = 0;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      guint32 value = pixels[y * 16 + x];
      guint w = 1;
      guint h = 1;

      if (value == background || done[y * 16 + x])
        continue;
      while (x + w < width && pixels[y * 16 + x + w] == value && !done[y * 16 + x + w])
        w++;
      for (; y + h < height; h++) {
        guint same = 0;

        while (same < w && pixels[(y + h) * 16 + x + same] == value && !done[(y + h) * 16 + x + same])
          same++;
        if (same < w)
          break;
      }
      for (guint i = 0; i < h; i++)
        memset (done + (y + i) * 16 + x, 1, w);
      if (coloured)
        demo_put_pixel (out, coloured, value);
      demo_put_u8 (out, x << 4 | y);
      demo_put_u8 (out, (w - 1) << 4 | (h - 1));
      count++;
    }
  return count;
}

/* Two colours at most: FALSE if there are more. The more frequent one becomes the background. */
static gboolean
hextile_two_colours (const guint32 *pixels, guint width, guint height, guint32 *background, guint32 *foreground)
{
  guint n[2] = { 0, 0 };
  guint32 colours[2] = { pixels[0], pixels[0] };

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      guint32 value = pixels[y * 16 + x];

      if (value == colours[0]) {
        n[0]++;
        continue;
      }
      if (n[1] == 0)
        colours[1] = value;
      if (value != colours[1]) {
        *background = colours[n[1] > n[0]];
        return FALSE;
      }
      n[1]++;
    }
  *background = colours[n[1] > n[0]];
  *foreground = colours[n[1] <= n[0]];
  return TRUE;
}

/* One tile:
 *   U8 flags | [PIXEL background] | [PIXEL foreground] | [U8 count | count * ([PIXEL], U8 xy, U8 wh)]   or   U8 1 | pixels */
static void
hextile_tile (HextileState *state, const DemoPixelWriter *writer, const guint32 *pixels, guint width, guint height,
              GByteArray *out)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  guint32 background = 0;
  guint32 foreground = 0;
  gboolean two = hextile_two_colours (pixels, width, height, &background, &foreground);
  guint count = hextile_subrects (pixels, width, height, background, two ? NULL : writer, body);
  guint flags = 0;

  if (count > 255 || body->len + 2 + 2 * writer->size > width * height * writer->size) {
    demo_put_u8 (out, HEXTILE_RAW);
    for (guint y = 0; y < height; y++)
      for (guint x = 0; x < width; x++)
        demo_put_pixel (out, writer, pixels[y * 16 + x]);
    state->has_background = state->has_foreground = FALSE;
    return;
  }

  if (!state->has_background || state->background != background)
    flags |= HEXTILE_BACKGROUND;
  if (count > 0)
    flags |= HEXTILE_SUBRECTS;
  if (count > 0 && !two)
    flags |= HEXTILE_COLOURED;
  if (count > 0 && two && (!state->has_foreground || state->foreground != foreground))
    flags |= HEXTILE_FOREGROUND;

  demo_put_u8 (out, flags);
  if (flags & HEXTILE_BACKGROUND)
    demo_put_pixel (out, writer, background);
  if (flags & HEXTILE_FOREGROUND)
    demo_put_pixel (out, writer, foreground);
  if (flags & HEXTILE_SUBRECTS)
    demo_put_u8 (out, count);
  g_byte_array_append (out, body->data, body->len);

  state->has_background = TRUE;
  state->background = background;
  if (flags & HEXTILE_FOREGROUND) {
    state->has_foreground = TRUE;
    state->foreground = foreground;
  } else if (flags & HEXTILE_COLOURED) {
    /* Decoders differ in whether coloured subrectangles change the foreground: say it again. */
    state->has_foreground = FALSE;
  }
}

/* ZlibHex: U8 flags with one more | U16 length | what follows the flags of Hextile, in the stream of raw tiles or the other */
static void
hextile_compress (DemoEncoder *encoder, const GByteArray *plain, GByteArray *out)
{
  gboolean raw = plain->data[0] == HEXTILE_RAW;
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  g_byte_array_append (body, plain->data + 1, plain->len - 1);
  demo_deflate (&encoder->zlibhex[raw ? 0 : 1], encoder->level, body, packed);
  demo_put_u8 (out, raw ? HEXTILE_ZLIB_RAW : plain->data[0] | HEXTILE_ZLIB);
  demo_put_u16 (out, packed->len);
  g_byte_array_append (out, packed->data, packed->len);
}

static void
hextile_encode (DemoEncoder *encoder, const DemoTile *tile, gboolean compress, GByteArray *out)
{
  DemoPixelWriter writer = demo_pixel_writer (&encoder->format);
  HextileState state = { 0 };
  guint32 pixels[256];

  for (guint y = 0; y < tile->height; y += 16)
    for (guint x = 0; x < tile->width; x += 16) {
      guint width = MIN (16, tile->width - x);
      guint height = MIN (16, tile->height - y);

      for (guint row = 0; row < height; row++)
        memcpy (pixels + row * 16, tile->values + (y + row) * tile->width + x, width * sizeof *pixels);
      if (compress) {
        g_autoptr (GByteArray) plain = g_byte_array_new ();

        hextile_tile (&state, &writer, pixels, width, height, plain);
        /* small tiles would grow */
        if (plain->len > HEXTILE_MIN_COMPRESSED)
          hextile_compress (encoder, plain, out);
        else
          g_byte_array_append (out, plain->data, plain->len);
      } else {
        hextile_tile (&state, &writer, pixels, width, height, out);
      }
    }
}

/* Hextile, RFC 6143 section 7.7.4: tiles of 16 by 16, row by row. */
void
demo_encode_hextile (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  hextile_encode (encoder, tile, FALSE, out);
}

/* ZlibHex, as the community's specification describes it. */
void
demo_encode_zlibhex (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  hextile_encode (encoder, tile, TRUE, out);
}
