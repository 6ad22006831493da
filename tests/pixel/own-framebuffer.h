/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "vncframebuffer.h"
#include "wire/format.h"

/* A VncFramebuffer as an application might write one: it knows pixels only through its methods, one at a time. */
#define OWN_TYPE_FRAMEBUFFER (own_framebuffer_get_type ())
G_DECLARE_FINAL_TYPE (OwnFramebuffer, own_framebuffer, OWN, FRAMEBUFFER, GObject)

struct _OwnFramebuffer {
  GObject         parent_instance;
  guint16         width;
  guint16         height;
  guint32        *picture;     /* 0x00RRGGBB each */
  VncPixelFormat  remote;
  GvncPixelFormat format;      /* the same */
  guint16        *colours;
  guint           n_colours;
  guint           n_calls;     /* of drawing methods */
  guint           n_rgb24;
  guint           n_maps;
};

OwnFramebuffer *own_framebuffer_new (guint16                width,
                                     guint16                height,
                                     const GvncPixelFormat *remote);
