/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "auth-choice.h"

#include <vncconnection.h>

/* Best first: encrypted, then with a user's name, then a password, then nothing. A type is in these lists when our
 * libgvnc speaks it, and nowhere else is said which those are.
 * Numbers: RFC 6143 section 7.2, rfbproto "Security Types". */
static const guint auth_types[] = {
  VNC_CONNECTION_AUTH_VENCRYPT,
  VNC_CONNECTION_AUTH_TLS,
  VNC_CONNECTION_AUTH_VNC,
  VNC_CONNECTION_AUTH_NONE,
};

/* The same for what a type may offer within itself: VeNCrypt its own numbers, TLS those from above. User name and password
 * without TLS are never picked. */
static const guint auth_subtypes[] = {
  VNC_CONNECTION_AUTH_VENCRYPT_X509SASL,
  VNC_CONNECTION_AUTH_VENCRYPT_X509PLAIN,
  VNC_CONNECTION_AUTH_VENCRYPT_X509VNC,
  VNC_CONNECTION_AUTH_VENCRYPT_X509NONE,
  VNC_CONNECTION_AUTH_VENCRYPT_TLSSASL,
  VNC_CONNECTION_AUTH_VENCRYPT_TLSPLAIN,
  VNC_CONNECTION_AUTH_VENCRYPT_TLSVNC,
  VNC_CONNECTION_AUTH_VENCRYPT_TLSNONE,
  VNC_CONNECTION_AUTH_SASL,
  VNC_CONNECTION_AUTH_MSLOGONII,
  VNC_CONNECTION_AUTH_ARD,
  VNC_CONNECTION_AUTH_VNC,
  VNC_CONNECTION_AUTH_NONE,
};

static guint
auth_pick (const guint *wanted, guint n_wanted, const guint *offered, guint n_offered)
{
  for (guint i = 0; i < n_wanted; i++)
    for (guint k = 0; k < n_offered; k++)
      if (wanted[i] == offered[k])
        return wanted[i];
  return 0;
}

guint
gvnc_auth_choose (const guint *offered, guint n_offered)
{
  return auth_pick (auth_types, G_N_ELEMENTS (auth_types), offered, n_offered);
}

guint
gvnc_auth_choose_subtype (const guint *offered, guint n_offered)
{
  return auth_pick (auth_subtypes, G_N_ELEMENTS (auth_subtypes), offered, n_offered);
}
