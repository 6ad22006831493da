/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security-choice.h"

#include <glib/gi18n.h>
#include <string.h>
#include <vncconnection.h>

/* Numbers of RFB below 256 are security types, from there on those of VeNCrypt. */
struct _GvncSecurityChoice {
  GArray *wanted;               /* guint, best first */
};

#define FIRST_OF_VENCRYPT 256
#define VENCRYPT          VNC_CONNECTION_AUTH_VENCRYPT

#define X509 "x509sasl,x509plain,x509vnc,x509none"
#define ANON "tlssasl,tlsplain,tlsvnc,tlsnone"

static const struct {
  const char *name;
  guint number;
} choice_names[] = {
  { "none", VNC_CONNECTION_AUTH_NONE },
  { "vncauth", VNC_CONNECTION_AUTH_VNC },
  { "vnc", VNC_CONNECTION_AUTH_VNC },
  { "ra2", VNC_CONNECTION_AUTH_RA2 },
  { "ra2ne", VNC_CONNECTION_AUTH_RA2NE },
  { "ra2_256", 129 },
  { "ra2ne_256", 130 },
  { "tight", VNC_CONNECTION_AUTH_TIGHT },
  { "tls", VNC_CONNECTION_AUTH_TLS },
  { "vencrypt", VENCRYPT },
  { "sasl", VNC_CONNECTION_AUTH_SASL },
  { "xvp", 22 },
  { "ard", VNC_CONNECTION_AUTH_ARD },
  { "apple-rsa", 33 },
  { "mslogonii", VNC_CONNECTION_AUTH_MSLOGONII },
  { "mslogon", (guint) VNC_CONNECTION_AUTH_MSLOGON },
  { "plain", VNC_CONNECTION_AUTH_VENCRYPT_PLAIN },
  { "tlsnone", VNC_CONNECTION_AUTH_VENCRYPT_TLSNONE },
  { "tlsvnc", VNC_CONNECTION_AUTH_VENCRYPT_TLSVNC },
  { "tlsplain", VNC_CONNECTION_AUTH_VENCRYPT_TLSPLAIN },
  { "tlssasl", VNC_CONNECTION_AUTH_VENCRYPT_TLSSASL },
  { "x509none", VNC_CONNECTION_AUTH_VENCRYPT_X509NONE },
  { "x509vnc", VNC_CONNECTION_AUTH_VENCRYPT_X509VNC },
  { "x509plain", VNC_CONNECTION_AUTH_VENCRYPT_X509PLAIN },
  { "x509sasl", VNC_CONNECTION_AUTH_VENCRYPT_X509SASL },
};

static const struct {
  const char *name;
  const char *names;
} choice_groups[] = {
  { "x509", X509 },
  { "encrypted", X509 ",ra2_256,ra2," ANON ",tls" },
};

static gboolean
choice_add (GvncSecurityChoice *self,
            const char         *name)
{
  guint64 number;
  guint one;

  for (gsize i = 0; i < G_N_ELEMENTS (choice_groups); i++)
    if (g_ascii_strcasecmp (name, choice_groups[i].name) == 0) {
      g_auto (GStrv) names = g_strsplit (choice_groups[i].names, ",", -1);

      for (gsize k = 0; names[k] != NULL; k++)
        choice_add (self, names[k]);
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (choice_names); i++)
    if (g_ascii_strcasecmp (name, choice_names[i].name) == 0) {
      g_array_append_val (self->wanted, choice_names[i].number);
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (name, 10, 1, G_MAXUINT, &number, NULL))
    return FALSE;
  one = (guint) number;
  g_array_append_val (self->wanted, one);
  return TRUE;
}

GvncSecurityChoice *
gvnc_security_choice_new (const char  *names,
                          GError     **error)
{
  g_autoptr (GvncSecurityChoice) self = g_new0 (GvncSecurityChoice, 1);
  g_auto (GStrv) list = g_strsplit (names, ",", -1);

  self->wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  for (gsize i = 0; list[i] != NULL; i++) {
    const char *name = g_strstrip (list[i]);

    if (*name == '\0' || choice_add (self, name))
      continue;
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” is no security type that is known here"), name);
    return NULL;
  }
  if (self->wanted->len == 0) {
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("No security type is named"));
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
gvnc_security_choice_free (GvncSecurityChoice *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->wanted);
  g_free (self);
}

static gboolean
choice_contains (const guint *numbers,
                 guint        n_numbers,
                 guint        number)
{
  for (guint i = 0; i < n_numbers; i++)
    if (numbers[i] == number)
      return TRUE;
  return FALSE;
}

/* MSLogon is no number of VeNCrypt's, though it is large. */
static gboolean
choice_is_inside (guint number)
{
  return number >= FIRST_OF_VENCRYPT && number <= G_MAXINT32;
}

guint
gvnc_security_choice_pick (const GvncSecurityChoice *self,
                           const guint              *offered,
                           guint                     n_offered)
{
  for (guint i = 0; i < self->wanted->len; i++) {
    guint wanted = g_array_index (self->wanted, guint, i);

    if (choice_is_inside (wanted))
      wanted = VENCRYPT;
    if (choice_contains (offered, n_offered, wanted))
      return wanted;
  }
  return 0;
}

guint
gvnc_security_choice_pick_vencrypt (const GvncSecurityChoice *self,
                                    const guint              *offered,
                                    guint                     n_offered)
{
  for (guint i = 0; i < self->wanted->len; i++) {
    guint wanted = g_array_index (self->wanted, guint, i);

    if (choice_contains (offered, n_offered, wanted))
      return wanted;
  }
  return 0;
}

gboolean
gvnc_security_choice_takes_vencrypt (const GvncSecurityChoice *self)
{
  return choice_contains ((const guint *) (gconstpointer) self->wanted->data, self->wanted->len, VENCRYPT);
}

const char *
gvnc_security_name (guint number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (choice_names); i++)
    if (choice_names[i].number == number)
      return choice_names[i].name;
  return NULL;
}
