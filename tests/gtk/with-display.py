#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs a test program on an X server of its own, without a window manager:

    with-display.py [--scale N] PROGRAM [ARGUMENT …]

Without Xvfb the test is skipped and says so, as TAP.
"""

import os
import shutil
import subprocess
import sys


def main():
    program, scale = sys.argv[1:], "1"
    if program[0] == "--scale":
        scale, program = program[1], program[2:]
    if shutil.which("Xvfb") is None:
        print("1..0 # SKIP Xvfb is not installed (package xvfb)")
        return 0

    read_end, write_end = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1024x768x24",
                               "-nolisten", "tcp", "-noreset"],
                              pass_fds=[write_end], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write_end)
    try:
        with os.fdopen(read_end) as display:
            number = display.readline().strip()
        if not number:
            print("1..0 # SKIP Xvfb does not start here")
            return 0
        environment = dict(os.environ, DISPLAY=":" + number, GDK_BACKEND="x11", GDK_SCALE=scale, NO_AT_BRIDGE="1",
                           GTK_THEME="Adwaita", GSETTINGS_BACKEND="memory")
        environment.pop("WAYLAND_DISPLAY", None)
        environment.pop("XAUTHORITY", None)
        return subprocess.call(program, env=environment)
    finally:
        server.terminate()
        server.wait()


sys.exit(main())
