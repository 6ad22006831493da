/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* What the server believes that we hold down, and what one step of the pointer means. No toolkit is needed here. */

/* A key as it was sent. The release must carry what the press carried, whatever the modifiers are by then. */
typedef struct {
  guint   hardware;   /* the toolkit's keycode: tells keys apart */
  guint32 keysym;
  guint16 scancode;   /* 0: not known */
} GvncKey;

/* More than hands can hold; a key beyond it is not sent. */
#define GVNC_HELD_KEYS_MAX 64

/* Keys in the order in which they were pressed. All zero: none. */
typedef struct {
  GvncKey keys[GVNC_HELD_KEYS_MAX];
  guint   n_keys;
} GvncHeldKeys;

typedef enum {
  GVNC_KEY_PRESSED,   /* send the press */
  GVNC_KEY_REPEATED,  /* send the release of the old one, then the press */
  GVNC_KEY_IGNORED,   /* send nothing */
} GvncKeyStep;

/* With GVNC_KEY_REPEATED *@before is the key as it was sent before. */
GvncKeyStep gvnc_held_keys_press      (GvncHeldKeys  *self,
                                       const GvncKey *key,
                                       GvncKey       *before);
/* FALSE: it was not held, send nothing. */
gboolean    gvnc_held_keys_release    (GvncHeldKeys  *self,
                                       guint          hardware,
                                       GvncKey       *key);
/* Takes out the key that is held for the longest time. */
gboolean    gvnc_held_keys_pop        (GvncHeldKeys  *self,
                                       GvncKey       *key);
void        gvnc_held_keys_forget     (GvncHeldKeys  *self);

/* The bit of a button: 1 to 8, and 9, "forward", only for servers that take so many; 0 for others, which the protocol
 * cannot tell. */
guint16     gvnc_button_bit           (guint          button,
                                       gboolean       many);

/* The wheel's buttons. */
#define GVNC_BUTTON_UP    4
#define GVNC_BUTTON_DOWN  5
#define GVNC_BUTTON_LEFT  6
#define GVNC_BUTTON_RIGHT 7

/* The most clicks that one smooth scrolling event becomes. */
#define GVNC_SCROLL_CLICKS_MAX 20

/* Adds @delta, in clicks, to what is left over in *@rest, and takes out whole clicks. */
int         gvnc_scroll_clicks        (double        *rest,
                                       double         delta);

/* Motion in relative mode, from positions on the screen. All zero: nothing is known yet.
 *
 * When the pointer was moved back to the middle, motion from before may still be on its way; it is recognised by being
 * nearer to the old place than to the new one, and dropped. */
typedef struct {
  gboolean has_last;
  double   last_x;
  double   last_y;
  gboolean warping;
  double   left_x;
  double   left_y;
} GvncRelative;

/* What the server is sent for no motion, in each direction. */
#define GVNC_RELATIVE_ZERO 0x7fff

void        gvnc_relative_reset       (GvncRelative *self);
/* The pointer was put to @x, @y by us. */
void        gvnc_relative_warp        (GvncRelative *self,
                                       double        x,
                                       double        y);
/* FALSE: nothing to send. */
gboolean    gvnc_relative_motion      (GvncRelative *self,
                                       double        x,
                                       double        y,
                                       int          *delta_x,
                                       int          *delta_y);
/* A delta or a coordinate as the wire can carry it. */
guint16     gvnc_relative_wire        (int           delta);
guint16     gvnc_absolute_wire        (int           position);
