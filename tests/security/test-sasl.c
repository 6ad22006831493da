/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/drive.h"
#include "security/sasl.h"

#include <sasl/sasl.h>
#include <string.h>

/* SASL as RFB carries it. The mechanisms themselves are the library's. */

static const GvncDriveApp app = { "secret", "user", 0 };

/* Where the library has no mechanisms installed nothing can be tried. */
static gboolean
have (const char *mechanism)
{
  const char **names;

  sasl_client_init (NULL);
  names = sasl_global_listmech ();
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_equal (names[i], mechanism))
      return TRUE;
  return FALSE;
}

static gboolean
can_try (const char *mechanism)
{
  if (!have (mechanism))
    g_test_skip ("the package with this SASL mechanism is not installed");
  return have (mechanism);
}

static void
assert_sent (GvncDrive  *drive,
             const char *expected)
{
  g_autoptr (GBytes) bytes = gvnc_drive_wire (expected);
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  g_assert_cmpmem (gvnc_writer_peek (&drive->out), gvnc_writer_left (&drive->out), data, len);
  gvnc_writer_consume (&drive->out, gvnc_writer_left (&drive->out));
}

#define PLAIN "00000005 'PLAIN'"

/* The extra zero is counted; it is there even where the mechanism has nothing more to say. */
static void
test_plain (void)
{
  GvncDrive drive;

  if (!can_try ("PLAIN"))
    return;
  gvnc_drive_init (&drive, &gvnc_security_sasl);
  drive.link.allow_plain = TRUE;
  g_assert_true (gvnc_drive_start (&drive));
  g_assert_true (gvnc_drive_feed (&drive, &app, PLAIN));
  g_assert_no_error (drive.error);
  g_assert_cmpuint (drive.n_asked, ==, 1);
  assert_sent (&drive, PLAIN "0000000d 00 'user' 00 'secret' 00");
  g_assert_true (gvnc_drive_feed (&drive, &app, "00000000 01"));
  g_assert_no_error (drive.error);
  g_assert_true (drive.security->done);
  g_assert_null (drive.security->layer);
  assert_sent (&drive, "");
  gvnc_drive_clear (&drive);
}

/* The server wants to hear again from a client that has nothing left to say: "none" has no zero. */
static void
test_plain_slow (void)
{
  GvncDrive drive;

  if (!can_try ("PLAIN"))
    return;
  gvnc_drive_init (&drive, &gvnc_security_sasl);
  drive.link.local = TRUE;
  g_assert_true (gvnc_drive_feed (&drive, &app, PLAIN));
  assert_sent (&drive, PLAIN "0000000d 00 'user' 00 'secret' 00");
  g_assert_true (gvnc_drive_feed (&drive, &app, "00000000 00"));
  g_assert_false (drive.security->done);
  assert_sent (&drive, "00000000");
  g_assert_true (gvnc_drive_feed (&drive, &app, "00000001 00 01"));
  g_assert_true (drive.security->done);
  gvnc_drive_clear (&drive);
}

static void
test_plain_where (void)
{
  if (!can_try ("PLAIN"))
    return;
  for (guint how = 0; how < 5; how++) {
    GvncDrive drive;

    gvnc_drive_init (&drive, &gvnc_security_sasl);
    drive.link.allow_plain = how == 1;
    drive.link.encrypted = how == 2;
    drive.link.local = how == 3;
    drive.link.allow_weak = how == 4;   /* is not about this */
    g_assert_true (gvnc_drive_feed (&drive, &app, "0000000b 'PLAIN,LOGIN'") == (how > 0 && how < 4));
    if (how == 0 || how == 4) {
      g_assert_true (g_pattern_match_simple ("None of the server's SASL mechanisms (PLAIN LOGIN)*", drive.error->message));
      g_assert_cmpuint (drive.n_asked, ==, 0);
      assert_sent (&drive, "");
    }
    gvnc_drive_clear (&drive);
  }
}

/* The mechanism asks for what it needs, and only that. */
static void
test_asks (void)
{
  g_autoptr (GBytes) bytes = gvnc_drive_wire (PLAIN);
  GvncDrive drive;

  if (!can_try ("PLAIN"))
    return;
  gvnc_drive_init (&drive, &gvnc_security_sasl);
  drive.link.encrypted = TRUE;
  g_assert_true (gvnc_drive_bytes (&drive, NULL, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
  g_assert_cmpuint (drive.security->n_asks, ==, 2);
  g_assert_cmpuint (drive.security->asks[0], ==, GVNC_CREDENTIAL_USERNAME);
  g_assert_cmpuint (drive.security->asks[1], ==, GVNC_CREDENTIAL_PASSWORD);
  gvnc_drive_clear (&drive);
}

/* The best of several is taken: one that does not give the password away. */
static void
test_best (void)
{
  g_autofree char *sent = NULL;
  GvncDrive drive;

  if (!can_try ("SCRAM-SHA-256") || !can_try ("PLAIN"))
    return;
  gvnc_drive_init (&drive, &gvnc_security_sasl);
  drive.link.encrypted = TRUE;
  g_assert_true (gvnc_drive_feed (&drive, &app, "00000018 'PLAIN,NOPE SCRAM-SHA-256'"));
  sent = gvnc_drive_sent (&drive);
  g_assert_true (g_str_has_prefix (sent, "0000000d" "534352414d2d5348412d323536"));
  gvnc_drive_clear (&drive);
}

/* Others can listen, so the mechanism has to encrypt what follows; a server that does not want that is refused. */
static void
test_digest (void)
{
  static const char *const qops[] = { "auth-conf", "auth" };

  if (!can_try ("DIGEST-MD5"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (qops); i++) {
    g_autofree char *challenge = g_strdup_printf ("realm=\"r\",nonce=\"bm9uY2U=\",qop=\"%s\",cipher=\"rc4\","
                                                  "charset=utf-8,algorithm=md5-sess", qops[i]);
    g_autofree char *wire = g_strdup_printf ("%08x '%s' 00 00", (guint) strlen (challenge) + 1, challenge);
    GvncDrive drive;

    gvnc_drive_init (&drive, &gvnc_security_sasl);
    g_assert_true (gvnc_drive_feed (&drive, &app, "0000000a 'DIGEST-MD5'"));
    assert_sent (&drive, "0000000a 'DIGEST-MD5' 00000000");
    g_assert_true (gvnc_drive_feed (&drive, &app, wire) == (i == 0));
    g_assert_true ((gvnc_writer_left (&drive.out) > 0) == (i == 0));
    if (i == 1)
      g_assert_cmpuint (drive.n_asked, ==, 0);
    gvnc_drive_clear (&drive);
  }
}

#define SCRAM "0000000b 'SCRAM-SHA-1'"

static const GvncRefused rows[] = {
  { "plain", PLAIN "00000000 01", NULL },
  { "no mechanism", "00000000", "*no SASL mechanism" },
  { "the longest list", "0000012c 'PLAIN' 2c*295 00000000 01", NULL },
  { "a list beyond the ceiling", "0000012d", "*301 bytes; at most 300*" },
  { "the greatest list", "ffffffff", "*4294967295 bytes; at most 300*" },
  { "a list of commas", "00000003 ',,,'", "None of the server's SASL mechanisms*" },
  { "a list of what nobody knows", "00000009 'NOPE-1,X2'", "None of the server's SASL mechanisms (NOPE-1 X2)*" },
  { "small letters", "00000005 'plain'", "*“plain”*capitals*" },
  { "a zero in the list", "00000007 'PLAIN' 00 41", "*capitals*" },
  { "data beyond the ceiling", PLAIN "00100001", "*1048577 bytes*at most 1048576*" },
  { "the greatest data", PLAIN "ffffffff", "*4294967295 bytes*at most 1048576*" },
  { "data after the end", PLAIN "00000003 414200 01", "*goes on with SASL after*" },
  { "the most steps", PLAIN "(00000000 00)*63 00000000 01", NULL },
  { "no end", PLAIN "(00000000 00)*65", "*at most 64*" },
  { "nonsense inside of a mechanism", SCRAM "00000003 414200 00", "SASL authentication failed*" },
  { "an end before the server has proved itself", SCRAM "00000000 01", "*SASL*" },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/security/sasl/plain", test_plain);
  g_test_add_func ("/security/sasl/plain, a slow server", test_plain_slow);
  g_test_add_func ("/security/sasl/plain, where it may be", test_plain_where);
  g_test_add_func ("/security/sasl/asks", test_asks);
  g_test_add_func ("/security/sasl/best", test_best);
  g_test_add_func ("/security/sasl/digest-md5", test_digest);
  if (have ("PLAIN") && have ("SCRAM-SHA-1"))
    gvnc_refused_add ("/security/sasl/refused", &gvnc_security_sasl, rows, G_N_ELEMENTS (rows));
  return g_test_run ();
}
