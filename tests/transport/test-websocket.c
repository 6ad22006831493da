/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/memory-layer.h"
#include "lib/script.h"
#include "lib/vectors.h"
#include "transport/websocket.h"

#include <string.h>

/* WebSockets without a network: the request, what is taken for an answer, and frames. */

/* ---- frames of the server ---- */

typedef struct {
  const char *name;
  const char *wire;
  const char *payload;    /* all that comes out before the error or the end of the wire */
  const char *answers;    /* control frames of ours, unmasked: opcode and payload each; NULL: none */
  const char *error;      /* NULL: none; "": the peer has closed */
} Frames;

static const Frames frames[] = {
  { "one frame", "82 03 'abc'", "'abc'" },
  { "two frames", "82 01 'a' 82 02 'bc'", "'abc'" },
  { "a message in three frames", "02 01 'a' 00 01 'b' 80 01 'c'", "'abc'" },
  { "an empty frame", "82 00 82 01 'a'", "'a'" },
  { "a length of 16 bits", "82 7e 0003 'abc'", "'abc'" },
  { "a length of 64 bits", "82 7f 0000000000000003 'abc'", "'abc'" },
  { "a ping is answered", "89 02 'hi' 82 01 'a'", "'a'", "8a 'hi'" },
  { "a ping between the frames of a message", "02 01 'a' 89 00 80 01 'b'", "'ab'", "8a" },
  { "a pong that nobody asked for", "8a 02 'hi' 82 01 'a'", "'a'" },
  { "a close without a reason", "82 01 'a' 88 00", "'a'", "88", "" },
  { "a normal close", "88 02 03e8", "", "88 03e8", "" },
  { "going away", "88 02 03e9", "", "88 03e9", "" },
  { "a close with a reason", "88 07 03f3 'again'", "", "88 03f3", "*code 1011*“again”*" },
  { "text", "81 01 'a'", "", NULL, "*text*" },
  { "masked", "82 81 00000000 'a'", "", NULL, "*masked*" },
  { "an extension", "c2 01 'a'", "", NULL, "*extension*" },
  { "a message in a message", "02 01 'a' 82 01 'b'", "'a'", NULL, "*out of order*" },
  { "a continuation of nothing", "80 01 'a'", "", NULL, "*out of order*" },
  { "an unknown kind of data", "83 01 'a'", "", NULL, "*unknown kind*" },
  { "a control frame in pieces", "09 00", "", NULL, "*control frame*" },
  { "a control frame that is too long", "89 7e 007e", "", NULL, "*control frame*" },
  { "a length beyond the limit", "82 7f 0000000040000001", "", NULL, "*1073741825 bytes*at most 1073741824*" },
  { "a length that is negative", "82 7f 8000000000000000", "", NULL, "*at most 1073741824*" },
  { "half a header", "82 7e 00", "" },
  { "half a payload", "82 04 'abc'", "'abc'" },
};

/* Takes the masks away. */
static GByteArray *
unmask (const GByteArray *wire)
{
  GByteArray *plain = g_byte_array_new ();

  for (guint at = 0; at < wire->len;) {
    const guint8 *frame = wire->data + at;
    guint len = frame[1] & 0x7f, header_len = 2;

    g_assert_cmphex (frame[1] & 0x80, ==, 0x80);
    if (len == 126) {
      len = (guint) frame[2] << 8 | frame[3];
      header_len = 4;
    }
    g_byte_array_append (plain, frame, 1);
    for (guint i = 0; i < len; i++) {
      guint8 byte = frame[header_len + 4 + i] ^ frame[header_len + (i & 3)];

      g_byte_array_append (plain, &byte, 1);
    }
    at += header_len + 4 + len;
    g_assert_cmpuint (at, <=, wire->len);
  }
  return plain;
}

static void
check_bytes (const GByteArray *got,
             const char       *due)
{
  g_autoptr (GBytes) bytes = gvnc_script_bytes (due);
  g_autofree char *got_hex = gvnc_vectors_hex (got->data, got->len);
  g_autofree char *due_hex = gvnc_vectors_hex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_cmpstr (got_hex, ==, due_hex);
}

static void
check_frames (const Frames *row,
              gsize         step_len)
{
  GvncMemoryLayer *memory = gvnc_memory_layer_new ();
  GvncLayer *layer = gvnc_memory_layer_websocket (memory);
  g_autoptr (GBytes) wire = gvnc_script_bytes (row->wire);
  g_autoptr (GByteArray) payload = g_byte_array_new (), answers = NULL;
  g_autoptr (GError) error = NULL;
  guint8 buffer[2];
  gssize n;
  guint tries = 0;

  g_byte_array_append (memory->in, g_bytes_get_data (wire, NULL), (guint) g_bytes_get_size (wire));
  memory->step_len = step_len;
  do {
    n = gvnc_layer_read (layer, buffer, sizeof buffer, &error);
    if (n > 0)
      g_byte_array_append (payload, buffer, (guint) n);
    /* AGAIN is also said when others shall get a turn */
  } while (n > 0 || (n == GVNC_LAYER_AGAIN && memory->in->len > 0 && tries++ < 1000));

  check_bytes (payload, row->payload);
  if (row->error == NULL) {
    g_assert_cmpint (n, ==, GVNC_LAYER_AGAIN);
    g_assert_no_error (error);
  } else if (*row->error == '\0') {
    g_assert_cmpint (n, ==, GVNC_LAYER_END);
  } else {
    g_assert_cmpint (n, ==, GVNC_LAYER_ERROR);
    if (!g_pattern_match_simple (row->error, error->message))
      g_error ("“%s” is not like “%s”", error->message, row->error);
  }
  answers = unmask (memory->out);
  check_bytes (answers, row->answers != NULL ? row->answers : "");
  gvnc_layer_free (layer);
}

static void
test_frames (gconstpointer data)
{
  check_frames (data, 0);
  check_frames (data, 1);
  check_frames (data, 3);
}

/* ---- our frames ---- */

/* A frame is written when all of it is, not before, whatever the layer below takes at once; a ping in between waits. */
static void
test_write (void)
{
  static const gsize lengths[] = { 1, 125, 126, 65535 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    GvncMemoryLayer *memory = gvnc_memory_layer_new ();
    GvncLayer *layer = gvnc_memory_layer_websocket (memory);
    g_autofree guint8 *bytes = g_malloc (lengths[i]);
    g_autoptr (GByteArray) plain = NULL, payload = g_byte_array_new ();
    const guint8 ping[] = { 0x89, 0x01, 'p' };
    gsize written = 0;
    guint8 none;

    memset (bytes, 'x', lengths[i]);
    memory->room = 3;
    g_assert_cmpint (gvnc_layer_write (layer, bytes, lengths[i], NULL), ==, GVNC_LAYER_AGAIN);
    g_byte_array_append (memory->in, ping, sizeof ping);
    memory->room = 1;
    g_assert_cmpint (gvnc_layer_read (layer, &none, 1, NULL), ==, GVNC_LAYER_AGAIN);
    g_assert_cmpuint (memory->room, ==, 1);
    while (written < lengths[i]) {
      gssize n;

      memory->room = 1000;
      n = gvnc_layer_write (layer, bytes + written, lengths[i] - written, NULL);
      if (n != GVNC_LAYER_AGAIN)
        g_assert_cmpint (n, >, 0);
      written += n > 0 ? (gsize) n : 0;
    }
    memory->room = G_MAXSIZE;
    g_assert_cmpint (gvnc_layer_read (layer, &none, 1, NULL), ==, GVNC_LAYER_AGAIN);

    plain = unmask (memory->out);
    for (guint at = 0; at < plain->len; at++)
      if (plain->data[at] == 'x')
        g_byte_array_append (payload, plain->data + at, 1);
    g_assert_cmpuint (payload->len, ==, lengths[i]);
    /* one opcode a frame, and the pong behind the last or between two */
    g_assert_cmpuint (plain->len - payload->len, ==, (lengths[i] + 16383) / 16384 + 2);
    gvnc_layer_free (layer);
  }
}

static void
test_farewell (void)
{
  GvncMemoryLayer *memory = gvnc_memory_layer_new ();
  GvncLayer *layer = gvnc_memory_layer_websocket (memory);
  g_autoptr (GByteArray) out = g_byte_array_ref (memory->out), plain = NULL;
  gboolean freed = FALSE;

  memory->freed = &freed;
  gvnc_layer_free (layer);
  g_assert_true (freed);
  plain = unmask (out);
  check_bytes (plain, "88 03e8");
}

/* ---- the answer ---- */

#define KEY    "dGhlIHNhbXBsZSBub25jZQ=="            /* of RFC 6455 section 1.3 */
#define ACCEPT "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
#define UP     "Upgrade: websocket\r\nConnection: Upgrade\r\n"

typedef struct {
  const char *name;
  const char *answer;
  const char *error;
} Answer;

static const Answer answers[] = {
  { "of the RFC", "HTTP/1.1 101 Switching Protocols\r\n" UP ACCEPT "\r\n", NULL },
  { "with the sub-protocol", "HTTP/1.1 101 x\r\n" UP ACCEPT "Sec-WebSocket-Protocol: binary\r\n\r\n", NULL },
  { "without a reason phrase", "HTTP/1.1 101\r\n" UP ACCEPT "\r\n", NULL },
  { "names in any case", "HTTP/1.1 101 x\r\nUPGRADE: WebSocket\r\nconnection:keep-alive , upgrade\r\n"
                         "sec-websocket-ACCEPT:  s3pPLMBiTxaQ9kYGzzhZRbK+xOo=  \r\n\r\n", NULL },
  { "lines that are no headers", "HTTP/1.1 101 x\r\nwhat\r\n: x\r\n" UP ACCEPT "\r\n", NULL },
  { "another sub-protocol", "HTTP/1.1 101 x\r\n" UP ACCEPT "Sec-WebSocket-Protocol: base64\r\n\r\n", "*“base64”*“binary”*" },
  { "an extension", "HTTP/1.1 101 x\r\n" UP ACCEPT "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n", "*extension*" },
  { "another key", "HTTP/1.1 101 x\r\n" UP "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOO=\r\n\r\n", "*not the one*" },
  { "no key", "HTTP/1.1 101 x\r\n" UP "\r\n", "*not the one*" },
  { "no upgrade", "HTTP/1.1 101 x\r\nConnection: Upgrade\r\n" ACCEPT "\r\n", "*not the one*" },
  { "no connection", "HTTP/1.1 101 x\r\nUpgrade: websocket\r\n" ACCEPT "\r\n", "*not the one*" },
  { "not found", "HTTP/1.1 404 Not Found\r\n\r\n", "*no WebSocket there: “HTTP/1.1 404 Not Found”" },
  { "not allowed", "HTTP/1.1 401 No\r\n\r\n", "*does not let us in: “HTTP/1.1 401 No”" },
  { "a page", "HTTP/1.0 200 OK\r\n\r\n", "*no WebSocket there*" },
  { "no number", "HTTP/1.1\r\n\r\n", "*no WebSocket there*" },
  { "a status of four digits", "HTTP/1.1 1010\r\n" UP ACCEPT "\r\n", "*no WebSocket there*" },
  { "no HTTP", "RFB 003.008\n\r\n\r\n", "*no web server*“RFB 003.008”" },
  { "an empty line", "\r\n\r\n", "*no web server*" },
};

static void
test_answer (gconstpointer data)
{
  const Answer *row = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = gvnc_websocket_check_answer (row->answer, strlen (row->answer), KEY, "binary", &error);

  g_assert_true (ok == (row->error == NULL));
  if (row->error != NULL && !g_pattern_match_simple (row->error, error->message))
    g_error ("“%s” is not like “%s”", error->message, row->error);
}

/* @what is told in the table of docs/security.md. */
static void
assert_failed (GError    **error,
               const char *what,
               const char *pattern)
{
  g_assert_error (*error, GVNC_ERROR, GVNC_ERROR_LIMIT);
  if (!g_pattern_match_simple (pattern, (*error)->message))
    g_error ("%s: “%s” is not like “%s”", what, (*error)->message, pattern);
}

static void
test_answer_too_long (void)
{
  GvncMemoryLayer *memory = gvnc_memory_layer_new ();
  GvncTarget target = { .host = (char *) "host", .port = (char *) "80" };
  GvncLayer *layer = gvnc_websocket_layer_new (&memory->layer, &target, NULL);
  g_autoptr (GError) error = NULL;

  g_byte_array_set_size (memory->in, 100000);
  memset (memory->in->data, 'x', 100000);
  memcpy (memory->in->data, "HTTP", 4);
  g_assert_cmpint (layer->type->handshake (layer, &error), ==, GVNC_LAYER_ERROR);
  assert_failed (&error, "an answer that does not end", "*more than 16384 bytes");
  gvnc_layer_free (layer);
}

/* ---- the request ---- */

typedef struct {
  const char *name;
  GvncTarget  target;
  const char *request;
  const char *error;
} Request;

#define TEXT(text) (char *) (text)
#define LIST(...)  (char *[]) { __VA_ARGS__, NULL }
#define MIDDLE "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " KEY "\r\nSec-WebSocket-Version: 13\r\n"
#define BINARY "Sec-WebSocket-Protocol: binary\r\n"

static const Request requests[] = {
  { "nothing special", { .host = TEXT ("h"), .port = TEXT ("80") },
    "GET / HTTP/1.1\r\nHost: h\r\n" MIDDLE BINARY "Origin: http://h\r\n\r\n" },
  { "port, path and query", { .host = TEXT ("h"), .port = TEXT ("5700"), .web_path = TEXT ("/a?b=c%20d") },
    "GET /a?b=c%20d HTTP/1.1\r\nHost: h:5700\r\n" MIDDLE BINARY "Origin: http://h:5700\r\n\r\n" },
  { "TLS and IPv6", { .host = TEXT ("::1"), .port = TEXT ("443"), .tls = TRUE },
    "GET / HTTP/1.1\r\nHost: [::1]\r\n" MIDDLE BINARY "Origin: https://[::1]\r\n\r\n" },
  { "no sub-protocol", { .host = TEXT ("h"), .port = TEXT ("80"), .web_protocol = TEXT ("") },
    "GET / HTTP/1.1\r\nHost: h\r\n" MIDDLE "Origin: http://h\r\n\r\n" },
  { "headers and an origin", { .host = TEXT ("h"), .port = TEXT ("80"), .web_headers = LIST (TEXT ("Cookie: a=b"), TEXT ("origin: http://x")) },
    "GET / HTTP/1.1\r\nHost: h\r\n" MIDDLE BINARY "Cookie: a=b\r\norigin: http://x\r\n\r\n" },
  { "a header with a second line", { .host = TEXT ("h"), .port = TEXT ("80"), .web_headers = LIST (TEXT ("Cookie: a\r\nX: y")) },
    NULL, "*“Cookie”*control character*" },
  { "a header without a name", { .host = TEXT ("h"), .port = TEXT ("80"), .web_headers = LIST (TEXT (": x")) }, NULL, "*Name: value*" },
  { "a header without a value", { .host = TEXT ("h"), .port = TEXT ("80"), .web_headers = LIST (TEXT ("X")) }, NULL, "*Name: value*" },
  { "a header of the protocol", { .host = TEXT ("h"), .port = TEXT ("80"), .web_headers = LIST (TEXT ("host: x")) }, NULL, "*“host”*" },
  { "a path with a blank", { .host = TEXT ("h"), .port = TEXT ("80"), .web_path = TEXT ("/ HTTP/1.1\r\nX: y") }, NULL, "*path*" },
  { "a path that is none", { .host = TEXT ("h"), .port = TEXT ("80"), .web_path = TEXT ("a") }, NULL, "*begin with*" },
  { "a host with a second line", { .host = TEXT ("h\r\nX: y"), .port = TEXT ("80") }, NULL, "*web server*control character*" },
  { "a sub-protocol with a second line", { .host = TEXT ("h"), .port = TEXT ("80"), .web_protocol = TEXT ("a\r\nX: y") },
    NULL, "*sub-protocol*" },
};

static void
test_request (gconstpointer data)
{
  const Request *row = data;
  g_autoptr (GError) error = NULL;
  GString *request = gvnc_websocket_request (&row->target, KEY, &error);

  g_assert_cmpstr (request != NULL ? request->str : NULL, ==, row->request);
  if (row->error != NULL && !g_pattern_match_simple (row->error, error->message))
    g_error ("“%s” is not like “%s”", error->message, row->error);
  if (request != NULL)
    g_string_free (request, TRUE);
}

#define ADD_ROWS(path, rows, func)                                        \
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {                       \
    g_autofree char *name = g_strconcat (path "/", (rows)[i].name, NULL); \
                                                                          \
    g_test_add_data_func (name, &(rows)[i], func);                        \
  }

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS ("/websocket/request", requests, test_request);
  ADD_ROWS ("/websocket/answer", answers, test_answer);
  g_test_add_func ("/websocket/answer/too long", test_answer_too_long);
  ADD_ROWS ("/websocket/frames", frames, test_frames);
  g_test_add_func ("/websocket/write", test_write);
  g_test_add_func ("/websocket/farewell", test_farewell);
  return g_test_run ();
}
