/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE   /* memfd_create (), memmem () */

#include "config.h"

#include "lib/peer.h"
#include "lib/tls-server.h"
#include "lib/watch.h"
#include "security/rsa-server.h"
#include "vncuri.h"
#include "vncutil.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* Nothing secret is logged, printed, or told by a signal: connections with every debug message on, whose output, in
 * whichever way it comes, is looked through for the password and the keys. */

#define SECRET "Geheim7!"

/* ---- what is said ---- */

static GMutex said_mutex;
static GString *said;           /* all messages of all domains and levels, with their fields */
static gint said_fd = -1;       /* what goes to standard output and error meanwhile */
static gint real_fds[2];        /* where they go otherwise */

static void
said_add (const char *text,
          gssize      len)
{
  g_mutex_lock (&said_mutex);
  g_string_append_len (said, text, len < 0 ? (gssize) strlen (text) : len);
  g_string_append_c (said, '\n');
  g_mutex_unlock (&said_mutex);
}

static GLogWriterOutput
said_writer (GLogLevelFlags   level,
             const GLogField *fields,
             gsize            n_fields,
             gpointer         data)
{
  for (gsize i = 0; i < n_fields; i++)
    said_add (fields[i].value, fields[i].length);
  return g_log_writer_standard_streams (level, fields, n_fields, data);
}

static void
said_handler (const char     *domain,
              GLogLevelFlags  level,
              const char     *message,
              gpointer        data)
{
  said_add (message, -1);
  g_log_default_handler (domain, level, message, data);
}

/* A test that fails meanwhile shall say why. */
static void
said_abort (int number)
{
  char buffer[4096];
  gssize n;

  lseek (said_fd, 0, SEEK_SET);
  while ((n = read (said_fd, buffer, sizeof buffer)) > 0)
    if (write (real_fds[1], buffer, (gsize) n) < 0)
      break;
}

static void
said_begin (void)
{
  g_string_truncate (said, 0);
  fflush (NULL);
  said_fd = memfd_create ("said", MFD_CLOEXEC);
  g_assert_cmpint (said_fd, >=, 0);
  for (gint i = 0; i < 2; i++) {
    real_fds[i] = dup (i + 1);
    g_assert_cmpint (dup2 (said_fd, i + 1), ==, i + 1);
  }
  signal (SIGABRT, said_abort);
}

static void
said_end (void)
{
  char buffer[4096];
  gssize n;

  fflush (NULL);
  signal (SIGABRT, SIG_DFL);
  for (gint i = 0; i < 2; i++) {
    g_assert_cmpint (dup2 (real_fds[i], i + 1), ==, i + 1);
    close (real_fds[i]);
  }
  lseek (said_fd, 0, SEEK_SET);
  while ((n = read (said_fd, buffer, sizeof buffer)) > 0)
    said_add (buffer, n);
  close (said_fd);
  said_fd = -1;
}

/* In hexadecimal, with anything but letters and digits between. */
static gboolean
said_has_hex (const guint8 *bytes,
              gsize         len)
{
  g_autoptr (GString) plain = g_string_new (NULL), hex = g_string_new (NULL);

  for (gsize i = 0; i < said->len; i++)
    if (g_ascii_isalnum (said->str[i]))
      g_string_append_c (plain, g_ascii_tolower (said->str[i]));
  for (gsize i = 0; i < len; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return strstr (plain->str, hex->str) != NULL;
}

/* In base 64, wherever in a group of three it begins; what its neighbours have a part in is left out. */
static gboolean
said_has_base64 (const guint8 *bytes,
                 gsize         len)
{
  for (gsize before = 0; before < 3; before++) {
    g_autofree guint8 *padded = g_malloc0 (before + len);
    g_autofree char *text = NULL;
    gsize from = before == 0 ? 0 : before + 1, to = (before + len) / 3 * 4;

    memcpy (padded + before, bytes, len);
    text = g_base64_encode (padded, before + len);
    if (memmem (said->str, said->len, text + from, to - from) != NULL)
      return TRUE;
  }
  return FALSE;
}

static gboolean
said_has (const void *bytes,
          gsize       len)
{
  return memmem (said->str, said->len, bytes, len) != NULL || said_has_hex (bytes, len) || said_has_base64 (bytes, len);
}

/* The test can fail. */
static void
test_seen (void)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) "user:" SECRET, strlen ("user:" SECRET));
  static const char *const ways[] = { "debug", "structured", "printed", "error", "hex", "base64", "nothing" };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    said_begin ();
    g_debug ("one way: %s", ways[i]);
    if (i == 0)
      g_debug ("a password, %s", SECRET);
    else if (i == 1)
      g_log_structured ("gvnc-tls", G_LOG_LEVEL_DEBUG, "PASSWORD", SECRET, "MESSAGE", "nothing");
    else if (i == 2)
      g_print ("%s\n", SECRET);
    else if (i == 3)
      g_assert_cmpint (write (STDERR_FILENO, SECRET, strlen (SECRET)), ==, strlen (SECRET));
    else if (i == 4)
      g_info ("47:65:68:65:69 6D 37 21");
    else if (i == 5)
      g_message ("Authorization: Basic %s", base64);
    said_end ();
    g_assert_nonnull (strstr (said->str, ways[i]));
    g_assert_cmpint (said_has (SECRET, strlen (SECRET)), ==, i < 6);
  }
}

/* ---- servers ---- */

#define HELLO "> 'RFB 003.008\n'"
#define DESK  "> 00000000", "> 0004 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000004 'desk'"

static GvncRsaServer rsa;

/* FALSE when the client has left. */
static gboolean
rsa_receive (gint    fd,
             guint8 *bytes,
             gsize   len)
{
  for (gsize done = 0; done < len;) {
    gssize n = recv (fd, bytes + done, len - done, 0);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    done += (gsize) n;
  }
  return TRUE;
}

static void
rsa_send (gint          fd,
          const guint8 *bytes,
          guint16       len)
{
  guint8 frame[GVNC_EAX_EXTRA_LEN + 64];

  gvnc_eax_seal (&rsa.out, bytes, len, frame);
  g_assert_true (gvnc_peer_send (fd, frame, GVNC_EAX_EXTRA_LEN + len));
}

/* RSA-AES, of the type whose number @data points at. */
static void
rsa_serve (gint     fd,
           gpointer data)
{
  static const guint8 desk[24] = { 0, 4, 0, 2, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0 };
  const guint8 number = *(const guint8 *) data, hello[] = "RFB 003.008\n", types[] = { 1, number };
  gboolean is_256 = number > 128, goes_on = number == 5 || number == 129;
  guint8 answer[GVNC_RSA_ANSWER_LEN], wire[GVNC_RSA_SECRET_LEN], hash[32], credentials[GVNC_EAX_EXTRA_LEN + 2 + 4 + 8];
  gsize len;

  gvnc_rsa_server_init (&rsa, is_256 ? 32 : 16);
  g_assert_true (gvnc_peer_send (fd, hello, 12) && rsa_receive (fd, answer, 12));
  g_assert_true (gvnc_peer_send (fd, types, 2) && rsa_receive (fd, answer, 1));
  g_assert_true (gvnc_peer_send (fd, rsa.server_wire, sizeof rsa.server_wire));
  g_assert_true (rsa_receive (fd, answer, sizeof answer) && gvnc_rsa_server_take (&rsa, answer));
  gvnc_rsa_server_secret (&rsa, rsa.key_len, wire);
  g_assert_true (gvnc_peer_send (fd, wire, sizeof wire));
  len = gvnc_rsa_server_hash (&rsa, FALSE, hash);
  rsa_send (fd, hash, (guint16) len);
  g_assert_true (rsa_receive (fd, answer, GVNC_EAX_EXTRA_LEN + len));
  rsa_send (fd, (const guint8 *) "\1", 1);
  g_assert_true (rsa_receive (fd, credentials, sizeof credentials));
  if (goes_on) {
    rsa_send (fd, desk + 20, 4);
    rsa_send (fd, desk, sizeof desk);
  } else {
    g_assert_true (gvnc_peer_send (fd, desk + 20, 4) && gvnc_peer_send (fd, desk, sizeof desk));
  }
  gvnc_peer_drain (fd);
}

/* ---- connections ---- */

typedef struct {
  const char        *name;
  guint              type;
  guint              subtype;
  const char        *username;
  const char *const *lines;        /* NULL: RSA-AES */
  GvncTlsServer     *tls;          /* in place of lines */
  const char        *until;
  const char        *said;         /* what is told of it; NULL: whatever */
} LogRow;

#define LINES(...) (const char *const[]) { HELLO, __VA_ARGS__, NULL }
#define X509PLAIN  LINES ("< 'RFB 003.008\n'", "> 01 13", "< 13", "> 0002", "< 0002", "> 00 01 00000106", "< 00000106", "> 01", "x")

static GvncTlsServer tls = {
  .before = X509PLAIN,
  .inside = (const char *const[]) { "< 00000004 00000008 'user' '" SECRET "'", DESK, NULL },
};

static const LogRow rows[] = {
  { "VNC authentication", 2, 0, "user", LINES ("> 01 02", "> 00*16", DESK) },
  { "VNC authentication is refused", 2, 0, "user", LINES ("> 01 02", "> 00*16", "> 00000001 00000002 'no'"), .until = "vnc-disconnected" },
  { "xvp", 22, 0, "me@example@vm 1", LINES ("> 01 16", "> 00*16", DESK) },
  { "Apple Remote Desktop", 30, 0, "user", LINES ("> 01 1e", "> 0002 0080 ff*128 55*128", DESK) },
  { "MSLogonII", 113, 0, "user", LINES ("> 01 71", "> 000000003b9aca07 000000007fffffff 000000006ae44d7b", DESK) },
  { "VeNCrypt Plain", 19, 256, "user", LINES ("> 01 13", "> 0002", "> 00 01 00000100", DESK) },
  { "VeNCrypt X509Plain", 19, 262, "user", NULL, &tls, .said = "The link is secured" },
  { "Unix login", 16, 129, "user",
    LINES ("> 01 10", "> 00000000 00000001 00000081 'TGHTULGNAUTH'", DESK, "> 0000 0000 0000 0000") },
#ifdef HAVE_SASL
  { "SASL PLAIN", 20, 0, "user", LINES ("> 01 14", "> 00000005 'PLAIN' 00000000 01", DESK) },
  { "SASL fails", 20, 0, "user",
    LINES ("> 01 14", "> 0000000b 'SCRAM-SHA-1' 00000009 'r=x,s=y,' 00 00"), .until = "vnc-disconnected" },
#endif
  { "RA2", 5, 0, "user", NULL },
  { "RA2ne_256", 130, 0, "user", NULL },
};

static void
log_hook (GvncWatch  *watch,
          const char *line)
{
  const LogRow *row = watch->data;

  if (g_str_has_prefix (line, "vnc-auth-choose-type"))
    g_assert_true (vnc_connection_set_auth_type (watch->conn, row->type));
  else if (g_str_has_prefix (line, "vnc-auth-choose-subtype"))
    g_assert_true (vnc_connection_set_auth_subtype (watch->conn, row->subtype));
  else if (g_str_has_prefix (line, "vnc-auth-credential 2"))
    vnc_connection_set_credential (watch->conn, VNC_CONNECTION_CREDENTIAL_CLIENTNAME, "log");
}

static gboolean
log_verify (VncConnection  *conn,
            VncCertificate *certificate,
            gpointer        data)
{
  return vnc_connection_accept_certificate (conn, VNC_CERTIFICATE_DECISION_ACCEPT);
}

static void
assert_unsaid (const void *bytes,
               gsize       len)
{
  if (said_has (bytes, len))
    g_error ("a secret was told: %s", said->str);
}

static void
test_connection (gconstpointer data)
{
  const LogRow *row = data;
  guint8 number = (guint8) row->type;
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  said_begin ();
  gvnc_watch_init (&watch);
  watch.hook = log_hook;
  watch.data = (gpointer) row;
  g_object_set (watch.conn, "allow-plain", TRUE, "allow-weak", TRUE, NULL);
  g_signal_connect (watch.conn, "vnc-verify-certificate", G_CALLBACK (log_verify), NULL);
  if (row->lines != NULL)
    peer = gvnc_peer_start (row->lines, 0, &fd);
  else if (row->tls != NULL)
    peer = gvnc_peer_start_func (gvnc_tls_server_run, row->tls, &fd);
  else
    peer = gvnc_peer_start_func (rsa_serve, &number, &fd);
  g_assert_true (vnc_connection_open_fd_with_hostname (watch.conn, fd, "server.test"));
  vnc_connection_set_credential (watch.conn, VNC_CONNECTION_CREDENTIAL_USERNAME, row->username);
  vnc_connection_set_credential (watch.conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, SECRET);
  gvnc_watch_until (&watch, row->until != NULL ? row->until : "vnc-initialized");
  for (guint i = 0; i < watch.lines->len; i++)
    said_add (g_ptr_array_index (watch.lines, i), -1);
  gvnc_watch_clear (&watch);
  gvnc_peer_finish (peer);
  said_end ();

  if (row->said != NULL)
    g_assert_nonnull (strstr (said->str, row->said));
  assert_unsaid (SECRET, strlen (SECRET));
  if (row->lines == NULL && row->tls == NULL) {
    assert_unsaid (rsa.client_key, rsa.key_len);
    assert_unsaid (rsa.server_key, rsa.key_len);
    assert_unsaid (rsa.client_random, rsa.key_len);
    assert_unsaid (rsa.server_random, rsa.key_len);
  }
}

static const char *const addresses[] = {
  "vnc://user:" SECRET "@host/?SecurityType=2#nonsense",
  "vnc://user:" SECRET "@host:0/",
  "vnc://user:" SECRET "@host:nonsense/",
  "nonsense://user:" SECRET "@host/",
  "vnc+ssh://user:" SECRET "@host/",
  "vnc+unix://user:" SECRET "@/",
  "vnc://host/?VncPassword=" SECRET "&VncPassword=other",
  "vnc://host:nonsense/?VncPassword=" SECRET "&ViewOnly=1",
};

/* What is wrong with an address is told without the password in it. */
static void
test_address (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  VncUri *uri;

  said_begin ();
  uri = vnc_uri_parse (data, &error);
  if (error != NULL)
    said_add (error->message, -1);
  if (uri != NULL)
    vnc_uri_free (uri);
  said_end ();
  assert_unsaid (SECRET, strlen (SECRET));
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  g_test_init (&argc, &argv, NULL);
  vnc_util_set_debug (TRUE);
  said = g_string_new (NULL);
  g_log_set_writer_func (said_writer, NULL, NULL);
  g_log_set_default_handler (said_handler, NULL);

  g_test_add_func ("/log/seen", test_seen);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *name = g_strconcat ("/log/connection/", rows[i].name, NULL);

    g_test_add_data_func (name, &rows[i], test_connection);
  }
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autofree char *name = g_strdup_printf ("/log/address/%u", i);

    g_test_add_data_func (name, addresses[i], test_address);
  }
  return g_test_run ();
}
