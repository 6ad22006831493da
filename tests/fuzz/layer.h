/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "fuzz/fuzz.h"

#include "lib/memory-layer.h"

/* A layer that puts data into sealed packets, with the server's side of it at hand:
 *
 *   U8 how many bytes a read or a write below moves at a time; 0: all
 *   U8 how many bytes are read from the layer at a time; 0: 1
 *   U8 how many bytes have come before the layer is there
 *   then 0: U16 length | bytes[length], the server sends them, sealed right
 *        1: U16 length | bytes[length], the server sends them as they are
 *        else: U16 length | bytes[length], written through the layer
 */

/* Appends @bytes to @wire as the server seals them. */
typedef void (*GvncFuzzSeal) (gpointer      server,
                              const guint8 *bytes,
                              guint16       len,
                              GByteArray   *wire);

typedef struct {
  GvncMemoryLayer *memory;     /* below the layer, which owns it */
  GBytes          *received;   /* for the layer */
  gsize            read_len;
  GByteArray      *expected;   /* what has to come out, and nothing else: nobody guesses a seal */
  gboolean         all_good;   /* all that the server sends is sealed right */
  GByteArray      *written;    /* through the layer */
  GByteArray      *sent;       /* what came of it below */
  guint            n_pauses;   /* how often reading let others have their turn */
  GError          *error;      /* in which reading has ended; NULL: none */
} GvncFuzzLayer;

void gvnc_fuzz_layer_init  (GvncFuzzLayer *self,
                            const guint8  *data,
                            gsize          size,
                            GvncFuzzSeal   seal,
                            gpointer       server);
/* Writes and reads all through @layer, and frees it; what is read is checked, and what was sent is left for the target. */
void gvnc_fuzz_layer_run   (GvncFuzzLayer *self,
                            GvncLayer     *layer);
void gvnc_fuzz_layer_clear (GvncFuzzLayer *self);
