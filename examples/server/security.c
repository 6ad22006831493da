/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <nettle/aes.h>
#include <nettle/bignum.h>
#include <nettle/cbc.h>
#include <nettle/des.h>
#include <nettle/eax.h>
#include <nettle/md5.h>
#include <nettle/rsa.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <string.h>
#include <sys/random.h>

#include "bytes.h"
#include "client.h"

/* Security types with keys: Apple's (30), MSLogonII (113), RSA-AES (5, 6, 129, 130); rfbproto, "Security Types". Written
 * from the specification without a look at the client's code. */

enum {
  SECURITY_RA2 = 5,
  SECURITY_RA2NE = 6,
  SECURITY_ARD = 30,
  SECURITY_MSLOGON2 = 113,
  SECURITY_RA2_256 = 129,
  SECURITY_RA2NE_256 = 130,
};

#define RSA_BITS 2048
#define RSA_LEN  (RSA_BITS / 8)
#define MAC_LEN  16
#define MOST_FRAME 8192

/* One direction of an encrypted link. */
typedef struct {
  struct aes256_ctx aes256;
  struct aes128_ctx aes128;
  gboolean is_256;
  guint64 frames;
} Seal;

struct _DemoSecurity {
  guint type;
  mpz_t secret;                 /* Diffie and Hellman's */
  struct rsa_public_key public_key;
  struct rsa_private_key private_key;
  guint8 client_key[4 + 2 * 1024];
  gsize client_len;             /* bytes of each number of it; 0 before it came */
  guint8 random[32], client_random[32];
  gboolean has_random, has_hash;
  Seal in, out;
  gboolean sealed;              /* all that passes from here on */
  gsize sealed_len;             /* of client->out, is sealed already */
  GByteArray *raw;              /* came, not opened yet */
};

/* Group 2 of RFC 2409. */
static const char ard_prime[] =
  "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd"
  "ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed"
  "ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff";
#define ARD_LEN 128

/* As UltraVNC's: of 31 bits. */
#define MSLOGON2_PRIME     0x7fffffffu
#define MSLOGON2_GENERATOR 0x3b9aca07u

static void
security_random (void *data, size_t len, guint8 *bytes)
{
  while (len > 0) {
    gssize n = getrandom (bytes, MIN (len, 256), 0);

    if (n <= 0)
      g_error ("The system gives no random numbers");
    bytes += n;
    len -= (gsize) n;
  }
}

static void
security_put_number (GByteArray *out, const mpz_t number, gsize len)
{
  g_autofree guint8 *bytes = g_malloc (len);

  nettle_mpz_get_str_256 (len, bytes, number);
  g_byte_array_append (out, bytes, (guint) len);
}

/* ---- frames of RSA-AES ---- */

static void
seal_init (Seal *seal, const guint8 *first, const guint8 *second, gboolean is_256)
{
  guint8 key[SHA256_DIGEST_SIZE];

  seal->is_256 = is_256;
  if (is_256) {
    struct sha256_ctx sha;

    sha256_init (&sha);
    sha256_update (&sha, 32, first);
    sha256_update (&sha, 32, second);
    sha256_digest (&sha, 32, key);
    aes256_set_encrypt_key (&seal->aes256, key);
  } else {
    struct sha1_ctx sha;

    sha1_init (&sha);
    sha1_update (&sha, 16, first);
    sha1_update (&sha, 16, second);
    sha1_digest (&sha, 16, key);
    aes128_set_encrypt_key (&seal->aes128, key);
  }
}

/* Enciphers or deciphers, and makes the seal. */
static void
seal_run (Seal *seal, gboolean out, guint len, const guint8 *from, guint8 *to, guint8 *mac)
{
  const void *cipher = seal->is_256 ? (const void *) &seal->aes256 : (const void *) &seal->aes128;
  nettle_cipher_func *encrypt = seal->is_256 ? (nettle_cipher_func *) aes256_encrypt : (nettle_cipher_func *) aes128_encrypt;
  guint8 nonce[16] = { 0 }, header[2] = { (guint8) (len >> 8), (guint8) len };
  struct eax_key key;
  struct eax_ctx eax;

  for (guint i = 0; i < 8; i++)
    nonce[i] = (guint8) (seal->frames >> 8 * i);
  seal->frames++;
  eax_set_key (&key, cipher, encrypt);
  eax_set_nonce (&eax, &key, cipher, encrypt, sizeof nonce, nonce);
  eax_update (&eax, &key, cipher, encrypt, sizeof header, header);
  if (out)
    eax_encrypt (&eax, &key, cipher, encrypt, len, to, from);
  else
    eax_decrypt (&eax, &key, cipher, encrypt, len, to, from);
  eax_digest (&eax, &key, cipher, encrypt, MAC_LEN, mac);
}

static void
seal_put (Seal *seal, GByteArray *out, const guint8 *bytes, guint len)
{
  guint at = out->len;

  demo_put_u16 (out, len);
  g_byte_array_set_size (out, at + 2 + len + MAC_LEN);
  seal_run (seal, TRUE, len, bytes, out->data + at + 2, out->data + at + 2 + len);
}

/* How many bytes of the first frame were used, 0 when it is not complete, -1 when it is not the client's. */
static gssize
seal_take (Seal *seal, const guint8 *bytes, gsize n, GByteArray *to)
{
  guint len = n >= 2 ? demo_get_u16 (bytes) : 0;
  guint at = to->len;
  guint8 mac[MAC_LEN];

  if (n < 2 || n < 2 + len + MAC_LEN)
    return 0;
  g_byte_array_set_size (to, at + len);
  seal_run (seal, FALSE, len, bytes + 2, to->data + at, mac);
  return memcmp (mac, bytes + 2 + len, MAC_LEN) == 0 ? (gssize) (2 + len + MAC_LEN) : -1;
}

/* What is to be sent and not sealed yet. */
void
demo_security_seal (DemoClient *client)
{
  DemoSecurity *security = client->security;
  g_autofree guint8 *plain = NULL;
  guint len;

  if (!security || !security->sealed || client->out->len == security->sealed_len)
    return;
  len = client->out->len - (guint) security->sealed_len;
  plain = g_malloc (len);
  memcpy (plain, client->out->data + security->sealed_len, len);
  g_byte_array_set_size (client->out, (guint) security->sealed_len);
  for (guint done = 0; done < len; done += MOST_FRAME)
    seal_put (&security->out, client->out, plain + done, MIN (len - done, MOST_FRAME));
  security->sealed_len = client->out->len;
}

/* So many bytes of client->out have gone. */
void
demo_security_sent (DemoClient *client, gsize n)
{
  if (client->security && client->security->sealed)
    client->security->sealed_len -= n;
}

/* Bytes that came; FALSE when somebody has changed them. */
gboolean
demo_security_open (DemoClient *client, const guint8 *bytes, gsize n)
{
  DemoSecurity *security = client->security;
  gssize used;

  if (!security || !security->sealed) {
    g_byte_array_append (client->in, bytes, (guint) n);
    return TRUE;
  }
  g_byte_array_append (security->raw, bytes, (guint) n);
  while ((used = seal_take (&security->in, security->raw->data, security->raw->len, client->in)) > 0)
    g_byte_array_remove_range (security->raw, 0, (guint) used);
  return used == 0;
}

/* ---- the types ---- */

static gboolean
security_is_256 (const DemoSecurity *security)
{
  return security->type == SECURITY_RA2_256 || security->type == SECURITY_RA2NE_256;
}

static void
security_begin_rsa (DemoSecurity *security, GByteArray *out)
{
  mpz_set_ui (security->public_key.e, 65537);
  if (!rsa_generate_keypair (&security->public_key, &security->private_key, NULL, security_random, NULL, NULL, RSA_BITS, 0))
    g_error ("No RSA key can be made");
  demo_put_u32 (out, RSA_BITS);
  security_put_number (out, security->public_key.n, RSA_LEN);
  security_put_number (out, security->public_key.e, RSA_LEN);
}

/* Both public values of the server: prime and g to the power of its secret. */
static void
security_begin_dh (DemoSecurity *security, GByteArray *out)
{
  guint8 bytes[32];
  mpz_t prime, base;

  security_random (NULL, sizeof bytes, bytes);
  bytes[0] |= 1;
  nettle_mpz_set_str_256_u (security->secret, sizeof bytes, bytes);
  mpz_inits (prime, base, NULL);
  if (security->type == SECURITY_ARD) {
    mpz_set_str (prime, ard_prime, 16);
    mpz_set_ui (base, 2);
    demo_put_u16 (out, 2);
    demo_put_u16 (out, ARD_LEN);
    security_put_number (out, prime, ARD_LEN);
    mpz_powm (base, base, security->secret, prime);
    security_put_number (out, base, ARD_LEN);
  } else {
    mpz_set_ui (prime, MSLOGON2_PRIME);
    mpz_set_ui (base, MSLOGON2_GENERATOR);
    security_put_number (out, base, 8);
    security_put_number (out, prime, 8);
    mpz_powm (base, base, security->secret, prime);
    security_put_number (out, base, 8);
  }
  mpz_clears (prime, base, NULL);
}

void
demo_security_begin (DemoClient *client, guint type)
{
  DemoSecurity *security = g_new0 (DemoSecurity, 1);

  client->security = security;
  security->type = type;
  security->raw = g_byte_array_new ();
  mpz_init (security->secret);
  rsa_public_key_init (&security->public_key);
  rsa_private_key_init (&security->private_key);
  if (type == SECURITY_ARD || type == SECURITY_MSLOGON2)
    security_begin_dh (security, client->out);
  else
    security_begin_rsa (security, client->out);
}

void
demo_security_free (DemoSecurity *security)
{
  if (!security)
    return;
  mpz_clear (security->secret);
  rsa_public_key_clear (&security->public_key);
  rsa_private_key_clear (&security->private_key);
  g_byte_array_unref (security->raw);
  g_free (security);
}

static gboolean
security_check (DemoClient *client, const char *user, const char *password)
{
  const DemoOptions *options = client->server->options;

  return strcmp (user, options->user ? options->user : "") == 0 && strcmp (password, options->password) == 0;
}

static gssize
security_take_ard (DemoClient *client, const guint8 *bytes, gsize n)
{
  guint8 block[128], shared[ARD_LEN], key[MD5_DIGEST_SIZE];
  struct aes128_ctx aes;
  struct md5_ctx md5;
  mpz_t prime, number;

  if (n < sizeof block + ARD_LEN)
    return 0;
  mpz_inits (prime, number, NULL);
  mpz_set_str (prime, ard_prime, 16);
  nettle_mpz_set_str_256_u (number, ARD_LEN, bytes + sizeof block);
  mpz_powm (number, number, client->security->secret, prime);
  nettle_mpz_get_str_256 (sizeof shared, shared, number);
  mpz_clears (prime, number, NULL);

  md5_init (&md5);
  md5_update (&md5, sizeof shared, shared);
  md5_digest (&md5, sizeof key, key);
  aes128_set_decrypt_key (&aes, key);
  aes128_decrypt (&aes, sizeof block, block, bytes);
  block[63] = block[127] = 0;
  demo_handshake_result (client, security_check (client, (char *) block, (char *) block + 64));
  return sizeof block + ARD_LEN;
}

static gssize
security_take_mslogon2 (DemoClient *client, const guint8 *bytes, gsize n)
{
  struct CBC_CTX (struct des_ctx, DES_BLOCK_SIZE) des;
  guint8 shared[8], key[8] = { 0 }, user[256], password[64];
  mpz_t prime, number;

  if (n < 8 + sizeof user + sizeof password)
    return 0;
  mpz_init_set_ui (prime, MSLOGON2_PRIME);
  mpz_init (number);
  nettle_mpz_set_str_256_u (number, 8, bytes);
  mpz_powm (number, number, client->security->secret, prime);
  nettle_mpz_get_str_256 (sizeof shared, shared, number);
  mpz_clears (prime, number, NULL);

  for (guint i = 0; i < 8; i++)
    for (guint bit = 0; bit < 8; bit++)
      if (shared[i] >> bit & 1)
        key[i] |= (guint8) (0x80u >> bit);
  des_set_key (&des.ctx, key);
  CBC_SET_IV (&des, shared);
  CBC_DECRYPT (&des, des_decrypt, sizeof user, user, bytes + 8);
  CBC_SET_IV (&des, shared);
  CBC_DECRYPT (&des, des_decrypt, sizeof password, password, bytes + 8 + sizeof user);
  user[sizeof user - 1] = password[sizeof password - 1] = 0;
  demo_handshake_result (client, security_check (client, (char *) user, (char *) password));
  return 8 + sizeof user + sizeof password;
}

/* The hash of both keys, one's own first. */
static guint
security_hash (DemoSecurity *security, gboolean own_first, guint8 *hash)
{
  g_autoptr (GByteArray) own = g_byte_array_new ();
  gsize client_len = 4 + 2 * security->client_len;
  struct sha256_ctx sha256;
  struct sha1_ctx sha1;

  demo_put_u32 (own, RSA_BITS);
  security_put_number (own, security->public_key.n, RSA_LEN);
  security_put_number (own, security->public_key.e, RSA_LEN);
  sha256_init (&sha256);
  sha1_init (&sha1);
  if (own_first) {
    sha256_update (&sha256, own->len, own->data);
    sha1_update (&sha1, own->len, own->data);
  }
  sha256_update (&sha256, client_len, security->client_key);
  sha1_update (&sha1, client_len, security->client_key);
  if (!own_first) {
    sha256_update (&sha256, own->len, own->data);
    sha1_update (&sha1, own->len, own->data);
  }
  if (security_is_256 (security))
    sha256_digest (&sha256, SHA256_DIGEST_SIZE, hash);
  else
    sha1_digest (&sha1, SHA1_DIGEST_SIZE, hash);
  return security_is_256 (security) ? SHA256_DIGEST_SIZE : SHA1_DIGEST_SIZE;
}

/* The client's key and secret; ours and the hash go back. */
static gssize
security_take_keys (DemoClient *client, const guint8 *bytes, gsize n)
{
  DemoSecurity *security = client->security;
  gsize random_len = security_is_256 (security) ? 32 : 16, bits, len, total;
  size_t got = sizeof security->client_random;
  guint8 hash[SHA256_DIGEST_SIZE];
  struct rsa_public_key key;
  gboolean ok;
  mpz_t number;

  if (n < 4)
    return 0;
  bits = demo_get_u32 (bytes);
  len = (bits + 7) / 8;
  if (bits < 1024 || bits > 8192)
    return -1;
  total = 4 + 2 * len + 2 + RSA_LEN;
  if (n < total)
    return 0;
  memcpy (security->client_key, bytes, 4 + 2 * len);
  security->client_len = len;

  mpz_init (number);
  nettle_mpz_set_str_256_u (number, RSA_LEN, bytes + total - RSA_LEN);
  ok = rsa_decrypt (&security->private_key, &got, security->client_random, number) && got == random_len;
  rsa_public_key_init (&key);
  nettle_mpz_set_str_256_u (key.n, len, bytes + 4);
  nettle_mpz_set_str_256_u (key.e, len, bytes + 4 + len);
  security_random (NULL, random_len, security->random);
  ok = ok && rsa_public_key_prepare (&key) &&
       rsa_encrypt (&key, NULL, security_random, random_len, security->random, number);
  if (ok) {
    demo_put_u16 (client->out, (guint) len);
    security_put_number (client->out, number, len);
    seal_init (&security->in, security->random, security->client_random, security_is_256 (security));
    seal_init (&security->out, security->client_random, security->random, security_is_256 (security));
    seal_put (&security->out, client->out, hash, security_hash (security, TRUE, hash));
    security->has_random = TRUE;
  }
  rsa_public_key_clear (&key);
  mpz_clear (number);
  return ok ? (gssize) total : -1;
}

/* Then its hash, answered by what is wanted, and its credentials. */
static gssize
security_take_frame (DemoClient *client, const guint8 *bytes, gsize n)
{
  DemoSecurity *security = client->security;
  g_autoptr (GByteArray) content = g_byte_array_new ();
  gssize used = seal_take (&security->in, bytes, n, content);
  guint8 hash[SHA256_DIGEST_SIZE];

  if (used <= 0)
    return used;
  if (!security->has_hash) {
    guint len = security_hash (security, FALSE, hash);
    guint8 subtype = client->server->options->user ? 1 : 2;

    if (content->len != len || memcmp (content->data, hash, len) != 0)
      return -1;
    security->has_hash = TRUE;
    seal_put (&security->out, client->out, &subtype, 1);
  } else {
    guint user_len = content->len > 1 ? content->data[0] : 0;
    g_autofree char *user = NULL, *password = NULL;

    if (content->len < 2 + user_len || content->len != 2 + user_len + content->data[1 + user_len])
      return -1;
    user = g_strndup ((char *) content->data + 1, user_len);
    password = g_strndup ((char *) content->data + 2 + user_len, content->data[1 + user_len]);
    security->sealed = security->type == SECURITY_RA2 || security->type == SECURITY_RA2_256;
    security->sealed_len = client->out->len;
    demo_handshake_result (client, security_check (client, user, password));
  }
  return used;
}

gssize
demo_security_take (DemoClient *client, const guint8 *bytes, gsize n)
{
  gssize used;

  switch (client->security->type) {
  case SECURITY_ARD:
    return security_take_ard (client, bytes, n);
  case SECURITY_MSLOGON2:
    return security_take_mslogon2 (client, bytes, n);
  default:
    used = client->security->has_random ? security_take_frame (client, bytes, n) : security_take_keys (client, bytes, n);
    if (used < 0)
      demo_client_drop (client, "it breaks RSA-AES");
    else if (!client->dead)
      demo_client_send (client);
    return client->dead ? -1 : used;
  }
}
