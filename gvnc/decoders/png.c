/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/png.h"

#include "session/limits.h"
#include "wire/error.h"

#include <glib/gi18n-lib.h>
#include <png.h>
#include <string.h>

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define PNG_LAYOUT PNG_FORMAT_BGRA
#else
#define PNG_LAYOUT PNG_FORMAT_ARGB
#endif

static gboolean
png_broken (png_image  *image,
            GError    **error)
{
  g_autofree char *quoted = gvnc_quote_peer_text (image->message, strlen (image->message), GVNC_LIMIT_QUOTED_CHARS);

  png_image_free (image);
  return gvnc_protocol_error (error, _("PNG picture is broken: %s"), quoted);
}

gboolean
gvnc_png_decode (const guint8  *data,
                 gsize          len,
                 guint          width,
                 guint          height,
                 guint8        *out,
                 GError       **error)
{
  png_image image = { .version = PNG_IMAGE_VERSION };

  if (!png_image_begin_read_from_memory (&image, data, len))
    return png_broken (&image, error);
  if (image.width != width || image.height != height) {
    const guint png_width = image.width, png_height = image.height;

    png_image_free (&image);
    return gvnc_protocol_error (error, _("PNG picture of %u×%u pixels in a rectangle of %u×%u"),
                                png_width, png_height, width, height);
  }
  /* what alpha there is does not matter, but the layout has room for a fourth byte only with it */
  image.format = PNG_LAYOUT;
  if (!png_image_finish_read (&image, NULL, out, (png_int_32) (width * 4), NULL))
    return png_broken (&image, error);
  png_image_free (&image);
  return TRUE;
}
