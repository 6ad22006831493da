/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/pin.h"

#include "session/limits.h"
#include "wire/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SHA256_DIGITS 64

/* Numbers of IdHashAlgorithm. */
static const struct {
  const char *number;
  const char *name;
  gsize       n_digits;
} algorithms[] = {
  { "1", "MD5", 32 },
  { "2", "SHA-1", 40 },
  { "4", "SHA-256", SHA256_DIGITS },
};

/* Others can be made to be the same for two certificates, one of them harmless. */
static gboolean
pin_algorithm_is_strong (const char *name)
{
  return strcmp (name, "SHA-256") == 0;
}

/* The name of the algorithm, by its number, else by the length of the hash; NULL: none that is known. */
static const char *
pin_algorithm (const char *number,
               gsize       n_digits)
{
  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    if (number != NULL ? strcmp (number, algorithms[i].number) == 0 : n_digits == algorithms[i].n_digits)
      return algorithms[i].name;
  return NULL;
}

/* The digits as a fingerprint has them, up to one more than there may be; NULL when there is anything else in @hash. */
static char *
pin_digits (const char *hash,
            gsize      *n_digits)
{
  g_autoptr (GString) text = g_string_sized_new (3 * SHA256_DIGITS / 2);

  *n_digits = 0;
  for (const char *p = hash; *p != '\0' && *n_digits <= SHA256_DIGITS; p++) {
    /* Between bytes only. */
    if (*p == ':' && *n_digits > 0 && *n_digits % 2 == 0 && g_ascii_isxdigit (p[1]))
      continue;
    if (!g_ascii_isxdigit (*p)) {
      *n_digits = 0;
      return NULL;
    }
    if (*n_digits > 0 && *n_digits % 2 == 0)
      g_string_append_c (text, ':');
    g_string_append_c (text, g_ascii_toupper (*p));
    ++*n_digits;
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
gvnc_pin_parse (const char  *algorithm,
                const char  *hash,
                GError     **error)
{
  gsize n_digits;
  g_autofree char *digits = pin_digits (hash, &n_digits);
  const char *name = pin_algorithm (algorithm, n_digits);
  g_autofree char *quoted = NULL;

  if (name == NULL && algorithm != NULL) {
    quoted = gvnc_quote_peer_text (algorithm, strlen (algorithm), GVNC_LIMIT_QUOTED_CHARS);
    gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                    _("The address has a hash of the server's certificate by the unknown algorithm “%s”; 4 is SHA-256"), quoted);
    return NULL;
  }
  if (name != NULL && !pin_algorithm_is_strong (name)) {
    gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                    _("The address has a hash of the server's certificate by %s, which is too weak; SHA-256 is needed"), name);
    return NULL;
  }
  if (digits == NULL || n_digits != SHA256_DIGITS) {
    quoted = gvnc_quote_peer_text (hash, strlen (hash), GVNC_LIMIT_QUOTED_CHARS);
    gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                    _("“%s”, which the address has for the server's certificate, is no SHA-256 of %d hexadecimal digits"),
                    quoted, SHA256_DIGITS);
    return NULL;
  }
  return g_steal_pointer (&digits);
}

gboolean
gvnc_pin_check (const char          *pin,
                const GvncIdentity  *identity,
                const char          *server,
                GError             **error)
{
  if (strcmp (pin, identity->fingerprint) == 0)
    return TRUE;
  return gvnc_set_error (error, GVNC_ERROR_TLS,
                         identity->kind == GVNC_IDENTITY_X509
                           ? _("THE CERTIFICATE OF %s IS NOT THE ONE OF THE ADDRESS: %s was expected, and %s has come; "
                               "somebody may be listening in between")
                           : _("THE KEY OF %s IS NOT THE ONE OF THE ADDRESS: %s was expected, and %s has come; "
                               "somebody may be listening in between"),
                         server != NULL ? server : _("the server"), pin, identity->fingerprint);
}
