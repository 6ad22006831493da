/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tells the thread sanitizer what GLib's locks order. GLib itself is not built with the sanitizer, so its locks, which
 * are no pthread ones, would go unseen and everything behind them would be reported. ./check builds this as a shared
 * object and preloads it into the tests of the engine; it changes nothing else, and programs without the sanitizer's
 * run-time are left alone. */
#include <dlfcn.h>
#include <glib.h>

extern void __tsan_acquire (void *address) __attribute__ ((weak));
extern void __tsan_release (void *address) __attribute__ ((weak));

static void
order_after (gconstpointer place)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire ((void *) place);
}

static void
order_before (gconstpointer place)
{
  if (__tsan_release != NULL)
    __tsan_release ((void *) place);
}

#define NEXT(name)                                              \
  static __typeof__ (&name) next;                               \
  if (G_UNLIKELY (next == NULL))                                \
    *(void **) &next = dlsym (RTLD_NEXT, #name)

void
(g_mutex_lock) (GMutex *mutex)
{
  NEXT (g_mutex_lock);
  next (mutex);
  order_after (mutex);
}

gboolean
(g_mutex_trylock) (GMutex *mutex)
{
  NEXT (g_mutex_trylock);
  if (!next (mutex))
    return FALSE;
  order_after (mutex);
  return TRUE;
}

void
(g_mutex_unlock) (GMutex *mutex)
{
  NEXT (g_mutex_unlock);
  order_before (mutex);
  next (mutex);
}

void
(g_cond_wait) (GCond *cond, GMutex *mutex)
{
  NEXT (g_cond_wait);
  order_before (mutex);
  next (cond, mutex);
  order_after (mutex);
}

gboolean
(g_cond_wait_until) (GCond *cond, GMutex *mutex, gint64 end_time)
{
  NEXT (g_cond_wait_until);
  order_before (mutex);
  gboolean woken = next (cond, mutex, end_time);
  order_after (mutex);
  return woken;
}

void
(g_async_queue_push) (GAsyncQueue *queue, gpointer data)
{
  NEXT (g_async_queue_push);
  order_before (queue);
  next (queue, data);
}

gpointer
(g_async_queue_pop) (GAsyncQueue *queue)
{
  NEXT (g_async_queue_pop);
  gpointer data = next (queue);
  order_after (queue);
  return data;
}

gpointer
(g_async_queue_try_pop) (GAsyncQueue *queue)
{
  NEXT (g_async_queue_try_pop);
  gpointer data = next (queue);
  order_after (queue);
  return data;
}

gboolean
(g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  NEXT (g_atomic_ref_count_dec);
  order_before (count);
  gboolean last = next (count);
  if (last)
    order_after (count);
  return last;
}

gboolean
(g_once_init_enter) (volatile void *place)
{
  NEXT (g_once_init_enter);
  gboolean first = next (place);
  order_after ((gconstpointer) place);
  return first;
}

void
(g_once_init_leave) (volatile void *place, gsize result)
{
  NEXT (g_once_init_leave);
  order_before ((gconstpointer) place);
  next (place, result);
}
