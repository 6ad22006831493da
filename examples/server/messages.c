/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bytes.h"
#include "client.h"
#include "extension.h"
#include "sound.h"

/* Messages of the client, RFC 6143 section 7.5, and SetDesktopSize and QEMU's keys of the community's list. */
enum {
  MESSAGE_SET_PIXEL_FORMAT = 0,
  MESSAGE_SET_ENCODINGS = 2,
  MESSAGE_UPDATE_REQUEST = 3,
  MESSAGE_KEY = 4,
  MESSAGE_POINTER = 5,
  MESSAGE_CUT_TEXT = 6,
  MESSAGE_SET_DESKTOP_SIZE = 251,
  MESSAGE_QEMU = 255,
};

enum {
  RESIZE_OK = 0,
  RESIZE_PROHIBITED = 1,
  RESIZE_NO_RESOURCES = 2,
  RESIZE_INVALID = 3,
};

static gssize
messages_pixel_format (DemoClient *client, const guint8 *bytes)
{
  DemoFormat format;

  if (!demo_format_from_wire (bytes + 4, &format)) {
    demo_client_drop (client, "it wants an impossible pixel format");
    return -1;
  }
  demo_server_event (client->server, "pixel-format %u %u %d %d %u %u %u %u %u %u", format.bpp, format.depth,
                     format.big_endian, format.true_colour, format.max[0], format.max[1], format.max[2],
                     format.shift[0], format.shift[1], format.shift[2]);
  demo_converter_set (&client->to, &format);
  client->set_format = TRUE;
  demo_update_format_changed (client);
  return 20;
}

/* A real encoding: the first that we have becomes the one we use, or the one this server was told to use. */
static void
messages_choose (DemoClient *client, int encoding, gboolean *chosen)
{
  int forced = client->server->options->encoding;

  switch (encoding) {
  case DEMO_ENCODING_RAW:
  case DEMO_ENCODING_RRE:
  case DEMO_ENCODING_CORRE:
  case DEMO_ENCODING_HEXTILE:
  case DEMO_ENCODING_ZLIB:
  case DEMO_ENCODING_TIGHT:
  case DEMO_ENCODING_ZLIBHEX:
  case DEMO_ENCODING_TRLE:
  case DEMO_ENCODING_ZRLE:
  case DEMO_ENCODING_ZYWRLE:
  case DEMO_ENCODING_JPEG:
#ifdef HAVE_PNG
  case DEMO_ENCODING_TIGHT_PNG:
#endif
    if (forced == -1 ? !*chosen : encoding == forced) {
      client->encoding = encoding;
      *chosen = TRUE;
    }
    break;
  default:
    break;
  }
}

static guint
messages_offer (int encoding)
{
  static const struct {
    int encoding;
    guint offer;
  } offers[] = {
    { DEMO_ENCODING_COPYRECT, DEMO_HAS_COPYRECT },
    { DEMO_ENCODING_LAST_RECT, DEMO_HAS_LAST_RECT },
    { DEMO_ENCODING_DESKTOP_SIZE, DEMO_HAS_DESKTOP_SIZE },
    { DEMO_ENCODING_EXTENDED_SIZE, DEMO_HAS_EXTENDED_SIZE },
    { DEMO_ENCODING_DESKTOP_NAME, DEMO_HAS_NAME },
    { DEMO_ENCODING_CURSOR, DEMO_HAS_CURSOR },
    { DEMO_ENCODING_XCURSOR, DEMO_HAS_XCURSOR },
    { DEMO_ENCODING_ALPHA_CURSOR, DEMO_HAS_ALPHA_CURSOR },
    { DEMO_ENCODING_WMVI, DEMO_HAS_WMVI },
    { DEMO_ENCODING_CLIPBOARD, DEMO_HAS_CLIPBOARD },
    { DEMO_ENCODING_QEMU_KEY, DEMO_HAS_QEMU_KEY },
    { DEMO_ENCODING_LED_STATE, DEMO_HAS_LEDS },
    { DEMO_ENCODING_POINTER_MOTION, DEMO_HAS_POINTER_MOTION },
    { DEMO_ENCODING_POINTER_POS, DEMO_HAS_POINTER_POS },
    { DEMO_ENCODING_VMWARE_CURSOR, DEMO_HAS_VMWARE_CURSOR },
    { DEMO_ENCODING_VMWARE_CURSOR_STATE, DEMO_HAS_VMWARE_CURSOR_STATE },
    { DEMO_ENCODING_VMWARE_CURSOR_POS, DEMO_HAS_VMWARE_CURSOR_POS },
    { DEMO_ENCODING_VMWARE_KEY_REPEAT, DEMO_HAS_VMWARE_KEY_REPEAT },
    { DEMO_ENCODING_VMWARE_LEDS, DEMO_HAS_VMWARE_LEDS },
    { DEMO_ENCODING_VMWARE_STATE, DEMO_HAS_VMWARE_STATE },
    { DEMO_ENCODING_KEYBOARD_LEDS, DEMO_HAS_KEYBOARD_LEDS },
    { DEMO_ENCODING_SUPPORTED_MESSAGES, DEMO_HAS_SUPPORTED_MESSAGES },
    { DEMO_ENCODING_SUPPORTED_ENCODINGS, DEMO_HAS_SUPPORTED_ENCODINGS },
    { DEMO_ENCODING_SERVER_IDENTITY, DEMO_HAS_IDENTITY },
    { DEMO_ENCODING_BUTTONS, DEMO_HAS_BUTTONS },
    { DEMO_ENCODING_XVP, DEMO_HAS_XVP },
    { DEMO_ENCODING_FENCE, DEMO_HAS_FENCE },
    { DEMO_ENCODING_CONTINUOUS, DEMO_HAS_CONTINUOUS },
    { DEMO_ENCODING_AUDIO, DEMO_HAS_AUDIO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    if (offers[i].encoding == encoding)
      return offers[i].offer;
  return 0;
}

static gssize
messages_encodings (DemoClient *client, const guint8 *bytes, guint n)
{
  g_autoptr (GString) list = g_string_new ("encodings");
  g_autofree char *jpeg = NULL;
  const guint told = DEMO_HAS_EXTENDED_SIZE | DEMO_HAS_QEMU_KEY | DEMO_HAS_ANY_LEDS | DEMO_HAS_POINTER_MOTION |
                     DEMO_HAS_ANY_CURSOR | DEMO_HAS_NAME | DEMO_HAS_BUTTONS | DEMO_HAS_SUPPORTED_MESSAGES |
                     DEMO_HAS_SUPPORTED_ENCODINGS | DEMO_HAS_IDENTITY | DEMO_HAS_AUDIO;
  gboolean chosen = FALSE;
  guint before = client->offers;

  client->encoding = DEMO_ENCODING_RAW;
  client->offers = 0;
  demo_jpeg_forget (&client->encoder);
  for (guint i = 0; i < n; i++) {
    int encoding = (int) demo_get_u32 (bytes + 4 + 4 * i);

    if (i < 100)
      g_string_append_printf (list, " %d", encoding);
    messages_choose (client, encoding, &chosen);
    client->encoder.plain = client->encoder.plain || encoding == DEMO_ENCODING_TIGHT_PLAIN;
    client->offers |= messages_offer (encoding);
    demo_jpeg_ask (&client->encoder, encoding);
    if (encoding >= DEMO_ENCODING_LEVEL_LOW && encoding <= DEMO_ENCODING_LEVEL_HIGH)
      client->encoder.level = encoding - DEMO_ENCODING_LEVEL_LOW;
  }
  demo_server_event (client->server, "%s", list->str);
  jpeg = demo_jpeg_describe (&client->encoder);
  if (jpeg)
    demo_server_event (client->server, "jpeg %s", jpeg);
  /* Where there are several ways to tell the same, the first of them is enough. */
  if (client->offers & DEMO_HAS_LEDS)
    client->offers &= ~(guint) (DEMO_HAS_VMWARE_LEDS | DEMO_HAS_KEYBOARD_LEDS);
  if (client->offers & DEMO_HAS_VMWARE_LEDS)
    client->offers &= ~(guint) DEMO_HAS_KEYBOARD_LEDS;
  if (client->offers & DEMO_HAS_POINTER_POS)
    client->offers &= ~(guint) DEMO_HAS_VMWARE_CURSOR_POS;

  /* What is new is told at once, except for the name, which the client has got already; nothing is told to a client
   * that has withdrawn its offer. */
  client->due &= client->offers | DEMO_HAS_CURSOR;
  client->due |= client->offers & ~before & told & ~(guint) DEMO_HAS_NAME;
  if (client->offers & DEMO_HAS_ANY_CURSOR & ~before)
    client->due |= DEMO_HAS_CURSOR;
  demo_extension_offered (client, client->offers & ~before);
  if (client->offers & DEMO_HAS_CLIPBOARD)
    demo_clipboard_announce (client);
  return 4 + 4 * (gssize) n;
}

static gssize
messages_request (DemoClient *client, const guint8 *bytes)
{
  DemoRect rect = {
    (int) demo_get_u16 (bytes + 2), (int) demo_get_u16 (bytes + 4),
    (int) demo_get_u16 (bytes + 6), (int) demo_get_u16 (bytes + 8),
  };

  demo_update_request (client, bytes[1] != 0, &rect);
  return 10;
}

static gssize
messages_cut_text (DemoClient *client, const guint8 *bytes, gsize n)
{
  guint32 len;
  g_autoptr (GString) hex = NULL;

  if (n < 8)
    return 0;
  len = demo_get_u32 (bytes + 4);
  if (len > G_MAXINT32)
    return demo_clipboard_take (client, bytes, n);
  if (len > DEMO_MAX_CUT_TEXT) {
    demo_client_drop (client, "its cut text is too long");
    return -1;
  }
  if (n < 8 + (gsize) len)
    return 0;
  hex = g_string_sized_new (2 * len + 1);
  for (guint32 i = 0; i < len; i++)
    g_string_append_printf (hex, "%02x", bytes[8 + i]);
  demo_server_event (client->server, "cuttext %u %s", len, hex->str);
  return 8 + (gssize) len;
}

/* U8 251 | pad | U16 width, height | U8 screens | pad | screens * (U32 id, U16 x, y, width, height, U32 flags) */
static gssize
messages_desktop_size (DemoClient *client, const guint8 *bytes, gsize n)
{
  DemoServer *server = client->server;
  DemoMonitor screens[255];
  DemoRect all;
  guint n_screens;
  guint result = RESIZE_OK;

  if (n < 8 || n < 8 + (gsize) bytes[6] * 16)
    return 0;
  n_screens = bytes[6];
  all = (DemoRect) { 0, 0, (int) demo_get_u16 (bytes + 2), (int) demo_get_u16 (bytes + 4) };
  demo_server_event (server, "set-desktop-size %d %d screens %u", all.width, all.height, n_screens);
  if (all.width == 0 || all.height == 0 || n_screens == 0)
    result = RESIZE_INVALID;
  for (guint i = 0; i < n_screens; i++) {
    const guint8 *s = bytes + 8 + 16 * i;
    DemoMonitor *screen = &screens[i];

    screen->id = demo_get_u32 (s);
    screen->rect = (DemoRect) {
      (int) demo_get_u16 (s + 4), (int) demo_get_u16 (s + 6), (int) demo_get_u16 (s + 8), (int) demo_get_u16 (s + 10),
    };
    screen->flags = demo_get_u32 (s + 12);
    demo_server_event (server, "screen %u %d %d %d %d %u", screen->id, screen->rect.x, screen->rect.y,
                       screen->rect.width, screen->rect.height, screen->flags);
    if (screen->rect.width == 0 || screen->rect.height == 0 || !demo_rect_contains (&all, &screen->rect))
      result = RESIZE_INVALID;
  }

  if (result == RESIZE_OK && server->options->no_resize)
    result = RESIZE_PROHIBITED;
  else if (result == RESIZE_OK && !demo_server_set_layout (server, all.width, all.height, screens, n_screens, client))
    result = RESIZE_NO_RESOURCES;
  if (result != RESIZE_OK)
    demo_update_resized (client, 1, result);
  return 8 + 16 * (gssize) n_screens;
}

/* U8 255 | U8 0 | U16 down | U32 keysym | U32 keycode */
static gssize
messages_qemu (DemoClient *client, const guint8 *bytes, gsize n)
{
  guint32 keysym;

  if (n < 2)
    return 0;
  if (bytes[1] == 1)
    return demo_sound_take (client, bytes, n);
  if (bytes[1] != 0) {
    demo_client_drop (client, "it sent an unknown message of QEMU's");
    return -1;
  }
  if (n < 12)
    return 0;
  keysym = demo_get_u32 (bytes + 4);
  demo_server_event (client->server, "qemu-key %d 0x%x 0x%x", demo_get_u16 (bytes + 2) != 0, keysym,
                     demo_get_u32 (bytes + 8));
  demo_server_key (client->server, demo_get_u16 (bytes + 2) != 0, keysym);
  return 12;
}

static gssize
messages_key (DemoClient *client, const guint8 *bytes)
{
  guint32 keysym = demo_get_u32 (bytes + 4);

  demo_server_event (client->server, "key %d 0x%x", bytes[1] != 0, keysym);
  demo_server_key (client->server, bytes[1] != 0, keysym);
  return 8;
}

/* U8 5 | U8 buttons | U16 x, y [ U8 further buttons, if the highest bit of the first is set and the client may do that ] */
static gssize
messages_pointer (DemoClient *client, const guint8 *bytes, gsize n)
{
  DemoServer *server = client->server;
  guint buttons = bytes[1];
  int x = (int) demo_get_u16 (bytes + 2);
  int y = (int) demo_get_u16 (bytes + 4);
  gssize len = 6;

  if ((client->offers & DEMO_HAS_BUTTONS) && (buttons & 0x80)) {
    if (n < 7)
      return 0;
    buttons = (buttons & 0x7f) | (guint) bytes[6] << 7;
    len = 7;
  }
  /* Only a client that knows of relative motion was told about it. */
  if (!server->pointer_absolute && (client->offers & DEMO_HAS_POINTER_MOTION)) {
    demo_server_event (server, "pointer-relative %u %d %d", buttons, x - 0x7fff, y - 0x7fff);
    x += server->pointer_x - 0x7fff;
    y += server->pointer_y - 0x7fff;
  } else {
    demo_server_event (server, "pointer %u %d %d", buttons, x, y);
  }
  demo_server_pointer (server, buttons, x, y, client);
  return len;
}

static gssize
messages_take (DemoClient *client, const guint8 *bytes, gsize n)
{
  /* An update under way must end in the format in which it began. */
  if ((bytes[0] == MESSAGE_SET_PIXEL_FORMAT || bytes[0] == MESSAGE_SET_ENCODINGS) && demo_client_is_updating (client)) {
    client->waiting = TRUE;
    return 0;
  }

  switch (bytes[0]) {
  case MESSAGE_SET_PIXEL_FORMAT:
    return n < 20 ? 0 : messages_pixel_format (client, bytes);
  case MESSAGE_SET_ENCODINGS:
    if (n < 4 || n < 4 + 4 * (gsize) demo_get_u16 (bytes + 2))
      return 0;
    return messages_encodings (client, bytes, demo_get_u16 (bytes + 2));
  case MESSAGE_UPDATE_REQUEST:
    return n < 10 ? 0 : messages_request (client, bytes);
  case MESSAGE_KEY:
    return n < 8 ? 0 : messages_key (client, bytes);
  case MESSAGE_POINTER:
    return n < 6 ? 0 : messages_pointer (client, bytes, n);
  case MESSAGE_CUT_TEXT:
    return messages_cut_text (client, bytes, n);
  case MESSAGE_SET_DESKTOP_SIZE:
    return messages_desktop_size (client, bytes, n);
  case MESSAGE_QEMU:
    return messages_qemu (client, bytes, n);
  case DEMO_MESSAGE_CONTINUOUS:
  case DEMO_MESSAGE_FENCE:
  case DEMO_MESSAGE_XVP:
    return demo_extension_take (client, bytes, n);
  default:
    demo_client_drop (client, "it sent an unknown message");
    return -1;
  }
}

/* A fence may ask that nothing comes between it and the message behind it. */
gssize
demo_messages_take (DemoClient *client, const guint8 *bytes, gsize n)
{
  gboolean held = client->flow.hold;
  gssize used;

  client->flow.hold = FALSE;
  used = messages_take (client, bytes, n);
  if (used == 0)
    client->flow.hold = held;
  return used;
}
