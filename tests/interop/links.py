#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""links.py GROUP: the ways to a server beside plain TCP, against real servers. Groups: websocket, tls, reverse, unix."""
import sys
from interop import Client, Failure, Server, Skip, Tap, check, exactly, skip_all

ENCODINGS = 'zrle,copyrect,raw,lastrect,cursor'


def shows(kind, where, *options):
    """Connects, compares the picture, types a key, and compares again."""
    with Server(kind) as server:
        with Client(*where(server.env), '--encodings', ENCODINGS, '--password', server.env.get('VNC_PASSWORD', ''),
                    *[option(server.env) if callable(option) else option for option in options]) as client:
            client.expect('initialized')
            client.shows(server, exactly)
            client.command('key', '0x61', '0x1e')
            client.shows(server, exactly)


def fails(kind, where, word, *options):
    with Server(kind) as server:
        with Client(*where(server.env), '--encodings', ENCODINGS,
                    *[option(server.env) if callable(option) else option for option in options]) as client:
            line = client.expect('error')
            check(word in line, 'the error does not say %r: %s', word, line)
            client.expect('disconnected')


def websocket_url(env):
    return ['--uri', env['VNC_WS_URL']]


def authority(env):
    return '--set=ca-file=' + env['VNC_CA']


def tls_first(env):
    return ['--uri', 'vncs://%s:%s' % (env['VNC_HOST'], env['VNC_PORT'])]


def listening(env):
    return ['--listen', env['VNC_LISTEN_PORT']]


def socket_uri(env):
    return ['--uri', 'vnc+unix://' + env['VNC_SOCKET']]


def websocket(tap):
    for kind in ('qemu-ws', 'qemu-ws-password', 'tigervnc-ws', 'tigervnc-ws-vncauth', 'libvncserver-ws'):
        tap.case(kind, shows, kind, websocket_url)
    for kind in ('qemu-wss', 'libvncserver-wss'):
        tap.case(kind, shows, kind, websocket_url, authority)
        tap.case(kind + ': unknown authority', fails, kind, websocket_url, 'certificate')
    tap.case('tigervnc-none: no web server', fails, 'tigervnc-none',
             lambda env: ['--uri', 'ws://%s:%s/' % (env['VNC_HOST'], env['VNC_PORT'])], 'no web server')


def tls(tap):
    tap.case('x11vnc-ssl', shows, 'x11vnc-ssl', tls_first, authority)
    tap.case('x11vnc-ssl: unknown authority', fails, 'x11vnc-ssl', tls_first, 'certificate')


def reverse(tap):
    for kind in ('qemu-reverse', 'tigervnc-reverse', 'x11vnc-reverse'):
        tap.case(kind, shows, kind, listening)


def unix(tap):
    for kind in ('tigervnc-unix', 'tigervnc-unix-vncauth', 'libvncserver-unix', 'x11vnc-unix', 'qemu-unix'):
        tap.case(kind, shows, kind, socket_uri)


GROUPS = {'websocket': websocket, 'tls': tls, 'reverse': reverse, 'unix': unix}


def main(group):
    tap = Tap()
    try:
        GROUPS[group](tap)
    except Skip as reason:
        if tap.count:
            raise Failure(str(reason)) from reason
        skip_all(reason)
    return tap.end()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
