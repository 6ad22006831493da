/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The calls of GNOME Connections and Boxes in their own language, so that what the Vala packages declare is what such programs are
 * written against: sound is prepared before there is a connection, credentials are set before opening and may be null, a session that
 * lacks them is closed inside of vnc-auth-credential and opened again on the same widget, and scaling is set at every allocation.
 *
 *     like-connections HOST PORT
 */
void tell (string words) {
  stdout.printf ("%s\n", words);
  stdout.flush ();
}

class Connections : Gtk.Window {
  private string host;
  private string port;
  private string? username;
  private string? password;
  private bool closing;
  private Gtk.Window hidden = new Gtk.Window ();
  private Vnc.Display display = new Vnc.Display ();
  private Vnc.AudioFormat format = new Vnc.AudioFormat ();

  public Connections (string host, string port) {
    Object (title: "Connections - connecting");
    this.host = host;
    this.port = port;
    set_default_size (640, 480);
    hidden.add (display);
    display.realize ();

    display.set_keyboard_grab (true);
    display.set_pointer_grab (true);
    display.set_force_size (false);
    display.set_scaling (true);
    format.format = (uint8) Vnc.AudioFormatType.S16;
    format.nchannels = 2;
    format.frequency = 44100;
    Vnc.Connection connection = display.get_connection ();
    connection.set_audio_format (format);
#if HAVE_GVNCPULSE
    connection.set_audio (new Vnc.AudioPulse ());
#endif
    connection.audio_enable ();

    display.size_allocate.connect (() => {
      display.set_scaling (display.get_scaling ());
    });
    display.vnc_auth_credential.connect (on_credential);
    display.vnc_auth_failure.connect ((reason) => {
      tell (@"vnc-auth-failure: $reason");
    });
    display.vnc_error.connect ((message) => {
      tell (@"vnc-error: $message");
    });
    display.vnc_server_cut_text.connect ((text) => {
      tell (@"vnc-server-cut-text: $text");
    });
    display.vnc_initialized.connect (() => {
      tell (@"vnc-initialized: $(display.get_width ())×$(display.get_height ())");
      if (display.get_parent () == hidden) {
        hidden.remove (display);
        add (display);
      }
      title = "Connections - a machine";
      display.set_pointer_local (display.get_pointer_local ());
      display.show ();
      display.grab_focus ();
    });
    display.vnc_disconnected.connect (() => {
      tell ("vnc-disconnected, %s".printf (display.get_pixbuf () == null ? "no picture" : "a picture"));
      title = "Connections - disconnected";
      if (closing)
        Gtk.main_quit ();
    });
    delete_event.connect (() => {
      closing = true;
      if (display.is_open ())
        display.close ();
      else
        Gtk.main_quit ();
      return true;
    });
  }

  public void connect_it () {
    display.set_credential (Vnc.DisplayCredential.USERNAME, username);
    display.set_credential (Vnc.DisplayCredential.PASSWORD, password);
    display.set_credential (Vnc.DisplayCredential.CLIENTNAME, "connections");
    display.open_host (host, port);
  }

  private void on_credential (ValueArray list) {
    bool wants_username = false;
    bool wants_password = false;

    foreach (var value in list.values) {
      switch ((Vnc.DisplayCredential) value.get_enum ()) {
      case Vnc.DisplayCredential.USERNAME:
        wants_username = username == null;
        break;
      case Vnc.DisplayCredential.PASSWORD:
        wants_password = password == null;
        break;
      default:
        break;
      }
    }
    if (!wants_username && !wants_password)
      return;
    display.close ();

    var question = new Gtk.Dialog.with_buttons ("Authentication required", null, Gtk.DialogFlags.MODAL, "_Log in", Gtk.ResponseType.OK);
    var name = new Gtk.Entry () { activates_default = true };
    var word = new Gtk.Entry () { activates_default = true, visibility = false };

    question.set_default_response (Gtk.ResponseType.OK);
    if (wants_username)
      question.get_content_area ().add (name);
    question.get_content_area ().add (word);
    question.response.connect (() => {
      if (wants_username)
        username = name.text;
      password = word.text;
      question.destroy ();
      connect_it ();
    });
    question.show_all ();
  }

  public void obey (string command, string argument) {
    switch (command) {
    case "save":
      var picture = display.get_pixbuf ();
      try {
        if (picture != null && picture.save (argument, "png"))
          tell ("saved");
      } catch (Error error) {
        tell (error.message);
      }
      break;
    case "key":
      display.send_keys ({ Gdk.keyval_from_name (argument) });
      tell (@"sent $argument");
      break;
    case "read-only":
      display.set_read_only (argument == "on");
      tell ("read-only %s".printf (display.get_read_only () ? "on" : "off"));
      break;
    case "copy":
      display.client_cut_text (argument);
      break;
    default:
      break;
    }
  }
}

int main (string[] args) {
  Gtk.init (ref args);
  if (args.length != 3)
    return 2;

  var connections = new Connections (args[1], args[2]);
  var commands = new IOChannel.unix_new (0);

  commands.add_watch (IOCondition.IN | IOCondition.HUP, (channel) => {
    string line;
    try {
      if (channel.read_line (out line, null, null) != IOStatus.NORMAL)
        return false;
    } catch (Error error) {
      return false;
    }
    var words = line.strip ().split (" ", 2);
    connections.obey (words[0], words[1]);
    return true;
  });
  connections.show ();
  connections.connect_it ();
  Gtk.main ();
  return 0;
}
