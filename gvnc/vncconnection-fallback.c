/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncconnection-private.h"

/* A security type that fails before anything secret was sent is not the end, if the application allows reconnecting: what is
 * left of the server's offer is offered to the application again, on a new connection. What of failures counts as that is the
 * handshake's to say. Each try takes one pair of type and subtype out of the offer, so there is an end to it. */
typedef struct {
  guint32 type;
  gint64  subtype;     /* -1: the type as a whole */
} FallbackPair;

struct _GvncFallback {
  GArray   *failed;    /* FallbackPair: what was tried in vain since the application has opened the connection */
  GArray   *types;     /* guint32: what was offered to the application; NULL before */
  GArray   *subtypes;  /* the same for the subtypes of its choice */
  gboolean  preset;    /* the application has chosen before there was an offer: no other choice will do */
  gboolean  pending;   /* the session ends, and the next try follows */
  guint32   code;      /* of the last failure */
  char     *reason;    /* NULL before the first */
};

GvncFallback *
gvnc_fallback_new (void)
{
  GvncFallback *self = g_new0 (GvncFallback, 1);

  self->failed = g_array_new (FALSE, FALSE, sizeof (FallbackPair));
  return self;
}

/* Forgets what concerns one link. */
static void
fallback_forget_offer (GvncFallback *self)
{
  g_clear_pointer (&self->types, g_array_unref);
  g_clear_pointer (&self->subtypes, g_array_unref);
  self->preset = FALSE;
}

static void
fallback_clear (GvncFallback *self)
{
  fallback_forget_offer (self);
  g_array_set_size (self->failed, 0);
  g_clear_pointer (&self->reason, g_free);
  self->pending = FALSE;
}

void
gvnc_connection_fallback_clear (VncConnection *conn)
{
  fallback_clear (conn->priv->fallback);
}

void
gvnc_fallback_free (GvncFallback *self)
{
  fallback_clear (self);
  g_array_unref (self->failed);
  g_free (self);
}

static gboolean
fallback_has_failed (const GvncFallback *self,
                     guint32             type,
                     gint64              subtype)
{
  for (guint i = 0; i < self->failed->len; i++) {
    const FallbackPair *pair = &g_array_index (self->failed, FallbackPair, i);

    if (pair->type == type && pair->subtype == subtype)
      return TRUE;
  }
  return FALSE;
}

gboolean
gvnc_connection_fallback_has_failed (VncConnection *conn,
                                     guint32        type,
                                     gint64         subtype)
{
  return fallback_has_failed (conn->priv->fallback, type, subtype);
}

/* What of @numbers is left; of types when @type is -1, else of its subtypes. */
static GArray *
fallback_left (const GvncFallback *self,
               GArray             *numbers,
               gint64              type)
{
  GArray *left = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < numbers->len; i++) {
    guint32 number = g_array_index (numbers, guint32, i);

    if (!(type < 0 ? fallback_has_failed (self, number, -1) : fallback_has_failed (self, (guint32) type, number)))
      g_array_append_val (left, number);
  }
  return left;
}

GArray *
gvnc_connection_fallback_types (VncConnection *conn,
                                GArray        *types,
                                gboolean       preset)
{
  GvncFallback *self = conn->priv->fallback;

  fallback_forget_offer (self);
  self->types = fallback_left (self, types, -1);
  self->preset = preset;
  return g_array_ref (self->types);
}

GArray *
gvnc_connection_fallback_subtypes (VncConnection *conn,
                                   GArray        *subtypes,
                                   gboolean       preset)
{
  GvncFallback *self = conn->priv->fallback;

  g_clear_pointer (&self->subtypes, g_array_unref);
  self->subtypes = fallback_left (self, subtypes, conn->priv->auth_type);
  self->preset |= preset;
  return g_array_ref (self->subtypes);
}

/* Takes the choice that has failed out of what there is; TRUE when something is left. */
static gboolean
fallback_take_out (GvncFallback *self,
                   guint32       type,
                   gint64        subtype)
{
  FallbackPair pair = { type, self->subtypes != NULL ? subtype : -1 };

  g_array_append_val (self->failed, pair);
  if (pair.subtype >= 0) {
    g_autoptr (GArray) left = fallback_left (self, self->subtypes, type);

    if (left->len > 0)
      return TRUE;
    pair.subtype = -1;
    g_array_append_val (self->failed, pair);
  }
  g_autoptr (GArray) left = fallback_left (self, self->types, -1);

  return left->len > 0;
}

gboolean
gvnc_connection_fallback_failed (VncConnection *conn,
                                 guint32        code,
                                 const char    *reason)
{
  VncConnectionPrivate *priv = conn->priv;
  GvncFallback *self = priv->fallback;

  if (self->types == NULL || self->preset || !priv->auth_chosen || !gvnc_connection_reconnect_may_retry (conn))
    return FALSE;
  self->code = code;
  g_free (self->reason);
  self->reason = g_strdup (reason);
  self->pending = fallback_take_out (self, (guint32) priv->auth_type, priv->auth_subtype);
  return self->pending;
}

guint
gvnc_connection_fallback_pending (VncConnection *conn)
{
  GvncFallback *self = conn->priv->fallback;

  if (!self->pending)
    return 0;
  self->pending = FALSE;
  return self->failed->len;
}

void
gvnc_connection_fallback_give_up (VncConnection *conn)
{
  GvncFallback *self = conn->priv->fallback;
  g_autofree char *reason = g_strdup (self->reason);

  gvnc_connection_end (conn, self->code, reason);
}
