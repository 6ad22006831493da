# SPDX-License-Identifier: LGPL-2.1-or-later
"""A scripted VNC server that lives in the test's own thread: whenever it waits, the main loop runs.

What the client sends comes back as lines of text, one a message:

    shared 0                              format BPP DEPTH BIG R-MAX G-MAX B-MAX R-SHIFT G-SHIFT B-SHIFT
    encodings 7 -309 …                    request INCREMENTAL X Y WIDTH HEIGHT
    key DOWN KEYSYM                       scancode DOWN KEYSYM CODE
    pointer MASK X Y                      cut BYTES
    size WIDTH HEIGHT ID:X:Y:W:H:FLAGS …  xvp CODE
    audio enable | audio disable | audio format FORMAT CHANNELS FREQUENCY
    closed
"""
import collections
import socket
import struct
import time

from gi.repository import GLib

# A name that nobody knows may take the resolver half of it where no name server answers.
PATIENCE_S = 60

# bpp, depth, big, true colour, maxima, shifts
Format = collections.namedtuple('Format', 'bpp depth big true r_max g_max b_max r_shift g_shift b_shift')
RGB32 = Format(32, 24, 0, 1, 255, 255, 255, 16, 8, 0)
RGB16 = Format(16, 16, 0, 1, 31, 63, 31, 11, 5, 0)

# Something happens at least so often, so that a wait which only looks at a socket of ours goes on.
GLib.timeout_add(2, lambda: True)


def wait(done, what):
    """Runs the main loop until done() is true."""
    context = GLib.MainContext.default()
    end = time.monotonic() + PATIENCE_S
    while not done():
        context.iteration(True)
        if time.monotonic() > end:
            raise AssertionError('%s did not come within %d s' % (what, PATIENCE_S))


def settle(ms):
    """Runs the main loop for so long."""
    context = GLib.MainContext.default()
    end = time.monotonic() + ms / 1000
    while time.monotonic() < end:
        context.iteration(True)


def pixel_format(f):
    return struct.pack('>BBBBHHHBBB3x', *f)


def rect(x, y, w, h, encoding, payload=b''):
    return struct.pack('>HHHHi', x, y, w, h, encoding) + payload


def update(*rects):
    return struct.pack('>BxH', 0, len(rects)) + b''.join(rects)


def text(data):
    return struct.pack('>I', len(data)) + data


def screens(*entries):
    """The payload of ExtendedDesktopSize; each entry is (id, x, y, w, h, flags)."""
    return struct.pack('>B3x', len(entries)) + b''.join(struct.pack('>IHHHHI', *e) for e in entries)


class Closed(Exception):
    pass


class Server:
    """The server's end of a connection. `fd` is for the client, which owns it then."""

    def __init__(self, sock=None):
        if sock is None:
            sock, other = socket.socketpair()
            self.fd = other.detach()
        sock.setblocking(False)
        self.sock = sock
        self.inbox = b''
        self.at_end = False
        self.chosen = None

    # --- bytes
    def fill(self):
        while not self.at_end:
            try:
                data = self.sock.recv(65536)
            except BlockingIOError:
                return
            except ConnectionError:
                data = b''
            self.at_end = not data
            self.inbox += data

    def has(self, n):
        self.fill()
        return len(self.inbox) >= n or self.at_end

    def recv(self, n):
        wait(lambda: self.has(n), '%d bytes of the client' % n)
        if len(self.inbox) < n:
            raise Closed('the client has closed; before that: %r' % self.inbox)
        data, self.inbox = self.inbox[:n], self.inbox[n:]
        return data

    def expect_bytes(self, data):
        got = self.recv(len(data))
        assert got == data, 'the client sent %r in place of %r' % (got, data)

    def expect_closed(self):
        """Nothing more may come before the end."""
        wait(lambda: self.has(1), "the client's end")
        assert not self.inbox, 'the client sent %r' % self.inbox

    def send(self, data):
        while data:
            try:
                data = data[self.sock.send(data):]
            except BlockingIOError:
                settle(2)
            except ConnectionError:
                return

    def close(self):
        self.sock.close()

    # --- handshake
    def version(self, says='003.008', answer=None):
        self.send(b'RFB %s\n' % says.encode())
        got = self.recv(12)
        if answer is not None:
            assert got == b'RFB %s\n' % answer.encode(), got

    def offer(self, *types):
        """3.7 and later: the list, and what the client takes."""
        self.send(bytes([len(types)]) + bytes(types))
        self.chosen = self.recv(1)[0]
        return self.chosen

    def init(self, width=400, height=300, fmt=RGB32, name=b'desk'):
        self.shared = self.recv(1)[0]
        self.send(struct.pack('>HH', width, height) + pixel_format(fmt) + text(name))

    def open(self, *, version='003.008', types=(1,), **init):
        """All up to ServerInit, without a password."""
        self.version(version)
        if version == '003.003':
            self.send(struct.pack('>I', types[0]))
        else:
            self.offer(*types)
            if version == '003.008' or self.chosen != 1:
                self.send(bytes(4))
        self.init(**init)

    # --- messages
    def next(self):
        try:
            return self.message()
        except Closed:
            return 'closed'

    def message(self):
        u = struct.unpack
        kind = self.recv(1)[0]
        if kind == 0:
            f = Format(*u('>BBBBHHHBBB3x', self.recv(19)[3:]))
            return 'format %d %d %d %d %d %d %d %d %d' % (f[0:3] + f[4:])
        if kind == 2:
            n, = u('>xH', self.recv(3))
            return 'encodings ' + ' '.join(map(str, u('>%di' % n, self.recv(4 * n))))
        if kind == 3:
            return 'request %d %d %d %d %d' % u('>BHHHH', self.recv(9))
        if kind == 4:
            return 'key %d 0x%x' % u('>BxxI', self.recv(7))
        if kind == 5:
            return 'pointer %d %d %d' % u('>BHH', self.recv(5))
        if kind == 6:
            return 'cut %r' % self.recv(u('>xxxI', self.recv(7))[0])
        if kind == 250:
            return 'xvp %d' % u('>xBB', self.recv(3))[1]
        if kind == 251:
            w, h, n = u('>xHHBx', self.recv(7))
            return 'size %d %d' % (w, h) + ''.join(' %d:%d:%d:%d:%d:%d' % u('>IHHHHI', self.recv(16)) for _ in range(n))
        if kind == 255:
            return self.qemu_message()
        raise AssertionError('the client sent a message of type %d' % kind)

    def qemu_message(self):
        u = struct.unpack
        sub = self.recv(1)[0]
        if sub == 0:
            return 'scancode %d 0x%x 0x%x' % u('>HII', self.recv(10))
        assert sub == 1, 'the client sent QEMU message %d' % sub
        operation, = u('>H', self.recv(2))
        if operation == 2:
            return 'audio format %d %d %d' % u('>BBI', self.recv(6))
        return 'audio ' + ('enable', 'disable')[operation]

    def expect(self, *lines):
        for line in lines:
            got = self.next()
            assert got == line, 'the client sent "%s" in place of "%s"' % (got, line)

    def skip_to(self, line):
        """Drops what comes before this line; gives it."""
        before = []
        while True:
            got = self.next()
            if got == line:
                return before
            before.append(got)
            if got == 'closed':
                raise AssertionError('the client closed without "%s" after %r' % (line, before))
