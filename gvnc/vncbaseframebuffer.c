/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncbaseframebuffer-private.h"

#include "pixel/convert.h"
#include "vncpixelformat-private.h"

/**
 * VncBaseFramebuffer:
 *
 * A [iface@Framebuffer] in memory that the application gives, or in memory of its own.
 *
 * The application's memory is neither copied nor freed: it must stay for as long as the framebuffer and the connections
 * that draw on it. Drawing outside of the picture is cut off.
 *
 * Since 2.0, one that is made with neither [property@BaseFramebuffer:buffer] nor [property@BaseFramebuffer:rowstride], but
 * with a size and a local format, has memory of its own, black at first. That is for languages that have no pointers:
 * [method@Framebuffer.dup_bytes] reads it.
 */
struct _VncBaseFramebufferPrivate {
  guint8         *buffer;        /* the application's, or own_memory */
  guint8         *own_memory;    /* owned, or NULL */
  gint            width;
  gint            height;
  gint            rowstride;
  VncPixelFormat *local_format;  /* owned, NULL when none was given; so is remote_format */
  VncPixelFormat *remote_format;
  VncColorMap    *color_map;     /* owned; NULL: all black */

  /* Made when first drawn with; convert again after color_map has changed. */
  gboolean        has_pixels;
  gboolean        has_rgb24;
  GvncConverter   pixels;        /* remote format to local format */
  GvncConverter   rgb24;
};

enum {
  PROP_0,
  PROP_BUFFER,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_ROWSTRIDE,
  PROP_LOCAL_FORMAT,
  PROP_REMOTE_FORMAT,
  PROP_COLOR_MAP,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void base_framebuffer_interface_init (VncFramebufferInterface *iface);

G_DEFINE_TYPE_WITH_CODE (VncBaseFramebuffer, vnc_base_framebuffer, G_TYPE_OBJECT,
                         G_ADD_PRIVATE (VncBaseFramebuffer)
                         G_IMPLEMENT_INTERFACE (VNC_TYPE_FRAMEBUFFER, base_framebuffer_interface_init))

static inline VncBaseFramebufferPrivate *
base_framebuffer_priv (VncFramebuffer *fb)
{
  return ((VncBaseFramebuffer *) fb)->priv;
}

static guint16
base_framebuffer_get_width (VncFramebuffer *fb)
{
  return (guint16) MIN (base_framebuffer_priv (fb)->width, G_MAXUINT16);
}

static guint16
base_framebuffer_get_height (VncFramebuffer *fb)
{
  return (guint16) MIN (base_framebuffer_priv (fb)->height, G_MAXUINT16);
}

static int
base_framebuffer_get_rowstride (VncFramebuffer *fb)
{
  return base_framebuffer_priv (fb)->rowstride;
}

static guint8 *
base_framebuffer_get_buffer (VncFramebuffer *fb)
{
  return base_framebuffer_priv (fb)->buffer;
}

static const VncPixelFormat *
base_framebuffer_get_local_format (VncFramebuffer *fb)
{
  return base_framebuffer_priv (fb)->local_format;
}

static const VncPixelFormat *
base_framebuffer_get_remote_format (VncFramebuffer *fb)
{
  return base_framebuffer_priv (fb)->remote_format;
}

static gboolean
base_framebuffer_perfect_format_match (VncFramebuffer *fb)
{
  const VncBaseFramebufferPrivate *priv = base_framebuffer_priv (fb);

  return priv->local_format != NULL && priv->remote_format != NULL &&
         vnc_pixel_format_match (priv->local_format, priv->remote_format);
}

/* Whether there is memory to draw on, and in which format. */
static gboolean
base_framebuffer_target (const VncBaseFramebufferPrivate *priv,
                         GvncPixelFormat                 *local)
{
  if (priv->buffer == NULL || priv->local_format == NULL)
    return FALSE;
  gvnc_pixel_format_from_public (local, priv->local_format);
  if (!gvnc_pixel_format_check (local, NULL))
    return FALSE;
  return priv->height <= 1 || (gsize) priv->rowstride >= (gsize) priv->width * gvnc_pixel_format_size (local);
}

/* Red, green and blue of each entry from index 0 on; NULL when there are none. */
static guint16 *
base_framebuffer_colours (const VncBaseFramebufferPrivate *priv,
                          guint                           *n_colours)
{
  const VncColorMap *map = priv->color_map;
  guint16 *colours;

  *n_colours = 0;
  if (map == NULL || map->size == 0)
    return NULL;

  *n_colours = (guint) map->offset + map->size;
  colours = g_new0 (guint16, 3 * *n_colours);
  for (guint i = 0; i < map->size; i++) {
    guint16 *rgb = &colours[3 * (map->offset + i)];

    rgb[0] = map->colors[i].red;
    rgb[1] = map->colors[i].green;
    rgb[2] = map->colors[i].blue;
  }
  return colours;
}

/* Converter from pixels of the remote format, or NULL when they cannot be drawn. */
static const GvncConverter *
base_framebuffer_pixels (VncBaseFramebufferPrivate *priv)
{
  GvncPixelFormat local, remote;
  g_autofree guint16 *colours = NULL;
  guint n_colours;

  if (priv->has_pixels)
    return &priv->pixels;
  if (!base_framebuffer_target (priv, &local) || priv->remote_format == NULL)
    return NULL;
  gvnc_pixel_format_from_public (&remote, priv->remote_format);
  if (!gvnc_pixel_format_check (&remote, NULL) ||
      (!local.true_colour && !gvnc_pixel_formats_alike (&remote, &local)))
    return NULL;

  colours = base_framebuffer_colours (priv, &n_colours);
  gvnc_converter_init (&priv->pixels, GVNC_LAYOUT_PIXEL, &remote, colours, n_colours, &local);
  priv->has_pixels = TRUE;
  return &priv->pixels;
}

static const GvncConverter *
base_framebuffer_rgb24 (VncBaseFramebufferPrivate *priv)
{
  GvncPixelFormat local;

  if (priv->has_rgb24)
    return &priv->rgb24;
  if (!base_framebuffer_target (priv, &local) || !local.true_colour)
    return NULL;

  gvnc_converter_init (&priv->rgb24, GVNC_LAYOUT_RGB24, NULL, NULL, 0, &local);
  priv->has_rgb24 = TRUE;
  return &priv->rgb24;
}

static guint8 *
base_framebuffer_at (const VncBaseFramebufferPrivate *priv,
                     guint                            x,
                     guint                            y,
                     guint                            pixel_size)
{
  return priv->buffer + (gsize) y * (gsize) priv->rowstride + (gsize) x * pixel_size;
}

/* Cuts an area at the edges; FALSE when nothing is left of it. */
static gboolean
base_framebuffer_clip (const VncBaseFramebufferPrivate *priv,
                       guint16                          x,
                       guint16                          y,
                       guint16                         *width,
                       guint16                         *height)
{
  if (x >= priv->width || y >= priv->height)
    return FALSE;
  *width = (guint16) MIN (*width, priv->width - x);
  *height = (guint16) MIN (*height, priv->height - y);
  return *width > 0 && *height > 0;
}

static void
base_framebuffer_fill (VncFramebuffer *fb,
                       guint8         *src,
                       guint16         x,
                       guint16         y,
                       guint16         width,
                       guint16         height)
{
  VncBaseFramebufferPrivate *priv = base_framebuffer_priv (fb);
  const GvncConverter *converter = base_framebuffer_pixels (priv);
  guint8 pixel[4] = { 0, 0, 0, 0 };

  if (converter == NULL || !base_framebuffer_clip (priv, x, y, &width, &height))
    return;
  gvnc_converter_pixel (converter, src, pixel);
  gvnc_pixels_fill (base_framebuffer_at (priv, x, y, converter->target_size), (gsize) priv->rowstride,
                    width, height, pixel, converter->target_size);
}

static void
base_framebuffer_set_pixel_at (VncFramebuffer *fb,
                               guint8         *src,
                               guint16         x,
                               guint16         y)
{
  base_framebuffer_fill (fb, src, x, y, 1, 1);
}

static void
base_framebuffer_copyrect (VncFramebuffer *fb,
                           guint16         srcx,
                           guint16         srcy,
                           guint16         dstx,
                           guint16         dsty,
                           guint16         width,
                           guint16         height)
{
  const VncBaseFramebufferPrivate *priv = base_framebuffer_priv (fb);
  GvncPixelFormat local;
  guint size;

  if (!base_framebuffer_target (priv, &local) ||
      !base_framebuffer_clip (priv, srcx, srcy, &width, &height) ||
      !base_framebuffer_clip (priv, dstx, dsty, &width, &height))
    return;
  size = gvnc_pixel_format_size (&local);

  /* downwards the last row goes first, so that no row is overwritten before it was copied */
  for (guint i = 0; i < height; i++) {
    guint row = dsty > srcy ? height - 1u - i : i;

    memmove (base_framebuffer_at (priv, dstx, dsty + row, size), base_framebuffer_at (priv, srcx, srcy + row, size),
             (gsize) width * size);
  }
}

static void
base_framebuffer_put (VncBaseFramebufferPrivate *priv,
                      const GvncConverter       *converter,
                      const guint8              *src,
                      int                        rowstride,
                      guint16                    x,
                      guint16                    y,
                      guint16                    width,
                      guint16                    height)
{
  if (converter == NULL || !base_framebuffer_clip (priv, x, y, &width, &height))
    return;
  for (guint row = 0; row < height; row++)
    gvnc_converter_row (converter, src + (gssize) row * rowstride,
                        base_framebuffer_at (priv, x, y + row, converter->target_size), width);
}

static void
base_framebuffer_blt (VncFramebuffer *fb,
                      guint8         *src,
                      int             rowstride,
                      guint16         x,
                      guint16         y,
                      guint16         width,
                      guint16         height)
{
  VncBaseFramebufferPrivate *priv = base_framebuffer_priv (fb);

  base_framebuffer_put (priv, base_framebuffer_pixels (priv), src, rowstride, x, y, width, height);
}

static void
base_framebuffer_rgb24_blt (VncFramebuffer *fb,
                            guint8         *src,
                            int             rowstride,
                            guint16         x,
                            guint16         y,
                            guint16         width,
                            guint16         height)
{
  VncBaseFramebufferPrivate *priv = base_framebuffer_priv (fb);

  base_framebuffer_put (priv, base_framebuffer_rgb24 (priv), src, rowstride, x, y, width, height);
}

static void
base_framebuffer_take_color_map (VncBaseFramebufferPrivate *priv,
                                 VncColorMap               *map)
{
  if (priv->color_map != NULL)
    vnc_color_map_free (priv->color_map);
  priv->color_map = map;
  if (priv->has_pixels)
    gvnc_converter_clear (&priv->pixels);
  priv->has_pixels = FALSE;
}

static void
base_framebuffer_set_color_map (VncFramebuffer *fb,
                                VncColorMap    *map)
{
  base_framebuffer_take_color_map (base_framebuffer_priv (fb), map != NULL ? vnc_color_map_copy (map) : NULL);
  g_object_notify_by_pspec (G_OBJECT (fb), props[PROP_COLOR_MAP]);
}

static void
base_framebuffer_interface_init (VncFramebufferInterface *iface)
{
  iface->get_width = base_framebuffer_get_width;
  iface->get_height = base_framebuffer_get_height;
  iface->get_rowstride = base_framebuffer_get_rowstride;
  iface->get_buffer = base_framebuffer_get_buffer;
  iface->get_local_format = base_framebuffer_get_local_format;
  iface->get_remote_format = base_framebuffer_get_remote_format;
  iface->perfect_format_match = base_framebuffer_perfect_format_match;
  iface->set_pixel_at = base_framebuffer_set_pixel_at;
  iface->fill = base_framebuffer_fill;
  iface->copyrect = base_framebuffer_copyrect;
  iface->blt = base_framebuffer_blt;
  iface->rgb24_blt = base_framebuffer_rgb24_blt;
  iface->set_color_map = base_framebuffer_set_color_map;
}

gboolean
gvnc_base_framebuffer_peek (VncFramebuffer        *fb,
                            GvncFramebufferMemory *memory)
{
  const VncBaseFramebufferPrivate *priv;
  VncFramebufferInterface base = { .parent = { 0 } };

  if (!VNC_IS_BASE_FRAMEBUFFER (fb))
    return FALSE;

  /* A class that overrides no method has ours, whichever library it comes from. */
  base.parent = VNC_FRAMEBUFFER_GET_INTERFACE (fb)->parent;
  base_framebuffer_interface_init (&base);
  if (memcmp (&base, VNC_FRAMEBUFFER_GET_INTERFACE (fb), sizeof base) != 0)
    return FALSE;

  priv = base_framebuffer_priv (fb);
  if (!base_framebuffer_target (priv, &memory->format) || !memory->format.true_colour)
    return FALSE;
  memory->buffer = priv->buffer;
  memory->rowstride = (gsize) priv->rowstride;
  memory->width = (guint) priv->width;
  memory->height = (guint) priv->height;
  return TRUE;
}

static void
base_framebuffer_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  const VncBaseFramebufferPrivate *priv = VNC_BASE_FRAMEBUFFER (object)->priv;

  switch (prop_id) {
  case PROP_BUFFER:
    g_value_set_pointer (value, priv->buffer);
    break;
  case PROP_WIDTH:
    g_value_set_int (value, priv->width);
    break;
  case PROP_HEIGHT:
    g_value_set_int (value, priv->height);
    break;
  case PROP_ROWSTRIDE:
    g_value_set_int (value, priv->rowstride);
    break;
  case PROP_LOCAL_FORMAT:
    g_value_set_boxed (value, priv->local_format);
    break;
  case PROP_REMOTE_FORMAT:
    g_value_set_boxed (value, priv->remote_format);
    break;
  case PROP_COLOR_MAP:
    g_value_set_boxed (value, priv->color_map);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
base_framebuffer_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  VncBaseFramebufferPrivate *priv = VNC_BASE_FRAMEBUFFER (object)->priv;

  switch (prop_id) {
  case PROP_BUFFER:
    priv->buffer = g_value_get_pointer (value);
    break;
  case PROP_WIDTH:
    priv->width = g_value_get_int (value);
    break;
  case PROP_HEIGHT:
    priv->height = g_value_get_int (value);
    break;
  case PROP_ROWSTRIDE:
    priv->rowstride = g_value_get_int (value);
    break;
  case PROP_LOCAL_FORMAT:
    priv->local_format = g_value_dup_boxed (value);
    break;
  case PROP_REMOTE_FORMAT:
    priv->remote_format = g_value_dup_boxed (value);
    break;
  case PROP_COLOR_MAP:
    base_framebuffer_take_color_map (priv, g_value_dup_boxed (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

/* Without the application's memory there is some of our own. */
static void
base_framebuffer_constructed (GObject *object)
{
  VncBaseFramebufferPrivate *priv = VNC_BASE_FRAMEBUFFER (object)->priv;
  GvncPixelFormat local;

  G_OBJECT_CLASS (vnc_base_framebuffer_parent_class)->constructed (object);

  if (priv->buffer != NULL || priv->rowstride != 0 || priv->local_format == NULL)
    return;
  gvnc_pixel_format_from_public (&local, priv->local_format);
  if (!gvnc_pixel_format_check (&local, NULL))
    return;
  /* at most 2^16 * 2^16 * 4 bytes; without them there is no memory to draw on, as without a buffer before */
  priv->own_memory = g_try_malloc0_n ((gsize) priv->height, (gsize) priv->width * gvnc_pixel_format_size (&local));
  if (priv->own_memory != NULL) {
    priv->buffer = priv->own_memory;
    priv->rowstride = priv->width * (gint) gvnc_pixel_format_size (&local);
  }
}

static void
base_framebuffer_finalize (GObject *object)
{
  VncBaseFramebufferPrivate *priv = VNC_BASE_FRAMEBUFFER (object)->priv;

  base_framebuffer_take_color_map (priv, NULL);
  if (priv->has_rgb24)
    gvnc_converter_clear (&priv->rgb24);
  vnc_pixel_format_free (priv->local_format);
  vnc_pixel_format_free (priv->remote_format);
  g_free (priv->own_memory);

  G_OBJECT_CLASS (vnc_base_framebuffer_parent_class)->finalize (object);
}

static void
vnc_base_framebuffer_class_init (VncBaseFramebufferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = base_framebuffer_get_property;
  object_class->set_property = base_framebuffer_set_property;
  object_class->constructed = base_framebuffer_constructed;
  object_class->finalize = base_framebuffer_finalize;

  /**
   * VncBaseFramebuffer:buffer:
   *
   * The first byte of the first row; memory that the application gives stays its own.
   */
  props[PROP_BUFFER] = g_param_spec_pointer ("buffer", NULL, NULL, flags);

  /**
   * VncBaseFramebuffer:width:
   *
   * Width in pixels.
   */
  props[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, 1 << 16, 0, flags);

  /**
   * VncBaseFramebuffer:height:
   *
   * Height in pixels.
   */
  props[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, 0, 1 << 16, 0, flags);

  /**
   * VncBaseFramebuffer:rowstride:
   *
   * Bytes from the start of a row to the start of the next one.
   */
  props[PROP_ROWSTRIDE] = g_param_spec_int ("rowstride", NULL, NULL, 0, 1 << 30, 0, flags);

  /**
   * VncBaseFramebuffer:local-format:
   *
   * The format of the pixels in memory.
   */
  props[PROP_LOCAL_FORMAT] = g_param_spec_boxed ("local-format", NULL, NULL, VNC_TYPE_PIXEL_FORMAT, flags);

  /**
   * VncBaseFramebuffer:remote-format:
   *
   * The format of the pixels that drawing methods are given.
   */
  props[PROP_REMOTE_FORMAT] = g_param_spec_boxed ("remote-format", NULL, NULL, VNC_TYPE_PIXEL_FORMAT, flags);

  /**
   * VncBaseFramebuffer:color-map:
   *
   * The colours that pixels refer to when the remote format has no true colour; an index that it lacks is black.
   */
  props[PROP_COLOR_MAP] = g_param_spec_boxed ("color-map", NULL, NULL, VNC_TYPE_COLOR_MAP,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
vnc_base_framebuffer_init (VncBaseFramebuffer *fb)
{
  fb->priv = vnc_base_framebuffer_get_instance_private (fb);
}

/**
 * vnc_base_framebuffer_new:
 * @buffer: (array): the first byte of the first row; it stays the caller's, and must outlive the framebuffer
 * @width: width in pixels
 * @height: height in pixels
 * @rowstride: bytes from the start of a row to the start of the next one
 * @localFormat: format of the pixels in @buffer
 * @remoteFormat: format of the pixels that drawing methods are given
 *
 * Makes a framebuffer in memory of the caller's.
 *
 * Returns: (transfer full): a new framebuffer
 */
VncBaseFramebuffer *
vnc_base_framebuffer_new (guint8               *buffer,
                          guint16               width,
                          guint16               height,
                          int                   rowstride,
                          const VncPixelFormat *localFormat,
                          const VncPixelFormat *remoteFormat)
{
  return g_object_new (VNC_TYPE_BASE_FRAMEBUFFER,
                       "buffer", buffer,
                       "width", width,
                       "height", height,
                       "rowstride", rowstride,
                       "local-format", localFormat,
                       "remote-format", remoteFormat,
                       NULL);
}
