/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/meter.h"

/* An estimate is made of so much, or of so long a wait for less. */
#define ENOUGH_BYTES (256 * 1024)
#define LONG_WAIT_US (500 * 1000)

/* Less than this cannot be told from nothing. */
#define LEAST_US 1000

gboolean
gvnc_meter_add (GvncMeter *self,
                gsize      n_bytes,
                gint64     waited_us)
{
  guint64 kbit;

  self->n_bytes += n_bytes;
  self->waited_us += waited_us;
  if (self->n_bytes < ENOUGH_BYTES && self->waited_us < LONG_WAIT_US)
    return FALSE;

  kbit = self->n_bytes * 8 * 1000 / (guint64) MAX (self->waited_us, LEAST_US);
  kbit = MIN (kbit, 100 * 1000 * 1000);
  self->bandwidth_kbit = self->bandwidth_kbit == 0 ? (guint) kbit : (guint) ((self->bandwidth_kbit + kbit) / 2);
  self->n_bytes = 0;
  self->waited_us = 0;
  return TRUE;
}
