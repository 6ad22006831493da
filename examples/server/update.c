/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bytes.h"
#include "client.h"
#include "extension.h"

/* What a client is still to be shown, and the FramebufferUpdate messages that do it (RFC 6143 section 7.6.1).
 *
 * An update's rectangles are fixed when it begins, but encoded one after another as the client takes them, each from
 * the screen as it is then. So little is buffered however slow the client is; what changes meanwhile is damage for the
 * update after, and frames are skipped by themselves. */

#define UPDATE_MAX_TILES 60000

void
demo_update_damage (DemoClient *client, const DemoRect *rect)
{
  demo_region_add (&client->damage, rect);
}

/* A CopyRect is kept for the next update only if the client's screen is then what ours was now: so not while an update
 * is under way. Parts of the source that the client has not got yet are damage at the target. */
void
demo_update_copied (DemoClient *client, const DemoRect *to, int dx, int dy)
{
  DemoRect from = { to->x - dx, to->y - dy, to->width, to->height };
  DemoRect known = { 0, 0, client->width, client->height };
  DemoRegion stale = client->damage;

  if (!(client->offers & DEMO_HAS_COPYRECT) || client->has_copy || demo_client_is_updating (client) ||
      !demo_rect_contains (&known, to) || !demo_rect_contains (&known, &from)) {
    if (client->has_copy)
      demo_region_add (&client->damage, &client->copy_to);
    client->has_copy = FALSE;
    demo_region_add (&client->damage, to);
    return;
  }
  client->has_copy = TRUE;
  client->copy_to = *to;
  client->copy_dx = dx;
  client->copy_dy = dy;

  demo_region_subtract (&client->damage, to);
  demo_region_clip (&stale, &from);
  for (guint i = 0; i < stale.n; i++) {
    stale.rects[i].x += dx;
    stale.rects[i].y += dy;
    demo_region_add (&client->damage, &stale.rects[i]);
  }
}

static void
update_forget_copy (DemoClient *client)
{
  if (client->has_copy)
    demo_region_add (&client->damage, &client->copy_to);
  client->has_copy = FALSE;
}

static void
update_damage_all (DemoClient *client)
{
  DemoRect all = { 0, 0, client->server->screen.width, client->server->screen.height };

  client->has_copy = FALSE;
  demo_region_clear (&client->damage);
  demo_region_add (&client->damage, &all);
}

/* The screen has a new size, or an answer to SetDesktopSize is due. */
void
demo_update_resized (DemoClient *client, guint reason, guint result)
{
  if (result == 0)
    update_damage_all (client);
  if (client->offers & DEMO_HAS_EXTENDED_SIZE) {
    client->due |= DEMO_HAS_EXTENDED_SIZE;
    if (client->n_replies == DEMO_MAX_SIZE_REPLIES) {
      client->n_replies--;
      for (guint i = 0; i < client->n_replies; i++)
        client->replies[i] = client->replies[i + 1];
    }
    client->replies[client->n_replies++] = (DemoSizeReply) { (guint8) reason, (guint8) result };
  } else if (client->offers & DEMO_HAS_DESKTOP_SIZE) {
    client->due |= DEMO_HAS_DESKTOP_SIZE;
  }
}

void
demo_update_put_palette (DemoClient *client, guint first, guint n)
{
  GByteArray *out = demo_client_message (client);

  demo_put_u8 (out, 1);
  demo_put_u8 (out, 0);
  demo_put_u16 (out, first);
  demo_put_u16 (out, n);
  for (guint i = first; i < first + n; i++)
    for (int shift = 16; shift >= 0; shift -= 8)
      demo_put_u16 (out, (client->server->screen.palette[i] >> shift & 0xff) * 257);
}

void
demo_update_format_changed (DemoClient *client)
{
  update_damage_all (client);
  if (client->offers & DEMO_HAS_ANY_CURSOR)
    client->due |= DEMO_HAS_CURSOR;
  if (!client->to.format.true_colour)
    demo_update_put_palette (client, 0, 256);
}

void
demo_update_request (DemoClient *client, gboolean incremental, const DemoRect *rect)
{
  DemoRect known = { 0, 0, client->width, client->height };
  DemoRect wanted = *rect;

  if (!demo_rect_intersect (&known, rect, &wanted))
    wanted.width = wanted.height = 0;
  client->request = client->requested ? demo_rect_union (&client->request, &wanted) : wanted;
  client->requested = TRUE;
  if (!incremental) {
    update_forget_copy (client);
    demo_region_add (&client->damage, &wanted);
    client->due |= client->offers & DEMO_HAS_EXTENDED_SIZE;
  }
}

static void
update_put_rect (GByteArray *out, guint x, guint y, guint width, guint height, int encoding)
{
  demo_put_u16 (out, x);
  demo_put_u16 (out, y);
  demo_put_u16 (out, width);
  demo_put_u16 (out, height);
  demo_put_u32 (out, (guint32) encoding);
}

static void
update_put_head (GByteArray *out, guint n)
{
  demo_put_u8 (out, 0);
  demo_put_u8 (out, 0);
  demo_put_u16 (out, n);
}

/* U8 number | 3 padding | number * (U32 id | U16 x, y, width, height | U32 flags) */
static void
update_put_screens (const DemoServer *server, GByteArray *out)
{
  demo_put_u32 (out, server->n_screens << 24);
  for (guint i = 0; i < server->n_screens; i++) {
    const DemoMonitor *monitor = &server->screens[i];

    demo_put_u32 (out, monitor->id);
    demo_put_u16 (out, (guint) monitor->rect.x);
    demo_put_u16 (out, (guint) monitor->rect.y);
    demo_put_u16 (out, (guint) monitor->rect.width);
    demo_put_u16 (out, (guint) monitor->rect.height);
    demo_put_u32 (out, monitor->flags);
  }
}

/* One rectangle for each answer to SetDesktopSize, or one that just says the size. Returns their number. */
static guint
update_put_size (DemoClient *client, GByteArray *out)
{
  const DemoScreen *screen = &client->server->screen;
  guint width = (guint) screen->width;
  guint height = (guint) screen->height;
  guint n = 1;

  if (client->due & DEMO_HAS_EXTENDED_SIZE) {
    if (client->n_replies == 0)
      client->replies[client->n_replies++] = (DemoSizeReply) { 0, 0 };
    n = client->n_replies;
    for (guint i = 0; i < n; i++) {
      update_put_rect (out, client->replies[i].reason, client->replies[i].result, width, height,
                       DEMO_ENCODING_EXTENDED_SIZE);
      update_put_screens (client->server, out);
    }
  } else {
    update_put_rect (out, 0, 0, width, height, DEMO_ENCODING_DESKTOP_SIZE);
  }
  client->n_replies = 0;
  client->due &= ~(guint) (DEMO_HAS_EXTENDED_SIZE | DEMO_HAS_DESKTOP_SIZE);
  client->width = screen->width;
  client->height = screen->height;
  return n;
}

/* WMVi: the client is told to go on in the server's own format. */
static gboolean
update_put_format (DemoClient *client)
{
  guint8 format[DEMO_FORMAT_BYTES];

  if (!(client->due & DEMO_HAS_WMVI))
    return FALSE;
  client->due &= ~(guint) DEMO_HAS_WMVI;
  demo_converter_set (&client->to, &client->server->screen.native.format);
  demo_format_to_wire (&client->to.format, format);
  update_put_head (client->out, 1);
  update_put_rect (client->out, 0, 0, (guint) client->width, (guint) client->height, DEMO_ENCODING_WMVI);
  g_byte_array_append (client->out, format, sizeof format);
  demo_update_format_changed (client);
  return TRUE;
}

static void
update_put_cursor (DemoClient *client, GByteArray *out)
{
  DemoCursorKind kind = client->server->cursor;
  gboolean alpha = (client->offers & DEMO_HAS_ALPHA_CURSOR) &&
                   (kind == DEMO_CURSOR_ALPHA || !(client->offers & (DEMO_HAS_CURSOR | DEMO_HAS_XCURSOR)));
  gboolean mono = (client->offers & DEMO_HAS_XCURSOR) && (kind == DEMO_CURSOR_MONO || !(client->offers & DEMO_HAS_CURSOR));
  gboolean vmware = !(client->offers & (DEMO_HAS_CURSOR | DEMO_HAS_XCURSOR | DEMO_HAS_ALPHA_CURSOR));
  int encoding = vmware ? DEMO_ENCODING_VMWARE_CURSOR
                 : alpha ? DEMO_ENCODING_ALPHA_CURSOR : mono ? DEMO_ENCODING_XCURSOR : DEMO_ENCODING_CURSOR;
  DemoCursor cursor;

  demo_cursor_draw (&cursor, kind);
  update_put_rect (out, cursor.hot_x, cursor.hot_y, cursor.width, cursor.height, encoding);
  if (vmware)
    demo_cursor_put_vmware (&cursor, kind == DEMO_CURSOR_ALPHA, &client->to, out);
  else if (alpha)
    demo_cursor_put_alpha (&cursor, out);
  else if (mono)
    demo_cursor_put_mono (&cursor, out);
  else
    demo_cursor_put_colour (&cursor, &client->to, out);
}

/* Everything that is told in a rectangle of its own but has no pixels. Returns the number of rectangles. */
static guint
update_put_news (DemoClient *client, GByteArray *out)
{
  DemoServer *server = client->server;
  guint n = 0;

  if (client->due & DEMO_HAS_QEMU_KEY) {
    update_put_rect (out, 0, 0, (guint) client->width, (guint) client->height, DEMO_ENCODING_QEMU_KEY);
    n++;
  }
  if (client->due & DEMO_HAS_POINTER_MOTION) {
    update_put_rect (out, server->pointer_absolute ? 1 : 0, 0, (guint) client->width, (guint) client->height,
                     DEMO_ENCODING_POINTER_MOTION);
    n++;
  }
  if (client->due & DEMO_HAS_LEDS) {
    update_put_rect (out, 0, 0, 1, 1, DEMO_ENCODING_LED_STATE);
    demo_put_u8 (out, server->leds);
    n++;
  }
  if (client->due & DEMO_HAS_NAME) {
    update_put_rect (out, 0, 0, 0, 0, DEMO_ENCODING_DESKTOP_NAME);
    demo_put_string (out, server->name);
    n++;
  }
  if ((client->due & DEMO_HAS_CURSOR) && (client->offers & DEMO_HAS_ANY_CURSOR)) {
    update_put_cursor (client, out);
    n++;
  }
  n += demo_extension_put_news (client, out);
  client->due &= DEMO_HAS_WMVI;
  return n;
}

/* The damage within the request, cut into rectangles. What finds no place stays damage. */
static void
update_cut (DemoClient *client)
{
  DemoRect all = { 0, 0, client->server->screen.width, client->server->screen.height };
  DemoRegion wanted = client->damage;
  DemoRect area;
  guint width;
  guint height;

  g_array_set_size (client->tiles, 0);
  client->next_tile = 0;
  if (!demo_rect_intersect (&all, &client->request, &area))
    return;
  demo_region_clip (&wanted, &area);
  demo_region_subtract (&client->damage, &area);
  demo_encoder_tile_size (&client->encoder, client->encoding, &width, &height);
  for (guint i = 0; i < wanted.n; i++) {
    const DemoRect *rect = &wanted.rects[i];

    if (client->tiles->len + (guint) ((rect->width / (int) width + 1) * (rect->height / (int) height + 1)) > UPDATE_MAX_TILES) {
      demo_region_add (&client->damage, rect);
      continue;
    }
    for (int y = 0; y < rect->height; y += (int) height)
      for (int x = 0; x < rect->width; x += (int) width) {
        DemoRect tile = {
          rect->x + x, rect->y + y, MIN ((int) width, rect->width - x), MIN ((int) height, rect->height - y),
        };

        g_array_append_val (client->tiles, tile);
      }
  }
}

/* Begins an update if there is anything to tell, and says whether. */
static gboolean
update_begin (DemoClient *client)
{
  g_autoptr (GByteArray) news = g_byte_array_new ();
  const DemoScreen *screen = &client->server->screen;
  gboolean new_size = screen->width != client->width || screen->height != client->height;
  guint n = 0;

  if (client->due & (DEMO_HAS_EXTENDED_SIZE | DEMO_HAS_DESKTOP_SIZE))
    n = update_put_size (client, news);
  if (n > 0 && new_size) {
    /* A new size stands alone: nothing in the same update can be misplaced then. */
    update_put_head (client->out, n);
    g_byte_array_append (client->out, news->data, news->len);
    client->requested = FALSE;
    return TRUE;
  }
  if (n == 0 && update_put_format (client)) {
    client->requested = FALSE;
    return TRUE;
  }
  if (client->has_copy && !demo_rect_contains (&client->request, &client->copy_to))
    update_forget_copy (client);

  n += update_put_news (client, news);
  if (client->has_copy) {
    const DemoRect *to = &client->copy_to;

    update_put_rect (news, (guint) to->x, (guint) to->y, (guint) to->width, (guint) to->height, DEMO_ENCODING_COPYRECT);
    demo_put_u16 (news, (guint) (to->x - client->copy_dx));
    demo_put_u16 (news, (guint) (to->y - client->copy_dy));
    client->has_copy = FALSE;
    n++;
  }
  update_cut (client);
  if (n + client->tiles->len == 0)
    return FALSE;

  client->last_rect = (client->offers & DEMO_HAS_LAST_RECT) && client->tiles->len > 0;
  update_put_head (client->out, client->last_rect ? 0xffff : n + client->tiles->len);
  g_byte_array_append (client->out, news->data, news->len);
  client->requested = FALSE;
  return TRUE;
}

static void
update_encode_tile (DemoClient *client)
{
  const DemoRect *rect = &g_array_index (client->tiles, DemoRect, client->next_tile++);
  DemoTile tile = { (guint) rect->width, (guint) rect->height, client->values, client->rgb };

  demo_screen_fetch (&client->server->screen, rect, &client->to, client->values, client->rgb);
  update_put_rect (client->out, (guint) rect->x, (guint) rect->y, tile.width, tile.height, client->encoding);
  client->encoder.format = client->to.format;
  client->encoder.tight_mode = client->server->options->tight_mode;
  demo_encode (&client->encoder, client->encoding, &tile, client->out);

  if (client->next_tile == client->tiles->len) {
    if (client->last_rect)
      update_put_rect (client->out, 0, 0, 0, 0, DEMO_ENCODING_LAST_RECT);
    g_byte_array_append (client->out, client->later->data, client->later->len);
    g_byte_array_set_size (client->later, 0);
  }
}

/* Goes on with the update under way, or begins one, as far as the client takes it: one buffer full, so that one client
 * with a large screen does not keep the others waiting. */
void
demo_update_pump (DemoClient *client)
{
  if (client->dead || client->state != CLIENT_RUNNING)
    return;
  demo_client_send (client);
  if (client->dead || client->out->len > 0)
    return;
  if (!demo_client_is_updating (client)) {
    demo_extension_refresh_request (client);
    if (!client->requested || client->flow.hold)
      return;
    if (!update_begin (client)) {
      demo_server_wake (client->server);
      return;
    }
  }
  while (demo_client_is_updating (client) && client->out->len < DEMO_OUTPUT_MARK)
    update_encode_tile (client);
  if (!demo_client_is_updating (client))
    demo_extension_update_ended (client);
  demo_client_send (client);
  if (!client->dead && client->out->len == 0 &&
      (demo_client_is_updating (client) || client->requested || client->flow.continuous))
    demo_server_flush (client->server);
}
