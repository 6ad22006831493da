/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncconnection-private.h"

#include "session/limits.h"
#include "wire/wipe.h"

#include <string.h>

/* A session that has lost its link is begun anew, if the application wants that: only what a new try may cure, and only
 * after there was a session. The connection stays open meanwhile, in the eyes of the application, and its framebuffer keeps
 * the last picture. */
struct _GvncReconnect {
  gboolean    wanted;           /* the setting */

  GvncTarget *target;           /* where to; NULL: cannot be connected to a second time */
  gboolean    had_session;      /* there was one since the application has opened the connection */
  gboolean    lost;             /* the link broke, and we will try again when all is closed */
  guint       attempt;          /* tries since the link broke */
  GSource    *timer;            /* while we wait; or NULL */
  char       *credentials[GVNC_N_CREDENTIALS];   /* of the session; wiped */
  gint64      auth_type;
  gint64      auth_subtype;
};

guint gvnc_connection_reconnect_ms = 1000;

GvncReconnect *
gvnc_reconnect_new (void)
{
  return g_new0 (GvncReconnect, 1);
}

void
gvnc_reconnect_free (GvncReconnect *self)
{
  g_free (self);
}

gboolean
gvnc_connection_reconnect_get (VncConnection *conn)
{
  return conn->priv->reconnect->wanted;
}

gboolean
gvnc_connection_reconnect_set (VncConnection *conn,
                               gboolean       wanted)
{
  GvncReconnect *self = conn->priv->reconnect;

  if (self->wanted == wanted)
    return FALSE;
  self->wanted = wanted;
  return TRUE;
}

static void
reconnect_forget_credentials (GvncReconnect *self)
{
  for (guint i = 0; i < GVNC_N_CREDENTIALS; i++)
    gvnc_wipe_string (g_steal_pointer (&self->credentials[i]));
}

void
gvnc_connection_reconnect_clear (VncConnection *conn)
{
  GvncReconnect *self = conn->priv->reconnect;

  if (self->timer != NULL) {
    g_source_destroy (self->timer);
    g_clear_pointer (&self->timer, g_source_unref);
  }
  g_clear_pointer (&self->target, gvnc_target_free);
  reconnect_forget_credentials (self);
  self->had_session = self->lost = FALSE;
  self->attempt = 0;
  gvnc_connection_fallback_clear (conn);
}

void
gvnc_connection_reconnect_opened (VncConnection    *conn,
                                  const GvncTarget *target)
{
  GvncReconnect *self = conn->priv->reconnect;

  gvnc_connection_reconnect_clear (conn);
  self->target = gvnc_target_copy (target);
}

void
gvnc_connection_reconnect_begun (VncConnection *conn)
{
  GvncReconnect *self = conn->priv->reconnect;

  self->had_session = TRUE;
  self->attempt = 0;
  gvnc_connection_fallback_clear (conn);
}

gboolean
gvnc_connection_reconnect_may_retry (VncConnection *conn)
{
  const GvncReconnect *self = conn->priv->reconnect;

  return self->wanted && !self->had_session && self->target != NULL;
}

gboolean
gvnc_connection_reconnect_waits (VncConnection *conn)
{
  return conn->priv->reconnect->timer != NULL;
}

gboolean
gvnc_connection_reconnect_lost (VncConnection *conn,
                                guint32        code)
{
  GvncReconnect *self = conn->priv->reconnect;

  self->lost = self->wanted && self->had_session && self->target != NULL &&
               self->attempt < GVNC_LIMIT_RECONNECT_ATTEMPTS &&
               (code == GVNC_ERROR_IO || code == GVNC_ERROR_TIMED_OUT);
  return self->lost;
}

/* Consumes the timer. */
static gboolean
reconnect_now (gpointer data)
{
  VncConnection *conn = data;
  VncConnectionPrivate *priv = conn->priv;
  GvncReconnect *self = priv->reconnect;

  g_clear_pointer (&self->timer, g_source_unref);
  /* What the application has said meanwhile is newer. */
  for (guint i = 0; i < GVNC_N_CREDENTIALS; i++)
    if (priv->credentials[i] == NULL)
      priv->credentials[i] = g_steal_pointer (&self->credentials[i]);
  reconnect_forget_credentials (self);
  if (priv->auth_type < 0)
    priv->auth_type = self->auth_type;
  if (priv->auth_subtype < 0)
    priv->auth_subtype = self->auth_subtype;
  gvnc_connection_start (conn, gvnc_target_copy (self->target));
  return G_SOURCE_REMOVE;
}

/* Drops the link and keeps what the next one needs; then waits, and tells so. */
static void
reconnect_wait (VncConnection *conn,
                guint          attempt,
                guint          delay_ms)
{
  VncConnectionPrivate *priv = conn->priv;
  GvncReconnect *self = priv->reconnect;
  GvncOpening *opening = g_steal_pointer (&priv->opening);

  reconnect_forget_credentials (self);
  for (guint i = 0; i < GVNC_N_CREDENTIALS; i++)
    self->credentials[i] = g_steal_pointer (&priv->credentials[i]);

  /* Before anybody is called in there: the connection stays open, and can be closed. */
  self->timer = g_timeout_source_new (delay_ms);
  g_source_set_name (self->timer, "gvnc-reconnect");
  g_source_set_callback (self->timer, reconnect_now, conn, NULL);
  g_source_attach (self->timer, NULL);
  gvnc_connection_drop (conn);
  if (self->timer == NULL) {
    if (opening != NULL)
      gvnc_opening_ended (opening);
    return;
  }
  /* Who waits for a session goes on waiting. */
  priv->opening = opening;
  g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_RECONNECTING], 0, attempt, delay_ms);
}

gboolean
gvnc_connection_reconnect_closed (VncConnection *conn)
{
  VncConnectionPrivate *priv = conn->priv;
  GvncReconnect *self = priv->reconnect;
  guint n_failed = gvnc_connection_fallback_pending (conn);
  guint delay_ms;

  if (n_failed > 0) {
    /* The application chooses anew. */
    self->auth_type = self->auth_subtype = -1;
    reconnect_wait (conn, n_failed, 0);
    return TRUE;
  }
  if (!self->lost)
    return FALSE;
  self->lost = FALSE;
  self->auth_type = priv->auth_type;
  self->auth_subtype = priv->auth_subtype;

  /* 1, 2, 4, 8, 16, 30, 30 … seconds, and up to a quarter more, so that not all clients of a server come at once. */
  delay_ms = MIN (gvnc_connection_reconnect_ms << MIN (self->attempt, 5), GVNC_LIMIT_RECONNECT_MS);
  delay_ms += (guint) g_random_int_range (0, (gint32) (delay_ms / 4 + 1));
  reconnect_wait (conn, ++self->attempt, delay_ms);
  return TRUE;
}

/**
 * vnc_connection_reconnect_now:
 * @conn: a connection
 *
 * Makes the next try that [signal@Connection::vnc-reconnecting] has told of at once, for people who know that the server is back.
 *
 * Returns: %TRUE when a try was waiting, %FALSE when there is nothing to try
 *
 * Since: 2.0
 */
gboolean
vnc_connection_reconnect_now (VncConnection *conn)
{
  GvncReconnect *self;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  self = conn->priv->reconnect;
  if (self->timer == NULL)
    return FALSE;
  g_source_destroy (self->timer);
  reconnect_now (conn);
  return TRUE;
}
