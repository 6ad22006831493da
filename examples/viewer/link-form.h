/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A form for what GvncOptions say of the link. */
#pragma once

#include "options.h"

/* Shows what options say; they must outlive the form. */
GtkWidget *gvnc_link_form_new (GvncOptions *options);

/* Whether anything is said at all. */
gboolean gvnc_link_form_is_used (GtkWidget *form);

/* Whether it makes sense; then options say it. */
gboolean gvnc_link_form_apply (GtkWidget *form, GError **error);
