#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Saves what a remote desktop shows, without a display: capture.py HOST PORT FILE.png (password in VNC_PASSWORD)"""
import os
import sys
import gi
gi.require_version('GVnc', '1.0')
gi.require_version('GtkVnc', '2.0')
from gi.repository import GLib, GtkVnc, GVnc  # noqa: E402

ENCODINGS = [GVnc.ConnectionEncoding.TIGHT, GVnc.ConnectionEncoding.ZRLE, GVnc.ConnectionEncoding.RAW]


class Capture:
    def __init__(self, path):
        self.path = path
        self.password = os.environ.get('VNC_PASSWORD')
        self.missing = None        # pixels that have not arrived
        self.error = 'the server has gone too early'
        self.loop = GLib.MainLoop()
        self.connection = GVnc.Connection()
        self.connection.connect('vnc-auth-choose-type', self.on_choose_type)
        self.connection.connect('vnc-auth-credential', self.on_credential)
        self.connection.connect('vnc-initialized', self.on_initialized)
        self.connection.connect('vnc-framebuffer-update', self.on_update)
        self.connection.connect('vnc-error', self.on_error)
        self.connection.connect('vnc-disconnected', lambda _: self.loop.quit())

    def run(self, host, port):
        self.connection.open_host(host, port)
        self.loop.run()
        return self.error

    def on_choose_type(self, connection, types):
        connection.set_auth_type(GVnc.ConnectionAuth.VNC if self.password else GVnc.ConnectionAuth.NONE)

    def on_credential(self, connection, wanted):
        connection.set_credential(GVnc.ConnectionCredential.PASSWORD, self.password)

    def on_initialized(self, connection):
        width, height = connection.get_width(), connection.get_height()
        self.framebuffer = GtkVnc.CairoFramebuffer.new(width, height, connection.get_pixel_format())
        self.missing = width * height
        connection.set_framebuffer(self.framebuffer)
        connection.set_encodings(ENCODINGS)
        connection.framebuffer_update_request(False, 0, 0, width, height)

    def on_update(self, connection, x, y, width, height):
        # A whole update has each pixel once.
        self.missing -= width * height
        if self.missing == 0:
            self.framebuffer.get_surface().write_to_png(self.path)
            self.error = None
            connection.shutdown()

    def on_error(self, _connection, message):
        self.error = message


if len(sys.argv) != 4:
    sys.exit(__doc__)
sys.exit(Capture(sys.argv[3]).run(*sys.argv[1:3]))
