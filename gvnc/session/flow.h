/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session/batch.h"
#include "wire/error.h"
#include "wire/reader.h"
#include "wire/writer.h"

/* Flow control as far as the server knows of it: Fence and ContinuousUpdates (rfbproto).
 *
 * A fence of the server's that asks for all before it to be done goes through the main context, so that the answer
 * tells what was drawn, not what was received: that is how a server learns how fast it may send. Others are answered at
 * once. Our own fences mark in the stream from where on a pixel format counts.
 *
 * Continuous updates are enabled when the server has announced them, which its first EndOfContinuousUpdates does, and
 * the application has asked for its first update. From then on incremental requests say nothing new and are not sent. */

#define GVNC_FENCE_BLOCK_BEFORE 0x00000001u
#define GVNC_FENCE_BLOCK_AFTER  0x00000002u
#define GVNC_FENCE_SYNC_NEXT    0x00000004u
#define GVNC_FENCE_REQUEST      0x80000000u

#define GVNC_FENCE_HEAD_LEN     8     /* padding, U32 flags, U8 length; behind the message's type */
#define GVNC_FENCE_PAYLOAD_LEN  64    /* the most that the specification allows */

typedef struct {
  gboolean  asked_fence;        /* the application has put these into its encodings */
  gboolean  asked_continuous;
  gboolean  has_fence;          /* the server has shown that it knows them and is willing */
  gboolean  has_continuous;
  gboolean  continuous;         /* enabled now */
  GvncRect  area;               /* that continuous updates are enabled for */
  guint32   flags;              /* of the server's fence that is being received */
  guint8    payload_len;
  guint32   last_sync;          /* number of our latest fence */
  gboolean  pinged;             /* a ping is on its way */
  gboolean  ponged;             /* it has come back, and nobody has asked yet */
  GQueue    formats;            /* GvncPixelFormat, one for each of our fences on its way, the oldest first */
} GvncFlow;

void     gvnc_flow_init          (GvncFlow *self);
void     gvnc_flow_clear         (GvncFlow *self);

/* The two parts of a ServerFence. A fence that comes back sets @format, and says so. */
gboolean gvnc_flow_fence_head    (GvncFlow         *self,
                                  GvncReader       *in,
                                  GError          **error);
gboolean gvnc_flow_fence         (GvncFlow         *self,
                                  GvncReader       *in,
                                  GvncBatch        *batch,
                                  GvncWriter       *out,
                                  GvncPixelFormat  *format);
/* The main context has drawn all that came before a fence with these @flags. */
void     gvnc_flow_answer        (guint32           flags,
                                  GBytes           *payload,
                                  GvncWriter       *out);
/* Sends SetPixelFormat with a fence that marks from where on it counts. Only when the server knows fences. */
void     gvnc_flow_pixel_format  (GvncFlow              *self,
                                  const GvncPixelFormat *format,
                                  GvncWriter            *out);

/* Sends a fence for its own sake, to see how long it takes; FALSE when that is not possible or one is on its way. */
gboolean gvnc_flow_ping          (GvncFlow         *self,
                                  GvncWriter       *out);

/* EndOfContinuousUpdates; TRUE when updates have to be asked for from now on. */
gboolean gvnc_flow_end_continuous (GvncFlow       *self);
/* Enables continuous updates for @area where that is possible and not so already. */
void     gvnc_flow_set_area      (GvncFlow        *self,
                                  const GvncRect  *area,
                                  GvncWriter      *out);
