/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bytes.h"
#include "client.h"

#include <string.h>
#include <zlib.h>

/* The extended clipboard of the community's list, for text, RTF and HTML: cut text whose length is negative, with flags in front.
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

/* What there is beside text, in the order of the bits. */
static const struct {
  guint32 format;
  const char *name;
} clipboard_rich[DEMO_N_RICH] = {
  [DEMO_RICH_RTF] = { 1 << 1, "rtf" },
  [DEMO_RICH_HTML] = { 1 << 2, "html" },
};

#define CLIPBOARD_FORMATS (CLIPBOARD_TEXT | 1 << 1 | 1 << 2)

/* The client has asked for the extension. */
void
demo_clipboard_announce (DemoClient *client)
{
  static const guint8 no_sizes[4 * (1 + DEMO_N_RICH)] = { 0 };

  clipboard_send (client, CLIPBOARD_CAPS | CLIPBOARD_REQUEST | CLIPBOARD_PEEK | CLIPBOARD_NOTIFY | CLIPBOARD_PROVIDE |
                  CLIPBOARD_FORMATS, no_sizes, sizeof no_sizes);
}

void
demo_clipboard_notify (DemoClient *client)
{
  const DemoServer *server = client->server;

  guint32 formats = server->clipboard != NULL ? CLIPBOARD_TEXT : 0;

  for (guint i = 0; i < DEMO_N_RICH; i++)
    if (server->rich[i] != NULL)
      formats |= clipboard_rich[i].format;
  clipboard_send (client, CLIPBOARD_NOTIFY | formats, NULL, 0);
}

static void
clipboard_put (GByteArray *plain, const char *text, gboolean line_ends)
{
  guint start = plain->len;

  demo_put_u32 (plain, 0);
  for (; *text != '\0'; text++)
    if (line_ends && *text == '\n')
      g_byte_array_append (plain, (const guint8 *) "\r\n", 2);
    else
      demo_put_u8 (plain, (guint8) *text);
  if (line_ends)
    demo_put_u8 (plain, 0);
  for (guint i = 0; i < 4; i++)
    plain->data[start + i] = (guint8) ((plain->len - start - 4) >> (24 - 8 * i));
}

static void
clipboard_provide (DemoClient *client, guint32 formats)
{
  const DemoServer *server = client->server;
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autofree guint8 *packed = NULL;
  guint32 given = 0;
  uLongf packed_len;

  if ((formats & CLIPBOARD_TEXT) && server->clipboard != NULL) {
    clipboard_put (plain, server->clipboard, TRUE);
    given |= CLIPBOARD_TEXT;
  }
  for (guint i = 0; i < DEMO_N_RICH; i++)
    if ((formats & clipboard_rich[i].format) && server->rich[i] != NULL) {
      clipboard_put (plain, server->rich[i], FALSE);
      given |= clipboard_rich[i].format;
    }
  if (given == 0)
    return;
  packed_len = compressBound (plain->len);
  packed = g_malloc (packed_len);
  compress (packed, &packed_len, plain->data, plain->len);
  clipboard_send (client, CLIPBOARD_PROVIDE | given, packed, packed_len);
}

/* The next text of the client's, or NULL with why not. */
static guint8 *
clipboard_inflate (z_stream *z, guint32 *len, const char **why)
{
  guint8 size[4], *text;

  z->next_out = size;
  z->avail_out = sizeof size;
  inflate (z, Z_SYNC_FLUSH);
  *why = "its clipboard text cannot be inflated";
  if (z->avail_out != 0)
    return NULL;
  *len = demo_get_u32 (size);
  *why = "its clipboard text is too long";
  if (*len > DEMO_MAX_CLIPBOARD)
    return NULL;
  text = g_malloc (*len + 1);
  z->next_out = text;
  z->avail_out = *len;
  inflate (z, Z_SYNC_FLUSH);
  *why = "its clipboard text is shorter than it says";
  if (z->avail_out != 0)
    g_clear_pointer (&text, g_free);
  return text;
}

/* Logs a text as it came, but for the zero at its end, which what is not plain need not have. */
static const char *
clipboard_take_text (DemoClient *client, z_stream *z, const char *name, gboolean plain)
{
  const char *why;
  guint32 len;
  g_autofree guint8 *text = clipboard_inflate (z, &len, &why);
  g_autoptr (GString) hex = NULL;

  if (text == NULL)
    return why;
  if (plain && (len == 0 || text[len - 1] != '\0'))
    return "its clipboard text does not end in a zero";
  if (len > 0 && text[len - 1] == '\0')
    len--;
  hex = g_string_sized_new (2 * (gsize) len);
  for (guint32 i = 0; i < len; i++)
    g_string_append_printf (hex, "%02x", text[i]);
  demo_server_event (client->server, "cuttext %s %u %s", name, len, hex->str);
  return NULL;
}

static gboolean
clipboard_take_data (DemoClient *client, guint32 formats, const guint8 *packed, guint packed_len)
{
  z_stream z = { .next_in = (Bytef *) packed, .avail_in = packed_len };
  const char *why = NULL;

  inflateInit (&z);
  if (formats & CLIPBOARD_TEXT)
    why = clipboard_take_text (client, &z, "utf8", TRUE);
  for (guint i = 0; why == NULL && i < DEMO_N_RICH; i++)
    if (formats & clipboard_rich[i].format)
      why = clipboard_take_text (client, &z, clipboard_rich[i].name, FALSE);
  inflateEnd (&z);
  if (why != NULL)
    demo_client_drop (client, why);
  return why == NULL;
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
    clipboard_provide (client, flags);
  else if (flags & CLIPBOARD_PEEK)
    demo_clipboard_notify (client);
  else if (flags & CLIPBOARD_NOTIFY)
    demo_server_event (client->server, "clipboard-notify 0x%08x", flags);
  if ((flags & CLIPBOARD_NOTIFY) && (flags & CLIPBOARD_FORMATS) && !(flags & CLIPBOARD_CAPS))
    clipboard_send (client, CLIPBOARD_REQUEST | (flags & CLIPBOARD_FORMATS), NULL, 0);
  if ((flags & CLIPBOARD_PROVIDE) && !(flags & CLIPBOARD_CAPS) && !clipboard_take_data (client, flags, bytes + 12, len - 4))
    return -1;
  return 8 + (gssize) len;
}
