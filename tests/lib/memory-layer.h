/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "transport/layer.h"

/* A layer whose peer is a test: it gives what was put in, in steps, and keeps what is written. */
typedef struct {
  GvncLayer   layer;
  GByteArray *in;          /* what is to be read yet */
  gsize       step_len;    /* bytes that a read or a write moves at most; 0: all */
  gboolean    ends;        /* after `in`, not only AGAIN */
  GByteArray *out;         /* what was written */
  gsize       room;        /* bytes that writes still take before AGAIN */
  gboolean   *freed;       /* set at the end; may be NULL */
} GvncMemoryLayer;

GvncMemoryLayer *gvnc_memory_layer_new       (void);
/* A WebSocket over @memory, established; the request and the answer are gone. */
GvncLayer       *gvnc_memory_layer_websocket (GvncMemoryLayer *memory);
