#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""exports.py LIBRARY MAP…: whether each library exports what it is meant to, as TAP.

Without a version, that is what the library of gtk-vnc 1.3.1 exports (facts/elf.txt), where programs built for either find it in
both; with a version, what the map names there; and nothing else.
"""
import importlib.util
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location('check_api', os.path.join(HERE, 'check-api.py'))
check_api = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check_api)


def names_in(path):
    """What a map names: name -> version."""
    with open(path, encoding='utf-8') as f:
        text = re.sub(r'/\*.*?\*/', ' ', f.read(), flags=re.S)
    found = {}
    for node, body in re.findall(r'([\w.]*)\s*\{([^}]*)\}', text):
        names = re.findall(r'[^\s;:]+(?=\s*;)', body.partition('local:')[0])
        found.update(dict.fromkeys(names, node or 'unversioned'))
    return found


def wanted_of(facts, stem, path):
    start = stem + '.so/symbol/'
    before = {key[len(start):]: value.split()[1] for key, value in facts.items() if key.startswith(start)}
    return {**names_in(path), **before}, before


def main():
    facts = check_api.read_facts(os.path.join(HERE, 'facts', 'elf.txt'))
    pairs = list(zip(sys.argv[1::2], sys.argv[2::2]))
    failed = 0
    print('1..%d' % len(pairs))
    for number, (library, path) in enumerate(pairs, 1):
        stem = re.sub(r'\.so.*', '', os.path.basename(library))
        want, before = wanted_of(facts, stem, path)
        got = {name: told.split()[1] for name, told in check_api.elf_read(library)[2].items()}
        wrong = sorted(name for name in set(want) | set(got) if want.get(name) != got.get(name))
        for name in wrong:
            print('# %s: %s, wanted %s' % (name, got.get(name, 'nothing'), want.get(name, 'nothing')))
        bad = wrong or not before
        failed += bool(bad)
        print('%s %d - %s exports %d names of gtk-vnc 1.3.1 and %d of its own' % (
            'not ok' if bad else 'ok', number, stem, len(before), len(set(want) - set(before))))
    return 1 if failed or not pairs else 0


if __name__ == '__main__':
    sys.exit(main())
