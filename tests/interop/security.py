#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""security.py GROUP: TLS and what is inside of it, against real servers. Groups: tigervnc, x11vnc, qemu, others, certificates."""
import os
import shutil
import sys
import tempfile
from interop import Client, Server, Tap, check, equal, exactly, skip_all, vnclib

ENCODINGS = 'zrle,raw,lastrect,cursor,xcursor'
TYPES = '--types=19,18,2,1'
# The pointer, which some servers draw into the picture.
POINTER_PIXELS = 200


def but_for_pointer(here, there):
    text = exactly(here, there)
    if text is None or here[:2] != there[:2]:
        return text
    return text if vnclib.compare(here, there)[1] > POINTER_PIXELS else None


def options(server, *more, trust_ca=True, password=None):
    env = server.env
    settings = ['ca-file=' + env['VNC_CA']] if trust_ca and 'VNC_CA' in env else []
    settings += [word[6:] for word in more if word.startswith('--set=')]
    return [TYPES, '--encodings', ENCODINGS, '--username', env.get('VNC_USERNAME', ''),
            '--password', password if password is not None else env.get('VNC_PASSWORD', ''),
            *(['--set=' + ','.join(settings)] if settings else []), *[word for word in more if not word.startswith('--set=')]]


def shows(kind, secured, *more, same=exactly):
    """A session with the true picture, over a link that says to be secured like that."""
    with Server(kind) as server:
        with Client.to(server, *options(server, *more)) as client:
            client.expect('initialized')
            client.shows(server, same)
            lines = [line for line in client.lines if line.startswith('secured ')]
            equal(bool(lines), bool(secured), 'a secured link')
            for line in lines:
                check(line.startswith('secured 1 TLS 1.') and secured in line, 'the link is %s', line)


def refuses(kind, *more, words=('Authentication failed: ',), server_options=(), **how):
    """No session, and an error with these words."""
    with Server(kind, *server_options) as server:
        with Client.to(server, *options(server, *more, **how)) as client:
            line = client.expect('error', 'initialized')
            for word in words:
                check(word in line, 'the error does not say %r: %s', word, line)
            client.expect('disconnected')


def wrong_password(tap, *kinds):
    for kind in kinds:
        tap.case(kind + ': wrong password', refuses, kind, password='wrong')


# ---------------------------------------------------------------- groups
def tigervnc(tap):
    for name in ('none', 'vnc', 'plain'):
        tap.case('tigervnc-tls' + name, shows, 'tigervnc-tls' + name, 'anonymous')
        tap.case('tigervnc-x509' + name, shows, 'tigervnc-x509' + name, 'certificate')
    tap.case('tigervnc-all', shows, 'tigervnc-all', 'certificate')
    tap.case('tigervnc-all, anonymous', shows, 'tigervnc-all', 'anonymous', '--subtypes=258')
    # Nothing was sent when Plain turned out to be forbidden, so the next comes; a certificate that nobody vouches for is the end.
    tap.case('tigervnc-all, the next subtype', shows, 'tigervnc-all', 'anonymous', '--subtypes=256,258', '--set=reconnect=1')
    tap.case('tigervnc-all, nothing less than the certificate', refuses, 'tigervnc-all', '--subtypes=261,258', '--set=reconnect=1',
             trust_ca=False, words=['certificate is not trusted'])
    tap.case('tigervnc-plain', shows, 'tigervnc-plain', '', '--subtypes=256', '--set=allow-plain=1')
    tap.case('tigervnc-plain: not allowed', refuses, 'tigervnc-plain', '--subtypes=256', words=['unencrypted'])
    wrong_password(tap, 'tigervnc-tlsvnc', 'tigervnc-tlsplain', 'tigervnc-x509vnc', 'tigervnc-x509plain')


def x11vnc(tap):
    for name in ('none', 'vnc', 'plain'):
        tap.case('x11vnc-tls' + name, shows, 'x11vnc-tls' + name, 'anonymous', same=but_for_pointer)
        tap.case('x11vnc-x509' + name, shows, 'x11vnc-x509' + name, 'certificate', same=but_for_pointer)
    tap.case('x11vnc-anontls', shows, 'x11vnc-anontls', 'anonymous', same=but_for_pointer)
    tap.case('x11vnc-anontls-vnc', shows, 'x11vnc-anontls-vnc', 'anonymous', same=but_for_pointer)
    wrong_password(tap, 'x11vnc-tlsvnc', 'x11vnc-tlsplain', 'x11vnc-x509vnc', 'x11vnc-anontls-vnc')


def client_certificate():
    """The server wants the client to show one, which is found by its name below the home."""
    with tempfile.TemporaryDirectory() as home, Server('qemu-x509verify') as server:
        private = os.path.join(home, '.pki', 'somebody', 'private')
        os.makedirs(private)
        shutil.copy(server.env['VNC_CLIENT_CERT'], os.path.join(home, '.pki', 'somebody', 'clientcert.pem'))
        shutil.copy(server.env['VNC_CLIENT_KEY'], os.path.join(private, 'clientkey.pem'))
        before = os.environ.get('HOME')
        os.environ['HOME'] = home
        try:
            with Client.to(server, *options(server, '--client-name=somebody')) as client:
                client.expect('initialized')
                client.shows(server, exactly)
        finally:
            os.environ['HOME'] = before or '/'


def qemu(tap):
    for name in ('none', 'vnc'):
        tap.case('qemu-tls' + name, shows, 'qemu-tls' + name, 'anonymous')
        tap.case('qemu-x509' + name, shows, 'qemu-x509' + name, 'certificate')
    tap.case('qemu-x509verify', client_certificate)
    tap.case('qemu-x509verify: no certificate', refuses, 'qemu-x509verify', words=['client certificate'])
    wrong_password(tap, 'qemu-tlsvnc', 'qemu-x509vnc')


def others(tap):
    tap.case('vino-tls', shows, 'vino-tls', 'anonymous', same=but_for_pointer)
    tap.case('vino-tls-vncauth', shows, 'vino-tls-vncauth', 'anonymous', same=but_for_pointer)
    tap.case('wayvnc-x509plain', shows, 'wayvnc-x509plain', 'certificate')
    # wayvnc 0.5 says that a wrong password is right, and then sends a reason in place of a desktop.
    wrong_password(tap, 'vino-tls-vncauth')
    tap.case('wayvnc-x509plain: wrong password', refuses, 'wayvnc-x509plain', password='wrong', words=['desktop'])


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


def certificates(tap):
    bad = (('wronghost', 'not for “127.0.0.1”'), ('expired', 'it has expired on '), ('unknownca', 'not trusted'),
           ('noname', 'not for “127.0.0.1”'))
    for kind in ('tigervnc-x509none', 'x11vnc-x509none', 'qemu-x509none', 'wayvnc-x509plain'):
        for which, words in bad:
            if (kind, which) != ('qemu-x509none', 'expired'):     # with that QEMU does not start
                tap.case('%s: %s' % (kind, which), refuses, kind, words=['certificate is not trusted', words],
                         server_options=['--cert', which])
    tap.case('tigervnc-x509none: another name is right', shows_other_name)
    tap.case('known hosts', known_hosts)


def shows_other_name():
    with Server('tigervnc-x509none', '--cert', 'wronghost') as server:
        with Client.to(server, *options(server, '--set=tls-hostname=other.example')) as client:
            client.expect('initialized')
            client.shows(server, exactly)


def main():
    groups = {'tigervnc': tigervnc, 'x11vnc': x11vnc, 'qemu': qemu, 'others': others, 'certificates': certificates}
    tap = Tap()
    if len(sys.argv) != 2 or sys.argv[1] not in groups:
        skip_all('no such group')
    groups[sys.argv[1]](tap)
    return tap.end()


sys.exit(main())
