/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "gvnc.h"

/* Writes down every signal of a VncConnection but vnc-credentials-requested as a line, the signal's name and its arguments, and acts as a simple
 * application would. All signals must come on the thread that made it. */
typedef struct _GvncWatch GvncWatch;

typedef void (*GvncWatchHook) (GvncWatch  *watch,
                               const char *line);

struct _GvncWatch {
  VncConnection *conn;         /* owned; a hook may drop it with gvnc_watch_drop() */
  GPtrArray     *lines;        /* owned strings */
  gboolean       asks;         /* ask for all encodings of lib/asked.h as soon as the session begins */
  gint           auth_type;    /* what to choose when asked; -1: nothing */
  const char    *password;     /* what to give when asked; NULL: nothing */
  GvncWatchHook  hook;         /* called inside of each signal, after it was written down; may be NULL */
  gpointer       data;         /* the hook's */
  guint          count;        /* the hook's */
  GThread       *thread;
};

void        gvnc_watch_init   (GvncWatch  *watch);
void        gvnc_watch_clear  (GvncWatch  *watch);
/* Drops the reference on the connection. */
void        gvnc_watch_drop   (GvncWatch  *watch);

/* Runs the main loop until a line like @glob is there; fails the test when it never comes. */
void        gvnc_watch_until  (GvncWatch  *watch,
                               const char *glob);
/* Runs the main loop until nothing is ready. */
void        gvnc_watch_settle (GvncWatch  *watch);
/* The lines so far, in order, are like these globs, up to a NULL; then forgets them. */
void        gvnc_watch_check  (GvncWatch  *watch,
                               const char *const *globs);
#define gvnc_watch_expect(watch, ...) gvnc_watch_check (watch, (const char *const []) { __VA_ARGS__, NULL })
