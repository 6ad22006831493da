/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/security.h"
#include "session/limits.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Tight, rfbproto "Tight Security Type".
 *   server: U32 count | count * capability     tunnels; client: S32 code, when there are any
 *   server: U32 count | count * capability     authentications; client: S32 code, when there are any
 *   capability: S32 code | vendor[4] | signature[8], of which all must match
 *   then the chosen authentication; without any: None. The handshake knows what comes behind ServerInit.
 *   units: each count, then its list. */
typedef struct {
  guint32                 code;
  const char             *names;   /* vendor and signature */
  const GvncSecurityType *type;
} TightCapability;

#define NO_TUNNEL "TGHTNOTUNNEL"

static const TightCapability capabilities[] = {
  { 1, "STDVNOAUTH__", &gvnc_security_none },
  { 2, "STDVVNCAUTH_", &gvnc_security_vnc },
  { 19, "VENCVENCRYPT", &gvnc_security_vencrypt },
#ifdef HAVE_SASL
  { 20, "GTKVSASL____", &gvnc_security_sasl },
#endif
  { GVNC_RFB_TIGHT_UNIX_LOGIN, "TGHTULGNAUTH", &gvnc_security_unix_login },
};

typedef enum {
  TIGHT_N_TUNNELS,
  TIGHT_TUNNELS,
  TIGHT_N_TYPES,
  TIGHT_TYPES,
  TIGHT_CHOICE,
} TightStep;

typedef struct {
  TightStep step;
  guint32   count;
} TightState;

static gboolean
tight_start (GvncSecurity  *self,
             GvncWriter    *out,
             GError       **error)
{
  return TRUE;
}

static gsize
tight_want (const GvncSecurity *self)
{
  const TightState *tight = self->state;

  switch (tight->step) {
  case TIGHT_N_TUNNELS:
  case TIGHT_N_TYPES:
    return 4;
  case TIGHT_TUNNELS:
  case TIGHT_TYPES:
    return (gsize) tight->count * GVNC_RFB_TIGHT_CAPABILITY_LEN;
  case TIGHT_CHOICE:
    break;
  }
  return 0;
}

static gboolean
tight_take_count (TightState  *tight,
                  GvncReader  *in,
                  GError     **error)
{
  tight->count = gvnc_reader_u32 (in);
  if (tight->count > GVNC_LIMIT_TIGHT_CAPABILITIES)
    return gvnc_limit_error (error, _("The server sent a list of %u Tight capabilities; at most %u are accepted"),
                             tight->count, GVNC_LIMIT_TIGHT_CAPABILITIES);
  tight->step++;
  return TRUE;
}

static gboolean
tight_take_tunnels (TightState  *tight,
                    GvncReader  *in,
                    GvncWriter  *out,
                    GError     **error)
{
  gboolean found = FALSE;

  for (guint32 i = 0; i < tight->count; i++) {
    guint32 code = gvnc_reader_u32 (in);

    if (memcmp (gvnc_reader_bytes (in, strlen (NO_TUNNEL)), NO_TUNNEL, strlen (NO_TUNNEL)) == 0 && code == 0)
      found = TRUE;
  }
  if (!found)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The server wants a Tight tunnel of a kind that is not known here"));
  gvnc_writer_u32 (out, 0);
  tight->step = TIGHT_N_TYPES;
  return TRUE;
}

static gboolean
tight_choose (GvncSecurity  *self,
              guint32        number,
              GvncWriter    *out,
              GError       **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (capabilities); i++)
    if (capabilities[i].code == number)
      self->next = capabilities[i].type;
  g_assert (self->next != NULL);
  gvnc_writer_u32 (out, number);
  return TRUE;
}

/* Those of the list that we can do here. */
static void
tight_add (GvncSecurity *self,
           GArray       *usable,
           guint32       code,
           const guint8 *names)
{
  for (guint i = 0; i < G_N_ELEMENTS (capabilities); i++)
    if (capabilities[i].code == code && memcmp (capabilities[i].names, names, strlen (capabilities[i].names)) == 0 &&
        (code != GVNC_RFB_TIGHT_UNIX_LOGIN || gvnc_security_may_be_plain (self)))
      g_array_append_val (usable, code);
}

static gboolean
tight_take_types (GvncSecurity  *self,
                  GvncReader    *in,
                  GvncWriter    *out,
                  GError       **error)
{
  TightState *tight = self->state;
  g_autoptr (GArray) usable = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint32 i = 0; i < tight->count; i++) {
    guint32 code = gvnc_reader_u32 (in);

    tight_add (self, usable, code, gvnc_reader_bytes (in, GVNC_RFB_TIGHT_CAPABILITY_LEN - 4));
    if (i < 16)
      g_string_append_printf (codes, i == 0 ? "%u" : ", %u", code);
  }
  if (usable->len == 0)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("The server offers, inside of Tight, only authentication that cannot be used on this link: %s"),
                           codes->str);
  tight->step = TIGHT_CHOICE;
  if (usable->len == 1)
    return tight_choose (self, g_array_index (usable, guint32, 0), out, error);
  self->choices = g_steal_pointer (&usable);
  return TRUE;
}

static gboolean
tight_take (GvncSecurity  *self,
            GvncReader    *in,
            GvncWriter    *out,
            GError       **error)
{
  TightState *tight = self->state;

  switch (tight->step) {
  case TIGHT_N_TUNNELS:
    if (!tight_take_count (tight, in, error))
      return FALSE;
    if (tight->count == 0)
      tight->step = TIGHT_N_TYPES;
    return TRUE;
  case TIGHT_TUNNELS:
    return tight_take_tunnels (tight, in, out, error);
  case TIGHT_N_TYPES:
    if (!tight_take_count (tight, in, error))
      return FALSE;
    if (tight->count == 0)
      self->next = &gvnc_security_none;
    return TRUE;
  case TIGHT_TYPES:
    return tight_take_types (self, in, out, error);
  case TIGHT_CHOICE:
    break;
  }
  g_assert_not_reached ();
}

const GvncSecurityType gvnc_security_tight = {
  .number = GVNC_RFB_SECURITY_TIGHT,
  .name = "Tight",
  .state_size = sizeof (TightState),
  .start = tight_start,
  .want = tight_want,
  .take = tight_take,
  .choose = tight_choose,
};
