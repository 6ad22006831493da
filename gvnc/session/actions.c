/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/actions.h"

#include "session/output.h"

static void
action_key (const GvncUpdates *updates,
            const GvncCommand *command,
            GvncWriter        *out)
{
  if (updates->extended_key && command->scancode != 0)
    gvnc_output_extended_key (out, command->number != 0, command->keysym, command->scancode);
  else
    gvnc_output_key (out, command->number != 0, command->keysym);
}

static void
action_pointer (const GvncUpdates *updates,
                const GvncCommand *command,
                GvncWriter        *out)
{
  if (updates->extended_buttons)
    gvnc_output_pointer_full (out, (guint16) command->number, command->rect.x, command->rect.y);
  else
    gvnc_output_pointer (out, (guint8) command->number, command->rect.x, command->rect.y);
}

static void
action_desktop_size (const GvncUpdates *updates,
                     const GvncCommand *command,
                     GvncWriter        *out)
{
  GvncScreen screen = updates->desktop.screen;
  const GvncScreen *screens = &screen;
  gsize len = sizeof screen;

  screen.rect = (GvncRect) { 0, 0, command->rect.width, command->rect.height };
  if (command->data != NULL)
    screens = g_bytes_get_data (command->data, &len);
  gvnc_output_desktop_size (out, command->rect.width, command->rect.height, screens, (guint8) (len / sizeof screen));
}

gboolean
gvnc_action_send (const GvncUpdates *updates,
                  const GvncCommand *command,
                  GvncWriter        *out)
{
  switch (command->kind) {
  case GVNC_COMMAND_KEY:
    action_key (updates, command, out);
    return TRUE;
  case GVNC_COMMAND_POINTER:
    action_pointer (updates, command, out);
    return TRUE;
  case GVNC_COMMAND_CUT_TEXT:
    gvnc_output_cut_text (out, g_bytes_get_data (command->data, NULL), g_bytes_get_size (command->data));
    return TRUE;
  case GVNC_COMMAND_DESKTOP_SIZE:
    action_desktop_size (updates, command, out);
    return TRUE;
  case GVNC_COMMAND_POWER:
    gvnc_output_power (out, (guint8) command->number);
    return TRUE;
  case GVNC_COMMAND_AUDIO_FORMAT:
    gvnc_output_audio_format (out, (guint8) command->number, (guint8) (command->number >> 8), command->keysym);
    return TRUE;
  case GVNC_COMMAND_AUDIO_ENABLE:
    gvnc_output_audio_enable (out, command->number != 0);
    return TRUE;
  default:
    return FALSE;
  }
}
