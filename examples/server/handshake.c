/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>
#include <sys/random.h>

#include "bytes.h"
#include "client.h"

enum {
  SECURITY_NONE = 1,
  SECURITY_VNC = 2,
};

void
demo_handshake_begin (DemoClient *client)
{
  g_autofree char *hello = g_strdup_printf ("RFB 003.%03d\n", client->server->options->rfb_minor);

  g_byte_array_append (client->out, (const guint8 *) hello, 12);
  demo_client_send (client);
}

static void
handshake_challenge (DemoClient *client)
{
  if (getrandom (client->challenge, sizeof client->challenge, 0) != (gssize) sizeof client->challenge)
    g_error ("The system gives no random numbers");
  g_byte_array_append (client->out, client->challenge, sizeof client->challenge);
  client->state = CLIENT_CHALLENGE;
}

static guint
handshake_type (const DemoClient *client)
{
  const DemoOptions *options = client->server->options;

  if (options->security != 0)
    return (guint) options->security;
  return options->password ? SECURITY_VNC : SECURITY_NONE;
}

/* The lower of the two versions is spoken; odd ones count as the one below. */
static gssize
handshake_version (DemoClient *client, const guint8 *bytes, gsize n)
{
  gboolean secret = client->server->options->password != NULL;
  guint major;
  guint minor;

  if (n < 12)
    return 0;
  if (memcmp (bytes, "RFB ", 4) != 0 || bytes[7] != '.' || bytes[11] != '\n') {
    demo_client_drop (client, "it does not speak RFB");
    return -1;
  }
  for (guint i = 4; i < 11; i++)
    if (i != 7 && !g_ascii_isdigit (bytes[i])) {
      demo_client_drop (client, "its version is no number");
      return -1;
    }
  major = (bytes[4] - '0') * 100u + (bytes[5] - '0') * 10u + (bytes[6] - '0');
  minor = (bytes[8] - '0') * 100u + (bytes[9] - '0') * 10u + (bytes[10] - '0');
  if (major > 3)
    minor = 8;
  if (major < 3)
    minor = 3;
  minor = MIN (minor, (guint) client->server->options->rfb_minor);
  client->rfb_minor = minor >= 8 ? 8 : minor == 7 ? 7 : 3;

  if (client->rfb_minor == 3) {
    demo_put_u32 (client->out, secret ? SECURITY_VNC : SECURITY_NONE);
    if (secret)
      handshake_challenge (client);
    else
      client->state = CLIENT_INIT;
  } else {
    demo_put_u8 (client->out, 1);
    demo_put_u8 (client->out, handshake_type (client));
    client->state = CLIENT_SECURITY;
  }
  demo_client_send (client);
  return 12;
}

static gssize
handshake_security (DemoClient *client, guint8 choice)
{
  guint offered = handshake_type (client);

  if (choice != offered) {
    demo_client_drop (client, "it chose a security type that was not offered");
    return -1;
  }
  if (choice > SECURITY_VNC) {
    demo_security_begin (client, choice);
    client->state = CLIENT_KEYS;
  } else if (choice == SECURITY_VNC) {
    handshake_challenge (client);
  } else {
    if (client->rfb_minor >= 8)
      demo_put_u32 (client->out, 0);
    client->state = CLIENT_INIT;
  }
  demo_client_send (client);
  return 1;
}

void
demo_handshake_result (DemoClient *client, gboolean ok)
{
  demo_put_u32 (client->out, !ok);
  if (!ok) {
    if (client->rfb_minor >= 8)
      demo_put_string (client->out, "The password is wrong");
    demo_server_event (client->server, "auth failed");
    client->closing = TRUE;
  } else {
    demo_server_event (client->server, "auth ok");
    client->state = CLIENT_INIT;
  }
  demo_client_send (client);
}

static gssize
handshake_response (DemoClient *client, const guint8 *bytes, gsize n)
{
  guint8 expected[16];
  guint different = 0;

  if (n < sizeof expected)
    return 0;
  demo_vncauth_encrypt (client->server->options->password, client->challenge, expected);
  for (gsize i = 0; i < sizeof expected; i++)
    different |= expected[i] ^ bytes[i];

  demo_handshake_result (client, different == 0);
  return client->dead ? -1 : (gssize) sizeof expected;
}

static gssize
handshake_init (DemoClient *client, guint8 shared)
{
  const DemoScreen *screen = &client->server->screen;
  guint8 format[DEMO_FORMAT_BYTES];

  demo_server_event (client->server, "client-init shared %d version 3.%u", shared != 0, client->rfb_minor);
  client->width = screen->width;
  client->height = screen->height;
  demo_converter_set (&client->to, &screen->native.format);
  demo_format_to_wire (&client->to.format, format);

  demo_put_u16 (client->out, (guint) screen->width);
  demo_put_u16 (client->out, (guint) screen->height);
  g_byte_array_append (client->out, format, sizeof format);
  demo_put_string (client->out, client->server->name);
  client->state = CLIENT_RUNNING;
  g_clear_handle_id (&client->timeout_id, g_source_remove);
  demo_update_format_changed (client);
  demo_client_send (client);
  return 1;
}

gssize
demo_handshake_take (DemoClient *client, const guint8 *bytes, gsize n)
{
  switch (client->state) {
  case CLIENT_VERSION:
    return handshake_version (client, bytes, n);
  case CLIENT_SECURITY:
    return handshake_security (client, bytes[0]);
  case CLIENT_CHALLENGE:
    return handshake_response (client, bytes, n);
  case CLIENT_KEYS:
    return demo_security_take (client, bytes, n);
  default:
    return handshake_init (client, bytes[0]);
  }
}
