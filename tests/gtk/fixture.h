/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "server.h"

#include <vncdisplay.h>

/* A widget in a window, with a session on a test server. */
typedef struct {
  TestServer *server;
  GtkWidget  *window;
  VncDisplay *display;     /* borrowed from the window */
  GString    *signals;     /* names of the widget's signals as they came, each followed by a blank */
} Fixture;

/* The desktop of the test server. */
#define DESKTOP_WIDTH  40
#define DESKTOP_HEIGHT 30

/* A window of this size, without a session. */
void    fixture_init       (Fixture     *self,
                            int          width,
                            int          height);
/* Begins a session and waits until the first request has come; the request is not dropped when it is not first. */
void    fixture_open       (Fixture     *self);
void    fixture_clear      (Fixture     *self);
void    fixture_expect     (Fixture     *self,
                            const char  *signals);
/* Waits for a signal's name among those that came. */
void    fixture_wait       (Fixture     *self,
                            const char  *signal);
/* Waits until nobody holds the widget any longer: self->display must be a weak pointer. */
void    fixture_wait_gone  (Fixture     *self);

/* What the pattern has at a remote pixel: 0x00rrggbb, different everywhere. */
guint32 fixture_pixel      (int          x,
                            int          y,
                            guint        seed);
/* Sends a Raw rectangle of the pattern and waits for the answer. */
void    fixture_send_raw   (Fixture     *self,
                            int          x,
                            int          y,
                            int          width,
                            int          height,
                            guint        seed);
/* A pixel of a picture, 0x00rrggbb. */
guint32 fixture_pixbuf_at  (GdkPixbuf   *picture,
                            int          x,
                            int          y);
/* Waits until all that is queued is drawn. */
void    fixture_draw       (Fixture     *self);
/* What is on the screen when all drawing is done, in pixels of the screen. */
GdkPixbuf *fixture_screenshot (Fixture *self);
