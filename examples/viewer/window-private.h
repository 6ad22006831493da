/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The four parts of a window: window.c lays it out, window-session.c follows the session, window-security.c looks after who may listen,
 * window-actions.c does what the menus say. */
#pragma once

#include "clipboard.h"
#include "window.h"

/* display is NULL when there is no session; it is made anew for each one, so that nothing of an older one is left in it.
 * Each session ends in exactly one status page, shown by window_session_ended (). */
struct _GvncWindow {
  GtkApplicationWindow parent_instance;

  GvncOptions *options;         /* not owned */

  gint64 bell_us;               /* when it was last heard */

  /* children */
  GtkWidget *header;
  GtkWidget *title_label;       /* in header */
  GtkWidget *hint_label;        /* in header; how to release the grab */
  GtkWidget *lock;              /* in header; how the link is protected */
  GtkWidget *stack;             /* status or desktop */
  GtkWidget *status;
  GtkWidget *desktop;           /* scrolls the display when it is larger than the window */
  GtkWidget *viewport;          /* in desktop, holds the display */
  GtkWidget *notice;
  GtkWidget *notice_label;
  VncDisplay *display;

  GvncClipboard *clipboard;     /* owned, as long as display */
  GtkWidget *dialog;            /* weak: the login or connect dialog */

  GvncAddress *address;         /* owned; kept after the session, to connect again */
  char *host;                   /* address, as it is shown */
  char *username;               /* what was typed last for this address */
  char *error;                  /* first vnc-error of the session */
  char *auth_failure;
  gboolean is_initialized;
  gboolean is_cancelled;
  gboolean has_answered;        /* credentials were sent to this server once */

  gboolean is_full_screen;
  gboolean has_pointer_grab;
  gboolean swallow_release;     /* the F11 that was pressed was ours */
};

/* window.c */
void gvnc_window_update_title (GvncWindow *self);
void gvnc_window_fit (GvncWindow *self, int width_px, int height_px);
void gvnc_window_notify (GvncWindow *self, const char *text);

/* window-session.c */
void gvnc_window_close_session (GvncWindow *self);
void gvnc_window_cancel (GvncWindow *self);
void gvnc_window_reconnect (GvncWindow *self);

/* window-security.c */
GtkWidget *gvnc_window_new_lock (void);
void gvnc_window_update_lock (GvncWindow *self);
char *gvnc_window_link_text (GvncWindow *self);
void gvnc_window_secure (GvncWindow *self);

/* window-actions.c */
void gvnc_window_add_actions (GvncWindow *self);
void gvnc_window_update_actions (GvncWindow *self);
void gvnc_window_apply_settings (GvncWindow *self);
void gvnc_window_set_toggle (GvncWindow *self, const char *name, gboolean value);
gboolean gvnc_window_get_toggle (GvncWindow *self, const char *name);
