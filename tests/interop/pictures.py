#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""pictures.py SERVER: every encoding the server has, in every pixel format: the decoded screen is the server's screen.

Lossless encodings are compared pixel for pixel. In formats with fewer bits a channel the expectation is the true screen
brought down to these bits by the server's own rule. With JPEG the allowed difference is stated below.
"""
import sys
from interop import Client, Failure, Server, Skip, Tap, check, eventually, exactly, levels, skip_all, within

# The server's way from 8 bits a channel to fewer, and its encodings; all of them measured with tests/servers/rfb-probe.py.
SERVERS = {
    'tigervnc': ('tigervnc-none', 'nearest, half up', ['raw', 'copyrect', 'rre', 'hextile', 'zrle', 'tight']),
    'x11vnc': ('x11vnc-none', 'nearest', ['raw', 'rre', 'hextile', 'zrle', 'tight']),
    'libvncserver': ('libvncserver-none', 'nearest', ['raw', 'copyrect', 'rre', 'hextile', 'zrle', 'tight']),
    'qemu': ('qemu-none', 'truncated', ['raw', 'hextile', 'zrle', 'tight']),
}
# Screens that are not true colour of 32 bits, shown in their own format.
NARROW = {
    'libvncserver-16bit': levels((31, 31, 31), 'nearest'),
    'libvncserver-8bit': levels((7, 7, 3), 'nearest'),
    'libvncserver-colourmap': exactly,
}
# A cursor encoding keeps the pointer out of the picture, LastRect lets Tight split as it likes.
ALWAYS = 'lastrect,cursor,xcursor'
# What a server gets wrong by itself, so that no client can show it right: it only must do no harm.
BROKEN = {
    ('qemu', 'tight', '32be'): 'QEMU shifts pixels of 24 bits as if the client had its own byte order',
    ('qemu', 'tight', '15le'): 'QEMU sends parts of a gradient black in Tight with pixels of 15 bits',
    ('libvncserver', 'zrle', '15le'): 'ZRLE of libvncserver is damaged with pixels of 15 bits',
    ('x11vnc', 'zrle', '15le'): 'ZRLE of libvncserver is damaged with pixels of 15 bits',
    ('libvncserver-16bit', 'zrle', 'native'): 'ZRLE of libvncserver is damaged with pixels of 15 bits',
}


def same_for(fmt, rule):
    if fmt in ('16le', '16be'):
        return levels((31, 63, 31), rule)
    if fmt == '15le':
        return levels((31, 31, 31), rule)
    if fmt == '8':
        return levels((7, 7, 3), rule)
    return exactly


def change(server, number):
    """Something new on the screen: a coloured area, and a copy that overlaps its source."""
    x, y = 16 + 40 * (number % 5), 40 + 24 * (number % 7)
    colour = '%06x' % (0x3a7bd5 * (number + 1) & 0xffffff)
    if 'VNC_X_DISPLAY' in server.env:
        if number % 4 == 0:
            server.poke('card')
        server.poke('fill', x, y, 133, 57, colour)
        server.poke('copy', x, y, x + 17, y + 11, 201, 140)
    elif 'VNC_CONTROL' in server.env:
        server.ctl('fill', x, y, 133, 57, colour)
        server.ctl('copy', x, y, 201, 140, x + 17, y + 11)
    else:
        server.poke('key', 's')


def one(server, number, encoding, fmt, same):
    options = [] if fmt == 'native' else ['--format', fmt]
    with Client.to(server, '--encodings', ','.join([encoding, 'raw', ALWAYS]), *options) as client:
        client.expect('initialized')
        client.shows(server, same)
        change(server, number)
        client.shows(server, same)


def survived(server, number, encoding, fmt, _same):
    """What a server damages itself is shown as it comes, or ends in an error that names the encoding: nothing else."""
    options = [] if fmt == 'native' else ['--format', fmt]
    with Client.to(server, '--encodings', ','.join([encoding, 'raw', ALWAYS]), *options) as client:
        client.expect('initialized')
        change(server, number)

        def told():
            errors = [line for line in client.lines if line.startswith('error ')]
            if errors:
                return errors[0]
            try:
                # A black picture has not been drawn yet.
                return 'a picture' if any(client.shot()[2]) else None
            except Failure:
                # It ends meanwhile, with an error or without.
                client.expect('disconnected')
                return next((line for line in client.lines if line.startswith('error ')), 'an end without an error')
        outcome = eventually(told, 'a picture or an error')
    name = encoding.split(',')[0].replace('tightpng', 'tight')
    check(outcome == 'a picture' or name in outcome.lower(), 'it ended in %s, which does not name %s', outcome, name)


def cases(name):
    """(encoding, format, what runs it, how the pictures must be alike or why they cannot be) for each cell of the table."""
    narrow = name in NARROW
    rule, encodings = (None, SERVERS['libvncserver'][2]) if narrow else SERVERS[name][1:]
    for encoding in encodings:
        for fmt in ['native'] if narrow else ['native', '32le', '32be', '16le', '16be', '15le', '8']:
            if (name, encoding, fmt) in BROKEN:
                yield encoding, fmt, survived, BROKEN[name, encoding, fmt]
            else:
                yield encoding, fmt, one, NARROW[name] if narrow else same_for(fmt, rule)
    if not narrow and name != 'qemu':
        # Quality 9 of 9.
        yield 'tight,jpeg9', '32le', one, within(2.0, 32)


def kind_of(name):
    return name if name in NARROW else SERVERS[name][0]


def run(name, all_cases):
    """Runs the cases against a server of that kind as tests."""
    tap = Tap()
    with Server(kind_of(name)) as server:
        for number, (encoding, fmt, function, same) in enumerate(all_cases):
            what = '%s, %s, %s%s' % (kind_of(name), encoding, fmt, ': survived' if function is survived else '')
            tap.case(what, function, server, number, encoding, fmt, same)
    return tap.end()


if __name__ == '__main__':
    try:
        sys.exit(run(sys.argv[1], cases(sys.argv[1])))
    except Skip as reason:
        skip_all(reason)
