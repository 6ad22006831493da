#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Statements S: what a server can send."""
import os
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from case import ORIGINAL, Conn, GVnc, case, equal, main  # noqa: E402
from widget import Display, Gdk  # noqa: E402
import rfb  # noqa: E402

RAW, COPY = 0, 1
SIZE, EXT_SIZE, WMVI, LAST = -223, -308, 0x574d5669, -224
RICH_CURSOR, X_CURSOR, ALPHA_CURSOR = -239, -240, -314
POINTER, LED, NAME, KEYS, AUDIO = -257, -261, -307, -258, -259
ASKED = [SIZE, EXT_SIZE, WMVI, LAST, RICH_CURSOR, X_CURSOR, ALPHA_CURSOR, POINTER, LED, NAME, KEYS, -309, AUDIO, COPY, RAW]
PIXEL = bytes(4)


def session(framebuffer=True, **how):
    """A bare connection with a framebuffer of the server's format, which has asked for everything."""
    c = Conn()
    server = c.serve(**how)
    if framebuffer:
        fmt = c.conn.get_pixel_format()
        width, height = c.conn.get_width(), c.conn.get_height()
        c.memory = bytearray(width * height * 4)
        c.fb = GVnc.BaseFramebuffer.new(c.memory, width, height, width * 4, fmt, fmt)
        c.conn.set_framebuffer(c.fb)
    c.conn.set_encodings(ASKED)
    c.mark(server)
    c.clear()
    return c, server


def told(c, server, data, *names):
    """Sends data and a bell behind it, and waits for the bell: the signals of these names, or all others."""
    c.clear()
    server.send(data + b'\2')
    c.wait('bell')
    return [e for e in c.log if (e[0][4:] in names if names else e[0] != 'vnc-bell')]


@case('S1')
def a_signal_for_each_rectangle():
    c = Display(window=False)       # its framebuffer takes CopyRect on both libraries
    c.serve(width=8, height=6)
    seen = []
    c.conn.connect('vnc-framebuffer-update', lambda _, *area: seen.append((area, bytes(c.widget.get_pixbuf().get_pixels()[:3]))))
    c.update(rfb.rect(0, 0, 1, 1, RAW, b'\x03\x02\x01\0'))
    c.update(rfb.rect(4, 2, 1, 1, COPY, struct.pack('>HH', 0, 0)))
    equal(seen, [((0, 0, 1, 1), b'\1\2\3'), ((4, 2, 1, 1), b'\1\2\3')])
    c.widget.close()


@case('S2F')
def pixels_without_a_framebuffer():
    c, server = session(framebuffer=False, width=8, height=6)
    told(c, server, rfb.update(rfb.rect(0, 0, 1, 1, RAW, PIXEL)))
    assert c.conn.is_open()


@case('S3')
def desktop_size():
    d = Display()
    d.serve()
    sizes = []
    d.conn.connect('vnc-desktop-resize', lambda _, w, h: sizes.append((w, h)))
    d.clear()
    d.server.send(rfb.update(rfb.rect(0, 0, 320, 200, SIZE)))
    d.server.expect('request 0 0 0 320 200')
    if not ORIGINAL:        # it waits for pixels first
        d.server.expect('request 1 0 0 320 200')
    equal(d.log, [('vnc-desktop-resize', 320, 200)])
    equal(sizes, [(320, 200)])
    equal((d.widget.get_width(), d.widget.get_height()), (320, 200))
    d.size = (320, 200)
    d.fill()
    d.clear()
    d.server.send(rfb.update(rfb.rect(0, 0, 320, 200, SIZE)) + b'\2')
    d.wait('bell')
    equal(d.names(), ['bell'])
    assert ORIGINAL or sizes == [(320, 200)]
    d.destroy()


@case('S4')
def extended_desktop_size():
    d = Display()
    d.serve()
    d.clear()
    d.server.send(rfb.update(rfb.rect(0, 0, 320, 200, EXT_SIZE, rfb.screens((7, 0, 0, 320, 200, 0)))))
    d.server.skip_to('request 1 0 0 320 200')
    equal(d.log, [('vnc-desktop-resize', 320, 200)])
    d.size = (320, 200)
    d.fill()
    d.update(rfb.rect(0, 0, 320, 200, EXT_SIZE, rfb.screens((7, 0, 0, 320, 200, 0))))
    equal(d.names(), ['desktop-resize'])
    d.destroy()


@case('S4F')
def extended_desktop_size_asks_for_all():
    d = Display()
    d.serve()
    d.server.send(rfb.update(rfb.rect(0, 0, 320, 200, EXT_SIZE, rfb.screens((7, 0, 0, 320, 200, 0)))))
    d.server.expect('request 0 0 0 320 200', 'request 1 0 0 320 200')
    d.destroy()


@case('S4F2')
def refused_size_is_no_size():
    d = Display()
    d.serve()
    d.clear()
    d.update(rfb.rect(1, 1, 320, 200, EXT_SIZE, rfb.screens()))
    equal(d.names(), [])
    equal((d.widget.get_width(), d.widget.get_height()), (400, 300))
    d.destroy()


def wmvi(d):
    d.server.send(rfb.update(rfb.rect(0, 0, 320, 200, WMVI, rfb.pixel_format(rfb.RGB16))))


@case('S5')
def format_and_size_changed():
    d = Display()
    d.serve()
    seen = []
    d.conn.connect('vnc-pixel-format-changed', lambda _, f: seen.append((f.bits_per_pixel, f.green_max)))
    d.conn.connect('vnc-desktop-resize', lambda _, *size: seen.append(size))
    wmvi(d)
    d.server.skip_to('request 0 0 0 320 200')
    rfb.settle(30)
    equal(seen, [(16, 63), (320, 200)])
    now = d.conn.get_pixel_format()
    equal((now.bits_per_pixel, now.green_max, now.red_shift), (16, 63, 11))
    d.size = (320, 200)
    rfb.settle(30)
    d.server.fill()
    d.server.inbox = b''
    # a request that comes only now is no answer to the update: the one to what follows is
    before = d.update(rfb.rect(0, 0, 320, 200, RAW, b'\xe0\x07' * (320 * 200))) + d.said()
    assert not any(line.startswith('format') for line in before), before
    pixel = d.widget.get_pixbuf().get_pixels()[:3]
    assert pixel[0] == pixel[2] == 0 and pixel[1] >= 0xf8, pixel
    d.destroy()


@case('S5F')
def format_and_size_changed_asks_once():
    d = Display()
    d.serve()
    wmvi(d)
    d.server.expect('request 0 0 0 320 200', 'request 1 0 0 320 200')
    rfb.settle(40)
    assert not d.server.has(1)
    d.destroy()


@case('S6')
def last_rectangle():
    d = Display()
    d.serve()
    message = struct.pack('>BxH', 0, 65535) + rfb.rect(0, 0, 1, 1, RAW, PIXEL) + rfb.rect(0, 0, 0, 0, LAST)
    d.clear()
    d.server.send(message + b'\2')
    d.wait('bell')
    d.server.expect('request 1 0 0 400 300')
    d.expect_said()
    d.destroy()


@case('S7')
def cursors():
    c, server = session()
    mask = b'\xc0'      # one byte a row
    rich = rfb.rect(1, 0, 2, 1, RICH_CURSOR, b'\1\2\3\0\4\5\6\0' + mask)
    x = rfb.rect(0, 1, 2, 2, X_CURSOR, b'\xff\0\0\0\0\xff' + b'\x80\x40' + mask * 2)
    alpha = rfb.rect(2, 1, 3, 2, ALPHA_CURSOR, struct.pack('>i', RAW) + b'\x10\x20\x30\x40' * 6)
    for shape, due in ((rich, (2, 1, 1, 0)), (x, (2, 2, 0, 1)), (alpha, (3, 2, 2, 1))):
        (_, cursor), = told(c, server, rfb.update(shape))
        equal((cursor.get_width(), cursor.get_height(), cursor.get_hotx(), cursor.get_hoty()), due)
        equal(c.conn.get_cursor(), cursor)
        encoding, = struct.unpack('>i', shape[8:12])
        none = rfb.rect(0, 0, 0, 0, encoding, struct.pack('>i', RAW) if encoding == ALPHA_CURSOR else b'')
        equal(told(c, server, rfb.update(none)), [('vnc-cursor-changed', None)])
        assert c.conn.get_cursor() is None


def kind_of_cursor(d):
    cursor = d.widget.get_window().get_cursor()
    return None if cursor is None else 'blank' if cursor.get_cursor_type() == Gdk.CursorType.BLANK_CURSOR else 'image'


@case('S8')
def cursor_of_the_widget():
    shape = rfb.rect(1, 0, 2, 1, RICH_CURSOR, b'\1\2\3\0\4\5\6\0\xc0')
    d = Display()
    d.serve()
    equal(kind_of_cursor(d), 'blank')
    d.widget.set_pointer_local(True)
    equal(kind_of_cursor(d), None)
    d.update(shape)
    equal(kind_of_cursor(d), 'image')
    d.widget.set_pointer_local(False)
    equal(kind_of_cursor(d), 'image')
    d.update(rfb.rect(0, 0, 0, 0, RICH_CURSOR))
    equal(kind_of_cursor(d), 'blank')
    d.destroy()


@case('S9')
def pointer_mode():
    d = Display()
    d.serve()
    modes = []
    d.conn.connect('vnc-pointer-mode-changed', lambda _, absolute: modes.append(absolute))
    d.widget.set_pointer_grab(True)
    d.update(rfb.rect(0, 0, 0, 0, POINTER))
    equal((modes, d.widget.is_pointer_absolute(), d.conn.get_abs_pointer()), ([False], False, False))
    d.widget.force_grab(True)
    equal(d.names('keyboard-grab', 'pointer-grab'), ['keyboard-grab', 'pointer-grab'])
    d.clear()
    d.update(rfb.rect(1, 0, 0, 0, POINTER))
    rfb.settle(20)
    equal((modes, d.widget.is_pointer_absolute()), ([False, True], True))
    equal(d.names(), ['keyboard-ungrab', 'pointer-ungrab'])
    d.destroy()


@case('S10')
def lights():
    c, server = session()
    seen = []
    c.conn.connect('vnc-led-state', lambda conn: seen.append(conn.get_ledstate()))
    for state in (1, 2, 4, 7, 0):
        told(c, server, rfb.update(rfb.rect(0, 0, 1, 1, LED, bytes([state]))))
    equal(seen, [1, 2, 4, 7, 0])
    equal(c.conn.get_ledstate(), 0)


@case('S11')
def desktop_name():
    d = Display()
    d.serve()
    names = []
    d.conn.connect('vnc-desktop-rename', lambda conn, name: names.append((name, conn.get_name())))
    d.clear()
    d.update(rfb.rect(0, 0, 0, 0, NAME, rfb.text('Büro'.encode())))
    rfb.settle(20)
    equal(d.log, [('vnc-desktop-rename', 'Büro')])
    equal(names, [('Büro', 'Büro')])
    equal(d.widget.get_name(), 'Büro')
    d.destroy()


@case('S12')
def extended_keys():
    c, server = session()
    equal(c.conn.get_ext_key_event(), False)
    told(c, server, rfb.update(rfb.rect(0, 0, 0, 0, KEYS)))
    equal(c.conn.get_ext_key_event(), True)
    c.conn.key_event(True, 0x61, 0x1e)
    server.skip_to('scancode 1 0x61 0x1e')


@case('S13')
def power():
    c, server = session()
    Action = GVnc.ConnectionPowerAction
    equal(c.conn.power_control(Action.SHUTDOWN), False)
    equal(told(c, server, b'\xfa\0\1\1'), [('vnc-power-control-initialized',)])
    equal(c.conn.get_power_control(), True)
    for action, code in ((Action.SHUTDOWN, 2), (Action.REBOOT, 3), (Action.RESET, 4)):
        equal(c.conn.power_control(action), True)
        server.expect('xvp %d' % code)
    equal(told(c, server, b'\xfa\0\1\0'), [('vnc-power-control-failed',)])


@case('S14')
def bell():
    d = Display()
    d.serve()
    d.clear()
    d.server.send(b'\2\2')
    d.wait('bell', 2)
    equal(d.names(), ['bell', 'bell'])
    d.destroy()


def cut_text(data):
    return b'\3\0\0\0' + rfb.text(data)


@case('S15')
def text_of_the_server():
    d = Display()
    d.serve()
    for data in (b'a\r\nb\n', b'', 'grün'.encode()):
        d.clear()
        d.server.send(cut_text(data) + b'\2')
        d.wait('bell')
        equal(d.log, [('vnc-server-cut-text', data.decode()), ('vnc-bell',)])
    d.widget.set_read_only(True)
    d.clear()
    d.server.send(cut_text(b'x') + b'\2')
    d.wait('bell')
    equal(d.names(), ['bell'])
    d.destroy()

    c, server = session(framebuffer=False)
    server.send(b'\3\0\0\0' + struct.pack('>I', (32 << 20) + 1))
    c.wait('disconnected')
    equal(c.names(), ['error', 'disconnected'])


@case('S16')
def nonsense():
    for data in (rfb.update(rfb.rect(0, 0, 1, 1, 4711)), b'\x77', rfb.update(rfb.rect(0, 0, 401, 1, RAW)),
                 rfb.update(rfb.rect(400, 299, 1, 1, RAW))):
        c, server = session()
        server.send(data)
        c.wait('disconnected')
        equal(c.names(), ['error', 'disconnected'])
        server.expect_closed()


@case('S17')
def asking_for_a_size():
    c, server = session()
    equal(c.conn.set_size(800, 600), GVnc.ConnectionResizeStatus.UNSUPPORTED)
    told(c, server, rfb.update(rfb.rect(0, 0, 400, 300, EXT_SIZE, rfb.screens((0, 0, 0, 400, 300, 0)))))
    c.conn.set_size(800, 600)
    server.expect('size 800 600 0:0:0:800:600:0')


@case('S17F')
def asking_for_a_size_tells_what_became_of_it():
    c, server = session()
    told(c, server, rfb.update(rfb.rect(0, 0, 400, 300, EXT_SIZE, rfb.screens((0, 0, 0, 400, 300, 0)))))
    equal(c.conn.set_size(800, 600), GVnc.ConnectionResizeStatus.OK)
    server.expect('size 800 600 0:0:0:800:600:0')


@case('S17F2')
def asking_for_a_size_keeps_the_screen():
    c, server = session()
    told(c, server, rfb.update(rfb.rect(0, 0, 400, 300, EXT_SIZE, rfb.screens((0x1234, 0, 0, 400, 300, 0x77)))))
    c.conn.set_size(800, 600)
    server.expect('size 800 600 %d:0:0:800:600:%d' % (0x1234, 0x77))


def audio(operation, data=b''):
    return struct.pack('>BBH', 255, 1, operation) + data


@case('S18')
def sound():
    for early in (True, False):
        c = Conn()
        sink = GVnc.BaseAudio.new()
        heard = []
        sink.connect('vnc-audio-playback-start', lambda _, f: heard.append(('start', int(f.format), f.nchannels, f.frequency)))
        sink.connect('vnc-audio-playback-data', lambda _, s: heard.append(('data', s.length)))
        sink.connect('vnc-audio-playback-stop', lambda _: heard.append(('stop',)))
        fmt = GVnc.AudioFormat.new()
        fmt.format, fmt.nchannels, fmt.frequency = GVnc.AudioFormatType.S16, 2, 44100

        before = c.conn.get_audio_format()
        equal((int(before.format), before.nchannels, before.frequency), (0, 0, 0))

        def prepare():
            equal(c.conn.set_audio(sink), True)
            equal(c.conn.set_audio_format(fmt), True)
            equal(c.conn.audio_enable(), True)
        if early:
            prepare()
        server = c.serve()
        if not early:
            prepare()
        c.conn.set_encodings(ASKED)
        equal([line for line in c.mark(server) if line.startswith('audio')], [])
        told(c, server, rfb.update(rfb.rect(0, 0, 0, 0, AUDIO)))
        number = int(GVnc.AudioFormatType.S16)
        equal(c.mark(server), ['audio format %d 2 44100' % number, 'audio enable'])
        told(c, server, audio(1) + audio(2, rfb.text(bytes(400))) + audio(0))
        equal(heard, [('start', number, 2, 44100), ('data', 400), ('stop',)])
        c.conn.audio_disable()
        equal(c.mark(server), ['audio disable'])
        c.conn.audio_enable()
        equal([line for line in c.mark(server) if 'format' not in line], ['audio enable'])


@case('S18F')
def room_of_samples():
    c = Conn()
    sink = GVnc.BaseAudio.new()
    heard = []
    sink.connect('vnc-audio-playback-data', lambda _, s: heard.append((s.length, s.capacity)))
    fmt = GVnc.AudioFormat.new()
    fmt.format, fmt.nchannels, fmt.frequency = GVnc.AudioFormatType.S16, 2, 44100
    c.conn.set_audio(sink)
    c.conn.set_audio_format(fmt)
    c.conn.audio_enable()
    server = c.serve()
    c.conn.set_encodings(ASKED)
    told(c, server, rfb.update(rfb.rect(0, 0, 0, 0, AUDIO)))
    told(c, server, audio(1) + audio(2, rfb.text(bytes(400))) + audio(2, rfb.text(bytes(8))) + audio(0))
    equal(heard, [(400, 400), (8, 8)])


@case('S19')
def sound_for_applications():
    sink = GVnc.BaseAudio.new()
    fmt = GVnc.AudioFormat.new()
    fmt.nchannels = 2
    sample = GVnc.AudioSample.new(16)
    heard = []
    sink.connect('vnc-audio-playback-start', lambda _, f: heard.append(('start', f.nchannels)))
    sink.connect('vnc-audio-playback-data', lambda _, s: heard.append(('data', s.capacity)))
    sink.connect('vnc-audio-playback-stop', lambda _: heard.append(('stop',)))
    sink.playback_start(fmt)
    sink.playback_data(sample)
    sink.playback_stop()
    equal(heard, [('start', 2), ('data', 16), ('stop',)])


if ORIGINAL:
    ASKED.remove(-309)
sys.exit(main())
