# SPDX-License-Identifier: LGPL-2.1-or-later
"""Cases named by the statement they test, and what they have in common.

    @case('O4')
    def opens(): …

A program of cases is run as PROGRAM [--list] [--original] [ID …] and prints TAP. A warning or critical that any library logs
during a case fails it. With --original only cases of statements are run that gtk-vnc 1.3.1 keeps too (no F in their id),
for use with that library's files: a case that fails there says something wrong about what applications know.
"""
import os
import re
import sys
import tempfile
import traceback

try:
    import gi
    gi.require_version('GVnc', '1.0')
    from gi.repository import GLib, GVnc
except (ImportError, ValueError) as missing:
    print('1..0 # SKIP the bindings of Python are missing (package python3-gi): %s' % missing)
    sys.exit(0)

import rfb  # noqa: E402

CASES = []
ORIGINAL = '--original' in sys.argv
LOGGED = re.compile(r'-(WARNING|CRITICAL) \*\*|^\*\* \((WARNING|CRITICAL)|-(Warning|CRITICAL|ERROR) \*\*', re.M)

# gtk-vnc 1.3.1's introspection data has a number that the bindings choke on once.
try:
    GVnc.ConnectionAuth.NONE
except ValueError:
    pass

CONNECTION_SIGNALS = [
    'vnc-connected', 'vnc-initialized', 'vnc-disconnected', 'vnc-error', 'vnc-auth-failure', 'vnc-auth-unsupported',
    'vnc-auth-choose-type', 'vnc-auth-choose-subtype', 'vnc-auth-credential', 'vnc-cursor-changed', 'vnc-pointer-mode-changed',
    'vnc-bell', 'vnc-server-cut-text', 'vnc-framebuffer-update', 'vnc-desktop-resize', 'vnc-desktop-rename',
    'vnc-pixel-format-changed', 'vnc-led-state', 'vnc-power-control-initialized', 'vnc-power-control-failed']
DISPLAY_SIGNALS = [
    'vnc-connected', 'vnc-initialized', 'vnc-disconnected', 'vnc-error', 'vnc-auth-failure', 'vnc-auth-unsupported',
    'vnc-auth-credential', 'vnc-desktop-resize', 'vnc-desktop-rename', 'vnc-server-cut-text', 'vnc-bell', 'vnc-pointer-grab',
    'vnc-pointer-ungrab', 'vnc-keyboard-grab', 'vnc-keyboard-ungrab', 'vnc-power-control-initialized', 'vnc-power-control-failed']


def case(*ids, original=True):
    """original=False: gtk-vnc 1.3.1 does not do this, though the statement is kept."""
    def add(function):
        CASES.append((ids, function, original and not any('F' in i for i in ids)))
        return function
    return add


def equal(got, due):
    assert got == due, 'it is %r in place of %r' % (got, due)


def argument(value):
    if isinstance(value, GLib.Error):
        return value.message
    if hasattr(value, 'n_values'):
        return [int(value.get_nth(i)) for i in range(value.n_values)]
    return value


class Watch:
    """What an object tells, in order: a list of (signal, argument …). Handlers of the test run after the note."""

    def __init__(self, thing, signals, **handlers):
        self.thing = thing
        self.log = []
        for name in signals:
            thing.connect(name, self.note, name, handlers.get(name[4:].replace('-', '_')))

    def note(self, thing, *rest):
        *arguments, name, handler = rest
        self.log.append((name, *map(argument, arguments)))
        if handler is not None:
            handler(*map(argument, arguments))

    def names(self, *of):
        """All names, without vnc-; or only those asked for."""
        names = [entry[0][4:] for entry in self.log]
        return [n for n in names if not of or n in of]

    def arguments(self, name):
        """Of the first such signal."""
        return next(entry[1:] for entry in self.log if entry[0] == 'vnc-' + name)

    def wait(self, name, count=1):
        rfb.wait(lambda: self.names().count(name) >= count, name)

    def clear(self):
        del self.log[:]


class Conn(Watch):
    """A VncConnection with its signals noted. It takes the first security type that is offered, unless told otherwise."""

    def __init__(self, choose=True, **handlers):
        conn = GVnc.Connection.new()
        if choose:
            handlers.setdefault('auth_choose_type', lambda types: conn.set_auth_type(types[0]))
        super().__init__(conn, CONNECTION_SIGNALS, **handlers)
        self.conn = conn

    def serve(self, server=None, **how):
        """Opens a whole session."""
        server = server or rfb.Server()
        assert self.conn.open_fd(server.fd)
        server.open(**how)
        self.wait('initialized')
        return server

    def mark(self, server):
        """What the client has sent so far, as lines: it sends in order, so all of it comes before this key."""
        self.conn.key_event(True, 0xabcdef, 0)
        return server.skip_to('key 1 0xabcdef')


def run_one(name, function, stderr):
    """An exception's text when it fails, or None."""
    start = os.fstat(stderr.fileno()).st_size
    why = None
    try:
        function()
    except Exception:  # noqa: B902, whatever it is
        why = traceback.format_exc()
    sys.stderr.flush()
    with open(stderr.name, encoding='utf-8', errors='replace') as f:
        f.seek(start)
        said = f.read()
    # An exception in a handler is printed by the bindings and goes no further.
    if why is None and ('Traceback' in said or LOGGED.search(said) and not ORIGINAL):
        why = said
    elif why is not None:
        why += said
    return why


def main():
    if '--list' in sys.argv:
        for ids, _, _ in CASES:
            print('/behaviour/' + ','.join(ids))
        return 0
    wanted = {a for a in sys.argv[1:] if not a.startswith('--')}
    cases = [(i, f) for i, f, original in CASES if (not wanted or wanted & set(i)) and (original or not ORIGINAL)]
    stderr = tempfile.NamedTemporaryFile('w')
    os.dup2(stderr.fileno(), 2)
    print('1..%d' % len(cases), flush=True)
    failed = 0
    for number, (ids, function) in enumerate(cases, 1):
        name = '/behaviour/' + ','.join(ids)
        why = run_one(name, function, stderr)
        if why is None:
            print('ok %d %s' % (number, name), flush=True)
            continue
        failed += 1
        for line in why.rstrip().splitlines():
            print('# ' + line)
        print('not ok %d %s' % (number, name), flush=True)
    return 1 if failed else 0
