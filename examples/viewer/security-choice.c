/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security-choice.h"

#include <glib/gi18n.h>
#include <string.h>
#include <vncconnection.h>

/* Numbers of RFB below 256 are security types, from there on those of VeNCrypt. */
struct _GvncSecurityChoice {
  GArray *wanted;               /* guint, best first */
  GArray *types;                /* the same with VeNCrypt in place of what is inside of it */
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

/* MSLogon is no number of VeNCrypt's, though it is large. */
static gboolean
choice_is_inside (guint number)
{
  return number >= FIRST_OF_VENCRYPT && number <= G_MAXINT32;
}

static gboolean
choice_contains (const GArray *numbers,
                 guint         number)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, guint, i) == number)
      return TRUE;
  return FALSE;
}

static void
choice_add_number (GvncSecurityChoice *self,
                   guint               number)
{
  guint type = choice_is_inside (number) ? VENCRYPT : number;

  if (!choice_contains (self->wanted, number))
    g_array_append_val (self->wanted, number);
  if (!choice_contains (self->types, type))
    g_array_append_val (self->types, type);
}

static gboolean
choice_add (GvncSecurityChoice *self,
            const char         *name)
{
  guint64 number;

  for (gsize i = 0; i < G_N_ELEMENTS (choice_groups); i++)
    if (g_ascii_strcasecmp (name, choice_groups[i].name) == 0) {
      g_auto (GStrv) names = g_strsplit (choice_groups[i].names, ",", -1);

      for (gsize k = 0; names[k] != NULL; k++)
        choice_add (self, names[k]);
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (choice_names); i++)
    if (g_ascii_strcasecmp (name, choice_names[i].name) == 0) {
      choice_add_number (self, choice_names[i].number);
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (name, 10, 1, G_MAXUINT, &number, NULL))
    return FALSE;
  choice_add_number (self, (guint) number);
  return TRUE;
}

GvncSecurityChoice *
gvnc_security_choice_new (const char  *names,
                          GError     **error)
{
  g_autoptr (GvncSecurityChoice) self = g_new0 (GvncSecurityChoice, 1);
  g_auto (GStrv) list = g_strsplit (names, ",", -1);

  self->wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  self->types = g_array_new (FALSE, FALSE, sizeof (guint));
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
  g_array_unref (self->types);
  g_free (self);
}

static const guint *
choice_numbers (const GArray *numbers,
                gsize        *n_numbers)
{
  *n_numbers = numbers->len;
  return (const guint *) (gconstpointer) numbers->data;
}

const guint *
gvnc_security_choice_get_types (const GvncSecurityChoice *self,
                                gsize                    *n_types)
{
  return choice_numbers (self->types, n_types);
}

/* Who names VeNCrypt itself takes all of it, and the widget chooses. */
const guint *
gvnc_security_choice_get_subtypes (const GvncSecurityChoice *self,
                                   guint                     type,
                                   gsize                    *n_subtypes)
{
  *n_subtypes = 0;
  if (type != VENCRYPT || choice_contains (self->wanted, VENCRYPT))
    return NULL;
  return choice_numbers (self->wanted, n_subtypes);
}

const char *
gvnc_security_name (guint number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (choice_names); i++)
    if (choice_names[i].number == number)
      return choice_names[i].name;
  return NULL;
}
