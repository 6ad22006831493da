/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/security.h"

#include "wire/wipe.h"

#include <glib/gi18n-lib.h>

/* Every security type that we speak. A new one is a file of its own and a line here. */
static const GvncSecurityType *const types[] = {
  &gvnc_security_none,
  &gvnc_security_vnc,
  &gvnc_security_tls,
  &gvnc_security_vencrypt,
#ifdef HAVE_SASL
  &gvnc_security_sasl,
#endif
  &gvnc_security_tight,
  &gvnc_security_xvp,
  &gvnc_security_apple_rsa,
  &gvnc_security_ra2,
  &gvnc_security_ra2ne,
  &gvnc_security_ra2_256,
  &gvnc_security_ra2ne_256,
  &gvnc_security_ard,
  &gvnc_security_mslogon2,
  &gvnc_security_mslogon,
};

const GvncSecurityType *
gvnc_security_find_type (guint32 number)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i]->number == number)
      return types[i];
  return NULL;
}

GvncSecurity *
gvnc_security_new (const GvncSecurityType *type,
                   const GvncSecurityLink *link)
{
  GvncSecurity *self = g_new0 (GvncSecurity, 1);

  self->type = type;
  self->link = link;
  self->state = g_malloc0 (MAX (type->state_size, 1));
  return self;
}

void
gvnc_security_free (GvncSecurity *self)
{
  if (self == NULL)
    return;
  if (self->type->clear != NULL)
    self->type->clear (self);
  gvnc_wipe (self->state, self->type->state_size);
  g_free (self->state);
  g_clear_pointer (&self->choices, g_array_unref);
  g_clear_pointer (&self->layer, gvnc_secure_request_free);
  g_clear_pointer (&self->identity, gvnc_identity_unref);
  g_free (self->weakness);
  g_free (self);
}

void
gvnc_security_secure (GvncSecurity   *self,
                      GvncSecureKind  kind,
                      gpointer        data,
                      GDestroyNotify  free_data)
{
  g_assert (self->layer == NULL);

  self->layer = g_new0 (GvncSecureRequest, 1);
  *self->layer = (GvncSecureRequest) { kind, data, free_data };
}

gboolean
gvnc_security_may_be_weak (const GvncSecurity *self)
{
  return self->link->allow_weak || self->link->encrypted || self->link->local;
}

gboolean
gvnc_security_may_be_plain (const GvncSecurity *self)
{
  return self->link->allow_plain || self->link->encrypted || self->link->local;
}

gboolean
gvnc_security_check_weak (const GvncSecurity  *self,
                          const char          *why,
                          GError             **error)
{
  if (gvnc_security_may_be_weak (self))
    return TRUE;
  return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                         _("%s protects nothing on a link where others can listen, since %s; "
                           "it is not used there unless weak security is allowed"),
                         self->type->name, why);
}

void
gvnc_secure_request_free (GvncSecureRequest *request)
{
  if (request == NULL)
    return;
  if (request->free_data != NULL)
    request->free_data (request->data);
  g_free (request);
}
