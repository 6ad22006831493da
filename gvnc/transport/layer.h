/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "security/identity.h"
#include "wire/error.h"

/* What moves bytes: a stack of layers, of which the lowest is a socket and TLS and others lie on top. Engine
 * thread only. Nothing here blocks: a layer says what to wait for, and the engine waits. */

/* What read and write give instead of a number of bytes. */
#define GVNC_LAYER_AGAIN -1   /* nothing can be done now */
#define GVNC_LAYER_END   -2   /* the peer has closed */
#define GVNC_LAYER_ERROR -3   /* the error is set */

/* Steps of a read that bring nothing to the caller, such as empty packets, before others get their turn: the engine's thread
 * has clocks and commands to look at, whatever a server sends. */
#define GVNC_LAYER_ROUNDS 16

typedef struct _GvncLayer     GvncLayer;
typedef struct _GvncLayerType GvncLayerType;

struct _GvncLayer {
  const GvncLayerType *type;
  gboolean             encrypted;    /* what passes cannot be read on the way */
  gboolean             paused;       /* the last read or handshake said AGAIN after GVNC_LAYER_ROUNDS, not for want of bytes */
  char                *description;  /* how people call it once it is established; owned; NULL: the type's name */
};

struct _GvncLayerType {
  const char *name;
  /* Goes on establishing the layer: 0 when it is there, GVNC_LAYER_AGAIN, or the others; NULL when there is nothing to do. */
  gssize (*handshake) (GvncLayer *self, GError **error);
  /* Whether the server has to prove who it is, and what it has shown, once the layer is established; nothing may be written
   * before somebody has judged that. NULL with @error when there is nothing to judge. Both NULL: it never has to. */
  gboolean      (*has_identity) (GvncLayer *self);
  GvncIdentity *(*identify)     (GvncLayer *self, GError **error);
  gssize (*read)  (GvncLayer *self, guint8 *buffer, gsize len, GError **error);
  gssize (*write) (GvncLayer *self, const guint8 *bytes, gsize len, GError **error);
  /* The descriptor to wait for, and the GIOCondition for what the owner wants to do next; called by gvnc_layer_poll(). */
  gint   (*poll)  (GvncLayer *self, GIOCondition wanted, GIOCondition *condition);
  void   (*free)  (GvncLayer *self);                  /* closes what lies below as well */
};

static inline gssize
gvnc_layer_read (GvncLayer  *self,
                 guint8     *buffer,
                 gsize       len,
                 GError    **error)
{
  return self->type->read (self, buffer, len, error);
}

static inline gssize
gvnc_layer_write (GvncLayer     *self,
                  const guint8  *bytes,
                  gsize          len,
                  GError       **error)
{
  return self->type->write (self, bytes, len, error);
}

/* As the function of the type, but -1 when there is nothing to wait for: what is to be read may be in a layer's buffer. */
static inline gint
gvnc_layer_poll (GvncLayer    *self,
                 GIOCondition  wanted,
                 GIOCondition *condition)
{
  if (!self->paused || (wanted & G_IO_IN) == 0)
    return self->type->poll (self, wanted, condition);
  *condition = wanted;
  return -1;
}

static inline void
gvnc_layer_free (GvncLayer *self)
{
  if (self != NULL)
    self->type->free (self);
}
