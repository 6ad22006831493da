/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "decoders/decoder.h"

/* Every encoding that draws pixels. A new one is a file of its own and a line here. */
static const GvncDecoderType *const types[] = {
  &gvnc_decoder_raw,
  &gvnc_decoder_copyrect,
  &gvnc_decoder_rre,
  &gvnc_decoder_corre,
  &gvnc_decoder_hextile,
  &gvnc_decoder_zlib,
  &gvnc_decoder_tight,
  &gvnc_decoder_zlibhex,
  &gvnc_decoder_trle,
  &gvnc_decoder_zrle,
  &gvnc_decoder_zywrle,
  &gvnc_decoder_jpeg,
#ifdef HAVE_PNG
  &gvnc_decoder_tight_png,
#endif
};

const GvncDecoderType *
gvnc_decoder_find_type (gint32 encoding)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i]->encoding == encoding)
      return types[i];
  return NULL;
}

GvncDecoder *
gvnc_decoder_new (gint32 encoding)
{
  const GvncDecoderType *type = gvnc_decoder_find_type (encoding);
  GvncDecoder *self;

  if (type == NULL)
    return NULL;
  self = g_new0 (GvncDecoder, 1);
  self->type = type;
  self->state = g_malloc0 (MAX (type->state_size, 1));
  self->quality = -1;
  return self;
}

static const GvncDecoderType *
decoder_owner (const GvncDecoderType *type)
{
  return type->shares != NULL ? type->shares : type;
}

gboolean
gvnc_decoder_turn_to (GvncDecoder *self,
                      gint32       encoding)
{
  const GvncDecoderType *type;

  if (self->type->encoding == encoding)
    return TRUE;
  type = gvnc_decoder_find_type (encoding);
  if (type == NULL || decoder_owner (type) != decoder_owner (self->type))
    return FALSE;
  self->type = type;
  return TRUE;
}

void
gvnc_decoder_free (GvncDecoder *self)
{
  if (self == NULL)
    return;
  if (self->type->clear != NULL)
    self->type->clear (self);
  g_free (self->state);
  g_free (self);
}

gboolean
gvnc_decoder_begin (GvncDecoder           *self,
                    const GvncRect        *rect,
                    guint                  desktop_width,
                    guint                  desktop_height,
                    const GvncPixelFormat *format,
                    GError               **error)
{
  g_assert (rect->width > 0 && rect->height > 0 && gvnc_rect_fits (rect, desktop_width, desktop_height));

  self->rect = *rect;
  self->desktop_width = desktop_width;
  self->desktop_height = desktop_height;
  self->format = *format;
  self->pixel_size = gvnc_pixel_format_size (format);
  return self->type->begin == NULL || self->type->begin (self, error);
}
