/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "grab-match.h"

static guint32
grab_match_bits (const GvncGrabMatch *self, guint keysym)
{
  guint32 bits = 0;
  guint i;

  for (i = 0; i < self->n_keysyms; i++)
    if (self->keysyms[i] == keysym)
      bits |= 1u << i;
  return bits;
}

static guint32
grab_match_all (const GvncGrabMatch *self)
{
  return self->n_keysyms == 32 ? G_MAXUINT32 : (1u << self->n_keysyms) - 1;
}

void
gvnc_grab_match_set_keys (GvncGrabMatch *self, const guint *keysyms, guint n_keysyms)
{
  guint i;

  *self = (GvncGrabMatch) { 0 };
  if (n_keysyms > GVNC_GRAB_KEYS_MAX)
    return;
  self->n_keysyms = n_keysyms;
  for (i = 0; i < n_keysyms; i++)
    self->keysyms[i] = keysyms[i];
}

void
gvnc_grab_match_reset (GvncGrabMatch *self)
{
  self->held = 0;
  self->complete = FALSE;
  self->spoilt = FALSE;
}

void
gvnc_grab_match_press (GvncGrabMatch *self, guint keysym, gboolean others_held)
{
  guint32 bits = grab_match_bits (self, keysym);

  if (bits == 0 || others_held) {
    self->complete = FALSE;
    self->spoilt = self->held != 0 || bits != 0;
    self->held |= bits;
    return;
  }
  self->held |= bits;
  self->complete = !self->spoilt && self->held == grab_match_all (self);
}

gboolean
gvnc_grab_match_release (GvncGrabMatch *self, guint keysym)
{
  guint32 bits = grab_match_bits (self, keysym);
  gboolean matched = bits != 0 && self->complete;

  if (bits == 0)
    return FALSE;
  self->held &= ~bits;
  self->complete = FALSE;
  if (self->held == 0)
    self->spoilt = FALSE;
  return matched;
}

gboolean
gvnc_grab_match_has_key (const GvncGrabMatch *self, guint keysym)
{
  return grab_match_bits (self, keysym) != 0;
}
