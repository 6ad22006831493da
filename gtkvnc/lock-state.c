/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lock-state.h"

#define KEYSYM_NUM_LOCK  0xff7f
#define KEYSYM_CAPS_LOCK 0xffe5

void
gvnc_lock_state_forget (GvncLockState *self)
{
  *self = (GvncLockState) { .known = FALSE };
}

void
gvnc_lock_state_told (GvncLockState *self, guint lights)
{
  self->known = TRUE;
  self->remote = lights & GVNC_LOCK_BOTH;
}

/* The lock that a key toggles, or 0. */
static guint
lock_state_of_key (guint keysym)
{
  switch (keysym) {
  case KEYSYM_NUM_LOCK:
    return GVNC_LOCK_NUM;
  case KEYSYM_CAPS_LOCK:
    return GVNC_LOCK_CAPS;
  default:
    return 0;
  }
}

guint
gvnc_lock_state_press (GvncLockState *self, guint local, guint keysym)
{
  guint toggled = lock_state_of_key (keysym);
  guint wrong;

  if (!self->known)
    return 0;
  if (toggled != 0) {
    /* Whether our own lock is the one before or after the press is not known; the next key will show. */
    self->remote ^= toggled;
    return 0;
  }
  wrong = (self->remote ^ local) & GVNC_LOCK_BOTH;
  self->remote ^= wrong;
  return wrong;
}
