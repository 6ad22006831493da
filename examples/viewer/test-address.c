/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "address.h"

/* Either error, or where the text leads; port 0 stands for a socket, whose path is in host. */
typedef struct {
  const char *text;
  const char *host;
  guint16 port;
  const char *shown;
  const char *username;
  const char *password;
  GvncAddressAnswer read_only;
  GvncAddressAnswer shared;
  const char *title;
  const char *error;
} AddressRow;

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
  { "bücher.example", "bücher.example", 5900, "bücher.example" },

  { "/run/vm/vnc.sock", "/run/vm/vnc.sock", 0, "/run/vm/vnc.sock" },
  { "/run/a:1", "/run/a:1", 0, "/run/a:1" },
  { "/a/very/long/path/a/very/long/path/a/very/long/path/a/very/long/path/a/very/long/path/a/very/long/path/socket",
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
  { "vnc://ann:one@vm/?VncPassword=two&VncUsername=bob", "vm", 5900, "vm", .username = "bob", .password = "two" },
  { "vnc://vm/?vncpassword=low&viewonly=TRUE", "vm", 5900, "vm", .password = "low", .read_only = GVNC_ADDRESS_YES },
  { "vnc://vm/?ViewOnly=false&Shared=1", "vm", 5900, "vm",
    .read_only = GVNC_ADDRESS_NO, .shared = GVNC_ADDRESS_YES },
  { "vnc://vm/?ConnectionName=My%20desk&SecurityType=2&Unheard=of", "vm", 5900, "vm", .title = "My desk" },
  { "vnc://vm/?VncPassword=", "vm", 5900, "vm" },

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
  { "http://vm", .error = "*http://*" },
  { "vnc://vm:0", .error = "*Port 0*" },
  { "vnc://vm:66000", .error = "*" },
  { "vnc://v m/", .error = "*" },
  { "vnc://vm/?VncPassword=%zz", .error = "*" },
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
  g_assert_cmpint (address->kind, ==, row->port == 0 ? GVNC_ADDRESS_UNIX : GVNC_ADDRESS_TCP);
  g_assert_cmpstr (row->port == 0 ? address->path : address->host, ==, row->host);
  g_assert_cmpint (address->port, ==, row->port);
  g_assert_cmpstr (address->username, ==, row->username);
  g_assert_cmpstr (address->password, ==, row->password);
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
  g_assert_cmpstr (shown, ==, row->shown);
  again = gvnc_address_parse (shown, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->kind, ==, address->kind);
  g_assert_cmpstr (again->host, ==, address->host);
  g_assert_cmpstr (again->path, ==, address->path);
  g_assert_cmpint (again->port, ==, address->port);
}

static void
test_address_relative_paths (void)
{
  g_autoptr (GvncAddress) here = gvnc_address_parse ("./vnc.sock", NULL);
  g_autoptr (GvncAddress) home = gvnc_address_parse ("~/vnc.sock", NULL);
  g_autofree char *in_home = g_build_filename (g_get_home_dir (), "vnc.sock", NULL);
  g_autofree char *in_here = g_canonicalize_filename ("vnc.sock", NULL);

  g_assert_cmpstr (here->path, ==, in_here);
  g_assert_cmpstr (home->path, ==, in_home);
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
  return g_test_run ();
}
