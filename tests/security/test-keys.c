/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"
#include "security/ard.h"
#include "security/crypto.h"
#include "security/drive.h"
#include "security/mslogon2.h"

#include <nettle/aes.h>
#include <nettle/md5.h>
#include <string.h>

/* Types that agree on a key by Diffie and Hellman's way: Apple's and UltraVNC's. */

/* Group 2 of RFC 2409; the rest was made with Python's own numbers and the package cryptography. */
#define PRIME \
  "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef95" \
  "19b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb" \
  "5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff"
#define SERVER_KEY \
  "728b0e80d1d65e0e806cc7cf040f7d45ff8756e82e473b09a090a61f7d5ead9966508bffc5182f4d6ad48d015946b92d4758" \
  "067f193056a4a8e49a72de7ee251a476f0d3960e39372f8c74f89bbc9d12eda5de361e479886fe2d5370c6445d4533301354" \
  "68a07f0c400d87012354bc07d91876361a46f63170f0ad71b4f5ef1c"
#define SECRET \
  "85d7741af27f18cbefc7fdc96d4465f63d4e8da2126a196f87c4f7e1f65298855a0e4a4a8986936eae95e2b899e837c48ae3" \
  "9d8048f907ebd0095c87c49fb0af"
#define CLIENT_KEY \
  "c0ead17db1c7ae2bbf65bfdbf5d79e2a6d589e5c5891652f696b62354ec23d72c4335d2f47d492e3725b74d87983417e8793" \
  "4806cdb88243c4041e82755fbadab9f611b49e7d586ecc9eecfea34ccc9d0149d6880e03be26eba85199c15dee22a5545de1" \
  "a4a8d5b304f2faa24a55f445a2764c5ec0c2cc4de91ce1cb33d3d7a2"
#define SHARED \
  "751d54d3ffe881c2c90dbdd239d68934e918085da9bd88fb8fdd2fd51e29dd4b79b05f3688792d3fcca046f968e85ad15493" \
  "02ff1c241ae5a167040d2fb9b2c052ef5987932670e6face8cae04212c0bf67d487a2d73892c6c0ce58ee52dea4f0a7c4dc3" \
  "3ca3419dbbf933fff38017285809838e96be4c0d7aaa4f770c0546ba"
#define BLOCK \
  "a27464a26d8ee4e3ae805c054074e883a56acfb9939f27428be1aee5cb2c2cffa56acfb9939f27428be1aee5cb2c2cffa56a" \
  "cfb9939f27428be1aee5cb2c2cff1e8a1c468a7fbaf7a2b150959352c5d1a56acfb9939f27428be1aee5cb2c2cffa56acfb9" \
  "939f27428be1aee5cb2c2cffa56acfb9939f27428be1aee5cb2c2cff"

static const GvncDriveApp apple = { "s\xc3\xa9same", "apple", 0 };

static GBytes *
bytes_of (const char *hex)
{
  return gvnc_vectors_wire (hex);
}

#define DATA(bytes) ((const guint8 *) g_bytes_get_data (bytes, NULL))

static void
assert_hex (const guint8 *bytes,
            gsize         len,
            const char   *expected)
{
  g_autofree char *hex = gvnc_vectors_hex (bytes, len);

  g_assert_cmpstr (hex, ==, expected);
}

static void
test_ard_vector (void)
{
  g_autoptr (GBytes) prime = bytes_of (PRIME), server = bytes_of (SERVER_KEY), secret = bytes_of (SECRET);
  const guint8 generator[] = { 0, 2 };
  const GvncDhOffer offer = { "ARD", generator, sizeof generator, DATA (prime), DATA (server), 128, 1024 };
  guint8 key[128], shared[128], block[GVNC_ARD_BLOCK_LEN];

  g_assert_cmpuint (gvnc_dh_bits (&offer), ==, 1024);
  g_assert_true (gvnc_dh_check (&offer, NULL));
  gvnc_dh_answer (&offer, DATA (secret), 64, key, shared);
  assert_hex (key, sizeof key, CLIENT_KEY);
  assert_hex (shared, sizeof shared, SHARED);

  memset (block, 0x55, sizeof block);
  g_assert_true (gvnc_ard_block (apple.username, apple.password, block, NULL));
  gvnc_ard_seal (shared, sizeof shared, block);
  assert_hex (block, sizeof block, BLOCK);
}

/* The server's side: with its secret, 1, its key is the generator and the shared secret is the client's key. */
static void
test_ard_round (gconstpointer data)
{
  const gsize len = GPOINTER_TO_SIZE (data);
  g_autofree char *wire = g_strdup_printf ("0002 %04" G_GSIZE_MODIFIER "x ff*%" G_GSIZE_FORMAT " 00*%" G_GSIZE_FORMAT " 02",
                                           len, len, len - 1);
  guint8 key[MD5_DIGEST_SIZE], block[GVNC_ARD_BLOCK_LEN];
  struct md5_ctx md5;
  struct aes128_ctx aes;
  const guint8 *sent;
  GvncDrive drive;

  gvnc_drive_init (&drive, &gvnc_security_ard);
  g_assert_true (gvnc_drive_start (&drive));
  g_assert_true (gvnc_drive_feed (&drive, &apple, wire));
  g_assert_no_error (drive.error);
  g_assert_true (drive.security->done);
  g_assert_cmpuint (drive.n_asked, ==, 1);
  g_assert_cmpuint (gvnc_writer_left (&drive.out), ==, GVNC_ARD_BLOCK_LEN + len);

  sent = gvnc_writer_peek (&drive.out);
  md5_init (&md5);
  md5_update (&md5, len, sent + GVNC_ARD_BLOCK_LEN);
  md5_digest (&md5, sizeof key, key);
  aes128_set_decrypt_key (&aes, key);
  aes128_decrypt (&aes, sizeof block, block, sent);
  g_assert_cmpstr ((const char *) block, ==, apple.username);
  g_assert_cmpstr ((const char *) block + GVNC_ARD_FIELD_LEN, ==, apple.password);
  gvnc_drive_clear (&drive);
}

static void
test_ard_random (void)
{
  g_autofree char *first = NULL, *second = NULL;

  for (guint i = 0; i < 2; i++) {
    GvncDrive drive;

    gvnc_drive_init (&drive, &gvnc_security_ard);
    g_assert_true (gvnc_drive_feed (&drive, &apple, "0002 0080" PRIME SERVER_KEY));
    *(i == 0 ? &first : &second) = gvnc_drive_sent (&drive);
    gvnc_drive_clear (&drive);
  }
  g_assert_cmpstr (first, !=, second);
}

static void
test_ard_weak (void)
{
  GvncDrive drive;

  for (guint allowed = 0; allowed < 2; allowed++) {
    gvnc_drive_init (&drive, &gvnc_security_ard);
    drive.link.allow_weak = allowed;
    g_assert_true (gvnc_drive_feed (&drive, &apple, "0002 0040 ff*64 55*64") == (gboolean) allowed);
    g_assert_cmpuint (drive.n_asked, ==, allowed);
    if (!allowed)
      g_assert_true (g_pattern_match_simple ("*512 bits; at least 1024*", drive.error->message));
    gvnc_drive_clear (&drive);
  }
}

static void
test_ard_long (void)
{
  g_autofree char *text = g_strnfill (64, 'a');
  const GvncDriveApp apps[] = { { text, "user", 0 }, { "password", text, 0 }, { text + 1, text + 1, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (apps); i++) {
    GvncDrive drive;

    gvnc_drive_init (&drive, &gvnc_security_ard);
    g_assert_true (gvnc_drive_feed (&drive, &apps[i], "0002 0080" PRIME SERVER_KEY) == (i == 2));
    if (i < 2)
      g_assert_true (g_pattern_match_simple ("*64 bytes*room for 63", drive.error->message));
    g_assert_cmpuint (gvnc_writer_left (&drive.out) > 0, ==, i == 2);
    gvnc_drive_clear (&drive);
  }
}

#define ARD(generator, prime, key) generator " 0080 " prime " " key

static const GvncRefused ard_rows[] = {
  { "a good key", ARD ("0002", PRIME, SERVER_KEY), NULL },
  { "the longest key", "0002 0800 ff*2048 55*2048", NULL },
  { "a length of zero", "0002 0000", "*no bytes" },
  { "a length beyond the ceiling", "0002 0801", "*2049 bytes; at most 2048*" },
  { "the greatest length", "0002 ffff", "*65535 bytes; at most 2048*" },
  { "a prime of 0", ARD ("0002", "00*128", SERVER_KEY), "*prime is 0" },
  { "a prime of 1", ARD ("0002", "00*127 01", SERVER_KEY), "*prime is 1" },
  { "an even prime", ARD ("0002", "ff*127 fe", SERVER_KEY), "*even*" },
  { "a small prime in a long field", ARD ("0002", "00*65 ff*63", SERVER_KEY), "*504 bits; at least 512*" },
  { "a prime of one byte", "0002 0001 ef 05", "*8 bits; at least 512*" },
  { "a generator of 0", ARD ("0000", PRIME, SERVER_KEY), "*generator is 0*" },
  { "a generator of 1", ARD ("0001", PRIME, SERVER_KEY), "*generator is 1*" },
  { "a key of 0", ARD ("0002", PRIME, "00*128"), "*public key is 0*" },
  { "a key of 1", ARD ("0002", PRIME, "00*127 01"), "*public key is 1*" },
  { "a key of the prime less 1", ARD ("0002", "ff*128", "ff*127 fe"), "*public key is not below*" },
  { "a key of the prime", ARD ("0002", PRIME, PRIME), "*public key is not below*" },
  { "a key above the prime", ARD ("0002", "7f ff*127", "ff*128"), "*public key is not below*" },
};

#define MSL2_KEY    "00000000405aef30"
#define MSL2_SHARED "00000000782f95cf"

static void
test_mslogon2_vector (void)
{
  g_autoptr (GBytes) numbers = bytes_of ("000000003b9aca07 000000007fffffff 000000006ae44d7b");
  g_autoptr (GBytes) secret = bytes_of ("0011223344556677");
  const GvncDhOffer offer = { "MSLogonII", DATA (numbers), 8, DATA (numbers) + 8, DATA (numbers) + 16, 8, 16 };
  guint8 key[8], shared[8], fields[320];
  g_autofree char *sum = NULL;

  g_assert_true (gvnc_dh_check (&offer, NULL));
  gvnc_dh_answer (&offer, DATA (secret), 8, key, shared);
  assert_hex (key, sizeof key, MSL2_KEY);
  assert_hex (shared, sizeof shared, MSL2_SHARED);

  memset (fields, 0xaa, sizeof fields);
  memcpy (fields, "user", 5);
  memcpy (fields + 256, "password", 9);
  gvnc_mslogon2_seal (shared, fields);
  sum = g_compute_checksum_for_data (G_CHECKSUM_MD5, fields, 256);
  g_assert_cmpstr (sum, ==, "16d5060d19c66c6e02d5d04d2baf7ba9");
  assert_hex (fields, 32, "bd83d1a12f955c23656d217a2a2adbc1ff9a94f0fabcb4a295affd7c8f5b0949");
  assert_hex (fields + 256, 64, "b9f102d5a1ed7b7f246d8873e46c3b21ec7ea66ab5e8069d010e7485016b2392"
                                "42349a3a0f8dd150987e4d1f5f98de709301f4f554a52c5cd09ce96ba188bf33");
}

static void
test_mslogon2_steps (void)
{
  static const GvncDriveApp app = { "password", "user", 0 };
  GvncDrive drive;

  gvnc_drive_init (&drive, &gvnc_security_mslogon2);
  drive.link.allow_weak = TRUE;
  g_assert_true (gvnc_drive_start (&drive));
  g_assert_true (gvnc_drive_feed (&drive, &app, "000000003b9aca07 000000007fffffff 000000006ae44d7b"));
  g_assert_true (drive.security->done);
  g_assert_cmpstr (drive.security->weakness, ==, "the login is encrypted with a key of 64 bits");
  g_assert_cmpuint (gvnc_writer_left (&drive.out), ==, 8 + 256 + 64);
  gvnc_drive_clear (&drive);
}

/* Short primes are refused unless weak security is allowed; whatever is taken and short is told. */
static void
test_ard_weakness (void)
{
  static const struct {
    const char *offer;
    guint       bits;
    gboolean    refused;    /* unless weak security is allowed */
  } rows[] = {
    { "0002 0040 ff*64 55*64", 512, TRUE },
    { "0002 007f ff*127 55*127", 1016, TRUE },
    { "0002 0080 ff*128 55*128", 1024, FALSE },
    { "0002 00ff ff*255 55*255", 2040, FALSE },
    { "0002 0100 ff*256 55*256", 2048, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint weak = 0; weak < 2; weak++) {
      g_autofree char *bits = g_strdup_printf ("*%u bits*", rows[i].bits);
      GvncDrive drive;

      gvnc_drive_init (&drive, &gvnc_security_ard);
      drive.link.allow_weak = weak != 0;
      g_assert_true (gvnc_drive_start (&drive));
      g_assert_true (gvnc_drive_feed (&drive, NULL, rows[i].offer) == (weak || !rows[i].refused));
      if (rows[i].refused && !weak)
        g_assert_true (g_pattern_match_simple (bits, drive.error->message));
      else if (rows[i].bits < 2048)
        g_assert_true (g_pattern_match_simple (bits, drive.security->weakness));
      else
        g_assert_null (drive.security->weakness);
      gvnc_drive_clear (&drive);
    }
}

/* Types that protect nothing are not begun where others can listen. */
static void
test_weak (void)
{
  const GvncSecurityType *types[] = { &gvnc_security_mslogon2, &gvnc_security_mslogon };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    for (guint how = 0; how < 4; how++) {
      GvncDrive drive;

      gvnc_drive_init (&drive, types[i]);
      drive.link.allow_weak = how == 1;
      drive.link.encrypted = how == 2;
      drive.link.local = how == 3;
      g_assert_true (gvnc_drive_start (&drive) == (how > 0));
      if (how == 0)
        g_assert_true (g_pattern_match_simple ("MSLogon*unless weak security is allowed", drive.error->message));
      gvnc_drive_clear (&drive);
    }
}

#define MSL2(generator, prime, key) "00*6 " generator " 00*6 " prime " 00*6 " key

static const GvncRefused mslogon2_rows[] = {
  { "good numbers", MSL2 ("0005", "fff1", "0011"), NULL },
  { "a prime of 0", MSL2 ("0005", "0000", "0011"), "*prime is 0" },
  { "a prime of 1", MSL2 ("0005", "0001", "0011"), "*prime is 1" },
  { "an even prime", MSL2 ("0005", "fff2", "0011"), "*even*" },
  { "a prime of 15 bits", MSL2 ("0005", "7fff", "0011"), "*15 bits; at least 16*" },
  { "a generator of 0", MSL2 ("0000", "fff1", "0011"), "*generator is 0*" },
  { "a generator of 1", MSL2 ("0001", "fff1", "0011"), "*generator is 1*" },
  { "a generator of the prime less 1", MSL2 ("fff0", "fff1", "0011"), "*generator is not below*" },
  { "a generator above the prime", "ff*8 00*6 fff1 00*6 0011", "*generator is not below*" },
  { "a key of 0", MSL2 ("0005", "fff1", "0000"), "*public key is 0*" },
  { "a key of 1", MSL2 ("0005", "fff1", "0001"), "*public key is 1*" },
  { "a key of the prime less 1", MSL2 ("0005", "fff1", "fff0"), "*public key is not below*" },
};

/* 64 bytes of mask that count up from 0, and a challenge from 0x80. */
#define MSL1_MASK \
  "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" \
  "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
#define MSL1_CHALLENGE "808182838485868788898a8b8c8d8e8f"

static void
test_mslogon (void)
{
  const GvncDriveApp apps[] = { { "password too long", "user", 0 }, { "password too long", "DOM\\user", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (apps); i++) {
    guint8 names[512] = "user";
    const guint8 *sent;
    GvncDrive drive;

    if (i == 1)
      memcpy (names + 256, "DOM", 3);
    gvnc_drive_init (&drive, &gvnc_security_mslogon);
    drive.link.allow_weak = TRUE;
    g_assert_true (gvnc_drive_feed (&drive, &apps[i], MSL1_MASK MSL1_CHALLENGE));
    g_assert_cmpuint (gvnc_writer_left (&drive.out), ==, 512 + 64 + 16);
    sent = gvnc_writer_peek (&drive.out);
    g_assert_cmpmem (sent, 512, names, 512);
    assert_hex (sent + 512, 64, "dbd93efe767f125f287d65642c616161771112131415161718191a1b1c1d1e1f"
                                "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f");
    assert_hex (sent + 576, 16, "27f50974393fc2780a4db35d64bf2c47");
    gvnc_drive_clear (&drive);
  }
}

static void
test_mslogon_long (void)
{
  static const GvncDriveApp app = { "a password of thirty-three bytes.", "user", 0 };
  GvncDrive drive;

  gvnc_drive_init (&drive, &gvnc_security_mslogon);
  drive.link.allow_weak = TRUE;
  g_assert_false (gvnc_drive_feed (&drive, &app, MSL1_MASK MSL1_CHALLENGE));
  g_assert_true (g_pattern_match_simple ("*33 bytes*room for 32", drive.error->message));
  g_assert_cmpuint (gvnc_writer_left (&drive.out), ==, 0);
  gvnc_drive_clear (&drive);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/security/ard/vector", test_ard_vector);
  g_test_add_data_func ("/security/ard/128 bytes", GSIZE_TO_POINTER (128), test_ard_round);
  g_test_add_data_func ("/security/ard/512 bytes", GSIZE_TO_POINTER (512), test_ard_round);
  g_test_add_data_func ("/security/ard/2048 bytes", GSIZE_TO_POINTER (2048), test_ard_round);
  g_test_add_func ("/security/ard/random", test_ard_random);
  g_test_add_func ("/security/ard/weak", test_ard_weak);
  g_test_add_func ("/security/ard/too long", test_ard_long);
  gvnc_refused_add ("/security/ard/refused", &gvnc_security_ard, ard_rows, G_N_ELEMENTS (ard_rows));
  g_test_add_func ("/security/mslogon2/vector", test_mslogon2_vector);
  g_test_add_func ("/security/mslogon2/steps", test_mslogon2_steps);
  gvnc_refused_add ("/security/mslogon2/refused", &gvnc_security_mslogon2, mslogon2_rows, G_N_ELEMENTS (mslogon2_rows));
  g_test_add_func ("/security/mslogon/vector", test_mslogon);
  g_test_add_func ("/security/mslogon/too long", test_mslogon_long);
  g_test_add_func ("/security/weak", test_weak);
  g_test_add_func ("/security/ard/weakness", test_ard_weakness);
  return g_test_run ();
}
