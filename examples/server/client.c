/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "client.h"

#include <string.h>

/* Ends a connection. The memory goes later, as callers may still hold the pointer. */
void
demo_client_drop (DemoClient *client, const char *why)
{
  if (client->dead)
    return;
  client->dead = TRUE;
  demo_server_event (client->server, "client-left %s", why);
  g_clear_handle_id (&client->timeout_id, g_source_remove);
  if (client->in_source)
    g_source_destroy (client->in_source);
  if (client->out_source)
    g_source_destroy (client->out_source);
  g_clear_pointer (&client->in_source, g_source_unref);
  g_clear_pointer (&client->out_source, g_source_unref);
  g_io_stream_close (G_IO_STREAM (client->connection), NULL, NULL);
  demo_server_client_closed (client->server);
}

static gboolean client_writable (GSocket *socket, GIOCondition condition, gpointer data);
static gboolean client_readable (GSocket *socket, GIOCondition condition, gpointer data);

/* Writes what the socket takes now, and waits for the rest. */
void
demo_client_send (DemoClient *client)
{
  demo_security_seal (client);
  while (!client->dead && client->out_sent < client->out->len) {
    g_autoptr (GError) error = NULL;
    gssize n = g_socket_send (client->socket, (const char *) client->out->data + client->out_sent,
                              client->out->len - client->out_sent, NULL, &error);

    if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
      break;
    if (n < 0) {
      demo_client_drop (client, "connection lost");
      return;
    }
    client->out_sent += (guint) n;
    client->n_sent += (guint64) n;
  }
  if (client->dead)
    return;

  if (client->out_sent == client->out->len) {
    demo_security_sent (client, client->out_sent);
    client->out_sent = 0;
    g_byte_array_set_size (client->out, 0);
    if (client->out_source) {
      g_source_destroy (client->out_source);
      g_clear_pointer (&client->out_source, g_source_unref);
    }
    if (client->closing)
      demo_client_drop (client, "refused");
    return;
  }
  if (client->out->len - client->out_sent + client->later->len > DEMO_MAX_OUTPUT) {
    demo_client_drop (client, "it does not read");
    return;
  }
  if (client->out_sent > DEMO_OUTPUT_MARK) {
    g_byte_array_remove_range (client->out, 0, client->out_sent);
    demo_security_sent (client, client->out_sent);
    client->out_sent = 0;
  }
  if (!client->out_source) {
    client->out_source = g_socket_create_source (client->socket, G_IO_OUT, NULL);
    g_source_set_callback (client->out_source, G_SOURCE_FUNC (client_writable), client, NULL);
    g_source_attach (client->out_source, NULL);
  }
}

static void
client_listen (DemoClient *client)
{
  if (client->in_source)
    return;
  client->in_source = g_socket_create_source (client->socket, G_IO_IN, NULL);
  g_source_set_callback (client->in_source, G_SOURCE_FUNC (client_readable), client, NULL);
  g_source_attach (client->in_source, NULL);
}

/* Takes all whole messages that have come. Where one must wait for the update under way, reading stops in time. */
static void
client_take (DemoClient *client)
{
  gsize used = 0;

  client->waiting = FALSE;
  while (!client->dead && !client->closing && used < client->in->len) {
    const guint8 *bytes = client->in->data + used;
    gsize left = client->in->len - used;
    gssize n = client->state == CLIENT_RUNNING ? demo_messages_take (client, bytes, left)
                                               : demo_handshake_take (client, bytes, left);

    if (n < 0)
      return;
    if (n == 0)
      break;
    used += (gsize) n;
  }
  if (client->dead)
    return;
  if (used > 0)
    g_byte_array_remove_range (client->in, 0, (guint) used);
  if (client->in->len < DEMO_MAX_INPUT && !client->closing) {
    client_listen (client);
  } else if (client->in_source) {
    g_source_destroy (client->in_source);
    g_clear_pointer (&client->in_source, g_source_unref);
  }
}

/* Sends what can be sent, and takes the messages that waited for that. Not to be called while a message is taken. */
void
demo_client_advance (DemoClient *client)
{
  demo_update_pump (client);
  while (!client->dead && client->waiting && !demo_client_is_updating (client)) {
    client_take (client);
    demo_update_pump (client);
  }
}

/* Where a message to the client that is no update goes. */
GByteArray *
demo_client_message (DemoClient *client)
{
  return demo_client_is_updating (client) ? client->later : client->out;
}

static gboolean
client_writable (GSocket *socket, GIOCondition condition, gpointer data)
{
  DemoClient *client = data;

  demo_client_send (client);
  if (!client->dead)
    demo_client_advance (client);
  return client->dead || !client->out_source ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean
client_readable (GSocket *socket, GIOCondition condition, gpointer data)
{
  DemoClient *client = data;
  char chunk[16384];
  g_autoptr (GError) error = NULL;
  gssize n = g_socket_receive (client->socket, chunk, sizeof chunk, NULL, &error);

  if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n <= 0) {
    demo_client_drop (client, "closed");
    return G_SOURCE_REMOVE;
  }
  if (!demo_security_open (client, (const guint8 *) chunk, (gsize) n)) {
    demo_client_drop (client, "its messages were changed on their way");
    return G_SOURCE_REMOVE;
  }
  client_take (client);
  demo_client_advance (client);
  return client->dead || !client->in_source ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean
client_timed_out (gpointer data)
{
  DemoClient *client = data;

  client->timeout_id = 0;
  demo_client_drop (client, "handshake too slow");
  return G_SOURCE_REMOVE;
}

gboolean
demo_client_is_updating (const DemoClient *client)
{
  return client->next_tile < client->tiles->len;
}

/* Whether it waits for an update and nothing is on its way to it: time for the next frame. */
gboolean
demo_client_is_ready (const DemoClient *client)
{
  return !client->dead && client->state == CLIENT_RUNNING && client->requested &&
         !demo_client_is_updating (client) && client->out->len == 0;
}

DemoClient *
demo_client_new (DemoServer *server, GSocketConnection *connection)
{
  static guint last_id;
  DemoClient *client = g_new0 (DemoClient, 1);

  client->server = server;
  client->id = ++last_id;
  client->connection = g_object_ref (connection);
  client->socket = g_socket_connection_get_socket (connection);
  g_socket_set_blocking (client->socket, FALSE);
  client->in = g_byte_array_new ();
  client->out = g_byte_array_new ();
  client->later = g_byte_array_new ();
  client->tiles = g_array_new (FALSE, FALSE, sizeof (DemoRect));
  client->values = g_new (guint32, DEMO_TILE_PIXELS);
  client->rgb = g_new (guint32, DEMO_TILE_PIXELS);
  client->sound = (DemoSound) { .next_format = 3, .next_n_channels = 2, .next_hertz = 44100 };
  demo_encoder_init (&client->encoder);
  client->timeout_id = g_timeout_add_seconds (DEMO_HANDSHAKE_SECONDS, client_timed_out, client);
  client_listen (client);
  demo_handshake_begin (client);
  return client;
}

void
demo_client_free (DemoClient *client)
{
  client->dead = TRUE;
  g_clear_handle_id (&client->timeout_id, g_source_remove);
  if (client->in_source)
    g_source_destroy (client->in_source);
  if (client->out_source)
    g_source_destroy (client->out_source);
  g_clear_pointer (&client->in_source, g_source_unref);
  g_clear_pointer (&client->out_source, g_source_unref);
  demo_security_free (client->security);
  demo_encoder_clear (&client->encoder);
  g_queue_clear_full (&client->flow.pings, g_free);
  g_byte_array_unref (client->in);
  g_byte_array_unref (client->out);
  g_byte_array_unref (client->later);
  g_array_unref (client->tiles);
  g_free (client->values);
  g_free (client->rgb);
  g_object_unref (client->connection);
  g_free (client);
}
