#!/usr/bin/env perl
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# A window with a remote desktop: viewer.pl HOST PORT (password in VNC_PASSWORD)
use strict;
use warnings;
use Gtk3 -init;

# Registers the GValueArray that some signals have; everything else of it is there already.
Glib::Object::Introspection->setup (basename => 'GObject', version => '2.0', package => 'Glib');
Glib::Object::Introspection->setup (basename => 'GVnc', version => '1.0', package => 'GVnc');
Glib::Object::Introspection->setup (basename => 'GtkVnc', version => '2.0', package => 'GtkVnc');

die "usage: $0 HOST PORT\n" unless @ARGV == 2;
my ($host, $port) = @ARGV;
my $error;

my $window = Gtk3::Window->new ('toplevel');
my $display = GtkVnc::Display->new;
$window->set_title ("$host:$port");
$window->add ($display);

$display->signal_connect ('vnc-auth-credential' => sub {
  $display->set_credential (0, $ENV{VNC_PASSWORD} // '');  # 0 is the password
});
$display->signal_connect ('vnc-initialized' => sub {
  $window->set_title ($display->get_name);
  $display->grab_focus;
});
$display->signal_connect ('vnc-error' => sub { $error = $_[1] });
$display->signal_connect ('vnc-disconnected' => sub { Gtk3->main_quit });
# The connection is closed first; its end, told by vnc-disconnected, ends the program.
$window->signal_connect ('delete-event' => sub { $display->close; 1 });

# Returns at once: everything that follows is told by signals.
$display->open_host ($host, $port);
$window->show_all;
Gtk3->main;
die "$error\n" if defined $error;
