#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""framebuffer.py LANGUAGE SERVER: a script that implements VncFramebuffer, one that overrides methods of VncBaseFramebuffer, and one
that reads what a plain VncBaseFramebuffer holds."""
import json
import os
import subprocess
import sys
import threading
import scripts
from interop import Skip, Tap, check, equal, skip_all
from demoserver import DemoServer

SUFFIX = {'python': 'py', 'js': 'js'}
WIDTH, HEIGHT = 96, 64
# How the server sends, and calls that must be there then. Red in the formats of the two servers.
CASES = [
    ('rgb888', 'raw', 0, {'blt'}), ('rgb888', 'rre', 2, {'fill'}), ('rgb565', 'rre', 2, {'fill'}), ('rgb332', 'rre', 2, {'fill'}),
    ('rgb888', 'tight', 7, {'rgb24_blt'}), ('rgb888', 'jpeg', 21, {'rgb24_blt'}), ('map8', 'raw', 0, {'set_color_map', 'blt'}),
]
RED = {'rgb888': '0000ff00', 'rgb565': '00f80000', 'rgb332': 'e0000000'}


def run(language, kind, server, encoding, more=0, change=None):
    """`change` is a command for the server once the script has the whole desktop, and `more` the pixels that come of it."""
    script = os.path.join(scripts.HERE, 'framebuffer-script.' + SUFFIX[language])
    process = subprocess.Popen([*scripts.interpreter(language), script, kind, str(server.port), str(encoding), str(WIDTH * HEIGHT + more)],
                               env=scripts.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               universal_newlines=True)
    # Also what reads a line from it below ends then.
    patience = threading.Timer(scripts.PATIENCE, process.kill)
    patience.start()
    try:
        if change is not None and process.stdout.readline() == 'complete\n':
            equal(server.command(change), True, change)
        said, complaints = process.communicate()
    finally:
        patience.cancel()
        process.kill()
        process.wait()
    check(process.returncode == 0, 'the script ended with status %d: %s', process.returncode, complaints[-2000:])
    equal(complaints, '', 'what the script complained of')
    return json.loads(said)


def start(program, fmt, sent):
    server = DemoServer(program, '--still', '--size', '%dx%d' % (WIDTH, HEIGHT), '--format', fmt, '--encoding', sent)
    # A screen of one colour, which is sent as a fill where there is one, then copied, then another.
    equal(server.command('fill 0 0 %d %d ff0000' % (WIDTH, HEIGHT)), True, 'fill')
    return server


def calls(program, language, kind, fmt, sent, encoding, wanted):
    with start(program, fmt, sent) as server:
        told = run(language, kind, server, encoding)
        equal(told['elsewhere'], 0, 'calls outside of the main thread')
        seen = {call[0] for call in told['calls']}
        check(wanted <= seen, 'called were %r, not all of %r', sorted(seen), sorted(wanted))
        area = sum(call[3] * call[4] for call in told['calls'])
        equal(area, WIDTH * HEIGHT, 'pixels that were drawn')
        for call in told['calls']:
            if call[0] == 'fill':
                equal(call[5], RED[fmt], 'pixel of a fill')
            elif call[0] == 'rgb24_blt':
                check(call[5] in ('fe0000', 'ff0000'), 'first pixel of a picture: %s', call[5])
        if fmt == 'map8':
            check([0xffff, 0, 0] in told['colours'], 'no red among the colours %s', told['colours'])


def copies(program, language, kind):
    with start(program, 'rgb888', 'raw') as server:
        told = run(language, kind, server, '1,0', 20 * 10, 'copy 5 6 40 30 20 10')
        equal(told['elsewhere'], 0, 'calls outside of the main thread')
        equal(told['calls'][-1], ['copyrect', 40, 30, 20, 10, '0506'], 'the last call')


def reads(program, language, kind):
    with start(program, 'rgb888', 'tight') as server:
        equal(server.command('fill 10 20 30 40 123456'), True, 'fill')
        told = run(language, kind, server, 7)
        width, height, pixels = server.picture()
        equal((told['width'], told['height'], told['rowstride']), (width, height, 4 * width), 'size')
        data = bytes.fromhex(told['bytes'])
        equal(len(data), 4 * width * height, 'length')
        equal([(data[i + 2], data[i + 1], data[i]) for i in range(0, len(data), 4)], [tuple(pixel) for pixel in pixels], 'pixels')


def main(language, program):
    tap = Tap()
    scripts.interpreter(language)
    for kind in ('implements', 'overrides'):
        for fmt, sent, encoding, wanted in CASES:
            tap.case('%s %s, %s, %s' % (language, kind, fmt, sent), calls, program, language, kind, fmt, sent, encoding, wanted)
        tap.case('%s %s, copies' % (language, kind), copies, program, language, kind)
    for kind in ('plain', 'subclass'):
        tap.case('%s reads a framebuffer, %s' % (language, kind), reads, program, language, kind)
    return tap.end()


if __name__ == '__main__':
    try:
        sys.exit(main(*sys.argv[1:]))
    except Skip as reason:
        skip_all(reason)
