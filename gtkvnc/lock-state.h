/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Keeps caps lock and num lock of the server in step with ours. No toolkit is needed here.
 *
 * A server that tells the lights of its keyboard may have others on than we have: its screen was used by somebody else, or
 * a lock was pressed here while another window had the keyboard. What a person types then comes out wrong. So before a key
 * goes there, the lock keys that differ are pressed there once.
 *
 * What the server has told is old by the time it arrives, and a lock key of ours that is on its way changes it; so the lock
 * keys that were sent are counted in, until the server tells its lights again. A server whose lock key does nothing is
 * therefore asked only once. */

/* Bits of vnc_connection_get_ledstate (). */
#define GVNC_LOCK_NUM  2u
#define GVNC_LOCK_CAPS 4u
#define GVNC_LOCK_BOTH (GVNC_LOCK_NUM | GVNC_LOCK_CAPS)

typedef struct {
  gboolean known;     /* the server has told */
  guint    remote;    /* the locks there, once it has taken all that was sent */
} GvncLockState;

/* A new session. */
void  gvnc_lock_state_forget (GvncLockState *self);
/* The server has told its lights. */
void  gvnc_lock_state_told   (GvncLockState *self,
                              guint          lights);
/* Our locks are @local, and a key with @keysym is about to be sent, or none (0) when the keyboard has just come to us.
 * Gives the locks to press and release there before that. */
guint gvnc_lock_state_press  (GvncLockState *self,
                              guint          local,
                              guint          keysym);
