#!/usr/bin/env perl
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Saves what a remote desktop shows, without a display: capture.pl HOST PORT FILE.png (password in VNC_PASSWORD)
use strict;
use warnings;
use Cairo::GObject;
use Glib::Object::Introspection;

# Registers the GValueArray that some signals have; everything else of it is there already.
Glib::Object::Introspection->setup (basename => 'GObject', version => '2.0', package => 'Glib');
Glib::Object::Introspection->setup (basename => 'GVnc', version => '1.0', package => 'GVnc');
Glib::Object::Introspection->setup (basename => 'GtkVnc', version => '2.0', package => 'GtkVnc');

die "usage: $0 HOST PORT FILE.png\n" unless @ARGV == 3;
my ($host, $port, $path) = @ARGV;
my @encodings = (7, 16, 0);  # Tight, ZRLE, Raw
my $password = $ENV{VNC_PASSWORD};
my $error = 'the server has gone too early';
my $missing;                 # pixels that have not arrived
my $framebuffer;

my $loop = Glib::MainLoop->new;
my $connection = GVnc::Connection->new;
$connection->signal_connect ('vnc-auth-choose-type' => sub {
  $connection->set_auth_type (defined $password ? 2 : 1);  # VNC authentication or none
});
$connection->signal_connect ('vnc-auth-credential' => sub {
  $connection->set_credential (0, $password // '');        # 0 is the password
});
$connection->signal_connect ('vnc-initialized' => sub {
  my ($width, $height) = ($connection->get_width, $connection->get_height);

  $framebuffer = GtkVnc::CairoFramebuffer->new ($width, $height, $connection->get_pixel_format);
  $missing = $width * $height;
  $connection->set_framebuffer ($framebuffer);
  $connection->set_encodings (\@encodings);
  $connection->framebuffer_update_request (0, 0, 0, $width, $height);
});
$connection->signal_connect ('vnc-framebuffer-update' => sub {
  my (undef, $x, $y, $width, $height) = @_;

  # A whole update has each pixel once.
  $missing -= $width * $height;
  if ($missing == 0) {
    $framebuffer->get_surface->write_to_png ($path);
    undef $error;
    $connection->shutdown;
  }
});
$connection->signal_connect ('vnc-error' => sub { $error = $_[1] });
$connection->signal_connect ('vnc-disconnected' => sub { $loop->quit });

$connection->open_host ($host, $port);
$loop->run;
die "$error\n" if defined $error;
