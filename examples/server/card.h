/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "screen.h"

typedef struct DemoCard DemoCard;

DemoCard *demo_card_new (DemoScreen *screen, guint seed, const char *name);
void demo_card_free (DemoCard *card);

void demo_card_set_name (DemoCard *card, const char *name);
void demo_card_draw (DemoCard *card);
void demo_card_tick (DemoCard *card);
void demo_card_key (DemoCard *card, gboolean down, guint32 keysym);
void demo_card_pointer (DemoCard *card, guint buttons, int x, int y);
