/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A letter stands in a cell of DEMO_FONT_WIDTH by DEMO_FONT_HEIGHT, its last column and row being empty. */
#define DEMO_FONT_WIDTH 6
#define DEMO_FONT_HEIGHT 8

gboolean demo_font_dot (char letter, guint x, guint y);
