# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the tests against real servers share: a server, a client without a display, pictures, and TAP output."""
import importlib.machinery
import importlib.util
import os
import shlex
import subprocess
import sys
import tempfile
import threading
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
SERVERS = os.path.join(os.path.dirname(HERE), 'servers')
VNC_SERVER = os.path.join(SERVERS, 'vnc-server')
sys.dont_write_bytecode = True
sys.path.insert(0, SERVERS)
import vnclib  # noqa: E402

# The launcher has no suffix; its --shot and --poke are called here without starting a process for each.
launcher = importlib.util.module_from_spec(importlib.util.spec_from_loader('launcher', importlib.machinery.SourceFileLoader('launcher', VNC_SERVER)))
launcher.__loader__.exec_module(launcher)

CAPTURE = os.environ.get('GVNC_CAPTURE', 'capture')
# How long something may take before it counts as lost; nothing is measured by it.
PATIENCE = 60.0
X11VNC_LOST = 'SSL: accept_openssl: could not listen on port'


class Skip(Exception):
    """Raised with the reason when something that is needed is not there."""


class Failure(Exception):
    pass


def check(condition, text, *args):
    if not condition:
        raise Failure(text % args if args else text)


def equal(got, want, what):
    if got != want:
        raise Failure('%s: got %r, wanted %r' % (what, got, want))


def eventually(test, what):
    """Waits until test() gives something true and gives that."""
    end = time.monotonic() + PATIENCE
    while True:
        value = test()
        if value:
            return value
        if time.monotonic() > end:
            raise Failure('did not happen within %d seconds: %s' % (PATIENCE, what() if callable(what) else what))
        time.sleep(0.05)


# ---------------------------------------------------------------- TAP
class Tap:
    def __init__(self):
        self.count = 0
        self.bad = 0

    def case(self, name, function, *args, **kwargs):
        """Runs one subtest; an exception is its failure, and the next one runs all the same."""
        # The number is taken when the result is known: a case may run others inside.
        try:
            function(*args, **kwargs)
            self.say('ok', name)
        except Skip as reason:
            self.say('ok', '%s # SKIP %s' % (name, reason))
        except (Exception, SystemExit) as error:  # noqa: B902: whatever went wrong is the result; the launcher exits
            self.bad += 1
            text = str(error) if isinstance(error, Failure) else traceback.format_exc()
            lines = text.rstrip().splitlines()
            # What went wrong stands first, what a server has said of it or the place in the program last.
            for part in lines if len(lines) <= 16 else [*lines[:4], '…', *lines[-12:]]:
                print('# ' + part)
            self.say('not ok', name)

    def say(self, result, text):
        self.count += 1
        print('%s %d - %s' % (result, self.count, text), flush=True)

    def end(self):
        print('1..%d' % self.count, flush=True)
        return 1 if self.bad else 0


def skip_all(reason):
    print('1..0 # SKIP %s' % ' '.join(str(reason).split()), flush=True)
    sys.exit(0)


# ---------------------------------------------------------------- server
class Server:
    """One real server from tests/servers; env is what it tells its clients."""
    def __init__(self, kind, *options):
        self.process = subprocess.Popen([sys.executable, VNC_SERVER, kind, *options], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
        self.env = {}
        for line in self.process.stdout:
            if line.startswith('# listening'):
                break
            words = shlex.split(line)
            name, _, value = words[1].partition('=')
            self.env[name] = value
        else:
            status = self.process.wait()
            text = self.process.stderr.read().strip()
            if status == 77:
                raise Skip(text)
            raise Failure('%s did not start: %s' % (kind, text))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate()

    def poke(self, *words):
        launcher.poke([str(word) for word in words], self.env)

    def ctl(self, *words):
        launcher.control(' '.join(str(word) for word in words), self.env)

    def shot(self):
        """The true picture: (width, height, bytes)."""
        fd, path = tempfile.mkstemp('.ppm')
        os.close(fd)
        try:
            launcher.shot(path, self.env)
            return vnclib.read_ppm(path)
        finally:
            os.unlink(path)

    def events(self):
        with open(self.env['VNC_EVENTS'], errors='replace') as f:
            return f.read().splitlines()

    def log(self):
        try:
            with open(self.env['VNC_LOG'], errors='replace') as f:
                return f.read()
        except FileNotFoundError:
            return ''            # of one that calls its client it begins later

    def last_words(self):
        """The end of what the server has logged, for failures."""
        return 'the end of the log of the server:\n' + self.log()[-2500:]

    def without_race(self, function, *args):
        """function(*args), once more whenever x11vnc has turned the client away by a race that it loses with others of its kind:
        with TLS it takes the first free port from 20000 on for a link to itself, for each client, and says so when the port
        was taken in between."""
        lost = self.log().count(X11VNC_LOST)
        while True:
            try:
                return function(*args)
            except Failure:
                before, lost = lost, self.log().count(X11VNC_LOST)
                if lost == before:
                    raise

    def expect_event(self, line):
        eventually(lambda: line in self.events(), lambda: 'event %r among %r' % (line, self.events()[-12:]))


# ---------------------------------------------------------------- client
class Client:
    """The capture program; every line it prints is kept in lines."""
    def __init__(self, *options, env=None):
        check(os.access(CAPTURE, os.X_OK), 'GVNC_CAPTURE names no program: %s', CAPTURE)
        self.process = subprocess.Popen([CAPTURE, *[str(o) for o in options]], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, bufsize=0, env=dict(os.environ, **(env or {})))
        self.lines = []
        self.seen = 0            # lines that expect() has passed
        self.over = False
        self.errors = b''
        self.news = threading.Condition()
        self.threads = [threading.Thread(target=self._read, daemon=True), threading.Thread(target=self._read_errors, daemon=True)]
        for thread in self.threads:
            thread.start()

    @classmethod
    def to(cls, server, *options):
        env = server.env
        where = ['--socket', env['VNC_SOCKET']] if 'VNC_SOCKET' in env else ['--port', env['VNC_PORT']]
        return cls(*where, *options)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.close()
        if kind is None:
            check(self.process.returncode == 0, 'the client ended with status %d: %s', self.process.returncode, self.complaint())
            check(not self.errors, 'the client complained: %s', self.complaint())

    def complaint(self):
        return self.errors.decode('utf-8', 'replace')[-3000:]

    def _read(self):
        buffer = b''
        while True:
            data = os.read(self.process.stdout.fileno(), 65536)
            with self.news:
                buffer += data
                *lines, buffer = buffer.split(b'\n')
                self.lines += [line.decode('utf-8', 'replace') for line in lines]
                self.over = not data
                self.news.notify_all()
            if not data:
                return

    def _read_errors(self):
        while True:
            data = os.read(self.process.stderr.fileno(), 65536)
            if not data:
                return
            self.errors += data

    def close(self):
        """Ends the connection in order when it is still there."""
        if self.process.poll() is None:
            try:
                self.command('close')
            except Failure:
                pass
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failure('the client did not end; its last lines: %r' % self.lines[-5:])
        finally:
            for thread in self.threads:
                thread.join(PATIENCE)
            for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
                pipe.close()

    def command(self, *words):
        try:
            self.process.stdin.write((' '.join(str(w) for w in words) + '\n').encode())
        except OSError as error:
            raise Failure('the client ended too early; its last lines: %r %s' % (
                [line[:200] for line in self.lines[-5:]], self.complaint())) from error

    def expect(self, *starts):
        """Waits for the next line that begins with one of starts and gives it; lines before it are passed over."""
        end = time.monotonic() + PATIENCE
        with self.news:
            while True:
                while self.seen < len(self.lines):
                    line = self.lines[self.seen]
                    self.seen += 1
                    if any(line == start or line.startswith(start + ' ') for start in starts):
                        return line
                left = end - time.monotonic()
                if self.over or left <= 0:
                    raise Failure('no %s; the last lines: %r %s' % (' or '.join(starts), [l[:200] for l in self.lines[-8:]], self.complaint()))
                self.news.wait(left)

    def words(self, start):
        return self.expect(start).split()[len(start.split()):]

    def shot(self):
        fd, path = tempfile.mkstemp('.ppm')
        os.close(fd)
        try:
            self.command('shot', path)
            self.expect('shot ' + path)
            return vnclib.read_ppm(path)
        finally:
            os.unlink(path)

    def shows(self, server, same):
        """Waits until the picture here and the true one are the same, as the function same(here, there) sees it."""
        def test():
            return same(self.shot(), server.shot()) is None
        eventually(test, lambda: same(self.shot(), server.shot()) or 'now they are the same')


# ---------------------------------------------------------------- pictures
def exactly(here, there):
    """None when no pixel differs, else a sentence."""
    if here == there:
        return None
    if here[:2] != there[:2]:
        return 'size %dx%d, the true picture has %dx%d' % (here[:2] + there[:2])
    return 'of %d pixels %d differ, by %d at most; first at %s' % (
        here[0] * here[1], *vnclib.compare(here, there)[1:], first_difference(here, there))


def first_difference(here, there):
    for i in range(0, len(here[2]), 3):
        if here[2][i:i + 3] != there[2][i:i + 3]:
            return '%d,%d: #%s, true #%s' % (i // 3 % here[0], i // 3 // here[0], here[2][i:i + 3].hex(), there[2][i:i + 3].hex())
    return 'nowhere'


def within(mean, worst):
    """For lossy encodings: the mean and the largest difference of a channel that are allowed."""
    def same(here, there):
        if here[:2] != there[:2]:
            return exactly(here, there)
        if here[2] == there[2]:
            return None
        differences = [abs(a - b) for a, b in zip(here[2], there[2])]
        average, largest = sum(differences) / len(differences), max(differences)
        if average <= mean and largest <= worst:
            return None
        return 'channels differ by %.2f in the mean and by %d at most; allowed are %.2f and %d' % (average, largest, mean, worst)
    same.mean = mean
    return same


# From 8 bits to a level of 0 to top: the low bits dropped, or the nearest level, where servers differ in what half is.
RULES = {
    'truncated': lambda value, top: value * (top + 1) // 256,
    'nearest': lambda value, top: (value * top + 127) // 255,
    'nearest, half up': lambda value, top: (value * top + 128) // 255,
}


def levels(maxima, rule):
    """For formats with fewer bits a channel: a channel here must be the level that the server made of the true one, spread over
    0 to 255. The maxima are those of red, green and blue; the rule says how the server goes from 8 bits to a level. The spread
    value may be off by 1, as rounding is free there."""
    def tables(top):
        spread = [level * 255 / top for level in range(top + 1)]
        down = [RULES[rule](value, top) for value in range(256)]
        back = []
        for value in range(256):
            near = min(range(top + 1), key=lambda level: abs(spread[level] - value))
            back.append(near if abs(spread[near] - value) <= 1 else 255)
        return bytes(down), bytes(back)
    pairs = [tables(top) for top in maxima]

    def same(here, there):
        if here[:2] != there[:2]:
            return exactly(here, there)
        for channel, (down, back) in enumerate(pairs):
            got, want = here[2][channel::3].translate(back), there[2][channel::3].translate(down)
            if got != want:
                at = next(i for i in range(len(got)) if got[i] != want[i])
                return 'channel %d of the pixel at %d,%d is %d; the true one is %d, level %d of %d (%s)' % (
                    channel, at % here[0], at // here[0], here[2][3 * at + channel], there[2][3 * at + channel],
                    want[at], maxima[channel], rule)
        return None
    return same
