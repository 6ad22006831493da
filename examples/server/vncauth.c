/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <nettle/des.h>
#include <string.h>

#include "client.h"

/* RFC 6143 section 7.2.2: the challenge encrypted in two blocks, the key being the password's first eight bytes with the
 * bits of each in reverse order. */
void
demo_vncauth_encrypt (const char *password, const guint8 *challenge, guint8 *response)
{
  struct des_ctx des;
  guint8 key[DES_KEY_SIZE] = { 0 };

  for (gsize i = 0; i < sizeof key && password[i] != '\0'; i++)
    for (guint bit = 0; bit < 8; bit++)
      if ((guint8) password[i] >> bit & 1)
        key[i] |= (guint8) (0x80u >> bit);
  des_set_key (&des, key);      /* says FALSE for the weak keys, and encrypts nevertheless */
  des_encrypt (&des, 16, response, challenge);
  memset (&des, 0, sizeof des);
}
