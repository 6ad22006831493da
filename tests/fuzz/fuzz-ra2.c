/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/security.h"

/* RSA-AES; the handshake only, since nobody guesses what is behind a seal. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  gvnc_fuzz_security (&gvnc_security_ra2, data, size);
  return 0;
}
