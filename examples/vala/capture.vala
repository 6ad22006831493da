/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Saves what a remote desktop shows, without a display: capture HOST PORT FILE.png (password in VNC_PASSWORD) */
class Capture : Object {
  public string? error = "the server has gone too early";
  private MainLoop loop = new MainLoop ();
  private Vnc.Connection connection = new Vnc.Connection ();
  private Vnc.CairoFramebuffer framebuffer;
  private int missing;  /* pixels that have not arrived */
  private string path;
  private string? password = Environment.get_variable ("VNC_PASSWORD");

  public Capture (string path) {
    this.path = path;
    connection.vnc_auth_choose_type.connect (() => {
      connection.set_auth_type (password != null ? Vnc.ConnectionAuth.VNC : Vnc.ConnectionAuth.NONE);
    });
    connection.vnc_auth_credential.connect (() => {
      connection.set_credential (Vnc.ConnectionCredential.PASSWORD, password ?? "");
    });
    connection.vnc_initialized.connect (begin);
    connection.vnc_framebuffer_update.connect (update);
    connection.vnc_error.connect ((message) => {
      error = message;
    });
    connection.vnc_disconnected.connect (() => loop.quit ());
  }

  public void run (string host, string port) {
    connection.open_host (host, port);
    loop.run ();
  }

  private void begin () {
    var width = (uint16) connection.get_width ();
    var height = (uint16) connection.get_height ();

    framebuffer = new Vnc.CairoFramebuffer (width, height, connection.get_pixel_format ());
    missing = width * height;
    connection.set_framebuffer (framebuffer);
    connection.set_encodings ({
      Vnc.ConnectionEncoding.TIGHT,
      Vnc.ConnectionEncoding.ZRLE,
      Vnc.ConnectionEncoding.RAW
    });
    connection.framebuffer_update_request (false, 0, 0, width, height);
  }

  /* A whole update has each pixel once. */
  private void update (int x, int y, int width, int height) {
    missing -= width * height;
    if (missing == 0) {
      framebuffer.get_surface ().write_to_png (path);
      error = null;
      connection.shutdown ();
    }
  }
}

int main (string[] args) {
  if (args.length != 4) {
    printerr ("usage: %s HOST PORT FILE.png\n", args[0]);
    return 2;
  }

  var capture = new Capture (args[3]);
  capture.run (args[1], args[2]);
  if (capture.error == null)
    return 0;
  printerr ("%s\n", capture.error);
  return 1;
}
