/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "encode.h"

#include <string.h>
#include <turbojpeg.h>

enum {
  JPEG_SOS = 0xda,
  JPEG_DQT = 0xdb,
  JPEG_DHT = 0xc4,
};

static gboolean
jpeg_is_table (guint marker)
{
  return marker == JPEG_DQT || marker == JPEG_DHT;
}

/* JPEG, as the community's specification describes it: a JPEG file. Tables that the client knows from the file before are
 * left out. */
void
demo_encode_jpeg (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  unsigned long len = 0;
  int asked = demo_jpeg_quality (encoder);
  guint8 *file = demo_jpeg_file (encoder, tile, asked < 0 ? DEMO_JPEG_DEFAULT_QUALITY : asked, &len);
  GByteArray *tables = g_byte_array_new ();
  gboolean known;
  gsize at;

  if (!file)
    g_error ("TurboJPEG cannot encode %u by %u pixels", tile->width, tile->height);
  for (at = 2; file[at + 1] != JPEG_SOS; at += 2 + ((gsize) file[at + 2] << 8 | file[at + 3]))
    if (jpeg_is_table (file[at + 1]))
      g_byte_array_append (tables, file + at, 2u + ((guint) file[at + 2] << 8 | file[at + 3]));
  known = encoder->jpeg_tables && encoder->jpeg_tables->len == tables->len &&
          memcmp (encoder->jpeg_tables->data, tables->data, tables->len) == 0;

  g_byte_array_append (out, file, 2);
  for (at = 2; file[at + 1] != JPEG_SOS; at += 2 + ((gsize) file[at + 2] << 8 | file[at + 3]))
    if (!known || !jpeg_is_table (file[at + 1]))
      g_byte_array_append (out, file + at, 2u + ((guint) file[at + 2] << 8 | file[at + 3]));
  g_byte_array_append (out, file + at, (guint) (len - at));

  tjFree (file);
  g_clear_pointer (&encoder->jpeg_tables, g_byte_array_unref);
  encoder->jpeg_tables = tables;
}
