/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* How fast a link is: bytes that came while an update was being received, against the time that was spent waiting for
 * them. Waits between updates say nothing about the link and are not counted. Knows no clock itself. */
typedef struct {
  guint64 n_bytes;           /* since the last estimate */
  gint64  waited_us;
  guint   bandwidth_kbit;    /* kbit/s, smoothed; 0 before the first estimate */
} GvncMeter;

/* TRUE when there is a new estimate. */
gboolean gvnc_meter_add (GvncMeter *self,
                         gsize      n_bytes,
                         gint64     waited_us);
