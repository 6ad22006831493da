/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vnccolormap.h"

#include "vncboxed-private.h"

#include <string.h>

GVNC_DEFINE_BOXED_TYPE (VncColorMap, vnc_color_map)

/**
 * vnc_color_map_new:
 * @offset: index of the first entry
 * @size: number of entries
 *
 * Makes a colour map of which all entries are black.
 *
 * Returns: (transfer full): a new colour map
 */
VncColorMap *
vnc_color_map_new (guint16 offset,
                   guint16 size)
{
  VncColorMap *map = g_new0 (VncColorMap, 1);

  map->offset = offset;
  map->size = size;
  map->colors = g_new0 (VncColorMapEntry, size);
  return map;
}

/**
 * vnc_color_map_copy:
 * @map: a colour map
 *
 * Copies a colour map with its entries.
 *
 * Returns: (transfer full): the copy
 */
VncColorMap *
vnc_color_map_copy (VncColorMap *map)
{
  VncColorMap *copy;

  g_return_val_if_fail (map != NULL, NULL);

  copy = vnc_color_map_new (map->offset, map->size);
  if (map->colors != NULL && map->size > 0)
    memcpy (copy->colors, map->colors, map->size * sizeof (VncColorMapEntry));
  return copy;
}

/**
 * vnc_color_map_free:
 * @map: a colour map
 *
 * Frees a colour map.
 */
void
vnc_color_map_free (VncColorMap *map)
{
  if (map == NULL)
    return;
  g_free (map->colors);
  g_free (map);
}

static VncColorMapEntry *
color_map_entry (const VncColorMap *map,
                 guint16            idx)
{
  if (idx < map->offset || idx - map->offset >= map->size)
    return NULL;
  return &map->colors[idx - map->offset];
}

/**
 * vnc_color_map_set:
 * @map: a colour map
 * @idx: index of the entry, from the map's offset on
 * @red: red, 0 to 65535
 * @green: green, 0 to 65535
 * @blue: blue, 0 to 65535
 *
 * Sets an entry.
 *
 * Returns: FALSE when the map has no entry @idx
 */
gboolean
vnc_color_map_set (VncColorMap *map,
                   guint16      idx,
                   guint16      red,
                   guint16      green,
                   guint16      blue)
{
  VncColorMapEntry *entry;

  g_return_val_if_fail (map != NULL, FALSE);

  entry = color_map_entry (map, idx);
  if (entry == NULL)
    return FALSE;
  *entry = (VncColorMapEntry) { red, green, blue };
  return TRUE;
}

/**
 * vnc_color_map_lookup:
 * @map: a colour map
 * @idx: index of the entry, from the map's offset on
 * @red: (out): red, 0 to 65535
 * @green: (out): green, 0 to 65535
 * @blue: (out): blue, 0 to 65535
 *
 * Gets an entry. When the map has none of that index the colour is black.
 *
 * Libraries before 2.0 declare this function but do not have it.
 *
 * Returns: FALSE when the map has no entry @idx
 */
gboolean
vnc_color_map_lookup (VncColorMap *map,
                      guint16      idx,
                      guint16     *red,
                      guint16     *green,
                      guint16     *blue)
{
  const VncColorMapEntry *entry;

  g_return_val_if_fail (map != NULL, FALSE);
  g_return_val_if_fail (red != NULL && green != NULL && blue != NULL, FALSE);

  entry = color_map_entry (map, idx);
  *red = entry != NULL ? entry->red : 0;
  *green = entry != NULL ? entry->green : 0;
  *blue = entry != NULL ? entry->blue : 0;
  return entry != NULL;
}
