# SPDX-License-Identifier: LGPL-2.1-or-later
"""The table of encoding by pixel format by server: the cases of pictures.py, rareencodings.py and demo.py, run again."""
import concurrent.futures
import os
import sys
import demo
import pictures
import rareencodings
from interop import Failure, Server, Skip

FORMATS = ['native', '32le', '32be', '16le', '16be', '15le', '8']
SERVERS = ['tigervnc', 'x11vnc', 'libvncserver', 'qemu', *pictures.NARROW, 'demo']


def verdict(function, same, *arguments):
    """A cell: 0, no pixel differs; ~N, lossy, by N in the mean at most; damaged, by the server, and survived."""
    try:
        function(*arguments)
    except Skip as reason:
        return 'skip: %s' % reason
    except Failure as failure:
        return 'FAIL: %s' % failure
    if function is pictures.survived:
        return 'damaged'
    return '~%g' % same.mean if hasattr(same, 'mean') else '0'


def of_server(name):
    cells = {}
    if name == 'demo':
        program = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.environ['GVNC_CAPTURE']))),
                               'examples', 'server', 'gvnc-demo-server')
        for encoding, asked, loss in demo.CASES:
            for fmt in demo.FORMATS:
                cells[asked, fmt] = verdict(demo.one, demo.same_for(asked, fmt, loss), program, encoding, asked, fmt, loss)
        return cells
    all_cases = [*pictures.cases(name), *(rareencodings.cases(name) if name in rareencodings.LOSSLESS else [])]
    with Server(pictures.kind_of(name)) as server:
        for number, (encoding, fmt, function, same) in enumerate(all_cases):
            cells[encoding, fmt] = verdict(function, same, server, number, encoding, fmt, same)
    return cells


def grouped(rows):
    """The encodings of a server that come to the same share a row."""
    groups = {}
    for server, encoding, *cells in rows:
        groups.setdefault((server, *cells), []).append(encoding.replace(',', ' + '))
    return [[key[0], ', '.join(encodings), *key[1:]] for key, encodings in groups.items()]


def main(names, jobs, print_table, markdown):
    names = names or SERVERS
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        found = [(name, pool.submit(of_server, name)) for name in names]
    rows, bad = [], 0
    for name, future in found:
        try:
            cells = future.result()
        except Skip as reason:
            print('%s: %s' % (name, reason), file=sys.stderr)
            continue
        for encoding in dict.fromkeys(encoding for encoding, _ in cells):
            row = [cells.get((encoding, fmt), '') for fmt in FORMATS]
            for fmt, cell in zip(FORMATS, row):
                if cell.startswith('FAIL'):
                    bad += 1
                    print('%s, %s, %s: %s' % (name, encoding, fmt, cell), file=sys.stderr)
            rows.append([name, encoding, *[cell.split(':')[0] for cell in row]])
    print_table(['server', 'encodings asked for', *FORMATS], grouped(rows), markdown)
    print('\n0: no pixel differs from the true picture. ~N: lossy, by N of 255 in the mean at most. damaged: by the server, and survived.')
    return 1 if bad or not rows else 0
