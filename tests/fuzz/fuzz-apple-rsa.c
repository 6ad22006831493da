/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/security.h"

/* Apple's type with RSA. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  gvnc_fuzz_security (&gvnc_security_apple_rsa, data, size);
  return 0;
}
