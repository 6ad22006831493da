#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Statements A: authentication. What TLS itself does is in tests/session/test-tls.c."""
import os
import shutil
import struct
import sys
import tempfile

HOME = tempfile.mkdtemp()
os.environ['HOME'] = HOME
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from case import ORIGINAL, Conn, GVnc, case, equal, main  # noqa: E402
import rfb  # noqa: E402

NONE, VNC, TLS, SASL, VENCRYPT, ARD, MSLOGON2 = 1, 2, 18, 20, 19, 30, 113
PLAIN, X509NONE, X509VNC, X509PLAIN = 256, 260, 261, 262
PASSWORD, USERNAME, CLIENTNAME = 0, 1, 2
CHALLENGE = bytes(range(16))


def begin(types, version='003.008', **how):
    """A connection that has been offered these types; it chooses none by itself."""
    c = Conn(choose=False, **how)
    if MSLOGON2 in types and not ORIGINAL:
        c.conn.props.allow_weak = True
    server = rfb.Server()
    c.conn.open_fd(server.fd)
    server.version(version)
    if version == '003.003':
        server.send(struct.pack('>I', types[0]))
    else:
        server.send(bytes([len(types)]) + bytes(types))
    c.wait('auth-choose-type')
    return c, server


def choose(kind, version='003.008', **how):
    """… and has taken the only one."""
    c, server = begin([kind], version, **how)
    equal(c.conn.set_auth_type(kind), True)
    if version != '003.003':
        server.expect_bytes(bytes([kind]))
    return c, server


def challenge(version='003.008', **how):
    c, server = choose(VNC, version, **how)
    server.send(CHALLENGE)
    return c, server


def credential(c, kind, value):
    equal(c.conn.set_credential(kind, value), True)


def key_exchange(kind):
    """What a server with a Diffie-Hellman exchange says first."""
    if kind == MSLOGON2:
        return struct.pack('>QQQ', 5, 0xfffffffb, 3)
    prime = bytes.fromhex('ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd'
                          'ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed'
                          'ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff')
    return struct.pack('>HH', 2, len(prime)) + prime + b'\x12' * len(prime)


@case('A1')
def types_in_order():
    c, _ = begin([VNC, VENCRYPT, NONE])
    equal(c.arguments('auth-choose-type'), ([VNC, VENCRYPT, NONE],))


@case('A1F')
def unknown_types_are_hidden():
    c, server = begin([VNC, 99, NONE])
    equal(c.arguments('auth-choose-type'), ([VNC, NONE],))
    c.conn.set_auth_type(NONE)
    server.expect_bytes(bytes([NONE]))


@case('A2')
def type_later_or_before():
    c, server = begin([VNC, NONE])
    rfb.settle(50)
    assert not server.has(1)
    c.conn.set_auth_type(NONE)
    server.expect_bytes(bytes([NONE]))

    c = Conn(choose=False)
    equal(c.conn.set_auth_type(NONE), True)
    server = rfb.Server()
    c.conn.open_fd(server.fd)
    server.version()
    equal(server.offer(VNC, NONE), NONE)
    c.wait('auth-choose-type')


@case('A3')
def server_decides():
    c, server = begin([NONE], '003.003')
    equal(c.arguments('auth-choose-type'), ([NONE],))
    rfb.settle(50)
    assert not server.has(1)
    c.conn.set_auth_type(NONE)
    server.init()       # ClientInit comes next, and nothing before it
    c.wait('initialized')
    equal(server.shared, 0)


@case('A4F')
def type_not_offered():
    c, server = begin([VNC])
    equal(c.conn.set_auth_type(NONE), False)
    rfb.settle(30)
    assert not server.has(1)
    equal(c.names('error', 'disconnected'), [])
    equal(c.conn.set_auth_type(VNC), True)
    server.expect_bytes(bytes([VNC]))


@case('A5F')
def type_unsupported():
    # 17 was offered and nothing here speaks it; 99 was not even offered
    for kind in (17, 99):
        c = Conn(choose=False, auth_choose_type=lambda _: c.conn.set_auth_type(kind))
        server = rfb.Server()
        c.conn.open_fd(server.fd)
        server.version()
        server.send(bytes([2, 17, NONE]))
        c.wait('disconnected')
        equal(c.names(), ['connected', 'auth-choose-type', 'auth-unsupported', 'error', 'disconnected'])
        equal(c.arguments('auth-unsupported'), (kind,))
        server.expect_closed()


@case('A5F2')
def type_chosen_twice():
    answers = []

    def twice(_):
        answers.extend(c.conn.set_auth_type(kind) for kind in (NONE, VNC))
    c = Conn(choose=False, auth_choose_type=twice)
    server = rfb.Server()
    c.conn.open_fd(server.fd)
    server.version()
    equal(server.offer(VNC, NONE), NONE)
    equal(answers, [True, False])
    server.send(bytes(4))
    server.init()
    c.wait('initialized')
    equal(c.conn.set_auth_type(NONE), False)


@case('A6F')
def credential_of_no_kind():
    conn = GVnc.Connection.new()
    equal(conn.set_credential(77, 'what'), False)
    equal(conn.set_credential(-1, 'what'), False)


@case('A7')
def credentials_asked_for():
    for kind, due in ((VNC, [PASSWORD]), (ARD, [USERNAME, PASSWORD]), (MSLOGON2, [USERNAME, PASSWORD])):
        c, server = choose(kind)
        server.send(CHALLENGE if kind == VNC else key_exchange(kind))
        c.wait('auth-credential')
        equal(c.arguments('auth-credential'), (due,))
    for sub, due in ((X509NONE, [CLIENTNAME]), (X509VNC, [CLIENTNAME]), (X509PLAIN, [CLIENTNAME])):
        c, server = vencrypt([sub])
        c.conn.set_auth_subtype(sub)
        server.expect_bytes(struct.pack('>I', sub))
        server.send(b'\1')
        c.wait('auth-credential')
        equal(c.arguments('auth-credential'), (due,))
        rfb.settle(30)
        assert not server.has(1), 'the handshake of TLS began before the name was given'
        credential(c, CLIENTNAME, 'me')
        equal(server.recv(1), b'\x16')      # and now it has begun


@case('A8')
def credentials_given_before():
    c = Conn(choose=False)
    credential(c, PASSWORD, 'secret')
    c.conn.set_auth_type(VNC)
    server = rfb.Server()
    c.conn.open_fd(server.fd)
    server.version()
    server.offer(VNC)
    server.send(CHALLENGE)
    server.recv(16)
    equal(c.names('auth-credential'), [])


@case('A9')
def choice_before_credentials():
    c, server = choose(VNC)
    server.send(CHALLENGE)
    c.wait('auth-credential')
    rfb.settle(30)
    assert not server.has(1)
    credential(c, PASSWORD, 'secret')
    server.recv(16)


@case('A10')
def credentials_now_or_later():
    for value in ('secret', ''):
        # inside the handler
        c, server = challenge(auth_credential=lambda _: credential(c, PASSWORD, value))
        server.recv(16)
        # later
        c, server = challenge()
        c.wait('auth-credential')
        rfb.settle(30)
        credential(c, PASSWORD, value)
        server.recv(16)
        server.send(bytes(4))
        server.init()
        c.wait('initialized')


@case('A11')
def failures():
    for version, result, sent in (('003.008', 1, rfb.text(b'Wrong, my friend')), ('003.008', 2, rfb.text(b'Wrong, my friend')),
                                  ('003.007', 1, b''), ('003.003', 1, b'')):
        c, server = challenge(version, auth_credential=lambda _: credential(c, PASSWORD, 'secret'))
        server.recv(16)
        server.send(struct.pack('>I', result) + sent)
        if not sent:
            rfb.settle(30)
            server.close()
        c.wait('disconnected')
        equal(c.names('error', 'auth-failure', 'disconnected'), ['error', 'auth-failure', 'disconnected'])
        for name in ('error', 'auth-failure'):
            reason, = c.arguments(name)
            assert ('Wrong, my friend' in reason) if sent else reason, reason


@case('A11b')
def sasl_fails_early():
    c, server = choose(SASL)
    server.send(rfb.text(b'X-NO-SUCH-MECHANISM'))
    c.wait('disconnected')
    equal(c.names('error', 'auth-failure', 'disconnected'), ['error', 'auth-failure', 'disconnected'])


@case('A12')
def success_is_silent():
    c, server = challenge(auth_credential=lambda _: credential(c, PASSWORD, 'secret'))
    server.recv(16)
    server.send(bytes(4))
    rfb.settle(50)
    equal(c.names(), ['connected', 'auth-choose-type', 'auth-credential'])
    server.init()
    c.wait('initialized')
    equal(c.names(), ['connected', 'auth-choose-type', 'auth-credential', 'initialized'])


def vencrypt(subtypes, version=b'\0\2'):
    c, server = choose(VENCRYPT)
    server.send(version)
    server.expect_bytes(version)
    if version == b'\0\1':
        # its numbers were others: 19 to 24 in place of 256 to 262
        server.send(bytes([len(subtypes)]) + bytes(subtypes))
    else:
        server.send(b'\0' + bytes([len(subtypes)]) + struct.pack('>%dI' % len(subtypes), *subtypes))
    if version == b'\0\2':
        c.wait('auth-choose-subtype')
    return c, server


@case('A13')
def vencrypt_subtypes():
    c, server = vencrypt([X509NONE, 257, X509VNC])
    equal(c.arguments('auth-choose-subtype'), (VENCRYPT, [X509NONE, 257, X509VNC]))
    rfb.settle(30)
    assert not server.has(1)
    c.conn.set_auth_subtype(257)
    server.expect_bytes(struct.pack('>I', 257))
    server.send(b'\1')
    equal(server.recv(1), b'\x16')
    equal(c.names('auth-credential'), [])

    vencrypt([20, 23], b'\0\1')

    c, server = vencrypt([257])
    c.conn.set_auth_subtype(4711)
    c.wait('disconnected')
    equal(c.names('error', 'disconnected'), ['error', 'disconnected'])


@case('A15F')
def home_is_honoured():
    """What lies there is no authority, which only those can tell who look there."""
    folder = os.path.join(HOME, '.pki', 'CA')
    os.makedirs(folder)
    with open(os.path.join(folder, 'cacert.pem'), 'w') as f:
        f.write('nonsense')
    c, server = vencrypt([X509NONE])
    c.conn.set_auth_subtype(X509NONE)
    server.expect_bytes(struct.pack('>I', X509NONE))
    server.send(b'\1')
    c.wait('auth-credential')
    credential(c, CLIENTNAME, 'me')
    c.wait('disconnected')
    assert folder in c.arguments('error')[0], c.arguments('error')
    shutil.rmtree(folder)


@case('A16F')
def apple_without_a_key():
    even = bytearray(key_exchange(ARD))
    even[4 + 127] ^= 1
    for sent in (b'', struct.pack('>HH', 2, 0), struct.pack('>HH', 0, 16) + bytes(32), struct.pack('>HH', 2, 16) + bytes(32),
                 struct.pack('>HH', 2, 0xffff), bytes(even)):
        c, server = choose(ARD, auth_credential=lambda _: [credential(c, USERNAME, 'me'), credential(c, PASSWORD, 'secret')])
        server.send(sent)
        rfb.settle(20)
        server.close()
        c.wait('disconnected')
        equal(c.names('error', 'disconnected', 'initialized'), ['error', 'disconnected'])


@case('A17')
def mslogon_lengths():
    c, server = choose(MSLOGON2, auth_credential=lambda _: [credential(c, USERNAME, 'me'), credential(c, PASSWORD, 'secret')])
    server.send(key_exchange(MSLOGON2))
    server.recv(8 + 256 + 64)
    rfb.settle(20)
    assert not server.has(1)


status = main()
shutil.rmtree(HOME)
sys.exit(status)
