/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "wire/inflate.h"

#include "wire/error.h"

#include <string.h>
#include <zlib.h>

typedef GvncInflate *(*NewFunc) (void);

static const struct {
  const char *name;
  NewFunc     make;
} backends[] = {
  { "best", gvnc_inflate_new },
  { "zlib", gvnc_inflate_new_zlib },
};

#define CANARY 64

/* Bytes that deflate makes all kinds of blocks of: text, noise, long runs. */
static void
fill_sample (guint8 *sample,
             gsize   len,
             guint   seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (gsize i = 0; i < len;) {
    const gsize wanted = (gsize) g_rand_int_range (rand, 1, 5000);
    const gsize n = MIN (len - i, wanted);
    const gint kind = g_rand_int_range (rand, 0, 4);

    if (kind == 0) {
      memset (sample + i, g_rand_int_range (rand, 0, 256), n);
    } else if (kind == 1 && i > 0) {
      const gsize back = (gsize) g_rand_int_range (rand, 1, (gint) MIN (i, 32768) + 1);

      for (gsize j = 0; j < n; j++)
        sample[i + j] = sample[i + j - back];
    } else {
      for (gsize j = 0; j < n; j++)
        sample[i + j] = (guint8) g_rand_int_range (rand, 0, kind == 2 ? 8 : 256);
    }
    i += n;
  }
}

/* Deflates @len bytes in chunks that are flushed; says in @ends where each ends. */
static GByteArray *
deflate_chunks (const guint8 *plain,
                gsize         len,
                gsize         chunk,
                gint          level,
                gboolean      finish,
                GArray       *ends)
{
  GByteArray *out = g_byte_array_new ();
  z_stream z = { 0 };

  g_assert_cmpint (deflateInit (&z, level), ==, Z_OK);
  for (gsize i = 0; i < len; i += chunk) {
    const gsize n = MIN (chunk, len - i);
    const gsize room = deflateBound (&z, n) + 64;
    const gsize before = out->len;
    guint end;

    z.next_in = (Bytef *) plain + i;
    z.avail_in = (uInt) n;
    g_byte_array_set_size (out, (guint) (before + room));
    z.next_out = out->data + before;
    z.avail_out = (uInt) room;
    deflate (&z, finish && i + n == len ? Z_FINISH : Z_SYNC_FLUSH);
    g_assert_cmpuint (z.avail_in, ==, 0);
    end = (guint) (before + room - z.avail_out);
    g_byte_array_set_size (out, end);
    if (ends != NULL)
      g_array_append_val (ends, end);
  }
  deflateEnd (&z);
  return out;
}

/* Reads @len bytes in reads of @step with input in pieces of @piece, and sees that nothing is written behind. */
static void
read_all (GvncInflate  *inflate,
          const guint8 *in,
          gsize         in_len,
          gsize         piece,
          guint8       *out,
          gsize         len,
          gsize         step)
{
  gsize done = 0, fed = 0;

  memset (out + len, 0xab, CANARY);
  while (done < len) {
    const gsize room = MIN (step, len - done);
    guint8 behind[CANARY];
    g_autoptr (GError) error = NULL;
    gsize got;

    memset (out + done + room, 0xcd, CANARY);
    memcpy (behind, out + done + room, CANARY);
    if (!gvnc_inflate_read (inflate, out + done, room, &got, &error))
      g_error ("%s at %zu of %zu bytes, input %zu by %zu, read by %zu", error->message, done, len, in_len, piece, step);
    g_assert_cmpuint (got, <=, room);
    g_assert_cmpmem (out + done + room, CANARY, behind, CANARY);
    done += got;
    if (got < room) {
      g_assert_cmpuint (gvnc_inflate_left (inflate), ==, 0);
      g_assert_cmpuint (fed, <, in_len);
      gvnc_inflate_give (inflate, in + fed, MIN (piece, in_len - fed));
      fed += MIN (piece, in_len - fed);
    }
  }
  /* what is left are flush marks or a checksum */
  for (;;) {
    g_autoptr (GError) error = NULL;

    g_assert_true (gvnc_inflate_finish (inflate, &error));
    g_assert_no_error (error);
    if (fed == in_len)
      break;
    gvnc_inflate_give (inflate, in + fed, MIN (piece, in_len - fed));
    fed += MIN (piece, in_len - fed);
  }
}

static void
test_sizes (gconstpointer data)
{
  const NewFunc make = *(const NewFunc *) data;
  static const gsize lens[] = { 1, 100, 70000, 300000 };
  static const gsize pieces[] = { 1, 13, 4096, G_MAXSIZE };
  static const gsize steps[] = { 1, 7, 1000, 40000, 65536, 1000000 };
  static const gint levels[] = { 0, 1, 9 };

  for (guint l = 0; l < G_N_ELEMENTS (lens); l++) {
    g_autofree guint8 *plain = g_malloc (lens[l]);
    g_autofree guint8 *out = g_malloc (lens[l] + CANARY);

    fill_sample (plain, lens[l], l);
    for (guint v = 0; v < G_N_ELEMENTS (levels); v++)
      for (guint finish = 0; finish < 2; finish++) {
        g_autoptr (GByteArray) coded = deflate_chunks (plain, lens[l], 50000, levels[v], finish == 1, NULL);

        for (guint p = 0; p < G_N_ELEMENTS (pieces); p++)
          for (guint s = 0; s < G_N_ELEMENTS (steps); s++) {
            g_autoptr (GvncInflate) inflate = NULL;

            /* The smallest pieces and steps for large samples would take long and show nothing new. */
            if (lens[l] > 1000 && (steps[s] < 1000 || pieces[p] < 1000) && !(l == 2 && v == 1 && (p == 3 || s == 3)))
              continue;
            inflate = make ();
            read_all (inflate, coded->data, coded->len, pieces[p], out, lens[l], steps[s]);
            g_assert_cmpmem (out, lens[l], plain, lens[l]);
          }
      }
  }
}

/* As sessions do it: payloads that end in a flush, read to their exact length, one after another. */
static void
test_payloads (gconstpointer data)
{
  const NewFunc make = *(const NewFunc *) data;
  const gsize len = 400000, chunk = 3001;
  g_autofree guint8 *plain = g_malloc (len);
  g_autofree guint8 *out = g_malloc (chunk + CANARY);
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GByteArray) coded = NULL;
  g_autoptr (GvncInflate) inflate = make ();
  guint start = 0;

  fill_sample (plain, len, 77);
  coded = deflate_chunks (plain, len, chunk, 6, FALSE, ends);
  for (guint i = 0; i < ends->len; i++) {
    const guint end = g_array_index (ends, guint, i);
    const gsize n = MIN (chunk, len - i * chunk);

    read_all (inflate, coded->data + start, end - start, i % 3 == 0 ? 5 : G_MAXSIZE, out, n, i % 2 == 0 ? 500 : n);
    g_assert_cmpmem (out, n, plain + i * chunk, n);
    start = end;
  }
}

static void
test_reset (gconstpointer data)
{
  const NewFunc make = *(const NewFunc *) data;
  const gsize len = 100000;
  g_autofree guint8 *plain = g_malloc (len);
  g_autofree guint8 *out = g_malloc (len + CANARY);
  g_autoptr (GByteArray) coded = NULL;
  g_autoptr (GvncInflate) inflate = make ();

  fill_sample (plain, len, 3);
  coded = deflate_chunks (plain, len, len, 6, FALSE, NULL);
  for (guint i = 0; i < 4; i++) {
    gsize got;

    read_all (inflate, coded->data, coded->len, G_MAXSIZE, out, len, len);
    g_assert_cmpmem (out, len, plain, len);
    gvnc_inflate_reset (inflate);
    /* also in the middle of a stream, and after a broken one */
    gvnc_inflate_give (inflate, coded->data, coded->len / 2);
    g_assert_true (gvnc_inflate_read (inflate, out, 5000, &got, NULL));
    gvnc_inflate_reset (inflate);
    gvnc_inflate_give (inflate, (const guint8 *) "nonsense", 8);
    g_assert_false (gvnc_inflate_read (inflate, out, 5000, &got, NULL));
    gvnc_inflate_reset (inflate);
  }
}

static const struct {
  const char *what;
  guint8      bytes[16];
  gsize       len;
  const char *error;
} broken[] = {
  { "no zlib header", { 1, 2, 3, 4 }, 4, "*header*" },
  { "a method other than deflate", { 0x79, 0x17, 3, 0 }, 4, "*" },
  { "a window larger than possible", { 0x88, 0x1c, 3, 0 }, 4, "*" },
  { "preset dictionary", { 0x78, 0xbb, 0, 0, 0, 1, 3, 0 }, 8, "*dictionary*" },
  { "block of the reserved kind", { 0x78, 1, 7, 0, 0, 0 }, 6, "*" },
  { "stored block with a wrong length", { 0x78, 1, 0, 1, 0, 1, 0, 9 }, 8, "*" },
  { "copy from before the start", { 0x78, 1, 0x63, 0x00, 0x42, 0, 0, 0 }, 8, "*" },
  { "wrong checksum", { 0x78, 1, 3, 0, 0, 0, 0, 2 }, 8, "*" },
  { "bytes after the end", { 0x78, 1, 3, 0, 0, 0, 0, 1, 0 }, 9, "*after its end" },
};

static void
test_broken (gconstpointer data)
{
  const NewFunc make = *(const NewFunc *) data;

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    for (guint piece = 1; piece < 17; piece += 15) {
      g_autoptr (GvncInflate) inflate = make ();
      g_autoptr (GError) error = NULL;
      guint8 out[100];
      gsize got;

      for (gsize at = 0; at < broken[i].len && error == NULL; at += piece) {
        gvnc_inflate_give (inflate, broken[i].bytes + at, MIN (piece, broken[i].len - at));
        gvnc_inflate_read (inflate, out, sizeof out, &got, &error);
      }
      if (!g_error_matches (error, GVNC_ERROR, GVNC_ERROR_PROTOCOL) ||
          !g_pattern_match_simple (broken[i].error, error->message))
        g_error ("%s: %s", broken[i].what, error != NULL ? error->message : "no error");
      /* and it stays broken */
      g_assert_false (gvnc_inflate_read (inflate, out, sizeof out, &got, NULL));
    }
}

/* Flips bits everywhere: both back-ends agree on whether the stream is broken, and on what comes before. */
static void
test_flipped (void)
{
  const gsize len = 3000;
  g_autofree guint8 *plain = g_malloc (len);
  g_autoptr (GByteArray) coded = NULL;

  fill_sample (plain, len, 9);
  coded = deflate_chunks (plain, len, len, 6, TRUE, NULL);
  for (guint bit = 0; bit < coded->len * 8; bit += 5) {
    gboolean ok[2];
    gsize got[2];
    g_autofree guint8 *first = g_malloc0 (len * 2);
    g_autofree guint8 *second = g_malloc0 (len * 2);
    guint8 *out[2] = { first, second };

    coded->data[bit / 8] ^= (guint8) (1u << bit % 8);
    for (guint b = 0; b < 2; b++) {
      g_autoptr (GvncInflate) inflate = backends[b].make ();

      gvnc_inflate_give (inflate, coded->data, coded->len);
      ok[b] = gvnc_inflate_read (inflate, out[b], len * 2, &got[b], NULL);
    }
    g_assert_cmpint (ok[0], ==, ok[1]);
    if (ok[0])
      g_assert_cmpmem (out[0], got[0], out[1], got[1]);
    coded->data[bit / 8] ^= (guint8) (1u << bit % 8);
  }
}

static void
test_surplus (gconstpointer data)
{
  const NewFunc make = *(const NewFunc *) data;
  const guint8 plain[20] = "nineteen characters";
  g_autoptr (GByteArray) coded = deflate_chunks (plain, sizeof plain, sizeof plain, 6, FALSE, NULL);
  g_autoptr (GvncInflate) inflate = make ();
  g_autoptr (GError) error = NULL;
  guint8 out[sizeof plain];
  gsize got;

  gvnc_inflate_give (inflate, coded->data, coded->len);
  g_assert_true (gvnc_inflate_read (inflate, out, sizeof plain - 1, &got, &error));
  g_assert_cmpuint (got, ==, sizeof plain - 1);
  g_assert_false (gvnc_inflate_finish (inflate, &error));
  g_assert_error (error, GVNC_ERROR, GVNC_ERROR_PROTOCOL);
}

static void
test_endless (gconstpointer data)
{
  const NewFunc make = *(const NewFunc *) data;
  const gsize len = 3 * 1000 * 1000;
  g_autofree guint8 *plain = g_malloc0 (len);
  g_autofree guint8 *out = g_malloc (1000 + CANARY);
  g_autoptr (GByteArray) coded = deflate_chunks (plain, len, len, 9, FALSE, NULL);
  g_autoptr (GvncInflate) inflate = make ();
  gsize got, sum = 0;

  /* a few thousand bytes that stand for three million: each read gives what it was asked for, no more */
  g_assert_cmpuint (coded->len, <, 5000);
  gvnc_inflate_give (inflate, coded->data, coded->len);
  do {
    memset (out, 0xff, 1000 + CANARY);
    g_assert_true (gvnc_inflate_read (inflate, out, 1000, &got, NULL));
    for (gsize i = 0; i < 1000 + CANARY; i++)
      g_assert_cmpuint (out[i], ==, i < got ? 0 : 0xff);
    sum += got;
  } while (got == 1000);
  g_assert_cmpuint (sum, ==, len);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (backends); i++) {
    const struct { const char *name; GTestDataFunc run; } tests[] = {
      { "sizes", test_sizes }, { "payloads", test_payloads }, { "reset", test_reset }, { "broken", test_broken },
      { "surplus", test_surplus }, { "endless", test_endless },
    };

    for (guint t = 0; t < G_N_ELEMENTS (tests); t++) {
      g_autofree char *path = g_strdup_printf ("/wire/inflate/%s/%s", backends[i].name, tests[t].name);

      g_test_add_data_func (path, &backends[i].make, tests[t].run);
    }
  }
  g_test_add_func ("/wire/inflate/flipped", test_flipped);
  return g_test_run ();
}
