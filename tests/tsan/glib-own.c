/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps the thread sanitizer from reporting what GLib does with its own memory and descriptors. The sanitizer sees the calls
 * below, as they are the C library's, but not the locks inside of GLib that order them: a source that a thread of GLib's pool
 * has made and that our thread's context gives back is reported whenever no wake-up came in between. What a call orders is
 * still seen; calls of our code, also by g_free() which ends in free() itself, are checked as ever. A part of the shared
 * object that glib-order.c describes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern void AnnotateIgnoreWritesBegin (const char *file, int line) __attribute__ ((weak));
extern void AnnotateIgnoreWritesEnd (const char *file, int line) __attribute__ ((weak));
/* The allocator is there before dlsym() can be used. */
extern void *__interceptor_malloc (size_t size) __attribute__ ((weak));
extern void *__interceptor_calloc (size_t n, size_t size) __attribute__ ((weak));
extern void *__interceptor_realloc (void *memory, size_t size) __attribute__ ((weak));
extern void __interceptor_free (void *memory) __attribute__ ((weak));
extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *memory, size_t size);
extern void __libc_free (void *memory);

static const char *const libraries[] = { "/libglib-2.0.so", "/libgobject-2.0.so", "/libgio-2.0.so" };

static struct {
  const char *start;
  const char *end;
} code[8];
static size_t code_len;

static int
find_code (struct dl_phdr_info *info,
           size_t               info_len,
           void                *data)
{
  for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
    if (strstr (info->dlpi_name, libraries[i]) == NULL)
      continue;
    for (size_t n = 0; n < info->dlpi_phnum; n++) {
      const ElfW (Phdr) *part = &info->dlpi_phdr[n];

      if (part->p_type == PT_LOAD && (part->p_flags & PF_X) != 0 && code_len < sizeof code / sizeof code[0]) {
        code[code_len].start = (const char *) info->dlpi_addr + part->p_vaddr;
        code[code_len].end = code[code_len].start + part->p_memsz;
        code_len++;
      }
    }
  }
  return 0;
}

static void __attribute__ ((constructor))
find_all_code (void)
{
  if (AnnotateIgnoreWritesBegin != NULL && AnnotateIgnoreWritesEnd != NULL)
    dl_iterate_phdr (find_code, NULL);
}

static int
begin (const char *caller)
{
  for (size_t i = 0; i < code_len; i++)
    if (caller >= code[i].start && caller < code[i].end) {
      AnnotateIgnoreWritesBegin (__FILE__, __LINE__);
      return 1;
    }
  return 0;
}

static void
end (int begun)
{
  if (begun)
    AnnotateIgnoreWritesEnd (__FILE__, __LINE__);
}

#define CALL(type, call)                              \
  int begun = begin (__builtin_return_address (0));   \
  type result = call;                                 \
  end (begun);                                        \
  return result

#define NEXT(name)                                              \
  static __typeof__ (&name) next;                               \
  if (next == NULL)                                             \
    *(void **) &next = dlsym (RTLD_NEXT, #name)

void *
malloc (size_t size)
{
  CALL (void *, __interceptor_malloc != NULL ? __interceptor_malloc (size) : __libc_malloc (size));
}

void *
calloc (size_t n,
        size_t size)
{
  CALL (void *, __interceptor_calloc != NULL ? __interceptor_calloc (n, size) : __libc_calloc (n, size));
}

void *
realloc (void  *memory,
         size_t size)
{
  CALL (void *, __interceptor_realloc != NULL ? __interceptor_realloc (memory, size) : __libc_realloc (memory, size));
}

void
free (void *memory)
{
  int begun = begin (__builtin_return_address (0));

  if (__interceptor_free != NULL)
    __interceptor_free (memory);
  else
    __libc_free (memory);
  end (begun);
}

ssize_t
read (int    fd,
      void  *data,
      size_t len)
{
  NEXT (read);
  CALL (ssize_t, next (fd, data, len));
}

ssize_t
write (int         fd,
       const void *data,
       size_t      len)
{
  NEXT (write);
  CALL (ssize_t, next (fd, data, len));
}

int
close (int fd)
{
  NEXT (close);
  CALL (int, next (fd));
}

int
poll (struct pollfd *fds,
      nfds_t         n,
      int            timeout_ms)
{
  NEXT (poll);
  CALL (int, next (fds, n, timeout_ms));
}
