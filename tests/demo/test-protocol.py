# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the demo server says and does besides pixels.

usage: test-protocol.py SERVER"""
import os
import random
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import zlib

import rfbclient
from demoserver import DemoServer

PROGRAM = sys.argv[1]
SMALL = ('--still', '--size=120x90')


def updated(client, *encodings, incremental=0):
    if encodings:
        client.ask_encodings(*encodings)
    client.ask_update(incremental)
    client.wait_update()


def wrong_pixels(client, server):
    width, height, truth = server.picture()
    if (client.width, client.height) != (width, height):
        return 'the client has %dx%d' % (client.width, client.height)
    return [(i % width, i // width) for i, (a, b) in enumerate(zip(client.screen, truth))
            if a != rfbclient.quantise(b, client.format)][:10]


class Handshake(unittest.TestCase):
    def test_versions(self):
        for ours in '3.3', '3.7', '3.8':
            for theirs, spoken in (b'003.003', 3), (b'003.005', 3), (b'003.007', 7), (b'003.008', 8), (b'003.889', 8):
                for password in None, 'sesame':
                    with self.subTest(server=ours, client=theirs, password=password):
                        secret = ('--password', password) if password else ()
                        with DemoServer(PROGRAM, '--rfb', ours, *SMALL, *secret) as server:
                            # The client object judges by numbers; give it what both will speak.
                            both = min(spoken, int(ours[2]))
                            line = theirs if both == spoken else b'003.00%d' % both
                            client = server.client(version=b'RFB ' + line + b'\n', password=password)
                            self.assertEqual(client.server_version, b'RFB 003.00%s\n' % ours[2].encode())
                            self.assertEqual(client.security, 2 if password else 1)
                            updated(client)
                            client.close()

    def test_wrong_password(self):
        for version in '3.3', '3.7', '3.8':
            with self.subTest(version=version), \
                    DemoServer(PROGRAM, '--rfb', version, '--password=sesame', *SMALL) as server:
                with self.assertRaises(rfbclient.Refused) as refused:
                    server.client(version=b'RFB 003.00%s\n' % version[2].encode(), password='wrong')
                self.assertEqual(str(refused.exception),
                                 'The password is wrong' if version == '3.8' else 'no reason')
                server.client(version=b'RFB 003.00%s\n' % version[2].encode(), password='sesame').close()
                self.assertIn('auth failed', server.events())
                self.assertIn('auth ok', server.events())

    def test_only_eight_letters_count(self):
        with DemoServer(PROGRAM, '--password=12345678', *SMALL) as server:
            server.client(password='12345678abc').close()

    def test_listens_on_loopback_only(self):
        with DemoServer(PROGRAM, *SMALL) as server:
            with open('/proc/net/tcp') as table:
                local = [line.split()[1] for line in table if line.split()[1].endswith(':%04X' % server.port)]
            self.assertIn('0100007F:%04X' % server.port, local)
            self.assertNotIn('00000000:%04X' % server.port, local)

    def test_unix_socket(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'vnc')
            with DemoServer(PROGRAM, '--socket', path, *SMALL):
                self.assertTrue(stat.S_ISSOCK(os.stat(path).st_mode))
                client = rfbclient.Client(path)
                updated(client)
                client.close()
            self.assertFalse(os.path.exists(path))

    def test_once(self):
        with DemoServer(PROGRAM, '--once', *SMALL) as server:
            server.client().close()
            self.assertEqual(server.process.wait(10), 0)


class Messages(unittest.TestCase):
    def test_input(self):
        with DemoServer(PROGRAM, *SMALL) as server:
            client = server.client()
            updated(client)
            before = server.picture()[2]
            client.key(1, 0xffe1)
            client.key(1, 0x41)
            client.key(0, 0x41)
            client.key(0, 0xffe1)
            client.pointer(1, 60, 40)
            client.pointer(0, 61, 40)
            client.cut_text(b'a\xe9b')
            client.ask_encodings(0, rfbclient.QEMU_KEY)
            updated(client)
            self.assertTrue(client.qemu_key)
            client.send(struct.pack('>BBHII', 255, 0, 1, 0x62, 0x30))
            updated(client)
            self.assertNotEqual(before, server.picture()[2])
            events = server.events()
            for line in ('key 1 0xffe1', 'key 1 0x41', 'key 0 0x41', 'pointer 1 60 40', 'pointer 0 61 40',
                         'cuttext 3 61e962', 'qemu-key 1 0x62 0x30', 'encodings 0 -258'):
                self.assertIn(line, events)
            client.close()

    def test_typed_text_is_shown_and_removed(self):
        with DemoServer(PROGRAM, *SMALL) as server:
            client = server.client()
            pictures = []
            for keysym in 0x78, 0xff08:
                client.key(1, keysym)
                updated(client)
                pictures.append(server.picture()[2][-10 * 120:])
            self.assertNotEqual(pictures[0], pictures[1])
            client.close()

    def test_bell_and_cut_text(self):
        with DemoServer(PROGRAM, *SMALL) as server:
            client = server.client()
            updated(client)
            self.assertTrue(server.command('bell'))
            self.assertEqual(client.message(), 2)
            self.assertTrue(server.command('cuttext grüß €'))
            self.assertEqual(client.message(), 3)
            self.assertEqual(client.cut_texts, [b'gr\xfc\xdf ?'])
            client.close()

    def test_name(self):
        with DemoServer(PROGRAM, '--name=first', *SMALL) as server:
            client = server.client()
            self.assertEqual(client.name, 'first')
            updated(client, 0, rfbclient.DESKTOP_NAME)
            self.assertEqual(client.seen[rfbclient.DESKTOP_NAME], 0)
            self.assertTrue(server.command('name second désk'))
            updated(client, incremental=1)
            self.assertEqual(client.name, 'second désk')
            client.close()

    def test_leds_and_pointer_motion(self):
        with DemoServer(PROGRAM, *SMALL) as server:
            client = server.client()
            updated(client, 0, rfbclient.LED_STATE, rfbclient.POINTER_MOTION)
            self.assertEqual((client.leds, client.pointer_absolute), (0, True))
            server.command('leds 5')
            updated(client, incremental=1)
            self.assertEqual(client.leds, 5)
            client.key(1, 0xffe5)
            updated(client, incremental=1)
            while client.leds != 1:
                updated(client, incremental=1)
            client.pointer(0, 20, 20)
            server.command('pointer relative')
            updated(client, incremental=1)
            while client.pointer_absolute:
                updated(client, incremental=1)
            client.pointer(0, 0x7fff - 5, 0x7fff + 6)
            updated(client)
            self.assertIn('pointer-relative 0 -5 6', server.events())
            client.close()

    def test_cursors(self):
        offers = rfbclient.CURSOR, rfbclient.XCURSOR, rfbclient.ALPHA_CURSOR
        with DemoServer(PROGRAM, *SMALL) as server:
            client = server.client()
            updated(client, 0, *offers)
            self.assertEqual(client.cursor[0], 'colour')
            for kind, size in ('mono', (13, 20)), ('alpha', (23, 23)), ('colour', (13, 20)):
                self.assertTrue(server.command('cursor ' + kind))
                updated(client, incremental=1)
                self.assertEqual((client.cursor[0], client.cursor[3:5]), (kind, size))
            server.command('cursor none')
            updated(client, incremental=1)
            self.assertEqual(client.cursor[3:5], (0, 0))
            server.command('cursor alpha')
            client.close()
            # A client with one kind only gets every shape in that kind.
            for offer, kind in zip(offers, ('colour', 'mono', 'alpha')):
                client = server.client()
                updated(client, 0, offer)
                self.assertEqual((client.cursor[0], client.cursor[3:5]), (kind, (23, 23)))
                client.close()
            # Premultiplied: no colour is larger than its alpha.
            client = server.client()
            updated(client, 0, rfbclient.ALPHA_CURSOR)
            data = client.cursor[5]
            self.assertTrue(all(max(data[i:i + 3]) <= data[i + 3] for i in range(0, len(data), 4)))
            self.assertTrue(any(0 < a < 255 for a in data[3::4]))
            client.close()

    def test_copyrect(self):
        with DemoServer(PROGRAM, *SMALL) as server:
            client = server.client()
            updated(client, 0, rfbclient.COPYRECT)
            for line in ('copy 0 0 10 12 50 40', 'copy 10 12 12 12 40 40', 'copy 30 30 29 28 60 50'):
                self.assertTrue(server.command(line))
                updated(client, incremental=1)
                self.assertEqual(wrong_pixels(client, server), [])
            self.assertEqual(client.seen[rfbclient.COPYRECT], 3)
            # Damage before the copy lies in its source; damage after it in its target.
            server.command('fill 5 5 20 20 00ff00')
            server.command('copy 0 0 40 40 30 30')
            server.command('fill 60 60 20 5 ff0000')
            server.command('copy 40 40 42 40 30 30')
            updated(client, incremental=1)
            self.assertEqual(wrong_pixels(client, server), [])
            client.close()

    def test_many_fills_and_copies(self):
        """Whatever fills and copies come between two updates, in whatever order, the pictures are equal after them."""
        numbers = random.Random(5)
        with DemoServer(PROGRAM, *SMALL) as server:
            client = server.client()
            updated(client, rfbclient.ZRLE, rfbclient.COPYRECT, rfbclient.LAST_RECT)
            for _ in range(40):
                for _ in range(numbers.randrange(1, 6)):
                    width, height = numbers.randrange(1, 60), numbers.randrange(1, 50)
                    spot = [(numbers.randrange(121 - width), numbers.randrange(91 - height)) for _ in range(2)]
                    if numbers.random() < 0.6:
                        server.command('copy %d %d %d %d %d %d' % (*spot[0], *spot[1], width, height))
                    else:
                        server.command('fill %d %d %d %d %06x' % (*spot[0], width, height, numbers.randrange(1 << 24)))
                server.command('fill 0 0 1 1 %06x' % numbers.randrange(1 << 24))
                updated(client, incremental=1)
                self.assertEqual(wrong_pixels(client, server), [])
            self.assertGreater(client.seen[rfbclient.COPYRECT], 5)
            client.close()

    def test_format_change_by_the_server(self):
        with DemoServer(PROGRAM, *SMALL) as server:
            client = server.client()
            updated(client, rfbclient.ZRLE, rfbclient.WMVI)
            for name in 'rgb565', 'bgr888-be', 'map8', 'rgb332':
                self.assertTrue(server.command('wmvi ' + name))
                client.ask_update(1)
                client.wait_update()
                self.assertEqual(client.format, rfbclient.format_named(name))
                client.ask_update(1)
                client.wait_update()
                if client.format.true_colour:
                    self.assertEqual(wrong_pixels(client, server), [])
                else:
                    self.assertTrue([client.palette[i] for i in client.screen] == server.picture()[2])
            client.close()


class Sizes(unittest.TestCase):
    def check(self, client, server):
        updated(client)
        self.assertEqual(wrong_pixels(client, server), [])

    def test_client_resizes(self):
        with DemoServer(PROGRAM, *SMALL) as server:
            client, other, old = (server.client() for _ in range(3))
            updated(client, 5, rfbclient.EXTENDED_SIZE)
            updated(other, 5, rfbclient.EXTENDED_SIZE)
            updated(old, 5, rfbclient.DESKTOP_SIZE)
            self.assertEqual(client.size_replies[0][:4], (0, 0, 120, 90))
            client.ask_size(77, 133)
            for c in client, other, old:
                c.ask_update(1)
                c.wait_update()
                self.assertEqual((c.width, c.height), (77, 133))
            self.assertEqual(client.size_replies[-1][:4], (1, 0, 77, 133))
            self.assertEqual(other.size_replies[-1][:4], (2, 0, 77, 133))
            self.assertEqual(old.seen[rfbclient.DESKTOP_SIZE], 1)
            self.assertIn('set-desktop-size 77 133 screens 1', server.events())
            for c in client, other, old:
                updated(c)
                self.check(c, server)
                c.close()

    def test_refused_sizes(self):
        with DemoServer(PROGRAM, *SMALL) as server:
            client = server.client()
            updated(client, 0, rfbclient.EXTENDED_SIZE)
            for (width, height, screens), result in (
                    ((5000, 10, None), 2), ((0, 10, None), 3), ((50, 50, []), 3),
                    ((50, 50, [(1, 10, 0, 50, 50, 0)]), 3), ((50, 50, [(1, 0, 0, 50, 0, 0)]), 3)):
                client.ask_size(width, height, screens)
                updated(client, incremental=1)
                self.assertEqual(client.size_replies[-1][:4], (1, result, 120, 90))
            client.close()
        with DemoServer(PROGRAM, '--no-resize', *SMALL) as server:
            client = server.client()
            updated(client, 0, rfbclient.EXTENDED_SIZE)
            client.ask_size(50, 50)
            updated(client, incremental=1)
            self.assertEqual(client.size_replies[-1][:4], (1, 1, 120, 90))
            client.close()

    def test_server_resizes_a_client_that_cannot_follow(self):
        with DemoServer(PROGRAM, *SMALL) as server:
            client = server.client()
            updated(client)
            for size in '60 40', '300 200', '1 1', '120 90':
                self.assertTrue(server.command('resize ' + size))
                client.ask_update(0)
                client.wait_update()
            self.check(client, server)
            client.close()

    def test_resize_during_an_update(self):
        """A large update is under way, to a client that does not read, when the screen becomes small."""
        with DemoServer(PROGRAM, '--still', '--size=4000x3000') as server:
            client = server.client()
            client.ask_encodings(0, rfbclient.DESKTOP_SIZE)
            client.ask_update()
            client.read(100)
            client.pos -= 100
            self.assertTrue(server.command('resize 100 80'))
            self.assertTrue(server.command('bell'))
            client.screen = []
            client.blit = lambda *_arguments: None
            client.pixels = lambda n: client.read(n * 4) and None
            client.wait_update()
            self.assertEqual(client.message(), 2)
            del client.blit, client.pixels
            client.ask_update(1)
            client.wait_update()
            self.check(client, server)
            client.close()


class Hostile(unittest.TestCase):
    def setUp(self):
        self.server = DemoServer(PROGRAM, *SMALL)

    def tearDown(self):
        # Whatever came before: the server still serves.
        with self.server:
            client = self.server.client()
            updated(client)
            client.close()

    def refused(self, data, start=True):
        client = self.server.client(start=start)
        try:
            client.send(data)
            while client.socket.recv(65536):
                pass
        except ConnectionError:
            pass
        client.close()

    def test_greetings(self):
        for data in (b'GET / HTTP/1.0\r\n\r\n', b'RFB 003x008\n', b'RFB 00a.008\n', b'\0' * 12,
                     b'RFB 003.008\n\x02', b'RFB 003.008\n\0'):
            with self.subTest(data=data):
                self.refused(data, start=False)

    def test_messages(self):
        base = struct.pack('>B3xBBBBHHHBBB3x', 0, 32, 24, 0, 1, 255, 255, 255, 16, 8, 0)
        formats = [base[:at] + bytes([value]) + base[at + 1:] for at, value in (
            (4, 24), (4, 0), (5, 0), (5, 33), (8, 2), (9, 0), (9, 254), (14, 25), (14, 255), (15, 16))]
        for data in [b'\x07', b'\xff\x02', b'\xfe', struct.pack('>B3xI', 6, 1 << 30),
                     struct.pack('>B3xI', 6, 0xffffffff)] + formats:
            with self.subTest(data=data):
                self.refused(data)

    def test_clipboards(self):
        ask = struct.pack('>BxHi', 2, 1, -1063131698)

        def message(flags, body=b'', length=None):
            return struct.pack('>B3xiI', 6, -(4 + len(body)) if length is None else length, flags) + body
        text = 0x10000001
        for data in (message(0, length=-3), message(0, length=-(1 << 30)), message(0, length=-(1 << 31)), message(text, b'not zlib'),
                     message(text), message(text, zlib.compress(b'\0\0\0')), message(text, zlib.compress(b'\0\0\0\0')),
                     message(text, zlib.compress(b'\0\0\0\x05abc\0')), message(text, zlib.compress(b'\x7f\0\0\0abc')),
                     message(text, zlib.compress(b'\0\0\0\x03abc'))):
            with self.subTest(data=data):
                self.refused(ask + data)
        with self.subTest('not asked for'):
            self.refused(message(text, zlib.compress(b'\0\0\0\x02a\0')))

    def test_requests_outside_of_the_screen(self):
        client = self.server.client()
        for rect in (65535, 65535, 65535, 65535), (0, 0, 0, 0), (119, 89, 65535, 65535):
            client.ask_update(0, rect)
        client.wait_update()
        client.close()

    def test_all_encodings_there_can_be(self):
        client = self.server.client()
        client.ask_encodings(*range(1000, 66535))
        updated(client)
        client.close()

    def test_one_byte_at_a_time(self):
        client = self.server.client()
        data = struct.pack('>BxHii', 2, 2, 5, -224) + struct.pack('>BBHHHH', 3, 0, 0, 0, 120, 90)
        client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for i in range(len(data)):
            client.send(data[i:i + 1])
        client.wait_update()
        self.assertNotIn(None, client.screen)
        client.close()

    def test_too_many_clients(self):
        clients = [self.server.client() for _ in range(16)]
        with self.assertRaises((EOFError, ConnectionError)):
            self.server.client()
        for client in clients:
            client.close()
        while self.server.events().count('client-left closed') < 16:
            time.sleep(0.01)

    def test_a_client_that_never_reads(self):
        """It asks for everything again and again: what waits for it stays within the stated bounds."""
        client = self.server.client()
        client.ask_encodings(0, rfbclient.EXTENDED_SIZE)
        client.ask_size(2000, 2000)
        client.ask_update(0, (0, 0, 2000, 2000))
        client.wait_update()
        with open('/proc/%d/statm' % self.server.process.pid) as statm:
            before = int(statm.read().split()[1])
        for _ in range(200):
            client.ask_update(0, (0, 0, 2000, 2000))
            client.ask_size(2000, 2000)
        for i in range(100):
            self.server.command('cuttext ' + 'x' * 1000)
            self.server.command('fill %d 0 100 100 112233' % i)
        with open('/proc/%d/statm' % self.server.process.pid) as statm:
            after = int(statm.read().split()[1])
        self.assertLess((after - before) * os.sysconf('SC_PAGE_SIZE'), 10 << 20)
        client.close()


class Commands(unittest.TestCase):
    def test_nonsense(self):
        with DemoServer(PROGRAM, *SMALL) as server:
            for line in ('what', 'fill 1 2 3', 'fill 1 2 3 4 red', 'copy 1', 'map 256 000000', 'wmvi rgb1', 'cursor big',
                         'resize 0 5', 'resize 9999 9', 'leds', 'pointer maybe', 'shot /nowhere/at/all'):
                self.assertFalse(server.command(line), line)
            self.assertTrue(server.command('fill 100 80 400 400 ff00ff'))
            self.assertEqual(server.picture()[2][-1], (255, 0, 255))

    def test_options(self):
        for option in '--size=5', '--size=0x9', '--format=rgb1', '--rfb=4', '--port=70000', '--encoding=h264', 'extra':
            result = subprocess.run([PROGRAM, option], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=10,
                                    check=False)
            self.assertEqual((result.returncode, result.stdout), (2, b''), option)
            self.assertEqual(result.stderr.count(b'\n'), 1)

    def test_drop_and_quit(self):
        with DemoServer(PROGRAM, *SMALL) as server:
            client = server.client()
            server.command('drop')
            with self.assertRaises((EOFError, ConnectionError)):
                updated(client)
            client.close()
            server.command('quit')
            self.assertEqual(server.process.wait(10), 0)

    def test_dump_on_a_signal(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'dump.ppm')
            with DemoServer(PROGRAM, '--dump', path, *SMALL) as server:
                server.process.send_signal(signal.SIGUSR1)
                while not os.path.exists(path):
                    time.sleep(0.01)
                self.assertTrue(rfbclient.read_ppm(path) == server.picture())

    def test_commands_from_a_fifo(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'fifo')
            os.mkfifo(path)
            process = subprocess.Popen([PROGRAM, '--port=0', '--print-port', '--control', path],
                                       stdout=subprocess.PIPE, universal_newlines=True)
            while not process.stdout.readline().startswith('PORT='):
                self.assertIsNone(process.poll())
            for line in 'leds 1\nle', 'ds 2\n', 'quit\n':
                with open(path, 'w') as fifo:
                    fifo.write(line)
            self.assertEqual(process.communicate(timeout=10)[0].splitlines(), ['OK leds 1', 'OK leds 2', 'OK quit'])
            self.assertEqual(process.returncode, 0)

    def test_same_seed_same_picture(self):
        pictures = []
        for seed in 1, 1, 2:
            with DemoServer(PROGRAM, '--seed=%d' % seed, *SMALL) as server:
                pictures.append(server.picture())
        self.assertEqual(pictures[0], pictures[1])
        self.assertNotEqual(pictures[0], pictures[2])


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1], verbosity=2)
