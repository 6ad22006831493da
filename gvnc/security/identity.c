/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/identity.h"

#include "wire/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SHA256_LEN 32

GvncIdentity *
gvnc_identity_new (GvncIdentityKind  kind,
                   const char       *host)
{
  GvncIdentity *self = g_new0 (GvncIdentity, 1);

  g_atomic_ref_count_init (&self->refs);
  self->kind = kind;
  self->host = g_strdup (host);
  self->reasons = g_string_new (NULL);
  return self;
}

GvncIdentity *
gvnc_identity_ref (GvncIdentity *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
gvnc_identity_unref (GvncIdentity *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->host);
  g_free (self->fingerprint);
  g_free (self->pin);
  g_free (self->known_pin);
  g_free (self->subject);
  g_free (self->issuer);
  g_string_free (self->reasons, TRUE);
  g_clear_pointer (&self->chain, g_ptr_array_unref);
  g_free (self);
}

void
gvnc_identity_add_problem (GvncIdentity *self,
                           guint         problem,
                           const char   *format,
                           ...)
{
  va_list args;

  self->problems |= problem;
  if (self->reasons->len > 0)
    g_string_append (self->reasons, "; ");
  va_start (args, format);
  g_string_append_vprintf (self->reasons, format, args);
  va_end (args);
}

gboolean
gvnc_identity_refuse (const GvncIdentity *self,
                      GError            **error)
{
  const char *why = self->reasons->len > 0 ? self->reasons->str : _("the application refuses it");

  if (self->kind == GVNC_IDENTITY_X509)
    gvnc_set_error (error, GVNC_ERROR_TLS, _("The server's certificate is not trusted: %s"), why);
  else
    gvnc_set_error (error, GVNC_ERROR_TLS, _("The server's key is not trusted: %s"), why);
  return FALSE;
}

static void
identity_digest (const void *bytes,
                 gsize       len,
                 guint8      digest[SHA256_LEN])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize digest_len = SHA256_LEN;

  g_checksum_update (checksum, bytes, (gssize) len);
  g_checksum_get_digest (checksum, digest, &digest_len);
}

char *
gvnc_identity_fingerprint (const void *bytes,
                           gsize       len)
{
  GString *text = g_string_sized_new (3 * SHA256_LEN);
  guint8 digest[SHA256_LEN];

  identity_digest (bytes, len, digest);
  for (guint i = 0; i < SHA256_LEN; i++)
    g_string_append_printf (text, i == 0 ? "%02X" : ":%02X", digest[i]);
  return g_string_free (text, FALSE);
}

char *
gvnc_identity_pin (const void *bytes,
                   gsize       len)
{
  guint8 digest[SHA256_LEN];
  g_autofree char *base64 = NULL;

  identity_digest (bytes, len, digest);
  base64 = g_base64_encode (digest, sizeof digest);
  return g_strconcat ("SHA256:", g_strdelimit (base64, "=", '\0'), NULL);
}
