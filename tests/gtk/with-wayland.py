#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs a test program on a Wayland compositor of its own, sway without a screen: with-wayland.py PROGRAM [ARGUMENT …]

Without sway the test is skipped and says so, as TAP. sway refuses to run as root, and is run as nobody then.
"""

import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

NOBODY = 65534
PATIENCE_S = 20


def skip(reason):
    print("1..0 # SKIP " + reason)
    return 0


def main():
    if shutil.which("sway") is None:
        return skip("sway is not installed (package sway)")

    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "config")
        with open(config, "w", encoding="utf-8") as file:
            file.write("xwayland disable\ndefault_border none\noutput HEADLESS-1 resolution 400x300\n")
        command = ["sway", "-c", config]
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
            command = ["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups"] + command
        environment = dict(os.environ, XDG_RUNTIME_DIR=folder, HOME=folder, WLR_BACKENDS="headless",
                           WLR_LIBINPUT_NO_DEVICES="1", WLR_RENDERER="pixman")
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "SWAYSOCK", "LD_LIBRARY_PATH"):
            environment.pop(name, None)
        with open(os.path.join(folder, "log"), "wb") as log:
            compositor = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                          start_new_session=True)
        try:
            end, sockets = time.monotonic() + PATIENCE_S, []
            while not sockets and compositor.poll() is None and time.monotonic() < end:
                time.sleep(0.05)
                sockets = [path for path in glob.glob(os.path.join(folder, "wayland-*")) if not path.endswith(".lock")]
            if not sockets:
                with open(os.path.join(folder, "log"), encoding="utf-8", errors="replace") as log:
                    lines = log.read().strip().splitlines()
                return skip("sway does not start here: " + (lines[-1] if lines else "no message"))
            environment = dict(os.environ, XDG_RUNTIME_DIR=folder, WAYLAND_DISPLAY=os.path.basename(sockets[0]),
                               GDK_BACKEND="wayland", NO_AT_BRIDGE="1", GTK_THEME="Adwaita", GSETTINGS_BACKEND="memory")
            environment.pop("DISPLAY", None)
            return subprocess.call(sys.argv[1:], env=environment)
        finally:
            if compositor.poll() is None:
                os.killpg(compositor.pid, signal.SIGTERM)
            compositor.wait()


sys.exit(main())
