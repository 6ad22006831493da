/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <stdio.h>

#include "card.h"
#include "cursor.h"
#include "encode.h"

/* Ceilings for what clients can make the server hold. */
#define DEMO_MAX_CLIENTS 16
#define DEMO_MAX_INPUT (512 * 1024)             /* one message of a client, and what waits behind it */
#define DEMO_MAX_CUT_TEXT (256 * 1024)
#define DEMO_MAX_CLIPBOARD (4 * 1024 * 1024)
#define DEMO_OUTPUT_MARK (256 * 1024)           /* no further rectangle is encoded while more than this waits */
#define DEMO_MAX_OUTPUT (8 * 1024 * 1024)       /* a client that lets more than this wait is dropped */
#define DEMO_MAX_NAME 256
#define DEMO_HANDSHAKE_SECONDS 30

typedef struct {
  int port;                     /* 0: a free one; -1: the first free one from 5901 */
  char *socket_path;
  char *password;               /* NULL: no authentication */
  char *user;                   /* NULL: none is asked for, or it must be empty */
  int security;                 /* a type of security.c; 0: none of them */
  char *name;
  int width, height;
  DemoFormat format;
  int encoding;                 /* -1: the client's first choice */
  DemoTightMode tight_mode;
  int rfb_minor;                /* 3, 7 or 8 */
  gboolean still;
  gboolean once;
  gboolean no_resize;
  guint seed;
  int max_fps;
  char *dump_path;
  char *events_path;
} DemoOptions;

typedef struct DemoClient DemoClient;

/* What the extended clipboard carries beside text. */
typedef enum {
  DEMO_RICH_RTF,
  DEMO_RICH_HTML,
  DEMO_N_RICH,
} DemoRich;

/* A part of the screen, as ExtendedDesktopSize has it. */
#define DEMO_MAX_MONITORS 16

typedef struct {
  guint32 id;
  DemoRect rect;
  guint32 flags;
} DemoMonitor;

typedef struct {
  const DemoOptions *options;
  GMainLoop *loop;
  GSocketService *service;
  guint16 port;

  DemoScreen screen;
  DemoMonitor screens[DEMO_MAX_MONITORS];
  guint n_screens;
  DemoCard *card;
  char *name;
  char *clipboard;              /* text in UTF-8 with LF, NULL at first */
  char *rich[DEMO_N_RICH];      /* offered beside it; NULL at first */
  DemoCursorKind cursor;
  gboolean cursor_hidden;
  guint leds;                   /* bit 0 scroll, 1 num, 2 caps */
  gboolean pointer_absolute;
  int pointer_x, pointer_y;

  guint tone;                   /* Hertz; 0: silence */
  guint sound_id;               /* runs only while a client hears it */

  GPtrArray *clients;           /* owned DemoClient */
  guint tick_id;                /* runs only while a client waits for something to move */
  guint reap_id;
  guint flush_id;
  gboolean had_client;
  FILE *events;
} DemoServer;

DemoServer *demo_server_new (const DemoOptions *options, GMainLoop *loop, GError **error);
void demo_server_free (DemoServer *server);

void demo_server_event (DemoServer *server, const char *format, ...) G_GNUC_PRINTF (2, 3);
void demo_server_wake (DemoServer *server);
void demo_server_flush (DemoServer *server);
void demo_server_client_closed (DemoServer *server);

void demo_server_key (DemoServer *server, gboolean down, guint32 keysym);
void demo_server_pointer (DemoServer *server, guint buttons, int x, int y, DemoClient *by);
void demo_server_move_pointer (DemoServer *server, int x, int y);
gboolean demo_server_resize (DemoServer *server, int width, int height, DemoClient *by);
gboolean demo_server_set_layout (DemoServer *server, int width, int height, const DemoMonitor *screens, guint n_screens,
                                 DemoClient *by);
void demo_server_set_name (DemoServer *server, const char *name);
void demo_server_set_cursor (DemoServer *server, DemoCursorKind kind);
void demo_server_set_leds (DemoServer *server, guint leds);
void demo_server_set_cursor_hidden (DemoServer *server, gboolean hidden);
void demo_server_tell_vmware (DemoServer *server);
void demo_server_set_pointer_absolute (DemoServer *server, gboolean absolute);
void demo_server_set_palette (DemoServer *server, guint index, guint32 rgb);
void demo_server_set_format (DemoServer *server, const DemoFormat *format);
void demo_server_bell (DemoServer *server);
void demo_server_cut_text (DemoServer *server, const char *text);
void demo_server_offer_rich (DemoServer *server, DemoRich kind, const char *text);
void demo_server_offer_text (DemoServer *server, const char *text);
void demo_server_drop (DemoServer *server);
