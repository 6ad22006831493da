/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/peer.h"
#include "lib/script.h"
#include "lib/watch.h"
#include "vncconnection-private.h"

#include <string.h>
#include <unistd.h>
#include <zlib.h>

/* What an application sees of the extended clipboard: signals, calls, and tasks that end in every way they can. */

#define FIRST "vnc-connected", "vnc-auth-choose-type 1", "vnc-initialized"
#define LAST  "vnc-error *closed*", "vnc-disconnected"

#define SERVER_FIRST GVNC_PEER_DESK, "< 02 00 0002 00000000 c0a1e5ce"
#define OUR_CAPS "< 06 000000 ffffffec 1f00000f 00000000*4"
#define SERVER_CAPS SERVER_FIRST, "> 03 000000 fffffff4 1f000005 00000000*2", OUR_CAPS
#define NOTIFY_TEXT "> 03 000000 fffffffc 08000001"
#define REQUEST_TEXT "< 06 000000 fffffffc 02000001"
#define PROVIDE_AB "> 03 000000 ffffffee 10000001 78da636060604a4c0200013000c6"
#define PROVIDE_HTML "> 03 000000 ffffffed 10000004 78da63606060b649b2030001c900e0"
#define PROVIDE_NO_UTF8 "> 03 000000 ffffffe9 10000001 78da636060604f4e4c7ba950c100000c3002b3"
#define BELL "> 02"

typedef struct {
  const char *name;
  const char *peer[24];
  const char *due[16];     /* between vnc-initialized and the end: signals, and what became of requests */
  const char *bells[5];    /* what the application does at each bell */
  gboolean    plain;       /* without the extension */
} Case;

static GCancellable *cancellable;

static void
note (GvncWatch *watch,
      char      *line)
{
  g_ptr_array_add (watch->lines, line);
}

static void
request_done (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  GvncWatch *watch = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = vnc_connection_clipboard_request_finish (VNC_CONNECTION (object), result, &error);

  g_assert_true (g_thread_self () == watch->thread);
  if (bytes == NULL)
    note (watch, g_strdup_printf ("failed %s %d %s", error->domain == VNC_ERROR ? "vnc" : g_quark_to_string (error->domain),
                                  error->code, error->message));
  else
    note (watch, g_strdup_printf ("got %.*s", (gint) g_bytes_get_size (bytes), (const char *) g_bytes_get_data (bytes, NULL)));
}

static void
request_done_and_shut_down (GObject      *object,
                            GAsyncResult *result,
                            gpointer      data)
{
  request_done (object, result, data);
  vnc_connection_shutdown (VNC_CONNECTION (object));
}

/* One word of what the application does; a text behind a colon. */
static void
act (GvncWatch  *watch,
     const char *word)
{
  VncConnection *conn = watch->conn;
  g_autoptr (GError) error = NULL;
  const char *text = strchr (word, ':') != NULL ? strchr (word, ':') + 1 : "";

  if (strcmp (word, "request") == 0) {
    vnc_connection_clipboard_request_async (conn, VNC_CLIPBOARD_FORMAT_TEXT, NULL, request_done, watch);
  } else if (strcmp (word, "request-html") == 0) {
    vnc_connection_clipboard_request_async (conn, VNC_CLIPBOARD_FORMAT_HTML, NULL, request_done, watch);
  } else if (strcmp (word, "request-cancellable") == 0) {
    g_clear_object (&cancellable);
    cancellable = g_cancellable_new ();
    vnc_connection_clipboard_request_async (conn, VNC_CLIPBOARD_FORMAT_TEXT, cancellable, request_done, watch);
  } else if (strcmp (word, "request-cancelled") == 0) {
    vnc_connection_clipboard_request_async (conn, VNC_CLIPBOARD_FORMAT_TEXT, cancellable, request_done, watch);
  } else if (strcmp (word, "request-then-shutdown") == 0) {
    vnc_connection_clipboard_request_async (conn, VNC_CLIPBOARD_FORMAT_TEXT, NULL, request_done_and_shut_down, watch);
  } else if (strcmp (word, "cancel") == 0) {
    g_cancellable_cancel (cancellable);
  } else if (strcmp (word, "shutdown") == 0) {
    vnc_connection_shutdown (conn);
  } else if (strcmp (word, "extend") == 0) {
    vnc_connection_set_extended_clipboard (conn, TRUE);
    vnc_connection_set_extended_clipboard (conn, TRUE);
    g_assert_true (vnc_connection_get_extended_clipboard (conn));
  } else if (strcmp (word, "withdraw") == 0) {
    g_object_set (conn, "extended-clipboard", FALSE, NULL);
  } else if (strcmp (word, "formats") == 0) {
    VncClipboardFormats formats;

    g_object_get (conn, "clipboard-formats", &formats, NULL);
    g_assert_cmpuint (formats, ==, vnc_connection_get_clipboard_formats (conn));
    note (watch, g_strdup_printf ("formats %u", formats));
  } else if (strcmp (word, "offer-html") == 0) {
    vnc_connection_clipboard_offer (conn, VNC_CLIPBOARD_FORMAT_HTML | VNC_CLIPBOARD_FORMAT_FILES);
  } else if (g_str_has_prefix (word, "text:")) {
    if (!vnc_connection_clipboard_set_text (conn, text, &error))
      note (watch, g_strdup_printf ("refused %d %s", error->code, error->message));
  } else if (g_str_has_prefix (word, "provide:")) {
    g_autoptr (GBytes) data = g_bytes_new (text, strlen (text));

    if (!vnc_connection_clipboard_provide (conn, VNC_CLIPBOARD_FORMAT_TEXT, data, &error))
      note (watch, g_strdup_printf ("refused %d %s", error->code, error->message));
  } else {
    g_error ("no action “%s”", word);
  }
}

static void
case_hook (GvncWatch  *watch,
           const char *line)
{
  const Case *row = watch->data;

  if (strcmp (line, "vnc-initialized") == 0) {
    gint32 raw = VNC_CONNECTION_ENCODING_RAW;

    vnc_connection_set_encodings (watch->conn, 1, &raw);
  } else if (strcmp (line, "vnc-bell") == 0) {
    g_auto (GStrv) words = g_strsplit (row->bells[watch->count++], " ", -1);

    for (guint i = 0; words[i] != NULL; i++)
      act (watch, words[i]);
  }
}

static gboolean
is_result (const char *line)
{
  return g_str_has_prefix (line, "got ") || g_str_has_prefix (line, "failed ");
}

/* Moves what became of requests behind all else, in order: when a callback runs depends on turns of the main loop. */
static void
results_last (GPtrArray *lines)
{
  for (guint i = 0, n = lines->len; i < n; n--) {
    for (; i < n && !is_result (g_ptr_array_index (lines, i)); i++)
      ;
    if (i < n) {
      gpointer line = lines->pdata[i];

      memmove (lines->pdata + i, lines->pdata + i + 1, (lines->len - i - 1) * sizeof (gpointer));
      lines->pdata[lines->len - 1] = line;
    }
  }
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (GPtrArray) due = g_ptr_array_new ();
  static const char *const first[] = { FIRST };
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    g_ptr_array_add (due, (gpointer) first[i]);
  for (guint i = 0; row->due[i] != NULL; i++)
    g_ptr_array_add (due, (gpointer) row->due[i]);
  results_last (due);
  g_ptr_array_add (due, NULL);

  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  watch.hook = case_hook;
  watch.data = (gpointer) row;
  vnc_connection_set_extended_clipboard (watch.conn, !row->plain);
  peer = gvnc_peer_start (row->peer, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_settle (&watch);
  results_last (watch.lines);
  gvnc_watch_check (&watch, (const char *const *) due->pdata);
  gvnc_watch_clear (&watch);
  g_assert_true (gvnc_peer_finish (peer));
  g_clear_object (&cancellable);
}

static const Case cases[] = {
  { "a text is fetched", { SERVER_CAPS, NOTIFY_TEXT, BELL, REQUEST_TEXT, PROVIDE_AB, "x", NULL },
    { "vnc-clipboard-offered 1", "vnc-bell", "got ab", LAST }, { "request" } },
  { "one message for all who wait", { SERVER_CAPS, NOTIFY_TEXT, BELL, REQUEST_TEXT, PROVIDE_AB, "x", NULL },
    { "vnc-clipboard-offered 1", "vnc-bell", "got ab", "got ab", LAST }, { "request request" } },
  { "another message for another request",
    { SERVER_CAPS, BELL, REQUEST_TEXT, PROVIDE_AB, BELL, REQUEST_TEXT, PROVIDE_AB, "x", NULL },
    { "vnc-bell", "got ab", "vnc-bell", "got ab", LAST }, { "request", "request" } },
  { "two formats", { SERVER_CAPS, BELL, REQUEST_TEXT, "< 06 000000 fffffffc 02000004", PROVIDE_HTML, PROVIDE_AB, "x", NULL },
    { "vnc-bell", "got <b>", "got ab", LAST }, { "request request-html" } },
  { "unsolicited data is an offer, and there at once", { SERVER_CAPS, PROVIDE_AB, BELL, BELL, "x", NULL },
    { "vnc-clipboard-offered 1", "vnc-bell", "got ab", "vnc-bell", "got ab", LAST }, { "request", "request" } },
  { "an offer ends unsolicited data", { SERVER_CAPS, PROVIDE_AB, NOTIFY_TEXT, BELL, REQUEST_TEXT, PROVIDE_AB, "x", NULL },
    { "vnc-clipboard-offered 1", "vnc-clipboard-offered 1", "vnc-bell", "got ab", LAST }, { "request" } },
  { "a format that was not offered", { SERVER_CAPS, "> 03 000000 fffffffc 08000004", BELL, "x", NULL },
    { "vnc-clipboard-offered 4", "vnc-bell", "failed vnc 4 *does not hold*", LAST }, { "request" } },
  { "no capabilities yet", { SERVER_FIRST, BELL, "x", NULL }, { "vnc-bell", "failed vnc 4 *", "formats 0", LAST }, { "request formats" } },
  { "a server that takes no requests", { SERVER_FIRST, "> 03 000000 fffffff8 11000001 00000000",
                                         "< 06 000000 ffffffec 1f00000f 01400000 01400000 01400000 02000000", BELL, "x", NULL },
    { "vnc-bell", "failed vnc 4 *cannot be asked*", LAST }, { "request" } },
  { "bytes that are no UTF-8", { SERVER_CAPS, BELL, REQUEST_TEXT, PROVIDE_NO_UTF8, BELL, "x", NULL },
    { "vnc-bell", "failed vnc 2 *no UTF-8: byte 0xe9 at 3 of 6", "vnc-bell", LAST }, { "request", "" } },
  { "the server's clipboard changes meanwhile", { SERVER_CAPS, NOTIFY_TEXT, BELL, REQUEST_TEXT, "> 03 000000 fffffffc 08000000", "x", NULL },
    { "vnc-clipboard-offered 1", "vnc-bell", "failed vnc 4 *no longer*", "vnc-clipboard-offered 0", LAST }, { "request" } },
  { "the server's clipboard has another text meanwhile",
    { SERVER_CAPS, NOTIFY_TEXT, BELL, REQUEST_TEXT, NOTIFY_TEXT, PROVIDE_AB, "x", NULL },
    { "vnc-clipboard-offered 1", "vnc-bell", "vnc-clipboard-offered 1", "got ab", LAST }, { "request" } },
  { "cancelled in time, and the answer comes late",
    { SERVER_CAPS, BELL, REQUEST_TEXT, BELL, "< 02 00 0001 00000000", PROVIDE_AB, BELL, "x", NULL },
    { "vnc-bell", "vnc-bell", "failed g-io-error-quark 19 *", "vnc-bell", LAST }, { "request-cancellable", "cancel withdraw", "" } },
  { "cancelled before", { SERVER_CAPS, BELL, NULL },
    { "vnc-bell", "failed g-io-error-quark 19 *", "failed g-io-error-quark 19 *", "vnc-disconnected" },
    { "request-cancellable cancel shutdown request-cancelled" } },
  { "the connection ends", { SERVER_CAPS, BELL, REQUEST_TEXT, "x", NULL }, { "vnc-bell", LAST, "failed vnc 0 *has ended" }, { "request" } },
  { "the connection is closed", { SERVER_CAPS, BELL, REQUEST_TEXT, BELL, NULL },
    { "vnc-bell", "vnc-bell", "failed vnc 0 *has ended", "vnc-disconnected" }, { "request", "shutdown" } },
  { "closing in a callback", { SERVER_CAPS, NOTIFY_TEXT, BELL, REQUEST_TEXT, "> 03 000000 fffffffc 08000000", NULL },
    { "vnc-clipboard-offered 1", "vnc-bell", "failed vnc 4 *no longer*", "vnc-disconnected" }, { "request-then-shutdown" } },
  { "no session", { SERVER_CAPS, BELL, NULL },
    { "vnc-bell", "refused 0 *no session*", "failed vnc 0 *no session*", "vnc-disconnected" }, { "shutdown text:a request" } },
  { "capabilities become a property", { SERVER_CAPS, BELL, "x", NULL }, { "vnc-bell", "formats 5", LAST }, { "formats" } },
  { "the extension is asked for later", { GVNC_PEER_DESK, "< 02 00 0001 00000000", BELL, "< 02 00 0002 00000000 c0a1e5ce", "x", NULL },
    { "vnc-bell", LAST }, { "extend" }, .plain = TRUE },
  { "a text for a server without the extension",
    { GVNC_PEER_DESK, "< 02 00 0001 00000000", BELL, "< 06 000000 00000004 61 0a e9 ff", "x", NULL },
    { "vnc-bell", LAST }, { "text:a\r\n\xc3\xa9\xc3\xbf" }, .plain = TRUE },
  { "a text that does not fit", { GVNC_PEER_DESK, "< 02 00 0001 00000000", BELL, BELL, "< 06 000000 00000001 61", "x", NULL },
    { "vnc-bell", "refused 4 *U+1F600", "vnc-bell", LAST }, { "text:caf\xc3\xa9\xf0\x9f\x98\x80", "text:a" }, .plain = TRUE },
  { "a text that is no UTF-8", { SERVER_CAPS, BELL, "x", NULL }, { "vnc-bell", "refused 4 *byte 1", LAST }, { "text:a\xe9" } },
  { "a text before the capabilities is offered with them",
    { SERVER_FIRST, BELL, "< 06 000000 00000001 61", "> 03 000000 fffffff4 1f000005 00000000*2", OUR_CAPS,
      "< 06 000000 fffffffc 08000001", "x", NULL },
    { "vnc-bell", LAST }, { "text:a" } },
  { "data that is no UTF-8", { SERVER_CAPS, BELL, "x", NULL }, { "vnc-bell", "refused 4 *", LAST }, { "provide:\xff" } },
  { "formats that cannot be transferred are not offered", { SERVER_CAPS, BELL, "< 06 000000 fffffffc 08000004", "x", NULL },
    { "vnc-bell", LAST }, { "offer-html" } },
};

static void
test_time_out (void)
{
  static const Case row = {
    "", { SERVER_CAPS, BELL, REQUEST_TEXT, "< 02 00 0001 00000000", "x", NULL }, { "vnc-bell", "failed vnc 1 *within 0 seconds", LAST },
    { "request" }
  };
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_connection_clipboard_s = 0;
  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  watch.hook = case_hook;
  watch.data = (gpointer) &row;
  vnc_connection_set_extended_clipboard (watch.conn, TRUE);
  peer = gvnc_peer_start (row.peer, 0, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "failed*");
  /* this is what the server waits for before it closes the connection */
  vnc_connection_set_extended_clipboard (watch.conn, FALSE);
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_expect (&watch, FIRST, "vnc-bell", "failed vnc 1 *within 0 seconds", LAST);
  gvnc_watch_clear (&watch);
  g_assert_true (gvnc_peer_finish (peer));
}

/* ---- data that goes out ---- */

/* Receives a provide of @flags, and writes its inflated bytes down. */
static void
peer_receive (gint     fd,
              guint32  flags,
              GString *log)
{
  guint8 head[12], *body, plain[256];
  gsize len, got = 0;
  z_stream z = { 0 };

  for (gssize n; got < sizeof head && (n = read (fd, head + got, sizeof head - got)) > 0;)
    got += (gsize) n;
  g_assert_cmpuint (got, ==, sizeof head);
  g_assert_cmpuint (head[0], ==, 6);
  len = 0u - ((guint32) head[4] << 24 | (guint32) head[5] << 16 | (guint32) head[6] << 8 | head[7]) - 4;
  g_assert_cmphex ((guint32) head[8] << 24 | head[11], ==, flags);
  body = g_malloc (len);
  for (gssize n, at = 0; (gsize) at < len && (n = read (fd, body + at, len - (gsize) at)) > 0;)
    at += n;
  g_assert_cmpint (inflateInit (&z), ==, Z_OK);
  z.next_in = body;
  z.avail_in = (uInt) len;
  z.next_out = plain;
  z.avail_out = sizeof plain;
  g_assert_cmpint (inflate (&z, Z_SYNC_FLUSH), ==, Z_OK);
  inflateEnd (&z);
  for (gsize i = 0; i < z.total_out; i++)
    g_string_append_printf (log, "%02x", plain[i]);
  g_string_append_c (log, ';');
  g_free (body);
}

static void
peer_wants (gint     fd,
            gpointer data)
{
  static const char *const text[] = { SERVER_CAPS, BELL, "< 06 000000 fffffffc 08000001", "> 03 000000 fffffffc 02000001", "x", NULL };
  static const char *const html[] = { BELL, "< 06 000000 fffffffc 08000005", "> 03 000000 fffffffc 02000005", "x", NULL };
  GString *log = data;

  g_assert_true (gvnc_peer_run (fd, text, 0));
  peer_receive (fd, 0x10000001, log);
  g_assert_true (gvnc_peer_run (fd, html, 0));
  peer_receive (fd, 0x10000005, log);
}

static void
wants_hook (GvncWatch  *watch,
            const char *line)
{
  VncConnection *conn = watch->conn;
  g_autoptr (GBytes) html = g_bytes_new_static ("<b>", 3);
  g_autoptr (GBytes) text = g_bytes_new_static ("b", 1);

  if (strcmp (line, "vnc-initialized") == 0) {
    gint32 raw = VNC_CONNECTION_ENCODING_RAW;

    vnc_connection_set_encodings (conn, 1, &raw);
  } else if (strcmp (line, "vnc-bell") == 0 && watch->count++ == 0) {
    g_assert_true (vnc_connection_clipboard_set_text (conn, "a\n\xf0\x9f\x98\x80", NULL));
  } else if (strcmp (line, "vnc-bell") == 0) {
    vnc_connection_clipboard_offer (conn, VNC_CLIPBOARD_FORMAT_TEXT | VNC_CLIPBOARD_FORMAT_HTML);
  } else if (strcmp (line, "vnc-clipboard-requested 1") == 0) {
    g_assert_true (vnc_connection_clipboard_provide (conn, VNC_CLIPBOARD_FORMAT_TEXT, text, NULL));
  } else if (strcmp (line, "vnc-clipboard-requested 4") == 0) {
    g_assert_true (vnc_connection_clipboard_provide (conn, VNC_CLIPBOARD_FORMAT_HTML, html, NULL));
  }
}

static void
test_provide (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  watch.auth_type = 1;
  watch.hook = wants_hook;
  vnc_connection_set_extended_clipboard (watch.conn, TRUE);
  peer = gvnc_peer_start_func (peer_wants, log, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  gvnc_watch_until (&watch, "vnc-disconnected");
  gvnc_watch_expect (&watch, FIRST, "vnc-bell", "vnc-bell", "vnc-clipboard-requested 1", "vnc-clipboard-requested 4", LAST);
  gvnc_watch_clear (&watch);
  gvnc_peer_finish (peer);
  g_assert_cmpstr (log->str, ==, "00000008610d0af09f988000;000000026200" "000000033c623e;");
}

static void
test_errors (void)
{
  g_autoptr (GError) error = NULL;
  VncConnection *conn = vnc_connection_new ();
  g_autofree char *large = g_strnfill (20 * 1024 * 1024 + 1, 'a');
  g_autoptr (GBytes) bytes = g_bytes_new_static (large, 20 * 1024 * 1024 + 1);

  g_assert_false (vnc_connection_clipboard_provide (conn, VNC_CLIPBOARD_FORMAT_HTML, bytes, &error));
  g_assert_error (error, VNC_ERROR, VNC_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "20971521"));
  g_assert_nonnull (strstr (error->message, "20971520"));
  g_assert_true (vnc_connection_clipboard_provide (conn, VNC_CLIPBOARD_FORMAT_DIB, bytes, NULL));
  g_assert_cmpuint (vnc_connection_get_clipboard_formats (conn), ==, 0);
  g_assert_false (vnc_connection_get_extended_clipboard (conn));
  g_object_unref (conn);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/clipboard/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/clipboard/provide", test_provide);
  g_test_add_func ("/clipboard/errors", test_errors);
  g_test_add_func ("/clipboard/time-out", test_time_out);
  return g_test_run ();
}
