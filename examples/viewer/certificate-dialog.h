/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Asks what to do with a server that cannot prove who it is. Does not block: the answer comes by a callback. */
#pragma once

#include <gtk-vnc.h>

/* Add what there is to know of a server's key to a grid, in rows of a name and a value from row on, which moves on. */
void gvnc_certificate_add_row (GtkGrid *grid, int *row, const char *name, const char *value);
void gvnc_certificate_add_facts (GtkGrid *grid, int *row, VncCertificate *certificate);

typedef void (*GvncCertificateDone) (VncCertificateDecision decision, gpointer user_data);

/* Destroying the dialog before its answer calls nothing. Nothing is offered to be remembered unless can_remember. */
GtkWidget *gvnc_certificate_dialog_show (GtkWindow           *parent,
                                         const char          *host,
                                         VncCertificate      *certificate,
                                         gboolean             can_remember,
                                         GvncCertificateDone  done,
                                         gpointer             user_data);
