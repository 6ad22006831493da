/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/command.h"

#include "wire/wipe.h"

GvncCommand *
gvnc_command_new (GvncCommandKind kind,
                  guint32         number)
{
  GvncCommand *command = g_new0 (GvncCommand, 1);

  command->kind = kind;
  command->number = number;
  return command;
}

void
gvnc_command_free (GvncCommand *command)
{
  if (command == NULL)
    return;
  g_clear_pointer (&command->data, g_bytes_unref);
  for (guint i = 0; i < GVNC_N_CREDENTIALS; i++)
    gvnc_wipe_string (command->credentials[i]);
  gvnc_wipe (&command->keysym, sizeof command->keysym);
  g_free (command);
}

void
gvnc_command_free_all (GvncCommand *commands)
{
  for (GvncCommand *next; commands != NULL; commands = next) {
    next = commands->next;
    gvnc_command_free (commands);
  }
}
