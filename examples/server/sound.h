/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "client.h"

/* A sine tone for the clients that have asked for sound, in the format that each has asked for. As with QEMU a format
 * counts from the next enabling on, and a client that disables sound hears no end. */

/* 0: silence */
void demo_sound_set_tone (DemoServer *server, guint hertz);
/* QEMU's message 1, as demo_messages_take () does it. */
gssize demo_sound_take (DemoClient *client, const guint8 *bytes, gsize n);
