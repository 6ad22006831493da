/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE
#include "config.h"

#include <dlfcn.h>
#include <glib.h>

/* GLib is not built with the thread sanitizer, and its locks and reference counts are made of system calls and
 * instructions that the sanitizer does not see. These take the place of the library's own in a test program and tell it
 * what is ordered by them; otherwise each use of a lock of GLib's would be reported. Only in such builds. */
#ifdef __has_feature
#if __has_feature (thread_sanitizer)
#define __SANITIZE_THREAD__ 1
#endif
#endif

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>

#define REAL(name) ((__typeof__ (&name)) tsan_find (#name))

static gpointer
tsan_find (const char *name)
{
  return dlsym (RTLD_NEXT, name);
}

void
(g_mutex_lock) (GMutex *mutex)
{
  REAL (g_mutex_lock) (mutex);
  __tsan_acquire (mutex);
}

void
(g_mutex_unlock) (GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_mutex_unlock) (mutex);
}

gboolean
(g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  gboolean was_last;

  __tsan_release (count);
  was_last = REAL (g_atomic_ref_count_dec) (count);
  __tsan_acquire (count);
  return was_last;
}

void
(g_bytes_unref) (GBytes *bytes)
{
  if (bytes == NULL)
    return;
  __tsan_release (bytes);
  __tsan_acquire (bytes);
  REAL (g_bytes_unref) (bytes);
}
#endif
