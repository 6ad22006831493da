/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "own-framebuffer.h"
#include "painter.h"
#include "reference.h"
#include "vncbaseframebuffer-private.h"
#include "vncpixelformat-private.h"

#define WIDTH  61
#define HEIGHT 47
#define MARGIN 64     /* bytes before and after the memory of a framebuffer that nobody may write */
#define GUARD  0xa5

static const GvncPixelFormat indexed = { .bits_per_pixel = 8, .depth = 8 };

/* A plain framebuffer and its memory. */
typedef struct {
  guint8             *memory;
  guint8             *buffer;
  gsize               stride;
  guint               width;
  guint               height;
  GvncPixelFormat     local;
  VncBaseFramebuffer *fb;
} Plain;

static void
plain_init (Plain                 *plain,
            GType                  type,
            guint                  width,
            guint                  height,
            const GvncPixelFormat *local,
            const GvncPixelFormat *remote)
{
  const guint size = local->bits_per_pixel / 8;
  VncPixelFormat local_format, remote_format;

  plain->width = width;
  plain->height = height;
  plain->local = *local;
  plain->stride = width * size + 5;
  plain->memory = g_malloc (plain->stride * height + 2 * MARGIN);
  plain->buffer = plain->memory + MARGIN;
  memset (plain->memory, GUARD, plain->stride * height + 2 * MARGIN);
  for (guint y = 0; y < height; y++)
    memset (plain->buffer + y * plain->stride, 0, width * size);
  gvnc_pixel_format_to_public (local, &local_format);
  gvnc_pixel_format_to_public (remote, &remote_format);
  plain->fb = g_object_new (type, "buffer", plain->buffer, "width", width, "height", height, "rowstride",
                            (gint) plain->stride, "local-format", &local_format, "remote-format", &remote_format, NULL);
}

static void
plain_check_guards (const Plain *plain)
{
  const guint size = plain->local.bits_per_pixel / 8;

  for (guint i = 0; i < MARGIN; i++) {
    g_assert_cmphex (plain->memory[i], ==, GUARD);
    g_assert_cmphex (plain->buffer[plain->stride * plain->height + i], ==, GUARD);
  }
  for (guint y = 0; y < plain->height; y++)
    for (gsize i = plain->width * size; i < plain->stride; i++)
      g_assert_cmphex (plain->buffer[y * plain->stride + i], ==, GUARD);
}

static void
plain_clear (Plain *plain)
{
  plain_check_guards (plain);
  g_object_unref (plain->fb);
  g_free (plain->memory);
}

static guint32
plain_rgb (const Plain *plain,
           guint        x,
           guint        y)
{
  const guint size = plain->local.bits_per_pixel / 8;
  guint32 value = reference_load (plain->buffer + y * plain->stride + x * size, size, plain->local.big_endian);
  Colour colour = reference_colour (&plain->local, value, NULL, 0);

  return reference_rgb (&colour);
}

static void
draw (GvncPainter  *painter,
      const GvncOp *op,
      guint         max_pixels)
{
  guint row = 0;
  guint n_draws = 0;

  while (!gvnc_painter_draw (painter, op, &row, max_pixels)) {
    g_assert_cmpuint (row, >, n_draws);
    n_draws++;
    g_assert_cmpuint (n_draws, <, 70000);
  }
}

/* Random operations, the same for each seed; some leave the picture when @beyond. */
static void
make_op (GRand                 *random,
         const GvncPixelFormat *format,
         gboolean               beyond,
         const guint8          *pixels,
         gsize                  n_bytes,
         GvncOp                *op)
{
  const guint limit_x = WIDTH + (beyond ? 30 : 0);
  const guint limit_y = HEIGHT + (beyond ? 30 : 0);
  guint8 layouts[4];
  guint n_layouts = 0;
  guint offset;
  GvncRect rect;

  rect.x = (guint16) g_rand_int_range (random, 0, (gint) limit_x);
  rect.y = (guint16) g_rand_int_range (random, 0, (gint) limit_y);
  rect.width = (guint16) g_rand_int_range (random, 1, (gint) (limit_x - rect.x + 1));
  rect.height = (guint16) g_rand_int_range (random, 1, (gint) (limit_y - rect.y + 1));
  *op = (GvncOp) { .kind = (guint8) g_rand_int_range (random, GVNC_OP_FILL, GVNC_OP_BLIT + 1), .rect = rect };

  layouts[n_layouts++] = GVNC_LAYOUT_PIXEL;
  layouts[n_layouts++] = GVNC_LAYOUT_XRGB32;
  if (op->kind == GVNC_OP_BLIT)
    layouts[n_layouts++] = GVNC_LAYOUT_RGB24;
  if (op->kind == GVNC_OP_BLIT && format->true_colour && gvnc_pixel_format_cpixel_size (format, &offset) == 3)
    layouts[n_layouts++] = GVNC_LAYOUT_CPIXEL;
  op->layout = layouts[g_rand_int_range (random, 0, (gint) n_layouts)];

  if (op->kind == GVNC_OP_FILL) {
    op->value = g_rand_int (random);
  } else if (op->kind == GVNC_OP_COPY) {
    op->layout = 0;
    op->value = (guint32) g_rand_int_range (random, 0, (gint) (limit_x - rect.width + 1)) |
                (guint32) g_rand_int_range (random, 0, (gint) (limit_y - rect.height + 1)) << 16;
  } else {
    op->value = rect.width * 4u + 8u;
    g_assert_cmpuint (op->value * rect.height, <, n_bytes - 1024);
    op->data = pixels + 4 * g_rand_int_range (random, 0, 256);
  }
}

typedef struct {
  const char *name;
  const char *format;   /* of the operations; NULL: 8-bit index */
  const char *remote;   /* of the framebuffer with its own methods; NULL: 8-bit index */
  gboolean    beyond;
} PathRow;

/* Remote formats here have 8 bits and more per channel: a narrower one loses what the direct path keeps. */
static const PathRow path_rows[] = {
  { "same format", "x8r8g8b8 little", "x8r8g8b8 little" },
  { "other order of bytes", "x8r8g8b8 little", "x8r8g8b8 big" },
  { "other order of channels", "x8b8g8r8 big", "r8g8b8x8 little" },
  { "narrow pixels, same format", "r5g6b5 big", "r5g6b5 big" },
  { "narrow pixels made wide", "r5g6b5 little", "x8r8g8b8 little" },
  { "8 bits made wide", "r3g3b2", "b8g8r8x8 big" },
  { "index to index", NULL, NULL },
  { "index to true colour", NULL, "x8r8g8b8 little" },
  { "true colour to index", "r5g5b5x1 little", NULL },
  { "over the edges", "x8r8g8b8 little", "x8r8g8b8 little", TRUE },
  { "over the edges, narrow pixels", "r5g6b5 little", "x8r8g8b8 big", TRUE },
  { "over the edges, index", NULL, NULL, TRUE },
};

static void
compare (const Plain    *plain,
         OwnFramebuffer *own)
{
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      if (plain_rgb (plain, x, y) != own->picture[y * WIDTH + x])
        g_error ("pixel %u,%u: %06x drawn directly, %06x through the interface", x, y, plain_rgb (plain, x, y),
                 own->picture[y * WIDTH + x]);
}

/* The same operations drawn directly at once, directly in small steps, and through the interface are one picture. */
static void
test_paths (gconstpointer data)
{
  const PathRow *test = data;
  const GvncPixelFormat *xrgb = reference_format ("x8r8g8b8 little");
  const GvncPixelFormat *format = test->format != NULL ? reference_format (test->format) : &indexed;
  const GvncPixelFormat *remote = test->remote != NULL ? reference_format (test->remote) : &indexed;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (OwnFramebuffer) own = own_framebuffer_new (WIDTH, HEIGHT, remote);
  GvncPainter *painters[3];
  Plain at_once, in_steps;
  const gsize n_bytes = 48 * 1024;
  g_autofree guint8 *pixels = g_malloc (n_bytes);
  guint16 colours[3 * 256];

  for (gsize i = 0; i < n_bytes; i++)
    pixels[i] = (guint8) g_rand_int (random);
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    colours[i] = (guint16) g_rand_int (random);
  plain_init (&at_once, VNC_TYPE_BASE_FRAMEBUFFER, WIDTH, HEIGHT, xrgb, format);
  plain_init (&in_steps, VNC_TYPE_BASE_FRAMEBUFFER, WIDTH, HEIGHT, reference_format ("r8g8b8x8 big"), format);
  for (guint i = 0; i < 3; i++) {
    painters[i] = gvnc_painter_new ();
    gvnc_painter_set_format (painters[i], format);
    gvnc_painter_set_colours (painters[i], 0, 256, colours);
    gvnc_painter_set_framebuffer (painters[i], i == 0 ? VNC_FRAMEBUFFER (at_once.fb) :
                                               i == 1 ? VNC_FRAMEBUFFER (in_steps.fb) : VNC_FRAMEBUFFER (own));
  }

  for (guint i = 0; i < 300; i++) {
    GvncOp op;

    if (i % 50 == 49)
      for (guint p = 0; p < 3; p++)
        gvnc_painter_set_colours (painters[p], i / 2, 30, colours + i);
    make_op (random, format, test->beyond, pixels, n_bytes, &op);
    draw (painters[0], &op, G_MAXUINT);
    draw (painters[1], &op, (guint) g_rand_int_range (random, 0, 500));
    draw (painters[2], &op, (guint) g_rand_int_range (random, 0, 500));
    compare (&at_once, own);
    compare (&in_steps, own);
  }
  g_assert_cmpuint (own->n_calls, >=, 100);
  if (test->format == NULL && test->remote == NULL)
    g_assert_cmpuint (own->n_maps, >=, 6);
  else
    g_assert_cmpuint (own->n_maps, ==, 0);

  for (guint i = 0; i < 3; i++)
    gvnc_painter_free (painters[i]);
  plain_clear (&at_once);
  plain_clear (&in_steps);
}

/* Every direction, split at every number of rows, against a copy through a second picture. */
static void
test_overlap (void)
{
  const GvncPixelFormat *local = reference_format ("r5g6b5 little");
  Plain plain;
  GvncPainter *painter = gvnc_painter_new ();

  plain_init (&plain, VNC_TYPE_BASE_FRAMEBUFFER, WIDTH, HEIGHT, local, local);
  gvnc_painter_set_framebuffer (painter, VNC_FRAMEBUFFER (plain.fb));
  for (gint dx = -3; dx <= 3; dx++)
    for (gint dy = -3; dy <= 3; dy++)
      for (guint rows = 1; rows <= 20; rows++) {
        const guint width = 30, height = 20;
        guint16 before[HEIGHT][WIDTH];
        GvncOp op = {
          .kind = GVNC_OP_COPY, .rect = { (guint16) (10 + dx), (guint16) (10 + dy), (guint16) width, (guint16) height },
          .value = 10 | 10 << 16,
        };

        for (guint y = 0; y < HEIGHT; y++)
          for (guint x = 0; x < WIDTH; x++) {
            before[y][x] = (guint16) (y * WIDTH + x);
            memcpy (plain.buffer + y * plain.stride + 2 * x, &before[y][x], 2);
          }
        draw (painter, &op, rows * width);
        for (guint y = 0; y < HEIGHT; y++)
          for (guint x = 0; x < WIDTH; x++) {
            gboolean inside = x >= op.rect.x && x < op.rect.x + width && y >= op.rect.y && y < op.rect.y + height;
            guint16 got;

            memcpy (&got, plain.buffer + y * plain.stride + 2 * x, 2);
            g_assert_cmpuint (got, ==, inside ? before[(gint) y - dy][(gint) x - dx] : before[y][x]);
          }
      }
  gvnc_painter_free (painter);
  plain_clear (&plain);
}

/* As gvnccapture has it: both formats name what is not there, so that what is there comes out swapped and opaque. */
static void
test_other_remote_format (void)
{
  const GvncPixelFormat *sent = reference_format ("x8r8g8b8 little");
  GvncPixelFormat named = *sent;
  GvncPainter *painter = gvnc_painter_new ();
  GvncOp op = { .kind = GVNC_OP_BLIT, .layout = GVNC_LAYOUT_PIXEL, .rect = { 0, 0, 1, 1 }, .value = 4,
                .data = (const guint8 *) "\x33\x22\x11\x00" };
  Plain plain;
  guint row = 0;

  named.red_shift = 0;
  named.blue_shift = 16;
  plain_init (&plain, VNC_TYPE_BASE_FRAMEBUFFER, WIDTH, HEIGHT, sent, &named);
  gvnc_painter_set_format (painter, sent);
  gvnc_painter_set_framebuffer (painter, VNC_FRAMEBUFFER (plain.fb));
  g_assert_true (gvnc_painter_draw (painter, &op, &row, G_MAXUINT));
  g_assert_cmpmem (plain.buffer, 4, "\x11\x22\x33\xff", 4);
  gvnc_painter_free (painter);
  plain_clear (&plain);
}

/* Three bytes are sent for a pixel when all of its channels are in them. The format that the framebuffer names may need four. */
static void
test_three_bytes (void)
{
  const GvncPixelFormat *sent = reference_format ("x8r8g8b8 little");
  GvncPixelFormat named = *sent;
  GvncPainter *painter = gvnc_painter_new ();
  g_autofree guint8 *pixels = g_malloc (6);      /* and not one more, which the address sanitizer would tell */
  GvncOp op = { .kind = GVNC_OP_BLIT, .layout = GVNC_LAYOUT_CPIXEL, .rect = { 0, 0, 2, 1 }, .value = 6, .data = pixels };
  Plain plain;
  guint row = 0;

  memcpy (pixels, "\x33\x22\x11\x66\x55\x44", 6);
  named.red_shift = 20;
  named.green_shift = 12;
  named.blue_shift = 4;
  plain_init (&plain, VNC_TYPE_BASE_FRAMEBUFFER, WIDTH, HEIGHT, sent, &named);
  gvnc_painter_set_format (painter, sent);
  gvnc_painter_set_framebuffer (painter, VNC_FRAMEBUFFER (plain.fb));
  g_assert_true (gvnc_painter_draw (painter, &op, &row, G_MAXUINT));
  g_assert_cmphex (plain_rgb (&plain, 0, 0), ==, 0x112233);
  g_assert_cmphex (plain_rgb (&plain, 1, 0), ==, 0x445566);
  gvnc_painter_free (painter);
  plain_clear (&plain);
}

static void
test_rows (void)
{
  const GvncPixelFormat *local = reference_format ("x8r8g8b8 little");
  GvncPainter *painter = gvnc_painter_new ();
  GvncOp op = { .kind = GVNC_OP_FILL, .layout = GVNC_LAYOUT_XRGB32, .rect = { 5, 5, 10, 6 }, .value = 0x112233 };
  Plain plain;
  guint row = 0;

  plain_init (&plain, VNC_TYPE_BASE_FRAMEBUFFER, WIDTH, HEIGHT, local, local);
  gvnc_painter_set_format (painter, local);
  gvnc_painter_set_framebuffer (painter, VNC_FRAMEBUFFER (plain.fb));
  g_assert_false (gvnc_painter_draw (painter, &op, &row, 29));
  g_assert_cmpuint (row, ==, 2);
  g_assert_cmphex (plain_rgb (&plain, 5, 6), ==, 0x112233);
  g_assert_cmphex (plain_rgb (&plain, 5, 7), ==, 0);
  g_assert_false (gvnc_painter_draw (painter, &op, &row, 0));
  g_assert_cmpuint (row, ==, 3);
  g_assert_true (gvnc_painter_draw (painter, &op, &row, 30));
  g_assert_cmphex (plain_rgb (&plain, 14, 10), ==, 0x112233);
  g_assert_cmphex (plain_rgb (&plain, 15, 10), ==, 0);
  g_assert_cmphex (plain_rgb (&plain, 14, 11), ==, 0);
  gvnc_painter_free (painter);
  plain_clear (&plain);
}

/* Nothing to draw on, or nothing known about what to draw. */
static void
test_dropped (void)
{
  const GvncPixelFormat *local = reference_format ("x8r8g8b8 little");
  GvncPainter *painter = gvnc_painter_new ();
  const guint8 pixels[400] = { 0 };
  GvncOp ops[] = {
    { .kind = GVNC_OP_FILL, .layout = GVNC_LAYOUT_PIXEL, .rect = { 0, 0, 10, 10 }, .value = 1 },
    { .kind = GVNC_OP_BLIT, .layout = GVNC_LAYOUT_PIXEL, .rect = { 0, 0, 10, 10 }, .value = 40, .data = pixels },
    { .kind = GVNC_OP_COPY, .rect = { 0, 0, 10, 10 }, .value = 5 },
    { .kind = GVNC_OP_EVENT },
  };
  VncBaseFramebuffer *broken[3];
  VncPixelFormat good, bad;

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    draw (painter, &ops[i], 10);

  gvnc_pixel_format_to_public (local, &good);
  bad = good;
  bad.bits_per_pixel = 24;
  broken[0] = vnc_base_framebuffer_new (NULL, 20, 20, 80, &good, &good);
  broken[1] = vnc_base_framebuffer_new ((guint8 *) pixels, 20, 20, 80, &bad, &bad);
  broken[2] = g_object_new (VNC_TYPE_BASE_FRAMEBUFFER, NULL);
  for (guint k = 0; k < G_N_ELEMENTS (broken); k++) {
    GvncFramebufferMemory memory;

    g_assert_false (gvnc_base_framebuffer_peek (VNC_FRAMEBUFFER (broken[k]), &memory));
    gvnc_painter_set_framebuffer (painter, VNC_FRAMEBUFFER (broken[k]));
    for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
      draw (painter, &ops[i], 10);
    gvnc_painter_set_format (painter, local);
    for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
      draw (painter, &ops[i], 10);
  }
  gvnc_painter_set_framebuffer (painter, NULL);
  for (guint k = 0; k < G_N_ELEMENTS (broken); k++) {
    g_assert_finalize_object (broken[k]);
  }
  gvnc_painter_free (painter);
}

/* Subclasses: one that changes nothing about drawing, one that counts its fills. */
typedef struct { VncBaseFramebuffer parent_instance; } QuietFramebuffer;
typedef struct { VncBaseFramebufferClass parent_class; } QuietFramebufferClass;
typedef QuietFramebuffer CountingFramebuffer;
typedef QuietFramebufferClass CountingFramebufferClass;

static guint n_counted;

static GType quiet_framebuffer_get_type (void);
static GType counting_framebuffer_get_type (void);
static void counting_interface_init (VncFramebufferInterface *iface);

G_DEFINE_TYPE (QuietFramebuffer, quiet_framebuffer, VNC_TYPE_BASE_FRAMEBUFFER)
G_DEFINE_TYPE_WITH_CODE (CountingFramebuffer, counting_framebuffer, VNC_TYPE_BASE_FRAMEBUFFER,
                         G_IMPLEMENT_INTERFACE (VNC_TYPE_FRAMEBUFFER, counting_interface_init))

static void
counting_fill (VncFramebuffer *fb,
               guint8         *src,
               guint16         x,
               guint16         y,
               guint16         width,
               guint16         height)
{
  VncFramebufferInterface *base = g_type_interface_peek (counting_framebuffer_parent_class, VNC_TYPE_FRAMEBUFFER);

  n_counted++;
  base->fill (fb, src, x, y, width, height);
}

static void
counting_interface_init (VncFramebufferInterface *iface)
{
  iface->fill = counting_fill;
}

static void quiet_framebuffer_class_init (QuietFramebufferClass *klass) { }
static void quiet_framebuffer_init (QuietFramebuffer *self) { }
static void counting_framebuffer_class_init (CountingFramebufferClass *klass) { }
static void counting_framebuffer_init (CountingFramebuffer *self) { }

static void
test_subclasses (void)
{
  const GvncPixelFormat *local = reference_format ("x8r8g8b8 little");
  const GvncPixelFormat *remote = reference_format ("r5g6b5 big");
  const GType types[] = { VNC_TYPE_BASE_FRAMEBUFFER, quiet_framebuffer_get_type (), counting_framebuffer_get_type () };
  const guint8 red[4] = { 0xf8, 0x00, 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    GvncPainter *painter = gvnc_painter_new ();
    GvncOp op = { .kind = GVNC_OP_FILL, .layout = GVNC_LAYOUT_PIXEL, .rect = { 1, 1, 2, 2 } };
    GvncFramebufferMemory memory;
    Plain plain;

    memcpy (&op.value, red, 4);
    plain_init (&plain, types[i], WIDTH, HEIGHT, local, remote);
    g_assert_cmpint (gvnc_base_framebuffer_peek (VNC_FRAMEBUFFER (plain.fb), &memory), ==, i < 2);
    gvnc_painter_set_framebuffer (painter, VNC_FRAMEBUFFER (plain.fb));
    gvnc_painter_set_format (painter, remote);
    draw (painter, &op, 1000);
    g_assert_cmphex (plain_rgb (&plain, 1, 1), ==, 0xff0000);
    g_assert_cmphex (plain_rgb (&plain, 3, 1), ==, 0);
    g_assert_cmpuint (n_counted, ==, i < 2 ? 0 : 1);
    gvnc_painter_free (painter);
    plain_clear (&plain);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (path_rows); i++) {
    g_autofree char *path = g_strdup_printf ("/painter/paths/%s", path_rows[i].name);

    g_test_add_data_func (path, &path_rows[i], test_paths);
  }
  g_test_add_func ("/painter/overlap", test_overlap);
  g_test_add_func ("/painter/rows", test_rows);
  g_test_add_func ("/painter/other-remote-format", test_other_remote_format);
  g_test_add_func ("/painter/three-bytes", test_three_bytes);
  g_test_add_func ("/painter/dropped", test_dropped);
  g_test_add_func ("/painter/subclasses", test_subclasses);
  return g_test_run ();
}
