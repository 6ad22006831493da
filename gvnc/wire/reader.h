/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "wire/rect.h"

/* A bounded view of bytes, read in network byte order.
 *
 * No read passes `end`: a read that would sets the sticky `overrun` flag and gives zeros, so that a parser may read
 * a whole header and check once. An overrun in a unit whose length the parser itself asked for is a bug of ours. */
typedef struct {
  const guint8 *pos;
  const guint8 *end;
  gboolean      overrun;
} GvncReader;

static inline GvncReader
gvnc_reader_init (const void *data,
                  gsize       len)
{
  return (GvncReader) { data, data != NULL ? (const guint8 *) data + len : NULL, FALSE };
}

static inline gsize
gvnc_reader_left (const GvncReader *reader)
{
  return (gsize) (reader->end - reader->pos);
}

/* @len bytes in place, or NULL (and the overrun flag) when there are fewer. */
static inline const guint8 *
gvnc_reader_bytes (GvncReader *reader,
                   gsize       len)
{
  const guint8 *bytes = reader->pos;

  if (G_UNLIKELY (gvnc_reader_left (reader) < len)) {
    reader->overrun = TRUE;
    reader->pos = reader->end;
    return NULL;
  }
  reader->pos += len;
  return bytes;
}

static inline guint8
gvnc_reader_u8 (GvncReader *reader)
{
  const guint8 *b = gvnc_reader_bytes (reader, 1);

  return b != NULL ? b[0] : 0;
}

static inline guint16
gvnc_reader_u16 (GvncReader *reader)
{
  const guint8 *b = gvnc_reader_bytes (reader, 2);

  return b != NULL ? (guint16) (b[0] << 8 | b[1]) : 0;
}

static inline guint32
gvnc_reader_u32 (GvncReader *reader)
{
  const guint8 *b = gvnc_reader_bytes (reader, 4);

  return b != NULL ? (guint32) b[0] << 24 | (guint32) b[1] << 16 | (guint32) b[2] << 8 | b[3] : 0;
}

static inline gint32
gvnc_reader_s32 (GvncReader *reader)
{
  return (gint32) gvnc_reader_u32 (reader);
}

static inline GvncRect
gvnc_reader_rect (GvncReader *reader)
{
  GvncRect rect;

  rect.x = gvnc_reader_u16 (reader);
  rect.y = gvnc_reader_u16 (reader);
  rect.width = gvnc_reader_u16 (reader);
  rect.height = gvnc_reader_u16 (reader);
  return rect;
}
