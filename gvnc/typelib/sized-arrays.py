#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Gives a size to arrays that have none in the GIR: sized-arrays.py IN.gir OUT.gir

Pixels are described as arrays without a length there, which gtk-vnc 1.3.1 did and bindings of languages that are compiled may
rely on. Bindings at run time cannot do anything with them: PyGObject reads as many bytes as chance has it, GJS ends the
process. So the typelib, which only they read, says how many bytes of each array are there in any case.
"""
import sys
import xml.etree.ElementTree as ET

CORE = '{http://www.gtk.org/introspection/core/1.0}'
# By virtual method and, for what applications call, by method: bytes that the array has at least.
METHODS_THAT_SCRIPTS_IMPLEMENT = {'fill': 4, 'set_pixel_at': 4, 'rgb24_blt': 3}
METHODS_THAT_SCRIPTS_CALL = {'get_buffer': 0}

for prefix, uri in (('', CORE[1:-1]), ('c', 'http://www.gtk.org/introspection/c/1.0'),
                    ('glib', 'http://www.gtk.org/introspection/glib/1.0')):
    ET.register_namespace(prefix, uri)
tree = ET.parse(sys.argv[1])
framebuffer = tree.find(f".//{CORE}interface[@name='Framebuffer']")
record = tree.find(f".//{CORE}record[@name='FramebufferInterface']")
places = [(framebuffer.find(f"{CORE}virtual-method[@name='{name}']"), size)
          for name, size in METHODS_THAT_SCRIPTS_IMPLEMENT.items()]
places += [(record.find(f"{CORE}field[@name='{name}']"), size) for name, size in METHODS_THAT_SCRIPTS_IMPLEMENT.items()]
places += [(framebuffer.find(f"{CORE}method[@name='{name}']"), size) for name, size in METHODS_THAT_SCRIPTS_CALL.items()]
for place, size in places:
    arrays = list(place.iter(CORE + 'array'))
    if len(arrays) != 1:
        sys.exit(f"{place.get('name')} has {len(arrays)} arrays, not one")
    arrays[0].set('fixed-size', str(size))
tree.write(sys.argv[2], encoding='utf-8', xml_declaration=True)
