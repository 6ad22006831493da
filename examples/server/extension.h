/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "client.h"

/* What is beyond RFC 6143: messages of the client, and rectangles without pixels.
 *
 * Flow control as TigerVNC has it. An update is followed by a fence which the client sends back when it has drawn all
 * before it; while continuous updates are on, no further one begins when more bytes than a window are on their way. The
 * window grows while answers come quickly and shrinks when they take longer. */
enum {
  DEMO_MESSAGE_CONTINUOUS = 150,        /* EnableContinuousUpdates, EndOfContinuousUpdates */
  DEMO_MESSAGE_FENCE = 248,
  DEMO_MESSAGE_XVP = 250,
};

/* The client has asked for something new, given as bits of DemoOffer. */
void demo_extension_offered (DemoClient *client, guint fresh);
/* One message as demo_messages_take () does it. */
gssize demo_extension_take (DemoClient *client, const guint8 *bytes, gsize n);
/* Appends what is due. Returns the number of rectangles. */
guint demo_extension_put_news (DemoClient *client, GByteArray *out);

/* With continuous updates the client has always asked for its area. */
void demo_extension_refresh_request (DemoClient *client);
void demo_extension_update_ended (DemoClient *client);
