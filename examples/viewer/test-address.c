/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "address.h"

#include <string.h>

/* Either error, or where the text leads: a host and port, or a path, the one of a WebSocket with its query. */
typedef struct {
  const char *text;
  const char *host;
  guint16 port;
  const char *shown;
  const char *scheme;           /* NULL: vnc */
  const char *path;
  const char *ssh_host;
  const char *repeater;
  const char *username;
  const char *password;
  const char *security;
  GvncAddressAnswer read_only;
  GvncAddressAnswer shared;
  const char *title;
  const char *error;
} AddressRow;

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static const AddressRow address_rows[] = {
  { "localhost", "localhost", 5900, "localhost" },
  { "  vm.example.org\n", "vm.example.org", 5900, "vm.example.org" },
  { "vm:0", "vm", 5900, "vm" },
  { "vm:1", "vm", 5901, "vm:1" },
  { "vm:99", "vm", 5999, "vm:99" },
  { "vm:100", "vm", 6000, "vm::6000" },
  { "vm:5899", "vm", 11799, "vm::11799" },
  { "vm:5900", "vm", 5900, "vm" },
  { "vm:5907", "vm", 5907, "vm:7" },
  { "vm:65535", "vm", 65535, "vm::65535" },
  { "vm::5901", "vm", 5901, "vm:1" },
  { "vm::1", "vm", 1, "vm::1" },
  { "vm::6000", "vm", 6000, "vm::6000" },
  { ":3", "localhost", 5903, "localhost:3" },
  { "127.0.0.1:2", "127.0.0.1", 5902, "127.0.0.1:2" },
  { "::1", "::1", 5900, "::1" },
  { "[::1]", "::1", 5900, "::1" },
  { "[::1]:1", "::1", 5901, "[::1]:1" },
  { "[2001:db8::7]::7000", "2001:db8::7", 7000, "[2001:db8::7]::7000" },
  { "2001:db8::7", "2001:db8::7", 5900, "2001:db8::7" },
  { "bücher.example", "xn--bcher-kva.example", 5900, "xn--bcher-kva.example" },

  { "/run/vm/vnc.sock", NULL, 0, "/run/vm/vnc.sock", "vnc+unix", "/run/vm/vnc.sock" },
  { "/run/a:1", NULL, 0, "/run/a:1", "vnc+unix", "/run/a:1" },
  { "/run/per cent%20?#ä", NULL, 0, "/run/per cent%20?#ä", "vnc+unix", "/run/per cent%20?#ä" },
  { "vnc+unix:///run/vm/my%20vnc", NULL, 0, "/run/vm/my vnc", "vnc+unix", "/run/vm/my vnc" },
  { "/a/very/long/path/a/very/long/path/a/very/long/path/a/very/long/path/a/very/long/path/a/very/long/path/socket",
    .error = "*too long*107 bytes*" },
  { "vnc+unix:///a/very/long/path/a/very/long/path/a/very/long/path/a/very/long/path/a/very/long/path/a/very/long/path/a/very/long/path",
    .error = "*too long*107 bytes*" },

  { "vnc://vm", "vm", 5900, "vm" },
  { "VNC://vm/", "vm", 5900, "vm" },
  { "vnc://vm:1", "vm", 1, "vm::1" },
  { "vnc://vm:5903/", "vm", 5903, "vm:3" },
  { "vnc://[::1]:5904", "::1", 5904, "[::1]:4" },
  { "vnc:///?ViewOnly=true", "localhost", 5900, "localhost", .read_only = GVNC_ADDRESS_YES },
  { "vnc://ann@vm", "vm", 5900, "vm", .username = "ann" },
  { "vnc://ann:a%40b@vm", "vm", 5900, "vm", .username = "ann", .password = "a@b" },
  { "vnc://vm?VncPassword=a%26b%3Dc+d", "vm", 5900, "vm", .password = "a&b=c+d" },
  { "vnc://ann:one@vm/?VncPassword=two&VncUsername=bob", "vm", 5900, "vm", .username = "ann", .password = "one" },
  { "vnc://vm/?vncpassword=low&viewonly=TRUE", "vm", 5900, "vm", .password = "low", .read_only = GVNC_ADDRESS_YES },
  { "vnc://vm/?ViewOnly=false&Shared=1", "vm", 5900, "vm",
    .read_only = GVNC_ADDRESS_NO, .shared = GVNC_ADDRESS_YES },
  { "vnc://vm/?ConnectionName=My%20desk&SecurityType=2&Unheard=of", "vm", 5900, "vm", .title = "My desk", .security = "2" },
  { "vnc://vm/?VncPassword=", "vm", 5900, "vm" },
  { "vnc://relay:5901/?Repeater=ID:1234&VncPassword=p", "relay", 5901, "vnc://relay:5901?Repeater=ID:1234",
    .repeater = "ID:1234", .password = "p" },

  { "vnc://vm?ViewOnly=1&IdHashAlgorithm=4&IdHash=" HASH, "vm", 5900, "vnc://vm?IdHash=" HASH, .read_only = GVNC_ADDRESS_YES },
  { "vnc+unix:///run/vnc?IdHash=" HASH, NULL, 0, "vnc+unix:///run/vnc?IdHash=" HASH, "vnc+unix", "/run/vnc" },
  { "vncs://vm", "vm", 5900, "vncs://vm", "vncs" },
  { "vncs://ann:pw@[::1]:5999/", "::1", 5999, "vncs://[::1]:5999", "vncs", .username = "ann", .password = "pw" },
  { "ws://vm", "vm", 80, "ws://vm/", "ws", "/" },
  { "ws://vm:6080/websockify?token=a%2Fb&x=1", "vm", 6080, "ws://vm:6080/websockify", "ws", "/websockify?token=a%2Fb&x=1" },
  { "wss://ann:pw@vm:8006/a%20b/vncwebsocket?port=5900&vncticket=PVE%3A", "vm", 8006, "wss://vm:8006/a%20b/vncwebsocket", "wss",
    "/a%20b/vncwebsocket?port=5900&vncticket=PVE%3A", .username = "ann", .password = "pw" },
  { "vnc+ssh://gate", "localhost", 5900, "vnc+ssh://gate/", "vnc+ssh", .ssh_host = "gate" },
  { "vnc+ssh://ann@gate:2222/vm:5901?VncUsername=bob&ViewOnly=1", "vm", 5901, "vnc+ssh://ann@gate:2222/vm:5901", "vnc+ssh",
    .ssh_host = "gate", .username = "bob", .read_only = GVNC_ADDRESS_YES },
  { "vnc+ssh://gate/[::1]:5902", "::1", 5902, NULL, "vnc+ssh", .ssh_host = "gate" },
  { "vnc://vm:5903?SshHost=gate&SshUsername=ann", "vm", 5903, "vnc+ssh://ann@gate/vm:5903", "vnc+ssh", .ssh_host = "gate" },

  { "", .error = "*empty*" },
  { " \t", .error = "*empty*" },
  { "vm:", .error = "*no display or port*" },
  { "vm:x", .error = "*“x” is no display or port*" },
  { "vm:-1", .error = "*“-1” is no display or port*" },
  { "vm:65536", .error = "*65536*" },
  { "vm::0", .error = "*Port 0*" },
  { "vm:::1", .error = "*no display or port*" },
  { "vm:99999999999999999999", .error = "*no display or port*" },
  { "two words", .error = "*no host name*" },
  { "[::1", .error = "*bracket*" },
  { "[::1]1", .error = "*bracket*" },
  { "[vm]:1", .error = "*no IPv6 address*" },
  { "[]:1", .error = "*no IPv6 address*" },
  { "http://vm", .error = "*http*no scheme*" },
  { "spice://vm:5900", .error = "*“spice” is no scheme*" },
  { "vnc+ssh:///vm", .error = "*no host for SSH*" },
  { "vnc+ssh://ann:pw@gate", .error = "*password for SSH*" },
  { "vnc+unix://vm/x", .error = "*three slashes*" },
  { "ws:///x", .error = "*no host*" },
  { "vnc://vm/path", .error = "*path*" },
  { "vnc://vm:0", .error = "*“0” is no port*" },
  { "vnc://vm:66000", .error = "*" },
  { "vnc://v m/", .error = "*" },
  { "vnc://vm/?VncPassword=%zz", .error = "*" },
  { "vnc://vm/?IdHash=00", .error = "*“00”*no SHA-256*" },
};

static void
test_address_row (gconstpointer data)
{
  const AddressRow *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GvncAddress) address = gvnc_address_parse (row->text, &error);

  if (row->error != NULL) {
    g_assert_null (address);
    g_assert_nonnull (error);
    if (!g_pattern_match_simple (row->error, error->message))
      g_error ("“%s” says “%s”, not “%s”", row->text, error->message, row->error);
    return;
  }

  g_assert_no_error (error);
  g_assert_nonnull (address);
  g_assert_cmpstr (vnc_uri_get_scheme (address->uri), ==, row->scheme != NULL ? row->scheme : "vnc");
  g_assert_cmpstr (vnc_uri_get_host (address->uri), ==, row->host);
  g_assert_cmpint (vnc_uri_get_port (address->uri), ==, row->port);
  g_assert_cmpstr (vnc_uri_get_path (address->uri), ==, row->path);
  g_assert_cmpstr (vnc_uri_get_ssh_host (address->uri), ==, row->ssh_host);
  g_assert_cmpstr (vnc_uri_get_param (address->uri, "Repeater"), ==, row->repeater);
  if (strstr (row->text, "IdHash=") != NULL)
    g_assert_cmpstr (vnc_uri_get_param (address->uri, "IdHash"), ==, HASH);
  /* What leads there holds nothing that is used once. */
  g_assert_null (vnc_uri_get_username (address->uri));
  g_assert_null (vnc_uri_get_password (address->uri));
  g_assert_cmpstr (address->username, ==, row->username);
  g_assert_cmpstr (address->password, ==, row->password);
  g_assert_cmpstr (address->security, ==, row->security);
  g_assert_cmpint (address->read_only, ==, row->read_only);
  g_assert_cmpint (address->shared, ==, row->shared);
  g_assert_cmpstr (address->title, ==, row->title);
}

/* What is shown and remembered leads to the same server, and holds no secret. */
static void
test_address_shown (gconstpointer data)
{
  const AddressRow *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GvncAddress) address = gvnc_address_parse (row->text, &error);
  g_autoptr (GvncAddress) again = NULL;
  g_autofree char *shown = NULL;

  g_assert_no_error (error);
  shown = gvnc_address_to_string (address);
  if (row->shown != NULL)
    g_assert_cmpstr (shown, ==, row->shown);
  again = gvnc_address_parse (shown, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (vnc_uri_get_scheme (again->uri), ==, vnc_uri_get_scheme (address->uri));
  g_assert_cmpstr (vnc_uri_get_host (again->uri), ==, vnc_uri_get_host (address->uri));
  g_assert_cmpint (vnc_uri_get_port (again->uri), ==, vnc_uri_get_port (address->uri));
  g_assert_cmpstr (vnc_uri_get_ssh_host (again->uri), ==, vnc_uri_get_ssh_host (address->uri));
  g_assert_cmpstr (vnc_uri_get_ssh_user (again->uri), ==, vnc_uri_get_ssh_user (address->uri));
  g_assert_cmpint (vnc_uri_get_ssh_port (again->uri), ==, vnc_uri_get_ssh_port (address->uri));
  /* But for the query of a WebSocket. */
  if (vnc_uri_get_path (address->uri) != NULL)
    g_assert_true (g_str_has_prefix (vnc_uri_get_path (address->uri), vnc_uri_get_path (again->uri)));
}

static void
test_address_relative_paths (void)
{
  g_autoptr (GvncAddress) here = gvnc_address_parse ("./vnc.sock", NULL);
  g_autoptr (GvncAddress) home = gvnc_address_parse ("~/vnc.sock", NULL);
  g_autofree char *in_home = g_build_filename (g_get_home_dir (), "vnc.sock", NULL);
  g_autofree char *in_here = g_canonicalize_filename ("vnc.sock", NULL);

  g_assert_cmpstr (vnc_uri_get_path (here->uri), ==, in_here);
  g_assert_cmpstr (vnc_uri_get_path (home->uri), ==, in_home);
}

static void
test_address_listen (void)
{
  static const struct {
    const char *text;
    const char *host;
    guint16 port;
    const char *error;
  } rows[] = {
    { NULL, NULL, 5500 },
    { " ", NULL, 5500 },
    { "5501", NULL, 5501 },
    { ":1", NULL, 5501 },
    { "localhost", "127.0.0.1", 5500 },
    { "127.0.0.1:2", "127.0.0.1", 5502 },
    { "127.0.0.1::81", "127.0.0.1", 81 },
    { "[::1]:5555", "::1", 5555 },
    { "vm", .error = "*“vm” is no number*" },
    { "0", .error = "*“0” is no number*" },
    { "127.0.0.1:x", .error = "*no display or port*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GvncAddress) address = gvnc_address_parse_listen (rows[i].text, &error);
    g_autofree char *host = NULL;

    if (rows[i].error != NULL) {
      g_assert_null (address);
      if (!g_pattern_match_simple (rows[i].error, error->message))
        g_error ("“%s” says “%s”, not “%s”", rows[i].text, error->message, rows[i].error);
      continue;
    }
    g_assert_no_error (error);
    g_assert_null (address->uri);
    host = address->listen_host != NULL ? g_inet_address_to_string (address->listen_host) : NULL;
    g_assert_cmpstr (host, ==, rows[i].host);
    g_assert_cmpint (address->listen_port, ==, rows[i].port);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (address_rows); i++) {
    g_autofree char *parse_path = g_strdup_printf ("/viewer/address/parse/%" G_GSIZE_FORMAT, i);
    g_autofree char *shown_path = g_strdup_printf ("/viewer/address/shown/%" G_GSIZE_FORMAT, i);

    g_test_add_data_func (parse_path, &address_rows[i], test_address_row);
    if (address_rows[i].error == NULL)
      g_test_add_data_func (shown_path, &address_rows[i], test_address_shown);
  }
  g_test_add_func ("/viewer/address/relative-paths", test_address_relative_paths);
  g_test_add_func ("/viewer/address/listen", test_address_listen);
  return g_test_run ();
}
