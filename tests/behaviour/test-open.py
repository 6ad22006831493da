#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Statements O: opening and closing a connection."""
import os
import socket
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from case import Conn, GVnc, case, equal, main  # noqa: E402
from gi.repository import Gio  # noqa: E402
import rfb  # noqa: E402


def bind(family=socket.AF_INET, host='127.0.0.1'):
    """Where nobody listens, and nobody else will."""
    sock = socket.socket(family)
    sock.bind((host, 0))
    return sock, sock.getsockname()[1]


def listen(family=socket.AF_INET, host='127.0.0.1'):
    sock, port = bind(family, host)
    sock.listen(4)
    sock.setblocking(False)
    return sock, port


def accept(sock):
    got = []

    def try_it():
        try:
            got.append(sock.accept()[0])
        except BlockingIOError:
            return False
        return True
    rfb.wait(try_it, 'a client')
    return rfb.Server(got[0])


def fields(f):
    return (f.bits_per_pixel, f.depth, f.byte_order, f.true_color_flag, f.red_max, f.green_max, f.blue_max,
            f.red_shift, f.green_shift, f.blue_shift)


@case('O1')
def new_connection():
    conn = GVnc.Connection.new()
    for get in (conn.is_open, conn.is_initialized, conn.has_error, conn.get_abs_pointer, conn.get_ext_key_event, conn.get_shared,
                conn.get_power_control):
        assert get() is False, get
    assert conn.get_name() is None and conn.get_cursor() is None
    equal((conn.get_width(), conn.get_height(), conn.get_ledstate()), (0, 0, 0))
    equal(fields(conn.get_pixel_format()), (0,) * 10)


@case('O2')
def opening_does_not_block():
    sock, port = listen()
    for how in ('host', 'addr', 'fd', 'fd_with_hostname'):
        c = Conn()
        server = rfb.Server()
        address = Gio.InetSocketAddress.new_from_string('127.0.0.1', port)
        opened = {'host': lambda: c.conn.open_host('127.0.0.1', str(port)),
                  'addr': lambda: c.conn.open_addr(address, None),
                  'fd': lambda: c.conn.open_fd(server.fd),
                  'fd_with_hostname': lambda: c.conn.open_fd_with_hostname(server.fd, 'localhost')}[how]()
        assert opened is True and c.conn.is_open()
        equal(c.log, [])
        if 'fd' not in how:
            os.close(server.fd)
            server = accept(sock)
        server.open()
        c.wait('initialized')
        c.conn.shutdown()
        c.wait('disconnected')


@case('O3')
def open_twice():
    c = Conn()
    server = c.serve()
    other = rfb.Server()
    equal(c.conn.open_host('127.0.0.1', '1'), False)
    equal(c.conn.open_fd(other.fd), False)
    assert c.conn.is_open() and c.conn.is_initialized()
    c.conn.pointer_event(1, 2, 3)
    server.expect('pointer 1 2 3')
    equal(c.names('error', 'disconnected'), [])


@case('O4')
def signals_of_opening():
    seen = []

    def state():
        f = c.conn.get_pixel_format()
        seen.append((c.conn.get_name(), c.conn.get_width(), c.conn.get_height(), f.bits_per_pixel, f.red_max))

    def choose(types):
        state()
        c.conn.set_auth_type(types[0])
    c = Conn(connected=state, auth_choose_type=choose, initialized=state)
    c.serve()
    equal(c.names(), ['connected', 'auth-choose-type', 'initialized'])
    equal(seen, [(None, 0, 0, 0, 0), (None, 0, 0, 0, 0), ('desk', 400, 300, 32, 255)])


@case('O5')
def pointer_is_absolute_once_opened():
    c = Conn()
    server = c.serve()
    assert c.conn.get_abs_pointer()
    c.conn.shutdown()
    c.wait('disconnected')
    assert c.conn.get_abs_pointer()
    server.expect_closed()


@case('O6')
def shutdown():
    seen = []

    def gone():
        f = c.conn.get_pixel_format()
        seen.append((c.conn.is_open(), c.conn.is_initialized(), c.conn.has_error(), c.conn.get_name(), c.conn.get_width(),
                     c.conn.get_height(), f.bits_per_pixel, f.red_max))
    due = [(False, False, False, None, 0, 0, 0, 0)]
    c = Conn(disconnected=gone)
    c.serve()
    c.conn.shutdown()
    c.wait('disconnected')
    rfb.settle(50)
    equal(c.names('disconnected', 'error'), ['disconnected'])
    equal(seen, due)

    # from inside a handler
    del seen[:]
    c = Conn(disconnected=gone, bell=lambda: c.conn.shutdown())
    c.serve().send(b'\2')
    c.wait('disconnected')
    rfb.settle(50)
    equal(c.names('disconnected', 'error'), ['disconnected'])
    equal(seen, due)


@case('O7')
def open_again():
    c = Conn()
    for name in (b'one', b'two', b'three'):
        c.clear()
        server = c.serve(name=name)
        equal(c.conn.get_name(), name.decode())
        c.conn.pointer_event(1, 2, 3)
        server.expect('pointer 1 2 3')
        c.conn.shutdown()
        c.wait('disconnected')
        equal(c.names(), ['connected', 'auth-choose-type', 'initialized', 'disconnected'])


@case('O8')
def shutdown_when_closed():
    c = Conn()
    c.conn.shutdown()
    rfb.settle(50)
    equal(c.log, [])
    equal(c.conn.is_open(), False)


@case('O8F')
def shutdown_when_closed_leaves_nothing():
    c = Conn()
    c.conn.shutdown()
    c.serve()
    assert c.conn.is_open()


@case('O9')
def refused_port():
    seen = []
    _held, port = bind()
    c = Conn(error=lambda _: seen.append((c.conn.is_open(), c.conn.has_error())))
    assert c.conn.open_host('127.0.0.1', str(port))
    c.wait('disconnected')
    equal(c.names(), ['error', 'disconnected'])
    message, = c.arguments('error')
    for part in ('127.0.0.1', str(port), 'refused'):
        assert part in message, message
    equal(seen, [(True, True)])


@case('O10')
def unknown_host():
    c = Conn()
    assert c.conn.open_host('no-such-host.invalid', '5900')
    c.wait('disconnected')
    equal(c.names(), ['error', 'disconnected'])
    message, = c.arguments('error')
    assert 'no-such-host.invalid' in message, message


@case('O11')
def server_closes():
    c = Conn()
    c.serve().close()
    c.wait('disconnected')
    equal(c.log[-2:], [('vnc-error', 'Server closed the connection'), ('vnc-disconnected',)])


@case('O12')
def error_is_followed_by_disconnected():
    for sent in (b'', b'RFB', b'RFB 003.008\n', b'RFB 003.008\n\1', b'RFB 003.008\n\1\1\0\0'):
        c = Conn()
        server = rfb.Server()
        c.conn.open_fd(server.fd)
        server.send(sent)
        rfb.settle(20)
        server.close()
        c.wait('disconnected')
        equal(c.names()[-2:], ['error', 'disconnected'])


@case('O12F')
def one_error_for_one_cause():
    # VeNCrypt's version, that it agrees, the subtypes, that it begins with TLS
    whole = b'\0\2' + b'\0' + b'\1' + struct.pack('>I', 257) + b'\1'
    for n in range(len(whole) + 1):
        sent = whole[:n]
        c = Conn(auth_choose_subtype=lambda _, subtypes: c.conn.set_auth_subtype(subtypes[0]))
        server = rfb.Server()
        c.conn.open_fd(server.fd)
        server.version()
        server.offer(19)
        server.send(sent)
        rfb.settle(20)
        server.close()
        c.wait('disconnected')
        equal(c.names('error', 'disconnected'), ['error', 'disconnected'])


@case('O13')
def port_that_is_no_number():
    c = Conn()
    assert c.conn.open_host('127.0.0.1', 'no-port')
    c.wait('disconnected')


@case('O13F')
def port_that_is_no_number_is_told():
    c = Conn()
    assert c.conn.open_host('127.0.0.1', 'no-port')
    c.wait('disconnected')
    equal(c.names(), ['error', 'disconnected'])
    assert 'no-port' in c.arguments('error')[0]


@case('O14')
def no_descriptor():
    c = Conn()
    assert c.conn.open_fd(-1)
    c.wait('disconnected')


@case('O14F')
def no_descriptor_is_told():
    c = Conn()
    assert c.conn.open_fd(-1)
    c.wait('disconnected')
    equal(c.names(), ['error', 'disconnected'])


@case('O15')
def odd_hosts():
    c = Conn()
    assert c.conn.open_host('', '5900')
    c.wait('disconnected')
    equal(c.names(), ['error', 'disconnected'])
    try:
        sock, port = listen(socket.AF_INET6, '::1')
    except OSError:
        return      # a machine without IPv6
    c = Conn()
    assert c.conn.open_host('::1', str(port))
    accept(sock).open()
    c.wait('initialized')


@case('O16')
def versions():
    for says, answer in (('003.003', '003.003'), ('003.005', '003.003'), ('003.007', '003.007'), ('003.008', '003.008'),
                         ('003.889', '003.008'), ('004.001', '003.008')):
        c = Conn()
        server = rfb.Server()
        c.conn.open_fd(server.fd)
        server.version(says, answer)
        if answer == '003.003':
            server.send(struct.pack('>I', 1))
        else:
            server.offer(1)
            if answer == '003.008':
                server.send(bytes(4))
        server.init()
        c.wait('initialized')
    for first in (b'RFB 002.000\n', b'HTTP/1.0 400\n'):
        c = Conn()
        server = rfb.Server()
        c.conn.open_fd(server.fd)
        server.send(first)
        c.wait('disconnected')
        equal(c.names()[-2:], ['error', 'disconnected'])
        server.expect_closed()


@case('O17')
def connected_comes_first():
    c = Conn()
    server = rfb.Server()
    c.conn.open_fd(server.fd)
    c.wait('connected')
    equal(c.names(), ['connected'])


@case('O19')
def sending_when_closed():
    conn = GVnc.Connection.new()
    equal(conn.key_event(True, 0x61, 0x1e), True)
    equal(conn.pointer_event(1, 2, 3), True)
    equal(conn.set_encodings([0]), True)
    equal(conn.framebuffer_update_request(False, 0, 0, 1, 1), True)
    equal(conn.set_pixel_format(GVnc.PixelFormat.new()), True)
    equal(conn.audio_enable(), True)
    equal(conn.audio_disable(), True)
    equal(conn.set_size(800, 600), GVnc.ConnectionResizeStatus.UNSUPPORTED)
    equal(conn.power_control(GVnc.ConnectionPowerAction.SHUTDOWN), False)


@case('O20')
def two_at_once():
    one, two = Conn(), Conn()
    first, second = one.serve(name=b'one'), two.serve(name=b'two', width=20)
    equal((one.conn.get_name(), one.conn.get_width(), two.conn.get_name(), two.conn.get_width()), ('one', 400, 'two', 20))
    first.send(b'\2')
    one.wait('bell')
    first.close()
    one.wait('disconnected')
    two.conn.pointer_event(1, 2, 3)
    second.expect('pointer 1 2 3')
    equal(two.names('bell', 'disconnected'), [])


@case('O21F')
def open_inside_disconnected():
    servers = [rfb.Server() for _ in range(3)]

    def again():
        if servers:
            assert c.conn.open_fd(servers[0].fd)
    c = Conn(disconnected=again)
    c.conn.open_fd(servers[0].fd)
    while servers:
        count = 4 - len(servers)
        server = servers.pop(0)
        server.open()
        c.wait('initialized', count)
        if count % 2:
            c.conn.shutdown()
        else:
            server.close()
        c.wait('disconnected', count)
    equal(c.names('initialized', 'disconnected'), ['initialized', 'disconnected'] * 3)
    equal(c.conn.is_open(), False)


@case('O23F')
def no_security_type():
    for version in ('003.007', '003.008'):
        c = Conn()
        server = rfb.Server()
        c.conn.open_fd(server.fd)
        server.version(version)
        server.send(b'\0' + rfb.text(b'Too many people here'))
        c.wait('disconnected')
        equal(c.names(), ['connected', 'error', 'auth-failure', 'disconnected'])
        assert 'Too many people here' in c.arguments('error')[0]
        assert 'Too many people here' in c.arguments('auth-failure')[0]
        server.expect_closed()
    c = Conn()
    server = rfb.Server()
    c.conn.open_fd(server.fd)
    server.version('003.003')
    server.send(struct.pack('>I', 0) + rfb.text(b'Too many people here'))
    c.wait('disconnected')
    equal(c.names(), ['connected', 'error', 'auth-failure', 'disconnected'])
    assert 'Too many people here' in c.arguments('error')[0]


sys.exit(main())
