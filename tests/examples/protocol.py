#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""protocol.py SERVER: a script calls all that goes beyond pixels: layouts, clipboard, buttons, power, sound, quality."""
import json
import os
import subprocess
import sys
import scripts
from interop import Skip, Tap, check, equal, skip_all

# Freed memory reads differently, so a list whose elements are gone is seen.
GARBAGE = {'MALLOC_PERTURB_': '165'}
WANTED = {
    'opened': True,
    'encodings': True,
    'screens': [[1, 0, 0, 320, 240, 0]],
    'layout': [0, [[1, 0, 0, 100, 150, 0], [7, 100, 0, 100, 150, 0]], 200, 150],
    'layout-impossible': 'The screen of 201×150 pixels at 0,0 leaves its 200×150 desktop',
    'clipboard-cancelled': 'cancelled',
    'clipboard-html': 'unsupported',
    'clipboard-text': 'grüße 😀 שלום',
    'clipboard-fetched-html': '<b>née</b>',
    'clipboard-fetched-rtf': '{\\rtf1 n\\u233?e}',
    'clipboard-provided-1': True,
    'clipboard-provided-2': True,
    'clipboard-provided-4': True,
    'clipboard-set': True,
    'position': [True, 17, 33],
    'lights': [True, True],
    'buttons': True,
    'power': True,
    'sound-set': [True, True, True],
    'sound-off': True,
    'sound': [[[1, 22050]], 0],
    'quality': [True, True, 1, True, True, True, 0],
}


def run(program, command):
    done = subprocess.run([*command, os.path.join(scripts.HERE, 'protocol-script.py'), program],
                          env={**scripts.environment(), **GARBAGE, 'LC_ALL': 'C.UTF-8'}, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=scripts.PATIENCE, universal_newlines=True)
    equal((done.returncode, done.stderr), (0, ''), 'how the script ended')
    return json.loads(done.stdout)


def main():
    try:
        command = scripts.interpreter('python')
    except Skip as reason:
        skip_all(reason)
    tap, told = Tap(), {}
    tap.case('the script runs to its end', lambda: told.update(run(sys.argv[1], command)))
    for name, wanted in WANTED.items():
        tap.case(name, lambda: (check(name in told, 'nothing was told'), equal(told[name], wanted, name)))
    return tap.end()


sys.exit(main())
