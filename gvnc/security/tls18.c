/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/security.h"

#include "wire/rfb.h"

#include <glib/gi18n-lib.h>

/* TLS, the security type 18 of vino and x11vnc: anonymous TLS at once, then a list of types again.
 *   (TLS)
 *   server: U8 count | count * U8 types
 *   client: U8                     the choice
 *   units:  the count, the types. */

typedef struct {
  gboolean secured;
  guint    n_types;    /* 0 until they were counted */
  gboolean listed;
} Tls18State;

static gboolean
tls18_start (GvncSecurity  *self,
             GvncWriter    *out,
             GError       **error)
{
  gvnc_security_secure (self, GVNC_SECURE_TLS_ANONYMOUS, NULL, NULL);
  return TRUE;
}

static gboolean
tls18_layered (GvncSecurity  *self,
               GvncWriter    *out,
               GError       **error)
{
  Tls18State *tls = self->state;

  tls->secured = TRUE;
  return TRUE;
}

static gsize
tls18_want (const GvncSecurity *self)
{
  const Tls18State *tls = self->state;

  if (!tls->secured || tls->listed)
    return 0;
  return tls->n_types == 0 ? 1 : tls->n_types;
}

static gboolean
tls18_take (GvncSecurity  *self,
            GvncReader    *in,
            GvncWriter    *out,
            GError       **error)
{
  Tls18State *tls = self->state;
  g_autoptr (GString) names = g_string_new (NULL);

  if (tls->n_types == 0) {
    tls->n_types = gvnc_reader_u8 (in);
    return tls->n_types > 0 ||
           gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The server offers no security type inside of TLS"));
  }
  self->choices = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < tls->n_types; i++) {
    guint32 number = gvnc_reader_u8 (in);

    if (i < 16)
      g_string_append_printf (names, i == 0 ? "%u" : ", %u", number);
    /* TLS within TLS makes no sense. */
    if (number != GVNC_RFB_SECURITY_TLS && number != GVNC_RFB_SECURITY_VENCRYPT &&
        gvnc_security_find_type (number) != NULL)
      g_array_append_val (self->choices, number);
  }
  if (self->choices->len == 0)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("The server offers only security types inside of TLS that this client does not speak: %s"),
                           names->str);
  tls->listed = TRUE;
  return TRUE;
}

static gboolean
tls18_choose (GvncSecurity  *self,
              guint32        number,
              GvncWriter    *out,
              GError       **error)
{
  gvnc_writer_u8 (out, (guint8) number);
  self->next = gvnc_security_find_type (number);
  return TRUE;
}

const GvncSecurityType gvnc_security_tls = {
  .number = GVNC_RFB_SECURITY_TLS,
  .name = "TLS",
  .state_size = sizeof (Tls18State),
  .start = tls18_start,
  .want = tls18_want,
  .take = tls18_take,
  .choose = tls18_choose,
  .layered = tls18_layered,
};
