/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gvnc.h"

#include <libsoup/soup.h>
#include <string.h>

/* Our WebSocket against one that is not ours: libsoup's server, with a VNC server's greeting behind it. The server runs
 * on the main context, our side on its engine's thread. */
typedef struct {
  SoupWebsocketConnection *socket;
  GByteArray              *received;
  guint                    step;
  gboolean                 splits;      /* messages of a few bytes each, and pings between them */
} Server;

typedef struct {
  const char *bytes;
  gsize       len;
  gsize       wants;                    /* bytes of the client's that come after it */
} Step;

#define STEP(bytes, wants) { bytes, sizeof (bytes) - 1, wants }

static const Step steps[] = {
  STEP ("RFB 003.008\n", 12),
  STEP ("\1\1", 1),
  STEP ("\0\0\0\0", 1),
  STEP ("\0\4\0\2\x20\x18\0\1\0\xff\0\xff\0\xff\x10\x08\0\0\0\0\0\0\0\4soup", 10),
  STEP ("\2", G_MAXSIZE),
};

static void
server_send (Server *self)
{
  const Step *step = &steps[self->step];
  gsize piece = self->splits ? 3 : step->len;

  for (gsize at = 0; at < step->len; at += piece)
    soup_websocket_connection_send_binary (self->socket, step->bytes + at, MIN (piece, step->len - at));
}

static void
server_message (SoupWebsocketConnection *socket,
                gint                     type,
                GBytes                  *message,
                Server                  *self)
{
  gsize len;
  const guint8 *bytes = g_bytes_get_data (message, &len);

  g_assert_cmpint (type, ==, SOUP_WEBSOCKET_DATA_BINARY);
  g_byte_array_append (self->received, bytes, (guint) len);
  while (self->step < G_N_ELEMENTS (steps) - 1 && self->received->len >= steps[self->step].wants) {
    g_byte_array_remove_range (self->received, 0, (guint) steps[self->step].wants);
    self->step++;
    server_send (self);
  }
}

static void
server_connected (SoupServer              *server,
                  SoupServerMessage       *message,
                  const char              *path,
                  SoupWebsocketConnection *socket,
                  gpointer                 data)
{
  Server *self = data;

  g_assert_cmpstr (soup_websocket_connection_get_protocol (socket), ==, "binary");
  self->socket = g_object_ref (socket);
  if (self->splits)
    soup_websocket_connection_set_keepalive_interval (socket, 1);
  g_signal_connect (socket, "message", G_CALLBACK (server_message), self);
  server_send (self);
}

static void
choose (VncConnection *conn)
{
  vnc_connection_set_auth_type (conn, VNC_CONNECTION_AUTH_NONE);
}

static void
request (VncConnection *conn)
{
  g_assert_cmpstr (vnc_connection_get_name (conn), ==, "soup");
  vnc_connection_framebuffer_update_request (conn, FALSE, 0, 0, 4, 2);
}

static void
stop (gboolean *flag)
{
  *flag = TRUE;
}

static void
fail (VncConnection *conn,
      const char    *message)
{
  g_error ("%s", message);
}

static void
test_session (gconstpointer data)
{
  char *protocols[] = { (char *) "binary", NULL };
  g_autoptr (SoupServer) server = soup_server_new ("server-header", "test", NULL);
  VncConnection *conn = vnc_connection_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  VncUri *uri;
  Server peer = { .splits = GPOINTER_TO_INT (data) };
  gboolean rung = FALSE, closed = FALSE;
  GSList *uris;

  peer.received = g_byte_array_new ();
  soup_server_add_websocket_handler (server, "/vnc", NULL, protocols, server_connected, &peer, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  text = g_strdup_printf ("ws://127.0.0.1:%d/vnc", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_signal_connect (conn, "vnc-auth-choose-type", G_CALLBACK (choose), NULL);
  g_signal_connect (conn, "vnc-initialized", G_CALLBACK (request), NULL);
  g_signal_connect (conn, "vnc-error", G_CALLBACK (fail), NULL);
  g_signal_connect_swapped (conn, "vnc-bell", G_CALLBACK (stop), &rung);
  g_signal_connect_swapped (conn, "vnc-disconnected", G_CALLBACK (stop), &closed);
  uri = vnc_uri_parse (text, &error);
  g_assert_no_error (error);
  g_assert_true (vnc_connection_open_uri (conn, uri));
  vnc_uri_free (uri);

  while (!rung)
    g_main_context_iteration (NULL, TRUE);
  vnc_connection_shutdown (conn);
  while (!closed)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (conn);
  soup_server_disconnect (server);
  g_clear_object (&peer.socket);
  g_byte_array_unref (peer.received);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/soup/session", GINT_TO_POINTER (FALSE), test_session);
  g_test_add_data_func ("/soup/session in small messages", GINT_TO_POINTER (TRUE), test_session);
  return g_test_run ();
}
