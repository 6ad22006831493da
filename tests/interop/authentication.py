#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""authentication.py GROUP: security types beside TLS, against real servers. Groups: sasl, tight, rsa-aes, demo."""
import os
import sys
import tempfile
from interop import Client, HERE, Server, Tap, check, exactly, levels, skip_all, vnclib
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'demo'))
import demoserver  # noqa: E402

ENCODINGS = 'zrle,raw,lastrect,cursor,xcursor'
TYPES = '--types=19,129,130,5,6,20,16,2,1'


def options(server, *more, password=None):
    env = server.env
    trust = ['--set=ca-file=' + env['VNC_CA']] if 'VNC_CA' in env else []
    return ['--encodings', ENCODINGS, '--username', env.get('VNC_USERNAME', ''), *trust,
            '--subtypes=263,264', '--password', password if password is not None else env.get('VNC_PASSWORD', ''),
            *(more if any(word.startswith('--types') for word in more) else (TYPES, *more))]


def shows(kind, *more, secured=None, same=exactly):
    """A session with the true picture, over a link that says to be secured in this way."""
    with Server(kind) as server:
        with Client.to(server, *options(server, *more)) as client:
            client.expect('initialized')
            client.shows(server, same)
            lines = [line for line in client.lines if line.startswith('secured ')]
            check(lines == [] if secured is None else lines and secured in lines[-1], 'the link is %s', lines)


def refuses(kind, *more, words='Authentication failed: ', password='wrong'):
    with Server(kind) as server:
        with Client.to(server, *options(server, *more, password=password)) as client:
            line = client.expect('error', 'initialized')
            check(words in line, 'the error does not say %r: %s', words, line)
            client.expect('disconnected')


def sasl(tap):
    tap.case('qemu-sasl-digest-md5', shows, 'qemu-sasl-digest-md5', secured='SASL')
    tap.case('qemu-sasl-digest-md5: wrong password', refuses, 'qemu-sasl-digest-md5')
    tap.case('qemu-tls-sasl-digest-md5', shows, 'qemu-tls-sasl-digest-md5', secured='anonymous, SASL')
    tap.case('qemu-tls-sasl-digest-md5: wrong password', refuses, 'qemu-tls-sasl-digest-md5')
    for name in ('plain', 'login', 'cram-md5', 'digest-md5', 'scram-sha-1', 'scram-sha-256', 'any'):
        tap.case('qemu-x509-sasl-' + name, shows, 'qemu-x509-sasl-' + name, secured='certificate')
    for name in ('plain', 'scram-sha-256'):
        tap.case('qemu-x509-sasl-%s: wrong password' % name, refuses, 'qemu-x509-sasl-' + name)
    tap.case('qemu-x509-sasl-denied', refuses, 'qemu-x509-sasl-denied', password=None)


def tight(tap):
    for kind, same in (('tightvnc', exactly), ('tightvnc-16bit', levels((31, 63, 31), 'nearest'))):
        tap.case(kind + ': Tight', shows, kind, '--types=16', same=same)
        tap.case(kind + ': VNC', shows, kind, '--types=2', same=same)
    tap.case('tightvnc: wrong password', refuses, 'tightvnc', '--types=16')


def remembered():
    """The key is asked about once; another in its place is told of."""
    with tempfile.TemporaryDirectory() as folder:
        known = '--set=known-hosts-file=' + os.path.join(folder, 'known')
        port = None
        for which in ('first', 'changed'):
            with Server('x0tigervnc-ra2_256', *(['--port', port] if port else [])) as server:
                port = server.env['VNC_PORT']
                if which == 'first':
                    with Client.to(server, *options(server, known, '--trust=remember')) as client:
                        client.expect('certificate 1')
                        client.expect('initialized')
                    with Client.to(server, *options(server, known)) as client:
                        client.expect('initialized')
                else:
                    with Client.to(server, *options(server, known)) as client:
                        line = client.expect('error', 'initialized')
                        check('HAS CHANGED' in line, 'a changed key is told as %s', line)


def rsa_aes(tap):
    for family in ('x0tigervnc', 'tigervnc'):
        for name, secured in (('ra2', 'RSA-AES'), ('ra2ne', None), ('ra2_256', 'RSA-AES'), ('ra2ne_256', None)):
            tap.case('%s-%s' % (family, name), shows, '%s-%s' % (family, name), '--trust=once', secured=secured)
    tap.case('x0tigervnc-ra2: wrong password', refuses, 'x0tigervnc-ra2', '--trust=once')
    tap.case('x0tigervnc-ra2: nobody knows the key', refuses, 'x0tigervnc-ra2', words='key is not trusted', password=None)
    tap.case('x0tigervnc-ra2_256: remembered, then changed', remembered)


class Demo(demoserver.DemoServer):
    """Our own demo server, which has types that no server of a distribution has."""
    def __init__(self, kind, user):
        super().__init__(os.environ['GVNC_DEMO_SERVER'], '--still', '--password=sesame', '--security=' + kind,
                         *(['--user=tester'] if user else []))
        self.env = {'VNC_PORT': str(self.port), 'VNC_PASSWORD': 'sesame', 'VNC_USERNAME': 'tester' if user else ''}

    def shot(self):
        path = os.path.join(self.folder, 'shot.ppm')
        check(self.command('shot ' + path), 'no picture')
        return vnclib.read_ppm(path)


def demo_shows(kind, user, more):
    with Demo(kind, user) as server:
        with Client('--port', server.port, *options(server, *more)) as client:
            client.expect('initialized')
            client.shows(server, exactly)
            secured = [line for line in client.lines if line.startswith('secured 1')]
            check(bool(secured) == (kind in ('ra2', 'ra2_256')), 'the link is %s', secured)


def demo_refuses(kind, user, more, words, password='wrong'):
    with Demo(kind, user) as server:
        with Client('--port', server.port, *options(server, *more, password=password)) as client:
            line = client.expect('error', 'initialized')
            check(words in line, 'the error does not say %r: %s', words, line)
            client.expect('disconnected')


def demo(tap):
    weak = ['--types=113', '--set=allow-weak=1']
    for kind, more in (('ard', ['--types=30']), ('mslogon2', weak), ('ra2', ['--trust=once']), ('ra2ne', ['--trust=once']),
                       ('ra2_256', ['--trust=once']), ('ra2ne_256', ['--trust=once'])):
        tap.case('demo server, ' + kind, demo_shows, kind, True, more)
        tap.case('demo server, %s: wrong password' % kind, demo_refuses, kind, True, more, 'The password is wrong')
    tap.case('demo server, ra2: a password alone', demo_shows, 'ra2', False, ['--trust=once'])
    tap.case('demo server, ra2: nobody knows the key', demo_refuses, 'ra2', True, [], 'key is not trusted', 'sesame')
    tap.case('demo server, ra2: refused by the user', demo_refuses, 'ra2', True, ['--trust=no'], 'key is not trusted', 'sesame')
    tap.case('demo server, mslogon2: weak', demo_refuses, 'mslogon2', True, ['--types=113'], 'weak security', 'sesame')


def main():
    groups = {'sasl': sasl, 'tight': tight, 'rsa-aes': rsa_aes, 'demo': demo}
    tap = Tap()
    if len(sys.argv) != 2 or sys.argv[1] not in groups:
        skip_all('no such group')
    groups[sys.argv[1]](tap)
    return tap.end()


sys.exit(main())
