#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""continuous.py DEMO-SERVER: Fence and ContinuousUpdates with a real Xtigervnc and with the demo server.

A proxy reads what the client sends. It may hold back what the server sends, so that what the client does before and after
can be told apart."""
import os
import random
import select
import socket
import struct
import sys
import threading
from interop import HERE, Client, Server, Tap, check, equal, eventually, exactly, levels, vnclib
from pictures import change

sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'demo'))
from demoserver import DemoServer  # noqa: E402

FENCE, CONTINUOUS = -312, -313
ALWAYS = 'lastrect,cursor,extdesktopsize'
BOTH = ALWAYS + ',%d,%d' % (FENCE, CONTINUOUS)
ENCODINGS, REQUEST, ENABLE, CLIENT_FENCE, FORMAT, SIZE = 2, 3, 150, 248, 0, 251
TYPES = 'zrle,copyrect', 'tight,copyrect', 'hextile,copyrect', 'raw'


class Proxy:
    """One connection. messages has (type, bytes) of each message that the client sent after its handshake."""
    def __init__(self, port, hold=False):
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.target = port
        self.hold = hold
        self.messages = []
        self.news = threading.Condition()
        self.wake, self.woken = socket.socketpair()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.wake.send(b'x')
        self.thread.join(30)
        for end in (self.listener, self.wake, self.woken):
            end.close()

    def release(self):
        self.hold = False
        self.wake.send(b'-')

    def _run(self):
        if self.listener not in select.select([self.listener, self.woken], [], [])[0]:
            return
        client = self.listener.accept()[0]
        server = socket.create_connection(('127.0.0.1', self.target))
        sent = b''
        with client, server:
            while True:
                # What is held back begins behind the handshake, with the answers to SetEncodings.
                held = self.hold and any(kind == ENCODINGS for kind, _ in self.messages)
                ready = select.select([client, self.woken] + ([] if held else [server]), [], [])[0]
                if self.woken in ready and self.woken.recv(1) == b'x':
                    return
                if client in ready:
                    data = client.recv(65536)
                    if not data:
                        return
                    sent = self._parse(sent + data)
                    server.sendall(data)
                if server in ready:
                    data = server.recv(65536)
                    if not data:
                        return
                    client.sendall(data)

    def _parse(self, data):
        """Takes whole messages off; the handshake is RFB 3.8 with the type None."""
        if not self.messages:
            if len(data) < 14:
                return data
            equal(data[:14], b'RFB 003.008\n\x01' + data[13:14], 'greeting')
            self.messages.append((None, data[:14]))
            data = data[14:]
        while True:
            n = self._length(data)
            if n is None or len(data) < n:
                return data
            with self.news:
                self.messages.append((data[0], data[:n]))
            data = data[n:]

    @staticmethod
    def _length(data):
        if len(data) < 1:
            return None
        fixed = {FORMAT: 20, REQUEST: 10, 4: 8, 5: 6, ENABLE: 10, 250: 4, 255: 12}
        if data[0] in fixed:
            return fixed[data[0]]
        at = {ENCODINGS: (2, '>H', 4, 4), 6: (4, '>I', 8, 1), CLIENT_FENCE: (8, '>B', 9, 1), SIZE: (6, '>B', 8, 16)}
        check(data[0] in at, 'the client sent a message of type %d', data[0])
        where, form, head, each = at[data[0]]
        if len(data) < head:
            return None
        return head + each * struct.unpack_from(form, data, where)[0]

    def kinds(self, *wanted):
        with self.news:
            return [data for kind, data in self.messages if kind in wanted]

    def areas(self):
        """Those that continuous updates were enabled for, in order."""
        return [struct.unpack('>xBHHHH', data) for data in self.kinds(ENABLE)]


class Tiger(Server):
    def __init__(self):
        super().__init__('tigervnc-none')
        self.port = int(self.env['VNC_PORT'])

    def change(self, number):
        change(self, number)


class Demo(DemoServer):
    """The demo server as the cases below want it."""
    program = None

    def __init__(self):
        super().__init__(self.program, '--still', '--size=640x480', '--seed=5')

    def change(self, number):
        x, y = 16 + 40 * (number % 5), 40 + 24 * (number % 7)
        check(self.command('fill %d %d 133 57 %06x' % (x, y, 0x3a7bd5 * (number + 1) & 0xffffff)), 'no fill')
        check(self.command('copy %d %d %d %d 201 140' % (x, y, x + 17, y + 11)), 'no copy')

    def shot(self):
        path = os.path.join(self.folder, 'true.ppm')
        check(self.command('shot ' + path), 'no picture')
        return vnclib.read_ppm(path)


def waits_for_the_server(server):
    """Nothing is enabled before the server has said that it can; then no incremental request is sent any more."""
    with server() as it, Proxy(it.port, hold=True) as proxy:
        with Client('--port', proxy.port, '--encodings', 'zrle,copyrect,' + BOTH) as client:
            eventually(lambda: proxy.kinds(REQUEST), 'a first request')
            # The client asks again and again, and still must not have enabled anything.
            eventually(lambda: len(proxy.kinds(REQUEST)) > 2, 'more requests')
            equal(proxy.areas(), [], 'areas')
            proxy.release()
            areas = eventually(proxy.areas, 'continuous updates')
            width, height = it.shot()[:2]
            equal(areas, [(1, 0, 0, width, height)], 'areas')
            client.shows(it, exactly)
            before = len(proxy.kinds(REQUEST))
            for number in range(5):
                it.change(number)
                client.shows(it, exactly)
            equal(len(proxy.kinds(REQUEST)), before, 'requests')
            equal(proxy.areas(), areas, 'areas')


def is_not_asked_for(server):
    with server() as it, Proxy(it.port) as proxy:
        with Client('--port', proxy.port, '--encodings', 'zrle,copyrect,' + ALWAYS) as client:
            for number in range(3):
                it.change(number)
                client.shows(it, exactly)
            equal(proxy.kinds(ENABLE, CLIENT_FENCE), [], 'messages')


def resizes(server, encoding):
    with server() as it, Proxy(it.port) as proxy:
        with Client('--port', proxy.port, '--encodings', encoding + ',' + BOTH) as client:
            client.shows(it, exactly)
            sizes = [it.shot()[:2]]
            for number, size in enumerate(((801, 599), (320, 200), (1024, 768), (640, 480))):
                # Changes are on their way while the size changes.
                it.change(number)
                client.command('resize', *size)
                it.change(number + 1)
                client.expect('resize %d %d' % size)
                it.change(number + 2)
                client.shows(it, exactly)
                sizes.append(size)
                equal([area[3:] for area in proxy.areas()], sizes, 'areas')
            equal([area[:3] for area in proxy.areas()], [(1, 0, 0)] * len(sizes), 'areas')


def formats(server, encoding, rule):
    wanted = {'32le': exactly, '32be': exactly, '16le': levels((31, 63, 31), rule), '16be': levels((31, 63, 31), rule),
              '15le': levels((31, 31, 31), rule), '8': levels((7, 7, 3), rule)}
    dice = random.Random(encoding)
    with server() as it, Proxy(it.port) as proxy:
        with Client('--port', proxy.port, '--encodings', encoding + ',' + BOTH) as client:
            client.shows(it, exactly)
            eventually(proxy.areas, 'continuous updates')
            for number in range(24):
                it.change(number)
                name = dice.choice(list(wanted))
                client.command('format', name)
                it.change(number + 1)
                if number % 4 == 3:
                    client.command('refresh')
                    client.shows(it, wanted[name])
            kinds = [data[0] if data[0] != CLIENT_FENCE else data[:8] for data in proxy.kinds(FORMAT, CLIENT_FENCE)]
            check(kinds.count(FORMAT) == 24, 'the client changed the format %d times', kinds.count(FORMAT))
            for i, kind in enumerate(kinds):
                if kind == FORMAT:
                    # Request, SyncNext: right in front of each change.
                    equal(kinds[i - 1], bytes([CLIENT_FENCE, 0, 0, 0]) + struct.pack('>I', 0x80000004), 'in front of a format')
            areas = proxy.areas()
            equal(areas, areas[:1], 'areas')


def main():
    Demo.program = sys.argv[1]
    tap = Tap()
    for name, server, rule in (('demo server', Demo, 'nearest'), ('TigerVNC', Tiger, 'nearest, half up')):
        tap.case('%s: enabled when the server has said that it can' % name, waits_for_the_server, server)
        tap.case('%s: not enabled unless asked for' % name, is_not_asked_for, server)
        for encoding in TYPES:
            tap.case('%s: other sizes, %s' % (name, encoding), resizes, server, encoding)
            tap.case('%s: other pixel formats, %s' % (name, encoding), formats, server, encoding, rule)
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
