/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "auth-choice.h"

#include <vncconnection.h>

/* Those that the public enumeration does not name. */
#define AUTH_XVP        22
#define AUTH_APPLE_RSA  33
#define AUTH_RA2_256    129
#define AUTH_RA2NE_256  130
#define AUTH_UNIX_LOGIN 129   /* inside of Tight */

/* Best first: encrypted, then with a user's name, then a password, then nothing. A type is in these lists when our
 * libgvnc speaks it, and nowhere else is said which those are.
 * Numbers: RFC 6143 section 7.2, rfbproto "Security Types". */
static const guint auth_types[] = {
  VNC_CONNECTION_AUTH_VENCRYPT,
  VNC_CONNECTION_AUTH_TLS,
  VNC_CONNECTION_AUTH_SASL,
  VNC_CONNECTION_AUTH_MSLOGONII,
  VNC_CONNECTION_AUTH_ARD,
  VNC_CONNECTION_AUTH_VNC,
  /* What gtk-vnc did not speak comes behind what it did, so that nobody is asked about a key who was not before. */
  AUTH_RA2_256,
  VNC_CONNECTION_AUTH_RA2,
  AUTH_RA2NE_256,
  VNC_CONNECTION_AUTH_RA2NE,
  AUTH_APPLE_RSA,
  VNC_CONNECTION_AUTH_TIGHT,
  AUTH_XVP,
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
gvnc_auth_choose (const guint *offered, guint n_offered)
{
  return auth_pick (auth_types, G_N_ELEMENTS (auth_types), offered, n_offered);
}

guint
gvnc_auth_choose_subtype (const guint *offered, guint n_offered)
{
  return auth_pick (auth_subtypes, G_N_ELEMENTS (auth_subtypes), offered, n_offered);
}
