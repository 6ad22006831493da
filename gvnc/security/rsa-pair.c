/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/rsa.h"

#define EXPONENT 65537

gboolean
gvnc_rsa_make_pair (struct rsa_public_key  *key,
                    struct rsa_private_key *secret,
                    guint                   bits)
{
  gboolean no_random = FALSE;

  mpz_set_ui (key->e, EXPONENT);
  return rsa_generate_keypair (key, secret, &no_random, gvnc_rsa_random, NULL, NULL, bits, 0) && !no_random;
}
