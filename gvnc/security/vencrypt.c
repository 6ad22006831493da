/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/security.h"

#include "wire/rfb.h"

#include <glib/gi18n-lib.h>

/* VeNCrypt, rfbproto "VeNCrypt": a choice of TLS and of what to do inside of it.
 *   server: U8 major, U8 minor     its greatest version
 *   client: U8 major, U8 minor     the one to use: 0.2, or 0.1 with servers that have no other
 *   server: U8                     0 when it agrees
 *   server: U8 count | count * U32 subtypes, best first (version 0.1: U8)
 *   client: U32                    the choice (version 0.1: U8)
 *   server: U8                     not 0 when TLS may begin; missing for subtypes without TLS
 *   units:  as above. */

typedef enum {
  STEP_VERSION,
  STEP_AGREED,
  STEP_COUNT,
  STEP_SUBTYPES,
  STEP_CHOICE,       /* the application's turn */
  STEP_BEGIN,
  STEP_LAYER,
} VencryptStep;

typedef struct {
  VencryptStep step;
  guint        minor;
  guint        n_subtypes;
  guint32      subtype;
  char        *client_name;    /* owned */
} VencryptState;

/* What each subtype is made of. `old` is its number in version 0.1, 0 for none; `inner` is a type of the list that servers
 * send first, 0 for Plain. */
static const struct {
  guint32  number;
  guint8   old;
  gboolean tls;
  gboolean x509;
  guint8   inner;
} subtypes[] = {
  { GVNC_RFB_SECURITY_NONE,     0,  FALSE, FALSE, GVNC_RFB_SECURITY_NONE },
  { GVNC_RFB_SECURITY_VNC,      0,  FALSE, FALSE, GVNC_RFB_SECURITY_VNC },
  { GVNC_RFB_VENCRYPT_PLAIN,    19, FALSE, FALSE, 0 },
  { GVNC_RFB_VENCRYPT_TLSNONE,  20, TRUE,  FALSE, GVNC_RFB_SECURITY_NONE },
  { GVNC_RFB_VENCRYPT_TLSVNC,   21, TRUE,  FALSE, GVNC_RFB_SECURITY_VNC },
  { GVNC_RFB_VENCRYPT_TLSPLAIN, 22, TRUE,  FALSE, 0 },
  { GVNC_RFB_VENCRYPT_X509NONE, 23, TRUE,  TRUE,  GVNC_RFB_SECURITY_NONE },
  { GVNC_RFB_VENCRYPT_X509VNC,  24, TRUE,  TRUE,  GVNC_RFB_SECURITY_VNC },
  { GVNC_RFB_VENCRYPT_X509PLAIN, 25, TRUE, TRUE,  0 },
  { GVNC_RFB_VENCRYPT_X509SASL, 0,  TRUE,  TRUE,  GVNC_RFB_SECURITY_SASL },
  { GVNC_RFB_VENCRYPT_TLSSASL,  0,  TRUE,  FALSE, GVNC_RFB_SECURITY_SASL },
};

static const guint8 vencrypt_credentials[] = { GVNC_CREDENTIAL_CLIENTNAME };

/* The subtype's place in the table, or -1 when nobody here can do what is inside of it. */
static gint
vencrypt_find (guint32 number)
{
  for (guint i = 0; i < G_N_ELEMENTS (subtypes); i++)
    if (subtypes[i].number == number)
      return subtypes[i].inner == 0 || gvnc_security_find_type (subtypes[i].inner) != NULL ? (gint) i : -1;
  return -1;
}

static void
vencrypt_clear (GvncSecurity *self)
{
  VencryptState *vencrypt = self->state;

  g_free (vencrypt->client_name);
}

static gboolean
vencrypt_start (GvncSecurity  *self,
                GvncWriter    *out,
                GError       **error)
{
  return TRUE;
}

static gsize
vencrypt_want (const GvncSecurity *self)
{
  const VencryptState *vencrypt = self->state;

  switch (vencrypt->step) {
  case STEP_VERSION:
    return 2;
  case STEP_AGREED:
  case STEP_COUNT:
  case STEP_BEGIN:
    return 1;
  case STEP_SUBTYPES:
    return vencrypt->n_subtypes * (vencrypt->minor >= 2 ? 4 : 1);
  case STEP_CHOICE:
  case STEP_LAYER:
    break;
  }
  return 0;
}

static gboolean
vencrypt_version (VencryptState  *vencrypt,
                  GvncReader     *in,
                  GvncWriter     *out,
                  GError        **error)
{
  guint major = gvnc_reader_u8 (in);
  guint minor = gvnc_reader_u8 (in);

  if (major == 0 && minor == 0)
    return gvnc_protocol_error (error, _("The server's VeNCrypt version is 0.0, which means none"));
  vencrypt->minor = major == 0 && minor == 1 ? 1 : 2;
  gvnc_writer_u8 (out, 0);
  gvnc_writer_u8 (out, (guint8) vencrypt->minor);
  vencrypt->step = STEP_AGREED;
  return TRUE;
}

static gboolean
vencrypt_subtypes (GvncSecurity  *self,
                   GvncReader    *in,
                   GError       **error)
{
  VencryptState *vencrypt = self->state;
  g_autoptr (GString) names = g_string_new (NULL);

  self->choices = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < vencrypt->n_subtypes; i++) {
    guint32 number = vencrypt->minor >= 2 ? gvnc_reader_u32 (in) : gvnc_reader_u8 (in);

    if (i < 16)
      g_string_append_printf (names, i == 0 ? "%u" : ", %u", number);
    for (guint k = 0; vencrypt->minor < 2 && k < G_N_ELEMENTS (subtypes); k++)
      if (subtypes[k].old != 0 && subtypes[k].old == number) {
        number = subtypes[k].number;
        break;
      }
    if (vencrypt_find (number) >= 0)
      g_array_append_val (self->choices, number);
  }
  if (self->choices->len == 0)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("The server offers only subtypes of VeNCrypt that this client does not speak: %s"), names->str);
  vencrypt->step = STEP_CHOICE;
  return TRUE;
}

static gboolean
vencrypt_take (GvncSecurity  *self,
               GvncReader    *in,
               GvncWriter    *out,
               GError       **error)
{
  VencryptState *vencrypt = self->state;
  gint i;

  switch (vencrypt->step) {
  case STEP_VERSION:
    return vencrypt_version (vencrypt, in, out, error);
  case STEP_AGREED:
    if (gvnc_reader_u8 (in) != 0)
      return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The server does not agree to version 0.%u of VeNCrypt"),
                             vencrypt->minor);
    vencrypt->step = STEP_COUNT;
    return TRUE;
  case STEP_COUNT:
    vencrypt->n_subtypes = gvnc_reader_u8 (in);
    if (vencrypt->n_subtypes == 0)
      return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The server offers no subtype of VeNCrypt"));
    vencrypt->step = STEP_SUBTYPES;
    return TRUE;
  case STEP_SUBTYPES:
    return vencrypt_subtypes (self, in, error);
  case STEP_BEGIN:
    if (gvnc_reader_u8 (in) == 0)
      return gvnc_set_error (error, GVNC_ERROR_TLS, _("The server cannot begin TLS, though it has offered to"));
    i = vencrypt_find (vencrypt->subtype);
    if (subtypes[i].x509)
      gvnc_security_secure (self, GVNC_SECURE_TLS_X509, g_steal_pointer (&vencrypt->client_name), g_free);
    else
      gvnc_security_secure (self, GVNC_SECURE_TLS_ANONYMOUS, NULL, NULL);
    vencrypt->step = STEP_LAYER;
    return TRUE;
  case STEP_CHOICE:
  case STEP_LAYER:
    break;
  }
  g_assert_not_reached ();
}

/* What is inside has the last word. */
static void
vencrypt_descend (GvncSecurity *self)
{
  const VencryptState *vencrypt = self->state;
  guint8 inner = subtypes[vencrypt_find (vencrypt->subtype)].inner;

  self->next = inner == 0 ? &gvnc_security_plain : gvnc_security_find_type (inner);
}

static gboolean
vencrypt_choose (GvncSecurity  *self,
                 guint32        number,
                 GvncWriter    *out,
                 GError       **error)
{
  VencryptState *vencrypt = self->state;
  gint i = vencrypt_find (number);

  vencrypt->subtype = number;
  if (vencrypt->minor >= 2)
    gvnc_writer_u32 (out, number);
  else
    gvnc_writer_u8 (out, subtypes[i].old != 0 ? subtypes[i].old : (guint8) number);
  if (!subtypes[i].tls) {
    vencrypt_descend (self);
    return TRUE;
  }
  vencrypt->step = STEP_BEGIN;
  self->proving = subtypes[i].x509;
  if (subtypes[i].x509)
    gvnc_security_ask (self, vencrypt_credentials, G_N_ELEMENTS (vencrypt_credentials));
  return TRUE;
}

static gboolean
vencrypt_resume (GvncSecurity  *self,
                 char *const   *credentials,
                 GvncWriter    *out,
                 GError       **error)
{
  VencryptState *vencrypt = self->state;

  vencrypt->client_name = g_strdup (credentials[GVNC_CREDENTIAL_CLIENTNAME]);
  return TRUE;
}

static gboolean
vencrypt_layered (GvncSecurity  *self,
                  GvncWriter    *out,
                  GError       **error)
{
  vencrypt_descend (self);
  return TRUE;
}

const GvncSecurityType gvnc_security_vencrypt = {
  .number = GVNC_RFB_SECURITY_VENCRYPT,
  .name = "VeNCrypt",
  .state_size = sizeof (VencryptState),
  .clear = vencrypt_clear,
  .start = vencrypt_start,
  .want = vencrypt_want,
  .take = vencrypt_take,
  .resume = vencrypt_resume,
  .choose = vencrypt_choose,
  .layered = vencrypt_layered,
};
