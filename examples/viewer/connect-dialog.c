/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "connect-dialog.h"

#include "history.h"

#include <glib/gi18n.h>

/* Owned by the dialog, whose children the widgets are. */
typedef struct {
  GtkWidget *dialog;
  GtkWidget *combo;
  GtkWidget *entry;
  GtkWidget *hint;
  GtkWidget *read_only;
  GtkWidget *shared;
  GvncConnectDone done;
  gpointer user_data;
} ConnectDialog;

static const char *
connect_dialog_usual_hint (void)
{
  return _("host, host:display, host::port, vnc://host or /path/to/socket");
}

static void
connect_dialog_changed (GtkEntry *entry,
                        gpointer  user_data)
{
  ConnectDialog *self = user_data;
  const char *text = gtk_entry_get_text (entry);
  g_autoptr (GError) error = NULL;
  g_autoptr (GvncAddress) address = gvnc_address_parse (text, &error);
  gboolean is_wrong = address == NULL && *text != '\0';

  gtk_dialog_set_response_sensitive (GTK_DIALOG (self->dialog), GTK_RESPONSE_OK, address != NULL);
  gtk_label_set_text (GTK_LABEL (self->hint), is_wrong ? error->message : connect_dialog_usual_hint ());
}

static void
connect_dialog_response (GtkDialog *dialog,
                         int        response,
                         gpointer   user_data)
{
  ConnectDialog *self = user_data;
  GvncAddress *address = NULL;

  if (response == GTK_RESPONSE_OK)
    address = gvnc_address_parse (gtk_entry_get_text (GTK_ENTRY (self->entry)), NULL);
  if (response == GTK_RESPONSE_OK && address == NULL)
    return;

  if (address != NULL) {
    gboolean read_only = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->read_only));
    gboolean shared = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->shared));

    if (address->read_only == GVNC_ADDRESS_UNSAID)
      address->read_only = read_only ? GVNC_ADDRESS_YES : GVNC_ADDRESS_NO;
    if (address->shared == GVNC_ADDRESS_UNSAID)
      address->shared = shared ? GVNC_ADDRESS_YES : GVNC_ADDRESS_NO;
  }
  gtk_widget_hide (GTK_WIDGET (dialog));
  if (address != NULL)
    self->done (address, self->user_data);
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
connect_dialog_forget (GtkButton *button,
                       gpointer   user_data)
{
  ConnectDialog *self = user_data;

  gvnc_history_clear ();
  gtk_combo_box_text_remove_all (GTK_COMBO_BOX_TEXT (self->combo));
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
}

static void
connect_dialog_fill (ConnectDialog *self,
                     const char    *text,
                     GtkWidget     *forget)
{
  g_auto (GStrv) addresses = gvnc_history_load ();

  for (gsize i = 0; addresses[i] != NULL; i++)
    gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (self->combo), addresses[i]);
  gtk_widget_set_sensitive (forget, addresses[0] != NULL);
  if (text == NULL)
    text = addresses[0];
  gtk_entry_set_text (GTK_ENTRY (self->entry), text != NULL ? text : "");
}

GtkWidget *
gvnc_connect_dialog_show (GtkWindow      *parent,
                          const char     *text,
                          gboolean        read_only,
                          gboolean        shared,
                          GvncConnectDone done,
                          gpointer        user_data)
{
  ConnectDialog *self = g_new0 (ConnectDialog, 1);
  GtkWidget *grid, *label, *forget;

  self->done = done;
  self->user_data = user_data;
  self->dialog = gtk_dialog_new_with_buttons (_("New Connection"), parent,
                                              GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT
                                              | GTK_DIALOG_USE_HEADER_BAR,
                                              _("_Cancel"), GTK_RESPONSE_CANCEL,
                                              _("C_onnect"), GTK_RESPONSE_OK,
                                              NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (self->dialog), GTK_RESPONSE_OK);
  gtk_window_set_resizable (GTK_WINDOW (self->dialog), FALSE);

  grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_container_set_border_width (GTK_CONTAINER (grid), 18);
  gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (GTK_DIALOG (self->dialog))), grid);

  self->combo = gtk_combo_box_text_new_with_entry ();
  gtk_widget_set_hexpand (self->combo, TRUE);
  self->entry = gtk_bin_get_child (GTK_BIN (self->combo));
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), TRUE);
  gtk_entry_set_width_chars (GTK_ENTRY (self->entry), 36);
  label = gtk_label_new_with_mnemonic (_("C_omputer:"));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->entry);
  gtk_grid_attach (GTK_GRID (grid), label, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->combo, 1, 0, 1, 1);

  self->hint = gtk_label_new (connect_dialog_usual_hint ());
  gtk_label_set_line_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->hint), 44);
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_style_context_add_class (gtk_widget_get_style_context (self->hint), "dim-label");
  gtk_grid_attach (GTK_GRID (grid), self->hint, 1, 1, 1, 1);

  self->read_only = gtk_check_button_new_with_mnemonic (_("_Watch only: send no keys and no pointer"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->read_only), read_only);
  gtk_grid_attach (GTK_GRID (grid), self->read_only, 1, 2, 1, 1);
  self->shared = gtk_check_button_new_with_mnemonic (_("_Share the desktop with other viewers"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->shared), shared);
  gtk_grid_attach (GTK_GRID (grid), self->shared, 1, 3, 1, 1);

  forget = gtk_button_new_with_mnemonic (_("_Forget Recent Computers"));
  gtk_widget_set_halign (forget, GTK_ALIGN_START);
  gtk_grid_attach (GTK_GRID (grid), forget, 1, 4, 1, 1);

  g_signal_connect (self->entry, "changed", G_CALLBACK (connect_dialog_changed), self);
  g_signal_connect (forget, "clicked", G_CALLBACK (connect_dialog_forget), self);
  connect_dialog_fill (self, text, forget);
  connect_dialog_changed (GTK_ENTRY (self->entry), self);
  g_signal_connect_data (self->dialog, "response", G_CALLBACK (connect_dialog_response), self,
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  gtk_widget_show_all (self->dialog);
  gtk_widget_grab_focus (self->entry);
  return self->dialog;
}
