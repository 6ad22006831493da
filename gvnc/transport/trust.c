/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#define G_LOG_DOMAIN "gvnc-tls"

#include "transport/trust.h"

#include "transport/known-hosts.h"

#include <glib/gi18n-lib.h>

/* What it does not matter any more when somebody has decided for the very key. Weakness and revocation do. */
#define CLEARED_BY_PIN \
  (GVNC_PROBLEM_UNKNOWN_CA | GVNC_PROBLEM_WRONG_HOST | GVNC_PROBLEM_EXPIRED | GVNC_PROBLEM_NOT_YET)

/* What trust on first use overlooks. */
#define CLEARED_BY_FIRST_USE (GVNC_PROBLEM_UNKNOWN_CA | GVNC_PROBLEM_WRONG_HOST)

void
gvnc_trust_settings_copy (GvncTrustSettings       *self,
                          const GvncTrustSettings *other)
{
  *self = *other;
  self->hostname = g_strdup (other->hostname);
  self->ca_file = g_strdup (other->ca_file);
  self->crl_file = g_strdup (other->crl_file);
  self->client_cert = g_strdup (other->client_cert);
  self->client_key = g_strdup (other->client_key);
  self->ca_data = other->ca_data != NULL ? g_bytes_ref (other->ca_data) : NULL;
  self->known_hosts = g_strdup (other->known_hosts);
}

void
gvnc_trust_settings_clear (GvncTrustSettings *self)
{
  g_clear_pointer (&self->hostname, g_free);
  g_clear_pointer (&self->ca_file, g_free);
  g_clear_pointer (&self->crl_file, g_free);
  g_clear_pointer (&self->client_cert, g_free);
  g_clear_pointer (&self->client_key, g_free);
  g_clear_pointer (&self->ca_data, g_bytes_unref);
  g_clear_pointer (&self->known_hosts, g_free);
}

char *
gvnc_trust_find_file (const char *name)
{
  char *own = g_build_filename (g_get_home_dir (), ".pki", name, NULL);
  char *common;

  if (g_file_test (own, G_FILE_TEST_IS_REGULAR))
    return own;
  g_free (own);
  common = g_build_filename ("/etc/pki", name, NULL);
  if (g_file_test (common, G_FILE_TEST_IS_REGULAR))
    return common;
  g_free (common);
  return NULL;
}

static char *
trust_file (const GvncTrustSettings *settings)
{
  return settings->known_hosts != NULL ? g_strdup (settings->known_hosts) : gvnc_known_hosts_default ();
}

static const char *
trust_kind (const GvncIdentity *identity)
{
  return identity->kind == GVNC_IDENTITY_X509 ? "x509" : "rsa";
}

static void
trust_clear (GvncIdentity *identity,
             guint         problems)
{
  identity->problems &= ~problems;
  if (identity->problems == 0)
    g_string_truncate (identity->reasons, 0);
}

static gboolean
trust_store (const GvncTrustSettings *settings,
             const char              *place,
             const GvncIdentity      *identity,
             GError                 **error)
{
  g_autofree char *path = trust_file (settings);

  return gvnc_known_hosts_remember (path, place, trust_kind (identity), identity->pin, error);
}

/* A key that is not remembered would be a first one every time, whoever shows it. */
static void
trust_first_use (const GvncTrustSettings *settings,
                 const char              *place,
                 GvncIdentity            *identity)
{
  g_autoptr (GError) error = NULL;

  if (!settings->first_use || (identity->problems & ~CLEARED_BY_FIRST_USE) != 0)
    return;
  if (trust_store (settings, place, identity, &error))
    trust_clear (identity, CLEARED_BY_FIRST_USE);
  else
    gvnc_identity_add_problem (identity, GVNC_PROBLEM_OTHER,
                               _("its key cannot be remembered: %s (put that right, or name another file of known hosts)"),
                               error->message);
}

gboolean
gvnc_trust_known (GvncIdentity *identity)
{
  trust_clear (identity, CLEARED_BY_PIN);
  return identity->problems == 0;
}

gboolean
gvnc_trust_judge (const GvncTrustSettings *settings,
                  const char              *place,
                  GvncIdentity            *identity)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (identity->problems == 0)
    return TRUE;
  if (place == NULL)
    return FALSE;
  path = trust_file (settings);
  switch (gvnc_known_hosts_check (path, place, trust_kind (identity), identity->pin, &identity->known_pin, &error)) {
  case GVNC_KNOWN_HOSTS_SAME:
    trust_clear (identity, CLEARED_BY_PIN);
    break;
  case GVNC_KNOWN_HOSTS_CHANGED:
    gvnc_identity_add_problem (identity, GVNC_PROBLEM_CHANGED,
                               _("THE KEY OF %s HAS CHANGED: %s was known, and %s has come; "
                                 "somebody may be listening in between"),
                               place, identity->known_pin, identity->pin);
    break;
  case GVNC_KNOWN_HOSTS_NEW:
    trust_first_use (settings, place, identity);
    break;
  case GVNC_KNOWN_HOSTS_UNREADABLE:
    gvnc_identity_add_problem (identity, GVNC_PROBLEM_OTHER,
                               _("the known hosts cannot be read, so that another key may be known: %s "
                                 "(make it a file that can be read, move it away, or name another one)"), error->message);
    break;
  }
  return identity->problems == 0;
}

void
gvnc_trust_remember (const GvncTrustSettings *settings,
                     const char              *place,
                     const GvncIdentity      *identity)
{
  g_autoptr (GError) error = NULL;

  if (place != NULL && !trust_store (settings, place, identity, &error))
    g_warning ("Cannot remember the key of %s: %s", place, error->message);
}
