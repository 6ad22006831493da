#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""extensions.py GROUP: screens, lights, pointers, power and flow control. Groups: demo, tigervnc, qemu, libvncserver."""
import os
import sys
from interop import Client, Failure, HERE, PATIENCE, Server, Skip, Tap, check, equal, eventually, exactly, skip_all
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'demo'))
import demoserver  # noqa: E402
import vnclib  # noqa: E402

ENCODINGS = 'zrle,copyrect,raw,lastrect,'


class Demo(demoserver.DemoServer):
    """Our own demo server, which speaks everything."""
    def __init__(self, *options):
        super().__init__(os.environ['GVNC_DEMO_SERVER'], '--still', *options)
        self.env = {'VNC_PORT': str(self.port)}

    def ctl(self, *words):
        check(self.command(' '.join(map(str, words))), 'the demo server does not take %s', words)

    def shot(self):
        path = os.path.join(self.folder, 'shot.ppm')
        self.ctl('shot', path)
        return vnclib.read_ppm(path)

    def expect_event(self, line):
        eventually(lambda: line in self.events(), lambda: 'event %r among %r' % (line, self.events()[-12:]))


def ready(client, server):
    client.expect('initialized')
    client.shows(server, exactly)


def still_there(client, server):
    """What the server has sent before was taken, and the session goes on."""
    server.ctl('bell')
    client.expect('bell')
    client.shows(server, exactly)


# ---------------------------------------------------------------- the demo server
def demo_screens(server):
    with Client.to(server, '--encodings', ENCODINGS + 'extdesktopsize') as client:
        width, height = client.expect('initialized').split()[1:3]
        equal(client.expect('screens'), 'screens 0 0 1:0,0+%sx%s/0' % (width, height), 'first layout')
        server.ctl('screens', '0 0 320 400, 320 0 320 400')
        equal(client.expect('screens'), 'screens 0 0 1:0,0+320x400/0 2:320,0+320x400/0', 'layout of the server')
        client.command('layout', 700, 500, '2:0,0+300x500/0', '9:300,100+400x400/7')
        equal(client.expect('screens'), 'screens 1 0 2:0,0+300x500/0 9:300,100+400x400/7', 'layout of ours')
        equal(client.expect('layout'), 'layout 0 ', 'answer')
        server.expect_event('screen 9 300 100 400 400 7')
        client.shows(server, exactly)
        client.command('layout', 5000, 500)
        equal(client.expect('layout'), 'layout 2 ', 'answer to a size that is too large')
        with Client.to(server, '--encodings', ENCODINGS + 'extdesktopsize') as other:
            ready(other, server)
            other.command('resize', 400, 300)
            equal(client.expect('screens'), 'screens 2 0 2:0,0+400x300/0', 'layout of another client')
        client.shows(server, exactly)


def demo_refuses_screens():
    with Demo('--no-resize') as server, Client.to(server, '--encodings', ENCODINGS + 'extdesktopsize') as client:
        ready(client, server)
        client.command('layout', 300, 300)
        equal(client.expect('layout'), 'layout 1 ', 'answer')
        client.command('layout', 300, 300, '1:0,0+301x300/0')
        check(client.expect('layout').startswith('layout -1 The screen of 301'), 'a layout that cannot be was sent')
        client.shows(server, exactly)


def demo_cursor(server, kind):
    server.ctl('cursor', 'none')
    with Client.to(server, '--encodings', ENCODINGS + 'alphacursor,cursor') as usual, \
         Client.to(server, '--encodings', ENCODINGS + 'vmcursor,vmcursorstate') as client:
        for one in (usual, client):
            equal(one.expect('cursor'), 'cursor none', 'no shape')
        server.ctl('cursor', kind)
        shapes = [one.expect('cursor').split() for one in (usual, client)]
        equal(shapes[1][:5], shapes[0][:5], 'size and hot spot')
        usual_data, data = bytes.fromhex(shapes[0][5]), bytes.fromhex(shapes[1][5])
        equal(data[3::4], usual_data[3::4], 'alpha')
        # A shape that was multiplied by its alpha has lost some bits on the way.
        solid = [i for i in range(3, len(data), 4) if data[i] == 255]
        equal([data[i - 3:i] for i in solid], [usual_data[i - 3:i] for i in solid], 'colours')
        server.ctl('hide', 1)
        equal(client.expect('cursor'), 'cursor none', 'hidden')
        server.ctl('hide', 0)
        equal(client.expect('cursor').split(), shapes[1], 'shown again')


def demo_position(server, encoding):
    with Client.to(server, '--encodings', ENCODINGS + encoding) as client, \
         Client.to(server, '--encodings', ENCODINGS) as other:
        ready(client, server)
        ready(other, server)
        server.ctl('move', 17, 33)
        equal(client.expect('moved'), 'moved 17 33', 'position by the server')
        other.command('pointer', 0, 40, 41)
        equal(client.expect('moved'), 'moved 40 41', 'position by another client')


def demo_lights(server, encoding):
    with Client.to(server, '--encodings', ENCODINGS + encoding) as client:
        client.expect('led')
        for state in (5, 2, 7, 0):
            server.ctl('leds', state)
            equal(client.expect('led'), 'led %d' % state, 'lights')


def demo_buttons(server):
    for encodings, masks in (('buttons', ((0x81, 0x81), (0x100, 0x100), (0x7f80, 0x7f80), (0, 0))), ('', ((0x181, 0x81), (0x100, 0)))):
        with Client.to(server, '--encodings', ENCODINGS + encodings) as client:
            ready(client, server)
            for i, (mask, got) in enumerate(masks):
                client.command('pointer', mask, 50 + i, 60)
                server.expect_event('pointer %d %d 60' % (got, 50 + i))
            client.command('key', '0x61', 0)
            server.expect_event('key 1 0x61')


def demo_ignored(server):
    with Client.to(server, '--encodings', ENCODINGS + 'vmkeyrepeat,vmstate,messages,encodings,identity') as client:
        ready(client, server)
        server.ctl('vmware')
        still_there(client, server)


def demo_power(server):
    with Client.to(server, '--encodings', ENCODINGS + 'xvp') as client:
        client.expect('power')
        for code in (3, 4, 2):
            client.command('power', code)
            equal(client.expect('asked'), 'asked 1', 'what the call gives')
            server.expect_event('xvp 1 %d' % code)
        client.expect('power-failed')
        client.shows(server, exactly)


def demo_continuous(server):
    with Client.to(server, '--encodings', ENCODINGS + 'extdesktopsize,fence,continuous') as client:
        ready(client, server)
        eventually(lambda: any(e.startswith('continuous 1 0 0 ') for e in server.events()), 'the client enables continuous updates')
        for i in range(20):
            server.ctl('fill', i * 10, i * 5, 200, 100, '%02x80%02x' % (i * 12, 255 - i * 12))
        client.shows(server, exactly)
        server.ctl('resize', 500, 333)
        client.expect('resize 500 333')
        server.expect_event('continuous 1 0 0 500 333')
        server.ctl('fill', 400, 300, 100, 33, 'ffffff')
        client.shows(server, exactly)


def demo_never_asked():
    """Cannot be tried with a server that is honest; one that is not: tests/session."""
    with Demo() as server, Client.to(server, '--encodings', ENCODINGS) as client:
        ready(client, server)
        for line in ('leds 7', 'hide 1', 'vmware', 'move 3 3', 'name other', 'cursor alpha', 'screens 0 0 10 10'):
            server.ctl(line)
        still_there(client, server)


def demo(tap):
    with Demo() as server:
        tap.case('screens', demo_screens, server)
    with Demo() as server:
        for kind in ('colour', 'mono', 'alpha'):
            tap.case('VMware cursor, ' + kind, demo_cursor, server, kind)
        for encoding in ('pointerpos', 'vmcursorpos', 'pointerpos,vmcursorpos'):
            tap.case('position by ' + encoding, demo_position, server, encoding)
        for encoding in ('led', 'vmled', 'keyboardled', 'keyboardled,vmled,led'):
            tap.case('lights by ' + encoding, demo_lights, server, encoding)
        tap.case('more buttons', demo_buttons, server)
        tap.case('what is taken and ignored', demo_ignored, server)
        tap.case('power', demo_power, server)
        tap.case('continuous updates', demo_continuous, server)
    tap.case('screens refused', demo_refuses_screens)
    tap.case('a client that asks for nothing', demo_never_asked)


# ---------------------------------------------------------------- TigerVNC
def tiger_layout(server):
    with Client.to(server, '--encodings', ENCODINGS + 'extdesktopsize') as client:
        client.expect('initialized')
        first = client.expect('screens').split()
        equal(first[:3], ['screens', '0', '0'], 'first layout')
        number = first[3].partition(':')[0]
        client.shows(server, exactly)
        client.command('layout', 800, 400, number + ':0,0+400x400/0', '77:400,0+400x400/0')
        # It tells the change itself too, as one of the server's own.
        told = client.expect('screens 1 0')
        equal(len(told.split()), 5, 'words of the layout')
        check('77:400,0+400x400/0' in told.split(), 'our number is not in %r', told)
        equal(client.expect('layout'), 'layout 0 ', 'answer')
        client.shows(server, exactly)
        # The server would try it, and then be of no use any more.
        client.command('layout', 16000, 16000)
        check(client.expect('layout').startswith('layout -1 '), 'a desktop was asked for that is too large to be taken')
        client.command('layout', 640, 480)
        equal(client.expect('layout'), 'layout 0 ', 'answer')
        client.shows(server, exactly)


def tiger_lights(server, encoding):
    with Client.to(server, '--encodings', ENCODINGS + encoding + ',extkey') as client:
        client.expect('led')
        client.shows(server, exactly)
        client.command('key', '0xffe5', '0x3a')
        state = int(client.expect('led').split()[1])
        client.command('key', '0xffe5', '0x3a')
        equal(int(client.expect('led').split()[1]), state ^ 4, 'caps lock once more')


def tiger_continuous(server):
    with Client.to(server, '--encodings', ENCODINGS + 'extdesktopsize,fence,continuous') as client:
        ready(client, server)
        for i in range(20):
            server.poke('fill', i * 10, i * 5, 200, 100, '%02x80%02x' % (i * 12, 255 - i * 12))
        client.shows(server, exactly)


def tiger_vmware_cursor(server):
    with Client.to(server, '--encodings', ENCODINGS + 'vmcursor') as client:
        ready(client, server)
        server.poke('cursor')
        client.command('pointer', 0, 100, 100)
        client.command('pointer', 0, 101, 103)
        while not client.expect('cursor').startswith('cursor 16 16 7 7 '):
            pass


def tigervnc(tap):
    with Server('tigervnc-none') as server:
        tap.case('layout', tiger_layout, server)
        for encoding in ('led', 'vmled'):
            tap.case('lights by ' + encoding, tiger_lights, server, encoding)
        tap.case('continuous updates', tiger_continuous, server)
        tap.case('VMware cursor', tiger_vmware_cursor, server)


# ---------------------------------------------------------------- QEMU
def qemu_power():
    with Server('qemu-power') as server, Client.to(server, '--encodings', ENCODINGS + 'xvp') as client:
        client.expect('power')
        monitor = vnclib.Qmp(server.env['VNC_QMP'])
        monitor.s.settimeout(PATIENCE)
        for code, event in ((2, '"POWERDOWN"'), (4, '"RESET"')):
            client.command('power', code)
            equal(client.expect('asked'), 'asked 1', 'what the call gives')
            while event not in monitor.f.readline():
                pass


def qemu_layout(server):
    with Client.to(server, '--encodings', ENCODINGS + 'extdesktopsize') as client:
        client.expect('initialized')
        client.expect('screens')
        client.command('layout', 800, 600)
        # The guest has no driver that could follow; the server says so, or that it has passed the wish on.
        line = client.expect('layout')
        check(line in ('layout 1 ', 'layout 3 ', 'layout 4 ', 'layout 0 '), 'the answer is %r', line)
        client.shows(server, exactly)


def qemu(tap):
    tap.case('power', qemu_power)
    with Server('qemu-none') as server:
        tap.case('layout', qemu_layout, server)


# ---------------------------------------------------------------- libvncserver
def lvs_lights(server):
    with Client.to(server, '--encodings', ENCODINGS + 'keyboardled') as client:
        ready(client, server)
        # The server knows modifiers, and looks at them when it has something else to send.
        for modifiers, lights in ((2, 4), (128, 2), (256, 1), (386, 7)):
            server.ctl('leds', modifiers)
            server.ctl('fill', 5, 5, 10, 10, '%06x' % (modifiers * 4099))
            client.expect('led %d' % lights)


def lvs_itself(server):
    with Client.to(server, '--encodings', ENCODINGS + 'messages,encodings,identity,pointerpos,keyboardled') as client:
        ready(client, server)
        still_there(client, server)


def lvs_position(server):
    with Client.to(server, '--encodings', ENCODINGS + 'cursor,pointerpos') as client, Client.to(server, '--encodings', ENCODINGS) as other:
        ready(client, server)
        ready(other, server)
        other.command('pointer', 0, 33, 44)
        equal(client.expect('moved 33 44'), 'moved 33 44', 'position by another client')


def lvs_power(server):
    with Client.to(server, '--encodings', ENCODINGS + 'xvp') as client:
        client.expect('power')
        client.command('power', 2)
        client.expect('power-failed')
        client.command('power', 3)
        server.expect_event('xvp 1 3')
        still_there(client, server)


def lvs_layout(server):
    with Client.to(server, '--encodings', ENCODINGS + 'extdesktopsize') as client:
        ready(client, server)
        client.command('layout', 500, 400)
        equal(client.expect('layout'), 'layout 0 ', 'answer')
        client.command('layout', 640, 480)
        equal(client.expect('layout'), 'layout 0 ', 'answer')
        client.shows(server, exactly)


def libvncserver(tap):
    with Server('libvncserver-none') as server:
        tap.case('lights', lvs_lights, server)
        tap.case('what the server says of itself', lvs_itself, server)
        tap.case('position', lvs_position, server)
        tap.case('power', lvs_power, server)
        tap.case('layout', lvs_layout, server)


GROUPS = {'demo': demo, 'tigervnc': tigervnc, 'qemu': qemu, 'libvncserver': libvncserver}


def main(group):
    tap = Tap()
    try:
        GROUPS[group](tap)
    except Skip as reason:
        if tap.count:
            raise Failure(str(reason)) from reason
        skip_all(reason)
    return tap.end()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
