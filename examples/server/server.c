/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "server.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>

#include "bytes.h"
#include "client.h"

/* The places where the screen, the card and the clients meet. All of it runs on the main loop. Clients are not sent
 * anything from inside the calls here: that is done in one go, by server_flush_now (), once the loop comes round. */

#define server_each(server, client) \
  for (guint each_ = 0; each_ < (server)->clients->len && \
       ((client) = g_ptr_array_index ((server)->clients, each_), TRUE); each_++) \
    if (!(client)->dead && (client)->state == CLIENT_RUNNING)

/* One line into the file of events, if there is one. */
void
demo_server_event (DemoServer *server, const char *format, ...)
{
  va_list args;

  if (!server->events)
    return;
  va_start (args, format);
  vfprintf (server->events, format, args);
  va_end (args);
  fputc ('\n', server->events);
  fflush (server->events);
}

static void
server_damaged (const DemoRect *rect, gpointer data)
{
  DemoServer *server = data;
  DemoClient *client;

  server_each (server, client)
    demo_update_damage (client, rect);
  demo_server_flush (server);
}

static void
server_copied (const DemoRect *to, int dx, int dy, gpointer data)
{
  DemoServer *server = data;
  DemoClient *client;

  server_each (server, client)
    demo_update_copied (client, to, dx, dy);
  demo_server_flush (server);
}

/* What came in while a flush was already under way is left to the next one. */
static gboolean
server_flush_now (gpointer data)
{
  DemoServer *server = data;

  server->flush_id = 0;
  for (guint i = 0; i < server->clients->len; i++) {
    DemoClient *client = g_ptr_array_index (server->clients, i);

    if (!client->dead)
      demo_client_advance (client);
  }
  return G_SOURCE_REMOVE;
}

void
demo_server_flush (DemoServer *server)
{
  if (server->flush_id == 0)
    server->flush_id = g_idle_add_full (G_PRIORITY_DEFAULT, server_flush_now, server, NULL);
}

static gboolean
server_tick (gpointer data)
{
  DemoServer *server = data;

  for (guint i = 0; i < server->clients->len; i++)
    if (demo_client_is_ready (g_ptr_array_index (server->clients, i))) {
      demo_card_tick (server->card);
      return G_SOURCE_CONTINUE;
    }
  server->tick_id = 0;
  return G_SOURCE_REMOVE;
}

/* A client waits for something to change. */
void
demo_server_wake (DemoServer *server)
{
  if (server->tick_id == 0 && !server->options->still)
    server->tick_id = g_timeout_add ((guint) (1000 / server->options->max_fps), server_tick, server);
}

static gboolean
server_reap (gpointer data)
{
  DemoServer *server = data;

  server->reap_id = 0;
  for (guint i = server->clients->len; i > 0; i--)
    if (((DemoClient *) g_ptr_array_index (server->clients, i - 1))->dead)
      g_ptr_array_remove_index (server->clients, i - 1);
  if (server->options->once && server->had_client && server->clients->len == 0)
    g_main_loop_quit (server->loop);
  return G_SOURCE_REMOVE;
}

void
demo_server_client_closed (DemoServer *server)
{
  if (server->reap_id == 0)
    server->reap_id = g_idle_add (server_reap, server);
}

static gboolean
server_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  DemoServer *server = data;

  if (server->clients->len >= DEMO_MAX_CLIENTS)
    return TRUE;
  demo_server_event (server, "client-came");
  server->had_client = TRUE;
  g_ptr_array_add (server->clients, demo_client_new (server, connection));
  return TRUE;
}

void
demo_server_key (DemoServer *server, gboolean down, guint32 keysym)
{
  demo_card_key (server->card, down, keysym);
  if (down && keysym == 0xffe5)
    demo_server_set_leds (server, server->leds ^ 4);
  if (down && keysym == 0xff7f)
    demo_server_set_leds (server, server->leds ^ 2);
  if (down && keysym == 0xff14)
    demo_server_set_leds (server, server->leds ^ 1);
}

/* The client that has moved the pointer knows where it is. */
void
demo_server_pointer (DemoServer *server, guint buttons, int x, int y, DemoClient *by)
{
  DemoClient *client;

  server->pointer_x = CLAMP (x, 0, server->screen.width - 1);
  server->pointer_y = CLAMP (y, 0, server->screen.height - 1);
  demo_card_pointer (server->card, buttons, server->pointer_x, server->pointer_y);
  server_each (server, client)
    if (client != by)
      client->due |= client->offers & DEMO_HAS_ANY_POSITION;
  demo_server_flush (server);
}

void
demo_server_move_pointer (DemoServer *server, int x, int y)
{
  demo_server_pointer (server, 0, x, y, NULL);
}

static void
server_one_monitor (DemoServer *server)
{
  guint32 id = server->n_screens > 0 ? server->screens[0].id : 1;
  guint32 flags = server->n_screens > 0 ? server->screens[0].flags : 0;

  server->screens[0] = (DemoMonitor) { id, { 0, 0, server->screen.width, server->screen.height }, flags };
  server->n_screens = 1;
}

static gboolean
server_same_layout (DemoServer *server, const DemoMonitor *screens, guint n_screens)
{
  if (n_screens != server->n_screens)
    return FALSE;
  for (guint i = 0; i < n_screens; i++) {
    const DemoMonitor *a = &screens[i];
    const DemoMonitor *b = &server->screens[i];

    if (a->id != b->id || a->flags != b->flags || memcmp (&a->rect, &b->rect, sizeof a->rect) != 0)
      return FALSE;
  }
  return TRUE;
}

/* FALSE: larger than this server will be, or too many screens. */
gboolean
demo_server_set_layout (DemoServer *server, int width, int height, const DemoMonitor *screens, guint n_screens,
                        DemoClient *by)
{
  DemoClient *client;
  gboolean same_size = width == server->screen.width && height == server->screen.height;
  gboolean same = same_size && server_same_layout (server, screens, n_screens);

  if (width < 1 || height < 1 || width > DEMO_SCREEN_MAX_SIDE || height > DEMO_SCREEN_MAX_SIDE ||
      n_screens > DEMO_MAX_MONITORS)
    return FALSE;
  if (!same_size) {
    demo_screen_resize (&server->screen, width, height);
    demo_card_draw (server->card);
  }
  if (n_screens > 0)
    memcpy (server->screens, screens, n_screens * sizeof *screens);
  server->n_screens = n_screens;
  if (n_screens == 0)
    server_one_monitor (server);
  server_each (server, client)
    if (!same || client == by)
      demo_update_resized (client, client == by ? 1 : by ? 2 : 0, 0);
  demo_server_flush (server);
  return TRUE;
}

gboolean
demo_server_resize (DemoServer *server, int width, int height, DemoClient *by)
{
  DemoMonitor one = server->screens[0];

  one.rect = (DemoRect) { 0, 0, width, height };
  return demo_server_set_layout (server, width, height, &one, 1, by);
}

/* Has clients told about something with their next update. */
static void
server_tell (DemoServer *server, guint offer)
{
  DemoClient *client;

  server_each (server, client)
    client->due |= client->offers & offer;
  demo_server_flush (server);
}

void
demo_server_set_name (DemoServer *server, const char *name)
{
  g_free (server->name);
  server->name = g_utf8_make_valid (name, (gssize) strnlen (name, DEMO_MAX_NAME));
  demo_card_set_name (server->card, server->name);
  server_tell (server, DEMO_HAS_NAME);
}

void
demo_server_set_cursor (DemoServer *server, DemoCursorKind kind)
{
  DemoClient *client;

  server->cursor = kind;
  server_each (server, client)
    if (client->offers & DEMO_HAS_ANY_CURSOR)
      client->due |= DEMO_HAS_CURSOR;
  demo_server_flush (server);
}

void
demo_server_set_leds (DemoServer *server, guint leds)
{
  server->leds = leds & 7;
  server_tell (server, DEMO_HAS_ANY_LEDS);
}

void
demo_server_set_cursor_hidden (DemoServer *server, gboolean hidden)
{
  server->cursor_hidden = hidden;
  server_tell (server, DEMO_HAS_VMWARE_CURSOR_STATE);
}

/* How keys repeat, and that somebody uses the machine's own screen. */
void
demo_server_tell_vmware (DemoServer *server)
{
  server_tell (server, DEMO_HAS_VMWARE_KEY_REPEAT | DEMO_HAS_VMWARE_STATE);
}

void
demo_server_set_pointer_absolute (DemoServer *server, gboolean absolute)
{
  server->pointer_absolute = absolute;
  server_tell (server, DEMO_HAS_POINTER_MOTION);
}

void
demo_server_set_palette (DemoServer *server, guint index, guint32 rgb)
{
  DemoClient *client;

  demo_screen_set_palette (&server->screen, index, rgb);
  server_each (server, client)
    if (!client->to.format.true_colour)
      demo_update_put_palette (client, index, 1);
  demo_server_flush (server);
}

/* Clients that cannot follow keep the format they have. */
void
demo_server_set_format (DemoServer *server, const DemoFormat *format)
{
  demo_screen_set_format (&server->screen, format);
  server_tell (server, DEMO_HAS_WMVI);
}

void
demo_server_bell (DemoServer *server)
{
  DemoClient *client;

  server_each (server, client)
    demo_put_u8 (demo_client_message (client), 2);
  demo_server_flush (server);
}

/* Latin-1 on the wire; a letter outside of it becomes a question mark. */
static void
server_send_cut_text (DemoClient *client, const char *text)
{
  g_autofree char *latin1 = g_convert_with_fallback (text, -1, "ISO-8859-1", "UTF-8", "?", NULL, NULL, NULL);
  GByteArray *out = demo_client_message (client);

  demo_put_u32 (out, 3u << 24);
  demo_put_string (out, latin1 ? latin1 : "");
}

void
demo_server_cut_text (DemoServer *server, const char *text)
{
  DemoClient *client;

  server_each (server, client)
    server_send_cut_text (client, text);
  demo_server_flush (server);
}

/* Cut text for those who do not know of the extended clipboard. */
void
demo_server_offer_text (DemoServer *server, const char *text)
{
  DemoClient *client;

  g_free (server->clipboard);
  server->clipboard = g_utf8_make_valid (text, -1);
  for (guint i = 0; i < DEMO_N_RICH; i++)
    g_clear_pointer (&server->rich[i], g_free);
  server_each (server, client) {
    if (client->offers & DEMO_HAS_CLIPBOARD)
      demo_clipboard_notify (client);
    else
      server_send_cut_text (client, server->clipboard);
  }
  demo_server_flush (server);
}

/* The same as the text, for programs that can take it. */
void
demo_server_offer_rich (DemoServer *server, DemoRich kind, const char *text)
{
  DemoClient *client;

  g_free (server->rich[kind]);
  server->rich[kind] = g_utf8_make_valid (text, -1);
  server_each (server, client)
    if (client->offers & DEMO_HAS_CLIPBOARD)
      demo_clipboard_notify (client);
  demo_server_flush (server);
}

void
demo_server_drop (DemoServer *server)
{
  for (guint i = 0; i < server->clients->len; i++)
    demo_client_drop (g_ptr_array_index (server->clients, i), "dropped by command");
}

static gboolean
server_listen_port (DemoServer *server, guint16 port, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocketAddress) effective = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (server->service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &effective, error))
    return FALSE;
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  return TRUE;
}

static gboolean
server_listen_socket (DemoServer *server, const char *path, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  struct stat info;

  if (g_lstat (path, &info) == 0 && S_ISSOCK (info.st_mode))
    g_unlink (path);
  return g_socket_listener_add_address (G_SOCKET_LISTENER (server->service), address, G_SOCKET_TYPE_STREAM,
                                        G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error);
}

static gboolean
server_listen (DemoServer *server, GError **error)
{
  const DemoOptions *options = server->options;
  gboolean listening = FALSE;

  if (options->port >= 0)
    listening = server_listen_port (server, (guint16) options->port, error);
  for (guint16 port = 5901; options->port < 0 && !listening && port < 6000; port++) {
    g_clear_error (error);
    listening = server_listen_port (server, port, error);
  }
  return listening && (!options->socket_path || server_listen_socket (server, options->socket_path, error));
}

DemoServer *
demo_server_new (const DemoOptions *options, GMainLoop *loop, GError **error)
{
  DemoServer *server = g_new0 (DemoServer, 1);

  server->options = options;
  server->loop = loop;
  server->clients = g_ptr_array_new_with_free_func ((GDestroyNotify) demo_client_free);
  server->pointer_absolute = TRUE;
  server->name = g_utf8_make_valid (options->name, (gssize) strnlen (options->name, DEMO_MAX_NAME));
  server->service = g_socket_service_new ();
  g_signal_connect (server->service, "incoming", G_CALLBACK (server_incoming), server);

  demo_screen_init (&server->screen, options->width, options->height, &options->format);
  server_one_monitor (server);
  server->screen.damaged = server_damaged;
  server->screen.copied = server_copied;
  server->screen.data = server;
  server->card = demo_card_new (&server->screen, options->seed, server->name);

  if (options->events_path && !(server->events = g_fopen (options->events_path, "we"))) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), _("%s cannot be written: %s"),
                 options->events_path, g_strerror (errno));
    demo_server_free (server);
    return NULL;
  }
  if (!server_listen (server, error)) {
    demo_server_free (server);
    return NULL;
  }
  return server;
}

void
demo_server_free (DemoServer *server)
{
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  g_ptr_array_unref (server->clients);
  g_clear_handle_id (&server->tick_id, g_source_remove);
  g_clear_handle_id (&server->sound_id, g_source_remove);
  g_clear_handle_id (&server->reap_id, g_source_remove);
  g_clear_handle_id (&server->flush_id, g_source_remove);
  g_object_unref (server->service);
  demo_card_free (server->card);
  demo_screen_clear (&server->screen);
  if (server->events)
    fclose (server->events);
  if (server->port != 0 && server->options->socket_path)
    g_unlink (server->options->socket_path);
  for (guint i = 0; i < DEMO_N_RICH; i++)
    g_free (server->rich[i]);
  g_free (server->clipboard);
  g_free (server->name);
  g_free (server);
}
