/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "extension.h"

#include <string.h>

#include "bytes.h"

#define FENCE_BLOCK_BEFORE 0x00000001u
#define FENCE_SYNC_NEXT 0x00000004u
#define FENCE_KNOWN 0x00000007u
#define FENCE_REQUEST 0x80000000u
#define FENCE_MAX_PAYLOAD 64

#define WINDOW_LEAST (16 * 1024)
#define WINDOW_FIRST (64 * 1024)
#define WINDOW_MOST (4 * 1024 * 1024)
#define MOST_PINGS 1024

/* A fence of ours on its way. */
typedef struct {
  guint64 position;             /* bytes that came before it */
  gint64 sent_us;
} Ping;

/* U8 248 | 3 padding | U32 flags | U8 length | payload */
static void
extension_put_fence (GByteArray *out, guint32 flags, const guint8 *payload, guint n)
{
  demo_put_u32 (out, (guint32) DEMO_MESSAGE_FENCE << 24);
  demo_put_u32 (out, flags);
  demo_put_u8 (out, n);
  g_byte_array_append (out, payload, n);
}

/* U8 250 | padding | U8 version | U8 code: 1 is there, 0 failed */
static void
extension_put_xvp (DemoClient *client, guint code)
{
  demo_put_u32 (demo_client_message (client), (guint32) DEMO_MESSAGE_XVP << 24 | 1u << 8 | code);
  demo_server_flush (client->server);
}

void
demo_extension_offered (DemoClient *client, guint fresh)
{
  if (fresh & DEMO_HAS_XVP)
    extension_put_xvp (client, 1);
  if (fresh & DEMO_HAS_FENCE)
    extension_put_fence (demo_client_message (client), FENCE_REQUEST, NULL, 0);
  if (fresh & DEMO_HAS_CONTINUOUS)
    demo_put_u8 (demo_client_message (client), DEMO_MESSAGE_CONTINUOUS);
}

static guint64
extension_position (const DemoClient *client)
{
  return client->n_sent + (client->out->len - client->out_sent);
}

/* Our fence has come back: all before it is drawn. */
static void
extension_ponged (DemoClient *client)
{
  DemoFlow *flow = &client->flow;
  g_autofree Ping *ping = g_queue_pop_head (&flow->pings);
  gint64 took_us;

  if (!ping)
    return;
  took_us = g_get_monotonic_time () - ping->sent_us;
  flow->least_us = flow->least_us == 0 ? took_us : MIN (flow->least_us, took_us);
  if (took_us > 2 * flow->least_us + 10000)
    flow->window = MAX (flow->window / 2, WINDOW_LEAST);
  else if (flow->full)
    flow->window = (guint) MIN (flow->window + (ping->position - flow->drawn), WINDOW_MOST);
  flow->full = FALSE;
  flow->drawn = ping->position;
}

/* U8 248 | 3 padding | U32 flags | U8 length | payload */
static gssize
extension_fence (DemoClient *client, const guint8 *bytes, gsize n)
{
  guint32 flags;
  guint len;

  if (n < 9)
    return 0;
  flags = demo_get_u32 (bytes + 4);
  len = bytes[8];
  if (len > FENCE_MAX_PAYLOAD) {
    demo_client_drop (client, "its fence is too long");
    return -1;
  }
  if (n < 9 + (gsize) len)
    return 0;
  if (!(flags & FENCE_REQUEST)) {
    /* The one that announces fences carries nothing. */
    if (len > 0)
      extension_ponged (client);
    return 9 + (gssize) len;
  }
  demo_server_event (client->server, "fence 0x%x %u", flags, len);
  extension_put_fence (demo_client_message (client), flags & FENCE_KNOWN, bytes + 9, len);
  client->flow.hold = (flags & FENCE_SYNC_NEXT) != 0;
  return 9 + (gssize) len;
}

/* U8 150 | U8 enable | U16 x, y, width, height */
static gssize
extension_continuous (DemoClient *client, const guint8 *bytes, gsize n)
{
  DemoRect area;

  if (n < 10)
    return 0;
  area = (DemoRect) {
    (int) demo_get_u16 (bytes + 2), (int) demo_get_u16 (bytes + 4),
    (int) demo_get_u16 (bytes + 6), (int) demo_get_u16 (bytes + 8),
  };
  demo_server_event (client->server, "continuous %d %d %d %d %d", bytes[1] != 0, area.x, area.y, area.width, area.height);
  client->flow.continuous = bytes[1] != 0;
  client->flow.area = area;
  if (client->flow.window == 0)
    client->flow.window = WINDOW_FIRST;
  if (!client->flow.continuous) {
    client->requested = FALSE;
    demo_put_u8 (demo_client_message (client), DEMO_MESSAGE_CONTINUOUS);
  }
  return 10;
}

/* U8 250 | padding | U8 version | U8 code; a shutdown is refused here */
static gssize
extension_xvp (DemoClient *client, const guint8 *bytes, gsize n)
{
  if (n < 4)
    return 0;
  demo_server_event (client->server, "xvp %u %u", bytes[2], bytes[3]);
  if (bytes[3] == 2)
    extension_put_xvp (client, 0);
  return 4;
}

gssize
demo_extension_take (DemoClient *client, const guint8 *bytes, gsize n)
{
  switch (bytes[0]) {
  case DEMO_MESSAGE_CONTINUOUS:
    return extension_continuous (client, bytes, n);
  case DEMO_MESSAGE_FENCE:
    return extension_fence (client, bytes, n);
  default:
    return extension_xvp (client, bytes, n);
  }
}

void
demo_extension_refresh_request (DemoClient *client)
{
  DemoFlow *flow = &client->flow;

  if (!flow->continuous)
    return;
  flow->full = !g_queue_is_empty (&flow->pings) && extension_position (client) - flow->drawn >= flow->window;
  if (flow->full) {
    client->requested = FALSE;
    return;
  }
  demo_update_request (client, TRUE, &flow->area);
}

void
demo_extension_update_ended (DemoClient *client)
{
  DemoFlow *flow = &client->flow;
  static const guint8 payload[1] = { 1 };
  Ping *ping;

  if (!flow->continuous || !(client->offers & DEMO_HAS_FENCE) || g_queue_get_length (&flow->pings) >= MOST_PINGS)
    return;
  ping = g_new (Ping, 1);
  ping->position = extension_position (client);
  ping->sent_us = g_get_monotonic_time ();
  g_queue_push_tail (&flow->pings, ping);
  extension_put_fence (client->out, FENCE_REQUEST | FENCE_BLOCK_BEFORE, payload, sizeof payload);
}

/* libvncserver's name for the lights: modifiers. */
static guint
extension_modifiers (guint leds)
{
  return (leds & 1 ? 256u : 0) | (leds & 2 ? 128u : 0) | (leds & 4 ? 2u : 0);
}

static void
extension_put_rect (GByteArray *out, guint x, guint y, guint width, guint height, guint32 encoding)
{
  demo_put_u16 (out, x);
  demo_put_u16 (out, y);
  demo_put_u16 (out, width);
  demo_put_u16 (out, height);
  demo_put_u32 (out, encoding);
}

static void
extension_put_one (DemoClient *client, GByteArray *out, guint offer)
{
  static const char identity[] = "gvnc-demo-server";
  const DemoServer *server = client->server;
  guint8 messages[64] = { 0x7d };

  switch (offer) {
  case DEMO_HAS_POINTER_POS:
    extension_put_rect (out, (guint) server->pointer_x, (guint) server->pointer_y, 0, 0, (guint32) DEMO_ENCODING_POINTER_POS);
    break;
  case DEMO_HAS_VMWARE_CURSOR_POS:
    extension_put_rect (out, (guint) server->pointer_x, (guint) server->pointer_y, 0, 0, DEMO_ENCODING_VMWARE_CURSOR_POS);
    break;
  case DEMO_HAS_VMWARE_CURSOR_STATE:
    extension_put_rect (out, 0, 0, 0, 0, DEMO_ENCODING_VMWARE_CURSOR_STATE);
    demo_put_u16 (out, server->cursor_hidden ? 2 : 3);
    break;
  case DEMO_HAS_VMWARE_KEY_REPEAT:
    extension_put_rect (out, 0, 0, 0, 0, DEMO_ENCODING_VMWARE_KEY_REPEAT);
    demo_put_u16 (out, 1);
    demo_put_u32 (out, 40);
    demo_put_u32 (out, 500);
    break;
  case DEMO_HAS_VMWARE_LEDS:
    extension_put_rect (out, 0, 0, 0, 0, DEMO_ENCODING_VMWARE_LEDS);
    demo_put_u32 (out, server->leds);
    break;
  case DEMO_HAS_VMWARE_STATE:
    extension_put_rect (out, 0, 0, 0, 0, DEMO_ENCODING_VMWARE_STATE);
    demo_put_u16 (out, 1);
    break;
  case DEMO_HAS_KEYBOARD_LEDS:
    extension_put_rect (out, extension_modifiers (server->leds), 0, 0, 0, DEMO_ENCODING_KEYBOARD_LEDS);
    break;
  case DEMO_HAS_AUDIO:
    extension_put_rect (out, 0, 0, 0, 0, (guint32) DEMO_ENCODING_AUDIO);
    break;
  case DEMO_HAS_BUTTONS:
    extension_put_rect (out, 0, 0, 0, 0, (guint32) DEMO_ENCODING_BUTTONS);
    break;
  case DEMO_HAS_SUPPORTED_MESSAGES:
    extension_put_rect (out, 0, 0, sizeof messages, 0, DEMO_ENCODING_SUPPORTED_MESSAGES);
    messages[32] = 0x0f;
    g_byte_array_append (out, messages, sizeof messages);
    break;
  case DEMO_HAS_SUPPORTED_ENCODINGS:
    extension_put_rect (out, 0, 0, 8, 2, DEMO_ENCODING_SUPPORTED_ENCODINGS);
    demo_put_u32 (out, DEMO_ENCODING_RAW);
    demo_put_u32 (out, DEMO_ENCODING_COPYRECT);
    break;
  default:
    extension_put_rect (out, 0, 0, sizeof identity, 0, DEMO_ENCODING_SERVER_IDENTITY);
    g_byte_array_append (out, (const guint8 *) identity, sizeof identity);
    break;
  }
}

guint
demo_extension_put_news (DemoClient *client, GByteArray *out)
{
  static const guint offers[] = {
    DEMO_HAS_AUDIO, DEMO_HAS_BUTTONS, DEMO_HAS_POINTER_POS, DEMO_HAS_VMWARE_CURSOR_POS, DEMO_HAS_VMWARE_CURSOR_STATE,
    DEMO_HAS_VMWARE_KEY_REPEAT, DEMO_HAS_VMWARE_LEDS, DEMO_HAS_VMWARE_STATE, DEMO_HAS_KEYBOARD_LEDS,
    DEMO_HAS_SUPPORTED_MESSAGES, DEMO_HAS_SUPPORTED_ENCODINGS, DEMO_HAS_IDENTITY,
  };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    if (client->due & offers[i]) {
      extension_put_one (client, out, offers[i]);
      n++;
    }
  return n;
}
