#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""examples.py LANGUAGE SERVER: the examples in one language, run as a reader would, against the demo server.

What a capture writes and what a viewer shows is the server's picture to the pixel; both end in order and say nothing.
"""
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
import scripts
from interop import Skip, Tap, check, equal, eventually, skip_all, vnclib
from viewer import Screen, need, place
from demoserver import DemoServer

WIDTH, HEIGHT = 403, 251
PASSWORD = 'geheim'
SUFFIX = {'python': 'py', 'js': 'js', 'perl': 'pl', 'vala': 'vala'}


def read_png(path):
    """(width, height, RGB bytes) of a PNG with eight bits a channel, without interlacing."""
    with open(path, 'rb') as f:
        data = f.read()
    equal(data[:8], b'\x89PNG\r\n\x1a\n', 'start of a PNG')
    at, body = 8, b''
    while at < len(data):
        length, kind = struct.unpack('>I4s', data[at:at + 8])
        if kind == b'IHDR':
            width, height, depth, colour, _, _, interlaced = struct.unpack('>IIBBBBB', data[at + 8:at + 8 + length])
            equal((depth, colour, interlaced), (8, 2, 0), 'a PNG of RGB')
        elif kind == b'IDAT':
            body += data[at + 8:at + 8 + length]
        at += length + 12
    raw = zlib.decompress(body)
    stride = 3 * width
    rows, above = [], bytearray(stride)
    for y in range(height):
        how, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for i in range(stride):
            left = row[i - 3] if i >= 3 else 0
            corner = above[i - 3] if i >= 3 else 0
            if how == 1:
                row[i] = row[i] + left & 255
            elif how == 2:
                row[i] = row[i] + above[i] & 255
            elif how == 3:
                row[i] = row[i] + (left + above[i]) // 2 & 255
            elif how == 4:
                near = min((abs(above[i] - corner), 0, left), (abs(left - corner), 1, above[i]),
                           (abs(left + above[i] - 2 * corner), 2, corner))
                row[i] = row[i] + near[2] & 255
        rows.append(bytes(row))
        above = row
    return width, height, b''.join(rows)


def truth(server):
    width, height, pixels = server.picture()
    return width, height, bytes(channel for pixel in pixels for channel in pixel)


def compile_vala(source, folder, places=('gvnc', 'gtkvnc'), options=()):
    """As one would with the installed packages."""
    if shutil.which('valac') is None:
        raise Skip('valac is not installed')
    # Installed, the files of a Vala package lie in one folder.
    packages = {'gvnc': 'gvnc-1.0', 'gtkvnc': 'gtk-vnc-2.0', 'gvncpulse': 'gvncpulse-1.0'}
    for place in places:
        package = packages[place]
        shutil.copy(os.path.join(scripts.BUILD, place, package + '.vapi'), folder)
        shutil.copy(os.path.join(scripts.BUILD, 'meson-private', package + '.deps'), folder)
    program = os.path.join(folder, os.path.basename(source)[:-len('.vala')])
    env = dict(scripts.environment(), PKG_CONFIG_PATH=os.path.join(scripts.BUILD, 'meson-uninstalled'))
    includes = [word for place in places for top in (scripts.BUILD, scripts.SOURCE)
                for word in ('-X', '-I' + os.path.join(top, place))]
    # -w: what the C compiler has to say of code that a program wrote
    # valac leaves C beside what it compiles.
    source = shutil.copy(source, folder)
    named = [word for place in places for word in ('--pkg', packages[place])]
    done = subprocess.run(['valac', *named, '--vapidir', folder, *includes, *options, '-X', '-w', '-o', program, source],
                          env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    equal(done.returncode, 0, 'status of valac, which said: %s' % done.stdout)
    check('warning' not in done.stdout.replace('0 warning(s)', ''), 'valac warned: %s', done.stdout)
    return program


def command(language, name, folder):
    if language == 'c':
        return [os.path.join(scripts.BUILD, 'examples', 'c', 'example-c-' + name)]
    if language == 'vala':
        return [compile_vala(os.path.join(scripts.SOURCE, 'examples', 'vala', name + '.vala'), folder)]
    script = os.path.join(scripts.SOURCE, 'examples', language, '%s.%s' % (name, SUFFIX[language]))
    return [*scripts.interpreter(language), script]


def captures(words, server, folder, password):
    path = os.path.join(folder, 'capture.png')
    if os.path.exists(path):
        os.unlink(path)
    env = scripts.environment()
    env.pop('DISPLAY', None)
    env.pop('VNC_PASSWORD', None)
    if password is not None:
        env['VNC_PASSWORD'] = password
    done = subprocess.run([*words, '127.0.0.1', str(server.port), path], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=scripts.PATIENCE, universal_newlines=True)
    return done, path


def captures_right(words, server, folder, password):
    done, path = captures(words, server, folder, password)
    equal((done.returncode, done.stdout), (0, ''), 'status and words')
    equal(read_png(path) == truth(server), True, 'the picture is the same')


def captures_with_wrong_password(words, server, folder):
    done, path = captures(words, server, folder, PASSWORD[::-1])
    check(done.returncode != 0, 'it ended as if all was well')
    check(done.stdout.strip(), 'it did not say what was wrong')
    check('CRITICAL' not in done.stdout and 'WARNING' not in done.stdout, 'it complained: %s', done.stdout)
    check(not os.path.exists(path), 'it wrote a picture')


def shows(words, server, screen, password):
    env = dict(scripts.environment(), **{name: value for name, value in screen.env.items() if name not in (
        'LD_LIBRARY_PATH', 'GI_TYPELIB_PATH')})
    env['VNC_PASSWORD'] = password or ''
    process = subprocess.Popen([*words, '127.0.0.1', str(server.port)], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, universal_newlines=True)
    try:
        def window():
            check(process.poll() is None, 'it ended with status %s: %s', process.poll(), process.poll() is not None and process.stdout.read())
            try:
                return screen.do('search', '--onlyvisible', '--name', '^The desktop$')
            except subprocess.CalledProcessError:
                return None
        number = int(eventually(window, 'a window with the name of the desktop').split()[-1])
        eventually(lambda: place(screen.shot(), truth(server)) is not None, 'the picture is shown to the pixel')
        x11 = vnclib.X11(screen.number)
        try:
            x11.close_window(number)
        finally:
            x11.close()
        output, _ = process.communicate(timeout=scripts.PATIENCE)
        equal((process.returncode, output), (0, ''), 'status and words')
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def start(program, *options):
    return DemoServer(program, '--still', '--size', '%dx%d' % (WIDTH, HEIGHT), '--name', 'The desktop', *options)


def main(language, program):
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        words = command(language, 'capture', folder)
        with start(program) as server:
            tap.case(language + ' capture', captures_right, words, server, folder, None)
        with start(program, '--password', PASSWORD) as server:
            tap.case(language + ' capture with a password', captures_right, words, server, folder, PASSWORD)
            tap.case(language + ' capture with a wrong password', captures_with_wrong_password, words, server, folder)

        def viewer():
            need('xdotool')
            screen = Screen()
            try:
                with start(program, '--password', PASSWORD) as server:
                    shows(command(language, 'viewer', folder), server, screen, PASSWORD)
            finally:
                screen.stop()
        tap.case(language + ' viewer', viewer)
    return tap.end()


if __name__ == '__main__':
    try:
        sys.exit(main(*sys.argv[1:]))
    except Skip as reason:
        skip_all(reason)
