/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/fuzz.h"

#include "wire/rfb.h"

/* TightPNG: rectangles as gvnc_fuzz_decoder() lays them out. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  gvnc_fuzz_decoder (GVNC_RFB_ENCODING_TIGHT_PNG, data, size);
  return 0;
}
