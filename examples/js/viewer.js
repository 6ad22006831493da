#!/usr/bin/env gjs
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A window with a remote desktop: viewer.js HOST PORT (password in VNC_PASSWORD)
imports.gi.versions.Gtk = '3.0';
imports.gi.versions.GtkVnc = '2.0';
const {GLib, Gtk, GtkVnc} = imports.gi;
const System = imports.system;

if (ARGV.length !== 2) {
    printerr('usage: viewer.js HOST PORT');
    System.exit(2);
}
Gtk.init(null);

const [host, port] = ARGV;
const window = new Gtk.Window({title: `${host}:${port}`});
const display = new GtkVnc.Display();
let status = 0;
window.add(display);

display.connect('vnc-auth-credential', () => {
    display.set_credential(GtkVnc.DisplayCredential.PASSWORD, GLib.getenv('VNC_PASSWORD') ?? '');
});
display.connect('vnc-initialized', () => {
    window.set_title(display.get_name());
    display.grab_focus();
});
display.connect('vnc-error', (_display, message) => {
    printerr(message);
    status = 1;
});
display.connect('vnc-disconnected', () => Gtk.main_quit());
// The connection is closed first; its end, told by vnc-disconnected, ends the program.
window.connect('delete-event', () => {
    display.close();
    return true;
});

// Returns at once: everything that follows is told by signals.
display.open_host(host, port);
window.show_all();
Gtk.main();
System.exit(status);
