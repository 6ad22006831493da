#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""refusals.py [--write]: compares the table of refused input in docs/security.md with the rows of the tests, or writes it anew."""
import os
import re
import sys

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
PAGE = os.path.join(TOP, 'docs', 'security.md')
BEGIN = '<!-- written by tests/security/refusals.py --write -->\n'
END = '<!-- end of what is written -->\n'
# File, array of rows, and the security types that they are about.
LISTS = (
    ('test-vencrypt.c', 'vencrypt_rows', 'VeNCrypt'), ('test-vencrypt.c', 'tls18_rows', 'TLS (18)'),
    ('test-keys.c', 'ard_rows', 'Apple Remote Desktop'), ('test-keys.c', 'mslogon2_rows', 'MSLogonII'),
    ('test-rsa-aes.c', 'rows', 'RSA-AES'), ('test-tight.c', 'apple_refused', 'Apple RSA'),
    ('test-tight.c', 'tight_refused', 'Tight'), ('test-sasl.c', 'rows', 'SASL'),
)
# The same for scripts, see tests/lib/script.h.
SCRIPTS = (
    ('../session/test-handshake.c', 'versions', 'any'), ('../session/test-handshake.c', 'lists', 'any'),
    ('../session/test-handshake.c', 'authentication', 'any'), ('../session/test-handshake.c', 'inits', 'any, ServerInit'),
    ('../session/test-handshake.c', 'tight', 'Tight, ServerInit'),
)
# A server that says no, and a choice of the application's, are nothing degenerate.
PROPER = ('Authentication failed:', 'The server refuses the connection:', '*security type 2*')
ROW = re.compile(r'\{ "([^"]+)", .*?, ("(?:[^"\\]|\\.)*"|NULL) \},?\n')


def rows(name, array):
    """What the server sends, and the error that the test wants, for all rows that want one."""
    with open(os.path.join(TOP, 'tests', 'security', name), encoding='utf-8') as file:
        text = file.read()
    body = re.search(r'GvncRefused %s\[\] = \{\n(.*?)\n\};' % array, text, re.S).group(1) + '\n'
    found = ROW.findall(body)
    # Each row is read, or a form that is not understood would be left out in silence.
    assert len(found) == len(re.findall(r'^  \{ "', body, re.M)), (name, array)
    return [(what, error[1:-1]) for what, error in found if error != 'NULL']


def scripts(name, array):
    """As rows(), for scripts."""
    with open(os.path.join(TOP, 'tests', 'security', name), encoding='utf-8') as file:
        text = file.read()
    body = re.search(r'GvncScript %s\[\] = \{\n(.*?)\n\};' % array, text, re.S).group(1)
    found = []
    for row in re.split(r'^  \{ ', body, flags=re.M)[1:]:
        error = re.search(r'"# ((?:[^"\\]|\\.)*)"', row)
        if error and not error.group(1).startswith(PROPER):
            found.append((re.match('"([^"]+)"', row).group(1), error.group(1)))
    assert found, (name, array)
    return found


def table():
    lines = ['| type | what the server sends | the error says | test |', '|---|---|---|---|']
    for name, array, about in SCRIPTS + LISTS:
        read = scripts if (name, array, about) in SCRIPTS else rows
        for what, error in read(name, array):
            says = ' … '.join(part.strip() for part in error.split('*') if part.strip())
            lines.append('| %s | %s | %s | `%s` |' % (about, what, says, os.path.basename(name)))
    return '\n'.join(lines) + '\n'


def main():
    with open(PAGE, encoding='utf-8') as file:
        page = file.read()
    before, _, rest = page.partition(BEGIN)
    written, _, after = rest.partition(END)
    if '--write' in sys.argv:
        with open(PAGE, 'w', encoding='utf-8') as file:
            file.write(before + BEGIN + table() + END + after)
        return 0
    if written != table():
        print('The table of refused input in docs/security.md is not that of the tests: run tests/security/refusals.py --write')
        return 1
    return 0


sys.exit(main())
