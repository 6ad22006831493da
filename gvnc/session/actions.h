/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session/command.h"
#include "session/updates.h"
#include "wire/writer.h"

/* Commands that only become a message: keys, pointer, text, size, power, sound. How they are sent depends on what the
 * server has said that it takes, which @updates knows. FALSE: @command is none of them. */
gboolean gvnc_action_send (const GvncUpdates *updates,
                           const GvncCommand *command,
                           GvncWriter        *out);
