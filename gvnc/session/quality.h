/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Which quality a link deserves, from what was measured of it. Knows neither clock nor connection.
 *
 * Measurements vary, and each change costs the server a refresh of its tables at least; so a change needs two
 * measurements in a row that agree on the direction. */

typedef struct {
  gint     jpeg_quality;      /* 0 to 9 as in Tight; -1 for no lossy compression */
  gint     compression;       /* 0 to 9: work for the server against bytes on the link */
  gboolean few_colours;       /* 8 bits a pixel */
  gboolean saves_bytes;       /* encodings that compress come first, whatever the application's order */
} GvncQuality;

typedef struct {
  guint    level;             /* index into the table of qualities, 0 is the best */
  guint    proposed;          /* what the last measurement said */
} GvncQualityState;

/* The quality of @level; levels beyond the last are the last. */
const GvncQuality *gvnc_quality_get     (guint             level);
/* Takes a measurement; TRUE when the level has changed. @latency_ms is negative when unknown. */
gboolean           gvnc_quality_measure (GvncQualityState *self,
                                         guint             bandwidth_kbit,
                                         gint              latency_ms);
/* Replaces whatever @encodings say about quality and compression, and their order where bytes count; gint32s. Gives a new
 * array. */
GArray            *gvnc_quality_apply   (const GvncQuality *quality,
                                         const gint32      *encodings,
                                         guint              n_encodings);
