/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncconnection-private.h"

#include "security/security.h"
#include "vncconnectionenums.h"
#include "wire/wipe.h"

#include <glib/gi18n-lib.h>

/* Choosing how to authenticate, and the credentials for it. Both may be given before a server asks, inside of the
 * signal that asks, or any time later. */

/* Nothing is asked any more. */
static void
auth_close_request (VncConnection *conn)
{
  g_autoptr (VncCredentialRequest) request = g_steal_pointer (&conn->priv->auth_request);

  if (request != NULL)
    gvnc_credential_request_close (request);
}

void
gvnc_connection_auth_clear (VncConnection *conn)
{
  VncConnectionPrivate *priv = conn->priv;

  g_clear_pointer (&priv->auth_types, g_array_unref);
  g_clear_pointer (&priv->auth_subtypes, g_array_unref);
  g_clear_pointer (&priv->auth_wanted, g_array_unref);
  priv->auth_type = -1;
  priv->auth_subtype = -1;
  priv->auth_chosen = FALSE;
  for (guint i = 0; i < GVNC_N_CREDENTIALS; i++)
    gvnc_wipe_string (g_steal_pointer (&priv->credentials[i]));
}

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

/* Bindings know the argument of these signals as GValueArray, deprecated or not. */
static GValueArray *
auth_array (GType   type,
            GArray *numbers)
{
  GValueArray *array = g_value_array_new (numbers->len);

  for (guint i = 0; i < numbers->len; i++) {
    GValue value = G_VALUE_INIT;

    g_value_init (&value, type);
    g_value_set_enum (&value, (gint) g_array_index (numbers, guint32, i));
    g_value_array_append (array, &value);
    g_value_unset (&value);
  }
  return array;
}

static void
auth_emit_array (VncConnection       *conn,
                 VncConnectionSignal  signal,
                 GType                type,
                 GArray              *numbers)
{
  GValueArray *array = auth_array (type, numbers);

  g_signal_emit (conn, gvnc_connection_signals[signal], 0, array);
  g_value_array_free (array);
}

static void
auth_emit_subtypes (VncConnection *conn,
                    guint32        type,
                    GArray        *subtypes)
{
  /* The subtypes of VeNCrypt have numbers of their own; those of others are security types. */
  gboolean vencrypt = type == VNC_CONNECTION_AUTH_VENCRYPT;
  GValueArray *array = auth_array (vencrypt ? VNC_TYPE_CONNECTION_AUTH_VENCRYPT : VNC_TYPE_CONNECTION_AUTH, subtypes);

  g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_AUTH_CHOOSE_SUBTYPE], 0, type, array);
  g_value_array_free (array);
}

G_GNUC_END_IGNORE_DEPRECATIONS

static void
auth_choose (VncConnection *conn)
{
  VncConnectionPrivate *priv = conn->priv;

  priv->auth_chosen = TRUE;
  gvnc_connection_send (conn, gvnc_command_new (GVNC_COMMAND_AUTH_TYPE, (guint32) priv->auth_type));
  g_object_notify (G_OBJECT (conn), "auth-type");
}

/* Nothing on offer is in the application's order. */
static void
auth_unsupported (VncConnection *conn,
                  const GArray  *offered)
{
  g_autoptr (GString) names = g_string_new (NULL);
  GvncReplay *replay = conn->priv->replay;

  for (guint i = 0; i < offered->len; i++)
    g_string_append_printf (names, i == 0 ? "%u" : ", %u", g_array_index (offered, guint32, i));
  g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_AUTH_UNSUPPORTED], 0, g_array_index (offered, guint32, 0));
  if (conn->priv->replay == replay) {
    g_autofree char *reason = g_strdup_printf (_("The server offers no security type that may be used (offered: %s)"), names->str);

    gvnc_connection_end (conn, GVNC_ERROR_UNSUPPORTED, reason);
  }
}

/* Chooses by @order, if there is one and the application has not chosen; FALSE when nothing may be used. */
static gboolean
auth_pick (VncConnection *conn,
           gint64        *choice,
           const GArray  *order,
           const GArray  *offered)
{
  if (*choice >= 0 || order == NULL)
    return TRUE;
  *choice = gvnc_connection_order_pick (order, offered);
  if (*choice >= 0)
    return TRUE;
  auth_unsupported (conn, offered);
  return FALSE;
}

static gboolean
auth_offers (VncConnection *conn,
             guint32        type)
{
  GArray *types = conn->priv->auth_types;

  for (guint i = 0; i < types->len; i++)
    if (g_array_index (types, guint32, i) == type)
      return TRUE;
  return FALSE;
}

void
gvnc_connection_auth_offer (VncConnection *conn,
                            GArray        *types)
{
  VncConnectionPrivate *priv = conn->priv;
  GvncReplay *replay = priv->replay;

  priv->auth_types = gvnc_connection_fallback_types (conn, types, priv->auth_type >= 0);
  if (priv->auth_types->len == 0) {
    gvnc_connection_fallback_give_up (conn);
    return;
  }
  auth_emit_array (conn, VNC_SIGNAL_AUTH_CHOOSE_TYPE, VNC_TYPE_CONNECTION_AUTH, priv->auth_types);
  if (priv->replay != replay || priv->auth_chosen)
    return;
  if (!auth_pick (conn, &priv->auth_type, priv->auth_order, priv->auth_types))
    return;
  /* The choice may have been made before there was an offer. */
  if (priv->auth_type >= 0)
    auth_choose (conn);
}

static void
auth_choose_subtype (VncConnection *conn)
{
  VncConnectionPrivate *priv = conn->priv;

  g_clear_pointer (&priv->auth_subtypes, g_array_unref);
  gvnc_connection_send (conn, gvnc_command_new (GVNC_COMMAND_AUTH_SUBTYPE, (guint32) priv->auth_subtype));
  g_object_notify (G_OBJECT (conn), "auth-subtype");
}

void
gvnc_connection_auth_offer_subtypes (VncConnection *conn,
                                     guint32        type,
                                     GArray        *subtypes)
{
  VncConnectionPrivate *priv = conn->priv;
  GvncReplay *replay = priv->replay;

  priv->auth_subtypes = gvnc_connection_fallback_subtypes (conn, subtypes, priv->auth_subtype >= 0);
  if (priv->auth_subtypes->len == 0) {
    gvnc_connection_fallback_give_up (conn);
    return;
  }
  auth_emit_subtypes (conn, type, priv->auth_subtypes);
  if (priv->replay != replay || priv->auth_subtypes == NULL)
    return;
  if (!auth_pick (conn, &priv->auth_subtype, priv->auth_subtype_order, priv->auth_subtypes))
    return;
  if (priv->auth_subtype >= 0)
    auth_choose_subtype (conn);
}

/* Sends the credentials if all that are wanted are there. */
static gboolean
auth_answer (VncConnection *conn)
{
  VncConnectionPrivate *priv = conn->priv;
  GvncCommand *command;

  for (guint i = 0; i < priv->auth_wanted->len; i++)
    if (priv->credentials[g_array_index (priv->auth_wanted, guint32, i)] == NULL)
      return FALSE;

  command = gvnc_command_new (GVNC_COMMAND_CREDENTIALS, 0);
  for (guint i = 0; i < priv->auth_wanted->len; i++) {
    guint32 number = g_array_index (priv->auth_wanted, guint32, i);

    command->credentials[number] = g_strdup (priv->credentials[number]);
  }
  g_clear_pointer (&priv->auth_wanted, g_array_unref);
  gvnc_connection_send (conn, command);
  auth_close_request (conn);
  return TRUE;
}

void
gvnc_connection_auth_take (VncConnection *conn,
                           char          *values[GVNC_N_CREDENTIALS])
{
  VncConnectionPrivate *priv = conn->priv;

  for (guint i = 0; i < GVNC_N_CREDENTIALS; i++)
    if (values[i] != NULL) {
      gvnc_wipe_string (priv->credentials[i]);
      priv->credentials[i] = values[i];
    }
  if (priv->auth_wanted != NULL)
    auth_answer (conn);
}

void
gvnc_connection_auth_ask (VncConnection *conn,
                          GArray        *wanted)
{
  VncConnectionPrivate *priv = conn->priv;

  g_autoptr (VncCredentialRequest) request = NULL;
  gboolean taken = FALSE;

  auth_close_request (conn);
  g_clear_pointer (&priv->auth_wanted, g_array_unref);
  priv->auth_wanted = g_array_ref (wanted);
  if (auth_answer (conn))
    return;
  request = gvnc_credential_request_new (conn, wanted);
  priv->auth_request = g_object_ref (request);
  g_signal_emit (conn, gvnc_connection_signals[VNC_SIGNAL_CREDENTIALS_REQUESTED], 0, request, &taken);
  if (!taken && priv->auth_request == request)
    auth_emit_array (conn, VNC_SIGNAL_AUTH_CREDENTIAL, VNC_TYPE_CONNECTION_CREDENTIAL, wanted);
}

/**
 * vnc_connection_set_auth_type:
 * @conn: the connection
 * @type: a [enum@ConnectionAuth] value
 *
 * Chooses how to authenticate.
 *
 * To be called when [signal@Connection::vnc-auth-choose-type] was emitted, in a handler or later, with one of the types
 * it named; the connection waits for it. It may also be called before, and then counts as soon as the server makes its
 * offer. A type that this library does not speak ends the connection, with
 * [signal@Connection::vnc-auth-unsupported] and an error.
 *
 * Returns: %FALSE when the choice was made already, or @type is not among those on offer
 */
gboolean
vnc_connection_set_auth_type (VncConnection *conn,
                              unsigned int   type)
{
  VncConnectionPrivate *priv;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  priv = conn->priv;
  if (priv->auth_chosen)
    return FALSE;
  if (priv->auth_types == NULL) {
    if (priv->auth_type >= 0)
      return FALSE;
    priv->auth_type = type;
    return TRUE;
  }
  /* Who insists on a type that has failed would wait for ever. */
  if (gvnc_connection_fallback_has_failed (conn, type, -1)) {
    gvnc_connection_fallback_give_up (conn);
    return FALSE;
  }
  /* The engine refuses types that nobody speaks in the proper way. */
  if (gvnc_security_find_type (type) != NULL && !auth_offers (conn, type))
    return FALSE;
  priv->auth_type = type;
  auth_choose (conn);
  return TRUE;
}

/**
 * vnc_connection_set_auth_subtype:
 * @conn: the connection
 * @type: a [enum@ConnectionAuthVencrypt] value, or the subtype of another type that has any
 *
 * Chooses how to authenticate within a security type that has a choice of its own.
 *
 * To be called when [signal@Connection::vnc-auth-choose-subtype] was emitted, in a handler or later, or before.
 *
 * Returns: %FALSE when the choice was made already, or @type has failed on an earlier try with
 *   [property@Connection:reconnect]: the connection then ends
 */
gboolean
vnc_connection_set_auth_subtype (VncConnection *conn,
                                 unsigned int   type)
{
  VncConnectionPrivate *priv;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  priv = conn->priv;
  if (priv->auth_subtype >= 0)
    return FALSE;
  /* Who insists on one that has failed would try it for ever. */
  if (priv->auth_subtypes != NULL && gvnc_connection_fallback_has_failed (conn, (guint32) priv->auth_type, type)) {
    gvnc_connection_fallback_give_up (conn);
    return FALSE;
  }
  priv->auth_subtype = type;
  if (priv->auth_subtypes != NULL)
    auth_choose_subtype (conn);
  return TRUE;
}

/**
 * vnc_connection_set_credential:
 * @conn: the connection
 * @type: a [enum@ConnectionCredential] value
 * @data: (nullable): the value, an empty one included; %NULL to take an earlier one back
 *
 * Gives a password, a user name or a client name.
 *
 * To be called when [signal@Connection::vnc-auth-credential] was emitted, in a handler or later; the connection waits
 * until all that the signal named are there. Credentials given before are used without that signal. They are forgotten,
 * and their memory is cleared, when the connection ends.
 *
 * Returns: %TRUE, or %FALSE when @type is unknown
 */
gboolean
vnc_connection_set_credential (VncConnection *conn,
                               int            type,
                               const gchar   *data)
{
  VncConnectionPrivate *priv;

  g_return_val_if_fail (VNC_IS_CONNECTION (conn), FALSE);

  priv = conn->priv;
  if (type < 0 || type >= GVNC_N_CREDENTIALS)
    return FALSE;
  gvnc_wipe_string (priv->credentials[type]);
  priv->credentials[type] = g_strdup (data);
  if (priv->auth_wanted != NULL)
    auth_answer (conn);
  return TRUE;
}
