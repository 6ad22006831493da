/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define VNC_TYPE_COLOR_MAP (vnc_color_map_get_type ())

typedef struct _VncColorMap      VncColorMap;
typedef struct _VncColorMapEntry VncColorMapEntry;

/**
 * VncColorMap:
 * @offset: index of the first entry
 * @size: number of entries
 * @colors: the entries; @size of them
 *
 * A range of the colours that the pixels of a format without true colour refer to.
 */
struct _VncColorMap {
  guint16           offset;
  guint16           size;
  VncColorMapEntry *colors;
};

/**
 * VncColorMapEntry:
 * @red: red, 0 to 65535
 * @green: green, 0 to 65535
 * @blue: blue, 0 to 65535
 *
 * One colour of a [struct@ColorMap].
 */
struct _VncColorMapEntry {
  guint16 red;
  guint16 green;
  guint16 blue;
};

GType        vnc_color_map_get_type (void);
VncColorMap *vnc_color_map_new      (guint16      offset,
                                     guint16      size);
VncColorMap *vnc_color_map_copy     (VncColorMap *map);
void         vnc_color_map_free     (VncColorMap *map);
gboolean     vnc_color_map_set      (VncColorMap *map,
                                     guint16      idx,
                                     guint16      red,
                                     guint16      green,
                                     guint16      blue);
gboolean     vnc_color_map_lookup   (VncColorMap *map,
                                     guint16      idx,
                                     guint16     *red,
                                     guint16     *green,
                                     guint16     *blue);

G_END_DECLS
