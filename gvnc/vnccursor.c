/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vnccursor.h"

/**
 * VncCursor:
 *
 * The shape of the remote cursor.
 *
 * Pixels are four bytes each: red, green, blue and opacity, with colours not multiplied by opacity, rows from top to
 * bottom without padding between them.
 */
struct _VncCursorPrivate {
  guint8 *data;    /* owned; made with g_malloc() */
  guint16 hotx;
  guint16 hoty;
  guint16 width;
  guint16 height;
};

enum {
  PROP_0,
  PROP_DATA,
  PROP_HOTX,
  PROP_HOTY,
  PROP_WIDTH,
  PROP_HEIGHT,
  N_PROPS
};

#define CURSOR_MAX 32768

static GParamSpec *props[N_PROPS];

G_DEFINE_TYPE_WITH_PRIVATE (VncCursor, vnc_cursor, G_TYPE_OBJECT)

static void
cursor_get_property (GObject    *object,
                     guint       prop_id,
                     GValue     *value,
                     GParamSpec *pspec)
{
  VncCursorPrivate *priv = VNC_CURSOR (object)->priv;

  switch (prop_id) {
  case PROP_DATA:
    g_value_set_pointer (value, priv->data);
    break;
  case PROP_HOTX:
    g_value_set_int (value, priv->hotx);
    break;
  case PROP_HOTY:
    g_value_set_int (value, priv->hoty);
    break;
  case PROP_WIDTH:
    g_value_set_int (value, priv->width);
    break;
  case PROP_HEIGHT:
    g_value_set_int (value, priv->height);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
cursor_set_property (GObject      *object,
                     guint         prop_id,
                     const GValue *value,
                     GParamSpec   *pspec)
{
  VncCursorPrivate *priv = VNC_CURSOR (object)->priv;

  switch (prop_id) {
  case PROP_DATA:
    if (priv->data != g_value_get_pointer (value)) {
      g_free (priv->data);
      priv->data = g_value_get_pointer (value);
    }
    break;
  case PROP_HOTX:
    priv->hotx = (guint16) g_value_get_int (value);
    break;
  case PROP_HOTY:
    priv->hoty = (guint16) g_value_get_int (value);
    break;
  case PROP_WIDTH:
    priv->width = (guint16) g_value_get_int (value);
    break;
  case PROP_HEIGHT:
    priv->height = (guint16) g_value_get_int (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
cursor_finalize (GObject *object)
{
  g_free (VNC_CURSOR (object)->priv->data);

  G_OBJECT_CLASS (vnc_cursor_parent_class)->finalize (object);
}

static void
vnc_cursor_class_init (VncCursorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS;

  object_class->get_property = cursor_get_property;
  object_class->set_property = cursor_set_property;
  object_class->finalize = cursor_finalize;

  /**
   * VncCursor:data:
   *
   * The pixels, 4 × width × height bytes.
   *
   * The cursor takes over the memory, which must come from g_malloc(), and frees what it had before.
   */
  props[PROP_DATA] = g_param_spec_pointer ("data", NULL, NULL, flags);

  /**
   * VncCursor:hotx:
   *
   * Column of the pixel that points.
   */
  props[PROP_HOTX] = g_param_spec_int ("hotx", NULL, NULL, 0, CURSOR_MAX, 0, flags);

  /**
   * VncCursor:hoty:
   *
   * Row of the pixel that points.
   */
  props[PROP_HOTY] = g_param_spec_int ("hoty", NULL, NULL, 0, CURSOR_MAX, 0, flags);

  /**
   * VncCursor:width:
   *
   * Width in pixels.
   */
  props[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, CURSOR_MAX, 0, flags);

  /**
   * VncCursor:height:
   *
   * Height in pixels.
   */
  props[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, 0, CURSOR_MAX, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
vnc_cursor_init (VncCursor *cursor)
{
  cursor->priv = vnc_cursor_get_instance_private (cursor);
}

/**
 * vnc_cursor_new:
 * @data: (array): the pixels, 4 × @width × @height bytes from g_malloc(), which the cursor takes over
 * @hotx: column of the pixel that points
 * @hoty: row of the pixel that points
 * @width: width in pixels
 * @height: height in pixels
 *
 * Makes a cursor.
 *
 * Returns: (transfer full): a new cursor
 */
VncCursor *
vnc_cursor_new (guint8 *data,
                guint16 hotx,
                guint16 hoty,
                guint16 width,
                guint16 height)
{
  return g_object_new (VNC_TYPE_CURSOR,
                       "data", data,
                       "hotx", hotx,
                       "hoty", hoty,
                       "width", width,
                       "height", height,
                       NULL);
}

/**
 * vnc_cursor_get_data:
 * @cursor: a cursor
 *
 * Gets the pixels.
 *
 * Returns: (transfer none) (array): 4 bytes for each pixel: red, green, blue and opacity
 */
const guint8 *
vnc_cursor_get_data (VncCursor *cursor)
{
  g_return_val_if_fail (VNC_IS_CURSOR (cursor), NULL);

  return cursor->priv->data;
}

/**
 * vnc_cursor_get_hotx:
 * @cursor: a cursor
 *
 * Gets the column of the pixel that points.
 *
 * Returns: the column, 0 being the leftmost
 */
guint16
vnc_cursor_get_hotx (VncCursor *cursor)
{
  g_return_val_if_fail (VNC_IS_CURSOR (cursor), 0);

  return cursor->priv->hotx;
}

/**
 * vnc_cursor_get_hoty:
 * @cursor: a cursor
 *
 * Gets the row of the pixel that points.
 *
 * Returns: the row, 0 being the uppermost
 */
guint16
vnc_cursor_get_hoty (VncCursor *cursor)
{
  g_return_val_if_fail (VNC_IS_CURSOR (cursor), 0);

  return cursor->priv->hoty;
}

/**
 * vnc_cursor_get_width:
 * @cursor: a cursor
 *
 * Gets the width.
 *
 * Returns: the width in pixels
 */
guint16
vnc_cursor_get_width (VncCursor *cursor)
{
  g_return_val_if_fail (VNC_IS_CURSOR (cursor), 0);

  return cursor->priv->width;
}

/**
 * vnc_cursor_get_height:
 * @cursor: a cursor
 *
 * Gets the height.
 *
 * Returns: the height in pixels
 */
guint16
vnc_cursor_get_height (VncCursor *cursor)
{
  g_return_val_if_fail (VNC_IS_CURSOR (cursor), 0);

  return cursor->priv->height;
}
