/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Watches keys for the grab sequence: all of its keys held together in whatever order, no other key held meanwhile,
 * then one of them released. No toolkit is needed here. */

#define GVNC_GRAB_KEYS_MAX 32

/* All zero: an empty sequence, which never matches. */
typedef struct {
  guint    keysyms[GVNC_GRAB_KEYS_MAX];
  guint    n_keysyms;
  guint32  held;      /* a bit for each key of the sequence */
  gboolean complete;  /* all are held and the next release counts */
  gboolean spoilt;    /* another key came in; until all keys of the sequence are released */
} GvncGrabMatch;

/* Keys beyond GVNC_GRAB_KEYS_MAX make a sequence that nobody can press, so that one never matches. */
void     gvnc_grab_match_set_keys (GvncGrabMatch *self,
                                   const guint   *keysyms,
                                   guint          n_keysyms);
/* All keys are up, as far as we know. */
void     gvnc_grab_match_reset    (GvncGrabMatch *self);
/* @others_held: keys that do not belong to the sequence are down. */
void     gvnc_grab_match_press    (GvncGrabMatch *self,
                                   guint          keysym,
                                   gboolean       others_held);
/* TRUE: this release completes the sequence. */
gboolean gvnc_grab_match_release  (GvncGrabMatch *self,
                                   guint          keysym);
gboolean gvnc_grab_match_has_key  (const GvncGrabMatch *self,
                                   guint                keysym);
