#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The viewer under Xvfb on a real Xtigervnc: what it draws, and where keys and clicks arrive."""
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from interop import Server, Skip, Tap, check, equal, eventually, skip_all, vnclib

VIEWER = os.environ.get('GVNC_VIEWER', 'gvncviewer')
# Colour that the test card has nowhere.
MARK = 'ff007f'
BUTTON_1 = 1 << 8
TEXT = 'Hello, World_42! (a+b)*{c} ~/x?y=z;'


def need(program):
    path = shutil.which(program)
    if path is None:
        raise Skip('%s is not installed' % program)
    return path


class Screen:
    """A display of our own."""
    def __init__(self):
        read, write = os.pipe()
        self.process = subprocess.Popen([need('Xvfb'), '-displayfd', str(write), '-screen', '0', '1100x900x24', '-nolisten', 'tcp',
                                         '-ac', '-noreset'], pass_fds=[write], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as f:
            number = f.readline().strip()
        check(number, 'Xvfb did not start')
        self.number = int(number)
        self.home = tempfile.mkdtemp()
        self.env = {name: value for name, value in os.environ.items() if name != 'WAYLAND_DISPLAY'}
        self.env.update(DISPLAY=':%d' % self.number, HOME=self.home, XDG_RUNTIME_DIR=self.home, XDG_CONFIG_HOME=self.home,
                        XDG_DATA_HOME=self.home, XDG_CACHE_HOME=self.home, GDK_BACKEND='x11', NO_AT_BRIDGE='1', GTK_A11Y='none',
                        GSETTINGS_BACKEND='memory', DBUS_SESSION_BUS_ADDRESS='disabled:', LC_ALL='C.UTF-8')

    def stop(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def shot(self):
        x = vnclib.X11(self.number)
        try:
            return x.shot()
        finally:
            x.close()

    def do(self, *words):
        return subprocess.run(['xdotool', *[str(w) for w in words]], env=self.env, check=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True).stdout.strip()


class Remote:
    """The X server behind the VNC server."""
    def __init__(self, server):
        self.number = int(server.env['VNC_X_DISPLAY'][1:])

    def ask(self, question):
        x = vnclib.X11(self.number)
        try:
            return getattr(x, question)()
        finally:
            x.close()


class Viewer:
    def __init__(self, screen, server, *options, address=None, name='test desktop'):
        self.screen = screen
        self.name = name
        self.process = subprocess.Popen([*shlex.split(VIEWER), '--no-remote-pointer', *options, address or server.env['VNC_ADDRESS']], env=screen.env,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def __enter__(self):
        self.window = eventually(self.find, 'a window with the name of the desktop')
        return self

    def find(self):
        check(self.process.poll() is None, 'the viewer ended with status %s', self.process.poll())
        try:
            found = self.screen.do('search', '--onlyvisible', '--name', self.name)
        except subprocess.CalledProcessError:
            return None
        return found.split()[-1] if found else None

    def __exit__(self, kind, *_):
        running = self.process.poll() is None
        self.process.terminate()
        output, _ = self.process.communicate()
        if kind is None:
            check(running, 'the viewer ended by itself: %s', output)
            text = output.decode('utf-8', 'replace')
            check('CRITICAL' not in text and 'WARNING' not in text, 'the viewer complained: %s', text)

    def resize(self, width, height):
        self.screen.do('windowsize', self.window, width, height)

    def focus(self):
        self.screen.do('windowfocus', '--sync', self.window)


def place(local, remote):
    """Where the whole remote picture stands in the local one at 1:1, or None."""
    lw, lh, here = local
    rw, rh, there = remote
    rows = [there[3 * rw * y:3 * rw * (y + 1)] for y in range(rh)]
    # A row of noise is found once at most.
    probe = rh * 7 // 16
    start = 0
    while True:
        at = here.find(rows[probe], start)
        if at < 0:
            return None
        start = at + 1
        x, y = at // 3 % lw, at // 3 // lw - probe
        if at % 3 or x + rw > lw or y < 0 or y + rh > lh:
            continue
        if all(here[3 * ((y + i) * lw + x):3 * ((y + i) * lw + x + rw)] == rows[i] for i in range(rh)):
            return x, y


def marked(local):
    """The rectangle of marked pixels: left, top, width, height; None when it is not one."""
    width, height, data = local
    mark = bytes.fromhex(MARK)
    rows = []
    for y in range(height):
        row = data[3 * width * y:3 * width * (y + 1)]
        at = row.find(mark)
        while at >= 0 and at % 3:
            at = row.find(mark, at + 1)
        if at < 0:
            continue
        n = 0
        while row[at + 3 * n:at + 3 * n + 3] == mark:
            n += 1
        rows.append((at // 3, y, n))
    if not rows or any(row[0] != rows[0][0] or row[2] != rows[0][2] for row in rows):
        return None
    if rows[-1][1] - rows[0][1] + 1 != len(rows):
        return None
    return rows[0][0], rows[0][1], rows[0][2], len(rows)


def steady_place(screen, server, what):
    """Where the picture stands once the window has come to rest: the same place twice in a row."""
    before = []

    def test():
        before.append(place(screen.shot(), server.shot()))
        return before[-1] if before[-2:] == [before[-1]] * 2 and before[-1] else None
    return eventually(test, what + ' stands in the window, pixel for pixel')


def draws_one_to_one(screen, server, viewer):
    steady_place(screen, server, 'the remote picture')
    server.poke('fill', 100, 50, 200, 37, '12ab34')
    server.poke('copy', 100, 50, 130, 61, 180, 77)
    steady_place(screen, server, 'the changed picture')


def click_at(screen, remote, local, wanted, slack=0):
    """Presses button 1 at a local place and says what the remote pointer is then; the button is released again."""
    screen.do('mousemove', *local)
    screen.do('mousedown', 1)
    try:
        def there():
            x, y, mask = remote.ask('pointer')
            return mask & BUTTON_1 and abs(x - wanted[0]) <= slack and abs(y - wanted[1]) <= slack
        eventually(there, lambda: 'button 1 down at remote %s (now %s)' % (wanted, remote.ask('pointer')))
    finally:
        screen.do('mouseup', 1)
    eventually(lambda: not remote.ask('pointer')[2] & BUTTON_1, 'button 1 is released')


def clicks_one_to_one(screen, server, viewer):
    server.poke('card')
    left, top = steady_place(screen, server, 'the picture')
    width, height = server.shot()[:2]
    remote = Remote(server)
    for x, y in ((0, 0), (width - 1, height - 1), (width // 3, height // 2), (17, 301)):
        click_at(screen, remote, (left + x, top + y), (x, y))


def clicks_scaled(screen, server, viewer, size):
    width, height = server.shot()[:2]
    server.poke('fill', 0, 0, width, height, MARK)
    viewer.resize(*size)
    before = []

    def settled():
        box = marked(screen.shot())
        before.append(box)
        # The window takes its size in steps: twice the same picture in a row.
        return box if box and len(before) > 1 and before[-2] == box and box[2:] != (width, height) else None
    left, top, w, h = eventually(settled, lambda: 'a scaled picture (%s)' % before[-3:])
    check(abs(w * height - h * width) <= 2 * max(width, height), 'aspect not kept: %dx%d of %dx%d', w, h, width, height)
    remote = Remote(server)
    for fx, fy in ((0.1, 0.2), (0.5, 0.5), (0.83, 0.91)):
        x, y = int(w * fx), int(h * fy)
        click_at(screen, remote, (left + x, top + y), (x * width // w, y * height // h), slack=1)


def types_into_xterm(screen, server, viewer):
    need('xterm')
    out = os.path.join(screen.home, 'typed')
    env = dict(screen.env, DISPLAY=server.env['VNC_X_DISPLAY'])
    xterm = subprocess.Popen(['xterm', '-geometry', '70x10+40+40', '-e', 'sh', '-c', 'head -n 1 > %s.part; mv %s.part %s' % (out, out, out)],
                             env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        eventually(lambda: subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'xterm'], env=env, stdout=subprocess.DEVNULL,
                                          stderr=subprocess.DEVNULL).returncode == 0, 'xterm shows its window')
        left, top = steady_place(screen, server, 'the picture with the xterm')
        # No window manager there: keys go to the window under the pointer.
        screen.do('mousemove', left + 200, top + 100)
        eventually(lambda: Remote(server).ask('pointer')[:2] == (200, 100), 'the pointer is in the xterm')
        viewer.focus()
        screen.do('type', '--delay', '30', TEXT + '\n')
        eventually(lambda: os.path.exists(out), 'a line arrives in the xterm')
        with open(out) as f:
            equal(f.read(), TEXT + '\n', 'what was typed')
    finally:
        xterm.terminate()
        xterm.wait()


def releases_held_keys(screen, server, viewer):
    remote = Remote(server)
    other = vnclib.X11(screen.number)
    # Out of the window: inside the viewer may hold the keyboard, and then no focus is lost.
    screen.do('mousemove', 1095, 895)
    viewer.focus()
    screen.do('keydown', 'Control_L')
    screen.do('keydown', 'a')
    try:
        eventually(lambda: len(remote.ask('keys_down')) == 2, lambda: 'two keys are held (%s)' % remote.ask('keys_down'))
        other.take_focus()
        eventually(lambda: not remote.ask('keys_down'), lambda: 'all keys are released (%s)' % remote.ask('keys_down'))
    finally:
        other.close()
        screen.do('keyup', 'a')
        screen.do('keyup', 'Control_L')


def shows_desktop(screen, server):
    eventually(lambda: place(screen.shot(), server.shot()) is not None, 'the desktop is shown')


def asks_about_certificate(screen):
    """Once; then the server is known by its key."""
    known = os.path.join(screen.home, 'gtk-vnc', 'known_hosts')

    def dialog():
        try:
            return screen.do('search', '--onlyvisible', '--name', '^Unknown Server$')
        except subprocess.CalledProcessError:
            return None
    with Server('tigervnc-x509none') as server:
        viewer = Viewer(screen, server, '--no-scale')
        try:
            window = eventually(dialog, 'a dialog about the certificate').split()[-1]
            check(not os.path.exists(known), 'the server is known before the answer')
            screen.do('windowfocus', '--sync', window)
            screen.do('key', 'alt+o')
        except BaseException:
            viewer.__exit__(*sys.exc_info())
            raise
        with viewer:
            shows_desktop(screen, server)
            with open(known) as f:
                equal([line.split()[1] for line in f], ['x509'], 'kinds of known keys')
        with Viewer(screen, server, '--no-scale'):
            shows_desktop(screen, server)
        with open(known, 'w'):
            pass
        with Viewer(screen, server, '--no-scale', '--ca-file=' + server.env['VNC_CA']):
            shows_desktop(screen, server)


def main():
    tap = Tap()
    need('xdotool')
    screen = Screen()
    try:
        with Server('tigervnc-none') as server:
            def all_at_one_to_one(*cases):
                with Viewer(screen, server, '--no-scale') as viewer:
                    viewer.resize(1000, 800)
                    for case in cases:
                        tap.case('1:1, ' + case.__name__.replace('_', ' '), case, screen, server, viewer)
            tap.case('1:1, the viewer starts and ends in order', all_at_one_to_one, draws_one_to_one, clicks_one_to_one,
                     types_into_xterm, releases_held_keys)

            def all_scaled():
                with Viewer(screen, server, '--scale') as viewer:
                    for size in ((900, 760), (560, 400)):
                        tap.case('scaled, click in a window of %dx%d' % size, clicks_scaled, screen, server, viewer, size)
            tap.case('scaled, the viewer starts and ends in order', all_scaled)
        tap.case('asks about a certificate', asks_about_certificate, screen)
    finally:
        screen.stop()
    return tap.end()


if __name__ == '__main__':
    try:
        sys.exit(main())
    except Skip as reason:
        skip_all(reason)
