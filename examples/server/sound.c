/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "sound.h"

#include <math.h>

#include "bytes.h"

#define SOUND_TICK_MS 20
#define SOUND_MOST_HERTZ 48000
/* What a client that does not read misses. */
#define SOUND_OUTPUT_MARK (256 * 1024)

enum { SOUND_END = 0, SOUND_BEGIN = 1, SOUND_DATA = 2 };

/* U8 255 | U8 1 | U16 operation */
static void
sound_put (DemoClient *client, guint operation)
{
  demo_put_u32 (demo_client_message (client), 0xff010000u | operation);
}

/* The formats are U8, S8, U16, S16, U32, S32; the low byte comes first. */
static void
sound_put_frames (DemoClient *client, guint hertz, guint n_frames)
{
  DemoSound *sound = &client->sound;
  GByteArray *out = demo_client_message (client);
  guint n_bytes = 1u << (sound->format / 2);

  sound_put (client, SOUND_DATA);
  demo_put_u32 (out, n_frames * sound->n_channels * n_bytes);
  for (guint i = 0; i < n_frames; i++) {
    guint32 value = (guint32) (gint32) (0.4 * 2147483647.0 * sin (2 * G_PI * sound->phase));

    if (sound->format % 2 == 0)
      value ^= 0x80000000u;
    for (guint c = 0; c < sound->n_channels; c++)
      for (guint b = 0; b < n_bytes; b++)
        demo_put_u8 (out, value >> (32 - 8 * n_bytes + 8 * b) & 0xff);
    sound->phase += (double) hertz / sound->hertz;
    sound->phase -= floor (sound->phase);
  }
}

static gboolean
sound_is_on (const DemoClient *client)
{
  return !client->dead && client->state == CLIENT_RUNNING && client->sound.enabled;
}

static gboolean
sound_tick (gpointer data)
{
  DemoServer *server = data;
  gint64 now = g_get_monotonic_time ();
  gboolean any = FALSE;

  for (guint i = 0; i < server->clients->len; i++) {
    DemoClient *client = g_ptr_array_index (server->clients, i);
    DemoSound *sound = &client->sound;
    guint64 due;

    if (!sound_is_on (client))
      continue;
    any = TRUE;
    due = (guint64) (now - sound->begun_us) * sound->hertz / G_USEC_PER_SEC;
    if (client->out->len + client->later->len < SOUND_OUTPUT_MARK)
      sound_put_frames (client, server->tone, (guint) MIN (due - sound->n_frames, sound->hertz / 10));
    sound->n_frames = due;
  }
  demo_server_flush (server);
  if (any && server->tone > 0)
    return G_SOURCE_CONTINUE;
  server->sound_id = 0;
  return G_SOURCE_REMOVE;
}

static void
sound_begin (DemoClient *client)
{
  DemoServer *server = client->server;

  sound_put (client, SOUND_BEGIN);
  client->sound.begun_us = g_get_monotonic_time ();
  client->sound.n_frames = 0;
  if (server->sound_id == 0)
    server->sound_id = g_timeout_add (SOUND_TICK_MS, sound_tick, server);
}

void
demo_sound_set_tone (DemoServer *server, guint hertz)
{
  guint before = server->tone;

  server->tone = hertz;
  for (guint i = 0; i < server->clients->len; i++) {
    DemoClient *client = g_ptr_array_index (server->clients, i);

    if (!sound_is_on (client))
      continue;
    if (before == 0 && hertz > 0)
      sound_begin (client);
    else if (before > 0 && hertz == 0)
      sound_put (client, SOUND_END);
  }
  if (hertz == 0)
    g_clear_handle_id (&server->sound_id, g_source_remove);
  demo_server_flush (server);
}

static void
sound_enable (DemoClient *client)
{
  DemoSound *sound = &client->sound;

  if (sound->enabled)
    return;
  sound->enabled = TRUE;
  sound->format = sound->next_format;
  sound->n_channels = sound->next_n_channels;
  sound->hertz = sound->next_hertz;
  if (client->server->tone > 0)
    sound_begin (client);
}

/* U8 255 | U8 1 | U16 operation: 0 enable, 1 disable, 2 format [ | U8 format | U8 channels | U32 hertz ] */
gssize
demo_sound_take (DemoClient *client, const guint8 *bytes, gsize n)
{
  DemoSound *sound = &client->sound;
  guint operation;

  if (n < 4)
    return 0;
  operation = demo_get_u16 (bytes + 2);
  if (operation > 2) {
    demo_client_drop (client, "it sent an unknown message about sound");
    return -1;
  }
  if (operation < 2) {
    demo_server_event (client->server, operation == 0 ? "audio-enable" : "audio-disable");
    if (operation == 0)
      sound_enable (client);
    else
      sound->enabled = FALSE;
    demo_server_flush (client->server);
    return 4;
  }

  if (n < 10)
    return 0;
  sound->next_format = bytes[4];
  sound->next_n_channels = bytes[5];
  sound->next_hertz = demo_get_u32 (bytes + 6);
  demo_server_event (client->server, "audio-format %u %u %u", sound->next_format, sound->next_n_channels, sound->next_hertz);
  if (sound->next_format > 5 || sound->next_n_channels < 1 || sound->next_n_channels > 2 ||
      sound->next_hertz < 1 || sound->next_hertz > SOUND_MOST_HERTZ) {
    demo_client_drop (client, "it wants impossible sound");
    return -1;
  }
  return 10;
}
