#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Each statement that stays (K) or is better now (F) has a case that names it, and docs/porting.md has each F.

    check-statements.py [--table] PROGRAM …

Names of cases are /behaviour/ID,… in Python; a test in C has “[ID …]” at the end of its name. TAP; with --table it tells
which case covers which statement.
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
MARKS = ('K', 'F', '?')
ID = r'[A-Z]\d+[a-z]?(?:F\d?)?'


def statements():
    with open(os.path.join(HERE, 'statements.txt'), encoding='utf-8') as f:
        for line in f:
            if line.strip() and not line.startswith('#'):
                yield line.split(None, 2)


def cases(program):
    """(name, ids) of a program."""
    python = program.endswith('.py')
    command = [sys.executable, program, '--list'] if python else [program, '-l']
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding='utf-8', check=True)
    for name in done.stdout.split('\n'):
        named = re.match(r'/behaviour/(\S+)$' if python else r'.*\[((?:%s ?)+)\]$' % ID, name)
        if named:
            yield name, re.split('[ ,]', named.group(1))
        elif python and name.startswith('1..0'):
            print(name)
            sys.exit(0)


def result(number, good, what, *why):
    for line in why if not good else ():
        print('# ' + line)
    print('%s %d %s' % ('ok' if good else 'not ok', number, what))
    return 0 if good else 1


def main():
    programs = [a for a in sys.argv[1:] if a != '--table']
    known = {}
    doubled = []
    for ident, mark, words in statements():
        if ident in known or mark not in MARKS or not re.fullmatch(ID, ident):
            doubled.append(ident)
        known[ident] = (mark, words.strip())
    covered = {}
    for program in programs:
        for name, ids in cases(program):
            for ident in ids:
                covered.setdefault(ident, []).append('%s %s' % (os.path.basename(program), name))
    if '--table' in sys.argv:
        for ident, (mark, words) in known.items():
            print('%-6s%s  %s\n%s' % (ident, mark, words, ''.join('            %s\n' % c for c in covered.get(ident, []))), end='')
        return 0

    with open(os.path.join(HERE, '..', '..', 'docs', 'porting.md'), encoding='utf-8') as f:
        told = set(re.findall(ID, f.read()))
    due = [i for i, (mark, _) in known.items() if mark != '?']
    bare = [i for i in due if i not in covered]
    unknown = sorted(set(covered) - set(known))
    untold = [i for i, (mark, _) in known.items() if mark == 'F' and i not in told]
    print('1..4')
    failed = result(1, not doubled and len(due) > 100, 'the list of statements can be read', 'wrong lines: %s' % doubled)
    failed += result(2, not bare, 'each of %d statements has a case' % len(due), 'without one: %s' % ', '.join(bare))
    failed += result(3, not unknown, 'each case names a statement', 'not in statements.txt: %s' % ', '.join(unknown))
    failed += result(4, not untold, 'docs/porting.md tells each F', 'missing there: %s' % ', '.join(untold))
    return 1 if failed else 0


sys.exit(main())
