#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Statements D and W, and O22: the life of a session in the widget, and what it sends by itself."""
import os
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from case import ORIGINAL, GVnc, case, equal, main  # noqa: E402
from widget import Display, Gdk, Gtk, GtkVnc  # noqa: E402
import rfb  # noqa: E402

NONE, VNC, TLS, SASL, VENCRYPT, ARD, MSLOGON2 = 1, 2, 18, 20, 19, 30, 113
Depth = GtkVnc.DisplayDepthColor
# What 1.3.1 asks for, in its order.
ENCODINGS = [7, -309, -258, -261, -308, -223, -307, -224, 1464686185, -259, -314, -239, -240, -257, 16, 5, 2, 1, 0]
FULL = 'request 0 0 0 400 300'


def handshake(d, types=(1,), before_choice=None, **how):
    """Begins a session up to the choice of a security type."""
    server = d.server = rfb.Server()
    assert d.widget.open_fd(server.fd)
    server.version()
    server.send(bytes([len(types)]) + bytes(types))
    return server


@case('O22')
def close_inside_handlers():
    for what in ('close', 'destroy'):
        for signal in ('initialized', 'disconnected'):
            def act():
                if what == 'close':
                    d.widget.close()
                else:
                    d.destroy()
            d = Display(**{signal: act})
            d.begin()
            if signal == 'disconnected':
                d.server.close()
                d.wait('disconnected')
            rfb.settle(60)
            assert d.names().count('disconnected') <= 1
            if signal == 'initialized':
                rfb.wait(lambda: d.server.has(1 << 30), "the client's end")
            d.destroy()


@case('D1')
def defaults():
    w = GtkVnc.Display.new()
    p = w.props
    equal((p.depth, p.force_size, p.smoothing, p.zoom_level, p.rotation), (Depth.DEFAULT, True, True, 100, 0))
    equal(w.get_grab_keys().as_string(), 'Control_L+Alt_L')
    for name in ('allow_resize', 'grab_keyboard', 'grab_pointer', 'keep_aspect_ratio', 'local_pointer', 'lossy_encoding', 'read_only',
                 'scaling', 'shared_flag'):
        equal((name, getattr(p, name)), (name, False))
    equal((w.get_width(), w.get_height(), w.get_name()), (0, 0, None))
    d = Display()
    conn = d.widget.get_connection()
    assert isinstance(conn, GVnc.Connection)
    for _ in range(2):
        d.clear()
        d.serve()
        assert d.widget.get_connection() is conn
        d.widget.close()
        d.wait('disconnected')
        assert d.widget.get_connection() is conn
    d.destroy()


@case('D2')
def a_new_widget():
    w = GtkVnc.Display.new()
    mask = Gdk.EventMask
    due = (mask.POINTER_MOTION_MASK | mask.BUTTON_MOTION_MASK | mask.BUTTON_PRESS_MASK | mask.BUTTON_RELEASE_MASK | mask.SCROLL_MASK
           | mask.KEY_PRESS_MASK | mask.ENTER_NOTIFY_MASK | mask.LEAVE_NOTIFY_MASK)
    equal(w.get_events() & due, due)
    equal((w.get_can_focus(), w.is_pointer_absolute(), w.get_pixbuf(), w.request_update()), (True, True, None, False))


@case('D3')
def life():
    d = Display()
    d.serve()
    equal(d.names(), ['connected', 'desktop-resize', 'initialized'])
    equal(d.arguments('desktop-resize'), (400, 300))
    assert d.widget.is_open()
    d.widget.close()
    equal(d.widget.is_open(), False)
    d.wait('disconnected')
    equal(d.names(), ['connected', 'desktop-resize', 'initialized', 'disconnected'])
    d.destroy()

    d = Display()
    server = handshake(d, [VNC])
    server.expect_bytes(bytes([VNC]))
    server.send(bytes(16))
    d.wait('auth-credential')
    d.widget.set_credential(GtkVnc.DisplayCredential.PASSWORD, 'secret')
    server.recv(16)
    server.send(bytes(4))
    server.init()
    d.wait('initialized')
    equal(d.names(), ['connected', 'auth-credential', 'desktop-resize', 'initialized'])
    d.destroy()


@case('D4F')
def resize_on_every_open():
    d = Display()
    for _ in range(2):
        d.clear()
        d.serve()
        equal(d.names(), ['connected', 'desktop-resize', 'initialized'])
        d.widget.close()
        d.wait('disconnected')
    d.destroy()


@case('D5')
def after_the_end():
    d = Display()
    d.serve()
    d.fill()
    d.server.close()
    d.wait('disconnected')
    w = d.widget
    equal((w.get_width(), w.get_height(), w.get_name(), w.get_pixbuf()), (0, 0, None, None))
    equal(w.get_preferred_width(), (400, 400))
    equal(w.get_preferred_height(), (300, 300))
    d.destroy()


@case('D6')
def credentials_of_the_widget():
    for kind, challenge, due in ((VNC, bytes(16), ['PASSWORD']),
                                 (ARD, struct.pack('>HH', 2, 128) + b'\xff' * 127 + b'\x7f' + b'\x12' * 128, ['USERNAME', 'PASSWORD'])):
        seen = []
        d = Display()
        d.widget.connect('vnc-auth-credential', lambda w, a: seen.extend(a.get_nth(i) for i in range(a.n_values)))
        server = handshake(d, [kind])
        server.expect_bytes(bytes([kind]))
        server.send(challenge)
        d.wait('auth-credential')
        equal(seen, [getattr(GtkVnc.DisplayCredential, name) for name in due])
        equal([int(v) for v in seen], [int(getattr(GVnc.ConnectionCredential, name)) for name in due])
        d.destroy()


@case('D7')
def credential_returns_false():
    w = GtkVnc.Display.new()
    for kind in (GtkVnc.DisplayCredential.PASSWORD, GtkVnc.DisplayCredential.USERNAME, GtkVnc.DisplayCredential.CLIENTNAME):
        equal(w.set_credential(kind, 'x'), False)


@case('A6F', 'D7F')
def credential_of_no_kind():
    equal(GtkVnc.Display.new().set_credential(77, 'x'), True)


@case('D8')
def the_widget_chooses():
    order = [VENCRYPT, TLS, SASL, ARD, VNC, NONE]
    for i, best in enumerate(order):
        for types in (order[i:], order[i:][::-1]):
            d = Display(window=False)
            server = handshake(d, types)
            server.expect_bytes(bytes([best]))
            d.widget.close()
            server.close()
    order = [263, 262, 261, 260, 264, 259, 258, 257]
    for i, best in enumerate(order):
        for types in (order[i:], order[i:][::-1]):
            d = Display(window=False)
            vencrypt(d, types).expect_bytes(struct.pack('>I', best))
            d.widget.close()


@case('D8b')
def mslogon_before_apple():
    d = Display(window=False)
    if not ORIGINAL:
        d.conn.props.allow_weak = True
    handshake(d, [ARD, MSLOGON2, VNC]).expect_bytes(bytes([MSLOGON2]))
    d.widget.close()


@case('D8c')
def never_plain_in_clear():
    d = Display(window=False)
    server = vencrypt(d, [256])
    d.wait('disconnected')
    server.expect_closed()


def vencrypt(d, subtypes):
    server = handshake(d, [VENCRYPT])
    server.expect_bytes(bytes([VENCRYPT]))
    server.send(b'\0\2')
    server.expect_bytes(b'\0\2')
    server.send(b'\0' + bytes([len(subtypes)]) + struct.pack('>%dI' % len(subtypes), *subtypes))
    return server


@case('D9')
def nothing_usable():
    d = Display()
    server = handshake(d, [200, 201])
    d.wait('disconnected')
    server.expect_closed()
    d.destroy()


@case('D9F')
def nothing_usable_is_told():
    d = Display()
    handshake(d, [200, 201])
    d.wait('disconnected')
    equal(d.names(), ['connected', 'auth-unsupported', 'error', 'disconnected'])
    equal(d.arguments('auth-unsupported'), (200,))
    d.destroy()


@case('D10')
def failures_with_the_signals_of_the_widget():
    d = Display(window=False)
    d.widget.open_host('no-such-host.invalid', '5900')
    d.wait('disconnected')
    equal(d.names(), ['error', 'disconnected'])
    assert 'no-such-host.invalid' in d.arguments('error')[0]

    d = Display(window=False)
    d.serve()
    d.server.close()
    d.wait('disconnected')
    equal(d.log[-2:], [('vnc-error', 'Server closed the connection'), ('vnc-disconnected',)])

    d = Display(window=False, auth_credential=lambda _: d.widget.set_credential(GtkVnc.DisplayCredential.PASSWORD, 'x'))
    server = handshake(d, [VNC])
    server.recv(1)
    server.send(bytes(16))
    server.recv(16)
    server.send(struct.pack('>I', 1) + rfb.text(b'No, my friend'))
    d.wait('disconnected')
    equal(d.names()[-3:], ['error', 'auth-failure', 'disconnected'])
    assert 'No, my friend' in d.arguments('auth-failure')[0]


@case('D11')
def without_a_window():
    d = Display(window=False)
    d.serve()
    d.fill()
    pixbuf = d.widget.get_pixbuf()
    equal((pixbuf.get_width(), pixbuf.get_height()), (400, 300))
    d.widget.close()


@case('D11F')
def without_a_window_and_silent():
    without_a_window()      # a logged critical fails every case


@case('D12')
def shown_later_and_moved():
    d = Display(window=False)
    d.serve()
    d.fill(0x336699)
    for _ in range(2):
        if d.window is not None:
            d.window.remove(d.widget)
            d.window.destroy()
        d.window = Gtk.Window(type=Gtk.WindowType.POPUP)
        d.window.add(d.widget)
        d.show()

        def is_complete():
            picture = d.picture()
            pixels, stride, n = picture.get_pixels(), picture.get_rowstride(), picture.get_n_channels()
            return ((picture.get_width(), picture.get_height()) == (400, 300) and
                    all(pixels[y * stride + x * n:y * stride + x * n + 3] == b'\x33\x66\x99'
                        for x, y in ((0, 0), (399, 299), (200, 150))))
        rfb.wait(is_complete, 'the whole picture')
    d.widget.send_pointer(1, 2, 0)
    d.expect_said('pointer 0 1 2')
    d.destroy()


@case('D13')
def work_before_the_handler():
    seen = []

    def begun():
        w = d.widget
        seen.append((w.get_width(), w.get_height(), w.get_name(), w.get_pixbuf() is not None, d.names('desktop-resize')))
        w.send_pointer(7, 8, 0)
    d = Display(initialized=begun)
    d.serve()
    equal(seen, [(400, 300, 'desk', True, ['desktop-resize'])])
    equal([line.split()[0] for line in d.greeting if line.split()[0] != 'xvp'][:1], ['format'])
    equal(d.said_since, ['pointer 0 7 8'])
    d.destroy()

    for when, due in (('connected', 'format 8 8 0 7 7 3 5 2 0'), ('initialized', 'format 32 24 0 255 255 255 16 8 0')):
        d = Display(window=False, **{when: lambda: d.widget.set_depth(Depth.LOW)})
        d.serve()
        equal(d.greeting[0], due)
        d.widget.close()


@case('D14')
def picture_of_the_desktop():
    d = Display()
    d.widget.set_scaling(True)
    d.widget.set_zoom_level(200)
    d.widget.set_rotation(90)
    d.serve(width=40, height=30)
    d.fill(0x123456)
    picture = d.widget.get_pixbuf()
    equal((picture.get_width(), picture.get_height(), picture.get_has_alpha(), picture.get_bits_per_sample()), (40, 30, False, 8))
    equal(picture.get_pixels()[:3], b'\x12\x34\x56')
    d.fill(0x654321)
    equal(picture.get_pixels()[:3], b'\x12\x34\x56')
    d.destroy()


@case('D15')
def name_of_the_desktop():
    d = Display(window=False)
    d.serve(name='Büro'.encode())
    equal(d.widget.get_name(), 'Büro')
    d.widget.close()


@case('W1')
def shared():
    for flag in (False, True):
        d = Display(window=False)
        d.widget.set_shared_flag(flag)
        d.serve()
        equal(d.server.shared, int(flag))
        d.widget.close()


@case('W2')
def order_of_the_first_messages():
    d = Display()
    d.begin()
    kinds = [d.server.next().split()[0] for _ in range(2)]
    equal(kinds, ['format', 'encodings'])
    d.server.expect(FULL)
    d.destroy()


@case('W3')
def formats():
    f = rfb.Format
    rows = [
        (Depth.DEFAULT, rfb.RGB32, 'format 32 24 0 255 255 255 16 8 0'),
        (Depth.DEFAULT, rfb.RGB32._replace(big=1), 'format 32 24 0 255 255 255 16 8 0'),
        (Depth.DEFAULT, rfb.RGB32._replace(r_shift=0, b_shift=16), 'format 32 24 0 255 255 255 0 8 16'),
        (Depth.DEFAULT, rfb.RGB16._replace(big=1), 'format 16 16 0 31 63 31 11 5 0'),
        (Depth.DEFAULT, f(8, 8, 0, 1, 7, 7, 3, 0, 3, 6), 'format 8 8 0 7 7 3 0 3 6'),
        (Depth.DEFAULT, f(32, 30, 0, 1, 1023, 1023, 1023, 20, 10, 0), 'format 32 30 0 1023 1023 1023 20 10 0'),
        (Depth.FULL, rfb.RGB16, 'format 32 24 0 255 255 255 16 8 0'),
        (Depth.MEDIUM, rfb.RGB32, 'format 16 15 0 31 31 31 11 6 1'),
        (Depth.LOW, rfb.RGB32, 'format 8 8 0 7 7 3 5 2 0'),
        (Depth.ULTRA_LOW, rfb.RGB32, 'format 8 3 0 1 1 1 7 6 5'),
    ]
    for depth, server, due in rows:
        d = Display(window=False)
        d.widget.set_depth(depth)
        d.serve(fmt=server)
        if sys.byteorder == 'big':
            due = due.replace(' 0 ', ' 1 ', 1)
        equal(d.greeting[0], due)
        d.widget.close()


def encodings_of(d):
    line, = [line for line in d.greeting if line.startswith('encodings ')]
    return [int(n) for n in line.split()[1:]]


@case('W4')
def encodings():
    """Ours come between and behind those of 1.3.1, whose order stays."""
    for how in ({}, {'fmt': rfb.RGB16}):
        for depth in (Depth.DEFAULT, Depth.LOW):
            for lossy in (False, True):
                d = Display(window=False)
                d.widget.set_depth(depth)
                d.widget.set_lossy_encoding(lossy)
                d.serve(**how)
                got = encodings_of(d)
                d.widget.close()
                equal([n for n in got if n in ENCODINGS], ENCODINGS)
                equal(-27 in got, lossy)
                assert not lossy or got[0] == -27 or not ORIGINAL
                equal(len(got), len(set(got)))
                if ORIGINAL:
                    equal(len(got), len(ENCODINGS) + lossy)


@case('W5')
def framebuffer_of_the_widget():
    d = Display(window=False)
    # The widget keeps it to itself; what is in it, get_pixbuf tells.
    for fmt, pixel, due in ((rfb.RGB32, b'\x56\x34\x12\0', b'\x12\x34\x56'), (rfb.RGB16, b'\0\xf8', None)):
        d.serve(width=2, height=1, fmt=fmt)
        d.update(rfb.rect(0, 0, 2, 1, 0, pixel * 2))
        equal(len(d.widget.get_pixbuf().get_pixels()), len(d.widget.get_pixbuf().get_pixels()))
        got = bytes(d.widget.get_pixbuf().get_pixels()[:3])
        if due is not None:
            equal(got, due)
        else:
            assert got[0] >= 0xf8 and got[1:] == b'\0\0', got
        d.widget.close()
        d.wait('disconnected')
        d.clear()


@case('W6')
def settings_during_a_session():
    d = Display()
    d.serve()
    d.widget.set_depth(Depth.LOW)
    d.widget.set_lossy_encoding(True)
    d.widget.set_shared_flag(True)
    d.expect_said()
    d.widget.close()
    d.wait('disconnected')
    d.serve()
    equal(d.server.shared, 1)
    assert -27 in encodings_of(d)
    d.destroy()


@case('W6F')
def depth_is_kept():
    d = Display()
    d.serve()
    d.widget.set_depth(Depth.LOW)
    equal(d.greeting[0], 'format 32 24 0 255 255 255 16 8 0')
    d.widget.close()
    d.wait('disconnected')
    d.serve()
    equal(d.greeting[0], 'format 8 8 0 7 7 3 5 2 0')
    d.destroy()


@case('W7', original=False)     # which asks once for each rectangle of pixels
def one_answer_for_an_update():
    d = Display()
    server = d.serve()
    pixel = bytes(4)
    server.send(rfb.update(*[rfb.rect(i, 0, 1, 1, 0, pixel) for i in range(5)]))
    server.expect('request 1 0 0 400 300')
    server.send(rfb.update(rfb.rect(0, 0, 0, 0, -307, rfb.text(b'new'))))
    server.expect('request 1 0 0 400 300')
    equal(d.widget.get_name(), 'new')
    server.send(rfb.update())
    rfb.settle(40)
    assert not server.has(1)
    # not before the whole message is there
    message = rfb.update(*[rfb.rect(i, 0, 1, 1, 0, pixel) for i in range(2)])
    server.send(message[:-1])
    rfb.settle(40)
    assert not server.has(1)
    server.send(message[-1:])
    server.expect('request 1 0 0 400 300')
    d.destroy()


@case('W8')
def no_other_requests():
    d = Display()
    server = d.serve()
    d.window.resize(200, 100)
    rfb.settle(60)
    d.window.resize(800, 600)
    d.widget.queue_draw()
    rfb.settle(60)
    assert not server.has(1)
    d.destroy()


@case('W9F')
def request_update():
    d = Display()
    server = d.serve(width=320, height=200)
    equal(d.widget.request_update(), True)
    server.expect('request 0 0 0 320 200')
    d.destroy()


@case('W10F')
def colour_map_server():
    for depth in (Depth.DEFAULT, Depth.FULL):
        d = Display(window=False)
        d.widget.set_depth(depth)
        d.serve(width=2, height=1, fmt=rfb.Format(8, 8, 0, 0, 0, 0, 0, 0, 0, 0))
        bpp = int(d.greeting[0].split()[1])
        d.update(rfb.rect(0, 0, 2, 1, 0, bytes(2 * bpp // 8)))
        if bpp == 8:
            d.server.send(struct.pack('>BxHH', 1, 0, 2) + struct.pack('>6H', 0xffff, 0, 0, 0, 0, 0xffff))
            d.update(rfb.rect(0, 0, 2, 1, 0, b'\0\1'))
            equal(bytes(d.widget.get_pixbuf().get_pixels()[:6]), b'\xff\0\0\0\0\xff')
        d.widget.close()


sys.exit(main())
