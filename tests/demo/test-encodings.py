# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every encoding in every pixel format gives exactly the server's picture.

usage: test-encodings.py SERVER ENCODING"""
import sys
import unittest

import rfbclient
from demoserver import DemoServer

PROGRAM, ENCODING = sys.argv[1:3]
NUMBER = {'raw': 0, 'rre': 2, 'corre': 4, 'hextile': 5, 'zlib': 6, 'tight': 7, 'zlibhex': 8, 'trle': 15, 'zrle': 16,
          'zywrle': 17, 'jpeg': 21, 'tight-png': -260}[ENCODING]
FORMATS = ['rgb888', 'rgb888-be', 'bgr888', 'rgb888x', 'rgb888x-be', 'rgb101010', 'rgb666-be', 'rgb565', 'rgb565-be',
           'rgb555', 'rgb332', 'map8']
if ENCODING == 'zywrle':
    # Its wavelet takes a pixel for three bytes, whatever the channels are.
    FORMATS = [name for name in FORMATS if name not in ('rgb101010', 'rgb666-be')]
USED = {
    'raw': set(), 'rre': set(), 'corre': set(), 'zlib': set(),
    'zlibhex': {'hextile', 'zlibhex', 'zlibhex raw'},
    'trle': {'trle raw', 'trle solid', 'trle palette', 'trle rle', 'trle palette again'},
    'zywrle': {'zywrle wavelet', 'zywrle solid', 'zywrle palette', 'zywrle rle', 'zywrle palette rle'},
    'tight-png': {'tight png'},
    'hextile': {'hextile', 'hextile raw', 'hextile coloured'},
    'zrle': {'zrle raw', 'zrle solid', 'zrle palette', 'zrle rle', 'zrle palette rle'},
    'tight': {'tight fill', 'tight copy', 'tight mono', 'tight palette', 'tight gradient', 'tight reset'},
}


def add_shapes(server):
    """Areas that ask for what the card alone does not: one colour, long runs of many colours."""
    server.command('fill 64 64 64 64 336699')
    for i in range(62):
        server.command('fill %d 0 %d 1 %06x' % (i % 2, 64 - i % 5, i * 70001 % 0xffffff))
        server.command('fill 0 %d 64 1 %06x' % (i + 1, i * 54321 % 0xffffff))


class Encodings(unittest.TestCase):
    def check(self, client, server, fmt):
        width, height, truth = server.picture()
        self.assertEqual((width, height), (client.width, client.height))
        wanted = [rfbclient.quantise(colour, fmt) for colour in truth]
        if ENCODING == 'zywrle' and fmt.true_colour:
            # YUV has a bit less for each difference of colours than there is.
            wanted, allowed = client.screen, [(4 * top + 254) // 255 + 2 for top in fmt.max]
            for value, colour in zip(client.screen, truth):
                exact = rfbclient.quantise(colour, fmt)
                for top, shift, most in zip(fmt.max, fmt.shift, allowed):
                    self.assertLessEqual(abs((value >> shift & top) - (exact >> shift & top)), most)
        wrong = [i for i, (a, b) in enumerate(zip(client.screen, wanted)) if a != b]
        self.assertEqual(wrong, [], '%d pixels differ, first at %s' % (
            len(wrong), divmod(wrong[0], width)[::-1] if wrong else None))

    def run_formats(self, formats, mode='auto', size='203x151', last_rect=False, times=1):
        seen = set()
        with DemoServer(PROGRAM, '--still', '--size', size, '--encoding', ENCODING, '--tight-mode', mode) as server:
            add_shapes(server)
            for name in formats:
                with self.subTest(format=name, mode=mode):
                    fmt = rfbclient.format_named(name)
                    client = server.client()
                    client.ask_format(fmt)
                    client.ask_encodings(*[NUMBER, 0] + ([rfbclient.LAST_RECT] if last_rect else []))
                    client.ask_update()
                    client.wait_update()
                    self.check(client, server, fmt)
                    width, height = client.width, client.height
                    self.assertEqual({k for k in client.seen if isinstance(k, int)} - {rfbclient.LAST_RECT}, {NUMBER})
                    if not fmt.true_colour:
                        self.assertNotIn(None, client.palette)
                    # Streams go on where they were: the same once more, and a part.
                    for _ in range(times):
                        client.ask_update()
                        client.wait_update()
                    client.ask_update(0, (width // 5, height // 3, width - width // 5, height - height // 3))
                    client.wait_update()
                    self.check(client, server, fmt)
                    seen |= {k for k in client.seen if isinstance(k, str)}
                    client.close()
        return seen

    def test_formats(self):
        seen = self.run_formats(FORMATS)
        if ENCODING != 'tight':
            self.assertLessEqual(USED[ENCODING], seen)

    def test_last_rect_and_small(self):
        self.run_formats(['rgb888', 'rgb565'], size='17x1', last_rect=True)
        self.run_formats(['rgb888', 'rgb565'], size='1x3', last_rect=True)

    @unittest.skipUnless(ENCODING == 'tight', 'ways of Tight')
    def test_tight_modes(self):
        seen = set()
        for mode in 'fill', 'copy', 'palette', 'gradient':
            seen |= self.run_formats(['rgb888', 'bgr888-be', 'rgb565-be', 'rgb555', 'rgb332'], mode, '131x99', True)
        seen |= self.run_formats(['rgb565'], 'copy', '40x30', times=60)
        self.assertLessEqual(USED['tight'], seen)

    @unittest.skipUnless(ENCODING == 'tight', 'ways of Tight')
    def test_tight_without_zlib(self):
        with DemoServer(PROGRAM, '--still', '--size', '203x151', '--encoding', ENCODING) as server:
            client = server.client()
            client.ask_encodings(NUMBER, rfbclient.TIGHT_PLAIN, -256)
            client.ask_update()
            client.wait_update()
            self.check(client, server, client.format)
            self.assertGreater(client.seen['tight plain'], 0)
            client.close()

    @unittest.skipUnless(ENCODING == 'tight', 'ways of Tight')
    def test_tight_jpeg_only_when_asked(self):
        with DemoServer(PROGRAM, '--still', '--size', '203x151', '--tight-mode', 'jpeg') as server:
            client = server.client()
            client.ask_encodings(NUMBER)
            client.ask_update()
            client.wait_update()
            self.assertEqual(client.jpegs, [])
            self.check(client, server, client.format)
            client.ask_encodings(NUMBER, -32 + 8)
            client.ask_update()
            client.wait_update()
            self.assertEqual(sum(w * h for _x, _y, w, h, _d in client.jpegs), 203 * 151)
            for _x, _y, width, height, data in client.jpegs:
                self.assertEqual((data[:2], data[-2:]), (b'\xff\xd8', b'\xff\xd9'))
                frame = data.index(b'\xff\xc0')
                self.assertEqual(data[frame + 5:frame + 9],
                                 height.to_bytes(2, 'big') + width.to_bytes(2, 'big'))
            client.close()

    @unittest.skipUnless(ENCODING == 'zywrle', 'levels of a wavelet')
    def test_levels(self):
        with DemoServer(PROGRAM, '--still', '--size', '203x151', '--encoding', ENCODING) as server:
            for quality, levels in ((0, 3), (2, 3), (3, 2), (5, 2), (6, 1), (9, 1)):
                for name in 'rgb888', 'rgb565-be', 'rgb555':
                    client = server.client()
                    client.ask_format(rfbclient.format_named(name))
                    client.ask_encodings(NUMBER, -32 + quality)
                    client.levels = levels
                    client.ask_update()
                    client.wait_update()
                    self.check(client, server, client.format)
                    client.close()

    def test_native_formats(self):
        for name in 'rgb565', 'rgb332', 'bgr888-be', 'map8':
            with self.subTest(format=name), \
                    DemoServer(PROGRAM, '--still', '--size=150x90', '--encoding', ENCODING, '--format', name) as server:
                client = server.client()
                self.assertEqual(client.format.bpp, {'rgb565': 16, 'bgr888-be': 32}.get(name, 8))
                client.ask_encodings(NUMBER)
                client.ask_update()
                client.wait_update()
                truth = server.picture()[2]
                if client.format.true_colour:
                    self.check(client, server, client.format)
                else:
                    self.assertTrue([client.palette[i] for i in client.screen] == truth)
                    # Another colour for an index that is on the screen.
                    index = client.screen[0]
                    self.assertTrue(server.command('map %d 12ab34' % index))
                    while client.palette[index] != (0x12, 0xab, 0x34):
                        client.message()
                    self.assertTrue([client.palette[i] for i in client.screen] == server.picture()[2])
                client.close()

    def test_moving_picture(self):
        with DemoServer(PROGRAM, '--size=160x120', '--encoding', ENCODING, '--max-fps=200') as server:
            client = server.client()
            client.ask_encodings(NUMBER, rfbclient.COPYRECT, rfbclient.LAST_RECT)
            client.ask_update()
            client.wait_update()
            for _ in range(40):
                client.ask_update(1)
                client.wait_update()
            self.assertGreater(client.seen[rfbclient.COPYRECT], 0)
            # Nothing is asked for, so nothing moves any more: take what is left without letting it move on.
            client.ask_update()
            client.wait_update()
            self.check(client, server, client.format)
            client.close()


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1], verbosity=2)
