#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""clipboard.py: the extended clipboard, both ways, against real servers and the demo server."""
import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
import tempfile
from interop import HERE, Client, Server, Skip, Tap, check, equal, eventually, exactly
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'demo'))
from demoserver import DemoServer  # noqa: E402
from viewer import Screen, Viewer, need  # noqa: E402

OPTIONS = ['--encodings', 'zrle,copyrect,raw,lastrect', '--clipboard']
# Line ends are LF here; none of them can be said in ISO 8859-1.
TEXTS = {
    'emoji': 'smile 😀 family 👨\u200d👩\u200d👧 flag 🇺🇳',
    'right to left': 'שלום עולם\nمرحبا بالعالم\n',
    'many lines': ''.join('%d: żółw\n' % n for n in range(2000)),
    'one mebibyte': ('0123456789abcdé€😀\n' * 50000).encode()[:1024 * 1024 - 1].decode('utf-8', 'ignore').ljust(1, 'x'),
}
TEXTS['one mebibyte'] += 'x' * (1024 * 1024 - len(TEXTS['one mebibyte'].encode()))


def short(text):
    return '%d bytes %r…' % (len(text.encode()), text[:40])


class Files:
    """A text file for the client to read, and one for it to write."""
    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.out = os.path.join(self.folder.name, 'out')
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def give(self, text):
        path = os.path.join(self.folder.name, 'in')
        with open(path, 'w', encoding='utf-8', newline='') as file:
            file.write(text)
        return path

    def taken(self):
        with open(self.out, encoding='utf-8', newline='') as file:
            return file.read()


def fetch(client, files):
    client.command('fetch', files.out)
    line = client.expect('fetched', 'not-fetched')
    check(line.startswith('fetched'), line)
    return files.taken()


# ---------------------------------------------------------------- TigerVNC
def own_selection(path):
    """Owns the clipboard of $DISPLAY and hands the file out whole. xclip, like most programs, hands a mebibyte out in pieces
    (INCR), which Xtigervnc does not take."""
    class Request(ctypes.Structure):
        _fields_ = [('type', ctypes.c_int), ('serial', ctypes.c_ulong), ('send_event', ctypes.c_int), ('display', ctypes.c_void_p),
                    ('owner', ctypes.c_ulong), ('requestor', ctypes.c_ulong), ('selection', ctypes.c_ulong), ('target', ctypes.c_ulong),
                    ('property', ctypes.c_ulong), ('time', ctypes.c_ulong)]

    class Notify(ctypes.Structure):
        _fields_ = [('type', ctypes.c_int), ('serial', ctypes.c_ulong), ('send_event', ctypes.c_int), ('display', ctypes.c_void_p),
                    ('requestor', ctypes.c_ulong), ('selection', ctypes.c_ulong), ('target', ctypes.c_ulong), ('property', ctypes.c_ulong),
                    ('time', ctypes.c_ulong)]

    class Event(ctypes.Union):
        _fields_ = [('type', ctypes.c_int), ('request', Request), ('notify', Notify), ('pad', ctypes.c_long * 24)]

    with open(path, 'rb') as file:
        data = file.read()
    x = ctypes.CDLL(ctypes.util.find_library('X11'))
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XInternAtom.restype = x.XCreateSimpleWindow.restype = x.XDefaultRootWindow.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x.XOpenDisplay(None))

    def atom(name):
        return x.XInternAtom(display, name.encode(), 0)
    clipboard, targets, utf8 = atom('CLIPBOARD'), atom('TARGETS'), atom('UTF8_STRING')
    window = x.XCreateSimpleWindow(display, ctypes.c_ulong(x.XDefaultRootWindow(display)), 0, 0, 1, 1, 0,
                                   ctypes.c_ulong(0), ctypes.c_ulong(0))
    x.XSetSelectionOwner(display, ctypes.c_ulong(clipboard), ctypes.c_ulong(window), ctypes.c_ulong(0))
    event = Event()
    while True:
        x.XNextEvent(display, ctypes.byref(event))
        if event.type == 29:        # SelectionClear
            return
        if event.type != 30:        # SelectionRequest
            continue
        request = event.request
        answer = Event()
        answer.notify = Notify(31, 0, 1, request.display, request.requestor, request.selection, request.target, request.property,
                               request.time)
        if request.target == utf8:
            x.XChangeProperty(display, ctypes.c_ulong(request.requestor), ctypes.c_ulong(request.property), ctypes.c_ulong(utf8),
                              8, 0, data, len(data))
        elif request.target == targets:
            kinds = (ctypes.c_ulong * 2)(targets, utf8)
            x.XChangeProperty(display, ctypes.c_ulong(request.requestor), ctypes.c_ulong(request.property), ctypes.c_ulong(4),
                              32, 0, kinds, 2)
        else:
            answer.notify.property = 0
        x.XSendEvent(display, ctypes.c_ulong(request.requestor), 0, ctypes.c_long(0), ctypes.byref(answer))
        x.XFlush(display)


class Xclip:
    """What programs on a desktop do."""
    def __init__(self, display):
        if not shutil.which('xclip'):
            raise Skip('xclip is not installed')
        self.env = {**os.environ, 'DISPLAY': display}
        self.owners = []

    def copy(self, path):
        # stays there as long as it owns the selection
        program = ['xclip', '-quiet', '-i', '-selection', 'clipboard', '-t', 'UTF8_STRING', path]
        if os.path.getsize(path) > 500000:
            program = [sys.executable, __file__, '--own', path]
        self.owners.append(subprocess.Popen(program, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    def paste(self):
        """None when the owner does not answer; it may when it is asked again."""
        try:
            run = subprocess.run(['xclip', '-o', '-selection', 'clipboard', '-t', 'UTF8_STRING'], env=self.env,
                                 capture_output=True, timeout=10, check=False)
        except subprocess.TimeoutExpired:
            return None
        return run.stdout.decode('utf-8', 'replace')

    def end(self):
        for owner in self.owners:
            if owner.poll() is None:
                owner.terminate()
            owner.wait()


def to_desktop(server, text):
    xclip = Xclip(server.env['VNC_X_DISPLAY'])
    with Files() as files, Client.to(server, *OPTIONS) as client:
        client.expect('clipboard-formats')
        client.command('settext', files.give(text))
        equal(client.expect('text-set', 'text-refused'), 'text-set', 'set_text')
        got = []

        def pasted():
            got[:] = [xclip.paste()]
            return got[0] == text
        eventually(pasted, lambda: 'pasted %s' % short(got[0] or ''))


def from_desktop(server, text):
    xclip = Xclip(server.env['VNC_X_DISPLAY'])
    try:
        with Files() as files, Client.to(server, *OPTIONS) as client:
            client.expect('clipboard-formats')
            xclip.copy(files.give(text))
            client.expect('clipboard-offered 1')
            got = fetch(client, files)
            check(got == text, 'fetched %s', short(got))
    finally:
        xclip.end()


def plain_still_works(server):
    """Without the extension the same server sends cut text."""
    xclip = Xclip(server.env['VNC_X_DISPLAY'])
    try:
        with Files() as files, Client.to(server, *OPTIONS[:2]) as client:
            client.expect('initialized')
            client.shows(server, exactly)        # and so the server knows what the client can do
            xclip.copy(files.give('caf\u00e9'))
            equal(client.expect('cut-text'), 'cut-text 636166e9', 'cut text')
            client.command('settext', files.give('na\u00efve'))
            client.expect('text-set')
            eventually(lambda: xclip.paste() == 'na\u00efve', 'the text arrives on the desktop')
            client.command('settext', files.give('😀'))
            check('U+1F600' in client.expect('text-refused'), 'no word of the character that does not fit')
    finally:
        xclip.end()


def tigervnc(tap):
    # Its own limit is 256 KiB, compressed and not.
    with Server('tigervnc-none', '--arg', '-MaxCutText=16777216') as server:
        for name, text in TEXTS.items():
            tap.case('TigerVNC: %s, to the server' % name, to_desktop, server, text)
            tap.case('TigerVNC: %s, from the server' % name, from_desktop, server, text)
        tap.case('TigerVNC: cut text without the extension', plain_still_works, server)


# ---------------------------------------------------------------- the viewer
def viewer_copies_and_pastes(screen, server, viewer):
    there, here = Xclip(server.env['VNC_X_DISPLAY']), Xclip(screen.env['DISPLAY'])
    try:
        with Files() as files:
            for text in (TEXTS['emoji'], TEXTS['right to left']):
                there.copy(files.give('there ' + text))
                eventually(lambda: here.paste() == 'there ' + text, lambda: 'here is %s' % short(here.paste() or ''))
                viewer.focus()
                here.copy(files.give('here ' + text))
                eventually(lambda: there.paste() == 'here ' + text, lambda: 'there is %s' % short(there.paste() or ''))
    finally:
        there.end()
        here.end()


def viewer(tap):
    screen = Screen()
    try:
        need('xdotool')
        with Server('tigervnc-none') as server:
            def starts_and_ends():
                with Viewer(screen, server, '--no-scale') as viewer:
                    tap.case('the viewer copies and pastes', viewer_copies_and_pastes, screen, server, viewer)
            tap.case('the viewer starts and ends in order', starts_and_ends)
    finally:
        screen.stop()


# ---------------------------------------------------------------- libvncserver
def libvncserver_from(server, text):
    with Files() as files, Client.to(server, *OPTIONS) as client:
        client.expect('clipboard-formats')
        server.ctl('cuttext8', text)
        client.expect('clipboard-offered 1')
        got = fetch(client, files)
        equal(got, text, 'text')


def libvncserver_to(server, text):
    with Files() as files, Client.to(server, *OPTIONS) as client:
        client.expect('clipboard-formats')
        client.command('settext', files.give(text))
        client.expect('text-set')
        eventually(lambda: any(e.startswith('cuttext utf8 ') and bytes.fromhex(e.split()[3]).rstrip(b'\0').replace(b'\r\n', b'\n') == text.encode()
                               for e in server.events()), lambda: 'events %r' % server.events()[-5:])


def libvncserver(tap):
    with Server('libvncserver-none') as server:
        for name in ('emoji', 'right to left'):
            tap.case('libvncserver: %s, from the server' % name, libvncserver_from, server, TEXTS[name].replace('\n', ' '))
            tap.case('libvncserver: %s, to the server' % name, libvncserver_to, server, TEXTS[name])


# ---------------------------------------------------------------- demo server
def demo_from(server, text):
    with Files() as files, Client('--port', server.port, *OPTIONS) as client:
        equal(client.expect('clipboard-formats'), 'clipboard-formats 7', 'formats')
        check(server.command('cuttext8 ' + text), 'the server takes no cuttext8')
        equal(client.expect('clipboard-offered'), 'clipboard-offered 1', 'offer')
        equal(fetch(client, files), text, 'text')


def demo_to(server, text):
    line = 'cuttext utf8 %d %s' % (len(text.replace('\n', '\r\n').encode()), text.replace('\n', '\r\n').encode().hex())
    with Files() as files, Client('--port', server.port, *OPTIONS) as client:
        client.expect('clipboard-formats')
        client.command('settext', files.give(text))
        client.expect('text-set')
        eventually(lambda: line in server.events(), lambda: 'the last of %r' % [e[:60] for e in server.events()])
    check('clipboard-caps 0x1f00000f' in server.events(), 'capabilities of the client: %r', [e[:60] for e in server.events()])


def demo_plain(server):
    """A client without the extension gets and gives cut text."""
    with Client('--port', server.port, *OPTIONS[:2]) as client:
        client.expect('initialized')
        client.command('cuttext', 'plain')
        eventually(lambda: any(e.startswith('cuttext 5 ') for e in server.events()), 'cut text arrives')
        server.command('cuttext8 caf\u00e9 😀')
        equal(client.expect('cut-text'), 'cut-text ' + b'caf\xe9 ?'.hex(), 'cut text')


def demo(tap):
    program = os.environ.get('GVNC_DEMO_SERVER')
    check(program, 'GVNC_DEMO_SERVER names no program')
    with DemoServer(program, '--still', '--size', '160x120') as server:
        for name, text in TEXTS.items():
            tap.case('demo server: %s, to the server' % name, demo_to, server, text)
        for name in ('emoji', 'right to left'):
            tap.case('demo server: %s, from the server' % name, demo_from, server, TEXTS[name].replace('\n', ' '))
        tap.case('demo server: a client without the extension', demo_plain, server)


# ---------------------------------------------------------------- QEMU
def qemu_between(server, text):
    """The guest of these tests has no agent, but QEMU passes text from one of its clients on to the others."""
    with Files() as files, Client.to(server, *OPTIONS) as one, Client.to(server, *OPTIONS) as other:
        for client in (one, other):
            client.expect('clipboard-formats')
        one.command('settext', files.give(text))
        one.expect('text-set')
        other.expect('clipboard-offered 1')
        got = fetch(other, files)
        check(got == text, 'fetched %s', short(got))


def qemu(tap):
    with Server('qemu-ignore-share') as server:
        for name in ('emoji', 'right to left', 'many lines'):
            tap.case('QEMU: %s, from one client to another' % name, qemu_between, server, TEXTS[name])


def main():
    if sys.argv[1:2] == ['--own']:
        return own_selection(sys.argv[2])
    tap = Tap()
    for group in (demo, tigervnc, libvncserver, qemu, viewer):
        try:
            group(tap)
        except Skip as reason:
            tap.say('ok', '%s # SKIP %s' % (group.__name__, ' '.join(str(reason).split())))
    return tap.end()


sys.exit(main())
