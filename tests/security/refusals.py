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
    ('../transport/test-rsa-aes-frames.c', 'rows', 'RSA-AES, messages'), ('../transport/test-sasl.c', 'rows', 'SASL, packets'),
    ('../session/test-broken-tls.c', 'broken_anonymous', 'anonymous TLS'), ('../session/test-broken-tls.c', 'broken_x509', 'TLS with a certificate'),
    ('../transport/test-websocket.c', 'answers', 'WebSocket, answer'), ('../transport/test-websocket.c', 'frames', 'WebSocket, frames'),
)
# Steps of a server that cannot be a row of bytes: assert_failed (…, "what the server sends", "the error").
STEPS = (
    ('test-rsa-aes.c', 'RSA-AES'), ('../session/test-tls.c', 'TLS'),
    ('../transport/test-websocket.c', 'WebSocket, answer'), ('../transport/test-links.c', 'any, through a repeater'),
)
# The same for scripts, see tests/lib/script.h.
SCRIPTS = (
    ('../session/test-handshake.c', 'versions', 'any'), ('../session/test-handshake.c', 'lists', 'any'),
    ('../session/test-handshake.c', 'authentication', 'any'), ('../session/test-handshake.c', 'inits', 'any, ServerInit'),
    ('../session/test-handshake.c', 'tight', 'Tight, ServerInit'),
)
# A server that says no, and a choice of the application's, are nothing degenerate.
PROPER = ('Authentication failed:', 'The server refuses the connection:', '*security type 2*', '*no WebSocket there: “HTTP/1.1 404',
          '*does not let us in', '*code 1011*')
ROW = re.compile(r'\{ "([^"]+)", .*?, ("(?:[^"\\]|\\.)*"|NULL) \},?\n', re.S)


def rows(name, array):
    """What the server sends, and the error that the test wants, for all rows that want one."""
    with open(os.path.join(TOP, 'tests', 'security', name), encoding='utf-8') as file:
        text = file.read()
    body = re.search(r'^static const \w+ %s\[\] = \{\n(.*?)\n\};' % array, text, re.S | re.M).group(1) + '\n'
    found = ROW.findall(body)
    # Each row is read, or a form that is not understood would be left out in silence.
    assert len(found) == len(re.findall(r'^  \{ "', body, re.M)), (name, array)
    found = [(what, error[1:-1]) for what, error in found if error != 'NULL']
    # Where rows have more than an error behind the bytes, that is what the error begins with.
    return [(what, error) for what, error in found if (array != 'frames' or error.startswith('*')) and not error.startswith(PROPER)]


def steps(name):
    """As rows(), for what is asserted."""
    with open(os.path.join(TOP, 'tests', 'security', name), encoding='utf-8') as file:
        found = re.findall(r'assert_failed \(&\w[\w.]*, "([^"]+)", "([^"]+)"\)', file.read())
    assert found, name
    return found


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
    tests = [(scripts, (name, array), about) for name, array, about in SCRIPTS]
    tests += [(rows, (name, array), about) for name, array, about in LISTS]
    tests += [(steps, (name,), about) for name, about in STEPS]
    for read, where, about in tests:
        for what, error in read(*where):
            says = ' … '.join(part.strip() for part in error.split('*') if part.strip())
            lines.append('| %s | %s | %s | `%s` |' % (about, what, says, os.path.basename(where[0])))
    return '\n'.join(lines) + '\n'


def main():
    with open(PAGE, encoding='utf-8') as file:
        page = file.read()
    before, _, rest = page.partition(BEGIN)
    written, _, after = rest.partition(END)
    made = table()
    if '--write' in sys.argv:
        with open(PAGE, 'w', encoding='utf-8') as file:
            file.write(before + BEGIN + made + END + after)
        return 0
    if written != made:
        print('The table of refused input in docs/security.md is not that of the tests: run tests/security/refusals.py --write')
        return 1
    return 0


sys.exit(main())
