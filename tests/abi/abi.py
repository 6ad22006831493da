#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""abi.py [--refresh] --source TOP LIBRARY…: compares the ABI with the stored one, or stores it.

What is added passes. What is removed or changed fails.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SUPPRESSIONS = os.path.join(HERE, 'suppressions.ini')


def stored(library):
    return os.path.join(HERE, re.sub(r'\.so.*', '', os.path.basename(library)) + '.abi')


def dump(library, path, source):
    command = ['abidw', '--exported-interfaces-only', '--no-corpus-path', '--no-show-locs', '--no-comp-dir-path', '--no-architecture',
               '--no-elf-needed', '--no-parameter-names', '--no-write-default-sizes', '--type-id-style', 'hash',
               '--suppressions', SUPPRESSIONS, '--out-file', path]
    for place in ('gvnc', 'gtkvnc', 'gvncpulse'):
        command += ['--headers-dir', os.path.join(source, place)]
    subprocess.run(command + ['--drop-private-types', library], check=True)


def differences(library, source):
    """What is removed or changed, in words; nothing when all is well."""
    with tempfile.TemporaryDirectory() as folder:
        now = os.path.join(folder, 'now.abi')
        dump(library, now, source)
        done = subprocess.run(['abidiff', '--no-added-syms', '--suppressions', SUPPRESSIONS, stored(library), now],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    return done.stdout if done.returncode else ''


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--refresh', action='store_true')
    parser.add_argument('--source', required=True)
    parser.add_argument('libraries', nargs='+')
    options = parser.parse_args()
    if shutil.which('abidiff') is None or shutil.which('abidw') is None:
        print('1..0 # SKIP abidiff is not installed (package abigail-tools)')
        return 0
    if options.refresh:
        for library in options.libraries:
            dump(library, stored(library), options.source)
            print('wrote %s' % os.path.relpath(stored(library)))
        return 0
    failed = 0
    for number, library in enumerate(options.libraries, 1):
        text = differences(library, options.source)
        for line in text.splitlines():
            print('# ' + line)
        failed += bool(text)
        print('%s %d - nothing of %s is removed or changed' % ('not ok' if text else 'ok', number, os.path.basename(library)))
    print('1..%d' % len(options.libraries))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
