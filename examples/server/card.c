/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "card.h"

#include <string.h>

#include "font.h"

/* The picture: a title, six panels, a running line of text, what the pointer and the modifiers do, what was typed.
 *
 *   title                       frame
 *   gradient  | photo | colour bars
 *   fine lines | moving shapes | text and noise
 *   running text, moved by a copy of the screen
 *   modifiers, pointer
 *   typed text
 */
typedef enum {
  PANEL_GRADIENT,
  PANEL_PHOTO,
  PANEL_BARS,
  PANEL_LINES,
  PANEL_SHAPES,
  PANEL_TEXT,
  N_PANELS,
} CardPanel;

#define CARD_TYPED_MAX 160
#define CARD_SHAPES 3

struct DemoCard {
  DemoScreen *screen;
  char *name;
  guint seed;
  guint frame;
  int scale;
  DemoRect title, ticker, status, typed;
  DemoRect panels[N_PANELS];
  DemoRect shapes[CARD_SHAPES];         /* where they are drawn now */

  char text[CARD_TYPED_MAX + 1];
  guint modifiers;                      /* bits of card_modifiers */
  guint32 last_keysym;
  guint buttons;
  int x, y;
};

static const struct {
  guint32 left, right;
  const char *name;
} card_modifiers[] = {
  { 0xffe1, 0xffe2, "Shift" }, { 0xffe3, 0xffe4, "Ctrl" }, { 0xffe9, 0xffea, "Alt" },
  { 0xffe7, 0xffe8, "Meta" }, { 0xffeb, 0xffec, "Super" }, { 0xfe03, 0xff7e, "AltGr" },
};

static const char card_running_text[] =
  "This line moves to the left: most of it is copied on the screen and only its end is new.  "
  "The quick brown fox jumps over the lazy dog, 0123456789.  ";

#define CARD_DARK 0x182848
#define CARD_LIGHT 0xf4f1e8

static guint
card_hash (guint x, guint y, guint seed)
{
  guint h = x * 374761393u + y * 668265263u + seed * 2246822519u;

  h = (h ^ h >> 13) * 1274126177u;
  return h ^ h >> 16;
}

/* A smooth random surface of 0 … 255, its hills step pixels apart. */
static guint
card_hills (guint x, guint y, guint step, guint seed)
{
  guint cx = x / step;
  guint cy = y / step;
  guint fx = x % step * 256 / step;
  guint fy = y % step * 256 / step;
  guint top = (card_hash (cx, cy, seed) & 255) * (256 - fx) + (card_hash (cx + 1, cy, seed) & 255) * fx;
  guint bottom = (card_hash (cx, cy + 1, seed) & 255) * (256 - fx) + (card_hash (cx + 1, cy + 1, seed) & 255) * fx;

  return (top / 256 * (256 - fy) + bottom / 256 * fy) / 256;
}

static guint32
card_rgb (guint red, guint green, guint blue)
{
  return MIN (red, 255) << 16 | MIN (green, 255) << 8 | MIN (blue, 255);
}

static guint32
card_shade_gradient (int x, int y, const DemoRect *rect, gconstpointer data)
{
  guint across = (guint) (x * 255 / MAX (1, rect->width - 1));
  int band = y * 4 / rect->height;

  switch (band) {
  case 0:
    return card_rgb (across, 0, 0);
  case 1:
    return card_rgb (0, across, 0);
  case 2:
    return card_rgb (0, 0, across);
  default:
    return card_rgb (across, (guint) (y * 4 % rect->height * 255 / rect->height), 255 - across);
  }
}

/* Hills under a sky, with a little grain, as a photograph has. */
static guint32
card_shade_photo (int x, int y, const DemoRect *rect, gconstpointer data)
{
  guint seed = *(const guint *) data;
  guint ux = (guint) x;
  guint uy = (guint) y;
  guint form = (card_hills (ux, uy, 48, seed) * 4 + card_hills (ux, uy, 17, seed + 1) * 2 +
                card_hills (ux, uy, 5, seed + 2)) / 7;
  guint grain = card_hash (ux, uy, seed + 3) % 9;
  guint light = (guint) (255 - y * 160 / rect->height);

  return card_rgb (form * light / 255 + grain, (form * 2 + light) / 3 + grain, light * 3 / 4 + form / 5 + grain);
}

static guint32
card_shade_bars (int x, int y, const DemoRect *rect, gconstpointer data)
{
  static const guint32 bars[8] = {
    0xffffff, 0xffff00, 0x00ffff, 0x00ff00, 0xff00ff, 0xff0000, 0x0000ff, 0x000000,
  };

  if (y < rect->height * 2 / 3)
    return bars[x * 8 / rect->width];
  return (guint32) (x * 16 / rect->width * 17) * 0x010101u;
}

static guint32
card_shade_lines (int x, int y, const DemoRect *rect, gconstpointer data)
{
  gboolean right = x >= rect->width / 2;
  gboolean low = y >= rect->height / 2;
  gboolean on;

  if (!low)
    on = right ? y % 2 == 0 : x % 2 == 0;
  else
    on = right ? (x + y) % 2 == 0 : x % 8 == 0 || y % 8 == 0;
  return on ? 0x000000 : 0xffffff;
}

static guint32
card_shade_noise (int x, int y, const DemoRect *rect, gconstpointer data)
{
  return card_hash ((guint) x, (guint) y, *(const guint *) data) & 0xffffff;
}

static void
card_draw_title (DemoCard *card)
{
  g_autofree char *frame = g_strdup_printf ("%dx%d #%u", card->screen->width, card->screen->height, card->frame);
  int width = (int) strlen (frame) * DEMO_FONT_WIDTH * card->scale;

  demo_screen_fill (card->screen, &card->title, CARD_DARK);
  demo_screen_text (card->screen, 2 * card->scale, card->scale, card->scale, 0xffffff, card->name);
  if (width < card->title.width)
    demo_screen_text (card->screen, card->title.width - width, card->scale, card->scale, 0xffd060, frame);
}

static void
card_draw_line (DemoCard *card, const DemoRect *line, guint32 back, guint32 fore, const char *text)
{
  gsize fits = (gsize) MAX (0, line->width / (DEMO_FONT_WIDTH * card->scale) - 1);
  gsize len = strlen (text);

  demo_screen_fill (card->screen, line, back);
  demo_screen_text (card->screen, line->x + 2 * card->scale, line->y + card->scale, card->scale, fore,
                    len > fits ? text + len - fits : text);
}

static void
card_draw_status (DemoCard *card)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (card_modifiers); i++)
    if (card->modifiers >> i & 1)
      g_string_append_printf (text, "%s ", card_modifiers[i].name);
  g_string_append_printf (text, "key %#x  at %d,%d", card->last_keysym, card->x, card->y);
  for (guint i = 0; i < 8; i++)
    if (card->buttons >> i & 1)
      g_string_append_printf (text, " b%u", i + 1);
  card_draw_line (card, &card->status, 0x304030, 0xc0ffc0, text->str);
}

static void
card_draw_typed (DemoCard *card)
{
  g_autofree char *text = g_strdup_printf ("> %s_", card->text);

  card_draw_line (card, &card->typed, 0x000000, 0xffffff, text);
}

static void
card_draw_text_panel (DemoCard *card)
{
  static const char *const lines[] = { "Sphinx of", "black quartz,", "judge my vow", "{[(<#&@%>)]}", "1+1=2; 3/4?" };
  const DemoRect *panel = &card->panels[PANEL_TEXT];
  int text_height = panel->height * 3 / 5;
  DemoRect noise = { panel->x, panel->y + text_height, panel->width, panel->height - text_height };
  int y = panel->y + 2;

  demo_screen_fill (card->screen, panel, CARD_LIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (lines) && y + 8 * card->scale <= noise.y; i++) {
    demo_screen_text (card->screen, panel->x + 3, y, card->scale, i == 3 ? 0xa01020 : 0x101010, lines[i]);
    y += 9 * card->scale;
  }
  demo_screen_shade (card->screen, &noise, card_shade_noise, &card->seed);
}

/* Back and forth between 0 and range. */
static int
card_swing (guint t, int range)
{
  int at;

  if (range <= 0)
    return 0;
  at = (int) (t % (guint) (2 * range));
  return at < range ? at : 2 * range - at;
}

static void
card_draw_shapes (DemoCard *card)
{
  static const guint32 colours[CARD_SHAPES] = { 0xff7030, 0x40c0ff, 0xffe040 };
  const DemoRect *panel = &card->panels[PANEL_SHAPES];
  int size = MIN (panel->width, panel->height) / 4;

  if (size < 4)
    return;
  for (guint i = 0; i < CARD_SHAPES; i++)
    demo_screen_fill (card->screen, &card->shapes[i], CARD_DARK);
  for (guint i = 0; i < CARD_SHAPES; i++) {
    DemoRect *shape = &card->shapes[i];
    guint t = card->frame * (i + 2) + i * 37 + card->seed % 29;
    int radius = (size - 1) / 2;

    shape->x = panel->x + card_swing (t, panel->width - size);
    shape->y = panel->y + card_swing (t * 3 / 2, panel->height - size);
    shape->width = shape->height = size;
    if (i == 1)
      demo_screen_fill (card->screen, shape, colours[i]);
    else if (i == 0)
      demo_screen_disc (card->screen, shape->x + radius, shape->y + radius, radius, colours[i]);
    else
      demo_screen_ring (card->screen, shape->x + radius, shape->y + radius, radius, colours[i]);
  }
}

/* Columns first … last of the running line, after it has moved by frame steps. */
static void
card_draw_ticker (DemoCard *card, int first, int last)
{
  const DemoRect *line = &card->ticker;
  DemoRect strip = { line->x + first, line->y, last - first, line->height };
  int scale = card->scale;
  guint columns = (G_N_ELEMENTS (card_running_text) - 1) * DEMO_FONT_WIDTH;

  demo_screen_fill (card->screen, &strip, 0xe8e0b0);
  for (int x = first - first % scale; x < last; x += scale) {
    guint column = (guint) (x / scale + (int) card->frame) % columns;

    for (guint row = 0; row < DEMO_FONT_HEIGHT; row++) {
      DemoRect dot = { line->x + x, line->y + ((int) row + 1) * scale, scale, scale };

      if (demo_font_dot (card_running_text[column / DEMO_FONT_WIDTH], column % DEMO_FONT_WIDTH, row) &&
          demo_rect_intersect (&dot, &strip, &dot))
        demo_screen_fill (card->screen, &dot, 0x602010);
    }
  }
}

static void
card_layout (DemoCard *card)
{
  int width = card->screen->width;
  int height = card->screen->height;
  int line;
  int top;
  int panels_height;

  card->scale = width >= 480 && height >= 320 ? 2 : 1;
  line = 10 * card->scale;
  top = line;
  panels_height = MAX (0, height - 4 * line);
  card->title = (DemoRect) { 0, 0, width, line };
  card->ticker = (DemoRect) { 0, top + panels_height, width, line };
  card->status = (DemoRect) { 0, top + panels_height + line, width, line };
  card->typed = (DemoRect) { 0, top + panels_height + 2 * line, width, line };
  for (int i = 0; i < N_PANELS; i++) {
    int left = width * (i % 3) / 3;
    int right = width * (i % 3 + 1) / 3;
    int above = panels_height * (i / 3) / 2;
    int below = panels_height * (i / 3 + 1) / 2;

    card->panels[i] = (DemoRect) { left, top + above, right - left, below - above };
  }
  memset (card->shapes, 0, sizeof card->shapes);
}

/* Everything anew, for a screen that may have another size. */
void
demo_card_draw (DemoCard *card)
{
  DemoScreen *screen = card->screen;

  card_layout (card);
  demo_screen_shade (screen, &card->panels[PANEL_GRADIENT], card_shade_gradient, NULL);
  demo_screen_shade (screen, &card->panels[PANEL_PHOTO], card_shade_photo, &card->seed);
  demo_screen_shade (screen, &card->panels[PANEL_BARS], card_shade_bars, NULL);
  demo_screen_shade (screen, &card->panels[PANEL_LINES], card_shade_lines, NULL);
  demo_screen_fill (screen, &card->panels[PANEL_SHAPES], CARD_DARK);
  card_draw_shapes (card);
  card_draw_text_panel (card);
  card_draw_ticker (card, 0, card->ticker.width);
  card_draw_status (card);
  card_draw_typed (card);
  card_draw_title (card);
}

void
demo_card_tick (DemoCard *card)
{
  const DemoRect *line = &card->ticker;
  int step = card->scale;
  DemoRect kept = { line->x, line->y, line->width / step * step - step, line->height };

  card->frame++;
  if (kept.width > 0) {
    demo_screen_copy (card->screen, line->x + step, line->y, &kept);
    card_draw_ticker (card, kept.width, line->width);
  }
  card_draw_shapes (card);
  if (card->frame % 10 == 0)
    card_draw_title (card);
}

void
demo_card_set_name (DemoCard *card, const char *name)
{
  g_free (card->name);
  card->name = g_strdup (name);
  card_draw_title (card);
}

static void
card_type (DemoCard *card, char letter)
{
  gsize len = strlen (card->text);

  if (len == CARD_TYPED_MAX)
    memmove (card->text, card->text + 1, len--);
  card->text[len] = letter;
  card->text[len + 1] = '\0';
}

void
demo_card_key (DemoCard *card, gboolean down, guint32 keysym)
{
  gsize len = strlen (card->text);
  gboolean is_modifier = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (card_modifiers); i++) {
    if (keysym != card_modifiers[i].left && keysym != card_modifiers[i].right)
      continue;
    is_modifier = TRUE;
    if (down)
      card->modifiers |= 1u << i;
    else
      card->modifiers &= ~(1u << i);
  }
  if (down)
    card->last_keysym = keysym;
  if (down && !is_modifier) {
    if (keysym >= 0x20 && keysym <= 0x7e)
      card_type (card, (char) keysym);
    else if ((keysym >= 0xa0 && keysym <= 0xff) || keysym >> 24 == 1)
      card_type (card, '?');                 /* a letter that the little font has not */
    else if (keysym == 0xff08 && len > 0)
      card->text[len - 1] = '\0';
    else if (keysym == 0xff0d || keysym == 0xff8d)
      card->text[0] = '\0';
    card_draw_typed (card);
  }
  card_draw_status (card);
}

void
demo_card_pointer (DemoCard *card, guint buttons, int x, int y)
{
  static const guint32 colours[8] = {
    0xff2020, 0x20c020, 0x2060ff, 0xffa000, 0x00a0a0, 0xa000a0, 0x808000, 0x606060,
  };

  if (card->buttons == buttons && card->x == x && card->y == y)
    return;
  for (guint i = 0; i < 8; i++) {
    if (!(buttons >> i & 1))
      continue;
    if (card->buttons >> i & 1)
      demo_screen_disc (card->screen, x, y, 1, colours[i]);
    else
      demo_screen_ring (card->screen, x, y, 7, colours[i]);
  }
  card->buttons = buttons;
  card->x = x;
  card->y = y;
  card_draw_status (card);
}

DemoCard *
demo_card_new (DemoScreen *screen, guint seed, const char *name)
{
  DemoCard *card = g_new0 (DemoCard, 1);

  card->screen = screen;
  card->seed = seed;
  card->name = g_strdup (name);
  demo_card_draw (card);
  return card;
}

void
demo_card_free (DemoCard *card)
{
  g_free (card->name);
  g_free (card);
}
