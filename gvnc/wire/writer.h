/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* An output buffer in network byte order that never grows beyond the ceiling it was made with.
 *
 * An append that would pass the ceiling is dropped whole and sets the sticky `full` flag. The bytes are wiped when
 * they are consumed or freed, since passwords may pass through here. */
typedef struct {
  guint8  *data;
  gsize    start;     /* first byte not yet consumed */
  gsize    end;       /* one past the last byte */
  gsize    allocated;
  gsize    ceiling;   /* most bytes that may wait here */
  gboolean full;
} GvncWriter;

void  gvnc_writer_init    (GvncWriter *writer,
                           gsize       ceiling);
void  gvnc_writer_clear   (GvncWriter *writer);

static inline gsize
gvnc_writer_left (const GvncWriter *writer)
{
  return writer->end - writer->start;
}

static inline const guint8 *
gvnc_writer_peek (const GvncWriter *writer)
{
  return writer->data + writer->start;
}

/* Takes the first @len waiting bytes away. */
void  gvnc_writer_consume (GvncWriter *writer,
                           gsize       len);

void  gvnc_writer_bytes   (GvncWriter *writer,
                           const void *bytes,
                           gsize       len);
void  gvnc_writer_zeros   (GvncWriter *writer,
                           gsize       len);
void  gvnc_writer_u8      (GvncWriter *writer,
                           guint8      value);
void  gvnc_writer_u16     (GvncWriter *writer,
                           guint16     value);
void  gvnc_writer_u32     (GvncWriter *writer,
                           guint32     value);
