/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/security.h"

/* The security type Tight. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  gvnc_fuzz_security (&gvnc_security_tight, data, size);
  return 0;
}
