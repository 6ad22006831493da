/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "input-state.h"

#include <math.h>
#include <string.h>

static guint
held_keys_find (const GvncHeldKeys *self, guint hardware)
{
  guint i;

  for (i = 0; i < self->n_keys; i++)
    if (self->keys[i].hardware == hardware)
      break;
  return i;
}

static void
held_keys_take (GvncHeldKeys *self, guint index, GvncKey *key)
{
  *key = self->keys[index];
  self->n_keys--;
  memmove (&self->keys[index], &self->keys[index + 1], (self->n_keys - index) * sizeof self->keys[0]);
}

GvncKeyStep
gvnc_held_keys_press (GvncHeldKeys *self, const GvncKey *key, GvncKey *before)
{
  guint index = held_keys_find (self, key->hardware);

  if (index < self->n_keys) {
    *before = self->keys[index];
    self->keys[index] = *key;
    return GVNC_KEY_REPEATED;
  }
  if (self->n_keys == GVNC_HELD_KEYS_MAX)
    return GVNC_KEY_IGNORED;
  self->keys[self->n_keys++] = *key;
  return GVNC_KEY_PRESSED;
}

gboolean
gvnc_held_keys_release (GvncHeldKeys *self, guint hardware, GvncKey *key)
{
  guint index = held_keys_find (self, hardware);

  if (index == self->n_keys)
    return FALSE;
  held_keys_take (self, index, key);
  return TRUE;
}

gboolean
gvnc_held_keys_pop (GvncHeldKeys *self, GvncKey *key)
{
  if (self->n_keys == 0)
    return FALSE;
  held_keys_take (self, 0, key);
  return TRUE;
}

void
gvnc_held_keys_forget (GvncHeldKeys *self)
{
  self->n_keys = 0;
}

guint16
gvnc_button_bit (guint button, gboolean many)
{
  return button >= 1 && button <= (many ? 9 : 8) ? (guint16) (1u << (button - 1)) : 0;
}

int
gvnc_scroll_clicks (double *rest, double delta)
{
  double whole;

  if (!isfinite (delta))
    return 0;
  if ((delta > 0 && *rest < 0) || (delta < 0 && *rest > 0))     /* turned round: start afresh */
    *rest = 0;
  *rest += delta;
  whole = trunc (*rest);
  *rest -= whole;
  return (int) CLAMP (whole, -GVNC_SCROLL_CLICKS_MAX, GVNC_SCROLL_CLICKS_MAX);
}

void
gvnc_relative_reset (GvncRelative *self)
{
  *self = (GvncRelative) { 0 };
}

void
gvnc_relative_warp (GvncRelative *self, double x, double y)
{
  self->warping = self->has_last;
  self->left_x = self->last_x;
  self->left_y = self->last_y;
  self->has_last = TRUE;
  self->last_x = x;
  self->last_y = y;
}

gboolean
gvnc_relative_motion (GvncRelative *self, double x, double y, int *delta_x, int *delta_y)
{
  *delta_x = *delta_y = 0;

  if (!self->has_last) {
    self->has_last = TRUE;
    self->last_x = x;
    self->last_y = y;
    return FALSE;
  }
  if (self->warping) {
    if (hypot (x - self->left_x, y - self->left_y) < hypot (x - self->last_x, y - self->last_y))
      return FALSE;
    self->warping = FALSE;
  }

  *delta_x = (int) (x - self->last_x);
  *delta_y = (int) (y - self->last_y);
  /* What is less than a pixel is kept for the next time. */
  self->last_x += *delta_x;
  self->last_y += *delta_y;
  return *delta_x != 0 || *delta_y != 0;
}

guint16
gvnc_relative_wire (int delta)
{
  return (guint16) CLAMP (GVNC_RELATIVE_ZERO + (gint64) delta, 0, G_MAXUINT16);
}

guint16
gvnc_absolute_wire (int position)
{
  return (guint16) CLAMP (position, 0, G_MAXUINT16);
}
