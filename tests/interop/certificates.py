#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""certificates.py: certificates in more ways than the matrix tries with every kind of server."""
import os
import sys
import tempfile
from interop import Client, Server, Tap, check, equal, exactly

ENCODINGS = 'zrle,raw,lastrect,cursor,xcursor'
TYPES = '--types=19,18,2,1'


def options(server, *more, trust_ca=True, password=None):
    env = server.env
    settings = ['ca-file=' + env['VNC_CA']] if trust_ca and 'VNC_CA' in env else []
    settings += [word[6:] for word in more if word.startswith('--set=')]
    return [TYPES, '--encodings', ENCODINGS, '--username', env.get('VNC_USERNAME', ''),
            '--password', password if password is not None else env.get('VNC_PASSWORD', ''),
            *(['--set=' + ','.join(settings)] if settings else []), *[word for word in more if not word.startswith('--set=')]]


def refuses(kind, *more, words=('Authentication failed: ',), server_options=(), **how):
    """No session, and an error with these words."""
    with Server(kind, *server_options) as server:
        with Client.to(server, *options(server, *more, **how)) as client:
            line = client.expect('error', 'initialized')
            for word in words:
                check(word in line, 'the error does not say %r: %s', word, line)
            client.expect('disconnected')


def known_hosts():
    """Trusted by somebody's word, known from then on, and in trouble with another key."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'known_hosts')
        where = '--set=known-hosts-file=' + path
        with Server('tigervnc-x509none') as server:
            port = server.env['VNC_PORT']
            for trust, asked in (('once', True), ('remember', True), ('no', False)):
                with Client.to(server, *options(server, where, '--trust=' + trust, trust_ca=False)) as client:
                    client.expect('initialized')
                    equal(any(line.startswith('certificate') for line in client.lines), asked, 'somebody was asked')
        with Server('tigervnc-x509none', '--port', port) as server:
            with Client.to(server, *options(server, where, '--set=trust-on-first-use=1', trust_ca=False)) as client:
                line = client.expect('error', 'initialized')
                check('HAS CHANGED' in line and line.count('SHA256:') == 2, 'the error is %s', line)


def shows_other_name():
    with Server('tigervnc-x509none', '--cert', 'wronghost') as server:
        with Client.to(server, *options(server, '--set=tls-hostname=other.example')) as client:
            client.expect('initialized')
            client.shows(server, exactly)


def shows_next(offers, *more):
    """Plain comes first, and is not allowed on this link."""
    with Server('tigervnc-all', '--arg', '-SecurityTypes=' + offers) as server:
        with Client.to(server, *options(server, *more)) as client:
            client.expect('initialized')
            client.shows(server, exactly)
            offered = [sorted(line.split()[2:]) for line in client.lines if line.startswith('auth-subtypes')]
            equal(offered, [['256', '258'], ['258']], 'what was offered')
            check(any(line.startswith('secured 1') and 'anonymous' in line for line in client.lines), 'the link is not anonymous TLS')


def main():
    tap = Tap()
    for kind in ('tigervnc-x509none', 'qemu-x509none'):
        tap.case('%s: an authority that is not the right one' % kind, refuses, kind, words=['certificate is not trusted', 'not trusted here'],
                 server_options=['--cert', 'unknownca'])
        tap.case('%s: no name but the old one' % kind, refuses, kind, words=['certificate is not trusted', 'not for “127.0.0.1”'],
                 server_options=['--cert', 'noname'])
    tap.case('another name is right', shows_other_name)
    # Nothing was sent when Plain turned out to be forbidden, so the next comes; a certificate that nobody vouches for is the end.
    tap.case('the next subtype', shows_next, 'Plain,TLSVnc', '--subtypes=256,258', '--set=reconnect=1')
    tap.case('tigervnc-all, nothing less than the certificate', refuses, 'tigervnc-all', '--subtypes=261,258', '--set=reconnect=1',
             trust_ca=False, words=['certificate is not trusted'])
    tap.case('known hosts', known_hosts)
    return tap.end()


sys.exit(main())
