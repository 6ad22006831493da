#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""sound.py demo PROGRAM | qemu: sound from a server through VncConnection and VncAudioPulse into a real PulseAudio.

PulseAudio's only sink is a null sink; what is played there is recorded from the sink's monitor and looked at in windows of
50 ms. GVNC_PLAYER names the client, GVNC_VIEWER the viewer."""
import array
import math
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'interop'))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'demo'))
from demoserver import DemoServer  # noqa: E402
from interop import PATIENCE, Failure, Server, Skip, Tap, check, eventually, skip_all  # noqa: E402
from viewer import VIEWER, Screen  # noqa: E402

PLAYER = os.environ.get('GVNC_PLAYER', 'player')
RATE = 48000
WINDOW = RATE // 20
LOUD = 1000.0
# A machine under load tears holes into the sound, so a few good windows are enough; a wrong rate gives none at all.
ENOUGH = 5
TOO_MANY = 200


def share(window, hertz):
    """How much of a window's energy has this frequency; 0 when it is silent."""
    energy = sum(s * s for s in window)
    if energy < LOUD * LOUD * len(window):
        return 0.0
    # Goertzel's algorithm
    factor = 2 * math.cos(2 * math.pi * hertz / RATE)
    one = two = 0.0
    for sample in window:
        one, two = sample + factor * one - two, one
    return 2 * (one * one + two * two - factor * one * two) / len(window) / energy


class Pulse:
    def __init__(self):
        for program in ('pulseaudio', 'parec'):
            if shutil.which(program) is None:
                raise Skip('%s is not installed' % program)
        self.folder = tempfile.mkdtemp(prefix='gvnc-pulse-')
        path = os.path.join(self.folder, 'native')
        self.env = {**os.environ, 'PULSE_RUNTIME_PATH': self.folder, 'PULSE_STATE_PATH': self.folder,
                    'PULSE_COOKIE': os.path.join(self.folder, 'cookie'), 'PULSE_SERVER': 'unix:' + path}
        self.env.pop('DISPLAY', None)
        self.process = subprocess.Popen(
            ['pulseaudio', '-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1', '--disable-shm=yes',
             '--realtime=no', '--high-priority=no', '-L', 'module-null-sink sink_name=ear rate=%d' % RATE,
             '-L', 'module-native-protocol-unix auth-anonymous=1 socket=' + path],
            env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        eventually(lambda: os.path.exists(path) or self.process.poll() is not None, 'PulseAudio listens')
        check(self.process.poll() is None, 'PulseAudio ended with status %s', self.process.poll())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def windows(self):
        """What is heard from now on, without an end."""
        recorder = subprocess.Popen(
            ['parec', '--device=ear.monitor', '--raw', '--format=s16le', '--rate=%d' % RATE, '--channels=1', '--latency-msec=20'],
            env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            while True:
                data = recorder.stdout.read(2 * WINDOW)
                check(len(data) == 2 * WINDOW, 'the recorder ended')
                samples = array.array('h', data)
                if sys.byteorder == 'big':
                    samples.byteswap()
                yield samples
        finally:
            recorder.terminate()
            recorder.stdout.close()
            recorder.wait()

    def expect_tone(self, hertz, purity=0.9):
        good = bad = 0
        windows = self.windows()
        end = time.monotonic() + PATIENCE
        for window in windows:
            part = share(window, hertz)
            good += part > purity
            bad += 0 < part <= purity
            if good >= ENOUGH:
                break
            check(bad < TOO_MANY, 'of %d windows with sound only %d have %g Hz', bad + good, good, hertz)
            check(time.monotonic() < end, '%g Hz was not heard: %d windows with it, %d with something else', hertz, good, bad)
        windows.close()

    def expect_silence(self):
        quiet = 0
        windows = self.windows()
        end = time.monotonic() + PATIENCE
        for window in windows:
            quiet = quiet + 1 if max(window) - min(window) < 20 else 0
            if quiet >= 2 * ENOUGH:
                break
            check(time.monotonic() < end, 'it does not become silent')
        windows.close()


class Player:
    def __init__(self, pulse, port):
        self.process = subprocess.Popen([PLAYER, str(port)], env=pulse.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        universal_newlines=True)
        self.lines = []
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()
        self.expect('ready')

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.process.stdin.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failure('the client did not end')
        finally:
            self.thread.join(PATIENCE)
            self.process.stdout.close()
        if kind is None:
            check(self.process.returncode == 0, 'the client ended with status %d', self.process.returncode)

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.strip())

    def command(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()

    def expect(self, *lines):
        """All that was said since the last time is this."""
        eventually(lambda: len(self.lines) >= len(lines), lambda: '%r among %r' % (lines, self.lines))
        got, self.lines[:len(lines)] = self.lines[:len(lines)], []
        check(got == list(lines), 'the client said %r, not %r', got, list(lines))


ENDED = 'Server closed the connection'


# ---------------------------------------------------------------- the demo server
class Demo:
    """PulseAudio, a server and a client, with sound enabled."""
    def __init__(self, program, pulse, form=None):
        self.pulse = pulse
        self.server = DemoServer(program, '--still', '--size=64x64')
        self.player = Player(pulse, self.server.port)
        if form:
            self.player.command('format ' + form)
        self.player.command('enable')
        eventually(lambda: 'audio-enable' in self.server.events(), 'sound is enabled')

    def __enter__(self):
        return self

    def __exit__(self, *error):
        try:
            self.player.__exit__(*error)
        finally:
            self.server.__exit__(*error)

    def tone(self, what):
        check(self.server.command('tone %s' % what), 'the server takes no tone %s', what)


def is_heard(program, pulse, hertz, form):
    with Demo(program, pulse, form) as demo:
        demo.tone(hertz)
        demo.player.expect('start %s' % (form or '3 2 44100'))
        pulse.expect_tone(hertz)
        demo.tone('off')
        demo.player.expect('stop')
        pulse.expect_silence()


def another_tone(program, pulse):
    with Demo(program, pulse) as demo:
        demo.tone(440)
        pulse.expect_tone(440)
        demo.tone(1000)
        pulse.expect_tone(1000)


def another_format(program, pulse):
    with Demo(program, pulse) as demo:
        demo.tone(440)
        pulse.expect_tone(440)
        demo.player.command('format 0 1 16000')
        demo.player.expect('start 3 2 44100', 'stop', 'start 0 1 16000')
        pulse.expect_tone(440)


def off_and_on(program, pulse):
    with Demo(program, pulse) as demo:
        demo.tone(440)
        pulse.expect_tone(440)
        demo.player.command('disable')
        pulse.expect_silence()
        demo.player.expect('start 3 2 44100', 'stop')
        demo.player.command('enable')
        pulse.expect_tone(440)
        demo.player.expect('start 3 2 44100')


def server_ends(program, pulse):
    with Demo(program, pulse) as demo:
        demo.tone(440)
        pulse.expect_tone(440)
        demo.server.command('drop')
        demo.player.expect('start 3 2 44100', 'error ' + ENDED, 'stop', 'closed')


def sound_server_ends(program):
    with Pulse() as pulse, Demo(program, pulse) as demo:
        demo.tone(440)
        pulse.expect_tone(440)
        pulse.process.terminate()
        pulse.process.wait()
        demo.tone('off')
        demo.player.expect('start 3 2 44100', 'stop')


def viewer_plays(program, pulse):
    """Without being told to: sound is on."""
    screen = Screen()
    try:
        with DemoServer(program, '--still', '--size=64x64') as server:
            env = {**screen.env, **{name: value for name, value in pulse.env.items() if name.startswith('PULSE_')}}
            viewer = subprocess.Popen([VIEWER, '127.0.0.1::%d' % server.port], env=env, stdin=subprocess.DEVNULL)
            try:
                eventually(lambda: 'audio-enable' in server.events(), 'the viewer enables sound')
                server.command('tone 440')
                pulse.expect_tone(440)
            finally:
                viewer.terminate()
                viewer.wait()
    finally:
        screen.stop()


def demo(tap, program):
    with Pulse() as pulse:
        for hertz, form in ((440, None), (440, '3 2 48000'), (1000, '3 2 22050'), (400, '0 1 8000'), (600, '1 2 11025'),
                            (440, '2 1 44100'), (2000, '4 2 48000'), (440, '5 1 32000')):
            tap.case('%d Hz, format %s' % (hertz, form or 'not set'), is_heard, program, pulse, hertz, form)
        tap.case('another tone', another_tone, program, pulse)
        tap.case('another format in the middle', another_format, program, pulse)
        tap.case('off and on again', off_and_on, program, pulse)
        tap.case('the connection ends in the middle', server_ends, program, pulse)
        tap.case('the viewer', viewer_plays, program, pulse)
    tap.case('the sound server ends in the middle', sound_server_ends, program)


# ---------------------------------------------------------------- QEMU
B, N = 'key 98 48', 'key 110 49'
# The guest's speaker makes a square wave, four fifths of which are in its first frequency.
SQUARE = 0.7


def qemu(tap):
    server = Server('qemu-audio')
    with Pulse() as pulse, server, Player(pulse, server.env['VNC_PORT']) as player:
        def beeps(form, begun):
            player.command(B)
            pulse.expect_tone(440, SQUARE)
            player.expect(*begun, 'start ' + form)

        def stops():
            player.command(N)
            pulse.expect_silence()

        def format_changes():
            player.command(B)
            pulse.expect_tone(440, SQUARE)
            player.lines.clear()
            player.command('format 3 1 22050')
            player.expect('stop', 'start 3 1 22050')
            pulse.expect_tone(440, SQUARE)

        def off_and_on():
            player.command('disable')
            player.expect('stop')
            pulse.expect_silence()
            player.command('enable')
            pulse.expect_tone(440, SQUARE)
            player.expect('start 3 1 22050')

        def another_client():
            """A client that does not share the display gets it, and its sound."""
            player.command(B)
            pulse.expect_tone(440, SQUARE)
            player.lines.clear()
            with Player(pulse, server.env['VNC_PORT']) as other:
                player.expect('error ' + ENDED, 'stop', 'closed')
                pulse.expect_silence()
                other.command('enable')
                pulse.expect_tone(440, SQUARE)
                other.expect('start 3 2 44100')

        player.command('enable')
        tap.case('a beep', beeps, '3 2 44100', ())
        tap.case('silence', stops)
        tap.case('another format in the middle', format_changes)
        tap.case('off and on again in the middle', off_and_on)
        tap.case('another client takes the display', another_client)


if __name__ == '__main__':
    tap = Tap()
    try:
        if sys.argv[1] == 'demo':
            demo(tap, sys.argv[2])
        else:
            qemu(tap)
    except Skip as reason:
        skip_all(reason)
    sys.exit(tap.end())
