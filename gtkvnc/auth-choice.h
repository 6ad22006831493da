/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Which of the offered security types the widget takes, whatever order the server has. 0: none of them. No toolkit is
 * needed here. @keys: somebody can say whether a server's key is the right one. */
guint gvnc_auth_choose         (const guint *offered,
                                guint        n_offered,
                                gboolean     keys);
guint gvnc_auth_choose_subtype (const guint *offered,
                                guint        n_offered);
