/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The parts of a window: window.c lays it out, window-session.c follows the session, window-link.c gets it to the server and back,
 * window-security.c looks after who may listen,
 * window-actions.c does what the menus say, window-settings.c holds what they set. */
#pragma once

#include "clipboard.h"
#include "security-choice.h"
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
  GtkWidget *lock_facts;        /* in the popover of lock */
  GtkWidget *stack;             /* status or desktop */
  GtkWidget *status;
  GtkWidget *desktop;           /* scrolls the display when it is larger than the window */
  GtkWidget *viewport;          /* in desktop, holds the display */
  GtkWidget *notice;
  GtkWidget *notice_label;
  GtkWidget *full_screen_bar;
  GtkWidget *reconnect_bar;
  GtkWidget *reconnect_label;
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
  gboolean has_ended;           /* the status page was shown */
  gboolean has_answered;        /* credentials were sent to this server once */

  GvncSecurityChoice *choice;   /* owned; NULL: the widget's */
  char *offered;                /* owned; what the server offers and nobody has chosen from yet, for people; NULL: nothing,
                                 * or the choice is the widget's */
  GSocketListener *listener;    /* owned, while waiting for a server */
  GCancellable *listening;      /* likewise */

  gboolean is_reconnecting;     /* the picture is an old one */
  gint64 reconnect_us;          /* when the next try begins */
  guint reconnect_source;       /* tells how long that is */

  gboolean is_full_screen;
  gboolean has_pointer_grab;
  gboolean swallow_release;     /* the F11 that was pressed was ours */
};

/* window.c */
void gvnc_window_update_title (GvncWindow *self);
void gvnc_window_fit (GvncWindow *self, int width_px, int height_px);
void gvnc_window_notify (GvncWindow *self, const char *text);
void gvnc_window_apply_monitors (GvncWindow *self);
/* Shows the new @dialog in place of what is open. */
void gvnc_window_show_dialog (GvncWindow *self, GtkWidget *dialog);

/* window-session.c */
void gvnc_window_close_session (GvncWindow *self);
void gvnc_window_cancel (GvncWindow *self);
void gvnc_window_reconnect (GvncWindow *self);

void gvnc_window_session_ended (GvncWindow *self);

/* window-link.c */
void gvnc_window_begin (GvncWindow *self);
void gvnc_window_stop_listening (GvncWindow *self);
GtkWidget *gvnc_window_new_reconnect_bar (GvncWindow *self);
void gvnc_window_follow_reconnecting (GvncWindow *self);
void gvnc_window_stop_reconnecting (GvncWindow *self);
void gvnc_window_reconnect_now (GvncWindow *self);

/* window-security.c */
GtkWidget *gvnc_window_new_lock (GvncWindow *self);
void gvnc_window_update_lock (GvncWindow *self);
char *gvnc_window_link_text (GvncWindow *self);
/* What to say when no offered security type is taken. */
char *gvnc_window_unsupported_text (GvncWindow *self, guint type);
void gvnc_window_secure (GvncWindow *self);

/* window-actions.c */
void gvnc_window_add_actions (GvncWindow *self);
void gvnc_window_update_actions (GvncWindow *self);

/* window-settings.c */
void gvnc_window_add_settings (GvncWindow *self);
void gvnc_window_apply_settings (GvncWindow *self);
void gvnc_window_set_toggle (GvncWindow *self, const char *name, gboolean value);
gboolean gvnc_window_get_toggle (GvncWindow *self, const char *name);
