/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <string.h>

/* Clears memory that held a secret, in a way the compiler may not leave out. */
static inline void
gvnc_wipe (void *memory,
           gsize len)
{
  if (len == 0)
    return;
  memset (memory, 0, len);
  __asm__ __volatile__ ("" : : "r" (memory) : "memory");
}

/* Wipes and frees a string that held a secret. */
static inline void
gvnc_wipe_string (char *secret)
{
  if (secret != NULL) {
    gvnc_wipe (secret, strlen (secret));
    g_free (secret);
  }
}
