/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "wire/format.h"

#include "wire/error.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *name;
  guint       max;
  guint       shift;
} FormatChannel;

gboolean
gvnc_pixel_format_check (const GvncPixelFormat *format,
                         GError               **error)
{
  const FormatChannel channels[] = {
    { "red", format->red_max, format->red_shift },
    { "green", format->green_max, format->green_shift },
    { "blue", format->blue_max, format->blue_shift },
  };
  guint64 taken = 0;

  if (format->bits_per_pixel != 8 && format->bits_per_pixel != 16 && format->bits_per_pixel != 32)
    return gvnc_protocol_error (error, _("A pixel of %u bits is not possible; it must have 8, 16 or 32"),
                                format->bits_per_pixel);
  if (!format->true_colour)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++) {
    const FormatChannel *channel = &channels[i];
    guint64 bits;

    if (channel->max == 0 || (channel->max & (channel->max + 1)) != 0)
      return gvnc_protocol_error (error, _("The pixel format's maximum of %s is %u, which is not 2^n − 1"),
                                  channel->name, channel->max);
    /* shifts are bytes: the greatest would need 255 + 16 bits */
    if (channel->shift >= format->bits_per_pixel ||
        ((guint64) channel->max << channel->shift) >> format->bits_per_pixel != 0)
      return gvnc_protocol_error (error, _("The pixel format's %s (maximum %u, shift %u) leaves the %u bits of a pixel"),
                                  channel->name, channel->max, channel->shift, format->bits_per_pixel);
    bits = (guint64) channel->max << channel->shift;
    if ((taken & bits) != 0)
      return gvnc_protocol_error (error, _("The pixel format's %s (maximum %u, shift %u) overlaps another colour"),
                                  channel->name, channel->max, channel->shift);
    taken |= bits;
  }
  return TRUE;
}

gboolean
gvnc_pixel_format_read (GvncReader      *reader,
                        GvncPixelFormat *format,
                        GError         **error)
{
  *format = (GvncPixelFormat) { 0 };
  format->bits_per_pixel = gvnc_reader_u8 (reader);
  format->depth = gvnc_reader_u8 (reader);
  format->big_endian = gvnc_reader_u8 (reader) != 0;
  format->true_colour = gvnc_reader_u8 (reader) != 0;
  format->red_max = gvnc_reader_u16 (reader);
  format->green_max = gvnc_reader_u16 (reader);
  format->blue_max = gvnc_reader_u16 (reader);
  format->red_shift = gvnc_reader_u8 (reader);
  format->green_shift = gvnc_reader_u8 (reader);
  format->blue_shift = gvnc_reader_u8 (reader);
  gvnc_reader_bytes (reader, 3);
  if (!format->true_colour) {
    format->red_max = format->green_max = format->blue_max = 0;
    format->red_shift = format->green_shift = format->blue_shift = 0;
  }
  return gvnc_pixel_format_check (format, error);
}

void
gvnc_pixel_format_write (GvncWriter            *writer,
                         const GvncPixelFormat *format)
{
  gvnc_writer_u8 (writer, format->bits_per_pixel);
  gvnc_writer_u8 (writer, format->depth);
  gvnc_writer_u8 (writer, format->big_endian ? 1 : 0);
  gvnc_writer_u8 (writer, format->true_colour ? 1 : 0);
  gvnc_writer_u16 (writer, format->red_max);
  gvnc_writer_u16 (writer, format->green_max);
  gvnc_writer_u16 (writer, format->blue_max);
  gvnc_writer_u8 (writer, format->red_shift);
  gvnc_writer_u8 (writer, format->green_shift);
  gvnc_writer_u8 (writer, format->blue_shift);
  gvnc_writer_zeros (writer, 3);
}

gboolean
gvnc_pixel_format_equal (const GvncPixelFormat *a,
                         const GvncPixelFormat *b)
{
  if (a->bits_per_pixel != b->bits_per_pixel || a->depth != b->depth ||
      !a->big_endian != !b->big_endian || !a->true_colour != !b->true_colour)
    return FALSE;
  if (!a->true_colour)
    return TRUE;
  return a->red_max == b->red_max && a->red_shift == b->red_shift &&
         a->green_max == b->green_max && a->green_shift == b->green_shift &&
         a->blue_max == b->blue_max && a->blue_shift == b->blue_shift;
}

guint
gvnc_pixel_format_cpixel_size (const GvncPixelFormat *format,
                               guint                 *offset)
{
  guint32 bits;

  *offset = 0;
  if (!format->true_colour || format->bits_per_pixel != 32)
    return gvnc_pixel_format_size (format);

  bits = (guint32) format->red_max << format->red_shift |
         (guint32) format->green_max << format->green_shift |
         (guint32) format->blue_max << format->blue_shift;
  if ((bits & 0xff000000u) == 0)
    *offset = format->big_endian ? 1 : 0;
  else if ((bits & 0x000000ffu) == 0)
    *offset = format->big_endian ? 0 : 1;
  else
    return 4;
  return 3;
}

gboolean
gvnc_pixel_format_is_tpixel (const GvncPixelFormat *format)
{
  return format->true_colour && format->bits_per_pixel == 32 && format->depth == 24 &&
         format->red_max == 255 && format->green_max == 255 && format->blue_max == 255;
}
