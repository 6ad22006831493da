/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "own-framebuffer.h"

#include "reference.h"
#include "vncpixelformat-private.h"

static void own_framebuffer_interface_init (VncFramebufferInterface *iface);

G_DEFINE_TYPE_WITH_CODE (OwnFramebuffer, own_framebuffer, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (VNC_TYPE_FRAMEBUFFER, own_framebuffer_interface_init))

static guint16
own_get_width (VncFramebuffer *fb)
{
  return OWN_FRAMEBUFFER (fb)->width;
}

static guint16
own_get_height (VncFramebuffer *fb)
{
  return OWN_FRAMEBUFFER (fb)->height;
}

static int
own_get_rowstride (VncFramebuffer *fb)
{
  return 4 * OWN_FRAMEBUFFER (fb)->width;
}

static guint8 *
own_get_buffer (VncFramebuffer *fb)
{
  return (guint8 *) OWN_FRAMEBUFFER (fb)->picture;
}

static const VncPixelFormat *
own_get_format (VncFramebuffer *fb)
{
  return &OWN_FRAMEBUFFER (fb)->remote;
}

static gboolean
own_perfect_format_match (VncFramebuffer *fb)
{
  return FALSE;
}

static void
own_put (OwnFramebuffer *own,
         guint           x,
         guint           y,
         guint32         rgb)
{
  g_assert_cmpuint (x, <, own->width);
  g_assert_cmpuint (y, <, own->height);
  own->picture[y * own->width + x] = rgb;
}

static guint32
own_rgb (OwnFramebuffer *own,
         const guint8   *pixel)
{
  guint32 value = reference_load (pixel, own->format.bits_per_pixel / 8, own->format.big_endian);
  Colour colour = reference_colour (&own->format, value, own->colours, own->n_colours);

  return reference_rgb (&colour);
}

static void
own_set_pixel_at (VncFramebuffer *fb,
                  guint8         *src,
                  guint16         x,
                  guint16         y)
{
  OwnFramebuffer *own = OWN_FRAMEBUFFER (fb);

  own_put (own, x, y, own_rgb (own, src));
}

static void
own_fill (VncFramebuffer *fb,
          guint8         *src,
          guint16         x,
          guint16         y,
          guint16         width,
          guint16         height)
{
  OwnFramebuffer *own = OWN_FRAMEBUFFER (fb);

  own->n_calls++;
  for (guint row = 0; row < height; row++)
    for (guint column = 0; column < width; column++)
      own_put (own, x + column, y + row, own_rgb (own, src));
}

static void
own_copyrect (VncFramebuffer *fb,
              guint16         srcx,
              guint16         srcy,
              guint16         dstx,
              guint16         dsty,
              guint16         width,
              guint16         height)
{
  OwnFramebuffer *own = OWN_FRAMEBUFFER (fb);
  g_autofree guint32 *second = g_new (guint32, (gsize) width * height);

  own->n_calls++;
  g_assert_cmpuint (srcx + width, <=, own->width);
  g_assert_cmpuint (srcy + height, <=, own->height);
  for (guint row = 0; row < height; row++)
    for (guint column = 0; column < width; column++)
      second[row * width + column] = own->picture[(srcy + row) * own->width + srcx + column];
  for (guint row = 0; row < height; row++)
    for (guint column = 0; column < width; column++)
      own_put (own, dstx + column, dsty + row, second[row * width + column]);
}

static void
own_blt (VncFramebuffer *fb,
         guint8         *src,
         int             rowstride,
         guint16         x,
         guint16         y,
         guint16         width,
         guint16         height)
{
  OwnFramebuffer *own = OWN_FRAMEBUFFER (fb);
  const guint size = own->format.bits_per_pixel / 8;

  own->n_calls++;
  for (guint row = 0; row < height; row++)
    for (guint column = 0; column < width; column++)
      own_put (own, x + column, y + row, own_rgb (own, src + row * (gsize) rowstride + column * size));
}

static void
own_rgb24_blt (VncFramebuffer *fb,
               guint8         *src,
               int             rowstride,
               guint16         x,
               guint16         y,
               guint16         width,
               guint16         height)
{
  OwnFramebuffer *own = OWN_FRAMEBUFFER (fb);

  own->n_calls++;
  own->n_rgb24++;
  for (guint row = 0; row < height; row++)
    for (guint column = 0; column < width; column++)
      own_put (own, x + column, y + row, reference_load (src + row * (gsize) rowstride + column * 3, 3, TRUE));
}

static void
own_set_color_map (VncFramebuffer *fb,
                   VncColorMap    *map)
{
  OwnFramebuffer *own = OWN_FRAMEBUFFER (fb);

  own->n_maps++;
  g_free (own->colours);
  own->n_colours = (guint) map->offset + map->size;
  own->colours = g_new0 (guint16, 3 * own->n_colours);
  for (guint i = map->offset; i < own->n_colours; i++)
    g_assert_true (vnc_color_map_lookup (map, (guint16) i, &own->colours[3 * i], &own->colours[3 * i + 1],
                                         &own->colours[3 * i + 2]));
}

static void
own_framebuffer_interface_init (VncFramebufferInterface *iface)
{
  iface->get_width = own_get_width;
  iface->get_height = own_get_height;
  iface->get_rowstride = own_get_rowstride;
  iface->get_buffer = own_get_buffer;
  iface->get_local_format = own_get_format;
  iface->get_remote_format = own_get_format;
  iface->perfect_format_match = own_perfect_format_match;
  iface->set_pixel_at = own_set_pixel_at;
  iface->fill = own_fill;
  iface->copyrect = own_copyrect;
  iface->blt = own_blt;
  iface->rgb24_blt = own_rgb24_blt;
  iface->set_color_map = own_set_color_map;
}

static void
own_framebuffer_finalize (GObject *object)
{
  g_free (OWN_FRAMEBUFFER (object)->picture);
  g_free (OWN_FRAMEBUFFER (object)->colours);
  G_OBJECT_CLASS (own_framebuffer_parent_class)->finalize (object);
}

static void
own_framebuffer_class_init (OwnFramebufferClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = own_framebuffer_finalize;
}

static void
own_framebuffer_init (OwnFramebuffer *own)
{
}

OwnFramebuffer *
own_framebuffer_new (guint16                width,
                     guint16                height,
                     const GvncPixelFormat *remote)
{
  OwnFramebuffer *own = g_object_new (OWN_TYPE_FRAMEBUFFER, NULL);

  own->width = width;
  own->height = height;
  own->picture = g_new0 (guint32, (gsize) width * height);
  own->format = *remote;
  gvnc_pixel_format_to_public (remote, &own->remote);
  return own;
}
