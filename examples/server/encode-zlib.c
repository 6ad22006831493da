/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "encode.h"

#include <string.h>

#include "bytes.h"

/* Zlib, as the community's specification describes it: U32 length | zlib data of the pixels, row by row. */
void
demo_encode_zlib (DemoEncoder *encoder, const DemoTile *tile, GByteArray *out)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  demo_encode_raw (encoder, tile, plain);
  demo_deflate (&encoder->zlib, encoder->level, plain, packed);
  demo_put_u32 (out, packed->len);
  g_byte_array_append (out, packed->data, packed->len);
}
