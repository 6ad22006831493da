#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A window with a remote desktop: viewer.py HOST PORT (password in VNC_PASSWORD)"""
import os
import sys
import gi
gi.require_version('Gtk', '3.0')
gi.require_version('GtkVnc', '2.0')
from gi.repository import Gtk, GtkVnc  # noqa: E402


class Viewer(Gtk.Window):
    def __init__(self, host, port):
        super().__init__(title=f'{host}:{port}')
        self.error = None
        self.display = GtkVnc.Display()
        self.add(self.display)

        self.display.connect('vnc-auth-credential', self.on_credential)
        self.display.connect('vnc-initialized', self.on_initialized)
        self.display.connect('vnc-error', self.on_error)
        self.display.connect('vnc-disconnected', Gtk.main_quit)
        # The connection is closed first; its end, told by vnc-disconnected, ends the program.
        self.connect('delete-event', lambda *_: self.display.close() or True)

        # Returns at once: everything that follows is told by signals.
        self.display.open_host(host, port)
        self.show_all()

    def on_credential(self, display, wanted):
        display.set_credential(GtkVnc.DisplayCredential.PASSWORD, os.environ.get('VNC_PASSWORD', ''))

    def on_initialized(self, display):
        self.set_title(display.get_name())
        display.grab_focus()

    def on_error(self, _display, message):
        self.error = message


if len(sys.argv) != 3:
    sys.exit(__doc__)
viewer = Viewer(*sys.argv[1:])
Gtk.main()
sys.exit(viewer.error)
