/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "auth-choice.h"

#include <vncconnection.h>

#define AUTH_UNIX_LOGIN 129   /* inside of Tight */

/* Safest first: who the server is and everything encrypted, then everything encrypted, then the login encrypted, then a user's
 * name, then a password, then nothing; what gtk-vnc knew is in its order. A type is in these lists when our libgvnc
 * speaks it, and nowhere else is said which those are.
 * Numbers: RFC 6143 section 7.2, rfbproto "Security Types". */
static const guint auth_types[] = {
  VNC_CONNECTION_AUTH_VENCRYPT,
  VNC_CONNECTION_AUTH_RA2_256,
  VNC_CONNECTION_AUTH_RA2,
  VNC_CONNECTION_AUTH_TLS,
  VNC_CONNECTION_AUTH_SASL,
  VNC_CONNECTION_AUTH_RA2NE_256,
  VNC_CONNECTION_AUTH_RA2NE,
  VNC_CONNECTION_AUTH_APPLE_RSA,
  VNC_CONNECTION_AUTH_MSLOGONII,
  VNC_CONNECTION_AUTH_ARD,
  VNC_CONNECTION_AUTH_VNC,
  VNC_CONNECTION_AUTH_TIGHT,
  VNC_CONNECTION_AUTH_XVP,
  (guint) VNC_CONNECTION_AUTH_MSLOGON,
  VNC_CONNECTION_AUTH_NONE,
};

/* The same where nobody can say that a server's key is the right one: what has only a key to show would fail there, and so it comes
 * behind what gtk-vnc spoke with such a server. */
static const guint auth_types_without_keys[] = {
  VNC_CONNECTION_AUTH_VENCRYPT,
  VNC_CONNECTION_AUTH_TLS,
  VNC_CONNECTION_AUTH_SASL,
  VNC_CONNECTION_AUTH_MSLOGONII,
  VNC_CONNECTION_AUTH_ARD,
  VNC_CONNECTION_AUTH_VNC,
  VNC_CONNECTION_AUTH_RA2_256,
  VNC_CONNECTION_AUTH_RA2,
  VNC_CONNECTION_AUTH_RA2NE_256,
  VNC_CONNECTION_AUTH_RA2NE,
  VNC_CONNECTION_AUTH_APPLE_RSA,
  VNC_CONNECTION_AUTH_TIGHT,
  VNC_CONNECTION_AUTH_XVP,
  (guint) VNC_CONNECTION_AUTH_MSLOGON,
  VNC_CONNECTION_AUTH_NONE,
};

/* The same for what a type may offer within itself: VeNCrypt and Tight their own numbers, TLS those from above. VeNCrypt's user
 * name and password without TLS are never picked; Tight's are on offer only where they may be. */
static const guint auth_subtypes[] = {
  VNC_CONNECTION_AUTH_VENCRYPT_X509SASL,
  VNC_CONNECTION_AUTH_VENCRYPT_X509PLAIN,
  VNC_CONNECTION_AUTH_VENCRYPT_X509VNC,
  VNC_CONNECTION_AUTH_VENCRYPT_X509NONE,
  VNC_CONNECTION_AUTH_VENCRYPT_TLSSASL,
  VNC_CONNECTION_AUTH_VENCRYPT_TLSPLAIN,
  VNC_CONNECTION_AUTH_VENCRYPT_TLSVNC,
  VNC_CONNECTION_AUTH_VENCRYPT_TLSNONE,
  VNC_CONNECTION_AUTH_VENCRYPT,
  VNC_CONNECTION_AUTH_SASL,
  VNC_CONNECTION_AUTH_MSLOGONII,
  VNC_CONNECTION_AUTH_ARD,
  VNC_CONNECTION_AUTH_VNC,
  AUTH_UNIX_LOGIN,
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
gvnc_auth_choose (const guint *offered, guint n_offered, gboolean keys)
{
  G_STATIC_ASSERT (sizeof auth_types == sizeof auth_types_without_keys);
  return auth_pick (keys ? auth_types : auth_types_without_keys, G_N_ELEMENTS (auth_types), offered, n_offered);
}

guint
gvnc_auth_choose_subtype (const guint *offered, guint n_offered)
{
  return auth_pick (auth_subtypes, G_N_ELEMENTS (auth_subtypes), offered, n_offered);
}
