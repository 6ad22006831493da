/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"

#include "decoders/decoder.h"

#include <zlib.h>

/* Rows longer than this are not cut at every length but at about as many. */
#define MOST_CUTS 400

/* What follows a rectangle on the wire and is not the decoder's to touch. */
#define TRAILER_LEN 64

/* --- the little language --- */

typedef struct {
  const char *at;
  z_stream    streams[5];
  gboolean    started[5];
} WireParser;

static void wire_parse (WireParser *parser,
                        GByteArray *out,
                        char        end);

static void
wire_compact (GByteArray *out,
              guint32     len)
{
  guint8 bytes[3] = { len & 127, len >> 7 & 127, len >> 14 & 255 };
  guint n = len < 128 ? 1 : len < 16384 ? 2 : 3;

  g_assert_cmpuint (len, <, 1 << 22);
  for (guint i = 0; i + 1 < n; i++)
    bytes[i] |= 128;
  g_byte_array_append (out, bytes, n);
}

static void
wire_deflate (WireParser *parser,
              guint       n,
              GByteArray *out,
              GByteArray *plain)
{
  z_stream *z = &parser->streams[n];
  gsize room;

  if (!parser->started[n]) {
    memset (z, 0, sizeof *z);
    g_assert_cmpint (deflateInit (z, 6), ==, Z_OK);
    parser->started[n] = TRUE;
  }
  room = deflateBound (z, plain->len) + 64;
  z->next_in = plain->data;
  z->avail_in = plain->len;
  g_byte_array_set_size (out, (guint) room);
  z->next_out = out->data;
  z->avail_out = (uInt) room;
  g_assert_cmpint (deflate (z, Z_SYNC_FLUSH), ==, Z_OK);
  g_assert_cmpuint (z->avail_out, >, 0);
  g_byte_array_set_size (out, (guint) (room - z->avail_out));
}

/* A letter, perhaps a digit, and bytes in braces. */
static void
wire_parse_block (WireParser *parser,
                  GByteArray *out)
{
  const char kind = *parser->at++;
  guint n = 4;

  if (kind == 'T' || kind == 'N' || kind == 'H')
    n = (guint) g_ascii_digit_value (*parser->at++);
  g_assert_cmpuint (n, <, 5);

  if (kind == 'N') {
    if (parser->started[n])
      deflateEnd (&parser->streams[n]);
    parser->started[n] = FALSE;
  } else {
    g_autoptr (GByteArray) plain = g_byte_array_new ();
    g_autoptr (GByteArray) coded = g_byte_array_new ();

    g_assert_cmpint (*parser->at++, ==, '{');
    wire_parse (parser, plain, '}');
    if (kind == 'C') {
      wire_compact (out, plain->len);
      g_byte_array_append (out, plain->data, plain->len);
      return;
    }
    wire_deflate (parser, n, coded, plain);
    if (kind == 'Z') {
      const guint32 len = GUINT32_TO_BE (coded->len);

      g_byte_array_append (out, (const guint8 *) &len, 4);
    } else if (kind == 'H') {
      const guint16 len = GUINT16_TO_BE ((guint16) coded->len);

      g_byte_array_append (out, (const guint8 *) &len, 2);
    } else {
      wire_compact (out, coded->len);
    }
    g_byte_array_append (out, coded->data, coded->len);
  }
}

static void
wire_parse (WireParser *parser,
            GByteArray *out,
            char        end)
{
  gsize word = 0;  /* where in out the latest word starts, for a star */

  while (*parser->at != end) {
    g_assert_cmpint (*parser->at, !=, '\0');
    if (*parser->at == ' ') {
      parser->at++;
    } else if (strchr ("ZTHNC", *parser->at) != NULL) {
      wire_parse_block (parser, out);
    } else if (*parser->at == '(') {
      parser->at++;
      word = out->len;
      wire_parse (parser, out, ')');
    } else if (*parser->at == '*') {
      const guint64 times = g_ascii_strtoull (parser->at + 1, (char **) &parser->at, 10);
      g_autoptr (GBytes) once = g_bytes_new (out->data + word, out->len - word);

      for (guint64 i = 1; i < times; i++)
        g_byte_array_append (out, g_bytes_get_data (once, NULL), (guint) g_bytes_get_size (once));
    } else {
      word = out->len;
      while (g_ascii_isxdigit (*parser->at)) {
        guint8 byte;

        g_assert_true (g_ascii_isxdigit (parser->at[1]));
        byte = (guint8) (g_ascii_xdigit_value (parser->at[0]) << 4 | g_ascii_xdigit_value (parser->at[1]));
        g_byte_array_append (out, &byte, 1);
        parser->at += 2;
      }
    }
  }
  if (end != '\0')
    parser->at++;
}

GBytes *
gvnc_vectors_wire (const char *text)
{
  GByteArray *out = g_byte_array_new ();
  WireParser parser = { .at = text };

  wire_parse (&parser, out, '\0');
  for (guint i = 0; i < G_N_ELEMENTS (parser.streams); i++)
    if (parser.started[i])
      deflateEnd (&parser.streams[i]);
  return g_byte_array_free_to_bytes (out);
}

char *
gvnc_vectors_hex (const guint8 *bytes,
                  gsize         len)
{
  GString *hex = g_string_sized_new (len * 2);

  for (gsize i = 0; i < len; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}

/* --- running a row --- */

typedef struct {
  gint32            encoding;
  const GvncVector *vector;
} VectorTest;

typedef struct {
  GvncPicture picture;
  gsize       used;       /* bytes taken */
  guint       n_rects;    /* rectangles complete */
  GError     *error;
} VectorResult;

/* Fills memory that pixels will be put together in. */
static void
vector_poison (guint8 poison)
{
  GvncBlock *blocks[3];

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++) {
    blocks[i] = gvnc_block_new (1);
    memset (blocks[i]->data, poison, blocks[i]->size);
  }
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    gvnc_block_unref (blocks[i]);
}

static void
vector_draw (GvncPicture           *picture,
             const GvncPixelFormat *format,
             const char            *text)
{
  g_autoptr (GBytes) bytes = gvnc_vectors_wire (text);
  const guint size = gvnc_pixel_format_size (format);
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  g_assert_cmpuint (g_bytes_get_size (bytes), ==, (gsize) picture->width * picture->height * size);
  for (gsize i = 0; i < (gsize) picture->width * picture->height; i++)
    picture->pixels[i] = gvnc_picture_colour (format, data + i * size);
}

static const GvncPixelFormat *
vector_format (const GvncVector *vector)
{
  return vector->format != NULL ? vector->format : &gvnc_test_rgb32;
}

/* Feeds the first @len bytes and @trailer_len of something else, @step at a time. */
static void
vector_feed (const VectorTest *test,
             const guint8     *wire,
             gsize             len,
             gsize             step,
             gsize             trailer_len,
             guint8            poison,
             VectorResult     *result)
{
  const GvncVector *vector = test->vector;
  const GvncPixelFormat *format = vector_format (vector);
  g_autoptr (GvncDecoder) decoder = gvnc_decoder_new (test->encoding);
  GvncBlock *input = gvnc_block_new (1);
  /* memory of just that size, so that a sanitizer sees a read beyond it */
  g_autofree guint8 *exact = g_malloc (len + trailer_len);
  GvncRect rects[G_N_ELEMENTS (vector->rects) + 1] = { 0 };
  gsize there = MIN (step, len + trailer_len);
  guint n_rects = 0;

  if (len > 0)
    memcpy (exact, wire, len);
  if (trailer_len > 0)
    memset (exact + len, 0xee, trailer_len);
  memcpy (rects, vector->rects, sizeof vector->rects);
  if (rects[0].width == 0)
    rects[0] = (GvncRect) { 0, 0, (guint16) vector->width, (guint16) vector->height };

  *result = (VectorResult) { 0 };
  decoder->quality = (gint) vector->quality - 1;
  gvnc_picture_init (&result->picture, vector->width, vector->height);
  if (vector->before != NULL)
    vector_draw (&result->picture, format, vector->before);
  vector_poison (poison);

  for (; rects[n_rects].width != 0 && result->error == NULL; n_rects++) {
    const GvncRect *rect = &rects[n_rects];
    GvncCanvas canvas;
    gboolean starved = FALSE;
    gsize want;

    if (!gvnc_decoder_begin (decoder, rect, vector->width, vector->height, format, &result->error))
      break;
    gvnc_canvas_init (&canvas);
    gvnc_canvas_set_input (&canvas, input);
    while (result->error == NULL && (want = gvnc_decoder_want (decoder)) > 0) {
      GvncReader in;

      if (there - result->used < want) {
        if (there == len + trailer_len) {
          starved = TRUE;
          break;
        }
        there = MIN (there + step, len + trailer_len);
        continue;
      }
      in = gvnc_reader_init (exact + result->used, there - result->used);
      if (gvnc_decoder_take (decoder, &in, &canvas, &result->error)) {
        const gsize used = (gsize) (in.pos - exact);

        g_assert_false (in.overrun);
        g_assert_no_error (result->error);
        g_assert_true (used > result->used || gvnc_decoder_want (decoder) > want);
        result->used = used;
      } else {
        g_assert_nonnull (result->error);
      }
      /* what the canvas holds may be taken away at any moment between two calls */
      gvnc_picture_apply (&result->picture, format, &canvas, rect);
      gvnc_canvas_clear (&canvas);
      gvnc_canvas_init (&canvas);
      gvnc_canvas_set_input (&canvas, input);
      vector_poison (poison);
    }
    gvnc_canvas_clear (&canvas);
    if (starved)
      break;
    if (result->error == NULL)
      result->n_rects++;
  }
  gvnc_block_unref (input);
}

static void
vector_result_clear (VectorResult *result)
{
  gvnc_picture_clear (&result->picture);
  g_clear_error (&result->error);
}

static void
vector_compare (const GvncPicture *a,
                const GvncPicture *b,
                guint              tolerance)
{
  for (gsize i = 0; i < (gsize) a->width * a->height; i++) {
    gboolean equal = a->pixels[i] == b->pixels[i];

    if (!equal && tolerance > 0 && ((a->pixels[i] | b->pixels[i]) & 0xff000000u) == 0) {
      equal = TRUE;
      for (guint shift = 0; shift < 24; shift += 8)
        if (ABS ((gint) (a->pixels[i] >> shift & 255) - (gint) (b->pixels[i] >> shift & 255)) > (gint) tolerance)
          equal = FALSE;
    }
    if (!equal)
      g_error ("pixel %u,%u is %08x, not %08x",
               (guint) (i % a->width), (guint) (i / a->width), a->pixels[i], b->pixels[i]);
  }
}

/* Feeds the row twice, with other garbage around, and sees that it makes no difference. */
static void
vector_feed_twice (const VectorTest *test,
                   const guint8     *wire,
                   gsize             len,
                   gsize             step,
                   gsize             trailer_len,
                   VectorResult     *result)
{
  VectorResult again;

  vector_feed (test, wire, len, step, trailer_len, 0x5a, result);
  vector_feed (test, wire, len, step, trailer_len, 0xc3, &again);
  vector_compare (&again.picture, &result->picture, 0);
  g_assert_cmpuint (again.used, ==, result->used);
  g_assert_cmpuint (again.n_rects, ==, result->n_rects);
  g_assert_cmpstr (again.error != NULL ? again.error->message : NULL, ==,
                   result->error != NULL ? result->error->message : NULL);
  vector_result_clear (&again);
}

static void
vector_check_whole (const VectorTest *test,
                    const guint8     *wire,
                    gsize             len,
                    gsize             step)
{
  const GvncVector *vector = test->vector;
  const gsize trailer_len = vector->error != NULL ? 0 : TRAILER_LEN;
  VectorResult result;

  vector_feed_twice (test, wire, len, step, trailer_len, &result);
  if (vector->error != NULL) {
    if (result.error == NULL)
      g_error ("no error, but one like “%s” was expected", vector->error);
    g_assert_true (result.error->domain == GVNC_ERROR);
    if (!g_pattern_match_simple (vector->error, result.error->message))
      g_error ("error “%s”, not one like “%s”", result.error->message, vector->error);
  } else {
    GvncPicture expected;

    g_assert_no_error (result.error);
    g_assert_cmpuint (result.used, ==, len);
    gvnc_picture_init (&expected, vector->width, vector->height);
    vector_draw (&expected, vector_format (vector), vector->image);
    vector_compare (&result.picture, &expected, vector->tolerance);
    gvnc_picture_clear (&expected);
  }
  vector_result_clear (&result);
}

static void
vector_run (gconstpointer data)
{
  const VectorTest *test = data;
  g_autoptr (GBytes) bytes = gvnc_vectors_wire (test->vector->wire);
  gsize len;
  const guint8 *wire = g_bytes_get_data (bytes, &len);
  const gsize cut_step = len / MOST_CUTS + 1;

  g_assert_true ((test->vector->image == NULL) != (test->vector->error == NULL));
  vector_check_whole (test, wire, len, G_MAXSIZE / 2);
  vector_check_whole (test, wire, len, 1);
  vector_check_whole (test, wire, len, 7);

  for (gsize cut = 0; cut < len; cut += cut_step) {
    VectorResult result;

    vector_feed_twice (test, wire, cut, G_MAXSIZE / 2, 0, &result);
    if (test->vector->error == NULL) {
      g_assert_no_error (result.error);
      g_assert_cmpuint (result.used, <=, cut);
    }
    vector_result_clear (&result);
  }
}

/* One file a row: what the fuzz targets start from; see tests/fuzz/fuzz.h for the layout. */
static void
vector_write_seed (const char       *dir,
                   const VectorTest *test,
                   const char       *name)
{
  const GvncVector *vector = test->vector;
  g_autoptr (GBytes) wire = gvnc_vectors_wire (vector->wire);
  g_autoptr (GByteArray) seed = g_byte_array_new ();
  g_autofree char *path = NULL;
  const GvncRect *rect = &vector->rects[0];
  const guint width = rect->width != 0 ? rect->width : vector->width;
  const guint height = rect->width != 0 ? rect->height : vector->height;
  guint8 header[4] = { 0, 0, (guint8) (width - 1), (guint8) (height - 1) };

  if (width > 256 || height > 256 || g_bytes_get_size (wire) > 4096)
    return;
  for (guint i = 0; i < gvnc_n_test_formats; i++)
    if (gvnc_test_formats[i] == vector_format (vector))
      header[0] = (guint8) i;
  g_byte_array_append (seed, header, sizeof header);
  g_byte_array_append (seed, g_bytes_get_data (wire, NULL), (guint) g_bytes_get_size (wire));
  path = g_build_filename (dir, name, NULL);
  g_assert_true (g_file_set_contents (path, (const char *) seed->data, seed->len, NULL));
}

void
gvnc_vectors_add (const char       *path,
                  gint32            encoding,
                  const GvncVector *vectors,
                  gsize             n)
{
  const char *seed_dir = g_getenv ("GVNC_SEED_DIR");

  for (gsize i = 0; i < n; i++) {
    VectorTest *test = g_new (VectorTest, 1);
    g_autofree char *name = g_strdelimit (g_strdup (vectors[i].name), "/", '-');
    g_autofree char *full = g_strconcat (path, "/", name, NULL);

    *test = (VectorTest) { encoding, &vectors[i] };
    g_test_add_data_func_full (full, test, vector_run, g_free);
    if (seed_dir != NULL) {
      g_autofree char *file = g_ascii_strdown (name, -1);

      for (char *c = file; *c != '\0'; c++)
        if (!g_ascii_isalnum (*c))
          *c = '-';

      vector_write_seed (seed_dir, test, file);
    }
  }
}
