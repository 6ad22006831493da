#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""encodings.py SERVER: the encodings that few servers have, as pictures.py does it for the usual ones.

ZYWRLE loses so much that single pixels may be anything; what tells a right picture from a wrong one is the mean. With the
right number of levels it is 8 to 14 on the test card, with a wrong one 31 and more.
"""
import sys
from interop import Server, Skip, Tap, skip_all, within
from pictures import one, same_for, skip

FORMATS = ['32le', '32be', '16le', '16be', '15le', '8']
LOSSLESS = {
    'x11vnc': ('x11vnc-none', 'nearest', ['corre', 'zlib', 'tightpng', 'tight,plaintight,level0']),
    'libvncserver': ('libvncserver-none', 'nearest', ['corre', 'zlib', 'tightpng', 'tight,plaintight,level0']),
    'qemu': ('qemu-none', 'truncated', ['zlib', 'tightpng']),
}
# ZYWRLE by what follows from the JPEG quality: one, two and three levels.
ZYWRLE = {
    'zywrle': 11.0, 'zywrle,jpeg9': 11.0, 'zywrle,jpeg4': 14.0, 'zywrle,jpeg1': 18.0,
}
BROKEN = {
    ('qemu', 'tightpng', '32be'): 'QEMU makes PNG pictures as if the client had its own byte order',
    ('qemu', 'tightpng', '16be'): 'QEMU makes PNG pictures as if the client had its own byte order',
    ('qemu', 'tightpng', '15le'): 'QEMU sends parts of a gradient black in Tight with pixels of 15 bits',
}
# PNG has eight bits a channel, QEMU fills those that it does not have with zeros.
INEXACT = {
    ('qemu', 'tightpng', '16le'): within(2.0, 8),
}


def main(name):
    tap = Tap()
    kind, rule, encodings = LOSSLESS[name]
    with Server(kind) as server:
        for number, (encoding, fmt) in enumerate((e, f) for e in encodings for f in FORMATS):
            what = '%s, %s, %s' % (kind, encoding, fmt)
            if (name, encoding, fmt) in BROKEN:
                tap.case(what, skip, BROKEN[name, encoding, fmt])
            else:
                tap.case(what, one, server, number, encoding, fmt, INEXACT.get((name, encoding, fmt), same_for(fmt, rule)))
        if name != 'qemu':
            for encoding, mean in ZYWRLE.items():
                tap.case('%s, %s' % (kind, encoding), one, server, 0, encoding, '32le', within(mean, 255))
            for fmt in '32be', '16le', '16be':
                tap.case('%s, zywrle, %s' % (kind, fmt), one, server, 0, 'zywrle', fmt, within(13.0, 255))
            tap.case('%s, zywrle, 8 bits, which have no wavelet' % kind, one, server, 0, 'zywrle', '8', same_for('8', rule))
            tap.case('%s, zywrle, 15le' % kind, skip, 'ZRLE of libvncserver is damaged with pixels of 15 bits')
    return tap.end()


if __name__ == '__main__':
    try:
        sys.exit(main(sys.argv[1]))
    except Skip as reason:
        skip_all(reason)
