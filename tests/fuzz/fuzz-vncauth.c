/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/security.h"

/* VNC authentication. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  gvnc_fuzz_security (&gvnc_security_vnc, data, size);
  return 0;
}
