/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

/* G_DEFINE_BOXED_TYPE() converts functions to a union, which ISO C does not know: a warning for each use. */
#define GVNC_DEFINE_BOXED_TYPE(TypeName, type_name)                                            \
  GType                                                                                        \
  type_name##_get_type (void)                                                                  \
  {                                                                                            \
    static gsize boxed_type;                                                                   \
                                                                                               \
    if (g_once_init_enter (&boxed_type))                                                       \
      g_once_init_leave (&boxed_type,                                                          \
                         g_boxed_type_register_static (g_intern_static_string (#TypeName),     \
                                                       (GBoxedCopyFunc) type_name##_copy,      \
                                                       (GBoxedFreeFunc) type_name##_free));    \
    return boxed_type;                                                                         \
  }
