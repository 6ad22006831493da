/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/connect.h"

#include <gio/gunixsocketaddress.h>
#include <unistd.h>

GvncTarget *
gvnc_target_new (void)
{
  GvncTarget *target = g_new0 (GvncTarget, 1);

  target->fd = -1;
  return target;
}

void
gvnc_target_free (GvncTarget *target)
{
  if (target == NULL)
    return;
  g_clear_object (&target->stream);
  g_free (target->host);
  g_free (target->port);
  g_free (target->path);
  g_clear_object (&target->address);
  g_free (target->hostname);
  g_free (target->ssh_host);
  g_free (target->ssh_user);
  g_strfreev (target->ssh_command);
  g_free (target->web_path);
  g_free (target->web_protocol);
  g_strfreev (target->web_headers);
  g_free (target->repeater);
  g_free (target->pin);
  g_clear_object (&target->proxies);
  gvnc_trust_settings_clear (&target->trust);
  if (target->fd >= 0)
    close (target->fd);
  g_free (target);
}

GvncTarget *
gvnc_target_copy (const GvncTarget *target)
{
  GvncTarget *copy;

  if (target->stream != NULL || (target->host == NULL && target->path == NULL && target->address == NULL))
    return NULL;
  copy = g_new (GvncTarget, 1);
  *copy = *target;
  copy->fd = -1;
  copy->host = g_strdup (target->host);
  copy->port = g_strdup (target->port);
  copy->path = g_strdup (target->path);
  if (copy->address != NULL)
    g_object_ref (copy->address);
  copy->hostname = g_strdup (target->hostname);
  copy->ssh_host = g_strdup (target->ssh_host);
  copy->ssh_user = g_strdup (target->ssh_user);
  copy->ssh_command = g_strdupv (target->ssh_command);
  copy->web_path = g_strdup (target->web_path);
  copy->web_protocol = g_strdup (target->web_protocol);
  copy->web_headers = g_strdupv (target->web_headers);
  copy->repeater = g_strdup (target->repeater);
  copy->pin = g_strdup (target->pin);
  gvnc_trust_settings_copy (&copy->trust, &target->trust);
  if (copy->proxies != NULL)
    g_object_ref (copy->proxies);
  return copy;
}

gboolean
gvnc_target_is_local (const GvncTarget *target)
{
  return target->path != NULL || (target->address != NULL && G_IS_UNIX_SOCKET_ADDRESS (target->address));
}

const char *
gvnc_target_name (const GvncTarget *target)
{
  return target->hostname != NULL ? target->hostname : target->host;
}
