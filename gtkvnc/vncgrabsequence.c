/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncgrabsequence.h"

#include <gdk/gdk.h>

/* What separates the names of keys. */
#define GRAB_SEQUENCE_SEPARATOR "+"

/* By hand, because the macro for it is not ISO C. */
GType
vnc_grab_sequence_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_boxed_type_register_static (g_intern_static_string ("VncGrabSequence"),
                                                            (GBoxedCopyFunc) vnc_grab_sequence_copy,
                                                            (GBoxedFreeFunc) vnc_grab_sequence_free));
  return type;
}

/**
 * vnc_grab_sequence_new:
 * @nkeysyms: how many keys there are
 * @keysyms: (array length=nkeysyms): the X keysym of each key
 *
 * Makes a sequence of keys.
 *
 * The keysyms are copied. A sequence without a key is allowed and means that no key combination changes the grabs.
 *
 * Returns: (transfer full): a new sequence
 */
VncGrabSequence *
vnc_grab_sequence_new (guint nkeysyms, guint *keysyms)
{
  VncGrabSequence *sequence = g_new0 (VncGrabSequence, 1);

  g_return_val_if_fail (nkeysyms == 0 || keysyms != NULL, sequence);

  sequence->nkeysyms = nkeysyms;
  sequence->keysyms = g_new0 (guint, nkeysyms);
  for (guint i = 0; i < nkeysyms; i++)
    sequence->keysyms[i] = keysyms[i];
  return sequence;
}

/**
 * vnc_grab_sequence_new_from_string:
 * @str: names of keysyms joined by `+`, as `Control_L+Alt_L`
 *
 * Makes a sequence from its text form.
 *
 * Names that are not known are left out. An empty text gives a sequence without a key.
 *
 * Returns: (transfer full): a new sequence
 */
VncGrabSequence *
vnc_grab_sequence_new_from_string (const gchar *str)
{
  VncGrabSequence *sequence = g_new0 (VncGrabSequence, 1);
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (str != NULL, sequence);

  names = g_strsplit (str, GRAB_SEQUENCE_SEPARATOR, -1);
  sequence->keysyms = g_new0 (guint, g_strv_length (names));
  for (char **name = names; *name; name++) {
    guint keysym = gdk_keyval_from_name (*name);

    if (keysym != 0 && keysym != GDK_KEY_VoidSymbol)
      sequence->keysyms[sequence->nkeysyms++] = keysym;
  }
  return sequence;
}

/**
 * vnc_grab_sequence_copy:
 * @sequence: a sequence
 *
 * Copies a sequence with its keys.
 *
 * Returns: (transfer full): a new sequence
 */
VncGrabSequence *
vnc_grab_sequence_copy (VncGrabSequence *sequence)
{
  g_return_val_if_fail (sequence != NULL, NULL);

  return vnc_grab_sequence_new (sequence->nkeysyms, sequence->keysyms);
}

/**
 * vnc_grab_sequence_free:
 * @sequence: a sequence
 *
 * Frees a sequence and its keys.
 */
void
vnc_grab_sequence_free (VncGrabSequence *sequence)
{
  if (!sequence)
    return;
  g_free (sequence->keysyms);
  g_free (sequence);
}

/**
 * vnc_grab_sequence_as_string:
 * @sequence: a sequence
 *
 * Gives the text form of a sequence, which [ctor@GrabSequence.new_from_string] reads.
 *
 * A keysym that has no name is written as a number, as `0x1234`.
 *
 * Returns: (transfer full): a new text
 */
gchar *
vnc_grab_sequence_as_string (VncGrabSequence *sequence)
{
  GString *text;

  g_return_val_if_fail (sequence != NULL, NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < sequence->nkeysyms; i++) {
    const char *name = gdk_keyval_name (sequence->keysyms[i]);

    if (i > 0)
      g_string_append (text, GRAB_SEQUENCE_SEPARATOR);
    if (name)
      g_string_append (text, name);
    else
      g_string_append_printf (text, "0x%x", sequence->keysyms[i]);
  }
  return g_string_free (text, FALSE);
}

/**
 * vnc_grab_sequence_get_nth:
 * @sequence: a sequence
 * @n: which key, from 0 on
 *
 * Gives one key of a sequence.
 *
 * Returns: its X keysym; 0 when there are not so many
 */
guint
vnc_grab_sequence_get_nth (VncGrabSequence *sequence, guint n)
{
  g_return_val_if_fail (sequence != NULL, 0);

  return n < sequence->nkeysyms ? sequence->keysyms[n] : 0;
}
