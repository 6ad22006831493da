#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Presses and releases keys of a virtual keyboard on the compositor of WAYLAND_DISPLAY: wayland-keys.py CODE …

The keyboard is there at once, its keys are pressed after a line has come on standard input: what a client does not listen to yet is
lost. CODE is a number of linux/input-event-codes.h. The compositor must have the protocol virtual-keyboard-unstable-v1, as those
made with wlroots have. Only what is needed of the wire format is here: it has a header of object, size and opcode, then
numbers and strings of 32-bit words in the order of the host.
"""

import array
import os
import socket
import struct
import sys
import tempfile
import time

KEYMAP = b"""xkb_keymap {
  xkb_keycodes { include "evdev+aliases(qwerty)" };
  xkb_types { include "complete" };
  xkb_compat { include "complete" };
  xkb_symbols { include "pc+us+inet(evdev)" };
};\0"""

DISPLAY = 1


class Wire:
    def __init__(self):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(20)
        self.socket.connect(os.path.join(os.environ["XDG_RUNTIME_DIR"], os.environ["WAYLAND_DISPLAY"]))
        self.last = DISPLAY

    def new(self):
        """A number for an object: the next one, as the compositor wants it."""
        self.last += 1
        return self.last

    def send(self, target, opcode, payload=b"", file=None):
        message = struct.pack("=II", target, (8 + len(payload)) << 16 | opcode) + payload
        extra = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [file]))] if file is not None else []
        self.socket.sendmsg([message], extra)

    def read(self, n):
        data = b""
        while len(data) < n:
            piece = self.socket.recv(n - len(data))
            if not piece:
                sys.exit("the compositor has closed the connection")
            data += piece
        return data

    def roundtrip(self):
        """What comes until everything before is done: lists of target, opcode and payload."""
        callback, events = self.new(), []
        self.send(DISPLAY, 0, struct.pack("=I", callback))
        while True:
            target, head = struct.unpack("=II", self.read(8))
            payload = self.read((head >> 16) - 8)
            if target == DISPLAY and head & 0xffff == 0:
                sys.exit("the compositor reports an error: %r" % payload)
            if target == callback:
                return events
            events.append((target, head & 0xffff, payload))


def text(value):
    data = value.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + b"\0" * (-len(data) % 4)


def main():
    wire = Wire()
    registry = wire.new()
    wire.send(DISPLAY, 1, struct.pack("=I", registry))
    names = {}
    for target, opcode, payload in wire.roundtrip():
        if target == registry and opcode == 0:
            name, length = struct.unpack_from("=II", payload)
            names[payload[8:8 + length - 1].decode()] = name
    bound = []
    for interface in ("wl_seat", "zwp_virtual_keyboard_manager_v1"):
        if interface not in names:
            sys.exit("the compositor has no %s" % interface)
        bound.append(wire.new())
        wire.send(registry, 0, struct.pack("=I", names[interface]) + text(interface) + struct.pack("=II", 1, bound[-1]))
    seat, manager = bound
    keyboard = wire.new()
    wire.send(manager, 0, struct.pack("=II", seat, keyboard))
    with tempfile.TemporaryFile() as keymap:
        keymap.write(KEYMAP)
        keymap.flush()
        wire.send(keyboard, 0, struct.pack("=II", 1, len(KEYMAP)), keymap.fileno())
        wire.roundtrip()
    sys.stdin.readline()
    for code in sys.argv[1:]:
        for state in (1, 0):
            wire.send(keyboard, 1, struct.pack("=III", int(time.monotonic() * 1000) & 0xffffffff, int(code), state))
    wire.roundtrip()
    # The keyboard goes with the connection, and the client's focus with it: not before it has read everything.
    sys.stdin.read()


main()
