#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""rareencodings.py SERVER: the encodings that few servers have, as pictures.py does it for the usual ones.

ZYWRLE loses so much that single pixels may be anything; what tells a right picture from a wrong one is the mean. With the
right number of levels it is 8 to 14 on the test card, with a wrong one 31 and more.
"""
import sys
from interop import Skip, skip_all, within
from pictures import one, run, same_for, survived

FORMATS = ['32le', '32be', '16le', '16be', '15le', '8']
LOSSLESS = {
    'x11vnc': ('x11vnc-none', 'nearest', ['corre', 'zlib', 'tight,plaintight,level0']),
    'libvncserver': ('libvncserver-none', 'nearest', ['corre', 'zlib', 'tight,plaintight,level0']),
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


def cases(name):
    _, rule, encodings = LOSSLESS[name]
    for encoding in encodings:
        for fmt in FORMATS:
            if (name, encoding, fmt) in BROKEN:
                yield encoding, fmt, survived, BROKEN[name, encoding, fmt]
            else:
                yield encoding, fmt, one, INEXACT.get((name, encoding, fmt), same_for(fmt, rule))
    if name == 'qemu':
        return
    for encoding, mean in ZYWRLE.items():
        yield encoding, '32le', one, within(mean, 255)
    for fmt in '32be', '16le', '16be':
        yield 'zywrle', fmt, one, within(13.0, 255)
    # Pixels of 8 bits have no wavelet.
    yield 'zywrle', '8', one, same_for('8', rule)
    yield 'zywrle', '15le', survived, 'ZRLE of libvncserver is damaged with pixels of 15 bits'


if __name__ == '__main__':
    try:
        sys.exit(run(sys.argv[1], cases(sys.argv[1])))
    except Skip as reason:
        skip_all(reason)
