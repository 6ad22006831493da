/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/address.h"

#include <gio/gio.h>
#include <sys/socket.h>

typedef int (*AddressFunc) (int              fd,
                            struct sockaddr *native,
                            socklen_t       *len);

/* To be unreffed; NULL where it is no Internet socket. */
static GInetSocketAddress *
address_ask (GvncLayer   *layer,
             AddressFunc  ask)
{
  struct sockaddr_storage native;
  socklen_t len = sizeof native;
  GIOCondition condition;
  gint fd = gvnc_layer_poll (layer, 0, &condition);
  g_autoptr (GSocketAddress) address = NULL;

  if (fd < 0 || ask (fd, (struct sockaddr *) &native, &len) != 0)
    return NULL;
  address = g_socket_address_new_from_native (&native, len);
  if (address == NULL || !G_IS_INET_SOCKET_ADDRESS (address))
    return NULL;
  return G_INET_SOCKET_ADDRESS (g_steal_pointer (&address));
}

static char *
address_text (GvncLayer   *layer,
              AddressFunc  ask)
{
  g_autoptr (GInetSocketAddress) address = address_ask (layer, ask);
  g_autofree char *host = NULL;

  if (address == NULL)
    return NULL;
  host = g_inet_address_to_string (g_inet_socket_address_get_address (address));
  return g_strdup_printf ("%s;%u", host, g_inet_socket_address_get_port (address));
}

char *
gvnc_layer_local_address (GvncLayer *layer)
{
  return address_text (layer, getsockname);
}

char *
gvnc_layer_remote_address (GvncLayer *layer)
{
  return address_text (layer, getpeername);
}

guint16
gvnc_layer_remote_port (GvncLayer *layer)
{
  g_autoptr (GInetSocketAddress) address = address_ask (layer, getpeername);

  return address != NULL ? g_inet_socket_address_get_port (address) : 0;
}
