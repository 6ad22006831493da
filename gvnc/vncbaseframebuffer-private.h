/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "vncbaseframebuffer.h"
#include "wire/format.h"

/* The memory of a framebuffer whose pixels may be written without calling its methods. */
typedef struct {
  guint8          *buffer;
  gsize            rowstride;
  guint            width;
  guint            height;
  GvncPixelFormat  format;     /* the local one: valid and true colour */
} GvncFramebufferMemory;

/* FALSE when @fb is not a VncBaseFramebuffer, when its class overrides one of the interface's methods, or when what it
 * was made with cannot be drawn on. What is told stays true for the life of @fb. */
gboolean gvnc_base_framebuffer_peek (VncFramebuffer        *fb,
                                     GvncFramebufferMemory *memory);
