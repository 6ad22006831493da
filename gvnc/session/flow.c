/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/flow.h"

#include "session/output.h"

#include <glib/gi18n-lib.h>

/* What our own fences carry: this, and their number. */
#define SYNC_MARK "gvnc"
#define SYNC_LEN  8
#define PING_MARK "ping"
#define PING_LEN  4

void
gvnc_flow_init (GvncFlow *self)
{
  *self = (GvncFlow) { 0 };
  g_queue_init (&self->formats);
}

void
gvnc_flow_clear (GvncFlow *self)
{
  g_queue_clear_full (&self->formats, g_free);
}

gboolean
gvnc_flow_fence_head (GvncFlow    *self,
                      GvncReader  *in,
                      GError     **error)
{
  gvnc_reader_bytes (in, 3);
  self->flags = gvnc_reader_u32 (in);
  self->payload_len = gvnc_reader_u8 (in);
  self->has_fence = TRUE;
  if (self->payload_len > GVNC_FENCE_PAYLOAD_LEN)
    return gvnc_limit_error (error, _("The server sent a fence of %u bytes; at most %u are allowed"),
                             self->payload_len, GVNC_FENCE_PAYLOAD_LEN);
  return TRUE;
}

/* Whether @payload is the one of our oldest fence on its way. */
static gboolean
flow_is_ours (GvncFlow     *self,
              const guint8 *payload)
{
  GvncReader in = gvnc_reader_init (payload, self->payload_len);

  if (self->payload_len != SYNC_LEN || g_queue_is_empty (&self->formats))
    return FALSE;
  if (memcmp (gvnc_reader_bytes (&in, 4), SYNC_MARK, 4) != 0)
    return FALSE;
  return gvnc_reader_u32 (&in) == self->last_sync - (g_queue_get_length (&self->formats) - 1);
}

gboolean
gvnc_flow_fence (GvncFlow        *self,
                 GvncReader      *in,
                 GvncBatch       *batch,
                 GvncWriter      *out,
                 GvncPixelFormat *format)
{
  const guint8 *payload = gvnc_reader_bytes (in, self->payload_len);

  if (!(self->flags & GVNC_FENCE_REQUEST)) {
    g_autofree GvncPixelFormat *synced = NULL;

    if (self->pinged && self->payload_len == PING_LEN && memcmp (payload, PING_MARK, PING_LEN) == 0) {
      self->pinged = FALSE;
      self->ponged = TRUE;
      return FALSE;
    }
    if (!flow_is_ours (self, payload))
      return FALSE;
    synced = g_queue_pop_head (&self->formats);
    *format = *synced;
    return TRUE;
  }

  /* Messages are taken one after the other, so an answer at this very place is right for the other two flags. */
  if (self->flags & GVNC_FENCE_BLOCK_BEFORE) {
    GvncEvent *event = gvnc_batch_event (batch, GVNC_EVENT_FENCE);

    event->number = GVNC_FENCE_BLOCK_BEFORE;
    event->data = g_bytes_new (payload, self->payload_len);
  } else {
    gvnc_output_fence (out, self->flags & (GVNC_FENCE_BLOCK_AFTER | GVNC_FENCE_SYNC_NEXT), payload, self->payload_len);
  }
  return FALSE;
}

void
gvnc_flow_answer (guint32     flags,
                  GBytes     *payload,
                  GvncWriter *out)
{
  gvnc_output_fence (out, flags, g_bytes_get_data (payload, NULL), (guint8) g_bytes_get_size (payload));
}

void
gvnc_flow_pixel_format (GvncFlow              *self,
                        const GvncPixelFormat *format,
                        GvncWriter            *out)
{
  GvncPixelFormat *copy = g_new (GvncPixelFormat, 1);
  guint8 payload[SYNC_LEN] = SYNC_MARK;

  *copy = *format;
  g_queue_push_tail (&self->formats, copy);
  self->last_sync++;
  for (guint i = 0; i < 4; i++)
    payload[4 + i] = (guint8) (self->last_sync >> (24 - 8 * i));
  gvnc_output_fence (out, GVNC_FENCE_REQUEST | GVNC_FENCE_SYNC_NEXT, payload, sizeof payload);
  gvnc_output_pixel_format (out, format);
}

gboolean
gvnc_flow_ping (GvncFlow   *self,
                GvncWriter *out)
{
  if (!self->has_fence || self->pinged)
    return FALSE;
  self->pinged = TRUE;
  gvnc_output_fence (out, GVNC_FENCE_REQUEST, PING_MARK, PING_LEN);
  return TRUE;
}

gboolean
gvnc_flow_end_continuous (GvncFlow *self)
{
  gboolean ended = self->continuous;

  /* The first one announces the extension; one that comes while it is in use says that the server has had enough. */
  self->has_continuous = !ended;
  self->continuous = FALSE;
  return ended;
}

void
gvnc_flow_set_area (GvncFlow       *self,
                    const GvncRect *area,
                    GvncWriter     *out)
{
  if (!self->asked_continuous || !self->has_continuous)
    return;
  if (self->continuous && memcmp (&self->area, area, sizeof *area) == 0)
    return;
  self->continuous = TRUE;
  self->area = *area;
  gvnc_output_continuous (out, TRUE, area);
}
