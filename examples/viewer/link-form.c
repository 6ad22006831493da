/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "link-form.h"

#include <glib/gi18n.h>

typedef enum { FIELD_TEXT, FIELD_FILE, FIELD_SECURITY } FieldKind;

static const struct {
  const char *label;
  gsize offset;                 /* of a char * of GvncOptions */
  FieldKind kind;
  const char *placeholder;
} link_fields[] = {
  { N_("S_ecurity types:"), offsetof (GvncOptions, security), FIELD_SECURITY, N_("safest first") },
  { N_("_Authorities:"), offsetof (GvncOptions, ca_path), FIELD_FILE, N_("those of the system") },
  { N_("Client _certificate:"), offsetof (GvncOptions, client_cert_path), FIELD_FILE, N_("none") },
  { N_("Client _key:"), offsetof (GvncOptions, client_key_path), FIELD_FILE, N_("none") },
  { N_("Known _hosts:"), offsetof (GvncOptions, known_hosts_path), FIELD_FILE, N_("your own") },
  { N_("_Proxy:"), offsetof (GvncOptions, proxy), FIELD_TEXT, N_("none; socks5://host:port or system") },
  { N_("SS_H command:"), offsetof (GvncOptions, ssh_command), FIELD_TEXT, "ssh" },
  { N_("Repea_ter target:"), offsetof (GvncOptions, repeater), FIELD_TEXT, N_("none; ID:number or host:port") },
};

#define N_FIELDS G_N_ELEMENTS (link_fields)
#define FORM_KEY "gvnc-link-form"

/* Owned by the form, whose children the entries are. */
typedef struct {
  GvncOptions *options;         /* not owned */
  GtkWidget *entries[N_FIELDS];
} LinkForm;

static char **
link_form_place (GvncOptions *options,
                 gsize        field)
{
  return (char **) (gpointer) ((char *) options + link_fields[field].offset);
}

static void
link_form_file_chosen (GtkNativeDialog *chooser,
                       int              response,
                       gpointer         user_data)
{
  g_autoptr (GtkEntry) entry = user_data;

  if (response == GTK_RESPONSE_ACCEPT) {
    g_autofree char *path = gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (chooser));

    gtk_entry_set_text (entry, path != NULL ? path : "");
  }
  g_object_unref (chooser);
}

static void
link_form_choose_file (GtkEntry             *entry,
                       GtkEntryIconPosition  position,
                       GdkEvent             *event,
                       gpointer              title)
{
  GtkWidget *toplevel = gtk_widget_get_toplevel (GTK_WIDGET (entry));
  g_autofree char *plain = g_strdelimit (g_strdup (title), "_:", ' ');
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (g_strstrip (plain), GTK_WINDOW (toplevel),
                                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (link_form_file_chosen), g_object_ref (entry));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static GtkWidget *
link_form_new_entry (gsize       field,
                     GtkWidget **entry)
{
  static const char *const security[] = { "encrypted", "x509", "x509vnc,tlsvnc,vncauth", "ra2_256,ra2", "vncauth" };
  GtkWidget *combo;

  if (link_fields[field].kind == FIELD_SECURITY) {
    combo = gtk_combo_box_text_new_with_entry ();
    for (gsize i = 0; i < G_N_ELEMENTS (security); i++)
      gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (combo), security[i]);
    *entry = gtk_bin_get_child (GTK_BIN (combo));
    return combo;
  }
  *entry = gtk_entry_new ();
  if (link_fields[field].kind == FIELD_FILE) {
    gtk_entry_set_icon_from_icon_name (GTK_ENTRY (*entry), GTK_ENTRY_ICON_SECONDARY, "document-open-symbolic");
    gtk_entry_set_icon_tooltip_text (GTK_ENTRY (*entry), GTK_ENTRY_ICON_SECONDARY, _("Choose a file"));
    g_signal_connect (*entry, "icon-press", G_CALLBACK (link_form_choose_file), (gpointer) _(link_fields[field].label));
  }
  return *entry;
}

GtkWidget *
gvnc_link_form_new (GvncOptions *options)
{
  LinkForm *self = g_new0 (LinkForm, 1);
  GtkWidget *grid = gtk_grid_new ();

  self->options = options;
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (gsize i = 0; i < N_FIELDS; i++) {
    GtkWidget *label = gtk_label_new_with_mnemonic (_(link_fields[i].label));
    GtkWidget *child = link_form_new_entry (i, &self->entries[i]);
    const char *value = *link_form_place (options, i);

    gtk_entry_set_placeholder_text (GTK_ENTRY (self->entries[i]), _(link_fields[i].placeholder));
    gtk_entry_set_activates_default (GTK_ENTRY (self->entries[i]), TRUE);
    gtk_entry_set_text (GTK_ENTRY (self->entries[i]), value != NULL ? value : "");
    gtk_widget_set_halign (label, GTK_ALIGN_END);
    gtk_widget_set_hexpand (child, TRUE);
    gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->entries[i]);
    gtk_grid_attach (GTK_GRID (grid), label, 0, (int) i, 1, 1);
    gtk_grid_attach (GTK_GRID (grid), child, 1, (int) i, 1, 1);
  }
  g_object_set_data_full (G_OBJECT (grid), FORM_KEY, self, g_free);
  gtk_widget_show_all (grid);
  return grid;
}

gboolean
gvnc_link_form_is_used (GtkWidget *form)
{
  LinkForm *self = g_object_get_data (G_OBJECT (form), FORM_KEY);

  for (gsize i = 0; i < N_FIELDS; i++)
    if (*gtk_entry_get_text (GTK_ENTRY (self->entries[i])) != '\0')
      return TRUE;
  return FALSE;
}

gboolean
gvnc_link_form_apply (GtkWidget  *form,
                      GError    **error)
{
  LinkForm *self = g_object_get_data (G_OBJECT (form), FORM_KEY);
  GvncOptions tried = *self->options;
  char *values[N_FIELDS];
  gboolean ok;

  for (gsize i = 0; i < N_FIELDS; i++) {
    values[i] = g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (self->entries[i]))));
    if (*values[i] == '\0')
      g_clear_pointer (&values[i], g_free);
    *link_form_place (&tried, i) = values[i];
  }
  ok = gvnc_options_check_link (&tried, error);
  for (gsize i = 0; i < N_FIELDS; i++) {
    if (ok) {
      g_free (*link_form_place (self->options, i));
      *link_form_place (self->options, i) = values[i];
    } else {
      g_free (values[i]);
    }
  }
  return ok;
}
