# SPDX-License-Identifier: LGPL-2.1-or-later
"""A VncDisplay in a window, a session with a scripted server, and the events that a person would make."""
import gi
gi.require_version('Gtk', '3.0')
gi.require_version('Gdk', '3.0')
gi.require_version('GtkVnc', '2.0')
from gi.repository import Gdk, Gtk, GtkVnc  # noqa: E402

import rfb  # noqa: E402
from case import DISPLAY_SIGNALS, Watch  # noqa: E402

PSEUDO_NAME, PSEUDO_EXT_SIZE, PSEUDO_SIZE, PSEUDO_LAST = -307, -308, -223, -224
PSEUDO_POINTER, PSEUDO_KEYS, PSEUDO_AUDIO, PSEUDO_LED = -257, -258, -259, -261
LETTERS = {'a': 38, 'b': 56, 'c': 54, 'Shift_L': 50, 'Control_L': 37, 'Alt_L': 64, 'Up': 111, 'Delete': 119, 'Super_L': 133,
           'KP_Enter': 104, 'Control_R': 105, 'Pause': 127, 'Print': 107, 'Num_Lock': 77}


class Display(Watch):
    """The window has no manager, so it has the size that it is told, or that the widget asks for."""

    def __init__(self, size=(800, 600), window=True, show=True, **handlers):
        self.widget = GtkVnc.Display.new()
        super().__init__(self.widget, DISPLAY_SIGNALS, **handlers)
        self.conn = self.widget.get_connection()
        self.window = self.server = None
        self.size = (400, 300)
        if window:
            self.window = Gtk.Window(type=Gtk.WindowType.POPUP)
            self.window.set_default_size(*size)
            self.window.add(self.widget)
            if show:
                self.show()

    def show(self):
        self.window.show_all()
        self.widget.grab_focus()
        rfb.wait(lambda: self.widget.get_window() is not None and self.widget.get_window().is_viewable(), 'the window')
        rfb.settle(20)

    def serve(self, width=400, height=300, **how):
        """Opens a session, until a first pixel was sent and answered: `greeting` is what came until the full request, `said_since`
        what came after it. gtk-vnc 1.3.1 asks for all again and again until it has a pixel."""
        self.begin(width, height, **how)
        self.greeting = self.server.skip_to('request 0 0 0 %d %d' % (width, height))
        bpp = int(self.greeting[0].split()[1])
        self.said_since = self.update(rfb.rect(0, 0, 1, 1, 0, bytes(bpp // 8)))
        return self.server

    def begin(self, width=400, height=300, **how):
        self.server = rfb.Server()
        self.size = (width, height)
        count = self.names().count('initialized')
        assert self.widget.open_fd(self.server.fd)
        self.server.open(width=width, height=height, **how)
        self.wait('initialized', count + 1)

    def update(self, *rects, extra=b''):
        """Sends an update; gives what the client sent before its answer to it."""
        self.server.send(rfb.update(*rects) + extra)
        return self.server.skip_to('request 1 0 0 %d %d' % self.size)

    def said(self):
        """What the client has sent so far: it answers an update in order."""
        return self.update(rfb.rect(0, 0, 0, 0, PSEUDO_NAME, rfb.text(b'echo')))

    def expect_said(self, *lines):
        got = self.said()
        assert got == list(lines), 'the client sent %r in place of %r' % (got, list(lines))

    def fill(self, colour=0x336699):
        """One colour on the whole desktop."""
        width, height = self.size
        self.update(rfb.rect(0, 0, width, height, 0, colour.to_bytes(4, 'little') * (width * height)))

    def picture(self):
        """What is on the screen now."""
        rfb.settle(20)
        window = self.widget.get_window()
        return Gdk.pixbuf_get_from_window(window, 0, 0, window.get_width(), window.get_height())

    def destroy(self):
        if self.window is not None:
            self.window.destroy()

    # --- events
    def event(self, kind):
        event = Gdk.Event.new(kind)
        window = self.widget.get_window()
        seat = window.get_display().get_default_seat()
        event.any.window = window
        event.any.send_event = True
        keys = kind in (Gdk.EventType.KEY_PRESS, Gdk.EventType.KEY_RELEASE)
        event.set_device(seat.get_keyboard() if keys else seat.get_pointer())
        return event

    def key(self, down, name, keysym=None):
        event = self.event(Gdk.EventType.KEY_PRESS if down else Gdk.EventType.KEY_RELEASE)
        event.key.hardware_keycode = LETTERS[name] if isinstance(name, str) else name
        event.key.keyval = Gdk.keyval_from_name(name) if keysym is None else keysym
        self.widget.event(event)

    def motion(self, x, y, dx=None, dy=None):
        event = self.event(Gdk.EventType.MOTION_NOTIFY)
        event.motion.x = event.motion.x_root = x
        event.motion.y = event.motion.y_root = y
        self.widget.event(event)

    def button(self, down, number, x=400, y=300):
        event = self.event(Gdk.EventType.BUTTON_PRESS if down else Gdk.EventType.BUTTON_RELEASE)
        event.button.button = number
        event.button.x = event.button.x_root = x
        event.button.y = event.button.y_root = y
        self.widget.event(event)

    def click(self, number=1, x=400, y=300):
        self.button(True, number, x, y)
        self.button(False, number, x, y)

    def scroll(self, direction, x=400, y=300):
        event = self.event(Gdk.EventType.SCROLL)
        event.scroll.direction = direction
        event.scroll.x, event.scroll.y = x, y
        self.widget.event(event)

    def crossing(self, enter):
        event = self.event(Gdk.EventType.ENTER_NOTIFY if enter else Gdk.EventType.LEAVE_NOTIFY)
        event.crossing.mode = Gdk.CrossingMode.NORMAL
        event.crossing.detail = Gdk.NotifyType.NONLINEAR
        self.widget.event(event)

    def focus(self, inside):
        event = self.event(Gdk.EventType.FOCUS_CHANGE)
        event.focus_change.in_ = inside
        self.widget.send_focus_change(event)
