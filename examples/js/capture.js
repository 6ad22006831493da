#!/usr/bin/env gjs
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Saves what a remote desktop shows, without a display: capture.js HOST PORT FILE.png (password in VNC_PASSWORD)
imports.gi.versions.GVnc = '1.0';
imports.gi.versions.GtkVnc = '2.0';
const {GLib, GVnc, GtkVnc} = imports.gi;
const System = imports.system;

if (ARGV.length !== 3) {
    printerr('usage: capture.js HOST PORT FILE.png');
    System.exit(2);
}

const [host, port, path] = ARGV;
const {TIGHT, ZRLE, RAW} = GVnc.ConnectionEncoding;
const password = GLib.getenv('VNC_PASSWORD');
const loop = GLib.MainLoop.new(null, false);
const connection = new GVnc.Connection();
let error = 'the server has gone too early';
let framebuffer = null;
let missing = 0;               // pixels that have not arrived

connection.connect('vnc-auth-choose-type', () => {
    connection.set_auth_type(password ? GVnc.ConnectionAuth.VNC : GVnc.ConnectionAuth.NONE);
});
connection.connect('vnc-auth-credential', () => {
    connection.set_credential(GVnc.ConnectionCredential.PASSWORD, password ?? '');
});
connection.connect('vnc-initialized', () => {
    const [width, height] = [connection.get_width(), connection.get_height()];

    framebuffer = GtkVnc.CairoFramebuffer.new(width, height, connection.get_pixel_format());
    missing = width * height;
    connection.set_framebuffer(framebuffer);
    connection.set_encodings([TIGHT, ZRLE, RAW]);
    connection.framebuffer_update_request(false, 0, 0, width, height);
});
connection.connect('vnc-framebuffer-update', (_connection, x, y, width, height) => {
    // A whole update has each pixel once.
    missing -= width * height;
    if (missing === 0) {
        framebuffer.get_surface().writeToPNG(path);
        error = null;
        connection.shutdown();
    }
});
connection.connect('vnc-error', (_connection, message) => {
    error = message;
});
connection.connect('vnc-disconnected', () => loop.quit());

connection.open_host(host, port);
loop.run();
if (error !== null) {
    printerr(error);
    System.exit(1);
}
