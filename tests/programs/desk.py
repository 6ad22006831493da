# SPDX-License-Identifier: LGPL-2.1-or-later
"""A desk for programs that are not ours: a display and a message bus of their own, hands to type and click with, and eyes.

Nothing of the machine's is used: HOME and everything below it is a new folder, settings are in memory."""
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'interop'))
from interop import Failure, Skip, check, eventually, vnclib  # noqa: E402
from viewer import Screen, need  # noqa: E402

# The folders of our libraries and typelibs; empty: what the system has, to compare with.
LIBRARIES = os.environ.get('GVNC_LIBRARIES', '')
COMPLAINT = re.compile(r'\((?:process|[^():]+):\d+\): .*(?:CRITICAL|WARNING|ERROR) \*\*')


class Desk(Screen):
    def __init__(self):
        need('xdotool')
        super().__init__()
        self.bus = None
        try:
            self.start_bus()
        except BaseException:
            self.stop()
            raise

    def start_bus(self):
        read, write = os.pipe()
        self.bus = subprocess.Popen([need('dbus-daemon'), '--session', '--nofork', '--nopidfile', '--print-address=%d' % write],
                                    pass_fds=[write], env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                    stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as f:
            address = f.readline().strip()
        check(address, 'dbus-daemon did not start')
        self.env['DBUS_SESSION_BUS_ADDRESS'] = address

    def stop(self):
        if self.bus is not None:
            self.bus.terminate()
            self.bus.wait()
        super().stop()

    def windows(self, name):
        try:
            return self.do('search', '--onlyvisible', '--name', name).split()
        except subprocess.CalledProcessError:
            return []

    def window(self, name):
        return eventually(lambda: self.windows(name), lambda: 'a window %r; there are %s' % (name, self.titles()))[-1]

    def titles(self):
        return [self.do('getwindowname', window) for window in self.windows('.')]

    def size(self, window):
        lines = self.do('getwindowgeometry', '--shell', window).splitlines()
        at = dict(line.split('=') for line in lines)
        return int(at['WIDTH']), int(at['HEIGHT'])

    def resize(self, window, width, height):
        self.do('windowsize', window, width, height)

    def focus(self, window):
        self.do('windowfocus', '--sync', window)

    def type(self, window, *texts):
        """Texts into the fields of a dialog, one after the other, and the default button."""
        self.focus(window)
        # What is typed before the field has taken the focus is lost.
        pause(1)
        for i, text in enumerate(texts):
            if i:
                self.do('key', 'Tab')
            self.do('key', 'ctrl+a')
            self.do('type', '--delay', '20', text)
        self.do('key', 'Return')

    def click(self, x, y):
        self.do('mousemove', x, y, 'click', 1)

    def ask_to_close(self, window):
        """What the button in a window's frame does: WM_DELETE_WINDOW."""
        x = vnclib.X11(self.number)
        try:
            atoms = []
            for name in (b'WM_PROTOCOLS', b'WM_DELETE_WINDOW'):
                x.req(16, 0, struct.pack('<Hxx', len(name)) + name)               # InternAtom
                atoms.append(struct.unpack('<I', x.reply()[8:12])[0])
            event = struct.pack('<BBHIIIIIII', 33, 32, 0, int(window), *atoms, 0, 0, 0, 0)
            x.req(25, 0, struct.pack('<II', int(window), 0) + event)              # SendEvent
            x.sync()
        finally:
            x.close()

    def picture(self, path):
        """The whole screen as a file; as PNG where ImageMagick is there."""
        width, height, data = self.shot()
        vnclib.write_ppm(path + '.ppm', width, height, data)
        if shutil.which('convert') and subprocess.call(['convert', path + '.ppm', path + '.png']) == 0:
            os.unlink(path + '.ppm')


class Program:
    """A program that runs on a desk. Its complaints are kept, and it must end by itself when asked to."""
    def __init__(self, desk, argv, fatal=True, variables=None):
        self.desk = desk
        self.argv = [need(argv[0]), *argv[1:]]
        self.path = os.path.join(desk.home, 'output')
        env = dict(desk.env, **(variables or {}))
        if fatal:
            env['G_DEBUG'] = 'fatal-criticals'
        if LIBRARIES:
            env.update(LD_LIBRARY_PATH=LIBRARIES, GI_TYPELIB_PATH=LIBRARIES)
        with open(self.path, 'wb') as output:
            self.process = subprocess.Popen(self.argv, env=env, stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT)

    def output(self):
        with open(self.path, errors='replace') as f:
            return f.read()

    def running(self):
        return self.process.poll() is None

    def complaints(self):
        return [line for line in self.output().splitlines() if COMPLAINT.search(line) or 'Traceback' in line]

    def uses_ours(self):
        """Which of the three libraries are mapped; each from the right place."""
        found = set()
        with open('/proc/%d/maps' % self.process.pid) as f:
            for line in f:
                match = re.search(r'(/\S*/lib(?:gvnc-1\.0|gtk-vnc-2\.0|gvncpulse-1\.0)\.so\S*)', line)
                if match:
                    found.add(match.group(1))
        for path in found:
            here = any(os.path.realpath(path).startswith(os.path.realpath(folder) + '/') for folder in LIBRARIES.split(':') if folder)
            check(here == bool(LIBRARIES), 'the program runs on %s', path)
        return sorted(os.path.basename(path) for path in found)

    def ends(self, status=0):
        eventually(lambda: not self.running(), lambda: 'the program ends; windows: %s' % self.desk.titles())
        if self.process.returncode != status:
            raise Failure('%s ended with status %s: %s' % (self.argv[0], self.process.returncode, self.output()[-3000:]))

    def stop(self):
        if self.running():
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGKILL)
                self.process.wait()
        self.process.stdin.close()


def pause(seconds):
    """For the eye and for what gives no sign; nothing is measured by it."""
    time.sleep(seconds)
