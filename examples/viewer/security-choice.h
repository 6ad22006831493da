/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which security types somebody wants, best first: a list of names or numbers with commas between, as other viewers have it. */
#pragma once

#include <glib.h>

typedef struct _GvncSecurityChoice GvncSecurityChoice;

/* NULL: a name is not known. */
GvncSecurityChoice *gvnc_security_choice_new (const char *names, GError **error);
void gvnc_security_choice_free (GvncSecurityChoice *self);

/* The security types, for vnc_connection_set_auth_order(). */
const guint *gvnc_security_choice_get_types (const GvncSecurityChoice *self, gsize *n_types);

/* What is wanted inside of @type, for vnc_connection_set_auth_subtype_order(); NULL: the list does not say. */
const guint *gvnc_security_choice_get_subtypes (const GvncSecurityChoice *self, guint type, gsize *n_subtypes);

/* What a type, or one inside of VeNCrypt, is called in such a list; NULL: by its number. */
const char *gvnc_security_name (guint number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GvncSecurityChoice, gvnc_security_choice_free)
