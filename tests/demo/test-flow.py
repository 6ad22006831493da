#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""test-flow.py PROGRAM: fences and continuous updates of the demo server."""
import os
import select
import struct
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from demoserver import DemoServer  # noqa: E402
import rfbclient  # noqa: E402

PROGRAM = sys.argv.pop(1)
FENCE, CONTINUOUS = -312, -313
REQUEST, BLOCK_BEFORE, BLOCK_AFTER, SYNC_NEXT = 1 << 31, 1, 2, 4


class Client(rfbclient.Client):
    """Knows two messages more; answers to fences are the test's affair."""
    def __init__(self, *args, **kwargs):
        self.fences = []
        self.ends = 0
        super().__init__(*args, **kwargs)

    def message(self):
        kind = self.number('>B')[0]
        if kind == 150:
            self.ends += 1
        elif kind == 248:
            flags, n = self.number('>3xIB')
            self.fences.append((flags, self.read(n)))
        else:
            self.pos -= 1
            return super().message()
        return kind

    def fence(self, flags, payload=b''):
        self.send(struct.pack('>B3xIB', 248, flags, len(payload)) + payload)

    def continuous(self, enable, x, y, width, height):
        self.send(struct.pack('>BBHHHH', 150, enable, x, y, width, height))

    def until(self, what):
        while not what():
            self.message()

    def silent(self):
        """Nothing comes while a server that had something to send would have sent it."""
        return self.pos == len(self.buffer) and not select.select([self.socket], [], [], 0.5)[0]


class Flow(unittest.TestCase):
    def open(self, server):
        client = Client(server.address)
        client.ask_encodings(0, FENCE, CONTINUOUS)
        client.until(lambda: client.fences and client.ends)
        self.assertEqual(client.fences, [(REQUEST, b'')])
        client.fence(0)
        client.fences.clear()
        return client

    def test_answers(self):
        with DemoServer(PROGRAM, '--still') as server:
            client = self.open(server)
            for flags, payload in ((BLOCK_BEFORE, b'a'), (BLOCK_AFTER | SYNC_NEXT, b'x' * 64), (0x7ffffff8, b'')):
                client.fence(REQUEST | flags, payload)
                client.until(lambda: client.fences)
                self.assertEqual(client.fences.pop(), (flags & 7, payload))
            client.close()

    def test_too_long(self):
        with DemoServer(PROGRAM, '--still') as server:
            client = self.open(server)
            client.fence(REQUEST, b'x' * 65)
            with self.assertRaises((EOFError, ConnectionError)):
                while True:
                    client.message()
            client.close()

    def test_format_behind_a_fence(self):
        """Whatever comes after the answer is in the new format, however late its message is."""
        with DemoServer(PROGRAM, '--max-fps=200') as server:
            client = self.open(server)
            client.continuous(1, 0, 0, client.width, client.height)
            client.wait_update()
            for name in ('rgb565', 'rgb332', 'rgb888'):
                client.fences.clear()
                client.fence(REQUEST | SYNC_NEXT, b'sync')
                client.until(lambda: (SYNC_NEXT, b'sync') in client.fences)
                while not client.silent():
                    self.assertEqual(client.message(), 248)
                client.ask_format(rfbclient.format_named(name))
                for flags, payload in client.fences:
                    if flags & REQUEST:
                        client.fence(0, payload)
                client.wait_update()
            client.close()

    def test_slow_client(self):
        """One that does not answer fences gets no more than a window and the update that fills it; then it goes on."""
        with DemoServer(PROGRAM, '--max-fps=200') as server:
            client = self.open(server)
            client.continuous(1, 0, 0, client.width, client.height)
            client.wait_update()
            updates = 1
            while not client.silent():
                updates += client.message() == 0
            self.assertGreater(updates, 0)
            self.assertLess(updates, 1000)
            sent = len(client.fences)
            self.assertGreater(sent, 0)
            for flags, payload in client.fences:
                self.assertEqual(flags, REQUEST | BLOCK_BEFORE)
                client.fence(BLOCK_BEFORE, payload)
            client.wait_update()
            client.close()

    def test_disable(self):
        with DemoServer(PROGRAM, '--still') as server:
            client = self.open(server)
            client.continuous(1, 0, 0, 100, 50)
            client.wait_update()
            server.command('fill 0 0 10 10 ff0000')
            client.wait_update()
            server.command('fill 200 200 10 10 ff0000')
            while not client.silent():
                self.assertEqual(client.message(), 248)
            ends = client.ends
            client.continuous(0, 0, 0, 0, 0)
            client.until(lambda: client.ends > ends)
            server.command('fill 0 0 10 10 00ff00')
            self.assertTrue(client.silent())
            client.ask_update(1)
            client.wait_update()
            client.close()


if __name__ == '__main__':
    unittest.main(verbosity=2)
