#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""programs.py PROGRAM [KIND …]: a program of the distribution, unchanged, on our libraries and against real servers.

    programs.py --table [--shots FOLDER] [PROGRAM …]    every program on every kind of server, as a table, with screenshots

GVNC_LIBRARIES names the folders of the libraries and typelibs, as LD_LIBRARY_PATH does; without it the programs run on what the
system has, to compare with. """
import argparse
import glob
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
import zlib
from desk import COMPLAINT, HERE, LIBRARIES, Desk, Program, check, eventually, pause, vnclib
from interop import Server, Skip, Tap, equal, exactly, skip_all
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'examples'))
import scripts  # noqa: E402
from examples import compile_vala  # noqa: E402
from viewer import MARK, Remote, marked, need, place

TEXT = 'Hello, World_42! (a+b)*{c} ~/x?y=z;'
# What a server draws for a pointer, or sends later.
POINTER_PIXELS = 200
# What libvirt's test driver, which is in its client library, takes for a host: one guest with a VNC display.
GUEST = '''<node>
  <domain type='test'>
    <name>guest</name><uuid>8d38bf1f-3c35-4bd0-9a1b-8f9b2fd5e8a1</uuid>
    <memory>65536</memory><vcpu>1</vcpu><os><type arch='x86_64'>hvm</type></os>
    <devices>
      %s
      <video><model type='vga'/></video>
    </devices>
  </domain>
</node>
'''



def guest(case):
    """The file with the guest whose display is the server."""
    if 'VNC_SOCKET' in case.env:
        display = "<graphics type='vnc'><listen type='socket' socket='%s'/></graphics>" % case.env['VNC_SOCKET']
    else:
        display = ("<graphics type='vnc' port='%s' autoport='no' listen='127.0.0.1'><listen type='address' address='127.0.0.1'/>"
                   "</graphics>" % case.env['VNC_PORT'])
    return case.file('node.xml', GUEST % display)


def place_of_lossy(local, remote, mean=10.0):
    """The same as place() when JPEG is between: the bars at the top are exact and say where, the rest must be near."""
    lw, lh, here = local
    rw, rh, there = remote
    at = here.find(there[:3 * rw])
    while at >= 0 and at % 3:
        at = here.find(there[:3 * rw], at + 1)
    if at < 0:
        return None
    x, y = at // 3 % lw, at // 3 // lw
    if x + rw > lw or y + rh > lh:
        return None
    got = b''.join(here[3 * ((y + i) * lw + x):3 * ((y + i) * lw + x + rw)] for i in range(rh))
    differences = sum(abs(a - b) for a, b in zip(got, there))
    return (x, y) if differences <= mean * len(there) else None


class Case:
    """One program with one server, from start to end."""
    size = (640, 480)            # of the desktop
    shapes = ((660, 880), (1080, 560))      # of windows that scale: a tall one and a wide one
    needs = None                 # the command that must be there, when it is not the name
    kinds = ()                   # in every test run
    more = ()                    # in the table, too
    known = ()                   # complaints that are the program's own: it has them on the system's libraries as well
    # The title of the window with the picture is the desktop's name, unless __init__() says another.
    fits = False                 # the picture is scaled into the window, which must be brought to 1:1
    starts_small = False         # with a window that is smaller than the desktop
    lossy = False                # it asks for JPEG
    stays = True                 # the program is there when the server has gone
    fatal = True                 # a critical ends the program
    libraries = ('libgtk-vnc-2.0.so',)

    def __init__(self, desk, server, kind):
        self.desk = desk
        self.server = server
        self.kind = kind
        self.env = server.env
        self.program = None
        if 'VNC_CA' in self.env:
            os.makedirs(os.path.join(desk.home, '.pki', 'CA'))
            shutil.copy(self.env['VNC_CA'], os.path.join(desk.home, '.pki', 'CA', 'cacert.pem'))
        self.title = 'QEMU' if 'VNC_QMP' in self.env else 'test desktop'

    def argv(self):
        raise NotImplementedError

    def file(self, name, text):
        path = os.path.join(self.desk.home, name)
        with open(path, 'w') as f:
            f.write(text)
        return path

    def secrets(self):
        """What the server wants to know, in the order of the fields."""
        words = []
        if re.search('plain|sasl', self.kind):
            words.append(self.env['VNC_USERNAME'])
        if re.search('plain|sasl|vnc$|vncauth|password', self.kind.replace('x11vnc', '')):
            words.append(self.env['VNC_PASSWORD'])
        return words

    def log_in(self):
        """Answers what the program asks."""

    def start(self):
        self.program = Program(self.desk, self.argv(), fatal=self.fatal)
        self.log_in()
        self.window = self.desk.window(self.title)
        for name in self.libraries:
            # PulseAudio may have been left out of the build.
            if LIBRARIES and not any(glob.glob(os.path.join(folder, name + '*')) for folder in LIBRARIES.split(':')):
                continue
            # virt-manager loads them after its window has come.
            eventually(lambda: any(path.startswith(name) for path in self.program.uses_ours()),
                       lambda: '%s is in use: %s' % (name, self.program.uses_ours()))

    # -- the picture
    def paint(self, *rectangle):
        (self.server.poke if 'VNC_X_DISPLAY' in self.env else self.server.ctl)('fill', *rectangle)

    def fit(self):
        """Brings a window that scales to 1:1: what is around the picture shows in a tall window and in a wide one."""
        self.paint(0, 0, *self.size, MARK)
        around = []
        for i, size in enumerate(self.shapes):
            self.desk.resize(self.window, *size)
            seen = []

            def settled():
                seen.append((self.desk.size(self.window), marked(self.desk.shot()), self.server.shot()[:2]))
                return seen[-1] if seen[-3:] == [seen[-1]] * 3 and (seen[-1][1] or seen[-1][2] != self.size) else None
            window, box, remote = eventually(settled, lambda: 'the picture in a window of %d×%d (%s)' % (*size, seen[-2:]))
            if remote != self.size:
                # The desktop took the size of the window, as the program asked it to.
                break
            around.append(window[i] - box[2 + i])
        else:
            self.desk.resize(self.window, self.size[0] + around[0], self.size[1] + around[1])
        if 'VNC_X_DISPLAY' in self.env:
            self.server.poke('card')
        else:
            # There is no way back to the card: something else of which each part has one place.
            for i in range(16):
                self.paint(61 * i, self.size[1] // 16 * i, 37 + i, self.size[1] // 16, '%02x40%02x' % (15 * i, 255 - 15 * i))

    def shows(self):
        """The true picture stands in the window, pixel for pixel, and stays where it is."""
        seen = []

        def test():
            check(self.program.running(), 'the program ended: %s', self.program.output()[-2000:])
            here, there = self.desk.shot(), self.server.shot()
            seen.append(place(here, there) or (self.lossy and place_of_lossy(here, there)))
            return seen[-1] if seen[-1] and seen[-2:] == [seen[-1]] * 2 else None
        return eventually(test, 'the true picture stands on the screen')

    # -- typing
    def types(self, at):
        if 'VNC_X_DISPLAY' in self.env:
            self.types_into_xterm(at)
        elif 'VNC_QMP' in self.env:
            self.types_to_guest(at)
        else:
            self.types_to_log(at)

    def remote_colour(self, x, y):
        width, _, data = self.server.shot()
        return data[3 * (y * width + x):][:3].hex()

    def types_into_xterm(self, at):
        out = os.path.join(self.desk.home, 'typed')
        env = dict(self.desk.env, DISPLAY=self.env['VNC_X_DISPLAY'])
        xterm = subprocess.Popen([need('xterm'), '-bg', '#' + MARK, '-geometry', '60x10+40+40', '-e', 'sh', '-c', 'head -n 1 > %s.part; mv %s.part %s' % (out, out, out)],
                                 env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            # xdotool crashes on Xtightvnc.
            eventually(lambda: self.remote_colour(200, 100) == MARK, 'xterm shows its window')
            self.shows()
            self.desk.focus(self.window)
            # No window manager there: keys go to the window under the pointer.
            self.desk.click(at[0] + 200, at[1] + 100)
            eventually(lambda: Remote(self.server).ask('pointer')[:2] == (200, 100),
                       lambda: 'the pointer is in the xterm (at %s)' % (Remote(self.server).ask('pointer'),))
            self.desk.do('type', '--delay', '30', TEXT + '\n')
            eventually(lambda: os.path.exists(out), 'a line arrives in the xterm')
            with open(out) as f:
                equal(f.read(), TEXT + '\n', 'what was typed')
        finally:
            xterm.terminate()
            xterm.wait()
        self.shows()

    def types_to_guest(self, at):
        """The guest paints a box of a colour that is made of the key."""
        self.desk.focus(self.window)
        self.desk.click(at[0] + 200, at[1] + 100)
        before = self.server.shot()
        for key in ('x', 'F5', 'comma'):
            self.desk.do('key', key)
            eventually(lambda: self.server.shot() != before, 'the guest shows a key')
            before = self.server.shot()
            self.shows()

    def types_to_log(self, at):
        self.desk.focus(self.window)
        self.desk.click(at[0] + 200, at[1] + 100)
        self.server.expect_event('pointer 1 200 100')
        start = len(self.server.events())
        self.desk.do('type', '--delay', '30', TEXT)

        def typed():
            keys = [int(line.split()[2], 16) for line in self.server.events()[start:] if line.startswith('key 1 ')]
            return ''.join(chr(key) for key in keys if key < 0x100) == TEXT
        eventually(typed, 'the text arrives at the server')

    # -- the end
    def close(self):
        self.desk.ask_to_close(self.window)
        self.program.ends()

    def server_ends(self):
        self.server.stop()
        if self.stays:
            self.gone()
            check(self.program.running(), 'the program ended with its server: %s', self.program.output()[-2000:])
            self.close()
        else:
            self.program.ends()

    def gone(self):
        """What the program shows without a server."""

    def no_complaints(self):
        left = [line for line in self.program.complaints() if not any(re.search(known, line) for known in self.known)]
        check(not left, 'complaints: %s', '\n'.join(left))


class GVncViewer(Case):
    name = 'gvncviewer'
    kinds = ('tigervnc-x509plain', 'qemu-tlsvnc')
    more = ('tigervnc-none', 'tigervnc-vncauth', 'tigervnc-tlsplain', 'x11vnc-vncauth', 'x11vnc-tlsvnc', 'qemu-none', 'qemu-x509-sasl-scram-sha-256', 'libvncserver-vncauth', 'tightvnc')
    fits = True
    lossy = True
    stays = False
    libraries = ('libgvnc-1.0.so', 'libgtk-vnc-2.0.so', 'libgvncpulse-1.0.so')

    def argv(self):
        return ['gvncviewer', self.env['VNC_DISPLAY']]

    def log_in(self):
        if self.secrets():
            self.desk.type(self.desk.window('^Authentication required$'), *self.secrets())


def without_question(desk):
    """remote-viewer and virt-viewer ask whether to quit unless they are told otherwise."""
    os.makedirs(os.path.join(desk.home, 'virt-viewer'))
    with open(os.path.join(desk.home, 'virt-viewer', 'settings'), 'w') as f:
        f.write('[virt-viewer]\nask-quit=false\n')


class RemoteViewer(Case):
    name = 'remote-viewer'
    kinds = ('tigervnc-x509plain', 'tigervnc-vncauth')
    more = ('tigervnc-none', 'qemu-tlsvnc', 'qemu-x509-sasl-scram-sha-256', 'qemu-power', 'x11vnc-vncauth', 'x11vnc-x509plain', 'libvncserver-vncauth')
    stays = False
    known = (r'virt-viewer-WARNING \*\*: .*vnc-session: got vnc error ',)
    libraries = ('libgvnc-1.0.so', 'libgtk-vnc-2.0.so')

    def argv(self):
        without_question(self.desk)
        if self.kind.endswith('vncauth'):
            # The password comes from a connection file.
            self.answered = True
            return ['remote-viewer', self.file('guest.vv', '[virt-viewer]\ntype=vnc\nhost=127.0.0.1\nport=%s\npassword=%s\n' % (
                self.env['VNC_PORT'], self.env['VNC_PASSWORD']))]
        self.answered = False
        return ['remote-viewer', 'vnc://127.0.0.1:' + self.env['VNC_PORT']]

    def log_in(self):
        if self.secrets() and not self.answered:
            self.desk.type(self.desk.window('^Authentication required$'), *self.secrets())


class VirtViewer(Case):
    name = 'virt-viewer'
    kinds = ('tigervnc-unix',)
    more = ('tigervnc-none', 'tigervnc-vncauth', 'tigervnc-x509plain', 'qemu-tlsvnc', 'x11vnc-vncauth')
    stays = False
    known = RemoteViewer.known
    libraries = RemoteViewer.libraries

    def __init__(self, *args):
        super().__init__(*args)
        self.title = 'guest'

    def argv(self):
        without_question(self.desk)
        return ['virt-viewer', '-c', 'test://' + guest(self), 'guest']

    def log_in(self):
        if self.secrets():
            self.desk.type(self.desk.window('^Authentication required$'), *self.secrets())


class Connections(Case):
    name = 'gnome-connections'
    kinds = ('tigervnc-vncauth',)
    more = ('tigervnc-none', 'tigervnc-x509plain', 'x11vnc-vncauth', 'libvncserver-none')
    fatal = False
    fits = True
    starts_small = True
    size = (1000, 700)
    shapes = ((1050, 890), (1090, 600))
    # All three come with the system's libraries as well, at the same moments.
    known = (r'^\(gnome-connections:\d+\): Gtk-WARNING \*\*: [0-9:.]+: GtkFlowBox with a model will ignore sort and filter functions$',
             r"^\*\* \(gnome-connections:\d+\): WARNING \*\*: [0-9:.]+: connection\.vala:\d+: Failed to store password for '[0-9a-f-]+' in the keyring: ",
             # At its end, once, when it has asked for a password.
             r"^\(gnome-connections:\d+\): Gtk-CRITICAL \*\*: [0-9:.]+: gtk_container_add: assertion 'GTK_IS_WIDGET \(widget\)' failed$")

    def __init__(self, *args):
        super().__init__(*args)
        self.title = '^Connections$'

    def no_complaints(self):
        super().no_complaints()
        criticals = sum('CRITICAL' in line for line in self.program.complaints())
        check(criticals <= bool(self.secrets()), '%d criticals: %s', criticals, self.program.output())

    def argv(self):
        return ['gnome-connections', 'vnc://127.0.0.1:' + self.env['VNC_PORT']]

    def log_in(self):
        self.desk.ask_to_close(self.desk.window('^gnome-connections$'))     # its tour
        if self.secrets():
            window = self.desk.window('^Connections$|^vnc://')
            pause(1)
            self.desk.type(window, *self.secrets())


class Vinagre(Case):
    name = 'vinagre'
    kinds = ('tigervnc-vncauth',)
    more = ('tigervnc-none', 'tigervnc-x509plain', 'qemu-tlsvnc', 'x11vnc-vncauth', 'libvncserver-none')
    known = (r'Failed to initialize mDNS browser', r'Gtk-WARNING \*\*: .*(?:Theme parsing error|Drawing a gadget with negative dimensions)')

    def __init__(self, *args):
        super().__init__(*args)
        self.title = ' - Remote Desktop Viewer'

    def argv(self):
        return ['vinagre', 'vnc://127.0.0.1:' + self.env['VNC_PORT']]

    def log_in(self):
        if self.secrets():
            self.desk.type(self.desk.window('^Remote Desktop Viewer$'), *self.secrets())
        self.window = self.desk.window(self.title)
        self.desk.resize(self.window, 900, 800)

    def gone(self):
        # The page of a lost connection keeps the window open, on the system's libraries too, until its button is pressed.
        eventually(lambda: self.desk.windows('^Remote Desktop Viewer$'), 'the connection is told to be closed')
        self.desk.focus(self.window)
        self.desk.do('key', 'Tab')
        self.desk.do('key', 'Return')
        pause(1)


class VirtManager(Case):
    name = 'virt-manager'
    kinds = ('tigervnc-vncauth',)
    more = ('tigervnc-none', 'tigervnc-x509plain', 'qemu-tlsvnc', 'qemu-x509-sasl-scram-sha-256', 'x11vnc-vncauth')

    def __init__(self, *args):
        super().__init__(*args)
        self.title = '^guest on '

    def argv(self):
        return ['virt-manager', '--no-fork', '-c', 'test://' + guest(self), '--show-domain-console', 'guest']

    def log_in(self):
        if self.secrets():
            window = self.desk.window(self.title)
            pause(1)
            self.desk.type(window, *self.secrets())


class Ours(Case):
    """Programs of this folder, that stand for applications which the distribution does not have with a VNC display."""
    order = ()                   # what the program tells, as patterns; other lines may stand between

    def told(self, pattern, count=1):
        return len(re.findall('^%s$' % pattern, self.program.output(), re.M)) >= count

    def command(self, *words, answer):
        """A line to the program, and the line that it answers."""
        lines = len(self.program.output().splitlines())
        self.program.process.stdin.write((' '.join(words) + '\n').encode())
        self.program.process.stdin.flush()
        eventually(lambda: answer in self.program.output().splitlines()[lines:], lambda: '%r after %s: %s' % (answer, words, self.program.output()))

    def types(self, at):
        super().types(at)
        path = os.path.join(self.desk.home, 'saved.png')
        self.command('save', path, answer='saved')
        check(place_of_same_size(read_png(path), self.server.shot()), 'get_pixbuf() gives another picture than the server has')
        if 'VNC_EVENTS' in self.env:
            self.sends_keys()

    def sends_keys(self):
        self.command('key', 'F7', answer='sent F7')
        self.server.expect_event('key 1 0xffc4')
        self.server.expect_event('key 0 0xffc4')
        self.command('read-only', 'on', answer='read-only on')
        self.command('key', 'F8', answer='sent F8')
        self.command('read-only', 'off', answer='read-only off')
        self.command('key', 'F9', answer='sent F9')
        self.server.expect_event('key 0 0xffc6')
        check('key 1 0xffc5' not in self.server.events(), 'a key was sent while read-only')

    def close(self):
        super().close()
        self.came_in_order()

    def came_in_order(self):
        lines = iter(self.program.output().splitlines())
        for pattern in self.order:
            check(any(re.fullmatch(pattern, line) for line in lines), '%s did not come, or not in order: %s', pattern, self.program.output())


def place_of_same_size(local, remote):
    return local[:2] == remote[:2] and vnclib.compare(local, remote)[1] <= POINTER_PIXELS


class LikeBoxes(Ours):
    name = 'like-boxes'
    kinds = ('libvncserver-vncauth', 'tigervnc-unix')
    more = ('tigervnc-none', 'tigervnc-x509plain', 'tigervnc-vncauth', 'qemu-tlsvnc', 'x11vnc-vncauth')
    fits = True
    order = ('vnc-initialized', 'vnc-disconnected, closed')

    def __init__(self, *args):
        super().__init__(*args)
        self.title = '^Boxes - a box$'

    def argv(self):
        if 'VNC_SOCKET' in self.env:
            return [self.name, self.env['VNC_SOCKET']]
        return [self.name, '127.0.0.1', self.env['VNC_PORT']]

    def log_in(self):
        if self.secrets():
            self.desk.type(self.desk.window('^Authentication required$'), *self.secrets())

    def gone(self):
        self.desk.window('^Boxes - no box$')


class LikeRemmina(Ours):
    name = 'like-remmina'
    kinds = ('libvncserver-vncauth', 'tigervnc-x509plain')
    more = ('tigervnc-none', 'qemu-power', 'tigervnc-vncauth', 'qemu-tlsvnc', 'x11vnc-vncauth')
    order = ('vnc-connected', r'vnc-desktop-resize: \d+×\d+', r'vnc-initialized: \d+×\d+, 32 bits, power [01], release with Control_L\+Alt_L',
             'vnc-disconnected')
    libraries = ('libgvnc-1.0.so', 'libgtk-vnc-2.0.so', 'libgvncpulse-1.0.so')
    # ISO 8859-1 says it in other bytes than UTF-8.
    foreign = 'grün: 5 µm'

    def __init__(self, *args):
        super().__init__(*args)
        self.title = '^Remmina - a guest$'

    def argv(self):
        return [self.name, '127.0.0.1', self.env['VNC_PORT']]

    log_in = LikeBoxes.log_in

    def types(self, at):
        super().types(at)
        if self.kind.startswith('libvncserver'):
            self.hands_over_text()

    def hands_over_text(self):
        # The bytes of UTF-8 go over, which are a longer text in ISO 8859-1: nothing between has converted them.
        self.server.ctl('cuttext', self.foreign)
        text = self.foreign.encode().decode('latin-1')
        eventually(lambda: self.told('vnc-server-cut-text: ' + text), lambda: 'the text comes: %s' % self.program.output())
        self.server.ctl('bell')
        eventually(lambda: self.told('vnc-bell'), 'the bell is told')
        owner = subprocess.Popen([need('xclip'), '-quiet', '-i', '-selection', 'clipboard'], env=self.desk.env, stdin=subprocess.PIPE,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            owner.stdin.write((self.foreign + '!').encode())
            owner.stdin.close()
            sent = (self.foreign + '!').encode('latin-1').hex()
            eventually(lambda: any(re.fullmatch('cuttext latin1 [0-9]+ ' + sent, line) for line in self.server.events()),
                       lambda: 'the text arrives: %s' % self.server.events()[-5:])
        finally:
            owner.terminate()
            owner.wait()

    def gone(self):
        self.desk.window('^Remmina - disconnected$')
        output = self.program.output()
        check(re.search('^vnc-error: .+\nvnc-disconnected$', output, re.M), 'the error does not come before the end: %s', output)


class LikeConnections(Ours):
    """The Connections of the distribution runs as it is, too; this one is written against our Vala packages."""
    name = 'like-connections'
    needs = 'valac'
    kinds = ('libvncserver-vncauth',)
    more = ('tigervnc-vncauth', 'tigervnc-x509plain', 'tigervnc-none', 'x11vnc-vncauth')
    fits = True
    order = (r'vnc-initialized: \d+×\d+', 'vnc-disconnected, no picture')

    def __init__(self, *args):
        super().__init__(*args)
        self.title = '^Connections - a machine$'

    def argv(self):
        pulse = os.path.exists(os.path.join(scripts.BUILD, 'gvncpulse', 'gvncpulse-1.0.vapi'))
        places = ('gvnc', 'gtkvnc', 'gvncpulse') if pulse else ('gvnc', 'gtkvnc')
        program = compile_vala(os.path.join(HERE, 'like-connections.vala'), self.desk.home, places,
                               ['--enable-deprecated'] + ['--define=HAVE_GVNCPULSE'] * pulse)
        return [program, '127.0.0.1', self.env['VNC_PORT']]

    log_in = LikeBoxes.log_in

    def types(self, at):
        super().types(at)
        if 'VNC_EVENTS' in self.env:
            # It hands UTF-8 over both ways.
            self.server.ctl('cuttext', LikeRemmina.foreign)
            eventually(lambda: self.told('vnc-server-cut-text: ' + LikeRemmina.foreign), lambda: 'the text comes: %s' % self.program.output())
            self.program.process.stdin.write(('copy ' + LikeRemmina.foreign + '\n').encode())
            self.program.process.stdin.flush()
            sent = LikeRemmina.foreign.encode().hex()
            eventually(lambda: any(re.fullmatch('cuttext latin1 [0-9]+ ' + sent, line) for line in self.server.events()),
                       lambda: 'the text arrives: %s' % self.server.events()[-5:])

    def gone(self):
        self.desk.window('^Connections - disconnected$')


def run_with_password(argv, env, password):
    """Runs a program that reads a password from a terminal, where echo is off meanwhile; gives what it says."""
    hand, terminal = pty.openpty()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(argv, env=env, stdin=terminal, stdout=said, stderr=said)
        try:
            if password is not None:
                eventually(lambda: process.poll() is not None or not termios.tcgetattr(terminal)[3] & termios.ECHO, 'a password is asked for')
                os.write(hand, (password + '\n').encode())
            eventually(lambda: process.poll() is not None, 'the program ends')
        finally:
            process.kill()
            process.wait()
            os.close(terminal)
            os.close(hand)
        said.seek(0)
        text = said.read().decode('utf-8', 'replace')
    check(process.returncode == 0, 'status %s: %s', process.returncode, text)
    return text


class GVncCapture:
    """Takes one picture, without a display: nothing to type, and its own end comes first."""
    name = 'gvnccapture'
    needs = None
    kinds = ('tigervnc-vncauth', 'qemu-none')
    more = ('tigervnc-none', 'qemu-password', 'x11vnc-vncauth', 'libvncserver-vncauth')

    @classmethod
    def run(cls, kind, shots):
        with Server(kind, '--size', '640x480') as server, tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'picture.png')
            env = dict(os.environ, G_DEBUG='fatal-criticals', HOME=folder)
            if LIBRARIES:
                env['LD_LIBRARY_PATH'] = LIBRARIES
            output = run_with_password([need(cls.name), server.env['VNC_DISPLAY'], path], env, server.env.get('VNC_PASSWORD'))
            check(not COMPLAINT.search(output), 'complaints: %s', output)
            here, there = read_png(path), server.shot()
            if shots:
                shutil.copy(path, os.path.join(shots, '%s-%s.png' % (cls.name, kind)))
            # The server draws the pointer, as no encoding of it is asked for.
            check(here[:2] == there[:2] and vnclib.compare(here, there)[1] <= POINTER_PIXELS, '%s', exactly(here, there))


def read_png(path):
    """A picture of 8 bits a channel, opaque, with or without a channel that says so: (width, height, bytes)."""
    with open(path, 'rb') as f:
        data = f.read()
    check(data[:8] == b'\x89PNG\r\n\x1a\n', 'no PNG')
    at, packed = 8, b''
    while at < len(data):
        n, kind = struct.unpack('>I4s', data[at:at + 8])
        if kind == b'IHDR':
            width, height, depth, colour, *_, interlaced = struct.unpack('>IIBBBBB', data[at + 8:at + 21])
            check(depth == 8 and colour in (2, 6) and not interlaced, 'a PNG of depth %d, colour %d', depth, colour)
        elif kind == b'IDAT':
            packed += data[at + 8:at + 8 + n]
        at += 12 + n
    size = 3 if colour == 2 else 4
    rows, line = zlib.decompress(packed), width * size
    out, above, holes = [], bytearray(line), 0
    for y in range(height):
        rule, row = rows[y * (line + 1)], bytearray(rows[y * (line + 1) + 1:(y + 1) * (line + 1)])
        for i in range(line if rule else 0):
            left, up, corner = (row[i - size], above[i], above[i - size]) if i >= size else (0, above[i], 0)
            near = min((left, up, corner), key=lambda value: abs(left + up - corner - value))
            row[i] = (row[i] + (0, left, up, (left + up) // 2, near)[rule]) & 255
        holes += size == 4 and width - row[3::4].count(255)
        out.append(b''.join(bytes(row[i:i + 3]) for i in range(0, line, size)))
        above = row
    check(holes <= POINTER_PIXELS, 'a picture that is seen through in %d places', holes)
    return width, height, b''.join(out)


PROGRAMS = {case.name: case for case in (GVncViewer, GVncCapture, RemoteViewer, VirtViewer, Connections, Vinagre, VirtManager, LikeBoxes, LikeRemmina,
                                            LikeConnections)}


def run(case_class, kind, way, shots=None):
    """One case: way is 'close', closed while connected, or 'server', which ends first."""
    need(case_class.needs or case_class.name)
    if case_class is GVncCapture:
        return case_class.run(kind, shots)
    with Server(kind, '--size', '%dx%d' % case_class.size) as server:
        desk = Desk()
        case = case_class(desk, server, kind)
        try:
            case.start()
            if case.fits and ('VNC_X_DISPLAY' in server.env or case.starts_small):
                case.fit()
            at = case.shows()
            if way == 'close':
                if 'VNC_X_DISPLAY' in server.env:
                    server.poke('fill', 100, 50, 200, 37, '12ab34')
                    case.shows()
                case.types(at)
                if shots:
                    desk.picture(os.path.join(shots, '%s-%s' % (case.name, kind)))
                case.close()
            else:
                case.server_ends()
            case.no_complaints()
        except BaseException:
            if shots:
                desk.picture(os.path.join(shots, '%s-%s-failed' % (case.name, kind)))
            raise
        finally:
            if case.program is not None:
                case.program.stop()
                if shots:
                    shutil.copy(case.program.path, os.path.join(shots, '%s-%s.log' % (case.name, kind)))
            desk.stop()


def table(names, shots):
    rows = []
    for name in names:
        case = PROGRAMS[name]
        for way, kind in [('close', kind) for kind in case.kinds + case.more] + [('server', case.kinds[0])] * (case is not GVncCapture):
            start = time.monotonic()
            try:
                run(case, kind, way, shots)
                result = 'ok'
            except Skip as reason:
                result = 'skipped: %s' % reason
            except Exception as error:  # noqa: B902: whatever went wrong is the result
                result = 'FAILED: %s: %s' % (type(error).__name__, error)
            rows.append(result)
            print('%-18s %-30s %-14s %3d s  %s' % (name, kind, {'close': 'closed', 'server': 'server ended'}[way],
                                                   time.monotonic() - start, result), flush=True)
    return 1 if any(row.startswith('FAILED') for row in rows) else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--table', action='store_true')
    parser.add_argument('--shots')
    parser.add_argument('words', nargs='*')
    options = parser.parse_args()
    if options.shots:
        os.makedirs(options.shots, exist_ok=True)
    if options.table:
        return table(options.words or list(PROGRAMS), options.shots)
    case, *kinds = options.words
    case = PROGRAMS[case]
    need(case.needs or case.name)
    tap = Tap()
    for kind in kinds or case.kinds:
        tap.case('%s on %s' % (case.name, kind), run, case, kind, 'close', options.shots)
    if not kinds and case is not GVncCapture:
        tap.case('%s: the server ends' % case.name, run, case, case.kinds[0], 'server', options.shots)
    return tap.end()


if __name__ == '__main__':
    try:
        sys.exit(main())
    except Skip as reason:
        skip_all(reason)
