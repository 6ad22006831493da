#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""SERVER: what gtk-vnc had no calls for, called from a script; tells what came of it, as JSON."""
import json
import os
import sys
import time
import gi
gi.require_version('GVnc', '1.0')
from gi.repository import Gio, GLib, GVnc  # noqa: E402
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'demo'))
from demoserver import DemoServer  # noqa: E402

PATIENCE = 20
RAW, POINTER_POS, AUDIO, LED_STATE, EXTENDED_DESKTOP_SIZE, XVP, EXTENDED_BUTTONS = 0, -232, -259, -261, -308, -309, -316
TEXT, RTF, HTML = GVnc.ClipboardFormats.TEXT, GVnc.ClipboardFormats.RTF, GVnc.ClipboardFormats.HTML
told, signals, notified = {}, {}, []


def until(what, condition):
    end = time.monotonic() + PATIENCE
    GLib.timeout_add(100, lambda: time.monotonic() < end)
    while not condition():
        if time.monotonic() > end:
            sys.exit('%s: not within %d s; signals: %s' % (what, PATIENCE, signals))
        GLib.MainContext.default().iteration(True)


def until_signal(name, arguments):
    until('%s %s' % (name, arguments), lambda: tuple(arguments) in signals.get(name, ()))


def finished(call, finish, *arguments, cancellable=None):
    """What an asynchronous call comes to, or its error."""
    results = []
    call(*arguments, cancellable, lambda _conn, result: results.append(result))
    until(call.__name__, lambda: results)
    try:
        return finish(results[0])
    except GLib.Error as error:
        if error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.CANCELLED):
            return 'cancelled'
        return error.matches(GVnc.error_quark(), GVnc.Error.UNSUPPORTED) and 'unsupported' or error.message


def screens(conn):
    return [[one.id, one.x, one.y, one.width, one.height, one.flags] for one in conn.get_screens()]


def layouts(conn):
    split = [GVnc.Screen.new(1, 0, 0, 100, 150, 0), GVnc.Screen.new(7, 100, 0, 100, 150, 0)]

    told['screens'] = screens(conn)
    status = finished(conn.set_layout_async, conn.set_layout_finish, 200, 150, split)
    told['layout'] = [int(status), screens(conn), conn.get_width(), conn.get_height()]
    outside = [GVnc.Screen.new(1, 0, 0, 201, 150, 0)]
    told['layout-impossible'] = finished(conn.set_layout_async, conn.set_layout_finish, 200, 150, outside)


def clipboard(conn, server):
    cancellable = Gio.Cancellable()

    server.command('cuttext8 grüße 😀 שלום')
    until_signal('vnc-clipboard-offered', [TEXT])
    cancellable.cancel()
    told['clipboard-cancelled'] = finished(conn.clipboard_request_async, conn.clipboard_request_finish, TEXT,
                                           cancellable=cancellable)
    told['clipboard-html'] = finished(conn.clipboard_request_async, conn.clipboard_request_finish, HTML)
    server.command('cuthtml <b>née</b>')
    until_signal('vnc-clipboard-offered', [TEXT | HTML])
    told['clipboard-fetched-html'] = finished(conn.clipboard_request_async, conn.clipboard_request_finish, HTML).get_data().decode()
    server.command('cutrtf {\\rtf1 n\\u233?e}')
    until_signal('vnc-clipboard-offered', [TEXT | RTF | HTML])
    told['clipboard-fetched-rtf'] = finished(conn.clipboard_request_async, conn.clipboard_request_finish, RTF).get_data().decode()
    told['clipboard-text'] = finished(conn.clipboard_request_async, conn.clipboard_request_finish, TEXT).get_data().decode()
    conn.connect('vnc-clipboard-requested', lambda conn, wanted: told.update(
        {'clipboard-provided-%d' % int(wanted): conn.clipboard_provide(wanted, GLib.Bytes.new('née 🦊'.encode()))}))
    conn.clipboard_offer(TEXT | RTF | HTML)
    for name in ('rtf', 'html'):
        until(name + ' at the server', lambda: any(event.startswith('cuttext %s 9 %s' % (name, 'née 🦊'.encode().hex())) for event in server.events()))
    until('the text at the server', lambda: any(event.startswith('cuttext utf8') and 'née 🦊'.encode().hex() in event for event in server.events()))
    told['clipboard-set'] = conn.clipboard_set_text('zwei\nZeilen')
    until('the second text at the server', lambda: any(b'zwei\r\nZeilen'.hex() in event for event in server.events()))


def pointer_and_keyboard(conn, server):
    server.command('move 17 33')
    until_signal('vnc-cursor-moved', [17, 33])
    told['position'] = list(conn.get_cursor_position())
    server.command('leds 5')
    until('the lights', lambda: conn.get_ledstate() == 5)
    told['lights'] = [conn.has_ledstate(), len(signals['vnc-led-state']) > 0]
    until('more buttons', conn.get_extended_buttons)
    told['buttons'] = conn.pointer_event_full(0x180, 5, 6)
    until('the buttons at the server', lambda: 'pointer 384 5 6' in server.events())


def power(conn, server):
    until('power control', conn.get_power_control)
    told['power'] = conn.power_control(GVnc.ConnectionPowerAction.RESET)
    until('the wish at the server', lambda: 'xvp 1 4' in server.events())


def sound(conn, server):
    sink = GVnc.BaseAudio.new()
    heard = {'bytes': 0, 'formats': []}
    wanted = GVnc.AudioFormat.new()

    def data(_sink, sample):
        heard['bytes'] += sample.length

    sink.connect('vnc-audio-playback-start', lambda _sink, fmt: heard['formats'].append([fmt.nchannels, fmt.frequency]))
    sink.connect('vnc-audio-playback-data', data)
    sink.connect('vnc-audio-playback-stop', lambda _sink: heard.update(stopped=True))
    wanted.format, wanted.nchannels, wanted.frequency = GVnc.AudioFormatType.S16, 1, 22050
    told['sound-set'] = [conn.set_audio(sink), conn.set_audio_format(wanted), conn.audio_enable()]
    server.command('tone 440')
    until('a tenth of a second', lambda: heard['bytes'] > 4410)
    told['sound-off'] = conn.audio_disable()
    until('the end of the sound', lambda: heard.get('stopped'))
    told['sound'] = [heard['formats'], heard['bytes'] % 2]


def main():
    with DemoServer(sys.argv[1], '--still', '--size=320x240') as server:
        conn = GVnc.Connection(extended_clipboard=True)
        for name in ('vnc-screens-changed', 'vnc-clipboard-offered', 'vnc-cursor-moved', 'vnc-led-state', 'vnc-disconnected'):
            conn.connect(name, lambda _conn, *args, name=name: signals.setdefault(name, []).append(args))
        for name in ('auto-quality', 'bandwidth', 'latency', 'extended-clipboard', 'encoding'):
            conn.connect('notify::' + name, lambda _conn, pspec: notified.append(pspec.name))
        conn.connect('vnc-framebuffer-update-end',
                     lambda conn: conn.framebuffer_update_request(True, 0, 0, conn.get_width(), conn.get_height()))
        conn.set_auth_order([1])
        told['opened'] = finished(conn.open_host_async, conn.open_host_finish, '127.0.0.1', str(server.port))
        told['encodings'] = conn.set_encodings([RAW, POINTER_POS, AUDIO, LED_STATE, EXTENDED_DESKTOP_SIZE, XVP, EXTENDED_BUTTONS])
        conn.props.auto_quality = True
        conn.framebuffer_update_request(False, 0, 0, 320, 240)
        until_signal('vnc-screens-changed', [0, 0])
        layouts(conn)
        clipboard(conn, server)
        pointer_and_keyboard(conn, server)
        power(conn, server)
        sound(conn, server)
        told['quality'] = [conn.get_auto_quality(), conn.props.auto_quality, notified.count('auto-quality'),
                           conn.props.bandwidth >= 0, conn.props.latency >= -1, 'encoding' in notified, conn.props.encoding]
        conn.shutdown()
        until_signal('vnc-disconnected', [])
    print(json.dumps(told))


main()
