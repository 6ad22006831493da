/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/event.h"

void
gvnc_event_clear (GvncEvent *event)
{
  g_clear_pointer (&event->data, g_bytes_unref);
  g_clear_pointer (&event->numbers, g_array_unref);
  g_clear_pointer (&event->identity, gvnc_identity_unref);
}
