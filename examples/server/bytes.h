/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Big-endian numbers of the protocol: appended to a byte array, or read from bytes that are known to be there. */

static inline void
demo_put_u8 (GByteArray *out, guint value)
{
  guint8 byte = (guint8) value;

  g_byte_array_append (out, &byte, 1);
}

static inline void
demo_put_u16 (GByteArray *out, guint value)
{
  guint8 bytes[2] = { (guint8) (value >> 8), (guint8) value };

  g_byte_array_append (out, bytes, 2);
}

static inline void
demo_put_u32 (GByteArray *out, guint32 value)
{
  guint8 bytes[4] = { (guint8) (value >> 24), (guint8) (value >> 16), (guint8) (value >> 8), (guint8) value };

  g_byte_array_append (out, bytes, 4);
}

/* A string with its length before it. */
static inline void
demo_put_string (GByteArray *out, const char *text)
{
  gsize len = strlen (text);

  demo_put_u32 (out, (guint32) len);
  g_byte_array_append (out, (const guint8 *) text, (guint) len);
}

static inline guint
demo_get_u16 (const guint8 *bytes)
{
  return (guint) bytes[0] << 8 | bytes[1];
}

static inline guint32
demo_get_u32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}
