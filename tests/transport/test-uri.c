/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gvnc.h"
#include "transport/connect.h"

#include <string.h>

/* Addresses, and what becomes of them on ssh's command line. */

typedef struct {
  const char *text;
  const char *shown;       /* without secrets; NULL: as it came */
  const char *host;
  guint16     port;
  const char *path;
  const char *username;
  const char *password;
  const char *ssh_host;
  guint16     ssh_port;
  const char *ssh_user;
} Good;

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define WITH_COLONS "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF"

static const Good good[] = {
  { "vnc://host", NULL, "host", 5900 },
  { "VNC://host", "vnc://host", "host", 5900 },
  { "vnc://host:5901", NULL, "host", 5901 },
  { "vnc://host/", "vnc://host", "host", 5900 },
  { "vnc://", NULL, NULL, 5900 },
  { "vnc://?ConnectionName=x", NULL, NULL, 5900 },
  { "vnc://192.0.2.1:1", NULL, "192.0.2.1", 1 },
  { "vnc://[2001:db8::1]:5902", NULL, "2001:db8::1", 5902 },
  { "vnc://[2001:db8::1]", NULL, "2001:db8::1", 5900 },
  { "vnc://h?VncUsername=u&VncPassword=p%26w", "vnc://h?VncUsername=u", "h", 5900, NULL, "u", "p&w" },
  { "vnc://u:p@h", "vnc://u@h", "h", 5900, NULL, "u", "p" },
  { "vnc://h?ViewOnly=true&SecurityType=2", NULL, "h", 5900 },
  { "vnc://h?&&a=", "vnc://h?a=", "h", 5900 },
  { "vnc://h:5901?SshHost=s&SshPort=2222&SshUsername=me", NULL, "h", 5901, NULL, NULL, NULL, "s", 2222, "me" },
  { "vnc://h?SshHost=", NULL, "h", 5900 },
  { "vnc://h?IdHash=" HASH, NULL, "h", 5900 },
  { "vnc://h?IdHashAlgorithm=4&IdHash=" WITH_COLONS, NULL, "h", 5900 },
  { "vnc://h?IdHashAlgorithm=1", NULL, "h", 5900 },
  { "vnc+unix:///s?idhash=" HASH, NULL, NULL, 0, "/s" },
  { "vncs://h:5901", NULL, "h", 5901 },
  { "vnc+unix:///run/vnc.sock", NULL, NULL, 0, "/run/vnc.sock" },
  { "vnc+unix:///with%20blank?VncPassword=x", "vnc+unix:///with%20blank", NULL, 0, "/with blank", NULL, "x" },
  { "vnc+ssh://s", "vnc+ssh://s/localhost", "localhost", 5900, NULL, NULL, NULL, "s" },
  { "vnc+ssh://me@s:2222/", "vnc+ssh://me@s:2222/localhost", "localhost", 5900, NULL, NULL, NULL, "s", 2222, "me" },
  { "vnc+ssh://s/h:5901", NULL, "h", 5901, NULL, NULL, NULL, "s" },
  { "vnc+ssh://s/:5901", "vnc+ssh://s/localhost:5901", "localhost", 5901, NULL, NULL, NULL, "s" },
  { "vnc+ssh://s/[::1]:5901", NULL, "::1", 5901, NULL, NULL, NULL, "s" },
  { "vnc+ssh://s/[::1]", NULL, "::1", 5900, NULL, NULL, NULL, "s" },
  { "ws://h", "ws://h/", "h", 80, "/" },
  { "wss://h/x", NULL, "h", 443, "/x" },
  { "wss://h:8006/a%20b?port=5900&vncticket=PVE%3A1", "wss://h:8006/a%20b", "h", 8006, "/a%20b?port=5900&vncticket=PVE%3A1" },
};

static void
check_same (const VncUri *uri,
            const VncUri *other)
{
  g_assert_cmpstr (vnc_uri_get_scheme (uri), ==, vnc_uri_get_scheme (other));
  g_assert_cmpstr (vnc_uri_get_host (uri), ==, vnc_uri_get_host (other));
  g_assert_cmpuint (vnc_uri_get_port (uri), ==, vnc_uri_get_port (other));
  g_assert_cmpstr (vnc_uri_get_path (uri), ==, vnc_uri_get_path (other));
  g_assert_cmpstr (vnc_uri_get_username (uri), ==, vnc_uri_get_username (other));
  g_assert_cmpstr (vnc_uri_get_password (uri), ==, vnc_uri_get_password (other));
  g_assert_cmpstr (vnc_uri_get_ssh_host (uri), ==, vnc_uri_get_ssh_host (other));
  g_assert_cmpuint (vnc_uri_get_ssh_port (uri), ==, vnc_uri_get_ssh_port (other));
  g_assert_cmpstr (vnc_uri_get_ssh_user (uri), ==, vnc_uri_get_ssh_user (other));
}

static void
test_good (gconstpointer data)
{
  const Good *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VncUri) uri = vnc_uri_parse (row->text, &error), again = NULL, copy = NULL;
  g_autofree char *shown = NULL, *whole = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (uri);
  g_assert_cmpstr (vnc_uri_get_host (uri), ==, row->host);
  g_assert_cmpuint (vnc_uri_get_port (uri), ==, row->port);
  g_assert_cmpstr (vnc_uri_get_path (uri), ==, row->path);
  g_assert_cmpstr (vnc_uri_get_username (uri), ==, row->username);
  g_assert_cmpstr (vnc_uri_get_password (uri), ==, row->password);
  g_assert_cmpstr (vnc_uri_get_ssh_host (uri), ==, row->ssh_host);
  g_assert_cmpuint (vnc_uri_get_ssh_port (uri), ==, row->ssh_port);
  g_assert_cmpstr (vnc_uri_get_ssh_user (uri), ==, row->ssh_user);

  shown = vnc_uri_to_string (uri, FALSE);
  g_assert_cmpstr (shown, ==, row->shown != NULL ? row->shown : row->text);
  whole = vnc_uri_to_string (uri, TRUE);
  again = vnc_uri_parse (whole, &error);
  g_assert_no_error (error);
  check_same (uri, again);
  copy = vnc_uri_copy (uri);
  g_clear_pointer (&uri, vnc_uri_free);
  check_same (again, copy);
}

typedef struct {
  const char *text;
  const char *error;
} Bad;

static const Bad bad[] = {
  { "", "*scheme*" },
  { "host", "*scheme*" },
  { "host:5901", "*" },
  { "http://host", "*“http”*" },
  { "vnc:host", "*scheme*" },
  { "vnc://h:0", "*port*" },
  { "vnc://h:65536", "*" },
  { "vnc://h:x", "*" },
  { "vnc://h/path", "*path*" },
  { "vnc://a%20b", "*“a b”*" },
  { "vnc://a%0ab", "*“a?b”*" },
  { "vnc://h?a=%zz", "*cannot be read*" },
  { "vnc://h?VncPassword=se%cret%", "*cannot be read*" },
  { "vnc://h?VncPassword=secret%00", "*“VncPassword”*escapes" },
  { "vnc://h?a=%ff", "*“a”*escapes" },
  { "vnc://h?SshHost=a%2fb", "*“a/b”*" },
  { "vnc://h?SshHost=s&SshPort=99999", "*99999*" },
  { "vnc://h?IdHash=", "*“”*no SHA-256 of 64*" },
  { "vnc://h?IdHashAlgorithm=1&IdHash=" HASH, "*by MD5, which is too weak*" },
  { "vnc://h?IdHashAlgorithm=2&IdHash=00112233445566778899aabbccddeeff00112233", "*by SHA-1, which is too weak*" },
  { "vnc://h?IdHash=00112233445566778899aabbccddeeff", "*by MD5*" },
  { "vnc://h?IdHash=00:112233445566778899aabbccddeeff00112233", "*by SHA-1*" },
  { "vnc://h?IdHashAlgorithm=4&IdHash=00112233445566778899aabbccddeeff00112233", "*no SHA-256*" },
  { "vnc://h?IdHashAlgorithm=3&IdHash=" HASH, "*unknown algorithm “3”*" },
  { "vnc://h?IdHashAlgorithm=4%0a4&IdHash=" HASH, "*unknown algorithm “4?4”*" },
  { "vnc://h?IdHashAlgorithm=&IdHash=" HASH, "*unknown algorithm “”*" },
  { "vnc://h?IdHash=" HASH "0", "*no SHA-256*" },
  { "vnc://h?IdHash=" HASH HASH HASH, "*no SHA-256*" },
  { "vnc://h?IdHash=" HASH ":", "*no SHA-256*" },
  { "vnc://h?IdHash=:" HASH, "*no SHA-256*" },
  { "vnc://h?IdHash=0:" HASH, "*no SHA-256*" },
  { "vncs://h?IdHash=x", "*“x”*no SHA-256*" },
  { "vnc://h?SshHost=s&IdHash=" HASH, "*SSH server's key*cannot be checked*" },
  { "vnc+ssh://s?IdHash=" HASH, "*SSH server's key*cannot be checked*" },
  { "vnc+unix://host/path", "*three slashes*" },
  { "vnc+unix:///", "*no path*" },
  { "vnc+unix://", "*no path*" },
  { "vnc+unix:///a%00b", "*no path*" },
  { "vnc+ssh:///host", "*SSH*" },
  { "vnc+ssh://me:secret@s", "*password for SSH*" },
  { "vnc+ssh://s/h:x", "*“x”*" },
  { "vnc+ssh://s/a/b", "*“a/b”*" },
  { "vnc+ssh://s/[::1]x", "*" },
  { "ws://", "*host*" },
  { "vnc://\xff", "*UTF-8*" },
};

static void
test_bad (gconstpointer data)
{
  const Bad *row = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (vnc_uri_parse (row->text, &error));
  g_assert_error (error, VNC_ERROR, VNC_ERROR_UNSUPPORTED);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strstr (error->message, "secret"));
  g_assert_null (strstr (error->message, "se%cret"));
  if (!g_pattern_match_simple (row->error, error->message))
    g_error ("“%s” is not like “%s”", error->message, row->error);
}

static void
test_too_long (void)
{
  g_autofree char *host = g_strnfill (70000, 'a'), *text = g_strconcat ("vnc://", host, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (vnc_uri_parse (text, &error));
  g_assert_error (error, VNC_ERROR, VNC_ERROR_LIMIT);
}

static void
test_params (void)
{
  g_autoptr (VncUri) uri = vnc_uri_parse ("vnc://h?ViewOnly=true&viewonly=no&Empty&%C3%A4=%2B", NULL);

  g_assert_cmpstr (vnc_uri_get_param (uri, "VIEWONLY"), ==, "true");
  g_assert_cmpstr (vnc_uri_get_param (uri, "Empty"), ==, "");
  g_assert_cmpstr (vnc_uri_get_param (uri, "ä"), ==, "+");
  g_assert_null (vnc_uri_get_param (uri, "View"));
}

/* ---- ssh ---- */

typedef struct {
  const char *uri;
  const char *command[3];
  const char *args;       /* with blanks between; NULL: refused */
} Ssh;

static const Ssh ssh[] = {
  { "vnc+ssh://s", { NULL }, "ssh -T -a -x -W localhost:5900 -- s" },
  { "vnc+ssh://me@s:22/h:5901", { NULL }, "ssh -T -a -x -W h:5901 -p 22 -l me -- s" },
  { "vnc+ssh://s/[::1]", { NULL }, "ssh -T -a -x -W [::1]:5900 -- s" },
  { "vnc+ssh://s", { "my ssh", "-v" }, "my ssh -v -T -a -x -W localhost:5900 -- s" },
  { "vnc+ssh://-oProxyCommand=x", { NULL }, NULL },
  { "vnc+ssh://-v", { NULL }, NULL },
  { "vnc+ssh://-v@s", { NULL }, NULL },
  { "vnc+ssh://%60id%60@s", { NULL }, NULL },
  { "vnc+ssh://a;b@s", { NULL }, NULL },
  { "vnc+ssh://a%20b@s", { NULL }, NULL },
  { "vnc+ssh://a%0ab@s", { NULL }, NULL },
  { "vnc+ssh://$HOME@s", { NULL }, NULL },
  { "vnc+ssh://@s", { NULL }, NULL },
  { "vnc+ssh://s$(id)", { NULL }, NULL },
  { "vnc+ssh://s%7Cid", { NULL }, NULL },
  { "vnc+ssh://s/-v", { NULL }, NULL },
  { "vnc+ssh://s/a%27b", { NULL }, NULL },
  { "vnc+ssh://sä", { NULL }, "ssh -T -a -x -W localhost:5900 -- xn--s-0fa" },
  { "vnc://-v?SshHost=s", { NULL }, NULL },
  { "vnc://h?SshHost=-v", { NULL }, NULL },
  { "vnc://h?SshHost=s&SshUsername=-v", { NULL }, NULL },
  { "vnc://?SshHost=s", { NULL }, NULL },
};

static void
test_ssh (gconstpointer data)
{
  const Ssh *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VncUri) uri = vnc_uri_parse (row->uri, &error);
  g_auto (GStrv) args = NULL;
  g_autofree char *joined = NULL, *port = NULL;
  GvncTarget target = { .ssh_command = (char **) row->command };

  g_assert_no_error (error);
  port = g_strdup_printf ("%u", vnc_uri_get_port (uri));
  target.host = (char *) (vnc_uri_get_host (uri) != NULL ? vnc_uri_get_host (uri) : "");
  target.port = port;
  target.ssh_host = (char *) vnc_uri_get_ssh_host (uri);
  target.ssh_port = vnc_uri_get_ssh_port (uri);
  target.ssh_user = (char *) vnc_uri_get_ssh_user (uri);
  args = gvnc_ssh_arguments (&target, &error);
  joined = args != NULL ? g_strjoinv (" ", args) : NULL;
  g_assert_cmpstr (joined, ==, row->args);
  if (row->args == NULL)
    g_assert_error (error, GVNC_ERROR, GVNC_ERROR_UNSUPPORTED);
}

static void
add (const char    *path,
     const char    *name,
     gconstpointer  row,
     GTestDataFunc  func)
{
  g_autofree char *escaped = g_uri_escape_string (name, ":?&@=[]", FALSE), *whole = g_strconcat (path, "/", escaped, NULL);

  g_test_add_data_func (whole, row, func);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    add ("/uri/good", good[i].text, &good[i], test_good);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    add ("/uri/bad", *bad[i].text != '\0' ? bad[i].text : "nothing", &bad[i], test_bad);
  g_test_add_func ("/uri/too long", test_too_long);
  g_test_add_func ("/uri/params", test_params);
  for (guint i = 0; i < G_N_ELEMENTS (ssh); i++) {
    g_autofree char *name = g_strdup_printf ("%u %s", i, ssh[i].uri);

    add ("/ssh", name, &ssh[i], test_ssh);
  }
  return g_test_run ();
}
