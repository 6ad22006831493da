/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "connect-dialog.h"

#include "history.h"
#include "link-form.h"

#include <glib/gi18n.h>

/* Owned by the dialog, whose children the widgets are. */
typedef struct {
  GtkWidget *dialog;
  GtkWidget *combo;
  GtkWidget *entry;
  GtkWidget *hint;
  GtkWidget *read_only;
  GtkWidget *shared;
  GtkWidget *listen;
  GtkWidget *form;
  GtkWidget *label;
  GvncConnectDone done;
  gpointer user_data;
} ConnectDialog;

static const char *
connect_dialog_usual_hint (void)
{
  return _("host, host:display, host::port, /path/to/socket, or an address with vnc://, vncs://, vnc+ssh://, ws:// or wss://");
}

static gboolean
connect_dialog_listens (ConnectDialog *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->listen));
}

static GvncAddress *
connect_dialog_parse (ConnectDialog  *self,
                      GError        **error)
{
  const char *text = gtk_entry_get_text (GTK_ENTRY (self->entry));

  return connect_dialog_listens (self) ? gvnc_address_parse_listen (text, error) : gvnc_address_parse (text, error);
}

static void
connect_dialog_changed (GtkEditable *entry,
                        gpointer     user_data)
{
  ConnectDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GvncAddress) address = connect_dialog_parse (self, &error);
  gboolean is_wrong = address == NULL && *gtk_entry_get_text (GTK_ENTRY (entry)) != '\0';

  gtk_dialog_set_response_sensitive (GTK_DIALOG (self->dialog), GTK_RESPONSE_OK, address != NULL);
  gtk_label_set_text (GTK_LABEL (self->hint), is_wrong ? error->message
                      : connect_dialog_listens (self) ? _("port, or the address and port of this computer to listen on; 5500 by custom")
                      : connect_dialog_usual_hint ());
}

/* The other kind of address begins anew. */
static void
connect_dialog_listen_toggled (GtkToggleButton *button,
                               gpointer         user_data)
{
  ConnectDialog *self = user_data;

  gtk_label_set_text_with_mnemonic (GTK_LABEL (self->label), connect_dialog_listens (self) ? _("Listen _on:") : _("C_omputer:"));
  gtk_entry_set_text (GTK_ENTRY (self->entry), connect_dialog_listens (self) ? "5500" : "");
  connect_dialog_changed (GTK_EDITABLE (self->entry), self);
}

static void
connect_dialog_response (GtkDialog *dialog,
                         int        response,
                         gpointer   user_data)
{
  ConnectDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  GvncAddress *address = NULL;

  if (response == GTK_RESPONSE_OK) {
    if (!gvnc_link_form_apply (self->form, &error) || (address = connect_dialog_parse (self, &error)) == NULL) {
      gtk_label_set_text (GTK_LABEL (self->hint), error->message);
      return;
    }
  }

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
                          GvncOptions    *options,
                          const char     *text,
                          gboolean        read_only,
                          gboolean        shared,
                          GvncConnectDone done,
                          gpointer        user_data)
{
  ConnectDialog *self = g_new0 (ConnectDialog, 1);
  GtkWidget *grid, *forget, *expander;

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
  self->label = gtk_label_new_with_mnemonic (_("C_omputer:"));
  gtk_widget_set_halign (self->label, GTK_ALIGN_END);
  gtk_label_set_mnemonic_widget (GTK_LABEL (self->label), self->entry);
  gtk_grid_attach (GTK_GRID (grid), self->label, 0, 0, 1, 1);
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

  self->listen = gtk_check_button_new_with_mnemonic (_("Wait _until the computer connects to this one"));
  gtk_grid_attach (GTK_GRID (grid), self->listen, 1, 4, 1, 1);

  expander = gtk_expander_new_with_mnemonic (_("_Link and Security"));
  gtk_expander_set_resize_toplevel (GTK_EXPANDER (expander), TRUE);
  self->form = gvnc_link_form_new (options);
  gtk_widget_set_margin_top (self->form, 6);
  gtk_container_add (GTK_CONTAINER (expander), self->form);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), gvnc_link_form_is_used (self->form));
  gtk_grid_attach (GTK_GRID (grid), expander, 0, 6, 2, 1);

  forget = gtk_button_new_with_mnemonic (_("_Forget Recent Computers"));
  gtk_widget_set_halign (forget, GTK_ALIGN_START);
  gtk_grid_attach (GTK_GRID (grid), forget, 1, 5, 1, 1);

  g_signal_connect (self->entry, "changed", G_CALLBACK (connect_dialog_changed), self);
  g_signal_connect (self->listen, "toggled", G_CALLBACK (connect_dialog_listen_toggled), self);
  g_signal_connect (forget, "clicked", G_CALLBACK (connect_dialog_forget), self);
  connect_dialog_fill (self, text, forget);
  connect_dialog_changed (GTK_EDITABLE (self->entry), self);
  g_signal_connect_data (self->dialog, "response", G_CALLBACK (connect_dialog_response), self,
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  gtk_widget_show_all (self->dialog);
  gtk_widget_grab_focus (self->entry);
  return self->dialog;
}
