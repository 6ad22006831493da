/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncconnection-private.h"

/* The order in which a connection chooses security types and their subtypes by itself, if the application has set one. It is a
 * setting: it outlives a session. */

static void
order_set (GArray      **order,
           const guint  *numbers,
           gsize         n_numbers)
{
  GArray *set = NULL;

  if (n_numbers > 0) {
    set = g_array_sized_new (FALSE, FALSE, sizeof (guint), (guint) n_numbers);
    g_array_append_vals (set, numbers, (guint) n_numbers);
  }
  /* Only now: @numbers may be what the getter has given. */
  g_clear_pointer (order, g_array_unref);
  *order = set;
}

static const guint *
order_get (const GArray *order,
           gsize        *n_numbers)
{
  if (n_numbers != NULL)
    *n_numbers = order != NULL ? order->len : 0;
  return order != NULL ? (const guint *) (gconstpointer) order->data : NULL;
}

gint64
gvnc_connection_order_pick (const GArray *order,
                            const GArray *offered)
{
  for (guint i = 0; i < order->len; i++)
    for (guint k = 0; k < offered->len; k++)
      if (g_array_index (order, guint, i) == g_array_index (offered, guint32, k))
        return g_array_index (order, guint, i);
  return -1;
}

gboolean
gvnc_connection_order_allows (const GArray *order,
                              guint32       number)
{
  for (guint i = 0; order != NULL && i < order->len; i++)
    if (g_array_index (order, guint, i) == number)
      return TRUE;
  return order == NULL;
}

/**
 * vnc_connection_set_auth_order:
 * @conn: the connection
 * @types: (array length=n_types) (nullable): [enum@ConnectionAuth] values, the best one first
 * @n_types: how many there are
 *
 * Sets the security types that may be used, and in which order they are preferred.
 *
 * The connection then chooses by itself, once [signal@Connection::vnc-auth-choose-type] was emitted and no handler has chosen; a
 * handler may still take any type that is on offer. When the server offers none of @types, the connection ends with
 * [signal@Connection::vnc-auth-unsupported] and an error. The widget leaves the choice to this order, too, if there is one.
 *
 * The order holds from the next offer on, and for all sessions that follow. Without one, the default, the application chooses.
 *
 * Since: 2.0
 */
void
vnc_connection_set_auth_order (VncConnection *conn,
                               const guint   *types,
                               gsize          n_types)
{
  g_return_if_fail (VNC_IS_CONNECTION (conn));
  g_return_if_fail (types != NULL || n_types == 0);

  order_set (&conn->priv->auth_order, types, n_types);
}

/**
 * vnc_connection_get_auth_order:
 * @conn: the connection
 * @n_types: (out) (optional): how many there are
 *
 * Gets what [method@Connection.set_auth_order] has set.
 *
 * Returns: (array length=n_types) (transfer none) (nullable): the types, the best one first; %NULL when there is no order
 *
 * Since: 2.0
 */
const guint *
vnc_connection_get_auth_order (VncConnection *conn,
                               gsize         *n_types)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), NULL);

  return order_get (conn->priv->auth_order, n_types);
}

/**
 * vnc_connection_set_auth_subtype_order:
 * @conn: the connection
 * @subtypes: (array length=n_subtypes) (nullable): [enum@ConnectionAuthVencrypt] values, and what other types offer within them,
 *   the best one first
 * @n_subtypes: how many there are
 *
 * Sets the subtypes that may be used, and in which order they are preferred.
 *
 * As [method@Connection.set_auth_order] in all else.
 *
 * Since: 2.0
 */
void
vnc_connection_set_auth_subtype_order (VncConnection *conn,
                                       const guint   *subtypes,
                                       gsize          n_subtypes)
{
  g_return_if_fail (VNC_IS_CONNECTION (conn));
  g_return_if_fail (subtypes != NULL || n_subtypes == 0);

  order_set (&conn->priv->auth_subtype_order, subtypes, n_subtypes);
}

/**
 * vnc_connection_get_auth_subtype_order:
 * @conn: the connection
 * @n_subtypes: (out) (optional): how many there are
 *
 * Gets what [method@Connection.set_auth_subtype_order] has set.
 *
 * Returns: (array length=n_subtypes) (transfer none) (nullable): the subtypes, the best one first; %NULL when there is no order
 *
 * Since: 2.0
 */
const guint *
vnc_connection_get_auth_subtype_order (VncConnection *conn,
                                       gsize         *n_subtypes)
{
  g_return_val_if_fail (VNC_IS_CONNECTION (conn), NULL);

  return order_get (conn->priv->auth_subtype_order, n_subtypes);
}
