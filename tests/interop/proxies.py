#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""proxies.py: through SOCKS 5 and HTTP proxies to real servers, and what is said of proxies that do not do."""
import socket
import struct
import sys
import threading
from interop import Client, Server, Tap, check, equal, exactly

ENCODINGS = 'zrle,copyrect,raw,lastrect,cursor,xcursor'


def exactly_n(peer, n):
    data = b''
    while len(data) < n:
        more = peer.recv(n - len(data))
        if not more:
            raise OSError('the client has gone')
        data += more
    return data


class Proxy:
    """A proxy on a port of its own. It keeps the (host, port) that it was asked for; answer is for all, None lets them through."""
    def __init__(self, scheme, answer=None):
        self.scheme, self.answer = scheme, answer
        self.asked = []
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.uri = '%s://127.0.0.1:%d' % (scheme, self.listener.getsockname()[1])
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join()

    def run(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(peer,), daemon=True).start()

    def serve(self, peer):
        with peer:
            try:
                host, port = self.socks(peer) if self.scheme == 'socks5' else self.connect(peer)
                self.asked.append((host, port))
                if self.answer is not None:
                    peer.sendall(self.answer)
                    return
                with socket.create_connection((host, port)) as far:
                    peer.sendall(b'\x05\0\0\x01\x7f\0\0\x01\0\0' if self.scheme == 'socks5' else b'HTTP/1.1 200 Go on\r\n\r\n')
                    back = threading.Thread(target=self.pass_on, args=(far, peer), daemon=True)
                    back.start()
                    self.pass_on(peer, far)
                    back.join()
            except OSError:
                pass

    @staticmethod
    def pass_on(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    @staticmethod
    def socks(peer):
        # RFC 1928: U8 version | U8 count | methods, then U8 version | U8 1 | U8 0 | U8 kind of address | address | U16 port
        exactly_n(peer, exactly_n(peer, 2)[1])
        peer.sendall(b'\x05\0')
        kind = exactly_n(peer, 4)[3]
        if kind == 1:
            host = socket.inet_ntoa(exactly_n(peer, 4))
        else:
            host = exactly_n(peer, exactly_n(peer, 1)[0]).decode()
        return host, struct.unpack('>H', exactly_n(peer, 2))[0]

    @staticmethod
    def connect(peer):
        head = b''
        while b'\r\n\r\n' not in head:
            head += exactly_n(peer, 1)
        method, where, _ = head.split(b'\r\n')[0].decode().split(' ')
        if method != 'CONNECT':
            raise OSError('it is no tunnel that is asked for')
        host, _, port = where.rpartition(':')
        return host, int(port)


def shows(scheme, kind, where, port_name='VNC_PORT', host='127.0.0.1'):
    def seen(proxy, server):
        options = ['--set=ca-file=' + server.env['VNC_CA']] if 'VNC_CA' in server.env else []
        proxy.asked.clear()
        with Client(*where(server.env), '--proxy', proxy.uri, '--encodings', ENCODINGS, *options) as client:
            client.expect('initialized')
            client.shows(server, exactly)
        equal(proxy.asked, [(host, int(server.env[port_name]))], 'what the proxy was asked for')

    with Proxy(scheme) as proxy, Server(kind) as server:
        server.without_race(seen, proxy, server)


def fails(proxy_uri, *words):
    with Client('--host', '127.0.0.1', '--port', 5999, '--proxy', proxy_uri) as client:
        line = client.expect('error', 'connected')
        for word in words:
            check(word in line, 'the error does not say %r: %s', word, line)
        client.expect('disconnected')


def is_refused(scheme, answer, *words):
    with Proxy(scheme, answer) as proxy:
        fails(proxy.uri, *words)
        equal(len(proxy.asked), 1, 'how often the proxy was asked')


def unreachable(scheme):
    with socket.socket() as held:
        held.bind(('127.0.0.1', 0))
        fails('%s://127.0.0.1:%d' % (scheme, held.getsockname()[1]), 'proxy', 'refused')


def main():
    tap = Tap()
    for scheme in ('socks5', 'http'):
        tap.case(scheme + ': TCP', shows, scheme, 'tigervnc-none', lambda env: ['--host', env['VNC_HOST'], '--port', env['VNC_PORT']])
        tap.case(scheme + ': the proxy resolves the name', shows, scheme, 'tigervnc-none',
                 lambda env: ['--host', 'localhost', '--port', env['VNC_PORT']], host='localhost')
        tap.case(scheme + ': TLS first', shows, scheme, 'x11vnc-ssl', lambda env: ['--uri', 'vncs://127.0.0.1:' + env['VNC_PORT']])
        tap.case(scheme + ': WebSocket', shows, scheme, 'qemu-ws', lambda env: ['--uri', env['VNC_WS_URL']], 'VNC_WS_PORT')
        tap.case(scheme + ': nobody there', unreachable, scheme)
    tap.case('socks5: not allowed', is_refused, 'socks5', b'\x05\x02\0\x01\0\0\0\0\0\0', 'SOCKSv5', 'not allowed')
    tap.case('socks5: nobody behind it', is_refused, 'socks5', b'\x05\x05\0\x01\0\0\0\0\0\0', 'refused')
    tap.case('http: not allowed', is_refused, 'http', b'HTTP/1.1 403 Forbidden\r\n\r\n', 'proxy')
    tap.case('http: a password is needed', is_refused, 'http',
             b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n', 'proxy')
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
