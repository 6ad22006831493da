/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A window with a remote desktop: viewer HOST PORT (password in VNC_PASSWORD) */
class Viewer : Gtk.Window {
  public string? error;
  private Vnc.Display display = new Vnc.Display ();

  public Viewer (string host, string port) {
    Object (title: @"$host:$port");
    add (display);

    display.vnc_auth_credential.connect (() => {
      display.set_credential (Vnc.DisplayCredential.PASSWORD, Environment.get_variable ("VNC_PASSWORD") ?? "");
    });
    display.vnc_initialized.connect (() => {
      title = display.connection.get_name ();
      display.grab_focus ();
    });
    display.vnc_error.connect ((message) => {
      error = message;
    });
    display.vnc_disconnected.connect (Gtk.main_quit);

    /* Returns at once: everything that follows is told by signals. */
    display.open_host (host, port);
  }

  /* The connection is closed first; its end, told by vnc-disconnected, ends the program. */
  public override bool delete_event (Gdk.EventAny event) {
    display.close ();
    return true;
  }
}

int main (string[] args) {
  Gtk.init (ref args);
  if (args.length != 3) {
    printerr ("usage: %s HOST PORT\n", args[0]);
    return 2;
  }

  var viewer = new Viewer (args[1], args[2]);
  viewer.show_all ();
  Gtk.main ();
  if (viewer.error == null)
    return 0;
  printerr ("%s\n", viewer.error);
  return 1;
}
