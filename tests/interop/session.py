#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""session.py GROUP: what goes on beside pixels, against real servers. Groups: messages, login, transport, qemu, tigervnc."""
import socket
import sys
from interop import Client, Failure, Server, Skip, Tap, check, equal, eventually, exactly, levels, skip_all

ENCODINGS = 'zrle,copyrect,raw,lastrect,cursor'
# The arrow that tests/servers/lvs-server.c sets as pointer.
ARROW = ['x', 'xx', 'xxx', 'xxxx', 'xxxxx', 'xxxxxx', 'xxxxxxx', 'xxxxxxxx', 'xxxxx', 'xx xx', 'x   xx', '    xx', '     xx', '     xx', '', '']


def pixels(line):
    """The words of a cursor line: width, height, hot spot, and a list of (red, green, blue, alpha), transparent ones all 0."""
    width, height, x, y, data = line.split()[1:6]
    data = bytes.fromhex(data)
    shape = [tuple(data[i:i + 4]) if data[i + 3] else (0, 0, 0, 0) for i in range(0, len(data), 4)]
    return int(width), int(height), int(x), int(y), shape


def same_shape(line, size, hot, colour):
    """colour(x, y) gives what is wanted there, None for transparent."""
    width, height, x, y, shape = pixels(line)
    equal((width, height), size, 'cursor size')
    equal((x, y), hot, 'hot spot')
    for row in range(height):
        for column in range(width):
            want = colour(column, row)
            want = tuple(want) + (255,) if want else (0, 0, 0, 0)
            equal(shape[row * width + column], want, 'cursor pixel at %d,%d' % (column, row))


def until_shape(client, size):
    """The next cursor of that size: servers send others before."""
    while True:
        line = client.expect('cursor')
        if line.startswith('cursor %d %d ' % size):
            return line


def ready(client, server, same=exactly):
    client.expect('initialized')
    client.shows(server, same)


# ---------------------------------------------------------------- libvncserver
def name_and_size(server):
    with Client.to(server, '--encodings', ENCODINGS) as client:
        equal(client.expect('initialized'), 'initialized 640 480 test desktop', 'first line')
        client.shows(server, exactly)
        client.command('state')
        check(' open 1 initialized 1 size 640 480 ' in client.expect('state') + ' ', 'the getters do not tell the size')


def order_of_signals(server):
    with Client.to(server, '--encodings', ENCODINGS) as client:
        ready(client, server)
    wanted = ['connected', 'auth-types', 'initialized', 'disconnected']
    equal([line.split()[0] for line in client.lines if line.split()[0] in wanted], wanted, 'order of signals')


def bell(server):
    with Client.to(server, '--encodings', ENCODINGS) as client:
        ready(client, server)
        server.ctl('bell')
        client.expect('bell')


def cut_text_from_server(server):
    with Client.to(server, '--encodings', ENCODINGS) as client:
        ready(client, server)
        for text in ('plain', 'two words, some ß', 'x' * 3000):
            server.ctl('cuttext', text)
            equal(client.expect('cut-text'), 'cut-text ' + text.encode().hex(), 'cut text')


def cut_text_to_server(server):
    with Client.to(server, '--encodings', ENCODINGS) as client:
        ready(client, server)
        for text in ('hello', 'y' * 2500):
            client.command('cuttext', text)
            server.expect_event('cuttext latin1 %d %s' % (len(text), text.encode().hex()))


def keys(server):
    with Client.to(server, '--encodings', ENCODINGS) as client:
        ready(client, server)
        before = len(server.events())
        for keysym in (0x61, 0xffe1, 0xff0d, 0x1002190):
            client.command('key', hex(keysym), 0)
        wanted = ['key %d 0x%x' % (down, keysym) for keysym in (0x61, 0xffe1, 0xff0d, 0x1002190) for down in (1, 0)]
        eventually(lambda: [e for e in server.events()[before:] if e.startswith('key ')] == wanted,
                   lambda: 'key events %r' % server.events()[before:])


def pointer(server):
    with Client.to(server, '--encodings', ENCODINGS) as client:
        ready(client, server)
        before = len(server.events())
        wanted = [(0, 0, 0), (1, 639, 479), (0, 639, 479), (8, 5, 300), (255, 320, 200), (0, 321, 200)]
        for mask, x, y in wanted:
            client.command('pointer', mask, x, y)
        eventually(lambda: [e for e in server.events()[before:] if e.startswith('pointer ')] == ['pointer %d %d %d' % w for w in wanted],
                   lambda: 'pointer events %r' % server.events()[before:])


def colour_cursor(server):
    with Client.to(server, '--encodings', 'raw,cursor') as client:
        client.expect('initialized')
        server.ctl('cursor', 'colour')
        line = until_shape(client, (16, 16))
        server.ctl('cursor', 'none')
        same_shape(line, (16, 16), (1, 1), lambda x, y: (x * 16, y * 16, 255 - x * 8) if ARROW[y][x:x + 1] == 'x' else None)


def two_colour_cursor(server):
    with Client.to(server, '--encodings', 'raw,xcursor') as client:
        client.expect('initialized')
        server.ctl('cursor', 'mono')
        line = until_shape(client, (16, 16))
        server.ctl('cursor', 'none')
        same_shape(line, (16, 16), (1, 1), lambda x, y: (255, 128, 0) if ARROW[y][x:x + 1] == 'x' else None)


def resized_by_server(server, extension):
    with Client.to(server, '--encodings', ENCODINGS + ',' + extension) as client:
        ready(client, server)
        for width, height in ((800, 601), (333, 77), (640, 480)):
            server.ctl('resize', width, height)
            client.expect('resize %d %d' % (width, height))
            client.shows(server, exactly)


def resized_by_client(server):
    with Client.to(server, '--encodings', ENCODINGS + ',extdesktopsize') as client:
        ready(client, server)
        for width, height in ((501, 400), (640, 480)):
            client.command('resize', width, height)
            equal(client.expect('set-size'), 'set-size 0', 'what the call gives')
            server.expect_event('set-desktop-size %d %d screens 1' % (width, height))
            client.expect('resize %d %d' % (width, height))
            client.shows(server, exactly)


def resize_refused(server):
    with Client.to(server, '--encodings', ENCODINGS + ',extdesktopsize') as client:
        ready(client, server)
        client.command('resize', 5, 5)
        server.expect_event('set-desktop-size 5 5 screens 1')
        server.ctl('bell')
        client.expect('bell')
        client.command('state')
        check(' size 640 480 ' in client.expect('state'), 'a refused size was taken')
        client.shows(server, exactly)


def resize_unsupported():
    with Server('tigervnc-none') as server, Client.to(server, '--encodings', ENCODINGS) as client:
        ready(client, server)
        client.command('resize', 500, 400)
        equal(client.expect('set-size'), 'set-size -1', 'what the call gives before the server announced it')


def colour_map_changes():
    with Server('libvncserver-colourmap') as server, Client.to(server, '--encodings', 'raw,lastrect,cursor') as client:
        ready(client, server)
        server.ctl('map', 0xe0, 'ff00aa')
        server.ctl('map', 0, '102030')
        # Pixels keep the colours they were drawn with; what is drawn from now on has the new ones.
        server.ctl('fill', 10, 10, 600, 400, '000000')
        server.ctl('fill', 100, 100, 300, 200, 'ff0000')
        eventually(lambda: client_area(client, server, 10, 10, 610, 410) is None, lambda: client_area(client, server, 10, 10, 610, 410))


def client_area(client, server, left, top, right, bottom):
    """exactly(), but of one area only."""
    def crop(picture):
        width, _, data = picture
        rows = [data[3 * (y * width + left):3 * (y * width + right)] for y in range(top, bottom)]
        return right - left, bottom - top, b''.join(rows)
    return exactly(crop(client.shot()), crop(server.shot()))


def client_leaves(server):
    def counts():
        events = server.events()
        return events.count('client new'), events.count('client gone')

    eventually(lambda: len(set(counts())) == 1, 'the server sees those before leave')
    before = counts()[0]
    with Client.to(server, '--encodings', ENCODINGS) as client:
        ready(client, server)
    eventually(lambda: counts() == (before + 1, before + 1), 'the server sees the client leave')
    check('error' not in [line.split()[0] for line in client.lines], 'an error was told though the client closed')


def server_drops(server):
    with Client.to(server, '--encodings', ENCODINGS) as client:
        ready(client, server)
        server.ctl('drop')
        client.expect('error')
        client.expect('disconnected')
    equal([line.split()[0] for line in client.lines].count('error'), 1, 'number of errors')


def server_dies():
    with Server('libvncserver-none') as server:
        with Client.to(server, '--encodings', ENCODINGS) as client:
            ready(client, server)
            server.ctl('quit')
            client.expect('error')
            client.expect('disconnected')


def messages(tap):
    with Server('libvncserver-none') as server:
        for case in (name_and_size, order_of_signals, bell, cut_text_from_server, cut_text_to_server, keys, pointer, colour_cursor,
                     two_colour_cursor, resized_by_client, resize_refused, client_leaves, server_drops):
            tap.case(case.__name__.replace('_', ' '), case, server)
        for extension in ('desktopsize', 'extdesktopsize'):
            tap.case('resized by server, ' + extension, resized_by_server, server, extension)
    for case in (server_dies, resize_unsupported, colour_map_changes):
        tap.case(case.__name__.replace('_', ' '), case)


# ---------------------------------------------------------------- versions and passwords
def logs_in(kind, *options, password=None, late=False):
    with Server(kind, *options) as server:
        secret = password or server.env.get('VNC_PASSWORD')
        given = ['--password', secret] if secret and not late else []
        with Client.to(server, '--encodings', ENCODINGS, *given) as client:
            if late:
                client.expect('credentials 0')
                client.command('password', secret)
            ready(client, server)


def is_refused(kind, password):
    with Server(kind) as server:
        with Client.to(server, '--encodings', ENCODINGS, '--password', password) as client:
            client.expect('error')
            client.expect('auth-failure')
            client.expect('disconnected')
        words = [line.split()[0] for line in client.lines]
        equal([words.count(w) for w in ('error', 'auth-failure', 'disconnected', 'initialized')], [1, 1, 1, 0],
              'how many errors, failures, ends and beginnings')


def login(tap):
    for kind in ('tigervnc-rfb33', 'libvncserver-rfb37', 'tigervnc-vncauth'):
        tap.case('%s: wrong password' % kind, is_refused, kind, 'not sesame')
    tap.case('the password comes late', logs_in, 'tigervnc-vncauth', late=True)
    tap.case('only eight characters of a password count', logs_in, 'tigervnc-vncauth', '--password', 'longersecret', password='longerseXYZ')


# ---------------------------------------------------------------- ways to a server
def opens(kind, *options):
    with Server(kind) as server, Client.to(server, '--encodings', ENCODINGS, *options) as client:
        ready(client, server)


def cannot_open(host, port, *words):
    with Client('--host', host, '--port', port) as client:
        text = client.expect('error')
        client.expect('disconnected')
    for word in words:
        check(word in text, 'the error %r does not name %r', text, word)
    equal([line.split()[0] for line in client.lines], ['error', 'disconnected'], 'signals')


def unused_port():
    """A port that nobody listens on, held so that nobody else gets it."""
    held = socket.socket()
    held.bind(('127.0.0.1', 0))
    return held, held.getsockname()[1]


def refused():
    held, port = unused_port()
    with held:
        cannot_open('127.0.0.1', port, '127.0.0.1', str(port))


def is_silent_then_closes():
    """A server that takes the call and hangs up."""
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        listener.listen(1)
        with Client('--port', listener.getsockname()[1]) as client:
            peer, _ = listener.accept()
            peer.close()
            client.expect('error')
            client.expect('disconnected')


def is_no_vnc_server():
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        listener.listen(1)
        with Client('--port', listener.getsockname()[1]) as client:
            peer, _ = listener.accept()
            with peer:
                peer.sendall(b'HTTP/1.1 400 Bad Request\r\n\r\n')
                client.expect('error')
                client.expect('disconnected')


def is_no_web_server():
    with Server('tigervnc-none') as server:
        with Client('--uri', 'ws://%s:%s/' % (server.env['VNC_HOST'], server.env['VNC_PORT'])) as client:
            line = client.expect('error')
            check('no web server' in line, 'the error is %s', line)
            client.expect('disconnected')


def transport(tap):
    tap.case('UNIX socket by descriptor', opens, 'tigervnc-unix-vncauth', '--fd', '--password', 'sesame')
    tap.case('TCP by descriptor', opens, 'tigervnc-none', '--fd')
    tap.case('every address of localhost is tried', opens, 'tigervnc-none', '--host', 'localhost')
    tap.case('refused port', refused)
    tap.case('unknown host', cannot_open, 'no-such-host.invalid', 5900, 'no-such-host.invalid')
    tap.case('port that is no number', cannot_open, '127.0.0.1', 'pearl')
    tap.case('server that hangs up', is_silent_then_closes)
    tap.case('server that speaks something else', is_no_vnc_server)
    tap.case('server that is none of the web', is_no_web_server)


# ---------------------------------------------------------------- QEMU
def qemu_sizes(server, extension):
    with Client.to(server, '--encodings', ENCODINGS + ',' + extension) as client:
        ready(client, server)
        for key, size in (('2', '800 600'), ('3', '1024 768'), ('0', '720 400'), ('1', '640 480')):
            server.poke('key', key)
            client.expect('resize ' + size)
            client.shows(server, exactly)


def qemu_leds(server):
    with Client.to(server, '--encodings', ENCODINGS + ',led') as client:
        ready(client, server)
        states = set()
        for _ in range(8):
            server.poke('key', 'l')
            states.add(client.expect('led'))
        check(len(states) > 4, 'only %s', sorted(states))


def qemu_pointer_mode():
    with Server('qemu-none') as server, Client.to(server, '--encodings', ENCODINGS + ',pointermode') as client:
        ready(client, server)
        server.poke('key', 'a')
        client.expect('pointer-mode absolute')
        server.poke('key', 'r')
        client.expect('pointer-mode relative')


def qemu_scan_codes(server):
    """The guest paints a box in a colour made of the scan code, so codes that arrive can be told apart."""
    with Client.to(server, '--encodings', ENCODINGS + ',extkey') as client:
        ready(client, server)
        server.poke('key', 'g')
        client.shows(server, exactly)
        of_g = server.shot()
        server.poke('key', 'h')
        eventually(lambda: server.shot() != of_g, 'key h changes the picture')
        client.command('state')
        check(' extkey 1 ' in client.expect('state'), 'the server has the extension, the getter does not tell')
        # The keysym is that of another key: only the code counts.
        client.command('key', '0x78', '0x22')
        eventually(lambda: server.shot() == of_g, 'code 0x22 does what key g does')
        client.shows(server, exactly)


def qemu_keysyms(server):
    with Client.to(server, '--encodings', ENCODINGS) as client:
        ready(client, server)
        server.poke('key', 'h')
        client.shows(server, exactly)
        of_h = server.shot()
        client.command('key', '0x67', 0)
        eventually(lambda: server.shot() != of_h, 'keysym g changes the picture')
        client.shows(server, exactly)


def qemu(tap):
    with Server('qemu-none') as server:
        tap.case('size of the guest, DesktopSize', qemu_sizes, server, 'desktopsize')
        tap.case('size of the guest, ExtendedDesktopSize', qemu_sizes, server, 'extdesktopsize')
        tap.case('keyboard lights', qemu_leds, server)
        tap.case('scan codes', qemu_scan_codes, server)
        tap.case('keysyms', qemu_keysyms, server)
    tap.case('pointer mode', qemu_pointer_mode)


# ---------------------------------------------------------------- TigerVNC
def cross(x, y):
    """The pointer that tests/servers/vnclib.py sets: a red cross with a blue edge."""
    if x == 7 or y == 7:
        return 255, 0, 0
    return (0, 0, 255) if 6 <= x <= 8 or 6 <= y <= 8 else None


def tiger_cursor(server, encoding):
    with Client.to(server, '--encodings', 'raw,' + encoding) as client:
        ready(client, server)
        server.poke('cursor')
        # The server tells the shape once the pointer has moved.
        client.command('pointer', 0, 100, 100)
        client.command('pointer', 0, 101, 103)
        line = until_shape(client, (16, 16))
        if encoding == 'xcursor':
            _, _, x, y, shape = pixels(line)
            equal((x, y), (7, 7), 'hot spot')
            equal([p[3] for p in shape], [255 if cross(i % 16, i // 16) else 0 for i in range(256)], 'mask')
        else:
            same_shape(line, (16, 16), (7, 7), cross)


def tiger_resize(server):
    with Client.to(server, '--encodings', ENCODINGS + ',extdesktopsize') as client:
        ready(client, server)
        for width, height in ((801, 599), (640, 480)):
            client.command('resize', width, height)
            client.expect('resize %d %d' % (width, height))
            client.shows(server, exactly)


def tiger_name(server):
    import shutil
    import subprocess
    tool = shutil.which('tigervncconfig') or shutil.which('vncconfig')
    if tool is None:
        raise Skip('tigervncconfig is not installed')
    with Client.to(server, '--encodings', ENCODINGS + ',name') as client:
        ready(client, server)
        subprocess.run([tool, '-display', server.env['VNC_X_DISPLAY'], '-set', 'desktop=a new name ß'], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        equal(client.expect('rename'), 'rename a new name ß', 'new name')


def tiger_16_bits():
    with Server('tigervnc-none', '--depth', '16') as server:
        with Client.to(server, '--encodings', ENCODINGS) as client:
            ready(client, server, levels((31, 63, 31), 'nearest, half up'))


def two_clients(server):
    with Client.to(server, '--encodings', ENCODINGS) as one, Client.to(server, '--encodings', 'tight,cursor') as two:
        ready(one, server)
        ready(two, server)
        server.poke('fill', 50, 60, 300, 200, '45c0ff')
        one.shows(server, exactly)
        two.shows(server, exactly)


def tigervnc(tap):
    with Server('tigervnc-none') as server:
        tap.case('resized by client', tiger_resize, server)
        tap.case('new name', tiger_name, server)
        tap.case('two clients at once', two_clients, server)
    for encoding in ('cursor', 'xcursor', 'alphacursor'):
        def case():
            with Server('tigervnc-none') as server:
                tiger_cursor(server, encoding)
        tap.case('pointer shape, ' + encoding, case)
    tap.case('screen of 16 bits', tiger_16_bits)


GROUPS = {'messages': messages, 'login': login, 'transport': transport, 'qemu': qemu, 'tigervnc': tigervnc}


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
