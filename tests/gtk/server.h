/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A VNC server for tests of the widget: it lives in a thread of the test, does the handshake, and writes down every
 * message of the client as one line of text:
 *
 *   shared 0                            format BPP DEPTH RED-SHIFT GREEN-SHIFT BLUE-SHIFT
 *   encodings 7 -309 …                  request INCREMENTAL X Y WIDTH HEIGHT
 *   key DOWN KEYSYM                     scancode DOWN KEYSYM CODE
 *   pointer MASK X Y                    cut LENGTH TEXT
 *   size WIDTH HEIGHT                   closed
 *
 * What it sends is up to the test. Functions that wait run the main context, and fail the test when nothing comes. */
typedef struct _TestServer TestServer;

/* @security_type 1, or another that the widget shall be offered. */
TestServer *test_server_new         (guint16      width,
                                     guint16      height,
                                     guint8       security_type);
/* Up to 8 types, ended by 0. The choice is written down as "type NUMBER"; it must be 1 for the server to go on. */
TestServer *test_server_new_types   (guint16       width,
                                     guint16       height,
                                     const guint8 *types);
void        test_server_free        (TestServer  *self);
/* For vnc_display_open_fd(), which owns it then. */
int         test_server_client_fd   (TestServer  *self);

/* The next line. Owned by the caller. */
char       *test_server_next        (TestServer  *self);
/* The next line must be this one. */
void        test_server_expect      (TestServer  *self,
                                     const char  *line);
/* Drops lines until this one came. */
void        test_server_skip_to     (TestServer  *self,
                                     const char  *line);
/* No line may come while @message goes to the client and the answer to it comes back. */
void        test_server_expect_none (TestServer  *self);

void        test_server_send        (TestServer  *self,
                                     const void  *data,
                                     gsize        len);
/* Messages, written into @out. Rectangles follow a head that counts them. */
void        test_update_head        (GByteArray  *out,
                                     guint16      n_rects);
void        test_update_rect        (GByteArray  *out,
                                     int          x,
                                     int          y,
                                     int          width,
                                     int          height,
                                     gint32       encoding);
void        test_put_u16            (GByteArray  *out,
                                     guint16      value);
void        test_put_u32            (GByteArray  *out,
                                     guint32      value);
void        test_server_send_array  (TestServer  *self,
                                     GByteArray  *out);

/* Runs the main context until @done says so. */
void        test_wait               (gboolean   (*done) (gpointer data),
                                     gpointer     data,
                                     const char  *what);
/* Runs the main context until nothing is left to do and for @ms more. */
void        test_settle             (guint        ms);
