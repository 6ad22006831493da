/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which security types somebody wants, best first: a list of names or numbers with commas between, as other viewers have it. */
#pragma once

#include <glib.h>

typedef struct _GvncSecurityChoice GvncSecurityChoice;

/* NULL: a name is not known. */
GvncSecurityChoice *gvnc_security_choice_new (const char *names, GError **error);
void gvnc_security_choice_free (GvncSecurityChoice *self);

/* The best of what a server offers; 0: nothing of it is wanted. */
guint gvnc_security_choice_pick (const GvncSecurityChoice *self, const guint *offered, guint n_offered);

/* The same for what VeNCrypt offers inside, unless all of it is as good. */
guint gvnc_security_choice_pick_vencrypt (const GvncSecurityChoice *self, const guint *offered, guint n_offered);
gboolean gvnc_security_choice_takes_vencrypt (const GvncSecurityChoice *self);

/* What a type, or one inside of VeNCrypt, is called in such a list; NULL: by its number. */
const char *gvnc_security_name (guint number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GvncSecurityChoice, gvnc_security_choice_free)
