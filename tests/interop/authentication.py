#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""authentication.py: the security types of the demo server, which servers of a distribution do not have."""
import os
import sys
from interop import Client, HERE, Tap, check, exactly, vnclib
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


def main():
    tap = Tap()
    weak = ['--types=113', '--set=allow-weak=1']
    for kind, more in (('ard', ['--types=30']), ('mslogon2', weak), ('ra2', ['--trust=once']), ('ra2ne', ['--trust=once']),
                       ('ra2_256', ['--trust=once']), ('ra2ne_256', ['--trust=once'])):
        tap.case('demo server, ' + kind, demo_shows, kind, True, more)
        tap.case('demo server, %s: wrong password' % kind, demo_refuses, kind, True, more, 'The password is wrong')
    tap.case('demo server, ra2: a password alone', demo_shows, 'ra2', False, ['--trust=once'])
    tap.case('demo server, ra2: nobody knows the key', demo_refuses, 'ra2', True, [], 'key is not trusted', 'sesame')
    tap.case('demo server, ra2: refused by the user', demo_refuses, 'ra2', True, ['--trust=no'], 'key is not trusted', 'sesame')
    tap.case('demo server, mslogon2: weak', demo_refuses, 'mslogon2', True, ['--types=113'], 'weak security', 'sesame')
    return tap.end()


sys.exit(main())
