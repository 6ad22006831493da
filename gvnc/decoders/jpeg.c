/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/jpeg.h"

#include "session/limits.h"
#include "wire/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <turbojpeg.h>

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define JPEG_LAYOUT TJPF_BGRX
#else
#define JPEG_LAYOUT TJPF_XRGB
#endif

/* Defaults are the accurate IDCT and smooth upsampling. A progressive picture of thousands of scans takes minutes. */
#ifdef TJFLAG_LIMITSCANS
#define JPEG_FLAGS TJFLAG_LIMITSCANS
#else
#define JPEG_FLAGS 0
#endif

struct _GvncJpeg {
  tjhandle turbo;
};

GvncJpeg *
gvnc_jpeg_new (void)
{
  GvncJpeg *self = g_new0 (GvncJpeg, 1);

  self->turbo = tjInitDecompress ();
  if (self->turbo == NULL)
    g_error ("TurboJPEG could not be started");  /* no memory */
  return self;
}

void
gvnc_jpeg_free (GvncJpeg *self)
{
  if (self == NULL)
    return;
  tjDestroy (self->turbo);
  g_free (self);
}

static gboolean
jpeg_error (GvncJpeg  *self,
            GError   **error)
{
  const char *why = tjGetErrorStr2 (self->turbo);
  g_autofree char *quoted = gvnc_quote_peer_text (why, strlen (why), GVNC_LIMIT_QUOTED_CHARS);

  return gvnc_protocol_error (error, _("JPEG picture is broken: %s"), quoted);
}

gboolean
gvnc_picture_check_area (guint     width,
                         guint     height,
                         GError  **error)
{
  if ((gsize) width * height > GVNC_LIMIT_PICTURE_AREA_PX)
    return gvnc_limit_error (error, _("Picture of %u×%u pixels; at most %u in all are accepted"),
                             width, height, GVNC_LIMIT_PICTURE_AREA_PX);
  return TRUE;
}

gboolean
gvnc_jpeg_check (GvncJpeg      *self,
                 const guint8  *data,
                 gsize          len,
                 guint          width,
                 guint          height,
                 GError       **error)
{
  gint jpeg_width = 0, jpeg_height = 0, subsampling, colours;

  if (tjDecompressHeader3 (self->turbo, data, (gulong) len, &jpeg_width, &jpeg_height, &subsampling, &colours) != 0)
    return jpeg_error (self, error);
  if (jpeg_width != (gint) width || jpeg_height != (gint) height)
    return gvnc_protocol_error (error, _("JPEG picture of %d×%d pixels in a rectangle of %u×%u"),
                                jpeg_width, jpeg_height, width, height);
  return TRUE;
}

gboolean
gvnc_jpeg_decode (GvncJpeg      *self,
                  const guint8  *data,
                  gsize          len,
                  guint          width,
                  guint          height,
                  guint8        *out,
                  GError       **error)
{
  if (tjDecompress2 (self->turbo, data, (gulong) len, out, (gint) width, (gint) width * 4, (gint) height,
                     JPEG_LAYOUT, JPEG_FLAGS) != 0)
    return jpeg_error (self, error);
  return TRUE;
}
