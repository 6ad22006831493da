#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Statements Z, C and T: size and picture of the widget, clipboard, debugging, small types."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from case import ORIGINAL, GLib, GVnc, case, equal, main  # noqa: E402
from widget import PSEUDO_EXT_SIZE, Display, GtkVnc  # noqa: E402
import rfb  # noqa: E402


def request(d):
    """(minimum width, height), (natural width, height)"""
    rfb.settle(10)
    width, height = d.widget.get_preferred_width(), d.widget.get_preferred_height()
    return (width[0], height[0]), (width[1], height[1])


def colours(d, *points):
    """What is on the screen there now, as 0xrrggbb."""
    picture = d.picture()
    pixels, stride, n = picture.get_pixels(), picture.get_rowstride(), picture.get_n_channels()
    return [int.from_bytes(pixels[y * stride + x * n:y * stride + x * n + 3], 'big') for x, y in points]


def shows(d, points, due):
    """Drawing takes as many frames as it takes."""
    got = []

    def looks_right():
        got[:] = colours(d, *points)
        return got == due
    try:
        rfb.wait(looks_right, 'the picture')
    except AssertionError:
        equal(got, due)


@case('Z1')
def size_request():
    d = Display()
    d.serve()
    equal(request(d), ((400, 300), (400, 300)))
    d.widget.set_force_size(False)
    equal(request(d), ((0, 0), (0, 0)))
    d.destroy()


@case('Z2')
def size_request_scaled():
    d = Display()
    d.widget.set_scaling(True)
    d.serve()
    equal(request(d), ((0, 0), (400, 300)))
    d.widget.set_force_size(False)
    equal(request(d), ((0, 0), (0, 0)))
    d.destroy()


@case('Z3')
def size_request_zoomed():
    for zoom, due in ((200, (800, 600)), (50, (200, 150))):
        for scaling in (False, True):
            d = Display()
            d.widget.set_zoom_level(zoom)
            d.widget.set_scaling(scaling)
            d.serve()
            equal(request(d), ((0, 0) if scaling else due, due))
            d.destroy()


@case('Z3F')
def zoom_counts_at_once():
    d = Display(size=(100, 80))
    d.serve()
    d.widget.set_zoom_level(200)
    rfb.wait(lambda: d.widget.get_allocated_width() == 800, 'a larger window')
    equal(request(d), ((800, 600), (800, 600)))
    d.destroy()


@case('Z4')
def size_request_rotated():
    for degrees, due in ((0, (400, 300)), (90, (300, 400)), (180, (400, 300)), (270, (300, 400))):
        d = Display()
        d.widget.set_rotation(degrees)
        d.serve()
        equal(request(d), (due, due))
        equal(d.widget.get_rotation(), degrees)
        d.destroy()
    w = GtkVnc.Display.new()
    w.set_rotation(360)
    equal(w.get_rotation(), 0)


@case('Z4F')
def odd_rotations():
    w = GtkVnc.Display.new()
    for degrees in (45, 100, 359, 91, 450):
        w.set_rotation(degrees)
        assert w.get_rotation() in (0, 90, 180, 270), degrees


@case('Z5')
def range_of_zoom():
    w = GtkVnc.Display.new()
    for zoom, due in ((5, 10), (10, 10), (400, 400), (401, 400), (150, 150)):
        w.set_zoom_level(zoom)
        equal(w.get_zoom_level(), due)


@case('Z6')
def windows_grow():
    d = Display(size=(100, 80))
    d.serve()
    rfb.wait(lambda: d.window.get_size() == (400, 300), 'a larger window')
    d.destroy()
    d = Display(size=(800, 600))
    d.serve()
    rfb.settle(50)
    equal(tuple(d.window.get_size()), (800, 600))
    d.destroy()


@case('Z7', original=False)     # which puts it where the unzoomed one would be
def zoomed_picture():
    d = Display(size=(400, 300))
    d.widget.set_zoom_level(200)
    d.serve(width=100, height=100)
    d.fill(0x336699)
    d.widget.queue_draw()
    shows(d, [(97, 150), (104, 54), (295, 245), (302, 249), (200, 47)], [0, 0x336699, 0x336699, 0, 0])
    d.destroy()


@case('Z7F')
def pointer_knows_zoom():
    d = Display(size=(800, 600))
    d.widget.set_zoom_level(50)
    d.serve()
    d.motion(300, 225)
    d.motion(499, 374)
    d.motion(400, 300)
    d.expect_said('pointer 0 0 0', 'pointer 0 399 299', 'pointer 0 200 150')
    d.destroy()


@case('Z7F2')
def zoomed_out_picture():
    d = Display(size=(400, 300))
    d.widget.set_zoom_level(50)
    d.serve(width=100, height=100)
    d.fill(0x336699)
    shows(d, [(174, 150), (175, 125), (224, 174), (225, 174)], [0, 0x336699, 0x336699, 0])
    d.destroy()


@case('Z8')
def scaled_picture():
    for aspect, due in ((False, [0x336699] * 4), (True, [0, 0x336699, 0x336699, 0])):
        d = Display(size=(400, 200))
        d.widget.set_scaling(True)
        d.widget.set_keep_aspect_ratio(aspect)
        d.serve(width=50, height=50)
        d.fill(0x336699)
        shows(d, [(96, 100), (106, 100), (293, 100), (303, 100)], due)
        d.destroy()


@case('Z9')
def set_scaling():
    w = GtkVnc.Display.new()
    equal([w.set_scaling(on) for on in (True, True, False)], [True, True, True])


def announce(d, width, height):
    d.update(rfb.rect(0, 0, width, height, PSEUDO_EXT_SIZE, rfb.screens((0, 0, 0, width, height, 0))))


def resizable(size, zoom=100, **how):
    d = Display(size=size)
    d.widget.set_force_size(False)
    d.widget.set_zoom_level(zoom)
    d.widget.set_allow_resize(True)
    d.serve(**how)
    return d


@case('Z10')
def remote_resize():
    # scaling, zoom, what is asked for
    for scaling, zoom, due in ((False, 100, (800, 600)), (True, 100, (800, 600)), (False, 200, (400, 300))):
        d = resizable((800, 600), zoom, width=40, height=30)
        d.widget.set_scaling(scaling)
        announce(d, 40, 30)
        d.window.resize(801, 600)
        rfb.settle(20)
        d.window.resize(800, 600)
        # a machine that stands still between the two sizes is asked for both
        step = (801 * 100 // zoom, 600 * 100 // zoom)
        before = d.server.skip_to('size %d %d 0:0:0:%d:%d:0' % (due + due))
        assert before in ([], ['size %d %d 0:0:0:%d:%d:0' % (step + step)]), before
        if not scaling and zoom == 100 and not ORIGINAL:
            # a refusal is not repeated
            d.update(rfb.rect(1, 1, 800, 600, PSEUDO_EXT_SIZE, rfb.screens()))
            rfb.settle(700)
            d.expect_said()
        d.destroy()
    # off, then on; and never for the size that it has
    d = resizable((800, 600), width=40, height=30)
    d.widget.set_allow_resize(False)
    announce(d, 40, 30)
    rfb.settle(700)
    d.expect_said()
    # About 500 ms later, both times. A slow machine makes it later, and nothing from before is waiting any more.
    begin = time.monotonic()
    d.widget.set_allow_resize(True)
    d.server.expect('size 800 600 0:0:0:800:600:0')
    assert time.monotonic() - begin >= 0.3
    begin = time.monotonic()
    d.window.resize(700, 500)
    d.server.expect('size 700 500 0:0:0:700:500:0')
    assert time.monotonic() - begin >= 0.3
    d.destroy()
    d = resizable((800, 600), width=800, height=600)
    announce(d, 800, 600)
    d.widget.set_allow_resize(False)
    d.widget.set_allow_resize(True)
    rfb.settle(700)
    d.expect_said()
    d.destroy()


@case('Z11F')
def destroyed_while_waiting():
    d = resizable((800, 600), width=40, height=30)
    announce(d, 40, 30)
    d.window.resize(700, 500)
    rfb.settle(30)
    server = d.server
    d.destroy()
    d.window = d.widget = d.thing = d.conn = None
    rfb.settle(700)
    server.expect_closed()


@case('Z12')
def smoothing():
    """Only the filter: a picture of one colour is the same with and without, a chequered one is not."""
    for smooth in (True, False):
        d = Display(size=(400, 300))
        d.widget.set_smoothing(smooth)
        d.widget.set_scaling(True)
        d.serve(width=4, height=3)
        d.fill(0x336699)
        shows(d, [(200, 150), (100, 200)], [0x336699] * 2)
        d.update(rfb.rect(0, 0, 4, 3, 0, b''.join(bytes(4) if (i + i // 4) % 2 else b'\xff\xff\xff\0' for i in range(12))))
        equal(request(d)[1], (4, 3))
        line = [(x, 50) for x in range(400)]
        if smooth:
            rfb.wait(lambda: len(set(colours(d, *line))) > 3, 'shades between black and white')
        else:
            rfb.wait(lambda: set(colours(d, *line)) == {0, 0xffffff}, 'black and white alone')
        d.destroy()


@case('C1')
def text_for_the_server():
    d = Display(window=False)
    d.serve()
    for text in ('a\r\nb\n', '', 'grün'):
        d.widget.client_cut_text(text)
        d.expect_said('cut %r' % text.encode())
    d.widget.close()


@case('C2')
def debugging():
    GLib.unsetenv('G_MESSAGES_DEBUG')
    equal(GVnc.util_get_debug(), False)
    GVnc.util_set_debug(True)
    equal((GVnc.util_get_debug(), GLib.getenv('G_MESSAGES_DEBUG')), (True, 'gtk-vnc'))
    GVnc.util_set_debug(False)
    equal((GVnc.util_get_debug(), GLib.getenv('G_MESSAGES_DEBUG')), (False, 'gtk-vnc'))
    GLib.setenv('G_MESSAGES_DEBUG', 'other', True)
    GVnc.util_set_debug(True)
    equal(GLib.getenv('G_MESSAGES_DEBUG'), 'other gtk-vnc')
    GVnc.util_set_debug(False)
    GLib.unsetenv('G_MESSAGES_DEBUG')


@case('T1')
def colour_maps():
    colours = GVnc.ColorMap.new(2, 3)
    equal([colours.set(i, 1, 2, 3) for i in range(7)], [False, False, True, True, True, False, False])


@case('T2')
def equal_formats():
    names = ('bits_per_pixel', 'depth', 'byte_order', 'true_color_flag', 'red_max', 'green_max', 'blue_max', 'red_shift',
             'green_shift', 'blue_shift')

    def make(different=None):
        f = GVnc.PixelFormat.new()
        for i, name in enumerate(names):
            setattr(f, name, 1 if name == 'true_color_flag' else 1234 if name == 'byte_order' else i + 3)
        if different == 'byte_order':
            f.byte_order = 4321
        elif different is not None:
            setattr(f, different, 0)
        return f
    equal(make().match(make()), True)
    for name in names:
        equal((name, make().match(make(name))), (name, False))


@case('T3')
def new_structures():
    sample = GVnc.AudioSample.new(77)
    equal((sample.length, sample.capacity), (0, 77))
    f = GVnc.AudioFormat.new()
    equal((int(f.format), f.nchannels, f.frequency), (0, 0, 0))
    f = GVnc.PixelFormat.new()
    equal((f.bits_per_pixel, f.depth, f.byte_order, f.red_max, f.blue_shift), (0, 0, 0, 0, 0))


@case('T4')
def cairo_framebuffer():
    f = GVnc.PixelFormat.new()
    f.bits_per_pixel, f.depth, f.byte_order, f.true_color_flag = 32, 24, 1234, 1
    f.red_max = f.green_max = f.blue_max = 255
    f.red_shift, f.green_shift = 16, 8
    fb = GtkVnc.CairoFramebuffer.new(7, 5, f)
    local = fb.get_local_format()
    surface = fb.get_surface()
    equal((fb.get_width(), fb.get_height(), fb.get_rowstride(), fb.perfect_format_match()), (7, 5, 28, False))
    equal((local.bits_per_pixel, local.depth, local.red_shift, local.green_shift, local.blue_shift), (32, 32, 16, 8, 0))
    equal((surface.get_width(), surface.get_height(), int(surface.get_format())), (7, 5, 1))     # RGB24


sys.exit(main())
