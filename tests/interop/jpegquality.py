#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""jpegquality.py DEMO-SERVER: JPEG's quality in percent and its subsampling of colours, asked of all servers that have them.

Each picture is the answer to one request, since TigerVNC sends the same without loss to who asks again. A relay counts its
bytes. Of the picture, stripes of red and blue show what becomes of colours.
"""
import os
import select
import socket
import sys
import threading
from interop import HERE, Client, Server, Skip, Tap, check, equal, eventually, exactly
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'demo'))
from demoserver import DemoServer  # noqa: E402

FINE_0 = -512
STRIPE, N_STRIPES, HEIGHT = 3, 14, 48
RED, BLUE = 'e01020', '1020e0'
# What a client may ask for, and what the demo server's log makes of it: percent count more than one of ten steps.
LOGGED = {
    'sub1x,finequality0': 'jpeg quality 1 subsampling 1X', 'finequality100,sub2x': 'jpeg quality 100 subsampling 2X',
    'sub4x,-435': 'jpeg quality 77 subsampling 4X', 'sub8x': 'jpeg quality 75 subsampling 8X',
    'sub16x,jpeg9': 'jpeg quality 92 subsampling 16X', 'jpeg1,-435,jpeg9': 'jpeg quality 77 subsampling any',
    'grey,-511': 'jpeg quality 1 subsampling grey',
}


class Relay:
    """Passes one connection on and counts what the server sends."""
    def __init__(self, port):
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.n_bytes = 0
        self.ended, self.end = socket.socketpair()
        self.thread = threading.Thread(target=self._run, args=(port,), daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end.close()
        self.thread.join(30)
        self.listener.close()
        self.ended.close()

    def _run(self, port):
        if self.listener not in select.select([self.listener, self.ended], [], [])[0]:
            return
        with self.listener.accept()[0] as client, socket.create_connection(('127.0.0.1', port)) as server:
            while True:
                ready = select.select([client, server, self.ended], [], [])[0]
                if self.ended in ready:
                    return
                for source, target in (client, server), (server, client):
                    if source not in ready:
                        continue
                    data = source.recv(65536)
                    if not data:
                        return
                    self.n_bytes += len(data) if source is server else 0
                    target.sendall(data)


class Asked:
    """One picture as it comes, and the bytes that it took."""
    def __init__(self, port, *encodings):
        with Relay(port) as relay:
            with Client('--once', '--updates', '--port', relay.port, '--encodings=' + ','.join(encodings)) as client:
                width, height = client.words('initialized')[:2]
                area = int(width) * int(height)
                eventually(lambda: self.drawn(client) >= area, lambda: '%d of %d pixels' % (self.drawn(client), area))
                self.width, self.height, self.pixels = client.shot()
                self.n_bytes = relay.n_bytes

    @staticmethod
    def drawn(client):
        sizes = [line.split()[3:] for line in list(client.lines) if line.startswith('update ')]
        return sum(int(width) * int(height) for width, height in sizes)

    def part(self, x, y, width, height):
        return b''.join(self.pixels[3 * ((y + row) * self.width + x):][:3 * width] for row in range(height))


def difference(here, there):
    equal(len(here), len(there), 'bytes of a picture')
    return sum(abs(a - b) for a, b in zip(here, there)) / len(here)


def is_grey(pixels):
    return pixels[0::3] == pixels[1::3] == pixels[2::3]


class Place:
    """A server with stripes at x, y; fill(x, y, width, height, colour) draws and picture() gives the true picture."""
    def __init__(self, port, fill, picture, x, y):
        self.port = port
        self.x, self.y = x, y
        for i in range(N_STRIPES):
            fill(x + i * STRIPE, y, STRIPE, HEIGHT, BLUE if i % 2 else RED)
        self.truth = picture()

    def stripes(self, asked):
        where = self.x, self.y, N_STRIPES * STRIPE, HEIGHT
        there = b''.join(self.truth[2][3 * ((where[1] + row) * self.truth[0] + where[0]):][:3 * where[2]]
                         for row in range(where[3]))
        return difference(asked.part(*where), there)


def fine(percent):
    return str(FINE_0 + percent)


def quality(place, encoding):
    """Each step takes more bytes and comes nearer."""
    last = None
    for percent in 1, 25, 60, 95:
        asked = Asked(place.port, encoding, fine(percent), 'sub1x')
        wrong = difference(asked.pixels, place.truth[2])
        print('# %s, %d %%: %d bytes, channels differ by %.2f' % (encoding, percent, asked.n_bytes, wrong))
        check(0 < wrong < 40, 'with quality %d the picture differs by %.2f', percent, wrong)
        if last is not None:
            check(asked.n_bytes > last[0], 'quality %d takes %d bytes, the one below %d', percent, asked.n_bytes, last[0])
            check(wrong < last[1], 'quality %d differs by %.2f, the one below by %.2f', percent, wrong, last[1])
        last = asked.n_bytes, wrong


def subsampling(place, encoding):
    """Colours at edges come nearer the more of them there are."""
    asked = {name: Asked(place.port, encoding, fine(95), name) for name in ('sub1x', 'sub2x', 'sub4x')}
    wrong = {name: place.stripes(one) for name, one in asked.items()}
    for name, one in asked.items():
        print('# %s, %s: %d bytes, channels of the stripes differ by %.2f' % (encoding, name, one.n_bytes, wrong[name]))
    check(3 * wrong['sub1x'] < wrong['sub2x'], '1X differs by %.2f, 2X by %.2f', wrong['sub1x'], wrong['sub2x'])
    check(3 * wrong['sub1x'] < wrong['sub4x'], '1X differs by %.2f, 4X by %.2f', wrong['sub1x'], wrong['sub4x'])
    check(asked['sub1x'].n_bytes > asked['sub2x'].n_bytes > asked['sub4x'].n_bytes, 'bytes: %r',
          [one.n_bytes for one in asked.values()])
    check(not any(is_grey(one.pixels) for one in asked.values()), 'a picture is grey')


def grey(place, encoding):
    """Not one colour is left, and the brightness is that of the true picture."""
    asked = Asked(place.port, encoding, fine(95), 'grey')
    here, there = asked.pixels, place.truth[2]
    brightness = [(299 * r + 587 * g + 114 * b + 500) // 1000 for r, g, b in zip(there[0::3], there[1::3], there[2::3])]
    check(not is_grey(there), 'the true picture is grey')
    check(is_grey(here), 'there are colours')
    wrong = difference(here[0::3], bytes(brightness))
    print('# %s, grey: %d bytes, brightness differs by %.2f' % (encoding, asked.n_bytes, wrong))
    check(wrong < 3, 'the brightness differs by %.2f', wrong)


def log(server, encoding):
    """Every number arrives as what it means."""
    for names, line in LOGGED.items():
        before = len(server.events())
        Asked(server.port, encoding, names)
        eventually(lambda: line in server.events()[before:], lambda: '%s among %r' % (line, server.events()[before:]))


def demo(tap, program):
    for encoding, options in ('jpeg', ['--encoding=jpeg']), ('tight', ['--tight-mode=jpeg']):
        with DemoServer(program, '--still', '--size=320x240', *options) as server:
            def picture():
                width, height, pixels = server.picture()
                return width, height, bytes(channel for pixel in pixels for channel in pixel)
            place = Place(server.port, lambda *where: server.command('fill %d %d %d %d %s' % where), picture, 129, 97)
            for function in quality, subsampling, grey:
                tap.case('demo, %s, %s' % (encoding, function.__name__), function, place, encoding)
            if encoding == 'jpeg':
                tap.case('demo, what is asked for', log, server, encoding)


def real(tap, name, x, y):
    try:
        with Server(name + '-none') as server:
            fill = server.poke if 'VNC_X_DISPLAY' in server.env else server.ctl

            def picture():
                # x11vnc learns of the stripes only in its next look at the screen.
                with Client.to(server, '--encodings', 'raw,lastrect,cursor') as client:
                    client.shows(server, exactly)
                return server.shot()
            place = Place(int(server.env['VNC_PORT']), lambda *where: fill('fill', *where), picture, x, y)
            for function in quality, subsampling, grey:
                tap.case('%s, tight, %s' % (name, function.__name__), function, place, 'tight')
    except Skip as reason:
        tap.say('ok', '%s # SKIP %s' % (name, reason))


def main(program):
    tap = Tap()
    demo(tap, program)
    for name in 'tigervnc', 'libvncserver', 'x11vnc':
        real(tap, name, 33, 185)
    return tap.end()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
