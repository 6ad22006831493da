/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE   /* memmem () */

#include "config.h"

#include "lib/memory-layer.h"
#include "lib/peer.h"
#include "lib/watch.h"
#include "security/drive.h"
#include "security/rsa-server.h"
#include "transport/rsa-aes.h"
#include "vncuri.h"
#include "wire/rfb.h"

#include <malloc.h>
#include <string.h>

/* No password is left in memory that was freed: whatever this program frees is looked through first. */

#define SECRET "Geheim7!"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WHY_NOT "the sanitizer has an allocator of its own"
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define WHY_NOT "the sanitizer has an allocator of its own"
#endif
#endif
#if !defined(WHY_NOT) && !defined(__GLIBC__)
#define WHY_NOT "only glibc's allocator can be wrapped like this"
#endif

static gint n_left;                        /* blocks that were freed with the secret in them; atomic */
static _Thread_local gboolean is_server;   /* it may keep what it was told */

/* What this thread frees while is_keeping, to look for what is not known before. */
static _Thread_local gboolean is_keeping;
static guint8 kept[64 * 1024 * 1024];
static gsize n_kept;

#ifndef WHY_NOT
extern void __libc_free (void *memory);

static void
look (void *memory)
{
  if (is_keeping && memory != NULL && !is_server) {
    gsize size = malloc_usable_size (memory);

    if (size <= sizeof kept - n_kept)
      memcpy (kept + n_kept, memory, size);
    n_kept += size;
  }
  if (memory != NULL && !is_server && memmem (memory, malloc_usable_size (memory), SECRET, strlen (SECRET)) != NULL)
    g_atomic_int_inc (&n_left);
}

void
free (void *memory)
{
  look (memory);
  __libc_free (memory);
}

/* Always moves, as it may at any time. */
void *
realloc (void   *memory,
         size_t  size)
{
  void *moved = malloc (size);

  if (memory != NULL && moved != NULL)
    memcpy (moved, memory, MIN (malloc_usable_size (memory), size));
  free (memory);
  return moved;
}
#endif

/* How many blocks were left since the last call. */
static gint
take_left (void)
{
  gint n = g_atomic_int_get (&n_left);

  g_atomic_int_set (&n_left, 0);
  return n;
}

/* The test can fail. */
static void
test_seen (void)
{
  GString *growing = g_string_new (SECRET);

  g_free (g_strdup ("a " SECRET " within"));
  g_assert_cmpint (take_left (), ==, 1);
  g_string_set_size (growing, 4096);
  g_assert_cmpint (take_left (), ==, 1);
  memset (growing->str, 0, 4096);
  g_string_free (growing, TRUE);
  g_assert_cmpint (take_left (), ==, 0);
}

/* ---- security types by themselves ---- */

typedef struct {
  const char             *name;
  const GvncSecurityType *type;
  const char             *wire;
  const char             *username;
  guint32                 subtype;
} TypeRow;

static const TypeRow types[] = {
  { "VNC authentication", &gvnc_security_vnc, "00*16", "user", 0 },
  { "xvp", &gvnc_security_xvp, "00*16", "me@example@vm 1", 0 },
  { "MSLogon", &gvnc_security_mslogon, "00*80", "user", 0 },
  { "MSLogonII", &gvnc_security_mslogon2, "000000003b9aca07 000000007fffffff 000000006ae44d7b", "user", 0 },
  { "Apple Remote Desktop", &gvnc_security_ard, "0002 0080 ff*128 55*128", "user", 0 },
  { "VeNCrypt Plain", &gvnc_security_vencrypt, "00 02  00  01 00000100", "user", 256 },
  { "Unix login", &gvnc_security_tight, "00000000 00000001 00000081 'TGHTULGNAUTH'", "user", GVNC_RFB_TIGHT_UNIX_LOGIN },
#ifdef HAVE_SASL
  { "SASL PLAIN", &gvnc_security_sasl, "00000005 'PLAIN'", "user", 0 },
#endif
};

static void
test_type (gconstpointer data)
{
  const TypeRow *row = data;
  const GvncDriveApp app = { SECRET, row->username, row->subtype };
  GvncDrive drive;

  gvnc_drive_init (&drive, row->type);
  drive.link.allow_weak = drive.link.allow_plain = TRUE;
  g_assert_true (gvnc_drive_start (&drive));
  g_assert_true (gvnc_drive_feed (&drive, &app, row->wire));
  g_assert_cmpuint (drive.n_asked, >, 0);
  g_assert_cmpuint (gvnc_writer_left (&drive.out), >, 0);
  gvnc_drive_clear (&drive);
  g_assert_cmpint (take_left (), ==, 0);
}

/* ---- keys ---- */

static void
keep_begin (void)
{
  n_kept = 0;
  is_keeping = TRUE;
}

static void
keep_end (void)
{
  is_keeping = FALSE;
  g_assert_cmpuint (n_kept, <=, sizeof kept);
}

/* Whether it was freed, also with its bytes the other way round, as big numbers have them. */
static gboolean
keep_has (const guint8 *bytes,
          gsize         len)
{
  guint8 mirrored[64];

  g_assert_cmpuint (len, <=, sizeof mirrored);
  for (gsize i = 0; i < len; i++)
    mirrored[i] = bytes[len - 1 - i];
  return memmem (kept, n_kept, bytes, len) != NULL || memmem (kept, n_kept, mirrored, len) != NULL;
}

static void
test_keep_seen (void)
{
  static const guint8 key[16] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };
  guint8 *copy;

  keep_begin ();
  keep_end ();
  g_assert_false (keep_has (key, sizeof key));
  keep_begin ();
  copy = g_malloc (100);
  for (guint i = 0; i < sizeof key; i++)
    copy[60 - i] = key[i];
  g_free (copy);
  keep_end ();
  g_assert_true (keep_has (key, sizeof key));
}

static void
rsa_server_send (GvncDrive          *drive,
                 const GvncDriveApp *app,
                 GvncRsaServer      *server,
                 const guint8       *bytes,
                 guint16             len)
{
  guint8 frame[GVNC_EAX_EXTRA_LEN + 32];

  gvnc_eax_seal (&server->out, bytes, len, frame);
  g_assert_true (gvnc_drive_bytes (drive, app, frame, GVNC_EAX_EXTRA_LEN + len));
}

/* The session goes on in the layer, to its end. */
static void
rsa_layer (GvncSecureRequest *request,
           GvncRsaServer     *server)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  GvncMemoryLayer *memory = gvnc_memory_layer_new ();
  GvncLayer *layer = gvnc_rsa_aes_layer_new (g_steal_pointer (&request->data), &memory->layer, nothing);
  guint8 frame[GVNC_EAX_EXTRA_LEN + sizeof SECRET], text[sizeof SECRET];

  gvnc_eax_seal (&server->out, (const guint8 *) SECRET, sizeof SECRET, frame);
  g_byte_array_append (memory->in, frame, sizeof frame);
  g_assert_cmpint (gvnc_layer_read (layer, text, sizeof text, NULL), ==, sizeof text);
  g_assert_cmpint (gvnc_layer_write (layer, text, sizeof text, NULL), ==, sizeof text);
  gvnc_layer_free (layer);
  gvnc_secure_request_free (request);
}

/* Neither what was given, nor what the keys of the session are made of, nor they. */
static void
test_rsa_aes (gconstpointer data)
{
  const GvncSecurityType *type = data;
  gboolean is_256 = type == &gvnc_security_ra2_256 || type == &gvnc_security_ra2ne_256;
  const GvncDriveApp app = { SECRET, "user", 0 };
  guint8 wire[GVNC_RSA_SECRET_LEN], hash[32];
  GvncRsaServer server;
  GvncDrive drive;
  gsize len;

  gvnc_rsa_server_init (&server, is_256 ? 32 : 16);
  keep_begin ();
  gvnc_drive_init (&drive, type);
  g_assert_true (gvnc_drive_start (&drive));
  g_assert_true (gvnc_drive_bytes (&drive, &app, server.server_wire, GVNC_RSA_PUBLIC_LEN));
  is_server = TRUE;
  g_assert_true (gvnc_rsa_server_take (&server, gvnc_writer_peek (&drive.out)));
  gvnc_rsa_server_secret (&server, server.key_len, wire);
  len = gvnc_rsa_server_hash (&server, FALSE, hash);
  is_server = FALSE;
  g_assert_true (gvnc_drive_bytes (&drive, &app, wire, sizeof wire));
  rsa_server_send (&drive, &app, &server, hash, (guint16) len);
  rsa_server_send (&drive, &app, &server, (const guint8 *) "\1", 1);
  g_assert_cmpuint (drive.n_asked, ==, 1);
  if (drive.security->layer != NULL)
    rsa_layer (g_steal_pointer (&drive.security->layer), &server);
  gvnc_drive_clear (&drive);
  keep_end ();
  g_assert_cmpint (take_left (), ==, 0);
  g_assert_false (keep_has (server.client_key, server.key_len));
  g_assert_false (keep_has (server.server_key, server.key_len));
  g_assert_false (keep_has (server.client_random, server.key_len));
  g_assert_false (keep_has (server.server_random, server.key_len));
}

static const GvncSecurityType *const rsa_aes[] = {
  &gvnc_security_ra2, &gvnc_security_ra2ne, &gvnc_security_ra2_256, &gvnc_security_ra2ne_256,
};

static void
test_apple_rsa (void)
{
  const GvncDriveApp app = { SECRET, "user", 0 };
  g_autoptr (GBytes) info = gvnc_rsa_server_info ();
  gsize len = g_bytes_get_size (info), sent_len;
  const guint8 head[] = { 0, 0, (guint8) ((len + 7) >> 8), (guint8) (len + 7), 1, 0, 0, 0, (guint8) (len >> 8), (guint8) len };
  g_autoptr (GByteArray) wire = g_byte_array_new ();
  guint8 key[16];
  GvncDrive drive;

  g_byte_array_append (wire, head, sizeof head);
  g_byte_array_append (wire, g_bytes_get_data (info, NULL), (guint) len);
  g_byte_array_append (wire, (const guint8 *) "", 1);
  keep_begin ();
  gvnc_drive_init (&drive, &gvnc_security_apple_rsa);
  g_assert_true (gvnc_drive_start (&drive));
  g_assert_true (gvnc_drive_bytes (&drive, &app, wire->data, wire->len));
  g_assert_cmpuint (drive.n_asked, ==, 1);
  sent_len = gvnc_writer_left (&drive.out);
  g_assert_cmpuint (sent_len, >, GVNC_RSA_SERVER_LEN);
  is_server = TRUE;
  g_assert_true (gvnc_rsa_server_open (gvnc_writer_peek (&drive.out) + sent_len - GVNC_RSA_SERVER_LEN, key, sizeof key));
  is_server = FALSE;
  gvnc_drive_clear (&drive);
  keep_end ();
  g_assert_cmpint (take_left (), ==, 0);
  g_assert_false (keep_has (key, sizeof key));
}

/* ---- connections ---- */

#define HELLO "> 'RFB 003.008\n'", "< 'RFB 003.008\n'"
#define DESK  "> 00000000", "< 00", "> 0004 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000000"

static const char *const plain[] = {
  HELLO, "> 01 13", "< 13", "> 00 02", "< 00 02", "> 00 01 00000100", "< 00000100",
  "< 00000004 00000008 'user' '" SECRET "'", DESK, NULL
};
static const char *const plain_refused[] = {
  HELLO, "> 01 13", "< 13", "> 00 02", "< 00 02", "> 00 01 00000100", "< 00000100",
  "< 00000004 00000008 'user' '" SECRET "'", "> 00000001 00000002 'no'", NULL
};
static const char *const never_asks[] = { HELLO, "> 01 13", "< 13", "> 00 00", NULL };

typedef enum {
  GIVE_BEFORE,    /* the connection is opened */
  GIVE_ASKED,     /* by the old signal */
  GIVE_REQUEST,   /* with the object that asks */
  GIVE_TWICE,     /* the first is taken back */
} Give;

typedef struct {
  const char        *name;
  const char *const *lines;
  const char        *until;
  Give               give;
  gboolean           reconnect;
} ConnectionRow;

static const ConnectionRow connections[] = {
  { "given before", plain, "vnc-initialized", GIVE_BEFORE },
  { "given when it is asked for", plain, "vnc-initialized", GIVE_ASKED },
  { "given to a request", plain, "vnc-initialized", GIVE_REQUEST },
  { "taken back and given again", plain, "vnc-initialized", GIVE_TWICE },
  { "kept for the next session", plain, "vnc-initialized", GIVE_ASKED, TRUE },
  { "refused", plain_refused, "vnc-disconnected", GIVE_REQUEST },
  { "given and never asked for", never_asks, "vnc-disconnected", GIVE_BEFORE },
};

static void
connection_give (VncConnection *conn)
{
  vnc_connection_set_credential (conn, VNC_CONNECTION_CREDENTIAL_USERNAME, "user");
  vnc_connection_set_credential (conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, SECRET);
}

static void
connection_hook (GvncWatch  *watch,
                 const char *line)
{
  const ConnectionRow *row = watch->data;

  if (g_str_has_prefix (line, "vnc-auth-choose-type"))
    vnc_connection_set_auth_type (watch->conn, VNC_CONNECTION_AUTH_VENCRYPT);
  else if (g_str_has_prefix (line, "vnc-auth-choose-subtype"))
    vnc_connection_set_auth_subtype (watch->conn, 256);
  else if (g_str_has_prefix (line, "vnc-auth-credential") && row->give == GIVE_TWICE)
    connection_give (watch->conn);
  else if (g_str_has_prefix (line, "vnc-auth-credential") && row->give == GIVE_ASKED)
    connection_give (watch->conn);
}

static gboolean
connection_requested (VncConnection        *conn,
                      VncCredentialRequest *request,
                      const ConnectionRow  *row)
{
  if (row->give != GIVE_REQUEST)
    return FALSE;
  vnc_credential_request_set (request, VNC_CONNECTION_CREDENTIAL_PASSWORD, SECRET " that is wrong");
  vnc_credential_request_set (request, VNC_CONNECTION_CREDENTIAL_PASSWORD, SECRET);
  vnc_credential_request_set (request, VNC_CONNECTION_CREDENTIAL_USERNAME, "user");
  return vnc_credential_request_complete (request, NULL);
}

static void
connection_serve (gint     fd,
                  gpointer lines)
{
  is_server = TRUE;
  g_assert_true (gvnc_peer_run (fd, lines, 0));
  gvnc_peer_drain (fd);
}

static void
test_connection (gconstpointer data)
{
  const ConnectionRow *row = data;
  GvncWatch watch;
  GvncPeer *peer;
  gint fd;

  gvnc_watch_init (&watch);
  watch.hook = connection_hook;
  watch.data = (gpointer) row;
  g_object_set (watch.conn, "allow-plain", TRUE, "reconnect", row->reconnect, NULL);
  g_signal_connect (watch.conn, "vnc-credentials-requested", G_CALLBACK (connection_requested), watch.data);
  peer = gvnc_peer_start_func (connection_serve, (gpointer) row->lines, &fd);
  g_assert_true (vnc_connection_open_fd (watch.conn, fd));
  if (row->give == GIVE_BEFORE)
    connection_give (watch.conn);
  if (row->give == GIVE_TWICE) {
    vnc_connection_set_credential (watch.conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, SECRET);
    vnc_connection_set_credential (watch.conn, VNC_CONNECTION_CREDENTIAL_PASSWORD, NULL);
  }
  gvnc_watch_until (&watch, row->until);
  gvnc_watch_clear (&watch);
  gvnc_peer_finish (peer);
  g_assert_cmpint (take_left (), ==, 0);
}

static const char *const addresses[] = {
  "vnc://user:" SECRET "@host",
  "vnc://user:" SECRET "@host/?SecurityType=2#nonsense",
  "vnc://user:" SECRET "@host:0/",
  "vnc://user:" SECRET "@host:nonsense/",
  "nonsense://user:" SECRET "@host/",
  "vnc+ssh://user:" SECRET "@host/",
  "vnc://host/?VncUsername=user&VncPassword=" SECRET,
  "vnc://host/?VncPassword=" SECRET "&VncPassword=other",
  "vnc://host:0/?VncPassword=" SECRET,
  "nonsense://host/?VncPassword=" SECRET,
  "vnc+ssh://user:password@host/?VncPassword=" SECRET,
  "vnc://host/?%zz=" SECRET,
  "vnc://host/?%zz=&VncPassword=" SECRET,
};

static void
test_address (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  VncUri *uri = vnc_uri_parse (data, &error);

  g_assert_true ((uri != NULL) == (error == NULL));
  if (uri != NULL)
    vnc_uri_free (uri);
  g_assert_cmpint (take_left (), ==, 0);
}

int
main (int    argc,
      char **argv)
{
#ifdef WHY_NOT
  g_print ("1..0 # SKIP %s\n", WHY_NOT);
  return 0;
#endif
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/seen", test_seen);
  g_test_add_func ("/secrets/keys/seen", test_keep_seen);
  for (guint i = 0; i < G_N_ELEMENTS (rsa_aes); i++) {
    g_autofree char *name = g_strconcat ("/secrets/keys/", rsa_aes[i]->name, NULL);

    g_test_add_data_func (name, rsa_aes[i], test_rsa_aes);
  }
  g_test_add_func ("/secrets/keys/Apple RSA", test_apple_rsa);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autofree char *name = g_strconcat ("/secrets/type/", types[i].name, NULL);

    g_test_add_data_func (name, &types[i], test_type);
  }
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++) {
    g_autofree char *name = g_strconcat ("/secrets/connection/", connections[i].name, NULL);

    g_test_add_data_func (name, &connections[i], test_connection);
  }
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autofree char *name = g_strdup_printf ("/secrets/address/%u", i);

    g_test_add_data_func (name, addresses[i], test_address);
  }
  return g_test_run ();
}
