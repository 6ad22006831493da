/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "auth-dialog.h"

#include "address.h"

#include <glib/gi18n.h>

/* Owned by the dialog; the entries are NULL when not asked for. */
typedef struct {
  GtkWidget *username;
  GtkWidget *password;
  GvncAuthDone done;
  gpointer user_data;
} AuthDialog;

static void
auth_dialog_response (GtkDialog *dialog,
                      int        response,
                      gpointer   user_data)
{
  AuthDialog *self = user_data;
  /* Copies, as the callback may destroy the dialog. */
  g_autofree char *username = self->username != NULL ? g_strdup (gtk_entry_get_text (GTK_ENTRY (self->username))) : NULL;
  char *password = self->password != NULL ? g_strdup (gtk_entry_get_text (GTK_ENTRY (self->password))) : NULL;

  gtk_widget_hide (GTK_WIDGET (dialog));
  self->done (response == GTK_RESPONSE_OK, username, password, self->user_data);
  gvnc_secret_free (password);
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

static GtkWidget *
auth_dialog_add_entry (GtkGrid    *grid,
                       int         row,
                       const char *text)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (text);
  GtkWidget *entry = gtk_entry_new ();

  gtk_widget_set_halign (label, GTK_ALIGN_END);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, entry, 1, row, 1, 1);
  return entry;
}

GtkWidget *
gvnc_auth_dialog_show (GtkWindow   *parent,
                       const char  *host,
                       const char  *link,
                       gboolean     wants_username,
                       gboolean     wants_password,
                       const char  *username,
                       GvncAuthDone done,
                       gpointer     user_data)
{
  AuthDialog *self = g_new0 (AuthDialog, 1);
  GtkWidget *dialog, *grid, *label;
  g_autofree char *text = NULL;
  int row = 0;

  dialog = gtk_dialog_new_with_buttons (_("Login Needed"), parent,
                                        GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT | GTK_DIALOG_USE_HEADER_BAR,
                                        _("_Cancel"), GTK_RESPONSE_CANCEL,
                                        _("_Log In"), GTK_RESPONSE_OK,
                                        NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_OK);
  gtk_window_set_resizable (GTK_WINDOW (dialog), FALSE);

  grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_container_set_border_width (GTK_CONTAINER (grid), 18);
  gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (GTK_DIALOG (dialog))), grid);

  if (wants_username && wants_password)
    text = g_strdup_printf (_("%s asks for your user name and password."), host);
  else if (wants_username)
    text = g_strdup_printf (_("%s asks for your user name."), host);
  else
    text = g_strdup_printf (_("%s asks for a password."), host);
  label = gtk_label_new (text);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_grid_attach (GTK_GRID (grid), label, 0, row++, 2, 1);
  label = gtk_label_new (link);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_style_context_add_class (gtk_widget_get_style_context (label), GTK_STYLE_CLASS_DIM_LABEL);
  gtk_grid_attach (GTK_GRID (grid), label, 0, row++, 2, 1);

  if (wants_username) {
    self->username = auth_dialog_add_entry (GTK_GRID (grid), row++, _("_User name:"));
    if (username != NULL)
      gtk_entry_set_text (GTK_ENTRY (self->username), username);
  }
  if (wants_password) {
    self->password = auth_dialog_add_entry (GTK_GRID (grid), row++, _("_Password:"));
    gtk_entry_set_visibility (GTK_ENTRY (self->password), FALSE);
    gtk_entry_set_input_purpose (GTK_ENTRY (self->password), GTK_INPUT_PURPOSE_PASSWORD);
  }
  if (self->password != NULL && (self->username == NULL || username != NULL))
    gtk_widget_grab_focus (self->password);

  self->done = done;
  self->user_data = user_data;
  g_signal_connect_data (dialog, "response", G_CALLBACK (auth_dialog_response), self,
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  gtk_widget_show_all (dialog);
  return dialog;
}
