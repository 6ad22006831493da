/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define VNC_TYPE_GRAB_SEQUENCE (vnc_grab_sequence_get_type ())

typedef struct _VncGrabSequence VncGrabSequence;

/**
 * VncGrabSequence:
 * @nkeysyms: how many keys there are
 * @keysyms: the X keysym of each key
 *
 * Keys that are held together to take or give back the keyboard and the pointer.
 */
struct _VncGrabSequence {
  guint nkeysyms;
  guint *keysyms;
};

GType            vnc_grab_sequence_get_type        (void);
VncGrabSequence *vnc_grab_sequence_new             (guint            nkeysyms,
                                                    guint           *keysyms);
VncGrabSequence *vnc_grab_sequence_new_from_string (const gchar     *str);
VncGrabSequence *vnc_grab_sequence_copy            (VncGrabSequence *sequence);
void             vnc_grab_sequence_free            (VncGrabSequence *sequence);
gchar           *vnc_grab_sequence_as_string       (VncGrabSequence *sequence);
guint            vnc_grab_sequence_get_nth         (VncGrabSequence *sequence,
                                                    guint            n);

G_END_DECLS
