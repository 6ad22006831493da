#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The viewer under Xvfb on all ways to a real server: addresses, listening, certificates, reconnecting, security types."""
import os
import shlex
import subprocess
import sys
from interop import Server, Skip, Tap, check, eventually, skip_all
from viewer import VIEWER, Screen, Viewer, need, shows_desktop

# What the viewer runs for vnc+ssh:// here: keeps its arguments, and connects to what stands behind -W.
SSH = """#!%s
import os, socket, sys, threading
with open(sys.argv[0] + '.args', 'w') as f:
    f.write(' '.join(sys.argv[1:]))
host, port = sys.argv[sys.argv.index('-W') + 1].rsplit(':', 1)
link = socket.create_connection((host.strip('[]'), int(port)))

def up():
    while data := os.read(0, 65536):
        link.sendall(data)
    link.shutdown(socket.SHUT_WR)

threading.Thread(target=up, daemon=True).start()
while data := link.recv(65536):
    while data:
        data = data[os.write(1, data):]
"""


def shows(screen, kind, address, *options, title='test desktop'):
    """Address and options are made from what the server tells."""
    def seen(server):
        values = [option.format(**server.env) for option in options]
        with Viewer(screen, server, '--no-scale', *values, address=address.format(**server.env), name=title):
            shows_desktop(screen, server)

    with Server(kind) as server:
        server.without_race(seen, server)


def through_ssh(screen):
    command = os.path.join(screen.home, 'fake ssh')
    with open(command, 'w') as f:
        f.write(SSH % sys.executable)
    os.chmod(command, 0o755)
    shows(screen, 'tigervnc-none', 'vnc+ssh://ann@gate.example:2222/{VNC_HOST}:{VNC_PORT}', '--ssh-command', shlex.quote(command))
    with open(command + '.args') as f:
        words = f.read()
    check('-p 2222 -l ann -- gate.example' in words, 'arguments of ssh: %s', words)
    with open(os.path.join(screen.home, 'gvncviewer', 'history.ini')) as f:
        history = f.read()
    check('vnc+ssh://ann@gate.example:2222/127.0.0.1' in history, 'the history has no such address: %s', history)


def reconnects(screen):
    """The password is given once; the second session begins without anybody."""
    password = os.path.join(screen.home, 'password')
    with Server('libvncserver-vncauth') as server:
        def sessions():
            return len([line for line in server.events() if line.startswith('client version')])
        with open(password, 'w') as f:
            f.write(server.env['VNC_PASSWORD'] + '\n')
        with Viewer(screen, server, '--no-scale', '--reconnect', '--password-file', password, name='.') as viewer:
            shows_desktop(screen, server)
            before = sessions()
            server.ctl('drop')
            eventually(lambda: sessions() > before, 'a second session')
            shows_desktop(screen, server)
            check(viewer.process.poll() is None, 'the viewer ended')


def says(screen, kind, word, *options):
    """Fails with a sentence, and a picture of the window that has it."""
    picture = os.path.join(screen.home, 'picture.png')
    with Server(kind) as server:
        done = subprocess.run([*shlex.split(VIEWER), '--screenshot', picture, *options, server.env['VNC_ADDRESS']], env=screen.env,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True,
                              timeout=60, check=False)
    check(done.returncode == 1, 'status %s: %s', done.returncode, done.stdout)
    check(word in done.stdout, '%r is not in: %s', word, done.stdout)
    check(os.path.getsize(picture) > 0, 'no picture')


def refuses(screen, word, *arguments):
    """Before anything is opened."""
    done = subprocess.run([*shlex.split(VIEWER), *arguments], env=screen.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, universal_newlines=True, timeout=60, check=False)
    check(done.returncode == 1 and word in done.stdout, 'status %s: %s', done.returncode, done.stdout)


def main():
    tap = Tap()
    need('xdotool')
    screen = Screen()
    try:
        tap.case('WebSocket', shows, screen, 'libvncserver-ws', '{VNC_WS_URL}', title='.')
        tap.case('WebSocket with TLS', shows, screen, 'qemu-wss', '{VNC_WS_URL}', '--ca-file={VNC_CA}', title='.')
        tap.case('TLS first', shows, screen, 'x11vnc-ssl', 'vncs://{VNC_HOST}:{VNC_PORT}', '--ca-file={VNC_CA}', title='.')
        tap.case('UNIX socket', shows, screen, 'tigervnc-unix', '{VNC_SOCKET}')
        tap.case('SSH', through_ssh, screen)
        tap.case('listening', shows, screen, 'x11vnc-reverse', '{VNC_LISTEN_HOST}::{VNC_LISTEN_PORT}', '--listen', title='.')
        tap.case('client certificate', shows, screen, 'qemu-x509verify', '{VNC_ADDRESS}', '--ca-file={VNC_CA}',
                 '--client-cert={VNC_CLIENT_CERT}', '--client-key={VNC_CLIENT_KEY}', title='.')
        tap.case('chosen security types', shows, screen, 'tigervnc-all', 'vnc://{VNC_USERNAME}:{VNC_PASSWORD}@{VNC_HOST}:{VNC_PORT}',
                 '--security=x509plain', '--ca-file={VNC_CA}')
        tap.case('a chosen type with others inside of it', shows, screen, 'x11vnc-anontls', 'vnc://{VNC_HOST}:{VNC_PORT}', '--security=tls', title='.')
        tap.case('reconnecting', reconnects, screen)
        tap.case('security types that are not there', says, screen, 'tigervnc-none', 'It offers: 1 none', '--security=encrypted')
        tap.case('subtypes that are not there', says, screen, 'tigervnc-x509none', 'It offers: 260 x509none', '--security=tlsvnc,x509vnc')
        for word, *arguments in (('no scheme', 'spice://host'), ('is too long', '/' + 'x' * 120), ('no security type', '--security=rot13', 'host'),
                                 ('proxy', '--proxy=ftp://x', 'host'), ('together', '--client-cert=/dev/null', 'host'),
                                 ('cannot be read', '--ca-file=/no/such/file', 'host'), ('no number', '--listen', 'host.example')):
            tap.case('refuses ' + ' '.join(arguments)[:60], refuses, screen, word, *arguments)
    finally:
        screen.stop()
    return tap.end()


if __name__ == '__main__':
    try:
        sys.exit(main())
    except Skip as reason:
        skip_all(reason)
