/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "certificate-dialog.h"

#include <glib/gi18n.h>

/* Owned by the dialog. */
typedef struct {
  GtkWidget *remember;    /* NULL: not offered */
  GvncCertificateDone done;
  gpointer user_data;
} CertificateDialog;

static void
certificate_dialog_response (GtkDialog *dialog,
                             int        response,
                             gpointer   user_data)
{
  CertificateDialog *self = user_data;
  VncCertificateDecision decision = VNC_CERTIFICATE_DECISION_REFUSE;

  if (response == GTK_RESPONSE_ACCEPT)
    decision = self->remember != NULL && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->remember))
                 ? VNC_CERTIFICATE_DECISION_REMEMBER : VNC_CERTIFICATE_DECISION_ACCEPT;
  gtk_widget_hide (GTK_WIDGET (dialog));
  self->done (decision, self->user_data);
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

static GtkWidget *
certificate_dialog_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 56);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

void
gvnc_certificate_add_row (GtkGrid    *grid,
                          int        *row,
                          const char *name,
                          const char *value)
{
  GtkWidget *name_label = gtk_label_new (name);
  GtkWidget *value_label = certificate_dialog_label (value);

  gtk_widget_set_halign (name_label, GTK_ALIGN_END);
  gtk_widget_set_valign (name_label, GTK_ALIGN_START);
  gtk_style_context_add_class (gtk_widget_get_style_context (name_label), GTK_STYLE_CLASS_DIM_LABEL);
  gtk_label_set_selectable (GTK_LABEL (value_label), TRUE);
  gtk_widget_set_can_focus (value_label, FALSE);
  gtk_grid_attach (grid, name_label, 0, *row, 1, 1);
  gtk_grid_attach (grid, value_label, 1, *row, 1, 1);
  (*row)++;
}

static void
certificate_dialog_add_date (GtkGrid    *grid,
                             int        *row,
                             const char *name,
                             gint64      seconds)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (seconds);
  g_autofree char *text = date != NULL ? g_date_time_format (date, "%x %X") : NULL;

  if (text != NULL)
    gvnc_certificate_add_row (grid, row, name, text);
}

void
gvnc_certificate_add_facts (GtkGrid        *grid,
                            int            *row,
                            VncCertificate *certificate)
{
  if (!vnc_certificate_is_bare_key (certificate)) {
    gvnc_certificate_add_row (grid, row, _("Issued to:"), vnc_certificate_get_subject (certificate));
    gvnc_certificate_add_row (grid, row, _("Issued by:"), vnc_certificate_get_issuer (certificate));
    certificate_dialog_add_date (grid, row, _("Valid from:"), vnc_certificate_get_not_before (certificate));
    certificate_dialog_add_date (grid, row, _("Valid until:"), vnc_certificate_get_not_after (certificate));
  }
  gvnc_certificate_add_row (grid, row, _("Fingerprint (SHA-256):"), vnc_certificate_get_fingerprint (certificate));
  gvnc_certificate_add_row (grid, row, _("Key:"), vnc_certificate_get_key_fingerprint (certificate));
  if (vnc_certificate_get_known_fingerprint (certificate) != NULL)
    gvnc_certificate_add_row (grid, row, _("Known key:"), vnc_certificate_get_known_fingerprint (certificate));
}

GtkWidget *
gvnc_certificate_dialog_show (GtkWindow           *parent,
                              const char          *host,
                              VncCertificate      *certificate,
                              gboolean             can_remember,
                              GvncCertificateDone  done,
                              gpointer             user_data)
{
  CertificateDialog *self = g_new0 (CertificateDialog, 1);
  gboolean changed = (vnc_certificate_get_problems (certificate) & VNC_CERTIFICATE_PROBLEMS_CHANGED) != 0;
  GtkWidget *dialog, *grid;
  g_autofree char *text = NULL;
  int row = 0;

  dialog = gtk_dialog_new_with_buttons (changed ? _("The Server Has Changed") : _("Unknown Server"), parent,
                                        GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT | GTK_DIALOG_USE_HEADER_BAR,
                                        _("_Cancel"), GTK_RESPONSE_CANCEL,
                                        _("C_onnect Anyway"), GTK_RESPONSE_ACCEPT,
                                        NULL);
  /* Who is in a hurry gets the safe answer. */
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  gtk_style_context_add_class (
    gtk_widget_get_style_context (gtk_dialog_get_widget_for_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT)),
    GTK_STYLE_CLASS_DESTRUCTIVE_ACTION);
  gtk_window_set_resizable (GTK_WINDOW (dialog), FALSE);

  grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_container_set_border_width (GTK_CONTAINER (grid), 18);
  gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (GTK_DIALOG (dialog))), grid);

  if (changed)
    text = g_strdup_printf (_("%s has another key than before. Somebody may be pretending to be this server, to read along "
                              "and to learn your password. Go on only if you know why the key has changed."), host);
  else
    text = g_strdup_printf (_("It cannot be told whether this is really %s. Compare the fingerprint with the one that the "
                              "server's administrator tells you."), host);
  gtk_grid_attach (GTK_GRID (grid), certificate_dialog_label (text), 0, row++, 2, 1);
  gvnc_certificate_add_row (GTK_GRID (grid), &row, _("Why:"), vnc_certificate_get_problem_text (certificate));
  gvnc_certificate_add_facts (GTK_GRID (grid), &row, certificate);

  if (can_remember) {
    self->remember = gtk_check_button_new_with_mnemonic (_("_Remember the key of this server"));
    gtk_widget_set_margin_top (self->remember, 6);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->remember), !changed);
    gtk_grid_attach (GTK_GRID (grid), self->remember, 0, row++, 2, 1);
  }

  self->done = done;
  self->user_data = user_data;
  g_signal_connect_data (dialog, "response", G_CALLBACK (certificate_dialog_response), self,
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  gtk_widget_show_all (dialog);
  gtk_widget_grab_focus (gtk_dialog_get_widget_for_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL));
  return dialog;
}
