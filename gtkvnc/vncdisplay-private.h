/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "geometry.h"
#include "grab-match.h"
#include "input-state.h"
#include "lock-state.h"
#include "keymap.h"
#include "picture-gtk3.h"
#include "vnccairoframebuffer.h"
#include "vncdisplay.h"

#define GVNC_ZOOM_MIN_PERCENT 10
#define GVNC_ZOOM_MAX_PERCENT 400

/* The state of a widget. vncdisplay.c and vncdisplay-settings.c own the settings and wire the parts together; every
 * other part is one file below, and changes the fields that stand under its name only. */
struct _VncDisplayPrivate {
  VncConnection       *conn;             /* owned; the same one from construction on */

  /* settings */
  VncGrabSequence     *grab_keys;        /* owned */
  VncDisplayDepthColor depth;
  guint                zoom_percent;
  guint                rotation_degrees; /* 0, 90, 180 or 270 */
  gboolean             grab_pointer;
  gboolean             grab_keyboard;
  gboolean             local_pointer;
  gboolean             read_only;
  gboolean             lossy;
  gboolean             shared;
  gboolean             force_size;
  gboolean             scaling;
  gboolean             keep_aspect;
  gboolean             smoothing;
  gboolean             show_remote;
  gboolean             allow_resize;

  /* display-session.c */
  VncCairoFramebuffer *framebuffer;      /* owned; NULL outside of a session */
  int                  desktop_width;    /* stays after the session, for the size request */
  int                  desktop_height;
  guint                session;          /* how many have ended: tells one from the next */
  gboolean             closing;          /* closed here, vnc-disconnected is to come; the widget holds itself meanwhile */
  gboolean             absolute;         /* what the server takes pointer positions for */
  gboolean             outdated;         /* the framebuffer was made anew in this update: all is asked for at its end */

  /* renderer-gtk3.c */
  GvncPicture          picture;

  /* keyboard-gtk3.c */
  GvncHeldKeys         held_keys;
  GvncLockState        lock_state;
  GvncGrabMatch        grab_match;

  /* pointer-gtk3.c */
  guint16              button_mask;
  guint16              pointer_x;        /* what the server was sent last, in absolute mode */
  guint16              pointer_y;
  gboolean             pointer_sent;     /* something was sent in this session */
  gint64               pointer_sent_us;  /* when, by g_get_monotonic_time() */
  GvncRelative         relative;
  double               scroll_rest_x;
  double               scroll_rest_y;

  /* grab-gtk3.c */
  gboolean             keyboard_grabbed;
  gboolean             pointer_grabbed;
  gboolean             keyboard_told;    /* what the signals have said of these */
  gboolean             pointer_told;
  GdkWindow           *grab_window;      /* borrowed; the window while something is grabbed */

  /* cursor-gtk3.c */
  GdkCursor           *cursor;           /* owned; what the window shows, NULL for the inherited one */

  /* remote-pointer-gtk3.c */
  gboolean             remote_shown;     /* the server's pointer is drawn, at this pixel of the desktop */
  int                  remote_x;
  int                  remote_y;
  GdkRectangle         remote_area;      /* … on these of the widget */
  guint                remote_timer;     /* 0: none */

  /* resize-gtk3.c */
  guint                resize_timer;     /* 0: none */
  gboolean             resize_early;     /* the server could not be asked yet */
};

/* vncdisplay-signals.c: signals of the widget. Each may destroy the widget; callers that go on hold a reference. */
typedef enum {
  GVNC_DISPLAY_CONNECTED,
  GVNC_DISPLAY_INITIALIZED,
  GVNC_DISPLAY_DISCONNECTED,
  GVNC_DISPLAY_ERROR,
  GVNC_DISPLAY_AUTH_CREDENTIAL,
  GVNC_DISPLAY_POINTER_GRAB,
  GVNC_DISPLAY_POINTER_UNGRAB,
  GVNC_DISPLAY_KEYBOARD_GRAB,
  GVNC_DISPLAY_KEYBOARD_UNGRAB,
  GVNC_DISPLAY_DESKTOP_RESIZE,
  GVNC_DISPLAY_DESKTOP_RENAME,
  GVNC_DISPLAY_AUTH_FAILURE,
  GVNC_DISPLAY_AUTH_UNSUPPORTED,
  GVNC_DISPLAY_SERVER_CUT_TEXT,
  GVNC_DISPLAY_BELL,
  GVNC_DISPLAY_POWER_CONTROL_INITIALIZED,
  GVNC_DISPLAY_POWER_CONTROL_FAILED,
  GVNC_DISPLAY_N_SIGNALS,
} GvncDisplaySignal;

void     gvnc_display_install_signals (void);
void     gvnc_display_emit            (VncDisplay *self, GvncDisplaySignal signal, ...);

/* vncdisplay.c */
void     gvnc_display_notify_desktop  (VncDisplay *self);
void     gvnc_display_notify_name     (VncDisplay *self);
/* What the geometry is made from, with the widget's present size. */
void     gvnc_display_get_view        (VncDisplay *self, GvncView *view);
void     gvnc_display_get_geometry    (VncDisplay *self, GvncGeometry *geometry);

/* display-session.c: the connection's signals, and what the widget does in answer. */
void     gvnc_session_attach          (VncDisplay *self);
/* Closes the connection and gives up all that belongs to the session. */
void     gvnc_session_close           (VncDisplay *self);
/* The same without vnc-disconnected: nobody listens to a widget that is disposed of. */
void     gvnc_session_dispose         (VncDisplay *self);

/* renderer-gtk3.c */
gboolean gvnc_renderer_draw           (GtkWidget *widget, cairo_t *cr);
/* A rectangle of the desktop has changed: draws it anew, and nothing else. */
void     gvnc_renderer_damage         (VncDisplay *self, const GvncArea *area);
/* The framebuffer is another, or the window goes: forgets what was made of the old one. */
void     gvnc_renderer_reset          (VncDisplay *self);

/* keyboard-gtk3.c */
gboolean gvnc_keyboard_event          (GtkWidget *widget, GdkEventKey *event);
void     gvnc_keyboard_send           (VncDisplay *self, const guint *keysyms, guint n_keysyms,
                                       VncDisplayKeyEvent kind);
/* Tells the server that every key is up. */
void     gvnc_keyboard_release_all    (VncDisplay *self);
/* The same when there is nobody to tell. */
void     gvnc_keyboard_forget         (VncDisplay *self);
/* The keyboard has come to us; the server has told its lights. */
void     gvnc_keyboard_focus         (VncDisplay *self);
void     gvnc_keyboard_lights         (VncDisplay *self);

/* pointer-gtk3.c */
gboolean gvnc_pointer_button_event    (GtkWidget *widget, GdkEventButton *event);
gboolean gvnc_pointer_motion_event    (GtkWidget *widget, GdkEventMotion *event);
gboolean gvnc_pointer_scroll_event    (GtkWidget *widget, GdkEventScroll *event);
void     gvnc_pointer_send            (VncDisplay *self, int x, int y, guint8 button_mask);
/* Tells the server that every button is up. */
void     gvnc_pointer_release_all     (VncDisplay *self);
void     gvnc_pointer_forget          (VncDisplay *self);

/* Whether a program may put the pointer somewhere. */
gboolean gvnc_pointer_can_warp        (GdkDisplay *display);

/* grab-gtk3.c: keyboard and pointer grabs. */
void     gvnc_grab_set                (VncDisplay *self, gboolean keyboard, gboolean pointer);
void     gvnc_grab_toggle             (VncDisplay *self);
gboolean gvnc_grab_crossing_event     (GtkWidget *widget, GdkEventCrossing *event);
gboolean gvnc_grab_broken_event       (GtkWidget *widget, GdkEventGrabBroken *event);

/* cursor-gtk3.c */
void     gvnc_cursor_update           (VncDisplay *self);
/* The picture of a shape that has one. */
GdkPixbuf *gvnc_cursor_get_pixbuf     (VncCursor *shape);

/* remote-pointer-gtk3.c: the server's pointer where ours is not. */
void     gvnc_remote_pointer_moved    (VncDisplay *self);
/* The server has given another shape. */
void     gvnc_remote_pointer_reshape  (VncDisplay *self);
/* We have moved it, or the session is over. */
void     gvnc_remote_pointer_hide     (VncDisplay *self);
void     gvnc_remote_pointer_draw     (VncDisplay *self, cairo_t *cr);

/* resize-gtk3.c: asks the server for a desktop of the widget's size, some time after that has changed. */
void     gvnc_resize_schedule         (VncDisplay *self);
void     gvnc_resize_cancel           (VncDisplay *self);
/* A message of the server has come. */
void     gvnc_resize_retry            (VncDisplay *self);
