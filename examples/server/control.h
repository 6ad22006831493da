/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "server.h"

gboolean demo_control_open (DemoServer *server, const char *path, gboolean quit_at_end, GError **error);
