/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/script.h"

#include "session/clipboard.h"
#include "session/limits.h"

#include <string.h>
#include <zlib.h>

/* The extended clipboard: messages of the server, commands of the application, and what both make of the other. */

#define ASK "! encodings -1063131698", "< 02 00 0001 c0a1e5ce"
/* A server as most are: it takes text and all actions, nothing unsolicited. */
#define CAPS_NOTHING_UNSOLICITED "> 03 000000 fffffff8 1f000001 00000000", "< 06 000000 ffffffec 1f00000f 00000000*4", \
  "= clip-caps 520093697"
/* One that says nothing of notifications and requests, and takes 16 bytes of text and any amount of HTML. */
#define CAPS_NO_NOTIFY "> 03 000000 fffffff4 11000005 00000010 ffffffff", \
  "< 06 000000 ffffffec 1f00000f 01400000 01400000 01400000 02000000", "= clip-caps 285212677"

static const char *const asked[] = { GVNC_SCRIPT_DESK_LINES, ASK, NULL };
static const char *const ready[] = { GVNC_SCRIPT_DESK_LINES, ASK, CAPS_NOTHING_UNSOLICITED, NULL };
static const char *const eager[] = { GVNC_SCRIPT_DESK_LINES, ASK, CAPS_NO_NOTIFY, NULL };

#define DESK .before = gvnc_script_desk
#define ASKED .before = asked
#define READY .before = ready
#define EAGER .before = eager

static const GvncScript messages[] = {
  { "never asked for", DESK, { "> 03 000000 fffffffc", "# *4294967292 bytes*" } },
  { "plain cut text still works", ASKED, { "> 03 000000 00000003 'abc'", "= cut-text 'abc'" } },
  { "the longest plain text begins", ASKED, { "> 03 000000 02000000 61*10" } },
  { "a plain text that is too long", ASKED, { "> 03 000000 02000001", "# *33554433 bytes; at most 33554432*" } },
  { "a plain text of all that a positive length can say", ASKED, { "> 03 000000 7fffffff", "# *2147483647 bytes; at most 33554432*" } },
  { "no flags", ASKED, { "> 03 000000 fffffffd", "# *message of 3 bytes; its flags alone take 4" } },
  { "the longest message begins", ASKED, { "> 03 000000 fc000000 08000001 00*10", "= clip-offered 1" } },
  { "a message that is too long", ASKED, { "> 03 000000 fbffffff", "# *67108865 bytes; at most 67108864*" } },
  { "the longest of all lengths", ASKED, { "> 03 000000 80000000", "# *2147483648 bytes; at most 67108864*" } },
  { "capabilities", ASKED, { CAPS_NOTHING_UNSOLICITED, "> 02", "= bell" } },
  { "capabilities without formats", ASKED, { "> 03 000000 fffffffc 1f000000 02", "< 06 000000 ffffffec 1f00000f 00000000*4",
                                            "= clip-caps 520093696", "= bell" } },
  { "capabilities with formats that nobody knows",
    ASKED, { "> 03 000000 ffffffc0 1f00ffff 00000001*15 02", "# *sizes*" } },
  { "capabilities with all formats", ASKED, { "> 03 000000 ffffffbc 1f00ffff 00000001*16 02",
                                             "< 06 000000 ffffffec 1f00000f 00000000*4", "= clip-caps 520093711", "= bell" } },
  { "capabilities without their sizes", ASKED, { "> 03 000000 fffffff9 1f000001 000000", "# *0x1f000001 with 3 bytes of sizes; they need 4" } },
  { "capabilities and more are passed over", ASKED, { "> 03 000000 fffffff4 1f000001 00000000 11223344 02",
                                                     "< 06 000000 ffffffec 1f00000f 00000000*4", "= clip-caps 520093697", "= bell" } },
  { "a server that takes no requests may send at once", ASKED, { CAPS_NO_NOTIFY } },
  { "capabilities without end are answered once",
    READY, { "> 03 000000 fffffff8 1f000001 00000000", "= clip-caps 520093697", "> 03 000000 fffffff8 1f000001 00000000",
             "= clip-caps 520093697" } },
  { "capabilities are answered after each SetEncodings", READY, { ASK, CAPS_NOTHING_UNSOLICITED } },
  { "a notification", ASKED, { "> 03 000000 fffffffc 08000005 02", "= clip-offered 5", "= bell" } },
  { "a notification of nothing", ASKED, { "> 03 000000 fffffffc 08000000", "= clip-offered 0" } },
  { "a notification of formats that nobody knows", ASKED, { "> 03 000000 fffffffc 08fffff2", "= clip-offered 2" } },
  { "two actions at once", ASKED, { "> 03 000000 fffffffc 0a000001", "# *unknown flags 0x0a000001" } },
  { "no action", ASKED, { "> 03 000000 fffffffc 00000001", "# *unknown flags 0x00000001" } },
  { "an action of the future", ASKED, { "> 03 000000 fffffffc 20000001", "# *unknown flags 0x20000001" } },
  { "a peek finds nothing", READY, { "> 03 000000 fffffffc 04000000", "< 06 000000 fffffffc 08000000" } },
  { "a peek", READY, { "! clip-offer 5", "< 06 000000 fffffffc 08000005",
                       "> 03 000000 fffffffc 04000000", "< 06 000000 fffffffc 08000005" } },
  { "a peek of one that takes no notification", EAGER, { "> 03 000000 fffffffc 04000000 02", "= bell" } },
  { "a request for what is not there", READY, { "> 03 000000 fffffffc 02000001 02", "= bell" } },
};

static const GvncScript provided[] = {
  { "a text", ASKED, { "> 03 000000 ffffffe9 10000001 78da636060604fe4e54a3abc920100088d024e 02",
    "= clip-data 1 'a\\x0ab\\xc3\\xa9'", "= clip-provided 1", "= bell" } },
  { "a text, flushed and not ended", ASKED, { "> 03 000000 ffffffeb 10000001 789c626060604de4e54a6200000000ffff 02",
    "= clip-data 1 'a\\x0ab'", "= clip-provided 1", "= bell" } },
  { "a text without a zero", ASKED, { "> 03 000000 ffffffee 10000001 78da636060604a4c0200013000c6 02",
    "= clip-data 1 'ab'", "= clip-provided 1", "= bell" } },
  { "an empty text", ASKED, { "> 03 000000 ffffffef 10000001 78da6360606064000000070002 02",
    "= clip-data 1 ''", "= clip-provided 1", "= bell" } },
  { "a text of no bytes", ASKED, { "> 03 000000 fffffff0 10000001 78da63606060000000040001 02",
    "= clip-data 1 ''", "= clip-provided 1", "= bell" } },
  { "line ends of all sorts", ASKED, { "> 03 000000 ffffffea 10000001 78da63606060e3e5e5e2e265000001230042 02",
    "= clip-data 1 '\\x0a\\x0a\\x0a\\x0a'", "= clip-provided 1", "= bell" } },
  { "all formats", ASKED, { "> 03 000000 ffffffd7 1000000f 78da636060602d49ad286100028eeaa292b45a5e2e109bc526c90e4433313002006c670511 02",
    "= clip-data 1 'text'", "= clip-data 2 '{rtf}\\x0d\\x0a\\x00'", "= clip-data 4 '<b>\\x00'", "= clip-data 8 '\\x00\\x01'", "= clip-provided 15", "= bell" } },
  { "formats that nobody knows are passed over", ASKED, { "> 03 000000 ffffffe1 10000031 78da636060604a640002d6b4cc9cd4622083392fb51c001e8e03c9 02",
    "= clip-data 1 'a'", "= clip-provided 1", "= bell" } },
  { "nothing but formats that nobody knows", ASKED, { "> 03 000000 ffffffe4 10000030 78da636060604dcbcc492d66606060ce4b2d070017900366 02",
    "= clip-provided 0", "= bell" } },
  { "no format at all", ASKED, { "> 03 000000 fffffff4 10000000 78da030000000001 02",
    "= clip-provided 0", "= bell" } },
  { "bytes behind the end are passed over", ASKED, { "> 03 000000 ffffffe7 10000001 78da636060604a64000000ce0064737572706c7573 02",
    "= clip-data 1 'a'", "= clip-provided 1", "= bell" } },
  { "a zero in the middle", ASKED, { "> 03 000000 ffffffec 10000001 78da63606060496448620000026400c8 02",
    "= clip-refused 1 'The server*s clipboard text has a zero byte at 1 of 3 bytes'", "= clip-provided 0", "= bell" } },
  { "two zeros at the end", ASKED, { "> 03 000000 ffffffed 10000001 78da636060604e6460000001360065 02",
    "= clip-refused 1 'The server*s clipboard text has a zero byte at 1 of 2 bytes'", "= clip-provided 0", "= bell" } },
  { "a text that is no UTF-8", ASKED, { "> 03 000000 ffffffe9 10000001 78da636060604f4e4c7ba950c100000c3002b3 02",
    "= clip-refused 1 'The server*s clipboard text is no UTF-8: byte 0xe9 at 3 of 6'", "= clip-provided 0", "= bell" } },
  { "a surrogate", ASKED, { "> 03 000000 ffffffec 10000001 78da6360606079bba081010006b00212 02",
    "= clip-refused 1 'The server*s clipboard text is no UTF-8: byte 0xed at 0 of 3'", "= clip-provided 0", "= bell" } },
  { "a bad text does not spoil what comes behind it", ASKED, { "> 03 000000 ffffffe9 10000005 78da63606060facf0004cc364976000ada01e1 02",
    "= clip-refused 1 'The server*s clipboard text is no UTF-8: byte 0xff at 0 of 1'", "= clip-data 4 '<b>'", "= clip-provided 4", "= bell" } },
  { "a text that claims to be too large", ASKED, { "> 03 000000 ffffffef 10000001 78da637460604c0400016d00a4 02",
    "= clip-refused 1 * bytes", "= clip-provided 0", "= bell" } },
  { "a size that is too large spoils what comes behind it", ASKED, { "> 03 000000 ffffffea 1000000d 78da63606060cecf66f80f04890014df053b 02",
    "= clip-data 1 'ok'", "= clip-refused 4 * bytes", "= clip-refused 8 * bytes", "= clip-provided 1", "= bell" } },
  { "a size that is never reached", ASKED, { "> 03 000000 ffffffed 10000001 78da63606048494c4a060003e1018b 02",
    "# *ends after 3 of 100 bytes" } },
  { "a size that is cut short", ASKED, { "> 03 000000 ffffffec 10000003 78da636060604a646060000001960064 02",
    "= clip-data 1 'a'", "# *ends after 2 of 4 bytes" } },
  { "a stream that is cut short", ASKED, { "> 03 000000 ffffffed 10000001 78da636060e04d4c4a4e494d4bcfc8 02",
    "# *ends after * of *bytes" } },
  { "no stream", ASKED, { "> 03 000000 fffffffc 10000001  02", "# *data 0x10000001 of 0 bytes" } },
  { "no zlib", ASKED, { "> 03 000000 ffffffee 10000001 6e6f207a6c696220617420616c6c 02",
    "# *Compressed data is broken*" } },
};

static const GvncScript commands[] = {
  { "nothing is sent to a server without the extension", DESK, { "! clip-offer 1", "! clip-request 1", "! clip-provide 1 a" } },
  { "nothing is sent before the server's capabilities, then all", ASKED, { "! clip-offer 1", "> 03 000000 fffffff8 1f000001 00000000",
             "< 06 000000 ffffffec 1f00000f 00000000*4 06 000000 fffffffc 08000001", "= clip-caps 520093697" } },
  { "a request", READY, { "! clip-request 5", "< 06 000000 fffffffc 02000005" } },
  { "no request to one that takes none", EAGER, { "! clip-request 1" } },
  { "nothing any more", READY, { "! clip-offer 0", "< 06 000000 fffffffc 08000000" } },
  { "a server's request is passed on once, however often it comes",
    READY, { "! clip-offer 5", "< 06 000000 fffffffc 08000005", "> 03 000000 fffffffc 02000001", "= clip-requested 1",
             "> (03 000000 fffffffc 02000001)*3 02", "= bell", "> 03 000000 fffffffc 02000005", "= clip-requested 4" } },
  { "a refusal lets the server ask again",
    READY, { "! clip-offer 1", "< 06 000000 fffffffc 08000001", "> 03 000000 fffffffc 02000001", "= clip-requested 1",
             "! clip-provide-none 1", "> 03 000000 fffffffc 02000001", "= clip-requested 1" } },
  { "a new offer asks anew for what the server waits for",
    READY, { "! clip-offer 5", "< 06 000000 fffffffc 08000005", "> 03 000000 fffffffc 02000005", "= clip-requested 5",
             "! clip-offer 1", "< 06 000000 fffffffc 08000001", "= clip-requested 1" } },
  { "one that takes no notification gets what it takes unsolicited", EAGER, { "! clip-offer 15", "= clip-requested 5" } },
  { "too much to be sent unsolicited", EAGER, { "! clip-offer 1", "= clip-requested 1", "! clip-provide 1 0123456789abcdef" } },
  { "a format that it does not take", EAGER, { "! clip-offer 2", "! clip-provide 2 a" } },
};

/* ---- data that goes out ---- */

typedef struct {
  GvncClipboard  clipboard;
  GvncBatch     *batch;
  GvncWriter     out;
} Fixture;

static void
fixture_take (Fixture    *self,
              const char *wire,
              GError    **error)
{
  g_autoptr (GBytes) bytes = gvnc_script_bytes (wire);
  GvncReader in = gvnc_reader_init (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_true (gvnc_clipboard_begin (&self->clipboard, g_bytes_get_size (bytes), error));
  while (gvnc_clipboard_want (&self->clipboard) > 0) {
    gsize before = gvnc_reader_left (&in);

    g_assert_cmpuint (gvnc_clipboard_want (&self->clipboard), <=, before);
    g_assert_true (gvnc_clipboard_take (&self->clipboard, &in, self->batch, &self->out, error));
    g_assert_cmpuint (gvnc_reader_left (&in), <, before);
  }
}

static void
fixture_init (Fixture    *self,
              const char *caps)
{
  gvnc_clipboard_init (&self->clipboard);
  self->batch = gvnc_batch_new ();
  gvnc_writer_init (&self->out, GVNC_LIMIT_OUTPUT_LEN);
  fixture_take (self, caps, NULL);
  g_assert_cmpuint (gvnc_writer_left (&self->out), ==, 0);
}

static void
fixture_clear (Fixture *self)
{
  gvnc_clipboard_clear (&self->clipboard);
  gvnc_batch_free (self->batch);
  gvnc_writer_clear (&self->out);
}

/* The message that is in the writer: its flags, and the inflated bytes behind them, of a stream that is flushed and has no end. */
static GBytes *
fixture_sent (Fixture *self,
              guint32 *flags)
{
  gsize len = gvnc_writer_left (&self->out), room = 64 * 1024 * 1024;
  GvncReader in = gvnc_reader_init (gvnc_writer_peek (&self->out), len);
  guint8 *bytes = g_malloc (room);
  z_stream z = { 0 };

  g_assert_cmpuint (gvnc_reader_u32 (&in), ==, 0x06000000);
  g_assert_cmpuint (0u - gvnc_reader_u32 (&in), ==, len - 8);
  *flags = gvnc_reader_u32 (&in);
  g_assert_cmpint (inflateInit (&z), ==, Z_OK);
  z.next_in = (Bytef *) in.pos;
  z.avail_in = (uInt) gvnc_reader_left (&in);
  z.next_out = bytes;
  z.avail_out = (uInt) room;
  g_assert_cmpint (inflate (&z, Z_SYNC_FLUSH), ==, Z_OK);
  g_assert_cmpuint (z.avail_in, ==, 0);
  inflateEnd (&z);
  gvnc_writer_consume (&self->out, len);
  return g_bytes_new_with_free_func (bytes, z.total_out, g_free, bytes);
}

static void
check_sent (Fixture    *self,
            guint32     flags,
            const char *wire)
{
  guint32 sent_flags;
  g_autoptr (GBytes) sent = fixture_sent (self, &sent_flags);
  g_autoptr (GBytes) due = gvnc_script_bytes (wire);

  g_assert_cmphex (sent_flags, ==, flags);
  g_assert_cmpmem (g_bytes_get_data (sent, NULL), g_bytes_get_size (sent), g_bytes_get_data (due, NULL), g_bytes_get_size (due));
}

static void
provide (Fixture    *self,
         guint32     format,
         const char *text)
{
  g_autoptr (GBytes) data = g_bytes_new (text, strlen (text));

  gvnc_clipboard_provide (&self->clipboard, format, data, &self->out);
}

static void
test_provide_text (void)
{
  static const char *const rows[][2] = {
    { "plain", "00000006 'plain' 00" },
    { "", "00000001 00" },
    { "a\nb", "00000005 'a' 0d0a 'b' 00" },
    { "a\r\nb", "00000005 'a' 0d0a 'b' 00" },
    { "a\rb", "00000005 'a' 0d0a 'b' 00" },
    { "\n\r\n\r\r", "00000009 0d0a0d0a0d0a0d0a 00" },
    { "\xf0\x9f\x98\x80", "00000005 f09f9880 00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Fixture f;

    fixture_init (&f, "1f000001 00000000");
    gvnc_clipboard_offer (&f.clipboard, 1, f.batch, &f.out);
    gvnc_writer_consume (&f.out, gvnc_writer_left (&f.out));
    fixture_take (&f, "02000001", NULL);
    provide (&f, 1, rows[i][0]);
    check_sent (&f, 0x10000001, rows[i][1]);
    fixture_clear (&f);
  }
}

/* What was asked for together is answered together, without what is not there. */
static void
test_provide_several (void)
{
  Fixture f;

  fixture_init (&f, "1f00000f 00000000*4");
  gvnc_clipboard_offer (&f.clipboard, 15, f.batch, &f.out);
  gvnc_writer_consume (&f.out, gvnc_writer_left (&f.out));
  fixture_take (&f, "02000007", NULL);
  provide (&f, GVNC_CLIPBOARD_HTML, "<b>\n");
  g_assert_cmpuint (gvnc_writer_left (&f.out), ==, 0);
  gvnc_clipboard_provide (&f.clipboard, GVNC_CLIPBOARD_RTF, NULL, &f.out);
  g_assert_cmpuint (gvnc_writer_left (&f.out), ==, 0);
  provide (&f, GVNC_CLIPBOARD_TEXT, "b\n");
  check_sent (&f, 0x10000005, "00000004 'b' 0d0a00  00000004 '<b>' 0a");
  fixture_clear (&f);
}

/* Unsolicited data goes as far as the server takes it, the zero at the end of a text included. */
static void
test_provide_unsolicited (void)
{
  Fixture f;

  fixture_init (&f, "11000005 00000004 00000002");
  gvnc_clipboard_offer (&f.clipboard, 5, f.batch, &f.out);
  provide (&f, 1, "abc");
  provide (&f, 4, "abc");
  check_sent (&f, 0x10000001, "00000004 'abc' 00");
  provide (&f, 1, "abcd");
  g_assert_cmpuint (gvnc_writer_left (&f.out), ==, 0);
  provide (&f, 4, "ab");
  check_sent (&f, 0x10000004, "00000002 'ab'");
  fixture_clear (&f);
}

/* ---- large data ---- */

static GByteArray *
deflated (guint32 size,
          gsize   len)
{
  g_autofree guint8 *plain = g_malloc (4 + len);
  uLongf out_len = compressBound (4 + len);
  GByteArray *out = g_byte_array_new ();

  memset (plain, 'x', 4 + len);
  for (guint i = 0; i < 4; i++)
    plain[i] = (guint8) (size >> (24 - 8 * i));
  g_byte_array_set_size (out, (guint) out_len);
  g_assert_cmpint (compress (out->data, &out_len, plain, 4 + len), ==, Z_OK);
  g_byte_array_set_size (out, (guint) out_len);
  return out;
}

/* Feeds a provided text that says it has @size bytes and has @len, in pieces. */
static void
take_large (Fixture *self,
            guint32  size,
            gsize    len,
            gsize    step_len,
            gsize    most)
{
  g_autoptr (GByteArray) wire = deflated (size, len);
  static const guint8 flags[] = { 0x10, 0, 0, 1 };

  g_byte_array_prepend (wire, flags, sizeof flags);
  g_assert_true (gvnc_clipboard_begin (&self->clipboard, wire->len, NULL));
  for (gsize i = 0; gvnc_clipboard_want (&self->clipboard) > 0;) {
    gsize n = MIN (MAX (step_len, gvnc_clipboard_want (&self->clipboard)), wire->len - i);
    GvncReader in = gvnc_reader_init (wire->data + i, n);

    g_assert_true (gvnc_clipboard_take (&self->clipboard, &in, self->batch, &self->out, NULL));
    i += n - gvnc_reader_left (&in);
    if (self->clipboard.data != NULL)
      g_assert_cmpuint (self->clipboard.data->len, <=, most);
  }
}

static void
check_events (Fixture    *self,
              GvncEventKind kind,
              gsize       len)
{
  g_assert_cmpuint (self->batch->events->len, ==, 3);    /* capabilities, this, the end */
  g_assert_cmpint (g_array_index (self->batch->events, GvncEvent, 1).kind, ==, kind);
  if (kind == GVNC_EVENT_CLIPBOARD_DATA)
    g_assert_cmpuint (g_bytes_get_size (g_array_index (self->batch->events, GvncEvent, 1).data), ==, len);
}

static void
test_large (void)
{
  static const gsize steps[] = { G_MAXUINT32, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    Fixture f;

    /* the largest that is accepted */
    fixture_init (&f, "1f000001 00000000");
    take_large (&f, GVNC_LIMIT_CLIPBOARD_TEXT_LEN, GVNC_LIMIT_CLIPBOARD_TEXT_LEN, steps[i], GVNC_LIMIT_CLIPBOARD_TEXT_LEN);
    check_events (&f, GVNC_EVENT_CLIPBOARD_DATA, GVNC_LIMIT_CLIPBOARD_TEXT_LEN);
    fixture_clear (&f);

    /* a stream that holds far more than it says */
    fixture_init (&f, "1f000001 00000000");
    take_large (&f, 100, 8 * 1024 * 1024, steps[i], 100);
    check_events (&f, GVNC_EVENT_CLIPBOARD_DATA, 100);
    fixture_clear (&f);

    /* one that says that it holds too much, and does */
    fixture_init (&f, "1f000001 00000000");
    take_large (&f, GVNC_LIMIT_CLIPBOARD_TEXT_LEN + 1, 21 * 1024 * 1024, steps[i], 0);
    check_events (&f, GVNC_EVENT_CLIPBOARD_REFUSED, 0);
    fixture_clear (&f);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gvnc_scripts_add ("/session/clipboard/message", messages, G_N_ELEMENTS (messages));
  gvnc_scripts_add ("/session/clipboard/provided", provided, G_N_ELEMENTS (provided));
  gvnc_scripts_add ("/session/clipboard/command", commands, G_N_ELEMENTS (commands));
  g_test_add_func ("/session/clipboard/provide-text", test_provide_text);
  g_test_add_func ("/session/clipboard/provide-several", test_provide_several);
  g_test_add_func ("/session/clipboard/provide-unsolicited", test_provide_unsolicited);
  g_test_add_func ("/session/clipboard/large", test_large);
  return g_test_run ();
}
