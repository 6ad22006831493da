/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "wire/writer.h"

#include "wire/wipe.h"

#include <string.h>

#define SMALLEST 512

void
gvnc_writer_init (GvncWriter *writer,
                  gsize       ceiling)
{
  *writer = (GvncWriter) { .ceiling = ceiling };
}

void
gvnc_writer_clear (GvncWriter *writer)
{
  if (writer->data != NULL)
    gvnc_wipe (writer->data, writer->allocated);
  g_clear_pointer (&writer->data, g_free);
  writer->start = writer->end = writer->allocated = 0;
  writer->full = FALSE;
}

void
gvnc_writer_consume (GvncWriter *writer,
                     gsize       len)
{
  g_assert (len <= gvnc_writer_left (writer));

  gvnc_wipe (writer->data + writer->start, len);
  writer->start += len;
  if (writer->start == writer->end)
    writer->start = writer->end = 0;
}

/* Room for @len more bytes at the end; NULL when that would pass the ceiling. */
static guint8 *
writer_extend (GvncWriter *writer,
               gsize       len)
{
  gsize left = gvnc_writer_left (writer);
  guint8 *room;

  if (writer->full || len > writer->ceiling - left) {
    writer->full = TRUE;
    return NULL;
  }
  if (writer->end + len > writer->allocated) {
    if (left + len <= writer->allocated / 2) {
      /* plenty of room in front: move down instead of growing */
      memmove (writer->data, writer->data + writer->start, left);
      gvnc_wipe (writer->data + left, writer->end - left);
    } else {
      gsize wanted = MAX (SMALLEST, (left + len) * 2);
      guint8 *grown;

      wanted = MAX (MIN (wanted, writer->ceiling), left + len);
      grown = g_malloc (wanted);
      if (left > 0)
        memcpy (grown, writer->data + writer->start, left);
      if (writer->data != NULL)
        gvnc_wipe (writer->data, writer->allocated);
      g_free (writer->data);
      writer->data = grown;
      writer->allocated = wanted;
    }
    writer->start = 0;
    writer->end = left;
  }
  room = writer->data + writer->end;
  writer->end += len;
  return room;
}

void
gvnc_writer_bytes (GvncWriter *writer,
                   const void *bytes,
                   gsize       len)
{
  guint8 *room = writer_extend (writer, len);

  if (room != NULL && len > 0)
    memcpy (room, bytes, len);
}

void
gvnc_writer_zeros (GvncWriter *writer,
                   gsize       len)
{
  guint8 *room = writer_extend (writer, len);

  if (room != NULL && len > 0)
    memset (room, 0, len);
}

void
gvnc_writer_u8 (GvncWriter *writer,
                guint8      value)
{
  gvnc_writer_bytes (writer, &value, 1);
}

void
gvnc_writer_u16 (GvncWriter *writer,
                 guint16     value)
{
  guint8 bytes[2] = { (guint8) (value >> 8), (guint8) value };

  gvnc_writer_bytes (writer, bytes, sizeof bytes);
}

void
gvnc_writer_u32 (GvncWriter *writer,
                 guint32     value)
{
  guint8 bytes[4] = { (guint8) (value >> 24), (guint8) (value >> 16), (guint8) (value >> 8), (guint8) value };

  gvnc_writer_bytes (writer, bytes, sizeof bytes);
}
