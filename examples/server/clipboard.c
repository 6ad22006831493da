/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bytes.h"
#include "client.h"

#include <string.h>
#include <zlib.h>

/* The extended clipboard of the community's list, for text: cut text whose length is negative, with flags in front.
 *
 *   S32 -length | U32 flags | caps: U32 size of each format | provide: zlib (U32 size | text, CR LF, a zero at the end) */
enum {
  CLIPBOARD_TEXT = 1 << 0,
  CLIPBOARD_CAPS = 1 << 24,
  CLIPBOARD_REQUEST = 1 << 25,
  CLIPBOARD_PEEK = 1 << 26,
  CLIPBOARD_NOTIFY = 1 << 27,
  CLIPBOARD_PROVIDE = 1 << 28,
};

static void
clipboard_send (DemoClient *client, guint32 flags, const guint8 *body, gsize len)
{
  GByteArray *out = demo_client_message (client);

  demo_put_u32 (out, 3u << 24);
  demo_put_u32 (out, 0u - (guint32) (4 + len));
  demo_put_u32 (out, flags);
  g_byte_array_append (out, body, (guint) len);
}

/* The client has asked for the extension. */
void
demo_clipboard_announce (DemoClient *client)
{
  static const guint8 no_size[4] = { 0 };

  clipboard_send (client, CLIPBOARD_CAPS | CLIPBOARD_REQUEST | CLIPBOARD_PEEK | CLIPBOARD_NOTIFY | CLIPBOARD_PROVIDE |
                  CLIPBOARD_TEXT, no_size, sizeof no_size);
}

void
demo_clipboard_notify (DemoClient *client)
{
  clipboard_send (client, CLIPBOARD_NOTIFY | (client->server->clipboard != NULL ? CLIPBOARD_TEXT : 0), NULL, 0);
}

static void
clipboard_provide (DemoClient *client)
{
  const char *text = client->server->clipboard;
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autofree guint8 *packed = NULL;
  uLongf packed_len;

  if (text == NULL)
    return;
  demo_put_u32 (plain, 0);
  for (; *text != '\0'; text++)
    if (*text == '\n')
      g_byte_array_append (plain, (const guint8 *) "\r\n", 2);
    else
      demo_put_u8 (plain, (guint8) *text);
  demo_put_u8 (plain, 0);
  for (guint i = 0; i < 4; i++)
    plain->data[i] = (guint8) ((plain->len - 4) >> (24 - 8 * i));

  packed_len = compressBound (plain->len);
  packed = g_malloc (packed_len);
  compress (packed, &packed_len, plain->data, plain->len);
  clipboard_send (client, CLIPBOARD_PROVIDE | CLIPBOARD_TEXT, packed, packed_len);
}

/* A text of the client's, or NULL with why not. */
static guint8 *
clipboard_inflate (const guint8 *packed, guint packed_len, guint32 *len, const char **why)
{
  z_stream z = { .next_in = (Bytef *) packed, .avail_in = packed_len };
  guint8 size[4], *text = NULL;

  inflateInit (&z);
  z.next_out = size;
  z.avail_out = sizeof size;
  inflate (&z, Z_SYNC_FLUSH);
  *len = z.avail_out == 0 ? demo_get_u32 (size) : 0;
  if (z.avail_out != 0) {
    *why = "its clipboard text cannot be inflated";
  } else if (*len > DEMO_MAX_CLIPBOARD) {
    *why = "its clipboard text is too long";
  } else {
    text = g_malloc (*len + 1);
    z.next_out = text;
    z.avail_out = *len;
    inflate (&z, Z_SYNC_FLUSH);
    if (z.avail_out != 0) {
      *why = "its clipboard text is shorter than it says";
      g_clear_pointer (&text, g_free);
    }
  }
  inflateEnd (&z);
  return text;
}

/* Logs the text as it came, but for the zero at its end. */
static gboolean
clipboard_take_text (DemoClient *client, const guint8 *packed, guint packed_len)
{
  const char *why = NULL;
  guint32 len;
  g_autofree guint8 *text = clipboard_inflate (packed, packed_len, &len, &why);
  g_autoptr (GString) hex = NULL;

  if (text == NULL || len == 0 || text[len - 1] != '\0') {
    demo_client_drop (client, text == NULL ? why : "its clipboard text does not end in a zero");
    return FALSE;
  }
  hex = g_string_sized_new (2 * len);
  for (guint32 i = 0; i + 1 < len; i++)
    g_string_append_printf (hex, "%02x", text[i]);
  demo_server_event (client->server, "cuttext utf8 %u %s", len - 1, hex->str);
  return TRUE;
}

gssize
demo_clipboard_take (DemoClient *client, const guint8 *bytes, gsize n)
{
  guint32 len = 0u - demo_get_u32 (bytes + 4);
  guint32 flags;

  if (len < 4 || len > DEMO_MAX_CLIPBOARD || !(client->offers & DEMO_HAS_CLIPBOARD)) {
    demo_client_drop (client, "its clipboard message has an impossible length");
    return -1;
  }
  if (n < 8 + (gsize) len)
    return 0;
  flags = demo_get_u32 (bytes + 8);
  if (flags & CLIPBOARD_CAPS)
    demo_server_event (client->server, "clipboard-caps 0x%08x", flags);
  else if (flags & CLIPBOARD_REQUEST)
    clipboard_provide (client);
  else if (flags & CLIPBOARD_PEEK)
    demo_clipboard_notify (client);
  else if (flags & CLIPBOARD_NOTIFY)
    demo_server_event (client->server, "clipboard-notify 0x%08x", flags);
  if ((flags & CLIPBOARD_NOTIFY) && (flags & CLIPBOARD_TEXT) && !(flags & CLIPBOARD_CAPS))
    clipboard_send (client, CLIPBOARD_REQUEST | CLIPBOARD_TEXT, NULL, 0);
  if ((flags & CLIPBOARD_PROVIDE) && (flags & CLIPBOARD_TEXT) && !(flags & CLIPBOARD_CAPS) &&
      !clipboard_take_text (client, bytes + 12, len - 4))
    return -1;
  return 8 + (gssize) len;
}
