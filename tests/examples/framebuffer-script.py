#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""KIND PORT ENCODING,… PIXELS: writes what a framebuffer in Python was called for, or what it holds, as JSON.

Once it has the whole desktop it writes "complete" and asks for changes; it closes after so many pixels."""
import json
import sys
import threading
import gi
gi.require_version('GVnc', '1.0')
from gi.repository import GLib, GObject, GVnc  # noqa: E402

kind, port, encodings, pixels = sys.argv[1:]
calls = []
colours = []
elsewhere = 0


def note(name, x, y, width, height, pixel=b''):
    global elsewhere
    elsewhere += threading.current_thread() is not threading.main_thread()
    calls.append([name, x, y, width, height, pixel.hex()])


def set_pixel_at(_self, src, x, y):
    note('set_pixel_at', x, y, 1, 1, src)


def fill(_self, src, x, y, width, height):
    note('fill', x, y, width, height, src)


def copyrect(_self, src_x, src_y, x, y, width, height):
    note('copyrect', x, y, width, height, bytes([src_x, src_y]))


def blt(_self, _src, _rowstride, x, y, width, height):
    note('blt', x, y, width, height)


def rgb24_blt(_self, src, _rowstride, x, y, width, height):
    note('rgb24_blt', x, y, width, height, src)


def set_color_map(_self, color_map):
    note('set_color_map', 0, 0, 0, 0)
    colours[:] = [color_map.lookup(i)[1:] for i in range(color_map.size)]


# PyGObject takes the virtual methods that are in the class itself.
class Implements(GObject.Object, GVnc.Framebuffer):
    do_set_pixel_at, do_fill, do_copyrect, do_blt, do_rgb24_blt = set_pixel_at, fill, copyrect, blt, rgb24_blt
    do_set_color_map = set_color_map

    def __init__(self, width, height, pixel_format):
        super().__init__()
        self.size = width, height
        self.pixel_format = pixel_format

    def do_get_width(self):
        return self.size[0]

    def do_get_height(self):
        return self.size[1]

    def do_get_rowstride(self):
        return 4 * self.size[0]

    def do_get_buffer(self):
        return 0

    def do_get_local_format(self):
        return self.pixel_format

    def do_get_remote_format(self):
        return self.pixel_format

    def do_perfect_format_match(self):
        return True


class Overrides(GVnc.BaseFramebuffer, GVnc.Framebuffer):
    do_set_pixel_at, do_fill, do_copyrect, do_blt, do_rgb24_blt = set_pixel_at, fill, copyrect, blt, rgb24_blt
    do_set_color_map = set_color_map


class Subclass(GVnc.BaseFramebuffer):
    pass


def make(width, height, pixel_format):
    if kind == 'implements':
        return Implements(width, height, pixel_format)
    of = {'overrides': Overrides, 'subclass': Subclass, 'plain': GVnc.BaseFramebuffer}[kind]
    return of(width=width, height=height, local_format=pixel_format, remote_format=pixel_format)


loop = GLib.MainLoop()
connection = GVnc.Connection()
covered = 0
framebuffer = None


def initialized(_connection):
    global framebuffer
    width, height = connection.get_width(), connection.get_height()
    framebuffer = make(width, height, connection.get_pixel_format())
    connection.set_framebuffer(framebuffer)
    connection.set_encodings([int(encoding) for encoding in encodings.split(',')])
    connection.framebuffer_update_request(False, 0, 0, width, height)


def updated(_connection, _x, _y, width, height):
    global covered
    covered += width * height
    if covered == int(pixels):
        connection.shutdown()
    elif covered == connection.get_width() * connection.get_height():
        print('complete', flush=True)
        connection.framebuffer_update_request(True, 0, 0, connection.get_width(), connection.get_height())


connection.connect('vnc-auth-choose-type', lambda *_: connection.set_auth_type(GVnc.ConnectionAuth.NONE))
connection.connect('vnc-initialized', initialized)
connection.connect('vnc-framebuffer-update', updated)
connection.connect('vnc-disconnected', lambda _: loop.quit())
connection.open_host('127.0.0.1', port)
loop.run()
if kind in ('implements', 'overrides'):
    print(json.dumps({'calls': calls, 'colours': colours, 'elsewhere': elsewhere}))
else:
    print(json.dumps({'width': framebuffer.get_width(), 'height': framebuffer.get_height(), 'rowstride': framebuffer.get_rowstride(),
                      'bytes': framebuffer.dup_bytes().get_data().hex()}))
