#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""demo.py SERVER: the demo server in every encoding and pixel format, those included that no real server sends."""
import os
import sys
from interop import HERE, Client, Failure, Tap, equal, eventually, exactly, levels, within
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'demo'))
from demoserver import DemoServer  # noqa: E402

# The encoding of the server, what the client asks for, and by how much a channel may differ, in the mean and at most.
# ZYWRLE loses in the way to YUV and back only, as the demo server rounds no coefficient. JPEG is at quality 9 of 9.
CASES = [
    ('raw', 'raw', None), ('rre', 'rre', None), ('corre', 'corre', None), ('hextile', 'hextile', None),
    ('zlib', 'zlib', None), ('zlibhex', 'zlibhex', None), ('trle', 'trle', None), ('zrle', 'zrle', None),
    ('tight', 'tight', None), ('tight', 'tight,plaintight,level0', None), ('tight-png', 'tightpng', None),
    ('zywrle', 'zywrle', (2.0, 10)), ('zywrle', 'zywrle,jpeg4', (2.0, 10)), ('zywrle', 'zywrle,jpeg1', (2.0, 10)),
    ('jpeg', 'jpeg,jpeg9', (3.0, 60)), ('tight', 'tight,jpeg9', (3.0, 60)),
]
FORMATS = {'native': None, '32be': None, '16le': (31, 63, 31), '16be': (31, 63, 31), '15le': (31, 31, 31), '8': (7, 7, 3)}
# What a step of a channel with fewer bits adds.
STEPS = {'native': 0, '32be': 0, '16le': 16, '16be': 16, '15le': 16, '8': 90}


def same_for(asked, fmt, loss):
    if asked == 'tightpng' and FORMATS[fmt] is not None:
        # PNG has all bits, whatever pixels have; but the server draws in colours that pixels have.
        return within(STEPS[fmt] / 2, STEPS[fmt])
    if loss is not None:
        return within(loss[0] + STEPS[fmt] / 2, loss[1] + STEPS[fmt])
    return exactly if FORMATS[fmt] is None else levels(FORMATS[fmt], 'nearest')


def truth(server):
    width, height, pixels = server.picture()
    return width, height, bytes(channel for pixel in pixels for channel in pixel)


def one(program, encoding, asked, fmt, loss):
    options = [] if fmt == 'native' else ['--format', fmt]
    with DemoServer(program, '--still', '--size', '203x151', '--encoding', encoding) as server:
        with Client('--port', server.port, '--encodings', asked + ',lastrect,cursor', *options) as client:
            client.expect('initialized')
            same = same_for(asked, fmt, loss)
            for number in range(2):
                eventually(lambda: same(client.shot(), truth(server)) is None,
                           lambda: same(client.shot(), truth(server)) or 'now they are the same')
                equal(server.command('fill %d 20 90 70 %06x' % (10 + number, 0x3a7bd5 * (number + 1) & 0xffffff)), True,
                      'fill')
        if not any('encodings' in line for line in server.events()):
            raise Failure('the server was not asked for an encoding')


def main(program):
    tap = Tap()
    for encoding, asked, loss in CASES:
        for fmt in FORMATS:
            tap.case('%s, %s' % (asked, fmt), one, program, encoding, asked, fmt, loss)
    return tap.end()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
